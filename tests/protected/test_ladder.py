"""What gives way, on tables small enough to see through."""

from dataclasses import replace

import numpy as np
import pytest

from sekom_survey.model import Item, Option
from sekom_survey.protected.atoms import Register, Said, classes_of
from sekom_survey.protected.ladder import (
    Audit,
    _in_doubt,
    _large_enough,
    _without,
    audit_of,
    is_told,
    release,
    total_is_safe,
    worlds_of,
)
from sekom_survey.protected.worlds import Number, Worlds, cannot_be_told, few_at_a_time

OPTIONS = ("nej", "kanske", "ja")
BY = ("size", "landsdel")


def register(table, answered=None, politicians=()):
    """Members by (size, landsdel); all answer but those that `answered` leaves out; some as politicians."""
    cells = tuple(table)
    cell = np.repeat(np.arange(len(cells)), list(table.values()))
    there = np.ones(len(cell), bool) if answered is None else np.isin(np.arange(len(cell)), answered)
    role = np.where(np.isin(np.arange(len(cell)), politicians), "Förtroendevalda", "Tjänstepersoner").astype(object)
    return Register(cells, np.array(list(table.values())), cell, there, np.where(there, role, ""), {})


def said(answers, members, kind="single"):
    """What each member answered: place of the option by place of the member."""
    chosen = np.zeros((members, len(OPTIONS)), bool)
    for member, option in answers.items():
        chosen[member, option] = True
    return Said(Item("q", kind, "", (), tuple(map(Option, OPTIONS))), OPTIONS, chosen)


@pytest.mark.parametrize(
    ("answers", "members", "safe"),
    [
        ([0, 1, 2, 0, 1], 60, True),
        ([0, 1, 2, 0], 60, False),
        ([0] * 8, 60, False),
        ([0] * 39 + [1], 44, True),
        ([0] * 38 + [1], 43, False),
        ([0] * 38 + [1], 44, True),
        ([0] * 40, 90, False),
        ([], 60, True),
    ],
)
def test_a_total_is_told_of_enough_that_do_not_agree(answers, members, safe):
    """At least the minimum; forty always; in smaller waves with six others; never of all alike."""
    places = register({("Små", "G"): members}, range(len(answers)))
    assert total_is_safe(said(dict(enumerate(answers)), members), places, 5) == safe


@pytest.mark.parametrize(
    ("answers", "others", "safe"), [(8, 4, False), (41, 20, True), (41, 0, False), (41, 41, False)]
)
def test_a_total_is_not_told_when_few_have_all_chosen_an_option(answers, others, safe):
    """Several may be chosen: in a smaller wave one that all chose hides the question, from forty only all alike."""
    both = said({}, 90, "multi")
    both.chosen[:answers, 0] = True
    both.chosen[:others, 1] = True
    assert total_is_safe(both, register({("Små", "G"): 90}, range(answers)), 5) == safe


TWO = {("Små", "G"): 30, ("Stora", "G"): 30}


def of_large(answers):
    """A question that thirty small members answer in all ways, and some large ones as given."""
    return said({i: i % 3 for i in range(20)} | {30 + i: option for i, option in enumerate(answers)}, 60)


@pytest.mark.parametrize(
    ("answers", "shown"), [([0, 1, 2] * 3, True), ([0, 1, 2] * 3 + [0], True), ([2] * 9, False), ([2] * 10, False)]
)
def test_a_group_is_shown_when_it_does_not_agree(answers, shown):
    """Nine or ten alike leave an answer out that the total leaves open."""
    places = register(TWO, [*range(20), *range(30, 30 + len(answers))])
    found = release(of_large(answers), places, 5, Audit(("size",)))
    assert (found.groups.get("size") == frozenset(OPTIONS)) == shown


