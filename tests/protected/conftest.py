"""The example's years, analysed and with their public editions, once for every test here."""

from functools import cache

import pytest

from sekom_survey.counted.year import analyse
from tests.protected.editions import COUNTIES, ROOT, Files, edition_of, known_of


@pytest.fixture(scope="session")
def example():
    """A function that gives a year of the example, analysed."""
    return cache(lambda year: analyse(ROOT / "surveys" / "exempel" / year))


@pytest.fixture(scope="session")
def example_edition(example, tmp_path_factory):
    """A function that gives what is needed to go at a year's edition, as `attacked` does for a wave."""
    place = tmp_path_factory.mktemp("exempel")

    @cache
    def made(year):
        analysed = example(year)
        folder = ROOT / "surveys" / "exempel" / year
        return Files((edition_of(analysed, place / year), folder, COUNTIES), known_of(analysed))

    return made
