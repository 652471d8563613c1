"""What both documents share: which blocks are for everyone, what is stamped on each page, which columns may go first."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from sekom_survey.model import PUBLIC, GoalsPage, Prose, Report, Section, Shown
from sekom_survey.shown.exhibits.notes import HIDDEN, SIGNS

SYNTHETIC = "Exempeldata. Medlemmar och svar är påhittade."
OFFICE_ONLY = "Internt arbetsmaterial – sprids inte"
LISTS = ("table", "map")
SIGN = f"”{HIDDEN}”: {SIGNS[HIDDEN]}."
_SUBHEADING = re.compile(r"(?m)^(?=##? )")
Block = Prose | Shown


def stamps(report: Report | GoalsPage) -> tuple[str, ...]:
    """What must stand on every page and slide."""
    return (*((SYNTHETIC,) if report.synthetic else ()), *((OFFICE_ONLY,) if report.build != PUBLIC else ()))


def open_sections(report: Report) -> tuple[Section, ...]:
    """The sections without what is kept apart, and without subheadings that then have nothing under them.

    Of the exhibits marked internal a public build has none; other builds have their figures, but not what lists members
    or answers one by one (tables and maps).
    """
    public = report.build == PUBLIC
    return tuple(
        with_only(section, lambda shown: not (shown.internal and (public or shown.kind in LISTS)))
        for section in report.sections
    )


def only_internal(section: Section) -> Section:
    """The section with what is internal alone: the exhibits marked so and the words above them."""
    groups = [
        group for group in _groups(section) if any(isinstance(block, Shown) and block.internal for block in group)
    ]
    blocks = [block for group in groups for block in group if isinstance(block, Prose) or block.internal]
    return replace(section, blocks=tuple(blocks))


def note_of_figure(shown: Shown) -> str:
    """An exhibit's note where its figure stands without its table: nothing of the sign that only the table has."""
    return shown.note.replace(f" {SIGN}", "") if shown.png else shown.note


def topics_of(section: Section) -> list[list[Shown]]:
    """The section's exhibits, parted before each subheading."""
    return [[block for block in group if isinstance(block, Shown)] for group in _groups(section)]


def with_only(section: Section, keep: Callable[[Shown], bool]) -> Section:
    """The section with the exhibits to keep, and without subheadings whose exhibits have all gone or that have nothing."""
    return replace(section, blocks=tuple(block for group in _groups(section) for block in _kept(group, keep)))


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


def _kept(group: Sequence[Block], keep: Callable[[Shown], bool]) -> list[Block]:
    """A group's words and the exhibits to keep; nothing of one whose exhibits all go, or that is a bare subheading."""
    exhibits = [block for block in group if isinstance(block, Shown)]
    first = group[0] if group else None
    headed = isinstance(first, Prose) and first.markdown.startswith("#")
    bare = headed and len(group) == 1 and isinstance(first, Prose) and "\n" not in first.markdown
    if bare or (headed and exhibits and not any(map(keep, exhibits))):
        return []
    return [block for block in group if isinstance(block, Prose) or keep(block)]
