"""The engagement index: parts, rescaling, classes, sensitivity."""

from datetime import date
from math import isnan, nan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sekom_survey.found.engagement.index import (
    PART_IDS,
    PARTS,
    WEIGHTS,
    class_of,
    engagement,
    member_parts,
    weighed,
    weight_sensitivity,
)
from tests.found.engagement.logs import FIRST, LAST, log, someone

SHARES = st.one_of(st.just(nan), st.floats(0, 1))


def part(rows, name, member=None, last=LAST):
    member = member or someone()
    return member_parts([member], log(*rows), FIRST, last)[name].iloc[0]


def test_the_weights_are_those_of_the_model():
    """20, 10, 10, 20, 20, 15, 5: a hundred in all."""
    assert WEIGHTS == (20, 10, 10, 20, 20, 15, 5)
    assert sum(WEIGHTS) == 100


@pytest.mark.parametrize(
    ("roles", "value"),
    [
        ([], 0),
        (["official"], 0.5),
        (["politician"], 0.5),
        (["politician", "official"], 1),
        (["official", "official"], 0.5),
    ],
)
def test_the_annual_meeting_counts_roles_not_heads(roles, value):
    """Half for a politician, half for an official."""
    rows = [("2026-05-28", "annual_meeting", "m2", "official", "Årsmöte")]
    rows += [("2026-05-28", "annual_meeting", "m1", role, "Årsmöte") for role in roles]
    assert part(rows, "annual_meeting") == value


@pytest.mark.parametrize(("attended", "value"), [(0, 0), (1, 1 / 3), (3, 1), (4, 1)])
def test_three_webinars_a_year_are_full_marks(attended, value):
    """Occasions, whoever came: two from one member to one webinar are one."""
    rows = [
        (f"2026-0{i}-10", "webinar", who, role, f"W{i}") for i in range(1, 6) for who, role in (("m2", "official"),)
    ]
    rows += [
        (f"2026-0{i}-10", "webinar", "m1", role, f"W{i}")
        for i in range(1, attended + 1)
        for role in ("official", "politician")
    ]
    assert part(rows, "webinars") == pytest.approx(value)


@pytest.mark.parametrize(("months", "value"), [(5, 0), (6, 1), (12, 1)])
def test_teams_asks_for_six_months(months, value):
    """Some active user in at least six months."""
    rows = [(f"2026-{i:02}-28", "teams_month", "m1", "", f"Teams {i}") for i in range(1, months + 1)]
    assert part([*rows, ("2026-12-28", "teams_month", "m2", "", "Teams 12")], "teams") == value


@pytest.mark.parametrize(("opened", "value"), [(1, 0), (2, 1), (4, 1)])
def test_half_of_the_newsletters_is_enough(opened, value):
    """Two of four."""
    rows = [(f"2026-0{i}-10", "newsletter", "m2", "", f"N{i}") for i in range(1, 5)]
    rows += [(f"2026-0{i}-10", "newsletter", "m1", "", f"N{i}") for i in range(1, opened + 1)]
    assert part(rows, "newsletter") == value


def test_what_nobody_logged_is_unknown_and_not_zero():
    """No annual meeting held yet: nothing to blame anyone for."""
    assert isnan(part([("2026-01-10", "webinar", "m1", "official", "W")], "annual_meeting"))


def test_what_happened_before_a_member_joined_is_unknown():
    """New in June: the meeting in May is not held against it, and fewer webinars are asked of it."""
    new = someone(joined=date(2026, 7, 1))
    rows = [
        ("2026-05-28", "annual_meeting", "m2", "official", "Årsmöte"),
        ("2026-09-01", "webinar", "m1", "official", "W1"),
        ("2026-10-01", "webinar", "m1", "official", "W2"),
    ]
    assert isnan(part(rows, "annual_meeting", new))
    assert part(rows, "webinars", new) == 1


def test_green_indicators_are_not_asked_of_regions():
    """They are unknown for a region, 0 for a municipality that has not reported."""
    rows = [("2026-04-01", "indicators", "m2", "official", "Nyckeltal")]
    assert isnan(part(rows, "indicators", someone(kind="region")))
    assert part(rows, "indicators") == 0


