"""review.xlsx: one row an answer, evidence in bold, themes chosen from lists; written the same, byte for byte."""

from __future__ import annotations

import io
import textwrap
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from sekom_survey.coding.codebook import NO_ANSWER, OTHER, Codebook, Question, Theme, text_hash
from sekom_survey.coding.decisions import Key
from sekom_survey.coding.match import MOST_THEMES, SURE, Coding
from sekom_survey.coding.proposals import Proposal, proposed_themes
from sekom_survey.coding.quick import STEPS, first_further, same_as_before
from sekom_survey.coding.sitting import DRAWN

SHEET, CODEBOOK_SHEET, ROWS_SHEET = "Granskning", "Kodbok", "_rader"
DECIDED = "granskat"
THEME_COLUMNS = tuple(f"Tema {number}" for number in range(1, MOST_THEMES + 1))
COLUMNS = (
    "Nr", "Svarande", "Fråga", "Svar", "Förslag", "Säkerhet", "Fler förslag", "Att se upp med", *THEME_COLUMNS, "Klar", "Kommentar",
    "Kontrollsumma",
)  # fmt: skip
OTHER_NAME, NO_ANSWER_NAME = "Övrigt", "Inget svar"
_WIDTHS = (5, 12, 14, 70, 28, 10, 30, 24, *(26,) * MOST_THEMES, 8, 30, 14)
_ROWS_COLUMNS = ("respondent", "item", "text_hash", "proposed", "further", "tier")
_CREATED = datetime(2000, 1, 1)
_LONGEST_CELL = 32_767
_LINE_HEIGHT, _MOST_LINES = 13.5, 30


def write_review(
    path: Path,
    proposals: Sequence[Proposal],
    codebook: Codebook,
    decided: Mapping[tuple[str, str], frozenset[str]],
    *,
    blind: bool = False,
    drawn: Collection[Key] = (),
) -> None:
    """Writes the workbook in the order given; `decided` themes are filled in, a blind one shows no suggestions.

    `drawn`: the sure ones that are to be read before the rest may be approved unread.
    """
    buffer = io.BytesIO()
    _write(buffer, proposals, codebook, decided, blind, drawn)
    path.write_bytes(buffer.getvalue())


def theme_names(codebook: Codebook, question: str) -> dict[str, str]:
    """Theme id -> name as chosen in the lists of one question, the two fixed states last."""
    names = {theme.id: theme.name for theme in codebook.of(question)}
    return names | {OTHER: OTHER_NAME, NO_ANSWER: NO_ANSWER_NAME}


def _write(
    buffer: io.BytesIO,
    proposals: Sequence[Proposal],
    codebook: Codebook,
    decided: Mapping[tuple[str, str], frozenset[str]],
    blind: bool,
    drawn: Collection[Key],
) -> None:
    import xlsxwriter

    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": "Granskning av fritextsvar", "created": _CREATED})
    formats = _formats(book)
    sheet, guide, rows = (book.add_worksheet(name) for name in (SHEET, CODEBOOK_SHEET, ROWS_SHEET))
    ranges = _write_codebook(guide, codebook, formats)
    _prepare(sheet, len(proposals), formats)
    notes = {} if blind else _notes(proposals)
    for number, proposal in enumerate(proposals, 1):
        key = proposal.answer.key
        _write_row(sheet, number, proposal, codebook, decided.get(key), blind, formats)
        if key in notes or key in drawn:
            _write_notes(sheet, number, proposal, notes.get(key, ""), key in drawn, formats)
    _add_lists(sheet, proposals, ranges)
    _write_rows_sheet(rows, proposals, blind, drawn)
    book.close()


def _formats(book: Any) -> dict[str, Any]:
    base = {"text_wrap": True, "valign": "top", "font_size": 10}
    return {
        "head": book.add_format({**base, "bold": True, "bg_color": "#DCE6E1", "bottom": 1}),
        "text": book.add_format(base),
        "answer": book.add_format({**base, "quote_prefix": True}),
        "choice": book.add_format({**base, "bg_color": "#FFF9E5", "border": 1, "border_color": "#D9D2B8"}),
        "found": book.add_format({"bold": True, "font_color": "#0B5345", "font_size": 10}),
        "plain": book.add_format({"font_size": 10}),
    }


