"""Strict reading of tables in TOML: every key is known, every value of its type, every fault named."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import Any

from sekom_survey.model import Problem
from sekom_survey.text.files import NotText, decode

MAX_BYTES = 2_000_000
_ENDLESS_KEY = re.compile(
    r"""(?<![\w.-])(?:(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){100}"""
)  # takes the parser hours


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint for a misspelt word, or nothing."""
    near = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f" Menade du ”{near[0]}”?" if near else ""


def read_toml(path: Path, shown: str) -> tuple[dict[str, Any], list[Problem]]:
    """A TOML file to its table and the problems met; BOM accepted, letters composed (NFC), at most 2 MB."""
    try:
        if path.stat().st_size > MAX_BYTES:
            return {}, [
                Problem("toml_too_large", shown, "", "Filen är större än 2 MB.", "Kontrollera att rätt fil ligger här.")
            ]
        text = unicodedata.normalize("NFC", decode(path.read_bytes())[0].replace("\r\n", "\n"))
        return ({}, [_syntax(shown, "")]) if _ENDLESS_KEY.search(text) else (_copy(_parsed(text)), [])
    except FileNotFoundError:
        return {}, [Problem("file_missing", shown, "", "Filen finns inte.", f"Lägg {path.name} i årets mapp.")]
    except (OSError, NotText, UnicodeDecodeError):
        return {}, [Problem("file_unreadable", shown, "", "Filen går inte att läsa som text.", "Spara den som UTF-8.")]
    except (ValueError, RecursionError) as error:
        return {}, [_syntax(shown, _line(error))]


@lru_cache(maxsize=32)
def _parsed(text: str) -> dict[str, Any]:
    """A check reads a codebook twice and survey.toml four times, and every press on the page checks."""
    return tomllib.loads(text)


def _copy(value: Any) -> Any:
    """A table that its reader may change."""
    if isinstance(value, dict):
        return {key: _copy(one) for key, one in value.items()}
    return [_copy(one) for one in value] if isinstance(value, list) else value


def _syntax(shown: str, where: str) -> Problem:
    todo = "Rätta raden; jämför med exemplet i surveys/exempel/2026."
    return Problem("toml_syntax", shown, where, "Filen följer inte TOML:s skrivregler.", todo)


def _line(error: Exception) -> str:
    found = str(error).partition("line ")[2].partition(",")[0].rstrip(")")
    return f"rad {found}" if found.isdigit() else ""


@dataclass
class Table:
    """A TOML table being read: ask for its keys one by one, then `close()` reports what nobody asked for."""

    data: Mapping[str, Any]
    file: str
    path: str
    problems: list[Problem]
    asked: set[str] = field(default_factory=set)

    def fault(self, code: str, key: str, found: str, todo: str) -> None:
        """Note a problem at a key of this table."""
        self.problems.append(Problem(code, self.file, self.at(key), found, todo))

    def at(self, key: str) -> str:
        """The key's full name in the file."""
        return f"{self.path}.{key}" if self.path else key

    def _get(self, key: str, kind: str, types: tuple[type, ...], default: Any, required: bool) -> Any:
        self.asked.add(key)
        value = self.data.get(key)
        if value is None:
            if required:
                self.fault("key_missing", key, "Nyckeln saknas.", f"Lägg till {key} ({kind}).")
            return default
        if not isinstance(value, types) or (isinstance(value, bool) and bool not in types):
            self.fault("wrong_type", key, f"Värdet är {_shown(value)}.", f"Skriv {kind}.")
            return default
        return value

    def text(self, key: str, default: str = "", required: bool = False) -> str:
        """A text."""
        value: str = self._get(key, "en text inom citattecken", (str,), default, required)
        return value

    def integer(self, key: str, default: int | None = None, required: bool = False) -> int | None:
        """A whole number."""
        value: int | None = self._get(key, "ett heltal utan citattecken", (int,), default, required)
        return value

    def number(self, key: str, default: float | None = None, required: bool = False) -> float | None:
        """A number."""
        value: float | None = self._get(key, "ett tal utan citattecken", (int, float), default, required)
        return value

    def flag(self, key: str, default: bool = False) -> bool:
        """True or false."""
        value: bool = self._get(key, "true eller false", (bool,), default, False)
        return value

    def day(self, key: str, required: bool = False) -> date | None:
        """A date without time."""
        value = self._get(key, "ett datum som 2026-01-19, utan citattecken", (date,), None, required)
        if isinstance(value, datetime):
            self.fault("wrong_type", key, "Värdet har klockslag.", "Skriv bara datumet, som 2026-01-19.")
            return None
        return value if isinstance(value, date) else None

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts."""
        return tuple(self._list(key, "en lista med texter", (str,)))

    def pairs(self, key: str) -> tuple[tuple[str, str], ...]:
        """A list of pairs of texts."""
        kind = "en lista med par av texter"
        values = self._list(key, kind, (list,))
        for value in values:
            if len(value) != 2 or not all(isinstance(part, str) for part in value):
                self.fault("wrong_type", key, f"Listan innehåller {value}.", f"Skriv {kind}.")
                return ()
        return tuple((first, second) for first, second in values)

    def integers(self, key: str) -> tuple[int, ...]:
        """A list of whole numbers."""
        return tuple(self._list(key, "en lista med heltal", (int,)))

    def _list(self, key: str, kind: str, types: tuple[type, ...]) -> list[Any]:
        values = self._get(key, kind, (list,), [], False)
        wrong = [value for value in values if not isinstance(value, types) or isinstance(value, bool)]
        if wrong:
            self.fault("wrong_type", key, f"Listan innehåller {_shown(wrong[0])}.", f"Skriv {kind}.")
        return [value for value in values if value not in wrong]

    def table(self, key: str) -> Table:
        """A table inside this one, empty when it is not there."""
        return self._inner(self._get(key, "en tabell", (dict,), {}, False), self.at(key))

    def tables(self, key: str, required: bool = False) -> list[Table]:
        """A list of tables inside this one."""
        values = self._get(key, f"tabeller med rubriken [[{key}]]", (list,), [], required)
        named = [(value, f"{self.at(key)}[{i}]") for i, value in enumerate(values, 1)]
        for value, path in named:
            if not isinstance(value, dict):
                self.problems.append(
                    Problem("wrong_type", self.file, path, f"Värdet är {_shown(value)}.", "Skriv en tabell.")
                )
        return [self._inner(value, path) for value, path in named if isinstance(value, dict)]

    def _inner(self, data: Mapping[str, Any], path: str) -> Table:
        return Table(data, self.file, path, self.problems)

    def close(self) -> None:
        """Report every key that no one asked for."""
        for key in self.data:
            if key not in self.asked:
                self.fault(
                    "unknown_key", key, "Nyckeln är okänd.", "Ta bort eller rätta den." + did_you_mean(key, self.asked)
                )


def _shown(value: object) -> str:
    if isinstance(value, str):
        return f"texten ”{value[:60]}”"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return "en tabell"
    if isinstance(value, list):
        return "en lista"
    return str(value)
