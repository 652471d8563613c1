"""report.docx as its readers open it: structure, language, alternative texts, pages."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from sekom_survey.model import Prose
from sekom_survey.written.brand import Brand
from sekom_survey.written.office.table import fitted
from sekom_survey.written.office.text import line_count
from sekom_survey.written.powerpoint.write import write_slides
from sekom_survey.written.word.write import write_word
from tests.written.documents import DOT_DECIMAL, ENGLISH, GOALS, HOSTILE, drawn, hostile, realistic, visible_text

ROOT = Path(__file__).parents[2]
OFFICE = shutil.which("libreoffice") or shutil.which("soffice")
CHAPTERS = [
    "Enkäten på en sida",
    "Vilka svarade?",
    "Vad skapar medlemsvärde?",
    "Utmaningar och styrkor",
    "Engagemang och nöjdhet",
    "Bilaga A. Om undersökningen (kvalitetsdeklaration)",
    "Bilaga B. Frågeformulär",
    "Bilaga C. Tabeller",
    "Bilaga D. Vad säger enkäten?",
]


@pytest.fixture(scope="module")
def figures():
    return Path(drawn().name)


@pytest.fixture(scope="module")
def report(figures):
    return realistic(figures)


@pytest.fixture(scope="module")
def path(report, tmp_path_factory):
    made = tmp_path_factory.mktemp("word") / "report.docx"
    write_word(report, made)
    return made


@pytest.fixture(scope="module")
def document(path):
    return Document(str(path))


def headings(document, level):
    return [p.text for p in document.paragraphs if p.style.name == f"Heading {level}"]


def test_chapters_come_in_order(document):
    """One page first, the notebooks' sections, annexes A to D."""
    assert headings(document, 1) == CHAPTERS


def test_each_exhibit_has_its_heading_question_and_source(document, report):
    """A heading 3, then the question in its own style; under it a numbered caption with the note."""
    titles = headings(document, 3)
    texts = [p.text for p in document.paragraphs]
    for section in report.sections:
        for shown in (b for b in section.blocks if hasattr(b, "alt") and not b.internal):
            assert shown.title in titles
    captions = [p.text for p in document.paragraphs if p.style.name == "Caption"]
    assert captions[1].startswith("Figur 1. Källa: SEKOM-enkäten 2026. Bas: 50 av 80 kommuner.")
    assert "Det här värderas högst." in texts


def test_every_picture_has_its_alternative_text(document, report):
    """One picture for each drawn exhibit, described in the exhibit's own words."""
    described = [inline.docPr.get("descr") for inline in document.inline_shapes._body.iter(qn("wp:inline"))]
    drawn = [b.alt for section in report.sections for b in section.blocks if getattr(b, "png", None)]
    assert described == drawn
    assert len(drawn) == 7


def test_pictures_are_shown_without_the_words_that_stand_beside_them(document, report):
    """Title, question and note are cropped away: they are real text in the document."""
    crops = [rect for inline in document.inline_shapes for rect in inline._inline.iter(qn("a:srcRect"))]
    assert len(crops) == 7
    assert all(int(rect.get("t")) > 5_000 and int(rect.get("b")) > 5_000 for rect in crops)


def test_every_table_repeats_its_header_and_is_described(document):
    """The first row is a header row, rows stay whole, a text alternative is there, and no table is wider than the text."""
    section = document.sections[0]
    width = (section.page_width - section.left_margin - section.right_margin) / 12_700
    for table in document.tables:
        first, *others = table._tbl.tr_lst
        assert first.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
        assert not any(row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in others)
        assert table._tbl.tblPr.find(qn("w:tblDescription")).get(qn("w:val"))
        assert sum(int(column.get(qn("w:w"))) for column in table._tbl.tblGrid) / 20 <= width + 0.5
    assert [cell.text for cell in document.tables[0].rows[0].cells][:2] == ["Mål", "Mått"]


