"""Kolada's own JSON, versions 2 and 3 -> cells of value.

Source: the public documentation of Kolada's API (RKA): `values[]{kpi, municipality, period, values[]{count, gender, status,
value}}, count, next_page` (v3: `next_url`).
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sekom_survey.collected.indicators.cells import year_of
from sekom_survey.collected.indicators.headings import figure_named
from sekom_survey.collected.indicators.sheet import TOTALS, Reading, ValueCell
from sekom_survey.model import Problem
from sekom_survey.model.indicators import KeyFigure
from sekom_survey.text.files import NotText, decode

MAX_BYTES = 40_000_000
NEXT = ("next_page", "next_url")


def is_json(head: bytes) -> bool:
    """Whether a file's first bytes begin a JSON object or list."""
    return head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[")


def read_kolada(path: Path, figures: Sequence[KeyFigure], reading: Reading) -> None:
    """A saved answer of Kolada into a reading; places are told as the entry's number in `values`."""
    entries = _entries(path, reading)
    for number, entry in enumerate(entries, 1):
        told = entry.get("values") if isinstance(entry, dict) else None
        if not isinstance(entry, dict) or not isinstance(told, list) or not all(isinstance(one, dict) for one in told):
            reading.fault("indicator_json", f"post {number}", "Posten har inga värden.", NOT_KOLADA, 0)
            continue
        for one in told:
            reading.filled += one.get("value") is not None
            if str(one.get("gender") or "").casefold() in TOTALS:
                reading.in_values += one.get("value") is not None
                _read_one(entry, one, f"post {number}", figures, reading)


NOT_KOLADA = "Spara svaret från Kolada orört, eller spara tabellen som csv."


def _entries(path: Path, reading: Reading) -> Sequence[Any]:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise ValueError("too large")
        data = json.loads(decode(path.read_bytes())[0].removeprefix("\ufeff"))
    except (OSError, NotText, ValueError, RecursionError):
        reading.problems.append(
            Problem("indicator_json", reading.file, "", "Filen går inte att läsa som JSON.", NOT_KOLADA)
        )
        return ()
    values = data.get("values") if isinstance(data, dict) else None
    if not isinstance(values, list):
        reading.problems.append(
            Problem("indicator_json", reading.file, "", "Filen har ingen lista values.", NOT_KOLADA)
        )
        return ()
    if any(data.get(name) for name in NEXT):
        found = "Filen är bara en sida av svaret; det finns fler."
        reading.problems.append(
            Problem("indicator_page", reading.file, "next_page", found, "Hämta alla sidor, en fil för varje.")
        )
    return values


def _read_one(
    entry: Mapping[str, Any], one: Mapping[str, Any], place: str, figures: Sequence[KeyFigure], reading: Reading
) -> None:
    kpi, value = str(entry.get("kpi") or ""), one.get("value")
    cells = int(value is not None)
    figure = figure_named(kpi, figures)
    year = year_of(str(entry.get("period") or ""))
    if figure is None:
        found = f"Nyckeltalet ”{kpi[:60]}” finns inte i indicators.toml."
        reading.fault(
            "indicator_unknown", place, found, "Skriv Koladas id i names för det nyckeltal som det är.", cells
        )
    elif year is None:
        found = f"Året är ”{str(entry.get('period'))[:40]}”."
        reading.fault("indicator_year", place, found, "Skriv ett årtal, eller ett datum som 2024-12-31.", cells)
    elif value is not None and not _is_number(value):
        found = f"Värdet ”{str(value)[:40]}” går inte att läsa som ett tal."
        reading.fault("indicator_value", place, found, NOT_KOLADA, cells)
    elif value is not None and figure.percent and not 0 <= value <= 100:
        found = f"Andelen är {value}; {figure.code} {figure.label} kan inte vara under 0 eller över 100 procent."
        reading.fault("indicator_range", place, found, "Kontrollera värdet och enheten.", cells)
    else:
        number = None if value is None else float(value)
        code = str(entry.get("municipality") or "")
        reading.cells.append(ValueCell(figure.code, "", code, year, number, reading.file, place, bool(cells)))


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
