"""What can be worked out about cells that are not shown.

Tables are cells (any hashable name) with counts, and linear equations between them: a total is a cell like
any other. Tables that share a cell are linked.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import inf

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from sekom_survey.stats.silence import silent

Cell = Hashable
# The coefficients of cells whose sum is always 0.
Equation = Mapping[Cell, float]
Bounds = dict[Cell, tuple[float, float]]

# Far more than any count of members; a cell that could be half as large is not limited by what is shown.
ENDLESS = 1e6


@dataclass(frozen=True, eq=False)
class LinkedTables:
    """Counts by cell, the equations between them, and what anyone knows a cell cannot exceed.

    `values` holds the true counts; each of `equations` sums to 0; `ceilings` say, for instance, that a
    group's count of an option is at most the group's base. Cells are whole numbers from 0 up.
    """

    values: Mapping[Cell, int]
    equations: Sequence[Equation]
    ceilings: Mapping[Cell, int] = field(default_factory=dict)

    def ceiling(self, cell: Cell) -> float:
        """Give the most the cell can be, infinity when nothing is known."""
        return self.ceilings.get(cell, inf)


def margin_equations(grid: Sequence[Sequence[Cell]]) -> list[Equation]:
    """Give the equations of a two-way table whose last row and last column are totals.

    `grid` names the cells, row by row. Source: arithmetic.
    """
    lines = [*grid, *zip(*grid, strict=True)]
    return [{**dict.fromkeys(line[:-1], 1.0), line[-1]: -1.0} for line in lines]


def broken_equations(tables: LinkedTables) -> list[Equation]:
    """Give the equations that the true counts do not satisfy; empty when the tables agree.

    Source: arithmetic.
    """
    return [e for e in tables.equations if abs(sum(k * tables.values[c] for c, k in e.items())) > 1e-9]


def coefficient_matrix(equations: Iterable[Equation], cells: Sequence[Cell]) -> csr_array:
    """Give the coefficients of the given cells alone, shape (equations, cells), empty rows left out.

    Source: arithmetic.
    """
    place = {cell: number for number, cell in enumerate(cells)}
    rows = [[(place[c], k) for c, k in equation.items() if c in place and k] for equation in equations]
    rows = [row for row in rows if row]
    entries = [(i, j, k) for i, row in enumerate(rows) for j, k in row]
    row_numbers, column_numbers, coefficients = zip(*entries, strict=True) if entries else ((), (), ())
    return csr_array((coefficients, (row_numbers, column_numbers)), shape=(len(rows), len(cells)), dtype=float)


def linked_parts(tables: LinkedTables, cells: Collection[Cell]) -> list[list[Cell]]:
    """Split cells into parts that no chain of equations connects; source: graph components."""
    ordered = list(dict.fromkeys(cells))
    matrix = coefficient_matrix(tables.equations, ordered)
    _, part = connected_components(abs(matrix.T @ matrix), directed=False)
    parts: dict[int, list[Cell]] = {}
    for cell, number in zip(ordered, part.tolist(), strict=True):
        parts.setdefault(number, []).append(cell)
    return list(parts.values())


def _extreme(
    cost: NDArray[np.float64], matrix: csr_array, known: NDArray[np.float64], ceilings: NDArray[np.float64]
) -> float:
    """Give the least value of cost x over whole numbers that agree with what is published."""
    from scipy.optimize import milp  # a tenth of a second to load, and only one of a run's processes needs it

    constraints = [(matrix, known, known)] if matrix.shape[0] else []
    bounds = (0, np.minimum(ceilings, ENDLESS))
    with silent():
        result = milp(cost, integrality=np.ones(len(cost)), bounds=bounds, constraints=constraints)
    if result.fun is None:
        raise ValueError(f"the tables cannot be solved: {result.message}")
    return -inf if result.fun <= -ENDLESS / 2 else float(round(result.fun))


def _part_bounds(tables: LinkedTables, cells: Sequence[Cell]) -> Bounds:
    matrix = coefficient_matrix(tables.equations, cells)
    known = matrix @ np.array([tables.values[cell] for cell in cells], dtype=float)
    ceilings = np.array([tables.ceiling(cell) for cell in cells])
    bounds: Bounds = {}
    for number, cell in enumerate(cells):
        unit = np.eye(1, len(cells), number)[0]
        bounds[cell] = (_extreme(unit, matrix, known, ceilings), -_extreme(-unit, matrix, known, ceilings))
    return bounds


def audit(tables: LinkedTables, hidden: Collection[Cell]) -> Bounds:
    """Give, for every hidden cell, the least and the most it can be given all that is shown.

    Whole-number programming, so never wider than the bounds of linear programming; the upper bound is
    infinite when nothing shown limits the cell. Raises ValueError when the counts break an equation.
    Source: Fischetti & Salazar (2001), Management Science 47:1008-1027; Hundepool et al. (2012),
    Statistical Disclosure Control, ch. 4.
    """
    if broken_equations(tables):
        raise ValueError("the counts do not satisfy the equations between the tables")
    bounds: Bounds = {}
    # In the tables' order, so that the same tables always give the same answer.
    for part in linked_parts(tables, [cell for cell in tables.values if cell in set(hidden)]):
        bounds.update(_part_bounds(tables, part))
    return bounds


def too_narrow(bounds: Bounds, width: float) -> frozenset[Cell]:
    """Give the cells whose bounds are less than `width` apart; source: as `audit`."""
    return frozenset(cell for cell, (low, high) in bounds.items() if high - low < width)
