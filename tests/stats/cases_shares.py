"""Reference cases of shares, means, weights and designs."""

from __future__ import annotations

from math import sqrt

import numpy as np

from sekom_survey.stats.intervals import hypergeometric_interval, tipping_point
from sekom_survey.stats.means import (
    mean_standard_error,
    total_estimate,
)
from sekom_survey.stats.proportions import (
    clopper_pearson_interval,
    wilson_finite_interval,
    wilson_interval,
)
from sekom_survey.stats.weights import calibrated_mean, logit_interval, rake
from tests.stats.beside import (
    calibrated_svymean,
    calibrated_total,
    no_assumption_bounds,
    post_stratify,
    raked_residuals,
    sample_variance,
)
from tests.stats.registry import case, number, rows, whole

SIDE = {"lo": 0, "hi": 1}
SIZES = {"liten": 38, "mellan": 26, "stor": 16}
REGIONS = {"G": 40, "S": 24, "N": 16}
# help(rake) of R's survey package: schools by level, and by whether the school met its target.
LEVELS = {"E": 4421, "H": 755, "M": 1018}
TARGET_MET = {"No": 1072, "Yes": 5122}


@case(r"hypergeom_exact_(?P<side>lo|hi)_\d+_\d+_\d+")
def hypergeometric(text, side):
    return hypergeometric_interval(whole("k", text), whole("n", text), whole("N", text))[SIDE[side]]


def _share_and_error(k, n, size):
    return k / n, mean_standard_error(n, size, k * (n - k) / (n * (n - 1)))


@case(r"wilson_fpc_(?P<side>lo|hi)_\d+_\d+_\d+")
def wilson_finite(text, side):
    return wilson_finite_interval(whole("k", text), whole("n", text), whole("N", text))[SIDE[side]]


@case(r"(?P<kind>wilson|clopper)_(?P<side>lo|hi)_\d+_\d+")
def binomial(text, kind, side):
    interval = wilson_interval if kind == "wilson" else clopper_pearson_interval
    return interval(whole("k", text), whole("n", text))[SIDE[side]]


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


@case(r"(?:svyciprop_srs|sek_srs_svyciprop)_x?logit_(?P<side>lo|hi)")
def design_interval(text, side):
    k, n, size = whole("k", text), whole("n", text), whole("N", text)
    return logit_interval(*_share_and_error(k, n, size), n - 1)[SIDE[side]]


def _members():
    data = rows("sekomlike.csv")
    return data, np.array([int(row["y"]) for row in data])


@case(r"sek_poststrat_(?P<total>total_?)?(?P<what>p|se|)")
def member_post_stratified(text, total, what):
    data, y = _members()
    weights = post_stratify([row["size"] for row in data], SIZES)
    estimate = calibrated_total if total else calibrated_svymean
    return estimate(y, weights, 80)[1 if what == "se" else 0]


def _member_rake():
    data, _ = _members()
    return rake([([row["size"] for row in data], SIZES), ([row["reg"] for row in data], REGIONS)])


@case(r"sek_rake_(?P<what>p|se)")
def member_raked(text, what):
    data, y = _members()
    margins = [([row["size"] for row in data], SIZES), ([row["reg"] for row in data], REGIONS)]
    mean = calibrated_mean(y, rake(margins))[0]
    return mean if what == "p" else sqrt(sample_variance(raked_residuals((y - mean) / 80, margins, 1e-10)[1], 80))


@case(r"sek_rake_weight_(?P<size>liten|mellan|stor)_(?P<region>[GSN])")
def member_weight(text, size, region):
    here = [row["size"] == size and row["reg"] == region for row in _members()[0]]
    weights = _member_rake().weights[here]
    assert np.ptp(weights) < 1e-12
    return weights[0]


@case(r"api_(?P<kind>rake|poststrat)_(?P<item>api00|enroll)_(?:mean|total|)_?(?P<error>se|)")
def schools(text, kind, item, error):
    """R's `rake` stops when no margin moves by one school in a pass."""
    data = rows("apiclus1.csv")
    margins = [([row["stype"] for row in data], LEVELS), ([row["school_wide"] for row in data], TARGET_MET)]
    margins = margins if kind == "rake" else margins[:1]
    y = np.array([float(row[item]) for row in data])
    weights = rake(margins, tolerance=1.0).weights
    mean = weights @ y / weights.sum()
    if not error:
        return mean if item == "api00" else weights @ y
    _, left = raked_residuals((y - mean) / weights.sum() if item == "api00" else y, margins, 1.0)
    districts = np.array([row["district"] for row in data])
    return sqrt(sample_variance([left[districts == district].sum() for district in np.unique(districts)], 757))


# 38 of the fifty came to the meeting, 45 of all eighty.
MET = {"ja": 45, "nej": 35}


@case(r"calibrated_(?P<how>svy)?(?P<what>share|score|users|limits|members)_(?P<part>value|se|lo|hi)")
def calibrated_in_r(text, how, what, part):
    """R 4.2.2, survey 4.1-1; `svy` is what its own functions give, the rest the variance by who answered:

    d <- read.csv("sekomlike.csv"); i <- 1:50; d$fpc <- 80
    d$size <- factor(d$size); d$reg <- factor(d$reg); d$met <- factor(ifelse(i %% 4 == 0, "nej", "ja"))
    d$score <- (7 * i) %% 11; d$used <- i %% 3 != 0
    g <- calibrate(svydesign(ids = ~1, data = d, fpc = ~fpc), ~size + reg + met, calfun = "raking", epsilon = 1e-13,
                   maxit = 500, population = c(`(Intercept)` = 80, sizemellan = 26, sizestor = 16, regN = 16, regS = 24, metnej = 35))
    svymean(~y, g); svymean(~score, g); svymean(~y, subset(g, used)); svytotal(~used, g)
    confint(svyciprop(~y, subset(g, used), method = "logit"))
    se <- function(v, inside = rep(TRUE, 50)) {
      w <- weights(g); gap <- ifelse(inside, v - sum((w * v)[inside]) / sum(w[inside]), 0)
      fit <- lm(gap ~ size + reg + met, data = d)
      sqrt(sum(pmax(1 - 1 / w, 0) * (w * resid(fit) / (1 - hatvalues(fit)))^2)) / sum(w[inside])
    }
    se(d$y); se(d$score); se(d$y, d$used)
    m <- coef(svymean(~y, subset(g, used)))
    plogis(qlogis(m) + c(-1, 1) * qt(.975, 33) * se(d$y, d$used) / (m * (1 - m)))
    """
    data, y = _members()
    i = np.arange(1, 51)
    sizes, regions = ([row[name] for row in data] for name in ("size", "reg"))
    made = rake([(sizes, SIZES), (regions, REGIONS), (np.where(i % 4 == 0, "nej", "ja").tolist(), MET)])
    used = i % 3 != 0
    if what == "members":
        return calibrated_total(used, made, 80)[part == "se"]
    values = {"share": y, "score": (7 * i) % 11}.get(what, np.where(used, y, np.nan))
    found = calibrated_svymean(values, made, 80) if how else calibrated_mean(values, made)
    return logit_interval(*found, int(used.sum()) - 1)[SIDE[part]] if what == "limits" else found[part == "se"]
