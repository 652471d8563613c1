"""The counts that must close: every row and every non-empty cell in exactly one place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import pandas as pd

from sekom_survey.model import ANSWERED, MEMBER, METADATA, Accounting, Export, Item
from sekom_survey.rows import ROW_ENDS, Rows

CELL_ENDS = ("counted", "metadata", "personal", "uncounted_rows", "struck", "unreadable")


def account(
    export: Export,
    rows: Rows,
    columns: Mapping[int, Item],
    struck: pd.DataFrame,
    answers: pd.DataFrame,
    unreadable: Counter[int],
) -> Accounting:
    """Count where every row and non-empty cell ended.

    `struck` has the shape of the export's cells; `answers` the columns respondent, item, state; `unreadable` counts
    listed cells per column. What is counted is counted from the answers, not as what is left over, so that a lost
    cell shows: see `Accounting.closes`.
    """
    filled = export.cells != ""
    counted_rows = rows.end == "counted"
    metadata = [i for i, item in columns.items() if item.kind == METADATA]
    names = [i for i, item in columns.items() if item.kind == MEMBER]
    answered = answers.loc[answers["state"] == ANSWERED, ["respondent", "item"]].drop_duplicates()
    ends = Counter[str]()
    ends["personal"] = sum(n for _, n in export.dropped)
    ends["struck"] = int(struck[counted_rows].to_numpy().sum())
    ends["uncounted_rows"] = int(filled[~counted_rows].to_numpy().sum())
    ends["metadata"] = int((filled & ~struck).loc[counted_rows, metadata].to_numpy().sum())
    ends["unreadable"] = sum(unreadable.values())
    ends["counted"] = len(answered) + int(filled.loc[counted_rows, names].to_numpy().sum())
    row_ends = rows.end.value_counts()
    return Accounting(
        rows=tuple((end, int(row_ends.get(end, 0))) for end in ROW_ENDS),
        cells=tuple((end, ends[end]) for end in CELL_ENDS),
        rows_read=len(export.cells),
        cells_read=int(filled.to_numpy().sum()) + ends["personal"],
    )
