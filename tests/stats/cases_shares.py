"""Reference cases of shares, means, weights and designs."""

from __future__ import annotations

import re
from math import sqrt

import numpy as np
from scipy.special import ndtr

from sekom_survey.stats.design_intervals import (
    arcsine_interval,
    beta_interval,
    likelihood_interval,
    linear_interval,
    logit_interval,
)
from sekom_survey.stats.finite_tests import rao_scott
from sekom_survey.stats.intervals import (
    hypergeometric_interval,
    mid_p_interval,
    no_assumption_bounds,
    tipping_point,
)
from sekom_survey.stats.means import (
    Stratum,
    binary_variance,
    mean_standard_error,
    stratified_mean,
    stratified_total,
    total_estimate,
)
from sekom_survey.stats.proportions import (
    clopper_pearson_interval,
    predictive_interval,
    textbook_interval,
    textbook_standard_error,
    wilson_finite_interval,
    wilson_interval,
)
from sekom_survey.stats.weights import (
    Calibrated,
    calibrated_mean,
    calibrated_total,
    kish_design_effect,
    linearised,
    post_stratify,
    rake,
    sample_variance,
)
from tests.stats.registry import case, number, rows, whole

SIDE = {"lo": 0, "hi": 1}
SIZES = {"liten": 38, "mellan": 26, "stor": 16}
REGIONS = {"G": 40, "S": 24, "N": 16}
# help(rake) of R's survey package: schools by level, and by whether the school met its target.
LEVELS = {"E": 4421, "H": 755, "M": 1018}
TARGET_MET = {"No": 1072, "Yes": 5122}


@case(r"hypergeom_(?P<kind>exact|midp)_(?P<side>lo|hi)_\d+_\d+_\d+")
def hypergeometric(text, kind, side):
    interval = hypergeometric_interval if kind == "exact" else mid_p_interval
    return interval(whole("k", text), whole("n", text), whole("N", text))[SIDE[side]]


@case(r"wilson_fpc_(?P<side>lo|hi)_\d+_\d+_\d+")
def wilson_finite(text, side):
    return wilson_finite_interval(whole("k", text), whole("n", text), whole("N", text))[SIDE[side]]


@case(r"(?P<kind>wilson|clopper)_(?P<side>lo|hi)_\d+_\d+")
def binomial(text, kind, side):
    interval = wilson_interval if kind == "wilson" else clopper_pearson_interval
    return interval(whole("k", text), whole("n", text))[SIDE[side]]


@case(r"cochran_se_37_100_500")
def textbook_error(text):
    return textbook_standard_error(whole("a", text), whole("n", text), whole("N", text))


@case(r"cochran_(?P<side>lo|hi)_37_100_500")
def textbook(text, side):
    # Cochran writes 1.96 and means it.
    level = 2 * float(ndtr(1.96)) - 1
    return textbook_interval(whole("a", text), whole("n", text), whole("N", text), level)[SIDE[side]]


@case(r"betabinom_pred_(?P<side>lo|hi)_\d+_\d+_\d+")
def predictive(text, side):
    return predictive_interval(whole("k", text), whole("n", text), whole("N", text))[SIDE[side]]


@case(r"manski_(?P<side>lo|hi)_(?P<k>\d+)_(?P<n>\d+)_(?P<size>\d+)")
def bounds(text, side, k, n, size):
    return no_assumption_bounds(int(k), int(n), int(size))[SIDE[side]] / int(size)


@case(r"tipping_majority_(?P<k>\d+)_(?P<n>\d+)_(?P<size>\d+)")
def tipping(text, k, n, size):
    return tipping_point(int(k), int(n), int(size))


@case(r"svymean_srs_(?:api00|api99|growth)_(?P<what>mean|se)")
def simple_mean(text, what):
    if what == "mean":
        return number("ybar", text)
    return mean_standard_error(whole("n", text), whole("N", text), number("s2", text))


@case(r"svytotal_srs_enroll(?P<error>_se)?")
def simple_total(text, error):
    total = total_estimate(whole("n", text), whole("N", text), number("ybar", text), number("s2", text))
    return total[1 if error else 0]


def _share_and_error(k, n, size):
    return k / n, mean_standard_error(n, size, binary_variance(k, n))


@case(r"svymean_srs_prop(?P<error>_se)?")
def simple_share(text, error):
    return _share_and_error(whole("k", text), whole("n", text), whole("N", text))[1 if error else 0]


@case(r"sek_srs_(?P<what>p|se_fpc)")
def member_share(text, what):
    share, error = _share_and_error(*_counted(text))
    return share if what == "p" else error


def _counted(text):
    """Count yes among the rows, and hold the input's own numbers to it."""
    data = rows("sekomlike.csv")
    k, n = sum(int(row["y"]) for row in data), len(data)
    assert (k, n) == (whole("k", text), whole("n", text))
    return k, n, whole("N", text)


