"""How often what is proposed is right and all there is, by how likely that is said to be; a part of `python -m benchmarks themes`.

The figure stands in docs/codebook.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from benchmarks.measure import ROOT
from benchmarks.strangers import counts, measured
from sekom_survey.coding.codebook import Codebook
from sekom_survey.coding.judge import SURE_FROM
from sekom_survey.coding.learning import judges
from sekom_survey.coding.match import NONANSWER
from sekom_survey.coding.opinion import PROPOSED_FROM, exactness
from sekom_survey.coding.shipped import start_codebook
from sekom_survey.stats.proportions import wilson_interval

FIGURE = ROOT / "docs/images/codebook_reliability.png"
EDGES = (0.0, 0.3, 0.45, 0.6, SURE_FROM, 0.86, 0.92, 1.0)
ALL, CHALLENGES = "alla svar", "utmaningar"


def said_and_right(codebook: Codebook, path: Path, questions: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
    """How likely it is said to be that all themes are right where any is proposed, and whether they are."""
    (asked, without), said, right = measured(path), [], []
    for question, judge in judges(codebook, without=without).items():
        mine = [one for one in asked if one.question == question and question in questions]
        codings = [judge.matcher.code(one.text) for one in mine]
        kept = [place for place, coding in enumerate(codings) if coding.state != NONANSWER]
        if not kept:
            continue
        texts, codings = [mine[place].text for place in kept], [codings[place] for place in kept]
        chances = judge.chances(texts, codings)
        some = (chances > PROPOSED_FROM).any(axis=1)
        said.append(exactness(chances)[some])
        found = counts([one.coding for one in judge.settled(texts, codings)], [mine[place] for place in kept])
        right.append(((found[:, 1] == 0) & (found[:, 2] == 0))[some])
    return np.concatenate(said), np.concatenate(right)


def bins(said: np.ndarray, right: np.ndarray) -> list[tuple[float, int, int]]:
    """For each span of EDGES that holds any: what was said on average, how many there were, how many were right."""
    places = np.digitize(said, EDGES[1:-1])
    return [
        (float(said[places == n].mean()), int((places == n).sum()), int(right[places == n].sum()))
        for n in np.unique(places)
    ]


def by_kind(paths: Sequence[Path]) -> dict[str, list[tuple[float, int, int]]]:
    """The spans of all statements of some files, and of the challenges among them."""
    book = start_codebook()
    found = {}
    for name, questions in ((ALL, [one.id for one in book.questions]), (CHALLENGES, ["utmaning"])):
        said, right = zip(*(said_and_right(book, path, questions) for path in paths), strict=True)
        found[name] = bins(np.concatenate(said), np.concatenate(right))
    return found


def lines(spans: Mapping[str, Sequence[tuple[float, int, int]]]) -> list[list[str]]:
    """A line a span: what was said on average, how many there were, the share that was right with its 95 % interval."""
    return [
        [name, f"{said:.2f}", str(many), f"{right / many:.2f} ({low:.2f}–{high:.2f})"]
        for name, found in spans.items()
        for said, many, right in found
        for low, high in [wilson_interval(right, many)]
    ]


def draw(spans: Mapping[str, Sequence[tuple[float, int, int]]]) -> None:
    """The figure of docs/codebook.md."""
    from matplotlib.figure import Figure

    sheet = Figure(figsize=(6.4, 4.4), layout="constrained")
    axes = sheet.subplots()
    axes.plot([0, 1], [0, 1], color="#999999", linewidth=1)
    for (name, found), colour, mark in zip(spans.items(), ("#0B5345", "#B9770E"), "os", strict=True):
        low, high = np.array([wilson_interval(right, many) for _, many, right in found]).T
        middle, share = np.array([said for said, *_ in found]), np.array([right / many for _, many, right in found])
        label = f"{name} ({sum(many for _, many, _ in found)})"
        axes.errorbar(middle, share, [share - low, high - share], fmt=mark, color=colour, capsize=3, label=label)
    axes.axvline(SURE_FROM, color="#999999", linewidth=1, linestyle=":")
    axes.set(
        xlabel="så sannolikt säger maskinen att alla teman är rätt",
        ylabel="så ofta är de det",
        xlim=(0, 1),
        ylim=(0, 1),
    )
    axes.legend(loc="upper left", frameon=False)
    sheet.savefig(FIGURE, dpi=110, metadata={"Software": None})
