"""A coder's sitting: what is left, what a press decides, what can be undone, and the sure ones in one step after a sample.

Everything is told by the rows themselves: two comments mark what was drawn to be tried and what was approved in one step.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from sekom_survey.coding.codebook import RESERVED, Answer, text_hash
from sekom_survey.coding.decisions import UNDO, YES, Decision, Key, decided_themes, new_rows, standing
from sekom_survey.coding.match import CODED, SURE
from sekom_survey.coding.proposals import Proposal, proposed_themes

DRAWN, ONE_STEP = "stickprov", "säkra i ett steg"
_DRAWN_MARK = re.compile(rf"{DRAWN}(?:, (\d) teman)?(?:: |$)")
SAMPLE, NINE_OF_TEN = 30, 9  # so many that nine of ten says something of the rest
SEED = 2026
RECENT = 3


@dataclass(frozen=True)
class Sure:
    """The sure tier for a coder: the proposals left, those to try first, how many were tried and right, those approved in one step."""

    left: tuple[Proposal, ...]
    to_try: tuple[Proposal, ...]
    tried: int
    right: int
    at_once: tuple[Key, ...]

    @property
    def opened(self) -> bool:
        """Whether the rest may be approved in one step: a whole sample tried, nine of ten right."""
        return not self.to_try and self.tried > 0 and 10 * self.right >= NINE_OF_TEN * self.tried


def sure_tier(found: Sequence[Proposal], rows: Sequence[Decision], coder: str) -> Sure:
    """The sure proposals that nobody has decided, and the drawn sample that is to be tried before the rest."""
    decided = decided_themes(rows)
    left = tuple(
        one for one in found if one.certainty == SURE and one.coding.state == CODED and one.answer.key not in decided
    )
    tried = tried_and_right(rows, coder)
    wanted = max(0, min(SAMPLE - len(tried), len(left)))
    ordered = sorted(left, key=lambda one: one.answer.key)
    to_try = tuple(random.Random(SEED).sample(ordered, wanted)) if left else ()
    return Sure(left, to_try, len(tried), sum(tried.values()), tuple(sorted(unread(rows, coder))))


def marked(mark: str, comment: str) -> str:
    """A comment with the mark of a drawn answer or of one approved unread before it."""
    return f"{mark}: {comment}" if comment else mark


def drawn_mark(proposed: Sequence[str]) -> str:
    """The mark of a drawn answer, with how many themes were proposed where they were several."""
    return DRAWN if len(proposed) <= 1 else f"{DRAWN}, {len(proposed)} teman"


def _drawn(row: Decision) -> int:
    """How many themes were proposed for a drawn answer; 0 for a row that is of none."""
    mark = _DRAWN_MARK.match(row.comment)
    return int(mark[1] or 1) if mark else 0


def tried_and_right(rows: Sequence[Decision], coder: str | None = None) -> dict[Key, bool]:
    """The drawn answers that a coder (or anybody) has decided, each with whether just the themes proposed were given.

    They were when nothing is denied and as many themes are given as were proposed.
    """
    mine = [row for row in rows if coder in (None, row.coder)]
    drawn = {row.key: _drawn(row) for row in mine if _drawn(row)}
    stands = {key: list(said.values()) for key, said in standing(mine, coder).items() if key in drawn}
    return {key: said == [YES] * drawn[key] for key, said in stands.items()}


def _at_once(row: Decision) -> bool:
    """Whether a row bears the mark of what is approved in one step."""
    return row.comment == ONE_STEP or row.comment.startswith(f"{ONE_STEP}: ")


def unread(rows: Sequence[Decision], coder: str | None = None) -> frozenset[Key]:
    """The answers that stand as they were approved in one step, read by nobody (or not by this coder)."""
    latest = {(row.key, row.theme, row.coder): row for row in rows if coder in (None, row.coder)}
    stands = [row for row in latest.values() if row.decision != UNDO]
    return frozenset(row.key for row in stands) - {row.key for row in stands if not _at_once(row)}


def check_passed(rows: Sequence[Decision]) -> bool:
    """Whether every coder who approved answers unread had first tried a whole sample with nine of ten right."""
    return all(
        len(tried) >= SAMPLE and 10 * sum(tried.values()) >= NINE_OF_TEN * len(tried)
        for coder in {row.coder for row in rows if _at_once(row)}
        if unread(rows, coder)
        for tried in [tried_and_right(rows, coder)]
    )


def same_text(answer: Answer, answers: Sequence[Answer], decided: Mapping[Key, object]) -> tuple[Answer, ...]:
    """The answers to one question that say the same and nobody has decided, that answer first."""
    others = (one for one in answers if one.item == answer.item and text_hash(one.text) == text_hash(answer.text))
    return (answer, *(one for one in others if one.key != answer.key and one.key not in decided))


def decide(
    answers: Sequence[Answer],
    themes: frozenset[str],
    rows: Sequence[Decision],
    *,
    proposed: Sequence[str],
    coder: str,
    day: str,
    version: str,
    comment: str = "",
) -> tuple[Decision, ...]:
    """The rows that give answers those themes; a theme goes before "ovrigt" and "inget". None of what stands already."""
    given = themes - set(RESERVED) or themes
    return new_rows(
        {answer.key: given for answer in answers},
        {answer.key: text_hash(answer.text) for answer in answers},
        rows,
        proposed=dict.fromkeys((answer.key for answer in answers), proposed),
        comments=dict.fromkeys((answer.key for answer in answers), comment),
        coder=coder,
        day=day,
        version=version,
    )


def approve(
    found: Sequence[Proposal], rows: Sequence[Decision], *, coder: str, day: str, version: str
) -> tuple[Decision, ...]:
    """The rows that approve proposals as they are, marked so that they can be undone together."""
    return tuple(
        row
        for one in found
        for row in decide([one.answer], frozenset(proposed_themes(one)), rows, proposed=proposed_themes(one), coder=coder,
                          day=day, version=version, comment=ONE_STEP)
    )  # fmt: skip


def undo(keys: Iterable[Key], rows: Sequence[Decision], *, coder: str, day: str) -> tuple[Decision, ...]:
    """The rows that take back what a coder has decided of some answers."""
    stands = standing(rows, coder)
    latest = {(row.key, row.theme): row for row in rows if row.coder == coder}
    return tuple(
        replace(latest[key, theme], decision=UNDO, date=day, comment="")
        for key in dict.fromkeys(keys)
        for theme in stands.get(key, {})
    )


def recent_themes(rows: Sequence[Decision], coder: str, item: str) -> tuple[frozenset[str], ...]:
    """The themes that a coder gave together to the last texts of a question, the latest first, each once; one alone is one press anyway."""
    given = decided_themes(rows, coder)
    keys = dict.fromkeys(row.key for row in reversed(rows) if row.coder == coder and row.item == item)
    found = dict.fromkeys(given[key] for key in keys if key in given)
    return tuple(islice((themes for themes in found if len(themes) > 1), RECENT))


def last_decided(rows: Sequence[Decision], coder: str) -> tuple[Key, ...]:
    """The answers that a coder decided last with one press: one, or those that say the same; none when nothing stands."""
    stands = standing(rows, coder)
    mine = [row for row in rows if row.coder == coder and row.decision != UNDO and row.key in stands]
    if not mine:
        return ()
    last = mine[-1]
    alike = (row.key for row in mine if (row.item, row.text_hash, row.date) == (last.item, last.text_hash, last.date))
    return tuple(dict.fromkeys(alike))
