"""Indicators computed from their sources, in a small year where every number can be counted by hand."""

from datetime import date

import pandas as pd
import pytest

from sekom_survey.counted.year import analyse
from sekom_survey.found.coding_error import Misread
from sekom_survey.found.goals.facts import CodedTexts
from sekom_survey.found.goals.from_log import months_before
from sekom_survey.found.goals.outcome import goals_at, goals_of
from sekom_survey.found.goals.text import COLUMNS, goal_lines, goal_table, write_goals_csv
from sekom_survey.model import Unusable
from sekom_survey.stats.misclassification import Rate
from tests.found.goals.waves import LOG, indicator, year_folder
from tests.waves import MEMBERS, answer, write_export

END = date(2026, 12, 31)
NO_TARGET = {"targets": "[]", "rule": None}


def measured(tmp_path, as_of=END, log=LOG, members=MEMBERS, **changes):
    folder = year_folder(tmp_path / "2026", indicator(**(NO_TARGET | changes)), log, members=members)
    return goals_at(folder, as_of).result("A").measured


def log_of(measure, *activities, **more):
    names = ", ".join(f'"{name}"' for name in activities)
    return {"source": '"log"', "measure": f'"{measure}"', "activities": f"[{names}]", **more}


@pytest.mark.parametrize(
    ("changes", "value", "detail"),
    [
        ({"measure": '"members"'}, 7, "6 kommuner och 1 region"),
        ({"measure": '"new"'}, 0, ""),
        (log_of("occasions", "webinar"), 2, ""),
        (log_of("people", "webinar"), 4, "från 2 medlemmar"),
        (log_of("members", "webinar"), 2, ""),
        (log_of("titles", "consultation"), 1, ""),
        (log_of("occasions", "webinar", title='"vatt"'), 1, ""),
        (log_of("member_share", "webinar", unit='"procent"'), 100 * 2 / 6, "2 av 6 kommuner"),
        (log_of("both_roles", "annual_meeting", unit='"procent"'), 100 * 1 / 6, "1 av 6 kommuner"),
        (log_of("active", "webinar", least="{ months = 12, members = 2 }"), 1, "Vatten"),
        ({"source": '"survey"', "measure": '"response_rate"', "unit": '"procent"'}, 100 * 4 / 6, "4 av 6 kommuner"),
        (
            {
                "source": '"survey"',
                "measure": '"share"',
                "unit": '"procent"',
                "item": '"introduced"',
                "options": '["Nej"]',
            },
            100,
            "4 av 4 kommuner som svarat",
        ),
        (
            {"source": '"survey"', "measure": '"members"', "item": '"introduced"', "options": '["Ja", "Nej"]'},
            4,
            "4 av 4 som svarat",
        ),
        (
            {"source": '"hand"', "measure": None, "by_hand": '[{ value = 3, date = 2026-03-01, source = "räknat" }]'},
            3,
            "räknat, 2026-03-01",
        ),
    ],
)
def test_each_source_is_counted(tmp_path, changes, value, detail):
    """Register, log, survey, hand."""
    found = measured(tmp_path, **changes)
    assert found.value == pytest.approx(value)
    assert found.detail == detail


def test_members_in_and_out(tmp_path):
    """One new in March, one gone in June and one exit decided for December."""
    members = MEMBERS.replace("9000,2001-01-01,", "9000,2026-03-01,").replace(
        "14999,2001-01-01,", "14999,2001-01-01,2026-06-30"
    )
    members = members.replace("15000,2001-01-01,", "15000,2001-01-01,2026-12-31")
    august = date(2026, 8, 31)
    assert measured(tmp_path, august, members=members, measure='"new"').value == 1
    left = measured(tmp_path, august, members=members, measure='"left"')
    assert (left.value, left.detail) == (2, "varav 1 beslutat men inte verkställt")
    assert measured(tmp_path, august, members=members).value == 6


def test_only_what_had_happened_by_the_day_counts(tmp_path):
    """Before the meeting the share is unknown, not 0; a count is 0."""
    february = date(2026, 2, 28)
    assert measured(tmp_path, february, **log_of("occasions", "webinar")).value == 1
    assert measured(tmp_path, february, **log_of("titles", "consultation")).value == 0
    assert (
        measured(tmp_path, february, **log_of("both_roles", "annual_meeting", unit='"procent"')).cause == "data saknas"
    )


def test_without_a_log_nothing_in_it_is_known(tmp_path):
    """Not 0 webinars."""
    folder = year_folder(tmp_path / "2026", indicator(**(NO_TARGET | log_of("occasions", "webinar"))))
    (folder / "activities.csv").unlink()
    outcome = goals_at(folder, END)
    assert outcome.result("A").measured.cause == "data saknas"
    assert "log_missing" in {p.code for p in outcome.problems}


