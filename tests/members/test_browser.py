"""The pages in a real browser: on one A4, readable by all, and a library that searches."""

import json
from importlib.resources import files

import pytest

from sekom_survey.members.examples import make_examples
from tests.documents.browser import CHROMIUM, page
from tests.documents.test_accessibility import AXE, SIDEWAYS

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Chromium saknas: sidorna prövas inte i en webbläsare")
A4 = (794, 1123)
BELOW = "document.querySelector('footer').getBoundingClientRect().bottom"
CUT = "document.body.scrollHeight - document.body.clientHeight"
SHOWN = "[...document.querySelectorAll('article')].filter(card => !card.hidden).map(card => card.querySelector('h2').textContent)"


@pytest.fixture(scope="module")
def tab(tmp_path_factory):
    with page(tmp_path_factory.mktemp("profil")) as opened:
        yield opened


@pytest.fixture(scope="module")
def library(built, tmp_path_factory):
    return make_examples(built.folder, tmp_path_factory.mktemp("bibliotek"), proposing=False).folder / "examples.html"


def violations(tab):
    tab.run(files("axe_core_python").joinpath("axe.min.js").read_text(encoding="utf-8") + "; undefined")
    return json.loads(tab.run(AXE))["violations"]


def test_pages_are_one_a4_with_nothing_cut(built, tab):
    """The longest and the shortest, as they are printed: the foot stands on the paper and nothing runs over."""
    tab.call("Emulation.setEmulatedMedia", media="print")
    by_length = sorted(built.pages.values(), key=lambda path: path.stat().st_size)
    for path in (*by_length[:2], *by_length[-4:]):
        tab.open(path, *A4)
        assert tab.run(CUT) <= 0, path.name
        assert tab.run(BELOW) <= A4[1], path.name
        assert tab.asked == [path.as_uri()] and tab.said == []
    tab.call("Emulation.setEmulatedMedia", media="")


@pytest.mark.parametrize("width", [1280, 360])
def test_axe_finds_no_violation(built, library, tab, width):
    """A page with everything and the library, on a desk and a phone, where nothing scrolls sideways."""
    longest = max(built.pages.values(), key=lambda path: path.stat().st_size)
    for path in (longest, library):
        tab.open(path, width)
        assert violations(tab) == []
        assert tab.run(SIDEWAYS) == 0


def test_the_library_is_searched_and_filtered(library, tab):
    """By words in any order and case, by theme, size and landsdel; how many are shown is said."""
    tab.open(library, 1280)
    everything = tab.run(SHOWN)
    assert len(everything) == 3
    for field, value, left in (("words", "JURIST delar", ["Stödet som räcker"]), ("theme", "Kunskap", ["Mallar för allt"]), ("size", "Små", everything),
                               ("landsdel", "Götaland", everything)):  # fmt: skip
        tab.run(
            f"(e => {{ e.value = {json.dumps(value)}; e.dispatchEvent(new Event('input', {{bubbles: true}})) }})(document.getElementById('{field}'))"
        )
        assert tab.run(SHOWN) == left, field
        assert tab.run("document.getElementById('count').textContent") == f"{len(left)} av 3 exempel visas."
        tab.run(
            f"(e => {{ e.value = ''; e.dispatchEvent(new Event('input', {{bubbles: true}})) }})(document.getElementById('{field}'))"
        )
