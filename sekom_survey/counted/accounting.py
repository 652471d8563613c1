"""The counts that must close: every row and every non-empty cell in exactly one place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from sekom_survey.collected.table import columns_of
from sekom_survey.counted.codes import ItemAnswers
from sekom_survey.counted.rows import ROW_ENDS, Rows
from sekom_survey.model import MEMBER, METADATA, Accounting, Export, Item

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
    filled = [int(np.count_nonzero(cells.codes[counted])) for cells in columns_of(export)]
    everything = sum(cells.filled for cells in columns_of(export))
    struck_here = {i: int(np.count_nonzero(hit & counted)) for i, hit in struck.items()}
    ends = Counter[str]()
    ends["personal"] = sum(n for _, n in export.dropped)
    ends["struck"] = sum(struck_here.values())
    ends["uncounted_rows"] = everything - sum(filled)
    ends["metadata"] = sum(filled[i] - struck_here.get(i, 0) for i, item in columns.items() if item.kind == METADATA)
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
