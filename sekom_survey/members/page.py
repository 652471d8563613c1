"""A member's sheet set as one page of HTML that prints on one A4."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup, escape

from sekom_survey.members.sheet import Known, Sheet, joined, was_asked
from sekom_survey.model import REGION
from sekom_survey.shown.figures.fonts import embedded_css
from sekom_survey.text.swedish import date_long, join_words, lower_first, number, sentence_case

SEARCH = "search.js"
FIXED = "\u00a0"


def page_of(sheet: Sheet, known: Known) -> str:
    """The page; equal sheets give equal text."""
    survey = known.survey
    hidden = bool(sheet.group_name) and any(one.group is None for one in sheet.needs)
    return template().render(
        sheet=sheet,
        survey=survey,
        css=Markup(own_file("page.css")),
        font_css=Markup(embedded_css()),
        about=_about(sheet),
        since=joined(sheet.reader),
        missing_own=was_asked(sheet.reader, survey),
        hidden=hidden,
        satisfaction_name=known.satisfaction.item.short if known.satisfaction else "",
        years=sorted({row.year for row in sheet.indicators}),
        better=_better(sheet),
        chosen="de tre starkaste och de tre svagaste, " if len(sheet.indicators) < sheet.reported else "",
        sub="h3" if sheet.shared or sheet.alike else "h2",
        source=_source(sheet, known),
    )


def own_file(name: str) -> str:
    """A template, style or script of this room."""
    return files("sekom_survey.members").joinpath(name).read_text(encoding="utf-8")


@cache
def template() -> Template:
    """The page's template."""
    return environment().from_string(own_file("page.html.j2"))


def environment() -> Environment:
    """What the room's templates are filled with: text is shown as written, never interpreted."""
    made = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined)
    made.filters.update(tal=number, dag=date_long, held=_held, capitalize_first=sentence_case, lower_first=lower_first)
    return made


def _held(text: str) -> Markup:
    """Counts and days kept together: "45 av 50" is never parted at the end of a line."""
    words = str(text).replace(" av ", f"{FIXED}av{FIXED}")
    return escape(words)


def _better(sheet: Sheet) -> str:
    """The first of the member's indicators that has become better, in words."""
    row = next((row for row in sheet.indicators if row.change), None)
    return f"{lower_first(row.name)} {row.change}" if row else ""


def _about(sheet: Sheet) -> str:
    member = sheet.reader.member
    people = f"{number(member.population)} invånare" if member.population is not None else ""
    role = f"svar från {sheet.reader.said_as}" if not sheet.reader.alone else ""
    return ", ".join(filter(None, (member.name, member.county if member.kind != REGION else "", people, role)))


def _source(sheet: Sheet, known: Known) -> str:
    survey = known.survey
    sources = [
        survey.title if sheet.needs or sheet.shared else "",
        f"nyckeltalen {number_range(sorted({row.year for row in sheet.indicators}))}" if sheet.indicators else "",
        "medlemsregistret" if sheet.fee else "",
        f"aktivitetsloggen till och med {date_long(known.day)}" if sheet.used or sheet.duties else "",
    ]
    told = f"Källa: {join_words([one for one in sources if one])}. " if any(sources) else ""
    if not sheet.needs:
        return told.strip()
    places = " Plats: bland dem som rapporterat, 1 är bäst." if sheet.indicators else ""
    counted = ", ni inräknade" if sheet.reader.role and sheet.reader.member.is_municipality else ""
    return told + f"Bas: {sheet.bases}. Talen är de publicerade{counted}; ingen annan ser era svar.{places}"


def number_range(years: Sequence[int]) -> str:
    """ "2023–2024", or the one year."""
    return "–".join(str(year) for year in dict.fromkeys((years[0], years[-1])))
