"""The pages in a real browser: axe-core, a phone, the mouse, the keyboard alone, the console, what is asked for."""

import json
import shutil
import time
from datetime import date
from importlib.resources import files
from types import SimpleNamespace

import pytest

from sekom_survey.app.coded import coded
from sekom_survey.asked.load import load_wave
from sekom_survey.coding.decisions import YES
from sekom_survey.found.examples import GoodExample
from sekom_survey.members.examples import page_of
from sekom_survey.members.library import ShownExample
from sekom_survey.text.places import SURVEYS
from tests.app.served import served
from tests.documents.browser import CHROMIUM, page
from tests.documents.test_accessibility import AXE, SIDEWAYS

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Chromium saknas: sidorna prövas inte i en webbläsare")

YEAR = "/ar/exempel/2026"
TEXTS = f"{YEAR}/texter?vem=AB"
SCREENS = (
    "/",
    "/nytt",
    YEAR,
    f"{YEAR}/texter",
    TEXTS,
    f"{YEAR}/texter/jamfor?vem=EL",
    f"{YEAR}/mal",
    "/ar/exempel/2025/mal",  # where the first goals are written
    f"{YEAR}/rapport",
    f"{YEAR}/gallring",
    "/ar/finns-inte",
)
DESKTOP, PHONE = 1280, 390
OPEN_ALL = "document.querySelectorAll('details').forEach(one => one.open = true)"
ALIKE = "document.querySelectorAll('tbody, .picks, .measures').forEach(box => [...box.children].slice(6).forEach(one => one.remove()))"
UNSETTLED = "action,row,found,member_id,item,reason\nstrike,6,,,wishes,Inklistrat av misstag.\n"
HOLD = "held = []; ((ask) => { fetch = (...what) => new Promise(go => held.push(() => go(ask(...what)))) })(fetch)"
LET_GO = "held.forEach(go => go())"
FREE = "[...document.querySelectorAll('.themes li')].filter(one => !one.querySelector('input').checked)"
FOCUSED = "document.activeElement.innerText || document.activeElement.tagName"


@pytest.fixture(scope="module")
def site(tmp_path_factory, untaught):
    home = tmp_path_factory.mktemp("sida")
    shutil.copytree(
        SURVEYS / "exempel",
        home / "surveys" / "exempel",
        ignore=shutil.ignore_patterns("replaced", ".sekom-id", "codings-*"),
    )
    unsettle(home / "surveys")
    (home / "surveys" / "exempel" / "2025" / "goals.toml").unlink()
    with served(home / "surveys", home / "reports") as opened:
        while opened.enter() and "Förslagen tas fram" in opened.get(TEXTS).text:
            time.sleep(0.1)
        yield opened


@pytest.fixture(scope="module")
def tab(site, tmp_path_factory):
    with page(tmp_path_factory.mktemp("profil")) as opened:
        opened.go(f"{site.base}/?token={site.gate.token}")
        yield opened


@pytest.fixture(scope="module")
def axe():
    return files("axe_core_python").joinpath("axe.min.js").read_text(encoding="utf-8")


def unsettle(surveys):
    """The example with one name that is not known."""
    path = surveys / "exempel" / "2026" / "corrections.csv"
    if not path.exists() or path.read_text(encoding="utf-8") != UNSETTLED:
        path.write_text(UNSETTLED, encoding="utf-8")
    return path


@pytest.fixture(autouse=True)
def unsettled(site):
    return unsettle(site.room.place.surveys)


@pytest.mark.parametrize("screen", SCREENS)
def test_axe_finds_no_violation_and_nothing_is_asked_of_others(site, tab, axe, screen):
    """WCAG 2.1 A and AA with everything unfolded, on a desk and on a phone; the console silent, no other host, no sideways scroll."""
    for width in (DESKTOP, PHONE):
        tab.go(site.base + screen, width)
        tab.run(OPEN_ALL)
        assert tab.run(SIDEWAYS) == 0, width
        tab.run(ALIKE)
        assert [one for one in tab.said if "404" not in one] == []
        assert all(url.startswith(f"{site.base}/") for url in tab.asked) and tab.asked
        tab.run(axe + "; undefined")
        found = json.loads(tab.run(AXE))
        assert found["violations"] == [] and found["passes"] > 5


def test_a_name_is_settled_with_the_mouse(site, tab, unsettled):
    """A double click writes once; the way back shows what stands, and a press there says that it is done."""
    tab.go(site.base + YEAR)
    button = ".mends form:first-child button"
    assert "Kilsbergen" in tab.run(f"document.querySelector('{button}').innerText")
    tab.run(HOLD)
    tab.click(button)
    tab.click(button)
    assert tab.run("held.length") == 1
    tab.leave(lambda: tab.run(LET_GO))
    assert "Sparat" in tab.run("document.querySelector('.said').innerText")
    assert unsettled.read_text(encoding="utf-8-sig").count("Kilsergen") == 1
    tab.leave(
        lambda: tab.call(
            "Page.navigateToHistoryEntry", entryId=tab.call("Page.getNavigationHistory")["entries"][-2]["id"]
        )
    )
    assert tab.run("document.querySelectorAll('.mends').length") == 0


