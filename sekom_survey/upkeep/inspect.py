"""What an unknown export holds, told to a person."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from sekom_survey.collected import READERS, read_export
from sekom_survey.counted.form_changes import KIND_NAMES
from sekom_survey.model import MEMBER, TEXT, Export, Problem
from sekom_survey.text.redact import redact
from sekom_survey.text.swedish import plural
from sekom_survey.upkeep.first_year.kinds import with_kinds
from sekom_survey.upkeep.guess import Guess, guess_columns
from sekom_survey.upkeep.persons import left_out, shown_label

LONGEST_CELL = 2_000
SHOWN_OPTIONS = 12
_FORMULA = re.compile(r"[=@]|[+-](?![\s\d]|$)")
_DAMAGE = re.compile("\ufffd|Ã[¥¤¶…„–\x84\x85\x96]|â€")
FORMULA, LONG, DAMAGED = "ser ut som en formel", f"längre än {LONGEST_CELL} tecken", "förvanskade tecken"


def inspect_file(
    path: Path, shown: str, reader: str | None = None, options: Mapping[str, object] | None = None
) -> tuple[Export | None, list[Problem]]:
    """Any export to look at: as `read_export`, but an unknown platform is read as a plain table.

    What `left_out` finds about persons and times is left out as a draft would have it; `Export.options` tells.
    """
    found, problems = read_export(path, shown, reader, options)
    if reader is None and any(problem.code == "platform_unknown" for problem in problems):
        found, problems = read_export(path, shown, "generic", options)
    said = left_out(found) if found else {}
    if found and said:
        return read_export(path, shown, found.platform, {**dict(found.options), **said, **(options or {})})
    return found, problems


def inspection_lines(export: Export, problems: Sequence[Problem] = ()) -> list[str]:
    """What a person should know of an export, in Swedish, line by line; no answer that points at a person."""
    lines = [
        f"{export.file}: {READERS[export.platform].title}, {export.cells.rows} svar, {len(export.headers)} kolumner med svar."
    ]
    lines += _dates_told(export)
    for number, guess in enumerate(with_kinds(guess_columns(export), export), 1):
        lines += [
            "",
            f"{number}. {redact(guess.heading).text}",
            f"   {KIND_NAMES[guess.kind]}, {guess.filled} svar{_options_told(guess)}",
        ]
    lines += ["", "Utelämnat (om formuläret eller personen, eller hopslaget):"]
    lines += [
        f"   {heading}: {count} {plural(count, 'cell', 'celler')}" for heading, count in export.dropped if count
    ] or ["   inget"]
    lines += _suspicions_told(export)
    return lines + [f"   {problem.where}: {problem.found} {problem.todo}".replace(" : ", " ") for problem in problems]


def _dates_told(export: Export) -> list[str]:
    days = sorted(day for day in export.rows["date"] if day)
    told = [f"Svaren kom in {days[0]} till {days[-1]}."] if days else ["Det framgår inte när svaren kom in."]
    return told + ([f"{len(export.unfinished)} svar skickades aldrig in."] if export.unfinished else [])


def _options_told(guess: Guess) -> str:
    if guess.kind in (MEMBER, TEXT) or not guess.options:
        return ""
    more = f" och {len(guess.options) - SHOWN_OPTIONS} till" if len(guess.options) > SHOWN_OPTIONS else ""
    return ": " + "; ".join(f"{shown_label(label)} ({count})" for label, count in guess.options[:SHOWN_OPTIONS]) + more


def _suspicions_told(export: Export) -> list[str]:
    found = suspicious_cells(export)
    return ["", "Celler att se över:" if found else "Inga misstänkta celler."] + [
        f"   rad {row}, {export.headers[column][:60]}: {what}" for row, column, what in found
    ]


def suspicious_cells(export: Export) -> list[tuple[int, int, str]]:
    """(row in the file, column, what in Swedish) for cells that may name a person, run as a formula, or be damaged or overlong."""
    return [
        (int(row), column, what)
        for column, cells in enumerate(export.cells.columns)
        for row, cell in zip(export.rows["row"], cells, strict=True)
        for what in _suspicions(cell)
    ]


def _suspicions(cell: str) -> list[str]:
    start = cell[:LONGEST_CELL]
    found = list(dict.fromkeys(piece.kind for piece in redact(start).found))
    told = ((FORMULA, _FORMULA.match(start)), (LONG, len(cell) > LONGEST_CELL), (DAMAGED, _DAMAGE.search(start)))
    return found + [what for what, true in told if true]
