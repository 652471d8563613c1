"""Segments side by side: a dot with its interval for each group."""

from __future__ import annotations

from collections.abc import Sequence
from math import isnan

import pandas as pd

from sekom_survey.counted.choices import PROMOTERS, counted_as_yes
from sekom_survey.counted.segment import SEGMENT_ROLE, SIZE, TITLES, segment_order, size_class_texts
from sekom_survey.counted.year import PUBLIC, Year
from sekom_survey.found.facts.means import AVERAGE, means_of
from sekom_survey.found.facts.table import Fact
from sekom_survey.model import (
    CONSENT,
    DATE,
    MULTI,
    NPS,
    NUMBER,
    OTHER_OPTION,
    RANKING,
    RATING,
    SCALE,
    SINGLE,
    TEXT,
    Exhibit,
    Item,
)
from sekom_survey.shown.exhibits.asked import cannot, for_kinds, if_asked, too_few
from sekom_survey.shown.exhibits.notes import (
    HIDDEN,
    Row,
    asked_and,
    count_cell,
    interval_cell,
    outside_note,
    placed,
    records,
    share_cell,
    source_note,
    spoken,
    top_words,
    uncertainty,
)
from sekom_survey.shown.exhibits.released import released
from sekom_survey.text.phrases import after
from sekom_survey.text.swedish import DASH, join_words, lower_first, number

MOST_OPTIONS = 8
CHOSEN = (SINGLE, MULTI, RANKING, CONSENT)
DRAWN = (*CHOSEN, SCALE, NPS)

ONCE = "Varje kommun räknas en gång, i den roll vars svar gäller: tjänstepersonens när någon sådan har svarat."


@released("Fråga", "Svar", "Grupp", "Antal", "Andel", "Osäkerhet (kommuner)")
@if_asked
def segment_dots(year: Year, name: str, segmentation: str, title: str) -> Exhibit:
    """Answers by segment, with exact intervals: the highest answers on each row of a scale, else the commonest options."""
    items = year.wave.questionnaire.named(name)
    if items[0].kind not in DRAWN:
        return cannot(items[0], f"{name}_{segmentation}", instead=_instead(items[0]))
    rows = _rows(year, items, segmentation)
    if rows.empty or rows["suppressed"].all():
        return too_few(year, items[0], f"{name}_{segmentation}", title)
    order = segment_order(segmentation, rows["segment"], year.survey.size_classes)
    rows["order"] = rows["segment"].map(order.index)
    question = items[0].group_text or items[0].text
    limits = "; ".join(size_class_texts(year.survey.size_classes)) + "." if segmentation == SIZE else ""
    return Exhibit(
        id=f"{name}_{segmentation}",
        kind="dots",
        title=title,
        subtitle=asked_and(question, f"{_what(items[0])}, efter {lower_first(TITLES[segmentation])}"),
        note=source_note(
            year,
            _bases(rows, order, year.survey.nouns.many),
            limits,
            ONCE if segmentation == SEGMENT_ROLE and year.build == PUBLIC and year.survey.of_members else "",
            outside_note(items),
            uncertainty(year),
            f"Grupper med färre än {year.survey.minimum_base} svar visas inte." if rows["suppressed"].any() else "",
        ),
        alt="Punkter med osäkerhetsstreck. " + " ".join(_sentences(rows)),
        data=rows[
            ["label", "segment", "order", "share", "low", "high", "count", "base", "population", "suppressed"]
        ].assign(verdict=""),
        table=_table(rows, "Svar" if items[0].kind in CHOSEN else "Fråga"),
    )


def _instead(item: Item) -> str:
    """Where a kind that has no share to put as a dot is shown for groups."""
    return {
        TEXT: "Svar med egna ord visas för grupper efter tema, när frågan har en kodbok.",
        RATING: "Betyg visas för grupper som medelvärden: ställ frågan under ett kapitel med split i survey.toml.",
        NUMBER: "Tal visas för grupper som medianer, i den interna rapporten.",
        DATE: "Datum visas för grupper som medianer, i den interna rapporten.",
    }.get(item.kind, "Frågan visas för alla som svarat, i sitt kapitel.")


def _rows(year: Year, items: Sequence[Item], segmentation: str) -> pd.DataFrame:
    """The rows of the estimates to draw, with what each line is called."""
    shares = pd.concat([year.shares(item.id, segmentation) for item in items], ignore_index=True)
    if items[0].kind in CHOSEN:
        commonest = _commonest(year, items[0])
        shares = shares[shares["option"].isin(commonest)]
        shares = shares.sort_values("option", key=lambda names: names.map(commonest.index), kind="stable")
        return placed(shares.assign(label=shares["option"])).reset_index(drop=True)
    counted = {item.id: PROMOTERS if item.kind == NPS else counted_as_yes(item) for item in items}
    shares["label"] = shares["item"].map({item.id: item.short for item in items})
    return placed(shares[shares["option"] == shares["item"].map(counted)]).reset_index(drop=True)


