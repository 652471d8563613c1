"""Hidden cells: an attack from published numbers alone, and the protection against it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from sekom_survey.stats.disclosure import LinkedTables, audit, broken_equations, margin_equations, too_narrow
from sekom_survey.stats.suppression import suppress
from tests.stats.disclosure_tables import WP22, named, totals, two_way

SMALL = [cell for cell, count in two_way(WP22).values.items() if count < 5]
TWO_EACH = named("(1,2)(1,3)(1,4)(2,2)(2,3)(3,1)(3,4)(4,1)(4,4)")


def attack(shape, published):
    """Bound every cell of a two-way table from the published ones, by linear programming of its own.

    `published` is an array with nan where nothing is shown, totals last; knows sums and nothing else.
    """
    rows, columns = shape
    unknown = [tuple(cell) for cell in np.argwhere(np.isnan(published))]
    equations, sums = [], []
    for line in [[(i, j) for j in range(columns)] for i in range(rows)] + [
        [(i, j) for i in range(rows)] for j in range(columns)
    ]:
        signs = [1] * (len(line) - 1) + [-1]
        equations.append([sum(s for s, c in zip(signs, line, strict=True) if c == u) for u in unknown])
        sums.append(-sum(s * published[c] for s, c in zip(signs, line, strict=True) if c not in unknown))
    found = {}
    for place, cell in enumerate(unknown):
        aim = np.eye(1, len(unknown), place)[0]
        low, high = (linprog(s * aim, A_eq=equations, b_eq=sums, bounds=(0, None)).fun * s for s in (1, -1))
        found[(int(cell[0]) + 1, int(cell[1]) + 1)] = (low, high)
    return found


def published(tables, hidden):
    """Lay the table out as a reader sees it."""
    size = max(tables.values)
    seen = np.full(size, np.nan)
    for (i, j), count in tables.values.items():
        if (i, j) not in hidden:
            seen[i - 1, j - 1] = count
    return seen


def test_hiding_small_cells_alone_hides_nothing():
    """All six cells under five are worked out to the unit from what is left."""
    found = attack((5, 5), published(two_way(WP22), SMALL))
    assert all(high - low < 1e-6 for low, high in found.values())
    assert len(found) == 6


def test_two_hidden_cells_in_every_row_and_column_are_not_safe():
    """The rule of thumb fails: cell (1, 4) is known exactly."""
    hidden = np.array([[(i, j) in TWO_EACH for j in range(1, 5)] for i in range(1, 5)])
    assert (hidden.sum(axis=0) >= 2).all()
    assert (hidden.sum(axis=1) >= 2).all()
    assert attack((5, 5), published(two_way(WP22), TWO_EACH))[(1, 4)] == pytest.approx((1, 1))


@pytest.mark.parametrize("width", [2, 5, 8])
def test_after_suppression_the_attack_finds_no_cell(width):
    """No hidden cell is bounded closer than the width, totals all shown."""
    tables = two_way(WP22)
    chosen = suppress(tables, SMALL, width, totals(tables))
    assert chosen.exposed == frozenset()
    assert set(SMALL) <= chosen.hidden
    assert not chosen.hidden & set(totals(tables))
    found = attack((5, 5), published(tables, chosen.hidden))
    assert min(high - low for low, high in found.values()) >= width - 1e-6


def test_the_cheapest_protection_is_chosen():
    """No set of hidden cells with fewer answers protects: checked by trying them all on a 3 x 3 table."""
    tables = two_way([[1, 9, 6], [8, 7, 12], [5, 11, 3]])
    chosen = suppress(tables, [(1, 1)], 2, totals(tables))
    inner = [cell for cell in tables.values if cell not in totals(tables)]
    best = min(
        sum(tables.values[c] + 1 for c in hidden)
        for number in range(2**9)
        if (1, 1) in (hidden := [c for bit, c in enumerate(inner) if number >> bit & 1])
        and not too_narrow(audit(tables, hidden), 2)
    )
    assert sum(tables.values[c] + 1 for c in chosen.hidden) == best


@settings(max_examples=25, deadline=None)
@given(st.lists(st.lists(st.integers(0, 12), min_size=3, max_size=3), min_size=3, max_size=3))
def test_any_table_is_protected_or_says_what_is_not(counts):
    """The truth lies within all bounds; what is narrower than asked is named."""
    tables = two_way(counts)
    primary = [c for c in tables.values if c not in totals(tables) and 0 < tables.values[c] < 3]
    chosen = suppress(tables, primary, 3, totals(tables))
    assert set(primary) <= chosen.hidden == set(chosen.bounds)
    assert all(low <= tables.values[c] <= high for c, (low, high) in chosen.bounds.items())
    assert chosen.exposed == {c for c, (low, high) in chosen.bounds.items() if high - low < 3}


def test_the_cells_hidden_to_blur_another_are_blurred_too():
    """Cells that move by one or two are enough to blur the first by three, but are then known too closely."""
    tables = two_way([[6, 5, 4], [2, 2, 0], [0, 0, 1]])
    blurring = named("(1,1)(1,3)(2,1)(2,3)(3,1)(3,3)")
    bounds = audit(tables, blurring)
    assert bounds[(1, 1)] == (5, 8)
    assert len(too_narrow(bounds, 3)) == 4
    chosen = suppress(tables, [(1, 1)], 3, totals(tables))
    assert chosen.hidden == set(named("(1,1)(1,2)(2,1)(2,2)"))
    assert not chosen.exposed


def linked():
    """Two tables of one item, by size and by landsdel, that share the item's totals."""
    by_size = [[2, 9, 12], [11, 8, 8]]
    by_region = [[7, 10, 8], [6, 7, 12]]
    values, equations = {}, []
    for name, counts in (("size", by_size), ("region", by_region)):
        grid = [[(name, i, j) for j in range(3)] + [(name, i, "all")] for i in range(2)]
        grid.append([("all", j) for j in range(3)] + [("all", "all")])
        equations += margin_equations(grid)
        whole = np.array(counts)
        for i in range(2):
            values |= {(name, i, j): int(whole[i, j]) for j in range(3)} | {(name, i, "all"): int(whole[i].sum())}
        values |= {("all", j): int(whole[:, j].sum()) for j in range(3)} | {("all", "all"): int(whole.sum())}
    return LinkedTables(values, equations)


