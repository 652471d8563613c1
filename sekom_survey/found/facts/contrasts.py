"""The declared contrasts of a year, judged once; every text reads them here."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from sekom_survey.counted.choices import Choice
from sekom_survey.counted.segment import SIZE, UNKNOWN, segment_order
from sekom_survey.found.facts.counted import counted, has_few, leading_choice
from sekom_survey.found.facts.table import AFTERWARDS, DIFFERENCE, EXPLORATION, FORESEEN, Fact
from sekom_survey.found.facts.words import said
from sekom_survey.found.verdict import EXPLORED, TOO_FEW, difference_question, judge_contrast
from sekom_survey.model import Contrast, Item, Survey
from sekom_survey.stats.proportions import Group, newcombe_interval
from sekom_survey.text.swedish import count_of, join_words, lower_first, points, sentence_case, signed


def contrast_facts(estimates: pd.DataFrame, survey: Survey) -> Iterator[Fact]:
    """A fact for each contrast of survey.toml, in order; none where a group is hidden to protect somebody."""
    for contrast in survey.contrasts:
        item = survey.questionnaire.item(contrast.item)
        fact = _fact(contrast, item, leading_choice(item, contrast.option), estimates, survey)
        if fact is not None:
            yield fact


def _fact(contrast: Contrast, item: Item, choice: Choice, estimates: pd.DataFrame, survey: Survey) -> Fact | None:
    status = FORESEEN if survey.was_foreseen(contrast) else AFTERWARDS
    groups = [
        counted(estimates, item, choice, contrast.segmentation, name) for name in (contrast.first, contrast.second)
    ]
    declared = len(survey.contrasts)
    common = Fact(
        kind=DIFFERENCE, item=item.id, name=item.short, option=choice.label, segmentation=contrast.segmentation,
        first=contrast.first, second=contrast.second, status=status, question=difference_question(declared),
    )  # fmt: skip
    first, second = groups
    if first is None or second is None:
        names = (contrast.first, contrast.second)
        places = [(estimates, item, choice, contrast.segmentation, name, survey.minimum_base) for name in names]
        if not any(has_few(*place) for place in places):
            return None
        return common.but(verdict=TOO_FEW, sentence=few_sentence(common, survey.nouns.many))
    found = judge_contrast(first, second, declared, survey.comparisons.equivalence)
    return common.of(first, second).but(
        difference=found.difference, low=found.low, high=found.high, p=found.p, verdict=found.verdict,
        missed=found.missed,
        sentence=difference_sentence(
            common.but(verdict=found.verdict), first, second, survey.nouns.many, said(item, choice)
        ),
    )  # fmt: skip


def few_sentence(fact: Fact, who: str) -> str:
    """Why two groups are not compared: "Stora och små kommuner har ...", "Kommuner i Norrland och i Götaland har ..."."""
    return f"{both_groups(fact, who)} har för få svar för att jämföras."


def both_groups(fact: Fact, who: str) -> str:
    """The two groups as a sentence begins: "Stora och små kommuner"."""
    names = ("", who) if fact.segmentation == SIZE else (who, "")
    told = [group_name(fact.segmentation, *pair) for pair in zip((fact.first, fact.second), names, strict=True)]
    return sentence_case(join_words(told))


def difference_sentence(fact: Fact, first: Group, second: Group, who: str, did: str) -> str:
    """Both groups' counts and the verdict: "9 av 10 stora kommuner har ... , mot 11 av 25 små: säker skillnad"."""
    ahead, behind = group_name(fact.segmentation, fact.first, who), group_name(fact.segmentation, fact.second)
    ending = f": {fact.verdict}" if fact.verdict else ""
    return f"{count_of(first.count, first.base)} {ahead} {did}, mot {count_of(second.count, second.base)} {behind}{ending}."


def group_name(segmentation: str, segment: str, who: str = "") -> str:
    """A group in a sentence: "stora kommuner", "kommuner i Norrland"; without `who` where they have just been named."""
    parts = (lower_first(segment), who) if segmentation == SIZE else (who, f"i {segment}")
    return " ".join(filter(None, parts))


def difference_words(fact: Fact) -> str:
    """The difference with its interval: "+46 procentenheter (+19 till +62)"."""
    return f"{points(fact.difference)} ({signed(100 * fact.low)} till {signed(100 * fact.high)})"


def explored_facts(estimates: pd.DataFrame, items: list[Item], survey: Survey, segmentation: str) -> Iterator[Fact]:
    """Highest against lowest group for each item, with its interval and no verdict word; declared ones left out."""
    declared = {(one.item, one.segmentation) for one in survey.contrasts}
    present = estimates.loc[estimates["segmentation"] == segmentation, "segment"].unique()
    names = [n for n in segment_order(segmentation, present, survey.size_classes) if n != UNKNOWN]
    for item in items:
        if (item.id, segmentation) not in declared and (
            fact := _explored(item, names, estimates, segmentation, survey.nouns.many)
        ):
            yield fact


def _explored(item: Item, names: list[str], estimates: pd.DataFrame, segmentation: str, who: str) -> Fact | None:
    choice = leading_choice(item)
    groups = {name: counted(estimates, item, choice, segmentation, name) for name in names}
    seen = {name: group for name, group in groups.items() if group is not None}
    if len(seen) < 2:
        return None
    first, second = max(seen, key=lambda n: seen[n].share), min(seen, key=lambda n: seen[n].share)
    low, high = newcombe_interval(seen[first], seen[second])
    fact = Fact(
        kind=DIFFERENCE, item=item.id, name=item.short, option=choice.label, segmentation=segmentation, first=first,
        second=second, status=EXPLORATION, verdict=EXPLORED, low=low, high=high, difference=seen[first].share - seen[second].share,
        question="Var ligger den största skillnaden mellan grupperna? Utforskning, som inget omdöme ges om.",
    )  # fmt: skip
    told = difference_sentence(fact, seen[first], seen[second], who, said(item, choice))
    return fact.of(seen[first], seen[second]).but(sentence=told)
