"""An exhibit -> its figure: `FIGURES` is the table of kinds, `draw` gives a matplotlib Figure, `save` the files."""

from __future__ import annotations

import io
import logging
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from sekom_survey.figures.style import NARROW, PRINT, WIDE, Page
from sekom_survey.model import Exhibit

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Drawing = Callable[[Exhibit, Page], "Figure"]

PNG_DPI = 200
STAMP = "Exempeldata"
_NOT_OURS = ("backend", "interactive", "toolbar", "webagg", "tk.", "date.")


def _from(module: str) -> Drawing:
    """The `draw` of a module here, which is imported when it is first needed."""

    def drawing(exhibit: Exhibit, page: Page) -> Figure:
        figure: Figure = import_module(f"{__name__}.{module}").draw(exhibit, page)
        return figure

    return drawing


FIGURES: dict[str, Drawing | None] = {
    "bars": _from("bars"),
    "stacked": _from("stacked"),
    "dots": _from("dots"),
    "response": _from("response"),
    "flow": _from("flow"),
    "distribution": _from("distribution"),
    "map": _from("map"),
    "slope": _from("slope"),
    "strip": _from("strip"),
    "matrix": _from("matrix"),
    "table": None,
}


def draw(exhibit: Exhibit, narrow: bool = False) -> Figure | None:
    """The marks and labels of an exhibit, without title and note; None for a kind that is only a table.

    `narrow` is for a phone. Raises ValueError for a kind that is not in `FIGURES`.
    """
    with _own_settings(exhibit.id):
        return _drawn(exhibit, NARROW if narrow else WIDE)


def save(exhibit: Exhibit, folder: Path) -> tuple[str, ...]:
    """Write <id>.svg and <id>-narrow.svg (marks and labels) and <id>.png (200 dpi, with title and note).

    Gives the names written, none for a kind that is only a table. Equal exhibits give equal bytes.
    """
    with _own_settings(exhibit.id):
        figures = [_drawn(exhibit, page) for page in (WIDE, NARROW, PRINT)]
        files = {name: _bytes(figure, name, exhibit)
                 for name, figure in zip(_names(exhibit.id), figures, strict=True) if figure is not None}  # fmt: skip
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return tuple(files)


def _names(exhibit_id: str) -> tuple[str, str, str]:
    return f"{exhibit_id}.svg", f"{exhibit_id}-narrow.svg", f"{exhibit_id}.png"


def _drawn(exhibit: Exhibit, page: Page) -> Figure | None:
    if exhibit.kind not in FIGURES:
        raise ValueError(f"no figure of kind {exhibit.kind!r}; there are {', '.join(FIGURES)}")
    drawing = FIGURES[exhibit.kind]
    if drawing is not None and exhibit.data.empty:
        drawing = _from("nothing")
    return None if drawing is None else drawing(exhibit, page)


def _bytes(figure: Figure, name: str, exhibit: Exhibit) -> bytes:
    return _png(figure) if name.endswith(".png") else _svg(figure, Path(name).stem, exhibit)


def _svg(figure: Figure, name: str, exhibit: Exhibit) -> bytes:
    from matplotlib.backends.backend_svg import FigureCanvasSVG

    from sekom_survey.figures.svg import inline

    buffer = io.BytesIO()
    FigureCanvasSVG(figure).print_svg(buffer, metadata={"Date": None})
    return inline(buffer.getvalue(), name, exhibit.title, exhibit.alt, STAMP if STAMP in exhibit.note else "")


def _png(figure: Figure) -> bytes:
    """With a palette, which is enough for flat colours and makes the file less than half as large."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from PIL import Image

    figure.set_dpi(PNG_DPI)
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    picture = Image.fromarray(np.asarray(canvas.buffer_rgba())).convert("RGB")
    picture = picture.quantize(256, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    buffer = io.BytesIO()
    picture.save(buffer, "PNG", dpi=(PNG_DPI, PNG_DPI))
    return buffer.getvalue()


@contextmanager
def _own_settings(salt: str) -> Iterator[None]:
    """Matplotlib as it comes, whatever a notebook has set; put back afterwards."""
    import matplotlib

    ours = {key: value for key, value in matplotlib.rcParamsDefault.items() if not key.startswith(_NOT_OURS)}
    ours |= {"svg.fonttype": "none", "svg.hashsalt": salt, "text.hinting": "none"}
    log = logging.getLogger("matplotlib.font_manager")
    level = log.level
    with matplotlib.rc_context(ours), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing")
        log.setLevel(logging.ERROR)  # it reports every time that the fallback font has no semibold
        try:
            yield
        finally:
            log.setLevel(level)