def test_the_contents_list_is_filled_before_it_is_updated(document):
    """A contents field whose entries are links to the headings that are there."""
    entries = [p for p in document.paragraphs if p.style.name.startswith("toc")]
    marks = {mark.get(qn("w:name")): mark.getparent() for mark in document.element.body.iter(qn("w:bookmarkStart"))}
    assert [p.text for p in entries if p.style.name == "toc 1"] == CHAPTERS
    assert 'TOC \\o "1-1"' in "".join(code.text for code in entries[0]._p.iter(qn("w:instrText")))
    for entry in entries:
        heading = marks[entry._p.find(qn("w:hyperlink")).get(qn("w:anchor"))]
        assert "".join(t.text for t in heading.iter(qn("w:t"))) == entry.text
    fields = [mark.get(qn("w:fldCharType")) for p in entries for mark in p._p.iter(qn("w:fldChar"))]
    assert fields == ["begin", "separate", "end"]


def test_the_document_is_swedish_a4_calibri_and_nobodys(document, path):
    """Language, paper, type with its stand-in, no author, no comment, no program, no thumbnail."""
    assert {lang.get(qn("w:val")) for lang in document.styles.element.iter(qn("w:lang"))} == {"sv-SE"}
    section = document.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert document.styles["Normal"].font.name == "Calibri"
    properties = document.core_properties
    assert properties.author == properties.last_modified_by == properties.comments == ""
    assert (properties.title, properties.language) == ("SEKOM-enkäten 2026", "sv-SE")
    with ZipFile(path) as package:
        assert b"Carlito" in package.read("word/fontTable.xml")
        assert not [
            name for name in package.namelist() if "thumbnail" in name or "app.xml" in name or "comments" in name
        ]


def test_every_page_says_what_it_is(document, report, tmp_path):
    """Example data on each page's header, page numbers in the footer; the internal build is marked, the public is not."""
    header, footer = document.sections[0].header, document.sections[0].footer
    assert "Exempeldata" in header.paragraphs[0].text
    assert "Internt" not in "".join(p.text for p in header.paragraphs)
    assert [code.text.strip() for code in footer._element.iter(qn("w:instrText"))] == ["PAGE", "NUMPAGES"]
    write_word(replace(report, build="internal", synthetic=False), tmp_path / "i.docx")
    words = "".join(p.text for p in Document(str(tmp_path / "i.docx")).sections[0].header.paragraphs)
    assert "Internt arbetsmaterial – sprids inte" in words
    assert "Exempeldata" not in words


def test_what_is_internal_stays_in_the_internal_build(path, report, tmp_path):
    """Lists of members are on paper in no build, nor the subheading they stood under; figures marked internal in one."""
    assert not any("Hemlig" in text or "kansliet" in text or "Almköping" in text for text in visible_text(path))
    write_word(replace(report, build="internal"), tmp_path / "i.docx")
    assert headings(Document(str(tmp_path / "i.docx")), 1) == CHAPTERS
    assert "Almköping" not in visible_text(tmp_path / "i.docx")
    drawn_inside = replace(report.sections[2].blocks[0], internal=True)
    one = replace(report, sections=(replace(report.sections[2], blocks=(drawn_inside,)),), build="internal")
    write_word(one, tmp_path / "f.docx")
    assert f"Endast internt · {drawn_inside.subtitle}" in visible_text(tmp_path / "f.docx")
    write_word(replace(one, build="public"), tmp_path / "f.docx")
    assert drawn_inside.title not in visible_text(tmp_path / "f.docx")


def test_the_words_are_swedish_and_so_are_the_numbers(path):
    """No English word and no decimal point in anything shown or read aloud."""
    for text in visible_text(path):
        assert not ENGLISH.search(text), text
        assert not DOT_DECIMAL.search(text), text


def test_lists_are_lists_and_numbering_begins_anew(document):
    """Markdown's lists become Word's; each numbered list starts at one."""
    numbered = [p for p in document.paragraphs if p.style.name == "List Number"]
    assert [p.text for p in document.paragraphs if p.style.name == "List Bullet"] == ["ett", "två"]
    assert len({p._p.pPr.numPr.numId.val for p in numbered}) == 2
    assert [p.text for p in numbered][2:] == ["först", "sedan"]


