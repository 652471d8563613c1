"""Segments."""

from datetime import date

import pytest

from sekom_survey.counted.segment import UNKNOWN, segment_order, segment_table, size_class, size_class_texts
from sekom_survey.model import Member, SizeClasses

CLASSES = SizeClasses((15_000, 50_000), ("Små", "Medelstora", "Stora"))


@pytest.mark.parametrize(
    ("population", "name"),
    [(0, "Små"), (14_999, "Små"), (15_000, "Medelstora"), (49_999, "Medelstora"), (50_000, "Stora"), (None, UNKNOWN)],
)
def test_a_limit_belongs_to_the_class_above(population, name):
    """Under 15 000, 15 000-49 999, 50 000 and over."""
    assert size_class(population, CLASSES) == name


def test_regions_have_no_size_class():
    """A region's inhabitants live in its municipalities."""
    table = segment_table(
        [Member("r", "Region Granland", "region", "member", population=300_000, joined=date(2001, 1, 1))], CLASSES
    )
    assert table.loc[0, "size"] == ""
    assert table.loc[0, "kind"] == "Regioner"


def test_segments_stand_in_the_order_readers_expect():
    """Small before large, north before south, the rest in Swedish order with unknown last."""
    assert segment_order("size", {"Stora", "Små", UNKNOWN}, CLASSES) == ["Små", "Stora", UNKNOWN]
    assert segment_order("landsdel", {"Götaland", "Norrland"}, CLASSES) == ["Norrland", "Götaland"]
    assert segment_order("county", {"Örebro län", "Ångermanland", "Kalmar län", ""}, CLASSES) == [
        "Kalmar län",
        "Ångermanland",
        "Örebro län",
    ]


def test_the_limits_are_told_in_swedish():
    """With no-break spaces in the thousands."""
    assert size_class_texts(CLASSES) == [
        "Små: under 15\u00a0000 invånare",
        "Medelstora: 15\u00a0000–49\u00a0999",
        "Stora: minst 50\u00a0000",
    ]
