"""A survey's title from the name of its file."""

from __future__ import annotations

import re
from pathlib import PurePath

_COUNT = re.compile(r"[\s_]*\(\s*\d+\s*[-–]\s*\d+\s*\)|\s*\(\d+\)|\s*\((svar|responses)\)", re.IGNORECASE)
_STAMP = re.compile(r"[\s_-]*\d{4}-?\d{2}-?\d{2}([T_ ]?\d{2}[-_.]?\d{2}([-_.]?\d{2})?)?$")
_GENERIC = re.compile(
    r"(results?[-_ ]survey\d*|survey|export|svar|responses|data|resultat|blad1|sheet1|e|formul[aä]rsvar.*)",
    re.IGNORECASE,
)


def title_of(file: str) -> str:
    """The title that a file's name holds, "Medlemsenkät" when it says nothing."""
    stem = _STAMP.sub("", _COUNT.sub("", PurePath(file).stem)).replace("_", " ").strip(" -")
    return "Medlemsenkät" if not stem or _GENERIC.fullmatch(stem) else stem[0].upper() + stem[1:]
