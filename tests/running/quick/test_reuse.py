"""What has not changed is not made again, and what is used again is the same bytes as what would have been made."""

import subprocess
import sys
from dataclasses import replace
from functools import cached_property
from types import SimpleNamespace

import pandas as pd
import pytest

from sekom_survey.counted.year import analyse
from sekom_survey.found.findings import Findings
from sekom_survey.found.lazy import Touched
from sekom_survey.protected.words import PublicFindings
from sekom_survey.running import outputs
from sekom_survey.running.quick.kept import Kept
from sekom_survey.written.brand import Brand
from sekom_survey.written.formats import Material
from tests.changes import full_year
from tests.written.test_formats import REPORT

TABLE = pd.DataFrame({"a": [1]})


def test_an_entry_is_there_for_the_next_run_only_if_this_one_used_or_replaced_it(tmp_path):
    """Taken, made and inherited entries go on; one replaced by a newer of the same name does not."""
    (tmp_path / "a.svg").write_text("a", encoding="utf-8")
    first = Kept(tmp_path / "none", tmp_path / "1")
    for key in ("drawing-a-1", "drawing-b-1", "note-c-1"):
        first.put(key, tmp_path, [tmp_path / "a.svg"])
    second = Kept(tmp_path / "1", tmp_path / "2")
    assert not second.take("drawing-a-2", tmp_path / "ut")
    second.put("drawing-a-2", tmp_path, [tmp_path / "a.svg"])
    assert second.take("note-c-1", tmp_path / "ut")
    second.inherit("drawing")
    assert {path.name for path in (tmp_path / "2").iterdir()} == {"drawing-a-2", "drawing-b-1", "note-c-1"}
    assert (tmp_path / "ut" / "a.svg").read_text(encoding="utf-8") == "a"


def test_a_document_is_written_again_only_when_what_it_is_written_of_has_changed(tmp_path, monkeypatch):
    """Another word, another figure or another look is a change; a format that writes nothing is asked again."""
    written = []
    page = SimpleNamespace(
        FILE="a.html", write=lambda made, path: (written.append(path), path.write_text(made.report.title))
    )
    nothing = SimpleNamespace(FILE="b.html", write=lambda made, path: None)
    monkeypatch.setattr(outputs, "FORMATS", (page, nothing))
    (tmp_path / "figures").mkdir()
    first = Material(REPORT, None, None, TABLE, (), {"t": TABLE}, tmp_path / "figures")

    def write(made, nth):
        (tmp_path / str(nth)).mkdir()
        kept = Kept(tmp_path / f"kept {nth - 1}", tmp_path / f"kept {nth}")
        kept.now.mkdir()
        outputs._write_formats(made, tmp_path / str(nth), kept)
        return (tmp_path / str(nth) / "a.html").read_text(), len(written)

    assert write(first, 1) == write(replace(first, report=replace(REPORT)), 2) == (REPORT.title, 1)
    others = (replace(first, report=replace(REPORT, title="Ny")), replace(first, brand=Brand("Föreningen")))
    assert [write(one, nth) for nth, one in enumerate(others, 3)] == [("Ny", 2), (REPORT.title, 3)]
    (tmp_path / "figures" / "f.png").write_text("ny")
    assert write(others[1], 5) == (REPORT.title, 4)


class Lazy(Touched):
    """Two parts, one behind the other."""

    @cached_property
    def inner(self):
        return 1

    @cached_property
    def outer(self):
        return self.inner + 1


def test_what_a_part_asked_for_is_known_also_when_it_was_worked_out_before():
    """Forgetting what was asked does not forget what stands behind it."""
    lazy = Lazy()
    assert lazy.outer == 2
    lazy.forget()
    assert lazy.rests_on() == set()
    assert lazy.outer == 2
    assert lazy.rests_on() == {"inner", "outer"}


class Shown(PublicFindings):
    """Parts made of those of another, as all that is public is."""

    @cached_property
    def told(self):
        return self._whole.inner

    @cached_property
    def alone(self):
        return 0


