"""A year opened on the page: after another, or the first one of two files, with nothing written before it is asked for."""

import html
import re

import pytest

from sekom_survey.counted.year import read_year
from sekom_survey.upkeep.first_year.places import marks_of
from tests.app.conftest import NAMES
from tests.app.served import served
from tests.documents.browser import CHROMIUM
from tests.documents.browser import page as browser
from tests.waves import MEMBERS, answer, write_export

ROWS = [
    answer(name, satisfaction=n, introduced=did)
    for name, n, did in zip(NAMES, (8, 3, 9, 5), ("Ja", "Nej", "Ja", "Nej"), strict=True)
]

AT = "document.activeElement === document.body ? 'BODY' : document.activeElement.innerText || document.activeElement.name || document.activeElement.tagName"


def two_files(site, year="2027", members=MEMBERS):
    export = write_export(site.room.place.surveys.parent / "svar från formuläret.xlsx", ROWS).read_bytes()
    return site.send_all(
        "/lagg-in",
        {"svar": ("svar från formuläret.xlsx", export), "medlemmar": ("Medlemmar.csv", members.encode())},
        year=year,
    )


def confirm_all(site, year):
    """Press "Det stämmer" at every place, as it is shown."""
    for _ in range(60):
        page = site.get(f"/ar/{year}").text
        form = page.partition("/bekrafta")[2].partition("</form>")[0]
        if not form:
            return
        fields = [
            (name, html.unescape(value))
            for name, value in re.findall(
                r'<input\s+(?:type="(?:hidden|date)"\s+)?name="(where|falt_\w+)" value="([^"]*)"', form
            )
        ]
        fields += re.findall(r'type="checkbox" name="(falt_\w+)" value="([^"]*)" checked', form)
        fields += [
            (name, html.unescape(text)) for name, text in re.findall(r'<textarea name="(falt_\w+)"[^>]*>([^<]*)<', form)
        ]
        for name, options in re.findall(r'<select name="(falt_\w+)">(.*?)</select>', form, re.DOTALL):
            fields.append((name, re.search(r'value="([^"]*)" selected', options)[1]))
        assert "Bekräftat" in site.follow(site.post(f"/ar/{year}/bekrafta", fields)).text
    raise AssertionError("there was no end of places")


def test_the_first_year_from_two_files_to_answers_that_count(site):
    """Shown first; made when asked for; every guess confirmed with its menu; then the year can be read."""
    surveys = site.room.place.surveys
    before = sorted(surveys.rglob("*"))
    page = site.follow(two_files(site)).text
    assert "så här förstods filerna" in page and "Inget är skapat än" in page
    assert sorted(surveys.rglob("*")) == before
    key = re.search(r'name="nr" value="([^"]+)"', page)[1]
    assert "Året är skapat" in site.follow(site.post("/nytt/skapa", {"nr": key})).text
    assert marks_of(surveys / "2027")
    confirm_all(site, "2027")
    assert marks_of(surveys / "2027") == ()
    wave = read_year(surveys / "2027")[0]
    assert len(wave.members) == 8 and wave.survey.year == 2027
    assert "Filerna finns inte kvar" in site.follow(site.post("/nytt/skapa", {"nr": key})).text


def test_a_wrong_value_at_a_place_is_told_and_nothing_is_written(site):
    key = re.search(r'name="nr" value="([^"]+)"', site.follow(two_files(site)).text)[1]
    site.follow(site.post("/nytt/skapa", {"nr": key}))
    path = site.room.place.surveys / "2027" / "survey.toml"
    before = path.read_bytes()
    place = next(
        one for one in marks_of(path.parent) if any(field.kind in ("day", "order", "choice") for field in one.fields)
    )
    said = site.follow(
        site.post("/ar/2027/bekrafta", {"where": place.where, **{f"falt_{field.key}": "<x>" for field in place.fields}})
    ).text
    assert "går inte att läsa" in said and path.read_bytes() == before


def test_the_year_offered_is_the_one_after_ones_own_last(site):
    """The example that comes with the tool is nobody's last year."""
    assert 'name="year" required pattern="20[0-9]{2}" value="2027"' in site.get("/nytt").text
    (site.room.place.surveys / "exempel").mkdir()
    (site.room.place.surveys / "2026").rename(site.room.place.surveys / "exempel" / "2030")
    assert 'name="year" required pattern="20[0-9]{2}" value="2026"' in site.get("/nytt").text


def test_files_that_are_none_make_no_year(site):
    surveys = site.room.place.surveys
    before = sorted(surveys.rglob("*"))
    assert "Inget är skapat" in site.follow(two_files(site, members="a;b\n1;2\n")).text
    assert "saknas" in site.follow(two_files(site, year="../x")).text
    assert (
        "Inget är skapat"
        in site.follow(site.send_all("/lagg-in", {"svar": ("x.xlsx", b"PK nonsense")}, year="2027")).text
    )
    assert sorted(surveys.rglob("*")) == before


def test_a_year_after_another(site):
    """As `sekom new`: what carries over does, twice is refused, and no path is a year."""
    assert "2026" in site.get("/nytt").text
    page = site.follow(site.post("/nytt", {"year": "2027", "efter": "2026"})).text
    assert "är skapad efter" in page and (site.room.place.surveys / "2027" / "ATT_GORA.md").exists()
    assert "Mappen finns redan" in site.follow(site.post("/nytt", {"year": "2027", "efter": "2026"})).text
    for wrong in ({"year": "../2028", "efter": "2026"}, {"year": "2028", "efter": "../2026"}):
        assert "Inget är skapat" in site.follow(site.post("/nytt", wrong)).text


@pytest.mark.skipif(CHROMIUM is None, reason="Chromium saknas: sidorna prövas inte i en webbläsare")
def test_the_first_year_by_keyboard_alone(tmp_path):
    """From the first page to every place confirmed with Tab and Enter, the focus always seen; only the system chooses files."""
    export = write_export(tmp_path / "svar från formuläret.xlsx", ROWS)
    (tmp_path / "surveys").mkdir()
    (tmp_path / "Medlemmar.csv").write_text(MEMBERS, encoding="utf-8")
    with served(tmp_path / "surveys", tmp_path / "reports") as site, browser(tmp_path / "profil") as tab:

        def press(words):
            for _ in range(60):
                tab.press("Tab", 9)
                at = tab.run(AT)
                assert at == "BODY" or tab.run("getComputedStyle(document.activeElement).outlineStyle") == "solid", at
                if words in at:
                    return tab.leave(lambda: tab.press("Enter", 13, "\r"))
            raise AssertionError(f"{words} was not reached")

        tab.go(f"{site.base}/?token={site.gate.token}")
        press("Nytt år")
        tab.choose("input[name=svar]", export)
        tab.choose("input[name=medlemmar]", tmp_path / "Medlemmar.csv")
        press("Visa vad som förstods")
        press("Skapa")
        left = [len(marks_of(tmp_path / "surveys" / "2026"))]
        while left[-1]:
            press("Det stämmer")
            left.append(len(marks_of(tmp_path / "surveys" / "2026")))
        assert left == list(range(left[0], -1, -1)) and left[0] > 3
        press("ör rapporten")
        assert tab.run("location.pathname") == "/ar/2026/rapport"
