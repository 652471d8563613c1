"""What the indicators say, against numbers worked out otherwise."""

from __future__ import annotations

import statistics
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sekom_survey.asked.questionnaire import read_survey
from sekom_survey.found.indicators.gather import indicators_of
from sekom_survey.found.indicators.standing import nearest, standings, statistics_table, strong_in, trend_of
from sekom_survey.found.indicators.statistics import common_year, jump, place, summary, trend
from sekom_survey.model.indicators import HIGH, LOW
from tests.indicator_files import DECLARED, member
from tests.waves import SURVEY

values = st.lists(st.floats(0, 100), min_size=2, max_size=40)


@given(values, st.integers(0, 20))
def test_quartiles_are_those_of_the_inclusive_method_and_bounds_hold_whatever_is_missing(known, missing):
    """Python's own statistics module gives the same; the worst and the best of the missing give the ends."""
    members = len(known) + missing
    found = summary(known, members, percent=True)
    assert (found.q1, found.median, found.q3) == pytest.approx(statistics.quantiles(known, n=4, method="inclusive"))
    assert found.mean == pytest.approx(statistics.fmean(known))
    assert found.low == pytest.approx(statistics.fmean([*known, *[0] * missing]))
    assert found.high == pytest.approx(statistics.fmean([*known, *[100] * missing]))
    assert (found.reported, found.members) == (len(known), members)


def test_only_percentages_have_bounds_and_nobody_has_nothing():
    """Kilos have no largest value; without values there is no mean, and not nought."""
    assert summary([400.0], 3, percent=False).low is None
    assert summary([], 3, percent=True).mean is None


@given(values)
def test_places_turn_with_the_direction(known):
    """The best has place 1, equal values share, and the two directions mirror each other."""
    best, worst = max(known), min(known)
    assert place(best, known, HIGH) == place(worst, known, LOW) == 1
    assert place(worst, known, HIGH) == 1 + sum(one > worst for one in known)


@pytest.mark.parametrize(("reported", "year"), [
    ({2022: 60, 2023: 57, 2024: 20}, 2023), ({2022: 60, 2024: 45}, 2024), ({2022: 60, 2024: 44}, 2022), ({}, None), ({2020: 1}, 2020),
])  # fmt: skip
def test_the_common_year_is_the_latest_that_is_covered_well_enough(reported, year):
    """At least three quarters of the best covered year, the limit included."""
    assert common_year(reported, 0.75) == year


def test_a_trend_is_told_of_those_with_both_years_alone():
    """A member that comes or goes moves the mean, but not the trend."""
    found = trend({"a": 10, "b": 20, "gone": 99}, {"a": 8, "b": 20, "new": 0}, (2022, 2024), LOW)
    assert (found.members, found.better, found.same, found.worse) == (2, 1, 1, 0)
    assert (found.before, found.after, found.change) == (15, 14, -1)
    assert trend({"a": 1}, {"b": 1}, (2022, 2024), LOW) is None


def test_a_jump_is_as_large_down_as_up():
    """And without end from or to nought."""
    assert jump(10, 2) == jump(2, 10) == 5
    assert jump(0, 2) == float("inf")
    assert jump(0, 0) == 1


def test_the_nearest_are_of_the_same_group_first_and_by_ratio():
    """Twice as large is as near as half; another SKR group comes after all of the own."""
    own = member("a", "A", 10_000, group="G")
    others = [member("b", "B", 20_000, group="G"), member("c", "C", 4_000, group="G"), member("d", "D", 10_001, group="H"),
              member("e", "E", None, group="G"), member("r", "R", 10_000, kind="region", group="G")]  # fmt: skip
    assert [one.member_id for one in nearest(own, [own, *others])] == ["b", "c", "d"]
    assert nearest(member("x", "X", None), others) == ()


MEMBERS = tuple(member(f"m{i}", f"Ort{'abcdefgh'[i]}", 10_000 * (i + 1)) for i in range(8))
WASTE = "Kommun;2022;2023;2024 (kg/person)\n" + "".join(
    f"Ort{'abcdefgh'[i]};{400 + i};{400 + i if i < 6 else ''};{300 + 10 * i if i < 3 else ''}\n" for i in range(8)
)
ENERGY = "Kommun;2022;2023\nOrta;90;95\nOrtb;0,9;60\nOrtc;0;50\nOrtd;80;0\nOrte;70;71\n"


@pytest.fixture
def year(tmp_path):
    """A year's folder with two indicators."""
    folder = tmp_path / "2026"
    (folder / "indicators").mkdir(parents=True)
    (folder / "survey.toml").write_text(SURVEY, encoding="utf-8")
    (folder / "indicators.toml").write_text(DECLARED, encoding="utf-8")
    (folder / "indicators" / "6a.csv").write_text(WASTE, encoding="utf-8")
    (folder / "indicators" / "7.csv").write_text(ENERGY, encoding="utf-8")
    return folder


