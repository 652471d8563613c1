"""What is kept between requests: worked out once, never older than the files, and shared by those who ask at once."""

import threading
import time

import pytest

from sekom_survey.app import goals
from sekom_survey.app.ahead import prepare
from sekom_survey.app.asked import Asked
from sekom_survey.app.remembered import Remembered
from sekom_survey.app.run_process import Runs
from sekom_survey.app.years import Workplace
from sekom_survey.counted import year as counted_year
from tests.app.conftest import reworded
from tests.app.test_year import MATCH, YEAR

GOALS = """
plan = "Planen"
years = [2026]

[[goals]]
id = "M1"
name = "Fler medlemmar"
measured_as = "Antal medlemmar"
ambition = "Sex"

  [[goals.indicators]]
  id = "M1a"
  name = "Medlemmar"
  unit = "antal"
  source = "register"
  measure = "members"
  plan = "both"
  rule = "at_end"
  targets = [{ year = 2026, value = 6 }]
"""


def test_two_who_ask_at_once_share_the_work():
    """The second waits for the first."""
    kept, begun, go_on, calls = Remembered(2), threading.Event(), threading.Event(), []

    def work():
        calls.append(1)
        begun.set()
        assert go_on.wait(10)
        return "done"

    found = []
    threads = [threading.Thread(target=lambda: found.append(kept.of("key", work))) for _ in range(2)]
    threads[0].start()
    assert begun.wait(10)
    threads[1].start()
    go_on.set()
    for thread in threads:
        thread.join(10)
    assert found == ["done", "done"] and len(calls) == 1


def test_what_failed_is_tried_again_and_the_oldest_goes():
    """A fault is raised and forgotten; of the answers so many are kept as were asked for last."""
    kept, calls = Remembered(2), []

    def fails():
        raise ValueError

    with pytest.raises(ValueError):
        kept.of(1, fails)
    for key in (1, 2, 1, 3, 1, 2):
        assert kept.of(key, lambda key=key: calls.append(key) or key) == key
    assert calls == [1, 2, 3, 2]


def test_an_export_is_opened_once_however_many_names_are_settled(site, surveys, monkeypatch):
    """A press that settles a name counts the answers anew, from the export as it was opened; a new export is opened."""
    times, real = [], counted_year.read_export
    monkeypatch.setattr(counted_year, "read_export", lambda *given: times.append(given[0].name) or real(*given))
    site.get(YEAR)
    site.follow(site.post(f"{YEAR}/ordna", MATCH))
    assert "5 av" in site.get(YEAR).text and "redan ordnat" in site.follow(site.post(f"{YEAR}/ordna", MATCH)).text
    assert times == []  # the first page had opened it
    heading = reworded(surveys / "2026")
    assert heading in site.get(YEAR).text and times == ["svar.xlsx"]


def test_the_goals_are_measured_while_nobody_waits(surveys, tmp_path, monkeypatch):
    """What is prepared is what the page shows; a change in the log is measured anew."""
    folder = surveys / "2026"
    (folder / "goals.toml").write_text(GOALS, encoding="utf-8")
    asked = Asked(Workplace(surveys, tmp_path / "reports"), Runs(), "2026")
    measured, real = [], goals.goals_at
    monkeypatch.setattr(goals, "goals_at", lambda *given: measured.append(1) or real(*given))
    prepare(asked)
    assert len(measured) == 1
    assert goals.show(asked).shown["outcome"] is not None and len(measured) == 1
    (folder / "activities.csv").write_text(
        "date;activity;member_id;role;count;title\n2026-02-03;board_meeting;;;1;Möte\n", encoding="utf-8"
    )
    assert goals.show(asked).shown["events"] and len(measured) == 2


def test_what_cannot_be_prepared_is_told_on_its_own_page(surveys, tmp_path):
    """A year without answers, one that is gone: nothing is raised where nobody listens."""
    (surveys / "2026" / "export" / "svar.xlsx").write_bytes(b"nonsense")
    place = Workplace(surveys, tmp_path / "reports")
    prepare(Asked(place, Runs(), "2026"))
    prepare(Asked(place, Runs(), "2031"))


def test_a_request_puts_off_what_has_not_begun(site):
    """The timer is cancelled by the next request, and set again when it has been answered."""
    site.get(YEAR)
    first = _timer_after(site, None)
    site.get(YEAR)
    assert not _timer_after(site, first).cancelled() and first.cancelled()


def _timer_after(site, before):
    """The timer that is set when an answer has been sent."""
    for _ in range(200):
        if site.room.ahead.timer not in (None, before):
            break
        time.sleep(0.01)
    return site.room.ahead.timer
