"""SPSS: a .sav file from any tool, as rows of text cells under three rows of headings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sekom_survey.collected.assemble import export, part, plain, stated_times
from sekom_survey.collected.boxes import YES_NO, joined
from sekom_survey.collected.grid import SPSS_FILE, Grid, cell_text
from sekom_survey.collected.header import Heading, bracketed, dashed
from sekom_survey.collected.options import Options
from sekom_survey.collected.shape import numbered_answers
from sekom_survey.collected.xlsx_guard import MAX_CELLS
from sekom_survey.model import Export, Problem, Unusable

title = "SPSS"


def detect(grid: Grid) -> bool:
    """The file is a .sav."""
    return grid.origin == SPSS_FILE


def read(grid: Grid) -> Export:
    """One case a respondent; a variable goes by its label, or by its name when it has none."""
    names, sets, labels = (grid.level(row) for row in range(HEADER_ROWS))
    about = stated_times(grid, list(zip(names, labels, strict=True)))
    texts = [label or name for name, label in zip(names, labels, strict=True)]
    headings = [
        (question, text) if question else both for question, text, both in zip(sets, texts, _parted(texts), strict=True)
    ]
    about |= numbered_answers(grid, HEADER_ROWS, headings)
    parts = joined(part(grid, HEADER_ROWS, headings, about, keys=names), (YES_NO,), ";", grid)
    return export(grid, "spss", HEADER_ROWS, about, plain(parts.columns), parts.dropped, options=parts.options)


def _parted(texts: list[str]) -> list[Heading]:
    return [both if both[1] else other for both, other in zip(bracketed(texts), dashed(texts), strict=True)]


HEADER_ROWS = 3
TICKED, NOT_TICKED = "Ja", "Nej"
Rows = tuple[tuple[int, tuple[str, ...]], ...]


def sav_rows(path: Path, shown: str, options: Options) -> tuple[Rows, dict[int, frozenset[str]]]:
    """The cases as labels, the first as row 2, and by column the texts of values declared missing. Raises Unusable.

    The boxes of a multiple-response set become Ja and Nej under the set's question.
    """
    frame, meta = _read(path, shown, options)
    names = list(frame.columns)
    sets = _sets(meta)
    columns = [
        _column(frame[name].tolist(), meta.variable_value_labels.get(name, {}), sets.get(name)) for name in names
    ]
    header = [
        tuple(names),
        tuple(sets[name][0] if name in sets else "" for name in names),
        tuple((meta.column_names_to_labels.get(name) or "").strip() for name in names),
    ]
    cases = [(number, case) for number, case in enumerate(zip(*columns, strict=True), 2) if any(case)]
    return (*((level - 1, cells) for level, cells in enumerate(header)), *cases), {
        i: _declared(meta, name, columns[i], frame[name].tolist()) for i, name in enumerate(names)
    }


def _declared(meta: Any, name: str, texts: Sequence[str], values: Sequence[Any]) -> frozenset[str]:
    """The texts in a column whose values are declared missing, by codes, ranges or both, with a label or without."""
    ranges = (getattr(meta, "missing_ranges", None) or {}).get(name, ())
    missing = {value: any(_lies_in(value, one) for one in ranges) for value in dict.fromkeys(values)} if ranges else {}
    return frozenset(text for text, value in zip(texts, values, strict=True) if text and missing.get(value))


def _lies_in(value: Any, one: Mapping[str, Any]) -> bool:
    try:
        return bool(one["lo"] <= value <= one["hi"])
    except TypeError:  # a text and a number
        return False


def _read(path: Path, shown: str, options: Options) -> tuple[Any, Any]:
    try:
        import pyreadstat
    except ImportError as error:
        raise Unusable(
            [
                Problem(
                    "extra_missing",
                    shown,
                    "",
                    "SPSS-filer läses med tillägget spss, som inte är installerat.",
                    'Installera det: pip install "sekom-survey[spss]", eller exportera som xlsx eller csv.',
                )
            ]
        ) from error
    try:
        _, meta = pyreadstat.read_sav(path, metadataonly=True, encoding=options.encoding or None)
        limit = MAX_CELLS // max(len(meta.column_names), 1)
        frame, meta = pyreadstat.read_sav(
            path, user_missing=True, row_limit=limit + 1, encoding=options.encoding or None
        )
    except Exception as error:  # the library raises its own errors and plain ones
        raise Unusable(
            [
                Problem(
                    "file_broken",
                    shown,
                    "",
                    "SPSS-filen är skadad eller ofullständig.",
                    "Hämta den på nytt, eller exportera som xlsx eller csv.",
                )
            ]
        ) from error
    if len(frame) > limit:
        raise Unusable(
            [
                Problem(
                    "file_too_large",
                    shown,
                    "",
                    "SPSS-filen har fler celler än en enkät kan ha.",
                    "Kontrollera att det är rätt fil.",
                )
            ]
        )
    return frame, meta


def _sets(meta: Any) -> dict[str, tuple[str, str]]:
    """Variable -> the question of its set of boxes and the value that means ticked."""
    found = getattr(meta, "mr_sets", None) or {}
    return {
        name: (one.get("label") or label, cell_text(one.get("counted_value")))
        for label, one in found.items()
        if one.get("is_dichotomy")
        for name in one.get("variable_list", ())
    }


def _column(values: list[Any], labels: Mapping[Any, str], box: tuple[str, str] | None) -> tuple[str, ...]:
    texts = [cell_text(value) for value in values]
    if box:
        return tuple((TICKED if text == box[1] else NOT_TICKED) if text else "" for text in texts)
    known = {cell_text(value): cell_text(label) for value, label in labels.items()}
    return tuple(known.get(text, text) or text for text in texts)
