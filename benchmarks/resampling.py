"""(b) SciPy's own permutation and Fisher routines, against ours, for the same tests."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from benchmarks.measure import Row, medians
from sekom_survey.stats.batch import levels
from sekom_survey.stats.exact_tables import fisher_freeman_halton

SEED = 7
MEMBERS, ITEMS, GROUPS, STEPS = 50, 30, 3, 5
DRAWS, PEERS_DRAWS = 9_999, 499
TABLE = np.array([[4, 7, 2, 1], [3, 3, 6, 5], [1, 2, 4, 9]])


def data() -> tuple[NDArray[np.int64], list[NDArray[np.int64]]]:
    """Members in groups and their answers on scales, drawn by a seed."""
    rng = np.random.default_rng(SEED)
    groups = np.sort(rng.integers(0, GROUPS, MEMBERS))
    return groups, [
        np.clip(rng.integers(0, STEPS, MEMBERS) + (groups == 2) * rng.integers(0, 2, MEMBERS), 0, STEPS - 1)
        for _ in range(ITEMS)
    ]


def scipy_kruskal(groups: NDArray[np.int64], item: NDArray[np.int64]) -> float:
    """The permutation p-value of the Kruskal-Wallis statistic by scipy.stats.permutation_test."""
    from scipy.stats import kruskal, permutation_test

    samples = [item[groups == group] for group in range(GROUPS)]
    found = permutation_test(
        samples, lambda *parts: kruskal(*parts).statistic, permutation_type="independent", alternative="greater",
        n_resamples=PEERS_DRAWS, rng=np.random.default_rng(SEED),
    )  # fmt: skip
    return float(found.pvalue)


def scipy_fisher() -> float:
    """The r x c Fisher test by SciPy, by Monte Carlo as it does it."""
    from scipy.stats import MonteCarloMethod, fisher_exact

    return float(
        fisher_exact(TABLE, method=MonteCarloMethod(n_resamples=DRAWS, rng=np.random.default_rng(SEED))).pvalue
    )


def rows() -> list[Row]:
    """Kruskal-Wallis by permutation for thirty items, and one r x c table."""
    groups, items = data()
    ours, theirs = levels(groups, items)[0].p_value, scipy_kruskal(groups, items[0])
    exact, drawn = fisher_freeman_halton(TABLE).p_value, scipy_fisher()
    times = medians({
        "ours": lambda: levels(groups, items),
        "scipy": lambda: scipy_kruskal(groups, items[0]),
        "fisher": lambda: fisher_freeman_halton(TABLE),
        "scipy fisher": scipy_fisher,
    })  # fmt: skip
    scaled = times["scipy"] * ITEMS * (DRAWS + 1) / (PEERS_DRAWS + 1)
    noise = 4 * np.sqrt(ours * (1 - ours) / PEERS_DRAWS)
    return [
        Row(f"Kruskal-Wallis by permutation, {ITEMS} items x {DRAWS} draws", f"scipy.stats.permutation_test (measured: 1 item x {PEERS_DRAWS}, scaled)",
            scaled, times["ours"], f"p {ours:.3f} and {theirs:.3f}: {'equal within' if abs(ours - theirs) <= noise else 'DIFFER beyond'} the noise of drawing"),
        Row("Fisher-Freeman-Halton, one 3 x 4 table; ours exact", f"scipy.stats.fisher_exact, Monte Carlo {DRAWS}",
            times["scipy fisher"], times["fisher"], f"p {exact:.4f} and {drawn:.4f}"),
    ]  # fmt: skip
