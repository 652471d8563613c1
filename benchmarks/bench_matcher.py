"""How fast the matcher codes, as a ratio to plain regular-expression tokenising of the same text.

    python benchmarks/bench_matcher.py [CODEBOOK]

Times vary with the machine, the ratio hardly. Answers are cut from tests/data/answers_blind.csv to 19 words; every
rule is on; "cold" is the first pass, when no word has been met.
"""

from __future__ import annotations

import csv
import sys
import time
from collections.abc import Callable
from pathlib import Path

from sekom_survey.coding.codebook import load_codebook
from sekom_survey.coding.match import matchers
from sekom_survey.coding.tokens import TOKEN

ROOT = Path(__file__).parent.parent
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


def main() -> None:
    """Prints answers a second, 300 answers in milliseconds, and the ratio to tokenising."""
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "surveys/exempel/2026/codebook.toml"
    start = time.process_time()
    codebook, _ = load_codebook(path)
    coders = matchers(codebook)
    made = time.process_time() - start
    texts = answers()
    start = time.process_time()
    for question, text in texts[:300]:
        coders[question].code(text)
    cold = time.process_time() - start
    coding = seconds(lambda: [coders[question].code(text) for question, text in texts], ROUNDS)
    cutting = seconds(lambda: [TOKEN.findall(text) for _, text in texts], ROUNDS)
    print(f"codebook read and made ready   {1000 * made:8.0f} ms")
    print(f"300 answers, cold              {1000 * cold:8.1f} ms")
    print(f"300 answers, warm              {300_000 * coding / len(texts):8.1f} ms")
    print(f"answers a second, warm         {len(texts) / coding:8.0f}  ({len(texts)} answers of {WORDS} words)")
    print(f"tokenising alone, a second     {len(texts) / cutting:8.0f}")
    print(f"ratio to tokenising            {coding / cutting:8.2f}")


if __name__ == "__main__":
    main()
