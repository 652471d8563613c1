"""How fast the matcher codes, as figures against their targets and as a ratio to plain tokenising of the same text.

Answers are cut from tests/data/answers_blind.csv to 19 words; every rule is on; "no word met before" is the first pass.
"""

from __future__ import annotations

import csv
import time
from collections.abc import Callable

from benchmarks.measure import EXAMPLE, ROOT, Figure
from sekom_survey.coding.codebook import load_codebook
from sekom_survey.coding.match import matchers
from sekom_survey.text.tokens import TOKEN

WORDS = 19
ROUNDS = 40


def answers() -> list[tuple[str, str]]:
    """(question, text) of 19 words each: the blind answers of each question, one after the other."""
    with (ROOT / "tests/data/answers_blind.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    found = []
    for question in dict.fromkeys(row["question"] for row in rows):
        words = " ".join(row["text"].rstrip(".") + "." for row in rows if row["question"] == question).split()
        found += [(question, " ".join(words[at : at + WORDS])) for at in range(0, len(words) - WORDS + 1, 3)]
    return found


def seconds(work: Callable[[], object], rounds: int) -> float:
    """The best of five timings of one round, processor time."""
    best = float("inf")
    for _ in range(5):
        start = time.process_time()
        for _ in range(rounds):
            work()
        best = min(best, (time.process_time() - start) / rounds)
    return best


def figures() -> list[Figure]:
    """Answers a second, three hundred answers cold, and the ratio to tokenising the same text."""
    codebook, _ = load_codebook(EXAMPLE / "codebook.toml")
    coders, texts = matchers(codebook), answers()
    start = time.process_time()
    for question, text in texts[:300]:
        coders[question].code(text)
    cold = time.process_time() - start
    coding = seconds(lambda: [coders[question].code(text) for question, text in texts], ROUNDS)
    cutting = seconds(lambda: [TOKEN.findall(text) for _, text in texts], ROUNDS)
    speed = len(texts) / coding
    return [
        Figure(
            f"answers of {WORDS} words a second on one core, every rule on", f"{speed:,.0f}", "30,000", speed >= 30_000
        ),
        Figure("300 answers, no word met before", f"{1000 * cold:.0f} ms", "under 50 ms", cold < 0.05),
        Figure("ratio to tokenising the same text by regular expression", f"{coding / cutting:.1f}"),
    ]
