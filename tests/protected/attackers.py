"""The readers that a public edition is made safe against: each a function that gives what follows for it of fewer than five members.

Each reads a `Case`: the edition's files and what the reader knows itself, last year's, and another edition of the same year.
"""

from functools import cache
from itertools import product

from tests.protected.attack import (
    DID,
    Edition,
    puzzles,
    told_across,
    told_by_another_edition,
    told_of_all_at_once,
    told_of_answers,
    told_of_followers,
    told_of_groups,
    told_of_halves,
    told_of_pairs,
    told_of_response,
    told_of_roles,
    told_to_insiders,
    told_to_the_other_role,
)


class Case:
    """An edition to go at. `edition`, `before`, `other`: this year's, last year's, another of this year; `known`: see `Known`."""

    def __init__(self, files, before=None, other=None, every=1):
        self.edition, self.known, self.every = Edition(*files.place), files.known, every
        self.before = before and Edition(*before.place)
        self.known_before = before and before.known
        self.other = other and Edition(*other.place)
        self.made = cache(lambda item: list(puzzles(self.edition, item)))

    def items(self):
        """The questions to go at: with `every` 3 every third, and so on."""
        return list(dict.fromkeys(row["item"] for row in self.edition.rows))[:: self.every]

    def did(self):
        """What each member did each year, by item: what it knows itself."""
        found = {}
        for row in self.edition.paired:
            item, option = row["item"], row["option"]
            then, now = self.known_before.of_members[item, option], self.known.of_members[item, option]
            found[item] = {one: (then.get(one, DID[3]), now.get(one, DID[3])) for one in then | now}
        return found


def anybody(case):
    """A reader with the member list and every file."""
    yield from told_of_response(case.edition)
    for item, attack in product(case.items(), (told_of_groups, told_of_roles, told_of_halves)):
        yield from attack(case.edition, item)
    for item in case.edition.questions:
        yield from told_of_followers(case.edition, item)
    for item in case.items():
        yield from told_of_answers(case.edition, item, case.made(item))


def the_other_role(case):
    """The official of a member that a politician answered for too, and that politician."""
    for item in case.items():
        yield from told_to_the_other_role(case.edition, item, case.made(item), case.known.doubles.get(item, {}))


def one_or_two_of_a_cell(case):
    """A member, or two that compare, of the same size class and landsdel."""
    for item in case.items():
        yield from told_to_insiders(case.edition, item, case.made(item), case.known.own.get(item, {}))


def two_of_different_cells(case):
    """Two members that compare, of different size classes or landsdelar."""
    for item in case.items():
        yield from told_across(case.edition, item, case.made(item), case.known.own.get(item, {}))


def of_two_years(case):
    """A reader of next year's edition: this year's beside last year's, alone or with what one or two know of both years."""
    if case.before:
        yield from told_of_pairs(case.edition, case.before, case.did())


def of_two_editions(case):
    """A reader of two editions of one year, before and after a late answer or a correction."""
    if case.other:
        yield from told_by_another_edition(case.edition, case.other)


def all_questions_at_once(case):
    """Anybody who solves all questions together: who answered the survey is the same member in all of them."""
    made = [(item, puzzle, options) for item in case.items() for puzzle, options in case.made(item)]
    yield from told_of_all_at_once(case.edition, made)


ATTACKERS = (anybody, the_other_role, one_or_two_of_a_cell, two_of_different_cells, of_two_years, of_two_editions)


def leaks(*files, attackers=ATTACKERS, **more):
    """One by one what follows for some attackers, given as to `Case`."""
    case = Case(*files, **more)
    return (f"{attacker.__name__}: {told}" for attacker in attackers for told in attacker(case))


def recovered(*files, **how):
    """Everything that follows; given as to `leaks`."""
    return list(leaks(*files, **how))
