"""SPSS .sav -> rows of text cells under three rows of headings: name, question of a set, label."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sekom_survey.collected.cells import cell_text
from sekom_survey.collected.options import Options
from sekom_survey.model import Problem, Unusable

MAX_CELLS = 2_000_000
HEADER_ROWS = 3
TICKED, NOT_TICKED = "Ja", "Nej"
Rows = tuple[tuple[int, tuple[str, ...]], ...]


def sav_rows(path: Path, shown: str, options: Options) -> Rows:
    """The cases as labels, the first as row 2; a "don't know" declared missing keeps its label. Raises Unusable.

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
    return (*((level - 1, cells) for level, cells in enumerate(header)), *cases)


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
