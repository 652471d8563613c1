"""Colours, sizes and shapes of every figure, and the contrast they are held to (WCAG 2.1, 1.4.3 and 1.4.11)."""

from __future__ import annotations

from dataclasses import dataclass

INK = "#1b2426"
GREY = "#4f5859"
BLUE = "#0072B2"
VERMILLION = "#D55E00"
STRONG = "#004a77"
GREEN = "#009E73"
MUTED = "#9db8c6"
EDGE = "#5b7f93"
HAIRLINE = "#d9dee0"
PALE = "#eef3f6"
OUTLINE = "#c3ccd0"
WHITE = "#ffffff"

REGULAR, SEMIBOLD, BOLD = 400, 600, 700

MARKS = (("o", INK), ("s", GREY), ("D", VERMILLION), ("^", GREEN), ("v", GREY), ("P", INK), ("X", VERMILLION),
         (">", GREEN), ("<", GREY))  # fmt: skip
"""The shape and colour of each group; never blue, which is the year's value of all."""
_LOW_RAMP = (PALE, "#c9d8e1", "#a3bfce")
_HIGH_RAMP = (BLUE, STRONG)

LINE_HEIGHT = 1.2


@dataclass(frozen=True)
class Page:
    """What a figure is drawn for; lengths in points at print size, which are CSS pixels at natural size on screen.

    `titled` pages stand alone and carry title, question and source note; `narrow` ones put labels above the marks.
    """

    width: float
    text: float
    small: float
    margin: float
    titled: bool = False
    narrow: bool = False

    @property
    def right(self) -> float:
        """Where the drawing ends."""
        return self.width - self.margin

    @property
    def lane(self) -> float:
        """The thickness of a bar."""
        return (1.2 if self.titled else 1.35) * self.text

    @property
    def stroke(self) -> float:
        """The width of a line that carries a number."""
        return 0.1 * self.text

    @property
    def hair(self) -> float:
        """The width of a line that only guides the eye."""
        return 0.065 * self.text

    @property
    def gap(self) -> float:
        """The space between things that belong together."""
        return 0.7 * self.text

    @property
    def between(self) -> float:
        """The space between rows: less on paper, where several figures share a page."""
        return (0.3 if self.titled else 0.7) * self.text


WIDE = Page(width=720, text=15, small=13.5, margin=0)
NARROW = Page(width=340, text=14, small=12.5, margin=2, narrow=True)
PRINT = Page(width=452, text=9.8, small=9.5, margin=8, titled=True)


def contrast(one: str, other: str = WHITE) -> float:
    """The contrast between two colours ("#rrggbb"), 1 to 21.

    Source: WCAG 2.1, definitions of contrast ratio and relative luminance.
    """
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def ramp(parts: int) -> tuple[str, ...]:
    """Fills for the options of a scale from lowest to highest: pale below the middle, strong blue at the top two."""
    if parts <= len(_HIGH_RAMP):
        return _HIGH_RAMP[-1:] if parts == 1 else (PALE, _HIGH_RAMP[-1])
    pale = parts - len(_HIGH_RAMP)
    if parts == 3:  # two strong of three would make the middle look high
        return (PALE, _LOW_RAMP[-1], _HIGH_RAMP[-1])
    steps = [round(i * (len(_LOW_RAMP) - 1) / (pale - 1)) for i in range(pale)]
    return tuple(_LOW_RAMP[step] for step in steps) + _HIGH_RAMP


def edge_of(fill: str) -> str:
    """The fill itself where it stands out from white, else the dark edge that makes it do so."""
    return fill if contrast(fill) >= 3 else EDGE


def ink_on(fill: str) -> str:
    """White or dark text, whichever reads best on a fill."""
    return max((WHITE, INK), key=lambda colour: contrast(colour, fill))


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[i : i + 2], 16) / 255) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)
