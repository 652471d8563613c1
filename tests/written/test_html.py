"""The web report as a parser sees it."""

from __future__ import annotations

import itertools
import re
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from sekom_survey.model import Brief, Prose, Report, Section
from sekom_survey.written.formats.office import write_office
from sekom_survey.written.formats.page import write_html
from sekom_survey.written.page import template
from tests.written.conftest import HOSTILE, shown


@pytest.fixture(autouse=True)
def light_font(monkeypatch: pytest.MonkeyPatch) -> None:
    """The embedded font is tested with the figures."""
    monkeypatch.setattr(
        template,
        "embedded_css",
        lambda: "@font-face{font-family:'Source Sans Pro';src:url(data:font/woff;base64,AAAA)}",
    )


def page(report: Report, tmp_path: Path) -> BeautifulSoup:
    write_html(report, tmp_path / "report.html")
    return BeautifulSoup((tmp_path / "report.html").read_text(encoding="utf-8"), "lxml")


def test_language_title_and_one_main_heading(report: Report, tmp_path: Path) -> None:
    """The document says what it is and in what language."""
    soup = page(report, tmp_path)
    assert soup.html["lang"] == "sv"
    assert soup.title.get_text() == "Medlemsenkäten 2026 (exempeldata)"
    assert [h.get_text() for h in soup.find_all("h1")] == [report.brief.title]


def test_headings_never_skip_a_level(report: Report, tmp_path: Path) -> None:
    """Title h1, sections h2, exhibits h3, in reading order."""
    levels = [int(h.name[1]) for h in page(report, tmp_path).find_all(re.compile("^h[1-6]$"))]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    assert {1, 2, 3} <= set(levels)


def test_sections_and_exhibits_stand_in_order(report: Report, tmp_path: Path) -> None:
    """The report's sections, then the facts of the survey."""
    titles = [h.get_text() for h in page(report, tmp_path).select(".text > section > h2")]
    assert titles == [*(section.title for section in report.sections if section.blocks), "Om undersökningen"]


def test_every_drawing_has_its_alternative_text(report: Report, tmp_path: Path) -> None:
    """Wide and narrow drawing carry the exhibit's text alternative."""
    drawings = page(report, tmp_path).find_all("svg")
    assert len(drawings) == 5
    assert {(d["role"], d["aria-label"]) for d in drawings} == {
        ("img", "Staplar för varde: 68 % överst."),
        ("img", "Från noll till hundra procent: 68\u00a0%"),
    }


def test_every_table_has_caption_and_header_scope(report: Report, tmp_path: Path) -> None:
    """Column headers, a header first in each row, and a focusable region that may scroll."""
    soup = page(report, tmp_path)
    tables = soup.select(".exhibit table")
    assert len(tables) == 5
    for table in tables:
        assert table.caption.get_text()
        assert {th["scope"] for th in table.thead.find_all("th")} == {"col"}
        assert all(
            row.find("th")["scope"] == "row" and len(row.find_all(["th", "td"])) == len(table.thead.find_all("th"))
            for row in table.tbody.find_all("tr")
        )
        assert (table.parent["role"], table.parent["tabindex"]) == ("region", "0")
        assert table.parent["aria-label"]


def test_cells_carry_their_column_for_phones(report: Report, tmp_path: Path) -> None:
    """Stacked cells show the heading they stood under."""
    row = page(report, tmp_path).select_one("#varde table tbody tr")
    assert [cell["data-label"] for cell in row.find_all("td")] == ["Antal", "Andel", "Osäkerhet", "Möjligt spann"]


def test_a_narrow_table_is_not_stacked(report: Report, tmp_path: Path) -> None:
    """Three short columns fit a phone side by side; five do not."""
    soup = page(report, tmp_path)
    assert soup.select_one("#varde table")["class"] == ["stacked"]
    assert soup.select_one("#varde-2 table")["class"] == ["side"]


