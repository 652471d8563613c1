"""Options that the same members could tick: is any chosen more often, and which can be ranked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import chdtrc

from sekom_survey.stats.multiplicity import holm
from sekom_survey.stats.outcome import Outcome
from sekom_survey.stats.paired import mcnemar_exact
from sekom_survey.stats.permutation import DRAWS, SEED, permutation_p

# Steps of (column totals, ways to tick) that the exact distribution of Q may need: half a second.
LIMIT = 300_000


@dataclass(frozen=True)
class Pair:
    """Two options: how many ticked only the first, only the second, and the p values."""

    first: int
    second: int
    only_first: int
    only_second: int
    p_value: float
    adjusted: float


def _squares(column_totals: NDArray[np.int64]) -> NDArray[np.int64]:
    squares: NDArray[np.int64] = (column_totals**2).sum(axis=-1)
    return squares


def cochran_q_statistic(ticks: ArrayLike) -> float:
    """Give Cochran's Q; `ticks` has shape (members, options), 0 or 1. nan when no member tells options apart.

    Source: Cochran (1950), Biometrika 37:256-266.
    """
    chosen = np.asarray(ticks, dtype=np.int64)
    options = chosen.shape[1]
    rows = chosen.sum(axis=1)
    below = options * rows.sum() - (rows**2).sum()
    above = (options - 1) * (options * _squares(chosen.sum(axis=0)) - rows.sum() ** 2)
    return float(above / below) if below else float("nan")


def cochran_q(ticks: ArrayLike) -> Outcome:
    """Give Q with its chi-square p, for reference; source as `cochran_q_statistic`."""
    statistic = cochran_q_statistic(ticks)
    return Outcome(statistic, float(chdtrc(np.shape(ticks)[1] - 1, statistic)), "asymptotic")


def _ticked_ways(options: int, ticked: int) -> NDArray[np.int64]:
    ways = np.zeros((0, options), dtype=np.int64)
    for chosen in combinations(range(options), ticked):
        way = np.zeros((1, options), dtype=np.int64)
        way[0, list(chosen)] = 1
        ways = np.vstack([ways, way])
    return ways


def _exact_q(chosen: NDArray[np.int64]) -> float | None:
    """Give P(sum of squared totals >= observed) when each member ticks as many options as they did."""
    totals, chances, steps = np.zeros((1, chosen.shape[1]), dtype=np.int64), np.ones(1), 0
    for ticked in sorted(chosen.sum(axis=1).tolist()):
        ways = _ticked_ways(chosen.shape[1], ticked)
        steps += len(totals) * len(ways)
        if steps > LIMIT:
            return None
        # Options are exchangeable, so only the sorted totals matter.
        grown = np.sort((totals[:, None] + ways).reshape(-1, chosen.shape[1]), axis=1)
        totals, group = np.unique(grown, axis=0, return_inverse=True)
        spread = np.repeat(chances / len(ways), len(ways))
        chances = np.bincount(group.ravel(), weights=spread).astype(float)
    extreme = _squares(totals) >= _squares(chosen.sum(axis=0))
    return float(min(chances[extreme].sum(), 1.0))


def _permuted_q(chosen: NDArray[np.int64], draws: int, seed: int) -> float:
    random = np.random.default_rng(seed)
    totals = np.zeros((draws, chosen.shape[1]), dtype=np.int64)
    for row in chosen:
        totals += random.permuted(np.tile(row, (draws, 1)), axis=1)
    return permutation_p(float(_squares(chosen.sum(axis=0))), _squares(totals))


def cochran_q_test(ticks: ArrayLike, draws: int = DRAWS, seed: int = SEED) -> Outcome:
    """Test whether the options are ticked equally often, given how many each member ticked.

    `ticks` has shape (members, options). Exact while the totals can be gone through (`LIMIT`), else by
    seeded permutation within members.
    Source: Cochran (1950), Biometrika 37:256-266; Patil (1975), JASA 70:186-189.
    """
    chosen = np.asarray(ticks, dtype=np.int64)
    options = chosen.shape[1]
    # Members who ticked nothing or everything say nothing about which option is chosen more.
    telling = chosen[(chosen.sum(axis=1) > 0) & (chosen.sum(axis=1) < options)]
    exact = _exact_q(telling)
    if exact is not None:
        return Outcome(cochran_q_statistic(chosen), exact, "exact")
    return Outcome(cochran_q_statistic(chosen), _permuted_q(telling, draws, seed), "permutation")


def pairwise_mcnemar(ticks: ArrayLike) -> list[Pair]:
    """Compare every pair of options by the exact McNemar test, p values adjusted by Holm.

    `ticks` has shape (members, options).
    Source: McNemar (1947), Psychometrika 12:153-157; Holm (1979).
    """
    chosen = np.asarray(ticks, dtype=np.int64)
    pairs = list(combinations(range(chosen.shape[1]), 2))
    only = [(int((chosen[:, i] > chosen[:, j]).sum()), int((chosen[:, j] > chosen[:, i]).sum())) for i, j in pairs]
    raw = [mcnemar_exact(first, second) for first, second in only]
    return [
        Pair(i, j, first, second, p, float(adjusted))
        for (i, j), (first, second), p, adjusted in zip(pairs, only, raw, holm(raw), strict=True)
    ]


def rank_sets(options: int, pairs: Sequence[Pair], alpha: float = 0.05) -> list[tuple[int, int]]:
    """Give the best and the worst rank each option may have, 1 being chosen most often.

    An option is surely behind those that are ticked more often with an adjusted p of at most `alpha`.
    Source: Mogstad, Romano, Shaikh & Wilhelm (2024), Review of Economic Studies 91:476-518.
    """
    ahead = np.zeros((options, options), dtype=bool)
    for pair in pairs:
        if pair.adjusted <= alpha:
            first_wins = pair.only_first > pair.only_second
            winner, loser = (pair.first, pair.second) if first_wins else (pair.second, pair.first)
            ahead[winner, loser] = True
    return [(1 + int(ahead[:, i].sum()), options - int(ahead[i].sum())) for i in range(options)]
