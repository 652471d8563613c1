"""The last look at an exhibit before it is shown in a public build."""

from __future__ import annotations

import pandas as pd

from sekom_survey.model import Exhibit
from sekom_survey.shown.exhibits.released import only_released


class Withheld(Exception):
    """An exhibit that must not be in a public build."""


def public_exhibit(exhibit: Exhibit, minimum: int) -> Exhibit | None:
    """An exhibit as it may stand in a public build; None when it has not been released. Raises Withheld as `check_exhibit`."""
    check_exhibit(exhibit, minimum)
    return None if exhibit.released is None else only_released(exhibit)


def check_exhibit(exhibit: Exhibit, minimum: int) -> None:
    """Raise Withheld when an exhibit is internal, names or quotes members, or shows a group under the minimum.

    Every exhibit of a public build passes here, also one an analyst has written: a `base` between 1 and the minimum, or a
    `count` that stands on one, is refused wherever it is not marked as suppressed.
    """
    if exhibit.internal:
        raise Withheld(
            f"{exhibit.id} visar enskilda medlemmar eller deras ord och får inte finnas i en publik rapport."
        )
    data = exhibit.data
    if {"member_id", "respondent", "latitude", "name", "text"} & set(data.columns):
        raise Withheld(f"{exhibit.id} har uppgifter om enskilda medlemmar i sina data.")
    if "base" in data:
        shown = ~data["suppressed"].astype(bool) if "suppressed" in data else pd.Series(True, index=data.index)
        numbers = data.drop(columns=["base", "population", "order"], errors="ignore").select_dtypes("number")
        small = shown & data["base"].between(1, minimum - 1) & numbers.notna().any(axis=1)
        if small.any():
            raise Withheld(f"{exhibit.id} visar en grupp med färre än {minimum} svar.")