def test_a_part_rests_on_what_it_asked_the_whole_for_and_not_on_what_others_did():
    """Whatever the whole was asked for before."""
    whole = Lazy()
    whole.year = None
    shown = Shown(whole)
    assert (whole.outer, shown.told, shown.alone) == (2, 1, 0)
    shown.forget()
    assert (shown.alone, shown.rests_on()) == (0, {"alone"})
    assert (shown.told, shown.rests_on()) == (1, {"alone", "told", "inner"})


PLAN = "activity,focus,level,answers\nTräffar,Samverkan,operativ,P1\n"
THEME_INDICATOR = """
  [[goals.indicators]]
  id = "T1"
  name = "Kommuner som vill ha stöd"
  unit = "procent"
  source = "theme"
  measure = "share"
  item = "introduced_what"
  options = ["resurser"]
  definition = "Andel vars svar har temat."
  baseline = { missing = "nytt" }
"""


@pytest.mark.parametrize(
    ("further", "behind"),
    [("", {"goals", "before", "_indicators"}), (THEME_INDICATOR, {"goals", "before", "_indicators", "_coded"})],
)
def test_goals_rest_on_coded_texts_only_when_an_indicator_counts_themes(tmp_path, further, behind):
    """Else a decision on a text leaves what shows the goals as it was."""
    folder = full_year(tmp_path)[0]
    with (folder / "goals.toml").open("a", encoding="utf-8") as file:
        file.write(further)
    found = Findings(analyse(folder))
    assert {"T1"} & {one.indicator.id for one in found.goals.results} == ({"T1"} if further else set())
    assert found.rests_on() == behind


def test_files_that_belong_to_one_part_are_opened_by_no_other(tmp_path):
    """The codebook, decisions and plan's files, watched as the system opens them while each part is worked out."""
    folder = full_year(tmp_path)[0]
    (folder / "decisions.csv").write_text("date,indicator,status,reason,who\n", encoding="utf-8")
    (folder / "plan.csv").write_text(PLAN, encoding="utf-8")
    watched = subprocess.run([sys.executable, "-c", WATCH, str(folder)], capture_output=True, text=True, check=False)
    assert watched.returncode == 0, watched.stderr
    opened = dict(line.split("\t") for line in watched.stdout.splitlines())
    assert opened == {
        "2026/codebook.toml": "_coded",
        "2026/codings.csv": "_coded",
        "2025/codebook.toml": "_coded_before",
        "2025/codings.csv": "_coded_before",
        "2026/goals.toml": "goals",
        "2026/decisions.csv": "goals",
        "2026/claims.toml": "_claimed+_traced",
    }


WATCH = """
import sys
from pathlib import Path
from sekom_survey.found.findings import Findings
from sekom_survey.running.quick.inputs import APART, APART_BEFORE
from sekom_survey.counted.year import analyse

home = Path(sys.argv[1])
apart = {home / name for name in APART} | {home.parent / "2025" / name for name in APART_BEFORE}
part, opened = ["the year itself"], {}

class Watched(Findings):
    def _work_out(self, name):
        part.append(name)
        try:
            super()._work_out(name)
        finally:
            part.pop()

def see(event, arguments):
    if event == "open" and isinstance(arguments[0], (str, Path)) and Path(arguments[0]) in apart:
        opened.setdefault(Path(arguments[0]), set()).add(part[-1])

sys.addaudithook(see)
found = Watched(analyse(home))
for name in sorted(Findings.PARTS):
    getattr(found, name)
for path, parts in opened.items():
    print(f"{path.parent.name}/{path.name}\\t{'+'.join(sorted(parts))}")
"""


def test_parts_worked_out_elsewhere_are_taken_over_with_what_stands_behind_them():
    """They are not worked out again, and a part that is here already stays."""
    elsewhere, here = Lazy(), Lazy()
    vars(elsewhere)["inner"] = 10
    assert elsewhere.outer == 11
    assert here.inner == 1
    here.take_over(elsewhere.worked_out())
    here.forget()
    assert (here.outer, here.inner) == (11, 1)
    assert here.rests_on() == {"inner", "outer"}
