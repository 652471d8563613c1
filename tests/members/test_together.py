"""All pages at once and any two members side by side, beside the public edition: nothing of fewer than five others follows."""

from dataclasses import replace

import numpy as np
import pytest

from sekom_survey.counted.year import analyse
from sekom_survey.found.findings import Findings
from sekom_survey.members.compared import Compared, group_stands, pairs_learn_nothing
from sekom_survey.members.make import known_of
from sekom_survey.members.peers import FROM_TEXT, Want
from sekom_survey.members.readers import readers_of
from sekom_survey.members.sheet import sheet_of
from sekom_survey.model import MULTI, SCALE, Item, Option
from sekom_survey.protected.atoms import Said
from sekom_survey.protected.words import PublicFindings
from sekom_survey.protected.worlds import Number, Worlds
from tests.members.read import recovered_from_pages, told_by_pages
from tests.protected.attack import Edition
from tests.protected.editions import COUNTIES


@pytest.fixture(scope="module")
def edition(built):
    return Edition(built.public, built.folder, COUNTIES)


def test_nothing_is_recovered_from_all_pages_and_any_two_members(built, edition):
    """The attack on the public edition, with the own answers that stand on the pages; also pairs of different cells."""
    own, _ = told_by_pages(built.pages.values(), edition)
    assert sum(map(len, own["need_support"].values())) > 40
    assert recovered_from_pages(built.pages.values(), edition) == []


def test_a_number_less_the_own_answer_would_tell_it(built, edition):
    """Why no page says "others": two pages with their owners taken away differ by what those answered."""
    own, beside = told_by_pages(built.pages.values(), edition)
    ((yes, base),) = beside["need_support", "Alla kommuner"]
    others = {(yes - ("Stort behov" in said), base - 1) for answers in own["need_support"].values() for said in answers}
    assert len(others) == 2


def test_a_challenge_is_shared_by_the_published_number_and_never_by_few(built):
    """The same words on every page that has them; not of a theme with fewer than five others, whatever a page's owner wrote."""
    found = Findings(analyse(built.folder))
    known, published, _ = known_of(found, PublicFindings(found))
    told = Compared(Item("c", MULTI, "", ()), {"pengar": (15, 50), "sex": (6, 50), "fem": (5, 50), "par": (2, 50)}, {})
    readers = readers_of(found.year, published.frame.members, known.day)[:40]

    def said(*themes):
        wants = [
            (
                one.member.member_id,
                one.role,
                Want(one.member.member_id, one.role, name, name.title(), frozenset(), FROM_TEXT),
            )
            for one in readers
            for name in themes
        ]
        by_role = {
            (member, role): tuple(w for m, r, w in wants if (m, r) == (member, role)) for member, role, _ in wants
        }
        there = replace(known, challenges=told, wants=by_role)
        return {sheet_of(one, there).alike for one in readers if one.member.is_municipality}

    assert said("par", "pengar") == {"Utmaningen pengar delar ni med andra: 15 av 50 kommuner tar upp den."}
    assert {"6 av 50" in one for one in said("sex")} == {True}
    assert said("fem") == said("par") == said("hemlig") == said() == {""}


def test_the_attack_finds_what_is_told(built):
    """A group of which the numbers are known to the last member: the check above can fail."""
    edition = Edition(built.public, built.folder, COUNTIES)
    edition.rows = [row for row in edition.rows if row["item"] == "need_support"]
    row = next(one for one in edition.rows if one["segmentation"] == "all" and one["option"] == "Stort behov")
    edition.rows.append(row | {"segmentation": "landsdel", "segment": "Norrland", "count": "15", "base": "16"})
    edition.rows.append(row | {"segmentation": "size", "segment": "Stora", "count": "0", "base": "0"})
    with pytest.raises((AssertionError, ValueError)):
        assert recovered_from_pages(built.pages.values(), edition) == []


STEPS = Item("n", SCALE, "", (), tuple(Option(label, score) for score, label in enumerate("abc", 1)), top=1)


@pytest.mark.parametrize(("yes", "no", "stands"), [
    (5, 1, False), (3, 3, False), (4, 3, True), (5, 2, False), (9, 2, False), (10, 2, True), (12, 0, True), (11, 0, False), (4, 4, True),
    (2, 5, False), (3, 4, True), (0, 7, False),
])  # fmt: skip
def test_a_group_stands_on_pages_when_the_others_do_when_any_two_take_their_answers_away(yes, no, stands):
    """At least five others, and under ten not all alike in what is told: the top of the scale, or not."""
    rows = [[False, False, True]] * yes + [[i % 2 == 0, i % 2 == 1, False] for i in range(no)]
    said = Said(STEPS, ("a", "b", "c"), np.array(rows, dtype=bool))
    assert group_stands(said, np.ones(yes + no, bool), 5) is stands


@pytest.mark.parametrize(("told", "learnt"), [
    ([((0, 1), 10)], False), ([((0, 1), 10), ((0,), 3)], False), ([((0, 1), 10), ((0,), 8)], True), ([((0, 1), 22)], True),
])  # fmt: skip
def test_a_pair_learns_of_the_others_only_from_numbers_that_leave_too_few(told, learnt):
    """Two cells of 9 and 15: a total; a group of nine of which three said so, of which eight did; nearly all."""
    members, truth = np.array([9, 15]), {("x", 0): 3, ("x", 1): 7, ("-", 0): 6, ("-", 1): 8}
    if told[-1] == ((0,), 8):
        truth |= {("x", 0): 8, ("-", 0): 1, ("x", 1): 2, ("-", 1): 13}
    if told[0][1] == 22:
        truth |= {("x", 0): 8, ("-", 0): 1, ("x", 1): 14, ("-", 1): 1}
    whole = [Number({("x", cell): 1.0, ("-", cell): 1.0}, n, n) for cell, n in enumerate(members)]
    known = [Number({("x", cell): 1.0 for cell in places}, n, n) for places, n in told]
    assert pairs_learn_nothing(Worlds(members, [*whole, *known], truth), ["x"]) is not learnt
