"""What one person decides, in a file of their own that is only added to: safe for two at once, and in folders kept in step.

A cloud service that finds the same file changed in two places makes a copy of one; here no two people write to the same.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import astuple
from pathlib import Path

from sekom_survey.coding.decisions import COLUMNS, Decision, csv_text
from sekom_survey.text.turns import wait


def coder_file(path: Path, coder: str) -> Path:
    """A coder's own file beside codings.csv."""
    return path.with_name(f"{path.stem}-{coder}{path.suffix}")


def record(path: Path, rows: Sequence[Decision]) -> None:
    """Adds rows at the end of each coder's own file, which nobody else writes to and nothing rewrites, once they are on the disk.

    `path` is codings.csv. A row that was cut short, when the power went, is left behind a line of its own. Raises OSError.
    """
    for coder in dict.fromkeys(row.coder for row in rows):
        _append(coder_file(path, coder), csv_text(astuple(row) for row in rows if row.coder == coder))


def _append(path: Path, text: str) -> None:
    with path.open("ab+", buffering=0) as stream:  # nothing held back, to be written when it is closed
        wait(stream.fileno(), path.name)
        size = stream.seek(0, os.SEEK_END)
        stream.seek(max(size - 1, 0))
        start = csv_text([COLUMNS]) if not size else "" if stream.read(1) == b"\n" else "\n"
        try:
            data = (start + text).encode()
            while data:
                data = data[stream.write(data) :]
            os.fsync(stream.fileno())
        except OSError:
            stream.truncate(size)
            raise
