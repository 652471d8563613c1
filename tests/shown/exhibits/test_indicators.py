"""What is shown of the members' indicators, and of that in public."""

from __future__ import annotations

import pytest

from sekom_survey.counted.year import analyse
from sekom_survey.found.findings import Findings
from sekom_survey.protected import public_exhibit
from sekom_survey.protected.words import PublicFindings
from sekom_survey.running.outputs import public_tables
from sekom_survey.shown import exhibits
from tests.indicator_files import DECLARED
from tests.waves import answer, make_wave

NAMES = ("Almköping", "Björkvalla", "Cedersö", "Duvhult", "Ekbro", "Fjällanda")
WASTE = "Kommun;2024;2025\n" + "".join(f"{name};{400 + 10 * i};{395 + 10 * i}\n" for i, name in enumerate(NAMES))
ENERGY = "Kommun;2025\nAlmköping;90\nBjörkvalla;0,9\n"


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    """A year with a public indicator of all six members and one for the office of two."""
    folder = make_wave(tmp_path_factory.mktemp("shown") / "2026", [answer("Almköping"), answer("Björkvalla")])
    (folder / "indicators.toml").write_text(DECLARED, encoding="utf-8")
    (folder / "indicators").mkdir()
    (folder / "indicators" / "6a.csv").write_text(WASTE, encoding="utf-8")
    (folder / "indicators" / "7.csv").write_text(ENERGY, encoding="utf-8")
    return Findings(analyse(folder))


def test_every_number_has_its_coverage_and_every_member_is_a_dot(found):
    """Six and two of six; the mean of a percentage has its bounds, that of kilos has none."""
    exhibit = exhibits.indicator_multiples(found.year, found.indicators)
    rows = exhibit.table.set_index("Nyckeltal")
    assert list(rows["Täckning"]) == ["6 av 6", "2 av 6"]
    assert list(rows["Medel, gränser"]) == ["–", "15,2–81,8"]
    assert len(exhibit.data) == 8
    assert exhibit.title == "Gröna nyckeltal: så ligger medlemmarna"


def test_trends_tell_how_many_have_both_years(found):
    """All six are five kilos down, and lower is better."""
    (row,) = exhibits.indicator_trends(found.year, found.indicators).table.to_dict("records")
    assert (row["Med båda åren"], row["Ändring"], row["Bättre"], row["Sämre"]) == ("6 av 6", "−5,00", "6", "0")


def test_the_public_edition_has_what_is_declared_public_and_no_names(found):
    """The office's indicator is in no figure and no table, nor is any member, file or group."""
    public = PublicFindings(found)
    shown = public_exhibit(exhibits.indicator_multiples(public.shown, public.indicators), 3)
    assert list(shown.table["Nyckeltal"]) == ["6a Hushållsavfall, kg/person"]
    assert not set(NAMES) & set(shown.data.astype(str).to_numpy().ravel())
    table = public_tables(public)["indicators"]
    assert set(table["indicator"]) == {"6a"}
    assert set(table["segmentation"]) == {"all"}
    assert "indicator_values" not in public_tables(public)
    assert exhibits.indicator_jumps(public.shown, public.indicators) is None


def test_a_year_without_indicators_shows_nothing(found):
    """Every exhibit of them is None, and no table tells of them."""
    for make in (exhibits.indicator_multiples, exhibits.indicator_trends, exhibits.indicator_jumps):
        assert make(found.year, None) is None
