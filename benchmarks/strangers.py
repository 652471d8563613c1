"""How well themes are found in statements that nothing was taught by; a part of `python -m benchmarks themes [FILE ...]`.

What the package's sentences hold of a file (their `source` is its name) is left out when the file is measured; where they hold a
part of it, the rest is measured. A file has the columns id, question, text, themes and, where known, source; rows of one source stand or fall together, and
where none is named eight neighbours count as one. Intervals (95 %) come from drawing the sources anew. F1 is micro-averaged
over themes and answers, "ovrigt" and "inget" not counted.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from zlib import crc32

import numpy as np

from sekom_survey.coding.codebook import NO_ANSWER, RESERVED, Codebook
from sekom_survey.coding.learning import judges
from sekom_survey.coding.match import NONANSWER, SURE, Coding, matchers
from sekom_survey.coding.shipped import sentences
from sekom_survey.coding.suggest import Example

HERE = Path(__file__).parent
FILES = (
    HERE
    / "kept_apart.csv",  # by the hand that wrote the package's sentences; read and taught since, as the next two are
    HERE / "set_aside.csv",  # in the words of 45 public pages
    HERE
    / "strangers.csv",  # in the words of 130 other pages (and 27 of none), by a hand that wrote none of the sentences
    HERE / "strangers2.csv",  # by a third hand; half of its sources have been read and taught, the others by nobody
    HERE
    / "strangers3.csv",  # by two further hands, each of which coded the other's too (`other`); read and taught by nobody
)
HANDS = (("officials", "talkers", "notes"), ("borders", "members", "challenges"))  # of the package's sentences
YEARS = (
    FILES,
    FILES[2:],
    *HANDS,
)  # what is taken for a year when decisions are to teach; no statement is in two but of the first
NEIGHBOURS, DRAWS, SEED = 8, 2_000, 19
Half = tuple[np.ndarray, np.ndarray, list[str]]  # counts before and after, and the sources
SEEDS = range(5)


@dataclass(frozen=True)
class Statement:
    """A statement with the themes a person gave it."""

    question: str
    text: str
    themes: frozenset[str]
    source: str


def statements(path: Path) -> list[Statement]:
    """The rows of a file."""
    with path.open(encoding="utf-8", newline="") as stream:
        return [
            Statement(
                row["question"],
                row["text"],
                frozenset(row["themes"].split(";")),
                row.get("source") or f"{place // NEIGHBOURS}",
            )
            for place, row in enumerate(csv.DictReader(stream))
        ]


def of_hand(source: str) -> list[Statement]:
    """What one hand has taught, of the package's sentences; eight neighbours count as one source."""
    mine = [one for one in sentences() if one.source == source]
    return [Statement(one.question, one.text, one.themes, f"{n // NEIGHBOURS}") for n, one in enumerate(mine)]


def counts(found: Sequence[Coding], asked: Sequence[Statement]) -> np.ndarray:
    """A row each: themes right, wrong, missed; sure; sure and exactly right; one."""
    rows = []
    for coding, one in zip(found, asked, strict=True):
        said = frozenset([NO_ANSWER]) if coding.state == NONANSWER else frozenset(coding.themes)
        mine, true = said - set(RESERVED), one.themes - set(RESERVED)
        sure = coding.certainty == SURE
        rows.append((len(mine & true), len(mine - true), len(true - mine), sure, sure and said == one.themes, 1))
    return np.array(rows, float)


def measured(path: Path) -> tuple[list[Statement], tuple[str, ...]]:
    """What can be measured of a file, and the sources to leave out of what is taught: none where a part of the file never was."""
    asked, taught = statements(path), {one.text for one in sentences() if one.source == path.stem}
    rest = [one for one in asked if one.text not in taught and NO_ANSWER not in one.themes]
    return (rest, ()) if rest else (asked, (path.stem,))


def settled(
    codebook: Codebook, asked: Sequence[Statement], without: tuple[str, ...] = (), taught: Sequence[Statement] = ()
) -> list[Coding]:
    """What the codebook and the second opinion say, not taught by some sources but by some decided statements."""
    decided = {
        question.id: [Example(one.text, one.themes) for one in taught if one.question == question.id]
        for question in codebook.questions
    }
    found: dict[int, Coding] = {}
    for question, judge in judges(codebook, decided, without).items():
        places = [place for place, one in enumerate(asked) if one.question == question]
        texts = [asked[place].text for place in places]
        verdicts = judge.settled(texts, [judge.matcher.code(text) for text in texts])
        found |= {place: verdict.coding for place, verdict in zip(places, verdicts, strict=True)}
    return [found[place] for place in range(len(asked))]


def by_matcher(codebook: Codebook, asked: Sequence[Statement]) -> list[Coding]:
    """What the codebook says alone."""
    coders = matchers(codebook)
    return [coders[one.question].code(one.text) for one in asked]


FIGURES: dict[str, Callable[[np.ndarray], float]] = {
    "F1": lambda total: 2 * total[0] / max(2 * total[0] + total[1] + total[2], 1),
    "precision": lambda total: total[0] / max(total[0] + total[1], 1),
    "recall": lambda total: total[0] / max(total[0] + total[2], 1),
    "sure": lambda total: total[3] / max(total[5], 1),
    "sure, exactly right": lambda total: total[4] / max(total[3], 1),
}


