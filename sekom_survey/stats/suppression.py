"""Which further cells to hide so that no hidden cell can be worked out too closely."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import block_array, csr_array, eye_array, kron

from sekom_survey.stats.disclosure import (
    Bounds,
    Cell,
    LinkedTables,
    audit,
    coefficient_matrix,
    linked_parts,
    too_narrow,
)
from sekom_survey.stats.silence import silent

Floats = NDArray[np.float64]
Constraint = tuple[csr_array, float, float]

# Seconds for one choice; the best found by then is taken and audited like any other.
TIME_LIMIT = 30
# How many widths a cell may move while a protected one moves by one.
REACH = 4


@dataclass(frozen=True, eq=False)
class Suppression:
    """All cells to hide, what can be known of each, and those that could not be protected."""

    hidden: frozenset[Cell]
    bounds: Bounds
    exposed: frozenset[Cell]


@dataclass(frozen=True, eq=False)
class _Part:
    """Linked cells that may be hidden: their equations, and how far each can move down and up."""

    cells: tuple[Cell, ...]
    matrix: csr_array
    down: Floats
    up: Floats
    cost: Floats


def _part(tables: LinkedTables, cells: Sequence[Cell], width: int) -> _Part:
    values = np.array([tables.values[cell] for cell in cells], dtype=float)
    room = np.array([tables.ceiling(cell) for cell in cells]) - values
    # In a two-way table no cell need move further than the width; linked tables are given some more room.
    reach = float(REACH * width)
    return _Part(
        tuple(cells),
        coefficient_matrix(tables.equations, cells),
        np.minimum(values, reach),
        np.minimum(room, reach),
        values + 1,
    )


def _constraints(part: _Part, protected: Sequence[int], width: int) -> list[Constraint]:
    """Bind two movements for every protected cell: each keeps all equations and moves hidden cells only.

    If the cell is hidden the two must put it `width` apart.

    Variables: hide (cells), then the movements (2 x protected x cells), then missing width (protected).
    """
    cells, number = len(part.cells), len(protected)
    moves = 2 * number
    each = eye_array(moves)
    hide_up = kron(np.ones((moves, 1)), csr_array(np.diag(part.up)))
    hide_down = kron(np.ones((moves, 1)), csr_array(np.diag(part.down)))
    still = csr_array((moves * cells, number))
    picked = np.zeros((number, moves * cells))
    for row, cell in enumerate(protected):
        picked[row, 2 * row * cells + cell] = 1
        picked[row, (2 * row + 1) * cells + cell] = -1
    asked = csr_array(np.eye(cells)[list(protected)])
    balance = kron(each, part.matrix)
    no_hide = csr_array((balance.shape[0], cells))
    no_miss = csr_array((balance.shape[0], number))
    movement = eye_array(moves * cells)
    return [
        (csr_array(block_array([[no_hide, balance, no_miss]])), 0, 0),
        (csr_array(block_array([[-hide_up, movement, still]])), -np.inf, 0),
        (csr_array(block_array([[hide_down, movement, still]])), 0, np.inf),
        (csr_array(block_array([[-width * asked, csr_array(picked), eye_array(number)]])), 0, np.inf),
    ]


def _choose(part: _Part, hidden: Collection[Cell], protected: Collection[Cell], width: int) -> frozenset[Cell]:
    """Give the cheapest cells to hide so that every protected cell that is hidden can move by `width`."""
    from scipy.optimize import milp  # as in `disclosure`

    order = [number for number, cell in enumerate(part.cells) if cell in protected]
    cells, moves = len(part.cells), 2 * len(order) * len(part.cells)
    forced = np.array([float(cell in hidden) for cell in part.cells])
    # A count of missing width costs more than hiding everything.
    penalty = np.full(len(order), part.cost.sum() + 1)
    with silent():
        result = milp(
            np.concatenate([part.cost, np.zeros(moves), penalty]),
            integrality=np.ones(cells + moves + len(order)),
            bounds=(
                np.concatenate([forced, -np.tile(part.down, 2 * len(order)), np.zeros(len(order))]),
                np.concatenate([np.ones(cells), np.tile(part.up, 2 * len(order)), np.full(len(order), width)]),
            ),
            constraints=_constraints(part, order, width),
            options={"mip_rel_gap": 0.0, "time_limit": TIME_LIMIT},
        )
    if result.x is None:
        return frozenset(part.cells)
    return frozenset(cell for cell, hide in zip(part.cells, result.x, strict=False) if hide > 0.5)


def _protect(
    tables: LinkedTables, cells: Sequence[Cell], primary: Collection[Cell], width: int
) -> tuple[frozenset[Cell], Bounds]:
    """Hide more cells until those hidden are all protected, or nothing more can be done."""
    part = _part(tables, cells, width)
    protected = frozenset(primary)
    while True:
        hidden = _choose(part, primary, protected, width)
        bounds = audit(tables, hidden)
        weak = too_narrow(bounds, width) - protected
        if not weak:
            return hidden, bounds
        protected |= weak


def suppress(
    tables: LinkedTables, primary: Collection[Cell], width: int, fixed: Collection[Cell] = frozenset()
) -> Suppression:
    """Choose further cells to hide so that no hidden cell is known more closely than `width` apart.

    `primary` must be hidden; `fixed` must be shown (totals, what is published already); `width` in counts
    is the least distance between the bounds of `audit`. Of all ways the one that hides the fewest answers
    (value + 1 a cell) is taken. Cells that no choice protects are given as `exposed`: then the table
    cannot be shown with these totals. Raises ValueError when a cell is both primary and fixed.
    Source: Fischetti & Salazar (2001), Management Science 47:1008-1027, solved directly.
    """
    if set(primary) & set(fixed):
        raise ValueError("a cell cannot be both hidden and shown")
    hidden: frozenset[Cell] = frozenset()
    bounds: Bounds = {}
    for cells in linked_parts(tables, [cell for cell in tables.values if cell not in set(fixed)]):
        inside = frozenset(primary) & frozenset(cells)
        if inside:
            more, known = _protect(tables, cells, inside, width)
            hidden |= more
            bounds |= known
    return Suppression(hidden, bounds, too_narrow(bounds, width))
