"""Every number in an Excel workbook."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from sekom_survey.coding.codebook import load_codebook
from sekom_survey.counted.segment import ALL, titles_of
from sekom_survey.counted.year import Year
from sekom_survey.found.themes import theme_name
from sekom_survey.written.excel.write import write_tables
from sekom_survey.written.formats import Material
from sekom_survey.written.problems import in_words

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
        problems=in_words(year.problems, year.survey.questionnaire),
        further=dict(_further(made)),
    )


def _further(made: Material) -> Iterator[tuple[str, pd.DataFrame]]:
    for name in (one for one in FURTHER if one in made.tables):
        table = made.tables[name]
        yield name, _themes_in_words(table, made.year) if name == "themes" else table


def _themes_in_words(table: pd.DataFrame, year: Year) -> pd.DataFrame:
    """The themes with questions, themes and groups called by their names."""
    codebook = load_codebook(year.wave.folder / "codebook.toml")[0]
    titles, asked = titles_of(year.survey), {item.id: item.short for item in year.survey.questionnaire.items}
    return table.assign(
        item=table["item"].map(asked),
        option=table["option"].map(lambda name: theme_name(codebook, name)),
        segmentation=table["segmentation"].map(lambda name: titles.get(name, name)),
        segment=table["segment"].replace(ALL, "Alla"),
        suppressed=table["suppressed"].map({True: "ja", False: "nej"}),
    )