def test_a_name_is_settled_by_keyboard_alone(site, tab, unsettled):
    """Tab from the top: past the menus, to the button, Enter; the focus is always seen."""
    tab.go(site.base + YEAR)
    for _ in range(40):
        tab.press("Tab", 9)
        assert tab.run("getComputedStyle(document.activeElement).outlineStyle") == "solid"
        if "Ja, det är Kilsbergen" in tab.run(FOCUSED):
            break
    tab.leave(lambda: tab.press("Enter", 13, "\r"))
    assert "Kilsergen" in unsettled.read_text(encoding="utf-8-sig")


def test_everything_but_keys_works_without_script(site, tab, unsettled, tmp_path):
    """Scripts turned off in the browser: a name settled and taken back, a file put in, a text decided, the log filled in."""
    log = tmp_path / "utan skript.csv"
    log.write_text("datum;aktivitet;medlem;titel\n2026-10-01;webinar;M001;Höst\n", encoding="utf-8")
    tab.call("Emulation.setScriptExecutionDisabled", value=True)
    try:
        tab.go(site.base + YEAR)
        assert tab.run("document.documentElement.className") == ""
        tab.leave(lambda: tab.click(".mends form:first-child button"))
        assert "Kilsergen" in unsettled.read_text(encoding="utf-8-sig")
        tab.leave(lambda: tab.click("#andringar button"))
        assert "Kilsergen" not in unsettled.read_text(encoding="utf-8-sig")
        tab.choose("#steg-logg input[type=file]", log)
        tab.leave(lambda: tab.click("#steg-logg .drop button"))
        assert "är inlagd" in tab.run("document.querySelector('.said').innerText")
        tab.go(site.base + TEXTS)
        while tab.run("document.getElementById('vantar') !== null"):
            time.sleep(0.2)
            tab.go(site.base + TEXTS)
        done = tab.run("document.querySelector('progress').value")
        tab.click(".themes li:not(:has(:checked)) input")
        tab.leave(lambda: tab.click("#nasta"))
        assert tab.run("document.querySelector('progress').value") > done
    finally:
        tab.call("Emulation.setScriptExecutionDisabled", value=False)


def test_a_file_is_chosen_and_put_in(site, tab, tmp_path):
    """Through the browser's own file field, as a form without script would send it."""
    log = tmp_path / "höstens logg.csv"
    log.write_text("datum;aktivitet;medlem;titel\n2026-09-01;webinar;M001;Höst\n", encoding="utf-8")
    tab.go(site.base + YEAR)
    tab.choose("#steg-logg input[type=file]", log)
    tab.leave(lambda: tab.click("#steg-logg .drop button"))
    assert "är inlagd" in tab.run("document.querySelector('.said').innerText")
    assert "1 september 2026" in tab.run("document.querySelector('#steg-logg').innerText")
    values = tmp_path / "6a hushållsavfall.csv"
    values.write_text("Kommun;2025\nKilsbergen;390\n", encoding="utf-8")
    tab.run("document.querySelector('#steg-mal form[action*=values]').closest('details').open = true; undefined")
    tab.choose("#steg-mal form[action*=values] input[type=file]", values)
    tab.leave(lambda: tab.click("#steg-mal form[action*=values] button"))
    assert "Nyckeltalens värden: 6a hushållsavfall.csv är inlagd" in tab.run(
        "document.querySelector('.said').innerText"
    )


def test_a_server_that_has_gone_is_told_and_what_was_typed_stays(site, tab):
    """A form that nobody would receive is not sent."""
    tab.go(f"{site.base}{YEAR}/mal")
    tab.run("document.querySelector('input[name=title]').value = 'Skrivet'")
    tab.run("fetch = () => Promise.reject(new Error('borta')); undefined")
    tab.run("document.querySelector('#logg form input[name=date]').value = '2026-09-01'")
    tab.run("document.querySelector('#logg form select').value = 'partnership'")
    tab.click("#logg form button:not(.link)")
    assert "SEKOM är stängt" in tab.run("document.getElementById('sparat').innerText")
    assert tab.run("document.querySelector('input[name=title]').value") == "Skrivet"
    assert tab.run("getComputedStyle(document.getElementById('sparat')).fontWeight") == "600"


