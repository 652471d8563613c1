"""The last look at the pages: each is its own member's, and names another only when that one has said yes."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from sekom_survey.members.readers import Reader
from sekom_survey.model import Problem, Unusable
from sekom_survey.protected.scan import ORDINARY_WORDS

_DATA = re.compile(r"<style>.*?</style>", re.DOTALL)


def refuse_others_names(pages: Mapping[str, str], readers: Sequence[Reader], consented: Collection[str]) -> None:
    """Raises Unusable when a page names a member that is neither its reader nor has consented to be named to others."""
    names = {reader.member.name for reader in readers} - ORDINARY_WORDS - set(consented)
    leaks = []
    for reader in readers:
        text = _DATA.sub(" ", pages[reader.file])
        own = reader.member.name
        seen = [name for name in names if name != own and name in text and _is_named(name, text, own)]
        leaks += [
            Problem("page_names_another", reader.file, "", f"Sidan nämner {name}, som inte har sagt ja till det.", TODO)
            for name in sorted(seen)
        ]
    if leaks:
        raise Unusable(leaks)


TODO = "Sidorna skrivs inte. Ta bort namnet ur filen det kommer från (examples.csv, coming.csv)."


def _is_named(name: str, text: str, own: str) -> bool:
    """Whether a name stands as words of its own, and not inside the reader's."""
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text.replace(own, " ")) is not None
