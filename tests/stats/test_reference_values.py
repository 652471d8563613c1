"""Every one of the 352 reference cases, to the accuracy it is given with."""

from __future__ import annotations

import re
from math import sqrt

import pytest

from sekom_survey.stats.means import binary_variance, mean_standard_error
from tests.stats import cases_other, cases_shares, cases_tests  # noqa: F401  (they register their cases)
from tests.stats.r_arithmetic import R_TOLERANCE, r_likelihood_limits, r_odds_ratio
from tests.stats.registry import PATTERNS, Case, computers, read_cases, table, whole

CASES = read_cases()
# Printed with twelve digits.
ACCURACY = 1e-9
# Published with four decimals.
ROUNDED = {"newcombe_diff_lo_56_70_48_80": 5e-5, "newcombe_diff_hi_56_70_48_80": 5e-5}
# Found by simulation, with so many draws; what we compute is exact.
SIMULATED = {"kw_likert_p_perm_1e6": 1e6, "jt_likert_p_perm_upper_2e5": 2e5, "cochran_q_p_perm_2e5": 2e5}
# Where R stops before it has the number to twelve digits: uniroot is content with .0001, and a profile
# likelihood is read off a grid. `test_r_stops_early...` shows that there is no other difference.
ODDS_RATIO = re.compile(r"fisher_(?:tea|convictions|sek_small_large)_(?:cond_or|or|or_lo|lo|hi)")
PROFILE = re.compile(r"(?:svyciprop_srs|sek_srs_svyciprop)_likelihood_(?:lo|hi)")
GRID_ERROR = 5e-6


def stops_early(case: Case) -> bool:
    """Say whether R's number has an error of its own that shows in twelve digits."""
    return bool(ODDS_RATIO.fullmatch(case.name) or PROFILE.fullmatch(case.name))


def tolerance(case: Case) -> float:
    """Give the error that the reference value may have."""
    if ODDS_RATIO.fullmatch(case.name):  # R searches for the ratio or, above 1, for its inverse
        return R_TOLERANCE * max(1.0, case.expected**2)
    if PROFILE.fullmatch(case.name):
        return GRID_ERROR
    if case.name in SIMULATED:
        return 3 * sqrt(case.expected * (1 - case.expected) / SIMULATED[case.name])
    return ROUNDED.get(case.name, ACCURACY * max(abs(case.expected), 1e-6))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_reference_value_is_reproduced(case):
    """Our function gives the value that R or the publication gives."""
    ((compute, arguments),) = computers(case.name)
    assert compute(case.text, **arguments) == pytest.approx(case.expected, rel=0, abs=tolerance(case))


@pytest.mark.parametrize("case", list(filter(stops_early, CASES)), ids=lambda case: case.name)
def test_r_stops_early_where_we_do_not(case):
    """R's root finder or grid, on our equation, gives R's number to twelve digits: the method is the same."""
    assert _r_number(case) == pytest.approx(case.expected, rel=ACCURACY)


def _r_number(case: Case) -> float:
    if ODDS_RATIO.fullmatch(case.name):
        place = {"r": 0, "o": 1, "i": 2}[case.name[-1]]
        return r_odds_ratio(table(case.text))[place]
    k, n, size = (whole(name, case.text) for name in "knN")
    error = mean_standard_error(n, size, binary_variance(k, n))
    return r_likelihood_limits(k / n, error, n)[0 if case.name.endswith("lo") else 1]


def test_every_case_is_computed_by_exactly_one_function():
    """No case of the table is skipped, none is matched twice, and there are 352."""
    assert len(CASES) == len({case.name for case in CASES}) == 352
    assert [case.name for case in CASES if len(computers(case.name)) != 1] == []


def test_no_function_is_left_without_a_case():
    """A pattern that fits no case any more is a case that has gone missing."""
    assert [p.pattern for p, _ in PATTERNS if not any(p.fullmatch(case.name) for case in CASES)] == []


def test_a_wrong_value_would_be_noticed():
    """All but the rounded, the simulated and the twelve where R stops early are held to nine digits."""
    loose = [c for c in CASES if tolerance(c) > max(ACCURACY * abs(c.expected), 1e-14)]
    assert {c.name for c in loose} == set(ROUNDED) | set(SIMULATED) | {c.name for c in CASES if stops_early(c)}
    assert len(loose) == 2 + 3 + 12
