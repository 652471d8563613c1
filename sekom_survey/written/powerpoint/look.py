"""The look of the slides: 16:9, Calibri, two layouts with Swedish names; or the association's own template."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree  # type: ignore[import-untyped]
from pptx import Presentation
from pptx.oxml.ns import qn
from pptx.util import Emu, Pt

from sekom_survey.shown.figures.style import GREEN, GREY, MUTED
from sekom_survey.written.brand import Brand
from sekom_survey.written.office.package import LANGUAGE, as_document

WIDTH, HEIGHT = 960, 540
LEFT, RIGHT = 48, 912
TITLE_TOP, TITLE_HEIGHT, FOOT_TOP, FOOT_HEIGHT = 22, 82, 504, 28
FOOT_SIZE = 18
TITLE_LAYOUT, PLAIN_LAYOUT = "title", "titleOnly"
_KEPT = {TITLE_LAYOUT: "Titelbild", PLAIN_LAYOUT: "Rubrik och innehåll"}
_WORDS = {
    "Click to edit Master title style": "Klicka här för att ändra rubriken",
    "Click to edit Master subtitle style": "Klicka här för att ändra underrubriken",
    "Click to edit Master text styles": "Klicka här för att ändra texten",
    "Second level": "Nivå två", "Third level": "Nivå tre", "Fourth level": "Nivå fyra", "Fifth level": "Nivå fem",
}  # fmt: skip
_NAMES = {
    "Title": "Rubrik", "Subtitle": "Underrubrik", "Text": "Text", "TextBox": "Text", "Footer": "Sidfot", "Notes": "Anteckningar",
    "Slide Number": "Bildnummer", "Slide Image": "Bildens miniatyr", "Header": "Sidhuvud", "Date": "Datum",
    "Picture": "Bild", "Chart": "Diagram", "Table": "Tabell", "Rectangle": "Linje",
}  # fmt: skip
_NAME = re.compile(rf"^({'|'.join(sorted(_NAMES, key=len, reverse=True))})(?: Placeholder)?(?= \d+$|$)")


@dataclass(frozen=True)
class Area:
    """A rectangle on a slide, in points."""

    left: float
    top: float
    width: float
    height: float

    @property
    def bottom(self) -> float:
        """Where it ends."""
        return self.top + self.height

    def below(self, used: float) -> Area:
        """What is left under the first `used` points."""
        return Area(self.left, self.top + used, self.width, self.height - used)


def open_presentation(brand: Brand) -> Any:
    """An empty presentation with our look, or the association's template without its slides."""
    if brand.slides_template:
        presentation = Presentation(as_document(brand.slides_template))
        _drop_slides(presentation)
        return presentation
    presentation = Presentation()
    presentation.slide_width, presentation.slide_height = Pt(WIDTH), Pt(HEIGHT)
    _keep_layouts(presentation)
    _set_master(presentation.slide_master, brand)
    for layout in presentation.slide_layouts:
        _set_layout(layout, brand)
    _set_theme(presentation, brand)
    return presentation


def _drop_slides(presentation: Any) -> None:
    """Take out the template's slides, and the lists of sections and shows that name them."""
    listed = presentation.slides._sldIdLst
    for entry in list(listed):
        presentation.part.drop_rel(entry.rId)
        listed.remove(entry)
    for tag in ("p:custShowLst", "p:extLst"):
        for element in presentation._element.findall(qn(tag)):
            presentation._element.remove(element)


def _keep_layouts(presentation: Any) -> None:
    for layout in list(presentation.slide_layouts):
        kind = layout._element.get("type")
        if kind in _KEPT:
            layout._element.cSld.set("name", _KEPT[kind])
        else:
            presentation.slide_layouts.remove(layout)


def layout_of(presentation: Any, kind: str) -> Any:
    """The layout of a kind; in a template without it, the first for the title and else one with a title and least else."""
    layouts = list(presentation.slide_layouts)
    for layout in layouts:
        if layout._element.get("type") == kind:
            return layout
    if kind == TITLE_LAYOUT:
        return layouts[0]
    titled = [layout for layout in layouts if _placeholder(layout, "title")] or layouts
    return min(titled, key=lambda layout: len(list(layout.placeholders)))


def _placeholder(place: Any, *kinds: str) -> Any | None:
    """The first placeholder of any of the kinds on a slide, layout or master."""
    for shape in place.placeholders:
        if shape._element.ph.get("type", "obj") in kinds:
            return shape
    return None


def placeholder(place: Any, *kinds: str) -> Any | None:
    """As it stands on a slide or a layout: "title", "ctrTitle", "subTitle", "ftr", "sldNum"."""
    return _placeholder(place, *kinds)


def content_area(presentation: Any, layout: Any) -> Area:
    """Where a slide has room: below the title, above the footer, as wide as the title."""
    title = _placeholder(layout, "title", "ctrTitle")
    width, height = Emu(presentation.slide_width).pt, Emu(presentation.slide_height).pt
    feet = [p for p in (_placeholder(layout, "ftr"), _placeholder(layout, "sldNum")) if p is not None and p.top]
    bottom = min([Emu(foot.top).pt for foot in feet if Emu(foot.top).pt > height / 2] or [height * 0.93]) - 4
    if title is None or title.width is None:
        return Area(width * 0.05, height * 0.2, width * 0.9, bottom - height * 0.2)
    top = Emu(title.top + title.height).pt + 6
    return Area(Emu(title.left).pt, top, Emu(title.width).pt, bottom - top)


