"""Revised values of indicators, told by sekom diff."""

from __future__ import annotations

from pathlib import Path

from sekom_survey.found.past_run import PastRun
from sekom_survey.upkeep.diff import has_indicators, revised_lines

MEAN = {"mean": "401.5", "reported": "57", "members": "80"}


def run(values=None, means=None):
    """A run with only its indicators."""
    rows = {key: {"value": value, "member": "Almköping"} for key, value in (values or {}).items()}
    return PastRun(Path(), {}, {"indicator_values": rows, "indicators": means or {}})


def test_a_value_that_is_otherwise_is_told_by_member_and_year():
    """Those that are new or gone are counted by year, and those that stand are not told."""
    before = run({("6a", "m1", "2023"): "401.5", ("6a", "m2", "2023"): "380", ("7", "m1", "2022"): "90"})
    after = run({("6a", "m1", "2023"): "458.5", ("6a", "m2", "2023"): "380", ("6a", "m1", "2024"): "390"})
    assert list(revised_lines(before, after)) == [
        "6a 2023, Almköping: 401,5 → 458,5 (reviderat värde)",
        "1 nytt värde: 1 för 2024",
        "1 värde borta: 1 för 2022",
    ]
    assert list(revised_lines(after, after)) == []


def test_public_runs_have_means_and_their_coverage():
    """Single values are not there to compare."""
    key = ("6a", "2023", "all", "Alla kommuner")
    told = list(revised_lines(run(means={key: MEAN}), run(means={key: {**MEAN, "mean": "398", "reported": "60"}})))
    assert told == ["6a 2023, medel: 401,5 (57 av 80) → 398 (60 av 80)"]


def test_a_run_without_indicators_tells_nothing_of_them():
    """Not even a heading."""
    assert not has_indicators(run())
