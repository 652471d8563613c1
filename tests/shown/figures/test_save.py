"""The files: safe inside a page, equal for equal exhibits, whatever a notebook has set."""

import io
import re
import struct
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import matplotlib
import numpy as np
import pytest
from matplotlib.figure import Figure
from PIL import Image

from sekom_survey.shown import figures
from sekom_survey.shown.figures import FIGURES, draw, file_content, save
from tests.shown.figures.drawn import write
from tests.shown.figures.samples import ALL, ORDINARY_BARS, exhibit, strained_bars

ROOT = Path(__file__).parents[3]
SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = exhibit("bars", strained_bars(), "hostile", title="</title><script>alert(1)</script> & \"'")


def saved(sample, folder, suffix=".svg"):
    save(sample, folder)
    return (folder / f"{sample.id}{suffix}").read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", [kind for kind, drawing in FIGURES.items() if drawing])
def test_every_kind_writes_three_files(kind, tmp_path):
    """A wide and a narrow SVG and a PNG, by the exhibit's id; every kind has a sample."""
    sample = next(sample for sample in ALL.values() if sample.kind == kind)
    names = save(sample, tmp_path)
    assert names == (f"{sample.id}.svg", f"{sample.id}-narrow.svg", f"{sample.id}.png")
    assert sorted(names) == sorted(path.name for path in tmp_path.iterdir())


def test_a_table_has_no_figure(tmp_path):
    """Nothing is drawn and nothing written."""
    table = exhibit("table", ORDINARY_BARS)
    assert draw(table) is None
    assert save(table, tmp_path) == ()
    assert not list(tmp_path.iterdir())


def test_an_unknown_kind_is_named():
    """A programmer's slip is told with the kinds there are."""
    with pytest.raises(ValueError, match=r"'bar'.*bars, bullet, distribution"):
        draw(exhibit("bar", ORDINARY_BARS))


def test_no_rows_give_a_sentence(tmp_path):
    """Not an empty frame and not a crash."""
    assert "Det finns inga svar att visa." in saved(exhibit("dots", ORDINARY_BARS.head(0)), tmp_path)


def test_draw_gives_a_figure_outside_pyplot():
    """A matplotlib Figure, narrow for a phone, that no global state knows of."""
    wide, narrow = draw(ALL["bars"]), draw(ALL["bars"], narrow=True)
    assert isinstance(wide, Figure)
    assert wide.get_figwidth() > 2 * narrow.get_figwidth()
    assert "matplotlib.pyplot" not in sys.modules


def test_the_png_has_200_dots_an_inch_and_fits_a_page(tmp_path):
    """16 cm wide where it is put in a document."""
    save(ALL["bars"], tmp_path)
    content = (tmp_path / "bars.png").read_bytes()
    width = struct.unpack(">I", content[16:20])[0]
    assert 15 < width / 200 * 2.54 < 16.5
    assert b"Software" not in content


@pytest.mark.parametrize("kind", ["bars", "stacked", "flow"])
def test_the_png_keeps_the_colours_of_its_areas(kind, monkeypatch):
    """The palette has paper, ink and areas exactly, and the edges between them so near that no eye can tell."""
    kept = pixels(ALL[kind])
    monkeypatch.setattr(figures, "_with_palette", lambda picture: picture)
    meant = pixels(ALL[kind])
    colours, counts = np.unique(meant.reshape(-1, 3), axis=0, return_counts=True)
    for colour in colours[np.argsort(counts)[-4:]]:
        area = (meant == colour).all(axis=2)
        assert (kept[area] == colour).all()
    assert np.abs(kept - meant).max() <= 16


def pixels(sample):
    content = file_content(sample, f"{sample.id}.png")
    return np.asarray(Image.open(io.BytesIO(content)).convert("RGB")).astype(int)


def test_text_is_text_and_is_escaped(tmp_path):
    """Answers that look like markup or formulas are shown as they are, and no element comes of them."""
    svg = saved(HOSTILE, tmp_path)
    root = ElementTree.fromstring(svg)
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= {
        "svg",
        "g",
        "defs",
        "path",
        "use",
        "text",
        "title",
        "desc",
    }
    texts = [element.text for element in root.iter(f"{SVG}text")]
    assert "<script>alert('&')</script>" in texts
    assert "kostar $5_000$ & $x^2$" in texts
    assert root.find(f"{SVG}title").text == HOSTILE.title


