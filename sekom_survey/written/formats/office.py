"""What is only for the office, on a page of its own."""

from __future__ import annotations

from pathlib import Path

from sekom_survey.model import Report
from sekom_survey.written.formats import Material
from sekom_survey.written.office.outline import only_internal
from sekom_survey.written.page.figure import parts_of
from sekom_survey.written.page.template import read_script, write_page
from sekom_survey.written.problems import by_level


def write_office(report: Report, path: Path) -> None:
    """Write everything of an internal report that is marked internal, with tables that can be sorted; readable without script."""
    sections = tuple(told for section in report.sections if (told := only_internal(section)).blocks)
    write_page(
        "office.html.j2",
        f"{report.title}: bara för kansliet",
        report,
        path,
        script=read_script("sort.js"),
        chapters=parts_of(sections, folding=False),
        remarks=by_level(report.problems),
    )


FILE = "office.html"


def write(made: Material, path: Path) -> None:
    """Nothing in a public build."""
    if not made.is_public:
        write_office(made.report, path)
