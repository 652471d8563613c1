"""The last look at the pages: each is its own member's, and names another only when that one has said yes."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from sekom_survey.members.readers import Reader
from sekom_survey.model import Problem, Unusable
from sekom_survey.protected.scan import ORDINARY_WORDS, any_of

_DATA = re.compile(r"<style>.*?</style>", re.DOTALL)
TODO = "Sidorna skrivs inte. Ta bort namnet ur filen det kommer från (examples.csv, coming.csv)."


def refuse_others_names(pages: Mapping[str, str], readers: Sequence[Reader], consented: Collection[str]) -> None:
    """Raises Unusable when a page names a member that is neither its reader nor has consented to be named to others.

    The longest name that fits is the one that is meant: Region Kalmar län is not Kalmar, and Kalmar län is nobody.
    """
    names = {reader.member.name for reader in readers}
    counties = {reader.member.county for reader in readers} - names - {""}
    pattern, free = any_of(names | counties), ORDINARY_WORDS.union(consented, counties)
    leaks = [
        Problem("page_names_another", reader.file, "", f"Sidan nämner {name}, som inte har sagt ja till det.", TODO)
        for reader in readers
        for name in sorted({*pattern.findall(_DATA.sub(" ", pages[reader.file]))} - free - {reader.member.name})
    ]
    if leaks:
        raise Unusable(leaks)
