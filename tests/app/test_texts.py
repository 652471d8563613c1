"""The review: decisions on the disk before the next text, two coders side by side, blind until both are done."""

import re
import shutil
import time

import pytest

from sekom_survey.app.texts import minutes_left
from sekom_survey.coding.decisions import conflicts, decided_themes, read_decisions
from sekom_survey.text.places import SURVEYS
from tests.app.served import served

TEXTS = "/ar/exempel/2026/texter"


@pytest.fixture(scope="module")
def example(tmp_path_factory, untaught):
    home = tmp_path_factory.mktemp("texter")
    shutil.copytree(
        SURVEYS / "exempel" / "2026",
        home / "surveys" / "exempel" / "2026",
        ignore=shutil.ignore_patterns("replaced", ".sekom-id", "codings-*"),
    )
    with served(home / "surveys", home / "reports") as opened:
        opened.enter()
        yield opened


@pytest.fixture(scope="module")
def site(example):
    """With the proposals worked out, and before that a page that says so."""
    assert "Förslagen tas fram" in example.get(f"{TEXTS}?vem=AB").text
    for _ in range(1200):
        if "Förslagen tas fram" not in example.get(f"{TEXTS}?vem=AB").text:
            return example
        time.sleep(0.1)
    raise AssertionError("the proposals were never worked out")


def folder(site):
    return site.room.place.surveys / "exempel" / "2026"


def rows(site):
    return read_decisions(folder(site) / "codings.csv")[0]


def form(page, *themes, **others):
    """What the page's form would send."""
    hidden = dict(
        re.findall(
            r'<input type="hidden" name="(vem|del|nr|hash)" value="([^"]*)"',
            page.partition('id="granska"')[2].partition("</fieldset>")[0],
        )
    )
    return [*hidden.items(), *(("tema", one) for one in themes), *others.items()]


def first_themes(page, count=2):
    return re.findall(r'name="tema" value="([^"]+)"', page)[:count]


def test_who_you_are_is_asked_first(site):
    for who in ("", "?vem=", "?vem=konsensus", "?vem=A1", "?vem=../x", "?vem=" + "A" * 40):
        assert "Vem är du?" in site.get(f"{TEXTS}{who}").text
    assert "Du granskar som ÅB" in site.get(f"{TEXTS}?vem=%C3%A5b").text


def test_a_decision_is_kept_before_the_next_text_is_shown_and_can_be_undone(site):
    """In the coder's own file; the file of before is not touched."""
    before, page = (folder(site) / "codings.csv").read_bytes(), site.get(f"{TEXTS}?vem=AB").text
    assert re.search(r"M\d{3}", page.partition("<main")[2].partition("<script")[0].replace('value="', "")) is None
    one, other = first_themes(page)
    after = site.follow(site.post(TEXTS, form(page, one, other))).text
    mine = [row for row in rows(site) if row.coder == "AB"]
    assert {row.theme for row in mine if row.decision == "yes"} == {one, other}
    assert "79 av 157 klara" in after and "Ångra: " in after and (folder(site) / "codings.csv").read_bytes() == before
    assert "78 av 157" in site.follow(site.post(f"{TEXTS}/angra", {"vem": "AB"})).text
    assert decided_themes(rows(site), "AB") == {}


def test_the_same_press_twice_is_one_decision_and_a_stale_page_decides_nothing(site):
    page = site.get(f"{TEXTS}?vem=TVA").text
    sent = form(page, *first_themes(page, 1))
    for _ in range(2):
        site.follow(site.post(TEXTS, sent))
    assert len([row for row in rows(site) if row.coder == "TVA" and row.decision == "yes"]) == 1
    assert (
        "Inget är sparat"
        in site.follow(site.post(TEXTS, [(name, "x" if name == "hash" else text) for name, text in sent])).text
    )
    assert "Inget tema är valt" in site.follow(site.post(TEXTS, [one for one in sent if one[0] != "tema"])).text
    assert "5 teman är valda" in site.follow(site.post(TEXTS, form(page, *first_themes(page, 5)))).text
    site.follow(site.post(f"{TEXTS}/angra", {"vem": "TVA"}))


def test_one_press_takes_the_first_further_theme_or_one_theme_alone(site):
    """Added to what is ticked, alone, or another one alone; what is no theme decides nothing."""
    for _ in range(40):
        page = site.get(f"{TEXTS}?vem=ETT").text
        if 'name="forst"' in page:
            break
        site.follow(site.post(TEXTS, form(page, *first_themes(page, 1))))
    further = re.findall(r'name="forst" value="([^"]+)"', page)[0]
    other = next(one for one in first_themes(page, 9) if one != further)

    def given(step):
        site.follow(site.post(TEXTS, form(page, other, forst=further, steg=step)))
        found = decided_themes(rows(site), "ETT")
        site.follow(site.post(f"{TEXTS}/angra", {"vem": "ETT"}))
        return set(found.keys() - decided_themes(rows(site), "ETT").keys() and list(found.values())[-1])

    assert given("lägg till") == {further, other}
    assert given("byt") == {further}
    assert given(other) == {other}
    assert "Inget tema är valt" in site.follow(site.post(TEXTS, form(page, other, steg="oläst"))).text


