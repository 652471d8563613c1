"""Where the headings of a table stand, and a heading that tells both the question and the row under it parted in two."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from statistics import median

from sekom_survey.collected.grid import SPSS_FILE, Grid
from sekom_survey.collected.times import is_moment

MOST_TITLES, LOOKED_AT = 9, 200
FEWEST_CODES, _CODE = 2, re.compile(r"[A-Za-z]{1,8}[_.]?\d{1,3}([_.\[][\w\]]+)?")
TITLE_CELLS = 2  # a title, perhaps with a date beside it
SUB_HEADINGS = {"response", "open-ended response", "other (please specify)", "svar", "öppet svar"}
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def header_rows(grid: Grid) -> int:
    """How many of the first rows are titles and headings, in a table that nobody has described.

    Rows with a cell or two above a wider table are titles. A second row is one of headings only when it fills what the
    first leaves blank, says nothing where the first stands alone over answers, and its texts never come again below; but as
    the mark of a ticked box, which is the only text its column has.
    """
    first = titles(grid, MOST_TITLES)
    return first + (2 if _has_sub_headings(grid, first) else 1)


def titles(grid: Grid, most: int) -> int:
    """How many of the first rows are titles above the table: a cell or two from the left, and no more."""
    rows = [cells for _, cells in grid.rows[:LOOKED_AT]]
    usual = median(sum(map(bool, cells)) for cells in rows) if rows else 0
    count = 0
    while count < min(most, len(rows) - 1) and (
        _is_title(rows[count], usual) or _are_codes(grid, rows[count], rows[count + 1], count)
    ):
        count += 1
    return count


def _is_title(cells: Sequence[str], usual: float) -> bool:
    filled = [i for i, cell in enumerate(cells) if cell]
    return len(filled) <= TITLE_CELLS and len(filled) * 2 < usual and filled == list(range(len(filled)))


def _are_codes(grid: Grid, cells: Sequence[str], below: Sequence[str], row: int) -> bool:
    """Whether a row has only a tool's codes, as Q1 and Q2, over a row of wordings that never come again."""
    texts = [(i, text) for i, text in enumerate(cells) if text]
    if grid.origin == SPSS_FILE or len(texts) < FEWEST_CODES or not all(_CODE.fullmatch(text) for _, text in texts):
        return False
    words = [(i, below[i]) for i, _ in texts if i < len(below) and below[i]]
    wordy = sum(len(text.split()) > 1 or text.endswith("?") for _, text in words)
    return (
        len(words) == len(texts)
        and wordy * 2 > len(words)
        and not any(text in grid.column(i, row + 2).present() for i, text in words)
    )


def _has_sub_headings(grid: Grid, first: int) -> bool:
    if len(grid.rows) < first + 3:
        return False
    upper, lower = grid.level(first), grid.level(first + 1)
    if {text.casefold() for text in lower} & SUB_HEADINGS:
        return True
    blank = [i for i, text in enumerate(upper) if not text and grid.column(i, first + 1).filled]
    carried = [i for i in blank if any(upper[:i])]
    alone = [i for i, text in enumerate(upper) if text and not lower[i] and _mostly_filled(grid, i, first + 2)]
    fills = bool(blank) and blank == carried and all(lower[i] for i in blank)
    asks = sum(text.endswith("?") for text in lower) * 2 >= len(lower)
    under_all = all(lower) and (
        len(blank) * 2 >= len(upper) or asks
    )  # a table is not left without half of its headings
    looked_at = range(len(lower)) if under_all else blank
    return (
        fills
        and (bool(alone) or under_all)
        and not any(_comes_below(grid, lower[i], i, first, boxes=bool(alone)) for i in looked_at)
    )


def _comes_below(grid: Grid, text: str, column: int, first: int, boxes: bool) -> bool:
    """Whether a text of the second row stands below it as an answer, and not as the mark of every ticked box."""
    below = [other for other in grid.column(column, first + 2).present() if other]
    return text in below and not (boxes and below == [text])


def _mostly_filled(grid: Grid, column: int, header: int) -> bool:
    cells = grid.column(column, header)
    return cells.filled * 2 > len(cells)


def looks_like_answers(grid: Grid) -> bool:
    """Whether the first row below the titles is an answer: a time, an address, or texts that come again below."""
    first = titles(grid, MOST_TITLES)
    cells = grid.rows[first][1]
    return any(cell == "anonymous" or _EMAIL.fullmatch(cell) or is_moment(cell) for cell in cells) or _comes_again(
        grid, cells, first
    )


def _comes_again(grid: Grid, cells: Sequence[str], first: int) -> bool:
    """Whether most of a row's texts stand below it too, in rows that are not the whole row again."""
    filled = [i for i, text in enumerate(cells) if text]
    again = [i for i in filled if cells[i] in grid.column(i, first + 1).present()]
    if len(again) < 2 or len(again) * 2 < len(filled):
        return False
    hits = [grid.column(i, first + 1).where([cells[i]]) for i in again]
    return any((hit != hits[0]).any() for hit in hits)


Heading = tuple[str, str]
MARKS = (" - ", " – ", ": ", " >> ", " | ")
SEVERAL = 2
QUESTION_WORDS = 3


def bracketed(headings: Sequence[str]) -> list[Heading]:
    """ "Question [row]" parted, where two columns share the question; a lone bracket is part of the wording."""
    return _shared(headings, [_brackets(text) for text in headings])


def _brackets(text: str) -> Heading:
    depth = 0
    for place in range(len(text) - 1, 0, -1) if text.endswith("]") else ():
        depth += {"]": 1, "[": -1}.get(text[place], 0)
        if depth == 0:
            return text[:place].rstrip(), text[place + 1 : -1].strip()
    return text, ""


def dashed(headings: Sequence[str]) -> list[Heading]:
    """ "Question - row" or "Question: row" parted, where neighbours share a question of at least three words."""
    together = Counter(head for text in headings for head, _ in _cuts(text))
    return [_longest_shared(text, lambda head: together[head] >= SEVERAL) for text in headings]


def _longest_shared(text: str, shared: Callable[[str], bool]) -> Heading:
    fitting = [(head, rest) for head, rest in _cuts(text) if shared(head)]
    return max(fitting, key=lambda cut: len(cut[0]), default=(text, ""))


def _cuts(text: str) -> list[Heading]:
    places = [(place, mark) for mark in MARKS for place in range(len(text)) if text.startswith(mark, place)]
    cuts = [(text[:place].strip(), text[place + len(mark) :].strip()) for place, mark in places]
    return [(head, rest) for head, rest in cuts if len(head.split()) >= QUESTION_WORDS and rest]


def _shared(headings: Sequence[str], parted: Sequence[Heading]) -> list[Heading]:
    times = Counter(question for question, _ in parted)
    return [
        both if all(both) and times[both[0]] >= SEVERAL else (text, "")
        for text, both in zip(headings, parted, strict=True)
    ]


def carried(upper: Sequence[str]) -> list[str]:
    """A row of headings where a blank carries on from the left."""
    found, last = [], ""
    for text in upper:
        last = text or last
        found.append(last)
    return found
