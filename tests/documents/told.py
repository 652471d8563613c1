"""The numbers of facts wherever their words stand: each text that says what a fact says, held against findings.csv."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pandas as pd

from tests.documents.verdicts import Part

NUMBER = r"−?(?:\d{1,3}(?: \d{3})+|\d+(?:,\d+)?)"
GROUPED = ("Fråga", "Grupp", "Medelvärde", "Osäkerhet")
FOREMOST = re.compile(r", flest av \w+$")
SHARED = re.compile(r"^(?:.+: )?(”.+”) (?:är vanligast|sätts oftast först), (\d+ av \d+) vardera$")


class Sentences:
    """What the facts say, by their words without the numbers."""

    def __init__(self, facts: pd.DataFrame) -> None:
        self.facts = facts.astype(object).where(facts.notna(), "").to_dict("records")
        self.said = {_plain(fact["sentence"]) for fact in self.facts}
        self.patterns = {_pattern(sentence) for sentence in self.said}

    def told_in(self, text: str) -> Iterator[str]:
        """Each place of a text that has the words of a fact."""
        text = _plain(text)
        for literal, pattern in self.patterns:
            if literal in text:
                yield from (found[0] for found in pattern.finditer(text))

    def wrong(self, text: str) -> list[str]:
        """Places that have a fact's words with other numbers than any fact with these words."""
        return [told for told in self.told_in(text) if told not in self.said]

    def is_title(self, title: str) -> bool:
        """Whether a title is a fact's sentence, perhaps with that most say so, or names two facts that are as common."""
        title = _plain(title)
        if FOREMOST.sub("", title) in self.said or any(said.endswith(f": {title}") for said in self.said):
            return True
        shared = SHARED.match(title)
        return bool(shared) and all(
            any(fact["option"] == option and shared[2] in fact["sentence"] for fact in self.facts)
            for option in re.findall("”([^”]+)”", shared[1])
        )


def _plain(text: str) -> str:
    return re.sub(r"[ \t\n\u00a0]+", " ", text).strip().removesuffix(".")


def _pattern(sentence: str) -> tuple[str, re.Pattern[str]]:
    """The longest piece without a number, and the sentence with any numbers in their places."""
    pieces = re.split(NUMBER, sentence)
    pattern = NUMBER.join(map(re.escape, pieces))
    return max(pieces, key=len), re.compile(rf"(?<![\w,]){pattern}(?![\w,])")


def texts_of(part: Part) -> Iterator[str]:
    """Every text of a part, also those of its rows and drawings."""
    yield from (*part.texts, *part.drawn)
    yield from (cell for row in part.rows for cell in row)


def with_other_number(text: str) -> str:
    """The text with its first number one higher."""
    return re.sub(r"\d+", lambda found: str(int(found[0]) + 1), text, count=1)


def group_means(parts: Iterable[Part]) -> Iterator[tuple[str, ...]]:
    """Rows of tables of groups' means: question, group, mean, interval."""
    for part in parts:
        heads = [row for row in part.rows if row == GROUPED]
        if heads:
            yield from (row for row in part.rows if len(row) == len(GROUPED) and row != GROUPED)


def titles(folder: Path, questions: Iterable[str]) -> Iterator[str]:
    """The titles with numbers of what shows all answers to a question or a matrix."""
    for path in sorted((folder / "figures").glob("*.json")):
        shown = json.loads(path.read_text(encoding="utf-8"))
        if path.stem in set(questions) and shown["rows"] and re.search(r"\d", shown["title"]):
            yield shown["title"]
