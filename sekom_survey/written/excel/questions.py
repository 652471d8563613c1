"""A sheet a question: every answer with its count, share, uncertainty and possible range, for all and for each group."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import isfinite
from typing import Any

import pandas as pd

from sekom_survey.asked.contrasts import TOP
from sekom_survey.counted.choices import CLASSED, top_labels
from sekom_survey.counted.classes import digits_words
from sekom_survey.counted.segment import ALL, SEGMENTATIONS, titles_of
from sekom_survey.model import DATE, MEMBER, METADATA, MULTI, NPS, RATING, TEXT, UPLOAD, Item, Survey
from sekom_survey.text.swedish import join_words, number_word, sentence_case
from sekom_survey.written.excel import sheet as look
from sekom_survey.written.excel.sheet import (
    Book,
    Cell,
    ExcelSheet,
    add_sheet,
    finish,
    put_heading,
    put_table,
    sheet_name,
)

TITLES_OF = {"count": "Antal", "value": "Värde", "base": "Bas", "population": "{asked}", "share": "Andel", "low": "Osäkerhet från",
             "high": "Osäkerhet till", "low_members": "{asked} från", "high_members": "{asked} till", "possible_low": "Möjligt från",
             "possible_high": "Möjligt till"}  # fmt: skip
SHARES = {"count": look.COUNT, "base": look.COUNT, "population": look.COUNT, "share": look.SHARE, "low": look.SHARE, "high": look.SHARE,
          "low_members": look.COUNT, "high_members": look.COUNT, "possible_low": look.SHARE, "possible_high": look.SHARE}  # fmt: skip
HEARD = ("count", "value", "base", "share")  # what is known of those who answered
REMARK = "Anmärkning"
TOLD = ("base", "population")  # of a suppressed row
STATISTICS = {
    "mean": ("Medelvärde", look.MEAN),
    "nps": ("Nettovärde (NPS)", look.NET),
    "lower_quartile": ("Undre kvartil", look.MEAN),
    "median": ("Median", look.MEAN),
    "upper_quartile": ("Övre kvartil", look.MEAN),
}
ABSENT = {
    MEMBER: "visar bara vem som svarat",
    METADATA: "om formuläret, inget svar",
    UPLOAD: "bifogade filer, lämnas kvar",
    TEXT: "fritext, redovisas inte i tabeller",
}


@dataclass(frozen=True, eq=False)
class QuestionSheet:
    """A question or a whole matrix with its rows of estimates and means, as named tuples, and the sheet they go to."""

    survey: Survey
    number: int
    items: tuple[Item, ...]
    sheet: str
    shares: Sequence[Any]
    means: Sequence[Any]

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
        return "" if self.shares or self.means else ABSENT.get(self.items[0].kind, "inga svar")


def questions(survey: Survey, estimates: pd.DataFrame, means: pd.DataFrame) -> list[QuestionSheet]:
    """The questionnaire's questions in order, numbered from 1, the rows of a matrix together."""
    groups = groupby(survey.questionnaire.items, key=lambda item: item.group or item.id)
    asked = {number: tuple(items) for number, (_, items) in enumerate(groups, 1)}
    numbers = {item.id: number for number, items in asked.items() for item in items}
    shares, averages = _by_question(estimates, numbers), _by_question(means, numbers)
    return [_question(survey, number, items, shares[number], averages[number]) for number, items in asked.items()]


def _by_question(table: pd.DataFrame, numbers: Mapping[str, int]) -> defaultdict[int | None, list[Any]]:
    """The rows of each question, in the table's order."""
    found = defaultdict(list)
    for row in table.astype(object).itertuples(index=False):
        found[numbers.get(row.item)].append(row)
    return found


def _question(
    survey: Survey, number: int, items: tuple[Item, ...], shares: Sequence[Any], means: Sequence[Any]
) -> QuestionSheet:
    name = sheet_name(f"{number} {items[0].group_text or items[0].short}")
    ids = [item.id for item in items]
    return QuestionSheet(
        survey, number, items, name, _ordered(shares, ids, "option"), _ordered(means, ids, "statistic")
    )


def _ordered(rows: Sequence[Any], ids: Sequence[str], last: str) -> list[Any]:
    """A question's rows, totals first; items, groups and what `last` names in the order they were asked or came."""
    ranks = {"segmentation": _ranks([*SEGMENTATIONS, *(row.segmentation for row in rows)]), "item": _ranks(ids),
             "segment": _ranks(row.segment for row in rows), last: _ranks(getattr(row, last) for row in rows)}  # fmt: skip
    return sorted(rows, key=lambda row: [rank[getattr(row, name)] for name, rank in ranks.items()])


def _ranks(values: Iterable[Hashable]) -> dict[Hashable, int]:
    return {value: rank for rank, value in enumerate(dict.fromkeys(values))}


