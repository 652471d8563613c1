"""Shared permutations: uniform, seeded, and the same answer as one item at a time."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sekom_survey.stats import batch
from sekom_survey.stats.exact_tables import exact_rarity_p, jonckheere_statistic, kruskal_statistic
from sekom_survey.stats.permutation import permutation_matrix, permutation_p, permuted_tables, restrict
from tests.stats.beside import jonckheere_terpstra, kruskal_wallis

RANDOM = np.random.default_rng(7)
GROUPS = np.repeat([0, 1, 2], [10, 8, 6])
ITEMS = [RANDOM.integers(0, values, 24) for values in (2, 4, 5)]
ITEMS.append(np.where(RANDOM.random(24) < 0.3, -1, RANDOM.integers(0, 3, 24)))


def test_every_row_is_an_order_and_the_seed_decides_it():
    """A permutation a row; same seed, same rows; other seed, others."""
    orders = permutation_matrix(12, 500, 3)
    assert (np.sort(orders, axis=1) == np.arange(12)).all()
    assert (orders == permutation_matrix(12, 500, 3)).all()
    assert (orders != permutation_matrix(12, 500, 4)).any()


def test_those_who_answered_are_ordered_uniformly():
    """Three of five answered: the six orders of them come equally often."""
    answered = np.array([True, False, True, True, False])
    orders = Counter(map(tuple, restrict(permutation_matrix(5, 30_000, 1), answered).tolist()))
    assert len(orders) == 6
    assert all(abs(times - 5_000) < 5 * np.sqrt(5_000) for times in orders.values())


def test_permuted_tables_keep_their_margins():
    """Group sizes and answers are those observed, whoever did not answer left out."""
    for number, tables in permuted_tables(GROUPS, ITEMS, draws=50):
        item = ITEMS[number]
        assert (tables.observed == batch.cross(GROUPS, item)).all()
        assert (tables.permuted.sum(axis=2) == tables.observed.sum(axis=1)).all()
        assert (tables.permuted.sum(axis=1) == tables.observed.sum(axis=0)).all()


def test_a_stack_of_tables_gives_the_statistics_of_each():
    """The vectorised statistics are those of one table at a time."""
    tables = dict(permuted_tables(GROUPS, [ITEMS[2]], draws=20))[0].permuted
    for statistic in (kruskal_statistic, jonckheere_statistic):
        assert statistic(tables) == pytest.approx([float(statistic(table)) for table in tables])


def _samples(item):
    return [item[(group == GROUPS) & (item >= 0)] for group in range(3)]


def test_all_items_at_once_agree_with_one_at_a_time():
    """Shared permutations differ from the exact p values by less than four standard errors."""
    error = 4 * np.sqrt(0.25 / 9_999)
    found = zip(
        ITEMS, batch.independence(GROUPS, ITEMS), batch.levels(GROUPS, ITEMS), batch.trends(GROUPS, ITEMS), strict=True
    )
    for item, nominal, level, trend in found:
        assert nominal.p_value == exact_rarity_p(batch.cross(GROUPS, item))
        assert level.p_value == pytest.approx(kruskal_wallis(_samples(item)).p_value, abs=error)
        assert trend.p_value == pytest.approx(jonckheere_terpstra(_samples(item)).two_sided, abs=error)
        assert level.statistic == pytest.approx(kruskal_wallis(_samples(item)).statistic)


def test_an_item_that_all_answered_alike_has_p_one():
    """Nothing to tell apart, and no warning."""
    alike = np.zeros(24, dtype=np.int64)
    assert [test(GROUPS, [alike])[0].p_value for test in (batch.independence, batch.levels, batch.trends)] == [1, 1, 1]


def test_large_tables_fall_back_to_the_shared_permutations():
    """An item with a value for everyone in many groups is too much to go through."""
    groups, item = np.arange(60) % 6, RANDOM.integers(0, 9, 60)
    assert batch.independence(groups, [item], draws=199)[0].how == "permutation"


@given(st.floats(-5, 5), st.lists(st.floats(-5, 5), min_size=1, max_size=50))
def test_a_permutation_p_value_is_never_zero(observed, permuted):
    """The observed order is one of the permutations: p in (0, 1]."""
    assert 1 / (len(permuted) + 1) <= permutation_p(observed, permuted) <= 1
