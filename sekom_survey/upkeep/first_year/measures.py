"""What a draft's questions seem to measure, and which differences between groups a person may want to have tested."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sekom_survey.asked.marks import KEY
from sekom_survey.asked.questionnaire import DEFAULT_NAMES
from sekom_survey.model import NPS, RATING, SCALE
from sekom_survey.upkeep.guess import RECOMMENDED

WORDS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "satisfaction": (r"\b(nöjda?|fornøyde?|tilfredse?|satisfied|satisfaction)\b", (RATING, SCALE)),
    "recommendation": (RECOMMENDED, (NPS, SCALE)),
    "stay": (r"(är|vara|kvar|fortsätt\w*|förbli\w*)\b.*\b(medlem|med även|kvar|med nästa)|lämna", (SCALE,)),
    "worth": (r"\bvärt\b|valuta|avgiften? (är )?rimlig|rimlig", (SCALE,)),
}
_WHOLE = re.compile(
    r"helhet|hela taget|överlag|generellt|medlemskap|nätverket\b|föreningen\b|förbundet\b|samlat", re.IGNORECASE
)
MATRICES: Mapping[str, str] = {"need": r"\bbehov", "value": r"\bvärde|\bnytta"}
MEASURE_NAMES = {
    "satisfaction": "Nöjdhet",
    "recommendation": "Rekommendation",
    "stay": "Stanna som medlem",
    "worth": "Värt tid och avgift",
    "need": "Behov",
    "value": "Värde",
}
MEASURES = "Vilken fråga mäter vad? Rapporten talar om nöjdhet, rekommendation och liknande bara för dem som anges här."
TESTED = (
    "Ska skillnaden prövas? Välj innan någon har sett resultatet. Skriv dagen då ni bestämde det; var det efter att enkäten öppnade "
    "står det i rapporten."
)
MOST_CONTRASTS = 4


def measures_of(items: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """The table [measures] with a mark: measure -> the question or matrix that its words fit; of several the one about the whole.

    Empty when none is.
    """
    plain = [item for item in items if "rows" not in item]
    found = {measure: _first(plain, pattern, kinds) for measure, (pattern, kinds) in WORDS.items()}
    matrices = [item for item in items if "rows" in item and item["kind"] == SCALE]
    found |= {measure: _first(matrices, pattern, (SCALE,)) for measure, pattern in MATRICES.items()}
    kept = {measure: name for measure, name in found.items() if name}
    return {KEY: MEASURES, **kept} if kept else {}


def _first(items: Sequence[Mapping[str, Any]], pattern: str, kinds: tuple[str, ...]) -> str:
    fitting = [item for item in items if item["kind"] in kinds and re.search(pattern, item["text"], re.IGNORECASE)]
    whole = [item for item in fitting if _WHOLE.search(item["text"])]
    return str((whole or fitting)[0]["id"]) if len(fitting) == 1 or whole else ""


def contrasts_of(items: Sequence[Mapping[str, Any]], measures: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """The tables [[contrasts]], each with a mark: large members against small in what is measured, else in the first scales."""
    measured = [measures[name] for name in WORDS if name in measures]
    others = [str(item["id"]) for item in items if item["kind"] in (SCALE, RATING) and "rows" not in item]
    for name in list(dict.fromkeys(measured or others))[:MOST_CONTRASTS]:
        yield {
            KEY: TESTED,
            "item": name,
            "segmentation": "size",
            "first": DEFAULT_NAMES[-1],
            "second": DEFAULT_NAMES[0],
        }
