"""Many texts coded at once, on several cores when it pays, in the order given."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import chain
from multiprocessing import get_context

from sekom_survey.coding.codebook import Codebook
from sekom_survey.coding.match import Coding, Matcher, matchers

PIECE, PAYS = 5_000, 20_000
_coders: dict[str, Matcher] = {}


def code_many(texts: Sequence[tuple[str, str]], codebook: Codebook, jobs: int | None = None) -> list[Coding]:
    """The proposals for (question, text) pairs; each distinct pair is coded once.

    `jobs` processes; when None, as many as there are cores if the texts are so many that it pays. The result is the
    same however many.
    """
    distinct = list(dict.fromkeys(texts))
    jobs = jobs or (len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)
    if jobs == 1 or len(distinct) < PAYS:
        codings = _coded(matchers(codebook), distinct)
    else:
        pieces = [distinct[start : start + PIECE] for start in range(0, len(distinct), PIECE)]
        with ProcessPoolExecutor(jobs, get_context("spawn"), _get_ready, (codebook,)) as pool:
            codings = list(chain.from_iterable(pool.map(_coded_here, pieces)))
    found = dict(zip(distinct, codings, strict=True))
    return [found[pair] for pair in texts]


def _coded(coders: dict[str, Matcher], texts: Sequence[tuple[str, str]]) -> list[Coding]:
    return [coders[question].code(text) for question, text in texts]


def _get_ready(codebook: Codebook) -> None:
    _coders.update(matchers(codebook))


def _coded_here(texts: Sequence[tuple[str, str]]) -> list[Coding]:
    return _coded(_coders, texts)