def test_texts_are_reviewed_by_keyboard_alone(site, tab):
    """A theme's key decides and goes on, Enter approves, U takes back, / finds a theme: no mouse, nothing moves, every press is in the file."""
    own = site.room.place.surveys / "exempel" / "2026" / "codings-AB.csv"
    tab.go(site.base + TEXTS)
    while tab.run("document.getElementById('vantar') !== null"):
        time.sleep(0.2)
        tab.go(site.base + TEXTS)
    done = "document.querySelector('progress').value"
    begun, place = tab.run(done), tab.run("document.querySelector('.themes').getBoundingClientRect().top")
    for n in range(8):
        if tab.run("document.querySelectorAll('.themes :checked').length"):
            tab.leave(lambda: tab.press("Enter", 13, "\r"))
        else:
            tab.leave(lambda: tab.press("3", 51, "3"))
        assert tab.run(done) > begun + n
        assert tab.run("document.querySelector('.themes').getBoundingClientRect().top") == place
    lines = len(own.read_text(encoding="utf-8").splitlines())
    tab.leave(lambda: tab.press("u", 85, "u"))
    assert len(own.read_text(encoding="utf-8").splitlines()) > lines
    tab.press("/", 191, "/")
    assert tab.run("document.activeElement.id") == "sok"
    theme = tab.run(f"{FREE}.at(-1).querySelector('input').value")
    tab.call("Input.insertText", text=tab.run(f"{FREE}.at(-1).textContent.trim()"))
    assert tab.run("document.querySelectorAll('.themes li:not([hidden])').length") == 1
    tab.press("Enter", 13, "\r")
    assert theme in tab.run("[...document.querySelectorAll('.themes :checked')].map(one => one.value)")
    tab.run("document.getElementById('tangenter').click()")
    stood = tab.run(done)
    tab.press("1", 49, "1")
    assert tab.run(done) == stood and tab.run("document.getElementById('granska') !== null")
    tab.run("document.getElementById('tangenter').click()")


def test_several_themes_are_given_by_keys(site, tab):
    """M and two or three themes, plus and one more, another likely way by its letter; Esc takes a beginning back."""
    folder = site.room.place.surveys / "exempel" / "2026"

    def keys(*pressed):
        before = len(coded(folder).rows)
        for one in pressed[:-1]:
            tab.press(one, ord(one.upper()), one)
        tab.leave(lambda: tab.press(pressed[-1], ord(pressed[-1].upper()), pressed[-1]))
        return {row.theme for row in coded(folder).rows[before:] if row.decision == YES}

    tab.go(site.base + TEXTS)
    tab.press("m", 77, "m")
    assert "Välj 2 teman" in tab.run("document.getElementById('sparat').innerText")
    tab.press("Escape", 27)
    assert "Välj" not in tab.run("document.getElementById('sparat').innerText")
    for pressed in (("m", "1", "2"), ("m", "m", "1", "2", "3")):
        ids = [tab.run(f"document.querySelector('.themes input[data-key=\"{n}\"]').value") for n in "123"]
        assert keys(*pressed) == set(ids[: len(pressed) - pressed.count("m")])
    stood = set(tab.run("[...document.querySelectorAll('.themes :checked')].map(one => one.value)"))
    third = tab.run("document.querySelector('.themes input[data-key=\"3\"]').value")
    assert keys("+", "3") == stood | {third}
    for _ in range(50):
        if tab.run("document.querySelector('[data-way=q]') !== null"):
            break
        tab.leave(lambda: tab.press("h", 72, "h"))
    wanted = set(tab.run("document.querySelector('[data-way=q]').value.split(';')"))
    assert len(wanted) > 1 and keys("q") == wanted


def test_the_library_is_searched_inside_the_page_and_no_other_script_runs(site, tab):
    """The page's own few lines, known by their hash; what somebody has put in a report does nothing."""
    year = SimpleNamespace(survey=load_wave(SURVEYS / "exempel" / "2026")[0].survey)
    told = [
        ShownExample(GoodExample(name, title, "m1"), "en medlem", None, "", "", (), frozenset(), 0)
        for name, title in (("a", "Solceller på skolan"), ("b", "Cykelpool"))
    ]
    home = site.room.place.reports / "2026" / "examples"
    home.mkdir(parents=True)
    text = page_of(told, year, date(2026, 6, 1))
    (home / "examples.html").write_text(
        text.replace("</body>", "<script>document.title = 'ond'</script></body>"), encoding="utf-8"
    )
    tab.go(f"{site.base}{YEAR}/fil?fil=examples/examples.html")
    assert tab.run("document.getElementById('count').textContent") == "2 av 2 exempel visas."
    tab.run("words.value = 'CYKEL'; filter.dispatchEvent(new Event('input'))")
    assert tab.run("document.getElementById('count').textContent") == "1 av 2 exempel visas."
    assert tab.run("document.title") != "ond" and tab.run("window.origin") == "null"
