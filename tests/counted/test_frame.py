"""One answer a member; who was asked and who answered."""

import pytest

from sekom_survey.counted.frame import build_frame
from sekom_survey.counted.year import read_year
from tests.waves import answer, make_wave


def frame_of(tmp_path, rows):
    wave, _, responses, _ = read_year(make_wave(tmp_path / "w", rows))
    return build_frame(responses, wave)


def used(frame, member, item):
    mine = frame.answers.table[(frame.answers.table["member_id"] == member) & (frame.answers.table["item"] == item)]
    return sorted(mine["option"]) if (mine["option"] != "").any() else list(mine["value"])


BOTH = [
    answer("Almköping", "Politiker", "Nätverk;", support="Litet behov", satisfaction=10, introduced="Nej"),
    answer(
        "Almköping",
        "Tjänsteperson",
        "Kunskap; kurser;",
        support="Stort behov",
        satisfaction=7,
        introduced="Ja",
        what="Cykelpool",
    ),
]


@pytest.mark.parametrize(
    ("item", "value"),
    [
        ("introduced", ["Ja"]),
        ("need_support", ["Stort behov"]),
        ("satisfaction", [8.5]),
        ("top_value", ["Kunskap; kurser", "Nätverk"]),
    ],
)
@pytest.mark.parametrize("order", [1, -1])
def test_two_answers_from_one_member_merge_by_kind(tmp_path, item, value, order):
    """Facts and scales: the official's; ratings: the mean; multi-choice: the union - in whatever order they came."""
    assert used(frame_of(tmp_path, BOTH[::order]), "m1", item) == value


def test_the_conflicts_are_listed_with_the_rule(tmp_path):
    """What both said, what is used, by which rule; agreement is no conflict."""
    conflicts = frame_of(tmp_path, BOTH).conflicts.set_index("item")
    assert set(conflicts.index) == {"introduced", "need_support", "satisfaction", "top_value"}
    row = conflicts.loc["satisfaction"]
    assert (row["politician"], row["official"], row["used"]) == ("10", "7", "8,5")


def test_a_member_counts_once_and_each_role_keeps_its_own_answer(tmp_path):
    """Two respondents, one member, two roles."""
    frame = frame_of(tmp_path, BOTH)
    assert frame.members["answered"].sum() == 1
    assert frame.answers.table.loc[frame.answers.table["item"] == "introduced", "member_id"].tolist() == ["m1"]
    roles = frame.by_role.table[frame.by_role.table["item"] == "introduced"].set_index("role")["option"]
    assert dict(roles) == {"politician": "Nej", "official": "Ja"}


def test_two_answers_in_the_same_role_become_one(tmp_path):
    """Two officials of one member are one official answer, the later."""
    frame = frame_of(
        tmp_path, [answer("Almköping", introduced="Nej"), answer("Almköping", introduced="Ja", satisfaction=6)]
    )
    assert used(frame, "m1", "introduced") == ["Ja"]
    assert len(frame.by_role.table[frame.by_role.table["item"] == "introduced"]) == 1


def test_observers_are_not_asked_and_regions_are(tmp_path):
    """The frame is the members on its date."""
    frame = frame_of(tmp_path, [answer("Almköping"), answer("Region Granland")])
    assert len(frame.members) == 7
    assert set(frame.members.loc[frame.members["answered"], "member_id"]) == {"m1", "r1"}


def test_item_nonresponse_leaves_out_those_never_asked(tmp_path):
    """Partial non-response counts members that saw the question."""
    frame = frame_of(
        tmp_path,
        [
            answer("Almköping", introduced="Ja"),
            answer("Björkvalla", introduced="Nej"),
            answer("Duvhult", introduced=""),
        ],
    )
    table = frame.item_nonresponse.set_index("item")
    assert tuple(table.loc["introduced", ["asked", "answered", "missing"]]) == (3, 2, 1)
    assert tuple(table.loc["introduced_what", ["asked", "answered", "missing"]]) == (1, 0, 1)
