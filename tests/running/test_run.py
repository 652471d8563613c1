"""The whole year, end to end: what is made, and what stays whole when something fails."""

import json

import nbformat
import pandas as pd
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from sekom_survey.model import Unusable
from sekom_survey.running.run import run
from sekom_survey.text import places
from tests.counted.test_estimate import NAMES
from tests.protected.test_publish import register_of_sixteen
from tests.small_year import REGISTER, TOWNS, small_year
from tests.small_year import ROWS as ROWS_OF_SMALL
from tests.waves import SURVEY, answer, make_wave

LOAD = "from sekom_survey.shown.exhibits import choices, flow\nfrom sekom_survey.running.notebook import open_year, show\nyear = open_year(wave)"
ROWS = [
    answer(name, satisfaction=i + 3)
    for i, name in enumerate(("Almköping", "Björkvalla", "Cedersö", "Duvhult", "Ekbro"))
]


def notebook(folder, name, *cells):
    folder.mkdir(parents=True, exist_ok=True)
    parameters = new_code_cell('wave = "annan"')
    parameters.metadata["tags"] = ["parameters"]
    made = [
        new_markdown_cell(f"# Avsnitt {name}\n\nText före."),
        parameters,
        new_code_cell(LOAD),
        *map(new_code_cell, cells),
    ]
    nbformat.write(new_notebook(cells=made), folder / f"{name}.ipynb")


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A year and a folder of notebooks of its own, on a machine that has seen none."""
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "jupyter"))
    monkeypatch.setattr(places, "NOTEBOOKS", tmp_path / "notebooks")
    notebook(
        tmp_path / "notebooks",
        "01_svar",
        "show(flow(year))",
        'show(choices(year, "top_value"))',
        'show(choices(year, "finns_inte"))',
    )
    return make_wave(tmp_path / "år 2026", ROWS)


def made(folder):
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def hashes(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def quietly(text):
    """Progress is not looked at here."""


def internal(home, reports):
    return run(home, reports, quietly, ("internal",), asked=yes)


def yes(problem):
    return True


def test_a_run_makes_both_builds_and_a_second_run_the_same_bytes(home, tmp_path):
    """Report, workbook, documents, figures, tables, notebooks and run.json; identical the next time, in another folder."""
    folders = run(home, tmp_path / "ut", quietly).folders
    assert folders == tuple(tmp_path / "ut" / "år 2026" / build for build in ("internal", "public"))
    again = run(home, tmp_path / "annan mapp", quietly).folders
    for first, second in zip(folders, again, strict=True):
        assert made(first) >= {
            "report.html",
            "report.docx",
            "slides.pptx",
            "tables.xlsx",
            "estimates.csv",
            "means.csv",
            "run.json",
            "notebooks/01_svar.html",
            "notebooks/01_svar.ipynb",
            "figures/flow.svg",
            "figures/flow.png",
            "figures/top_value.csv",
            "figures/top_value.json",
        }
        one, other = hashes(first), hashes(second)
        assert {name for name in one if one[name] != other.get(name)} == set()
        report = one["report.html"].decode()
        assert "Avsnitt 01_svar" in report
        assert "finns_inte" not in report
        assert "Exempeldata" in report


def test_a_run_in_which_nothing_has_changed_runs_no_notebook(home, tmp_path):
    """And gives the same files; told to make everything again, it does."""
    told = []
    good = [hashes(folder) for folder in run(home, tmp_path / "ut", told.append).folders]
    began = len(told)
    assert [hashes(folder) for folder in run(home, tmp_path / "ut", told.append).folders] == good
    assert not any("Anteckningsbok " in line for line in told[began:])
    began = len(told)
    assert [hashes(folder) for folder in run(home, tmp_path / "ut", told.append, everything=True).folders] == good
    assert sum("Anteckningsbok " in line for line in told[began:]) == 2


def test_run_json_holds_inputs_counts_and_outputs(home, tmp_path):
    """With hashes, and without any path of the machine."""
    (folder,) = internal(home, tmp_path / "ut").folders
    content = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    assert set(content["inputs"]) == {"survey.toml", "members.csv", "export/svar.xlsx"}
    assert set(content["outputs"]) == made(folder) - {"run.json"}
    assert content["counts"]["closes"] is True
    assert str(tmp_path) not in json.dumps(content)


def test_a_failing_notebook_leaves_the_last_report_whole_and_names_the_cell(home, tmp_path):
    """What was made is kept apart, with the error in it."""
    good = hashes(internal(home, tmp_path / "ut").folders[0])
    notebook(tmp_path / "notebooks", "02_fel", "1 / 0")
    outcome = internal(home, tmp_path / "ut")
    assert [(f.notebook, f.cell, f.error) for f in outcome.failures] == [
        ("02_fel", 4, "ZeroDivisionError: division by zero")
    ]
    assert hashes(tmp_path / "ut" / "år 2026" / "internal") == good
    assert "ZeroDivisionError" in (outcome.folders[0] / "internal" / "notebooks" / "02_fel.ipynb").read_text(
        encoding="utf-8"
    )


def test_the_years_own_notebooks_and_peoples_own_files_stay(home, tmp_path):
    """An analyst's notebook joins the report; a workbook half reviewed follows along; nothing else is left behind."""
    notebook(home / "notebooks", "90_egen", "show(flow(year))")
    (folder,) = internal(home, tmp_path / "ut").folders
    assert "Avsnitt 90_egen" in (folder / "report.html").read_text(encoding="utf-8")
    (folder / "review.xlsx").write_bytes(b"half reviewed")
    internal(home, tmp_path / "ut")
    assert (folder / "review.xlsx").read_bytes() == b"half reviewed"
    assert {path.name for path in folder.parent.iterdir()} == {"internal", ".made", ".owner"}


