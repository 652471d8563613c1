"""Reference cases of multi-choice, agreement, overlapping years, non-response and disclosure."""

from __future__ import annotations

import re

import numpy as np

from sekom_survey.protected.worlds import Number, Worlds
from sekom_survey.stats.agreement import cohen_kappa, krippendorff_alpha
from sekom_survey.stats.paired import overlap_variance
from sekom_survey.stats.weights import r_indicator
from tests.stats.registry import case, read_cases, series, table, whole

# Statistical Policy Working Paper 22 of the FCSM: counts below 5 are to be hidden.
WP22 = [[15, 1, 3, 1], [20, 10, 10, 15], [3, 10, 10, 2], [12, 14, 7, 2]]


@case(r"cohen_kappa_20_5_10_15")
def kappa(text):
    return cohen_kappa(table(text))


@case(r"kripp_4x12_(?P<scale>nominal|ordinal|interval|ratio)")
def alpha(text, scale):
    return krippendorff_alpha([series(coder, text) for coder in "ABCD"], scale)


@case(r"kripp_binary_2x10")
def alpha_binary(text):
    return krippendorff_alpha([series(coder, text) for coder in "AB"])


@case(r"overlap_fpc_var_(?:bruteforce|formula)")
def overlap(text):
    y1, y2 = np.array(series("y1", text)), np.array(series("y2", text))
    variances = (y1.var(ddof=1), y2.var(ddof=1))
    bases = (whole("n1", text), whole("n2", text))
    return overlap_variance(whole("N", text), bases, whole("overlap", text), variances, np.cov(y1, y2)[0, 1])


@case(r"r_indicator_sek")
def representative(text):
    members, answered = (list(map(int, found)) for found in re.findall(r"(\d+)/(\d+)/(\d+)", text))
    return r_indicator(answered, members)


def _wp22(text):
    assert [list(map(int, row.split(","))) for row in re.findall(r"\d+,\d+,\d+,\d+", text)] == WP22
    return WP22


def _hidden(text):
    return [(int(row), int(column)) for row, column in re.findall(r"\((\d),(\d)\)", text)]


def _bounds(table, hidden):
    """What is known of the hidden cells (row, column from 1) of a table whose totals and other cells are shown."""
    truth = {(str(i), j): count for i, row in enumerate(table, 1) for j, count in enumerate(row, 1)}
    lines = [[atom for atom in truth if atom[0] == str(i)] for i in range(1, len(table) + 1)]
    lines += [[atom for atom in truth if atom[1] == j] for j in range(1, len(table[0]) + 1)]
    lines += [[atom] for atom in truth if (int(atom[0]), atom[1]) not in hidden]
    told = [(atoms, float(sum(truth[atom] for atom in atoms))) for atoms in lines]
    known = [Number(dict.fromkeys(atoms, 1.0), total, total) for atoms, total in told]
    worlds = Worlds(np.ones(len(table[0]), dtype=np.int64), known, truth)
    return {(i, j): tuple(worlds.extreme({(str(i), j): 1.0}, least) for least in (True, False)) for i, j in hidden}


@case(r"sdc_wp22_primary_only_all_recoverable")
def recoverable(text):
    small = [(i, j) for i, row in enumerate(_wp22(text), 1) for j, count in enumerate(row, 1) if count < 5]
    return sum(low == high for low, high in _bounds(WP22, small).values())


@case(r"sdc_wp22_pattern_cell_(?P<row>\d)_(?P<column>\d)_(?P<side>lo|hi)")
def pattern(text, row, column, side):
    hidden = _hidden(next(r.text for r in read_cases() if r.name == "sdc_wp22_pattern_cell_1_4_lo").split(":")[0])
    assert len(hidden) == 9
    return _bounds(WP22, hidden)[(int(row), int(column))][0 if side == "lo" else 1]


@case(r"sdc_gauss_example1_young_portugal_hi")
def frequency(text):
    young = [int(n) for n in re.search(r"Spain(\d) Iceland(\d) Portugal(\d)", text).groups()]
    old = [int(n) for n in re.search(r"old (\d) (\d) (\d)", text).groups()]
    return _bounds([young, old], [(1, 2), (1, 3), (2, 2), (2, 3)])[(1, 3)][1]
