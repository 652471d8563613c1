"""The whole report as one page."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from sekom_survey.model import Report, Section, Shown
from sekom_survey.shown.chapters import VIEWS
from sekom_survey.written.formats import Material
from sekom_survey.written.office.outline import with_only
from sekom_survey.written.page.figure import parts_of
from sekom_survey.written.page.template import write_page

TOLD_ABOVE = ("goal_summary",)


def write_html(report: Report, path: Path) -> None:
    """Write the report as one self-contained page; equal reports and figures give equal bytes.

    Text from answers is shown as written, never interpreted. A figure that is missing or unreadable leaves its
    table open in its place. Exhibits marked internal stand in office.html alone.
    """
    sections = tuple(told for section in report.sections if (told := _open(section)).blocks)
    present = {block.by for section in sections for block in section.blocks if isinstance(block, Shown)}
    views = [(name, title) for name, title in VIEWS.items() if name in present]
    write_page("report.html.j2", report.title, report, path, chapters=parts_of(sections, folding=True), views=views)


def _open(section: Section) -> Section:
    """A section without what is internal and what page one tells; nothing of one whose exhibits then have all gone."""
    kept = with_only(section, lambda shown: not shown.internal and shown.id not in TOLD_ABOVE)
    had, has = (any(isinstance(block, Shown) for block in one.blocks) for one in (section, kept))
    return kept if has or not had else replace(kept, blocks=())


FILE = "report.html"


def write(made: Material, path: Path) -> None:
    """For a browser, a phone or paper."""
    write_html(made.report, path)
