"""Groups side by side as a native chart: a point with its interval for each group on each row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pptx.chart.data import XyChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_MARKER_STYLE, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.oxml.ns import qn
from pptx.util import Pt

from sekom_survey.shown.figures.style import EDGE, GREY, HAIRLINE, INK, MARKS, VERMILLION
from sekom_survey.shown.figures.values import NOT_SHOWN, SURE
from sekom_survey.text.swedish import FIXED_SPACE, join_words, number, sentence_case
from sekom_survey.written.office.package import safe_text
from sekom_survey.written.office.text import text_width
from sekom_survey.written.powerpoint.chart import (
    LABEL_GAP,
    Canvas,
    Row,
    add_chart,
    add_legend,
    inner_layout,
    known,
    own_workbook,
    value,
    write_label,
)
from sekom_survey.written.powerpoint.parts import LEAST

ROW_HEIGHT, LEGEND, AXIS = 36.0, 34.0, 30.0
STEP = 0.24
RIGHT_END = 1.04  # room for a mark at a hundred percent
PERCENT = f'0"{FIXED_SPACE}"%'
_SHAPES = {"o": XL_MARKER_STYLE.CIRCLE, "s": XL_MARKER_STYLE.SQUARE, "D": XL_MARKER_STYLE.DIAMOND,
           "^": XL_MARKER_STYLE.TRIANGLE, "X": XL_MARKER_STYLE.X, "P": XL_MARKER_STYLE.PLUS}  # fmt: skip
_ROWS = re.compile(r"\$(\d+):\$[A-Z]+\$(\d+)")
ROW_NAMES, VERDICTS, INTERVAL = "Rad", "Bedömning", " (osäkerhet)"
Point = tuple[float, float]


@dataclass(frozen=True)
class _Block:
    """One series: its points, None where a line is broken, and the words at them."""

    name: str
    points: Sequence[Point | None]
    words: Sequence[str] = ()


@dataclass(frozen=True)
class _Dot:
    """One group on one row; `y` counts rows downwards from nought."""

    share: float
    y: float
    low: float
    high: float


def dots(canvas: Canvas, rows: Sequence[Row]) -> tuple[Any, str]:
    """Rows down the left side, a mark of its own shape for each group, verdict words to the right."""
    every = list(dict.fromkeys(row["label"] for row in rows))
    labels = [label for label in every if any(_dot(row, 0) for row in rows if row["label"] == label)] or every
    hidden = [safe_text(label) for label in every if label not in labels]
    room = int((canvas.area.height - LEGEND - AXIS) // ROW_HEIGHT)
    kept = labels[: max(room, 1)]
    shown = [row for row in rows if row["label"] in kept]
    names = [safe_text(label) for label in kept]
    verdicts = [_beside([row for row in shown if row["label"] == label]) for label in kept]
    chart = _chart(canvas, _groups(shown, kept), names, verdicts)
    few = f"{len(kept)} av {len(labels)} rader visas." if len(kept) < len(labels) else ""
    return chart, " ".join(filter(None, (few, f"{sentence_case(NOT_SHOWN)}: {join_words(hidden)}." if hidden else "")))


def _beside(rows: Sequence[Row]) -> str:
    """A row's verdict; that it is not shown where no group of it has a mark."""
    return safe_text(rows[0].get("verdict", "")) if any(_dot(row, 0) for row in rows) else NOT_SHOWN


def _groups(rows: Sequence[Row], labels: Sequence[str]) -> dict[str, list[_Dot]]:
    """The dots of each group, under a name that says how many answered."""
    segments = list(dict.fromkeys(r["segment"] for r in sorted(rows, key=lambda r: value(r, "order"))))
    groups = {}
    for place, segment in enumerate(segments):
        mine = [row for row in rows if row["segment"] == segment]
        offset = STEP * (place - (len(segments) - 1) / 2)
        groups[_group_name(segment, mine)] = [d for row in mine for d in _dot(row, labels.index(row["label"]) + offset)]
    return groups


def _dot(row: Row, y: float) -> list[_Dot]:
    share, low, high = value(row, "share"), value(row, "low"), value(row, "high")
    if not known(share) or row.get("suppressed", "").lower() == "true":
        return []
    return [_Dot(share, y, low, high) if known(low, high) else _Dot(share, y, share, share)]


def _group_name(segment: str, rows: Sequence[Row]) -> str:
    bases = [(value(r, "base"), value(r, "population")) for r in rows]
    told = [(base, population) for base, population in bases if known(base, population)]
    if not told:
        return safe_text(segment)
    base, population = max(told)
    return f"{safe_text(segment)}, {number(base)} av {number(population)}"


def _chart(canvas: Canvas, groups: dict[str, list[_Dot]], names: Sequence[str], verdicts: Sequence[str]) -> Any:
    """Intervals first, as lines of their own since not every program draws intervals across, then marks, then words."""
    lines = [_Block(f"{name}{INTERVAL}", _ends(points)) for name, points in groups.items()]
    marks = [_Block(name, [(dot.share, dot.y) for dot in points]) for name, points in groups.items()]
    words = [_Block(ROW_NAMES, [(0.0, y) for y in range(len(names))], names),
             _Block(VERDICTS, [(RIGHT_END, y) for y in range(len(verdicts))], verdicts)]  # fmt: skip
    blocks = [*lines, *marks, *words]
    chart = add_chart(canvas, XL_CHART_TYPE.XY_SCATTER, _data(blocks))
    made = list(chart.plots[0].series)
    for series, block in zip(made, blocks, strict=True):
        _leave_gaps(series, block)
    for i, (shape, ours) in zip(range(len(groups)), MARKS, strict=False):
        colour = {INK: canvas.brand.ink, VERMILLION: canvas.brand.second}.get(ours, ours)
        _line(made[i], colour)
        _mark(made[len(groups) + i], _SHAPES.get(shape, XL_MARKER_STYLE.CIRCLE), colour)
    _write(made[-2], names, XL_LABEL_POSITION.LEFT, canvas.brand.ink)
    _write(made[-1], verdicts, XL_LABEL_POSITION.RIGHT, canvas.brand.ink)
    own_workbook(chart, _cells(made, blocks), canvas.year)
    _set_axes(chart, len(names))
    _place(chart, canvas, names, verdicts)
    add_legend(chart, canvas.brand)
    _hide_in_legend(chart, [*range(len(groups)), len(made) - 2, len(made) - 1])
    return chart


