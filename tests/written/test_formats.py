"""Every file in the folder of formats is one."""

import re
from dataclasses import replace
from pathlib import Path

from sekom_survey.model import Prose, Report, Section
from sekom_survey.written import formats
from sekom_survey.written.formats import FORMATS, Material, found_formats

ROOT = Path(__file__).parents[2]
WORKED_EXAMPLE = next(
    code
    for code in re.findall(r"^```python\n(.*?)^```", (ROOT / "docs/contributing.md").read_text("utf-8"), re.S | re.M)
    if "made: Material" in code
)
REPORT = Report("Enkäten", "", "", 2026, True, "internal", "", (), (), (), (), ())


def test_a_format_is_added_by_one_file(tmp_path, monkeypatch):
    """The one in docs/contributing.md, dropped beside the others, is found and writes its file."""
    (tmp_path / "markdown.py").write_text(WORKED_EXAMPLE, encoding="utf-8")
    monkeypatch.setattr(formats, "__path__", [*formats.__path__, str(tmp_path)])
    found = [one for one in found_formats() if one not in FORMATS]
    assert [one.FILE for one in found] == ["report.md"]
    report = replace(REPORT, sections=(Section("a", "Bakgrund", (Prose("Så gick det till."),)),))
    found[0].write(Material(report, None, None, None, (), {}, tmp_path), tmp_path / "report.md")
    assert (tmp_path / "report.md").read_text(encoding="utf-8") == "# Enkäten\n\n## Bakgrund\n\nSå gick det till.\n"


def test_no_list_of_formats_stands_elsewhere():
    """Each writes a file of its own, and what makes a build names none of them."""
    files = [one.FILE for one in FORMATS]
    assert len(files) == len(set(files)) >= 5
    making = (ROOT / "sekom_survey/running/outputs.py").read_text(encoding="utf-8")
    assert [file for file in files if file in making] == []


def test_a_year_without_goals_has_no_page_of_goals(tmp_path):
    """Nothing is written, rather than an empty page."""
    goals = next(one for one in FORMATS if one.FILE == "goals.html")
    goals.write(Material(REPORT, None, None, None, (), {}, tmp_path), tmp_path / "goals.html")
    assert not list(tmp_path.iterdir())
