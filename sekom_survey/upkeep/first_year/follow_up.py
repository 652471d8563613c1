"""Questions that only those who answered yes, or no, to the one before were shown."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from typing import Any

from sekom_survey.model import Export
from sekom_survey.text.files import folded
from sekom_survey.upkeep.first_year.words import bare

_OPENS = re.compile(r"om (?:du |ni )?(?:svara[rt]? |svarade )?[”\"]?(ja|nej)\b", re.IGNORECASE)


def with_conditions(items: Sequence[Mapping[str, Any]], export: Export) -> list[dict[str, Any]]:
    """The tables of items with `asked_if` where a text says "Om ja" and nobody else answered it."""
    places = {folded(heading): i for i, heading in enumerate(export.headers)}
    told = [dict(item) for item in items]
    for before, item in itertools.pairwise(told):
        found = _OPENS.match(bare(item["text"]))
        options = [one for one in before.get("options", []) if found and folded(one).startswith(found[1].casefold())]
        if options and "rows" not in before and _only_those(export, places, before, item, options):
            item["asked_if"] = {"item": before["id"], "options": options}
    return told


def _only_those(
    export: Export,
    places: Mapping[str, int],
    before: Mapping[str, Any],
    item: Mapping[str, Any],
    options: Sequence[str],
) -> bool:
    gate, own = (places.get(folded(one["text"])) for one in (before, item))
    if gate is None or own is None:
        return False
    columns = export.cells.columns
    return all(not answer or choice in options for choice, answer in zip(columns[gate], columns[own], strict=True))
