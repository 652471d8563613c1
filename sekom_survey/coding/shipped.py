"""What the package brings: a codebook of municipal sustainability work, and coded sentences that the second opinion learns from.

Most sentences are invented for this, in many manners of writing; others were set aside to measure by, until they were read, and some
of those are by other hands: `source` tells which. `signs` is what a codebook found in each before any term was written from it (1.0.2 of
the example; 1.1.0 in the later ones): a codebook that has learnt a sentence by heart would say too much of itself.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sekom_survey.coding.codebook import Codebook, load_codebook
from sekom_survey.text.toml import read_toml

CODEBOOK_FILE, STARTS = "codebook.toml", "start"
START = Path(__file__).with_name("start.toml")
SENTENCES = Path(__file__).with_name("sentences.csv")


def codebook_file(folder: Path) -> Path | None:
    """The codebook of a year: its own codebook.toml, else the one that comes along where survey.toml says `codebook = "start"`."""
    own = folder / CODEBOOK_FILE
    if own.exists():
        return own
    data, problems = read_toml(folder / "survey.toml", "survey.toml")
    return START if not problems and data.get("codebook") == STARTS else None


@dataclass(frozen=True)
class Sentence:
    """A coded sentence; `signs` gives a theme's row of `sekom_survey.coding.signs.SIGNS`, for those that have any."""

    question: str
    text: str
    themes: frozenset[str]
    signs: dict[str, tuple[int, ...]]
    source: str


@cache
def start_codebook() -> Codebook:
    """The codebook to begin with: themes of challenges, strengths and a network's value."""
    return load_codebook(START)[0]


@cache
def sentences() -> tuple[Sentence, ...]:
    """The coded sentences, in order."""
    with SENTENCES.open(encoding="utf-8", newline="") as stream:
        return tuple(
            Sentence(
                row["question"], row["text"], frozenset(row["themes"].split(";")), _signs(row["signs"]), row["source"]
            )
            for row in csv.DictReader(stream)
        )


def _signs(cell: str) -> dict[str, tuple[int, ...]]:
    pairs = (piece.partition(":") for piece in cell.split())
    return {theme: tuple(map(int, digits)) for theme, _, digits in pairs}
