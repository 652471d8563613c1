"""Try every rule of verdict on made-up memberships: how often it is wrong, beside what docs/method.md states.

    python scripts/calibrate.py [populations]

Each population has 80 members in groups of 40, 20 and 20, of whom 50 answer by lottery; seeded. A line exceeds when its error is
more than two standard errors above what is stated; then the exit code is 1.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import sqrt

import numpy as np

from sekom_survey.found.change.pair import paired_share
from sekom_survey.found.claims.ranks import pair_signs, surely_first
from sekom_survey.found.claims.shares import Counted
from sekom_survey.found.verdict import ALIKE, ALPHA, SURE, change_verdict, judge_contrast
from sekom_survey.stats.difference import Group
from sekom_survey.stats.intervals import hypergeometric_interval
from sekom_survey.stats.multiplicity import holm

POPULATIONS, SEED = 500, 20_261_129
MEMBERS, ANSWERS, GROUPS = 80, 50, (40, 20, 20)
DECLARED, MARGIN = 6, 0.20
EDGES = np.cumsum((0, *GROUPS))
Tried = Callable[[np.random.Generator], bool]


@dataclass(frozen=True)
class Line:
    """A rule tried: what is counted, how often at most (None: power, which nothing is stated of), and the trial."""

    what: str
    stated: float | None
    trial: Tried


def answering(draw: np.random.Generator) -> np.ndarray:
    """Which members answer."""
    return np.isin(np.arange(MEMBERS), draw.permutation(MEMBERS)[:ANSWERS])


def opinions(shares: tuple[float, ...], draw: np.random.Generator) -> np.ndarray:
    """Who says yes, so many of each group exactly."""
    told = [draw.permutation(np.arange(size) < round(share * size)) for size, share in zip(GROUPS, shares, strict=True)]
    return np.concatenate(told)


def group(number: int, yes: np.ndarray, here: np.ndarray) -> Group:
    """A group's answers."""
    inside = slice(EDGES[number], EDGES[number + 1])
    return Group(int((yes & here)[inside].sum()), int(here[inside].sum()), GROUPS[number])


def verdict(shares: tuple[float, ...], draw: np.random.Generator, here: np.ndarray) -> str:
    """The verdict on the first group against the last, one of six declared contrasts."""
    yes = opinions(shares, draw)
    return judge_contrast(group(0, yes, here), group(2, yes, here), DECLARED, MARGIN).verdict


def false_sure(draw: np.random.Generator) -> bool:
    """Whether any of six contrasts without a difference is called sure."""
    here, level = answering(draw), draw.choice([0.25, 0.4, 0.5, 0.6, 0.75, 0.9])
    return any(verdict((level,) * 3, draw, here) == SURE for _ in range(DECLARED))


def apart(gap: float) -> Tried:
    """Whether a true difference of `gap` is called sure."""
    return lambda draw: verdict((0.5 + gap, 0.5, 0.5), draw, answering(draw)) == SURE


def alike(gap: float) -> Tried:
    """Whether a true difference of `gap` is called alike."""
    return lambda draw: verdict((0.5 + gap, 0.5, 0.5), draw, answering(draw)) == ALIKE


def two_years(draw: np.random.Generator, shift: float) -> tuple[np.ndarray, np.ndarray]:
    """Both years' answers to an item: opinions differ, answers vary of themselves, `shift` moves all of them."""
    leaning = draw.beta(1.2, 0.9, MEMBERS)
    answers = [
        np.where(answering(draw), draw.random(MEMBERS) < p, np.nan) for p in (leaning, np.clip(leaning + shift, 0, 1))
    ]
    return answers[0], answers[1]


def judged_changes(draw: np.random.Generator, shifts: tuple[float, ...]) -> list[str]:
    """The verdicts on six headline items together."""
    found = [paired_share(*two_years(draw, shift)) for shift in shifts]
    adjusted = holm([one.p for one in found])
    return [
        change_verdict(float(p), (one.low, one.high), one.alike or (-1, 1), MARGIN)
        for one, p in zip(found, adjusted, strict=True)
    ]


def false_change(draw: np.random.Generator) -> bool:
    """Whether any of six items that have not changed is called an increase or a decrease."""
    return any(word.startswith("säker") for word in judged_changes(draw, (0.0,) * 6))


def true_change(draw: np.random.Generator) -> bool:
    """Whether the one item that has risen by 30 points is called an increase."""
    return judged_changes(draw, (0.3, 0, 0, 0, 0, 0))[0] == "säker ökning"


