"""A year of the example: file name to bytes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from example.activities import activities_csv
from example.indicators import indicator_files
from example.members import members_csv, read_places
from example.sheet_rows import SheetRow, sheet_rows, struck_row, typo_row
from example.table import csv_bytes
from example.workbook import export_bytes
from sekom_survey.asked.questionnaire import read_survey
from sekom_survey.model import Survey

YEARS = (2025, 2026)
CORRECTIONS = ("action", "row", "found", "member_id", "item", "reason")


def year_files(surveys: Path, year: int) -> dict[str, bytes]:
    """The generated files of a year, by their path in the year's folder; reads its survey.toml."""
    survey = _survey(surveys / str(year) / "survey.toml")
    places = read_places()
    rows = sheet_rows(places, survey)
    return {
        "members.csv": members_csv(places, year),
        f"export/SEKOM-enkäten {year}.xlsx": export_bytes(rows, survey),
        "corrections.csv": _corrections(rows, year),
        "activities.csv": activities_csv(places, year),
        **indicator_files(places, year),
    }


def _survey(path: Path) -> Survey:
    survey, problems = read_survey(path, path.name)
    if survey is None:
        raise ValueError(f"{path}: {problems}")
    return survey


def _corrections(rows: Sequence[SheetRow], year: int) -> bytes:
    typo = typo_row(rows)
    assert typo.place is not None
    lines: list[tuple[object, ...]] = [
        (
            "match",
            "",
            typo.cells["member"],
            typo.place.member_id,
            "",
            "Felskrivet namn; bekräftat med kontaktpersonen.",
        ),
    ]
    if year == 2026:
        lines.append(
            (
                "strike",
                struck_row(rows).number,
                "",
                "",
                "wishes",
                "Hör till en annan enkät och är inklistrat av misstag; bekräftat med kommunen.",
            )
        )
    return csv_bytes(CORRECTIONS, lines)
