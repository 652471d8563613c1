"""What of a page rests on a few members is not said, and the page says nothing that has no ground."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pandas as pd
import pytest

from sekom_survey.counted.year import analyse
from sekom_survey.found.examples import ANONYMOUS, GoodExample
from sekom_survey.members.library import SOMEBODY, entries_of
from sekom_survey.members.peers import FROM_TEXT, Offer, Want, to_call
from sekom_survey.members.sheet import _alike, _duties
from sekom_survey.model import Member

DAY = date(2026, 6, 1)


@pytest.mark.parametrize(("alike", "who", "size"), [(7, "en av de små i ", "Små"), (6, SOMEBODY, "")])
def test_an_example_without_a_name_tells_its_group_only_when_it_hides_among_seven(built, alike, who, size):
    """Neither in words nor in what the page is searched by."""
    year = analyse(built.folder)
    first = year.wave.members[2]
    few = tuple(replace(first, member_id=f"x{n}") for n in range(alike))
    others = tuple(replace(first, member_id=f"y{n}", population=10**6) for n in range(9))
    year = replace(year, wave=replace(year.wave, members=(*few, *others)))
    example = GoodExample("e", "Titel", "x0", consent=ANONYMOUS, consent_by="Eva", consent_date=DAY)
    (entry,) = entries_of(year, None, SimpleNamespace(examples=(example,), as_of=DAY))
    assert entry.who.startswith(who) and entry.size == size and bool(entry.landsdel) == bool(size)
    assert entry.member is None


def reader(**changes):
    member = Member("m1", "Almköping", "municipality", "member", **changes)
    return SimpleNamespace(member=member, role="official")


@pytest.mark.parametrize(
    ("count", "said"),
    [(5, ""), (6, "Utmaningen tid delar ni med andra: 6 av 50 kommuner tar upp den.")],
)
def test_a_shared_challenge_is_told_when_five_others_have_it(count, said):
    """The published number, which counts the member itself, is told: the same on every page."""
    want = Want("m1", "official", "tid", "Tid", frozenset(), FROM_TEXT)
    known = SimpleNamespace(challenges=SimpleNamespace(total={"tid": (count, 50)}), wants={("m1", "official"): (want,)})
    assert _alike(reader(), known) == said


def test_a_single_commitment_that_is_followed_is_no_card():
    """Two are, each as it stands; unknown is not broken."""
    names = ("meeting", "indicators", "survey", "newsletter", "programme", "contacts")
    row = {"member_id": "m1"} | dict.fromkeys(names)
    one, two = (
        pd.DataFrame([row | told], dtype=object) for told in ({"survey": True}, {"survey": True, "meeting": False})
    )
    assert _duties(reader(), SimpleNamespace(duties=one)) == ()
    assert [duty.words for duty in _duties(reader(), SimpleNamespace(duties=two))] == ["inte än", "ja"]


def test_only_others_that_have_agreed_are_to_be_called():
    """Three at most, each once, never the member itself."""
    members = {f"m{n}": Member(f"m{n}", f"Ort {n}", "municipality", "member") for n in range(1, 8)}
    offers = [Offer(f"m{n}", "Tid", frozenset({"tid"}), "", "", n != 2) for n in range(1, 7)] * 2
    called = to_call(members["m1"], frozenset({"tid"}), offers, members)
    assert [other.member_id for other, _ in called] == ["m3", "m4", "m5"]
    assert to_call(members["m1"], frozenset({"annat"}), offers, members) == ()