@pytest.mark.parametrize(
    ("index", "name"),
    [(60, "Aktiv"), (59.999, "Delvis aktiv"), (30, "Delvis aktiv"), (29.999, "Vilande"), (nan, "Kan inte bedömas")],
)
def test_classes_at_their_limits(index, name):
    """Active from 60, partly from 30."""
    assert class_of(index) == name


def test_under_seventy_per_cent_known_weight_there_is_no_index():
    """Exactly 70 is enough; the known parts are rescaled."""
    enough = [1.0, 0.0, nan, 1.0, 1.0, nan, nan]  # 20 + 10 + 20 + 20 known
    short = [1.0, nan, nan, 1.0, 1.0, nan, 0.0]  # 65 known
    assert weighed(np.array([enough, short]), WEIGHTS).tolist()[0] == pytest.approx(100 * 60 / 70)
    assert isnan(weighed(np.array([short]), WEIGHTS)[0])


@given(st.lists(SHARES, min_size=7, max_size=7), st.permutations(range(7)))
def test_the_index_is_0_to_100_whatever_the_order_of_the_parts(values, order):
    """Unknown parts may stand anywhere; shuffling parts and weights together changes nothing."""
    index = weighed(np.array([values]), WEIGHTS)[0]
    shuffled = weighed(np.array([[values[i] for i in order]]), [WEIGHTS[i] for i in order])[0]
    assert isnan(index) or 0 <= index <= 100
    assert index == pytest.approx(shuffled, nan_ok=True)


@given(st.lists(st.floats(0, 1), min_size=7, max_size=7), st.integers(0, 6), st.floats(0, 1))
def test_doing_more_never_lowers_the_index(values, place, more):
    """Each part only adds."""
    better = [*values]
    better[place] = max(values[place], more)
    assert weighed(np.array([better]), WEIGHTS)[0] >= weighed(np.array([values]), WEIGHTS)[0]


def test_the_index_by_hand():
    """Both roles at the meeting (20), one of three webinars (20/3), no letters (0 of 10), of 50 known: no index; with Teams and
    groups known there is one."""
    rows = [
        ("2026-05-28", "annual_meeting", "m1", "politician", "Å"),
        ("2026-05-28", "annual_meeting", "m1", "official", "Å"),
        ("2026-03-01", "webinar", "m1", "official", "W"),
        ("2026-03-02", "newsletter", "m2", "", "N"),
        ("2026-03-31", "teams_month", "m2", "", "T"),
        ("2026-04-01", "testbed", "m1", "official", "B"),
    ]
    table = engagement([someone(), someone("m2")], log(*rows), FIRST, LAST).set_index("member_id")
    known = 20 + 10 + 20 + 20 + 15
    assert table.at["m1", "index"] == pytest.approx(100 * (20 + 20 / 3 + 15) / known)
    assert table.at["m1", "class"] == "Delvis aktiv"
    assert list(table.columns) == ["name", "kind", "population", *PART_IDS, "index", "class"]


def test_members_far_from_every_limit_keep_their_class():
    """All or nothing: no weighting can move them. The same seed gives the same answer."""
    everything = [
        ("2026-05-28", part.activities[0], "m1", role, "X") for part in PARTS for role in ("politician", "official")
    ]
    everything += [
        (f"2026-{i:02}-10", a, "m1", "official", f"{a}{i}")
        for i in range(1, 13)
        for a in ("webinar", "teams_month", "newsletter")
    ]
    table = engagement([someone(), someone("m2")], log(*everything), FIRST, LAST)
    assert table["index"].tolist() == [100, 0]
    tried = weight_sensitivity(table)
    assert (tried.draws, tried.members, tried.median, tried.high) == (2000, 2, 0, 0)
    assert tried == weight_sensitivity(table)


def test_a_member_at_a_limit_is_seen_to_hang_on_the_weights():
    """Just at 60: about half of the weightings move it."""
    table = engagement([someone()], log(("2026-05-28", "annual_meeting", "m1", "official", "Å")), FIRST, LAST)
    for name, value in zip(PART_IDS, (1, 0, 0, 1, 1, 0, 0), strict=True):
        table[name] = float(value)
    table["index"] = weighed(table[list(PART_IDS)].to_numpy(dtype=float), WEIGHTS)
    assert table["index"].iloc[0] == 60
    tried = weight_sensitivity(table)
    assert tried.high == 1.0
