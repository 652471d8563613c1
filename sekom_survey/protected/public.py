"""A year's tables, made safe to publish."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from sekom_survey.counted.estimate import COUNTED_KINDS, estimate
from sekom_survey.counted.segment import ALL, KIND, LANDSDEL, SEGMENT_ROLE, SIZE
from sekom_survey.counted.who_answered import base_of
from sekom_survey.counted.year import PUBLIC, Year
from sekom_survey.model import Frame, Item, Survey
from sekom_survey.protected.cells import BASE, EVERYONE, SMALL_GROUP, Cell, ItemTables, item_tables
from sekom_survey.protected.merge import merge_classes
from sekom_survey.stats.disclosure import audit
from sekom_survey.stats.suppression import suppress

PUBLISHED = (ALL, SIZE, LANDSDEL, SEGMENT_ROLE, KIND)
LINKED = (ALL, SIZE, LANDSDEL, SEGMENT_ROLE)
WIDTH = 3
HIDDEN = "skyddas (U)"
COUNTS_ONLY = ["share", "low", "high", "possible_low", "possible_high"]


@dataclass(frozen=True)
class Protection:
    """What was done to make the tables safe, for run.json.

    `merged`: classes put together. `primary`, `complementary`: hidden cells. `withdrawn`: tables hidden whole, as
    (item, segmentation). `width`: the least distance between the bounds of any hidden cell that its total allows;
    `narrowest`: the least found by the audit among cells whose total is at least `width`.
    """

    merged: tuple[str, ...]
    primary: int
    complementary: int
    withdrawn: tuple[tuple[str, str], ...]
    width: int
    narrowest: int | None


@dataclass(frozen=True, eq=False)
class Hidden:
    """One item's hidden cells and what the audit says of them."""

    cells: frozenset[Cell]
    primary: int
    withdrawn: tuple[str, ...]
    narrowest: int | None


def publish(year: Year, complementary: bool = True) -> tuple[Year, Protection]:
    """A Year without any single member's answer in it, and what was done to protect them.

    Size classes and landsdelar are merged until each has enough answers, counties and SKR groups are left out, groups
    under the minimum hidden, and further cells hidden until the audit by integer programming finds no hidden cell bounded
    more closely than `WIDTH`. Groups under ten answers keep counts but no percent. `complementary=False` leaves the second
    step out; it exists to show what it is for.
    Source: Hundepool et al. (2012), Statistical Disclosure Control, ch. 4; Fischetti & Salazar (2001).
    """
    frame, merged = merge_classes(year.frame, year.survey)
    rows, means, found = protected(frame, year.survey, complementary)
    base = base_of(year.responses, frame, year.wave)
    base = replace(base, accounting=replace(base.accounting, left_behind=()))
    nobody = replace(
        year.responses,
        respondents=year.responses.respondents.head(0),
        answers=year.responses.answers.head(0),
        problems=(),
    )
    safe = replace(
        year,
        build=PUBLIC,
        estimates=rows,
        means=means,
        frame=_nobody(frame),
        responses=nobody,
        base=replace(base, response=_shown_response(base.response, year.survey.minimum_base)),
        problems=(),
    )
    return safe, _protection(found, merged)


def protected(
    frame: Frame, survey: Survey, complementary: bool = True
) -> tuple[pd.DataFrame, pd.DataFrame, dict[str, Hidden]]:
    """Estimates and means of a frame as they may be published, and what was hidden for each item."""
    open_rows, _ = estimate(frame, replace(survey, minimum_base=1))
    rows, means = estimate(frame, survey)
    rows, means = rows[rows["segmentation"].isin(PUBLISHED)], means[means["segmentation"].isin(PUBLISHED)]
    found = {
        item.id: _protect(open_rows[open_rows["item"] == item.id], item, survey.minimum_base, complementary)
        for item in survey.questionnaire.of_kind(*COUNTED_KINDS)
    }
    hidden = {(item, *cell) for item, one in found.items() for cell in one.cells}
    return _shown(rows, hidden), _shown_means(means, hidden), found


def _protection(found: dict[str, Hidden], merged: tuple[str, ...]) -> Protection:
    narrow = [one.narrowest for one in found.values() if one.narrowest is not None]
    primary = sum(one.primary for one in found.values())
    return Protection(
        merged=merged,
        primary=primary,
        complementary=sum(len(one.cells) for one in found.values()) - primary,
        withdrawn=tuple((item, name) for item, one in found.items() for name in one.withdrawn),
        width=WIDTH,
        narrowest=min(narrow, default=None),
    )


def _protect(rows: pd.DataFrame, item: Item, minimum: int, complementary: bool) -> Hidden:
    linked = item_tables(rows[rows["segmentation"].isin(LINKED)], item, minimum)
    apart = item_tables(rows[rows["segmentation"] == KIND], item, minimum).primary
    if not linked.primary or not complementary:
        return Hidden(linked.primary | apart, len(linked.primary | apart), (), None)
    cells, withdrawn = _safe_cells(linked)
    bounds = audit(linked.tables, cells)
    free = [high - low for cell, (low, high) in bounds.items() if _can_be_wide(cell, linked)]
    return Hidden(cells | apart, len(linked.primary | apart), withdrawn, int(min(free)) if free else None)


