"""When an exhibit cannot be shown as asked: the item was not asked, too few answered, or the build is public."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

import pandas as pd

from sekom_survey.counted.year import PUBLIC, Year
from sekom_survey.model import (
    CONSENT,
    DATE,
    MEMBER,
    METADATA,
    MULTI,
    NPS,
    NUMBER,
    RANKING,
    RATING,
    ROLE,
    SCALE,
    SINGLE,
    TEXT,
    UPLOAD,
    Exhibit,
    Item,
)
from sekom_survey.text.phrases import headed

WHAT = {
    MEMBER: "frågan om vem som svarar",
    ROLE: "frågan om roll",
    SINGLE: "ett val",
    MULTI: "en fråga med flera val",
    SCALE: "en skala",
    RATING: "ett betyg",
    NPS: "en rekommendation från 0 till 10",
    TEXT: "egna ord",
    NUMBER: "ett tal",
    DATE: "ett datum",
    RANKING: "en rangordning",
    CONSENT: "ett samtycke",
    UPLOAD: "bifogade filer",
    METADATA: "ingen fråga",
}
P = ParamSpec("P")
R = TypeVar("R", bound=Exhibit | None)


def if_asked(make: Callable[Concatenate[Year, str, P], R]) -> Callable[Concatenate[Year, str, P], R | None]:
    """Let an exhibit function whose first argument is an item or a matrix give nothing when it was not asked this year."""

    @wraps(make)
    def made(year: Year, name: str, /, *args: P.args, **kwargs: P.kwargs) -> R | None:
        return make(year, name, *args, **kwargs) if year.wave.questionnaire.named(name) else None

    return made


def for_kinds(
    *kinds: str, matrix: bool = False
) -> Callable[
    [Callable[Concatenate[Year, str, P], Exhibit | None]], Callable[Concatenate[Year, str, P], Exhibit | None]
]:
    """Let an exhibit of a question say what it is and what shows it, where it is of a kind that cannot be drawn so.

    `matrix`: the exhibit takes the name of a whole matrix too.
    """

    def kept(
        make: Callable[Concatenate[Year, str, P], Exhibit | None],
    ) -> Callable[Concatenate[Year, str, P], Exhibit | None]:
        @wraps(make)
        def made(year: Year, name: str, /, *args: P.args, **kwargs: P.kwargs) -> Exhibit | None:
            items = year.wave.questionnaire.named(name)
            if not items:
                return None
            whole = items[0].id != name
            if items[0].kind in kinds and (matrix or not whole):
                return make(year, name, *args, **kwargs)
            return cannot(items[0], f"{name}_{make.__name__}", whole and items[0].kind in kinds)

        return made

    return kept


def cannot(item: Item, exhibit_id: str, whole: bool = False, instead: str = "") -> Exhibit:
    """The line that stands in place of a question of a kind, or a whole matrix, that cannot be drawn as asked."""
    what = "en matris" if whole else WHAT[item.kind]
    name = item.group_label or item.group_text if whole else item.short
    told = instead or "I anteckningsboken väljer question() figur efter frågans sort."
    return line(exhibit_id, headed(name, f"är {what} och kan inte visas på det sättet. {told}"))


Q = ParamSpec("Q")


def internal_only(make: Callable[Concatenate[Year, Q], R]) -> Callable[Concatenate[Year, Q], R | None]:
    """Let an exhibit that shows single members or their words be nothing at all in a public build."""

    @wraps(make)
    def made(year: Year, /, *args: Q.args, **kwargs: Q.kwargs) -> R | None:
        return None if year.build == PUBLIC else make(year, *args, **kwargs)

    return made


def too_few(year: Year, item: Item, exhibit_id: str = "", title: str = "") -> Exhibit:
    """The line that stands in place of a question, a matrix or, with its title, their groups, with too few answers to show."""
    name = title or (
        item.short if exhibit_id in ("", item.id) or not item.group else item.group_label or item.group_text
    )
    told = f"färre än {year.survey.minimum_base} svar, visas inte"
    if year.build == PUBLIC:
        told = f"visas inte, så att inget om enskilda {'medlemmar' if year.survey.of_members else 'svar'} kan räknas ut"
    return line(exhibit_id or item.id, headed(name, told))


def line(exhibit_id: str, text: str) -> Exhibit:
    """An exhibit that is only a line of text."""
    empty = pd.DataFrame()
    return Exhibit(
        id=exhibit_id, kind="table", title=text, subtitle="", note="", alt=f"{text}.", data=empty, table=empty
    )


def if_worked_out(make: Callable[Concatenate[Year, P], R]) -> Callable[Concatenate[Year, P], R | None]:
    """Let an exhibit of goals, themes or changes be nothing when the year has no file to work it out of."""

    @wraps(make)
    def made(year: Year, /, *args: P.args, **kwargs: P.kwargs) -> R | None:
        return None if any(value is None for value in args) else make(year, *args, **kwargs)

    return made
