"""What the codebook found in an answer, as numbers a theme: the learned opinion weighs them, and they can be stored."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sekom_survey.coding.lexicon import SPELLING
from sekom_survey.coding.match import Coding, Evidence

# One row a theme: proposed, strong words, strong phrases, weak words, last resorts, further pieces, spelling guesses,
# taken away by a negation, weak words and last resorts that did not count, first word of a sentence (that counts, that not).
SIGNS = (
    "proposed",
    "words",
    "phrases",
    "weak",
    "last",
    "more",
    "spelt",
    "cancelled",
    "faint",
    "leads",
    "faint_last",
    "faint_leads",
)
_MOST = (1, 3, 3, 2, 2, 2, 1, 1, 2, 1, 1, 1)


def signs(coding: Coding, text: str, themes: Sequence[str]) -> np.ndarray:
    """Themes x SIGNS of one answer."""
    found = np.zeros((len(themes), len(SIGNS)))
    places = {theme: place for place, theme in enumerate(themes)}
    for piece in coding.evidence:
        if (row := places.get(piece.theme)) is not None:
            found[row, SIGNS.index(_kind(piece))] += 1
            found[row, SIGNS.index("spelt")] += piece.how == SPELLING
            found[row, SIGNS.index("leads")] += _leads(text, piece.start)
    for theme, row in places.items():
        found[row, SIGNS.index("proposed")] = theme in coding.themes
        starts = {piece.start for piece in coding.evidence if piece.theme == theme}
        found[row, SIGNS.index("more")] = max(0, len(starts) - 1)
        found[row, SIGNS.index("cancelled")] = any(piece.theme == theme for piece in coding.cancelled)
        faint = [piece for piece in coding.faint if piece.theme == theme]
        found[row, SIGNS.index("faint")] = sum(_kind(piece) != "last" for piece in faint)
        found[row, SIGNS.index("faint_last")] = any(_kind(piece) == "last" for piece in faint)
        found[row, SIGNS.index("faint_leads")] = any(_leads(text, piece.start) for piece in faint)
    return np.minimum(found, _MOST)


def _kind(piece: Evidence) -> str:
    head = piece.term.partition(" &")[0]
    if head[0] in "~?":
        return "weak" if head[0] == "~" else "last"
    return "phrases" if " " in head else "words"


def _leads(text: str, start: int) -> bool:
    """Whether a piece begins a sentence or stands after one word of it: often who the answer is about."""
    before = text[:start].rstrip()
    opening = before[max(map(before.rfind, ".!?;\n")) + 1 :]
    return len(opening.split(maxsplit=1)) <= 1
