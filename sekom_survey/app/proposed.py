"""What the codebook proposes for a year's texts: worked out once, beside everything else, and kept while the answers stay."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from sekom_survey.app.years import State, analysed, stamp_of_texts
from sekom_survey.asked.reference import municipalities
from sekom_survey.coding.codebook import load_codebook
from sekom_survey.coding.decisions import read_decisions
from sekom_survey.coding.proposals import Proposal, proposals
from sekom_survey.coding.shipped import CODEBOOK_FILE, codebook_file
from sekom_survey.found.texts import CODINGS_FILE, answers_of
from sekom_survey.model import Unusable

_BESIDE = ThreadPoolExecutor(1, thread_name_prefix="proposals")
_JOBS: dict[Path, tuple[State, Future[tuple[Proposal, ...]]]] = {}


def proposed(folder: Path) -> tuple[Proposal, ...] | None:
    """A year's proposals, the most doubtful first; None while they are worked out. Raises Unusable.

    They are taught by what was decided when the work began, and do not change under a person's hands.
    """
    now = stamp_of_texts(folder)
    if folder not in _JOBS or _JOBS[folder][0] != now:
        _JOBS[folder] = now, _BESIDE.submit(_work, folder)
    job = _JOBS[folder][1]
    return job.result() if job.done() else None


def _work(folder: Path) -> tuple[Proposal, ...]:
    from sekom_survey.upkeep.review import training

    year = analysed(folder)
    codebook, problems = load_codebook(codebook_file(folder) or folder / CODEBOOK_FILE, CODEBOOK_FILE)
    if codebook is None:
        raise Unusable(problems)
    rows, _ = read_decisions(folder / CODINGS_FILE, CODINGS_FILE)
    known = [one.name for one in municipalities()] + [member.name for member in year.wave.members]
    return proposals(answers_of(year), codebook, training(folder, year, rows), known)
