"""Trends: a yes/no item over ordered groups, and two ordered items against each other."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sekom_survey.stats.fixed_margins import LIMIT, filling_probabilities, fillings, number_of_fillings
from sekom_survey.stats.outcome import Tails
from sekom_survey.stats.permutation import DRAWS, SEED
from sekom_survey.stats.rank_tests import two_sided_tails, with_observed


def _scores(scores: ArrayLike | None, size: int) -> NDArray[np.float64]:
    return np.arange(1.0, size + 1) if scores is None else np.asarray(scores, dtype=float)


def cochran_armitage_exact(
    counts: ArrayLike, bases: ArrayLike, scores: ArrayLike | None = None, draws: int = DRAWS, seed: int = SEED
) -> Tails:
    """Test a trend in shares given the number of yes in all; the statistic is the scores of those who said yes.

    `upper` is the p for rising shares. Every way to spread the yes over the groups is counted when there are at most
    `fixed_margins.LIMIT` of them; else `draws` ways drawn with a seed, as chance would spread them.
    Source: Agresti (2002), Categorical Data Analysis, 2nd ed., sec. 3.5.
    """
    yes, size = np.asarray(counts, dtype=np.int64), np.asarray(bases, dtype=np.int64)
    x, total = _scores(scores, len(size)), int(yes.sum())
    observed, mean = float(yes @ x), float(total * (size @ x) / size.sum())
    if number_of_fillings(total, size.tolist()) > LIMIT:
        drawn = np.random.default_rng(seed).multivariate_hypergeometric(size, total, draws)
        return Tails(observed, *two_sided_tails(observed, mean, *with_observed(observed, drawn @ x)), how="permutation")
    ways = fillings(total, tuple(size.tolist()))
    chances = filling_probabilities(np.broadcast_to(size, ways.shape), ways)
    return Tails(observed, *two_sided_tails(observed, mean, ways @ x, chances), how="exact")
