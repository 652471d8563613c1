"""Counting: the table of who gave which answer says what the long table says, read row by row."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sekom_survey.counted.choices import choice_of, choices_of, inside_options, options_counted
from sekom_survey.counted.count import marks, picks, places, ticks, unit_names, values
from tests.found.compare.frames import frame, multi, nps, rating, scale, single, sized

MEMBERS = sized(3, 2, 1)
IDS = [member.member_id for member in MEMBERS]
ITEMS = {
    item.id: item
    for item in (scale("need"), single("way", "A", "B"), multi("teams", "A", "B", "C"), rating("grade"), nps("advise"))
}
SAID = {
    "need": st.sampled_from(["Inget", "Litet", "Ganska stort", "Mycket stort", "Vet inte"]),
    "way": st.sampled_from(["A", "B"]),
    "teams": st.lists(st.sampled_from(["A", "B", "C"]), min_size=1, max_size=3, unique=True).map(tuple),
    "grade": st.sampled_from([1, 7.5, 8, 10]),
    "advise": st.sampled_from([0, 6, 8.5, 9, 10]),
}
ANSWERS = st.fixed_dictionaries({name: st.dictionaries(st.sampled_from(IDS), one) for name, one in SAID.items()})


def counted_as(item, answer):
    """The options of one answer, by the rule in words: a number at its whole step, half upwards."""
    parts = answer if isinstance(answer, tuple) else (answer,)
    return {part if isinstance(part, str) else str(int(part + 0.5)) for part in parts}


@settings(max_examples=60)
@given(said=ANSWERS)
def test_marks_and_ticks_say_what_the_members_said(said):
    """Each option of each member; yes to a choice is any of its options; outside the scale there is no answer."""
    answers = frame(MEMBERS, list(ITEMS.values()), said).answers
    for name, item in ITEMS.items():
        options = options_counted(item)
        found = marks(answers, item, options, places(answers, IDS), len(IDS))
        gave = [counted_as(item, said[name][who]) if who in said[name] else set() for who in IDS]
        assert [set(np.array(options)[row]) for row in found] == gave
        choices = choices_of(item)
        wanted = [
            [
                float(bool(one & set(choice.options))) if one & set(inside_options(item)) else np.nan
                for choice in choices
            ]
            for one in gave
        ]
        np.testing.assert_array_equal(ticks(answers, item, IDS, choices), np.array(wanted))


@settings(max_examples=30)
@given(said=ANSWERS)
def test_values_and_picks_are_the_members_own(said):
    """A rating as it was given, a scale's score, the place of the option picked; none where nothing was said."""
    answers = frame(MEMBERS, list(ITEMS.values()), said).answers
    given_values = [float(said["grade"].get(who, np.nan)) for who in IDS]
    np.testing.assert_array_equal(values(answers, ITEMS["grade"], IDS), given_values)
    assert picks(answers, ITEMS["way"], IDS).tolist() == ["AB".index(said["way"].get(who, "")) if who in said["way"] else -1 for who in IDS]  # fmt: skip


def test_a_member_that_is_not_asked_for_is_not_counted():
    """Only the units named, in their order, each by member and where answers are by role by both."""
    made = frame(MEMBERS, [ITEMS["way"]], {"way": dict.fromkeys(IDS, "A")}, {IDS[0]: "politician"})
    assert ticks(made.answers, ITEMS["way"], ["nobody", IDS[2]], [choice_of(ITEMS["way"], "A")])[:, 0].tolist() == [pytest.approx(np.nan, nan_ok=True), 1.0]  # fmt: skip
    assert unit_names(made.by_role).tolist()[:2] == [f"{IDS[0]}|politician", f"{IDS[1]}|official"]


def test_choices_are_made_of_what_is_counted_for_itself():
    """The labels of estimates.csv, and under each the answers that count together."""
    assert {c.label: c.options for c in choices_of(ITEMS["grade"])} == {"8–10": ("8", "9", "10")}
    assert {c.label: c.options for c in choices_of(ITEMS["advise"])} == {"9–10": ("9", "10")}
    assert {c.label: c.options for c in choices_of(ITEMS["need"])} == {"topp2": ("Ganska stort", "Mycket stort")}
    assert "Vet inte" in options_counted(ITEMS["need"]) and "Vet inte" not in inside_options(ITEMS["need"])
