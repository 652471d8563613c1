"""The audit and its releases as they were found before: they rest on nothing but who answered and what."""

from __future__ import annotations

from typing import Any

from sekom_survey.found.memory import Memory
from sekom_survey.protected.atoms import Register, Said
from sekom_survey.protected.ladder import Audit, Release, audit_of, release


def audited(register: Register, memory: Memory) -> Audit:
    """`audit_of` a register, remembered."""

    def work() -> dict[str, Any]:
        found = audit_of(register)
        return {"response": [*found.response], "counted": _counted(found)}

    told = memory.of(work, *_facts(register))
    return _add(Audit(tuple(told["response"])), *told["counted"])


def released(said: Said, register: Register, minimum: int, audit: Audit, memory: Memory) -> Release:
    """The `release` of a question, remembered, and what was tried for it counted in the audit."""

    def work() -> dict[str, Any]:
        mine = Audit(audit.response)
        found = release(said, register, minimum, mine)
        groups = {by: sorted(options) for by, options in found.groups.items()}
        return {"total": found.total, "groups": groups, "offered": sorted(found.offered), "counted": _counted(mine)}

    asked = (said.item, said.options, said.chosen, minimum, audit.response)
    told = memory.of(work, *asked, *_facts(register))
    _add(audit, *told["counted"])
    groups = {by: frozenset(options) for by, options in told["groups"].items()}
    return Release(told["total"], groups, frozenset(told["offered"]))


def _facts(register: Register) -> tuple[object, ...]:
    """All that is known of a register, but its members' names."""
    return register.cells, register.members, register.cell, register.answered, register.role


def _counted(audit: Audit) -> list[int]:
    return [audit.tried, audit.worlds, audit.narrowest]


def _add(audit: Audit, tried: int, worlds: int, narrowest: int) -> Audit:
    """The audit, with what has been tried elsewhere."""
    audit.tried += tried
    audit.worlds += worlds
    audit.narrowest = min(audit.narrowest, narrowest)
    return audit
