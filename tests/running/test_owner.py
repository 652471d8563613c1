"""A report folder knows whose it is: years of the same name do not replace each other's reports."""

import shutil

import pytest

from sekom_survey.model import Unusable
from sekom_survey.running import making
from sekom_survey.running.run import run
from sekom_survey.running.safe_folder import ID_FILE, other_owner, own
from sekom_survey.text import places
from tests.small_year import contents, small_year


@pytest.fixture
def years(tmp_path):
    """Two folders named 2026 and the report folder that both would write to."""
    for place in ("en", "annan"):
        (tmp_path / place / "2026").mkdir(parents=True)
    (tmp_path / "rapporter").mkdir()
    return tmp_path / "en" / "2026", tmp_path / "annan" / "2026", tmp_path / "rapporter"


def code(folder, home):
    problem = other_owner(folder, home)
    return problem.code if problem else None


def test_a_folder_of_the_same_name_is_another(years):
    """Nobody's until the first run; then its own and no other's."""
    one, other, home = years
    assert code(one, home) is code(other, home) is None
    own(one, home)
    assert code(one, home) is None
    assert code(other, home) == "report_of_another"
    own(other, home)
    assert (code(one, home), code(other, home)) == ("report_of_another", None)


def test_a_copied_folder_is_asked_about_and_a_moved_one_is_not(years, tmp_path):
    """A copy has the id of what it was copied from, which is still there."""
    one, other, home = years
    own(one, home)
    shutil.copytree(one, other, dirs_exist_ok=True)
    assert code(other, home) == "report_of_copy"
    assert str(one) in other_owner(other, home).found
    shutil.rmtree(one)
    assert code(other, home) is None
    other.rename(tmp_path / "flyttad")
    assert code(tmp_path / "flyttad", home) is None


def test_a_folder_that_can_only_be_read_is_known_by_where_it_lies(years, monkeypatch):
    """No id can be laid in it."""
    one, other, home = years
    (one / ID_FILE).mkdir()
    own(one, home)
    assert (code(one, home), code(other, home)) == (None, "report_of_another")


@pytest.mark.parametrize("note", ["", "{", "[]", '{"id": 3}', "\udcff"])
def test_a_note_that_cannot_be_read_is_nobodys(years, note):
    """No traceback."""
    one, _, home = years
    (home / ".owner").write_bytes(note.encode("utf-8", "surrogateescape"))
    assert code(one, home) is None


def test_a_run_leaves_the_reports_of_another_folder_until_a_person_agrees(tmp_path, monkeypatch):
    """End to end, with another folder of the same name; its people's files stay too."""
    (tmp_path / "inga").mkdir()
    monkeypatch.setattr(places, "NOTEBOOKS", tmp_path / "inga")
    monkeypatch.setattr(
        making,
        "write_build",
        lambda build, *rest: (build.folder / "x").write_text(str(build.found.year.wave.folder), encoding="utf-8"),
    )
    one, other, reports = small_year(tmp_path / "en")[0], small_year(tmp_path / "annan")[0], tmp_path / "ut"
    run(one, reports, lambda text: None, ("internal",))
    first = contents(reports)
    with pytest.raises(Unusable) as stop:
        run(other, reports, lambda text: None, ("internal",))
    assert [problem.code for problem in stop.value.problems] == ["report_of_another"]
    assert contents(reports) == first
    run(other, reports, lambda text: None, ("internal",), asked=lambda problem: True)
    assert (reports / "2026" / "internal" / "x").read_text(encoding="utf-8") == str(other)
    assert code(other, reports / "2026") is None