def test_what_a_notebook_reads_by_itself_is_never_taken_from_the_last_run(home, tmp_path):
    """A magic is no traceback, and a file that a cell opens without importing anything is read again."""
    note = tmp_path / "anteckning.txt"
    notebook(
        home / "notebooks",
        "90_egen",
        "%matplotlib inline",
        f"from IPython.display import display\ndisplay(open({str(note)!r}).read())",
    )
    for text in ("gammal text", "ny text"):
        note.write_text(text, encoding="utf-8")
        (folder,) = internal(home, tmp_path / "ut").folders
        assert text in (folder / "notebooks" / "90_egen.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "cell",
    [
        "from dataclasses import replace\nfrom sekom_survey.running.notebook import analyse\nshow(replace(flow(analyse(year.wave.folder)), internal=True))",
        "from dataclasses import replace\nshow(replace(flow(year), data=flow(year).data.assign(base=2, share=0.5)))",
        "from IPython.display import display\ndisplay('Ring Eva på 070-174 06 31')",
        "from IPython.display import display\ndisplay('Almköping tycker så här')",
    ],
)
def test_a_public_build_cannot_be_gone_around(home, tmp_path, cell):
    """Internal exhibits, small groups, contact details and members' names stop the public build; nothing is published."""
    notebook(home / "notebooks", "90_egen", cell)
    try:
        outcome = run(home, tmp_path / "ut", quietly, ("public",), asked=yes)
    except Unusable as stop:
        assert {problem.code for problem in stop.problems} == {"public_leak"}
    else:
        assert "Withheld" in outcome.failures[0].error
    assert not (tmp_path / "ut" / "år 2026" / "public").exists()


def test_a_wave_where_everything_is_too_small_still_gives_a_safe_report(tmp_path):
    """Eight answers of twelve, and none of the example's further files: the project's own notebooks make both reports."""
    rows = [answer(name, satisfaction=i + 2) for i, name in enumerate(NAMES[:8])]
    home = make_wave(
        tmp_path / "2026",
        rows,
        members=register_of_sixteen(12, 3),
        survey=SURVEY.replace("minimum_base = 3", "minimum_base = 5"),
    )
    outcome = run(home, tmp_path / "ut", quietly)
    assert outcome.failures == ()
    shown = pd.read_csv(outcome.folders[1] / "estimates.csv")
    assert (shown.loc[~shown["suppressed"], "base"] >= 5).all()
    report = (outcome.folders[1] / "report.html").read_text(encoding="utf-8")
    assert "8 av 12 kommuner svarade" in report


def test_an_edition_that_is_spread_stays_when_few_answers_set_the_next_one_apart(tmp_path, monkeypatch):
    """A late answer: the public folder is as it was, to the last byte, and the internal report has it."""
    _, notebooks, reports = small_year(tmp_path)
    monkeypatch.setattr(places, "NOTEBOOKS", notebooks)
    spread = SURVEY.replace("synthetic = true", "synthetic = true\npublished = 2026-03-20")
    for rows in (ROWS_OF_SMALL, [*ROWS_OF_SMALL, answer(TOWNS[13], satisfaction=5)]):
        make_wave(tmp_path / "2026", rows, spread, REGISTER)
        before = hashes(reports / "2026" / "public") if (reports / "2026").exists() else {}
        outcome = run(tmp_path / "2026", reports, quietly, ("internal", "public"), asked=yes)
    assert before and hashes(reports / "2026" / "public") == before
    assert [p.code for p in outcome.problems if p.code == "second_edition"] == ["second_edition"]
    told = pd.read_csv(reports / "2026" / "internal" / "estimates.csv").query(
        "item == 'satisfaction' and segmentation == 'all'"
    )
    assert set(told["base"]) == {14}
