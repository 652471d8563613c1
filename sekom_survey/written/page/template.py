"""The templates of the pages, and what each of them needs."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from sekom_survey.model import GoalLine, GoalsPage, Report, StripMark
from sekom_survey.shown.figures.fonts import embedded_css
from sekom_survey.shown.figures.small import goal_bar, strip, svg
from sekom_survey.written.motions import ASKED, counted, minuted
from sekom_survey.written.page.figure import PageFigure, breakable
from sekom_survey.written.page.markdown import to_inline

INTERNAL = "internal"
BAR_SCALE, STRIP_SCALE = 1.6, 1.6  # so that the smallest text is as large as the page's


def write_page(
    name: str, title: str, report: Report | GoalsPage, path: Path, script: str = "", **further: object
) -> None:
    """Write a page from a template; a script of our own is the only one that its policy lets run."""
    motions = report.brief.motions
    page = (
        _environment()
        .get_template(name)
        .render(
            title=title,
            report=report,
            brief=report.brief,
            internal=report.build == INTERNAL,
            css=Markup(_data("report.css")),
            font_css=Markup(embedded_css()),
            scripts=Markup(f"; script-src '{script_hash(script)}'") if script else "",
            script=Markup(script),
            minuted=minuted(motions),
            asked=ASKED,
            counted=counted(len(motions), motions),
            bar=_bar,
            strip=_strip,
            is_figure=lambda block: isinstance(block, PageFigure),
            inline=to_inline,
            breakable=breakable,
            **further,
        )
    )
    path.write_bytes(page.encode("utf-8", errors="replace"))


def read_script(name: str) -> str:
    """A script of ours as it stands between its tags."""
    return _data(name)


def script_hash(script: str) -> str:
    """What the browser compares the script with: all that stands between its tags."""
    return "sha256-" + b64encode(sha256(f"\n{script}\n".encode()).digest()).decode()


def _bar(line: GoalLine) -> Markup:
    return Markup(svg(goal_bar(line), BAR_SCALE))


def _strip(marks: tuple[StripMark, ...]) -> Markup:
    return Markup(svg(strip(marks), STRIP_SCALE))


def _data(name: str) -> str:
    return files("sekom_survey.written.page").joinpath(name).read_text(encoding="utf-8")


@cache
def _environment() -> Environment:
    return Environment(
        autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined, loader=FunctionLoader(_data)
    )
