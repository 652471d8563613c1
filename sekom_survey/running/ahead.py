"""What a run is sure to need of a year, worked out on several cores before the notebooks begin."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from sekom_survey.counted.year import INTERNAL, PUBLIC, Year
from sekom_survey.found.findings import Findings
from sekom_survey.protected.words import PublicFindings
from sekom_survey.running.inputs import always_read
from sekom_survey.running.kept import digest
from sekom_survey.running.parallel import side_by_side

SURELY = (
    "themes",
    "themes_before",
    "changes",
    "nonresponse",
)  # asked for in every build; goals and claims rest on them
EACH = "before"  # worked out by each copy, since last year is larger to send than to analyse


def findings_of(
    year: Year, builds: Sequence[str], last: Path, meanwhile: Callable[[], Any]
) -> list[Findings | PublicFindings]:
    """The findings of each build, in order, with what takes long worked out while this process does `meanwhile`.

    The comparisons are left out when the store `last` has them already or no build tells them all. Raises Unusable when
    last year's folder cannot be used.
    """
    whole = Findings(year)
    public = PublicFindings(whole)
    compared = INTERNAL in builds and not (last / comparisons_key(year)).is_dir()
    asked: list[tuple[Findings | PublicFindings, Sequence[str]]] = [(whole, ("comparisons",))] if compared else []
    asked += [(public, ("published",))] if PUBLIC in builds else []
    asked += [(whole, SURELY)]
    works: list[Callable[[], Any]] = [partial(_worked_out, *one) for one in asked]
    works.append(partial(_here, whole, meanwhile))
    for (found, _), parts in zip(asked, side_by_side(works), strict=False):
        found.take_over(parts)
    whole.problems  # noqa: B018  # with the goals, which are sooner worked out than sent between processes
    return [public if name == PUBLIC else whole for name in builds]


def comparisons_key(year: Year) -> str:
    """What the comparisons are kept by: they rest on nothing but the answers."""
    return f"comparisons-{digest(*always_read(year.wave.folder))}"


def _here(found: Findings, meanwhile: Callable[[], Any]) -> None:
    """What this process does while its copies work."""
    getattr(found, EACH)
    meanwhile()


def _worked_out(found: Findings | PublicFindings, parts: Sequence[str]) -> Mapping[str, Any]:
    for part in parts:
        getattr(found, part)
    return {name: one for name, one in found.worked_out().items() if name != EACH}
