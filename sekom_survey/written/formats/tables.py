"""Every number in an Excel workbook."""

from __future__ import annotations

from pathlib import Path

from sekom_survey.written.excel.write import write_tables
from sekom_survey.written.formats import Material

FILE = "tables.xlsx"
FURTHER = ("goals", "claims", "themes")


def write(made: Material, path: Path) -> None:
    """A sheet a question, and one each for goals, claims and themes when there are any."""
    year, tables = made.year, made.tables
    write_tables(
        path,
        estimates=tables["estimates"],
        means=tables["means"],
        survey=year.survey,
        response=year.base.answered(),
        accounting=year.base.accounting,
        item_nonresponse=year.base.item_nonresponse,
        conflicts=year.frame.conflicts,
        problems=year.problems,
        further={name: tables[name] for name in FURTHER if name in tables},
    )
