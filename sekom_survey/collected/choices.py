"""How the choices in one cell are parted, and whether a column holds several."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sekom_survey.model.cells import Cells

MOST_TEXTS = 20_000
SIGNS = {"|": 1, "\n": 1, ",": 2, "/": 2}  # with how many choices must stand both alone and together
MOST_CHOICES, LONGEST_CHOICE = 15, 60
SHARE_OF_SEVERAL = 4  # one cell in four, at least, holds more than one choice
_CODES, _COMMA, _SPACED = re.compile(r"\d+(,\d+)*"), re.compile(","), re.compile(", ")
_TIGHT = re.compile(
    r",(?=[^\s\d])|(?<!\d),(?=\d)"
)  # Qualtrics writes no space between choices, so one with a space is part of an option
_ENTITY_END = "".join(
    rf"(?<!&\w{{{n}}})(?<!&#\d{{{n}}})" for n in range(2, 8)
)  # the sign that ends &amp; parts nothing
_BETWEEN, _WITHIN = re.compile(_ENTITY_END + ";"), re.compile(_ENTITY_END + r";(?!\s)")
_TIGHT_WITHIN, _TIGHT_SEMICOLON = re.compile(r";(?=\S)"), re.compile(r";(?=\S)|;$")


@dataclass(frozen=True)
class Several:
    """A column's choices: how often each is chosen, whether a cell holds more than one, and whether that is doubtful."""

    chosen: Counter[str]
    several: bool
    doubtful: bool = False


def several_in(counts: Mapping[str, int], separator: str) -> Several:
    """What parting every distinct cell of a column at a separator gives.

    A comma may be part of an option: a piece in small letters that never begins a cell goes with the one before it.
    Where no piece ever stands alone, the cells are whole options unless there are more of them than of the pieces.
    """
    parted = _parted(counts, separator)
    chosen = Counter[str]()
    for cell, choices in parted.items():
        for choice in choices:
            chosen[choice] += counts[cell]
    cells, many = sum(counts.values()), sum(counts[cell] for cell, choices in parted.items() if len(choices) > 1)
    ended = separator != "," and any(cell.endswith(separator) for cell in counts)
    repeated = bool(chosen) and sum(chosen.values()) >= 2 * len(chosen)
    found = repeated and (ended or many * SHARE_OF_SEVERAL >= cells)
    if separator != "," or not found:
        return Several(chosen, found)
    alone = {choices[0] for choices in parted.values() if len(choices) == 1}
    together = {choice for choices in parted.values() if len(choices) > 1 for choice in choices}
    shown = bool(alone & together)
    more = len(parted) > len(chosen)
    return Several(chosen, shown or more, not (shown and more))


def _parted(counts: Mapping[str, int], separator: str) -> dict[str, list[str]]:
    """The choices of every distinct cell."""
    if separator == ";":
        tight = any(map(_TIGHT_SEMICOLON.search, counts))  # then one with a space after it is part of an option
        parting = _WITHIN if tight and not _spaced_apart(counts) else _BETWEEN
        return {cell: [piece.strip() for piece in parting.split(cell) if piece.strip()] for cell in counts}
    if separator != ",":
        return {cell: [piece.strip() for piece in cell.split(separator) if piece.strip()] for cell in counts}
    mark = _mark(counts)
    raw = {cell: [piece.strip() for piece in mark.split(cell) if piece.strip()] for cell in counts}
    first = {pieces[0] for pieces in raw.values() if pieces}
    return {cell: _glued(pieces, first) for cell, pieces in raw.items()}


def _spaced_apart(cells: Iterable[str]) -> bool:
    """Whether choices stand with a space after each semicolon and one last at the end: the same pieces come in several orders."""
    cells = list(cells)
    if any(_TIGHT_WITHIN.search(cell) for cell in cells):
        return False
    orders = {tuple(piece.strip() for piece in cell.split(";") if piece.strip()) for cell in cells}
    return len({frozenset(order) for order in orders}) < len(orders)


def _mark(cells: Iterable[str]) -> re.Pattern[str]:
    """Where a column's cells are parted: at every comma between codes, as Qualtrics does, or before a space."""
    cells = list(cells)
    if all(map(_CODES.fullmatch, cells)) and any(cell.count(",") > 1 for cell in cells):
        return _COMMA
    return _TIGHT if any(map(_TIGHT.search, cells)) else _SPACED


def _glued(pieces: Sequence[str], first: set[str]) -> list[str]:
    glued: list[str] = []
    for piece in pieces:
        if glued and piece[:1].islower() and piece not in first:
            glued[-1] += f", {piece}"
        else:
            glued.append(piece)
    return glued


def found_separator(columns: Iterable[Cells], usual: str) -> str:
    """The separator of a file whose platform writes more than one: `;` where some column shows it, else the usual."""
    for cells in columns:
        if len(cells.texts) <= MOST_TEXTS and any(";" in text for text in cells.texts):
            counts = {text: n for text, n in zip(cells.texts, cells.used().tolist(), strict=True) if n and text}
            if several_in(counts, ";").several:
                return ";"
    return usual


def sign_between(columns: Iterable[Mapping[str, int]]) -> str:
    """The sign that parts choices in a table that no platform owns, where it is none of the usual `;`; empty when none is seen.

    A column shows it when few choices stand both alone and together.
    """
    shown = [counts for counts in columns if 0 < len(counts) <= MOST_TEXTS]
    return next((sign for sign in SIGNS if any(_parts_choices(counts, sign) for counts in shown)), "")


def _parts_choices(counts: Mapping[str, int], sign: str) -> bool:
    if not any(sign in cell for cell in counts):
        return False
    parted = _parted(counts, sign)
    alone = {choices[0] for choices in parted.values() if len(choices) == 1}
    together = {choice for choices in parted.values() if len(choices) > 1 for choice in choices}
    every = alone | together
    if not together or len(every) > MOST_CHOICES or max(map(len, every)) > LONGEST_CHOICE:
        return False
    return len(alone & together) >= SIGNS[sign] and several_in(counts, sign).several


def unpacked(cells: Cells, mark: str) -> Cells | None:
    """A column of lists in JSON, as Power Automate writes choices, as `A;B;`; None when some cell is no such list."""
    texts = [text for text in cells.present() if text]
    if not texts or not all(text.startswith("[") and text.endswith("]") for text in texts):
        return None
    lists = {text: _listed(text) for text in texts}
    if not all(found is not None for found in lists.values()) or not any(lists.values()):
        return None
    return cells.changed(lambda text: "".join(choice + mark for choice in lists.get(text) or ()))


def _listed(text: str) -> list[str] | None:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
        return None
    return [one.strip() for one in found if one.strip()]
