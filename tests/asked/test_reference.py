"""The reference data: complete, consistent, and found by code or name."""

from __future__ import annotations

import dataclasses
import re
import statistics
import subprocess
import sys
from collections import Counter

import pytest

from sekom_survey.asked.reference import counties, county, municipalities, municipality


def test_all_municipalities_and_counties_are_there():
    """Sweden has 290 municipalities and 21 counties, each with its own code and name."""
    assert len({one.code for one in municipalities()}) == len({one.name for one in municipalities()}) == 290
    assert len({one.code for one in counties()}) == len({one.letter for one in counties()}) == 21


def test_population_sums_to_the_national_total():
    """SCB's population of Sweden on 31 December 2024 was 10 587 710."""
    assert sum(one.population for one in municipalities()) == 10_587_710
    assert {one.population_year for one in municipalities()} == {2024}


def test_size_classes_and_median_agree_with_an_independent_count():
    """132, 107 and 51 municipalities under 15 000, to 49 999 and over; median 16 180,5."""
    classes = Counter((one.population >= 15_000) + (one.population >= 50_000) for one in municipalities())
    assert [classes[0], classes[1], classes[2]] == [132, 107, 51]
    assert statistics.median(one.population for one in municipalities()) == 16_180.5


def test_landsdelar_have_their_known_sizes_and_gotland_lies_in_gotaland():
    """140 municipalities in Götaland, 96 in Svealand, 54 in Norrland."""
    assert Counter(one.landsdel for one in municipalities()) == {
        "Götaland": 140,
        "Svealand": 96,
        "Norrland": 54,
    }
    assert municipality("Gotland").landsdel == county("Gotland").landsdel == "Götaland"


def test_codes_keep_their_leading_zero():
    """Codes are four digits, the first two the county's."""
    assert all(re.fullmatch(r"\d{4}", one.code) and one.code[:2] == one.county_code for one in municipalities())
    assert all(re.fullmatch(r"\d\d", one.code) for one in counties())


def test_municipalities_agree_with_their_county():
    """Name, landsdel and NUTS 2 follow the county, and the counties' numbers of municipalities add up."""
    counted = Counter(one.county_code for one in municipalities())
    for one in counties():
        assert counted[one.code] == one.n_municipalities
    for place in municipalities():
        home = county(place.county_code)
        assert (place.county, place.landsdel, place.nuts2_code) == (home.name, home.landsdel, home.nuts2_code)


def test_skr_groups_are_nine_in_three_main_groups():
    """SKR 2023: A1 to C9, each code one name and one main group; 3 large cities and 43 commuting to them."""
    groups = {(one.skr_group, one.skr_group_name, one.skr_main_group) for one in municipalities()}
    assert sorted(code for code, _, _ in groups) == ["A1", "A2", "B3", "B4", "B5", "C6", "C7", "C8", "C9"]
    assert len({main for _, _, main in groups}) == 3
    sizes = Counter(one.skr_group for one in municipalities())
    assert (sizes["A1"], sizes["A2"]) == (3, 43)


def test_coordinates_lie_in_sweden():
    """Sweden's mainland and islands lie within 55.3-69.1 north, 10.9-24.2 east; Kiruna is furthest north."""
    assert all(55.3 < one.latitude < 69.1 and 10.9 < one.longitude < 24.2 for one in municipalities())
    assert max(municipalities(), key=lambda one: one.latitude).name == "Kiruna"
    assert max(municipalities(), key=lambda one: one.longitude).name == "Haparanda"


def test_official_names_are_the_kommun_form_but_for_fourteen_cities_and_region_gotland():
    """Fourteen call themselves "stad"; Gotland's municipality is Region Gotland."""
    differing = [one.official_name for one in municipalities() if one.official_name != one.genitive]
    assert sum(name.endswith(" stad") for name in differing) == 14
    assert [name for name in differing if not name.endswith(" stad")] == ["Region Gotland"]


@pytest.mark.parametrize(
    ("text", "code"),
    [("0114", "0114"), ("114", "0114"), (" 2581 ", "2581"), ("Piteå", "2581"), ("piteå KOMMUN", "2581"),
     ("Österåkers kommun", "0117"), ("Falu kommun", "2080"), ("Region Gotland", "0980"), ("Visby", "0980"),
     ("Håbo", "0305"), ("Habo", "0643")],
)  # fmt: skip
def test_municipality_is_found_by_code_or_name(text, code):
    """Codes with or without their leading zero, and names as people write them."""
    assert municipality(text).code == code


@pytest.mark.parametrize("text", ["", " ", "9999", "Ankeborg", "Lnköping", "Region Kalmar", "Kalmar län", "Haabo"])
def test_municipality_never_guesses(text):
    """A misspelling, a region or an unknown code gives None."""
    assert municipality(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "Norrbottens län",
        "norrbotten",
        "Norrbottens",
        "25",
        "BD",
        "bd",
        "Region Norrbotten",
        "NORRBOTTENS LÄN ",
    ],
)
def test_county_is_found_by_name_code_letter_or_region(text):
    """All the ways a register names a county."""
    assert county(text).name == "Norrbottens län"


@pytest.mark.parametrize(
    ("text", "name"),
    [("1", "Stockholms län"), ("Sörmland", "Södermanlands län"), ("Region Sörmland", "Södermanlands län"),
     ("Västra Götaland", "Västra Götalands län"), ("Västra Götalandsregionen", "Västra Götalands län"),
     ("Region Kalmar län", "Kalmar län"), ("Kalmar", "Kalmar län"), ("Orebro lan", "Örebro län"),
     ("Örebo län", None), ("", None), ("99", None)],
)  # fmt: skip
def test_county_of_other_spellings(text, name):
    """Regions lead to their county; a misspelt county gives None."""
    found = county(text)
    assert (found.name if found else None) == name


def test_rows_are_frozen():
    """A municipality cannot be changed by who uses it."""
    with pytest.raises(dataclasses.FrozenInstanceError):
        municipality("Piteå").population = 1


def test_reading_needs_no_pandas():
    """The tables are read with the csv module alone."""
    code = "import sys, sekom_survey.asked.reference as r; r.municipality('Ale'); sys.exit('pandas' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
