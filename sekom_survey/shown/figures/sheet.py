"""A sheet to draw on: points from the upper left corner, y downwards, and a height that is known when all is drawn."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.path import Path as Outline
from matplotlib.text import Text
from matplotlib.transforms import Affine2D

from sekom_survey.shown.figures.fonts import families, text_width
from sekom_survey.shown.figures.style import INK, LINE_HEIGHT, REGULAR, WHITE, Page
from sekom_survey.shown.figures.wrap import plain, wrap

POINTS_PER_INCH = 72
MIDDLE = 0.33  # from the middle of the capitals to their foot, as a share of the size
Align = Literal["left", "center", "right"]
GRID, AREA, LINE, PAD, MARK, WORDS = range(6)


@dataclass(frozen=True, eq=False)
class FigureSheet:
    """A figure under way; `top` is where its marks may begin, `place` is set when the height is known."""

    figure: Figure
    page: Page
    place: Affine2D
    top: float

    def add(self, artist: Line2D | Rectangle | Text) -> None:
        """Put an artist whose coordinates are points on the sheet."""
        artist.set_transform(self.place + self.figure.dpi_scale_trans)
        self.figure.add_artist(artist)


def words(sheet: FigureSheet, x: float, y: float, text: object, size: float, colour: str = INK, weight: int = REGULAR,
          align: Align = "left", order: int = WORDS) -> None:  # fmt: skip
    """One line of text with its foot at y; signs such as $ and _ are shown as they are."""
    sheet.add(Text(x, y, plain(text), color=colour, fontsize=size, fontweight=weight, fontfamily=list(families()),
                   horizontalalignment=align, verticalalignment="baseline", parse_math=False, zorder=order))  # fmt: skip


def level(sheet: FigureSheet, x: float, middle: float, text: object, size: float, colour: str = INK, weight: int = REGULAR,
          align: Align = "left") -> None:  # fmt: skip
    """One line of text whose capitals are centred on `middle`."""
    words(sheet, x, middle + MIDDLE * size, text, size, colour, weight, align)


def padded(
    sheet: FigureSheet, x: float, middle: float, text: str, size: float, colour: str = INK, weight: int = REGULAR
) -> None:
    """As `level`, on white, so that no grid line runs through the text."""
    width = text_width(text, size, weight)
    box(sheet, x - 2, middle - 0.55 * size, width + 4, 1.1 * size, WHITE, order=PAD)
    level(sheet, x, middle, text, size, colour, weight)


def lines(sheet: FigureSheet, x: float, top: float, texts: Iterable[str], size: float, colour: str = INK, weight: int = REGULAR,
          align: Align = "left") -> float:  # fmt: skip
    """Lines of text below each other from `top`; gives where they end."""
    for text in texts:
        words(sheet, x, top + size * (LINE_HEIGHT / 2 + MIDDLE), text, size, colour, weight, align)
        top += size * LINE_HEIGHT
    return top


def paragraph(sheet: FigureSheet, x: float, top: float, width: float, text: object, size: float, colour: str = INK,
              weight: int = REGULAR) -> float:  # fmt: skip
    """Wrapped text from `top`; gives where it ends."""
    return lines(sheet, x, top, wrap(text, width, size, weight), size, colour, weight)


def box(sheet: FigureSheet, x: float, y: float, width: float, height: float, fill: str, edge: str | None = None,
        order: int = AREA) -> None:  # fmt: skip
    """A filled rectangle from its upper left corner; an edge is drawn inside it."""
    inset = 0.5 if edge and width > 1 and height > 1 else 0
    sheet.add(Rectangle((x + inset, y + inset), width - 2 * inset, height - 2 * inset, facecolor=fill, edgecolor=edge or "none",
                        linewidth=1 if edge else 0, linestyle="solid", joinstyle="miter", capstyle="butt", zorder=order,
                        antialiased=True))  # fmt: skip


def line(sheet: FigureSheet, xs: tuple[float, ...], ys: tuple[float, ...], colour: str, width: float, order: int = LINE,
         dashed: bool = False) -> None:  # fmt: skip
    """A line through points."""
    sheet.add(Line2D(xs, ys, color=colour, linewidth=width, linestyle=(0, (4, 2.5)) if dashed else "solid", marker="",
                     solid_capstyle="butt", dash_capstyle="butt", solid_joinstyle="round", zorder=order))  # fmt: skip


def marks(sheet: FigureSheet, xs: list[float], ys: list[float], shape: str | Outline, size: float, fill: str, edge: str = WHITE,
          edge_width: float = 1.0, order: int = MARK) -> None:  # fmt: skip
    """Points of one shape, `size` across."""
    sheet.add(Line2D(xs, ys, linestyle="none", marker=shape, markersize=size, markerfacecolor=fill, markeredgecolor=edge,
                     markeredgewidth=edge_width, fillstyle="full", zorder=order))  # fmt: skip
