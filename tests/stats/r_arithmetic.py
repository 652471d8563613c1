"""R's own way to some numbers, which stops early: to tell its rounding from a different method."""

from __future__ import annotations

from collections.abc import Callable
from math import log, sqrt

import numpy as np
from scipy.interpolate import CubicSpline
from scipy.special import expit, ndtr, stdtrit

# .Machine$double.eps^0.25, what R's uniroot is content with.
R_TOLERANCE = np.finfo(float).eps ** 0.25
TINY = np.finfo(float).eps


def uniroot(f: Callable[[float], float], lower: float, upper: float) -> float:
    """Find a root as R's uniroot does: Brent (1973), Algorithms for Minimization without Derivatives, ch. 4."""
    a, b = lower, upper
    fa, fb = f(a), f(b)
    c, fc = a, fa
    while True:
        before = b - a
        if abs(fc) < abs(fb):
            a, b, c = b, c, b
            fa, fb, fc = fb, fc, fb
        tolerance = 2 * TINY * abs(b) + R_TOLERANCE / 2
        step = (c - b) / 2
        if abs(step) <= tolerance or fb == 0:
            return b
        if abs(before) >= tolerance and abs(fa) > abs(fb):
            step = _interpolated(a, b, c, fa, fb, fc, before, tolerance, step)
        if abs(step) < tolerance:
            step = tolerance if step > 0 else -tolerance
        a, fa = b, fb
        b += step
        fb = f(b)
        if fb * fc > 0:
            c, fc = a, fa


def _interpolated(a, b, c, fa, fb, fc, before, tolerance, bisected):
    if a == c:
        p, q = (c - b) * fb / fa, 1 - fb / fa
    else:
        r, s, t = fa / fc, fb / fc, fb / fa
        p = t * ((c - b) * r * (r - s) - (b - a) * (s - 1))
        q = (r - 1) * (s - 1) * (t - 1)
    p, q = (p, -q) if p > 0 else (-p, q)
    inside = p < 0.75 * (c - b) * q - abs(tolerance * q) / 2 and p < abs(before * q / 2)
    return p / q if inside else bisected


def _conditional(table, ratio):
    """Give the support and the noncentral hypergeometric chances of the first cell."""
    (a, b), (c, d) = table
    support = np.arange(max(0, a - d), min(a + b, a + c) + 1)
    logs = np.array([_log_choose(a + b, x) + _log_choose(c + d, a + c - x) for x in support])
    logs = logs + np.log(ratio) * support
    chances = np.exp(logs - logs.max())
    return support, chances / chances.sum()


def _log_choose(n, k):
    return sum(log((n - i) / (k - i)) for i in range(k))


def _above_or_below_one(f):
    """Find the odds ratio with f = 0, f growing, on 0-1 or as the inverse of one on 0-1, as R does."""
    return uniroot(f, TINY, 1) if f(1.0) > 0 else 1 / uniroot(lambda t: f(1 / t), TINY, 1)


def r_odds_ratio(table):
    """Give R's fisher.test estimate and 95 % limits."""
    x = table[0][0]

    def mean(ratio):
        support, chances = _conditional(table, ratio)
        return support @ chances - x

    def at_least(ratio):
        support, chances = _conditional(table, ratio)
        return chances[support >= x].sum() - 0.025

    def more_than_less(ratio):
        support, chances = _conditional(table, ratio)
        return 0.025 - chances[support <= x].sum()

    return tuple(_above_or_below_one(f) for f in (mean, at_least, more_than_less))


def _fitted_weight(share: float, size: int) -> float:
    """Give the weight that R's glm last used, one step of scoring behind its estimate."""
    weight, logit = 0.1875, (2 * share - 1) * (log(3) + 0.25 / 0.1875)
    before = -2 * size * log(0.75)
    while True:
        p = float(expit(logit))
        deviance = -2 * size * (share * log(p) + (1 - share) * log(1 - p))
        if abs(deviance - before) / (abs(deviance) + 0.1) < 1e-8:
            return weight
        before, weight = deviance, p * (1 - p)
        logit += (share - p) / weight


def _fmm_spline(x, y):
    """Join cubics whose third derivative at the ends is that of the cubic through four points."""

    def third(points, values):
        for gap in range(1, 4):
            values = np.diff(values) / (points[gap:] - points[:-gap])
        return 6 * values[0]

    wanted = np.array([third(x[:4], y[:4]), third(x[-4:], y[-4:])])

    def spline(ends):
        return CubicSpline(x, y, bc_type=((2, ends[0]), (2, ends[1])))

    def ends_third(ends):
        coefficients = spline(ends).c[0]
        return 6 * coefficients[[0, -1]]

    zero = ends_third((0, 0))
    slope = np.column_stack([ends_third((1, 0)) - zero, ends_third((0, 1)) - zero])
    return spline(np.linalg.solve(slope, wanted - zero))


def r_likelihood_limits(share: float, error: float, size: int):
    """Give svyciprop(method = "likelihood"): the signed root on a grid, a spline, then straight lines."""
    middle, slope = log(share / (1 - share)), error / (share * (1 - share))
    cut = float(stdtrit(size - 1, 0.975)) * sqrt(slope**2 * size * _fitted_weight(share, size))
    farthest = -float(stdtrit(size - 1, ndtr(-cut) / 4))

    def root(place):
        p = float(expit(place))
        gap = share * log(share / p) + (1 - share) * log((1 - share) / (1 - p))
        return sqrt(2 * size * max(gap, 0) / (size / (size - 1)))

    points = [(middle, 0.0)]
    for side in (-1, 1):
        for step in range(1, 10):
            place = middle + side * step * farthest / 5 * slope
            points.append((place, side * root(place)))
            if root(place) >= farthest:
                break
    x, z = map(np.array, zip(*sorted(points), strict=True))
    grid = np.linspace(x[0], x[-1], 3 * len(x))
    return tuple(expit(np.interp([-cut, cut], _fmm_spline(x, z)(grid), grid)))
