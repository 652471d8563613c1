"""The typeface travels with the page, small and the same every time."""

import base64
import io
import re

import pytest
from fontTools.ttLib import TTFont

from sekom_survey.shown.figures import fonts, save, wrap
from tests.shown.figures.samples import ALL

FACE = re.compile(r"font-weight:(\d+).*?base64,([^)]+)\)")


def faces():
    return {int(weight): base64.b64decode(data) for weight, data in FACE.findall(fonts.embedded_css())}


def test_three_weights_are_embedded_and_small():
    """Regular, semibold and bold, each under 80 kB as it stands in the page."""
    assert set(faces()) == {400, 600, 700}
    assert all(len(line) < 80_000 for line in fonts.embedded_css().splitlines())


def test_the_subset_holds_what_swedish_reports_write():
    """å, ä, ö, en dash, minus, curly quotes, fixed space, and other Latin names."""
    for data in faces().values():
        assert set("åäöÅÄÖéüøłş–−”…\u00a0·%≥→") <= {chr(code) for code in TTFont(io.BytesIO(data)).getBestCmap()}


def test_text_width_counts_for_size_and_weight():
    """Twice the size is twice as wide, and bold is wider."""
    assert fonts.text_width("Ekokommun", 20) == pytest.approx(2 * fonts.text_width("Ekokommun", 10))
    assert fonts.text_width("Ekokommun", 10, 700) > fonts.text_width("Ekokommun", 10)


def test_the_typeface_is_cut_once_and_the_same_wherever_it_is_kept(monkeypatch, tmp_path):
    """Kept, not yet kept, in a file that is not text, and where nothing can be kept: the same letters."""
    embedded, cut, regular = fonts.embedded_css.__wrapped__, [], fonts.font_files()[400]
    monkeypatch.setattr(fonts, "font_files", lambda: {400: regular})
    monkeypatch.setattr(fonts, "_latin_woff", lambda path, woff=fonts._latin_woff: cut.append(path) or woff(path))
    kept = tmp_path / "a" / "typeface.css"
    monkeypatch.setattr(fonts, "_kept_css", lambda: kept)
    told = embedded()
    kept.parent.mkdir()
    assert (embedded(), embedded(), len(cut)) == (told, told, 2)
    kept.write_bytes(b"\xff\xfe")
    assert (embedded(), len(cut)) == (told, 3)


def test_without_the_font_package_another_font_is_used(monkeypatch, tmp_path):
    """Figures are drawn all the same, and the page gets no @font-face."""
    monkeypatch.setattr(fonts, "font_files", dict)
    caches = (fonts.families, fonts._advances, fonts.embedded_css, wrap._wrapped)
    for cached in caches:
        cached.cache_clear()
    try:
        assert fonts.families() == ("DejaVu Sans",)
        assert fonts.embedded_css() == ""
        assert len(save(ALL["bars"], tmp_path)) == 3
    finally:
        for cached in caches:
            cached.cache_clear()