@pytest.mark.parametrize(("large", "shown"), [(6, True), (5, True), (4, False)])
def test_a_group_is_shown_from_the_minimum(large, shown):
    """Five answers are enough, four are not."""
    both = said({}, 60, "multi")
    both.chosen[:20:2, 0] = both.chosen[1:20:2, 1] = True
    both.chosen[30 : 30 + large, 0] = both.chosen[31 : 30 + large, 1] = True
    both.chosen[30, 0], both.chosen[30 + large - 1, 0], both.chosen[30, 1] = True, False, True
    places = register(TWO, [*range(20), *range(30, 30 + large)])
    assert bool(release(both, places, 5, Audit(("size",))).groups.get("size")) == shown


@pytest.mark.parametrize(("few", "shown"), [(3, True), (2, False), (1, False)])
def test_two_who_alone_gave_an_answer_in_a_group_do_not_learn_it_of_each_other(few, shown):
    """A group with one or two of an answer tells these that nobody else there gave it; with three it does not."""
    places = register(TWO, [*range(20), *range(30, 44)])
    found = release(of_large([2] * few + [0, 1] * 5), places, 5, Audit(("size",)))
    assert (found.groups.get("size") == frozenset(OPTIONS)) == shown


def test_answers_that_are_left_out_are_looked_at_too():
    """A scale shows its highest answer alone, and a group of twelve that all gave it tells that none gave another."""
    places = register(TWO, [*range(20), *range(30, 42)])
    for large, shown in (([0, 1, 2] * 4, True), ([2] * 12, False)):
        asked = of_large(large)
        scale = replace(asked, item=replace(asked.item, kind="scale", top=1))
        assert bool(release(scale, places, 5, Audit(("size",))).groups.get("size")) == shown


def test_roles_show_an_answer_only_when_each_role_is_parted():
    """A role in which all or none gave an answer shows no distribution, nor a role that all answered in."""
    answers = {i: i % 3 for i in range(40)}
    cases = (
        (range(10), True),
        (range(0, 30, 3), False),
        ((0, 1, 3, 4, 6, 7, 9, 10), False),
        (range(4), False),
        ((), False),
    )
    for politicians, shown in cases:
        places = register(TWO, range(40), politicians)
        assert bool(release(said(answers, 60), places, 5, Audit(())).groups.get("role")) == shown


def test_roles_do_not_show_an_option_that_all_of_a_role_chose():
    """Of answers of which several may be given only the one that a role agrees on goes."""
    both = said({}, 60, "multi")
    both.chosen[:25, 0] = True
    both.chosen[:40:2, 1] = True
    found = release(both, register(TWO, range(40), range(10)), 5, Audit(()))
    assert "nej" not in found.groups["role"] and "kanske" in found.groups["role"]


def test_who_answered_is_told_by_what_leaves_everybody_in_doubt():
    """A landsdel in which nearly all answered is not told of."""
    even = {("Små", "G"): 20, ("Små", "N"): 20, ("Stora", "G"): 20, ("Stora", "N"): 20}
    assert audit_of(register(even, range(0, 80, 2))).response == BY
    nearly_all = register(even, [*range(0, 20, 2), *range(20, 40), *range(40, 60, 2), *range(60, 78)])
    assert audit_of(nearly_all).response == ("size",)


def cell_worlds(members, totals, extra=()):
    """Two answers in two cells, of which only the total is known."""
    truth = {("ja", 0): totals[0], ("ja", 1): totals[1]} | {("nej", c): members[c] - totals[c] for c in (0, 1)}
    known = [Number({("ja", 0): 1.0, ("ja", 1): 1.0}, sum(totals), sum(totals))]
    known += [Number({("ja", c): 1.0, ("nej", c): 1.0}, members[c], members[c]) for c in (0, 1)]
    return Worlds(np.array(members), [*known, *extra], truth)


@pytest.mark.parametrize(
    ("members", "totals", "safe"),
    [
        ((20, 20), (8, 8), True),
        ((20, 20), (18, 18), True),
        ((20, 20), (19, 18), False),
        ((20, 20), (0, 0), True),
        ((20, 20), (1, 0), True),
    ],
)
def test_of_four_members_none_surely_gave_an_answer(members, totals, safe):
    """Four others are enough to hide behind, three are not."""
    assert cannot_be_told(cell_worlds(members, totals), "ja") == safe


