"""What becomes of each row of an export: counted, or set aside with a reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from sekom_survey.model import MEMBER, NOTE, WARNING, Export, Item, Member, Problem, Survey, Wave
from sekom_survey.names import build_index, match_many
from sekom_survey.reference import municipalities, municipality
from sekom_survey.textfile import folded

ROW_ENDS = ("counted", "test", "observer", "repeat", "unmatched", "struck", "unfinished", "outside_frame")


@dataclass(frozen=True, eq=False)
class Rows:
    """What became of each row: `end` (one of ROW_ENDS) and `member_id`, same index as the export's cells."""

    end: pd.Series
    member_id: pd.Series
    problems: tuple[Problem, ...]


def correction_rows(export: Export, row: str, found: str, column: int) -> pd.Series:
    """The rows a correction is about: by row number, by what stands in a column, or both; True where it hits."""
    hit = pd.Series(True, index=export.cells.index)
    if row:
        hit &= export.rows["row"].astype(str) == row
    if found:
        hit &= export.cells[column].map(folded) == folded(found)
    return hit


def sort_rows(export: Export, cells: pd.DataFrame, wave: Wave, columns: Mapping[int, Item]) -> Rows:
    """Give every row one end. The graver reason wins: struck by hand, never sent, a trial, a repeat, an observer ..."""
    column = next(i for i, item in columns.items() if item.kind == MEMBER)
    texts = cells[column]
    ids, problems = _match_members(texts, export, wave)
    members = {member.member_id: member for member in wave.members}
    end = pd.Series("counted", index=cells.index)
    end[ids == ""] = "unmatched"
    outside = {m.member_id for m in wave.members if not in_frame(m, wave)}
    observers = {m.member_id for m in wave.members if m.status == "observer"}
    end[ids.isin(outside)] = "outside_frame"
    end[ids.isin(observers)] = "observer"
    end[end == "counted"] = _repeats(_with_ids(cells, column, ids)[end == "counted"])
    end[texts.map(_test_names(wave, members).__contains__)] = "test"
    if export.unfinished:
        end[end.index.isin(export.unfinished)] = "unfinished"
    end[_struck_rows(export, wave, column)] = "struck"
    said = [p for p in problems if _still_unmatched(p, end, export)]
    return Rows(end, ids, tuple(said) + tuple(_row_notes(end, export)))


def is_asked(member: Member, survey: Survey) -> bool:
    """Whether a member, and no observer, was to be asked."""
    return member.status == "member" and _was_member(member, survey)


def in_frame(member: Member, wave: Wave) -> bool:
    """Whether a member was one on the frame's date."""
    return _was_member(member, wave.survey)


def _was_member(member: Member, survey: Survey) -> bool:
    day = survey.frame_date
    return not (member.joined and member.joined > day) and not (member.left and member.left <= day)


def _match_members(texts: pd.Series, export: Export, wave: Wave) -> tuple[pd.Series, list[Problem]]:
    index = build_index((_entry(m) for m in wave.members), [one.name for one in municipalities()])
    by_hand = {folded(c.found): c.member_id for c in wave.corrections if c.action == "match" and c.found}
    by_row = {c.row: c.member_id for c in wave.corrections if c.action == "match" and c.row and not c.found}
    found = match_many(index, texts.unique())
    ids = texts.map(lambda text: by_hand.get(folded(text)) or found[text].key or "")
    ids = ids.mask(export.rows["row"].astype(str).isin(by_row), export.rows["row"].astype(str).map(by_row))
    numbers = {member.name: member.member_id for member in wave.members}
    problems = [
        _unmatched(texts[i], export, int(export.rows.at[i, "row"]), [_shown(name, numbers) for name in found[texts[i]].suggestions])
        for i in ids.index[ids == ""]
    ]
    return ids, problems


def _shown(name: str, numbers: Mapping[str, str]) -> str:
    return f"{name} ({numbers.get(name, 'inte medlem')})"


def _unmatched(text: str, export: Export, row: int, near: Sequence[str]) -> Problem:
    found = f"Medlemmen ”{text}” finns inte i registret." if text else "Medlemmens namn är tomt."
    todo = (
        "Skriv en rad i corrections.csv: action är match, found är namnet som det står här, member_id medlemmens nummer i "
        "members.csv, reason hur du vet det." + (f" Förslag: {', '.join(near)}." if near else "")
    )
    return Problem("member_unmatched", export.file, f"rad {row}", found, todo, WARNING)


def _entry(member: Member) -> tuple[str, str, tuple[str, ...]]:
    known = municipality(member.code or member.name) if member.is_municipality else None
    return member.member_id, member.name, tuple(known.aliases) if known else ()


def _still_unmatched(problem: Problem, end: pd.Series, export: Export) -> bool:
    row = int(problem.where.removeprefix("rad "))
    return bool((end[export.rows["row"] == row] == "unmatched").all())


def _test_names(wave: Wave, members: Mapping[str, Member]) -> _Tests:
    return _Tests(frozenset(map(folded, wave.survey.test_names)), frozenset(folded(m.name) for m in members.values()))


@dataclass(frozen=True)
class _Tests:
    """The names that mark a row as a trial: those in survey.toml, and any that begins with "test"."""

    names: frozenset[str]
    members: frozenset[str]

    def __contains__(self, text: object) -> bool:
        name = folded(str(text))
        return name in self.names or (name.startswith("test") and name not in self.members)


def _with_ids(cells: pd.DataFrame, column: int, ids: pd.Series) -> pd.DataFrame:
    named = cells.copy()
    named[column] = ids
    return named


def _repeats(cells: pd.DataFrame) -> pd.Series:
    squeezed = cells.apply(_compared)
    return pd.Series(np.where(squeezed.duplicated(keep="first"), "repeat", "counted"), index=cells.index)


def _compared(column: pd.Series) -> pd.Series:
    """A number for each cell, the same where cells differ only by case and outer space."""
    codes, texts = pd.factorize(column)
    same, _ = pd.factorize(np.array([text.strip().casefold() for text in texts], dtype=object))
    return pd.Series(same[codes], index=column.index)


def _struck_rows(export: Export, wave: Wave, member_column: int) -> pd.Series:
    struck = pd.Series(False, index=export.cells.index)
    for correction in wave.corrections:
        if correction.action == "strike" and not correction.item:
            struck |= correction_rows(export, correction.row, correction.found, member_column)
    return struck


def _row_notes(end: pd.Series, export: Export) -> list[Problem]:
    said = {
        "test": ("row_test", "Raden är ett provsvar.", "Inget; raden räknas inte."),
        "observer": ("row_observer", "Svaret kommer från en observatör.", "Inget; observatörer räknas inte som medlemmar."),
        "repeat": ("row_repeat", "Raden är en upprepning av ett tidigare svar.", "Inget; svaret räknas en gång."),
        "outside_frame": (
            "row_outside_frame",
            "Medlemmen var inte med på ramens datum.",
            "Kontrollera joined och left i members.csv.",
        ),
        "unfinished": ("row_unfinished", "Svaret skickades aldrig in.", "Inget; raden räknas inte."),
    }
    noted = [(i, *said[end[i]]) for i in end.index[end.isin(list(said))]]
    return [Problem(code, export.file, f"rad {export.rows.at[i, 'row']}", found, todo, NOTE) for i, code, found, todo in noted]
