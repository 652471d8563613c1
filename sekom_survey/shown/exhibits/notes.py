"""The source note under every figure and the cells of the tables behind them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, TypeAlias

import pandas as pd

from sekom_survey.counted.year import Year
from sekom_survey.model import Exhibit, Item
from sekom_survey.shown.figures.values import PERCENT_FROM
from sekom_survey.text.files import folded
from sekom_survey.text.swedish import (
    NOT_AVAILABLE,
    count_of,
    join_words,
    number,
    number_word,
    percent,
    percent_range,
)

Row: TypeAlias = Mapping[Any, Any] | pd.Series  # of the estimates

AS_THE_OTHERS = "visar osäkerheten (95\u00a0%) om de som inte svarat liknar dem som svarat."
EXAMPLE = "Exempeldata, påhittade svar."
HIDDEN = "U"
SIGNS = {HIDDEN: "visas inte, för få svar eller för att skydda enskilda", NOT_AVAILABLE: "går inte att räkna ut"}
LONGEST_NAME = 60


def source_note(year: Year, base: str, *extra: str) -> str:
    """ "Källa: SEKOM-enkäten 2026. Bas: 50 av 80 kommuner. ..." ending with the stamp of example data."""
    parts = [f"Källa: {year.survey.title}.", f"Bas: {base}.", *extra]
    if year.survey.synthetic:
        parts.append(EXAMPLE)
    return " ".join(part for part in parts if part)


def inserted(note: str, sentence: str) -> str:
    """A sentence added to a note, before the stamp of example data."""
    body, stamp, _ = note.partition(EXAMPLE)
    return " ".join(part for part in (body.strip(), sentence.strip(), stamp) if part)


def signs_explained(exhibit: Exhibit) -> Exhibit:
    """An exhibit whose note tells what the signs in its table, its cells or "Norrland (U)" over them, stand for."""
    cells = set(exhibit.table.to_numpy(dtype=object).ravel())
    heads = "".join(map(str, exhibit.table.columns))
    said = " ".join(f"”{sign}”: {meaning}." for sign, meaning in SIGNS.items() if sign in cells or f"({sign})" in heads)
    if not said:
        return exhibit
    note, stamp, _ = exhibit.note.partition(EXAMPLE)
    return replace(exhibit, note=" ".join(part for part in (note.strip(), said, stamp) if part))


def those_counted(year: Year, base: int, population: int) -> str:
    """ "50 av 80 kommuner"; "33 svarande" where nobody knows of how many."""
    nouns = year.survey.nouns
    if not year.survey.infers:
        return f"{number(base) if base == population else count_of(base, population)} {nouns.many}"
    return f"{count_of(base, population)} {nouns.asked}"


def uncertainty(year: Year, marks: str = "Strecken") -> str:
    """What the whiskers, or an interval, show; nothing where no interval can be given."""
    return f"{marks} {AS_THE_OTHERS}" if year.survey.infers else ""


def base_span(year: Year, bases: pd.Series, population: int) -> str:
    """The base of several questions together: "46–50 av 80 kommuner"; those that are hidden left out."""
    known = bases.dropna()
    if known.empty:
        return "inga svar som visas"
    low, high = int(known.min()), int(known.max())
    if low == high:
        return those_counted(year, low, population)
    return f"{low}–{high} av {population} {year.survey.nouns.asked if year.survey.infers else year.survey.nouns.many}"


def name_of(item: Item) -> str:
    """What a title calls a question: its short name, or its wording when that is short; else nothing."""
    return item.label or (item.text if len(item.text) <= LONGEST_NAME else "")


def matrix_name(item: Item) -> str:
    """What a title calls the matrix that an item is a row of."""
    return item.group_label or (item.group_text if len(item.group_text) <= LONGEST_NAME else "")


ENDS = (".", "?", "!", ":", "…", ")")
_FORMS_NUMBER = re.compile(r"^\d{1,3}[.):]\s+(?=\S)")


def under(title: str, question: str) -> str:
    """The question to stand under a title; nothing where the title has its very words, the form's own number apart."""
    return "" if folded(_FORMS_NUMBER.sub("", question)).rstrip(" .:…") in folded(title) else question


def asked_and(question: str, what: str) -> str:
    """A question and what is shown of it, as two sentences: "Ordna efter nytta. Medelvärde"."""
    return f"{question}{'' if question.rstrip().endswith(ENDS) else '.'} {what}"


def top_words(item: Item) -> str:
    """What an answer among the highest of a scale is called: "något av de två högsta svaren"."""
    steps = item.top or 1
    return "det högsta svaret" if steps == 1 else f"något av de {number_word(steps)} högsta svaren"


def outside_note(items: tuple[Item, ...]) -> str:
    """Which answers stand outside the scale and are left out of the shares."""
    names = list(dict.fromkeys(f"”{option.label}”" for item in items for option in item.options if option.outside))
    return f"{join_words(names)} ingår inte i andelarna." if names else ""


def routed_note(year: Year, items: tuple[Item, ...]) -> str:
    """That a question was only asked of some, and of whom."""
    gates = {item.asked_if for item in items if item.asked_if}
    if len(gates) != 1:
        return ""
    (gate,) = gates
    answers = " eller ".join(f"”{label}”" for label in gate.options)
    return f"Frågan ställdes bara till dem som svarat {answers} på ”{year.wave.questionnaire.item(gate.item).short}”."


def placed(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows under ten answers have no percent in a public build; the mark still needs its place, beside its count."""
    return rows.assign(
        share=rows["share"].fillna(rows["count"] / rows["base"]),
        low=rows["low"].fillna(rows["low_members"] / rows["population"]),
        high=rows["high"].fillna(rows["high_members"] / rows["population"]),
    )


def records(rows: pd.DataFrame) -> list[dict[str, Any]]:
    """Every row as its values by column; for few rows much quicker than pandas' own ways."""
    names = list(rows.columns)
    return [dict(zip(names, values, strict=True)) for values in rows.to_numpy(dtype=object).tolist()]


def each(rows: pd.DataFrame, cell: Callable[[Row], str]) -> list[str]:
    """A cell or a phrase for every row."""
    return [cell(row) for row in records(rows)]


def share_cell(row: Row) -> str:
    """A share for a table: percent, or `U` when hidden, or nothing under ten answers where the count speaks."""
    if row["suppressed"]:
        return HIDDEN
    return percent(row["share"], row["base"]) if row["base"] >= PERCENT_FROM else "–"


def count_cell(row: Row) -> str:
    """ "34 av 50", or `U` when hidden."""
    return HIDDEN if row["suppressed"] else count_of(int(row["count"]), int(row["base"]))


def interval_cell(row: Row) -> str:
    """ "47–60 av 80", the members the answer may stand for, or `U`; nothing where there is no interval."""
    if row["suppressed"]:
        return HIDDEN
    if pd.isna(row["low_members"]):
        return ""
    low, high, population = int(row["low_members"]), int(row["high_members"]), int(row["population"])
    return f"{low}–{high} av {population}" if low != high else f"{low} av {population}"


def possible_cell(row: Row) -> str:
    """The bounds without assumptions as a range of percent, or `U`."""
    if row["suppressed"]:
        return HIDDEN
    return "" if pd.isna(row["possible_low"]) else percent_range(row["possible_low"], row["possible_high"])


def spoken(row: Row) -> str:
    """A row as a phrase: "34 av 50 (68 %)"."""
    if row["suppressed"]:
        return "visas inte"
    share = f" ({percent(row['share'], row['base'])})" if row["base"] >= PERCENT_FROM else ""
    return count_cell(row) + share
