"""The public edition is attacked from its files: nothing follows of fewer than five members, and without a protection it does."""

from functools import partial

import pytest

from sekom_survey.counted.year import analyse
from sekom_survey.protected import derived, ladder, public, words, worlds
from tests.protected.attack import Edition, told_by_change
from tests.protected.attackers import (
    all_questions_at_once,
    anybody,
    leaks,
    of_two_editions,
    of_two_years,
    one_or_two_of_a_cell,
    recovered,
    the_other_role,
    two_of_different_cells,
)
from tests.protected.editions import attacked, two_years, wave_folder
from tests.protected.trials import TWO_EDITIONS, WAVES, one_wave, with_last_year

QUICK = (anybody, the_other_role, one_or_two_of_a_cell)
OVERLAPS = "twenty-six of thirty-six with overlaps"
EVERY_TIME = ("fourteen of eighty", "a landsdel of six that all answered, one where none did")
"""All waves and both years of the example, as whole runs, by every reader: python -m tests.campaigns waves. The example's
edition of this year is gone at in tests/documents too."""


@pytest.mark.parametrize("name", EVERY_TIME)
def test_nothing_is_recovered_from_a_small_wave(name, tmp_path):
    """Whoever answered, however few."""
    assert recovered(one_wave(name, tmp_path), attackers=QUICK) == []


def test_nothing_is_recovered_by_any_reader(tmp_path):
    """Members with two answers, two that compare wherever they are, and last year's edition beside this year's."""
    now, before = with_last_year(OVERLAPS, tmp_path)
    assert now.known.doubles["need_support"] and Edition(*now.place).paired
    assert recovered(now, before) == []


def everybody_is_told(said, who, minimum):
    return True


def _unaudited(patch):
    patch.setattr(ladder, "cannot_be_told", lambda *_: True)
    patch.setattr(worlds.Worlds, "is_rare", lambda *_: False)


def _loosened(patch, told):
    patch.setattr(ladder, "is_told", told)
    _unaudited(patch)


def _unmerged(patch):
    patch.setattr(public, "merge_classes", lambda frame, survey: (frame, ()))
    _unaudited(patch)


def _true_means(rows_shown, survey):
    return _true_means.of[(_true_means.of["segmentation"] == "all")]


def _no_insiders(patch, insiders=0):
    patch.setattr(worlds.Worlds, "is_rare", lambda *_: False)
    patch.setattr(ladder, "cannot_be_told", partial(worlds.cannot_be_told, insiders=insiders))


def _roles_side_by_side(patch):
    patch.setattr(public, "by_role_once", lambda frame, register: frame)


PROTECTIONS = {
    "roles that each member is in once": (OVERLAPS, anybody, _roles_side_by_side),
    "who was asked, by the answer that counts": (
        "an official that says no beside a politician that says yes",
        anybody,
        lambda patch: patch.setattr(public, "counted_once", lambda frame, _: frame),
    ),
    "roles once, of the other role": (OVERLAPS, the_other_role, _roles_side_by_side),
    "the auditor": ("the large agree", anybody, _unaudited),
    "the auditor, of all questions at once": ("the large agree", all_questions_at_once, _unaudited),
    "what one of a cell knows": ("fourteen of eighty", one_or_two_of_a_cell, _no_insiders),
    "what two of different cells know": ("fourteen of eighty", two_of_different_cells, _no_insiders),
    "the smallest group": ("fourteen of eighty", anybody, lambda patch: _loosened(patch, everybody_is_told)),
    "the total of those alike": (
        "every answer alike",
        anybody,
        lambda patch: patch.setattr(ladder, "total_is_safe", lambda *_: True),
    ),
    "classes put together": ("a landsdel of six that all answered, one where none did", anybody, _unmerged),
    "regions apart": (
        "fifty with overlaps",
        anybody,
        lambda patch: patch.setattr(public, "_of_municipalities", lambda frame, _: frame.item_nonresponse),
    ),
    "means of what is shown": (
        OVERLAPS,
        anybody,
        lambda patch: patch.setattr(public, "shown_means", _true_means),
    ),
    "rows that are released": (
        "fourteen of eighty",
        anybody,
        lambda patch: patch.setattr(ladder.Release, "shows", lambda *_: True),
    ),
}


@pytest.mark.parametrize("protection", PROTECTIONS)
def test_without_a_protection_something_is_recovered(protection, tmp_path, monkeypatch):
    """Each is there for a reason: the same attack succeeds when it is switched off."""
    name, attacker, switch_off = PROTECTIONS[protection]
    folder = wave_folder(tmp_path, WAVES[name].plan, WAVES[name].rows, regions=4)
    _true_means.of = analyse(folder).means
    switch_off(monkeypatch)
    assert any(leaks(attacked(folder, tmp_path / "public"), attackers=[attacker]))


BOTH_YEARS = {
    "small rests": (words, "nothing_follows", lambda *_: True),
    "rests of a kind": (derived, "_adds_nothing", lambda *_: True),
}


def test_without_the_audit_of_both_years_something_is_recovered(tmp_path, monkeypatch):
    """Two that answered one year only tell by the change of the others what the others did who answered one year only."""
    for module, name, found in BOTH_YEARS.values():
        monkeypatch.setattr(module, name, found)
    assert any(leaks(*with_last_year("nobody of one year only but two", tmp_path), attackers=[of_two_years]))


def test_the_audit_of_both_years_alone_stops_it(tmp_path, monkeypatch):
    """Where the rests are not looked at first: the equations find what two of them would learn, and no change is told."""
    ask = lambda row, shown, is_safe: is_safe(row["item"], row["option"])  # noqa: E731
    monkeypatch.setattr(derived, "_adds_nothing", ask)
    now, _ = with_last_year("nobody of one year only but two", tmp_path)
    assert Edition(*now.place).paired == []


@pytest.mark.parametrize("change", TWO_EDITIONS)
def test_a_second_edition_of_a_year_tells_the_answer_that_is_new(change, tmp_path):
    """Why an edition that is spread stays as it lies: beside another, a late answer and a correction are read from it."""
    rows = WAVES[OVERLAPS].rows
    one, other = (
        attacked(wave_folder(tmp_path / name, WAVES[OVERLAPS].plan, sent), tmp_path / name / "public")
        for name, sent in (("first", TWO_EDITIONS[change](rows)), ("second", rows))
    )
    assert recovered(one, other=other, attackers=[of_two_editions]) != []
    assert recovered(other, other=one, attackers=[of_two_editions]) != []
    assert recovered(one, other=one, attackers=[of_two_editions]) == []


def test_years_in_which_all_others_kept_their_answers_tell_of_who_joined_or_left(tmp_path):
    """What remains possible, as the document says: for a reader who knows that all others said the same again."""
    trial = WAVES["one that joined and one that left"]
    stayed = [row for row in trial.rows[:-1] if row[0] in {one[0] for one in trial.before}]
    again = [*stayed, trial.before[-1]]
    now, before = two_years(tmp_path, trial.plan, [*stayed, trial.rows[-1]], again, **trial.moved)
    editions = [Edition(*one.place) for one in (now, before)]
    assert sum(editions[0].cells.values()) == sum(editions[1].cells.values()) == 79
    assert editions[0].cells != editions[1].cells
    assert list(told_by_change(*editions)) != []