def _commonest(year: Year, item: Item) -> list[str]:
    """The options within the scale that most have chosen, in the order of the form."""
    inside = {option.label for option in item.options if not option.outside} | {OTHER_OPTION}
    total = year.shares(item.id)
    total = total[total["option"].isin(inside)]
    most = set(total.sort_values("count", ascending=False, kind="stable")["option"].head(MOST_OPTIONS))
    return [option for option in total["option"] if option in most]


def _what(item: Item) -> str:
    if item.kind == NPS:
        return f"Andel som svarar {PROMOTERS}"
    if item.kind == RANKING:
        return "Andel som sätter varje svar först"
    if item.kind == SCALE:
        return f"Andel som svarar {top_words(item)}"
    return f"Andel som {'väljer' if item.kind == MULTI else 'ger'} varje svar"


def _bases(rows: pd.DataFrame, order: list[str], nouns: str) -> str:
    most = rows.dropna(subset=["base"]).groupby("segment")[["base", "population"]].max().astype(int)
    order = [name for name in order if name in most.index]
    if not order:
        return "inga grupper som visas"
    return (
        join_words([f"{name} {most.at[name, 'base']} av {most.at[name, 'population']}" for name in order])
        + f" {nouns} som mest"
    )


def _sentences(rows: pd.DataFrame) -> list[str]:
    """For each item what every group says of it."""
    said: dict[str, list[str]] = {}
    for row in records(rows):
        said.setdefault(row["label"], []).append(f"{row['segment']} {spoken(row)}")
    return [f"{after(label, ', '.join(phrases))}." for label, phrases in said.items()]


def _table(rows: pd.DataFrame, first: str) -> pd.DataFrame:
    return pd.DataFrame([_cells(row, first) for row in records(rows)])


def _cells(row: Row, first: str) -> dict[str, str]:
    return {
        first: row["label"],
        "Grupp": row["segment"],
        "Antal": count_cell(row),
        "Andel": share_cell(row),
        "Osäkerhet (kommuner)": interval_cell(row),
    }


@released("Fråga", "Grupp", "Medelvärde", "Osäkerhet")
@for_kinds(RATING, NPS, SCALE, matrix=True)
def segment_means(year: Year, name: str, segmentation: str, title: str) -> Exhibit:
    """Each group's mean rating with its interval, one row a question and group."""
    items = year.wave.questionnaire.named(name)
    means = year.means[(year.means["segmentation"] == segmentation) & (year.means["statistic"] == AVERAGE)]
    rows = pd.concat([means[means["item"] == item.id] for item in items], ignore_index=True)
    if rows.empty or rows["suppressed"].all():
        return too_few(year, items[0], f"{name}_{segmentation}", title)
    told = [fact for item in items for fact in means_of(means, year.survey, item)]
    facts = {(fact.item, fact.first): fact for fact in told}
    labels = {item.id: item.short for item in items}
    return Exhibit(
        id=f"{name}_{segmentation}",
        kind="table",
        title=title,
        subtitle=asked_and(
            items[0].group_text or items[0].text, f"Medelvärde, efter {lower_first(TITLES[segmentation])}"
        ),
        note=source_note(
            year,
            _bases(
                rows[~rows["suppressed"]],
                segment_order(segmentation, rows["segment"], year.survey.size_classes),
                year.survey.nouns.many,
            ),
            uncertainty(year, "Intervallet"),
        ),
        alt=" ".join((f"Tabell med {len(rows)} rader.", *(fact.sentence for fact in told))),
        data=rows[["item", "segment", "base", "population", "value", "low", "high", "suppressed"]],
        table=pd.DataFrame(
            [
                {"Fråga": labels[name], "Grupp": group, **_mean_cells(facts.get((name, group)))}
                for name, group in zip(rows["item"], rows["segment"], strict=True)
            ]
        ),
    )


def _mean_cells(fact: Fact | None) -> dict[str, str]:
    if fact is None:
        return {"Medelvärde": HIDDEN, "Osäkerhet": HIDDEN}
    interval = "" if isnan(fact.low) else f"{number(fact.low, 1)}{DASH}{number(fact.high, 1)}"
    return {"Medelvärde": number(fact.first_count, 1), "Osäkerhet": interval}
