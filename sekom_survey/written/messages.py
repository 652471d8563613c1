"""The three messages of page one, chosen by rule: the surest change, the highest value, the widest sure difference."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import islice
from math import isnan

from sekom_survey.counted.year import Year
from sekom_survey.found.compare.family import headline_items
from sekom_survey.found.facts import Fact
from sekom_survey.found.facts.contrasts import difference_words
from sekom_survey.found.facts.counted import leading_choice
from sekom_survey.found.facts.means import AVERAGE
from sekom_survey.found.facts.shares import ranked_sentence
from sekom_survey.found.facts.table import CHANGE, DIFFERENCE, MEAN, SHARE
from sekom_survey.found.facts.words import said
from sekom_survey.found.verdict import CERTAIN, SURE, TOO_FEW, asked_phrase
from sekom_survey.model import MULTI, NPS, RATING, SCALE, Item, Message, Questionnaire, StripMark
from sekom_survey.shown.exhibits.notes import those_counted
from sekom_survey.shown.headline import headline_names
from sekom_survey.text.swedish import DASH, count_of, lower_first, number, percent_range, points

MOST = 3
IF_ALIKE = "om de som inte svarat liknar dem som svarat."


def messages(year: Year, facts: Sequence[Fact]) -> tuple[Message, ...]:
    """The surest change, the highest value and the widest sure difference; out of the facts alone.

    What a year does not have gives its place to the first core multi-choice question, need, satisfaction and the other headline
    questions, in that order.
    """
    ranked = [fact for fact in (surest_change(facts), _highest_value(year, facts), _widest(facts)) if fact]
    told = tuple(_of_fact(fact, year) for fact in ranked)
    return (*told, *islice(_further(year, facts, {fact.item for fact in ranked}), MOST - len(told)))


def questions_of(facts: Sequence[Fact], year: Year) -> tuple[str, ...]:
    """The questions that the verdicts in the messages answer."""
    mine = [fact for fact in (surest_change(facts), _widest(facts)) if fact]
    return tuple(asked_phrase(fact.verdict, fact.question) for fact in mine)


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
        return _of_share("Högsta värdet", fact, year)
    second = count_of(int(fact.second_count), int(fact.second_base))
    known = not isnan(fact.low)
    note = f"{difference_words(fact) if known else points(fact.difference)}."
    if fact.kind == CHANGE:
        marks = (StripMark(fact.before, fact.second, last=True), StripMark(fact.share, fact.first))
        return Message("Säkraste förändringen", figure, fact.sentence, note, f"{fact.second}: {second}", marks)
    marks = (StripMark(fact.before, lower_first(fact.second)), StripMark(fact.share, lower_first(fact.first)))
    return Message("Största säkra skillnaden", figure, fact.sentence, note, f"mot {second}", marks)


def _of_share(lead: str, fact: Fact, year: Year, sentence: str = "") -> Message:
    figure, marks = count_of(int(fact.first_count), int(fact.first_base)), (StripMark(fact.share, ""),)
    return Message(lead, figure, sentence or fact.sentence, _sure(fact, year), marks=marks)


def _further(year: Year, facts: Sequence[Fact], told: Collection[str]) -> Iterator[Message]:
    measures = year.wave.questionnaire.measures
    chosen = most_chosen(year, facts)
    if chosen is not None and chosen.item not in told:
        yield _of_share("Vanligaste svaret", chosen, year)
    named = dict.fromkeys((measures.need, measures.satisfaction, *headline_names(year.survey)))
    yield from (message for name in named if name for message in _of_question(year, facts, name, told))


def chief_choice(questionnaire: Questionnaire) -> Item | None:
    """The first multi-choice question of the core that was asked of all: what some were asked says nothing of the others."""
    return next((item for item in questionnaire.of_kind(MULTI) if item.core and not item.asked_if), None)


def most_chosen(year: Year, facts: Sequence[Fact]) -> Fact | None:
    """The one option that most chose of the chief multi-choice question; None where there is none, or several share it."""
    item = chief_choice(year.wave.questionnaire)
    mine = [fact for fact in facts if item and (fact.kind, fact.item) == (SHARE, item.id)]
    most = [fact for fact in mine if fact.first_count == max(one.first_count for one in mine)]
    return most[0] if len(most) == 1 else None


def _of_question(year: Year, facts: Sequence[Fact], name: str, told: Collection[str]) -> Iterator[Message]:
    """A headline question as a message: its mean, or the row of a matrix that most give the highest answers, if not told already."""
    items = year.wave.questionnaire.named(name)
    if items and items[0].kind in (RATING, NPS):
        yield from _mean(year, facts, items[0])
    elif items and items[0].kind == SCALE:
        yield from _highest(year, facts, items, told)


def _mean(year: Year, facts: Sequence[Fact], item: Item) -> Iterator[Message]:
    for fact in facts:
        if (fact.kind, fact.item, fact.option, fact.segmentation) == (MEAN, item.id, AVERAGE, ""):
            known = not isnan(fact.low)
            told = f"{number(fact.low, 1)}{DASH}{number(fact.high, 1)} {IF_ALIKE} " if known else ""
            everybody = int(fact.first_population) if known else int(fact.first_base)
            interval = f"{told}{those_counted(year, int(fact.first_base), everybody)}."
            lead = "Nöjdheten" if item.id == year.wave.questionnaire.measures.satisfaction else "Medelvärdet"
            yield Message(lead, number(fact.first_count, 1), fact.sentence, interval)


def _highest(year: Year, facts: Sequence[Fact], items: tuple[Item, ...], told: Collection[str]) -> Iterator[Message]:
    """The row that most give the highest answers; that it is first is said where no other is as high."""
    names = {item.id for item in items}
    mine = [fact for fact in facts if fact.kind == SHARE and fact.item in names and fact.verdict != TOO_FEW]
    if not mine:
        return
    best = max(mine, key=lambda fact: (fact.share, fact.first_count))
    if best.item in told:
        return
    need = items[0].group and items[0].group == year.wave.questionnaire.measures.need
    lead = "Största behovet" if need else "Flest eniga"
    yield _of_share(lead, best, year, ranked_sentence(best, mine, len(items)))


def _sure(fact: Fact, year: Year) -> str:
    """How many of all it may be: "43–56 av alla 80 om ..."; in percent of those whom the question concerns."""
    if isnan(fact.low):
        return "Gäller dem som svarat."
    concerned, everybody = int(fact.first_population), year.base.answered()[1]
    if concerned != everybody:
        return f"{percent_range(fact.low, fact.high)} av de omkring {number(concerned)} som frågan gäller, {IF_ALIKE}"
    low, high = (round(end * concerned) for end in (fact.low, fact.high))
    return f"{low if low == high else f'{low}{DASH}{high}'} av alla {number(concerned)}, {IF_ALIKE}"
