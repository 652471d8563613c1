"""The public edition is attacked from its files: nothing follows of fewer than five members, and without a protection it does."""

from functools import partial

import pytest

from sekom_survey.counted.year import analyse
from sekom_survey.protected import base, ladder, public, worlds
from tests.protected.attack import Edition, leaks, recovered, recovered_of_two_years, told_by_change
from tests.protected.editions import USUAL, attacked, edition_of, of_regions, rows_for, two_years, wave_folder

SOME = [0, 1, 2, 3, 5, 7, 8, 9, 11, 12, 14, 17, 18, 20, 22, 24, 25, 28, 30, 31, 32, 34, 36, 38, 39, 41, 42, 44, 46, 47, 48]  # fmt: skip
FIFTY = [*SOME, *range(50, 58), 59, 61, 62, 64, 65, 68, 70, 72, 73, 74, 76, 78, 79]


@pytest.mark.parametrize(("year", "every"), [("2025", 3), ("2026", 1)])
def test_nothing_is_recovered_from_the_example(year, every, example_edition):
    """Register, every published table and what one or two members of a cell know: no answer of few follows."""
    assert recovered(*example_edition(year), every=every) == []


ALIKE = {"top": "Nätverk;", "support": "Stort behov", "voice": "Litet behov", "satisfaction": 8, "introduced": "Ja"}
WAVES = {
    "fourteen of eighty": (USUAL, rows_for(range(0, 70, 5))),
    "twelve members in all": ("sG" * 5 + "sN" * 3 + "lG" * 4, rows_for([0, 1, 2, 3, 5, 6, 8, 9])),
    "twelve that all answered": ("sG" * 5 + "sN" * 3 + "lG" * 4, rows_for(range(12))),
    "a landsdel of six that all answered, one where none did": (
        "sG" * 20 + "mG" * 20 + "lG" * 8 + "sN" * 4 + "mN" * 2 + "sS" * 6,
        rows_for([*range(0, 48, 2), *range(48, 54)]),
    ),
    "one double answer": (USUAL, rows_for(FIFTY, politicians=FIFTY[::5], doubles=FIFTY[1:2])),
    "a single politician": (USUAL, rows_for(FIFTY, politicians=FIFTY[:1])),
    "no politician": (USUAL, rows_for(FIFTY)),
    "every answer alike": (USUAL, rows_for(FIFTY, **ALIKE)),
    "fifty with overlaps": (
        USUAL,
        rows_for(FIFTY[:-1], seed=3, politicians=FIFTY[::4], doubles=FIFTY[1::9])
        + rows_for(FIFTY[-1:], voice="")
        + of_regions([0, 1]),
    ),
    "the large agree": (
        USUAL,
        rows_for([i for i in FIFTY if i < 64]) + rows_for([i for i in FIFTY if i >= 64], 4, support="Stort behov"),
    ),
}


EVERY_TIME = (
    "fourteen of eighty",
    "a landsdel of six that all answered, one where none did",
    "fifty with overlaps",
    "the large agree",
)
"""The others are a campaign: python -m tests.campaigns waves."""


def attacked_wave(name, place):
    """What follows from a small wave's edition."""
    return recovered(*attacked(wave_folder(place, *WAVES[name], regions=4), place / "public"))


@pytest.mark.parametrize("name", EVERY_TIME)
def test_nothing_is_recovered_from_a_small_wave(name, tmp_path):
    """Whoever answered, however few."""
    assert attacked_wave(name, tmp_path) == []


def unchanged(frame, register):
    """Roles side by side, as in the office."""
    return frame


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


PROTECTIONS = {
    "roles that each member is in once": (
        "fifty with overlaps",
        lambda patch: patch.setattr(public, "by_role_once", unchanged),
    ),
    "the auditor": ("the large agree", _unaudited),
    "the smallest group": ("fourteen of eighty", lambda patch: _loosened(patch, everybody_is_told)),
    "the total of those alike": (
        "every answer alike",
        lambda patch: patch.setattr(ladder, "total_is_safe", lambda *_: True),
    ),
    "classes put together": (
        "a landsdel of six that all answered, one where none did",
        _unmerged,
    ),
    "regions apart": (
        "fifty with overlaps",
        lambda patch: patch.setattr(base, "_of_municipalities", lambda frame, _: frame.item_nonresponse),
    ),
    "means of what is shown": ("fifty with overlaps", lambda patch: patch.setattr(public, "shown_means", _true_means)),
    "rows that are released": (
        "fourteen of eighty",
        lambda patch: patch.setattr(ladder.Release, "shows", lambda *_: True),
    ),
}


@pytest.mark.parametrize("protection", PROTECTIONS)
def test_without_a_protection_something_is_recovered(protection, tmp_path, monkeypatch):
    """Each is there for a reason: the same attack succeeds when it is switched off."""
    name, switch_off = PROTECTIONS[protection]
    folder = wave_folder(tmp_path, *WAVES[name], regions=4)
    _true_means.of = analyse(folder).means
    switch_off(monkeypatch)
    assert any(leaks(*attacked(folder, tmp_path / "public")))


def test_without_looking_at_insiders_a_member_learns_of_its_neighbour(example, example_edition, tmp_path, monkeypatch):
    """Two members of one cell: who is the only one to answer so in its size class knows that the other did not."""
    monkeypatch.setattr(worlds.Worlds, "is_rare", lambda *_: False)
    monkeypatch.setattr(ladder, "cannot_be_told", partial(worlds.cannot_be_told, insiders=0))
    _, folder, counties, own = example_edition("2026")
    assert any(leaks(edition_of(example("2026"), tmp_path / "public"), folder, counties, own))


CAME, WENT = FIFTY[20], FIFTY[3]
MOVED = {"joined": {CAME: "2025-06-01"}, "left": {WENT: "2025-06-01"}}


def moved_on(place, seed):
    """This year and last year with one member that joined and one that left; those that stayed answer by `seed` last year."""
    stayed = [i for i in FIFTY if i not in (CAME, WENT)]
    now, before = rows_for(stayed) + rows_for([CAME], 7), rows_for(stayed, seed) + rows_for([WENT], 8)
    return two_years(place, USUAL, now, before, **MOVED)


def test_a_reader_of_next_years_edition_learns_nothing_of_who_joined_or_left(tmp_path):
    """Both years' files together, each year with the members it had."""
    now, before = moved_on(tmp_path, seed=5)
    editions = [Edition(*one[:3]) for one in (now, before)]
    assert sum(editions[0].cells.values()) == sum(editions[1].cells.values()) == 79
    assert editions[0].cells != editions[1].cells
    assert recovered_of_two_years(now, before) == []


def test_years_in_which_all_others_kept_their_answers_tell_of_who_joined_or_left(tmp_path):
    """What remains possible, as the document says: for a reader who knows that all others said the same again."""
    editions = [Edition(*one[:3]) for one in moved_on(tmp_path, seed=1)]
    assert list(told_by_change(*editions)) != []


def late_answer(place):
    """What follows from the editions of one year before a late answer and after, each by itself."""
    plan, answers = WAVES["fifty with overlaps"]
    editions = [wave_folder(place / name, plan, sent) for name, sent in (("first", answers[:-1]), ("second", answers))]
    return [one for folder in editions for one in recovered(*attacked(folder, folder.parent / "public"))]