def _prepare(sheet: Any, count: int, formats: Mapping[str, Any]) -> None:
    for column, (title, width) in enumerate(zip(COLUMNS, _WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, title, formats["head"])
    sheet.freeze_panes(1, 4)
    sheet.autofilter(0, 0, count, len(COLUMNS) - 1)
    sheet.set_landscape()
    sheet.repeat_rows(0)
    sheet.fit_to_pages(1, 0)


def _write_row(
    sheet: Any,
    row: int,
    proposal: Proposal,
    codebook: Codebook,
    decided: frozenset[str] | None,
    blind: bool,
    formats: Mapping[str, Any],
) -> None:
    answer = proposal.answer
    names = theme_names(codebook, answer.question)
    shown = ("", "", "") if blind else _suggested(proposal, names)
    sheet.write_number(row, 0, row, formats["text"])
    facts = {"Svarande": answer.respondent, "Fråga": answer.item, "Att se upp med": _warnings(proposal)}
    facts |= dict(zip(("Förslag", "Säkerhet", "Fler förslag"), shown, strict=True))
    for title, fact in facts.items():
        sheet.write_string(row, COLUMNS.index(title), fact, formats["text"])
    sheet.set_row(row, _height({**facts, "Svar": proposal.redacted.text}))
    _write_answer(sheet, row, 3, proposal, blind, formats)
    chosen = _chosen(proposal, decided, blind)
    for place, column in enumerate(THEME_COLUMNS):
        name = names[chosen[place]] if place < len(chosen) else ""
        _write_cell(sheet, row, COLUMNS.index(column), name, formats["choice"])
    _write_cell(sheet, row, COLUMNS.index("Klar"), "" if decided is None else DECIDED, formats["choice"])
    _write_cell(sheet, row, COLUMNS.index("Kommentar"), "", formats["choice"])
    sheet.write_string(row, COLUMNS.index("Kontrollsumma"), text_hash(answer.text), formats["text"])


def _notes(proposals: Sequence[Proposal]) -> dict[Key, str]:
    """Which rows say what an earlier row says, with that row's number."""
    same = same_as_before([proposal.answer for proposal in proposals])
    return {key: f"samma text som nr {number}; lämnas Klar tomt följer den" for key, number in same.items()}


def _write_notes(sheet: Any, row: int, proposal: Proposal, note: str, drawn: bool, formats: Mapping[str, Any]) -> None:
    """What a row has beyond the usual: the same text as another, or drawn to be read before the rest."""
    if note:
        told = "; ".join(filter(None, (_warnings(proposal), note)))
        sheet.write_string(row, COLUMNS.index("Att se upp med"), told, formats["text"])
    if drawn:
        sheet.write_string(row, COLUMNS.index("Säkerhet"), f"{proposal.certainty}, {DRAWN}", formats["text"])


def _height(texts: Mapping[str, str]) -> float:
    """A row's height by its longest cell, since not every program finds it by itself."""
    lines = (len(textwrap.wrap(text, _WIDTHS[COLUMNS.index(title)])) for title, text in texts.items())
    return _LINE_HEIGHT * min(max(1, *lines), _MOST_LINES)


def _write_cell(sheet: Any, row: int, column: int, text: str, form: Any) -> None:
    if text:
        sheet.write_string(row, column, text, form)
    else:
        sheet.write_blank(row, column, None, form)


def _suggested(proposal: Proposal, names: Mapping[str, str]) -> tuple[str, str, str]:
    further = "; ".join(
        f"{names[s.theme]} ({round(100 * s.certainty)} %)" for s in proposal.further if s.theme in names
    )
    return "; ".join(names[theme] for theme in proposed_themes(proposal)), proposal.certainty, further


def _warnings(proposal: Proposal) -> str:
    notes = [f"{piece.kind} borttagen" for piece in proposal.redacted.found]
    notes += [f"{flag.kind}? {flag.text}" for flag in proposal.redacted.flags]
    return "; ".join(dict.fromkeys(notes))


def _chosen(proposal: Proposal, decided: frozenset[str] | None, blind: bool) -> tuple[str, ...]:
    if decided is not None:
        return tuple(sorted(decided))[:MOST_THEMES]
    return () if blind else proposed_themes(proposal)


def _write_answer(
    sheet: Any, row: int, column: int, proposal: Proposal, blind: bool, formats: Mapping[str, Any]
) -> None:
    text = proposal.redacted.text[:_LONGEST_CELL]
    pieces = [] if blind else highlighted(text, proposal.coding)
    if len(pieces) < 2:
        sheet.write_string(row, column, text, formats["answer"])
        return
    fragments: list[Any] = []
    for piece, marked in pieces:
        fragments += [formats["found" if marked else "plain"], piece]
    sheet.write_rich_string(row, column, *fragments, formats["answer"])


def highlighted(text: str, coding: Coding) -> list[tuple[str, bool]]:
    """A text cut into pieces, each with whether it is evidence; overlapping evidence is one piece."""
    pieces, end = [], 0
    for evidence in sorted(coding.evidence, key=lambda piece: piece.start):
        start = max(evidence.start, end)
        if start >= evidence.end:
            continue
        if start > end:
            pieces.append((text[end:start], False))
        pieces.append((text[start : evidence.end], True))
        end = evidence.end
    if end < len(text):
        pieces.append((text[end:], False))
    return [piece for piece in pieces if piece[0]]


def _write_codebook(sheet: Any, codebook: Codebook, formats: Mapping[str, Any]) -> dict[str, str]:
    """The codebook as a table; returns the cells that hold each question's list of themes."""
    heads = ("Fråga", "Tema", "Id", "Betyder", "Räkna in", "Räkna inte in", "Exempel")
    for column, (title, width) in enumerate(zip(heads, (16, 30, 26, 50, 50, 50, 60), strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, title, formats["head"])
    sheet.freeze_panes(1, 2)
    ranges, row = {}, 1
    for question in codebook.questions:
        lines = _codebook_lines(question, codebook.of(question.id))
        for offset, line in enumerate(lines):
            for column, cell in enumerate(line):
                sheet.write_string(row + offset, column, cell, formats["text"])
        ranges[question.id] = f"={CODEBOOK_SHEET}!$B${row + 1}:$B${row + len(lines)}"
        row += len(lines)
    return ranges


def _codebook_lines(question: Question, themes: Sequence[Theme]) -> list[tuple[str, ...]]:
    lines = [
        (question.name, theme.name, theme.id, theme.definition, theme.include, theme.exclude, "\n".join(theme.anchors))
        for theme in themes
    ]
    return [
        *lines,
        (
            question.name,
            OTHER_NAME,
            OTHER,
            "Ett svar i sak som inte ryms i något tema.",
            "",
            "Aldrig tillsammans med ett tema.",
            "",
        ),
        (
            question.name,
            NO_ANSWER_NAME,
            NO_ANSWER,
            "Inget svar, som ”-” eller ”vet ej”.",
            "",
            "Aldrig tillsammans med ett tema.",
            "",
        ),
    ]


def _add_lists(sheet: Any, proposals: Sequence[Proposal], ranges: Mapping[str, str]) -> None:
    first, last = COLUMNS.index(THEME_COLUMNS[0]), COLUMNS.index(THEME_COLUMNS[-1])
    for row, proposal in enumerate(proposals, 1):
        sheet.data_validation(row, first, row, last, {
            "validate": "list", "source": ranges[proposal.answer.question], "ignore_blank": True,
            "error_title": "Okänt tema", "error_message": "Välj ett tema ur listan.",
        })  # fmt: skip
    if proposals:
        done = COLUMNS.index("Klar")
        sheet.data_validation(
            1, done, len(proposals), done, {"validate": "list", "source": [*STEPS, DECIDED], "ignore_blank": True}
        )


def _write_rows_sheet(sheet: Any, proposals: Sequence[Proposal], blind: bool, drawn: Collection[Key]) -> None:
    """What was written, for the import to check against; hidden."""
    sheet.hide()
    for column, title in enumerate(_ROWS_COLUMNS):
        sheet.write_string(0, column, title)
    for row, proposal in enumerate(proposals, 1):
        proposed = "" if blind else ";".join(proposed_themes(proposal))
        answer = proposal.answer
        tier = DRAWN if answer.key in drawn else SURE if proposal.certainty == SURE and not blind else ""
        further = "" if blind else first_further(proposal)
        cells = (answer.respondent, answer.item, text_hash(answer.text), proposed, further, tier)
        for column, cell in enumerate(cells):
            sheet.write_string(row, column, cell)
