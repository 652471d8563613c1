"""A sheet a question: every answer with its count, share, uncertainty and possible range, for all and for each group."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import pandas as pd

from sekom_survey.estimate import TOP, top_labels
from sekom_survey.model import MEMBER, METADATA, MULTI, NPS, RATING, TEXT, Item, Survey
from sekom_survey.segment import ALL, SEGMENTATIONS, TITLES
from sekom_survey.swedish import join_words, number_word
from sekom_survey.writers import excel_sheet as look
from sekom_survey.writers.excel_sheet import Book, Cell, Sheet, add_sheet, finish, put_heading, put_table, sheet_name

SHARE_TITLES = ("Antal", "Bas", "Medlemmar", "Andel", "Osäkerhet från", "Osäkerhet till", "Medlemmar från", "Medlemmar till",
                "Möjligt från", "Möjligt till", "Anmärkning")  # fmt: skip
MEAN_TITLES = ("Värde", "Bas", "Medlemmar", "Osäkerhet från", "Osäkerhet till", "Anmärkning")
STATISTICS = {"mean": ("Medelvärde", look.MEAN), "nps": ("Nettovärde (NPS)", look.NET)}
ABSENT = {MEMBER: "visar bara vem som svarat", METADATA: "om formuläret, inget svar", TEXT: "fritext, redovisas inte i tabeller"}


@dataclass(frozen=True, eq=False)
class Question:
    """A question or a whole matrix with its rows of estimates and means, and the sheet they go to."""

    number: int
    items: tuple[Item, ...]
    sheet: str
    shares: pd.DataFrame
    means: pd.DataFrame

    @property
    def text(self) -> str:
        """The question as it was asked."""
        return self.items[0].group_text or self.items[0].text

    @property
    def matrix(self) -> bool:
        """Whether it has rows of its own."""
        return self.items[0].group is not None

    @property
    def absent(self) -> str:
        """Why the question has no sheet; "" when it has one."""
        return "" if len(self.shares) or len(self.means) else ABSENT.get(self.items[0].kind, "inga svar")


def questions(survey: Survey, estimates: pd.DataFrame, means: pd.DataFrame) -> list[Question]:
    """The questionnaire's questions in order, numbered from 1, the rows of a matrix together."""
    groups = groupby(survey.questionnaire.items, key=lambda item: item.group or item.id)
    return [_question(number, tuple(items), estimates, means) for number, (_, items) in enumerate(groups, 1)]


def _question(number: int, items: tuple[Item, ...], estimates: pd.DataFrame, means: pd.DataFrame) -> Question:
    ids = [item.id for item in items]
    name = sheet_name(f"{number} {items[0].group_text or items[0].short}")
    return Question(number, items, name, _ordered(estimates, ids), _ordered(means, ids))


def _ordered(table: pd.DataFrame, ids: Sequence[str]) -> pd.DataFrame:
    """An item's rows, totals first; items, groups and answers in the order they were asked or came."""
    mine = table[table["item"].isin(ids)]
    last = "option" if "option" in mine else "statistic"
    ranks = {"segmentation": _ranks([*SEGMENTATIONS, *mine["segmentation"]]), "item": _ranks(ids), "segment": _ranks(mine["segment"]), last: _ranks(mine[last])}
    keys = pd.DataFrame({name: mine[name].map(rank) for name, rank in ranks.items()})
    return mine.loc[keys.sort_values(list(ranks), kind="stable").index]


def _ranks(values: Iterable[Hashable]) -> dict[Hashable, int]:
    return {value: rank for rank, value in enumerate(dict.fromkeys(values))}


def put_question(book: Book, question: Question) -> None:
    """Write a question's sheet. Ratings and net values open with their means, other questions with the answers."""
    sheet = add_sheet(book, question.sheet, question.text, _lines(question))
    parts = [("Svar", _put_shares, question.shares), ("Medelvärden", _put_means, question.means)]
    if question.items[0].kind in (RATING, NPS):
        parts.reverse()
    filled = [part for part in parts if len(part[2])]
    for place, (heading, put, _) in enumerate(filled):
        if place:
            put_heading(book, sheet, heading)
        put(book, sheet, question)
    finish(book, sheet)


