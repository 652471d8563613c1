"""A year's own notebook is code: it runs when somebody here has said so, and those that came with the tool are never asked about."""

import shutil

import pytest
from click.testing import CliRunner

from sekom_survey import cli
from sekom_survey.model import Unusable
from sekom_survey.running.run import nobody, run
from sekom_survey.running.trust import trust, unknown_notebooks
from sekom_survey.text import places
from tests.small_year import small_year, tiny_notebook


@pytest.fixture
def year(tmp_path, monkeypatch):
    """A year with a notebook of its own, on a machine that has never seen it."""
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "jupyter"))
    folder, notebooks, _ = small_year(tmp_path)
    monkeypatch.setattr(places, "NOTEBOOKS", notebooks)
    tiny_notebook(folder / "notebooks", "show(flow(year)); 0", name="90_egen")
    return folder


def codes(folder):
    return [problem.code for problem in unknown_notebooks(folder)]


def test_a_notebook_that_is_trusted_once_is_known_until_it_is_changed(year):
    """By what it says, not by its name."""
    assert codes(year) == ["notebook_unknown"]
    trust(year, unknown_notebooks(year))
    assert codes(year) == []
    tiny_notebook(year / "notebooks", "show(flow(year)); 1", name="90_egen")
    assert codes(year) == ["notebook_unknown"]


def test_notebooks_that_came_with_the_tool_are_known_wherever_they_lie(year, tmp_path, monkeypatch):
    """The project's, and those of the example: seen in this checkout, written down nowhere."""
    (year / "notebooks" / "90_egen.ipynb").unlink()
    shutil.copy(places.NOTEBOOKS / "01_svar.ipynb", year / "notebooks" / "mitt namn.ipynb")
    assert codes(year) == []
    monkeypatch.setattr(places, "SURVEYS", tmp_path / "surveys")
    tiny_notebook(tmp_path / "surveys" / "exempel" / "2026" / "notebooks", "1", name="80_exempel")
    shutil.copy(tmp_path / "surveys" / "exempel" / "2026" / "notebooks" / "80_exempel.ipynb", year / "notebooks")
    assert codes(year) == []


def test_where_nothing_can_be_remembered_it_is_asked_each_time(year, monkeypatch, tmp_path):
    """No traceback from a home that cannot be written in."""
    (tmp_path / "fil").write_text("", encoding="utf-8")
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "fil"))
    trust(year, unknown_notebooks(year))
    assert codes(year) == ["notebook_unknown"]


def test_check_names_it_and_a_run_with_nobody_to_ask_stops_before_it_reads_an_answer(year, tmp_path, monkeypatch):
    """Exit code 2, in Swedish, nothing written; `check` is told and goes on."""
    monkeypatch.setattr("sekom_survey.running.making.analyse", None)
    checked = CliRunner().invoke(cli.main, ["check", str(year)])
    assert (checked.exit_code, "90_egen.ipynb" in checked.output) == (0, True)
    done = CliRunner().invoke(cli.main, ["run", str(year), "--reports", str(tmp_path / "ut")])
    assert done.exit_code == 2, done.output
    assert "2026/notebooks/90_egen.ipynb" in done.output
    assert "--trust" in done.output
    assert not (tmp_path / "ut").exists()


@pytest.mark.parametrize(("words", "answer", "runs"), [(["--trust"], None, True), ([], "ja", True), ([], "nej", False)])
def test_a_person_may_say_yes(year, tmp_path, monkeypatch, words, answer, runs):
    """By `--trust` or at the keyboard; then it is never asked again."""
    begun = []
    monkeypatch.setattr("sekom_survey.running.making.analyse", lambda folder: begun.append(folder) or stop())
    if answer:
        monkeypatch.setattr("sekom_survey.upkeep.terminal._at_keyboard", lambda: True)
    CliRunner().invoke(cli.main, ["run", str(year), "--reports", str(tmp_path / "ut"), *words], input=f"{answer}\n")
    assert bool(begun) is runs
    assert codes(year) == ([] if runs else ["notebook_unknown"])


def stop():
    raise Unusable([])


def test_with_nobody_to_ask_the_answer_is_no(year, tmp_path):
    """Also for whoever calls the library."""
    with pytest.raises(Unusable) as stopped:
        run(year, tmp_path / "ut", lambda text: None)
    assert [problem.level for problem in stopped.value.problems] == ["error"]
    assert nobody(stopped.value.problems[0]) is False
