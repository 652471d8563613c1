"""Raw cells -> Responses: every row and every non-empty cell counted, or listed with a reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import numpy as np
import pandas as pd

from sekom_survey.accounting import account
from sekom_survey.answers import Answer, Reading, nearest_option, reader_of
from sekom_survey.coding.redact import masked
from sekom_survey.columns import match_columns
from sekom_survey.model import (
    ANSWERED,
    MEMBER,
    METADATA,
    NOT_SHOWN,
    ROLE,
    UNANSWERED,
    WARNING,
    Export,
    Item,
    Problem,
    Responses,
    Unusable,
    Wave,
    errors,
)
from sekom_survey.rows import Rows, correction_rows, sort_rows

ROW_ENDS = ("counted", "test", "observer", "repeat", "unmatched", "struck", "unfinished", "outside_frame")
CELL_ENDS = ("counted", "metadata", "personal", "uncounted_rows", "struck", "unreadable")


def clean(export: Export, wave: Wave) -> Responses:
    """An export to Responses. Raises Unusable when a question or an answer does not fit the questionnaire."""
    columns, problems = match_columns(export, wave.questionnaire)
    if errors(problems):
        raise Unusable(problems)
    struck = _struck_cells(export, wave, columns)
    cells = export.cells.mask(struck, "") if struck.to_numpy().any() else export.cells
    rows = sort_rows(export, cells, wave, columns)
    kept = rows.end[rows.end == "counted"].index
    answers, unreadable, found = _answers(export, cells.loc[kept], columns)
    problems += [*rows.problems, *found]
    if errors(problems):
        raise Unusable(problems)
    respondents = _respondents(export, rows, columns, answers, kept)
    accounting = account(export, rows, columns, struck, answers, unreadable)
    shown = _mark_not_shown(answers, wave, export, columns)
    return Responses(respondents, shown, accounting, tuple(problems))


def _struck_cells(export: Export, wave: Wave, columns: Mapping[int, Item]) -> pd.DataFrame:
    struck = pd.DataFrame(False, index=export.cells.index, columns=export.cells.columns)
    numbers = {item.id: i for i, item in columns.items()}
    for correction in wave.corrections:
        if correction.action == "strike" and correction.item in numbers:
            column = numbers[correction.item]
            hit = correction_rows(export, correction.row, correction.found, column)
            struck.loc[hit & (export.cells[column] != ""), column] = True
    return struck


def _answers(
    export: Export, cells: pd.DataFrame, columns: Mapping[int, Item]
) -> tuple[pd.DataFrame, Counter[int], list[Problem]]:
    frames, problems = [], []
    unreadable: Counter[int] = Counter()
    for i, item in columns.items():
        if item.kind in (MEMBER, METADATA):
            continue
        frame, lost, found = _column_answers(cells[i], item, export)
        frames.append(frame)
        unreadable[i] += lost
        problems += found
    return pd.concat(frames, ignore_index=True), unreadable, problems


def _column_answers(cells: pd.Series, item: Item, export: Export) -> tuple[pd.DataFrame, int, list[Problem]]:
    """One item's column to long answers: unique cells are read once, then spread over the rows."""
    codes, uniques = pd.factorize(cells, use_na_sentinel=False)
    read = reader_of(item, export.separator)
    readings = [read(text) if text else Reading(()) for text in uniques]
    flat = [answer for reading in readings for answer in (reading.answers or (None,))]
    sizes = np.array([max(len(reading.answers), 1) for reading in readings], dtype=np.int64)
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]]) if len(sizes) else np.zeros(0, dtype=np.int64)
    repeats = sizes[codes] if len(codes) else np.zeros(0, dtype=np.int64)
    offsets = np.arange(repeats.sum()) - np.repeat(np.cumsum(repeats) - repeats, repeats)
    picks = np.repeat(starts[codes], repeats) + offsets if len(codes) else np.zeros(0, dtype=np.int64)
    table = _flat_table(flat)
    frame = table.take(picks).reset_index(drop=True)
    frame.insert(0, "respondent", np.repeat(cells.index.to_numpy(), repeats))
    frame.insert(1, "item", item.id)
    lost = [u for u, reading in enumerate(readings) if reading.unreadable]
    return frame, int(np.isin(codes, lost).sum()), _cell_problems(cells, codes, readings, item, export)


