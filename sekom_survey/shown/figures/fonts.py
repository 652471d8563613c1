"""The typeface of the figures and the web page: Source Sans Pro (SIL Open Font License), else DejaVu Sans."""

from __future__ import annotations

import base64
import importlib
import io
import os
import warnings
from contextlib import suppress
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from sekom_survey.shown.figures.style import BOLD, REGULAR, SEMIBOLD

if TYPE_CHECKING:
    from matplotlib.ft2font import FT2Font

FAMILY = "Source Sans Pro"
FALLBACK = "DejaVu Sans"
CSS_FAMILIES = "'Source Sans Pro', Carlito, Calibri, 'Segoe UI', 'Helvetica Neue', Arial, sans-serif"
FILES = {REGULAR: "SourceSansPro", SEMIBOLD: "SourceSansProSemibold", BOLD: "SourceSansProBold"}
LATIN = (
    *range(0x20, 0x7F), *range(0xA0, 0x180), *range(0x2010, 0x2027), 0x2030, 0x2032, 0x2033, 0x2039, 0x203A, 0x202F, 0x20AC,
    *range(0x2190, 0x219A), 0x2212, 0x2248, 0x2260, 0x2264, 0x2265, 0x25A0, 0x25B2, 0x25BC, 0x25C6, 0x25CF, 0x2713,
)  # fmt: skip
FEATURES = ["kern", "liga", "ccmp", "locl", "lnum", "tnum", "mark"]
_MEASURED_AT = 64.0


@cache
def font_files() -> dict[int, Path]:
    """The font's file for each weight (400, 600, 700); empty when the font package is not installed."""
    try:
        listed: dict[str, str] = importlib.import_module("font_source_sans_pro").font_files_ttf
    except (ImportError, AttributeError):
        return {}
    return {weight: Path(listed[name]) for weight, name in FILES.items() if name in listed}


@cache
def families() -> tuple[str, ...]:
    """The families to draw with, the font's files made known to matplotlib."""
    from matplotlib import font_manager

    for path in font_files().values():
        font_manager.fontManager.addfont(path)
    return (FAMILY, FALLBACK) if font_files() else (FALLBACK,)


def text_width(text: str, size: float, weight: int = REGULAR) -> float:
    """How wide a line of text is, in the unit of `size`; letters drawn closer together than this are not counted on."""
    return sum(map(_advances(weight).__getitem__, text)) * size


@cache
def _advances(weight: int) -> _Advances:
    return _Advances(weight)


class _Advances(dict[str, float]):
    """The width of each letter at size 1, measured when it is first met."""

    def __init__(self, weight: int) -> None:
        super().__init__()
        self.weight = weight

    def __missing__(self, letter: str) -> float:
        from matplotlib.ft2font import LoadFlags

        font = _measuring_font(self.weight)
        font.set_size(_MEASURED_AT, 72)  # each time: matplotlib keeps one object a file, and drawing resizes it
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a missing glyph is drawn as a box, and measured as one
            font.set_text(letter, 0.0, flags=LoadFlags.NO_HINTING)
        width = self[letter] = float(font.get_width_height()[0]) / 64 / _MEASURED_AT
        return width


def _measuring_font(weight: int) -> FT2Font:
    """Asked for anew each time: matplotlib keeps it, but not over into a copy of the process, which would share its open file."""
    from matplotlib import font_manager

    wanted = font_manager.FontProperties(family=FALLBACK, weight=BOLD if weight > REGULAR else REGULAR)
    files = [font_files().get(weight), Path(font_manager.findfont(wanted))]
    return font_manager.get_font([path for path in files if path])


@cache
def embedded_css() -> str:
    """@font-face rules with the Latin letters of three weights as base64 WOFF; "" when the font is not installed.

    What has been cut once is kept beside matplotlib's own list of fonts, by what it was cut from and with.
    """
    kept = _kept_css()
    with suppress(OSError, UnicodeError):
        return kept.read_text(encoding="ascii")
    css = "\n".join(_font_face(weight, path) for weight, path in sorted(font_files().items()))
    with suppress(OSError):  # where nothing can be kept it is cut each time
        making = kept.with_suffix(f".{os.getpid()}")
        making.write_text(css, encoding="ascii")
        making.replace(kept)
    return css


def _kept_css() -> Path:
    import matplotlib

    parts = [version("fonttools").encode(), *(path.read_bytes() for path in (Path(__file__), *font_files().values()))]
    return Path(matplotlib.get_cachedir(), f"sekom-typeface-{sha256(b''.join(parts)).hexdigest()[:32]}.css")


def _font_face(weight: int, path: Path) -> str:
    data = base64.b64encode(_latin_woff(path)).decode("ascii")
    return (
        f"@font-face{{font-family:'{FAMILY}';font-style:normal;font-weight:{weight};font-display:swap;"
        f"src:url(data:font/woff;base64,{data}) format('woff')}}"
    )


def _latin_woff(path: Path) -> bytes:
    """A subset in WOFF, which needs no compressor beyond zlib and so is the same everywhere."""
    from fontTools import subset

    options = subset.Options(
        flavor="woff",
        layout_features=FEATURES,
        hinting=False,
        desubroutinize=True,
        notdef_outline=True,
        recalc_timestamp=False,
        drop_tables=["DSIG", "FFTM"],
    )
    font = subset.load_font(str(path), options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=LATIN)
    subsetter.subset(font)
    buffer = io.BytesIO()
    subset.save_font(font, buffer, options)
    return buffer.getvalue()
