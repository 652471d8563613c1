"""From a hundred answers to a million: time, memory and growth of reading, cleaning, estimating and coding."""

from __future__ import annotations

import json
import math
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from benchmarks.make_scale import make
from benchmarks.measure import ROOT

SIZES = (100, 1_000, 10_000, 100_000, 1_000_000)
STEPS = ("load", "read", "clean", "segment", "estimate", "code")
MOST_TEXTS = 400_000
ONE_SIZE = """
import gc, json, re, sys, time
from pathlib import Path
import pandas, scipy.special
from sekom_survey.cli import SELDOM
import sekom_survey.counted.year as stages
from sekom_survey.asked.load import load_wave
from sekom_survey.coding.codebook import load_codebook
from sekom_survey.coding.match import matchers

gc.set_threshold(SELDOM)  # as every command does
took, start = {}, time.process_time()

def lap(name):
    global start
    took[name] = time.process_time() - start
    start = time.process_time()

folder = Path(sys.argv[1])
wave, _ = load_wave(folder)
lap("load")
export, problems = stages.read_export(wave.export, wave.export.name, wave.survey.reader, dict(wave.survey.reader_options))
if export is None:
    print(json.dumps({"refused": problems[0].found}))
    sys.exit()
lap("read")
responses = stages.clean(export, wave)
lap("clean")
frame = stages.build_frame(responses, wave)
lap("segment")
estimates, _ = stages.estimate(frame, wave.survey)
lap("estimate")
peak = int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) / 1024
codebook, _ = load_codebook(folder / "codebook.toml")
coders = matchers(codebook)
questions = {item.id: item.codebook for item in wave.questionnaire.items if item.codebook}
texts = []
for one in responses.answers.items:
    if one.item in questions:
        mine = one.only(one.answered)
        texts += [(questions[one.item], text) for text in mine.words.text[mine.said[: int(sys.argv[2])]]]
start = time.process_time()
for question, text in texts:
    coders[question].code(text)
lap("code")
print(json.dumps({"took": took, "peak": peak, "texts": len(texts), "rows": len(estimates), "closes": responses.accounting.closes}))
"""


@dataclass(frozen=True)
class Size:
    """One size measured: CPU seconds by step, peak memory in MB before coding, texts coded."""

    answers: int
    took: dict[str, float]
    peak: float
    texts: int

    @property
    def total(self) -> float:
        """Read, cleaned, segmented and estimated."""
        return sum(self.took[step] for step in STEPS[:-1])

    @property
    def texts_a_second(self) -> float:
        """Texts coded a second on one core."""
        return self.texts / self.took["code"]


def measured(answers: int) -> Size | str:
    """One size in a process of its own; the reason when it is refused."""
    with tempfile.TemporaryDirectory() as place:
        folder = make(Path(place) / "ar", answers)
        command = [sys.executable, "-c", ONE_SIZE, str(folder), str(MOST_TEXTS // 4)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        return (
            done.stderr.strip().splitlines()[-1][:200]
            if done.stderr.strip()
            else f"stopped by signal {-done.returncode}"
        )
    found = json.loads(done.stdout)
    if "refused" in found:
        return str(found["refused"])
    return Size(answers, found["took"], found["peak"], found["texts"])


def exponent(small: Size, large: Size) -> float:
    """How time grows: 1 is in proportion."""
    return math.log(large.total / small.total) / math.log(large.answers / small.answers)


def sizes(wanted: tuple[int, ...] = SIZES) -> list[tuple[int, Size | str]]:
    """Every size, the smallest first."""
    return [(answers, measured(answers)) for answers in wanted]
