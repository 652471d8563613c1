"""How far coders agree, beyond chance."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from math import nan
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from sekom_survey.stats.arrays import Floats

Scale = Literal["nominal", "ordinal", "interval", "ratio"]
# One row a coder, one column a unit; None where the coder has not coded the unit.
Ratings = Sequence[Sequence[Hashable | None]]
Distance = Callable[[Hashable, Hashable], float]

DRAWS = 2_000
SEED = 20_260


@dataclass(frozen=True, eq=False)
class Coincidences:
    """Pairs of values within units: by unit, shape (units, values, values), and the values in order."""

    by_unit: Floats
    values: tuple[Hashable, ...]


def cohen_kappa(table: ArrayLike) -> float:
    """Give Cohen's kappa from a square table coder A x coder B; nan when chance alone explains everything.

    Source: Cohen (1960), Educational and Psychological Measurement 20:37-46.
    """
    counts = np.asarray(table, dtype=float)
    shares = counts / counts.sum()
    chance = float(shares.sum(axis=1) @ shares.sum(axis=0))
    return (float(np.trace(shares)) - chance) / (1 - chance) if chance < 1 else nan


def masi_distance(first: Hashable, second: Hashable) -> float:
    """Give the distance between two sets of themes (frozensets), 0-1; two empty sets agree.

    1 - Jaccard x (1 equal, 2/3 one within the other, 1/3 overlapping, 0 disjoint).
    Source: Passonneau (2006), Proceedings of LREC 2006, 831-836.
    """
    a, b = frozenset(first), frozenset(second)  # type: ignore[call-overload]
    if a == b:
        return 0.0
    common = a & b
    if not common:
        return 1.0
    return 1 - len(common) / len(a | b) * (2 / 3 if common in (a, b) else 1 / 3)


def coincidences(ratings: Ratings) -> Coincidences:
    """Count the pairs of values that two coders gave the same unit, each unit weighted 1 / (its codings - 1).

    Units with fewer than two codings drop out.
    Source: Krippendorff (2011), Computing Krippendorff's Alpha-Reliability, steps A-C.
    """
    units = [[v for v in unit if v is not None] for unit in zip(*ratings, strict=True)]
    units = [unit for unit in units if len(unit) > 1]
    values = tuple(sorted({value for unit in units for value in unit}, key=_order))
    place = {value: number for number, value in enumerate(values)}
    counts = np.zeros((len(units), len(values)))
    for number, unit in enumerate(units):
        for value in unit:
            counts[number, place[value]] += 1
    pairs = counts[:, :, None] * counts[:, None, :] - counts[:, :, None] * np.eye(len(values))
    return Coincidences(pairs / (counts.sum(axis=1)[:, None, None] - 1), values)


def _order(value: Hashable) -> tuple[float, str]:
    if isinstance(value, int | float):
        return float(value), ""
    return 0.0, str(sorted(map(str, value)) if isinstance(value, frozenset) else value)


def scale_distances(values: Sequence[Hashable], totals: Floats, scale: Scale) -> Floats:
    """Give the squared distances between values, shape (values, values), for a level of measurement.

    Source: Krippendorff (2011), Computing Krippendorff's Alpha-Reliability, step E.
    """
    if scale == "nominal":
        return 1 - np.eye(len(values))
    if scale == "ordinal":
        middle = totals.cumsum() - totals / 2
        return np.asarray((middle[:, None] - middle) ** 2, dtype=float)
    number = np.array([float(str(value)) for value in values])
    gap, joint = number[:, None] - number, number[:, None] + number
    if scale == "interval":
        return np.asarray(gap**2, dtype=float)
    relative: Floats = np.divide(gap, joint, out=np.zeros_like(gap), where=joint != 0) ** 2
    return relative


def _alpha(by_unit: Floats, distances: Floats) -> float:
    pairs = by_unit.sum(axis=0)
    totals = pairs.sum(axis=1)
    expected = float(totals @ distances @ totals)
    if expected == 0:
        return nan
    return 1 - (float(totals.sum()) - 1) * float((pairs * distances).sum()) / expected


def _custom_distances(values: Sequence[Hashable], distance: Distance) -> Floats:
    return np.array([[distance(a, b) for b in values] for a in values], dtype=float)


def _distances(found: Coincidences, measure: Scale | Distance) -> Floats:
    if callable(measure):
        return _custom_distances(found.values, measure)
    return scale_distances(found.values, found.by_unit.sum(axis=(0, 1)), measure)


def krippendorff_alpha(ratings: Ratings, measure: Scale | Distance = "nominal") -> float:
    """Give Krippendorff's alpha for any number of coders and gaps; nan when only one value was ever used.

    `ratings` has one row a coder and one column a unit, None for not coded; values are numbers, strings or
    frozensets; `measure` is a level of measurement or a distance such as `masi_distance`.
    Source: Krippendorff (2011), Computing Krippendorff's Alpha-Reliability.
    """
    found = coincidences(ratings)
    return _alpha(found.by_unit, _distances(found, measure))


def alpha_interval(
    ratings: Ratings,
    measure: Scale | Distance = "nominal",
    level: float = 0.95,
    draws: int = DRAWS,
    seed: int = SEED,
) -> tuple[float, float]:
    """Give a percentile interval of alpha by drawing the units anew, seeded; distances as in the full sample.

    Draws where only one value remains are left out; (nan, nan) when all are.
    Source: Efron & Tibshirani (1993), An Introduction to the Bootstrap, ch. 13; units as the resampled
    thing in Zapf et al. (2016), BMC Medical Research Methodology 16:93.
    """
    found = coincidences(ratings)
    units = len(found.by_unit)
    if not units:
        return nan, nan
    distances = _distances(found, measure)
    times = np.random.default_rng(seed).multinomial(units, np.full(units, 1 / units), size=draws)
    totals = times @ found.by_unit.sum(axis=2)
    observed = times @ (found.by_unit * distances).sum(axis=(1, 2))
    expected = np.einsum("dv,vw,dw->d", totals, distances, totals, optimize=True)
    known = expected > 0
    if not known.any():
        return nan, nan
    alphas = 1 - (totals.sum(axis=1)[known] - 1) * observed[known] / expected[known]
    low, high = np.quantile(alphas, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)