@pytest.mark.parametrize("survey", ["before it closed", "no file"])
def test_survey_measures_lack_data_until_there_is_a_survey(tmp_path, survey):
    """The register and the log are enough for the rest; the survey closed on 13 February."""
    text = indicator(
        source='"survey"', measure='"response_rate"', unit='"procent"', targets="[{ year = 2026, value = 70 }]"
    )
    folder = year_folder(tmp_path / "2026", text, survey=survey != "no file")
    outcome = goals_at(folder, date(2026, 2, 12) if survey != "no file" else date(2026, 8, 31))
    assert outcome.result("A").judgement.cause == "data saknas"
    assert any("Ingen enkät" in line for line in goal_lines(outcome))


def test_themes_count_only_when_every_answer_is_reviewed(tmp_path):
    """Two of the three that wrote; with one answer left to review nothing is claimed, and what nobody read widens the interval."""
    text = indicator(
        **(
            NO_TARGET
            | {
                "source": '"theme"',
                "measure": '"share"',
                "unit": '"procent"',
                "item": '"introduced_what"',
                "options": '["skog", "vatten"]',
            }
        )
    )
    folder = year_folder(tmp_path / "2026", text)
    write_export(
        folder / "export" / "svar.xlsx",
        [answer(name, introduced="Ja", what="Något") for name in ("Almköping", "Björkvalla", "Cedersö")],
    )
    year = analyse(folder)
    themes = pd.DataFrame(
        {
            "item": "introduced_what",
            "member_id": ["m1", "m1", "m2", "m3"],
            "theme": ["skog", "vatten", "skog", "annat"],
            "reviewed": True,
        }
    )
    found = goals_of(year, END, themes=lambda: CodedTexts(themes)).result("A").measured
    assert (found.value, found.base, found.detail) == (pytest.approx(200 / 3), 3, "2 av 3 kommuner som svarat")
    for part in (themes.assign(reviewed=[True, True, True, False]), themes[themes["member_id"] != "m2"]):
        assert (
            goals_of(year, END, themes=lambda part=part: CodedTexts(part)).result("A").measured.cause == "data saknas"
        )
    assert goals_of(year, END, themes=lambda: None).result("A").measured.cause == "data saknas"

    unread = Misread(found=0.5, texts=0.5, sensitivity=Rate(16, 20), specificity=Rate(19, 20))
    seldom = Misread(found=0.2, texts=0.5, sensitivity=Rate(10, 20), specificity=Rate(19, 20))
    wider = {option: ("introduced_what", option) for option in ("skog", "vatten")}
    one, both = (
        goals_of(year, END, themes=lambda known=known: CodedTexts(themes, known)).result("A").measured
        for known in ({wider["skog"]: (unread,)}, {wider["skog"]: (unread,), wider["vatten"]: (seldom,)})
    )
    assert one.value == both.value == found.value
    assert one.high - one.low >= found.high - found.low
    assert both.low <= one.low <= found.low and found.high <= one.high <= both.high


CODEBOOK = """
version = "1.0.0"

[[questions]]
id = "tried"
name = "Prövat"

[[themes]]
id = "skog"
question = "tried"
name = "Skog"
definition = "Om skog."
"""


@pytest.mark.parametrize(("theme", "found"), [("skgo", {"option_unknown"}), ("skog", set())])
def test_a_theme_must_be_in_the_codebook(tmp_path, theme, found):
    """A misspelt one would have been counted as nobody, and the goal as missed; without coded texts there is no data."""
    text = indicator(
        **(
            NO_TARGET
            | {
                "source": '"theme"',
                "measure": '"share"',
                "unit": '"procent"',
                "item": '"introduced_what"',
                "options": f'["{theme}"]',
            }
        )
    )
    folder = year_folder(tmp_path / "2026", text)
    assert goals_at(folder, END).result("A").judgement.cause == "målvärde saknas"
    survey = (
        (folder / "survey.toml")
        .read_text(encoding="utf-8")
        .replace('text = "Om ja, vad?"', 'text = "Om ja, vad?"\ncodebook = "tried"')
    )
    (folder / "survey.toml").write_text(survey, encoding="utf-8")
    (folder / "codebook.toml").write_text(CODEBOOK, encoding="utf-8")
    if found:
        with pytest.raises(Unusable) as stop:
            goals_at(folder, END)
        (problem,) = stop.value.problems
        assert (problem.code, problem.where) == ("option_unknown", "A")
        assert "Menade du ”skog”?" in problem.todo
    else:
        assert goals_at(folder, END).result("A").measured.cause == "data saknas"


