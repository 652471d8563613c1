"""The three messages of page one, chosen by rule: the surest change, the highest value, the widest sure difference."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import islice
from math import isnan

import pandas as pd

from sekom_survey.counted.choices import counted_as_yes
from sekom_survey.counted.segment import ALL
from sekom_survey.counted.year import Year
from sekom_survey.found.compare.family import headline_items
from sekom_survey.found.facts import Fact
from sekom_survey.found.facts.contrasts import difference_words
from sekom_survey.found.facts.counted import leading_choice
from sekom_survey.found.facts.table import CHANGE, DIFFERENCE, SHARE
from sekom_survey.found.facts.words import said
from sekom_survey.found.verdict import CERTAIN, SURE, TOO_FEW
from sekom_survey.model import MULTI, NPS, RATING, SCALE, Item, Message, StripMark
from sekom_survey.shown.exhibits.notes import headed, those_counted
from sekom_survey.shown.headline import headline_names
from sekom_survey.text.swedish import DASH, count_of, lower_first, number, points

MOST = 3
IF_ALIKE = "om de som inte svarat liknar dem som svarat."


def messages(year: Year, facts: Sequence[Fact]) -> tuple[Message, ...]:
    """The surest change, the highest value and the widest sure difference; out of the facts alone.

    What a year does not have gives its place to the first core multi-choice question, need, satisfaction and the other headline
    questions, in that order.
    """
    ranked = [fact for fact in (surest_change(facts), _highest_value(year, facts), _widest(facts)) if fact]
    told = tuple(_of_fact(fact, year) for fact in ranked)
    return (*told, *islice(_further(year, {fact.item for fact in ranked}), MOST - len(told)))


def questions_of(facts: Sequence[Fact], year: Year) -> tuple[str, ...]:
    """The questions that the verdicts in the messages answer."""
    mine = [fact for fact in (surest_change(facts), _widest(facts)) if fact]
    return tuple(f"”{fact.verdict.capitalize()}” svarar på: {lower_first(fact.question)}" for fact in mine)


def news(year: Year, facts: Sequence[Fact]) -> str:
    """The year's surest news in one sentence; that no change is sure where all that were tried are told; "" elsewhere."""
    changes = [fact for fact in facts if fact.kind == CHANGE]
    sure = surest_change(facts)
    if sure is None:
        all_told = changes and {fact.item for fact in changes} >= {item.id for item in headline_items(year.survey)}
        return f"Ingen av de förändringar sedan {changes[0].second} som redovisas är säker." if all_told else ""
    item = year.wave.questionnaire.item(sure.item)
    did = said(item, leading_choice(item, sure.option))
    return f"{'Fler' if sure.difference > 0 else 'Färre'} {did} än {sure.second}."


def surest_change(facts: Sequence[Fact]) -> Fact | None:
    """The sure change with the lowest p, of equals the largest."""
    sure = [fact for fact in facts if fact.kind == CHANGE and fact.verdict in CERTAIN]
    return min(sure, key=lambda fact: (1.0 if isnan(fact.p) else fact.p, -abs(fact.difference)), default=None)


def _highest_value(year: Year, facts: Sequence[Fact]) -> Fact | None:
    """The highest share of the declared values; of two as high the one that more members gave."""
    names = {item.id for item in year.wave.questionnaire.named(year.wave.questionnaire.measures.value)}
    mine = [fact for fact in facts if fact.kind == SHARE and fact.item in names and fact.verdict != TOO_FEW]
    return max(mine, key=lambda fact: (fact.share, fact.first_count), default=None)


def _widest(facts: Sequence[Fact]) -> Fact | None:
    sure = [fact for fact in facts if fact.kind == DIFFERENCE and fact.verdict == SURE]
    return max(sure, key=lambda fact: abs(fact.difference), default=None)


def _of_fact(fact: Fact, year: Year) -> Message:
    figure = count_of(int(fact.first_count), int(fact.first_base))
    if fact.kind == SHARE:
        note = "Gäller dem som svarat."
        if not isnan(fact.low):
            low, high = (round(end * fact.first_population) for end in (fact.low, fact.high))
            note = _of_everybody(low, high, int(fact.first_population))
        return Message("Högsta värdet", figure, fact.sentence, note, marks=(StripMark(fact.share, ""),))
    second = count_of(int(fact.second_count), int(fact.second_base))
    known = not isnan(fact.low)
    note = f"{difference_words(fact) if known else points(fact.difference)}."
    if fact.kind == CHANGE:
        marks = (StripMark(fact.before, fact.second, last=True), StripMark(fact.share, fact.first))
        return Message("Säkraste förändringen", figure, fact.sentence, note, f"{fact.second}: {second}", marks)
    marks = (StripMark(fact.before, lower_first(fact.second)), StripMark(fact.share, lower_first(fact.first)))
    return Message("Största säkra skillnaden", figure, fact.sentence, note, f"mot {second}", marks)


def _further(year: Year, told: Collection[str]) -> Iterator[Message]:
    measures = year.wave.questionnaire.measures
    chosen = most_chosen(year)
    if chosen is not None and chosen["item"] not in told:
        yield _choice(year, year.wave.questionnaire.item(chosen["item"]), chosen)
    named = dict.fromkeys((measures.need, measures.satisfaction, *headline_names(year.survey)))
    yield from (message for name in named if name for message in _of_question(year, name))


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
        told = f"{number(row['low'], 1)}{DASH}{number(row['high'], 1)} {IF_ALIKE} " if year.survey.infers else ""
        interval = f"{told}{those_counted(year, int(row['base']), int(row['population']))}."
        lead = "Nöjdheten" if satisfaction else "Medelvärdet"
        yield Message(lead, number(row["value"], 1), f"{what} på en skala {item.low}{DASH}{item.high}.", interval)


def _highest(year: Year, items: tuple[Item, ...]) -> Iterator[Message]:
    named = {item.id: item for item in items}
    rows = _open(pd.concat([year.shares(item.id) for item in items]))
    rows = rows[rows["option"] == rows["item"].map({item.id: counted_as_yes(item) for item in items})]
    if rows.empty:
        return
    rows = rows.assign(part=rows["count"] / rows["base"]).sort_values(["part", "count"], ascending=False, kind="stable")
    row = rows.iloc[0]
    item = named[row["item"]]
    counted = count_of(int(row["count"]), int(row["base"]))
    most = f", flest av {number(len(items))}" if item.group else ""
    sentence = f"{counted} {year.survey.nouns.many} {said(item, leading_choice(item, row['option']))}{most}."
    lead = "Största behovet" if item.group and item.group == year.wave.questionnaire.measures.need else "Flest eniga"
    yield Message(lead, counted, sentence, _sure(row), marks=(StripMark(row["count"] / row["base"], ""),))


def _choice(year: Year, item: Item, row: pd.Series) -> Message:
    counted = count_of(int(row["count"]), int(row["base"]))
    sentence = f"{counted} {year.survey.nouns.many} {said(item, leading_choice(item, row['option']))}."
    return Message(
        "Vanligaste svaret", counted, sentence, _sure(row), marks=(StripMark(row["count"] / row["base"], ""),)
    )


def _sure(row: pd.Series) -> str:
    if pd.isna(row["low_members"]):
        return "Gäller dem som svarat."
    return _of_everybody(int(row["low_members"]), int(row["high_members"]), int(row["population"]))


def _of_everybody(low: int, high: int, population: int) -> str:
    """How many of all it may be: "43–56 av alla 80 om ..."."""
    return f"{low if low == high else f'{low}{DASH}{high}'} av alla {number(population)} {IF_ALIKE}"