def test_tables_under_figures_are_folded_and_others_open(report: Report, tmp_path: Path) -> None:
    """Where there is no readable figure the table stands in its place."""
    soup = page(report, tmp_path)
    assert soup.select_one("#varde details summary").get_text().startswith("Visa tabellen")
    for anchor in ("svar", "borta", "ojamn"):
        assert soup.select_one(f"#{anchor} table") is not None
        assert soup.select_one(f"#{anchor} details") is None
    assert "Figuren saknas" in soup.select_one("#borta").get_text()
    assert "inget underlag" in soup.select_one("#tom").get_text()


def test_ids_are_unique_and_every_link_has_its_target(report: Report, tmp_path: Path) -> None:
    """The same exhibit twice, odd section ids and many figures never collide."""
    soup = page(report, tmp_path)
    ids = [tag["id"] for tag in soup.find_all(id=True)]
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch(r"[A-Za-z0-9_-]+", name) for name in ids)
    targets = {link["href"][1:] for link in soup.select("nav a, a.skip")}
    assert targets <= set(ids)
    named = {name for tag in soup.find_all(attrs={"aria-labelledby": True}) for name in tag["aria-labelledby"].split()}
    assert named <= set(ids)


def test_nothing_comes_from_outside(report: Report, tmp_path: Path) -> None:
    """No request, no script, no handler; the policy forbids them too."""
    soup = page(report, tmp_path)
    policy = soup.find("meta", {"http-equiv": "Content-Security-Policy"})["content"]
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:")
    for tag in soup.find_all():
        assert tag.name not in {"script", "iframe", "object", "embed", "img", "base", "form", "foreignobject"}
        for name, value in tag.attrs.items():
            assert not name.lower().startswith("on")
            if name in {"src", "href", "srcset", "action", "xlink:href"}:
                assert str(value).startswith(("#", "data:"))
    styles = " ".join(style.get_text() for style in soup.find_all("style"))
    assert not re.search(r"@import|url\((?!data:)", styles)


@pytest.mark.parametrize("text", [text for text in HOSTILE if "\u0000" not in text])
def test_hostile_answers_are_shown_as_written(report: Report, tmp_path: Path, text: str) -> None:
    """HTML, SVG, Markdown, formulas and templates in an answer are text."""
    cells = [cell.get_text() for cell in page(report, tmp_path).select("#svar tbody th")]
    assert text in cells


def test_titles_questions_notes_and_messages_are_escaped(report: Report, tmp_path: Path) -> None:
    """Not only cells: every text of an exhibit may hold an answer."""
    soup = page(report, tmp_path)
    exhibit = soup.select_one("#svar")
    assert exhibit.h3.get_text() == HOSTILE[0]
    assert exhibit.select_one(".question").get_text() == HOSTILE[1]
    assert exhibit.figcaption.get_text() == HOSTILE[2]
    assert soup.select(".cards .figure")[2].get_text() == HOSTILE[0]
    assert soup.select(".cards .sentence")[2].get_text() == HOSTILE[3]


def test_example_data_is_said_at_the_top_in_the_foot_and_on_paper(report: Report, tmp_path: Path) -> None:
    """The stamp is on the first screen, the last, and every printed page."""
    soup = page(report, tmp_path)
    stamp = "Exempeldata. Medlemmar och svar är påhittade."
    assert soup.select_one(".stamps .synthetic").get_text() == stamp
    assert stamp in soup.footer.get_text()
    assert f'@bottom-left {{ content: "{stamp}"; }}' in soup.style.get_text()


def test_real_answers_carry_no_stamp(report: Report, tmp_path: Path) -> None:
    """A real report is not called an example anywhere."""
    real = replace(report, synthetic=False, sections=())
    write_html(real, tmp_path / "report.html")
    assert "xempeldata" not in (tmp_path / "report.html").read_text(encoding="utf-8")


def office(report: Report, tmp_path: Path) -> BeautifulSoup:
    write_office(report, tmp_path / "office.html")
    return BeautifulSoup((tmp_path / "office.html").read_text(encoding="utf-8"), "lxml")


