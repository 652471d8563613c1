"""A membership survey, from the platform's export to a report, every year.

    import sekom_survey as ss

    year = ss.load("exempel/2026")
    year.share("a_question", size="Små")
    year.shares("another", by="landsdel")

Names are looked up when they are first used, so that importing the package costs nothing. docs/library.md shows each.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sekom_survey.counted.share import Share
    from sekom_survey.counted.year import Year
    from sekom_survey.found.findings import Findings
    from sekom_survey.model import Exhibit, Problem, Unusable
    from sekom_survey.running.by_hand import findings, load, public, run
    from sekom_survey.running.notebook import open_findings, open_year, show, show_parts, tell
    from sekom_survey.shown import chapters, exhibits

__version__ = "0.1.0"
__all__ = [
    "Exhibit",
    "Findings",
    "Problem",
    "Share",
    "Unusable",
    "Year",
    "chapters",
    "exhibits",
    "findings",
    "load",
    "open_findings",
    "open_year",
    "public",
    "run",
    "show",
    "show_parts",
    "tell",
]
_HOME = {
    "Exhibit": "model",
    "Findings": "found.findings",
    "Problem": "model",
    "Share": "counted.share",
    "Unusable": "model",
    "Year": "counted.year",
    "chapters": "shown",
    "exhibits": "shown",
    "findings": "running.by_hand",
    "load": "running.by_hand",
    "open_findings": "running.notebook",
    "open_year": "running.notebook",
    "public": "running.by_hand",
    "run": "running.by_hand",
    "show": "running.notebook",
    "show_parts": "running.notebook",
    "tell": "running.notebook",
}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    home = f"{__name__}.{_HOME[name]}"
    return import_module(f"{home}.{name}") if _HOME[name] == "shown" else getattr(import_module(home), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