def _lines(question: Question) -> list[str]:
    item = question.items[0]
    lines = [base_line(question)]
    if item.kind == MULTI:
        most = f"Högst {item.max} svar fick väljas" if item.max else "Flera svar fick väljas"
        lines.append(f"{most}; andelarna blir därför inte 100\u00a0% tillsammans.")
    if item.top:
        lines.append(f"{_sum_name(item)} = {join_words([f'”{label}”' for label in top_labels(item)])}.")
    outside = [f"”{option.label}”" for option in item.options if option.outside]
    if outside:
        lines.append(f"{join_words(outside)} ingår inte i basen för de andra svaren, utan räknas mot alla som svarat.")
    return lines


def base_line(question: Question) -> str:
    """How many answered within the scale, of how many municipalities; a range over the rows of a matrix."""
    outside = {option.label for item in question.items for option in item.options if option.outside}
    shares = question.shares
    inside = shares[~shares["option"].isin(outside)] if len(shares) else question.means
    total = inside[inside["segmentation"] == ALL]
    if total.empty:
        return "Bas: inga kommuner."
    low, high = int(total["base"].min()), int(total["base"].max())
    return f"Bas: {low if low == high else f'{low}–{high}'} av {int(total['population'].max())} kommuner."


def _put_shares(book: Book, sheet: Sheet, question: Question) -> None:
    sums = {item.id: _sum_name(item) for item in question.items if item.top}
    rows = list(question.shares.itertuples())
    cells = [[*_where(row, question), (sums[row.item] if row.option == TOP else row.option, look.TEXT), *_shares(row)] for row in rows]
    put_table(book, sheet, (*_where_titles(question), "Svar", *SHARE_TITLES), cells, _opening(rows))


def _put_means(book: Book, sheet: Sheet, question: Question) -> None:
    rows = list(question.means.itertuples())
    cells = [[*_where(row, question), (STATISTICS[row.statistic][0], look.TEXT), *_mean(row)] for row in rows]
    put_table(book, sheet, (*_where_titles(question), "Mått", *MEAN_TITLES), cells, _opening(rows))


def _opening(rows: Sequence[Any]) -> set[int]:
    """The places where another segmentation or another row of the matrix begins."""
    keys = [(row.segmentation, row.item) for row in rows]
    return {place for place, key in enumerate(keys) if place and key != keys[place - 1]}


def _sum_name(item: Item) -> str:
    return f"Summa: de {number_word(item.top or 0)} högsta"


def _where_titles(question: Question) -> tuple[str, ...]:
    return ("Indelning", "Delfråga", "Grupp") if question.matrix else ("Indelning", "Grupp")


def _where(row: Any, question: Question) -> list[Cell]:
    wordings = {item.id: item.text for item in question.items}
    part: list[Cell] = [(wordings[row.item], look.TEXT)] if question.matrix else []
    segment = "Alla" if row.segment == ALL else row.segment
    return [(TITLES.get(row.segmentation, row.segmentation), look.TEXT), *part, (segment, look.TEXT)]


def _shares(row: Any) -> list[Cell]:
    counts = {"count": look.COUNT, "base": look.COUNT, "population": look.COUNT, "share": look.SHARE, "low": look.SHARE, "high": look.SHARE,
              "low_members": look.COUNT, "high_members": look.COUNT, "possible_low": look.SHARE, "possible_high": look.SHARE}  # fmt: skip
    return [*_numbers(row, counts), (row.reason, look.NOTE)]


def _mean(row: Any) -> list[Cell]:
    shown = STATISTICS[row.statistic][1]
    return [*_numbers(row, {"value": shown, "base": look.COUNT, "population": look.COUNT, "low": shown, "high": shown}), (row.reason, look.NOTE)]


def _numbers(row: Any, looks: dict[str, str]) -> list[Cell]:
    """The numbers of a row; in a suppressed one only how many answered of how many is told."""
    told = ("base", "population")
    return [(look.SUPPRESSED if row.suppressed and name not in told else getattr(row, name), style) for name, style in looks.items()]
