"""Tests given the margins, against every table written out and against SciPy."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import fisher_exact as scipy_fisher

from sekom_survey.stats import exact_tables
from sekom_survey.stats.exact_tables import as_codes, exact_rarity_p, fisher_exact, fisher_freeman_halton, rarity
from sekom_survey.stats.fixed_margins import fillings, walk

LARGE = [[3, 2, 4, 1, 5, 2, 3], [2, 4, 1, 3, 2, 5, 1], [4, 1, 3, 2, 2, 1, 4], [1, 3, 2, 4, 3, 2, 2],
         [2, 2, 3, 1, 4, 3, 1]]  # fmt: skip


def written_out(table):
    """Give the p value by ordering the answers in every way."""
    rows, columns = as_codes(table)
    shape = np.shape(table)
    observed, extreme, total = float(rarity(np.array(table))), 0, 0
    for order in permutations(columns):
        counts = np.zeros(shape)
        np.add.at(counts, (rows, list(order)), 1)
        extreme += float(rarity(counts)) >= observed - 1e-9
        total += 1
    return extreme / total


@pytest.mark.parametrize(
    "table", [[[2, 0], [1, 4]], [[1, 2, 0], [2, 0, 2]], [[2, 0, 0], [0, 1, 1], [1, 1, 2]], [[3, 0], [0, 2], [1, 2]]]
)
def test_the_p_value_is_that_of_all_orders_of_the_answers(table):
    """Eight answers or fewer, every order of them."""
    assert exact_rarity_p(table) == pytest.approx(written_out(table), abs=1e-12)


@given(st.lists(st.integers(0, 12), min_size=4, max_size=4).filter(lambda t: sum(t) > 0))
def test_two_by_two_agrees_with_scipy(cells):
    """Fisher's test, all three tails, and the general algorithm on the same table."""
    table = [cells[:2], cells[2:]]
    tails = fisher_exact(table)
    assert tails.two_sided == pytest.approx(scipy_fisher(table).pvalue, rel=1e-6)
    assert tails.upper == pytest.approx(scipy_fisher(table, alternative="greater").pvalue, rel=1e-9)
    assert tails.lower == pytest.approx(scipy_fisher(table, alternative="less").pvalue, rel=1e-9)
    assert exact_rarity_p(table) == pytest.approx(tails.two_sided, rel=1e-6)


@settings(max_examples=30)
@given(st.lists(st.lists(st.integers(0, 4), min_size=3, max_size=3), min_size=2, max_size=4), st.randoms())
def test_the_order_of_rows_and_columns_does_not_matter(table, random):
    """Shuffled and transposed tables give the same p value, in (0, 1]."""
    rows = [list(row) for row in table]
    random.shuffle(rows)
    first = exact_rarity_p(table)
    assert 0 < first <= 1
    assert exact_rarity_p(np.array(rows).T) == pytest.approx(first, abs=1e-9)


def test_beyond_the_limit_permutations_are_used_and_say_so():
    """A 5 x 7 table of 90 answers is too much; the seeded answer is the same every time."""
    assert exact_rarity_p(LARGE) is None
    found = fisher_freeman_halton(LARGE, draws=999)
    assert found.how == "permutation"
    assert 0 < found.p_value <= 1
    assert fisher_freeman_halton(LARGE, draws=999) == found
    assert fisher_freeman_halton(LARGE, draws=999, seed=1).p_value != found.p_value


def test_the_permutation_agrees_with_the_exact_answer(monkeypatch):
    """Where both can be had they differ by less than four standard errors."""
    table = [[2, 5, 8, 5], [3, 6, 6, 3], [5, 4, 2, 1]]
    exact = fisher_freeman_halton(table)
    monkeypatch.setattr(exact_tables, "exact_rarity_p", lambda _: None)
    drawn = fisher_freeman_halton(table)
    assert (exact.how, drawn.how) == ("exact", "permutation")
    assert drawn.p_value == pytest.approx(exact.p_value, abs=4 * np.sqrt(0.25 / 9_999))


@pytest.mark.parametrize("table", [[[3, 4]], [[3], [4]], [[3, 4], [0, 0]], [[0, 3], [0, 4]]])
def test_a_table_with_one_class_has_nothing_to_test(table):
    """Only one row or column in use: p = 1."""
    assert exact_rarity_p(table) == 1.0


def test_the_walk_through_all_tables_sums_to_one():
    """No table is missed and none counted twice."""
    states = walk([5, 4, 3], [4, 4, 4], lambda column, used, way: way[:, :1] * column, 1)
    assert states.probabilities.sum() == pytest.approx(1.0, abs=1e-12)
    assert len(fillings(4, (5, 4, 3))) == 14