def outside_change(draw: np.random.Generator) -> bool:
    """Whether the 95 % interval of an item that has not changed leaves out nought."""
    found = paired_share(*two_years(draw, 0.0))
    return not found.low <= 0 <= found.high


def share_supported(total: int, limit: float) -> Tried:
    """Whether `total` of the members is taken for at least `limit`."""
    return lambda draw: (
        Counted(int(draw.hypergeometric(total, MEMBERS - total, ANSWERS)), ANSWERS, MEMBERS).surely >= limit
    )


def first_of(lead: float) -> Tried:
    """Whether the first of four items is called first when it is ahead by `lead` steps and others are equal."""

    def tried(draw: np.random.Generator) -> bool:
        scores = np.clip(np.round(draw.normal(2.8, 0.8, (MEMBERS, 4)) + np.array((lead, 0, -2, -2))), 1, 4)
        return surely_first(pair_signs(scores[answering(draw)], [0]))

    return tried


def all_alike(gap: float) -> Tried:
    """Whether every pair of three groups is called alike when one pair differs by `gap`."""

    def tried(draw: np.random.Generator) -> bool:
        here, yes = answering(draw), opinions((0.7, 0.7, 0.7 + gap), draw)
        found = [group(number, yes, here) for number in range(3)]
        pairs = ((found[0], found[1]), (found[0], found[2]), (found[1], found[2]))
        return all(judge_contrast(*pair, DECLARED, MARGIN).verdict == ALIKE for pair in pairs)

    return tried


def not_covered(draw: np.random.Generator) -> bool:
    """Whether the exact interval misses the members' total."""
    total = int(draw.integers(0, MEMBERS + 1))
    count = int(draw.hypergeometric(total, MEMBERS - total, ANSWERS))
    low, high = hypergeometric_interval(count, ANSWERS, MEMBERS)
    return not low <= total <= high


LINES = (
    Line("någon av sex jämförelser utan skillnad kallas säker", ALPHA, false_sure),
    Line("  skillnad 30 procentenheter kallas säker", None, apart(0.30)),
    Line("  skillnad 40 procentenheter kallas säker", None, apart(0.40)),
    Line("skillnad 20 procentenheter kallas likvärdig", ALPHA, alike(0.20)),
    Line("  ingen skillnad kallas likvärdig", None, alike(0.0)),
    Line("någon av sex oförändrade frågor kallas ökning eller minskning", ALPHA, false_change),
    Line("  ökning 30 procentenheter kallas säker", None, true_change),
    Line("förändringens intervall utesluter noll utan förändring", ALPHA, outside_change),
    Line("påstående minst 33 %: 26 av 80 stöds", ALPHA, share_supported(26, 0.33)),
    Line("  40 av 80 stöds", None, share_supported(40, 0.33)),
    Line("påstående minst 50 %: 39 av 80 stöds", ALPHA, share_supported(39, 0.5)),
    Line("  50 av 80 stöds", None, share_supported(50, 0.5)),
    Line("påstående först i en matris: delad första plats stöds", ALPHA, first_of(0.0)),
    Line("  ett halvt steg före stöds", None, first_of(0.5)),
    Line("påstående oavsett grupp: 20 procentenheter isär stöds", ALPHA, all_alike(0.20)),
    Line("  lika i alla grupper stöds", None, all_alike(0.0)),
    Line("det exakta intervallet missar alla medlemmars antal", ALPHA, not_covered),
)


def tried(populations: int) -> Iterator[tuple[Line, float, bool]]:
    """Each line with how often it happened, and whether that is more than stated."""
    for number, line in enumerate(LINES):
        draw = np.random.default_rng((SEED, number))
        rate = sum(line.trial(draw) for _ in range(populations)) / populations
        most = 1.0 if line.stated is None else line.stated + 2 * sqrt(line.stated * (1 - line.stated) / populations)
        yield line, rate, rate > most


def main(populations: int) -> int:
    """Print the table; 1 when a line exceeds what is stated."""
    print(f"{populations} populationer, {MEMBERS} medlemmar, {ANSWERS} svar, frö {SEED}")
    exceeded = False
    for line, rate, more in tried(populations):
        stated = "styrka" if line.stated is None else f"högst {line.stated:.3f}"
        print(f"{line.what:<64} {rate:.3f}  {stated}{'  ÖVERSKRIDS' if more else ''}", flush=True)
        exceeded |= more
    return int(exceeded)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else POPULATIONS))
