"""The look of the workbook: a sheet's top rows, its tables, widths, print set-up, and cells written with little ado."""

from __future__ import annotations

import math
import re
import textwrap
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from functools import cache
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from sekom_survey.model import Survey

STAMP = "Exempeldata. Medlemmar och svar är påhittade."
OVERVIEW, README, QUALITY, REMARKS = "Översikt", "Läs mig", "Kvalitet", "Att känna till"
SUPPRESSED, NOT_AVAILABLE = "U", ".."
NARROWEST, WIDEST, FILTER_BUTTON = 9, 42, 4
LONGEST_NAME, LONGEST_TEXT = 31, 32_767
LINE_WIDTHS = {"line": 110, "title": 80}
WIDEST_PAGE = 250  # characters on a printed page: six points and a half
LINE_HEIGHT, TITLE_HEIGHT, MOST_LINES = 16, 22, 25
NARROWER_THAN_ZERO = 1.15
TEXT, STRONG, LINK, NOTE, MUTED, COUNT, SHARE, RATE, MEAN, NET = (
    "text",
    "strong",
    "link",
    "note",
    "muted",
    "count",
    "share",
    "rate",
    "mean",
    "net",
)
NUMBERS = {COUNT: "#,##0", SHARE: "0 %", RATE: "0.0 %", MEAN: "0.0", NET: "+0;\u22120;0"}
FONT = {"font_name": "Calibri", "font_size": 11, "font_color": "#1b2327", "valign": "vcenter"}
HEADER = {"bold": True, "text_wrap": True, "valign": "bottom", "bottom": 2, "bg_color": "#f6f8f9"}
LOOKS: dict[str, dict[str, object]] = {
    "stamp": {"bold": True, "bg_color": "#fff4ec", "font_color": "#8a3c00"},
    "title": {"bold": True, "font_size": 15},
    "heading": {"bold": True, "font_size": 13},
    "line": {"font_color": "#4f5859"},
    "header": HEADER,
    "number header": {**HEADER, "align": "right"},
    "note header": {**HEADER, "align": "left", "indent": 2},
    LINK: {"font_color": "#005a8e", "underline": 1},
    TEXT: {"text_wrap": True},
    STRONG: {"text_wrap": True, "bold": True},
    NOTE: {"font_color": "#4f5859", "align": "left", "indent": 2},
    MUTED: {"font_color": "#4f5859", "align": "right"},
    **{name: {"num_format": code, "align": "right"} for name, code in NUMBERS.items()},
}
_SMALL_WORDS = re.compile(r"( \w{1,3})+$")
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f\x7f]")

OPENING = " opening"

Cell = tuple[object, str]


@dataclass(frozen=True)
class Book:
    """The workbook being written, with its formats; `stamp` is "" for real answers."""

    workbook: Any
    formats: dict[str, Any]
    title: str
    stamp: str


@dataclass
class ExcelSheet:
    """A sheet being written: the next free row, the first table's header row, the widths so far and the texts that wrap."""

    page: Any
    widest: int
    row: int = 0
    header: int | None = None
    widths: dict[int, int] = field(default_factory=dict)
    wrapped: dict[int, list[tuple[int, str]]] = field(default_factory=dict)


def open_book(path: Path, survey: Survey) -> Book:
    """A workbook whose bytes depend on nothing but its contents: its date is the day the survey closed."""
    settings = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    workbook = Workbook(str(path), settings)
    workbook.set_properties({
        "title": survey.title, "subject": STAMP if survey.synthetic else "", "company": survey.association, "author": "",
        "created": datetime.combine(survey.closed, time()),
    })  # fmt: skip
    formats = {name: workbook.add_format({**FONT, **look}) for name, look in LOOKS.items()}
    formats |= {name + OPENING: workbook.add_format({**FONT, **LOOKS[name], "top": 1, "top_color": "#9db8c6"})
                for name in (TEXT, STRONG, LINK, NOTE, MUTED, *NUMBERS)}  # fmt: skip
    return Book(workbook, formats, survey.title, STAMP if survey.synthetic else "")


