"""A Swedish TextBlob: own words and sentences with true offsets, no NLTK data, nothing English.

TextBlob's default tokenizers need data that must be downloaded, and its taggers, sentiment and spelling are
English; they are closed here. TextBlob is imported only when a blob or a classifier is made (it is slow to import).
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from sekom_survey.text.tokens import sentences, words

ENGLISH_ONLY = (
    "sentiment",
    "sentiment_assessments",
    "polarity",
    "subjectivity",
    "noun_phrases",
    "np_counts",
    "pos_tags",
    "tags",
    "correct",
    "parse",
)

# What NLTK loads along if it is installed and works without: four fifths of the time of importing TextBlob.
_NOT_NEEDED = ("sklearn", "scipy", "matplotlib", "pandas", "tkinter")


class EnglishOnlyError(NotImplementedError):
    """Asked for something TextBlob knows only for English."""


def swedish_blob(text: str) -> Any:
    """A TextBlob of Swedish text: `.words`, `.tokens`, `.sentences` (with `.start`, `.end`), `.word_counts`, `.ngrams`.

    What TextBlob can do only in English (`sentiment`, `tags`, `correct` ...) raises EnglishOnlyError.
    """
    return _blob_class()(text, tokenizer=_tokenizer_class()())


@contextmanager
def quick_import() -> Iterator[None]:
    """While this lasts, importing TextBlob leaves out what NLTK can do without; packages already imported stay."""
    shut = [name for name in _NOT_NEEDED if name not in sys.modules]
    sys.modules.update(dict.fromkeys(shut))  # type: ignore[arg-type]
    try:
        yield
    finally:
        for name in shut:
            sys.modules.pop(name, None)


@cache
def _tokenizer_class() -> type[Any]:
    with quick_import():
        from textblob.base import BaseTokenizer

    class SwedishTokenizer(BaseTokenizer):  # type: ignore[misc]
        """Words only, as the matcher sees them."""

        def tokenize(self, text: str) -> list[str]:
            """The words of a text, in order."""
            return [token.text for token in words(text)]

    return SwedishTokenizer


@cache
def _blob_class() -> type[Any]:
    with quick_import():
        from textblob import TextBlob
        from textblob.blob import Sentence

    closed = {name: property(_closed(name)) for name in ENGLISH_ONLY}
    sentence_class = type("SwedishSentence", (Sentence,), dict(closed))

    class SwedishBlob(TextBlob):  # type: ignore[misc]
        """TextBlob with Swedish sentences."""

        def _create_sentence_objects(self) -> list[Any]:
            return [
                sentence_class(piece.text, start_index=piece.start, end_index=piece.end, tokenizer=self.tokenizer)
                for piece in sentences(self.raw)
            ]

    for name, value in closed.items():
        setattr(SwedishBlob, name, value)
    return SwedishBlob


def _closed(name: str) -> Callable[[Any], Any]:
    def refuse(_: Any) -> Any:
        raise EnglishOnlyError(f"TextBlob knows .{name} only for English")

    return refuse
