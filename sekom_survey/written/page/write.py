"""A Report and its prose -> one HTML file that needs no network and no JavaScript, on a screen, a phone or paper."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import count
from pathlib import Path

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup, escape
from mistune import HTMLRenderer, Markdown
from mistune.plugins.table import table

from sekom_survey.model import Prose, Report, Section, Shown
from sekom_survey.shown.figures.fonts import embedded_css
from sekom_survey.written.page.svg import inline_svg
from sekom_survey.written.problems import by_level

INTERNAL = "internal"
SHORT_TABLE = 14
OPEN_TABLE = 24
PHONE_WIDTH, LABEL_WIDTH, TEXT_WIDTH, COLUMN_GAP = 38, 14, 24, 2
LONGEST_WORD = 24
_TOO_LONG = re.compile(rf"(\S{{{LONGEST_WORD}}}(?=\S))")
_HELD = re.compile(r"\d{4}-\d{2}-\d{2}|\d[\d,]*–\d[\d,]*(\s%)?|\d+ av \d+")
_NUMBER = re.compile(r"[+−-]?\d[\d\s ]*(,\d+)?(\s*(%|pe|–\s?\d[\d,]*\s*%?|av \d+))?|U|\.\.|–|")


@dataclass(frozen=True)
class _Figure:
    """An exhibit ready for the page; `numeric` tells which columns hold numbers, `stacked` how a phone shows them."""

    anchor: str
    shown: Shown
    wide: Markup | None
    narrow: Markup | None
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[bool, ...]
    stacked: bool

    @property
    def has_table(self) -> bool:
        """Whether there is anything to show as a table."""
        return bool(self.columns and self.rows)

    @property
    def open_table(self) -> bool:
        """Whether the table stands open in the page: it has no drawing, and is short or a drawing failed."""
        return self.has_table and not self.wide and (len(self.rows) <= OPEN_TABLE or self.shown.svg is not None)

    @property
    def short(self) -> bool:
        """Whether the table is to stay on one printed page."""
        return len(self.rows) <= SHORT_TABLE


@dataclass(frozen=True)
class _Part:
    """A section ready for the page: markup and figures in order."""

    anchor: str
    title: str
    blocks: tuple[Markup | _Figure, ...]


def write_html(report: Report, path: Path) -> None:
    """Write the report as one self-contained page; equal reports and figures give equal bytes.

    Text from answers is shown as written, never interpreted. A figure that is missing or unreadable leaves its
    table open in its place. Exhibits marked internal stay out of every build but the internal one.
    """
    page = _template().render(
        report=report,
        internal=report.build == INTERNAL,
        css=Markup(_data("report.css")),
        font_css=Markup(embedded_css()),
        parts=_parts(report),
        remarks=by_level(report.problems),
        is_figure=lambda block: isinstance(block, _Figure),
        inline=to_inline,
        breakable=_breakable,
    )
    path.write_bytes(page.encode("utf-8", errors="replace"))


def _data(name: str) -> str:
    return files("sekom_survey.written.page").joinpath(name).read_text(encoding="utf-8")


@cache
def _template() -> Template:
    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined)
    return environment.from_string(_data("report.html.j2"))


def _parts(report: Report) -> tuple[_Part, ...]:
    taken = {"i-korthet", "fakta", "att-kanna-till", "gor-om", "innehall"}
    numbers = count(1)
    return tuple(_part(section, report.build == INTERNAL, taken, numbers) for section in report.sections)


def _part(section: Section, internal: bool, taken: set[str], numbers: Iterator[int]) -> _Part:
    anchor = _anchor(section.id, taken)
    blocks = tuple(
        to_markup(block.markdown) if isinstance(block, Prose) else _figure(block, taken, numbers)
        for block in section.blocks
        if isinstance(block, Prose) or internal or not block.internal
    )
    return _Part(anchor, section.title, blocks)


def _figure(shown: Shown, taken: set[str], numbers: Iterator[int]) -> _Figure:
    number = next(numbers)
    wide = inline_svg(shown.svg, f"f{number}", shown.alt) if shown.svg else None
    narrow = inline_svg(shown.narrow, f"n{number}", shown.alt) if shown.narrow and wide else None
    width = len(shown.columns)
    rows = tuple((*row[:width], *[""] * (width - len(row))) for row in shown.rows)
    numeric = _numeric(width, rows)
    return _Figure(
        _anchor(shown.id, taken),
        shown,
        wide,
        narrow,
        shown.columns,
        rows,
        numeric,
        _stacked(shown.columns, rows, numeric),
    )


def _anchor(name: str, taken: set[str]) -> str:
    """An id for the page made of `name`, unlike those in `taken`, to which it is added."""
    base = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "del"
    anchor = next(a for a in (base, *(f"{base}-{n}" for n in range(2, len(taken) + 3))) if a not in taken)
    taken.add(anchor)
    return anchor


def _numeric(width: int, rows: Sequence[tuple[str, ...]]) -> tuple[bool, ...]:
    return tuple(
        any(row[column] for row in rows) and all(_NUMBER.fullmatch(row[column].strip()) for row in rows)
        for column in range(width)
    )


def _stacked(columns: Sequence[str], rows: Sequence[tuple[str, ...]], numeric: Sequence[bool]) -> bool:
    """Whether a table is too wide for a phone, where about 38 characters stand side by side."""
    needed = -COLUMN_GAP
    for column, title in enumerate(columns):
        longest = max((len(row[column]) for row in rows), default=0)
        text = LABEL_WIDTH if column == 0 else min(longest, TEXT_WIDTH)
        needed += COLUMN_GAP + max(longest if numeric[column] else text, max(map(len, title.split()), default=0))
    return needed > PHONE_WIDTH


def _breakable(text: str) -> Markup:
    """Text with places to break in words that are longer than any column, and none in dates, ranges and counts.

    Text with parts of its own is wrapped, since a phone lays a cell out as a grid of its children.
    """
    joined = "".join(
        f"{escape(piece)}<wbr>" if n % 2 else escape(piece) for n, piece in enumerate(_TOO_LONG.split(text))
    )
    held = _HELD.sub(r'<span class="held">\g<0></span>', joined)
    return Markup(f"<span>{held}</span>" if "<" in held else held)


TOP_LEVEL = 3


class _PageRenderer(HTMLRenderer):
    """Headings below the section's own, tables with header scope, a picture as its text, code without classes."""

    def heading(self, text: str, level: int, **attrs: object) -> str:
        level = max(level, TOP_LEVEL)
        return f"<h{level}>{text}</h{level}>\n"

    def image(self, text: str, url: str, title: str | None = None) -> str:
        return text

    def block_code(self, code: str, info: str | None = None) -> str:
        return f'<pre tabindex="0"><code>{escape(code)}</code></pre>\n'

    def table(self, text: str) -> str:
        return f'<div class="scroll" role="region" aria-label="Tabell" tabindex="0"><table>\n{text}</table></div>\n'

    def table_cell(self, text: str, align: str | None = None, head: bool = False) -> str:
        tag, scope = ("th", ' scope="col"') if head else ("td", "")
        number = ' class="num"' if align == "right" else ""
        return f"<{tag}{scope}{number}>{text}</{tag}>\n"


_PAGE = Markdown(_PageRenderer(escape=True), plugins=[table])


def to_markup(markdown: str) -> Markup:
    """Markdown as markup; HTML in it is shown as written, dangerous addresses lose their target."""
    return Markup(str(_PAGE(markdown)))


def to_inline(markdown: str) -> Markup:
    """One paragraph of Markdown without the paragraph's own tags."""
    markup = str(to_markup(markdown)).strip()
    single = markup.startswith("<p>") and markup.count("<p>") == 1 and markup.endswith("</p>")
    return Markup(markup[3:-4] if single else markup)
