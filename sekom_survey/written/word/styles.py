"""The look of the Word report: A4, Calibri, a few real styles, Swedish as the document's language."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_LINE_SPACING, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Mm, Pt, RGBColor

from sekom_survey.shown.figures.style import GREY, HAIRLINE, PALE
from sekom_survey.written.brand import Brand
from sekom_survey.written.office.package import LANGUAGE

FONT, FALLBACK = "Calibri", "Carlito"
PAGE = (Mm(210), Mm(297))
MARGIN = Mm(15)
TABLE_RULE = HAIRLINE[1:]

QUESTION, SENTENCE, NOTE, TRUST, CELL, HEAD, CHOICES, PASTED = (
    "Fråga", "Budskap", "Anmärkning", "Faktaruta", "Tabelltext", "Tabellhuvud", "Svarsalternativ", "Att klistra in",
)  # fmt: skip
MEASURED = (CELL, HEAD)


@dataclass(frozen=True)
class Look:
    """One paragraph style: sizes in points, `space` before and after; colour "" is that of the text around."""

    size: float
    bold: bool = False
    colour: str = ""
    space: tuple[float, float] = (0, 6)
    with_next: bool = False
    base: str = "Normal"
    indent: float = 0


def looks(brand: Brand) -> dict[str, Look]:
    """Every style by its name in Word; names in English are Word's own, shown in the user's language."""
    return {
        "Normal": Look(11, colour=brand.ink, base=""),
        "Title": Look(17, True, brand.ink, (0, 2), True),
        "Subtitle": Look(10.5, colour=GREY, space=(0, 2)),
        "Heading 1": Look(17, True, brand.ink, (12, 4), True),
        "Heading 2": Look(12.5, True, brand.ink, (9, 3), True),
        "Heading 3": Look(11.5, True, brand.ink, (8, 2), True),
        "TOC Heading": Look(17, True, brand.ink, (0, 6), True),
        "toc 1": Look(10.5, space=(0, 0)),
        "Caption": Look(9.5, colour=GREY, space=(3, 8)),
        "List Bullet": Look(11, space=(0, 3)),
        "List Number": Look(10.5, space=(0, 3)),
        "Header": Look(9.5, colour=GREY, space=(0, 0)),
        "Footer": Look(9.5, colour=GREY, space=(0, 0)),
        QUESTION: Look(10.5, colour=GREY, space=(0, 4), with_next=True),
        SENTENCE: Look(10, space=(0, 2)),
        NOTE: Look(9.5, colour=GREY, space=(0, 0)),
        TRUST: Look(10.5, space=(8, 0)),
        PASTED: Look(11, space=(0, 6)),
        CELL: Look(9.5, space=(0.8, 0.8)),
        HEAD: Look(9.5, True, GREY, (0.8, 0.8), True, CELL),
        CHOICES: Look(10, colour=GREY, space=(0, 6)),
    }


def prepare(document: Any, brand: Brand, own: bool) -> None:
    """Give the document its page, styles and language.

    `own` says that the look is ours; with the association's template its page and styles stay, and only a style that
    it lacks is added.
    """
    if own:
        _set_page(document.sections[0])
    wanted = {name: look for name, look in looks(brand).items() if own or name not in document.styles}
    for name, look in wanted.items():
        _set_style(document, name, look, own)
    _set_details(document, brand, wanted)
    if own:
        _set_settings(document)
        _name_fallback(document)
    _set_language(document)


def text_width(document: Any) -> float:
    """The width of the text in points."""
    section = document.sections[-1]
    return float(Emu(section.page_width - section.left_margin - section.right_margin).pt)


def text_height(document: Any) -> float:
    """The height of the text on a page in points."""
    section = document.sections[-1]
    return float(Emu(section.page_height - section.top_margin - section.bottom_margin).pt)


def _set_page(section: Any) -> None:
    section.page_width, section.page_height = PAGE
    section.left_margin = section.right_margin = MARGIN
    section.top_margin, section.bottom_margin = Mm(19), Mm(16)
    section.header_distance = section.footer_distance = Mm(10)


def _set_style(document: Any, name: str, look: Look, own: bool) -> None:
    """One style; in a template it takes the template's typeface, but for the tables, whose columns are measured."""
    known = name in document.styles
    style = document.styles[name] if known else document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.hidden, style.quick_style = False, True
    if look.base:
        style.base_style = document.styles[look.base]
    _forget(style.element)
    if own or name in MEASURED:
        set_font(style.element.get_or_add_rPr(), FONT)
    font, shape = style.font, style.paragraph_format
    font.size, font.bold, font.italic = Pt(look.size), look.bold, False
    if look.colour:
        font.color.rgb = RGBColor.from_string(look.colour[1:].upper())
    shape.space_before, shape.space_after = (Pt(space) for space in look.space)
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.MULTIPLE, 1.08
    shape.keep_with_next = look.with_next
    shape.widow_control = True
    if look.indent:
        shape.left_indent = Pt(look.indent)


