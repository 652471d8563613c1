"""Segments side by side: a dot with its interval for each group."""

from __future__ import annotations

import pandas as pd

from sekom_survey.counted.estimate import TOP
from sekom_survey.counted.segment import SIZE, TITLES, segment_order, size_class_texts
from sekom_survey.counted.year import Year
from sekom_survey.model import Exhibit
from sekom_survey.shown.exhibits.asked import if_asked
from sekom_survey.shown.exhibits.notes import (
    Row,
    count_cell,
    interval_cell,
    outside_note,
    records,
    share_cell,
    source_note,
    spoken,
)
from sekom_survey.shown.exhibits.released import released
from sekom_survey.text.swedish import join_words, lower_first


@released("Fråga", "Grupp", "Antal", "Andel", "Osäkerhet (kommuner)")
@if_asked
def segment_dots(year: Year, group: str, segmentation: str, title: str) -> Exhibit:
    """The share with one of the two highest answers on each row of a matrix, by segment, with exact intervals."""
    items = year.wave.questionnaire.group(group) or (year.wave.questionnaire.item(group),)
    shares = pd.concat([year.shares(item.id, segmentation) for item in items], ignore_index=True)
    shares["label"] = shares["item"].map({item.id: item.short for item in items})
    rows = _placed(shares[shares["option"] == TOP]).reset_index(drop=True)
    order = segment_order(segmentation, rows["segment"], year.survey.size_classes)
    rows["order"] = rows["segment"].map(order.index)
    question = items[0].group_text or items[0].text
    limits = "; ".join(size_class_texts(year.survey.size_classes)) + "." if segmentation == SIZE else ""
    return Exhibit(
        id=f"{group}_{segmentation}",
        kind="dots",
        title=title,
        subtitle=f"{question} Andel som svarar något av de två högsta, efter {lower_first(TITLES[segmentation])}",
        note=source_note(
            year,
            _bases(rows, order),
            limits,
            outside_note(items),
            "Strecken visar osäkerheten (95\u00a0%) om de som inte svarat liknar dem som svarat. Grupper med färre än "
            f"{year.survey.minimum_base} svar visas inte.",
        ),
        alt="Punkter med osäkerhetsstreck. " + " ".join(_sentences(rows)),
        data=rows[
            ["label", "segment", "order", "share", "low", "high", "count", "base", "population", "suppressed"]
        ].assign(verdict=""),
        table=_table(rows),
    )


def _placed(rows: pd.DataFrame) -> pd.DataFrame:
    """Groups under ten answers have no percent in a public build; the mark still needs its place, beside its count."""
    return rows.assign(
        share=rows["share"].fillna(rows["count"] / rows["base"]),
        low=rows["low"].fillna(rows["low_members"] / rows["population"]),
        high=rows["high"].fillna(rows["high_members"] / rows["population"]),
    )


def _bases(rows: pd.DataFrame, order: list[str]) -> str:
    most = rows.dropna(subset=["base"]).groupby("segment")[["base", "population"]].max().astype(int)
    order = [name for name in order if name in most.index]
    return (
        join_words([f"{name} {most.at[name, 'base']} av {most.at[name, 'population']}" for name in order])
        + " kommuner som mest"
    )


def _sentences(rows: pd.DataFrame) -> list[str]:
    """For each item what every group says of it."""
    said: dict[str, list[str]] = {}
    for row in records(rows):
        said.setdefault(row["label"], []).append(f"{row['segment']} {spoken(row)}")
    return [f"{label}: {', '.join(phrases)}." for label, phrases in said.items()]


def _table(rows: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame([_cells(row) for row in records(rows)])


def _cells(row: Row) -> dict[str, str]:
    return {
        "Fråga": row["label"],
        "Grupp": row["segment"],
        "Antal": count_cell(row),
        "Andel": share_cell(row),
        "Osäkerhet (kommuner)": interval_cell(row),
    }
