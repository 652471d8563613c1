"""What the board's paper shows: some ten pages with what carries the message, and in an annex every number behind them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from sekom_survey.model import ANNEX, WEB, Report, Section, Shown
from sekom_survey.written.office.outline import PUBLIC, with_only
from sekom_survey.written.office.table import without

# Columns of a long table that are left to the annex, where it stands whole.
SHORTENED: Mapping[str, tuple[str, ...]] = {
    "goal_status": ("Utgångsvärde", "Trend", "Kommentar"),
    "goal_faults": ("Att besluta",),
    "claims": ("Vad svaren visar",),
}
# Long tables of which the pages show the first row of each value in the first column.
ONE_EACH = frozenset({"effect_chain"})
# Of what is marked internal, tables and maps list members or answers one by one and stay on screen, unless they are placed.
LISTS = ("table", "map")


@dataclass(frozen=True)
class Plan:
    """The sections as the pages show them, and by section the exhibits whose whole tables stand in the annex."""

    pages: tuple[Section, ...]
    annex: tuple[Section, ...]


def planned(report: Report) -> Plan:
    """What of the report goes on paper, and where; a public build gets nothing that is marked internal."""
    told = {report.goals.id} if report.goals else set()
    allowed = [with_only(section, lambda shown: _on_paper(shown, report.build)) for section in report.sections]
    pages = tuple(_shortened(_chosen(section, told)) for section in allowed)
    annex = (_behind(section, page, told) for section, page in zip(allowed, pages, strict=True))
    return Plan(tuple(page for page in pages if _exhibits(page)), tuple(section for section in annex if section.blocks))


def _on_paper(shown: Shown, build: str) -> bool:
    if shown.placement == WEB or (shown.internal and build == PUBLIC):
        return False
    return not shown.internal or shown.kind not in LISTS or bool(shown.placement)


def _chosen(section: Section, told: Collection[str]) -> Section:
    """The section without what page one and the annex tell."""
    return with_only(section, lambda shown: shown.placement != ANNEX and shown.id not in told)


def _exhibits(section: Section) -> list[Shown]:
    return [block for block in section.blocks if isinstance(block, Shown)]


def _shortened(section: Section) -> Section:
    return replace(section, blocks=tuple(_short(b) if isinstance(b, Shown) else b for b in section.blocks))


def _short(shown: Shown) -> Shown:
    rows = _one_each(shown.rows) if shown.id in ONE_EACH else shown.rows
    columns, cells = without(shown.columns, rows, SHORTENED.get(shown.id, ()))
    return replace(shown, columns=tuple(columns), rows=tuple(map(tuple, cells)))


def _one_each(rows: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    first: dict[str, tuple[str, ...]] = {}
    for row in rows:
        first.setdefault(row[0], row)
    return list(first.values())


def _behind(section: Section, page: Section, told: Collection[str]) -> Section:
    """The exhibits with a table that the pages do not show whole."""
    whole = {shown.id for shown in _exhibits(page) if shown.png is None and shown.id not in {*SHORTENED, *ONE_EACH}} | {
        *told
    }
    behind = [shown for shown in _exhibits(section) if shown.rows and shown.columns and shown.id not in whole]
    return replace(section, blocks=tuple(behind))
