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
from sekom_survey.found.claims.themes import Everywhere, Spread, surely_recurs
from sekom_survey.found.goals.judge import NO_TREND, trend
from sekom_survey.found.goals.model import Measured
from sekom_survey.found.verdict import ALIKE, ALPHA, MOST, SURE, change_verdict, half_verdict, judge_contrast
from sekom_survey.stats.intervals import hypergeometric_interval
from sekom_survey.stats.multiplicity import holm
from sekom_survey.stats.paired import signed_rank
from sekom_survey.stats.proportions import Group
from sekom_survey.stats.weights import calibrated_mean, logit_interval, rake

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


def everywhere(total: int, themes: int = 1) -> Tried:
    """Whether themes that each `total` of the members would mention are taken for at least 10 %, two in each group."""
    rule = Everywhere("", ("",), 0.10, 2, 0.67, 0.80)

    def tried(draw: np.random.Generator) -> bool:
        here = answering(draw)
        mentioned = [(draw.permutation(MEMBERS) < total) & here for _ in range(themes)]
        return all(
            surely_recurs(
                rule,
                Spread(
                    Counted(int(yes.sum()), ANSWERS, MEMBERS), int(np.add.reduceat(yes.astype(int), EDGES[:-1]).min())
                ),
            )
            for yes in mentioned
        )

    return tried


def mentioned_by(total: int) -> Tried:
    """Whether what `total` of the members would mention is taken for mentioned by three."""
    return lambda draw: draw.hypergeometric(total, MEMBERS - total, ANSWERS) >= 3


def not_covered(draw: np.random.Generator) -> bool:
    """Whether the exact interval misses the members' total."""
    total = int(draw.integers(0, MEMBERS + 1))
    count = int(draw.hypergeometric(total, MEMBERS - total, ANSWERS))
    low, high = hypergeometric_interval(count, ANSWERS, MEMBERS)
    return not low <= total <= high


def half_claimed(total: int, word: str) -> Tried:
    """Whether `total` of the members are said to be `word` (more, fewer) than half."""

    def tried(draw: np.random.Generator) -> bool:
        count = int(draw.hypergeometric(total, MEMBERS - total, ANSWERS))
        low, high = hypergeometric_interval(count, ANSWERS, MEMBERS)
        return half_verdict(low / MEMBERS, high / MEMBERS) == word

    return tried


def favourite(total: int, options: int = 5) -> Tried:
    """Whether any of so many options, each with `total` of the members, is taken for the choice of more than half."""

    def tried(draw: np.random.Generator) -> bool:
        counts = draw.hypergeometric(total, MEMBERS - total, ANSWERS, options)
        return Counted(int(counts.max()), ANSWERS, MEMBERS).at_error(ALPHA / options) > 0.5

    return tried


def alike_years(shift: float) -> Tried:
    """Whether an item that has moved by `shift` of itself is called alike."""

    def tried(draw: np.random.Generator) -> bool:
        leaning = draw.uniform(0, 1 - shift, MEMBERS)
        years = [np.where(answering(draw), draw.random(MEMBERS) < p, np.nan) for p in (leaning, leaning + shift)]
        found = paired_share(*years)
        return change_verdict(found.p, (found.low, found.high), found.alike or (-1, 1), MARGIN) == ALIKE

    return tried


def taking_part(more: float) -> Tried:
    """Whether members that take part as often (or `more` times as often) are said to do so more."""

    def tried(draw: np.random.Generator) -> bool:
        often = draw.gamma(1.0, 2.0, MEMBERS)
        before, after = (draw.poisson(rate).astype(float) for rate in (often, more * often))
        return bool(signed_rank(before, after).two_sided <= ALPHA and after.mean() > before.mean())

    return tried


def arrow(shift: float) -> Tried:
    """Whether the arrow of a measure is drawn when the share of members has moved by `shift`."""

    def tried(draw: np.random.Generator) -> bool:
        leaning = draw.beta(1.2, 0.9, MEMBERS)
        everybody = frozenset(map(str, range(MEMBERS)))
        years = [Measured(asked=everybody, yes=frozenset(map(str, np.flatnonzero(draw.random(MEMBERS) < p))))
                 for p in (np.clip(leaning + shift, 0, 1), leaning)]  # fmt: skip
        return trend(*years) != NO_TREND

    return tried


# As in the example: 47 members came to the meeting, and 39 of them answered; 11 of the 33 that did not come.
CAME, CAME_AND_ANSWERED = 47, 39


def missed_by(weighted: bool, lottery: bool, gap: float = 0.4) -> Tried:
    """Whether an interval misses the members' share, when those who came answer more often and say yes `gap` more often.

    `lottery`: who answers is drawn among all of them instead.
    """

    def tried(draw: np.random.Generator) -> bool:
        came = np.arange(MEMBERS) < CAME
        yes = draw.random(MEMBERS) < np.where(came, 0.4 + gap, 0.4)
        here = answering(draw)
        if not lottery:
            active = draw.permutation(CAME) < CAME_AND_ANSWERED
            here = np.concatenate([active, draw.permutation(MEMBERS - CAME) < ANSWERS - CAME_AND_ANSWERED])
        if not weighted:
            low, high = np.array(hypergeometric_interval(int(yes[here].sum()), ANSWERS, MEMBERS)) / MEMBERS
        else:
            weights = rake([(came[here].tolist(), {True: CAME, False: MEMBERS - CAME})])
            low, high = logit_interval(*calibrated_mean(yes[here].astype(float), weights), ANSWERS - 1)
        return not low <= yes.mean() <= high

    return tried


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
    Line("påstående tydligt val: fem svar med 40 av 80 var, något stöds", ALPHA, favourite(40)),
    Line("  fem svar med 52 av 80 var, något stöds", None, favourite(52)),
    Line("påstående om deltagande: oförändrat kallas ökning", ALPHA, taking_part(1.0)),
    Line("  en halv gång oftare kallas ökning", None, taking_part(1.5)),
    Line("40 av 80 kallas fler än hälften", ALPHA / 2, half_claimed(40, MOST)),
    Line("  48 av 80 kallas fler än hälften", None, half_claimed(48, MOST)),
    Line("förändring 20 procentenheter kallas likvärdig", ALPHA, alike_years(0.20)),
    Line("  ingen förändring kallas likvärdig", None, alike_years(0.0)),
    Line("ett måtts pil utan förändring", ALPHA, arrow(0.0)),
    Line("  pil vid 15 procentenheter", None, arrow(0.15)),
    Line("det exakta intervallet missar alla medlemmars antal", ALPHA, not_covered),
    Line("det vägda intervallet missar, svar genom lottning", ALPHA, missed_by(weighted=True, lottery=True)),
    Line(
        "det vägda intervallet missar, aktiva svarar oftare (.8 mot .4)", ALPHA, missed_by(weighted=True, lottery=False)
    ),
    Line("  det exakta intervallet missar då", None, missed_by(weighted=False, lottery=False)),
    Line("påstående om tema i hela landet, minst 10 %: 7 av 80 stöds", ALPHA, everywhere(7)),
    Line("  20 av 80 stöds", None, everywhere(20)),
    Line("  fyra teman med 20 av 80 var stöds", None, everywhere(20, 4)),
    Line("påstående om tema som minst tre nämner: 2 av 80 stöds", 0.0, mentioned_by(2)),
    Line("  8 av 80 stöds", None, mentioned_by(8)),
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
