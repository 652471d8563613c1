"""The web pages in a real browser: axe-core, keyboard, console, network, a narrow phone and paper."""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
from importlib.resources import files

import pytest

from tests.documents.browser import CHROMIUM, page

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Chromium saknas: sidorna prövas inte i en webbläsare")

PAGES = ("report.html", "goals.html")
OFFICE = "office.html"
MOST_SCREENS, SCREEN = 20, 900
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
DESKTOP, PHONE = 1280, 320
OPEN_ALL = "document.querySelectorAll('details').forEach(one => one.open = true)"
# Of a table's rows and a drawing's marks, which are made alike, the first six are looked at: a page has thousands.
FEWER_ALIKE = """document.querySelectorAll('tbody').forEach(body => [...body.rows].slice(6).forEach(row => row.remove()));
document.querySelectorAll('svg').forEach(drawing => [...drawing.querySelectorAll('text, path, rect, use')].slice(6).forEach(mark => mark.remove()))"""
AXE = f"""axe.run(document, {{runOnly: {{type: 'tag', values: {WCAG}}}, resultTypes: ['violations']}})
  .then(r => JSON.stringify({{passes: r.passes.length, violations: r.violations.map(v => v.id + ': ' + v.nodes.slice(0, 3).map(n => n.html).join(' '))}}))"""
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
CUT = """JSON.stringify([...document.querySelectorAll('.scroll')].filter(box => box.offsetParent && box.scrollWidth > box.clientWidth + 1)
  .map(box => box.getAttribute('aria-label')))"""
FOCUS = """(e => e.tagName == 'SUMMARY' ? [...document.querySelectorAll('summary')].indexOf(e) : e.tagName == 'BODY' ? -2 : -1)(document.activeElement)"""


@pytest.fixture(scope="module")
def tab(tmp_path_factory):
    with page(tmp_path_factory.mktemp("profile")) as opened:
        yield opened


@pytest.fixture(scope="module")
def axe():
    return files("axe_core_python").joinpath("axe.min.js").read_text(encoding="utf-8")


def violations(tab, axe):
    tab.run(axe + "; undefined")
    found = json.loads(tab.run(AXE))
    assert found["passes"] >= 10
    return found["violations"]


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_no_violation(build, tab, axe, name):
    """WCAG 2.1 A and AA, with every table opened, the internal pages on a desk and the public ones on a phone.

    Nothing was said on the console and nothing fetched.
    """
    tab.open(build.folder / name, DESKTOP if build.folder.name == "internal" else PHONE)
    tab.run(OPEN_ALL)
    tab.run(FEWER_ALIKE)
    assert violations(tab, axe) == []
    assert tab.said == []
    assert tab.asked == [(build.folder / name).as_uri()]


def test_axe_finds_what_is_wrong(tab, axe, tmp_path):
    """Pale text, a picture without words, a page without a language: the check can fail."""
    bad = tmp_path / "bad.html"
    passing = "".join(f"<ul><li><a href='#a{n}'>Till {n}</a></li></ul><button>Knapp {n}</button>" for n in range(3))
    bad.write_text(
        f"<!DOCTYPE html><title>x</title><main><h1>x</h1><p style='color:#ccc'>Blekt.</p><img src='data:,'>{passing}</main>",
        encoding="utf-8",
    )
    tab.open(bad, DESKTOP)
    assert {found.partition(":")[0] for found in violations(tab, axe)} >= {
        "color-contrast",
        "html-has-lang",
        "image-alt",
    }


@pytest.mark.parametrize("name", PAGES)
def test_a_phone_never_scrolls_sideways(build, tab, name):
    """320 CSS pixels wide, with tables folded and unfolded."""
    tab.open(build.folder / name, PHONE)
    assert tab.run(SIDEWAYS) == 0
    tab.run(OPEN_ALL)
    assert tab.run(SIDEWAYS) == 0


