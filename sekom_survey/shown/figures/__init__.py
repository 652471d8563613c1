"""An exhibit -> its figure: `FIGURES` is the table of kinds, `draw` gives a matplotlib Figure, `save` the files."""

from __future__ import annotations

import io
import logging
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from importlib import import_module
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from sekom_survey.model import Exhibit
from sekom_survey.shown.figures import kinds
from sekom_survey.shown.figures.style import BOLD, NARROW, PRINT, REGULAR, SEMIBOLD, WIDE, Page

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure
    from PIL.Image import Image

Drawing = Callable[[Exhibit, Page], "Figure"]

PAGES = {".svg": WIDE, "-narrow.svg": NARROW, ".png": PRINT}
PNG_DPI = 200
EXACT = 12  # more flat colours than any figure has
STAMP = "Exempeldata"
_NOT_OURS = ("backend", "interactive", "toolbar", "webagg", "tk.", "date.")


def _from(module: str) -> Drawing:
    """The `draw` of a module here, which is imported when it is first needed."""

    def drawing(exhibit: Exhibit, page: Page) -> Figure:
        figure: Figure = import_module(f"{__name__}.{module}").draw(exhibit, page)
        return figure

    return drawing


FIGURES: dict[str, Drawing | None] = {**{kind: _from(f"kinds.{kind}") for kind in kinds.names()}, "table": None}


def get_ready() -> None:
    """Import what drawing needs and find the fonts, so that processes that are copied from this one need not."""
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure
    from matplotlib.text import Text

    from sekom_survey.shown.figures.fonts import families

    for module in ("svg", "nothing", *(f"kinds.{kind}" for kind in kinds.names())):
        import_module(f"{__name__}.{module}")
    with own_settings(""):
        figure = Figure((1, 1))
        for weight in (REGULAR, SEMIBOLD, BOLD):
            figure.add_artist(Text(0, 0, "a", fontfamily=list(families()), fontweight=weight))
        FigureCanvasSVG(figure).print_svg(io.BytesIO())
        as_png(figure)


def draw(exhibit: Exhibit, narrow: bool = False) -> Figure | None:
    """The marks and labels of an exhibit, without title and note; None for a kind that is only a table.

    `narrow` is for a phone. Raises ValueError for a kind that is not in `FIGURES`.
    """
    with own_settings(exhibit.id):
        return _drawn(exhibit, NARROW if narrow else WIDE)


def save(exhibit: Exhibit, folder: Path) -> tuple[str, ...]:
    """Write <id>.svg and <id>-narrow.svg (marks and labels) and <id>.png (200 dpi, with title and note).

    Gives the names written, none for a kind that is only a table. Equal exhibits give equal bytes.
    """
    names = file_names(exhibit)
    for name in names:
        (folder / name).write_bytes(file_content(exhibit, name))
    return names


def file_names(exhibit: Exhibit) -> tuple[str, ...]:
    """The files of an exhibit's drawing; none for a kind that is only a table. Raises ValueError as `draw`."""
    return tuple(f"{exhibit.id}{ending}" for ending in PAGES) if _drawing_of(exhibit) else ()


def file_content(exhibit: Exhibit, name: str) -> bytes:
    """The bytes of one of `file_names`."""
    with own_settings(exhibit.id):
        figure = _drawn(exhibit, PAGES[name.removeprefix(exhibit.id)])
        assert figure is not None
        return as_png(figure) if name.endswith(".png") else _svg(figure, Path(name).stem, exhibit)


def made_of(exhibit: Exhibit) -> dict[str, tuple[str, ...]]:
    """For each of `file_names` everything in the exhibit that it shows, as text with floats in full."""
    names = file_names(exhibit)
    if not names:
        return {}
    data = _as_drawn(exhibit.data)
    types = " ".join(str(kind) for kind in data.dtypes)
    headings = "\t".join(str(heading) for heading in exhibit.table.columns)
    shown = (exhibit.kind, types, data.to_csv(), headings, exhibit.title)
    printed, on_page = (exhibit.subtitle, exhibit.note), (exhibit.alt, _stamp(exhibit))
    return {name: (name, *shown, *(printed if name.endswith(".png") else on_page)) for name in names}


def _drawn(exhibit: Exhibit, page: Page) -> Figure | None:
    drawing = _drawing_of(exhibit)
    if drawing is not None and exhibit.data.empty:
        drawing = _from("nothing")
    return None if drawing is None else drawing(replace(exhibit, data=_as_drawn(exhibit.data)), page)


def _drawing_of(exhibit: Exhibit) -> Drawing | None:
    if exhibit.kind not in FIGURES:
        raise ValueError(f"no figure of kind {exhibit.kind!r}; there are {', '.join(FIGURES)}")
    return FIGURES[exhibit.kind]


def _as_drawn(data: pd.DataFrame) -> pd.DataFrame:
    """Counts are whole numbers in one build and, where some are withheld, not in the other; drawn they are the same."""
    return data.astype(dict.fromkeys(data.select_dtypes("integer"), float))


def _stamp(exhibit: Exhibit) -> str:
    return STAMP if STAMP in exhibit.note else ""


def _svg(figure: Figure, name: str, exhibit: Exhibit) -> bytes:
    from matplotlib.backends.backend_svg import FigureCanvasSVG

    from sekom_survey.shown.figures.svg import inline

    buffer = io.BytesIO()
    FigureCanvasSVG(figure).print_svg(buffer, metadata={"Date": None})
    return inline(buffer.getvalue(), name, exhibit.title, exhibit.alt, _stamp(exhibit))


def as_png(figure: Figure) -> bytes:
    """With a palette, which is enough for flat colours and makes the file a third as large."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from PIL import Image

    figure.set_dpi(PNG_DPI)
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    picture = Image.fromarray(np.asarray(canvas.buffer_rgba())).convert("RGB")
    buffer = io.BytesIO()
    _with_palette(picture).save(buffer, "PNG", dpi=(PNG_DPI, PNG_DPI))
    return buffer.getvalue()


def _with_palette(picture: Image) -> Image:
    """As many colours as a palette holds, those that fill most of the picture exactly as they were drawn."""
    from PIL import Image

    made = picture.quantize(256, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    palette = np.array(made.getpalette()).reshape(-1, 3)
    counted = picture.getcolors(picture.width * picture.height) or []
    for _, colour in sorted(counted, key=itemgetter(0))[-EXACT:]:  # the commonest last, so that nothing takes its place
        palette[np.abs(palette - colour).sum(axis=1).argmin()] = colour
    made.putpalette(palette.ravel().tolist())
    return made


@contextmanager
def own_settings(salt: str) -> Iterator[None]:
    """Matplotlib as it comes, whatever a notebook has set; put back afterwards."""
    import matplotlib

    ours = {key: value for key, value in matplotlib.rcParamsDefault.items() if not key.startswith(_NOT_OURS)}
    ours |= {"svg.fonttype": "none", "svg.hashsalt": salt, "text.hinting": "none"}
    ours = {key: value for key, value in ours.items() if matplotlib.rcParams[key] != value}  # to set one is to check it
    log = logging.getLogger("matplotlib.font_manager")
    level = log.level
    with matplotlib.rc_context(ours), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing")
        log.setLevel(logging.ERROR)  # it reports every time that the fallback font has no semibold
        try:
            yield
        finally:
            log.setLevel(level)
