"""The answers on their way: as the platform gave them, cleaned, and one a member; and where each of them ended."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sekom_survey.model.problem import Problem

if TYPE_CHECKING:
    import pandas as pd

    from sekom_survey.model.cells import Columns
    from sekom_survey.model.codes import Answers

ANSWERED, UNANSWERED, NOT_SHOWN = "answered", "unanswered", "not_shown"


@dataclass(frozen=True, eq=False)
class Export:
    """What a reader makes of a platform's file: text cells, nothing personal.

    `cells.table`: one row per export row, one column (0, 1, 2 ...) per answer column, values `str`, "" = empty cell.
    `headers`: the wording of each answer column, normalised, in the order of `cells`. `rows`, same index:
    `row` (number in the file, the header is row 1), `date` (ISO, no clock time), `minutes` (time taken, NaN when
    unknown). `dropped`: heading and number of non-empty cells of each column that was left behind at reading
    because it identifies a person or is about the form, not an answer. `separator` parts the choices of a
    multi-choice cell. `hidden`: (index, column) of cells the platform says were not shown. `unfinished`: index
    of rows the respondent never sent in. `options`: what was said of the file, or found, as [reader_options] has it.
    `places`: where each column stands in the file, "F" or "F–K" where several were put together. `over`: the question that each
    column is a row of, "" for one that is no row.
    """

    file: str
    platform: str
    headers: tuple[str, ...]
    cells: Columns
    rows: pd.DataFrame
    dropped: tuple[tuple[str, int], ...] = ()
    separator: str = ";"
    hidden: frozenset[tuple[int, int]] = frozenset()
    unfinished: frozenset[int] = frozenset()
    options: tuple[tuple[str, object], ...] = ()
    places: tuple[str, ...] = ()
    over: tuple[str, ...] = ()

    def place(self, column: int) -> str:
        """Where a column of answers stands in the file: its letter, or its number where that is not known."""
        return self.places[column] if self.places else str(column + 1)


@dataclass(frozen=True)
class Accounting:
    """Where every row and every non-empty cell of the export ended; the counts close.

    `rows` and `cells` map an end (counted, test, observer, repeat, unmatched, struck ...) to a count; `left_behind`
    tells the headings, codes and sheets of the cells that were never read as answers.
    """

    rows: tuple[tuple[str, int], ...]
    cells: tuple[tuple[str, int], ...]
    rows_read: int
    cells_read: int
    left_behind: tuple[tuple[str, int], ...] = ()

    @property
    def closes(self) -> bool:
        """Whether every row and cell is in exactly one place."""
        return sum(n for _, n in self.rows) == self.rows_read and sum(n for _, n in self.cells) == self.cells_read

    def row_count(self, end: str) -> int:
        """Rows that ended in one place."""
        return dict(self.rows).get(end, 0)


@dataclass(frozen=True, eq=False)
class Responses:
    """The clean data set.

    `respondents`: respondent, member_id, role ("politician"/"official"/""), date, minutes, row.
    `answers.table` (long): respondent, item, state, option (label, "" for text and numbers), value (score or number),
    text (text items and the words of "Annat").
    """

    respondents: pd.DataFrame
    answers: Answers
    accounting: Accounting
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, eq=False)
class Frame:
    """Who was asked and who answered, with one answer a member.

    `members`: member_id, name, kind, code, county, landsdel, skr_group, population, joined, answered and one
    column a segmentation. `answers.table` (long, unit = member): member_id, item, state, option, value, text.
    `by_role`: the same per member and role. `conflicts`: member_id, item, kind, politician, official, used, rule.
    `item_nonresponse`: item, asked, answered, missing.
    """

    members: pd.DataFrame
    answers: Answers
    by_role: Answers
    conflicts: pd.DataFrame
    item_nonresponse: pd.DataFrame
