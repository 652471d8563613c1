"""A figure on disk -> markup that can stand inside a page: known elements only, ids of its own, a text alternative."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

from markupsafe import Markup

DRAWN = frozenset((
    "svg", "g", "defs", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan", "use", "clipPath",
    "mask", "marker", "symbol", "pattern", "image", "linearGradient", "radialGradient", "stop",
))  # fmt: skip
_NUMBERS = re.compile(r"[\d.]+")
_REFERENCE = re.compile(r"url\(\s*['\"]?#([^'\")]+)['\"]?\s*\)")
_ADDRESS = re.compile(r"url\((?!\s*['\"]?#)|@import|javascript:", re.IGNORECASE)
_LOCAL_IMAGE = re.compile(r"data:image/(png|jpeg);base64,[A-Za-z0-9+/=\s]*\Z")


def inline_svg(path: Path, prefix: str, alt: str) -> Markup | None:
    """An SVG file as inline markup, or None when there is no readable drawing at `path`.

    `prefix` is put before every id, so that many figures can share a page; `alt` becomes the accessible name.
    Scripts, event handlers, style sheets, foreign content and every address outside the figure are left out.
    """
    try:
        root = ElementTree.fromstring(path.read_bytes())
    except (OSError, ElementTree.ParseError, ValueError):
        return None
    if _local(root.tag) != "svg":
        return None
    drawing = _cleaned(root, prefix)
    for name in ("style", "aria-labelledby", "aria-describedby"):
        drawing.attrib.pop(name, None)
    _size(drawing)
    drawing.attrib.update({"role": "img", "aria-label": alt, "focusable": "false"})
    return Markup(ElementTree.tostring(drawing, encoding="unicode"))


def _local(name: object) -> str:
    return name.rpartition("}")[2] if isinstance(name, str) else ""


def _cleaned(element: ElementTree.Element, prefix: str) -> ElementTree.Element:
    copy = ElementTree.Element(_local(element.tag))
    copy.text, copy.tail = element.text, element.tail
    for full, value in element.attrib.items():
        name = _local(full)
        kept = _attribute(name, value, prefix)
        if kept is not None:
            copy.set(name, kept)
    copy.extend(_cleaned(child, prefix) for child in element if _local(child.tag) in DRAWN)
    return copy


def _attribute(name: str, value: str, prefix: str) -> str | None:
    """The value an attribute may keep; None to leave the attribute out."""
    if name.lower().startswith("on") or _ADDRESS.search(value):
        return None
    if name == "id":
        return f"{prefix}-{value}"
    if name == "href":
        return f"#{prefix}-{value[1:]}" if value.startswith("#") else value if _LOCAL_IMAGE.match(value) else None
    return _REFERENCE.sub(rf"url(#{prefix}-\1)", value)


def _size(drawing: ElementTree.Element) -> None:
    """A viewBox, and the natural size on screen: one CSS pixel a unit of it (see sekom_survey.shown.figures.style.Page)."""
    width, height = (_NUMBERS.match(drawing.get(side, "")) for side in ("width", "height"))
    if width and height:
        drawing.attrib.setdefault("viewBox", f"0 0 {width[0]} {height[0]}")
    sides = _NUMBERS.findall(drawing.get("viewBox", ""))[2:]
    for side, length in zip(("width", "height"), sides, strict=False):
        drawing.set(side, str(round(float(length))))
