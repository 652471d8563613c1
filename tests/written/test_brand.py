"""brand.toml: read strictly, every fault told in Swedish."""

from __future__ import annotations

import pytest
from docx import Document
from PIL import Image

from sekom_survey.written.brand import Brand, read_brand


def read(folder, text):
    (folder / "brand.toml").write_text(text, encoding="utf-8")
    return read_brand(folder, "2026")


def codes(problems):
    return [(problem.code, problem.where.partition(", ")[2] or problem.where) for problem in problems]


def test_no_file_is_no_brand_and_no_problem(tmp_path):
    assert read_brand(tmp_path) == (None, [])


def test_everything_is_optional(tmp_path):
    """An empty file gives our own look."""
    assert read(tmp_path, "") == (Brand(), [])


def test_name_colours_logo_and_template_are_read(tmp_path):
    """Files are found in the year's folder."""
    Image.new("RGB", (40, 20), "#005A32").save(tmp_path / "logo.png")
    Document().save(str(tmp_path / "mall.docx"))
    brand, problems = read(
        tmp_path, 'name = "Föreningen"\nlogo = "logo.png"\nword_template = "mall.docx"\n[colours]\naccent = "#005A32"\n'
    )
    assert problems == []
    assert (brand.name, brand.accent) == ("Föreningen", "#005A32")
    assert (brand.logo, brand.word_template) == ((tmp_path / "logo.png").resolve(), (tmp_path / "mall.docx").resolve())


@pytest.mark.parametrize(("text", "expected"), [
    ('nam = "x"', ("unknown_key", "nam")),
    ("name = 3", ("wrong_type", "name")),
    ('[colours]\naccent = "grön"', ("brand_colour", "accent")),
    ('[colours]\naccent = "#FFEE00"', ("brand_contrast", "accent")),
    ('[colours]\nbackground = "#000000"', ("unknown_key", "background")),
    ('logo = "saknas.png"', ("brand_file", "logo")),
    ('logo = "../utanför.png"', ("brand_file", "logo")),
    ('logo = "/etc/passwd"', ("brand_file", "logo")),
    ('logo = "trasig.png"', ("brand_file", "logo")),
    ('word_template = "trasig.docx"', ("brand_file", "word_template")),
    ('slides_template = "trasig.docx"', ("brand_file", "slides_template")),
    ("name = = 1", ("toml_syntax", "rad 1")),
])  # fmt: skip
def test_each_fault_is_named_with_its_key(tmp_path, text, expected):
    """And no brand is given, so that a half-read look is never used."""
    for name in ("trasig.png", "trasig.docx"):
        (tmp_path / name).write_bytes(b"inte en bild")
    brand, problems = read(tmp_path, text)
    assert brand is None
    assert [(code, where.rpartition(".")[2]) for code, where in codes(problems)] == [expected]
    assert all(problem.file == "2026/brand.toml" and problem.todo for problem in problems)


def test_contrast_is_told_in_swedish_numbers(tmp_path):
    """WCAG's 4.5:1, written 4,5:1."""
    _, problems = read(tmp_path, '[colours]\nink = "#999999"')
    assert "2,8:1" in problems[0].found
    assert "4,5:1" in problems[0].todo
