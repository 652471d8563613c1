"""What a person asks of a year: a share with its interval, a question by a segmentation or by another, what members said."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from sekom_survey.asked.contrasts import TOP
from sekom_survey.counted.choices import Choice, choices_of, inside_options, parts_of
from sekom_survey.counted.count import ticks
from sekom_survey.counted.segment import ALL, SEGMENTATIONS
from sekom_survey.model import ANSWERED, MULTI, RATING, SCALE, SINGLE, Item, Survey
from sekom_survey.text.swedish import FIXED_SPACE, LEAST_BASE_FOR_WORDS, count_of, percent

if TYPE_CHECKING:
    from sekom_survey.counted.year import Year

CROSSED = (SINGLE, SCALE)
SAID = ["member_id", "name", "answer", "value", "text"]


@dataclass(frozen=True)
class Share:
    """A share of members: `count` of `base` chose the option, called `label`; `low`-`high` of all `population` members by the exact 95 % interval.

    `least`-`most` is what is possible whatever those think who did not answer. Members throughout; `low` to `most` and
    `count` are None where too few answered, and `hidden` says why.
    """

    item: str
    option: str
    label: str
    segment: str
    base: int | None
    population: int
    count: int | None = None
    low: int | None = None
    high: int | None = None
    least: int | None = None
    most: int | None = None
    hidden: str = ""

    @property
    def share(self) -> float | None:
        """The share of those who answered, 0-1."""
        return self.count / self.base if self.count is not None and self.base else None

    def __str__(self) -> str:
        if self.count is None or self.base is None:
            return f"{self.label}: {self.hidden or 'visas inte'}"
        part = f" ({percent(self.count / self.base, self.base)})" if self.base >= LEAST_BASE_FOR_WORDS else ""
        reach = "" if self.low is None else f", {self.low}–{self.high} av alla {self.population}"
        possible = "" if self.least is None else f"; möjligt {self.least}–{self.most}"
        return f"{self.label}: {count_of(self.count, self.base)}{part}{reach}{possible}".replace(FIXED_SPACE, " ")

    __repr__ = __str__


def share_of(year: Year, item: str, option: str = "", **segment: str) -> Share:
    """A Share of `year`; see `Year.share`."""
    asked = asked_item(year.survey, item)
    where, name = next(iter(segment.items()), (ALL, ALL))
    rows = shares_by(year, item, where)
    labels = list(dict.fromkeys(rows["option"]))
    chosen = _one_of(option or _usual(asked), labels, f"svar på {item}")
    named = _one_of(name, list(dict.fromkeys(rows["segment"])), f"grupp i {where}")
    row = rows[(rows["option"] == chosen) & (rows["segment"] == named)].iloc[0]
    population = int(row["population"])
    return Share(
        item=item,
        option=chosen,
        label=" eller ".join(parts_of(asked, chosen)) if chosen == TOP else chosen,
        segment=named,
        base=_whole(row["base"]),
        population=population,
        count=_whole(row["count"]),
        low=_whole(row["low_members"]),
        high=_whole(row["high_members"]),
        least=_whole(row["possible_low"] * population),
        most=_whole(row["possible_high"] * population),
        hidden=str(row["reason"]),
    )


def shares_by(year: Year, item: str, by: str = ALL) -> pd.DataFrame:
    """The rows of the estimates of an item by one segmentation; see `Year.shares`."""
    asked_item(year.survey, item)
    segmentation = _one_of(by, list(SEGMENTATIONS), "indelning")
    rows = year.shares(item, segmentation)
    if rows.empty:
        raise KeyError(f"{item} redovisas inte efter {by} i den här versionen.")
    return rows.reset_index(drop=True)


def crosstab(year: Year, item: str, by: str) -> pd.DataFrame:
    """Members by their answers to two questions; see `Year.crosstab`."""
    if year.responses.respondents.empty:
        raise KeyError("Den publika versionen har inga enskilda svar. Korsa frågor i den interna.")
    rows, columns = asked_item(year.survey, item), asked_item(year.survey, by)
    members = list(year.frame.members["member_id"])
    one, other = (ticks(year.frame.answers, asked, members, _each(asked)) for asked in (rows, columns))
    both = ~np.isnan(one[:, 0]) & ~np.isnan(other[:, 0])
    counts, base = one[both].T @ other[both], other[both].sum(axis=0)
    cells = np.vstack([counts, base])
    cells[:, base < year.survey.minimum_base] = np.nan
    table = pd.DataFrame(cells, [*inside_options(rows), "bas"], inside_options(columns)).astype("Int64")
    return table.rename_axis(index=rows.short, columns=columns.short)


def _each(item: Item) -> list[Choice]:
    """Every answer within the scale for itself."""
    if item.kind not in (*CROSSED, MULTI):
        raise KeyError(f"{item.id} är inget val mellan svar och kan inte korsas.")
    return [Choice(option, (option,)) for option in inside_options(item)]


def said(year: Year, item: str, by: str = "member") -> pd.DataFrame:
    """What each member said; see `Year.answers`."""
    asked_item(year.survey, item)
    whose = _one_of(by, ["member", "role"], "uppdelning")
    source = (year.frame.answers if whose == "member" else year.frame.by_role).table
    given = source[(source["item"] == item) & (source["state"] == ANSWERED)]
    named = given.merge(year.frame.members[["member_id", "name"]], on="member_id", how="left")
    columns = [*SAID[:2], *(["role"] if by == "role" else []), *SAID[2:]]
    return named.rename(columns={"option": "answer"})[columns].reset_index(drop=True)


def asked_item(survey: Survey, item: str) -> Item:
    """The item with an id. KeyError that names the nearest when it was not asked."""
    items = {one.id: one for one in survey.questionnaire.items}
    return items[_one_of(item, list(items), "fråga")]


def _usual(item: Item) -> str:
    """The option that is meant when none is named: the top of a scale, yes, the high end of a rating."""
    return TOP if item.top else choices_of(item)[0].label if item.kind != RATING else str(item.high)


def _one_of(name: str, known: list[str], what: str) -> str:
    if name in known:
        return name
    near = get_close_matches(name, known, n=1, cutoff=0.5)
    hint = f" Menar du {near[0]!r}?" if near else f" Det finns: {', '.join(known[:12])}."
    raise KeyError(f"Det finns ingen {what} som heter {name!r}.{hint}")


def _whole(value: float) -> int | None:
    return None if pd.isna(value) else round(float(value))
