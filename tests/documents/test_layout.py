"""report.docx and slides.pptx of the example, laid out by LibreOffice and read again: pages, boxes, headings, languages."""

from __future__ import annotations

import re
import shutil
import subprocess
from zipfile import ZipFile

import pytest
from docx import Document
from docx.oxml.ns import qn
from pptx import Presentation

OFFICE = shutil.which("libreoffice") or shutil.which("soffice")
needs_office = pytest.mark.skipif(
    not (OFFICE and shutil.which("pdftotext")), reason="LibreOffice eller pdftotext saknas: sidorna läggs inte ut"
)
MOST_PAGES = 10
CHAPTERS = ["Enkäten på en sida", "Hur står det till med målen?", "Vilka svarade?", "Vad skapar medlemsvärde?", "Vad behöver medlemmarna?",
            "Är medlemmarna nöjda?", "Medlemmarnas åtaganden och aktivitet", "Jämfört med förra året", "Vad säger enkäten?", "Om undersökningen"]  # fmt: skip


@pytest.fixture(scope="module")
def laid_out(builds, tmp_path_factory):
    """The text and the boxes of both documents' pages, from one run of LibreOffice; they are the same in both builds."""
    folder, build = tmp_path_factory.mktemp("office"), builds["public"]
    sources = [str(build.folder / name) for name in ("report.docx", "slides.pptx")]
    subprocess.run([OFFICE, f"-env:UserInstallation={(folder / 'profil').as_uri()}", "--headless", "--convert-to", "pdf", "--outdir", str(folder), *sources],
                   check=True, capture_output=True, timeout=180)  # fmt: skip
    read = {}
    for name in ("report", "slides"):
        text, boxes = (
            subprocess.run(
                ["pdftotext", how, str(folder / f"{name}.pdf"), "-"], check=True, capture_output=True, text=True
            ).stdout
            for how in ("-layout", "-bbox")
        )
        read[name] = (text.split("\f")[:-1], boxes)
    return read


def outside(boxes: str, margin: float) -> list[str]:
    """Words that leave the page's printable part, `margin` points from its edges."""
    found = []
    for page in boxes.split("<page ")[1:]:
        width, height = (float(size) for size in re.match(r'width="([\d.]+)" height="([\d.]+)"', page).groups())
        for left, top, right, bottom, word in re.findall(
            r'xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)<', page
        ):
            if (
                float(left) < margin
                or float(top) < margin / 2
                or float(right) > width - margin
                or float(bottom) > height - margin / 2
            ):
                found.append(word)
    return found


@needs_office
def test_the_boards_paper_is_ten_pages_and_page_one_answers_what_a_board_asks(laid_out, builds):
    """Which goals are met and by whom decided, what is new, how far to trust it, what to decide: without turning the page."""
    pages, boxes = laid_out["report"]
    assert len(pages) <= MOST_PAGES
    first = re.sub(r"\s+", " ", pages[0])
    for words in (
        "ett uppnått, ett genom beslut och tre inte",
        "Beräknat: inte",
        "Beslutat av styrelsen",
        "Fler än 2025: aktiva medlemmar",
        "45 av 49 kommuner",
        "Högsta värdet",
        "läs nivåerna med försiktighet",
        "Styrelsen föreslås besluta",
        "förslag till på sidan 2",
    ):
        assert words in first, words
    for number, page in enumerate(pages, 1):
        assert len(page.split()) > 30, number
        assert f"Sida {number} av {len(pages)}" in page
        assert "Exempeldata" in page
        assert "sprids inte" not in page
    assert outside(boxes, 40) == []
    told = [
        p.text.split("\t")
        for p in Document(builds["public"].folder / "report.docx").paragraphs
        if p.style.name == "toc 1"
    ]
    assert [words for words, page in told if words not in pages[int(page) - 1]] == []


@needs_office
def test_twelve_slides_each_with_words_and_nothing_outside(laid_out):
    """As many pages as slides; no word leaves the slide."""
    pages, boxes = laid_out["slides"]
    assert len(pages) == 12
    assert all(len(page.split()) > 12 for page in pages)
    assert outside(boxes, 4) == []


def test_the_word_file_has_its_headings_texts_and_language(build):
    """Chapters in the outline's order, every picture described, Swedish."""
    document = Document(str(build.folder / "report.docx"))
    assert [p.text for p in document.paragraphs if p.style.name == "Heading 1"] == CHAPTERS
    described = [inline.docPr.get("descr") for inline in document.element.body.iter(qn("wp:inline"))]
    assert len(described) > 8
    assert all(len(text) > 12 for text in described)  # a bar without last year says "Stapel: 1 av 2"
    assert {lang.get(qn("w:val")) for lang in document.styles.element.iter(qn("w:lang"))} == {"sv-SE"}
    assert all(
        table._tbl.tr_lst[0].find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for table in document.tables
    )


def test_no_member_is_named_on_paper(build):
    """Lists of members and their words stay on the internal page on screen."""
    names = {
        row[0] for name in ("answer_map", "exit_signals") for row in build.exhibits.get(name, {"rows": []})["rows"]
    }
    with ZipFile(build.folder / "report.docx") as package:
        text = package.read("word/document.xml").decode()
    assert [name for name in names if f">{name}<" in text] == []
    assert (len(names) > 50) == (build.name == "internal")


def test_the_slides_have_headlines_charts_texts_notes_and_language(build):
    """Twelve: a headline each, no two alike, notes with the numbers, five native charts or more, something to see on each, each described, Swedish."""
    slides = list(Presentation(str(build.folder / "slides.pptx")).slides)
    titles = [slide.shapes.title.text for slide in slides]
    assert len(set(titles)) == len(slides) == 12
    charts = [shape for slide in slides for shape in slide.shapes if shape.has_chart]
    assert len(charts) >= 5
    seen = [any(s.has_chart or s.shape_type in (1, 9, 13) for s in slide.shapes) for slide in slides[1:-1]]
    assert all(seen)
    described = [
        s._element._nvXxPr.cNvPr.get("descr", "")
        for slide in slides
        for s in slide.shapes
        if s.has_chart or s.has_table or s.shape_type == 13
    ]
    assert all(len(text) > 30 for text in described)
    assert all(any(char.isdigit() for char in slide.notes_slide.notes_text_frame.text) for slide in slides[1:])
    with ZipFile(build.folder / "slides.pptx") as package:
        languages = {
            lang
            for name in package.namelist()
            if name.startswith("ppt/slides/slide")
            for lang in re.findall(r'lang="([\w-]+)"', package.read(name).decode())
        }
    assert languages == {"sv-SE"}
