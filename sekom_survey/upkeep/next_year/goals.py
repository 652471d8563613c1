"""Last year's goals.toml with last year's outcome as where each goal starts from."""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

from sekom_survey.text.files import NotText, read_rows
from sekom_survey.upkeep.next_year.survey import FILL_IN, checked

_HEADER = re.compile(r"\s*\[\[?(?P<name>[\w.\s]+)\]\]?\s*(#.*)?$")
_ID = re.compile(r'\s*id\s*=\s*"(?P<id>[^"]+)"')
_PLACES = ("goals.indicators", "effects.proxies", "promises")
_WHOLE_LINE = re.compile(r"(?P<indent>\s*)(?P<key>baseline|by_hand)\s*=\s*(?P<value>.*)")


def outcomes(report: Path) -> dict[str, float]:
    """Indicator -> outcome in a run's goals.csv; empty when there is no such file or it cannot be read."""
    try:
        header, *lines = read_rows(report / "goals.csv")
    except (OSError, NotText, ValueError, csv.Error):
        return {}
    rows = [dict(zip(header, line, strict=False)) for line in lines]
    return {row["indicator"]: float(row["outcome"]) for row in rows if row.get("indicator") and row.get("outcome")}


def next_goals(text: str, year: int, found: Mapping[str, float]) -> str:
    """goals.toml's text with baselines from `found`, the outcome of `year`; values looked up by hand are emptied.

    Raises NotRewritten when the text, read again, differs in anything else.
    """
    text = text.replace("\r\n", "\n")
    expected = _expected(tomllib.loads(text), year, found)
    return checked(expected, "\n".join(_lines(text.split("\n"), year, found)), "baseline, by_hand")


def _lines(lines: list[str], year: int, found: Mapping[str, float]) -> Iterator[str]:
    for block in _blocks(lines):
        name, value = _indicator(block), None
        if name:
            value = found.get(name)
        yield from _emptied(_with_baseline(block, year, value) if value is not None else block) if name else block


def _blocks(lines: list[str]) -> list[list[str]]:
    """The lines of each table, its header first."""
    starts = [0, *(i for i, line in enumerate(lines) if i and _HEADER.match(line)), len(lines)]
    return [lines[a:b] for a, b in pairwise(starts)]


def _indicator(block: list[str]) -> str:
    header = _HEADER.match(block[0]) if block else None
    if header is None or header["name"].strip() not in _PLACES:
        return ""
    return next((match["id"] for line in block if (match := _ID.match(line))), "")


def _with_baseline(block: list[str], year: int, value: float) -> list[str]:
    line = f'baseline = {{ value = {_number(value)}, date = {year}-12-31, source = "utfallet {year}" }}'
    for i, old in enumerate(block):
        if (match := _WHOLE_LINE.fullmatch(old)) and match["key"] == "baseline":
            return [*block[:i], match["indent"] + line, *block[i + 1 :]]
    at = next(i for i, old in enumerate(block) if _ID.match(old))
    indent = block[at][: len(block[at]) - len(block[at].lstrip())]
    return [*block[: at + 1], indent + line, *block[at + 1 :]]


def _emptied(block: list[str]) -> list[str]:
    """The block with `by_hand` as an empty list, whether it stood on one line or on several."""
    for i, old in enumerate(block):
        if (match := _WHOLE_LINE.fullmatch(old)) and match["key"] == "by_hand":
            end = i if "]" in match["value"] else next(j for j in range(i, len(block)) if block[j].strip() == "]")
            return [
                *block[:i],
                f"{match['indent']}by_hand = []  # {FILL_IN}: årets värde, datum och källa",
                *block[end + 1 :],
            ]
    return block


def _number(value: float) -> str:
    return f"{value:.10g}"


def _expected(data: dict[str, Any], year: int, found: Mapping[str, float]) -> dict[str, Any]:
    """What the new text must read as."""
    for indicator in indicators(data):
        if "by_hand" in indicator:
            indicator["by_hand"] = []
        if indicator.get("id") in found:
            stated = tomllib.loads(
                f'b = {{ value = {_number(found[indicator["id"]])}, date = {year}-12-31, source = "utfallet {year}" }}'
            )
            indicator["baseline"] = stated["b"]
    return data


def indicators(data: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Every table of goals.toml that measures something."""
    for goal in data.get("goals", []):
        yield from goal.get("indicators", [])
    for effect in data.get("effects", []):
        yield from effect.get("proxies", [])
    yield from data.get("promises", [])