def _set_master(master: Any, brand: Brand) -> None:
    places = {"title": (LEFT, TITLE_TOP, RIGHT - LEFT, TITLE_HEIGHT), "body": (LEFT, 112, RIGHT - LEFT, 380),
              "ftr": (LEFT, FOOT_TOP, 760, FOOT_HEIGHT), "sldNum": (RIGHT - 90, FOOT_TOP, 90, FOOT_HEIGHT)}  # fmt: skip
    for shape in list(master.placeholders):
        kind = shape._element.ph.get("type", "obj")
        if kind == "dt":
            shape._element.getparent().remove(shape._element)
            continue
        shape.left, shape.top, shape.width, shape.height = (Pt(value) for value in places[kind])
        _no_inset(shape._element)
        for look in shape._element.iter(qn("a:defRPr")):
            look.set("sz", str(FOOT_SIZE * 100))
            _colour(look, brand.ink)
        if kind == "ftr":
            for level in shape._element.iter(qn("a:lvl1pPr")):
                level.set("algn", "l")
    title = master._element.find(f".//{qn('p:titleStyle')}/{qn('a:lvl1pPr')}")
    title.set("algn", "l")
    look = title.find(qn("a:defRPr"))
    look.set("sz", "3000")
    look.set("b", "1")
    _colour(look, brand.ink)


def _no_inset(element: Any) -> None:
    """Text from edge to edge, at the size it says: programs shrink it each in their own way."""
    for body in element.iter(qn("a:bodyPr")):
        for child in list(body):
            body.remove(child)
        body.set("lIns", "0")
        body.set("rIns", "0")
        if element.ph.get("type") == "title":
            body.set("anchor", "t")


def _colour(look: Any, colour: str) -> None:
    """Give default run properties a plain colour."""
    for fill in look.findall(qn("a:solidFill")):
        look.remove(fill)
    fill = etree.Element(qn("a:solidFill"))
    etree.SubElement(fill, qn("a:srgbClr")).set("val", colour[1:].upper())
    look.insert(0, fill)


def _set_layout(layout: Any, brand: Brand) -> None:
    for shape in list(layout.placeholders):
        kind = shape._element.ph.get("type", "obj")
        if kind == "dt":
            shape._element.getparent().remove(shape._element)
        elif kind in ("ctrTitle", "subTitle"):
            top, height = (150, 110) if kind == "ctrTitle" else (272, 150)
            shape.left, shape.top, shape.width, shape.height = Pt(LEFT), Pt(top), Pt(RIGHT - LEFT), Pt(height)
            body = shape._element.find(f".//{qn('a:bodyPr')}")
            body.set("anchor", "b" if kind == "ctrTitle" else "t")
            for edge in ("lIns", "rIns"):
                body.set(edge, "0")
            for level in shape._element.iter(*(qn(f"a:lvl{n}pPr") for n in range(1, 10))):
                level.set("algn", "l")
            for look in shape._element.iter(qn("a:defRPr")):
                _colour(look, GREY)


def _set_theme(presentation: Any, brand: Brand) -> None:
    """Our colours and our name in the theme, so that what a user adds looks like the rest."""
    part = next(r.target_part for r in presentation.slide_master.part.rels.values() if r.reltype.endswith("/theme"))
    theme = etree.fromstring(part.blob)
    theme.set("name", brand.name or "Rapport")
    wanted = {"accent1": brand.accent, "accent2": brand.second, "accent3": GREEN, "accent4": GREY, "accent5": MUTED,
              "accent6": brand.ink, "dk2": brand.ink}  # fmt: skip
    for name, colour in wanted.items():
        slot = theme.find(f".//{qn(f'a:{name}')}")
        for child in list(slot):
            slot.remove(child)
        etree.SubElement(slot, qn("a:srgbClr")).set("val", colour[1:].upper())
    part._blob = etree.tostring(theme, xml_declaration=True, encoding="UTF-8", standalone=True)


def make_swedish(presentation: Any) -> None:
    """Swedish as the language of every text, and Swedish names for what a user sees in the list of objects."""
    for root in _roots(presentation):
        for look in root.iter(qn("a:rPr"), qn("a:endParaRPr"), qn("a:defRPr")):
            look.set("lang", LANGUAGE)
        for text in root.iter(qn("a:t")):
            text.text = _WORDS.get(text.text or "", text.text)
        for named in root.iter(qn("p:cNvPr")):
            named.set("name", _NAME.sub(lambda found: _NAMES[found[1]], named.get("name", "")))


def _roots(presentation: Any) -> Iterator[Any]:
    """Every part that holds text."""
    yield presentation._element
    masters: Iterable[Any] = presentation.slide_masters
    for master in masters:
        yield master._element
        yield from (layout._element for layout in master.slide_layouts)
    for slide in presentation.slides:
        yield slide._element
        yield from (shape.chart._chartSpace for shape in slide.shapes if shape.has_chart)
        if slide.has_notes_slide:
            yield slide.notes_slide._element
    if presentation.part.package is not None and any(slide.has_notes_slide for slide in presentation.slides):
        yield presentation.notes_master._element
