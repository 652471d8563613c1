"""What the commands say at the end, in Swedish."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

from sekom_survey.model import MUNICIPALITY, REGION, Export, Failure, Problem, Responses, Wave
from sekom_survey.text.swedish import number, plural

MOST_ALIKE = 40
LEVEL_HEADINGS = {"error": "FEL – måste rättas", "warning": "Se över", "note": "Att känna till"}
ROW_NAMES = {
    "counted": "räknas",
    "test": "provsvar",
    "observer": "från observatörer",
    "repeat": "upprepade",
    "unmatched": "utan känd medlem",
    "struck": "strukna för hand",
    "unfinished": "aldrig inskickade",
    "outside_frame": "från medlemmar utanför ramen",
}
CELL_NAMES = {
    "counted": "räknas",
    "metadata": "om formuläret, inte svar",
    "personal": "lämnade vid läsningen",
    "uncounted_rows": "i rader som inte räknas",
    "struck": "strukna för hand",
    "unreadable": "oläsliga, listade",
}


def problem_lines(problems: Iterable[Problem]) -> Iterator[str]:
    """Problems by level, the gravest first: where, what was found, what to do."""
    order = list(LEVEL_HEADINGS)
    for level, group in groupby(sorted(problems, key=lambda p: order.index(p.level)), key=lambda p: p.level):
        yield f"\n{LEVEL_HEADINGS[level]}"
        told = Counter[tuple[str, str]]()
        for problem in group:
            kind = problem.code, problem.file
            told[kind] += 1
            if told[kind] <= MOST_ALIKE:
                place = ", ".join(part for part in (problem.file, problem.where) if part)
                yield f"  {place}: {problem.found} {problem.todo}"
        for (_, file), count in told.items():
            if count > MOST_ALIKE:
                yield f"  {file}: … och {number(count - MOST_ALIKE)} till av samma slag."


def check_lines(wave: Wave, export: Export, responses: Responses) -> Iterator[str]:
    """What was found in a year's folder, and where every row and cell ended."""
    answered, asked = answered_of(wave, responses, MUNICIPALITY)
    nouns, survey = wave.survey.nouns, wave.survey
    frame = f" i ramen {survey.frame_date}" if survey.of_members else ""
    yield f"{survey.title}: {len(wave.questionnaire.items)} frågor" + (
        f", {asked} {nouns.asked}{frame}." if survey.infers else "."
    )
    counted = f"{answered} av {asked} {nouns.asked}" if survey.infers else str(answered)
    yield f"Enkätfilen {wave.export.name} ({export.platform}): {counted} har svarat."
    accounting = responses.accounting
    yield f"Rader: {number(accounting.rows_read)} = " + _sum(accounting.rows, ROW_NAMES)
    yield f"Ifyllda celler: {number(accounting.cells_read)} = " + _sum(accounting.cells, CELL_NAMES)
    if accounting.left_behind:
        yield (
            "Lämnat vid läsningen: "
            + ", ".join(f"{heading} {number(n)}" for heading, n in accounting.left_behind)
            + "."
        )
    yield (
        "Räkningen går ihop."
        if accounting.closes
        else "RÄKNINGEN GÅR INTE IHOP – rapportera det här som ett fel i verktyget."
    )


def answered_of(wave: Wave, responses: Responses, kind: str) -> tuple[int, int]:
    """(members of a kind that answered, those that were asked)."""
    from sekom_survey.counted.rows import is_asked  # else whoever only tells problems loads what counts

    of_kind = [member for member in wave.members if (member.kind == REGION) == (kind == REGION)]
    asked = {member.member_id for member in of_kind if is_asked(member, wave.survey)}
    return len(asked & set(responses.respondents["member_id"])), len(asked)


def _sum(ends: Iterable[tuple[str, int]], names: dict[str, str]) -> str:
    return " + ".join(f"{number(n)} {names[end]}" for end, n in ends if n)


def failure_lines(failures: Iterable[Failure], folder: Path) -> Iterator[str]:
    """Which cells stopped, and where what was made can be seen."""
    for failure in failures:
        yield f"\nAnteckningsboken {failure.notebook} stannade i cell {failure.cell}: {failure.error}"
        yield "  " + failure.source.replace("\n", "\n  ")
    yield f"\nDen förra rapporten är orörd. Det som hann göras ligger i {folder}."


def made_lines(folders: Iterable[Path], problems: Iterable[Problem]) -> Iterator[str]:
    """What a run made and how much there is to look over."""
    made = tuple(folders)
    for folder in made:
        yield f"\n{folder}\n  " + ", ".join(sorted(path.name for path in folder.iterdir()))
    warnings = sum(problem.level == "warning" for problem in problems)
    yield "\nKlart."
    if warnings:
        where = " och sist i office.html" if any((folder / "office.html").exists() for folder in made) else ""
        yield f"{warnings} {plural(warnings, 'sak', 'saker')} att se över, listade ovan{where}."
