"""Native charts, which can be edited in PowerPoint: bars, answered of asked, distributions and scales."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_TICK_MARK
from pptx.util import Pt

from sekom_survey.shown.figures.style import EDGE, MUTED, PALE, edge_of, ink_on, ramp
from sekom_survey.shown.figures.values import NOT_SHOWN, count_words
from sekom_survey.text.swedish import number
from sekom_survey.written.brand import Brand
from sekom_survey.written.office.package import safe_text
from sekom_survey.written.office.text import LINE, line_count, text_width
from sekom_survey.written.powerpoint.chart import (
    LABEL_GAP,
    Canvas,
    Row,
    add_chart,
    add_legend,
    columns,
    count_labels,
    error_bars,
    fill_shape,
    inner_layout,
    known,
    own_workbook,
    rgb,
    value,
    write_label,
)
from sekom_survey.written.powerpoint.look import Area
from sekom_survey.written.powerpoint.parts import LEAST

ROW_SPACE = 8.0
WIDEST_LABEL = 0.42


@dataclass(frozen=True)
class ChartBar:
    """One bar: the filled part, what lies behind it (an interval's end or a whole), and what is written."""

    label: str
    front: float
    back: float
    text: str
    low: float = 0.0
    high: float = 0.0
    strong: bool = True


def share_bars(canvas: Canvas, rows: Sequence[Row]) -> tuple[Any, str]:
    """One question's options with their intervals; gives the chart and what to add to the note."""
    bars = [_share_bar(row) for row in rows]
    kept = _fitting(bars, canvas.area)
    left_out = f"De {len(kept)} vanligaste svaren av {len(bars)} visas." if len(kept) < len(bars) else ""
    names = ("Svar", "Andel", "Övre gräns", "Nedåt", "Uppåt")
    return _overlapped(canvas, kept, names, "", whiskers=True), left_out


def _share_bar(row: Row) -> ChartBar:
    share, low, high, count, base = (value(row, name) for name in ("share", "low", "high", "count", "base"))
    label = safe_text(row.get("label", ""))
    if not known(share, count, base):
        return ChartBar(label, 0.0, 0.0, NOT_SHOWN, strong=False)
    low, high = (low, high) if known(low, high) else (share, share)
    strong = row.get("highlight", "").lower() == "true"
    return ChartBar(label, share, max(high, share), count_words(count, base, share), low, high, strong)


def response_bars(canvas: Canvas, rows: Sequence[Row]) -> tuple[Any, str]:
    """How many answered of those asked, by group."""
    bars = []
    for row in rows:
        answered, asked = value(row, "answered"), value(row, "asked")
        if known(answered, asked) and asked:
            bars.append(
                ChartBar(safe_text(row["label"]), answered, asked, count_words(answered, asked, answered / asked))
            )
    kept = _fitting(bars, canvas.area)
    return _overlapped(canvas, kept, ("Grupp", "Svarat", "Fick enkäten"), PALE, whiskers=False), ""


def _fitting(bars: Sequence[ChartBar], area: Area) -> list[ChartBar]:
    """The bars that have room, the shortest left out first, in their order."""
    kept = list(bars)
    while len(kept) > 1 and sum(_row_height(bar.label, area.width) for bar in kept) > area.height:
        least = min(range(len(kept)), key=lambda i: (kept[i].front, -i))
        del kept[least]
    return kept


def _row_height(label: str, width: float) -> float:
    return line_count(label, WIDEST_LABEL * width - LABEL_GAP, LEAST) * LEAST * LINE + ROW_SPACE


def _overlapped(canvas: Canvas, bars: Sequence[ChartBar], names: Sequence[str], behind: str, whiskers: bool) -> Any:
    """Horizontal bars on bars: the one behind carries the words, so that they stand clear of the interval."""
    data = CategoryChartData(number_format="0%" if whiskers else "0")
    data.categories = [bar.label for bar in bars]
    data.add_series(names[2], [bar.back for bar in bars])
    data.add_series(names[1], [bar.front for bar in bars])
    chart = add_chart(canvas, XL_CHART_TYPE.BAR_CLUSTERED, data)
    plot = chart.plots[0]
    plot.overlap, plot.gap_width = 100, 45
    back, front = plot.series
    fill_shape(back.format, behind, EDGE if behind else "")
    for i, bar in enumerate(bars):
        strong = bar.strong
        fill_shape(front.points[i].format, canvas.brand.accent if strong else MUTED, "" if strong else EDGE)
        write_label(back.points[i], f" {bar.text}", strong, canvas.brand.ink, XL_LABEL_POSITION.OUTSIDE_END)
    minus = [max(bar.front - bar.low, 0.0) for bar in bars]
    plus = [max(bar.high - bar.front, 0.0) for bar in bars]
    lists: list[Sequence[str | float]] = [
        [names[0], *(bar.label for bar in bars)], [names[2], *(bar.back for bar in bars)],
        [names[1], *(bar.front for bar in bars)]]  # fmt: skip
    if whiskers:
        lists += [[names[3], *minus], [names[4], *plus]]
        error_bars(front._element, (3, minus), (4, plus), canvas.brand.ink)
    own_workbook(chart, columns(*lists), canvas.year)
    set_axes(chart, canvas.brand, _longest(bars))
    _place(chart, canvas.area, bars)
    return chart


def _longest(bars: Sequence[ChartBar]) -> float:
    return max((bar.back for bar in bars), default=1.0) or 1.0


def set_axes(chart: Any, brand: Brand, maximum: float) -> None:
    """Labels down the left side, first row at the top; no scale, since every number is written."""
    names, values = chart.category_axis, chart.value_axis
    names.reverse_order = True
    names.major_tick_mark = XL_TICK_MARK.NONE
    names.format.line.color.rgb = rgb(EDGE)
    names.tick_labels.font.size = Pt(LEAST)
    names.tick_labels.font.color.rgb = rgb(brand.ink)
    values.minimum_scale, values.maximum_scale = 0, maximum
    values.has_major_gridlines = values.visible = False


def _place(chart: Any, area: Area, bars: Sequence[ChartBar]) -> None:
    """The bars' own rectangle: right of the widest label, and short enough for the words after each bar."""
    widest = max((text_width(bar.label, LEAST) for bar in bars), default=0.0)
    left = min(widest + LABEL_GAP, WIDEST_LABEL * area.width)
    longest = _longest(bars)
    room = area.width - left
    width = min(
        [room]
        + [(room - text_width(bar.text, LEAST, True) - LABEL_GAP) * longest / bar.back for bar in bars if bar.back > 0]
    )
    inner_layout(chart, left / area.width, 0.0, max(width, 1.0) / area.width, 1.0)


def distribution(canvas: Canvas, rows: Sequence[Row]) -> tuple[Any, str]:
    """How many gave each value of a rating, as columns."""
    data = CategoryChartData(number_format="0")
    labels = [number(value(row, "value")) for row in rows]
    counts = [value(row, "count") if known(value(row, "count")) else 0.0 for row in rows]
    data.categories = labels
    data.add_series("Antal svar", counts)
    chart = add_chart(canvas, XL_CHART_TYPE.COLUMN_CLUSTERED, data)
    plot = chart.plots[0]
    plot.gap_width = 30
    fill_shape(plot.series[0].format, canvas.brand.accent, "")
    count_labels(plot.series[0], canvas.brand.ink, XL_LABEL_POSITION.OUTSIDE_END, "0;;")
    own_workbook(chart, columns(["Svar", *labels], ["Antal svar", *counts]), canvas.year)
    set_axes(chart, canvas.brand, max(counts, default=1.0) * 1.15 or 1.0)
    chart.category_axis.reverse_order = False
    return chart, ""


def stacked(canvas: Canvas, rows: Sequence[Row]) -> tuple[Any, str]:
    """The rows of a scale as bars to a hundred percent, with the number of members written; outside options left out."""
    inside = [row for row in rows if row.get("outside", "").lower() != "true"]
    options = list(dict.fromkeys(safe_text(row["option"]) for row in sorted(inside, key=lambda r: value(r, "order"))))
    groups = {label: [r for r in inside if r["label"] == label] for label in dict.fromkeys(r["label"] for r in inside)}
    names = [_with_top(label, group[0]) for label, group in groups.items()]
    counts = {o: [_count(group, o) for group in groups.values()] for o in options}
    data = CategoryChartData(number_format="0")
    data.categories = names
    for option in options:
        data.add_series(option, counts[option])
    chart = add_chart(canvas, XL_CHART_TYPE.BAR_STACKED_100, data)
    plot = chart.plots[0]
    plot.overlap, plot.gap_width = 100, 40
    least = max((sum(values) for values in zip(*counts.values(), strict=True)), default=0.0) * 0.06
    for series, colour in zip(plot.series, ramp(len(options)), strict=True):
        fill_shape(series.format, colour, edge_of(colour) if edge_of(colour) != colour else "")
        count_labels(series, ink_on(colour), XL_LABEL_POSITION.CENTER, f'[<{math.ceil(least)}]"";0')
    lists: list[list[str | float]] = [[option, *counts[option]] for option in options]
    own_workbook(chart, columns(["Fråga", *names], *lists), canvas.year)
    set_axes(chart, canvas.brand, 1.0)
    add_legend(chart, canvas.brand)
    return chart, ""


def _count(group: Sequence[Row], option: str) -> float:
    found = [value(row, "count") for row in group if safe_text(row["option"]) == option]
    return found[0] if found and known(found[0]) else 0.0


def _with_top(label: str, row: Row) -> str:
    """The row's label with how many gave one of the highest answers."""
    share, base = value(row, "top_share"), value(row, "base")
    text = safe_text(label)
    mark = "" if text.endswith(("?", "!", ".", "…")) else ","
    return f"{text}{mark} {number(share * base)} av {number(base)}" if known(share, base) else text
