"""Claims that something comes first: paired comparisons within members, and how sure the first places are."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import numpy as np

from sekom_survey.counted.estimate import TOP
from sekom_survey.counted.yes import Floats, choice_of, choices_of, ticks, values
from sekom_survey.found.claims import lookup
from sekom_survey.found.claims.finding import PARTLY, SUPPORTED, UNSUPPORTED, Basis, Finding, untestable
from sekom_survey.found.claims.lookup import one_sided_p, segment_group
from sekom_survey.found.claims.shares import counted
from sekom_survey.model import Item, Questionnaire
from sekom_survey.stats.difference import Group, newcombe_interval
from sekom_survey.stats.permutation import SEED
from sekom_survey.text.phrases import count_phrase, difference_phrase, quoted
from sekom_survey.text.swedish import count_of, join_words, number_word, percent
from sekom_survey.text.toml import Table

DRAWS = 4_000


def pair_signs(scores: Floats, first: list[int]) -> Floats:
    """Whether each member puts each of `first` over each other item: +1, -1, or 0 for a tie or no common answer.

    `scores` has shape (members, items), NaN for no answer; the result (members, pairs), others within first.
    """
    others = [column for column in range(scores.shape[1]) if column not in first]
    gaps = [np.sign(scores[:, a] - scores[:, b]) for a, b in product(first, others)]
    return np.nan_to_num(np.stack(gaps, axis=1))


def first_place_probability(signs: Floats, draws: int = DRAWS, seed: int = SEED) -> float:
    """How often those in front win every pair when the members are drawn anew with replacement.

    A pair is won when more members put the one in front over the other than the other way round; seeded.
    Source: Hall & Miller (2009), Annals of Statistics 37:3929-3959, on the bootstrap of ranks.
    """
    members = len(signs)
    times = np.random.default_rng(seed).multinomial(members, np.full(members, 1 / members), size=draws)
    return float(((times @ signs) > 0).all(axis=1).mean())


@dataclass(frozen=True)
class TopRanked:
    """`items` take the first places in a matrix with `probability`, and `option` of `backing` is the most chosen."""

    group: str
    items: tuple[str, ...]
    probability: float
    backing: str
    option: str


def read_top_ranked(table: Table, questionnaire: Questionnaire) -> TopRanked:
    """Group, items, probability; backing (an item) and option may be left out together."""
    group = lookup.group_id(table, questionnaire)
    items = lookup.item_ids(table, questionnaire)
    _within(table, questionnaire, group, items)
    backing = lookup.item_id(table, questionnaire, "backing") if "backing" in table.data else ""
    option = lookup.option(table, questionnaire, backing) if backing else ""
    return TopRanked(group, items, lookup.share(table, "probability", 0.8), backing, option)


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
        return untestable("För få kommuner har svarat på frågan.")
    signs = pair_signs(scores, first)
    probability = first_place_probability(signs)
    backed = not rule.backing or _most_chosen(basis, rule)
    sentence = _rank_sentence(items, first, signs, probability) + _backing_sentence(basis, rule, backed)
    if not (signs.sum(axis=0) > 0).all():
        return Finding(UNSUPPORTED, sentence, _best_wording(items, scores))
    sure = probability >= rule.probability
    if sure and backed:
        return Finding(SUPPORTED, sentence)
    return Finding(PARTLY, sentence, f"{_names(items, first)} hör till det som värderas högst.")


def _names(items: list[Item], places: list[int]) -> str:
    return join_words([quoted(items[place].short) for place in places])


def _rank_sentence(items: list[Item], first: list[int], signs: Floats, probability: float) -> str:
    others = [i for i in range(len(items)) if i not in first]
    nearest = int(np.argmin(signs.sum(axis=0)))
    mine, rival = list(product(first, others))[nearest]
    over, under = int((signs[:, nearest] > 0).sum()), int((signs[:, nearest] < 0).sum())
    place = "första plats" if len(first) == 1 else f"de {number_word(len(first))} första platserna"
    return (
        f"Jämfört inom varje kommun får {_names(items, first)} {place} bland {len(items)} delar med sannolikheten "
        f"{_chance(probability)}; närmast ligger {quoted(items[rival].short)}, som {under} kommuner "
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
    return f"Högst värderas {quoted(items[int(np.argmax(wins))].short)}."


@dataclass(frozen=True)
class SegmentPriority:
    """`items` are what a segment needs most, and more than `against` does: both readings of "ask most for"."""

    group: str
    items: tuple[str, ...]
    segmentation: str
    segment: str
    against: str
    probability: float
    level: float


def read_segment_priority(table: Table, questionnaire: Questionnaire) -> SegmentPriority:
    """Group, items, segmentation, segment, against, probability, level."""
    group = lookup.group_id(table, questionnaire)
    items = lookup.item_ids(table, questionnaire)
    _within(table, questionnaire, group, items)
    return SegmentPriority(
        group,
        items,
        lookup.segmentation(table),
        table.text("segment", required=True),
        table.text("against", required=True),
        lookup.share(table, "probability", 0.8),
        lookup.share(table, "level", 0.90),
    )


def judge_segment_priority(rule: SegmentPriority, basis: Basis) -> Finding:
    """Supported when both readings hold, partly when one does."""
    items = list(basis.survey.questionnaire.group(rule.group))
    groups = {name: _pair(basis, rule, name) for name in rule.items}
    if any(pair is None for pair in groups.values()):
        return untestable(f"Grupperna {rule.segment} och {rule.against} har för få svar.")
    signs, first = _segment_signs(basis, rule, items)
    probability = first_place_probability(signs)
    top = probability >= rule.probability
    gaps = {name: newcombe_interval(*pair, rule.level) for name, pair in groups.items() if pair}
    more = any(low > 0 for low, _ in gaps.values())
    sentence = f"{_within_sentence(rule, items, first, probability)} {_against_sentence(basis, rule, groups, gaps)}"
    p = min(1.0, len(groups) * min(one_sided_p(*pair) for pair in groups.values() if pair))
    if top and more:
        return Finding(SUPPORTED, sentence, p=p)
    wording = _true_parts(basis, rule, gaps, top)
    return Finding(PARTLY if top or more else UNSUPPORTED, sentence, wording, p)


def _pair(basis: Basis, rule: SegmentPriority, name: str) -> tuple[Group, Group] | None:
    sides = [segment_group(basis, name, TOP, rule.segmentation, segment) for segment in (rule.segment, rule.against)]
    return None if sides[0] is None or sides[1] is None else (sides[0], sides[1])


def _segment_signs(basis: Basis, rule: SegmentPriority, items: list[Item]) -> tuple[Floats, list[int]]:
    members = basis.municipalities
    inside = list(members.loc[members[rule.segmentation] == rule.segment, "member_id"])
    tops = [ticks(basis.frame.answers, item, inside, choices_of(item)[:1])[:, 0] for item in items]
    first = [i for i, item in enumerate(items) if item.id in rule.items]
    return pair_signs(np.stack(tops, axis=1), first), first


def _within_sentence(rule: SegmentPriority, items: list[Item], first: list[int], probability: float) -> str:
    return (
        f"I gruppen {rule.segment} är {_names(items, first)} de {number_word(len(first))} största av {len(items)} behov med "
        f"sannolikheten {_chance(probability)}."
    )


def _chance(probability: float) -> str:
    """A probability that was drawn, never nought or one."""
    if probability < 0.01:
        return "under " + percent(0.01, 1)
    return "över " + percent(0.99, 1) if probability > 0.99 else percent(probability, 1)


def _against_sentence(
    basis: Basis,
    rule: SegmentPriority,
    groups: dict[str, tuple[Group, Group] | None],
    gaps: dict[str, tuple[float, float]],
) -> str:
    told = [
        f"{quoted(basis.item(name).short)} {count_of(pair[0].count, pair[0].base)} mot {count_of(pair[1].count, pair[1].base)} "
        f"({difference_phrase(pair[0].share - pair[1].share, *gaps[name])})"
        for name, pair in groups.items()
        if pair
    ]
    return f"Mot gruppen {rule.against}: {join_words(told)}."


def _true_parts(basis: Basis, rule: SegmentPriority, gaps: dict[str, tuple[float, float]], top: bool) -> str:
    sure = join_words([quoted(basis.item(name).short) for name, (low, _) in gaps.items() if low > 0])
    if sure:
        return f"Fler i gruppen {rule.segment} än i gruppen {rule.against} har stort behov av {sure}."
    if top:
        names = join_words([quoted(basis.item(name).short) for name in rule.items])
        return f"I gruppen {rule.segment} är {names} de största behoven, men inte säkert större än i gruppen {rule.against}."
    return f"Ingen säker skillnad i behov finns mellan grupperna {rule.segment} och {rule.against}."
