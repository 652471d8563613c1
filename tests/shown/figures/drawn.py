"""What stands on a drawn figure, for the tests: texts with their boxes, rectangles and marks."""

from dataclasses import dataclass
from pathlib import Path

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from sekom_survey.shown.figures import _drawn, fonts, own_settings, save
from sekom_survey.shown.figures.style import NARROW, PRINT, WIDE
from tests.shown.figures.samples import ALL

PAGES = {"wide": WIDE, "narrow": NARROW, "print": PRINT}


@dataclass(frozen=True, eq=False)
class Drawn:
    """A figure with its artists; boxes are in the figure's points, y upwards."""

    figure: object
    texts: list
    boxes: list
    rectangles: list
    points: list

    @property
    def words(self):
        return [text.get_text() for text in self.texts]


def drawn(exhibit, page):
    """Draw an exhibit on one of `PAGES` and measure it."""
    with own_settings(exhibit.id):
        figure = _drawn(exhibit, PAGES[page])
        renderer = FigureCanvasAgg(figure).get_renderer()
        artists = figure.get_children()
        texts = [artist for artist in artists if isinstance(artist, Text) and artist.get_text()]
        boxes = [text.get_window_extent(renderer) for text in texts]
        rectangles = [artist for artist in artists if isinstance(artist, Rectangle) and artist is not figure.patch]
        points = [
            box
            for artist in artists
            if isinstance(artist, Line2D) and artist.get_marker() not in ("", "None", None)
            for box in mark_boxes(artist)
        ]
    return Drawn(figure, texts, boxes, rectangles, points)


def mark_boxes(line):
    half = line.get_markersize() / 2
    return [
        Bbox.from_extents(x - half, y - half, x + half, y + half)
        for x, y in line.get_transform().transform(line.get_xydata())
    ]


def crosses(one, other, spare=0.6):
    """Whether two boxes share more than a hair of surface."""
    across = min(one.x1, other.x1) - max(one.x0, other.x0)
    up = min(one.y1, other.y1) - max(one.y0, other.y0)
    return across > spare and up > spare


def write(folder):
    """Save some samples and the page's fonts, for a comparison between processes."""
    for name in ("map", "stacked", "matrix"):
        save(ALL[name], Path(folder))
    (Path(folder) / "fonts.css").write_text(fonts.embedded_css(), encoding="utf-8")
