"""Claims about segments: that they differ, or that they are alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from sekom_survey.counted.segment import SIZE, TITLES, UNKNOWN, segment_order
from sekom_survey.found.claims import lookup
from sekom_survey.found.claims.finding import PARTLY, SUPPORTED, UNSUPPORTED, Basis, Finding, untestable
from sekom_survey.found.claims.ranks import undeclared
from sekom_survey.found.compare.limits import holds_at_every_limit, limit_sensitivity
from sekom_survey.found.facts.contrasts import difference_words
from sekom_survey.found.facts.counted import counted, leading_choice
from sekom_survey.found.facts.words import said_of_rows
from sekom_survey.found.verdict import EQUIVALENCE_LEVEL, SURE, TOO_FEW, is_inside
from sekom_survey.model import Questionnaire
from sekom_survey.stats.proportions import Group, newcombe_interval
from sekom_survey.text.phrases import quoted
from sekom_survey.text.swedish import count_of, join_words, number, number_word, percent, plural, sentence_case
from sekom_survey.text.toml import Table


@dataclass(frozen=True)
class SegmentDifference:
    """More in `first` than in `second` say `option`, by `at_least`, surely, and the same way at every limit of size."""

    item: str
    option: str
    segmentation: str
    first: str
    second: str
    at_least: float
    limits: tuple[int, ...]


def read_segment_difference(table: Table, questionnaire: Questionnaire) -> SegmentDifference:
    """Item, option, segmentation, first, second, at_least, limits (only for size)."""
    item = lookup.item_id(table, questionnaire)
    return SegmentDifference(
        item,
        lookup.option(table, questionnaire, item),
        lookup.segmentation(table),
        table.text("first", required=True),
        table.text("second", required=True),
        lookup.share(table, "at_least", 0.10),
        table.integers("limits"),
    )


def judge_segment_difference(rule: SegmentDifference, basis: Basis) -> Finding:
    """Supported when the declared difference is sure, large enough and steady; partly when only its direction is right."""
    fact = basis.contrast(rule.item, rule.option, rule.segmentation, rule.first, rule.second)
    if fact is None:
        return untestable(undeclared([basis.item(rule.item).short], rule.first, rule.second))
    if fact.verdict == TOO_FEW:
        return untestable(f"Grupperna {rule.first} och {rule.second} har för få svar.")
    steady = _steady(rule, basis)
    sentence = f"{fact.sentence} Skillnaden är {difference_words(fact)}.{_limit_sentence(rule, steady)}"
    if fact.verdict == SURE and fact.difference >= rule.at_least and steady:
        return Finding(SUPPORTED, sentence)
    sure = fact.verdict == SURE and fact.difference > 0
    wording = "" if sure else f"Skillnaden mellan grupperna {rule.first} och {rule.second} är inte säker."
    return Finding(PARTLY if fact.difference > 0 else UNSUPPORTED, sentence, wording)


def _steady(rule: SegmentDifference, basis: Basis) -> bool:
    if rule.segmentation != SIZE or not rule.limits:
        return True
    found = limit_sensitivity(basis.frame, basis.survey, basis.item(rule.item), rule.option, rule.limits)
    sizes = basis.survey.size_classes.names
    gap = found["difference"].dropna()  # of those above a limit minus those below it
    towards_first = gap > 0 if sizes.index(rule.first) > sizes.index(rule.second) else gap < 0
    return holds_at_every_limit(found) and bool(towards_first.all())


def _limit_sentence(rule: SegmentDifference, steady: bool) -> str:
    if rule.segmentation != SIZE or not rule.limits:
        return ""
    named = join_words([number(limit) for limit in rule.limits])
    told = "Riktningen är densamma" if steady else "Riktningen är inte densamma"
    return f" {told} vid gränserna {named} invånare."


@dataclass(frozen=True)
class Equivalence:
    """At least `at_least` in every segment say so on each item, and every pair of segments is shown to be alike."""

    items: tuple[str, ...]
    segmentations: tuple[str, ...]
    at_least: float
    margin: float


def read_equivalence(table: Table, questionnaire: Questionnaire) -> Equivalence:
    """Items, segmentations, at_least, margin."""
    segmentations = table.texts("segmentations")
    for name in segmentations:
        lookup.known(table, "segmentations", name, lookup.GROUPED, "Indelningen")
    return Equivalence(
        lookup.item_ids(table, questionnaire),
        tuple(name for name in segmentations if name in lookup.GROUPED),
        lookup.share(table, "at_least", 0.60),
        lookup.share(table, "margin", 0.20),
    )


def judge_equivalence(rule: Equivalence, basis: Basis) -> Finding:
    """Supported when every segment reaches the level and all are alike, partly when only the level is reached.

    Each pair is shown to be alike at 5 %, and all must be, so that the error is at most 5 %.
    """
    tables = {(item, by): _segments(basis, item, by) for item in rule.items for by in rule.segmentations}
    if any(len(_known(groups)) < 2 for groups in tables.values()):
        return untestable("För många grupper har för få svar.")
    lowest = {name: min(_named(groups), key=lambda pair: pair[1].share) for name, groups in tables.items()}
    pairs = [pair for groups in tables.values() for pair in combinations(_known(groups), 2)]
    alike = sum(is_inside(newcombe_interval(*pair, EQUIVALENCE_LEVEL), rule.margin) for pair in pairs)
    hidden = sum(group is None for groups in tables.values() for group in groups.values())
    reached = all(group.share >= rule.at_least for _, group in lowest.values())
    sentence = _level_sentence(basis, lowest) + _alike_sentence(rule, alike, len(pairs), hidden)
    if reached and alike == len(pairs) and not hidden:
        return Finding(SUPPORTED, sentence)
    if reached:
        return Finding(PARTLY, sentence, f"{_reached(rule, basis, rule.items)}.")
    return Finding(UNSUPPORTED, sentence, _level_wording(rule, basis, lowest))


def _segments(basis: Basis, item: str, segmentation: str) -> dict[str, Group | None]:
    names = segment_order(segmentation, _present(basis, segmentation), basis.survey.size_classes)
    asked = basis.item(item)
    choice = leading_choice(asked)
    return {n: counted(basis.estimates, asked, choice, segmentation, n) for n in names if n != UNKNOWN}


def _present(basis: Basis, segmentation: str) -> list[str]:
    estimates = basis.estimates
    return list(estimates.loc[estimates["segmentation"] == segmentation, "segment"].unique())


def _named(groups: dict[str, Group | None]) -> list[tuple[str, Group]]:
    return [(name, group) for name, group in groups.items() if group is not None]


def _known(groups: dict[str, Group | None]) -> list[Group]:
    return [group for _, group in _named(groups)]


def _level_sentence(basis: Basis, lowest: dict[tuple[str, str], tuple[str, Group]]) -> str:
    told = [
        f"{quoted(basis.item(item).short)} efter {TITLES[by].lower()}: {segment} {count_of(group.count, group.base)}"
        for (item, by), (segment, group) in lowest.items()
    ]
    return f"Lägst ligger {'; '.join(told)}."


def _alike_sentence(rule: Equivalence, alike: int, pairs: int, hidden: int) -> str:
    unseen = (
        f" {sentence_case(number_word(hidden))} {plural(hidden, 'grupp', 'grupper')} har för få svar." if hidden else ""
    )
    margin = number(100 * rule.margin)
    inside = number_word(alike) if alike else "ingen"
    return (
        f" Av {number_word(pairs)} jämförelser mellan grupper är {inside} säkert inom ±{margin} procentenheter.{unseen}"
    )


def _level_wording(rule: Equivalence, basis: Basis, lowest: dict[tuple[str, str], tuple[str, Group]]) -> str:
    short = {item for (item, _), (_, group) in lowest.items() if group.share < rule.at_least}
    held = [name for name in rule.items if name not in short]
    below = [
        f"{quoted(basis.item(item).short)} ligger lägre i gruppen {segment} ({count_of(group.count, group.base)})"
        for (item, _), (segment, group) in lowest.items()
        if group.share < rule.at_least
    ]
    lead = f"{_reached(rule, basis, held)}, medan " if held else ""
    return f"{lead}{join_words(below)}."


def _reached(rule: Equivalence, basis: Basis, names: Sequence[str]) -> str:
    """That the level is reached in every group, in the words of survey.toml."""
    did = said_of_rows([basis.item(name) for name in names])
    return f"Minst {percent(rule.at_least, 1)} av dem som svarat i varje grupp {did}"
