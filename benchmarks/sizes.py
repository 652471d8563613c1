"""Every size a membership may have, end to end: both builds of a year with every kind of question, last year beside it.

    python -m benchmarks sizes               the whole matrix, the smallest first; hours on a slow machine
    python -m benchmarks sizes 80x45 290x9   only these

What was found is kept in build/sizes.json, so that the matrix may be measured a piece at a time; the table shows all of it.
"""

from __future__ import annotations

import json
import math
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.make_year import make
from benchmarks.measure import ROOT, process, sekom

MEMBERS, QUESTIONS = (12, 80, 130, 290, 1_000, 2_500), (9, 45, 150, 300)
MOST_SECONDS = 5_400
FOUND = ROOT / "build/sizes.json"
Cell = Mapping[str, float | str]


def measured(members: int, count: int) -> Cell:
    """One cell: CPU seconds, wall seconds and megabytes of the largest process, or why there are none."""
    with tempfile.TemporaryDirectory() as place:
        year = make(Path(place), members, count)
        try:
            took = process(sekom("run", year, "--reports", Path(place) / "reports"), limit=MOST_SECONDS)
        except subprocess.TimeoutExpired:
            return {"failed": f"over {MOST_SECONDS} s"}
        except subprocess.CalledProcessError as error:
            return {"failed": f"code {error.returncode}"}
    return {"cpu": took.cpu, "wall": took.wall, "megabytes": took.megabytes}


def measure(wanted: Sequence[str]) -> None:
    """Measure cells named as 80x45, all when none is named, the smallest first; each is kept as soon as it is done."""
    named = [tuple(map(int, name.split("x"))) for name in wanted]
    for members, count in sorted(named or [(m, q) for m in MEMBERS for q in QUESTIONS], key=math.prod):
        cell = measured(members, count)
        print(members, count, cell, flush=True)
        FOUND.parent.mkdir(exist_ok=True)
        FOUND.write_text(json.dumps({**found(), f"{members}x{count}": cell}, indent=1), encoding="utf-8")


def found() -> dict[str, Cell]:
    """What has been measured, by members and questions."""
    return json.loads(FOUND.read_text(encoding="utf-8")) if FOUND.exists() else {}


def lines() -> list[list[str]]:
    """A line for each number of members, a column for each number of questions, and how the widest grows with the members."""
    cells, made = found(), []
    for place, members in enumerate(MEMBERS):
        row = [_told(cells.get(f"{members}x{count}")) for count in QUESTIONS]
        before = MEMBERS[place - 1] if place else None
        made.append([f"{members:,}", *row, *(_exponent(cells, before, members, count) for count in QUESTIONS)])
    return made


def _told(cell: Cell | None) -> str:
    if cell is None:
        return "–"
    return str(cell["failed"]) if "failed" in cell else f"{cell['cpu']:.0f} s, {cell['megabytes']:.0f} MB"


def _exponent(cells: Mapping[str, Cell], before: int | None, members: int, count: int) -> str:
    """How time grows with the members from the line above: 1 is in proportion."""
    small, large = cells.get(f"{before}x{count}", {}), cells.get(f"{members}x{count}", {})
    if before is None or "cpu" not in small or "cpu" not in large:
        return ""
    return f"{math.log(float(large['cpu']) / float(small['cpu'])) / math.log(members / before):.2f}"