def test_an_svg_can_stand_inside_a_page(tmp_path):
    """No prolog, metadata, style sheet or size of its own; it scales, and says what it shows."""
    svg = saved(ALL["map"], tmp_path)
    root = ElementTree.fromstring(svg)
    assert svg.startswith("<svg ")
    assert not re.search(r"<\?xml|<!DOCTYPE|<metadata|<style|<!--|xlink|https?://(?!www\.w3\.org/2000/svg\")", svg)
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "map-title map-desc"
    assert root.find(f"{SVG}desc").text == "Alternativ text."
    assert root.get("width") == "100%"
    assert root.get("height") is None
    assert root.get("viewBox").startswith("0 0 720 ")
    assert "'Source Sans Pro'" in root.get("font-family")


@pytest.mark.parametrize("name", ["map", "dots", "matrix"])
def test_ids_do_not_clash_and_every_reference_is_answered(name, tmp_path):
    """Ids begin with the file's name, wide and narrow apart, and what is pointed at is there."""
    seen = set()
    for suffix in ("", "-narrow"):
        svg = saved(ALL[name], tmp_path, f"{suffix}.svg")
        ids = re.findall(r'\bid="([^"]+)"', svg)
        assert len(ids) == len(set(ids))
        assert all(found.startswith(f"{name}{suffix}-") for found in ids)
        assert set(re.findall(r'href="#([^"]+)"', svg)) | set(re.findall(r"url\(#([^)]+)\)", svg)) <= set(ids)
        assert not seen & set(ids)
        seen |= set(ids)


def test_settings_of_a_notebook_neither_leak_in_nor_out(tmp_path):
    """A sketchy, large and blue style elsewhere changes no byte, and is left as it was."""
    (tmp_path / "plain").mkdir()
    (tmp_path / "styled").mkdir()
    save(ALL["stacked"], tmp_path / "plain")
    loud = {
        "path.sketch": (3, 100, 2),
        "font.size": 30,
        "text.color": "blue",
        "svg.fonttype": "path",
        "savefig.dpi": 50,
        "lines.antialiased": False,
    }
    with matplotlib.rc_context(loud):
        save(ALL["stacked"], tmp_path / "styled")
        assert matplotlib.rcParams["font.size"] == 30
    for path in (tmp_path / "plain").iterdir():
        assert path.read_bytes() == (tmp_path / "styled" / path.name).read_bytes(), path.name


def test_equal_exhibits_give_equal_bytes_in_another_process(tmp_path):
    """Whatever the seed of the hashes, the time zone and the folder; fonts for the page as well."""
    (here := tmp_path / "here").mkdir()
    (there := tmp_path / "there").mkdir()
    code = f"from tests.shown.figures.drawn import write; write({str(there)!r})"
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, env={"PYTHONHASHSEED": "77", "TZ": "UTC+7"})
    write(here)
    assert len(list(here.iterdir())) == 10
    for path in here.iterdir():
        assert path.read_bytes() == (there / path.name).read_bytes(), path.name


def test_invented_data_is_stamped_on_the_drawing_itself(tmp_path):
    """Exempeldata stands in the SVGs as well as in the PNG's note, below all marks; other data carries no stamp."""
    sample = replace(exhibit("bars", ORDINARY_BARS, "stamped"), note="Källa: X. Exempeldata, påhittade svar.")
    plain_one = replace(exhibit("bars", ORDINARY_BARS, "plain"), note="Källa: X.")
    for suffix in (".svg", "-narrow.svg"):
        root = ElementTree.fromstring(saved(sample, tmp_path, suffix))
        lines = [text for text in root.iter(f"{SVG}text") if text.text == "Exempeldata"]
        assert len(lines) == 1
        assert float(lines[0].attrib["y"]) < float(root.attrib["viewBox"].split()[3])
        assert "Exempeldata" not in saved(plain_one, tmp_path, suffix)
