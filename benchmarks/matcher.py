"""How fast the matcher codes, as figures against their targets."""

from __future__ import annotations

import time

from benchmarks.bench_matcher import ROUNDS, WORDS, answers, seconds
from benchmarks.measure import EXAMPLE, Figure
from sekom_survey.coding.codebook import load_codebook
from sekom_survey.coding.match import matchers
from sekom_survey.coding.tokens import TOKEN


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
        Figure(f"answers of {WORDS} words a second on one core, every rule on", f"{speed:,.0f}", "30,000", speed >= 30_000),
        Figure("300 answers, no word met before", f"{1000 * cold:.0f} ms", "under 50 ms", cold < 0.05),
        Figure("ratio to tokenising the same text by regular expression", f"{coding / cutting:.1f}"),
    ]
