"""What one A4 does not hold gives way, examples first, and the rest is whole."""

from dataclasses import replace
from datetime import date

import pytest

from sekom_survey.found.coming import Coming
from sekom_survey.members.beside import Bar, Need, OwnAnswer, Shared
from sekom_survey.members.fit import ROOM, fitted, height
from sekom_survey.members.indicators import IndicatorRow
from sekom_survey.members.peers import Offer
from sekom_survey.members.readers import Reader
from sekom_survey.members.sheet import Commitment, Sheet
from sekom_survey.members.used import Fee, Used
from sekom_survey.model import Member

LONG = "Samverkan om klimatanpassning, skyfall och dagvatten mellan grannkommuner"
MEMBER = Member("m1", "Östra Långbergabyggdens kommun", "municipality", "member")
FULL = Sheet(
    reader=Reader(MEMBER, "official", asked=True, alone=True, size="Små", landsdel="Götaland"),
    title="Östra Långbergabyggdens kommun håller fyra av sex åtaganden",
    minute=(("Det fick ni", LONG), ("Där står ni", LONG), ("Ring gärna", LONG)),
    duties=tuple(Commitment("Har ett aktuellt miljö- och hållbarhetsprogram", "kept") for _ in range(6)),
    needs=tuple(Need(LONG, OwnAnswer("mycket stort behov", 4, 4, True), Bar(40, 50), Bar(20, 26)) for _ in range(5)),
    group_name="Små kommuner",
    yes="stort behov",
    satisfaction=("9 av 10", "7,5 i snitt bland 50 kommuner"),
    shared=tuple(Shared(LONG, Bar(30, 50)) for _ in range(3)),
    fee=Fee(7132, "4 000 + 0,30 × 10 440 invånare"),
    used=tuple(Used("möten i temagrupp", 3, 9) for _ in range(7)),
    unused=(LONG, LONG),
    coming=tuple((Coming(date(2027, 1, day), LONG, frozenset(), LONG), True) for day in (1, 2)),
    bases="49–50 kommuner",
    calls=tuple((MEMBER, Offer("m1", LONG, frozenset(), "", "kontakttjänsteperson", agreed=True)) for _ in range(3)),
    indicators=tuple(IndicatorRow(LONG, 2025, "1", "2", "3 av 9", 10, (5, 20), 12, "", good=True) for _ in range(6)),
)


def test_a_page_with_everything_long_is_cut_to_one_a4():
    """By what matters least; the needs, the duties and someone to call are left."""
    assert height(FULL) > ROOM
    cut = fitted(FULL)
    assert height(cut) <= ROOM
    assert cut.calls and len(cut.needs) >= 3 and cut.duties == FULL.duties and cut.fee == FULL.fee


@pytest.mark.parametrize("name", ["used", "coming", "calls", "indicators", "shared"])
def test_a_page_that_fits_is_left_as_it_is(name):
    small = replace(FULL, used=(), coming=(), calls=(), indicators=(), shared=(), unused=(), needs=FULL.needs[:1])
    small = replace(small, **{name: getattr(FULL, name)[:1]})
    assert fitted(small) == small