def put_question(book: Book, question: QuestionSheet) -> None:
    """Write a question's sheet. Ratings and net values open with their means, other questions with the answers."""
    sheet = add_sheet(book, question.sheet, question.text, _lines(question))
    middle = "Mitten av svaren" if question.items[0].kind in CLASSED else "Medelvärden"
    parts = [("Svar", _put_shares, question.shares), (middle, _put_means, question.means)]
    if question.items[0].kind in (RATING, NPS):
        parts.reverse()
    filled = [part for part in parts if len(part[2])]
    for place, (heading, put, _) in enumerate(filled):
        if place:
            put_heading(book, sheet, heading)
        put(book, sheet, question)
    finish(book, sheet)


def _lines(question: QuestionSheet) -> list[str]:
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


def base_line(question: QuestionSheet) -> str:
    """How many answered within the scale, of how many; a range over the rows of a matrix."""
    nouns = question.survey.nouns
    outside = {option.label for item in question.items for option in item.options if option.outside}
    inside = [row for row in question.shares if row.option not in outside] if question.shares else question.means
    total = [row for row in inside if row.segmentation == ALL]
    bases = [int(row.base) for row in total if isfinite(row.base)]
    if not bases:
        return f"Bas: inga {nouns.many}."
    low, high = min(bases), max(bases)
    asked = f"av {int(max(row.population for row in total))} {nouns.asked}" if question.survey.infers else nouns.many
    return f"Bas: {low if low == high else f'{low}–{high}'} {asked}."


def asked_heading(survey: Survey) -> str:
    """What the column is headed that says of how many."""
    return "Medlemmar" if survey.of_members else sentence_case(survey.nouns.asked)


def _known(looks: Mapping[str, str], survey: Survey) -> dict[str, str]:
    """The columns that something is known of, and how they look."""
    return {name: style for name, style in looks.items() if survey.infers or name in HEARD}


def _titles(looks: Mapping[str, str], survey: Survey) -> tuple[str, ...]:
    return (*(TITLES_OF[name].format(asked=asked_heading(survey)) for name in looks), REMARK)


def _put_shares(book: Book, sheet: ExcelSheet, question: QuestionSheet) -> None:
    sums = {item.id: _sum_name(item) for item in question.items if item.top}
    wordings, shown = _wordings(question), _known(SHARES, question.survey)
    cells = [
        [
            *_where(row, wordings, question.survey),
            (sums[row.item] if row.option == TOP else row.option, look.TEXT),
            *_numbers(row, shown),
            (row.reason, look.NOTE),
        ]
        for row in question.shares
    ]
    put_table(
        book,
        sheet,
        (*_where_titles(question), "Svar", *_titles(shown, question.survey)),
        cells,
        _opening(question.shares),
    )


def _put_means(book: Book, sheet: ExcelSheet, question: QuestionSheet) -> None:
    wordings = _wordings(question)
    survey, days = question.survey, question.items[0].kind == DATE
    cells = [
        [
            *_where(row, wordings, survey),
            (STATISTICS[row.statistic][0], look.TEXT),
            *_mean_cells(row, _known(_mean_looks(row), survey), days),
            (row.reason, look.NOTE),
        ]
        for row in question.means
    ]
    titles = _titles(_known(_mean_looks(question.means[0]), survey), survey)
    put_table(book, sheet, (*_where_titles(question), "Mått", *titles), cells, _opening(question.means))


def _opening(rows: Sequence[Any]) -> set[int]:
    """The places where another segmentation or another row of the matrix begins."""
    keys = [(row.segmentation, row.item) for row in rows]
    return {place for place, key in enumerate(keys) if place and key != keys[place - 1]}


def _sum_name(item: Item) -> str:
    return f"Summa: de {number_word(item.top or 0)} högsta"


def _where_titles(question: QuestionSheet) -> tuple[str, ...]:
    return ("Indelning", "Delfråga", "Grupp") if question.matrix else ("Indelning", "Grupp")


def _wordings(question: QuestionSheet) -> dict[str, str]:
    """The rows of a matrix by id; nothing for other questions."""
    return {item.id: item.text for item in question.items} if question.matrix else {}


def _where(row: Any, wordings: Mapping[str, str], survey: Survey) -> list[Cell]:
    part: list[Cell] = [(wordings[row.item], look.TEXT)] if wordings else []
    segment = "Alla" if row.segment == ALL else row.segment
    return [(titles_of(survey).get(row.segmentation, row.segmentation), look.TEXT), *part, (segment, look.TEXT)]


def _mean_cells(row: Any, looks: Mapping[str, str], days: bool) -> list[Cell]:
    """The cells of a mean or a quartile; a day in words."""
    cells = _numbers(row, looks)
    return [(digits_words(row.value), look.TEXT), *cells[1:]] if days and not row.suppressed else cells


def _mean_looks(row: Any) -> dict[str, str]:
    shown = STATISTICS[row.statistic][1]
    return {"value": shown, "base": look.COUNT, "population": look.COUNT, "low": shown, "high": shown}


def _numbers(row: Any, looks: Mapping[str, str]) -> list[Cell]:
    """The numbers of a row; in a suppressed one only how many answered of how many is told."""
    if row.suppressed:
        return [(getattr(row, name) if name in TOLD else look.SUPPRESSED, style) for name, style in looks.items()]
    return [(getattr(row, name), style) for name, style in looks.items()]
