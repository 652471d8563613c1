"""Every column of every csv file that a run writes is explained in docs/outputs.md."""

from __future__ import annotations

import re

from tests.test_docs import section, undocumented


def test_columns_of_every_csv_that_a_run_writes_are_documented(builds):
    """Those, each in the section on its file, and no others."""
    tables = builds["internal"].tables
    names = {"findings", "estimates", "means", "themes", "comparisons", "changes", "goals", "claims"}
    assert set(tables) == names | {"indicators", "indicator_values", "trace"}
    for name, table in tables.items():
        told = section("outputs.md", f"{name}.csv")
        assert not undocumented(table.columns, "outputs.md", f"{name}.csv"), name
        rows = re.findall(r"^\| (`[^|]+) \|", told, re.MULTILINE)
        assert {word for row in rows for word in re.findall(r"`(\w+)`", row)} == set(table.columns), name
