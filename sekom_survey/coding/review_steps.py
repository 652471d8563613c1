"""What stands under Klar in a reviewed workbook, row by row, and what it gives: themes, marks, and rows left for another day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sekom_survey.coding.decisions import Decision, Key
from sekom_survey.coding.match import SURE
from sekom_survey.coding.quick import AS_IT_STANDS, NEEDS_FURTHER, STEPS, UNREAD, stepped
from sekom_survey.coding.sitting import DRAWN, NINE_OF_TEN, ONE_STEP, SAMPLE, drawn_mark, marked, tried_and_right
from sekom_survey.model import WARNING, Problem
from sekom_survey.text.swedish import count_of, number, plural


@dataclass(frozen=True)
class Line:
    """What the workbook was written with for one answer: hash, proposed themes, the first further one, and its tier."""

    text_hash: str
    proposed: tuple[str, ...] = ()
    further: str = ""
    tier: str = ""


def chosen_step(cell: str) -> str:
    """A step as it is known, "" for none; upper case and spaces do not matter."""
    return " ".join(cell.casefold().split())


def step_problems(step: str, cell: str, line: Line, chosen: frozenset[str], file: str, where: str) -> list[Problem]:
    """What is wrong with a row's step."""
    if step not in STEPS:
        todo = f"Skriv {', '.join(STEPS)}, eller lämna tomt."
        return [Problem("bad_done", file, where, f"Under Klar står ”{cell}”.", todo)]
    if step in NEEDS_FURTHER and not line.further:
        todo = "Välj tema i kolumnerna Tema och skriv ja."
        return [Problem("no_further", file, where, f"Under Klar står ”{step}”, men raden har inga fler förslag.", todo)]
    if step == UNREAD and (line.tier != SURE or chosen != frozenset(line.proposed)):
        found = "Raden är inte ett säkert förslag som står kvar, men är godkänd oläst."
        return [Problem("unread_unsure", file, where, found, "Läs svaret och skriv ja, eller lämna tomt.")]
    return []


def given(step: str, chosen: frozenset[str], line: Line) -> frozenset[str]:
    """The themes of a row; those that stand in it count for "ja" and "lägg till"."""
    return stepped(step, chosen, line.further)


def needs_themes(step: str) -> bool:
    """Whether what stands in the columns of themes counts."""
    return step in (AS_IT_STANDS, UNREAD)


def comments(steps: Mapping[Key, str], written: Mapping[Key, Line], said: Mapping[Key, str]) -> dict[Key, str]:
    """Each decided answer's comment, behind the mark of a drawn one or of one approved unread."""
    marks = {
        key: ONE_STEP if step == UNREAD else drawn_mark(written[key].proposed) if written[key].tier == DRAWN else ""
        for key, step in steps.items()
    }
    return {**said, **{key: marked(mark, said.get(key, "")) for key, mark in marks.items() if mark}}


def unread_problems(unread: int, rows: Sequence[Decision], coder: str, file: str) -> list[Problem]:
    """Why those approved unread cannot be taken: their sample is not read, or too few of it were right."""
    tried = tried_and_right(rows, coder)
    right = sum(tried.values())
    if not unread or (len(tried) >= SAMPLE and 10 * right >= NINE_OF_TEN * len(tried)):
        return []
    told = f"{number(unread)} {plural(unread, 'rad', 'rader')} är godkända olästa, men av stickprovet är {count_of(right, len(tried))} rätt."
    todo = f"Läs raderna med {DRAWN} under Säkerhet; minst {SAMPLE} ska vara lästa och nio av tio rätt. De olästa är kvar till dess."
    return [Problem("sample_missing", file, "", told, todo, WARNING)]
