"""The example with every id changed and every label in other letters becomes the same reports, in the new words: all that is written."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from sekom_survey.counted.year import analyse
from sekom_survey.found.findings import Findings
from sekom_survey.protected.words import PublicFindings
from sekom_survey.running.outputs import internal_tables, public_tables, write_csv
from tests.renamed import ALIKE, labels, new_ids, read, renamed
from tests.whole import written

EXAMPLE = Path(__file__).parents[1] / "surveys" / "exempel"
COMMANDS = (("goals", "--as-of", "2026-12-31"), ("annual", "--as-of", "2026-12-31"), ("members",), ("examples",))
TABLES = {"estimates.csv", "findings.csv", "means.csv", "goals.csv", "claims.csv", "trace.csv", "indicators.csv"}
WRITTEN = {"internal": {"report.html", "office.html", "tables.xlsx", "changes.csv", "themes.csv", *TABLES},
           "public": {"report.html", "report.docx", "slides.pptx", "tables.xlsx", *TABLES}}  # fmt: skip


def test_every_label_and_id_of_the_example_is_another_and_both_read_alike(tmp_path):
    """In survey.toml and in all that names its questions; what is compared is blind to the names alone."""
    new = renamed(EXAMPLE / "2026", tmp_path / "2026")
    assert new == new_ids(EXAMPLE / "2026") and len(new) > 40
    assert not labels(EXAMPLE / "2026") & labels(tmp_path / "2026")
    for name in ("survey.toml", "claims.toml", "goals.toml", "plan.csv", "codings.csv", "corrections.csv"):
        assert (tmp_path / "2026" / name).read_bytes() != (EXAMPLE / "2026" / name).read_bytes()
    tables = [read(folder, ids) for folder, ids in ((EXAMPLE / "2026", None), (tmp_path / "2026", new))]
    assert {name: cells for name, cells in tables[0].items() if name.endswith(".csv")} == {
        name: cells for name, cells in tables[1].items() if name.endswith(".csv")
    }


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    """The two years of the example as they are and under other names: (folder, folder, new ids)."""
    place = tmp_path_factory.mktemp("namn")
    for year in ("2025", "2026"):
        shutil.copytree(EXAMPLE / year, place / "old" / year)
        ids = renamed(EXAMPLE / year, place / "new" / year)
    return place / "old", place / "new", ids


@pytest.mark.campaign
@pytest.mark.parametrize("build", ["internal", "public"])
def test_every_file_of_a_build_is_the_same_in_the_new_words(both, tmp_path, build):
    """Page, Word, slides, workbook, the office's page, the goals' page and every csv."""
    old, new, ids = both
    for name, folder in (("old", old), ("new", new)):
        found = Findings(analyse(folder / "2026"))
        shown, tables = (found, internal_tables) if build == "internal" else (PublicFindings(found), public_tables)
        written(shown, tmp_path / name / build)
        for table, rows in tables(shown).items():
            write_csv(rows, tmp_path / name / build / f"{table}.csv")
    _same(read(tmp_path / "old"), read(tmp_path / "new", ids), WRITTEN[build])
    page = (tmp_path / "new" / build / "report.html").read_text(encoding="utf-8")
    assert sum(label in page for label in labels(new / "2026")) > 10
    assert not any(re.search(rf"\b{name}\b", page) for name in ids if "_" in name)


@pytest.mark.campaign
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_what_a_command_writes_is_the_same_in_the_new_words(both, tmp_path, command):
    """The goals' follow-up, the annual report, the members' pages and the library."""
    old, new, ids = both
    for name, folder in (("old", old), ("new", new)):
        words = [command[0], str(folder / "2026"), *command[1:], "--reports", str(tmp_path / name)]
        subprocess.run([sys.executable, "-m", "sekom_survey", *words], check=True, capture_output=True)
    _same(read(tmp_path / "old"), read(tmp_path / "new", ids), set())


def _same(old: dict[str, list[str]], new: dict[str, list[str]], names: set[str]) -> None:
    files = {Path(name).name for name in old}
    assert old and set(old) == set(new) and files >= {name.translate(ALIKE) for name in names}
    assert {name: list(_differing(old[name], new[name])) for name in old if old[name] != new[name]} == {}


def _differing(old: list[str], new: list[str]) -> Iterator[tuple[str, str]]:
    yield from [(one, other) for one, other in zip(old, new, strict=False) if one != other][:3]
    yield (str(len(old)), str(len(new)))
