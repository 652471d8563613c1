"""The last look: at an exhibit before it is shown in a public build, and at every file, opened and searched, before it leaves."""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Collection, Iterator
from pathlib import Path

import pandas as pd

from sekom_survey.counted.year import Year
from sekom_survey.model import Exhibit, Problem
from sekom_survey.shown.exhibits.released import only_released
from sekom_survey.text.files import squeeze
from sekom_survey.text.redact import is_identity_number


class Withheld(Exception):
    """An exhibit that must not be in a public build."""


def public_exhibit(exhibit: Exhibit, minimum: int) -> Exhibit | None:
    """An exhibit as it may stand in a public build; None when it has not been released. Raises Withheld as `check_exhibit`."""
    check_exhibit(exhibit, minimum)
    return None if exhibit.released is None else only_released(exhibit)


def check_exhibit(exhibit: Exhibit, minimum: int) -> None:
    """Raise Withheld when an exhibit is internal, names or quotes members, or shows a group under the minimum.

    Every exhibit of a public build passes here, also one an analyst has written: a `base` between 1 and the minimum, or a
    `count` that stands on one, is refused wherever it is not marked as suppressed.
    """
    if exhibit.internal:
        raise Withheld(
            f"{exhibit.id} visar enskilda medlemmar eller deras ord och får inte finnas i en publik rapport."
        )
    data = exhibit.data
    if {"member_id", "respondent", "latitude", "name", "text"} & set(data.columns):
        raise Withheld(f"{exhibit.id} har uppgifter om enskilda medlemmar i sina data.")
    if "base" in data:
        shown = ~data["suppressed"].astype(bool) if "suppressed" in data else pd.Series(True, index=data.index)
        numbers = data.drop(columns=["base", "population", "order"], errors="ignore").select_dtypes("number")
        small = shown & data["base"].between(1, minimum - 1) & numbers.notna().any(axis=1)
        if small.any():
            raise Withheld(f"{exhibit.id} visar en grupp med färre än {minimum} svar.")


TEXT_TYPES = (".html", ".svg", ".csv", ".json", ".ipynb", ".xml", ".rels", ".txt", ".md", ".vml")
ARCHIVES = (".xlsx", ".docx", ".pptx", ".zip")
LONG_ENOUGH = 25
_TAGS = re.compile(r"<(style|script)\b.*?</\1>|<[^<>]*>", re.DOTALL)
_HEARD = ("alt", "aria-label", "content", "descr", "label", "name", "title", "value")
_READ_ALOUD = re.compile(  # found by the sign of equality: a search that tries the names at each letter is far slower
    "=(?:" + "|".join(rf"(?<=\b{name}=)" for name in _HEARD) + r""")(?:"([^"<>]*)"|'([^'<>]*)')"""
)
_DATA = re.compile(r"data:[\w/+.-]+;base64,[A-Za-z0-9+/=]+")
_TEN_DIGITS = re.compile(r"(?<![\w.,-])(?:19|20)?\d{6}[-+ ]?\d{4}(?![\w.])")
_PERSONAL = (
    ("en e-postadress", re.compile(r"@(?<=[\w.+-]@)[\w-]+\.[\w.-]")),
    ("ett telefonnummer", re.compile(r"(?<![\w.,-])(?:\+46[ -]?\d|0\d{1,3}[-–] ?\d)(?:[ -]?\d){5,8}(?![\w.,])")),
)
_PERSON_PROPERTIES = re.compile(
    r"<(?:dc:creator|cp:lastModifiedBy|Manager)>([^<]+)<|<(?:w:comment|p:cm|p188:cm|threadedComment)\b"
)
OWN_NAMES = ("sekom_survey", "Sveriges Ekokommuner", "")
ORDINARY_WORDS = frozenset({"Ale", "Berg", "Hjo", "Kil", "Köping", "Lund", "Mark", "Mora", "Vara"})


def public_names(year: Year) -> frozenset[str]:
    """The members' names that a public build is searched for; those that are ordinary words are left out."""
    if not year.survey.of_members:
        return frozenset()
    return frozenset(year.frame.members["name"]) - ORDINARY_WORDS


def scan(folder: Path, texts: Collection[str], names: Collection[str]) -> list[Problem]:
    """Problems for every file in `folder` that holds an e-mail, phone or identity number, a raw answer or a member's name.

    `texts` are the respondents' own words (those of 25 characters or more are looked for), `names` members that no public
    file may name. Author and comment metadata of Office files count as well.
    """
    quotes = {squeeze(text) for text in texts if len(squeeze(text)) >= LONG_ENOUGH}
    pattern = any_of(names) if names else None
    problems = []
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            shown = path.relative_to(folder).as_posix()
            for inner, text in _parts(shown, path.read_bytes()):
                problems += [_problem(shown, inner, what) for what in _found(text, quotes, pattern)]
    return problems


def any_of(names: Collection[str]) -> re.Pattern[str]:
    """Any of the names as whole words, the longest first.

    What stands before is looked at from behind the first letter, so that the search leaps to letters that begin a name.
    """
    words = (re.escape(name[0]) + r"(?<!\w.)" + re.escape(name[1:]) for name in sorted(names, key=len, reverse=True))
    return re.compile(f"(?:{'|'.join(words)})" + r"\b")


def _parts(name: str, data: bytes) -> Iterator[tuple[str, str]]:
    if name.lower().endswith(ARCHIVES):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for member in archive.namelist():
                yield from _parts(f"{name}/{member}", archive.read(member))
    elif name.lower().endswith(TEXT_TYPES):
        yield name, data.decode("utf-8", errors="replace")


def _found(raw: str, quotes: Collection[str], pattern: re.Pattern[str] | None) -> Iterator[str]:
    if any(found[1] is None or found[1] not in OWN_NAMES for found in _PERSON_PROPERTIES.finditer(raw)):
        yield "uppgift om vem som skrivit filen, eller en kommentar"
    text = _words(raw)
    yield from (what for what, personal in _PERSONAL if personal.search(text))
    if any(map(is_identity_number, _TEN_DIGITS.findall(text))):
        yield "ett personnummer"
    if any(quote in text for quote in quotes):
        yield "ett fritextsvar ordagrant"
    if pattern and (name := pattern.search(text)):
        yield f"en medlems namn ({name[0]})"


def _words(raw: str) -> str:
    """What a reader can see or hear: text between tags, attributes that carry text, escaped signs as they are read."""
    bare = _DATA.sub(" ", raw)
    heard = " ".join(double or single for double, single in _READ_ALOUD.findall(bare))
    plain = html.unescape(f"{_TAGS.sub(' ', bare)} {heard}")
    return squeeze(plain.replace("\\n", " ").replace('\\"', '"'))


def _problem(file: str, inner: str, what: str) -> Problem:
    return Problem(
        "public_leak",
        file,
        "" if inner == file else inner,
        f"Filen innehåller {what}.",
        "Den publika rapporten skrivs inte. Ta bort uppgiften ur anteckningsboken eller texten den kommer från.",
    )
