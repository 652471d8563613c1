"""Any other tool's table (Survey&Report, esMaker, Netigate, Webropol, Questback), as [reader_options] describes it."""

from __future__ import annotations

from collections.abc import Sequence

from sekom_survey.collected.assemble import export, part, plain, stated_times
from sekom_survey.collected.boxes import CROSS, ONE_ZERO, OWN_TEXT, YES_NO, joined
from sekom_survey.collected.grid import Grid, column_letter
from sekom_survey.collected.header import Heading, bracketed, carried, dashed, header_rows
from sekom_survey.collected.shape import numbered_answers
from sekom_survey.model import Export

title = "Annat verktyg"


def detect(grid: Grid) -> bool:
    """Never: nothing in the file tells, so survey.toml must say reader = "generic"."""
    del grid
    return False


def read(grid: Grid) -> Export:
    """A table with 0-3 rows of headings: block, question, row or option; a blank carries on from the left."""
    told = grid.options.header_rows
    rows = header_rows(grid) if told is None else max(told - grid.above, 0)
    headings = _headings(grid, rows)
    about = stated_times(grid, headings) | numbered_answers(grid, rows, headings)
    parts = joined(
        part(grid, rows, headings, about),
        (YES_NO, OWN_TEXT, CROSS, ONE_ZERO),
        grid.options.separator or ";",
        grid,
    )
    return export(
        grid,
        "generic",
        rows,
        about,
        plain(parts.columns),
        parts.dropped,
        options=(("header_rows", rows + grid.above), *parts.options),
    )


def _headings(grid: Grid, rows: int) -> list[Heading]:
    if rows == 0:
        return [(grid.options.heading(f"Kolumn {column_letter(index)}"), "") for index in range(grid.width)]
    if rows == 1:
        texts = grid.level()
        parted = [both if both[1] else other for both, other in zip(bracketed(texts), dashed(texts), strict=True)]
        return [(text, "") if grid.options.asks(text) else both for text, both in zip(texts, parted, strict=True)]
    questions, subs = carried(grid.level(rows - 2)), grid.level(rows - 1)
    return _apart([(question, sub) if question else (sub, "") for question, sub in zip(questions, subs, strict=True)])


def _apart(headings: Sequence[Heading]) -> list[Heading]:
    """Questions with one text kept apart by their order, "Text [2]": where a row or option comes again, the next one begins."""
    seen: dict[str, list[set[str]]] = {}
    places = []
    for question, sub in headings:
        asked = seen.setdefault(question, [set()])
        if sub and sub in asked[-1]:
            asked.append(set())
        asked[-1].add(sub)
        places.append(len(asked))
    return [
        (f"{question} [{place}]" if len(seen[question]) > 1 else question, sub)
        for (question, sub), place in zip(headings, places, strict=True)
    ]
