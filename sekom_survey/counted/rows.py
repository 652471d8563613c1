"""What becomes of each row of an export, counted or set aside with a reason, and the counts that must close."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sekom_survey.asked.reference import county, municipalities, municipality
from sekom_survey.model import (
    MEMBER,
    NOT_ANSWERS,
    NOTE,
    RESPONDENT,
    WARNING,
    Accounting,
    Export,
    Item,
    Member,
    Mend,
    Problem,
    Responses,
    Survey,
    Wave,
)
from sekom_survey.model.cells import Cells, cells_of
from sekom_survey.model.codes import ItemAnswers
from sekom_survey.text.files import folded
from sekom_survey.text.names import NameMatch, build_index, match_many
from sekom_survey.text.rows import is_formula

NOT_MEMBER = "Svaret räknas inte. Är {} medlem: lägg till den i members.csv."
ROW_ENDS = ("counted", "test", "observer", "repeat", "unmatched", "struck", "unfinished", "outside_frame")
COUNTED, TEST, OBSERVER, REPEAT, UNMATCHED, STRUCK, UNFINISHED, OUTSIDE = range(len(ROW_ENDS))
Flags = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Rows:
    """What became of each row of an export, in its order: `end`, the place in ROW_ENDS, and `member_id`."""

    end: NDArray[np.int8]
    member_id: NDArray[np.object_]
    problems: tuple[Problem, ...]

    @property
    def counted(self) -> Flags:
        """The rows that count."""
        return self.end == COUNTED


def correction_rows(export: Export, row: str, found: str, column: int) -> Flags:
    """The rows a correction is about: by row number, by what stands in a column, or both; True where it hits."""
    hit = np.ones(len(export.rows), bool)
    if row:
        hit &= (export.rows["row"].astype(str) == row).to_numpy()
    if found:
        hit &= _by_text(export.cells.columns[column], lambda text: folded(text) == folded(found))
    return hit


def _by_text(cells: Cells, holds: Callable[[str], bool]) -> Flags:
    """The rows whose text something holds for; every text in use is asked once."""
    used = cells.used().tolist()
    return np.array([n > 0 and holds(text) for text, n in zip(cells.texts, used, strict=True)], dtype=bool)[cells.codes]


def sort_rows(export: Export, cells: Sequence[Cells], wave: Wave, columns: Mapping[int, Item]) -> Rows:
    """Give every row one end. The graver reason wins: struck by hand, never sent, a trial, a repeat, an observer ..."""
    if not wave.survey.of_members:
        return _everybody(export, wave)
    column = next(i for i, item in columns.items() if item.kind == MEMBER)
    found = _matches(cells[column], wave)
    ids = _member_ids(cells[column], found, export, wave)
    members = {member.member_id: member for member in wave.members}
    outside = [m.member_id for m in wave.members if not in_frame(m, wave)]
    observers = [m.member_id for m in wave.members if m.status == "observer"]
    end = np.full(len(cells[column]), COUNTED, np.int8)
    for ending, names in ((UNMATCHED, [""]), (OUTSIDE, outside), (OBSERVER, observers)):
        end[ids.where(names)] = ending
    others = [one for i, one in enumerate(cells) if i != column]
    end[repeats([ids, *others], np.flatnonzero(end == COUNTED))] = REPEAT
    end[_by_text(cells[column], _test_names(wave, members).__contains__)] = TEST
    end[list(export.unfinished)] = UNFINISHED
    end[_struck_rows(export, wave, column)] = STRUCK
    said = [_unmatched(cells[column][i], export, i, found, wave) for i in np.flatnonzero(end == UNMATCHED).tolist()]
    return Rows(end, np.array(ids.texts, dtype=object)[ids.codes], (*said, *_row_notes(end, export)))


def _everybody(export: Export, wave: Wave) -> Rows:
    """Every row that was sent in is one that answers for itself; two may well have answered alike."""
    end = np.full(len(export.rows), COUNTED, np.int8)
    end[list(export.unfinished)] = UNFINISHED
    end[_struck_rows(export, wave, None)] = STRUCK
    ids = np.array([f"{wave.survey.year} rad {row}" for row in export.rows["row"]], dtype=object)
    return Rows(end, ids, tuple(_row_notes(end, export)))


def respondents(responses: Responses, wave: Wave) -> tuple[Member, ...]:
    """Those that answered for themselves, by their row of the file, and those invited that did not answer."""
    heard = [
        Member(name, f"Rad {name.rpartition(' ')[2]}", RESPONDENT, "member")
        for name in responses.respondents["member_id"]
    ]
    silent = range(len(heard) + 1, (wave.survey.invited or 0) + 1)
    return (*heard, *(Member(f"utan svar {n}", f"Utan svar {n}", RESPONDENT, "member") for n in silent))


def is_asked(member: Member, survey: Survey) -> bool:
    """Whether a member, and no observer, was to be asked."""
    return member.status == "member" and _was_member(member, survey)


def in_frame(member: Member, wave: Wave) -> bool:
    """Whether a member was one on the frame's date."""
    return _was_member(member, wave.survey)


