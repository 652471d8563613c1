"""What it costs to see that nothing follows of anybody: CPU seconds of one process, nothing remembered from before."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import sekom_survey
from benchmarks.make_year import make
from benchmarks.measure import EXAMPLE, Figure
from sekom_survey.counted.year import Year
from sekom_survey.protected import words

SIZES = ((80, 45), (160, 45), (290, 45), (290, 150))
LIMITS = {(290, 150): 120.0}
EXAMPLES_LIMIT = 5.0


def _spent(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def of_one_year(year: Year) -> float:
    """Seconds that the audit of a year's questions and of who answered takes."""
    return _spent(lambda: words.publish(year))


def of_two_years(year: Year) -> float:
    """Seconds that the audit of what is told of those who answered both years takes, last year's edition made again with it."""
    found, audited, spent = sekom_survey.findings(year), words.nothing_follows, []

    def timed(*given: object) -> bool:
        answer: list[bool] = []
        spent.append(_spent(lambda: answer.append(audited(*given))))  # type: ignore[arg-type]
        return answer[0]

    public = words.PublicFindings(found)
    _ = found.changes, public.shown
    spent.append(_spent(lambda: public._both_years))
    words.nothing_follows = timed
    try:
        _ = public.facts
    finally:
        words.nothing_follows = audited
    return sum(spent)


def figures() -> list[Figure]:
    """The example's two audits and their sum, and how the first grows with members and questions."""
    example = sekom_survey.load(EXAMPLE)
    one, two = of_one_year(example), of_two_years(example)
    told = [
        Figure("the example's questions", f"{one:.1f} s"),
        Figure("what it tells of those who answered both years", f"{two:.1f} s"),
        Figure("the example, both", f"{one + two:.1f} s", "under 5 s", one + two < EXAMPLES_LIMIT),
    ]
    for members, questions in SIZES:
        with tempfile.TemporaryDirectory() as place:
            spent = of_one_year(sekom_survey.load(make(Path(place), members, questions)))
        limit = LIMITS.get((members, questions))
        target = (f"under {limit:.0f} s", spent < limit) if limit else ()
        told.append(Figure(f"{members} members × {questions} columns of questions", f"{spent:.1f} s", *target))
    return told