def sheet_name(text: str) -> str:
    """A name that Excel takes: at most 31 characters, cut between words, no sign it forbids, no quote at an end."""
    clean = " ".join(_FORBIDDEN.sub(" ", text).split())
    if len(clean) > LONGEST_NAME:
        whole = clean[: LONGEST_NAME + 1].rsplit(" ", 1)[0]
        clean = _SMALL_WORDS.sub("", whole) if LONGEST_NAME // 2 < len(whole) <= LONGEST_NAME else clean[:LONGEST_NAME]
    return clean.strip("' .,–-") or "Blad"


def add_sheet(book: Book, name: str, title: str, lines: Iterable[str] = (), widest: int = WIDEST) -> ExcelSheet:
    """A sheet with the stamp, its title, explaining lines and (but for the contents) the way to them.

    No column is wider than `widest` characters; longer texts wrap.
    """
    sheet = ExcelSheet(book.workbook.add_worksheet(name, SheetPage), widest)
    sheet.page.hide_gridlines(2)
    if book.stamp:
        put_line(book, sheet, book.stamp, "stamp")
    put_line(book, sheet, title, "title")
    for line in lines:
        put_line(book, sheet, line)
    if name != README:
        _put_link(book, sheet, 0, README, "← Till innehållet")
        sheet.row += 1
    return sheet


def put_line(book: Book, sheet: ExcelSheet, text: str, look: str = "line") -> None:
    """A line of text across the sheet; a long one goes on in the rows below."""
    for part in textwrap.wrap(text, LINE_WIDTHS.get(look, LINE_WIDTHS["line"])) or [""]:
        sheet.page.set_row(sheet.row, LINE_HEIGHT if look in ("line", "stamp") else TITLE_HEIGHT)
        sheet.page.write_string(sheet.row, 0, part, book.formats[look])
        sheet.row += 1


def put_heading(book: Book, sheet: ExcelSheet, text: str) -> None:
    """A heading with air above it."""
    sheet.row += 1
    put_line(book, sheet, text, "heading")


def put_table(
    book: Book, sheet: ExcelSheet, titles: Sequence[str], rows: Sequence[Sequence[Cell]], opening: Collection[int] = ()
) -> None:
    """A table with header and filters at the cursor, or a word that there is nothing.

    A row is (value, look) pairs; those at the places in `opening` begin a group. A value that is neither text nor a
    finite number is shown as "..".
    """
    if not rows:
        put_line(book, sheet, "Inget att redovisa.")
        return
    top = sheet.row
    headers = [book.formats[_header(look)] for _, look in rows[0]]
    columns = [{"header": title, "header_format": style} for title, style in zip(titles, headers, strict=True)]
    sheet.page.add_table(
        top, 0, top + len(rows), len(titles) - 1, {"columns": columns, "style": None, "autofilter": len(rows) > 1}
    )
    for place, row in enumerate(rows):
        sheet.row += 1
        _put_row(book, sheet, row, OPENING if place in opening else "")
    _measure(sheet, top, titles, rows)
    sheet.header = top if sheet.header is None else sheet.header
    sheet.row += 1


def _header(look: str) -> str:
    return "number header" if look in NUMBERS else "note header" if look == NOTE else "header"


def _put_link(book: Book, sheet: ExcelSheet, column: int, name: str, text: str) -> None:
    place = name.replace("'", "''")
    sheet.page.write_url(sheet.row, column, f"internal:'{place}'!A1", book.formats[LINK], text)


def _put_row(book: Book, sheet: ExcelSheet, row: Sequence[Cell], suffix: str) -> None:
    put, formats = sheet.page.put, book.formats
    for column, (value, look) in enumerate(row):
        if look == LINK:
            _put_link(book, sheet, column, str(value), str(value))
        elif isinstance(value, (int, float)) and math.isfinite(value):
            put(sheet.row, column, value, formats[look + suffix])
        else:
            text = value[:LONGEST_TEXT] if isinstance(value, str) else NOT_AVAILABLE
            put(sheet.row, column, text, formats[(MUTED if look in NUMBERS else look) + suffix])


