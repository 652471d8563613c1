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

from sekom_survey.model import Brief, Section
from sekom_survey.written.brand import Brand
from sekom_survey.written.motions import minuted
from sekom_survey.written.office.table import fitted
from sekom_survey.written.office.text import line_count
from sekom_survey.written.powerpoint.write import write_slides
from sekom_survey.written.word.write import write_word
from tests.written.documents import DOT_DECIMAL, ENGLISH, HOSTILE, drawn, hostile, realistic, visible_text

ROOT = Path(__file__).parents[2]
OFFICE = shutil.which("libreoffice") or shutil.which("soffice")
CHAPTERS = [
    "Enkäten på en sida",
    "Vilka svarade?",
    "Vad skapar medlemsvärde?",
    "Utmaningar och styrkor",
    "Engagemang och nöjdhet",
    "Vad säger enkäten?",
    "Om undersökningen",
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
    """One page first, the notebooks' sections, the passage for the plan, the facts of the survey."""
    assert headings(document, 1) == CHAPTERS


def test_each_exhibit_has_its_heading_question_and_source(document, report):
    """A heading 3, then the question in its own style; under it a numbered caption with the note."""
    titles = headings(document, 3)
    texts = [p.text for p in document.paragraphs]
    for section in report.sections:
        for shown in (b for b in section.blocks if hasattr(b, "alt") and b.png):
            assert shown.title in titles
            assert shown.subtitle in texts
    captions = [p.text for p in document.paragraphs if p.style.name == "Caption"]
    assert captions[0].startswith("Figur 1. Källa: SEKOM-enkäten 2026. Bas: 50 av 80 kommuner.")


def test_every_picture_has_its_alternative_text(document, report):
    """One picture for each drawn exhibit, described in the exhibit's own words."""
    described = [inline.docPr.get("descr") for inline in document.inline_shapes._body.iter(qn("wp:inline"))]
    small = [text for text in described if text.startswith(("Stapel: ", "Från noll"))]
    assert len(small) == 8
    described = described[len(small) :]
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
    assert [cell.text for cell in document.tables[0].rows[0].cells][:2] == ["Mål och mått", "Utfall"]


def test_the_contents_list_is_filled_before_it_is_updated(document):
    """A contents field whose entries are links to the headings that are there, each with its page."""
    entries = [p for p in document.paragraphs if p.style.name.startswith("toc")]
    marks = {mark.get(qn("w:name")): mark.getparent() for mark in document.element.body.iter(qn("w:bookmarkStart"))}
    told = [p.text.split("\t") for p in entries if p.style.name == "toc 1"]
    assert [words for words, _ in told] == CHAPTERS
    assert [int(page) for _, page in told] == sorted(int(page) for _, page in told)
    assert 'TOC \\o "1-1"' in "".join(code.text for code in entries[0]._p.iter(qn("w:instrText")))
    for entry in entries:
        heading = marks[entry._p.find(qn("w:hyperlink")).get(qn("w:anchor"))]
        assert "".join(t.text for t in heading.iter(qn("w:t"))) == entry.text.split("\t")[0]
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


def test_nothing_that_is_internal_is_on_paper(path, report, tmp_path):
    """Neither lists of members nor figures, whatever the build says."""
    assert not any("Hemlig" in text or "kansliet" in text or "Almköping" in text for text in visible_text(path))
    drawn_inside = replace(report.sections[2].blocks[0], internal=True)
    one = replace(report, sections=(replace(report.sections[2], blocks=(drawn_inside,)),), build="internal")
    write_word(one, tmp_path / "f.docx")
    assert drawn_inside.title not in visible_text(tmp_path / "f.docx")


def test_the_words_are_swedish_and_so_are_the_numbers(path):
    """No English word and no decimal point in anything shown or read aloud."""
    for text in visible_text(path):
        assert not ENGLISH.search(text), text
        assert not DOT_DECIMAL.search(text), text


def test_motions_are_a_numbered_list_that_begins_at_one(report, tmp_path):
    """Those that page one has no room for stand with all the others on page two, where the numbers begin anew."""
    many = tuple(f"att förslag {number} antas {'och förklaras ' * 12}" for number in range(20))
    write_word(replace(report, brief=replace(report.brief, motions=many)), tmp_path / "m.docx")
    numbered = [p for p in Document(str(tmp_path / "m.docx")).paragraphs if p.style.name == "List Number"]
    first = [p for p in numbered if p._p.pPr.numPr.numId.val == numbered[0]._p.pPr.numPr.numId.val]
    assert 1 <= len(first) < 20
    assert [p.text for p in numbered[len(first) :]] == list(minuted(many))


def test_a_bare_report_leaves_no_empty_heading(report, tmp_path):
    """Parts that do not exist are left out."""
    bare = replace(report, brief=Brief("Slutsats"), passage=(), declaration=(), questions=(), facts=())
    write_word(bare, tmp_path / "b.docx")
    assert headings(Document(str(tmp_path / "b.docx")), 1)[-1] == "Om undersökningen"
    assert not any("Förslag till beslut" in text for text in visible_text(tmp_path / "b.docx"))


def test_the_paper_is_ten_pages_whatever_the_year_holds(report, tmp_path):
    """With forty figures the least wanted go, those for slides last; the contents tells the pages."""
    figure = report.sections[1].blocks[1]
    blocks = tuple(replace(figure, title=f"Figur för {i}", placement="slide" if i < 5 else "board") for i in range(40))
    many = replace(report, sections=(Section("a", "Mycket", blocks),))
    write_word(many, tmp_path / "m.docx")
    made = Document(str(tmp_path / "m.docx"))
    told = [p.text.split("\t") for p in made.paragraphs if p.style.name == "toc 1"]
    assert int(told[-1][1]) <= 10
    assert set(headings(made, 3)) >= {f"Figur för {i}" for i in range(5)}


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
    assert 4 <= len(pages) <= 10
    for number, page in enumerate(pages, 1):
        assert "Exempeldata" in page
        assert f"Sida {number} av {len(pages)}" in page
        assert len(page.split()) > 25, f"page {number} is all but empty"
    assert "Förslag till beslut" in pages[0]
    assert "Innehåll" in pages[1]
    told = [p.text.split("\t") for p in Document(str(path)).paragraphs if p.style.name == "toc 1"]
    assert all(words in pages[int(page) - 1] for words, page in told)
    boxes = subprocess.run(
        ["pdftotext", "-bbox", str(tmp_path / "report.pdf"), "-"], check=True, capture_output=True, text=True
    ).stdout
    edges = [float(found) for found in re.findall(r'xMax="([\d.]+)"', boxes)]
    assert max(edges) <= 595.3 - 40


def test_the_contents_stand_on_a_first_page_that_has_room_for_them(report, tmp_path):
    """A short form without goals: no page break before the contents, and the chapters begin on page one."""
    short = replace(report, brief=Brief("Slutsats", response="38 har svarat."), sections=report.sections[1:2])
    write_word(short, tmp_path / "s.docx")
    paragraphs = Document(str(tmp_path / "s.docx")).paragraphs
    (title,) = [p for p in paragraphs if p.style.name == "TOC Heading"]
    assert not title.paragraph_format.page_break_before
    told = [p.text.split("\t") for p in paragraphs if p.style.name == "toc 1"]
    assert [page for _, page in told[:2]] == ["1", "1"]
    full = replace(report, sections=report.sections[1:2])
    write_word(full, tmp_path / "f.docx")
    (title,) = [p for p in Document(str(tmp_path / "f.docx")).paragraphs if p.style.name == "TOC Heading"]
    assert title.paragraph_format.page_break_before