def test_what_is_internal_stands_in_the_offices_page_alone(report: Report, tmp_path: Path) -> None:
    """The report of neither build shows it; the internal one says on every page that it is internal."""
    internal = page(report, tmp_path)
    assert internal.select_one(".stamps .internal").get_text() == "Internt arbetsmaterial – sprids inte"
    assert internal.select_one("#hemlig") is None
    assert office(report, tmp_path).select_one("#hemlig .tag") is not None
    public = page(replace(report, build="public"), tmp_path)
    assert public.select_one("#hemlig") is None
    assert public.select_one(".internal") is None
    assert "sprids inte" not in public.get_text()


def test_the_offices_page_has_nothing_that_is_for_all(report: Report, tmp_path: Path) -> None:
    """A section without anything internal is not there, nor are the others' open exhibits."""
    soup = office(report, tmp_path)
    assert [h.get_text() for h in soup.select(".text > section > h2")] == [
        "Vad skapar medlemsvärde?",
        "Att känna till",
        "Så görs rapporten om",
    ]
    assert soup.select_one("#varde") is None


def test_the_offices_page_runs_its_own_script_and_no_other(report: Report, tmp_path: Path) -> None:
    """Its policy names the one script by what stands in it; the report has no script at all."""
    soup = office(report, tmp_path)
    script = soup.script.string
    digest = b64encode(sha256(script.encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}'" in soup.select_one("meta[http-equiv]")["content"]
    assert page(report, tmp_path).script is None


def test_problems_are_grouped_by_gravity_and_remedy(report: Report, tmp_path: Path) -> None:
    """The gravest first; eight of a kind share one remedy and are folded."""
    remarks = office(report, tmp_path).select_one(".remarks")
    assert [h.get_text() for h in remarks.find_all("h3")] == ["Måste rättas", "Se över", "För kännedom"]
    assert len(remarks.select(".remark")) == 3
    assert remarks.select_one("summary").get_text().startswith("Visa alla 8 ställen")
    assert "”<b>Ådala</b>” finns inte i registret." in remarks.get_text()


def test_empty_report_is_still_a_page(report: Report, tmp_path: Path) -> None:
    """Nothing to show is a page with its conclusion, not a crash."""
    bare = replace(
        report, subtitle="", brief=Brief("Slutsats"), facts=(), sections=(Section("", "", ()),), problems=(), repeat=()
    )
    assert "Slutsats" in page(bare, tmp_path).get_text()
    assert "Underlaget gav inga anmärkningar." in office(bare, tmp_path).get_text()


def test_answers_of_groups_stand_in_the_view_that_is_chosen(report: Report, tmp_path: Path) -> None:
    """Three radio buttons, all of members first; what sets groups side by side says by what."""
    blocks = (shown("all"), shown("storlek", by="size"), shown("del", by="landsdel"))
    soup = page(replace(report, sections=(Section("s", "S", blocks),)), tmp_path)
    assert [radio["value"] for radio in soup.select(".views input")] == ["all", "size", "landsdel"]
    assert [radio["value"] for radio in soup.select(".views input[checked]")] == ["all"]
    assert "by-size" in soup.select_one("#storlek")["class"]
    assert page(replace(report, sections=(Section("s", "S", blocks[:1]),)), tmp_path).select(".views") == []


def test_what_is_for_the_annex_stands_folded_under_its_title(report: Report, tmp_path: Path) -> None:
    """The title tells what is found before it is opened."""
    soup = page(replace(report, sections=(Section("s", "S", (shown("a", placement="annex"),)),)), tmp_path)
    assert soup.select_one("#a > details.more > summary").get_text() == soup.select_one("#a h3").get_text()


def test_every_section_has_a_way_back_up_and_the_contents_its_exhibits(report: Report, tmp_path: Path) -> None:
    """Sub-entries lead to the exhibits; the top is there."""
    soup = page(report, tmp_path)
    sections = [s for s in soup.select(".text > section") if s.select(".exhibit")]
    assert all(section.select_one('a[href="#top"]') for section in sections)
    assert {a["href"] for a in soup.select("nav ol ol a")} >= {"#varde", "#varde-2", "#svar", "#borta"}
    assert soup.select_one("#top") is not None


def test_a_lone_surrogate_does_not_stop_the_report(report: Report, tmp_path: Path) -> None:
    """Broken Unicode from a platform becomes a question mark."""
    section = Section("s", "Halv \ud800", (Prose("x \udfff"), shown("y", rows=(("\ud83d", "1", "", "", ""),))))
    assert "Halv ?" in page(replace(report, sections=(section,)), tmp_path).get_text()


def test_equal_reports_give_equal_bytes(report: Report, tmp_path: Path) -> None:
    """Nothing of the day or the machine is in the file."""
    write_html(report, tmp_path / "a.html")
    write_html(report, tmp_path / "b.html")
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()


def test_number_columns_are_set_to_the_right(report: Report, tmp_path: Path) -> None:
    """Counts, shares, ranges and signs are numbers; words are not."""
    rows = (
        ("Ja", "34 av 50", "68 %", "−2", "U", "61–78 %", "14\u00a0000", "Stort"),
        ("Nej", "1", "..", "+7 pe", "–", "", "3,5", "12"),
    )
    table = shown("t", columns=tuple("abcdefgh"), rows=rows)
    soup = page(replace(report, sections=(Section("s", "S", (table,)),)), tmp_path)
    classes = [cell.get("class", []) == ["num"] for cell in soup.select("#t thead th")]
    assert classes == [False, True, True, True, True, True, True, False]


def test_dates_ranges_and_counts_in_tables_are_kept_on_one_line(report: Report, tmp_path: Path) -> None:
    """They are held together without a change to the text, and what looks like markup is still text."""
    table = shown(
        "t", columns=("Mått", "Utfall"), rows=(("84 (2025-12-31)", "27 av 40: 63\u00a0% (54–71\u00a0%) <b>"),)
    )
    soup = page(replace(report, sections=(Section("s", "S", (table,)),)), tmp_path)
    assert [held.get_text() for held in soup.select("#t .held")] == ["2025-12-31", "27 av 40", "54–71\u00a0%"]
    assert len(soup.select_one("#t td").contents) == 1  # a phone sets the cell's children beside each other
    assert soup.select_one("#t td").get_text() == "27 av 40: 63\u00a0% (54–71\u00a0%) <b>"


@pytest.mark.parametrize(("titles", "listed"), [(("En",), False), (("En", "Två"), True)])
def test_a_page_of_one_part_has_no_list_of_contents(
    report: Report, tmp_path: Path, titles: tuple[str, ...], listed: bool
) -> None:
    """A list of one says nothing, and its column is given to the tables."""
    parts = tuple(Section(title, title, (shown(title),)) for title in titles)
    bare = replace(
        report, build="public", sections=parts, passage=(), facts=(), declaration=(), questions=(), repeat=()
    )
    soup = page(bare, tmp_path)
    assert bool(soup.select("nav a")) == listed
    assert ("whole" in soup.select_one(".body")["class"]) != listed


def contrast(one: str, other: str) -> float:
    """The contrast of two colours by WCAG 2.1."""

    def luminance(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("ground", ["#ffffff", "--tint", "--warm"])
@pytest.mark.parametrize("text", ["--ink", "--muted", "--link"])
def test_text_colours_reach_four_and_a_half_to_one(text: str, ground: str) -> None:
    """WCAG 2.1 AA, 1.4.3, with the colours as the style sheet has them."""
    colours = dict(re.findall(r"(--\w+): (#[0-9a-f]{6})", template._data("report.css")))
    assert contrast(colours[text], colours.get(ground, ground)) >= 4.5
