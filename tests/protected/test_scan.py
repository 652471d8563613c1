"""Every file is opened, also inside workbooks."""

import html
import io
import zipfile

import pytest

from sekom_survey.protected.scan import scan

TEXT = "Vi har skrivit det här svaret med egna ord och det är ganska långt."
MORE = TEXT.replace("och", '& "mer" och')


def workbook(text, core=""):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("xl/sharedStrings.xml", f"<sst><si><t>{text}</t></si></sst>")
        archive.writestr("docProps/core.xml", f"<x>{core}</x>")
    return data.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "what"),
    [
        ("report.html", b"<p>skriv till eva@kommun.example</p>", "e-postadress"),
        ("report.html", b"<p>ring 070-174 06 31</p>", "telefonnummer"),
        ("report.html", b"<p>19811218-9876</p>", "personnummer"),
        ("report.html", f"<p>”{TEXT}”</p>".encode(), "ordagrant"),
        (
            "report.html",
            "<p>Vi har skrivit det här <b>svaret</b> med egna ord\noch det är ganska långt.</p>".encode(),
            "ordagrant",
        ),
        (
            "figures/a.svg",
            '<svg><path d="M0 0"/><title>Almköping</title><path d="M1 1"/><style>b{}</style></svg>'.encode(),
            "Almköping",
        ),
        ("report.html", '<img alt="Almköping till vänster" src="a.png">'.encode(), "Almköping"),
        ("report.html", f"<p>{html.escape(MORE)}</p>".encode(), "ordagrant"),
        ("figures/b.json", ('{"rows": "' + MORE.replace('"', r"\"") + '"}').encode(), "ordagrant"),
        ("figures/a.json", '{"alt": "Almköping 3 av 5"}'.encode(), "Almköping"),
        ("tables.xlsx", workbook(TEXT), "ordagrant"),
        ("tables.xlsx", workbook("ok", "<dc:creator>Eva Ek</dc:creator>"), "vem som skrivit"),
    ],
)
def test_what_must_not_be_there_is_found(tmp_path, name, data, what):
    """Contact details, quotes, names and authors, in pages, data and workbooks."""
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)
    assert any(what in problem.found for problem in scan(tmp_path, [TEXT, MORE], ["Almköping"]))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Almköping", True),
        ("(Almköping)", True),
        ("I Almköping.", True),
        ("Övre Alm", True),
        ("Nyalmköping", False),
        ("NyAlmköping", False),
        ("Almköpings", False),
        ("1Almköping", False),
        ("Alm", False),
        ("almköping", False),
    ],
)
def test_a_name_is_found_as_whole_words(tmp_path, text, found):
    """At the beginning, after signs and spaces, and never inside another word."""
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    assert bool(scan(tmp_path, [], ["Almköping", "Alm-By", "Övre Alm"])) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("<a title='Almköping'/>", True),
        ('<a aria-label="Almköping"/>', True),
        ('<a data-name="Almköping"/>', True),
        ('<a href="Almköping"/>', False),
        ('<a rename="Almköping"/>', False),
    ],
)
def test_attributes_that_are_shown_or_read_aloud_are_read(tmp_path, text, found):
    """Whatever quotation marks; others, such as addresses and classes, nobody sees."""
    (tmp_path / "a.html").write_text(text, encoding="utf-8")
    assert bool(scan(tmp_path, [], ["Almköping"])) == found


def test_a_workbook_inside_a_chart_is_opened(tmp_path):
    """A PowerPoint chart carries its data."""
    with zipfile.ZipFile(tmp_path / "slides.pptx", "w") as archive:
        archive.writestr("ppt/embeddings/chart.xlsx", workbook("ring 070-174 06 31"))
    problems = scan(tmp_path, [], [])
    assert [(p.file, "telefonnummer" in p.found) for p in problems] == [("slides.pptx", True)]


def test_numbers_hashes_and_drawings_are_no_persons(tmp_path):
    """Data full of digits passes."""
    (tmp_path / "estimates.csv").write_text("item,share\na,0.8112189876\nb,0701740631\n", encoding="utf-8")
    (tmp_path / "run.json").write_text('{"sha": "ab8112189876cd070-1740631e"}', encoding="utf-8")
    (tmp_path / "a.svg").write_text('<svg><path d="M070-174 0631 811218-9876"/></svg>', encoding="utf-8")
    (tmp_path / "report.html").write_text("<p>50 av 80 kommuner, 2026-02-13, 14 000</p>", encoding="utf-8")
    assert scan(tmp_path, [TEXT], ["Almköping"]) == []
