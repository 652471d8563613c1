"""What both documents share: which blocks are for everyone, what is stamped on each page, which columns may go first."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from sekom_survey.model import Prose, Report, Section, Shown

PUBLIC = "public"
SYNTHETIC = "Exempeldata. Medlemmar och svar är påhittade."
INTERNAL = "Internt arbetsmaterial – sprids inte"
LISTS = ("table", "map")
LEAST_TOLD = ("Kommentar", "Trend", "Utgångsvärde", "Mäts som")  # columns of the goals to leave out, the first first
_SUBHEADING = re.compile(r"(?m)^(?=##? )")
Block = Prose | Shown


def stamps(report: Report) -> tuple[str, ...]:
    """What must stand on every page and slide."""
    return (*((SYNTHETIC,) if report.synthetic else ()), *((INTERNAL,) if report.build != PUBLIC else ()))


def open_sections(report: Report) -> tuple[Section, ...]:
    """The sections without what is kept apart, and without subheadings that then have nothing under them.

    Of the exhibits marked internal a public build has none; other builds have their figures here, and what lists members
    or answers one by one (tables and maps) apart.
    """
    apart = _apart(report)
    return tuple(_with(section, [b for g in _groups(section) for b in _open(g, apart)]) for section in report.sections)


def closed_sections(report: Report) -> tuple[Section, ...]:
    """What only the secretariat needs, by section; empty in a public build."""
    if report.build == PUBLIC:
        return ()
    apart = _apart(report)
    parts = (_with(section, [b for g in _groups(section) for b in _closed(g, apart)]) for section in report.sections)
    return tuple(section for section in parts if section.blocks)


def _apart(report: Report) -> Callable[[Shown], bool]:
    """Whether an exhibit is kept apart from the sections that everyone reads."""
    public = report.build == PUBLIC
    return lambda shown: shown.internal and (public or shown.kind in LISTS)


def _with(section: Section, blocks: Sequence[Block]) -> Section:
    return replace(section, blocks=tuple(blocks))


def _groups(section: Section) -> list[list[Block]]:
    """The blocks parted before each subheading."""
    groups: list[list[Block]] = [[]]
    for block in _parted(section.blocks):
        if isinstance(block, Prose) and block.markdown.startswith("#"):
            groups.append([])
        groups[-1].append(block)
    return groups


def _parted(blocks: Sequence[Block]) -> Iterator[Block]:
    for block in blocks:
        if isinstance(block, Shown):
            yield block
        else:
            yield from (Prose(part.strip()) for part in _SUBHEADING.split(block.markdown) if part.strip())


def _is_closed(group: Sequence[Block], apart: Callable[[Shown], bool]) -> bool:
    """Whether a subheading has exhibits that are kept apart under it and no others."""
    exhibits = [block for block in group if isinstance(block, Shown)]
    headed = isinstance(group[0], Prose) and group[0].markdown.startswith("#") if group else False
    return headed and bool(exhibits) and all(map(apart, exhibits))


def _is_bare(group: Sequence[Block]) -> bool:
    """Whether a subheading has nothing under it."""
    first = group[0] if len(group) == 1 else None
    return isinstance(first, Prose) and first.markdown.startswith("#") and "\n" not in first.markdown


def _open(group: Sequence[Block], apart: Callable[[Shown], bool]) -> list[Block]:
    if _is_bare(group) or _is_closed(group, apart):
        return []
    return [block for block in group if isinstance(block, Prose) or not apart(block)]


def _closed(group: Sequence[Block], apart: Callable[[Shown], bool]) -> list[Block]:
    if _is_closed(group, apart):
        return list(group)
    return [block for block in group if isinstance(block, Shown) and apart(block)]
