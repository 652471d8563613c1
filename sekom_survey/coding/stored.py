"""What the package's sentences teach, stored: learning it anew takes seconds that whoever waits for proposals would notice.

`learnt.npz` holds for each question of the start codebook what `learn_opinion` and TextBlob's classifier came to;
`python scripts/make_learnt.py` makes it anew. A digest tells what it was made from: where that has changed, it is learnt as
if nothing were stored.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import numpy as np
from scipy import sparse

from sekom_survey.coding.bayes import FeatureCounts
from sekom_survey.coding.concepts import FILE as CONCEPTS
from sekom_survey.coding.concepts import lexicon
from sekom_survey.coding.likeness import Grams, Likeness, views
from sekom_survey.coding.opinion import Opinion, evidence_rows
from sekom_survey.coding.shipped import SENTENCES
from sekom_survey.coding.suggest import Learnt

STORED = Path(__file__).with_name("learnt.npz")
DIGEST = "digest"
Arrays = dict[str, np.ndarray]


class Stored(NamedTuple):
    """What is stored of one question: the opinion, and what TextBlob's classifier has learnt."""

    opinion: Opinion
    classifier: Learnt


def digest() -> str:
    """What the sentences and the concepts are, in a word."""
    return sha256(SENTENCES.read_bytes() + CONCEPTS.read_bytes()).hexdigest()


def stored_opinion(question: str, themes: Sequence[str]) -> Stored | None:
    """What is stored for a question with exactly these themes; None when nothing is, or the sentences are others now."""
    arrays = _arrays()
    held = arrays.get(f"{question}/themes")
    if held is None or _words(held) != list(themes):
        return None
    return _read({name.partition("/")[2]: array for name, array in arrays.items() if name.startswith(f"{question}/")})


def _arrays() -> Mapping[str, np.ndarray]:
    return _file() if str(_file()[DIGEST]) == digest() else {}


@cache
def _file() -> Mapping[str, np.ndarray]:
    with np.load(STORED, allow_pickle=False) as file:
        return dict(file)


def store(found: Mapping[str, tuple[Sequence[str], Stored, np.ndarray]], path: Path = STORED) -> None:
    """Write what was learnt: question -> its themes, what was learnt, and the signs it was learnt from (texts x themes x SIGNS)."""
    arrays = {
        f"{question}/{name}": array
        for question, (themes, one, signs) in found.items()
        for name, array in {"themes": _joined(themes), **_written(one, signs)}.items()
    }
    np.savez_compressed(path, **{DIGEST: np.array(digest())}, **arrays)  # type: ignore[arg-type]


def _written(one: Stored, signs: np.ndarray) -> Arrays:
    likeness, table = one.opinion.likeness, one.classifier.table
    counts = sparse.csr_matrix(table.counts)
    return {
        "known": _joined(one.opinion.themes),
        "signs": signs.astype(np.uint8),
        "grams": _joined(likeness.grams.places),
        "gram_weights": likeness.grams.weights,
        "columns": likeness.taught.grams.indices.astype(np.int32),
        "ends": likeness.taught.grams.indptr.astype(np.int32),
        "spoken": np.packbits(likeness.taught.concepts > 0),
        "rarity": likeness.rarity,
        "weights": likeness.weights.astype(np.float32),
        "level": likeness.level,
        "theme_weights": one.opinion.theme_weights,
        "features": _joined(table.places),
        "classes": _joined(table.themes),
        "pieces": table.pieces,
        "counted": counts.data.astype(np.int32),
        "counted_themes": counts.indices.astype(np.uint8),
        "counted_ends": counts.indptr.astype(np.int32),
    }


def _read(held: Arrays) -> Stored:
    grams = Grams(_places(held["grams"]), held["gram_weights"])
    texts, concepts = len(held["ends"]) - 1, len(lexicon().names)
    spoken = np.unpackbits(held["spoken"], count=texts * concepts).reshape(texts, concepts).astype(float)
    rows = grams.weighed(held["columns"], held["ends"])
    taught = views(rows, held["rarity"], spoken, evidence_rows(held["signs"].astype(float)))
    known, weights = tuple(_words(held["known"])), held["weights"].astype(float)
    none = weights[:, :0]  # what each text gets without itself is asked of those that people decided
    likeness = Likeness(grams, held["rarity"], taught, weights, held["level"], none)
    opinion = Opinion(known, likeness, held["theme_weights"], none[0, :, : len(known)])
    classes, places = tuple(_words(held["classes"])), _places(held["features"])
    counted = (held["counted"], held["counted_themes"].astype(np.int32), held["counted_ends"])
    counts = sparse.csr_matrix(counted, (len(places), len(classes)), dtype=float).toarray()
    return Stored(opinion, Learnt(FeatureCounts(classes, places, held["pieces"], counts)))


def _joined(words: Sequence[str] | Mapping[str, int]) -> np.ndarray:
    """Words in one piece of bytes, a line each: an array of words would be as wide as the longest."""
    return np.frombuffer("\n".join(words).encode(), np.uint8)


def _words(array: np.ndarray) -> list[str]:
    return array.tobytes().decode().split("\n")


def _places(array: np.ndarray) -> dict[str, int]:
    return {word: place for place, word in enumerate(_words(array))}