def test_a_total_hidden_in_one_table_is_found_through_the_other():
    """Hiding a cell and its column total looks safe in the first table; the second gives the total away."""
    tables = linked()
    alone = LinkedTables(tables.values, [e for e in tables.equations if any("size" in c for c in e)])
    hidden = [("size", 0, 0), ("all", 0), ("size", 0, "all"), ("all", "all")]
    assert audit(alone, hidden)[("size", 0, 0)] == (0, float("inf"))
    assert audit(tables, hidden)[("size", 0, 0)] == (2, 2)


def test_linked_tables_are_protected_together():
    """With shared totals shown, the small cell stays unknown over both tables."""
    tables = linked()
    assert not broken_equations(tables)
    fixed = [c for c in tables.values if "all" in c]
    chosen = suppress(tables, [("size", 0, 0)], 4, fixed)
    assert not chosen.exposed
    assert {c[0] for c in chosen.hidden} == {"size"}


def test_known_ceilings_narrow_what_can_be_hidden():
    """A group of four where everybody knows nobody can count more than four."""
    tables = two_way([[3, 9], [8, 7]])
    capped = LinkedTables(tables.values, tables.equations, {(1, 1): 4})
    hidden = [(1, 1), (1, 2), (2, 1), (2, 2)]
    assert audit(tables, hidden)[(1, 1)] == (0, 11)
    assert audit(capped, hidden)[(1, 1)] == (0, 4)
    assert suppress(capped, [(1, 1)], 5, totals(tables)).exposed >= {(1, 1)}


def test_a_table_that_cannot_be_protected_says_so():
    """One row and its total: the hidden cell is a subtraction away, and is named."""
    tables = LinkedTables({"yes": 2, "no": 6, "all": 8}, [{"yes": 1, "no": 1, "all": -1}])
    chosen = suppress(tables, ["yes"], 3, ["no", "all"])
    assert chosen.exposed == {"yes"}
    assert chosen.bounds["yes"] == (2, 2)


def test_a_hidden_cell_that_nothing_mentions_is_free():
    """No equation, no ceiling: nothing is known."""
    assert audit(LinkedTables({"alone": 3}, []), ["alone"]) == {"alone": (0, float("inf"))}


def test_numbers_that_do_not_add_up_are_refused():
    """Wrong sums would make every bound meaningless."""
    with pytest.raises(ValueError, match="do not satisfy"):
        audit(LinkedTables({"a": 1, "b": 2, "t": 4}, [{"a": 1, "b": 1, "t": -1}]), ["a"])
    with pytest.raises(ValueError, match="both hidden and shown"):
        suppress(two_way(WP22), [(1, 1)], 2, [(1, 1)])
