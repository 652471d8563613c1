"""How fast the matcher codes, as figures against their targets and as a ratio to plain tokenising of the same text.

The second opinion is timed cold on one core, in a process of its own: loaded, learnt and asked about three hundred answers, but for
what the matcher takes.

Answers are cut from tests/data/answers_blind.csv to 19 words; every rule is on; "no word met before" is the first pass.
"""

from __future__ import annotations

import csv
import os
import subprocess
import sys
import time
from collections.abc import Callable

from benchmarks.measure import EXAMPLE, ROOT, Figure
from sekom_survey.coding.codebook import load_codebook
from sekom_survey.coding.match import matchers
from sekom_survey.text.tokens import TOKEN

WORDS = 19
ROUNDS = 40
COLD_ROUNDS = 3
COLD = """
import time
from benchmarks.matcher import answers
from sekom_survey.coding.match import matchers
from sekom_survey.coding.shipped import start_codebook
texts = answers()[:300]
codings = [matchers(start_codebook())[question].code(text) for question, text in texts]
start = time.process_time()
from sekom_survey.coding.learning import judges
for question, judge in judges(start_codebook()).items():
    mine = [place for place, (asked, _) in enumerate(texts) if asked == question]
    judge.settled([texts[place][1] for place in mine], [codings[place] for place in mine])
print(time.process_time() - start)
"""


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


def opinion_cold() -> float:
    """The least of some fresh processes' seconds for the second opinion on three hundred answers, processor time."""
    one_core = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    runs = [subprocess.run([sys.executable, "-c", COLD], capture_output=True, text=True, check=True, cwd=ROOT, env=one_core)
            for _ in range(COLD_ROUNDS)]  # fmt: skip
    return min(float(run.stdout) for run in runs)


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
    speed, opinion = len(texts) / coding, opinion_cold()
    return [
        Figure(
            f"answers of {WORDS} words a second on one core, every rule on", f"{speed:,.0f}", "25,000", speed >= 25_000
        ),
        Figure("300 answers, no word met before", f"{1000 * cold:.0f} ms", "under 50 ms", cold < 0.05),
        Figure("the second opinion on 300 answers, a process's first", f"{opinion:.1f} s", "under 2 s", opinion < 2),
        Figure("ratio to tokenising the same text by regular expression", f"{coding / cutting:.1f}"),
    ]
