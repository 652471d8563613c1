"""Clock times of all platforms; only date and minutes are kept of them."""

from __future__ import annotations

import math
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sekom_survey.collected.times import clocked, has_clock, is_moment, minutes, moments

MOMENT = datetime(2026, 2, 13, 14, 58)


@pytest.mark.parametrize(
    "text",
    [
        "2026-02-13 14:58",
        "2026-02-13 14:58:00",
        "2026-02-13T14:58:00Z",
        "2026-02-13 14.58",
        "2/13/2026 14:58",
        "02/13/2026 02:58:00 PM",
        "2/13/26 14:58",
        "13/02/2026 14:58",
        "13.02.2026 14:58",
        "2026/02/13 2:58:00 PM EET",
        "2026/02/13 2:58:00 em CET",
        "2026.02.13 14:58:00.250",
        "46066.62361111111",
    ],
)
def test_every_platforms_way_of_writing_a_time_is_read(text: str) -> None:
    """Microsoft, Google, SurveyMonkey, LimeSurvey, Qualtrics and Excel's day number."""
    found = moments([text]).tolist()[0]
    assert found is not None
    assert abs((found - MOMENT).total_seconds()) < 61


def test_month_stands_first_unless_the_column_shows_otherwise() -> None:
    """One date with a day over 12 decides for the whole column."""
    assert moments(["3/2/2026 10:00"]).tolist() == [datetime(2026, 3, 2, 10)]
    assert moments(["3/2/2026 10:00", "28/2/2026 10:00"]).tolist()[0] == datetime(2026, 2, 3, 10)


@pytest.mark.parametrize(
    ("text", "hour"), [("2026-02-13 12:05 AM", 0), ("2026-02-13 12:05 PM", 12), ("2026-02-13 1:05 fm", 1)]
)
def test_half_days_are_read(text: str, hour: int) -> None:
    """Twelve at night is nought."""
    found = moments([text]).tolist()[0]
    assert found is not None
    assert found.hour == hour


@pytest.mark.parametrize(
    "text", ["", "igår", "1980-01-01 00:00:00", "2026-13-45 10:00", "99/99/9999", "6", "1–3 år", "2026"]
)
def test_what_is_no_time_is_unknown(text: str) -> None:
    """LimeSurvey's 1980 means that times were not kept."""
    assert moments([text]).tolist() == [None]


def test_minutes_are_counted_from_start_to_end() -> None:
    """The wrong way round, or half of it, is unknown."""
    times = moments(["2026-02-03 12:00:00", "2026-02-03 12:07:30", ""])
    taken = minutes(times[[0, 1, 2]], times[[1, 0, 1]]).tolist()
    assert taken[0] == 7.5
    assert all(map(math.isnan, taken[1:]))


def test_a_day_without_a_time_is_no_moment() -> None:
    """A date alone may well be an answer."""
    assert is_moment("2026-02-03 12:58")
    assert not is_moment("2026-02-03")


@given(st.text(max_size=40))
def test_any_text_is_a_time_or_unknown(text: str) -> None:
    """Nothing written in a time column stops the reading."""
    assert len(moments([text])) == 1


@given(st.datetimes(min_value=datetime(2001, 1, 1), max_value=datetime(2050, 1, 1)))
def test_iso_times_come_back(moment: datetime) -> None:
    """To the second."""
    assert moments([moment.isoformat(" ", "seconds")]).tolist() == [moment.replace(microsecond=0)]


DAYS = [
    "2026-01-19",
    "1/19/2026",
    "2/1/26",
    "13.02.2026",
    "46041.5",
    "46041",
    "9999-12-31",
    "1999-12-31",
    "2026-13-01",
    "10.11.2026",
    "2026-01-19T08:15",
    "2026-01-19,",
    "x",
]
CLOCKS = ["", " 10:11:12", " 25:00", " 2:03 pm", " pm", " 10.11", " x 9:15", ", 08:15 AM", " 24:30", " T10:00"]


@given(
    st.lists(
        st.tuples(st.sampled_from(DAYS), st.sampled_from(CLOCKS)).map("".join)
        | st.text(alphabet="0126:./- Tpm", max_size=16).map(str.strip),
        max_size=5,
    )
)
def test_a_column_is_read_as_its_times_one_by_one(texts: list[str]) -> None:
    """Days and clock times are read once each; a day that stands first decides for all."""
    shown = (
        ["28/1/2026"] if any(moments([text, "1/2/2026"]).tolist()[1] == datetime(2026, 2, 1) for text in texts) else []
    )
    assert moments(texts).tolist() == [moments([text, *shown]).tolist()[0] for text in texts]
    assert clocked(texts).tolist() == [has_clock(text) for text in texts]