def _forget(style: Any) -> None:
    """Take away the run look, borders and spacing that the style had; what makes a list or a heading stays."""
    if style.rPr is not None:
        style.remove(style.rPr)
    for tag in ("pBdr", "spacing", "contextualSpacing", "shd"):
        found = style.find(f"{qn('w:pPr')}/{qn(f'w:{tag}')}")
        if found is not None:
            found.getparent().remove(found)


def set_font(properties: Any, name: str) -> None:
    """Let run properties name a font outright, instead of the theme's."""
    fonts = properties.get_or_add_rFonts()
    for key in list(fonts.attrib):
        del fonts.attrib[key]
    for key in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{key}"), name)


def _set_details(document: Any, brand: Brand, names: Collection[str]) -> None:
    """What some styles need beyond size and colour: hanging numbers, rules, shading and tab stops."""
    styles = document.styles
    if TRUST in names:
        styles[TRUST].paragraph_format.left_indent = Pt(8)
        _add(styles[TRUST], "pBdr", _border("left", GREY[1:], 24, 8))
        _add(styles[TRUST], "shd", None, val="clear", color="auto", fill=PALE[1:])
    if "toc 1" in names:
        stops = styles["toc 1"].paragraph_format.tab_stops
        stops.add_tab_stop(Pt(text_width(document)), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
    for name in {"Header", "Footer"} & set(names):
        stops = styles[name].paragraph_format.tab_stops
        stops.clear_all()
        stops.add_tab_stop(Pt(text_width(document)), WD_TAB_ALIGNMENT.RIGHT)


def _border(side: str, colour: str, eighths: int, space: int) -> Any:
    line = OxmlElement(f"w:{side}")
    for key, value in (("val", "single"), ("sz", str(eighths)), ("space", str(space)), ("color", colour)):
        line.set(qn(f"w:{key}"), value)
    return line


def _add(style: Any, tag: str, child: Any, **values: str) -> None:
    """Put an element among a style's paragraph properties, in the order the schema asks for."""
    element = OxmlElement(f"w:{tag}")
    for key, value in values.items():
        element.set(qn(f"w:{key}"), value)
    if child is not None:
        element.append(child)
    after = ("shd", "tabs", "suppressAutoHyphens", "spacing", "ind", "contextualSpacing", "jc", "outlineLvl")
    properties = style.element.get_or_add_pPr()
    properties.insert_element_before(element, *(f"w:{name}" for name in after if name != tag))


def _name_fallback(document: Any) -> None:
    """Tell office programs without Calibri to use Carlito, which has the same widths."""
    part = next((rel.target_part for rel in document.part.rels.values() if rel.reltype.endswith("/fontTable")), None)
    if part is None:
        return
    font = f'<w:font w:name="{FONT}"><w:altName w:val="{FALLBACK}"/>'.encode()
    part._blob = part.blob.replace(f'<w:font w:name="{FONT}">'.encode(), font, 1)


def _set_settings(document: Any) -> None:
    """Swedish decimal comma, and laid out as by Word 2013 and later: else Word opens it in compatibility mode."""
    for tag, sign in (("decimalSymbol", ","), ("listSeparator", ";")):
        found = document.settings.element.find(qn(f"w:{tag}"))
        if found is not None:
            found.set(qn("w:val"), sign)
    compat = document.settings.element.find(qn("w:compat"))
    if compat is None:
        return
    setting = OxmlElement("w:compatSetting")
    for key, value in (
        ("name", "compatibilityMode"),
        ("uri", "http://schemas.microsoft.com/office/word"),
        ("val", "15"),
    ):
        setting.set(qn(f"w:{key}"), value)
    for old in compat.findall(qn("w:compatSetting")):
        if old.get(qn("w:name")) == "compatibilityMode":
            compat.remove(old)
    compat.append(setting)


def _set_language(document: Any) -> None:
    """Swedish for the whole document, whatever the template said."""
    root = document.styles.element
    for lang in root.iter(qn("w:lang")):
        lang.getparent().remove(lang)
    defaults = root.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    lang = OxmlElement("w:lang")
    lang.set(qn("w:val"), LANGUAGE)
    lang.set(qn("w:eastAsia"), LANGUAGE)
    defaults.append(lang)
    theme = document.settings.element.find(qn("w:themeFontLang"))
    if theme is not None:
        theme.set(qn("w:val"), LANGUAGE)
