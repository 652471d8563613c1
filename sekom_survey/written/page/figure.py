"""Sections and exhibits as a page shows them: anchors, inlined drawings, tables that a phone can hold."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from xml.etree import ElementTree

from markupsafe import Markup, escape

from sekom_survey.model import ANNEX, Prose, Section, Shown
from sekom_survey.written.page.markdown import to_markup

DRAWN = frozenset((
    "svg", "g", "defs", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan", "use", "clipPath",
    "mask", "marker", "symbol", "pattern", "image", "linearGradient", "radialGradient", "stop",
))  # fmt: skip
_NUMBERS = re.compile(r"[\d.]+")
_REFERENCE = re.compile(r"url\(\s*['\"]?#([^'\")]+)['\"]?\s*\)")
_ADDRESS = re.compile(r"url\((?!\s*['\"]?#)|@import|javascript:", re.IGNORECASE)
_LOCAL_IMAGE = re.compile(r"data:image/(png|jpeg);base64,[A-Za-z0-9+/=\s]*\Z")


def inline_svg(path: Path, prefix: str, alt: str) -> Markup | None:
    """An SVG file as inline markup, or None when there is no readable drawing at `path`.

    `prefix` is put before every id, so that many figures can share a page; `alt` becomes the accessible name.
    Scripts, event handlers, style sheets, foreign content and every address outside the figure are left out.
    """
    try:
        root = ElementTree.fromstring(path.read_bytes())
    except (OSError, ElementTree.ParseError, ValueError):
        return None
    if _local(root.tag) != "svg":
        return None
    drawing = _cleaned(root, prefix)
    for name in ("style", "aria-labelledby", "aria-describedby"):
        drawing.attrib.pop(name, None)
    _size(drawing)
    drawing.attrib.update({"role": "img", "aria-label": alt, "focusable": "false"})
    return Markup(ElementTree.tostring(drawing, encoding="unicode"))


def _local(name: object) -> str:
    return name.rpartition("}")[2] if isinstance(name, str) else ""


def _cleaned(element: ElementTree.Element, prefix: str) -> ElementTree.Element:
    copy = ElementTree.Element(_local(element.tag))
    copy.text, copy.tail = element.text, element.tail
    for full, value in element.attrib.items():
        name = _local(full)
        kept = _attribute(name, value, prefix)
        if kept is not None:
            copy.set(name, kept)
    copy.extend(_cleaned(child, prefix) for child in element if _local(child.tag) in DRAWN)
    return copy


def _attribute(name: str, value: str, prefix: str) -> str | None:
    """The value an attribute may keep; None to leave the attribute out."""
    if name.lower().startswith("on") or _ADDRESS.search(value):
        return None
    if name == "id":
        return f"{prefix}-{value}"
    if name == "href":
        return f"#{prefix}-{value[1:]}" if value.startswith("#") else value if _LOCAL_IMAGE.match(value) else None
    return _REFERENCE.sub(rf"url(#{prefix}-\1)", value)


def _size(drawing: ElementTree.Element) -> None:
    """A viewBox, and the natural size on screen: one CSS pixel a unit of it (see sekom_survey.shown.figures.style.Page)."""
    width, height = (_NUMBERS.match(drawing.get(side, "")) for side in ("width", "height"))
    if width and height:
        drawing.attrib.setdefault("viewBox", f"0 0 {width[0]} {height[0]}")
    sides = _NUMBERS.findall(drawing.get("viewBox", ""))[2:]
    for side, length in zip(("width", "height"), sides, strict=False):
        drawing.set(side, str(round(float(length))))


SHORT_TABLE = 14
OPEN_TABLE = 24
PHONE_WIDTH, LABEL_WIDTH, TEXT_WIDTH, COLUMN_GAP = 38, 14, 24, 2
LONGEST_WORD = 24
_TOO_LONG = re.compile(rf"(\S{{{LONGEST_WORD}}}(?=\S))")
_HELD = re.compile(r"\d{4}-\d{2}-\d{2}|\d[\d,]*–\d[\d,]*(\s%)?|\d+ av \d+")
_NUMBER = re.compile(r"[+−-]?\d[\d\s ]*(,\d+)?(\s*(%|pe|–\s?\d[\d,]*\s*%?|av \d+))?|U|\.\.|–|")


@dataclass(frozen=True)
class PageFigure:
    """An exhibit ready for the page.

    `numeric` tells which columns hold numbers, `stacked` how a phone shows them, `folded` that its title stands alone until it is
    opened; a title with nothing under it never is.
    """

    anchor: str
    shown: Shown
    wide: Markup | None
    narrow: Markup | None
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[bool, ...]
    stacked: bool
    folded: bool

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
class PagePart:
    """A section ready for the page: markup and figures in order."""

    anchor: str
    title: str
    blocks: tuple[Markup | PageFigure, ...]

    @property
    def figures(self) -> tuple[PageFigure, ...]:
        """The exhibits, for the contents."""
        return tuple(block for block in self.blocks if isinstance(block, PageFigure))


def parts_of(sections: Sequence[Section], folding: bool) -> tuple[PagePart, ...]:
    """The sections ready for a page; with `folding` what is placed in the annex stands folded under its title."""
    taken = {
        "i-korthet",
        "malen",
        "att-besluta",
        "att-kanna-till",
        "gor-om",
        "innehall",
        "passage",
        "om",
        "fragor",
        "top",
    }
    numbers = count(1)
    return tuple(_part(section, folding, taken, numbers) for section in sections)


def _part(section: Section, folding: bool, taken: set[str], numbers: Iterator[int]) -> PagePart:
    anchor = _anchor(section.id, taken)
    blocks = tuple(
        to_markup(block.markdown) if isinstance(block, Prose) else _figure(block, folding, taken, numbers)
        for block in section.blocks
    )
    return PagePart(anchor, section.title, blocks)


def _figure(shown: Shown, folding: bool, taken: set[str], numbers: Iterator[int]) -> PageFigure:
    number = next(numbers)
    wide = inline_svg(shown.svg, f"f{number}", shown.alt) if shown.svg else None
    narrow = inline_svg(shown.narrow, f"n{number}", shown.alt) if shown.narrow and wide else None
    width = len(shown.columns)
    rows = tuple((*row[:width], *[""] * (width - len(row))) for row in shown.rows)
    numeric = _numeric(width, rows)
    return PageFigure(
        _anchor(shown.id, taken),
        shown,
        wide,
        narrow,
        shown.columns,
        rows,
        numeric,
        _stacked(shown.columns, rows, numeric),
        folding and shown.placement == ANNEX and bool(shown.svg or shown.columns or shown.note),
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


def breakable(text: str) -> Markup:
    """Text with places to break in words that are longer than any column, and none in dates, ranges and counts.

    Text with parts of its own is wrapped, since a phone lays a cell out as a grid of its children.
    """
    joined = "".join(
        f"{escape(piece)}<wbr>" if n % 2 else escape(piece) for n, piece in enumerate(_TOO_LONG.split(text))
    )
    held = _HELD.sub(r'<span class="held">\g<0></span>', joined)
    return Markup(f"<span>{held}</span>" if "<" in held else held)
