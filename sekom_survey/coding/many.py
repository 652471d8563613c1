"""Many texts coded at once, on several cores when it pays, in the order given."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import chain
from multiprocessing import get_context

from sekom_survey.coding.codebook import Codebook
from sekom_survey.coding.judge import Judge
from sekom_survey.coding.learning import judges
from sekom_survey.coding.match import Coding

PIECE, PAYS = 5_000, 20_000
_judges: dict[str, Judge] = {}


def code_many(texts: Sequence[tuple[str, str]], codebook: Codebook, jobs: int | None = None) -> list[Coding]:
    """The proposals for (question, text) pairs, as the codebook and the second opinion settle them; each distinct pair once.

    `jobs` processes; when None, as many as there are cores if the texts are so many that it pays. The result is the
    same however many.
    """
    distinct = list(dict.fromkeys(texts))
    jobs = jobs or (len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)
    if jobs == 1 or len(distinct) < PAYS:
        codings = _coded(judges(codebook), distinct)
    else:
        pieces = [distinct[start : start + PIECE] for start in range(0, len(distinct), PIECE)]
        with ProcessPoolExecutor(jobs, get_context("spawn"), _get_ready, (codebook,)) as pool:
            codings = list(chain.from_iterable(pool.map(_coded_here, pieces)))
    found = dict(zip(distinct, codings, strict=True))
    return [found[pair] for pair in texts]


def _coded(coders: Mapping[str, Judge], texts: Sequence[tuple[str, str]]) -> list[Coding]:
    found: dict[tuple[str, str], Coding] = {}
    for question in dict.fromkeys(question for question, _ in texts):
        judge = coders[question]
        for start in range(0, len(texts), PIECE):
            mine = [text for asked, text in texts[start : start + PIECE] if asked == question]
            settled = judge.settled(mine, [judge.matcher.code(text) for text in mine])
            found.update(((question, text), verdict.coding) for text, verdict in zip(mine, settled, strict=True))
    return [found[pair] for pair in texts]


def _get_ready(codebook: Codebook) -> None:
    _judges.update(judges(codebook))


def _coded_here(texts: Sequence[tuple[str, str]]) -> list[Coding]:
    return _coded(_judges, texts)
