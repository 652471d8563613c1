"""The plan's section "Vad säger enkäten?", ready to paste: whole sentences, out of what the build may show."""

from __future__ import annotations

from collections.abc import Sequence

from sekom_survey.counted.year import Year
from sekom_survey.found.facts import Fact
from sekom_survey.found.facts.means import AVERAGE
from sekom_survey.found.facts.shares import ranked_sentence
from sekom_survey.found.facts.table import CHANGE, DIFFERENCE, MEAN, SHARE
from sekom_survey.found.facts.words import inside
from sekom_survey.found.verdict import CERTAIN, SURE, asked_phrase
from sekom_survey.model import NPS, RATING, SCALE, Item
from sekom_survey.shown.headline import headline_names
from sekom_survey.text.phrases import quoted
from sekom_survey.text.swedish import count_of, join_words, number
from sekom_survey.written.messages import chief_choice

FIRST = 3


def passage(year: Year, facts: Sequence[Fact], response: str, trust: str) -> tuple[str, ...]:
    """A paragraph on who answered and how far that goes, one on each headline question, one on what has surely changed or differs.

    Every number and verdict is one of `facts`; a question of which nothing may be told has no paragraph.
    """
    questions, members = year.wave.questionnaire, year.survey.of_members
    chosen = chief_choice(questions)
    names = dict.fromkeys(filter(None, (*headline_names(year.survey), questions.measures.satisfaction)))
    asked = [items for name in names if (items := questions.named(name)) and items[0].kind in (SCALE, RATING, NPS)]
    whose = f" {year.survey.nouns.many}" if members else ""
    told = (
        f"{response} {trust}".strip(),
        _choices(_of(facts, SHARE, (chosen,)), chosen, whose) if chosen else "",
        *(_matrix(facts, items) for items in asked if len(items) > 1),
        " ".join(filter(None, (_alone(facts, items[0]) for items in asked if len(items) == 1))),
        _sure(facts),
    )
    return tuple(filter(None, told))


def _of(facts: Sequence[Fact], kind: str, items: Sequence[Item], option: str = "") -> list[Fact]:
    """The facts of a kind on some items, the highest share first; of equals the one that more gave."""
    names = {item.id for item in items}
    mine = [
        fact
        for fact in facts
        if fact.kind == kind and fact.item in names and not fact.segmentation and (not option or fact.option == option)
    ]
    return sorted(mine, key=lambda fact: (-fact.share, -fact.first_count))


def _choices(rows: Sequence[Fact], item: Item, whose: str) -> str:
    """What most choose, and the two that come next: told as a sentence where survey.toml has words for it."""
    if not rows or not rows[0].first_count:
        return ""
    first, *others = [fact for fact in rows[:FIRST] if fact.first_count]
    alike = [fact for fact in rows if fact.first_count == first.first_count]
    if len(alike) > 1:
        names = join_words([_name(item, fact.option) for fact in alike])
        return f"Flest väljer {names}: {_counted(first)}{whose} vardera." if len(alike) <= FIRST else ""
    chosen = f"{_counted(first)}{whose} väljer {quoted(first.option)} på frågan {quoted(_asked(item))}."
    sentence = first.sentence if item.told else chosen
    after = [f"{_name(item, fact.option)} med {number(fact.first_count)}" for fact in others]
    return f"{sentence} Därefter kommer {join_words(after)}." if after else sentence


def _asked(item: Item) -> str:
    """The question without what is said of how to answer it; its label where it is no question."""
    question, mark, _ = (item.label if "?" in item.label else item.text).partition("?")
    return question + mark if mark else item.short


def _name(item: Item, label: str) -> str:
    return inside(label) if item.told else quoted(label)


def _matrix(facts: Sequence[Fact], items: Sequence[Item]) -> str:
    """Of scales how many give the highest answers to which row; of ratings the rows with the highest and the lowest mean."""
    if items[0].kind == SCALE:
        return _highest(facts, items)
    means = [(fact.first_count, item.short) for item in items for fact in _of(facts, MEAN, (item,), AVERAGE)]
    if len(means) < len(items):
        return ""
    (most, first), (least, last) = max(means), min(means)
    ends = f"på en skala {items[0].low}–{items[0].high}"
    told = f"Högst medelvärde har {quoted(first)}, {number(most, 1)} {ends}"
    return f"{told}, och lägst {quoted(last)}, {number(least, 1)}." if most > least else ""


def _alone(facts: Sequence[Fact], item: Item) -> str:
    """A rating's mean; of a scale how many give the highest answers."""
    if item.kind == SCALE:
        return _highest(facts, (item,))
    return " ".join(fact.sentence for fact in _of(facts, MEAN, (item,), AVERAGE))


def _highest(facts: Sequence[Fact], items: Sequence[Item]) -> str:
    """How many give the highest answers, of a matrix to the row where most do, and to which row fewest."""
    rows = _of(facts, SHARE, items)
    if not rows:
        return ""
    first, last = rows[0], rows[-1]
    sentence = ranked_sentence(first, rows, len(items))
    if len(rows) < len(items) or first.share == last.share:
        return sentence
    least = next(item for item in items if item.id == last.item)
    return f"{sentence} Lägst är andelen för {_row_name(least)}, {_counted(last)}."


def _row_name(item: Item) -> str:
    return inside(item.short) if item.told else quoted(item.short)


def _counted(fact: Fact) -> str:
    return count_of(int(fact.first_count), int(fact.first_base))


def _sure(facts: Sequence[Fact]) -> str:
    """Each sure change and each sure difference, by its one sentence, and the questions that their verdicts answer."""
    sure = [
        fact
        for fact in facts
        if (fact.kind == CHANGE and fact.verdict in CERTAIN) or (fact.kind == DIFFERENCE and fact.verdict == SURE)
    ]
    asked = dict.fromkeys(asked_phrase(fact.verdict, fact.question) for fact in sure)
    return " ".join((*(fact.sentence for fact in sure), *asked))