def _flat_table(flat: list[Answer | None]) -> pd.DataFrame:
    rows = [
        (UNANSWERED, "", np.nan, "")
        if answer is None
        else (ANSWERED, answer.option, np.nan if answer.value is None else answer.value, _safe(answer.text))
        for answer in flat
    ]
    return pd.DataFrame(rows, columns=["state", "option", "value", "text"])


def _safe(text: str) -> str:
    return masked(text) if text else ""


def _cell_problems(
    cells: pd.Series, codes: np.ndarray, readings: list[Reading], item: Item, export: Export
) -> list[Problem]:
    problems = []
    for u, reading in enumerate(readings):
        if not (reading.unreadable or reading.notes):
            continue
        lines = export.rows.loc[cells.index[codes == u], "row"]
        where = f"{item.id}, rad " + ", ".join(str(n) for n in lines[:5])
        problems += [_unreadable(text, item, export.file, where) for text in reading.unreadable]
        problems += [_noted(note, item, export.file, where) for note in dict.fromkeys(reading.notes)]
    return problems


def _unreadable(text: str, item: Item, file: str, where: str) -> Problem:
    if item.kind in ("rating", "nps"):
        return Problem(
            "number_unreadable",
            file,
            where,
            f"Svaret ”{text[:60]}” är inget heltal {item.low}–{item.high}.",
            "Kontrollera att skalan i survey.toml stämmer, eller stryk svaret i corrections.csv.",
        )
    near = nearest_option(text, item)
    hint = f" Närmast är ”{near}”." if near else ""
    return Problem(
        "option_unknown",
        file,
        where,
        f"Svaret ”{text[:80]}” finns inte bland alternativen.{hint}",
        "Rätta alternativet i survey.toml, sätt other = true om egna ord är tillåtna, eller stryk svaret i corrections.csv.",
    )


def _noted(note: str, item: Item, file: str, where: str) -> Problem:
    said = {
        "exclusive": (
            "choice_exclusive",
            "Ett uteslutande alternativ är valt tillsammans med andra.",
            "Inget; de andra valen räknas.",
        ),
        "max": ("choice_max", f"Fler än {item.max} val.", "Inget; alla val räknas. Kontrollera gränsen i formuläret."),
        "misspelt": (
            "choice_misspelt",
            "De egna orden liknar ett alternativ.",
            "Läs svaret; rätta alternativets text i survey.toml om det är samma.",
        ),
    }
    code, found, todo = said[note]
    return Problem(code, file, where, found, todo, WARNING)


def _respondents(
    export: Export, rows: Rows, columns: Mapping[int, Item], answers: pd.DataFrame, kept: pd.Index
) -> pd.DataFrame:
    role_item = next(item for item in columns.values() if item.kind == ROLE)
    roles = {option.label: option.role or "" for option in role_item.options}
    role = answers[answers["item"] == role_item.id].set_index("respondent")["option"].map(roles).fillna("")
    return pd.DataFrame(
        {
            "respondent": kept,
            "member_id": rows.member_id.loc[kept].to_numpy(),
            "role": role.reindex(kept).fillna("").to_numpy(),
            "date": export.rows.loc[kept, "date"].to_numpy(),
            "minutes": export.rows.loc[kept, "minutes"].to_numpy(),
            "row": export.rows.loc[kept, "row"].to_numpy(),
        }
    )


def _mark_not_shown(answers: pd.DataFrame, wave: Wave, export: Export, columns: Mapping[int, Item]) -> pd.DataFrame:
    """UNANSWERED becomes NOT_SHOWN where routing or the platform says that the question was never seen."""
    state = answers["state"].copy()
    for item in columns.values():
        if item.asked_if is None:
            continue
        gate = answers[answers["item"] == item.asked_if.item]
        opened = set(gate.loc[gate["option"].isin(item.asked_if.options), "respondent"])
        state[(answers["item"] == item.id) & (state == UNANSWERED) & ~answers["respondent"].isin(opened)] = NOT_SHOWN
    for i, item in columns.items() if export.hidden else ():
        unseen = {row for row, column in export.hidden if column == i}
        state[(answers["item"] == item.id) & (state == UNANSWERED) & answers["respondent"].isin(unseen)] = NOT_SHOWN
    return answers.assign(state=state)
