"""Agreement: its ends, chance, sets of themes, and the bootstrap."""

from __future__ import annotations

from math import isnan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sekom_survey.stats.agreement import alpha_interval, cohen_kappa, krippendorff_alpha, masi_distance

themes = st.frozensets(st.sampled_from("abcd"), max_size=4)
F = frozenset


def test_two_who_guess_agree_by_chance_only():
    """10 000 units coded at random: kappa and alpha within .05 of zero."""
    first, second = np.random.default_rng(11).integers(0, 3, (2, 10_000))
    table = np.zeros((3, 3))
    np.add.at(table, (first, second), 1)
    assert cohen_kappa(table) == pytest.approx(0, abs=0.05)
    assert krippendorff_alpha([first.tolist(), second.tolist()]) == pytest.approx(0, abs=0.05)


@given(st.lists(st.integers(0, 3), min_size=2, max_size=20))
def test_full_agreement_is_one_unless_there_is_nothing_to_agree_on(codes):
    """1 for every scale; nan when a single value was used throughout."""
    for scale in ("nominal", "ordinal", "interval", "ratio"):
        alpha = krippendorff_alpha([codes, codes], scale)
        assert isnan(alpha) if len(set(codes)) == 1 else alpha == pytest.approx(1)


def test_gaps_and_units_coded_once_do_not_count():
    """A unit that one coder alone has coded says nothing of agreement."""
    ratings = [[1, 2, 3, 1], [1, 2, 2, 1]]
    with_gaps = [[1, 2, 3, 1, 5, None], [1, 2, 2, 1, None, None]]
    assert krippendorff_alpha(with_gaps) == krippendorff_alpha(ratings)


@given(themes, themes)
def test_the_distance_between_sets_is_a_distance(first, second):
    """0 for the same sets, 1 for sets without a common theme, symmetric, in between else."""
    distance = masi_distance(first, second)
    assert distance == masi_distance(second, first)
    assert (distance == 0) == (first == second)
    assert 0 <= distance <= 1
    assert (distance == 1) == (first != second and not first & second)


def test_the_distances_of_passonneaus_cases():
    """Equal, within, overlapping, apart; and two coders who both find no theme agree."""
    assert masi_distance(F("ab"), F("ab")) == 0
    assert masi_distance(F("ab"), F("abc")) == pytest.approx(1 - 2 / 3 * 2 / 3)
    assert masi_distance(F("ab"), F("bc")) == pytest.approx(1 - 1 / 3 * 1 / 3)
    assert masi_distance(F("ab"), F("cd")) == 1
    assert masi_distance(F(), F()) == 0
    assert masi_distance(F(), F("a")) == 1


def test_partly_right_sets_count_for_something():
    """Alpha with the set distance lies above alpha that knows only equal or not."""
    first = [F("a"), F("ab"), F("b"), F(), F("c"), F("abc")]
    second = [F("a"), F("a"), F("b"), F(), F("c"), F("ab")]
    strict = krippendorff_alpha([first, second])
    assert strict < krippendorff_alpha([first, second], masi_distance) < 1


def test_the_bootstrap_is_seeded_and_lies_around_alpha():
    """Same seed, same interval; it holds the estimate and narrows with more units."""
    random = np.random.default_rng(4)
    truth = random.integers(0, 3, 400)
    coders = [np.where(random.random(400) < 0.8, truth, random.integers(0, 3, 400)).tolist() for _ in range(2)]
    low, high = alpha_interval(coders)
    assert (low, high) == alpha_interval(coders)
    assert low < krippendorff_alpha(coders) < high
    few = alpha_interval([coder[:40] for coder in coders])
    assert high - low < few[1] - few[0]


def test_nothing_to_resample_gives_no_interval():
    """No unit coded twice, or one value throughout."""
    assert all(isnan(limit) for limit in alpha_interval([[1, None], [None, 2]]))
    assert all(isnan(limit) for limit in alpha_interval([[1, 1], [1, 1]]))


def test_kappa_without_variation_is_undefined():
    """Both coders use one class: nothing beyond chance can be seen."""
    assert isnan(cohen_kappa([[7, 0], [0, 0]]))