def _was_member(member: Member, survey: Survey) -> bool:
    day = survey.frame_date
    return not (member.joined and member.joined > day) and not (member.left and member.left <= day)


def _matches(cells: Cells, wave: Wave) -> dict[str, NameMatch]:
    """What each name in a column was found to be."""
    index = build_index((_entry(m) for m in wave.members), [one.name for one in municipalities()])
    return match_many(index, [text for text, n in zip(cells.texts, cells.used().tolist(), strict=True) if n])


def _member_ids(cells: Cells, found: Mapping[str, NameMatch], export: Export, wave: Wave) -> Cells:
    """The member each row is from; empty where it is not known."""
    by_hand = {folded(c.found): c.member_id for c in wave.corrections if c.action == "match" and c.found}
    by_row = {c.row: c.member_id for c in wave.corrections if c.action == "match" and c.row and not c.found}
    by_text = cells_of(
        [by_hand.get(folded(text)) or (found[text].key if text in found else "") or "" for text in cells.texts]
    )
    ids = Cells(by_text.codes[cells.codes], by_text.texts)
    if not by_row:
        return ids
    return cells_of([by_row.get(row, one) for row, one in zip(export.rows["row"].astype(str), ids, strict=True)])


def _shown(name: str, numbers: Mapping[str, str]) -> str:
    return f"{name} ({numbers.get(name, 'inte medlem')})"


def _unmatched(text: str, export: Export, place: int, matches: Mapping[str, NameMatch], wave: Wave) -> Problem:
    row = str(export.rows.at[place, "row"])
    if name := _not_member(text):
        kind = "kommunen" if municipality(text) else "regionen"
        found, todo = f"{name} är inte medlem: {kind} finns inte i registret.", NOT_MEMBER.format(kind)
        return Problem("member_unmatched", export.file, f"rad {row}", found, todo, WARNING, _mends(text, row, ()))
    numbers = {member.name: member.member_id for member in wave.members} if matches[text].suggestions else {}
    near = [_shown(name, numbers) for name in matches[text].suggestions]
    found = f"Medlemmen ”{text}” finns inte i registret." if text else "Medlemmens namn är tomt."
    todo = (
        f"Skriv en rad i corrections.csv: action är match, {'found är namnet som det står här' if text else f'row är {row}'}, member_id medlemmens nummer i "
        "members.csv, reason hur du vet det." + (f" Förslag: {', '.join(near)}." if near else "")
    )
    mends = _mends(text, row, [numbers[name] for name in matches[text].suggestions if name in numbers])
    return Problem("member_unmatched", export.file, f"rad {row}", found, todo, WARNING, mends)


def _not_member(text: str) -> str:
    """The municipality or region that a text names, when it names one of Sweden's; else empty."""
    place, said_region = municipality(text), "region" in folded(text) or "landsting" in folded(text)
    region = county(text) if said_region and not place else None
    return place.name if place else region.region_name if region else ""


def _mends(text: str, row: str, near: Sequence[str]) -> tuple[Mend, ...]:
    """It is one of those, another member, or none; by its row where the cell is empty or a spreadsheet would run it."""
    where = {"found": text} if text and not is_formula(text) else {"row": row}
    return (*(Mend("match", member_id=one, **where) for one in near), Mend("match", **where), Mend("strike", **where))


def _entry(member: Member) -> tuple[str, str, tuple[str, ...]]:
    known = municipality(member.code or member.name) if member.is_municipality else None
    aliases = (*known.aliases, known.code.lstrip("0")) if known else ()  # spreadsheets take the first nought away
    return member.member_id, member.name, aliases


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