def test_one_of_several_that_are_proposed_is_taken_alone_in_one_press(site):
    """Beside every theme but one that is proposed alone; texts are passed over until both kinds are seen."""
    seen, after = set(), ""
    for _ in range(78):
        page = site.get(f"{TEXTS}?vem=FL&efter={after}").text
        ticked, themes = page.count(" checked><span>"), page.count('name="tema"')
        assert page.count('aria-label="Bara ') == (themes if ticked > 1 else themes - ticked)
        seen.add(min(ticked, 2))
        if seen >= {1, 2}:
            break
        after = dict(form(page))["nr"]
    assert seen >= {1, 2}


def test_what_was_given_not_long_ago_is_one_press_away(site):
    """Two themes given to a text are offered at the next of that question, and taken by one press."""
    for _ in range(4):
        page = site.get(f"{TEXTS}?vem=NY").text
        if "Som nyss:" in page:
            break
        site.follow(site.post(TEXTS, form(page, *first_themes(page, 2))))
    given = set(re.search(r'name="nyss" value="([^"]+)"', page.partition("Som nyss:")[2])[1].split(";"))
    assert len(given) == 2
    site.follow(site.post(TEXTS, form(page, nyss=";".join(given))))
    last = [row for row in rows(site) if row.coder == "NY"][-1]
    assert decided_themes(rows(site), "NY")[last.key] == given
    assert (
        "Inget tema är valt" in site.follow(site.post(TEXTS, form(site.get(f"{TEXTS}?vem=NY").text, nyss="x;y"))).text
    )


def test_a_second_coder_sees_nothing_of_the_first_until_done_then_both_side_by_side(site):
    """No proposals, no evidence, no decisions; the comparison waits; then one is chosen and nothing is left to settle."""
    page = site.get(f"{TEXTS}?vem=MK&del=blint").text
    assert (
        "<mark" not in page
        and "belägg" not in page.partition("Teman, välj")[2].partition("</fieldset>")[0]
        and "checked" not in page.partition("themes")[2].partition("</ul>")[0]
    )
    assert "Du har" in site.get(f"{TEXTS}/jamfor?vem=MK").text
    for _ in range(40):
        page = site.get(f"{TEXTS}?vem=MK&del=blint").text
        if 'id="granska"' not in page:
            break
        site.follow(site.post(TEXTS, form(page, first_themes(page, 1)[0])))
    page = site.get(f"{TEXTS}/jamfor?vem=MK").text
    waiting = len(conflicts(rows(site)))
    assert waiting > 0 and page.count("<blockquote>") == waiting
    sent = dict(
        re.findall(
            r'name="(vem|nr|hash|som)" value="([^"]*)"', page.partition("<blockquote>")[2].partition("</form>")[0]
        )
    )
    assert "Sparat som konsensus" in site.follow(site.post(f"{TEXTS}/enas", sent)).text
    assert len(conflicts(rows(site))) == waiting - 1


def test_the_sure_ones_go_in_one_step_after_ten_were_tried(site, monkeypatch):
    """With a sample of ten, since the example is small. Not before: the button is not there, and a form without it decides nothing."""
    monkeypatch.setattr("sekom_survey.coding.sitting.SAMPLE", 10)
    before = len(decided_themes(rows(site)))
    site.follow(site.post(f"{TEXTS}/resten", {"vem": "SU"}))
    assert len(decided_themes(rows(site))) == before
    for _ in range(10):
        page = site.get(f"{TEXTS}?vem=SU&del=prov").text
        site.follow(
            site.post(
                TEXTS,
                form(page, *re.findall(r'name="forslag" value="([^"]+)"', page))
                + [("forslag", one) for one in re.findall(r'name="forslag" value="([^"]+)"', page)],
            )
        )
    page = site.get(f"{TEXTS}?vem=SU").text
    assert "10 av 10 rätt" in page
    left = int(re.search(r"Godkänn resten \((\d+)\)", page)[1])
    said = site.follow(site.post(f"{TEXTS}/resten", {"vem": "SU"})).text
    assert f"{left} säkra förslag är godkända" in said and len(decided_themes(rows(site))) == before + 10 + left
    site.follow(site.post(f"{TEXTS}/angra", {"vem": "SU", "alla": "ja"}))
    assert len(decided_themes(rows(site))) == before + 10


def test_minutes_are_told_at_the_coders_own_pace():
    assert minutes_left([], 90) == 30
    assert minutes_left([10.0 * n for n in range(10)], 90) == 15
    assert minutes_left([*(10.0 * n for n in range(10)), 5000.0], 90) == 15
    assert (minutes_left([], 1), minutes_left([], 0)) == (5, 0)
