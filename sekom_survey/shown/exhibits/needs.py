"""Needs against experienced values, pair by pair."""

from __future__ import annotations

import pandas as pd

from sekom_survey.counted.choices import counted_as_yes, highest_labels
from sekom_survey.counted.estimate import share_row
from sekom_survey.counted.year import Year
from sekom_survey.found.facts.gaps import gap_fact
from sekom_survey.found.facts.words import inside
from sekom_survey.model import Exhibit, Item
from sekom_survey.shown.exhibits.notes import base_span, count_cell, outside_note, share_cell, source_note
from sekom_survey.shown.exhibits.released import released
from sekom_survey.text.files import folded
from sekom_survey.text.phrases import quoted
from sekom_survey.text.swedish import count_of, lower_first


@released("Behov", "Andel med stort behov", "Andel med stort värde", "Jämförs med värdet av")
def need_value_matrix(year: Year) -> Exhibit | None:
    """Needs against experienced values, a point a pair of `measures.pairs`: where much is needed and little had."""
    questionnaire = year.wave.questionnaire
    asked = questionnaire.measures.pairs
    if not asked:
        return None
    rows = [
        (questionnaire.item(need), *(_top_row(year, questionnaire.item(name)) for name in (need, value)))
        for need, value in asked
    ]
    ends = [_highest(questionnaire.item(name)) for name in asked[0]]
    values = [questionnaire.item(value).short for _, value in asked]
    bases = pd.Series([row["base"] for _, *both in rows for row in both], dtype=float).dropna()
    told = [
        f"{need.short}: behov {_spoken(x)}, värde av {inside(value)} {_spoken(y)}."
        for (need, x, y), value in zip(rows, values, strict=True)
    ]
    return Exhibit(
        id="need_value",
        kind="matrix",
        title=_widest_gap(year),
        subtitle=f"Andel som svarar {ends[0]} om behovet, mot andel som svarar {ends[1]} om värdet",
        note=source_note(
            year,
            base_span(year, bases, int(rows[0][1]["population"])) if len(bases) else "inga svar",
            outside_note(tuple(questionnaire.item(name) for pair in asked for name in pair)),
            "På linjen är andelarna lika; under den är behovet större än värdet. Störst avstånd betyder inte att det är där det går att göra mest.",
        ),
        alt=f"Punkter. {' '.join(told)}",
        data=pd.DataFrame(
            [
                (_pair_name(need, value), x["share"], y["share"])
                for (need, x, y), value in zip(rows, values, strict=True)
            ],
            columns=["label", "x", "y"],
        ),
        table=pd.DataFrame(
            [
                (need.short, share_cell(x), share_cell(y), value)
                for (need, x, y), value in zip(rows, values, strict=True)
            ],
            columns=["Behov", "Andel med stort behov", "Andel med stort värde", "Jämförs med värdet av"],
        ),
    )


def _widest_gap(year: Year) -> str:
    """The pair of which the need is most ahead of the value, by the facts of the gaps."""
    asked = year.wave.questionnaire.measures.pairs
    gaps = [fact for pair in asked if (fact := gap_fact(year.estimates, year.survey, *pair))]
    if not gaps:
        return "Behov och upplevt värde"
    widest = max(gaps, key=lambda fact: fact.difference)
    if widest.difference <= 0:
        return "Inget behov är vanligare än det upplevda värdet"
    need, value = (quoted(year.wave.questionnaire.item(name).short) for name in (widest.item, widest.second))
    needed = count_of(int(widest.first_count), int(widest.first_base))
    had = count_of(int(widest.second_count), int(widest.second_base))
    pair = f"{need}, {needed} mot {had}" if need == value else f"{need}, {needed}, mot {value}, {had}"
    return f"Störst avstånd mellan behov och värde: {pair}"


def _pair_name(need: Item, value: str) -> str:
    """What a point compares: one name where both questions have it, else both."""
    return need.short if folded(need.short) == folded(value) else f"{need.short} mot {lower_first(value)}"


def _spoken(row: pd.Series) -> str:
    return "visas inte" if row["suppressed"] else count_cell(row)


def _top_row(year: Year, item: Item) -> pd.Series:
    return share_row(year.shares(item.id), item.id, counted_as_yes(item))


def _highest(item: Item) -> str:
    return " eller ".join(quoted(label) for label in highest_labels(item))
