"""Every number in an Excel workbook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pandas as pd

from sekom_survey.counted.segment import ALL, titles_of
from sekom_survey.found.themes import OTHER_NAME
from sekom_survey.model import Survey
from sekom_survey.shown.exhibits.indicators import BETTER
from sekom_survey.written.excel.write import write_tables
from sekom_survey.written.formats import Material
from sekom_survey.written.problems import in_words

FILE = "tables.xlsx"
FURTHER = ("goals", "claims", "themes", "indicators", "trace")


def write(made: Material, path: Path) -> None:
    """An overview, a sheet a question, and one each for goals, claims, themes and indicators when there are any."""
    tables = made.tables
    write_tables(
        path,
        estimates=tables["estimates"],
        means=tables["means"],
        survey=made.survey,
        response=made.base.answered(),
        accounting=made.base.accounting,
        item_nonresponse=made.base.item_nonresponse,
        conflicts=made.conflicts,
        problems=in_words(made.problems, made.survey.questionnaire),
        further=dict(_further(made)),
        brief=made.report.brief,
    )


def _further(made: Material) -> Iterator[tuple[str, pd.DataFrame]]:
    for name in (one for one in FURTHER if one in made.tables):
        table = made.tables[name]
        if name == "themes":
            yield name, _themes_in_words(table, made.survey, made.theme_names)
        else:
            yield name, IN_WORDS[name](table) if name in IN_WORDS else table


def _goals_in_words(table: pd.DataFrame) -> pd.DataFrame:
    """The goals and measures by the plan's names, numbers as they are told."""
    return table.assign(goal=table["goal_name"], indicator=table["name"]).drop(columns=["goal_name", "name"]).round(1)


def _claims_in_words(table: pd.DataFrame) -> pd.DataFrame:
    """The claims without the ids of their figures."""
    return table.drop(columns="figures")


def _indicators_in_words(table: pd.DataFrame) -> pd.DataFrame:
    """The indicators with the better end in words, and groups by their names alone."""
    return table.assign(good=table["good"].map(BETTER)).drop(columns="segmentation").round(3)


IN_WORDS = {"goals": _goals_in_words, "claims": _claims_in_words, "indicators": _indicators_in_words}


def _themes_in_words(table: pd.DataFrame, survey: Survey, names: Mapping[str, str]) -> pd.DataFrame:
    """The themes with questions, themes and groups called by their names."""
    titles, asked = titles_of(survey), {item.id: item.short for item in survey.questionnaire.items}
    return table.assign(
        item=table["item"].map(asked),
        option=table["option"].map(lambda name: names.get(name, OTHER_NAME)),
        segmentation=table["segmentation"].map(lambda name: titles.get(name, name)),
        segment=table["segment"].replace(ALL, "Alla"),
        suppressed=table["suppressed"].map({True: "ja", False: "nej"}),
    )