def test_insiders_of_a_small_cell_learn_nothing_of_the_others():
    """Of three in a cell one said yes, and it is published that the cell has one: the one who did knows that the others did not."""
    told = [Number({("ja", 0): 1.0}, 0, 1)]
    assert not cannot_be_told(cell_worlds((3, 30), (1, 9), told), "ja")
    assert cannot_be_told(cell_worlds((3, 30), (1, 9), told), "ja", insiders=0)
    assert cannot_be_told(cell_worlds((3, 30), (1, 9)), "ja")


def test_two_of_a_small_cell_that_did_not_answer_so_learn_of_no_other():
    """Six and ten members, eleven said yes: any four may have said no, but not six, so two of the six know of the others."""
    assert not cannot_be_told(cell_worlds((6, 10), (1, 10)), "ja")
    assert cannot_be_told(cell_worlds((6, 10), (1, 10)), "ja", insiders=0)
    assert cannot_be_told(cell_worlds((6, 10), (1, 9)), "ja")


def test_what_is_seen_at_once_follows_from_the_search_too():
    """Of nine in a cell it is told that one or two said yes: they learn that no other did, with or without the short cut."""
    for told, safe in ((1, False), (2, False), (3, True)):
        published = cell_worlds((9, 30), (told, 9), [Number({("ja", 0): 1.0}, told, told)])
        assert (published.is_rare("ja"), cannot_be_told(published, "ja")) == (not safe, safe)
        assert cannot_be_told(published, "ja", insiders=0)
    alone = cell_worlds((9, 30), (2, 0), [Number({("ja", 0): 1.0}, 2, 2)])
    assert not alone.is_rare("ja")


def test_a_further_number_is_one_more_thing_that_is_known():
    """What another edition tells can be added, and contradicts when it is wrong."""
    assert cell_worlds((20, 20), (8, 8)).extreme({("ja", 0): 1.0}, least=True) == 0
    told = cell_worlds((20, 20), (8, 8), [Number({("ja", 0): 1.0}, 6, 9)])
    assert [told.extreme({("ja", 0): 1.0}, least) for least in (True, False)] == [6, 9]
    assert cell_worlds((20, 20), (8, 8), [Number({("ja", 0): 1.0}, 9, 9)]).broken


def test_one_world_holds_as_many_as_can_be_of_those_that_are_looked_for():
    """Eight and eight said yes; with none in the first cell all sixteen are in the second, and both answers are there still."""
    worlds = cell_worlds((20, 20), (8, 8))
    nobody, endless = np.zeros(4), np.full(4, np.inf)
    ceiling = np.where(np.arange(4) == worlds.place["ja", 0], 0.0, endless)
    assert worlds.crowd(nobody, ceiling, np.array([0, 1, 1, 1]))
    assert {atom: worlds.found[-1][place] for atom, place in worlds.place.items()} == {
        ("ja", 0): 0, ("ja", 1): 16, ("nej", 0): 20, ("nej", 1): 4
    }  # fmt: skip
    wanted = np.array([3, 1, 0, 0])
    assert worlds.crowd(nobody, endless, wanted) and worlds.found[-1][wanted > 0].min() >= 2
    assert not worlds.crowd(np.array([17.0, 0, 0, 0]), endless, wanted)


def test_a_hidden_row_is_three_members_wide_or_as_wide_as_its_answer():
    """The least width that the document promises."""
    assert [cell_worlds((20, 20), totals).most("ja") for totals in ((8, 8), (1, 1), (0, 0))] == [3, 2, 0]


def test_every_way_to_take_four_members_is_tried():
    """As many as there are ways, by cell; never more of a cell than it has."""
    assert {tuple(one) for one in few_at_a_time((2, 9))} == {(0, 4), (1, 3), (2, 2)}
    assert {tuple(one) for one in few_at_a_time((1, 1))} == {(1, 1)}


@pytest.mark.parametrize(
    ("answers", "kind", "told"),
    [([0] * 9, "single", False), ([0] * 9, "multi", True), ([0] * 10, "single", True), ([0, 0, 1, 1], "single", False), ([0, 0, 1, 1, 1], "single", True)],
)  # fmt: skip
def test_a_group_under_ten_that_agrees_is_not_told(answers, kind, told):
    """Where several may be chosen, each option is looked at for itself."""
    given = said(dict(enumerate(answers)), 60, kind)
    assert is_told(given, np.arange(60) < len(answers), 5) == told


