"""Small tables for the tests of disclosure."""

from __future__ import annotations

import re

import numpy as np

from sekom_survey.stats.disclosure import LinkedTables, margin_equations

# The made-up delinquents of FCSM Statistical Policy Working Paper 22 (2005), ch. 2.
WP22 = [[15, 1, 3, 1], [20, 10, 10, 15], [3, 10, 10, 2], [12, 14, 7, 2]]


def two_way(counts: list[list[int]]) -> LinkedTables:
    """Add totals and name every cell (row, column), counted from 1, totals last."""
    inner = np.array(counts)
    whole = np.vstack([np.hstack([inner, inner.sum(axis=1, keepdims=True)]), [*inner.sum(axis=0), inner.sum()]])
    grid = [[(i + 1, j + 1) for j in range(whole.shape[1])] for i in range(whole.shape[0])]
    return LinkedTables({(i, j): int(whole[i - 1, j - 1]) for row in grid for i, j in row}, margin_equations(grid))


def totals(tables: LinkedTables) -> list[tuple[int, int]]:
    """Give the cells of the last row and the last column."""
    last = (max(i for i, _ in tables.values), max(j for _, j in tables.values))
    return [(i, j) for i, j in tables.values if i == last[0] or j == last[1]]


def named(text: str) -> list[tuple[int, int]]:
    """Read (1,2)(1,3)."""
    return [(int(i), int(j)) for i, j in re.findall(r"\((\d),(\d)\)", text)]
