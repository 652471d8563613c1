"""A kind of figure is added by one file."""

import re
from pathlib import Path

import pandas as pd

import sekom_survey.shown.figures
from sekom_survey.shown.figures import FIGURES, kinds, save
from tests.shown.figures.samples import exhibit

DOCS = Path(__file__).parents[3] / "docs" / "contributing.md"
WORKED_EXAMPLE = next(code for code in re.findall(r"^```python\n(.*?)^```", DOCS.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
                      if "def draw" in code)  # fmt: skip


def test_a_kind_is_added_by_one_file(tmp_path, monkeypatch):
    """The one in docs/contributing.md, dropped beside the others: found and drawn by its file's name."""
    (tmp_path / "tally.py").write_text(WORKED_EXAMPLE, encoding="utf-8")
    monkeypatch.setattr(kinds, "__path__", [*kinds.__path__, str(tmp_path)])
    assert set(kinds.names()) == {*FIGURES, "tally"} - {"table"}
    monkeypatch.setitem(FIGURES, "tally", sekom_survey.shown.figures._from("kinds.tally"))
    shown = exhibit("tally", pd.DataFrame({"label": ["Ja", "Nej"], "count": [14, 8]}))
    assert save(shown, tmp_path) == ("tally.svg", "tally-narrow.svg", "tally.png")
    assert (tmp_path / "tally.svg").read_text(encoding="utf-8").count("<path") >= 22
