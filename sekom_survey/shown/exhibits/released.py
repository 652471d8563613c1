"""What of an exhibit may leave the office: the headings that are named where it is made, and the columns its drawing needs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import ParamSpec, TypeVar, cast

from sekom_survey.counted.year import PUBLIC, Year
from sekom_survey.model import Exhibit

P = ParamSpec("P")
R = TypeVar("R")

OPTIONS, GROUPS, YEARS = "[options]", "[groups]", "[years]"
"""Headings that are an answer of the questionnaire, a group's name with its base, or end with a year."""
MEMBERS = "Osäkerhet (kommuner)"
INFERRED = (MEMBERS, "Osäkerhet", "Möjligt spann")
"""Headings of what is said of more than those who answered."""
DRAWN = {
    "bars": ("label", "share", "low", "high", "count", "base", "highlight"),
    "stacked": ("label", "option", "order", "share", "count", "base", "outside", "top_share"),
    "dots": ("label", "segment", "order", "share", "low", "high", "count", "base", "population", "suppressed", "verdict"),
    "response": ("label", "answered", "asked"),
    "flow": ("label", "count", "step"),
    "distribution": ("value", "count", "base", "mean", "low", "high"),
    "matrix": ("label", "x", "y"),
    "multiples": ("label", "value", "lower", "median", "upper", "good", "decimals", "reported", "members", "year"),
    "pairs": ("label", "before", "after", "before_count", "before_base", "count", "base", "last_year", "year", "verdict"),
    "bullet": ("label", "outcome", "target", "last", "unit", "status", "told", "before"),
}  # fmt: skip
"""The columns of `data` that may be published, by kind; a kind that is not here has none but its table."""


def released(*headings: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Release an exhibit: in a public build its table has these headings and no others; one without this is never public.

    The function's first argument is the Year. A column that is added later stays in the office until its heading is named.
    """

    def marked(make: Callable[P, R]) -> Callable[P, R]:
        @wraps(make)
        def made(*args: P.args, **kwargs: P.kwargs) -> R:
            exhibit, year = make(*args, **kwargs), args[0]
            if not isinstance(exhibit, Exhibit) or not isinstance(year, Year):
                return exhibit
            known = exhibit if year.survey.of_members else _of_respondents(exhibit, year)
            if year.build != PUBLIC:
                return cast(R, known)
            named = tuple(str(head) for head in known.table.columns if _is_named(str(head), headings, year))
            return cast(R, only_released(replace(known, released=named)))

        return made

    return marked


def _of_respondents(exhibit: Exhibit, year: Year) -> Exhibit:
    """A table without the columns of what nothing is known of beyond those who answered, else headed by who could have."""
    if not year.survey.infers:
        return replace(exhibit, table=exhibit.table.drop(columns=list(INFERRED), errors="ignore"))
    return replace(exhibit, table=exhibit.table.rename(columns={MEMBERS: f"Osäkerhet ({year.survey.nouns.asked})"}))


def only_released(exhibit: Exhibit) -> Exhibit:
    """A released exhibit without the columns that are not: for the last look before it is shown."""
    shown = exhibit.released or ()
    table = exhibit.table[[head for head in exhibit.table.columns if str(head) in shown]]
    drawn = DRAWN.get(exhibit.kind)
    data = table if drawn is None else exhibit.data[[name for name in exhibit.data.columns if name in drawn]]
    return replace(exhibit, table=table, data=data)


def _is_named(head: str, headings: tuple[str, ...], year: Year) -> bool:
    return (
        head in headings
        or (MEMBERS in headings and head == f"Osäkerhet ({year.survey.nouns.asked})")
        or (
            OPTIONS in headings
            and head in {option.label for item in year.wave.questionnaire.items for option in item.options}
        )
        or (GROUPS in headings and head.endswith(")") and head.rpartition(" (")[0] in _groups(year))
        or (YEARS in headings and head.endswith((str(year.survey.year), str(year.survey.year - 1))))
    )


def _groups(year: Year) -> set[str]:
    return set(year.estimates["segment"])
