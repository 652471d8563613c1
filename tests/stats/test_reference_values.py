"""Every one of the 255 reference cases, to the accuracy it is given with."""

from __future__ import annotations

from math import sqrt

import pytest

from tests.stats import cases_other, cases_shares, cases_tests  # noqa: F401  (they register their cases)
from tests.stats.registry import PATTERNS, Case, computers, read_cases

CASES = read_cases()
# Printed with twelve digits.
ACCURACY = 1e-9
# Published with four decimals.
ROUNDED = {"newcombe_diff_lo_56_70_48_80": 5e-5, "newcombe_diff_hi_56_70_48_80": 5e-5}
# Found by simulation, with so many draws; what we compute is exact.
SIMULATED = {"kw_likert_p_perm_1e6": 1e6, "jt_likert_p_perm_upper_2e5": 2e5}


def tolerance(case: Case) -> float:
    """Give the error that the reference value may have."""
    if case.name in SIMULATED:
        return 3 * sqrt(case.expected * (1 - case.expected) / SIMULATED[case.name])
    return ROUNDED.get(case.name, ACCURACY * max(abs(case.expected), 1e-6))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_reference_value_is_reproduced(case):
    """Our function gives the value that R or the publication gives."""
    ((compute, arguments),) = computers(case.name)
    assert compute(case.text, **arguments) == pytest.approx(case.expected, rel=0, abs=tolerance(case))


def test_every_case_is_computed_by_exactly_one_function():
    """No case of the table is skipped, none is matched twice, and there are 255."""
    assert len(CASES) == len({case.name for case in CASES}) == 255
    assert [case.name for case in CASES if len(computers(case.name)) != 1] == []


def test_no_function_is_left_without_a_case():
    """A pattern that fits no case any more is a case that has gone missing."""
    assert [p.pattern for p, _ in PATTERNS if not any(p.fullmatch(case.name) for case in CASES)] == []


def test_a_wrong_value_would_be_noticed():
    """All but the rounded and the simulated are held to nine digits."""
    loose = [c for c in CASES if tolerance(c) > max(ACCURACY * abs(c.expected), 1e-14)]
    assert {c.name for c in loose} == set(ROUNDED) | set(SIMULATED)
    assert len(loose) == 2 + 2
