"""Claims that something comes first: paired comparisons within members, and how sure the first places are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

from sekom_survey.counted.choices import choice_of, choices_of
from sekom_survey.counted.count import ticks, values
from sekom_survey.found.claims import lookup
from sekom_survey.found.claims.finding import PARTLY, SUPPORTED, UNSUPPORTED, Basis, Finding, untestable
from sekom_survey.found.claims.shares import counted
from sekom_survey.found.facts.table import Fact
from sekom_survey.found.facts.words import said_of_rows
from sekom_survey.found.verdict import ALPHA, SURE, TOO_FEW
from sekom_survey.model import Item, Questionnaire
from sekom_survey.stats.arrays import Floats
from sekom_survey.stats.paired import mcnemar_exact
from sekom_survey.text.phrases import count_phrase, quoted
from sekom_survey.text.swedish import join_words, number_word
from sekom_survey.text.toml import Table


def pair_signs(scores: Floats, first: list[int]) -> Floats:
    """Whether each member puts each of `first` over each other item: +1, -1, or 0 for a tie or no common answer.

    `scores` has shape (members, items), NaN for no answer; the result (members, pairs), others within first.
    """
    others = [column for column in range(scores.shape[1]) if column not in first]
    gaps = [np.sign(scores[:, a] - scores[:, b]) for a, b in product(first, others)]
    return np.nan_to_num(np.stack(gaps, axis=1))


def surely_first(signs: Floats) -> bool:
    """Whether every pair is won by more members than chance gives: the sign test of each at 5 %, one-sided.

    All must pass, so that the error is at most 5 % without correction.
    Source: Dixon & Mood (1946), JASA 41:557-566; Berger (1982), Technometrics 24:295-300.
    """
    over, under = (signs > 0).sum(axis=0), (signs < 0).sum(axis=0)
    return all(
        won > lost and mcnemar_exact(int(lost), int(won)) <= 2 * ALPHA for won, lost in zip(over, under, strict=True)
    )


@dataclass(frozen=True)
class TopRanked:
    """`items` surely take the first places in a matrix, and `option` of `backing` is the most chosen."""

    group: str
    items: tuple[str, ...]
    backing: str
    option: str


def read_top_ranked(table: Table, questionnaire: Questionnaire) -> TopRanked:
    """Group, items; backing (an item) and option may be left out together."""
    group = lookup.group_id(table, questionnaire)
    items = lookup.item_ids(table, questionnaire)
    _within(table, questionnaire, group, items)
    backing = lookup.item_id(table, questionnaire, "backing") if "backing" in table.data else ""
    option = lookup.option(table, questionnaire, backing) if backing else ""
    return TopRanked(group, items, backing, option)


def _within(table: Table, questionnaire: Questionnaire, group: str, items: tuple[str, ...]) -> None:
    rows = [item.id for item in questionnaire.group(group)]
    for name in items if group else ():
        lookup.known(table, "items", name, rows, f"Raden i matrisen {group}")


def judge_top_ranked(rule: TopRanked, basis: Basis) -> Finding:
    """Supported when the first places are sure and backed; partly when they are held but not surely, or not backed."""
    items = list(basis.survey.questionnaire.group(rule.group))
    members = list(basis.municipalities["member_id"])
    scores = np.stack([values(basis.frame.answers, item, members) for item in items], axis=1)
    first = [i for i, item in enumerate(items) if item.id in rule.items]
    if (~np.isnan(scores[:, first])).sum(axis=0).min() < basis.survey.minimum_base:
        return untestable(f"För få {basis.survey.nouns.many} har svarat på frågan.")
    signs = pair_signs(scores, first)
    sure = surely_first(signs)
    backed = not rule.backing or _most_chosen(basis, rule)
    sentence = _rank_sentence(items, first, signs, sure, basis.survey.nouns.many) + _backing_sentence(
        basis, rule, backed
    )
    if not (signs.sum(axis=0) > 0).all():
        return Finding(UNSUPPORTED, sentence, _best_wording(items, scores))
    if sure and backed:
        return Finding(SUPPORTED, sentence)
    return Finding(PARTLY, sentence, f"{_names(items, first)} hör till det som får de högsta svaren.")


def _names(items: list[Item], places: list[int]) -> str:
    return join_words([quoted(items[place].short) for place in places])


def _rank_sentence(items: list[Item], first: list[int], signs: Floats, sure: bool, who: str) -> str:
    others = [i for i in range(len(items)) if i not in first]
    nearest = int(np.argmin(signs.sum(axis=0)))
    mine, rival = list(product(first, others))[nearest]
    over, under = int((signs[:, nearest] > 0).sum()), int((signs[:, nearest] < 0).sum())
    place = "första plats" if len(first) == 1 else f"de {number_word(len(first))} första platserna"
    return (
        f"Jämfört inom varje svar får {_names(items, first)} {place} bland {number_word(len(items))} delar"
        f"{'' if sure else ', men det är inte visat'}; närmast ligger {quoted(items[rival].short)}, som {under} {who} "
        f"sätter före och {over} efter {quoted(items[mine].short)}."
    )


def _most_chosen(basis: Basis, rule: TopRanked) -> bool:
    item = basis.item(rule.backing)
    best = max(choices_of(item), key=lambda choice: counted(basis, item, choice).count)
    return best.label == rule.option


def _backing_sentence(basis: Basis, rule: TopRanked, backed: bool) -> str:
    if not rule.backing:
        return ""
    item = basis.item(rule.backing)
    found = counted(basis, item, choice_of(item, rule.option))
    told = "är också det vanligaste svaret" if backed else "är däremot inte det vanligaste svaret"
    return f" {quoted(rule.option)} {told} på {quoted(item.short)}: {count_phrase(found.count, found.base)}."


def _best_wording(items: list[Item], scores: Floats) -> str:
    wins = [pair_signs(scores, [i]).sum() for i in range(len(items))]
    return f"De högsta svaren får {quoted(items[int(np.argmax(wins))].short)}."


@dataclass(frozen=True)
class SegmentPriority:
    """`items` are what a segment needs most, and more than `against` does: both readings of "ask most for"."""

    group: str
    items: tuple[str, ...]
    segmentation: str
    segment: str
    against: str


def read_segment_priority(table: Table, questionnaire: Questionnaire) -> SegmentPriority:
    """Group, items, segmentation, segment, against."""
    group = lookup.group_id(table, questionnaire)
    items = lookup.item_ids(table, questionnaire)
    _within(table, questionnaire, group, items)
    return SegmentPriority(
        group,
        items,
        lookup.segmentation(table),
        table.text("segment", required=True),
        table.text("against", required=True),
    )


def judge_segment_priority(rule: SegmentPriority, basis: Basis) -> Finding:
    """Supported when both readings hold: surely first within the segment, and one item at least surely more than elsewhere."""
    facts = {
        name: basis.contrast(name, _top(basis, name), rule.segmentation, rule.segment, rule.against)
        for name in rule.items
    }
    missing = [name for name, fact in facts.items() if fact is None]
    if missing:
        return untestable(undeclared([basis.item(name).short for name in missing], rule.segment, rule.against))
    known = [fact for fact in facts.values() if fact is not None]
    if all(fact.verdict == TOO_FEW for fact in known):
        return untestable(f"Grupperna {rule.segment} och {rule.against} har för få svar.")
    items = list(basis.survey.questionnaire.group(rule.group))
    signs, first = _segment_signs(basis, rule, items)
    top = surely_first(signs)
    more = [fact for fact in known if fact.verdict == SURE and fact.difference > 0]
    sentence = f"{_within_sentence(rule, items, first, top)} {' '.join(fact.sentence for fact in known)}"
    if top and more:
        return Finding(SUPPORTED, sentence)
    return Finding(PARTLY if top or more else UNSUPPORTED, sentence, _true_parts(basis, rule, more, top))


def undeclared(names: Sequence[str], first: str, second: str) -> str:
    """Why a claim about a difference cannot be tested: the comparison was not declared."""
    told = join_words([quoted(name) for name in names])
    return f"Jämförelsen mellan {first} och {second} för {told} är inte en av dem som bestämts i survey.toml ([[contrasts]])."


def _top(basis: Basis, name: str) -> str:
    return choices_of(basis.item(name))[0].label


def _segment_signs(basis: Basis, rule: SegmentPriority, items: list[Item]) -> tuple[Floats, list[int]]:
    members = basis.municipalities
    inside = list(members.loc[members[rule.segmentation] == rule.segment, "member_id"])
    tops = [ticks(basis.frame.answers, item, inside, choices_of(item)[:1])[:, 0] for item in items]
    first = [i for i, item in enumerate(items) if item.id in rule.items]
    return pair_signs(np.stack(tops, axis=1), first), first


def _within_sentence(rule: SegmentPriority, items: list[Item], first: list[int], sure: bool) -> str:
    told = "säkert" if sure else "inte säkert"
    return f"I gruppen {rule.segment} kommer {_names(items, first)} {told} först av {number_word(len(items))}."


def _true_parts(basis: Basis, rule: SegmentPriority, more: Sequence[Fact], top: bool) -> str:
    if more:
        did = said_of_rows([basis.item(fact.item) for fact in more])
        return f"En större andel i gruppen {rule.segment} än i gruppen {rule.against} {did}."
    if top:
        names = join_words([quoted(basis.item(name).short) for name in rule.items])
        return (
            f"I gruppen {rule.segment} kommer {names} först, men skillnaden mot gruppen {rule.against} är inte säker."
        )
    return f"Skillnaderna mellan grupperna {rule.segment} och {rule.against} är inte säkra."
