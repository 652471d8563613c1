"""Figures inside a page."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from sekom_survey.written.page.figure import inline_svg

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '


def drawn(tmp_path: Path, body: str, root: str = 'width="200pt" height="100pt">') -> ET.Element:
    path = tmp_path / "figur.svg"
    path.write_text(HEAD + root + body + "</svg>", encoding="utf-8")
    markup = inline_svg(path, "f1", 'Andel "ja": <68 %>')
    assert markup is not None
    return ET.fromstring(str(markup))


def test_alternative_text_is_the_accessible_name_and_replaces_others(tmp_path: Path) -> None:
    """The drawing is one picture with one name, whatever it was called before."""
    root = drawn(tmp_path, "<title>t</title>", 'aria-labelledby="t" style="max-width:9px" viewBox="0 0 200 100">')
    assert (root.get("role"), root.get("aria-label")) == ("img", 'Andel "ja": <68 %>')
    assert root.get("aria-labelledby") is None
    assert root.get("style") is None


def test_size_is_one_pixel_a_unit_and_a_view_box_is_always_there(tmp_path: Path) -> None:
    """Without a viewBox the drawing could not shrink on a phone."""
    root = drawn(tmp_path, "")
    assert (root.get("width"), root.get("height"), root.get("viewBox")) == ("200", "100", "0 0 200 100")
    root = drawn(tmp_path, "", 'viewBox="0 0 720 225.4" width="100%">')
    assert (root.get("width"), root.get("height")) == ("720", "225")


def test_ids_get_the_prefix_and_references_follow(tmp_path: Path) -> None:
    """Two figures with equal ids can share a page."""
    body = '<defs><clipPath id="a"/></defs><g clip-path="url(#a)" style="fill: url(\'#a\')"/><use xlink:href="#a"/>'
    root = drawn(tmp_path, body)
    assert root.find("defs/clipPath").get("id") == "f1-a"
    assert root.find("g").get("clip-path") == "url(#f1-a)"
    assert root.find("g").get("style") == "fill: url(#f1-a)"
    assert root.find("use").get("href") == "#f1-a"


@pytest.mark.parametrize(
    "body",
    [
        "<script>alert(1)</script>",
        "<foreignObject><p>x</p></foreignObject>",
        "<style>*{fill:red}</style>",
        "<a href='https://exempel.invalid'><text>x</text></a>",
        "<animate attributeName='href' values='javascript:alert(1)'/>",
        "<metadata>x</metadata>",
    ],
)
def test_elements_that_do_more_than_draw_are_left_out(tmp_path: Path, body: str) -> None:
    """Only known drawing elements pass."""
    assert list(drawn(tmp_path, body)) == []


@pytest.mark.parametrize(
    "attribute",
    [
        'onclick="alert(1)"',
        'ONLOAD="alert(1)"',
        'xlink:href="https://exempel.invalid/x"',
        'href="javascript:alert(1)"',
        'href="data:image/svg+xml;base64,AAAA"',
        'style="fill:url( https://exempel.invalid/x)"',
        "style=\"@import 'x'\"",
        'filter="url(//exempel.invalid)"',
    ],
)
def test_attributes_that_run_or_fetch_are_left_out(tmp_path: Path, attribute: str) -> None:
    """The element stays, without the attribute."""
    image = drawn(tmp_path, f'<image x="1" {attribute}/>').find("image")
    assert dict(image.attrib) == {"x": "1"}


def test_embedded_pixels_stay(tmp_path: Path) -> None:
    """matplotlib draws some things as an embedded picture."""
    image = drawn(tmp_path, '<image href="data:image/png;base64,iVBORw0KGgo="/>').find("image")
    assert image.get("href") == "data:image/png;base64,iVBORw0KGgo="


@pytest.mark.parametrize("content", [b"", b"<svg", b"<html/>", b"\xff\xfe\x00", b"\x89PNG"])
def test_what_is_no_drawing_gives_nothing(tmp_path: Path, content: bytes) -> None:
    """A broken figure never stops the report."""
    path = tmp_path / "trasig.svg"
    path.write_bytes(content)
    assert inline_svg(path, "f1", "alt") is None
    assert inline_svg(tmp_path / "saknas.svg", "f1", "alt") is None
