"""Numbers, days and rankings: what lies in the middle, what it comes to together, and which place each answer got."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sekom_survey.counted.cells import RANKED
from sekom_survey.counted.count import values
from sekom_survey.counted.estimate import QUANTILES
from sekom_survey.counted.segment import ALL, TITLES, segment_order
from sekom_survey.counted.year import PUBLIC, Year
from sekom_survey.found.facts.means import means_of
from sekom_survey.found.facts.words import in_unit, value_words
from sekom_survey.model import ANSWERED, DATE, NUMBER, RANKING, REGION, UPLOAD, Exhibit, Item
from sekom_survey.shown.exhibits.answers import choices
from sekom_survey.shown.exhibits.asked import for_kinds, internal_only, line, too_few
from sekom_survey.shown.exhibits.notes import HIDDEN, asked_and, inserted, name_of, source_note, those_counted, under
from sekom_survey.shown.exhibits.released import released
from sekom_survey.stats.means import t_quantile, total_estimate, total_is_normal
from sekom_survey.text.files import folded
from sekom_survey.text.phrases import headed
from sekom_survey.text.swedish import lower_first, number

FIRST_PLACES = 3
HALF = "Hälften av svaren ligger mellan"


@released("Mått", "Värde")
@for_kinds(NUMBER, DATE)
def amount(year: Year, item_id: str) -> Exhibit | None:
    """A number or a day: its classes as bars with median and quartiles; in a public build the quartiles alone, rounded."""
    item = year.wave.questionnaire.item(item_id)
    means = year.means[(year.means["item"] == item_id) & (year.means["segmentation"] == ALL)].set_index("statistic")
    if means.empty or bool(means.loc["median", "suppressed"]):
        return too_few(year, item)
    lower, middle, upper = (value_words(item, means.at[name, "value"]) for name in QUANTILES)
    median = next(fact for fact in means_of(year.means, year.survey, item) if not fact.segmentation)
    title = median.sentence.removesuffix(".")
    said = f"{HALF} {lower} och {upper}, och medianen är {middle}."
    if year.build == PUBLIC:
        row = means.loc["median"]
        return _told_alone(year, item, title, said, (lower, middle, upper), row)
    bars = choices(year, item_id)
    return (
        None
        if bars is None
        else replace(
            bars,
            title=title,
            subtitle=under(title, item.text),
            note=inserted(bars.note, f"{said} {_total(year, item)}"),
        )
    )


def _told_alone(year: Year, item: Item, title: str, said: str, three: Sequence[str], row: pd.Series) -> Exhibit:
    lower, middle, upper = three
    table = pd.DataFrame({"Mått": [HALF, "Median"], "Värde": [f"{lower} och {upper}", middle]})
    base = those_counted(year, int(row["base"]), int(row["population"]))
    note = source_note(year, base, "Talen är avrundade.")
    return Exhibit(
        id=item.id,
        kind="table",
        title=title,
        subtitle=under(title, item.text),
        note=note,
        alt=said,
        data=table,
        table=table,
    )


def given(year: Year, item: Item) -> NDArray[np.float64]:
    """The numbers that were given, regions left out."""
    members = year.frame.members[year.frame.members["kind_of_member"] != REGION]
    found = values(year.frame.answers, item, list(members["member_id"]))
    return found[~np.isnan(found)]


def _total(year: Year, item: Item) -> str:
    """What the answers come to together and, where it is known how many could answer, what all may come to."""
    if not item.total:
        return ""
    known, (_, asked) = given(year, item), year.base.answered()
    together = f"Svaren är tillsammans {in_unit(_round(known.sum()), item)}."
    if not year.survey.infers or len(known) == asked:
        return together
    whole = (_estimated if total_is_normal(known) else _bounds)(known, asked, item)
    return f"{together} {whole}".strip()


def _estimated(known: NDArray[np.float64], asked: int, item: Item) -> str:
    """Student's interval of a total, with the finite population's correction."""
    total, error = total_estimate(len(known), asked, float(known.mean()), float(known.var(ddof=1)))
    half = t_quantile(0.975, len(known) - 1) * error
    reach = f"{_round(max(total - half, known.sum()))}–{_round(total + half)}"
    return f"Alla {number(asked)} tillsammans: omkring {in_unit(_round(total), item)} ({reach}) om de som inte svarat liknar dem som svarat."


def _bounds(known: NDArray[np.float64], asked: int, item: Item) -> str:
    """What can be said of a total of answers that are too skew for an interval."""
    if known.min() < 0:
        return "Svaren är för olika för att uppskatta alla tillsammans."
    most = known.sum() + (asked - len(known)) * known.max()
    return (
        f"Svaren är för skeva för att uppskatta alla {number(asked)} tillsammans: minst {in_unit(_round(known.sum()), item)}, "
        f"och högst {in_unit(_round(most), item)} om ingen som inte svarat ligger över det största svaret, "
        f"{in_unit(_round(known.max()), item)}."
    )


def _round(value: float) -> str:
    return number(value, 0 if abs(value) >= 100 or value == int(value) else 1)


@released("Svar", "Antal", "Andel", "Osäkerhet (kommuner)", "Möjligt spann")
@for_kinds(RANKING)
def ranking(year: Year, item_id: str) -> Exhibit | None:
    """First places as bars; in the office the table also has how many put each answer among the first three, and its mean place."""
    item, bars = year.wave.questionnaire.item(item_id), choices(year, item_id)
    if bars is None or bars.kind != "bars":
        return bars
    shown = replace(bars, note=inserted(bars.note, "Staplarna räknar förstaplatser."))
    return shown if year.build == PUBLIC else _with_places(shown, _places(year, item))


def _places(year: Year, item: Item) -> pd.DataFrame:
    """The place of each answer in each ranking, a column an answer; regions left out."""
    members = year.frame.members.loc[year.frame.members["kind_of_member"] != REGION, "member_id"]
    answers = year.frame.answers.table
    mine = answers[(answers["item"] == item.id) & (answers["state"] == ANSWERED) & answers["member_id"].isin(members)]
    return pd.DataFrame([{label: at for at, label in enumerate(order.split(RANKED), 1)} for order in mine["text"]])


def _with_places(shown: Exhibit, places: pd.DataFrame) -> Exhibit:
    first, mean = (places <= FIRST_PLACES).sum(), places.mean()
    columns = {
        f"Bland de {'tre' if len(places.columns) > FIRST_PLACES else 'två'} första": (
            first if len(places.columns) > FIRST_PLACES else (places <= FIRST_PLACES - 1).sum()
        ),
        "Medelplats": mean,
    }
    table = shown.table
    for heading, found in columns.items():
        whole = heading != "Medelplats"
        table = table.assign(
            **{heading: [_place(found.get(label), len(places), whole) for label in shown.table["Svar"]]}
        )
    return replace(shown, table=table)


def _place(value: float | None, base: int, whole: bool) -> str:
    if value is None:
        return "–"
    return f"{number(value)} av {number(base)}" if whole else number(value, 1)


@internal_only
@for_kinds(UPLOAD)
def uploads(year: Year, item_id: str) -> Exhibit | None:
    """How many answers came with a file; the files themselves are never read. Internal."""
    item = year.wave.questionnaire.item(item_id)
    headings = [folded(heading) for heading in year.export.headers]
    places = [headings.index(folded(text)) for text in (item.text, *item.wordings) if folded(text) in headings]
    filled = sum(year.export.cells.columns[place].filled for place in places)
    told = f"{number(filled)} svar har en fil. Filerna är inte lästa."
    return line(item.id, headed(name_of(item), told))


@internal_only
@for_kinds(NUMBER, DATE, matrix=True)
def segment_quartiles(year: Year, name: str, segmentation: str, title: str) -> Exhibit | None:
    """The median and the quartiles of a number or a day in each group; internal."""
    item = year.wave.questionnaire.named(name)[0]
    rows = year.means[(year.means["item"] == item.id) & (year.means["segmentation"] == segmentation)]
    if rows.empty or rows["suppressed"].all():
        return too_few(year, item, f"{name}_{segmentation}", title)
    groups = segment_order(segmentation, rows["segment"], year.survey.size_classes)
    by = rows.set_index(["segment", "statistic"])
    table = pd.DataFrame([_group_cells(item, group, by.loc[group]) for group in groups])
    total = year.means[(year.means["item"] == item.id) & (year.means["segment"] == ALL)].iloc[0]
    return Exhibit(
        id=f"{name}_{segmentation}", kind="table", title=title, subtitle=asked_and(item.text, f"Median, efter {lower_first(TITLES[segmentation])}"),
        note=source_note(year, those_counted(year, int(total["base"]), int(total["population"]))),
        alt=f"Tabell med {len(table)} rader.", data=table, table=table, internal=True,
    )  # fmt: skip


def _group_cells(item: Item, group: str, told: pd.DataFrame) -> dict[str, str]:
    hidden = bool(told["suppressed"].any())
    lower, middle, upper = (HIDDEN if hidden else value_words(item, told.at[name, "value"]) for name in QUANTILES)
    half = HIDDEN if hidden else f"{lower} och {upper}"
    return {"Grupp": group, "Svar": number(told["base"].max()), "Median": middle, HALF: half}