def test_a_long_table_of_goals_leaves_out_what_is_least_needed(report, tmp_path):
    """So that page one stays one page; the columns that judge stay."""
    many = replace(report, goals=replace(GOALS, rows=GOALS.rows * 3))
    write_word(many, tmp_path / "m.docx")
    columns = [cell.text for cell in Document(str(tmp_path / "m.docx")).tables[0].rows[0].cells]
    assert columns == ["Mål", "Mått", "Utfall", "Målvärde", "Bedömning"]


def test_a_bare_report_leaves_no_empty_heading(report, tmp_path):
    """Parts that do not exist are left out, and annexes are lettered without gaps."""
    bare = replace(report, goals=None, to_decide=(), passage=(), declaration=(), questions=(), messages=(), facts=())
    write_word(bare, tmp_path / "b.docx")
    assert headings(Document(str(tmp_path / "b.docx")), 1)[-1] == "Bilaga A. Tabeller"
    assert "Att besluta om" not in visible_text(tmp_path / "b.docx")


def test_a_subheading_with_nothing_under_it_is_left_out(report, tmp_path):
    """What a gate took away leaves no empty heading; an exhibit without rows is told in a line."""
    section = report.sections[1]
    empty = replace(section.blocks[1], title="Svaren visas inte", png=None, rows=())
    odd = replace(section, blocks=(Prose("## Tomt"), Prose("## Kvar\n\nText."), Prose("## Sist"), empty))
    write_word(replace(report, sections=(odd,)), tmp_path / "t.docx")
    made = Document(str(tmp_path / "t.docx"))
    assert [text for text in headings(made, 2) if text in ("Tomt", "Kvar", "Sist")] == ["Kvar", "Sist"]
    assert [p.style.name for p in made.paragraphs if p.text == "Svaren visas inte."] == ["Svarsalternativ"]


def test_a_wide_logo_leaves_room_for_the_stamp(report, tmp_path):
    """The logo is described and at most 45 mm wide; the names move to the footer."""
    Image.new("RGB", (900, 60), "#005A32").save(tmp_path / "logo.png")
    write_word(report, tmp_path / "l.docx", Brand("Föreningen", logo=tmp_path / "logo.png"))
    section = Document(str(tmp_path / "l.docx")).sections[0]
    inline = next(section.header._element.iter(qn("wp:inline")))
    assert inline.docPr.get("descr") == "Logotyp: Föreningen"
    assert inline.extent.cx / 36_000 == pytest.approx(45, abs=0.1)
    assert section.header.paragraphs[0].text == "\tExempeldata. Medlemmar och svar är påhittade."
    assert section.footer.paragraphs[0].text.startswith("Föreningen · SEKOM-enkäten 2026\t")


def test_short_columns_keep_their_words_together():
    """The widest column gives way; no column is narrower than its longest word; the whole is no wider than told."""
    rows = [("Medlemsengagemang", "En mycket lång kommentar " * 12, "– Kan inte bedömas", "29\u00a0%")]
    grid = fitted(("Mål", "Kommentar", "Status", "Utfall"), rows, 450, (9.5, 8.0), 8)
    assert sum(grid.widths) <= 450
    assert grid.size == 9.5
    lines = [line_count(cell, width - 8, 9.5) for cell, width in zip(grid.rows[0], grid.widths, strict=True)]
    assert lines[0] == lines[3] == 1
    assert lines[2] < lines[1]
    assert grid.numeric == (False, False, False, True)


@given(st.text("aåmWi -"), st.floats(1, 200), st.floats(0, 50), st.booleans())
def test_a_wider_room_never_takes_more_lines(text, width, wider, bold):
    """What lets the columns stop counting where a text has come down to one line."""
    assert line_count(text, width + wider, 9.5, bold) <= line_count(text, width, 9.5, bold)


