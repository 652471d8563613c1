"""One answer a unit: the arrays give what the rule says when it is followed respondent by respondent."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sekom_survey.counted.frame import conflicts, one_each
from sekom_survey.model import MULTI, NOT_SHOWN, RATING, SINGLE, TEXT, UNANSWERED, Accounting, Item, Option, Responses
from sekom_survey.model.codes import FIRST, Answers, ItemAnswers, answers_in, words_of

OPTIONS = ("A", "B", "Inget")
ITEMS = {
    SINGLE: Item(SINGLE, SINGLE, "", (), tuple(map(Option, OPTIONS))),
    MULTI: Item(MULTI, MULTI, "", (), (Option("A"), Option("B"), Option("Inget", exclusive=True))),
    RATING: Item(RATING, RATING, "", ()),
    TEXT: Item(TEXT, TEXT, "", ()),
}
WORDS = {
    SINGLE: words_of(OPTIONS, [np.nan] * 3, [""] * 3),
    MULTI: words_of(OPTIONS, [np.nan] * 3, [""] * 3),
    RATING: words_of([""] * 3, [1.0, 2.0, 7.0], [""] * 3),
    TEXT: words_of([""] * 3, [np.nan] * 3, ["x", "y", "z"]),
}
SILENT = st.sampled_from([(0,), (1,)])
SAID = {
    SINGLE: SILENT | st.sampled_from([(2,), (3,), (4,)]),
    MULTI: SILENT | st.lists(st.sampled_from([2, 3, 4]), min_size=1, max_size=3, unique=True).map(tuple),
    RATING: SILENT | st.sampled_from([(2,), (3,), (4,)]),
    TEXT: SILENT | st.sampled_from([(2,), (3,), (4,)]),
}
PERSON = st.tuples(st.sampled_from(["m1", "m2", "m3"]), st.booleans(), st.fixed_dictionaries(SAID))
PEOPLE = st.lists(PERSON, min_size=1, max_size=8)


def coded(people: list[tuple[str, bool, dict[str, tuple[int, ...]]]]) -> Answers:
    """What some people said, as codes."""
    made = []
    for item, words in WORDS.items():
        pairs = [(i, place) for i, (_, _, said) in enumerate(people) for place in said[item]]
        made.append(ItemAnswers(item, np.array([i for i, _ in pairs]), np.array([place for _, place in pairs]), words))
    return Answers(pd.DataFrame({"respondent": range(len(people))}), tuple(made))


def plain(item: str, said: list[tuple[bool, tuple[int, ...]]]) -> list[tuple[str, str, float, str]]:
    """The rule, for what one unit's respondents said in turn: (state, option, value, text) of each answer used."""
    words = WORDS[item]
    answered = [(official, places) for official, places in said if places[0] >= FIRST]
    if not answered:
        return [(UNANSWERED if (0,) in [places for _, places in said] else NOT_SHOWN, "", np.nan, "")]
    if len(said) > 1 and item == RATING:
        return [("answered", "", float(np.mean([words.value[places[0]] for _, places in answered])), "")]
    places = [place for _, each in answered for place in each]
    if len(said) > 1 and item == SINGLE:
        places = [*(p for official, each in answered if official for p in each)][-1:] or places[-1:]
    if len(said) > 1 and item == MULTI:
        places = list(dict.fromkeys(places))
        places = [place for place in places if words.option[place] != "Inget"] or places
    return [("answered", words.option[place], words.value[place], words.text[place]) for place in places]


@settings(max_examples=150)
@given(people=PEOPLE, by_role=st.booleans())
def test_answers_are_merged_as_the_rule_says(
    people: list[tuple[str, bool, dict[str, tuple[int, ...]]]], by_role: bool
) -> None:
    """Whoever answered in whatever order, once or several times, for members and for members in a role."""
    official = np.array([is_official for _, is_official, _ in people])
    units = pd.DataFrame({"member_id": [member for member, _, _ in people], "role": official.astype(str)})
    units = units if by_role else units[["member_id"]]
    table = one_each(coded(people), units, official, ITEMS).table
    names, found_in = (
        [tuple(row) for row in units.itertuples(index=False)],
        list(zip(*(table[name] for name in units.columns), strict=True)),
    )
    for item in ITEMS:
        for name in dict.fromkeys(names):
            wanted = plain(
                item, [(person[1], person[2][item]) for person, unit in zip(people, names, strict=True) if unit == name]
            )
            mine = table[(table["item"] == item) & np.array([unit == name for unit in found_in], dtype=bool)]
            found = list(mine[["state", "option", "value", "text"]].itertuples(index=False, name=None))
            assert [(*row[:2], row[3]) for row in found] == [(*row[:2], row[3]) for row in wanted]
            np.testing.assert_allclose([row[2] for row in found], [row[2] for row in wanted])


@settings(max_examples=100)
@given(people=PEOPLE)
def test_a_conflict_is_where_the_two_roles_answered_differently(
    people: list[tuple[str, bool, dict[str, tuple[int, ...]]]],
) -> None:
    """Each role's answers as a set of words; texts are never in conflict."""
    official = np.array([is_official for _, is_official, _ in people])
    member = pd.Series([name for name, _, _ in people], dtype="str")
    unit = one_each(coded(people), member.to_frame("member_id"), official, ITEMS)
    found = conflicts(coded(people), member, official, unit, ITEMS)
    wanted = set()
    for item in (SINGLE, MULTI, RATING):
        words = [option or f"{value:g}" for option, value in zip(WORDS[item].option, WORDS[item].value, strict=True)]
        for name in set(member):
            said = [{words[p] for who, role, each in people if who == name and role == is_official for p in each[item] if p >= FIRST}
                    for is_official in (False, True)]  # fmt: skip
            if all(said) and said[0] != said[1]:
                wanted.add((name, item, "; ".join(sorted(said[0])), "; ".join(sorted(said[1]))))
    assert set(found[["member_id", "item", "politician", "official"]].itertuples(index=False, name=None)) == wanted


@settings(max_examples=50)
@given(people=PEOPLE)
def test_codes_and_table_say_the_same(people: list[tuple[str, bool, dict[str, tuple[int, ...]]]]) -> None:
    """A DataFrame of answers put back into codes gives the same DataFrame, which is made once."""
    codes = coded(people)
    pd.testing.assert_frame_equal(answers_in(codes.table).table, codes.table)
    assert codes.table is codes.table
    assert codes.nobody().table.dtypes.equals(codes.table.dtypes) and codes.nobody().table.empty


def test_a_field_keeps_its_form_through_replace() -> None:
    """A changed copy, and one whose table has been read, hold the same codes."""
    codes = coded([("m1", True, {SINGLE: (2,), MULTI: (2, 3), RATING: (4,), TEXT: (1,)})])
    responses = Responses(pd.DataFrame({"respondent": [0]}), codes, Accounting((), (), 0, 0))
    assert len(responses.answers.table) == 5
    assert replace(responses, problems=()).answers is codes
    with pytest.raises(AttributeError):
        responses.answers = codes  # type: ignore[misc]