def _ends(points: Sequence[_Dot]) -> list[Point | None]:
    """Both ends of each interval, with a gap after."""
    return [end for dot in points for end in ((dot.low, dot.y), (dot.high, dot.y), None)]


def _data(blocks: Sequence[_Block]) -> XyChartData:
    data = XyChartData(number_format="General")
    for block in blocks:
        series = data.add_series(block.name)
        for point in block.points:
            series.add_data_point(*(point or (0.0, 0.0)))
    return data


def _leave_gaps(series: Any, block: _Block) -> None:
    """Take the points that are no points out of the chart."""
    for cache in series._element.iter(qn("c:numCache")):
        for point in list(cache.findall(qn("c:pt"))):
            if block.points[int(point.get("idx"))] is None:
                cache.remove(point)


def _first_row(series: Any) -> int:
    """The first row, from nought, of a series' numbers in the workbook."""
    found = _ROWS.search(series._element.find(f"{qn('c:xVal')}//{qn('c:f')}").text)
    return int(found[1]) - 1 if found else 1


def _cells(made: Sequence[Any], blocks: Sequence[_Block]) -> dict[tuple[int, int], str | float]:
    """The workbook: a block for each series, with share, place and words."""
    cells: dict[tuple[int, int], str | float] = {}
    for series, block in zip(made, blocks, strict=True):
        if not block.points:
            continue
        first = _first_row(series)
        cells |= {(first - 1, 0): "Andel", (first - 1, 1): block.name}
        for row, point in enumerate(block.points, first):
            cells |= {(row, i): float(value) for i, value in enumerate(point or ())}
        cells |= {(row, 2): word for row, word in enumerate(block.words, first) if word}
    return cells


def _line(series: Any, colour: str) -> None:
    series.marker.style = XL_MARKER_STYLE.NONE
    series.smooth = False
    series.format.line.color.rgb = RGBColor.from_string(colour[1:].upper())
    series.format.line.width = Pt(2)


def _mark(series: Any, shape: Any, colour: str) -> None:
    series.format.line.fill.background()
    marker = series.marker
    marker.style, marker.size = shape, 12
    marker.format.fill.solid()
    marker.format.fill.fore_color.rgb = RGBColor.from_string(colour[1:].upper())
    marker.format.line.fill.background()


def _write(series: Any, words: Sequence[str], position: Any, colour: str) -> None:
    """Words beside the chart, each at an unseen point."""
    series.format.line.fill.background()
    series.marker.style = XL_MARKER_STYLE.NONE
    for i, word in enumerate(words):
        if word:
            write_label(series.points[i], word, word.startswith(SURE), colour, position)


def _set_axes(chart: Any, rows: int) -> None:
    across, down = chart.category_axis, chart.value_axis
    across.minimum_scale, across.maximum_scale, across.major_unit = 0, RIGHT_END, 0.25
    across.has_major_gridlines = True
    across.major_gridlines.format.line.color.rgb = RGBColor.from_string(HAIRLINE[1:].upper())
    across.tick_labels.number_format, across.tick_labels.number_format_is_linked = PERCENT, False
    across.tick_labels.font.size = Pt(LEAST)
    across.tick_labels.font.color.rgb = RGBColor.from_string(GREY[1:].upper())
    across.major_tick_mark = XL_TICK_MARK.NONE
    across.tick_label_position = XL_TICK_LABEL_POSITION.HIGH
    across.format.line.fill.background()
    down.minimum_scale, down.maximum_scale, down.major_unit = -0.5, rows - 0.5, 1
    down.reverse_order = True
    down.has_major_gridlines = False
    down.tick_label_position = XL_TICK_LABEL_POSITION.NONE
    down.major_tick_mark = XL_TICK_MARK.NONE
    down.format.line.color.rgb = RGBColor.from_string(EDGE[1:].upper())


def _place(chart: Any, canvas: Canvas, names: Sequence[str], verdicts: Sequence[str]) -> None:
    area = canvas.area
    left = max(text_width(name, LEAST) for name in names) + LABEL_GAP
    right = max((text_width(word, LEAST, True) for word in verdicts if word), default=0.0) + LABEL_GAP + 20
    inner_layout(chart, left / area.width, LEGEND / area.height, max(area.width - left - right, 50) / area.width,
                 (area.height - LEGEND - AXIS) / area.height)  # fmt: skip


def _hide_in_legend(chart: Any, places: Sequence[int]) -> None:
    legend = chart.legend._element
    for place in reversed(places):
        entry = legend.makeelement(qn("c:legendEntry"), {})
        for tag, said in (("idx", str(place)), ("delete", "1")):
            child = entry.makeelement(qn(f"c:{tag}"), {})
            child.set("val", said)
            entry.append(child)
        legend.find(qn("c:legendPos")).addnext(entry)