def repeats(columns: Sequence[Cells], rows: NDArray[np.int64]) -> NDArray[np.int64]:
    """Those of some rows that say the same as an earlier one in every column, but for case and outer space.

    Rows are parted by one column after the other, and those that stand alone are no longer looked at.
    """
    rows, group = np.sort(rows), np.zeros(len(rows), np.int64)
    for cells in sorted(columns, key=lambda cells: len(cells.texts)):
        codes, texts = pd.factorize(cells.codes[rows])
        same, kinds = pd.factorize(np.array([cells.texts[code].strip().casefold() for code in texts], dtype=object))
        group, _ = pd.factorize(group * len(kinds) + same[codes])
        several = np.bincount(group)[group] > 1
        rows, group = rows[several], group[several]
        if not len(rows):
            break
    return rows[pd.Series(group).duplicated(keep="first").to_numpy()]


def _struck_rows(export: Export, wave: Wave, member_column: int | None) -> Flags:
    """The rows struck by hand; by number alone where no column says who answers."""
    struck = np.zeros(len(export.rows), bool)
    for correction in wave.corrections:
        if correction.action == "strike" and not correction.item:
            found = "" if member_column is None else correction.found
            if found or correction.row:
                struck |= correction_rows(export, correction.row, found, member_column or 0)
    return struck


def _row_notes(end: NDArray[np.int8], export: Export) -> list[Problem]:
    said = {
        TEST: ("row_test", "Raden är ett provsvar.", "Du behöver inte göra något: raden räknas inte."),
        OBSERVER: (
            "row_observer",
            "Svaret kommer från en observatör.",
            "Du behöver inte göra något: observatörer räknas inte som medlemmar.",
        ),
        REPEAT: (
            "row_repeat",
            "Raden är en upprepning av ett tidigare svar.",
            "Du behöver inte göra något: svaret räknas en gång.",
        ),
        OUTSIDE: (
            "row_outside_frame",
            "Medlemmen var inte med på ramens datum.",
            "Kontrollera joined och left i members.csv.",
        ),
        UNFINISHED: ("row_unfinished", "Svaret skickades aldrig in.", "Du behöver inte göra något: raden räknas inte."),
    }
    noted = [(i, *said[int(end[i])]) for i in np.flatnonzero(np.isin(end, list(said))).tolist()]
    return [
        Problem(code, export.file, f"rad {export.rows.at[i, 'row']}", found, todo, NOTE)
        for i, code, found, todo in noted
    ]


CELL_ENDS = ("counted", "metadata", "personal", "uncounted_rows", "struck", "unreadable")


def account(
    export: Export,
    rows: Rows,
    columns: Mapping[int, Item],
    struck: Mapping[int, NDArray[np.bool_]],
    answers: Sequence[ItemAnswers],
    unreadable: int,
) -> Accounting:
    """Count where every row and non-empty cell ended.

    `struck` tells by column which rows' cells are struck; `unreadable` counts listed cells. What is counted is counted
    from the answers, not as what is left over, so that a lost cell shows: see `Accounting.closes`.
    """
    counted = rows.counted
    filled = [int(np.count_nonzero(cells.codes[counted])) for cells in export.cells.columns]
    everything = sum(cells.filled for cells in export.cells.columns)
    struck_here = {i: int(np.count_nonzero(hit & counted)) for i, hit in struck.items()}
    ends = Counter[str]()
    ends["personal"] = sum(n for _, n in export.dropped)
    ends["struck"] = sum(struck_here.values())
    ends["uncounted_rows"] = everything - sum(filled)
    ends["metadata"] = sum(filled[i] - struck_here.get(i, 0) for i, item in columns.items() if item.kind in NOT_ANSWERS)
    ends["unreadable"] = unreadable
    ends["counted"] = sum(map(_cells_of, answers)) + sum(
        filled[i] for i, item in columns.items() if item.kind == MEMBER
    )
    row_ends = np.bincount(rows.end, minlength=len(ROW_ENDS)).tolist()
    return Accounting(
        rows=tuple(zip(ROW_ENDS, row_ends, strict=True)),
        cells=tuple((end, ends[end]) for end in CELL_ENDS),
        rows_read=len(export.rows),
        cells_read=everything + ends["personal"],
        left_behind=tuple((heading, n) for heading, n in export.dropped if n),
    )


def _cells_of(answers: ItemAnswers) -> int:
    """How many cells an item's answers stood in."""
    return int(np.count_nonzero(np.bincount(answers.who[answers.answered])))
