"""When an exhibit cannot be shown as asked: the item was not asked, too few answered, or the build is public."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

import pandas as pd

from sekom_survey.counted.year import PUBLIC, Year
from sekom_survey.model import Exhibit, Item
from sekom_survey.shown.exhibits.notes import headed

P = ParamSpec("P")
R = TypeVar("R", bound=Exhibit | None)


def if_asked(make: Callable[Concatenate[Year, str, P], R]) -> Callable[Concatenate[Year, str, P], R | None]:
    """Let an exhibit function whose first argument is an item or a matrix give nothing when it was not asked this year."""

    @wraps(make)
    def made(year: Year, name: str, /, *args: P.args, **kwargs: P.kwargs) -> R | None:
        return make(year, name, *args, **kwargs) if year.wave.questionnaire.named(name) else None

    return made


Q = ParamSpec("Q")


def internal_only(make: Callable[Concatenate[Year, Q], R]) -> Callable[Concatenate[Year, Q], R | None]:
    """Let an exhibit that shows single members or their words be nothing at all in a public build."""

    @wraps(make)
    def made(year: Year, /, *args: Q.args, **kwargs: Q.kwargs) -> R | None:
        return None if year.build == PUBLIC else make(year, *args, **kwargs)

    return made


def too_few(year: Year, item: Item, exhibit_id: str = "") -> Exhibit:
    """The line that stands in place of a question, or a matrix, with too few answers to show, or not shown in public."""
    name = item.short if not exhibit_id or exhibit_id == item.id else item.group_label or item.group_text
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
