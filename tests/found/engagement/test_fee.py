"""The fee by the association's rule, against published figures."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sekom_survey.found.engagement.duties import fee


@pytest.mark.parametrize(
    ("population", "kronor"),
    [
        (14_000, 8_200),  # Vaggeryd's memo of 2019
        (13_980, 8_194),  # its population on 2018-12-31
        (150_000, 49_000),
        (150_001, 49_000),
        (600_000, 49_000),
        (0, 4_000),
        (1, 4_000),
        (2, 4_001),
    ],
)
def test_municipalities_pay_by_inhabitants_up_to_the_cap(population, kronor):
    """4 000 kr and 30 öre per inhabitant, at most for 150 000; whole kronor."""
    assert fee(population, "municipality") == kronor


def test_regions_pay_the_same_whatever_their_size():
    """25 000 kr, population known or not."""
    assert fee(None, "region") == fee(1_700_000, "region") == 25_000


def test_an_unknown_population_gives_no_fee():
    """Unknown is not the basic fee."""
    assert fee(None, "municipality") is None


@given(st.integers(0, 1_000_000), st.integers(0, 1_000_000))
def test_a_larger_municipality_never_pays_less(a, b):
    """The fee rises with the population."""
    assert fee(min(a, b), "municipality") <= fee(max(a, b), "municipality")
