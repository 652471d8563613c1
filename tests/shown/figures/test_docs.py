"""The documentation names what there is."""

import re
from importlib import import_module
from pathlib import Path

import pytest

from sekom_survey.shown.figures import FIGURES
from tests.shown.figures.samples import ALL

DOCUMENTED = dict(
    re.findall(
        r"^\| `(\w+)` \|[^|]*\|([^|]*)\|$",
        (Path(__file__).parents[3] / "docs" / "exhibits.md").read_text(encoding="utf-8"),
        re.M,
    )
)


def test_every_kind_is_documented():
    """Neither more nor fewer than can be drawn."""
    assert set(DOCUMENTED) == set(FIGURES)


@pytest.mark.parametrize("kind", [kind for kind, drawing in FIGURES.items() if drawing])
def test_documented_columns_are_those_the_drawing_takes(kind):
    """The table, the drawing's docstring and the samples name the same columns."""
    listed = set(re.findall(r"`([a-z_]+)`", DOCUMENTED[kind])) - {"read", "added", "removed", "kept", "table"}
    docstring = import_module(f"sekom_survey.shown.figures.kinds.{kind}").draw.__doc__
    assert all(column in docstring for column in listed)
    assert listed == set(ALL[kind].data.columns)