@pytest.mark.parametrize(
    ("top", "answers", "told"),
    [(2, [1] * 5 + [2] * 4, False), (1, [0] * 5 + [1] * 4, False), (2, [1] * 6 + [2] * 4, True), (2, [0] + [1] * 4 + [2] * 4, True)],
)  # fmt: skip
def test_under_ten_on_one_side_of_a_scales_highest_answers_agree(top, answers, told):
    """As they are told: a total, and a group beside another of which the answers differ."""
    asked, places = (
        dict(enumerate(answers)),
        register({("Små", "G"): 60, ("Stora", "G"): 60}, [*range(len(answers)), *range(60, 80)]),
    )
    alone = said(asked, 120, "scale")
    alone = replace(alone, item=replace(alone.item, top=top))
    assert release(alone, places, 5, Audit(())).total is told
    both = replace(alone, chosen=alone.chosen.copy())
    both.chosen[60:70, 0] = both.chosen[70:80, 2] = True
    assert _large_enough(both, places, "size", 5) is told


def test_the_answer_left_alone_beside_those_that_are_told_goes_too():
    """Of all answers but one the last would follow; when two are gone they hide each other, and so does one beside a rest."""
    given = said(dict(enumerate([0] * 9 + [1] * 6 + [2] * 3)), 60)
    classes = classes_of(given)
    assert set(_without(given, classes, frozenset({"nej"}))) == {"kanske"}
    assert set(_without(given, classes, frozenset({"ja"}))) == {"nej"}
    assert set(_without(given, classes, frozenset({"ja", "nej"}))) == {"kanske"}
    assert set(_without(given, classes, frozenset({"[rest]"}))) == {"nej"}
    some = {name: classes[name] for name in ("nej", "kanske")}
    assert set(_without(given, some, frozenset({"nej"}))) == {"kanske"}


@pytest.mark.parametrize(("large", "shown"), [(9, ()), (10, ("size",))])
def test_an_option_that_a_group_under_ten_has_all_chosen_is_not_shown_by_it(large, shown):
    """Nine are few enough to know each other's answers; also when another division would do."""
    both = said({}, 60, "multi")
    both.chosen[:20:2, 0] = both.chosen[1:20:2, 1] = both.chosen[30 : 30 + large, 0] = True
    assert _in_doubt(both, register(TWO, [*range(20), *range(30, 30 + large)]), "nej", ("size",)) == shown


def test_a_row_that_is_hidden_between_narrow_bounds_is_told():
    """Of a hidden row it is known that it is six or seven: that is as good as told."""
    here = {"ja": [np.array([True, False])]}
    narrow = [Number({("ja", 0): 1.0}, 6, 7)]
    assert Audit(()).exposed(cell_worlds((20, 20), (6, 8), narrow), ["ja"], here) == {"ja"}
    assert Audit(()).exposed(cell_worlds((20, 20), (6, 8), narrow), ["ja"]) == frozenset()
    wide = Audit(())
    assert wide.exposed(cell_worlds((20, 20), (6, 8), [Number({("ja", 0): 1.0}, 5, 8)]), ["ja"], here) == frozenset()
    assert wide.narrowest == 3


def test_whoever_answered_a_question_of_several_chose_one_of_them():
    """Six large answered, two of them one option and none the third: at least four chose the first, whose row is not shown."""
    both = said({}, 60, "multi")
    both.chosen[:15, 0] = both.chosen[30:34, 0] = both.chosen[15:20, 1] = both.chosen[34:36, 1] = True
    places = register(TWO, [*range(20), *range(30, 36)])
    worlds = worlds_of(both, places, {"kanske": ("size",), "ja": ("size",)}, ("size",))
    large = 1 if places.cells[1][0] == "Stora" else 0
    assert worlds.extreme({("nej", large): 1.0}, least=True) == 4
