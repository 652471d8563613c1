"""What native charts are made of: the chart, its labels and intervals, and inside it a workbook with what it shows and nothing else."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from lxml import etree  # type: ignore[import-untyped]
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_LEGEND_POSITION
from pptx.oxml.ns import qn
from pptx.util import Pt

from sekom_survey.text.swedish import FIXED_SPACE
from sekom_survey.written.brand import Brand
from sekom_survey.written.office.package import LANGUAGE
from sekom_survey.written.powerpoint.look import Area
from sekom_survey.written.powerpoint.parts import LEAST

LABEL_GAP = 14.0
Row = Mapping[str, str]
Lengths = tuple[int, Sequence[float]]  # a column of the workbook and what stands there


@dataclass(frozen=True)
class Canvas:
    """Where a chart goes: the slide, the area in points, the look, and the year its workbook is dated."""

    slide: Any
    area: Area
    brand: Brand
    year: int


def read_data(figures: Path, exhibit_id: str) -> list[Row]:
    """The rows of an exhibit's data (figures/<id>.csv); none when the file is not there or not a table."""
    path = figures / f"{exhibit_id}.csv"
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error):
        return []


def value(row: Row, name: str) -> float:
    """A number in the data; NaN where it is suppressed or missing."""
    try:
        return float(row.get(name) or "nan")
    except ValueError:
        return math.nan


def known(*values: float) -> bool:
    """Whether none of the numbers is missing."""
    return all(math.isfinite(v) for v in values)


def add_chart(canvas: Canvas, kind: Any, data: Any) -> Any:
    """A chart without title and legend, in Swedish."""
    area = canvas.area
    frame = canvas.slide.shapes.add_chart(kind, Pt(area.left), Pt(area.top), Pt(area.width), Pt(area.height), data)
    chart = frame.chart
    chart.has_legend = chart.has_title = False
    chart.font.size = Pt(LEAST)
    chart.font.color.rgb = rgb(canvas.brand.ink)
    language = etree.Element(qn("c:lang"))
    language.set("val", LANGUAGE)
    space = chart._chartSpace
    first = next(child for child in space if child.tag not in (qn("c:date1904"),))
    first.addprevious(language)
    return chart


def add_legend(chart: Any, brand: Brand) -> None:
    """What the colours mean, above the marks."""
    chart.has_legend = True
    chart.legend.position = XL_LEGEND_POSITION.TOP
    chart.legend.include_in_layout = False
    chart.legend.font.size = Pt(LEAST)
    chart.legend.font.color.rgb = rgb(brand.ink)


def rgb(colour: str) -> RGBColor:
    """ "#rrggbb" as python-pptx wants it."""
    return RGBColor.from_string(colour[1:].upper())


def fill_shape(shape: Any, fill: str, edge: str) -> None:
    """A plain fill, or none, with or without an edge."""
    if fill:
        shape.fill.solid()
        shape.fill.fore_color.rgb = rgb(fill)
    else:
        shape.fill.background()
    if edge:
        shape.line.color.rgb = rgb(edge)
        shape.line.width = Pt(0.75)
    else:
        shape.line.fill.background()


def write_label(point: Any, text: str, bold: bool, colour: str, position: Any) -> None:
    """Words of our own at a point, on one line."""
    label = point.data_label
    frame = label.text_frame
    frame.text = text.replace(" ", FIXED_SPACE)
    frame.word_wrap = False
    run = frame.paragraphs[0].runs[0]
    run.font.size, run.font.bold = Pt(LEAST), bold
    run.font.color.rgb = rgb(colour)
    label.position = position


def count_labels(owner: Any, colour: str, position: Any, number_format: str) -> None:
    """The numbers themselves, which change when the data are edited."""
    labels = owner.data_labels
    labels.show_value = True
    labels.number_format, labels.number_format_is_linked = number_format, False
    labels.position = position
    labels.font.size = Pt(LEAST)
    labels.font.color.rgb = rgb(colour)


def inner_layout(chart: Any, x: float, y: float, width: float, height: float) -> None:
    """Where the marks themselves lie, as shares of the chart."""
    plot = chart._chartSpace.chart.plotArea
    for old in plot.findall(qn("c:layout")):
        plot.remove(old)
    layout = etree.Element(qn("c:layout"))
    manual = etree.SubElement(layout, qn("c:manualLayout"))
    for tag, said in (("layoutTarget", "inner"), ("xMode", "edge"), ("yMode", "edge"), ("x", x), ("y", y), ("w", width),
                      ("h", height)):  # fmt: skip
        etree.SubElement(manual, qn(f"c:{tag}")).set("val", said if isinstance(said, str) else f"{said:.4f}")
    plot.insert(0, layout)


def error_bars(series: Any, minus: Lengths, plus: Lengths, colour: str) -> None:
    """Intervals on a series, taken from columns of its workbook."""
    bars = etree.Element(qn("c:errBars"))
    for tag, what in (("errBarType", "both"), ("errValType", "cust"), ("noEndCap", "0")):
        etree.SubElement(bars, qn(f"c:{tag}")).set("val", what)
    for tag, (column, lengths) in (("plus", plus), ("minus", minus)):
        _numbers(etree.SubElement(bars, qn(f"c:{tag}")), reference(column, 1, len(lengths)), lengths)
    shape = etree.SubElement(bars, qn("c:spPr"))
    line = etree.SubElement(shape, qn("a:ln"))
    line.set("w", str(Pt(1.5)))
    fill = etree.SubElement(line, qn("a:solidFill"))
    etree.SubElement(fill, qn("a:srgbClr")).set("val", colour[1:].upper())
    series.find(qn("c:cat")).addprevious(bars)


def _numbers(into: Any, where: str, values: Sequence[float]) -> None:
    numbers = etree.SubElement(into, qn("c:numRef"))
    etree.SubElement(numbers, qn("c:f")).text = where
    cache = etree.SubElement(numbers, qn("c:numCache"))
    etree.SubElement(cache, qn("c:formatCode")).text = "General"
    etree.SubElement(cache, qn("c:ptCount")).set("val", str(len(values)))
    for i, number_here in enumerate(values):
        point = etree.SubElement(cache, qn("c:pt"))
        point.set("idx", str(i))
        etree.SubElement(point, qn("c:v")).text = repr(float(number_here))


SHEET = "Data"
_MADE = "Sheet1"
Cell = tuple[int, int]


def own_workbook(chart: Any, cells: Mapping[Cell, str | float], year: int) -> None:
    """Put our own workbook in a chart; `cells` map (row, column), from nought, to text or number.

    The chart's references keep their cells and get our sheet's name.
    """
    import xlsxwriter

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.set_properties({"created": datetime(year, 1, 1)})
    sheet = book.add_worksheet(SHEET)
    for (row, column), value in sorted(cells.items()):
        if isinstance(value, str):
            sheet.write_string(row, column, value)
        else:
            sheet.write_number(row, column, value)
    book.close()
    chart.part.chart_workbook.update_from_xlsx_blob(buffer.getvalue())
    for reference in chart._chartSpace.iter(qn("c:f")):
        reference.text = (reference.text or "").replace(f"{_MADE}!", f"{SHEET}!")


def columns(*lists: Iterable[str | float]) -> dict[Cell, str | float]:
    """Cells from columns, each with its heading first."""
    return {(row, column): value for column, values in enumerate(lists) for row, value in enumerate(values)}


def reference(column: int, first: int, last: int) -> str:
    """How a chart refers to cells of one column; rows from nought."""
    letter = chr(ord("A") + column)
    return f"{SHEET}!${letter}${first + 1}:${letter}${last + 1}"
