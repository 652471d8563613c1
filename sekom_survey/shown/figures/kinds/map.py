"""Where the answers come from: members on a map whose outline is the middle of every municipality."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from sekom_survey.asked.reference import municipalities
from sekom_survey.model import Exhibit
from sekom_survey.shown.figures.layout import close_sheet, column_width, open_sheet
from sekom_survey.shown.figures.sheet import GRID, FigureSheet, level, marks, paragraph
from sekom_survey.shown.figures.style import BLUE, GREY, LINE_HEIGHT, OUTLINE, SEMIBOLD, VERMILLION, WHITE, Page
from sekom_survey.shown.figures.values import records
from sekom_survey.shown.figures.wrap import plain, wrap
from sekom_survey.text.swedish import number, plural, sort_key

HOLLOW = "none"
_TALL, _TALL_NARROW = 40.0, 33.0  # in heights of the text


@dataclass(frozen=True)
class _Kind:
    """One sort of member: what it is called (one, many), its mark, and whether it is filled."""

    answered: bool
    region: bool
    names: tuple[str, str]
    shape: str
    colour: str


_KINDS = (
    _Kind(True, False, ("kommun har svarat", "kommuner har svarat"), "o", BLUE),
    _Kind(False, False, ("kommun har inte svarat", "kommuner har inte svarat"), "D", VERMILLION),
    _Kind(True, True, ("region har svarat", "regioner har svarat"), "s", BLUE),
    _Kind(False, True, ("region har inte svarat", "regioner har inte svarat"), "s", VERMILLION),
)


@dataclass(frozen=True)
class _Land:
    """An equirectangular map: degrees to points, a degree of longitude as long as it is at the middle latitude."""

    left: float
    top: float
    west: float
    north: float
    degree: float
    shrink: float

    def x(self, longitude: float) -> float:
        return self.left + (longitude - self.west) * self.degree * self.shrink

    def y(self, latitude: float) -> float:
        return self.top + (self.north - latitude) * self.degree


def draw(exhibit: Exhibit, page: Page) -> Figure:
    """Columns of the data: latitude, longitude, answered, region, label (names of those missing are listed)."""
    sheet = open_sheet(exhibit, page)
    rows = records(exhibit)
    if page.narrow:
        land, bottom = _country(
            sheet, page.margin, _key(sheet, page.margin, sheet.top, rows) + page.gap, _TALL_NARROW, rows
        )
        bottom = _missing(sheet, page.margin, bottom + page.gap, rows)
    else:
        land, foot = _country(sheet, page.margin, sheet.top, _TALL, rows)
        beside = land.x(_bounds()[3]) + 3 * page.gap
        bottom = max(foot, _missing(sheet, beside, _key(sheet, beside, sheet.top, rows) + page.gap, rows))
    _members(sheet, land, rows)
    return close_sheet(sheet, exhibit, bottom)


def _bounds() -> tuple[float, float, float, float]:
    """South, north, west and east of all municipalities."""
    latitudes = [place.latitude for place in municipalities()]
    longitudes = [place.longitude for place in municipalities()]
    return min(latitudes), max(latitudes), min(longitudes), max(longitudes)


def _country(sheet: FigureSheet, left: float, top: float, tall: float, rows: list[Any]) -> tuple[_Land, float]:
    """Every municipality as a faint dot, but for those that members' marks will cover; gives the map and where it ends."""
    page = sheet.page
    south, north, west, _ = _bounds()
    inset, height = page.text * 0.5, tall * page.text
    shrink = math.cos(math.radians((south + north) / 2))
    land = _Land(left + inset, top + inset, west, north, height / (north - south), shrink)
    covered = {(row.latitude, row.longitude) for row in rows}
    others = [place for place in municipalities() if (place.latitude, place.longitude) not in covered]
    xs, ys = [land.x(place.longitude) for place in others], [land.y(place.latitude) for place in others]
    marks(sheet, xs, ys, "o", page.text * 0.3, OUTLINE, OUTLINE, edge_width=0, order=GRID)
    return land, top + height + 2 * inset


def _of_kind(rows: list[Any], kind: _Kind) -> list[Any]:
    return [row for row in rows if bool(row.answered) == kind.answered and bool(row.region) == kind.region]


def _members(sheet: FigureSheet, land: _Land, rows: list[Any]) -> None:
    """Those who have not answered on top, hollow, so that none is hidden."""
    for kind in sorted(_KINDS, key=lambda kind: (not kind.answered, kind.region)):
        placed = [row for row in _of_kind(rows, kind) if not (pd.isna(row.latitude) or pd.isna(row.longitude))]
        _marks(sheet, [land.x(row.longitude) for row in placed], [land.y(row.latitude) for row in placed], kind)


def _marks(sheet: FigureSheet, xs: list[float], ys: list[float], kind: _Kind) -> None:
    size = sheet.page.text * (0.7 if kind.region else 0.54)
    if kind.answered:
        marks(sheet, xs, ys, kind.shape, size, kind.colour, WHITE, sheet.page.hair)
    else:
        marks(sheet, xs, ys, kind.shape, size * 0.88, HOLLOW, kind.colour, 1.2 * sheet.page.stroke)


def _key(sheet: FigureSheet, x: float, top: float, rows: list[Any]) -> float:
    """What the marks mean, with how many there are of each; gives where it ends."""
    page = sheet.page
    for kind in _KINDS:
        count = len(_of_kind(rows, kind))
        if count:
            step = page.text * 1.6
            _marks(sheet, [x + page.text * 0.4], [top + step / 2], kind)
            level(
                sheet, x + page.text * 1.3, top + step / 2, f"{number(count)} {plural(count, *kind.names)}", page.text
            )
            top += step
    return top


def _missing(sheet: FigureSheet, x: float, top: float, rows: list[Any]) -> float:
    """The names of those who have not answered, in columns; gives where they end."""
    page = sheet.page
    names = sorted((plain(row.label) for row in rows if not row.answered and plain(row.label)), key=sort_key)
    if not names:
        return top
    room = page.right - x
    top = paragraph(sheet, x, top, room, "Har inte svarat", page.small, GREY, SEMIBOLD) + 2
    width = column_width(names, (room - page.gap) / 2, page.small) + page.gap
    columns = max(1, int((room + page.gap) / width))
    deep = math.ceil(len(names) / columns)
    ends = [_list(sheet, x + i * width, top, names[i * deep : (i + 1) * deep], width) for i in range(columns)]
    return max(ends)


def _list(sheet: FigureSheet, x: float, top: float, names: list[str], width: float) -> float:
    page = sheet.page
    for name in names:
        for part in wrap(name, width - page.gap + 0.01, page.small):
            level(sheet, x, top + page.small * LINE_HEIGHT / 2, part, page.small)
            top += page.small * LINE_HEIGHT
        top += 1
    return top
