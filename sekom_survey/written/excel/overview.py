"""The workbook's first sheet: who answered, the goals, the messages, and the one answer to each question that says most."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sekom_survey.counted.choices import counted_as_yes, inside_options, options_counted
from sekom_survey.counted.segment import ALL
from sekom_survey.model import CONSENT, MULTI, NPS, RATING, SCALE, SINGLE, Brief, GoalLine, Item
from sekom_survey.written.excel.questions import QuestionSheet
from sekom_survey.written.excel.sheet import (
    COUNT,
    LINK,
    MEAN,
    OVERVIEW,
    SHARE,
    STRONG,
    TEXT,
    Book,
    Cell,
    add_sheet,
    finish,
    put_heading,
    put_table,
)

GOALS = ("Mål", "Mått", "Utfall", "Utfallet före", "Bedömning", "Styrelsens beslut", "Varför", "Ansvarar")
ANSWERS = ("Flik", "Fråga", "Svar", "Antal", "Bas", "Andel", "Medelvärde")


def put_overview(book: Book, brief: Brief, title: str, asked: Sequence[QuestionSheet]) -> None:
    """Write the sheet, of what page one tells and of the rows of all that the questions' own sheets have."""
    lines = filter(None, (brief.title, f"{brief.response} {brief.trust}".strip(), brief.source))
    sheet = add_sheet(book, OVERVIEW, f"{title}: översikt", lines, widest=36)
    if brief.goals:
        put_heading(book, sheet, f"Målen {brief.goals_day}")
        put_table(book, sheet, GOALS, [_goal(line) for line in brief.goals])
    if brief.messages:
        put_heading(book, sheet, brief.messages_title)
        told = [[(m.lead, STRONG), (m.sentence, TEXT), (m.note, TEXT)] for m in brief.messages]
        put_table(book, sheet, ("Besked", "Vad svaren visar", "Så säkert är det"), told)
    rows = [
        row for question in asked if not question.absent for item in question.items if (row := _answer(question, item))
    ]
    if rows:
        put_heading(book, sheet, "Varje fråga i korthet: det svar som flest gav, eller de högsta svaren tillsammans")
        put_table(book, sheet, ANSWERS, rows)
    finish(book, sheet, freeze=False)


def _goal(line: GoalLine) -> list[Cell]:
    others = (line.measure, line.outcome, line.before, line.status, line.decided, line.why, line.who)
    return [(line.name, STRONG), *((text, TEXT) for text in others)]


def _answer(question: QuestionSheet, item: Item) -> list[Cell]:
    """A question's or a matrix row's own row; nothing where nothing may be told."""
    name = f"{item.group_text} – {item.short}" if item.group_text else item.text
    first: list[Cell] = [(question.sheet, LINK), (name, TEXT)]
    if item.kind in (RATING, NPS):
        means = [row for row in _of_all(question.means, item) if row.statistic == "mean"]
        return (
            [*first, ("", TEXT), ("", COUNT), (int(means[0].base), COUNT), ("", SHARE), (means[0].value, MEAN)]
            if means
            else []
        )
    rows = [row for row in _of_all(question.shares, item, hidden=True) if row.option in _telling(item)]
    if not rows or any(row.suppressed for row in rows):  # what is hidden may be the most
        return []
    most = max(rows, key=lambda row: row.count)
    told = options_words(item, most.option)
    return [*first, (told, TEXT), (int(most.count), COUNT), (int(most.base), COUNT), (most.share, SHARE), ("", MEAN)]


def _of_all(rows: Sequence[Any], item: Item, hidden: bool = False) -> Iterator[Any]:
    mine = (row for row in rows if row.item == item.id and row.segmentation == ALL)
    return (row for row in mine if hidden or not row.suppressed)


def _telling(item: Item) -> Sequence[str]:
    """The answers one of which stands for the question: the highest ones of a scale together, else any."""
    if item.kind == SCALE:
        return (counted_as_yes(item),)
    return inside_options(item) if item.kind in (SINGLE, MULTI, CONSENT) else options_counted(item)


def options_words(item: Item, option: str) -> str:
    """What an option of the tables is called: the highest of a scale by their names."""
    known = {one.label for one in item.options}
    top = [one.label for one in item.inside[-(item.top or 1) :]]
    return option if item.kind != SCALE or option in known else " eller ".join(top)
