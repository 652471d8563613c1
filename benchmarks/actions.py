"""How many actions a review of 300 answers takes, on the page and in the workbook: python -m benchmarks actions [FILE ...]

An action is a key or a click on the page; in the workbook a cell that is chosen or typed, a filter's step, or a fill-down. Whoever
reviews agrees with the themes in the file. Statements are drawn anew for each seed so that the share that is sure is as asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from benchmarks.strangers import FILES, Statement, statements
from sekom_survey.coding.codebook import OTHER, Answer
from sekom_survey.coding.match import CODED, SURE
from sekom_survey.coding.proposals import Proposal, proposals, proposed_themes
from sekom_survey.coding.quick import ADD, SWAP, first_further, stepped
from sekom_survey.coding.shipped import start_codebook
from sekom_survey.coding.sitting import SAMPLE

ANSWERS, SHARES, SEEDS = 300, (0.35, 0.5), range(5)
ROWS_A_SCREEN = 20  # so many are read before what stands is filled down
TO_FILTER, TO_APPROVE = 2, 2  # open the filter and choose; open the sample and approve the rest

Reviewed = tuple[Proposal, frozenset[str]]


def one_step(proposal: Proposal, truth: frozenset[str]) -> bool:
    """Whether the first further theme, added or alone, is what the answer should have."""
    themes, further = frozenset(proposed_themes(proposal)), first_further(proposal)
    return bool(further) and truth in (stepped(ADD, themes, further), stepped(SWAP, themes, further))


def on_the_page(found: Sequence[Reviewed]) -> int:
    """Enter where it stands, one key or click for the first further theme or one theme alone, else a key a theme and Enter.

    The sure ones are approved after a sample.
    """
    read, unread = _parted(found)
    return sum(_keys(*one) for one in read) + (TO_APPROVE if unread else 0)


def _keys(proposal: Proposal, truth: frozenset[str]) -> int:
    themes = frozenset(proposed_themes(proposal))
    return 1 if themes == truth or len(truth) == 1 or one_step(proposal, truth) else 1 + len(themes ^ truth)


def in_the_workbook(found: Sequence[Reviewed]) -> int:
    """A fill-down a screen, one cell where one step will do, else a cell a theme; the sure ones by filter and fill-down."""
    read, unread = _parted(found)
    cells = sum(_cells(*one) for one in read)
    return cells - (-len(read) // ROWS_A_SCREEN) + (TO_FILTER + 1 if unread else 0)


def _cells(proposal: Proposal, truth: frozenset[str]) -> int:
    themes = frozenset(proposed_themes(proposal))
    if themes == truth:
        return 0
    return 1 if truth == {OTHER} or one_step(proposal, truth) else max(len(truth - themes), 1) + len(themes - truth)


def _parted(found: Sequence[Reviewed]) -> tuple[list[Reviewed], list[Reviewed]]:
    """Those to read, with the sample of the sure ones, and those approved unread."""
    sure = [one for one in found if _is_sure(one)]
    return [one for one in found if not _is_sure(one)] + sure[:SAMPLE], sure[SAMPLE:]


def _is_sure(one: Reviewed) -> bool:
    return one[0].certainty == SURE and one[0].coding.state == CODED


def drawn(found: Sequence[Reviewed], share: float, seed: int) -> list[Reviewed]:
    """300 of the reviewed answers, with repetition, so many of them sure as asked for, in the queue's order."""
    rng = np.random.default_rng(seed)
    parts = [[n for n, one in enumerate(found) if _is_sure(one) is sure] for sure in (True, False)]
    counts = (round(share * ANSWERS), ANSWERS - round(share * ANSWERS))
    return [found[n] for part, many in zip(parts, counts, strict=True) for n in sorted(rng.choice(part, many))]


def reviewed(asked: Sequence[Statement]) -> list[Reviewed]:
    """What is proposed for each statement, and what it should have."""
    answers = [Answer(f"M{n:03}-official", one.question, one.question, one.text) for n, one in enumerate(asked)]
    truth = {answer.key: one.themes for answer, one in zip(answers, asked, strict=True)}
    return [(one, truth[one.answer.key]) for one in proposals(answers, start_codebook())]


def lines(paths: Sequence[str]) -> list[list[str]]:
    """A line a share that is sure: the mean and the most of five draws, on the page and in the workbook."""
    found = reviewed([one for path in paths or FILES for one in statements(Path(path))])
    told = []
    for share in SHARES:
        draws = [drawn(found, share, seed) for seed in SEEDS]
        counts = [[count(one) for one in draws] for count in (on_the_page, in_the_workbook)]
        told.append([f"{share:.0%}", *(f"{np.mean(some):.0f} (at most {max(some)})" for some in counts)])
    return told