def _by_method(method, share, error, n):
    if method in ("beta", "likelihood"):
        return (beta_interval if method == "beta" else likelihood_interval)(share, error, n - 1, n)
    interval = {"logit": logit_interval, "xlogit": logit_interval, "asin": arcsine_interval, "mean": linear_interval}
    return interval[method](share, error, n - 1)


@case(r"(?:svyciprop_srs|sek_srs_svyciprop)_(?P<method>[a-z]+)_(?P<side>lo|hi)")
def design_interval(text, method, side):
    k, n, size = whole("k", text), whole("n", text), whole("N", text)
    return _by_method(method, *_share_and_error(k, n, size), n)[SIDE[side]]


def _api_strata(text):
    return [_api_stratum(part) for part in text.split("|")]


def _api_stratum(text):
    n = whole("n", text)
    # R's apistrat$pw, the weights of the reference, are N / n in single precision.
    weight = float(np.float32(whole("N", text) / n))
    return Stratum(weight * n, n, number("ybar", text), number("s2", text))


@case(r"svymean_strat_api00(?P<error>_se)?")
def stratified_scores(text, error):
    return stratified_mean(_api_strata(text))[1 if error else 0]


@case(r"svytotal_strat_enroll(?P<error>_se)?")
def stratified_pupils(text, error):
    return stratified_total(_api_strata(text))[1 if error else 0]


def _size_strata(text):
    numbers = [list(map(int, found)) for found in re.findall(r"(\d+)/(\d+)/(\d+)", text)]
    return {
        name: Stratum(size, n, k / n, binary_variance(k, n)) for name, size, n, k in zip(SIZES, *numbers, strict=True)
    }


@case(r"sek_strat_(?P<what>p|se_fpc)")
def stratified_share(text, what):
    return stratified_mean(list(_size_strata(text).values()))[0 if what == "p" else 1]


@case(r"sek_domain_strat_(?P<what>p|se)_(?P<size>liten|mellan|stor)")
def stratum_share(text, what, size):
    return stratified_mean([_size_strata(text)[size]])[0 if what == "p" else 1]


@case(r"sek_strat_diff_liten_stor(?P<error>_se)?")
def stratum_difference(text, error):
    small, large = (stratified_mean([_size_strata(text)[size]]) for size in ("liten", "stor"))
    return sqrt(small[1] ** 2 + large[1] ** 2) if error else small[0] - large[0]


def _members():
    data = rows("sekomlike.csv")
    return data, np.array([int(row["y"]) for row in data])


@case(r"sek_poststrat_(?P<total>total_?)?(?P<what>p|se|)")
def member_post_stratified(text, total, what):
    data, y = _members()
    weights = post_stratify([row["size"] for row in data], SIZES)
    estimate = calibrated_total if total else calibrated_mean
    return estimate(y, weights, 80)[1 if what == "se" else 0]


def _member_rake():
    data, _ = _members()
    return rake([([row["size"] for row in data], SIZES), ([row["reg"] for row in data], REGIONS)])


@case(r"sek_rake_(?P<what>p|se)")
def member_raked(text, what):
    return calibrated_mean(_members()[1], _member_rake(), 80)[0 if what == "p" else 1]


@case(r"sek_rake_weight_(?P<size>liten|mellan|stor)_(?P<region>[GSN])")
def member_weight(text, size, region):
    here = [row["size"] == size and row["reg"] == region for row in _members()[0]]
    weights = _member_rake().weights[here]
    assert np.ptp(weights) < 1e-12
    return weights[0]


@case(r"sek_rake_deff_kish")
def member_design_effect(text):
    return kish_design_effect(_member_rake().weights)


@case(r"sek_svychisq_(?P<what>F|p)")
def member_chi_square(text, what):
    data, _ = _members()
    counts = [[sum(r["size"] == s and r["y"] == y for r in data) for y in "01"] for s in SIZES]
    found = rao_scott(counts, whole("N", text))
    return found.statistic if what == "F" else found.p_value


def _school_weights(kind: str) -> Calibrated:
    data = rows("apiclus1.csv")
    levels = ([row["stype"] for row in data], LEVELS)
    if kind == "poststrat":
        return post_stratify(*levels)
    # R's rake stops when no margin moves by one school in a pass.
    return rake([levels, ([row["school_wide"] for row in data], TARGET_MET)], tolerance=1.0)


@case(r"api_(?P<kind>rake|poststrat)_(?P<item>api00|enroll)_(?:mean|total|)_?(?P<error>se|)")
def schools(text, kind, item, error):
    data, calibrated = rows("apiclus1.csv"), _school_weights(kind)
    y, weights = np.array([float(row[item]) for row in data]), calibrated.weights
    mean = weights @ y / weights.sum()
    if not error:
        return mean if item == "api00" else weights @ y
    parts = weights * (y - mean) / weights.sum() if item == "api00" else weights * y
    residuals = linearised(parts, calibrated)
    districts = np.array([row["district"] for row in data])
    sums = [residuals[districts == district].sum() for district in np.unique(districts)]
    return sqrt(sample_variance(sums, 757))