def found_in(folder, members=MEMBERS):
    """The indicators of a year's folder."""
    survey, problems = read_survey(folder / "survey.toml", "2026/survey.toml")
    assert not problems
    found, problems = indicators_of(folder, survey, members)
    return found, survey, problems


def test_a_year_without_files_has_no_indicators_and_no_problems(tmp_path):
    """No trace of what was not asked for."""
    (tmp_path / "survey.toml").write_text(SURVEY, encoding="utf-8")
    assert found_in(tmp_path)[::2] == (None, [])


def test_members_are_compared_on_one_year_and_every_mean_has_its_coverage(year):
    """Three of eight have reported 2024, so 2023 holds; no mean mixes years."""
    found, survey, _ = found_in(year)
    assert (found.year("6a"), found.earlier("6a"), found.year("2b")) == (2023, 2022, None)
    table = statistics_table(found, survey.size_classes)
    whole = table[(table["indicator"] == "6a") & (table["segmentation"] == "all")].set_index("year")
    assert list(whole["reported"]) == [8, 6, 3]
    assert list(whole["common"]) == [False, True, False]
    assert set(whole["members"]) == {8}
    assert whole.at[2023, "mean"] == pytest.approx(402.5)
    grouped = table[(table["indicator"] == "6a") & (table["segmentation"] == "size")]
    assert grouped["reported"].sum() == 6
    assert grouped["members"].sum() == 8
    assert trend_of(found, "6a").members == 6


def test_those_who_left_or_have_not_come_yet_are_in_no_mean(year):
    """The members are those of the survey's frame date."""
    gone = (*MEMBERS[:-3], *(member(one.member_id, one.name, left=date(2025, 6, 1)) for one in MEMBERS[-3:]))
    found, *_ = found_in(year, gone)
    assert len(found.members) == 5
    assert len(found.of("6a", 2023)) == 5


def test_jumps_are_listed_with_where_they_are_and_never_dropped(year):
    """A factor of 67 and a fall from 80 to nought are told; an ordinary rise from nought is not."""
    found, _, problems = found_in(year)
    jumps = [problem for problem in problems if problem.code == "indicator_jump"]
    assert [(p.where, p.level) for p in jumps] == [("rad 3, kolumn C", "warning"), ("rad 5, kolumn C", "warning")]  # fmt: skip
    assert "100 gånger kan vara en annan enhet" in jumps[0].found
    assert found.of("7", 2023)["m1"] == 60


@pytest.mark.parametrize(("later", "told"), [("3", 0), ("3,1", 1), ("0,3", 1), ("0,34", 0)])
def test_a_jump_is_more_than_the_stated_factor(year, later, told):
    """Three times as much is none yet, up and down alike."""
    (year / "indicators" / "7.csv").write_text(f"Kommun;2022;2023\nOrta;1;{later}\n", encoding="utf-8")
    _, _, problems = found_in(year)
    assert sum(problem.code == "indicator_jump" for problem in problems) == told


def test_the_associations_own_mean_is_checked(year):
    """Near enough says nothing; further off is a note."""
    (year / "indicators" / "8.csv").write_text("Kommun;Nyckeltal;År;Värde\nEkokommunerna;7;2022;48\nEkokommunerna;6a;2022;460\n", encoding="utf-8")  # fmt: skip
    _, _, problems = found_in(year)
    notes = [problem for problem in problems if problem.code == "indicator_mean"]
    assert [(p.where, p.level) for p in notes] == [("rad 3, kolumn D", "note")]
    assert "460" in notes[0].found
    assert "403,5" in notes[0].found


def test_a_member_stands_among_all_and_among_its_peers(year):
    """Value, place, groups and change; a member without a value has none and no place."""
    found, survey, _ = found_in(year)
    waste, energy = standings(found, "m0", survey.size_classes)
    assert (waste.value, waste.place, waste.year, waste.everyone.reported) == (400, 1, 2023, 6)
    assert (energy.value, energy.change, energy.since) == (95, 5, 2022)
    assert [group.kind for group in waste.groups] == ["all", "size", "landsdel", "nearest"]
    silent = standings(found, "m7", survey.size_classes)[0]
    assert (silent.value, silent.place, silent.change) == (None, None, None)
    assert {("m0", "6a", 1, 6), ("m0", "7", 1, 5)} <= set(strong_in(found))


def test_reporting_counts_what_members_report_themselves(year):
    """A national figure is nobody's report; energy is reported by five."""
    found, *_ = found_in(year)
    assert found.reporting == {"m0", "m1", "m2", "m3", "m4"}


def test_a_declared_set_without_files_yet_is_a_note(year):
    """As in a new year: nothing stops, and there are no indicators."""
    for path in (year / "indicators").iterdir():
        path.unlink()
    found, _, problems = found_in(year)
    assert found is None
    assert [(p.code, p.level) for p in problems] == [("indicators_missing", "note")]