def with_interval(rows: np.ndarray, sources: Sequence[str], figure: Callable[[np.ndarray], float]) -> str:
    """A figure of some rows, and its 95 % interval by drawing the sources anew."""
    names = sorted(set(sources))
    by_source = np.array([rows[[source == name for source in sources]].sum(axis=0) for name in names])
    rng = np.random.default_rng(SEED)
    drawn = [figure(by_source[rng.integers(len(names), size=len(names))].sum(axis=0)) for _ in range(DRAWS)]
    low, high = np.percentile(drawn, [2.5, 97.5])
    return f"{figure(rows.sum(axis=0)):.3f} ({low:.3f}–{high:.3f})"


def lines(path: Path, codebook: Codebook) -> list[list[str]]:
    """The table of one file: all, then each question, by the codebook alone and settled."""
    asked, without = measured(path)
    found = []
    for name, codings in (
        ("codebook alone", by_matcher(codebook, asked)),
        ("settled", settled(codebook, asked, without)),
    ):
        rows = counts(codings, asked)
        for question in ("", *(one.id for one in codebook.questions)):
            mine = [place for place, one in enumerate(asked) if question in ("", one.question)]
            if mine:
                sources = [asked[place].source for place in mine]
                cells = [with_interval(rows[mine], sources, figure) for figure in FIGURES.values()]
                found.append([path.stem, name, question or "all", str(len(mine)), *cells])
    return found


def teaching(years: Sequence[Sequence[Path | str]], codebook: Codebook) -> list[list[str]]:
    """Years that are the statements of some files or hands, none of them taught: half of the sources decided, the other half proposed,
    five times.

    After each year stand its five together, a source drawn with all that it was in, and last the years together that share no statement.
    """
    found, apart = [], []
    for year in years:
        halves = []
        for cells, half in _halves(year, codebook):
            halves.append(half)
            found.append([*cells, *_gain([half])])
        found.append([found[-1][0], "all five", "", "", *_gain(halves)])
        apart += halves if year is not FILES else []
    return [*found, ["all but the first", "", "", "", *_gain(apart)]] if len(years) > 1 else found


def _halves(year: Sequence[Path | str], codebook: Codebook) -> Iterator[tuple[list[str], Half]]:
    """For each seed what it is, and its undecided half before and after the other half has taught."""
    without = tuple(one if isinstance(one, str) else one.stem for one in year)
    told = zip(without, (of_hand(one) if isinstance(one, str) else statements(one) for one in year), strict=True)
    asked = [replace(one, source=f"{name}/{one.source}") for name, rows in told for one in rows]
    sources = sorted({one.source for one in asked})
    for seed in SEEDS:
        decided = set(np.random.default_rng(seed).permutation(sources)[: len(sources) // 2])
        taught = [one for one in asked if one.source in decided]
        rest = [one for one in asked if one.source not in decided]
        before, after = (counts(settled(codebook, rest, without, some), rest) for some in ((), taught))
        yield (
            [" + ".join(without), str(seed), str(len(taught)), str(len(rest))],
            (before, after, [one.source for one in rest]),
        )


def _gain(halves: Sequence[Half]) -> list[str]:
    """F1 before and after, the gain with its interval, and what is sure after."""
    before, after = (np.vstack([half[place] for half in halves]) for place in (0, 1))
    sources = [source for half in halves for source in half[2]]
    f1, rows = FIGURES["F1"], np.hstack([after[:, :3], before[:, :3]])
    told = [f"{f1(one.sum(axis=0)):.3f}" for one in (before, after)]
    gain = with_interval(rows, sources, lambda total: f1(total[:3]) - f1(total[3:]))
    sure, right = (FIGURES[name](after.sum(axis=0)) for name in ("sure", "sure, exactly right"))
    return [*told, gain, f"{sure:.2f}", f"{right:.3f}"]


def agreement(path: Path) -> list[str] | None:
    """How far two hands agree on the statements that a second (`other`) has coded blind: F1, and exactly the same; None where none has."""
    with path.open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row.get("other")]
    if not rows:
        return None
    names, counted = [row["source"] for row in rows], []
    for one, other in ([set(row[name].split(";")) for name in ("themes", "other")] for row in rows):
        mine, true = other - set(RESERVED), one - set(RESERVED)
        counted.append((len(mine & true), len(mine - true), len(true - mine), one == other, 1))
    figures = (FIGURES["F1"], lambda total: total[3] / total[4])
    return [path.stem, str(len(rows)), *(with_interval(np.array(counted, float), names, figure) for figure in figures)]


def _slipped(text: str) -> str:
    """Two letters of one long word have changed places."""
    long = list(re.finditer(r"[^\W\d_]{7,}", text))
    if not long:
        return text
    number = crc32(text.encode())
    word = long[number % len(long)]
    place = word.start() + 1 + number // len(long) % (len(word[0]) - 3)
    return text[:place] + text[place + 1] + text[place] + text[place + 2 :]


WRITTEN: dict[str, Callable[[str], str]] = {
    "as they are": str,
    "in capitals": str.upper,
    "without marks": lambda text: re.sub(r"[^\w\s-]", " ", text),
    "one slip in a long word": _slipped,
    "without å, ä and ö": lambda text: text.translate(str.maketrans("åäöÅÄÖ", "aaoAAO")),
}


def written_otherwise(path: Path, codebook: Codebook) -> list[list[str]]:
    """The figures of one file when its statements are written in other ways."""
    (asked, without), found = measured(path), []
    sources = [one.source for one in asked]
    for name, change in WRITTEN.items():
        rows = counts(settled(codebook, [replace(one, text=change(one.text)) for one in asked], without), asked)
        found.append([path.stem, name, *(with_interval(rows, sources, figure) for figure in FIGURES.values())])
    return found
