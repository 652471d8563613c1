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
ANNEX = "Bilaga A. Om undersökningen (kvalitetsdeklaration)"
MOST_PAGES = {"internal": 11, "public": 10}  # before the annexes
CHAPTERS = ["Enkäten på en sida", "Hur står det till med de sex målen?", "Vilka svarade?", "Vad skapar medlemsvärde?", "Vad behöver medlemmarna?",
            "Är medlemmarna nöjda?", "Utmaningar och styrkor", "Medlemmarnas åtaganden och aktivitet", "Påståendena i verksamhetsplanen", ANNEX,
            "Bilaga B. Frågeformulär", "Bilaga C. Tabeller", "Bilaga D. Vad säger enkäten?", "Bilaga E. Så görs rapporten om"]  # fmt: skip


OF_UNREVIEWED = "Utmaningar och styrkor"  # a public build has no themes that nobody has approved


@pytest.fixture(scope="module")
def laid_out(build, tmp_path_factory):
    """The text and the boxes of both documents' pages, from one run of LibreOffice."""
    folder = tmp_path_factory.mktemp("office")
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
def test_the_boards_part_is_some_ten_pages_and_no_page_is_empty(build, laid_out):
    """Page one holds messages, goals, decisions and facts; annexes begin after the tenth page or so; stamps and numbers on every page."""
    pages, boxes = laid_out["report"]
    first = next(i for i, page in enumerate(pages) if ANNEX in page and "Innehåll" not in page)
    assert 8 <= first <= MOST_PAGES[build.name]
    assert len(pages) <= 48
    for words in (
        "Enkäten på en sida",
        "31 av 50",
        "Nätverkstillväxt",
        "Påverkan",
        "Att besluta om",
        "objektsbortfall",
    ):
        assert words in pages[0]
    for number, page in enumerate(pages, 1):
        assert len(page.split()) > 30, number
        assert f"Sida {number} av {len(pages)}" in page
        assert "Exempeldata" in page
        assert ("sprids inte" in page) == (build.name == "internal")
    assert outside(boxes, 50) == []


@needs_office
def test_no_number_of_a_table_is_broken_over_two_lines(build, laid_out):
    """Those with a space at the thousands, which have no place to break but between two digits."""
    cells = {
        cell.text for table in Document(build.folder / "report.docx").tables for row in table.rows for cell in row.cells
    }
    numbers = {cell.replace("\u00a0", " ") for cell in cells if re.fullmatch(r"\d{1,3}(\u00a0\d{3})+", cell)}
    read = re.sub(r"[\u00a0 ]+", " ", "\n".join(laid_out["report"][0]))
    assert len(numbers) > 3 or build.name == "public"
    assert [number for number in sorted(numbers) if not re.search(rf"(?<!\d){number}(?!\d)", read)] == []


@needs_office
def test_twelve_slides_each_with_words_and_nothing_outside(laid_out):
    """As many pages as slides; no word leaves the slide."""
    pages, boxes = laid_out["slides"]
    assert len(pages) == 12
    assert all(len(page.split()) > 12 for page in pages)
    assert outside(boxes, 4) == []


def test_the_word_file_has_its_headings_texts_and_language(build):
    """Chapters in the outline's order, no level skipped downwards by more than the exhibits' own, every picture described, Swedish."""
    document = Document(str(build.folder / "report.docx"))
    chapters = [name for name in CHAPTERS if name != OF_UNREVIEWED or build.name == "internal"]
    assert [p.text for p in document.paragraphs if p.style.name == "Heading 1"] == chapters
    described = [inline.docPr.get("descr") for inline in document.element.body.iter(qn("wp:inline"))]
    assert len(described) > 8
    assert all(len(text) > 30 for text in described)
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
    """Twelve: a headline each, no two alike, notes with the numbers, five native charts or more, each described, Swedish."""
    slides = list(Presentation(str(build.folder / "slides.pptx")).slides)
    titles = [slide.shapes.title.text for slide in slides]
    assert len(set(titles)) == len(slides) == 12
    charts = [shape for slide in slides for shape in slide.shapes if shape.has_chart]
    assert len(charts) >= 5
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
