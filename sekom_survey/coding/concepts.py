"""What the words of a text are about: concepts of municipal work, whatever the question and its themes.

A stranger says the same with other words than anyone before. `concepts.toml` lists by concept the words that speak of it,
so that "vakans" and "obesatt" are alike though they share no letters.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import numpy as np

from sekom_survey.coding.terms import SHORTEST_INSIDE
from sekom_survey.text.tokens import TOKEN

FILE = Path(__file__).with_name("concepts.toml")
NOTHING = "nothing"
FIRST_INSIDE, LONGEST_PHRASE = 3, 5
LONGEST_STEM = 40  # what is typed without a space is no word, and as quick to read
Listed = dict[str, set[str]]


@dataclass(frozen=True, eq=False)
class Lexicon:
    """The concepts in order, and which of them a word's beginning, its inside, the whole of it or a phrase speaks of."""

    names: tuple[str, ...]
    first: Listed = field(default_factory=lambda: defaultdict(set))
    inside: Listed = field(default_factory=lambda: defaultdict(set))
    whole: Listed = field(default_factory=lambda: defaultdict(set))
    phrases: dict[str, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))
    known: dict[str, frozenset[str]] = field(default_factory=dict)

    def of_text(self, text: str) -> frozenset[str]:
        """The concepts that a text speaks of."""
        said = [word.strip("-") for word in TOKEN.findall(text.lower())]
        return frozenset().union(*map(self.of_word, said), self._of_phrases(said)) - {NOTHING}

    def of_word(self, word: str) -> frozenset[str]:
        """The concepts of one word in lower case, by itself and by its parts at a hyphen."""
        if word not in self.known:
            parts = {word, word.replace("-", ""), *word.split("-")} - {""}
            self.known[word] = frozenset().union(*map(self._ways, parts))
        return self.known[word]

    def _ways(self, word: str) -> frozenset[str]:
        bare = word.removesuffix("s") if len(word) > FIRST_INSIDE else word
        starts = range(FIRST_INSIDE, len(word) - FIRST_INSIDE + 1)
        inside = (_longest(self.inside, word[start : start + LONGEST_STEM]) for start in starts)
        whole = [listed for form in {word, bare} if (listed := self.whole.get(form))]
        return frozenset().union(_longest(self.first, word), *inside, *whole)

    def _of_phrases(self, said: Sequence[str]) -> Iterator[str]:
        for place, word in enumerate(said):
            for phrase, concept in self.phrases.get(word, ()):
                if " ".join(said[place : place + LONGEST_PHRASE]).startswith(phrase):
                    yield concept


def _longest(listed: Mapping[str, set[str]], word: str) -> set[str]:
    ends = range(min(len(word), LONGEST_STEM), 1, -1)
    return next((listed[word[:end]] for end in ends if word[:end] in listed), set())


@cache
def lexicon() -> Lexicon:
    """The package's concepts."""
    data = tomllib.loads(FILE.read_text(encoding="utf-8"))
    made = Lexicon(tuple(name for name in data if name != NOTHING))
    for concept, entries in data.items():
        for entry in entries.split():
            _list(made, entry, concept)
    return made


def _list(made: Lexicon, entry: str, concept: str) -> None:
    if "_" in entry:
        said = [word.strip("-") for word in entry.split("_")]
        made.phrases[said[0]].append((" ".join(said), concept))
    elif entry.startswith("="):
        made.whole[entry[1:]].add(concept)
    else:
        stem = entry.removeprefix("-")
        made.first[stem].add(concept)
        if stem != entry or len(stem) >= SHORTEST_INSIDE:
            made.inside[stem].add(concept)


def concept_rows(texts: Sequence[str]) -> np.ndarray:
    """Texts x concepts: 1 where a text speaks of a concept, else 0."""
    places = {name: place for place, name in enumerate(lexicon().names)}
    rows = np.zeros((len(texts), len(places)))
    for row, text in zip(rows, texts, strict=True):
        row[[places[name] for name in lexicon().of_text(text)]] = 1.0
    return rows
