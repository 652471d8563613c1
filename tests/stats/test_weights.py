"""Weights meet their margins; variances hold against every possible sample."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sekom_survey.stats.paired import change_interval, overlap_variance
from sekom_survey.stats.weights import calibrated_mean, rake
from tests.stats.beside import calibrated_svymean, calibrated_total, post_stratify, sample_variance

SIZE = list("aaaaabbbbbcccc")
REGION = list("xyxyyxxyyxxyxy")
SIZES, REGIONS = {"a": 10, "b": 9, "c": 5}, {"x": 11, "y": 13}


def test_raked_weights_meet_every_margin():
    """Class sums are the members' in both margins at once."""
    weights = rake([(SIZE, SIZES), (REGION, REGIONS)]).weights
    for groups, targets in ((SIZE, SIZES), (REGION, REGIONS)):
        for name, target in targets.items():
            assert weights[np.array(groups) == name].sum() == pytest.approx(target, abs=1e-8)


def test_one_margin_is_post_stratification():
    """Raking to a single margin and post-stratifying are the same thing."""
    y = np.arange(14)
    first = calibrated_mean(y, rake([(SIZE, SIZES)]))
    assert first == pytest.approx(calibrated_mean(y, post_stratify(SIZE, SIZES)))


def test_what_the_margins_explain_has_no_variance():
    """An item that is the same for all in a class has a total known without error."""
    y = [{"a": 1, "b": 4, "c": 9}[size] for size in SIZE]
    total, error = calibrated_total(y, rake([(SIZE, SIZES), (REGION, REGIONS)]), 24)
    assert total == pytest.approx(10 + 36 + 45)
    assert error == pytest.approx(0, abs=1e-9)


def test_a_lottery_in_which_all_weigh_alike_has_the_variance_of_a_sample():
    """Half of each class answered: all that differs from R's is one less the leverage, which is 1/4 or 1/6 here, for n - 1 of n."""
    groups = ["a"] * 4 + ["b"] * 6
    y = np.array([1.0, 0, 0, 1, 1, 1, 1, 0, 0, 1])
    made = rake([(groups, {"a": 8, "b": 12})])
    assert made.weights == pytest.approx(2.0)
    mean, error = calibrated_mean(y, made)
    gaps = np.array([4 / 3 * (v - 0.5) for v in y[:4]] + [6 / 5 * (v - 4 / 6) for v in y[4:]])
    assert (mean, error) == (pytest.approx(y.mean()), pytest.approx(np.sqrt(0.5 * (gaps**2).sum()) / 10))
    assert calibrated_svymean(y, made, 20)[1] == pytest.approx(
        np.sqrt(0.5 * 10 / 9 * ((gaps * np.array([3 / 4] * 4 + [5 / 6] * 6)) ** 2).sum()) / 10
    )


def test_where_all_answered_there_is_no_uncertainty():
    """A census, and a class all of which answered."""
    y = [1.0, 0, 1, 1, 0, 1]
    assert calibrated_mean(y, rake([(list("aaabbb"), {"a": 3, "b": 3})]))[1] == 0
    some = rake([(list("aaabbb"), {"a": 3, "b": 9})])
    assert calibrated_mean(y, some)[1] == calibrated_mean([0.0, 1, 1, 1, 0, 1], some)[1] > 0


@pytest.mark.parametrize(
    ("margins", "message"),
    [([(["a", "a"], {"a": 3, "b": 2})], "nobody answered in .*b"), ([(["a", "z"], {"a": 3})], "no target for .*z"),
     ([(["a", "b"], {"a": 3, "b": 2}), (["x", "y"], {"x": 1, "y": 4})], "cannot be met together")],
)  # fmt: skip
def test_margins_that_cannot_be_met_are_refused(margins, message):
    """A class without answers, an answer without a class, margins against each other."""
    with pytest.raises(ValueError, match=message):
        rake(margins)


def test_the_sample_variance_is_that_of_all_samples():
    """Over all samples of 3 of 6 the estimate is on average the variance of the expanded total."""
    members = np.array([2.0, 3, 5, 8, 9, 1])
    samples = [members[list(chosen)] * 2 for chosen in combinations(range(6), 3)]
    assert np.mean([sample_variance(s, 6) for s in samples]) == pytest.approx(np.var([s.sum() for s in samples]))


Y1, Y2 = np.array([1, 0, 1, 1, 0, 0, 1]), np.array([1, 1, 1, 0, 0, 1, 1])


def test_the_overlap_variance_is_that_of_all_pairs_of_samples():
    """Every pair of samples of 4 and 3 of 7 with 2 in common, written out."""
    changes = [
        Y2[list(b)].mean() - Y1[list(a)].mean()
        for a in combinations(range(7), 4)
        for b in combinations(range(7), 3)
        if len(set(a) & set(b)) == 2
    ]
    formula = overlap_variance(7, (4, 3), 2, (Y1.var(ddof=1), Y2.var(ddof=1)), np.cov(Y1, Y2)[0, 1])
    assert np.var(changes) == pytest.approx(formula)


def test_the_same_members_both_years_make_change_surer():
    """With the same answers, all in common is narrower than none in common."""
    random = np.random.default_rng(2)
    first = random.integers(1, 6, 60).astype(float)
    second = np.clip(first + random.integers(-1, 2, 60), 1, 5)
    same = np.where(np.arange(60) < 30, 1.0, np.nan)
    other = np.where(np.arange(60) >= 30, 1.0, np.nan)
    paired, apart = change_interval(first * same, second * same), change_interval(first * same, second * other)
    assert paired[2] - paired[1] < apart[2] - apart[1]


@given(st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)), min_size=2, max_size=20))
def test_a_census_both_years_has_no_uncertainty(pairs):
    """All members answered twice: the change is a fact."""
    first, second = map(list, zip(*pairs, strict=True))
    change, low, high = change_interval(first, second)
    assert change == pytest.approx(np.mean(second) - np.mean(first))
    assert (low, high) == pytest.approx((change, change), abs=1e-6)


def test_too_few_answers_give_no_interval():
    """One answer in a year: the change without limits."""
    nan = float("nan")
    change, low, high = change_interval([1, nan, nan], [nan, 2, 3])
    assert change == 1.5
    assert np.isnan([low, high]).all()
