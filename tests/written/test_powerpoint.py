"""slides.pptx as its readers open it: a message a slide, charts that can be edited, nothing outside its box."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
from PIL import Image
from pptx import Presentation
from pptx.enum.chart import XL_CHART_TYPE
from pptx.oxml.ns import qn

from sekom_survey.model import Brief, Section
from sekom_survey.written.brand import Brand
from sekom_survey.written.motions import elsewhere
from sekom_survey.written.office.text import line_count
from sekom_survey.written.powerpoint.dots import _beside
from sekom_survey.written.powerpoint.write import write_slides
from tests.written.documents import DOT_DECIMAL, ENGLISH, GOALS, HOSTILE, bars, drawn, hostile, realistic, visible_text

OFFICE = shutil.which("libreoffice") or shutil.which("soffice")
HEADLINES = [
    "SEKOM-enkäten 2026",
    "Av sex mål är ett uppnått och fem inte",
    "Tre besked, det säkraste först",
    "Kollegerna i andra kommuner är det som ger mest värde",
    "Små kommuner behöver stöd i vardagen oftare än stora",
    "Resurser är den vanligaste utmaningen",
    "Natur och biologisk mångfald är den vanligaste styrkan",
    "Medlemmarna är nöjda: medelvärde 7,5 (7,2–7,8)",
    "50 av 80 kommuner svarade, 62,5\u00a0%",
    "Två förslag till beslut",
]


@pytest.fixture(scope="module")
def figures():
    return Path(drawn().name)


@pytest.fixture(scope="module")
def report(figures):
    return realistic(figures)


@pytest.fixture(scope="module")
def path(report, figures, tmp_path_factory):
    made = tmp_path_factory.mktemp("bilder") / "slides.pptx"
    write_slides(report, figures, made)
    return made


@pytest.fixture(scope="module")
def slides(path):
    return list(Presentation(str(path)).slides)


def charts(slides):
    return {slide.shapes.title.text: shape.chart for slide in slides for shape in slide.shapes if shape.has_chart}


def test_the_slides_stand_in_order_each_with_its_conclusion(slides, path):
    """16:9, in the order a meeting needs, the headline a sentence."""
    assert [slide.shapes.title.text for slide in slides] == HEADLINES
    presentation = Presentation(str(path))
    assert presentation.slide_width * 9 == presentation.slide_height * 16


def test_charts_can_be_edited_and_hold_the_exhibits_numbers(slides):
    """One native chart a slide, its values those of the data."""
    found = charts(slides)
    assert [chart.chart_type for chart in found.values()] == [
        XL_CHART_TYPE.BAR_CLUSTERED, XL_CHART_TYPE.XY_SCATTER, XL_CHART_TYPE.BAR_CLUSTERED, XL_CHART_TYPE.BAR_CLUSTERED,
        XL_CHART_TYPE.COLUMN_CLUSTERED, XL_CHART_TYPE.BAR_CLUSTERED]  # fmt: skip
    plot = found[HEADLINES[3]].plots[0]
    data = bars()
    assert list(plot.categories) == list(data["label"])
    assert list(plot.series[1].values) == pytest.approx(list(data["share"]))
    labels = [plot.series[0].points[i].data_label.text_frame.text for i in range(6)]
    assert [label.replace("\u00a0", " ").strip() for label in labels][:2] == ["34 av 50 · 68 %", "27 av 50 · 54 %"]


def test_the_workbook_in_a_chart_is_swedish_and_matches_its_references(slides):
    """Each reference of the chart leads to the cells that hold what it shows."""
    for chart in charts(slides).values():
        book = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob))
        assert book.sheetnames == ["Data"]
        for cache in chart._chartSpace.iter(qn("c:numCache"), qn("c:strCache")):
            first, last = re.fullmatch(r"Data!\$([A-Z]\$\d+)(?::\$([A-Z]\$\d+))?", cache.getprevious().text).groups()
            area = f"{first}:{last or first}".replace("$", "")
            cells = [cell.value for row in book["Data"][area] for cell in row]
            shown = {int(p.get("idx")): p.find(qn("c:v")).text for p in cache.findall(qn("c:pt"))}
            for place, text in shown.items():
                expected = float(text) if cache.tag == qn("c:numCache") else text
                assert cells[place] == (pytest.approx(expected) if isinstance(expected, float) else expected)


def test_intervals_are_drawn_from_the_workbook(slides):
    """Whiskers on bars reach from low to high; groups have lines from low to high, none where numbers are hidden."""
    found = charts(slides)
    minus, plus = (
        found[HEADLINES[3]]._chartSpace.find(f".//{qn(f'c:{side}')}//{qn('c:numCache')}") for side in ("minus", "plus")
    )
    assert [float(p.find(qn("c:v")).text) for p in minus.findall(qn("c:pt"))] == pytest.approx([0.05] * 6)
    assert [float(p.find(qn("c:v")).text) for p in plus.findall(qn("c:pt"))] == pytest.approx([0.09] * 6)
    dots = {series.name: list(series.iter_values()) for series in found[HEADLINES[4]].plots[0].series}
    assert list(dots)[3:6] == ["Små, 23 av 38", "Medelstora, 18 av 26", "Stora, 9 av 16"]
    assert [len(dots[name]) for name in list(dots)[3:6]] == [4, 4, 3]


def test_every_picture_chart_and_table_is_described(slides):
    """An alternative text for each; what only guides the eye has none."""
    for slide in slides:
        for shape in slide.shapes:
            described = shape._element._nvXxPr.cNvPr.get("descr", "")
            if shape.has_chart or shape.has_table or shape.shape_type == 13:
                assert described, shape.name


def test_every_slide_but_the_motions_has_something_to_see(slides):
    """A chart, a drawing or a table; the goals have a bar each, drawn with shapes that can be edited."""
    for slide in slides[1:-1]:
        assert any(shape.has_chart or shape.shape_type in (1, 9, 13) for shape in slide.shapes), slide.shapes.title.text
    described = [shape._element._nvXxPr.cNvPr.get("descr", "") for shape in slides[1].shapes]
    assert [text for text in described if text] == [f"Stapel: {line.outcome}, {line.before}" for line in GOALS]
    texts = [shape.text_frame.text for shape in slides[1].shapes if shape.has_text_frame]
    assert all(any(line.name in text for text in texts) for line in GOALS)


def test_notes_hold_the_numbers(slides):
    """What the speaker needs: text alternative, each row, the whole source note."""
    notes = slides[3].notes_slide.notes_text_frame.text
    assert "Svar: Erfarenhetsutbyte och kollegial kontakt; Antal: 34 av 50; Andel: 68\u00a0%" in notes
    assert "Källa: SEKOM-enkäten 2026. Bas: 50 av 80 kommuner." in notes
    assert all(slide.has_notes_slide for slide in slides[1:])


def test_text_is_never_small_and_always_swedish(path):
    """At least 18 points everywhere, language sv-SE on every run, no English word, no decimal point."""
    with ZipFile(path) as package:
        for name in package.namelist():
            if name.startswith(("ppt/slides/slide", "ppt/charts/chart")):
                xml = package.read(name).decode()
                assert all(int(size) >= 1800 for size in re.findall(r'\bsz="(\d+)"', xml)), name
            if name.startswith("ppt/") and name.endswith(".xml"):
                assert set(re.findall(r'\blang="([^"]+)"', package.read(name).decode())) <= {"sv-SE"}, name
    for text in visible_text(path):
        assert not ENGLISH.search(text), text
        assert not DOT_DECIMAL.search(text), text


def test_every_slide_says_that_the_data_are_examples(slides, report, figures, tmp_path):
    """In the footer, read last; the internal build is marked as well."""
    for slide in slides:
        assert any("Exempeldata" in shape.text_frame.text for shape in slide.placeholders)
    write_slides(replace(report, synthetic=False, build="internal"), figures, tmp_path / "i.pptx")
    for slide in Presentation(str(tmp_path / "i.pptx")).slides:
        assert any(shape.text_frame.text == "Internt arbetsmaterial – sprids inte" for shape in slide.placeholders)


def test_text_fits_its_box(slides, path):
    """Measured: the lines that each box needs are no higher than the box, and no box leaves the slide."""
    presentation = Presentation(str(path))
    for slide in slides:
        for shape in slide.shapes:
            assert shape.left >= 0 and shape.top >= 0, shape.name
            assert shape.left + shape.width <= presentation.slide_width
            assert shape.top + shape.height <= presentation.slide_height
            if shape.has_text_frame and not shape.is_placeholder:
                lines = [
                    (line_count(p.text, shape.width / 12_700, max(r.font.size.pt for r in p.runs)), p)
                    for p in shape.text_frame.paragraphs
                    if p.runs
                ]
                needed = sum(count * max(r.font.size.pt for r in p.runs) * 1.2 for count, p in lines)
                assert needed <= shape.height / 12_700 + 1, shape.text_frame.text


def test_a_part_that_does_not_exist_leaves_no_slide(report, figures, tmp_path):
    """Without goals, decisions, messages and facts, and with one section."""
    bare = replace(report, brief=Brief("Slutsats"), facts=(), sections=report.sections[1:2])
    write_slides(bare, figures, tmp_path / "b.pptx")
    assert [slide.shapes.title.text for slide in Presentation(str(tmp_path / "b.pptx")).slides] == [
        HEADLINES[0],
        HEADLINES[3],
        HEADLINES[4],
    ]


def test_what_has_no_room_is_counted_and_stands_in_the_notes(report, figures, tmp_path):
    """Many goals and many motions take one slide each; how many are left is said, and the speaker has them all."""
    many = replace(report, brief=replace(report.brief, goals=GOALS * 3, motions=report.brief.motions * 9))
    write_slides(many, figures, tmp_path / "m.pptx")
    made = list(Presentation(str(tmp_path / "m.pptx")).slides)
    texts = [shape.text_frame.text for slide in (made[1], made[-1]) for shape in slide.shapes if shape.has_text_frame]
    shown = next(len(s.text_frame.paragraphs) for s in made[-1].shapes if list(s._element.iter(qn("a:buAutoNum"))))
    assert any(re.fullmatch(r"\d+ mål till står i rapporten\.", text) for text in texts)
    assert any(text == elsewhere(shown, many.brief.motions) for text in texts)
    assert len(made[-1].notes_slide.notes_text_frame.text.split("\n")) == 18
    assert len(made) <= 12


def test_without_data_the_picture_is_shown(report, tmp_path):
    """Cropped to its marks, described, inside the slide."""
    (tmp_path / "tom").mkdir()
    write_slides(report, tmp_path / "tom", tmp_path / "p.pptx")
    slide = Presentation(str(tmp_path / "p.pptx")).slides[3]
    picture = next(shape for shape in slide.shapes if shape.shape_type == 13)
    assert picture.crop_top > 0.05
    assert (
        picture._element._nvXxPr.cNvPr.get("descr") == "Diagram: Kollegerna i andra kommuner är det som ger mest värde."
    )


def test_hidden_and_broken_numbers_do_not_stop_the_slides(report, figures, tmp_path):
    """Suppressed cells say so; a data file that is no table gives the picture."""
    (tmp_path / "top_value.csv").write_text(
        "label,share,low,high,count,base,highlight\nJa,,,,,,False\nNej,0.5,0.4,0.6,25,50,True\n", encoding="utf-8"
    )
    (tmp_path / "need_size.csv").write_bytes(b"\xff\xfe\x00")
    write_slides(report, tmp_path, tmp_path / "h.pptx")
    texts = visible_text(tmp_path / "h.pptx")
    assert any(text.replace("\u00a0", " ").strip() == "visas inte" for text in texts)


def test_hostile_text_is_shown_as_text(report, figures, tmp_path):
    """Markup and control characters do no harm, endless words are broken, headlines are cut to two lines."""
    write_slides(hostile(report), figures, tmp_path / "h.pptx")
    made = Presentation(str(tmp_path / "h.pptx"))
    assert made.slides[0].shapes.title.text == HOSTILE[0]
    assert not any(char in text for text in visible_text(tmp_path / "h.pptx") for char in "\x00\x07\x1b\u202e")
    assert all(line_count(slide.shapes.title.text, 864, 18, True) <= 2 for slide in made.slides)


def test_internal_exhibits_and_metadata_stay_out(report, figures, path, tmp_path):
    """Of a public build, also when the exhibit would suit a slide; no author, program, thumbnail or printer."""
    secret = replace(report.sections[1].blocks[1], internal=True)
    for build, expected in (("public", 0), ("internal", 1)):
        write_slides(
            replace(report, build=build, sections=(Section("a", "A", (secret,)),)), figures, tmp_path / "s.pptx"
        )
        assert len(charts(Presentation(str(tmp_path / "s.pptx")).slides)) == expected
    properties = Presentation(str(path)).core_properties
    assert properties.author == properties.last_modified_by == properties.comments == ""
    with ZipFile(path) as package:
        assert not [
            n for n in package.namelist() if any(word in n for word in ("thumbnail", "app.xml", "printer", "comment"))
        ]


def test_the_associations_template_and_logo_set_the_look(report, figures, tmp_path):
    """4:3 here: its layouts and size stay, its slides go, the stamps are there though it has no room for them."""
    template = Presentation()
    template.slides.add_slide(template.slide_layouts[0]).shapes.title.text = "Mallens egen bild"
    template.save(str(tmp_path / "mall.pptx"))
    with ZipFile(tmp_path / "mall.pptx") as source, ZipFile(tmp_path / "mall.potx", "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name).replace(b"presentation.main+xml", b"template.main+xml"))
    Image.new("RGB", (300, 80), "#005A32").save(tmp_path / "logo.png")
    write_slides(
        report,
        figures,
        tmp_path / "t.pptx",
        Brand("Föreningen", accent="#005A32", logo=tmp_path / "logo.png", slides_template=tmp_path / "mall.potx"),
    )
    made = Presentation(str(tmp_path / "t.pptx"))
    assert made.slide_width == 9_144_000
    assert "Mallens egen bild" not in visible_text(tmp_path / "t.pptx")
    assert (
        next(s for s in made.slides[0].shapes if s.shape_type == 13)._element._nvXxPr.cNvPr.get("descr")
        == "Logotyp: Föreningen"
    )
    assert b"005A32" in next(c for c in charts(made.slides).values()).part.blob
    for slide in made.slides:
        assert any("Exempeldata" in shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
        assert all(shape.top + shape.height <= made.slide_height for shape in slide.shapes)


@pytest.mark.skipif(not (OFFICE and shutil.which("pdftotext")), reason="LibreOffice or pdftotext is not installed")
def test_libreoffice_shows_the_slides_where_no_words_meet(path, tmp_path):
    """No empty slide, no word outside the slide, no word over another."""
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
    text = subprocess.run(
        ["pdftotext", "-bbox", str(tmp_path / "slides.pdf"), "-"], check=True, capture_output=True, text=True
    ).stdout
    pages = text.split("<page ")[1:]
    assert len(pages) == len(HEADLINES)
    for page in pages:
        boxes = [
            tuple(map(float, found))
            for found in re.findall(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">\S', page)
        ]
        assert len(boxes) > 15
        assert all(x0 >= 0 and x1 <= 960 and y0 >= 0 and y1 <= 540 for x0, y0, x1, y1 in boxes)
        for one, other in combinations(boxes, 2):
            wide = min(one[2], other[2]) - max(one[0], other[0])
            high = min(one[3], other[3]) - max(one[1], other[1])
            lowest = min(one[3] - one[1], other[3] - other[1])
            assert wide < 1 or high < 0.35 * lowest, (one, other)


def test_a_row_of_groups_of_which_none_is_shown_says_so():
    """Beside the others' verdicts, where a reader looks for its marks."""
    hidden = {"label": "Nätverk", "segment": "Små", "share": "", "low": "", "high": "", "verdict": ""}
    shown = hidden | {"share": "0.7", "low": "0.6", "high": "0.8", "verdict": "säker skillnad"}
    assert _beside([hidden, hidden]) == "visas inte"
    assert _beside([hidden, shown | {"verdict": ""}]) == ""
    assert _beside([shown]) == "säker skillnad"
