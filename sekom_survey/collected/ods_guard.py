"""An ods reduced to its cells before a library opens it; what is hidden in it, and which of its cells are percent."""

from __future__ import annotations

import io
import zipfile
from collections import defaultdict
from dataclasses import dataclass, field

from sekom_survey.collected.xlsx_guard import (
    MAX_CELLS,
    MAX_CHARACTERS,
    MOST_COLUMNS,
    Refused,
    Seen,
    checked_archive,
    parsed,
)

Blocks = list[tuple[range, range]]
CONTENT, MANIFEST = "content.xml", "META-INF/manifest.xml"
MIMETYPE = "mimetype"
LOCKED = b"encryption-data"


def safe_ods(data: bytes) -> tuple[bytes, Seen, dict[str, Blocks]]:
    """An ods reduced to its cells, the rows and columns that are hidden, and by sheet the (row numbers, columns) of cells in percent.

    Raises Refused as `safe_workbook`.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            checked_archive(archive.infolist())
            parts = {name: archive.read(name) for name in (MIMETYPE, MANIFEST, CONTENT) if name in archive.namelist()}
    except Refused:
        raise
    except Exception as error:  # a damaged archive shows itself in a dozen ways
        raise Refused("broken") from error
    if LOCKED in parts.get(MANIFEST, b""):
        raise Refused("encrypted")
    walk = _Walk()
    parsed(
        parts.get(CONTENT, b""),
        {"StartElementHandler": walk.start, "EndElementHandler": walk.end, "CharacterDataHandler": walk.text},
    )
    seen = Seen((), frozenset(walk.hidden), hidden_columns=frozenset(walk.hidden_columns))
    return _packed(parts), seen, walk.percent


@dataclass
class _Walk:
    """The cells of content.xml walked through, a repeated row or cell counted as often as it stands."""

    rows: int = 0
    width: int = 0
    times: int = 1
    column: int = 0
    characters: int = 0
    row_hidden: bool = False
    filled: bool = False
    hidden: set[int] = field(default_factory=set)
    columns: int = 0
    hidden_columns: set[int] = field(default_factory=set)
    sheet: str = ""
    percent: dict[str, Blocks] = field(default_factory=lambda: defaultdict(list))

    def start(self, name: str, attributes: dict[str, str]) -> None:
        told = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        tag = name.rpartition(" ")[2]
        if tag == "table":
            self.rows = self.width = self.columns = 0
            self.sheet = told.get("name", "")
        elif tag == "table-column":
            first, self.columns = self.columns + 1, self.columns + _times(told.get("number-columns-repeated"))
            if told.get("visibility") in ("collapse", "filter"):
                self.hidden_columns |= set(range(first, min(self.columns, MOST_COLUMNS) + 1))
        elif tag == "table-row":
            self.times, self.column, self.filled = _times(told.get("number-rows-repeated")), 0, False
            self.row_hidden = told.get("visibility") in ("collapse", "filter")
        elif tag in ("table-cell", "covered-table-cell"):
            times = _times(told.get("number-columns-repeated"))
            self.column += times
            if "value-type" in told or "value" in told:
                self._cell()
            if told.get("value-type") == "percentage":
                rows = range(self.rows + 1, self.rows + self.times + 1)
                self.percent[self.sheet].append((rows, range(self.column - times, self.column)))

    def text(self, found: str) -> None:
        self.characters += len(found) * self.times
        if found.strip() and self.column:
            self._cell()
        if self.characters > MAX_CHARACTERS:
            raise Refused("too_large")

    def end(self, name: str) -> None:
        if name.rpartition(" ")[2] == "table-row":
            self.rows += self.times
            if self.filled and self.row_hidden:
                self.hidden |= set(range(self.rows - self.times + 1, self.rows + 1))

    def _cell(self) -> None:
        self.filled, self.width = True, max(self.width, self.column)
        if (self.rows + self.times) * self.width > MAX_CELLS:
            raise Refused("too_large")


def _times(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else 1


def _packed(parts: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name in (MIMETYPE, CONTENT, MANIFEST):
            if name in parts:
                archive.writestr(zipfile.ZipInfo(name), parts[name])
    return target.getvalue()