@pytest.mark.parametrize("name", PAGES)
def test_on_a_laptop_no_table_that_stands_open_is_cut(build, tab, name):
    """As wide as small laptops are, just under and over where the contents move beside the text, and a desk."""
    for width in (1024, 1151, 1152, DESKTOP):
        tab.open(build.folder / name, width)
        assert json.loads(tab.run(CUT)) == [], width


def test_the_keyboard_reaches_and_opens_every_table(build, tab):
    """Tab from top to end; Enter and Space by turns on what can be unfolded."""
    tab.open(build.folder / "report.html", DESKTOP)
    count = tab.run("document.querySelectorAll('summary').length")
    reached = []
    for _ in range(40 * count):
        tab.press("Tab", 9)
        place = tab.run(FOCUS)
        if place == -2 and reached:
            break
        if place >= 0 and place not in reached:
            tab.press(*(("Enter", 13, "\r") if len(reached) % 2 else (" ", 32, " ")))
            reached.append(place)
    shown = tab.run(
        "JSON.stringify([...document.querySelectorAll('summary')].map((s, i) => s.offsetParent ? i : -1).filter(i => i >= 0))"
    )
    assert reached == json.loads(shown)
    assert len(reached) > 15


def test_the_public_page_is_at_most_twenty_screens(builds, tab):
    """On a desk, as it opens: the page in the view of all members."""
    tab.open(builds["public"].folder / "report.html", DESKTOP)
    assert tab.run("document.documentElement.scrollHeight") <= MOST_SCREENS * SCREEN


def test_a_view_shows_the_answers_of_its_groups_and_no_others(builds, tab):
    """By a radio button, without a script of the page's own; all stands on paper."""
    tab.open(builds["public"].folder / "report.html", DESKTOP)
    seen = "JSON.stringify(['size', 'landsdel'].map(by => [...document.querySelectorAll('.by-' + by)].some(e => e.offsetParent)))"
    found = {}
    for view in ("all", "size", "landsdel"):
        tab.run(f"document.querySelector('#vy-{view}').click()")
        found[view] = json.loads(tab.run(seen))
    assert found == {"all": [False, False], "size": [True, False], "landsdel": [False, True]}


def test_the_offices_page_is_accessible_and_sorts_its_tables(builds, tab, axe):
    """A heading is a button that sorts the rows by its column, said to a screen reader; nothing is said on the console."""
    tab.open(builds["internal"].folder / OFFICE, DESKTOP)
    tab.run("document.querySelector('#exit-signals th:nth-child(2) button').click()")
    column = "JSON.stringify([...document.querySelectorAll('#exit-signals tbody tr')].map(r => r.cells[1].textContent))"
    first = json.loads(tab.run(column))
    tab.run("document.querySelector('#exit-signals th:nth-child(2) button').click()")
    assert json.loads(tab.run(column)) != first
    assert tab.run("document.querySelector('#exit-signals th:nth-child(2)').getAttribute('aria-sort')") == "descending"
    tab.run(OPEN_ALL)
    tab.run(FEWER_ALIKE)
    assert violations(tab, axe) == []
    assert tab.said == []


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext saknas: utskriften läses inte")
@pytest.mark.parametrize(("name", "least", "most"), [("report.html", 15, 95), ("goals.html", 1, 8)])
def test_on_paper_no_page_is_empty(build, tab, tmp_path, name, least, most):
    """Printed with every table open: every page holds words, and there are no more than expected."""
    tab.open(build.folder / name, DESKTOP)
    made = tab.call("Page.printToPDF", paperWidth=8.27, paperHeight=11.69, preferCSSPageSize=True)["data"]
    (tmp_path / "p.pdf").write_bytes(base64.b64decode(made))
    text = subprocess.run(
        ["pdftotext", "-layout", "p.pdf", "-"], cwd=tmp_path, check=True, capture_output=True, text=True
    ).stdout
    pages = text.split("\f")[:-1]
    assert least <= len(pages) <= most
    assert [i for i, words in enumerate(pages, 1) if len(words.split()) < 15] == []
