"""The three messages of page one, chosen by rule from what the year has: what most chose, what is needed, how satisfied they are."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

import pandas as pd

from sekom_survey.counted.choices import counted_as_yes, highest_labels
from sekom_survey.counted.segment import ALL
from sekom_survey.counted.year import Year
from sekom_survey.model import MULTI, NPS, RATING, SCALE, Item
from sekom_survey.shown.exhibits.notes import headed, interval_cell, those_counted
from sekom_survey.shown.headline import headline_names
from sekom_survey.text.phrases import quoted
from sekom_survey.text.swedish import lower_first, number

MOST = 3
AS_THE_OTHERS = "om de som inte svarat liknar dem som svarat."
Message = tuple[str, str, str]


def messages(year: Year) -> tuple[Message, ...]:
    """(figure, sentence, uncertainty), each only from the estimates.

    The first core multi-choice question, the declared need and satisfaction; where one is missing, the next headline question.
    """
    measures = year.wave.questionnaire.measures
    chosen = most_chosen(year)
    named = dict.fromkeys((measures.need, measures.satisfaction, *headline_names(year.survey)))
    further = (message for name in named if name for message in _of_question(year, name))
    first = () if chosen is None else (_choice(year.wave.questionnaire.item(chosen["item"]), chosen),)
    return (*first, *islice(further, MOST - len(first)))


def most_chosen(year: Year) -> pd.Series | None:
    """The one option that most chose of the first core multi-choice question; None where there is none, or several share it."""
    item = next((it for it in year.wave.questionnaire.of_kind(MULTI) if it.core), None)
    rows = _open(year.shares(item.id)) if item else year.estimates.head(0)
    most = rows[rows["count"] == rows["count"].max()]
    return most.iloc[0] if len(most) == 1 else None


def _open(rows: pd.DataFrame) -> pd.DataFrame:
    told = ~rows["suppressed"].astype(bool)
    return rows[told & rows["share"].notna()] if "share" in rows else rows[told]


def _of_question(year: Year, name: str) -> Iterator[Message]:
    """A headline question as a message: its mean, or the row of a matrix that most give the highest answers."""
    items = year.wave.questionnaire.named(name)
    if items and items[0].kind in (RATING, NPS):
        yield from _mean(year, items[0])
    elif items and items[0].kind == SCALE:
        yield from _highest(year, items)


def _mean(year: Year, item: Item) -> Iterator[Message]:
    rows = _open(year.means[(year.means["item"] == item.id) & (year.means["segmentation"] == ALL)])
    satisfaction = item.id == year.wave.questionnaire.measures.satisfaction
    whose = "Medlemmarnas" if year.survey.of_members else "De svarandes"
    what = f"{whose} genomsnittliga nöjdhet" if satisfaction else headed(item.short, "medelvärde")
    for _, row in rows[rows["statistic"] == "mean"].iterrows():
        interval = f"{number(row['low'], 1)}–{number(row['high'], 1)} {AS_THE_OTHERS} " if year.survey.infers else ""
        asked = f"{those_counted(year, int(row['base']), int(row['population']))}."
        yield number(row["value"], 1), f"{what} på en skala {item.low}–{item.high}.", f"{interval}{asked}"


def _highest(year: Year, items: tuple[Item, ...]) -> Iterator[Message]:
    named = {item.id: item for item in items}
    rows = _open(pd.concat([year.shares(item.id) for item in items]))
    rows = rows[rows["option"] == rows["item"].map({item.id: counted_as_yes(item) for item in items})]
    if rows.empty:
        return
    row = rows.loc[(rows["count"] / rows["base"]).idxmax()]
    item = named[row["item"]]
    answers = " eller ".join(quoted(label) for label in highest_labels(item))
    if item.group and item.group == year.wave.questionnaire.measures.need:
        sentence = f"Störst andel har behov av {lower_first(item.short)}."
    elif item.group:
        sentence = f"Störst andel svarar {answers} på {quoted(item.short)}."
    else:
        sentence = f"{headed(item.short, f'så många svarar {answers}')}."
    yield f"{int(row['count'])} av {int(row['base'])}", sentence, _sure(row)


def _choice(item: Item, row: pd.Series) -> Message:
    said = headed(item.short, f"flest väljer {quoted(str(row['option']))}")
    return f"{int(row['count'])} av {int(row['base'])}", f"{said}.", _sure(row)


def _sure(row: pd.Series) -> str:
    return f"{interval_cell(row)} {AS_THE_OTHERS}" if interval_cell(row) else "Gäller dem som svarat."
