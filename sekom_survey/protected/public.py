"""A year's tables, made safe to publish."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sekom_survey.counted.estimate import COLUMNS, COUNTED_KINDS, MEAN_COLUMNS, estimate, nps_scores
from sekom_survey.counted.segment import ALL, KIND, LANDSDEL, SEGMENT_ROLE, SIZE
from sekom_survey.counted.who_answered import Base, base_of
from sekom_survey.counted.year import PUBLIC, Year
from sekom_survey.model import (
    ANSWERED,
    NPS,
    RATING,
    REGION,
    UNANSWERED,
    Accounting,
    Export,
    Frame,
    Item,
    Responses,
    Survey,
)
from sekom_survey.protected.cells import BASE, EVERYONE, SMALL_GROUP, Cell, ItemTables, item_tables
from sekom_survey.protected.merge import merge_classes
from sekom_survey.stats.disclosure import audit
from sekom_survey.stats.means import mean_interval
from sekom_survey.stats.suppression import suppress

PUBLISHED = (ALL, SIZE, LANDSDEL, SEGMENT_ROLE, KIND)
LINKED = (ALL, SIZE, LANDSDEL, SEGMENT_ROLE)
WIDTH = 3
HIDDEN = "skyddas (U)"
KEYS = ("item", "option", "segmentation", "segment")
SHOWN = ("base", "count", "share", "low", "high", "low_members", "high_members", "possible_low", "possible_high")
"""The numbers of an estimate that are published where its row is; the members of a group are public of themselves."""
MEAN_KEYS, MEAN_SHOWN = ("item", "statistic", "segmentation", "segment"), ("base", "value", "low", "high")
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
    safe = replace(
        year,
        build=PUBLIC,
        export=_no_export(year.export),
        estimates=rows,
        means=means,
        frame=_nobody(frame),
        responses=_no_responses(year.responses),
        base=_shown_base(base_of(year.responses, frame, year.wave), frame, year.survey),
        wave=replace(year.wave, corrections=()),
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
    shown = _shown(rows, hidden)
    return shown, _shown_means(means, shown, survey), found


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
    """Estimates as they may be published: nothing but the keys, filled with SHOWN where a row is released.

    Where a group's base is hidden all its rows are, since a count without its base tells a reader nothing. Under ten answers
    counts are released and percent are not.
    """
    rows = rows.reset_index(drop=True).astype({"base": float})
    small = (rows["suppressed"] & (rows["base"] > 0)).to_numpy()
    baseless = small | _base_hidden(rows, hidden)
    told = ~(baseless | _is_hidden(rows, hidden))
    table = rows[[*KEYS, "population"]].assign(**dict.fromkeys(SHOWN, np.nan))
    table.loc[told, list(SHOWN)] = rows.loc[told, list(SHOWN)]
    table.loc[~baseless, "base"] = rows.loc[~baseless, "base"]
    table.loc[rows["base"] < SMALL_GROUP, COUNTS_ONLY] = np.nan
    reasons = rows["reason"].where(told, HIDDEN)
    return table.assign(suppressed=~told | rows["suppressed"], reason=reasons)[list(COLUMNS)]


def _base_hidden(rows: pd.DataFrame, hidden: set[tuple[str, str, str, str]]) -> np.ndarray:
    keys = zip(rows["item"], rows["segmentation"], rows["segment"], strict=True)
    bases = {(item, *where) for item, option, *where in hidden if option in (BASE, EVERYONE)}
    return np.fromiter((key in bases for key in keys), bool, len(rows))


def _shown_means(means: pd.DataFrame, rows: pd.DataFrame, survey: Survey) -> pd.DataFrame:
    """Means of groups in which every answer is shown, from ten answers, worked out of the counts that are shown.

    A mean of the answers as they were given would tell of half steps, which only members with two answers have.
    """
    table = means[[*MEAN_KEYS, "population"]].reset_index(drop=True).assign(**dict.fromkeys(MEAN_SHOWN, np.nan))
    shown = {key: one.set_index("option") for key, one in rows.groupby(["item", "segmentation", "segment"])}
    for place, row in enumerate(table.itertuples(index=False)):
        values = values_shown(
            survey.questionnaire.item(row.item), row.statistic, shown[row.item, row.segmentation, row.segment]
        )
        if len(values) >= SMALL_GROUP:
            table.loc[place, list(MEAN_SHOWN)] = (len(values), *mean_interval(values, int(row.population)))
    told = table["value"].notna()
    return table.assign(suppressed=~told, reason=np.where(told, "", HIDDEN))[list(MEAN_COLUMNS)]


def values_shown(item: Item, statistic: str, counts: pd.DataFrame) -> NDArray[np.float64]:
    """Every value behind a mean, from the counts of a group by option; none when any of them is hidden."""
    options = {option.label: option.score for option in item.inside}
    if item.kind in (RATING, NPS):
        options = {str(step): float(step) for step in range(item.low or 0, (item.high or 10) + 1)}
    said = counts["count"].reindex(list(options))
    if said.isna().any():
        return np.zeros(0)
    values = np.repeat(list(options.values()), said.astype(int))
    return nps_scores(values) if statistic == "nps" else values


def _shown_response(response: pd.DataFrame, minimum: int) -> pd.DataFrame:
    """Who answered, by published segmentation; a segmentation with a telling group is left out whole."""
    telling = (response["asked"] < minimum) | (
        (response["asked"] < SMALL_GROUP) & ((response["answered"] == 0) | (response["answered"] == response["asked"]))
    )
    withheld = set(response.loc[telling & (response["segmentation"] != KIND), "segmentation"])
    kept = response["segmentation"].isin(PUBLISHED) & ~response["segmentation"].isin(withheld)
    return response[kept & ~(telling & (response["segmentation"] == KIND))].reset_index(drop=True)


def _shown_base(base: Base, frame: Frame, survey: Survey) -> Base:
    """What lies under the figures, of the municipalities alone and without anything counted in the survey file."""
    return Base(
        accounting=Accounting((), (), 0, 0),
        response=_shown_response(base.response, survey.minimum_base),
        item_nonresponse=_of_municipalities(frame, survey),
        texts=base.texts[["item", "members"]].assign(texts=np.nan, median_words=np.nan),
        conflicts=0,
    )


def _of_municipalities(frame: Frame, survey: Survey) -> pd.DataFrame:
    """Item non-response as in Base, counted over municipalities alone: with the regions it would tell how they answered."""
    ids = frame.members.loc[frame.members["kind_of_member"] != REGION, "member_id"]
    states = frame.answers.loc[frame.answers["member_id"].isin(ids), ["member_id", "item", "state"]].drop_duplicates()
    counted = pd.crosstab(states["item"], states["state"]).reindex(columns=[ANSWERED, UNANSWERED], fill_value=0)
    rows = [(item.id, *counted.loc[item.id]) for item in survey.questionnaire.items if item.id in counted.index]
    return pd.DataFrame(
        [(name, int(a + m), int(a), int(m)) for name, a, m in rows], columns=["item", "asked", "answered", "missing"]
    )


def _no_export(export: Export) -> Export:
    return Export(export.file, export.platform, (), export.cells.iloc[:0, :0], export.rows.head(0))


def _no_responses(responses: Responses) -> Responses:
    return Responses(responses.respondents.head(0), responses.answers.head(0), Accounting((), (), 0, 0))


def _nobody(frame: Frame) -> Frame:
    """A Frame with its columns and no rows."""
    return Frame(
        frame.members.head(0),
        frame.answers.head(0),
        frame.by_role.head(0),
        frame.conflicts.head(0),
        frame.item_nonresponse,
    )
