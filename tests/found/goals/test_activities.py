"""activities.csv: Swedish Excel accepted, faults named by row."""

from datetime import date

import pytest

from sekom_survey.found.goals.activities import read_activities
from tests.found.engagement.logs import someone

HEAD = "date,activity,member_id,role,count,title\n"


def read(tmp_path, text):
    path = tmp_path / "activities.csv"
    path.write_text(text, encoding="utf-8-sig")
    return read_activities(path, "2026/activities.csv", [someone("m1"), someone("m2")], 2026)


def test_swedish_headings_and_roles(tmp_path):
    """Semicolons, byte-order mark; an empty count is one."""
    log, problems = read(
        tmp_path,
        "Datum;Aktivitet;Medlem;Roll;Antal;Titel\n2026-03-01;webinar;m1;politiker;3;Vatten\n"
        "2026-02-01;consultation;;;;Remiss\n",
    )
    assert problems == []
    assert log.to_numpy().tolist() == [
        [date(2026, 2, 1), "consultation", "", "", 1, "Remiss"],
        [date(2026, 3, 1), "webinar", "m1", "politician", 3, "Vatten"],
    ]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("mars,webinar,m1,,1,V", "date_value"),
        (",webinar,m1,,1,V", "date_value"),
        ("2025-03-01,webinar,m1,,1,V", "date_outside"),
        ("2027-01-01,webinar,m1,,1,V", "date_outside"),
        ("2026-03-01,webinars,m1,,1,V", "activity_unknown"),
        ("2026-03-01,webinar,m9,,1,V", "member_unknown"),
        ("2026-03-01,webinar,,,1,V", "member_missing"),
        ("2026-03-01,webinar,m1,chef,1,V", "role_unknown"),
        ("2026-03-01,webinar,m1,,många,V", "count_value"),
        ("2026-03-01,webinar,m1,,-2,V", "count_value"),
        (f"2026-03-01,webinar,m1,,{'9' * 5000},V", "count_value"),
    ],
)
def test_a_row_with_a_fault_is_named_and_left_out(tmp_path, row, code):
    """The other rows are read."""
    log, problems = read(tmp_path, HEAD + "2026-01-05,webinar,m1,,1,V\n" + row + "\n")
    assert [(p.code, p.file, p.where) for p in problems] == [(code, "2026/activities.csv", "rad 3")]
    assert len(log) == 1


def test_a_repeated_row_is_counted_once_and_said(tmp_path):
    """A warning with both row numbers."""
    row = "2026-01-05,webinar,m1,official,1,V\n"
    log, (problem,) = read(tmp_path, HEAD + row + row)
    assert (len(log), problem.code, problem.level) == (1, "row_double", "warning")
    assert "rad 2" in problem.found


@pytest.mark.parametrize(
    ("text", "code"),
    [("date,activity\n", "column_missing"), (HEAD.replace("count", "numbers"), "column_unknown"), ("", "file_empty")],
)
def test_wrong_columns_are_named(tmp_path, text, code):
    """Nothing is read then."""
    log, problems = read(tmp_path, text)
    assert code in {p.code for p in problems}
    assert log.empty


def test_a_heading_alone_is_an_empty_log(tmp_path):
    """No rows, no problem."""
    log, problems = read(tmp_path, HEAD)
    assert (len(log), problems) == (0, [])
