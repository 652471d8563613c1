"""The plan's section "Vad säger enkäten?", ready to paste: whole sentences, out of what the build may show."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from sekom_survey.counted.choices import choice_of, counted_as_yes
from sekom_survey.counted.segment import ALL
from sekom_survey.counted.year import Year
from sekom_survey.found.facts import Fact
from sekom_survey.found.facts.table import CHANGE, DIFFERENCE
from sekom_survey.found.facts.words import inside, said
from sekom_survey.found.verdict import CERTAIN, SURE, asked_phrase
from sekom_survey.model import MULTI, NPS, RATING, SCALE, Item
from sekom_survey.shown.headline import headline_names
from sekom_survey.text.phrases import quoted
from sekom_survey.text.swedish import count_of, join_words, number, number_word

FIRST = 3


def passage(year: Year, facts: Sequence[Fact], response: str, trust: str) -> tuple[str, ...]:
    """A paragraph on who answered and how far that goes, one on each headline question, one on what has surely changed or differs.

    A question of which nothing may be told has no paragraph.
    """
    questions = year.wave.questionnaire
    chosen = next((item for item in questions.of_kind(MULTI) if item.core), None)
    names = dict.fromkeys(filter(None, (*headline_names(year.survey), questions.measures.satisfaction)))
    asked = [items for name in names if (items := questions.named(name)) and items[0].kind in (SCALE, RATING, NPS)]
    told = (
        f"{response} {trust}".strip(),
        _choices(year, chosen) if chosen else "",
        *(_matrix(year, items) for items in asked if len(items) > 1),
        " ".join(filter(None, (_alone(year, items[0]) for items in asked if len(items) == 1))),
        _sure(facts),
    )
    return tuple(filter(None, told))


def _choices(year: Year, item: Item) -> str:
    """What most choose, and the two that come next: told as a sentence where survey.toml has words for it."""
    rows = _open(year.shares(item.id)).sort_values("count", ascending=False, kind="stable")
    rows = rows[rows["option"].isin([option.label for option in item.inside])]
    if rows.empty or rows["count"].iloc[0] == 0:
        return ""
    alike = rows[rows["count"] == rows["count"].iloc[0]]
    if len(alike) > 1:
        names = join_words([_name(item, str(option)) for option in alike["option"]])
        return (
            f"Flest väljer {names}: {_counted(year, alike.iloc[0].to_dict())} vardera." if len(alike) <= FIRST else ""
        )
    first, *others = rows.head(FIRST).to_dict("records")
    option = str(first["option"])
    told = (
        said(item, choice_of(item, option))
        if item.told
        else f"väljer {quoted(option)} på frågan {quoted(_asked(item))}"
    )
    sentence = f"{_counted(year, first)} {told}."
    after = [f"{_name(item, str(row['option']))} med {number(row['count'])}" for row in others]
    return f"{sentence} Därefter kommer {join_words(after)}." if after else sentence


def _asked(item: Item) -> str:
    """The question without what is said of how to answer it; its label where it is no question."""
    question, mark, _ = (item.label if "?" in item.label else item.text).partition("?")
    return question + mark if mark else item.short


def _name(item: Item, label: str) -> str:
    return inside(label) if item.told else quoted(label)


def _matrix(year: Year, items: Sequence[Item]) -> str:
    """Of scales how many give the highest answers to which row; of ratings the rows with the highest and the lowest mean."""
    if items[0].kind == SCALE:
        return _highest(year, items)
    means = {item.short: value for item in items if (value := _mean_value(year, item)) is not None}
    if len(means) < len(items):
        return ""
    first, last = max(means, key=means.__getitem__), min(means, key=means.__getitem__)
    ends = f"på en skala {items[0].low}–{items[0].high}"
    told = f"Högst medelvärde har {quoted(first)}, {number(means[first], 1)} {ends}"
    return f"{told}, och lägst {quoted(last)}, {number(means[last], 1)}." if means[first] > means[last] else ""


def _alone(year: Year, item: Item) -> str:
    """A rating's mean; of a scale how many give the highest answers."""
    return _highest(year, (item,)) if item.kind == SCALE else _mean(year, item)


def _mean(year: Year, item: Item) -> str:
    mean = _mean_value(year, item)
    if mean is None:
        return ""
    value, ends = number(mean, 1), f"på en skala {item.low}–{item.high}"
    if year.survey.of_members and item.id == year.wave.questionnaire.measures.satisfaction:
        return f"Medlemmarnas genomsnittliga nöjdhet är {value} {ends}."
    return f"Medelvärdet för {quoted(item.short)} är {value} {ends}."


def _mean_value(year: Year, item: Item) -> float | None:
    rows = _open(year.means[(year.means["item"] == item.id) & (year.means["segmentation"] == ALL)])
    return next(iter(rows.loc[rows["statistic"] == "mean", "value"]), None)


def _highest(year: Year, items: Sequence[Item]) -> str:
    """How many give the highest answers, of a matrix to the row where most do, and to which row fewest."""
    rows = _open(pd.concat([year.shares(item.id) for item in items]))
    rows = rows[rows["option"] == rows["item"].map({item.id: counted_as_yes(item) for item in items})]
    if rows.empty:
        return ""
    rows = rows.assign(part=rows["count"] / rows["base"]).sort_values(["part", "count"], ascending=False, kind="stable")
    named = {item.id: item for item in items}
    first, last = rows.iloc[0].to_dict(), rows.iloc[-1].to_dict()
    most, least = named[first["item"]], named[last["item"]]
    sentence = f"{_counted(year, first)} {said(most, choice_of(most, first['option']))}"
    if len(rows) < len(items) or first["part"] == last["part"]:
        return f"{sentence}."
    counted = count_of(int(last["count"]), int(last["base"]))
    return f"{sentence}, flest av {number_word(len(items))}. Lägst är andelen för {_row_name(least)}, {counted}."


def _row_name(item: Item) -> str:
    return inside(item.short) if item.told else quoted(item.short)


def _counted(year: Year, row: dict) -> str:
    counted = count_of(int(row["count"]), int(row["base"]))
    return f"{counted} {year.survey.nouns.many}" if year.survey.of_members else counted


def _sure(facts: Sequence[Fact]) -> str:
    """Each sure change and each sure difference, by its one sentence, and the questions that their verdicts answer."""
    sure = [
        fact
        for fact in facts
        if (fact.kind == CHANGE and fact.verdict in CERTAIN) or (fact.kind == DIFFERENCE and fact.verdict == SURE)
    ]
    asked = dict.fromkeys(asked_phrase(fact.verdict, fact.question) for fact in sure)
    return " ".join((*(fact.sentence for fact in sure), *asked))


def _open(rows: pd.DataFrame) -> pd.DataFrame:
    told = ~rows["suppressed"].astype(bool)
    return rows[told & rows["share"].notna()] if "share" in rows else rows[told]
