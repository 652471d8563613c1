"""An SVG as matplotlib writes it -> one that is small, scales with the page and can stand many together in HTML."""

from __future__ import annotations

import re
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from sekom_survey.shown.figures.fonts import CSS_FAMILIES
from sekom_survey.shown.figures.wrap import plain

_NAMESPACE = "http://www.w3.org/2000/svg"
_DROPPED = frozenset({"metadata", "style", "title", "desc"})
_REFERENCE = re.compile(r"url\(#([^)]+)\)")
_FAMILY = re.compile(r"\s*font-family:[^;]*;?")
_DECIMALS = re.compile(r"-?\d+\.\d{3,}")
STAMP_LINE = 18
_NO_TURN = re.compile(r"rotate\(-?0(\.0+)?[ ,)]")


def inline(drawing: bytes, name: str, title: str, alt: str, stamp: str = "") -> bytes:
    """The drawing without prolog, sizes, style sheet and metadata; ids begin with `name`, and it tells what it shows.

    `title` and `alt` become <title> and <desc>, which name the picture for a screen reader. A `stamp` stands on a line of
    its own below the drawing.
    """
    source = ElementTree.fromstring(drawing)
    ids = {old: f"{name}-{i}" for i, old in enumerate(_referenced(source), start=1)}
    root = Element("svg", _root_attributes(source, name, STAMP_LINE if stamp else 0))
    for tag, text in (("title", title), ("desc", alt)):
        element = ElementTree.SubElement(root, tag, {"id": f"{name}-{tag}"})
        element.text = plain(text)
    root.extend(_children(source, ids))
    if stamp:
        root.append(_stamp(source, stamp))
    return ElementTree.tostring(root, encoding="unicode").encode("utf-8") + b"\n"


def _stamp(source: Element, stamp: str) -> Element:
    _, _, width, height = map(float, source.attrib["viewBox"].split())
    look = {"text-anchor": "end", "font-size": "11.5px", "fill": "#4f5859"}
    element = Element("text", {"x": f"{width:g}", "y": f"{height + STAMP_LINE - 5:g}", **look})
    element.text = plain(stamp)
    return element


def _root_attributes(source: Element, name: str, below: float) -> dict[str, str]:
    left, top, width, height = map(float, source.attrib["viewBox"].split())
    return {
        "xmlns": _NAMESPACE, "viewBox": f"{left:g} {top:g} {width:g} {height + below:g}", "width": "100%", "style": f"max-width:{width:g}px",
        "role": "img", "aria-labelledby": f"{name}-title {name}-desc",
        "font-family": CSS_FAMILIES, "stroke-linejoin": "round", "stroke-linecap": "butt",
    }  # fmt: skip


def _referenced(source: Element) -> list[str]:
    """The ids that something in the drawing points at, in order."""
    found: dict[str, None] = {}
    for element in source.iter():
        for name, value in element.attrib.items():
            if _local(name) == "href":
                found[value.removeprefix("#")] = None
            found.update(dict.fromkeys(_REFERENCE.findall(value)))
    return list(found)


def _children(parent: Element, ids: dict[str, str]) -> list[Element]:
    """Cleaned children; groups that say nothing are opened, empty ones left out."""
    kept: list[Element] = []
    for child in parent:
        if not isinstance(child.tag, str) or _local(child.tag) in _DROPPED:
            continue
        tag, attributes, inside = _local(child.tag), _attributes(child, ids), _children(child, ids)
        if tag in ("g", "defs") and (not attributes or not inside) and (tag == "g" or not inside):
            kept.extend(inside)
            continue
        element = Element(tag, attributes)
        element.text = child.text if tag == "text" else None
        element.extend(inside)
        kept.append(element)
    return kept


def _attributes(element: Element, ids: dict[str, str]) -> dict[str, str]:
    kept = {}
    for name, value in element.attrib.items():
        changed = _attribute(_local(name), value, ids)
        if changed:
            kept[_local(name)] = changed
    return kept


def _attribute(name: str, value: str, ids: dict[str, str]) -> str:
    """The value an attribute gets; "" leaves it out."""
    if name == "id":
        return ids.get(value, "")
    if name == "href":
        return "#" + ids[value.removeprefix("#")]
    if name == "transform" and _NO_TURN.match(value):
        return ""
    if name == "style":
        value = _FAMILY.sub("", value).strip().rstrip(";")
    return _DECIMALS.sub(_shorter, _REFERENCE.sub(lambda found: f"url(#{ids[found[1]]})", value))


def _shorter(found: re.Match[str]) -> str:
    return f"{float(found[0]):.2f}".rstrip("0").rstrip(".")


def _local(name: str) -> str:
    return name.rpartition("}")[2]