def test_hostile_text_is_shown_as_text(report, tmp_path):
    """Markup, control characters and lone surrogates neither break the file nor become anything but text."""
    write_word(hostile(report), tmp_path / "h.docx")
    texts = visible_text(tmp_path / "h.docx")
    assert any(HOSTILE[0] in text for text in texts)
    assert not any(char in text for text in texts for char in "\x00\x07\x1b\u202e")
    with ZipFile(tmp_path / "h.docx") as package:
        assert not any(
            b"exempel.invalid" in package.read(name) or b"javascript" in package.read(name)
            for name in package.namelist()
            if name.endswith(".rels")
        )


def test_the_same_report_gives_the_same_bytes_anywhere(report, figures, path, tmp_path):
    """Another process, folder, time zone, hash seed."""
    code = (
        "import sys; from pathlib import Path; sys.path.insert(0, sys.argv[1]); from tests.written.documents import realistic\n"
        "from sekom_survey.written.word.write import write_word; from sekom_survey.written.powerpoint.write import write_slides\n"
        "out = Path(sys.argv[2]); figures = out / 'figurer åäö'; r = realistic(figures)\n"
        "write_word(r, out / 'report.docx'); write_slides(r, figures, out / 'slides.pptx')"
    )
    shutil.copytree(figures, tmp_path / "figurer åäö")
    environment = os.environ | {"PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo"}
    subprocess.run([sys.executable, "-c", code, str(ROOT), str(tmp_path)], check=True, env=environment)
    assert (tmp_path / "report.docx").read_bytes() == path.read_bytes()
    write_slides(report, figures, tmp_path / "igen.pptx")
    assert (tmp_path / "slides.pptx").read_bytes() == (tmp_path / "igen.pptx").read_bytes()


def test_the_associations_template_sets_the_look(report, tmp_path):
    """Its page, header and styles stay, its text goes, and what it lacks is added."""
    template = Document()
    template.sections[0].header.paragraphs[0].text = "Föreningens brevhuvud"
    template.styles["Heading 1"].font.name = "Georgia"
    template.add_paragraph("Mallens egen text")
    template.core_properties.author = "Förnamn Efternamn"
    template.save(str(tmp_path / "mall.docx"))
    with ZipFile(tmp_path / "mall.docx") as source, ZipFile(tmp_path / "mall.dotx", "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name).replace(b"document.main+xml", b"template.main+xml"))
    write_word(report, tmp_path / "r.docx", Brand(word_template=tmp_path / "mall.dotx"))
    made = Document(str(tmp_path / "r.docx"))
    assert made.styles["Heading 1"].font.name == "Georgia"
    header = [p.text for p in made.sections[0].header.paragraphs]
    assert header[0] == "Föreningens brevhuvud"
    assert "Exempeldata" in header[1]
    assert "Mallens egen text" not in visible_text(tmp_path / "r.docx")
    assert made.core_properties.author == ""
    assert headings(made, 1) == CHAPTERS


@pytest.mark.skipif(not (OFFICE and shutil.which("pdftotext")), reason="LibreOffice or pdftotext is not installed")
def test_libreoffice_lays_it_out_on_whole_pages(path, tmp_path):
    """Page one holds the whole summary, no page is empty, every page has header and number, nothing leaves the paper."""
    profile = (tmp_path / "profil").as_uri()
    subprocess.run(
        [
            OFFICE,
            f"-env:UserInstallation={profile}",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(tmp_path),
            str(path),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    pages = subprocess.run(
        ["pdftotext", "-layout", str(tmp_path / "report.pdf"), "-"], check=True, capture_output=True, text=True
    ).stdout.split("\f")[:-1]
    assert 9 <= len(pages) <= 14
    for number, page in enumerate(pages, 1):
        assert "Exempeldata" in page
        assert f"Sida {number} av {len(pages)}" in page
        assert len(page.split()) > 25, f"page {number} is all but empty"
    assert "Att besluta om" in pages[0]
    assert "objektsbortfall" in pages[0]
    assert "Innehåll" in pages[1]
    boxes = subprocess.run(
        ["pdftotext", "-bbox", str(tmp_path / "report.pdf"), "-"], check=True, capture_output=True, text=True
    ).stdout
    edges = [float(found) for found in re.findall(r'xMax="([\d.]+)"', boxes)]
    assert max(edges) <= 595.3 - 50
