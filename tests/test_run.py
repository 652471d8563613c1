"""The whole year, end to end: what is made, and what stays whole when something fails."""

import json

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from sekom_survey import places
from sekom_survey.run import run
from tests.waves import answer, make_wave

LOAD = "from sekom_survey.exhibits import choices, flow\nfrom sekom_survey.notebook import open_year, show\nyear = open_year(wave)"
ROWS = [answer(name, satisfaction=i + 3) for i, name in enumerate(("Almköping", "Björkvalla", "Cedersö", "Duvhult", "Ekbro"))]


def notebook(folder, name, *cells):
    folder.mkdir(parents=True, exist_ok=True)
    parameters = new_code_cell('wave = "annan"')
    parameters.metadata["tags"] = ["parameters"]
    made = [new_markdown_cell(f"# Avsnitt {name}\n\nText före."), parameters, new_code_cell(LOAD), *map(new_code_cell, cells)]
    nbformat.write(new_notebook(cells=made), folder / f"{name}.ipynb")


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A year and a folder of notebooks of its own."""
    monkeypatch.setattr(places, "NOTEBOOKS", tmp_path / "notebooks")
    notebook(tmp_path / "notebooks", "01_svar", "show(flow(year))", 'show(choices(year, "top_value"))', 'show(choices(year, "finns_inte"))')
    return make_wave(tmp_path / "år 2026", ROWS)


def made(folder):
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def hashes(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_run_makes_everything_and_a_second_run_the_same_bytes(home, tmp_path):
    """Report, workbook, figures, estimates, notebooks and run.json; identical the next time."""
    outcome = run(home, tmp_path / "ut", lambda text: None)
    assert outcome.folder == tmp_path / "ut" / "år 2026" / "internal"
    assert made(outcome.folder) >= {"report.html", "tables.xlsx", "estimates.csv", "means.csv", "run.json", "notebooks/01_svar.html", "notebooks/01_svar.ipynb",
                                    "figures/flow.svg", "figures/flow.png", "figures/top_value.csv", "figures/top_value.json"}
    first = hashes(outcome.folder)
    again = hashes(run(home, tmp_path / "annan mapp", lambda text: None).folder)
    assert {name for name in first if first[name] != again.get(name)} == set()
    report = first["report.html"].decode()
    assert "Avsnitt 01_svar" in report
    assert "Frågan finns_inte ställdes inte 2026" in report
    assert "Exempeldata" in report


def test_run_json_holds_inputs_counts_and_outputs(home, tmp_path):
    """With hashes, and without any path of the machine."""
    folder = run(home, tmp_path / "ut", lambda text: None).folder
    content = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    assert set(content["inputs"]) == {"survey.toml", "members.csv", "export/svar.xlsx"}
    assert set(content["outputs"]) == made(folder) - {"run.json"}
    assert content["counts"]["closes"] is True
    assert str(tmp_path) not in json.dumps(content)


def test_a_failing_notebook_leaves_the_last_report_whole_and_names_the_cell(home, tmp_path):
    """What was made is kept apart, with the error in it."""
    good = hashes(run(home, tmp_path / "ut", lambda text: None).folder)
    notebook(tmp_path / "notebooks", "02_fel", "1 / 0")
    outcome = run(home, tmp_path / "ut", lambda text: None)
    assert [(f.notebook, f.cell, f.error) for f in outcome.failures] == [("02_fel", 4, "ZeroDivisionError: division by zero")]
    assert hashes(tmp_path / "ut" / "år 2026" / "internal") == good
    assert "ZeroDivisionError" in (outcome.folder / "notebooks" / "02_fel.ipynb").read_text(encoding="utf-8")


def test_the_years_own_notebooks_join_the_report(home, tmp_path):
    """An analyst's notebook in the year's folder is run after the project's."""
    notebook(home / "notebooks", "90_egen", "show(flow(year))")
    assert "Avsnitt 90_egen" in (run(home, tmp_path / "ut", lambda text: None).folder / "report.html").read_text(encoding="utf-8")


def test_a_run_leaves_nothing_behind(home, tmp_path):
    """No lock, no working folder."""
    run(home, tmp_path / "ut", lambda text: None)
    assert [path.name for path in (tmp_path / "ut" / "år 2026").iterdir()] == ["internal"]
