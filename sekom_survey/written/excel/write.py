"""The tables as an Excel workbook: how to read it, how good the answers are, a sheet for each question, goals, claims and themes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path

import pandas as pd

from sekom_survey.model import Accounting, Brief, Problem, Survey
from sekom_survey.shown.exhibits.quality import answered_words
from sekom_survey.text.swedish import date_long, date_range
from sekom_survey.written.excel.overview import put_overview
from sekom_survey.written.excel.quality import put_quality, put_remarks
from sekom_survey.written.excel.questions import QuestionSheet, asked_heading, base_line, put_question, questions
from sekom_survey.written.excel.sheet import (
    LINK,
    QUALITY,
    README,
    REMARKS,
    STRONG,
    TEXT,
    Book,
    add_sheet,
    finish,
    open_book,
    put_heading,
    put_table,
)

OF_MEMBERS = (
    (
        "Indelning, Grupp",
        "Alla kommuner först, sedan grupperna: kommunstorlek, landsdel, län, kommungrupp, roll, och regionerna för sig.",
    ),
)
COUNTED = (
    ("Antal", "Hur många som gav svaret."),
    ("Bas", "Hur många som svarade på frågan, inom skalan."),
    ("Andel", "Antal delat med bas."),
)
INFERRED = (
    ("{asked}", "Hur många som finns i gruppen, med eller utan svar."),
    (
        "Osäkerhet från, till",
        "Var andelen av alla i gruppen ligger med 95 procents säkerhet, om de som inte svarat liknar dem som svarat.",
    ),
    ("{asked} från, till", "Samma osäkerhet, räknad i antal."),
    (
        "Möjligt från, till",
        "Det lägsta och högsta som är möjligt, om ingen eller alla av dem som inte svarat tycker likadant.",
    ),
)
FURTHER = (
    ("Summa", "De högsta stegen på skalan tillsammans."),
    ("Nettovärde (NPS)", "Andelen som svarat 9–10 minus andelen som svarat 0–6, från −100 till +100."),
)
SIGNS = (
    ("U", "Uppgiften visas inte: för få har svarat. Anmärkningen säger varför."),
    ("..", "Uppgiften finns inte eller går inte att räkna ut."),
)


def write_tables(
    path: Path,
    *,
    estimates: pd.DataFrame,
    means: pd.DataFrame,
    survey: Survey,
    response: tuple[int, int],
    accounting: Accounting,
    item_nonresponse: pd.DataFrame,
    conflicts: pd.DataFrame,
    problems: Iterable[Problem],
    further: Mapping[str, pd.DataFrame] | None = None,
    brief: Brief | None = None,
) -> None:
    """Write the workbook; equal arguments give equal bytes. It begins with an overview of `brief`, page one.

    `estimates` and `means` have the columns of sekom_survey.counted.estimate; `response`: how many answered, of how many; `item_nonresponse` item, asked, answered,
    missing; `conflicts` at least item and rule; `further` goals, claims and themes as in their csv files. Texts are never formulas or links, numbers are real numbers, and a
    suppressed cell is "U".
    """
    book = open_book(path, survey)
    asked = questions(survey, estimates, means)
    if brief:
        put_overview(book, brief, survey.title, asked)
    _put_readme(book, survey, response, asked)
    put_quality(book, survey, response, accounting, item_nonresponse, conflicts)
    put_remarks(book, problems)
    put_further(book, further or {})
    for question in asked:
        if not question.absent:
            put_question(book, question)
    book.workbook.close()


def _columns(survey: Survey) -> Iterator[tuple[str, str]]:
    """The columns of the sheets and what they mean."""
    parts = (OF_MEMBERS if survey.of_members else (), COUNTED, INFERRED if survey.infers else (), FURTHER)
    for name, meaning in chain(*parts):
        yield name.format(asked=asked_heading(survey)), meaning


def _put_readme(book: Book, survey: Survey, response: tuple[int, int], asked: Sequence[QuestionSheet]) -> None:
    told = answered_words(survey, *response)
    frame = f"ramen är medlemmarna {date_long(survey.frame_date)}. " if survey.of_members else ""
    sheet = add_sheet(book, README, f"{survey.title}: tabeller", (
        f"{survey.association}. Enkäten var öppen {date_range(survey.opened, survey.closed)}{'; ' if frame else '. '}{frame}{told}.",
        "Här finns alla svar som antal och andelar, en flik för varje fråga. Pilarna i rubrikraden väljer ut rader.",
    ), widest=84)  # fmt: skip
    put_heading(book, sheet, "Innehåll")
    put_table(book, sheet, ("Flik", "Innehåll", "Bas"), [
        [(QUALITY, LINK), ("Svarsfrekvens, bortfall och räkningen av rader och celler", TEXT), ("", TEXT)],
        [(REMARKS, LINK), ("Det som hittades i underlaget, och vad som behöver göras", TEXT), ("", TEXT)],
        *([(q.sheet, TEXT if q.absent else LINK), (q.text, TEXT), (f"Ingen flik: {q.absent}." if q.absent else base_line(q), TEXT)] for q in asked),
    ])  # fmt: skip
    put_heading(book, sheet, "Så läser du kolumnerna")
    put_table(book, sheet, ("Kolumn", "Betydelse"), [[(name, STRONG), (text, TEXT)] for name, text in _columns(survey)])
    put_heading(book, sheet, "Tecken i tabellerna")
    put_table(book, sheet, ("Tecken", "Betydelse"), [[(sign, STRONG), (text, TEXT)] for sign, text in SIGNS])
    finish(book, sheet, freeze=False)


SHEETS = {
    "goals": ("Mål", "De strategiska målen, effektmålen och planens löften"),
    "claims": ("Påståenden", "Planens påståenden om enkäten, prövade"),
    "themes": ("Teman", "Teman i fritextsvaren"),
    "trace": ("Spårning", "Planens aktiviteter, fynden de svarar på och frågorna bakom"),
    "indicators": ("Nyckeltal", "Medlemmarnas nyckeltal, alla år; jämförelseåret är märkt ja"),
}
TITLES = {
    "goal": "Mål", "indicator": "Mått", "unit": "Enhet", "baseline": "Utgångsvärde", "outcome": "Utfall", "low": "Från", "high": "Till",
    "target": "Målvärde", "status": "Status", "cause": "Orsak", "trend": "Trend", "decided": "Styrelsens bedömning", "reason": "Skäl",
    "source": "Källa", "claim": "Nr", "quote": "Påstående", "verdict": "Omdöme", "statement": "Vad svaren visar",
    "questions": "Omdömet svarar på",
    "item": "Fråga", "option": "Tema", "segmentation": "Indelning", "segment": "Grupp", "base": "Bas", "population": "Medlemmar",
    "count": "Antal", "share": "Andel", "low_members": "Medlemmar från", "high_members": "Medlemmar till", "possible_low": "Möjligt från",
    "possible_high": "Möjligt till", "suppressed": "Dold",
    "activity": "Aktivitet", "focus": "Fokusområde", "level": "Nivå", "finding": "Fynd", "question": "Enkätfråga",
    "label": "Namn", "good": "Bättre", "year": "År", "common": "Jämförelseår", "members": "Medlemmar", "reported": "Har värde",
    "filled": "Varav länets", "mean": "Medel", "q1": "Undre kvartil", "median": "Median", "q3": "Övre kvartil",
}  # fmt: skip


def put_further(book: Book, tables: Mapping[str, pd.DataFrame]) -> None:
    """Write a sheet for each known table that has rows: goals, claims, themes; empty cells stay empty."""
    for name, (title, about) in SHEETS.items():
        table = tables.get(name)
        if table is not None and len(table):
            sheet = add_sheet(book, title, about, widest=70)
            table = table[[column for column in table.columns if column in TITLES]]
            rows = [[(_cell(value), TEXT) for value in row] for row in table.itertuples(index=False)]
            put_table(book, sheet, [TITLES[column] for column in table.columns], rows)
            finish(book, sheet)


def _cell(value: object) -> object:
    if isinstance(value, bool):
        return "ja" if value else "nej"
    return "" if value is None or value != value else value  # noqa: PLR0124 - NaN is the only value unlike itself
