"""Which column of an export is which item: by wording, never by position."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher

from sekom_survey.model import Export, Item, Mend, Problem, Questionnaire
from sekom_survey.text.files import folded

_REPEATED = re.compile(r"\d+$")
_KEYED = re.compile(r" \[[^\[\]]+\]$")
ALIKE = 0.6


def match_columns(export: Export, questionnaire: Questionnaire) -> tuple[dict[int, Item], list[Problem]]:
    """Column number -> Item, and a problem for every column or item that finds no partner.

    A heading that the platform repeated ("Fråga2") goes to its item when that item has no column of its own; a
    column without a single answer is never missed, and gives way to one with answers.
    """
    wanted = {folded(wording): item for item in questionnaire.items for wording in (item.text, *item.wordings)}
    filled = {i: cells.filled > 0 for i, cells in enumerate(export.cells.columns)}
    found: dict[int, Item] = {}
    for repeated in (False, True):
        for i, header in sorted(enumerate(export.headers), key=lambda pair: not filled[pair[0]]):
            key = _REPEATED.sub("", folded(header)) if repeated else folded(header)
            item = wanted.get(key)
            if i not in found and item and item.id not in {it.id for it in found.values()}:
                found[i] = item
    return dict(sorted(found.items())), _faults(export, questionnaire, found, wanted, filled)


def _faults(
    export: Export,
    questionnaire: Questionnaire,
    found: Mapping[int, Item],
    wanted: Mapping[str, Item],
    filled: Mapping[int, bool],
) -> list[Problem]:
    taken = {item.id for item in found.values()}
    missing = [item for item in questionnaire.items if item.id not in taken]
    left = [i for i in range(len(export.headers)) if i not in found and filled[i]]
    alike = _alike(export, left, [item.id for item in missing], wanted)
    missing = [item for item in missing if item.id not in {name for name, _ in alike.values()}]
    problems = [
        _several(export, i, *alike[i]) if i in alike else _unknown(export, i, missing)
        for i in left
        if folded(export.headers[i]) not in wanted
    ]
    problems += [
        Problem(
            "column_double",
            export.file,
            f"kolumn {export.place(i)}",
            "Frågan finns i två kolumner med svar.",
            "Behåll en av dem, eller ge den andra en egen fråga i survey.toml.",
        )
        for i in left
        if folded(export.headers[i]) in wanted
    ]
    problems += [
        Problem(
            "question_missing",
            export.file,
            item.id,
            f"Frågan ”{item.text}” finns inte i exporten.",
            f"Har frågan ny text: skriv den i text för {item.id} i survey.toml, eller i wordings om bara ett skrivfel är rättat. "
            "Ställdes den inte: ta bort den därifrån.",
            mends=(Mend("unasked", item=item.id),),
        )
        for item in missing
    ]
    return problems


def _alike(
    export: Export, left: Sequence[int], missing: Sequence[str], wanted: Mapping[str, Item]
) -> dict[int, tuple[str, list[str]]]:
    """The columns that share the text of an item without a column: the item, and all their headings."""
    stems = {i: wanted.get(folded(_KEYED.sub("", export.headers[i]))) for i in left}
    items = {i: item.id for i, item in stems.items() if item and item.id in missing}
    headings = {name: [export.headers[i] for i, one in items.items() if one == name] for name in items.values()}
    return {i: (name, headings[name]) for i, name in items.items() if len(headings[name]) > 1}


def _several(export: Export, column: int, item: str, headings: Sequence[str]) -> Problem:
    shown = ", ".join(f"”{heading}”" for heading in headings)
    return Problem(
        "column_double",
        export.file,
        f"kolumn {export.place(column)}",
        f"Flera frågor har samma text, och hålls isär som {shown}.",
        f"Skriv i wordings för {item} i survey.toml den av dem som är den frågan, och ge de andra egna frågor. Den som inte ska "
        "räknas: skriv den under drop i [reader_options].",
    )


def _unknown(export: Export, column: int, missing: list[Item]) -> Problem:
    header = export.headers[column]
    near = max(missing, key=lambda item: similarity(header, item.text), default=None)
    hint = ""
    mends: tuple[Mend, ...] = (Mend("asked", found=header), Mend("metadata", found=header))
    if near is not None and similarity(header, near.text) >= ALIKE:
        hint = f" Kanske är det {near.id} med ny text: skriv den då i dess text, eller i wordings om bara ett skrivfel är rättat."
        mends = (Mend("wording", item=near.id, found=header), Mend("reworded", item=near.id, found=header), *mends)
    return Problem(
        "question_unknown",
        export.file,
        f"kolumn {export.place(column)}",
        f"Frågan ”{header[:120]}” finns inte i survey.toml.",
        'Lägg till frågan, eller ange kind = "metadata" om den inte ska räknas.' + hint,
        mends=mends,
    )


def similarity(one: str, other: str) -> float:
    """How alike two wordings are, 0-1."""
    return SequenceMatcher(None, folded(one), folded(other)).ratio()
