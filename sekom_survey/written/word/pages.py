"""Which exhibits the board's paper shows and on which page each stands: ten pages at most, whatever the year holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from sekom_survey.model import ANNEX, SLIDE, WEB, Report, Shown
from sekom_survey.written.office.outline import note_of_figure
from sekom_survey.written.office.picture import Picture, bare_picture
from sekom_survey.written.office.table import fitted, row_height
from sekom_survey.written.office.text import LINE, line_count
from sekom_survey.written.word.parts import TABLE_SIZES, Paper
from sekom_survey.written.word.styles import text_height
from sekom_survey.written.word.table import PADDING

MOST_PAGES = 10
LONGEST_TABLE = 14
NEAR = 3  # an exhibit may stand before the two that it follows, to fill a page
TOLD_ON_PAGE_ONE = ("goal_summary", "goal_status", "goal_faults")
_CHAPTER, _SPARE, _ROW_SPACE = 40.0, 24.0, 4.5
TALLEST = 600.0


@dataclass(frozen=True)
class Leaf:
    """An exhibit on a page; `chapter` is the heading that begins with it, "" where the chapter goes on."""

    chapter: str
    shown: Shown
    picture: Picture | None


PaperPage = tuple[Leaf, ...]


def paged(paper: Paper, report: Report, used: float, kept_back: int) -> tuple[PaperPage, ...]:
    """The exhibits page by page, the first of which has `used` points of its height taken; `kept_back` pages are for other things.

    What is least wanted goes, the last first, until the pages are few enough; it stands on the web page and in the workbook.
    """
    leaves = list(_leaves(report))
    while True:
        pages = _packed(paper, leaves, used)
        if len(pages) <= MOST_PAGES - kept_back or len(leaves) <= 1:
            return pages
        leaves.pop(max(range(len(leaves)), key=lambda i: (leaves[i].shown.placement != SLIDE, i)))


def _leaves(report: Report) -> Iterator[Leaf]:
    for section in report.sections:
        mine = [block for block in section.blocks if isinstance(block, Shown) and _is_wanted(block)]
        yield from (Leaf(section.title, shown, bare_picture(shown)) for shown in mine)


def _is_wanted(shown: Shown) -> bool:
    """Of what is released: figures, and short tables; what page one tells and what the annex or the page alone shows stays out."""
    if shown.internal or shown.placement in (ANNEX, WEB) or shown.id in TOLD_ON_PAGE_ONE:
        return False
    return shown.png is not None or 0 < len(shown.rows) <= LONGEST_TABLE


def _packed(paper: Paper, leaves: Sequence[Leaf], used: float) -> tuple[PaperPage, ...]:
    """The leaves in order, as many on each page as it holds; where the next has no room one that follows in its chapter may."""
    room = text_height(paper.document) - _SPARE
    pages: list[list[Leaf]] = [[]]
    chapter, left = "", [(leaf, exhibit_height(paper, leaf)) for leaf in leaves]
    while left:
        heading = _CHAPTER if left[0][0].chapter != chapter else 0.0
        mine = takewhile(lambda one: one[1][0].chapter == left[0][0].chapter, enumerate(left[:NEAR]))
        place = next((i for i, (_, high) in mine if used + high + heading <= room), None)
        if place is None and (pages[-1] or used > 0):
            pages.append([])
            used = 0.0
            continue
        leaf, high = left.pop(place or 0)
        used += high + heading
        pages[-1].append(Leaf(leaf.chapter if heading else "", leaf.shown, leaf.picture))
        chapter = leaf.chapter
    return tuple(map(tuple, pages))


def exhibit_height(paper: Paper, leaf: Leaf) -> float:
    """About how high an exhibit is with its heading, question and source, in points."""
    shown, width = leaf.shown, paper.width
    texts = (
        (shown.title, 11.5, True),
        (shown.subtitle, 10.5, False),
        (f"Figur 10. {note_of_figure(shown)}", 9.5, False),
    )
    lines = sum(line_count(text, width, size, bold) * size * LINE * 1.08 for text, size, bold in texts if text)
    return lines + (within(paper, leaf.picture)[1] if leaf.picture else _table_height(paper, shown)) + 34.0


def _table_height(paper: Paper, shown: Shown) -> float:
    made = fitted(shown.columns, shown.rows, paper.width, TABLE_SIZES, 2 * PADDING)
    return sum(row_height(cells, made, 2 * PADDING) * 1.08 + _ROW_SPACE for cells in (made.columns, *made.rows))


def within(paper: Paper, made: Picture) -> tuple[float, float]:
    """A size no wider than the text and no taller than what leaves room for heading and source."""
    scale = min(1.0, paper.width / made.width, TALLEST / made.height)
    return made.width * scale, made.height * scale
