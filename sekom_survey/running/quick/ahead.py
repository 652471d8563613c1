"""What a run is sure to need of a year, worked out on several cores before the notebooks begin."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from sekom_survey.counted.year import INTERNAL, PUBLIC, Year
from sekom_survey.found.findings import Findings
from sekom_survey.found.memory import Memory
from sekom_survey.protected.words import PublicFindings
from sekom_survey.running.quick.inputs import Inputs
from sekom_survey.running.quick.kept import digest
from sekom_survey.running.quick.parallel import side_by_side

# Asked for in every build; goals and claims rest on them, and the public themes on what is published too.
SURELY, THEN = ("themes", "themes_before", "changes", "nonresponse"), ("themes", "themes_before")
FIRST = "before"  # last year, on which most rest, and which is larger to send between processes than to analyse
AnyFindings = Findings | PublicFindings
Work = tuple[AnyFindings, Sequence[str]]


def findings_of(
    year: Year, builds: Sequence[str], compared: bool, memory: Memory, meanwhile: Callable[[], Any]
) -> list[AnyFindings]:
    """The findings of each build, in order, with what takes long worked out while this process does `meanwhile`.

    `compared`: whether the comparisons are there already. Raises Unusable when last year's folder cannot be used.
    """
    whole = Findings(year, memory)
    public = PublicFindings(whole)
    getattr(whole, FIRST)
    works: list[Work] = [(whole, ("comparisons",))] if INTERNAL in builds and not compared else []
    works += [(public, ("published",))] if PUBLIC in builds else []
    _share([*works, (whole, SURELY)], memory, meanwhile)
    _share([(public, THEN)] if PUBLIC in builds else [], memory, lambda: whole.problems)  # with goals and claims
    return [public if name == PUBLIC else whole for name in builds]


def _share(works: Sequence[Work], memory: Memory, meanwhile: Callable[[], Any]) -> None:
    """Work parts out in copies of this process, and have here what they found and remembered."""
    shared: list[Callable[[], Any]] = [*(partial(_worked_out, *work, memory) for work in works), meanwhile]
    for (found, _), (parts, known) in zip(works, side_by_side(shared), strict=False):
        found.take_over(parts)
        memory.now |= known


def comparisons_key(inputs: Inputs) -> str:
    """What the comparisons are kept by: they rest on nothing but the answers."""
    return f"comparisons-{digest(*inputs.always)}"


def _worked_out(found: AnyFindings, parts: Sequence[str], memory: Memory) -> tuple[Mapping[str, Any], dict[str, Any]]:
    for part in parts:
        getattr(found, part)
    return {name: one for name, one in found.worked_out().items() if name != FIRST}, memory.now