def _safe_cells(linked: ItemTables) -> tuple[frozenset[Cell], tuple[str, ...]]:
    """The cells to hide: rows too thin to protect whole, then by optimisation, then whole tables as the last resort."""
    forced = linked.primary | _thin_rows(linked)
    fixed = frozenset(cell for cell in linked.cells if cell[1] == ALL)
    chosen = suppress(linked.tables, forced, WIDTH, fixed)
    exposed = {cell for cell in chosen.exposed if _can_be_wide(cell, linked)}
    withdrawn = tuple(sorted({cell[1] for cell in linked.cells if cell in exposed}))
    whole = frozenset(cell for cell in linked.cells if cell[1] in withdrawn)
    return frozenset(chosen.hidden) | whole, withdrawn


def _thin_rows(linked: ItemTables) -> frozenset[Cell]:
    """Options that so few chose that no cell can be uncertain by WIDTH: hidden in every segment where one is hidden."""
    touched = {cell[1] for cell in linked.primary}
    return frozenset(cell for cell in linked.cells if cell[1] in touched and not _can_be_wide(cell, linked))


def _can_be_wide(cell: Cell, linked: ItemTables) -> bool:
    """Whether the total shown leaves room for WIDTH; a cell of a total of two is never less certain than that."""
    total = linked.tables.values.get((cell[0], ALL, ALL), 0)
    room = linked.tables.values.get((EVERYONE, *cell[1:]), 0)
    return min(total, room) >= WIDTH and cell[0] not in (BASE, EVERYONE)


def _is_hidden(rows: pd.DataFrame, hidden: set[tuple[str, str, str, str]]) -> np.ndarray:
    keys = zip(rows["item"], rows["option"], rows["segmentation"], rows["segment"], strict=True)
    return np.fromiter((key in hidden for key in keys), bool, len(rows))


def _shown(rows: pd.DataFrame, hidden: set[tuple[str, str, str, str]]) -> pd.DataFrame:
    """Estimates as they may be published: hidden rows empty but for where they stand, small groups without percent.

    Where a group's base is hidden all its rows are, since a count without its base tells a reader nothing.
    """
    rows = rows.reset_index(drop=True).astype({"base": float})
    small = (rows["suppressed"] & (rows["base"] > 0)).to_numpy()
    baseless = small | _base_hidden(rows, hidden)
    cover = baseless | _is_hidden(rows, hidden)
    numbers = ["count", "share", "low", "high", "low_members", "high_members", "possible_low", "possible_high"]
    rows.loc[cover, numbers] = np.nan
    rows.loc[baseless, "base"] = np.nan
    rows.loc[cover, "suppressed"], rows.loc[cover, "reason"] = True, HIDDEN
    rows.loc[rows["base"] < SMALL_GROUP, COUNTS_ONLY] = np.nan
    return rows


def _base_hidden(rows: pd.DataFrame, hidden: set[tuple[str, str, str, str]]) -> np.ndarray:
    keys = zip(rows["item"], rows["segmentation"], rows["segment"], strict=True)
    bases = {(item, *where) for item, option, *where in hidden if option in (BASE, EVERYONE)}
    return np.fromiter((key in bases for key in keys), bool, len(rows))


def _shown_means(means: pd.DataFrame, hidden: set[tuple[str, str, str, str]]) -> pd.DataFrame:
    """Means only of groups in which nothing is hidden, and from ten answers."""
    means = means.reset_index(drop=True).astype({"base": float})
    groups = {(item, *where) for item, _, *where in hidden}
    keys = zip(means["item"], means["segmentation"], means["segment"], strict=True)
    touched = np.fromiter((key in groups for key in keys), bool, len(means))
    cover = touched | (means["base"] < SMALL_GROUP).to_numpy()
    means.loc[cover, ["value", "low", "high"]] = np.nan
    means.loc[cover, "suppressed"], means.loc[cover, "reason"] = True, HIDDEN
    means.loc[touched | (means["base"] < SMALL_GROUP).to_numpy(), "base"] = np.nan
    return means


def _shown_response(response: pd.DataFrame, minimum: int) -> pd.DataFrame:
    """Who answered, by published segmentation; a segmentation with a telling group is left out whole."""
    telling = (response["asked"] < minimum) | (
        (response["asked"] < SMALL_GROUP) & ((response["answered"] == 0) | (response["answered"] == response["asked"]))
    )
    withheld = set(response.loc[telling & (response["segmentation"] != KIND), "segmentation"])
    kept = response["segmentation"].isin(PUBLISHED) & ~response["segmentation"].isin(withheld)
    return response[kept & ~(telling & (response["segmentation"] == KIND))].reset_index(drop=True)


def _nobody(frame: Frame) -> Frame:
    """A Frame with its columns and no rows."""
    return Frame(
        frame.members.head(0),
        frame.answers.head(0),
        frame.by_role.head(0),
        frame.conflicts.head(0),
        frame.item_nonresponse,
    )