def test_an_active_group_may_have_met_last_year(tmp_path):
    """Twelve months back from June reaches into the year before's log."""
    least = "{ months = 12, occasions = 2, members = 1 }"
    last_year = LOG.splitlines()[0] + "\n2025-09-01,theme_group,m1,official,1,Skog\n"
    now = LOG + "2026-03-01,theme_group,m2,official,1,Skog\n"
    year_folder(tmp_path / "2025", indicator(), last_year)
    survey = (tmp_path / "2025" / "survey.toml").read_text(encoding="utf-8").replace("2026", "2025")
    (tmp_path / "2025" / "survey.toml").write_text(survey, encoding="utf-8")
    text = log_of("active", "theme_group", least=least)
    assert measured(tmp_path, date(2026, 6, 1), now, **text).detail == "Skog"
    assert measured(tmp_path, date(2026, 12, 31), now, **text).value == 0


@pytest.mark.parametrize(
    ("day", "months", "earlier"),
    [
        (date(2026, 8, 31), 12, date(2025, 8, 31)),
        (date(2026, 12, 31), 3, date(2026, 9, 30)),
        (date(2026, 3, 30), 1, date(2026, 2, 28)),
        (date(2026, 2, 28), 6, date(2025, 8, 31)),
        (date(2026, 6, 15), 12, date(2025, 6, 15)),
    ],
)
def test_months_back(day, months, earlier):
    """The end of a month goes to the end of a month."""
    assert months_before(day, months) == earlier


def test_the_day_must_lie_in_the_year(tmp_path):
    """Else a Problem, no traceback."""
    folder = year_folder(tmp_path / "2026", indicator())
    with pytest.raises(Unusable) as stop:
        goals_at(folder, date(2027, 1, 1))
    assert [p.code for p in stop.value.problems] == ["as_of_outside"]


def test_without_a_day_the_log_and_the_survey_set_it(tmp_path):
    """The last day they speak of, never today."""
    assert goals_at(year_folder(tmp_path / "2026", indicator())).as_of == date(2026, 9, 1)


def test_without_goals_there_is_a_note_and_no_goals(tmp_path):
    """A year may be run before its goals are written."""
    folder = year_folder(tmp_path / "2026", indicator())
    (folder / "goals.toml").unlink()
    outcome = goals_of(analyse(folder))
    assert outcome.results == ()
    assert {(p.code, p.level) for p in outcome.problems} == {("goals_missing", "note")}


def test_faults_in_any_of_the_files_stop_with_all_of_them(tmp_path):
    """Not only the first."""
    folder = year_folder(tmp_path / "2026", indicator(source='"registret"'), LOG + "2026-01-01,fest,m1,,1,F\n")
    with pytest.raises(Unusable) as stop:
        goals_at(folder)
    assert {p.code for p in stop.value.problems} == {"unknown_value", "activity_unknown"}


def test_computed_and_decided_status_are_both_kept(tmp_path):
    """A decision on the goal holds for the indicator that answers to its ambition; the computed one stands beside."""
    decided = "date,indicator,status,reason,who\n2026-05-01,M1,uncertain,Två är på väg ut,Styrelsen\n"
    outcome = goals_at(year_folder(tmp_path / "2026", indicator(), decisions=decided), date(2026, 6, 30))
    row = goal_table(outcome).iloc[0]
    assert row[["status", "decided"]].tolist() == ["Målet bedöms kunna uppnås", "Osäkert om målet kan uppnås"]
    assert row["reason"] == "Två är på väg ut (Styrelsen 2026-05-01)"
    assert outcome.goal_status(outcome.goals.goals[0])[0].id == "uncertain"


def test_the_table_has_its_columns_and_the_file_its_bytes(tmp_path):
    """The same twice."""
    outcome = goals_at(year_folder(tmp_path / "2026", indicator()), END)
    assert tuple(goal_table(outcome).columns) == COLUMNS
    assert COLUMNS == (
        "goal",
        "goal_name",
        "indicator",
        "name",
        "unit",
        "baseline",
        "outcome",
        "low",
        "high",
        "target",
        "status",
        "cause",
        "trend",
        "decided",
        "reason",
        "source",
    )
    for name in ("a.csv", "b.csv"):
        write_goals_csv(outcome, tmp_path / name)
    assert (tmp_path / "a.csv").read_bytes() == (tmp_path / "b.csv").read_bytes()
    read = pd.read_csv(tmp_path / "a.csv")
    assert read.loc[0, ["outcome", "target", "status", "source"]].tolist() == [
        7,
        5,
        "Målet är uppnått",
        "medlemsregistret",
    ]