def _measure(sheet: ExcelSheet, top: int, titles: Sequence[str], rows: Sequence[Sequence[Cell]]) -> None:
    """Remember how wide the columns want to be, and the texts that may have to wrap."""
    for column, title in enumerate(titles):
        texts = [str(row[column][0]) for row in rows if isinstance(row[column][0], str)]
        words = max(map(len, title.split())) + FILTER_BUTTON
        width = max(max(map(len, texts), default=0) + 2, words, NARROWEST)
        sheet.widths[column] = min(max(width, sheet.widths.get(column, 0)), sheet.widest)
    sheet.wrapped[top] = [(column, title + "x" * FILTER_BUTTON) for column, title in enumerate(titles)]
    for place, row in enumerate(rows, top + 1):
        sheet.wrapped[place] = [
            (column, value)
            for column, (value, look) in enumerate(row)
            if isinstance(value, str) and look in (TEXT, STRONG)
        ]


def _set_heights(sheet: ExcelSheet) -> None:
    """Heights written out, since not every program finds them by itself."""
    counted: dict[tuple[str, int], int] = {}
    for row, texts in sheet.wrapped.items():
        lines = 1
        for column, text in texts:
            width = int(sheet.widths[column] * NARROWER_THAN_ZERO) - 1
            if len(text) > width:
                lines = max(lines, counted.setdefault((text, width), len(textwrap.wrap(text, width))))
        sheet.page.set_row(row, LINE_HEIGHT * min(lines, MOST_LINES))


def finish(book: Book, sheet: ExcelSheet, freeze: bool = True) -> None:
    """Widths, frozen header and the print set-up: A4, landscape, header row and stamp on every page.

    One page wide; a sheet that could not be read so takes more, with its first column on each.
    """
    for column, width in sheet.widths.items():
        sheet.page.set_column(column, column, width)
    _set_heights(sheet)
    if freeze and sheet.header is not None:
        sheet.page.freeze_panes(sheet.header + 1, 0)
        sheet.page.repeat_rows(sheet.header)
    sheet.page.set_landscape()
    sheet.page.set_paper(9)
    pages = math.ceil(sum(sheet.widths.values()) / WIDEST_PAGE) or 1
    sheet.page.fit_to_pages(pages, 0)
    if pages > 1:
        sheet.page.repeat_columns(0)
    sheet.page.set_margins(left=0.5, right=0.5, top=0.8, bottom=0.7)
    sheet.page.set_header(f'&L&"Calibri,Bold"{book.stamp}')
    sheet.page.set_footer(f"&L{book.title[:150].replace('&', '&&')} – &A&RSida &P av &N")


_letters = cache(xl_col_to_name)


class SheetPage(Worksheet):  # type: ignore[misc]
    """xlsxwriter's own worksheet, which writes the same bytes: only fewer questions are asked of each cell."""

    def put(self, row: int, column: int, value: str | float, look: Any) -> None:
        """As write_string and write_number: a text, which is no link and no formula, or a finite number, with its format."""
        self._check_dimensions(row, column)
        if isinstance(value, str):
            self.table[row][column] = look, ' t="s"', self.str_table._get_shared_string_index(value)
        else:
            self.table[row][column] = look, "", f"{value:.16G}"

    def _write_cell(self, row: int, col: int, cell: Any) -> None:
        if type(cell) is tuple:  # of `put`; others have a class of their own
            look, kind, shown = cell
            self.fh.write(f'<c r="{_letters(col)}{row + 1}" s="{look._get_xf_index()}"{kind}><v>{shown}</v></c>')
        else:
            super()._write_cell(row, col, cell)
