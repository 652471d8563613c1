"""The example with every id changed and every label in other letters becomes the same reports, in the new words: all that is written."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.renamed import labels, new_ids, read, renamed

EXAMPLE = Path(__file__).parents[1] / "surveys" / "exempel"
COMMANDS = (
    ("run",),
    ("goals", "--as-of", "2026-12-31"),
    ("annual", "--as-of", "2026-12-31"),
    ("members",),
    ("examples",),
)
WRITTEN = {"report.html", "goals.html", "office.html", "report.docx", "slides.pptx", "tables.xlsx", "estimates.csv", "findings.csv",
           "goals.csv", "claims.csv", "comparisons.csv", "changes.csv", "themes.csv", "trace.csv", "annual.docx", "samtal.xlsx", "examples.html"}  # fmt: skip


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


@pytest.mark.campaign
def test_the_whole_example_under_other_names_is_the_same_in_the_new_words(tmp_path):
    """Both builds, the goals' follow-up, the annual report, members' pages, the office's lists and the examples, file by file."""
    for year in ("2025", "2026"):
        shutil.copytree(EXAMPLE / year, tmp_path / "old" / year)
        ids = renamed(EXAMPLE / year, tmp_path / "new" / year)
    for name in ("old", "new"):
        for year, commands in (("2025", COMMANDS[:1]), ("2026", COMMANDS)):
            for command, *options in commands:
                words = [
                    command,
                    str(tmp_path / name / year),
                    *options,
                    "--reports",
                    str(tmp_path / name / "reports"),
                    *_trusted(command),
                ]
                subprocess.run([sys.executable, "-m", "sekom_survey", *words], check=True, capture_output=True)  # fmt: skip
    old, new = (read(tmp_path / name / "reports" / "2026", given) for name, given in (("old", None), ("new", ids)))
    assert {Path(name).name for name in old} >= {name.casefold() for name in _alike(WRITTEN)}
    assert set(old) == set(new)
    assert {name: list(_differing(old[name], new[name])) for name in old if old[name] != new[name]} == {}
    page = (tmp_path / "new" / "reports" / "2026" / "internal" / "report.html").read_text(encoding="utf-8")
    told = [label for label in labels(tmp_path / "new" / "2026") if label in page]
    assert len(told) > 20 and not any(f"<{name}>" in page or f'"{name}"' in page for name in ids if "_" in name)


def _trusted(command: str) -> list[str]:
    return ["--trust"] if command == "run" else []


def _alike(names: set[str]) -> set[str]:
    return {name.translate(str.maketrans("eur", "aon")) for name in names}


def _differing(old: list[str], new: list[str]) -> Iterator[tuple[str, str]]:
    yield from [(one, other) for one, other in zip(old, new, strict=False) if one != other][:3]
    yield (str(len(old)), str(len(new)))
