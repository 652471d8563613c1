"""What gives way, in a fixed order, until nothing that is published of a question tells of fewer than five members."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from sekom_survey.counted.segment import ALL, LANDSDEL, SEGMENT_ROLE, SIZE
from sekom_survey.model import MULTI
from sekom_survey.protected.atoms import BY, REST, Classes, Register, Said, as_told, classes_of, role_groups
from sekom_survey.protected.worlds import FEWEST, INSIDERS, WIDTH, Number, Worlds, cannot_be_told
from sekom_survey.stats.arrays import Bools

SMALL_GROUP = 10
ENOUGH = 40  # answers, from which the total of a question is published, unless all answered alike
NOBODY, ANSWERING, SILENT, BASE = "[nobody]", "[answering]", "[silent]", "[base]"


@dataclass(frozen=True)
class Release:
    """What of a question is published: `total` of all municipalities or not, and the rows of groups by segmentation.

    `offered` are the rows of groups that would be published if all were safe.
    """

    total: bool
    groups: Mapping[str, frozenset[str]]
    offered: frozenset[str] = frozenset()

    def shows(self, segmentation: str, option: str) -> bool:
        """Whether a row of the estimates is published."""
        return self.total if segmentation == ALL else option in self.groups.get(segmentation, frozenset())


@dataclass(eq=False)
class Audit:
    """What the auditor has tried: by what who answered is told, how many rows, worlds found, the narrowest hidden row."""

    response: tuple[str, ...]
    tried: int = 0
    worlds: int = 0
    width: int = WIDTH
    narrowest: int = ENOUGH

    def exposed(
        self, worlds: Worlds, states: Iterable[str], hidden: Mapping[str, Sequence[Bools]] | None = None
    ) -> frozenset[str]:
        """The states of which something follows; `hidden` are the groups whose rows of a state are not shown."""
        names, covered = list(states), hidden or {}
        told = frozenset(filter(worlds.is_rare, names))
        told = told or frozenset(state for state in names if not cannot_be_told(worlds, state))
        if not told:
            widths = {
                state: [worlds.width(state, np.flatnonzero(cells)) for cells in covered.get(state, ())]
                for state in names
            }
            told = frozenset(state for state, found in widths.items() if min(found, default=WIDTH) < worlds.most(state))
            self.narrowest = min([self.narrowest, *(w for found in widths.values() for w in found)])
        self.tried += len(names)
        self.worlds += len(worlds.found)
        return told


def audit_of(register: Register) -> Audit:
    """An audit that has found by what it may be told how many answered: size and landsdel, size, landsdel, or nothing."""
    states = {ANSWERING: register.answered, NOBODY: ~register.answered}
    audit = Audit(())
    for by in _ladder([by for by in BY if len(register.groups(by)) > 1]):
        worlds = _worlds(register, states, dict.fromkeys(states, by), tuple(states), ())
        if by and not audit.exposed(worlds, states):
            return replace(audit, response=tuple(by))
    return audit


def release(said: Said, register: Register, minimum: int, audit: Audit) -> Release:
    """What of a question may be published, beside what the audit says is told of who answered."""
    offered = classes_of(said)
    if not total_is_safe(said, register, minimum) or _agrees(as_told(said), np.ones(len(register.cell), bool)):
        return Release(False, {}, frozenset(offered))
    allowed = [by for by in (*audit.response, SEGMENT_ROLE) if offered and _large_enough(said, register, by, minimum)]
    asked = Release(True, {by: frozenset(offered) for by in allowed}, frozenset(offered))
    chosen = _options_apart if said.item.kind == MULTI else _together
    return _roles_cut(said, register, chosen(said, register, asked, audit))


def total_is_safe(said: Said, register: Register, minimum: int) -> bool:
    """Whether the total may be told: enough answers that are not all alike, and in a small wave no answer of nearly all."""
    counts = said.chosen.sum(axis=0)
    base, members = int(said.of(*said.inside).sum()), len(register.cell)
    if base < minimum or (said.item.kind != MULTI and base == counts.max()):
        return base == 0
    alike = said.item.kind == MULTI and bool(np.all((counts == 0) | (counts == base)))
    if alike or (base < ENOUGH and base == counts.max()):
        return False
    return base >= ENOUGH or members - int(counts.max()) >= FEWEST - 1 + INSIDERS


def _large_enough(said: Said, register: Register, by: str, minimum: int) -> bool:
    """Whether every group has enough answers, and none under ten of which all are alike as they are told."""
    groups = _groups(register, by)
    return len(groups) > 1 and all(is_told(as_told(said), who, minimum) for who in groups.values())


def _groups(register: Register, by: str) -> dict[str, Bools]:
    if by == SEGMENT_ROLE:
        return role_groups(register)
    return {name: cells[register.cell] for name, cells in register.groups(by).items()}


def is_told(said: Said, who: Bools, minimum: int) -> bool:
    """Whether a group has enough answers and, under ten, not all alike; also the others, when members are taken out of `said`."""
    return int((said.of(*said.inside) & who).sum()) >= minimum and not _agrees(said, who)


def _agrees(said: Said, who: Bools) -> bool:
    base, most = int((said.of(*said.inside) & who).sum()), int(said.chosen[who].sum(axis=0).max(initial=0))
    return 0 < base < SMALL_GROUP and most == base and said.item.kind != MULTI


def _roles_cut(said: Said, register: Register, found: Release) -> Release:
    """Of roles only answers that in each role some gave and some did not, unless nobody did at all.

    Of answers that exclude each other all are shown or none, since those left out would follow.
    """
    shown, offered = found.groups.get(SEGMENT_ROLE, frozenset()), classes_of(said)
    kept = frozenset(option for option in shown if _in_part(said, register, offered[option]))
    if said.item.kind != MULTI and kept != shown:
        kept = frozenset()
    return replace(found, groups={**found.groups, SEGMENT_ROLE: kept})


def _in_part(said: Said, register: Register, options: Sequence[str]) -> bool:
    yes, base = said.of(*options), said.of(*said.inside)
    parts = [(int((yes & who).sum()), int((base & who).sum())) for who in role_groups(register).values()]
    return not yes.any() or all(0 < count < of for count, of in parts)


def _together(said: Said, register: Register, asked: Release, audit: Audit) -> Release:
    """Answers that exclude each other: put together until it is safe, then landsdel goes, then size."""
    for by in _ladder([by for by in BY if by in asked.groups]):
        classes = classes_of(said)
        while classes and by:
            exposed = _exposed(said, register, dict.fromkeys(classes, by), audit)
            if not exposed:
                return _with(asked, by, frozenset(classes))
            classes = _without(said, classes, exposed)
    return _with(asked, (), asked.offered)


def _ladder(by: Sequence[str]) -> Iterable[Sequence[str]]:
    """Both divisions, then without landsdel, then without size, then none."""
    yield by
    if len(by) > 1:
        yield [SIZE]
        yield [LANDSDEL]
    if by:
        yield []


def _with(asked: Release, by: Sequence[str], options: frozenset[str]) -> Release:
    return replace(asked, groups={one: options for one in (*by, SEGMENT_ROLE) if one in asked.groups})


def _without(said: Said, classes: Classes, exposed: frozenset[str]) -> Classes:
    """The classes without those that are told; the answer left alone beside them would follow, so the smallest goes too."""
    counts = {name: int(said.of(*options).sum()) for name, options in classes.items()}
    gone = {name for name in exposed if name in classes} or {min(counts, key=lambda name: counts[name])}
    left = {name: options for name, options in classes.items() if name not in gone}
    whole = {option for options in classes.values() for option in options} >= set(said.inside)
    if whole and len(gone) == 1 and left:
        smallest = min(left, key=lambda name: counts[name])
        left = {name: options for name, options in left.items() if name != smallest}
    return left


def _options_apart(said: Said, register: Register, asked: Release, audit: Audit) -> Release:
    """Answers of which several may be given: each loses landsdel, then size, until the whole is safe."""
    by = [one for one in BY if one in asked.groups]
    shown = {option: told for option in classes_of(said) if (told := _in_doubt(said, register, option, by))}
    while shown and (exposed := _exposed(said, register, shown, audit)):
        for option in exposed:
            shown[option] = shown[option][:-1]
        shown = {option: divisions for option, divisions in shown.items() if divisions}
    groups = {one: frozenset(o for o, divisions in shown.items() if one in divisions) for one in by}
    return replace(asked, groups={**asked.groups, **groups})


def _in_doubt(said: Said, register: Register, option: str, by: Sequence[str]) -> tuple[str, ...]:
    """The divisions in which no group under ten has all chosen an option."""
    yes, base = said.of(option), said.of(*said.inside)
    agree = {
        one
        for one in by
        for who in _groups(register, one).values()
        if (yes & who).sum() == (base & who).sum() < SMALL_GROUP
    }
    return tuple(one for one in by if one not in agree)


def _exposed(said: Said, register: Register, shown: Mapping[str, Sequence[str]], audit: Audit) -> frozenset[str]:
    """The rows of which something follows, when rows are shown of groups by the divisions named for each."""
    worlds = worlds_of(said, register, shown, audit.response)
    hidden = {
        state: [cells for by in audit.response if by not in divisions for cells in register.groups(by).values()]
        for state, divisions in shown.items()
    }
    return audit.exposed(worlds, [*shown, *([] if said.item.kind == MULTI else [REST])], hidden)


def worlds_of(
    said: Said,
    register: Register,
    shown: Mapping[str, Sequence[str]],
    response: Sequence[str],
    extra: Sequence[Number] = (),
) -> Worlds:
    """The worlds of a question when its totals, who answered by `response` and the rows of `shown` are published.

    Atoms are the cells of the register by state: no answer to the survey, none to the question, and each answer, those that
    exclude each other put together where they are shown together. `extra`: further numbers that are known, for instance of
    another edition or of what a member knows itself.
    """
    return (_worlds_multi if said.item.kind == MULTI else _worlds_single)(said, register, shown, response, extra)


def _worlds_single(
    said: Said, register: Register, shown: Mapping[str, Sequence[str]], response: Sequence[str], extra: Sequence[Number]
) -> Worlds:
    offered = classes_of(said)
    inside = said.of(*said.inside)
    states = {name: said.of(*offered[name]) for name in shown}
    taken = np.logical_or.reduce([*states.values(), np.zeros(len(inside), bool)])
    states |= {REST: inside & ~taken, SILENT: register.answered & ~inside, NOBODY: ~register.answered}
    divisions = {by for divided in shown.values() for by in divided}
    tables = {name: set(divided) for name, divided in shown.items()} | {
        REST: divisions,
        SILENT: divisions & set(response),
    }
    return _worlds(register, states, tables | {NOBODY: set(response)}, tuple(states), extra)


def _worlds_multi(
    said: Said, register: Register, shown: Mapping[str, Sequence[str]], response: Sequence[str], extra: Sequence[Number]
) -> Worlds:
    inside = said.of(*said.inside)
    states = {option: said.of(option) for option in said.inside}
    states |= {BASE: inside, SILENT: register.answered & ~inside, NOBODY: ~register.answered}
    divisions = {by for divided in shown.values() for by in divided}
    tables = {name: set(shown.get(name, ())) for name in said.inside} | {BASE: divisions}
    tables |= {SILENT: divisions & set(response), NOBODY: set(response)}
    chosen = [*_choices(said, len(register.cells)), *extra]
    return _worlds(register, states, tables, (BASE, SILENT, NOBODY), chosen)


def _choices(said: Said, cells: int) -> Iterable[Number]:
    """What is known of the answers to a multi-choice question: each that answered gave at least one, at most so many."""
    alone = [option.label for option in said.item.options if option.exclusive and option.label in said.inside]
    others = [option for option in said.inside if option not in alone]
    most = 2 * (said.item.max or len(others))  # a member with two answers has all that either chose
    for cell in range(cells):
        base = {(BASE, cell): -1.0}
        yield Number({(option, cell): 1.0 for option in said.inside} | base, 0, np.inf)
        yield Number({(option, cell): 1.0 for option in others} | {(BASE, cell): -float(most)}, -np.inf, 0)
        for option in said.inside:
            beside = [one for one in alone if one != option]
            yield Number({(one, cell): 1.0 for one in (option, *beside)} | base, -np.inf, 0)


def _worlds(
    register: Register,
    states: Mapping[str, Bools],
    tables: Mapping[str, Iterable[str]],
    parts: Sequence[str],
    extra: Iterable[Number],
) -> Worlds:
    """The register's cells by state; `parts` are the states of which each member is in exactly one."""
    counts = {state: register.count(who) for state, who in states.items()}
    known = [Number({(part, cell): 1.0 for part in parts}, n, n) for cell, n in enumerate(register.members)]
    for state, divided in tables.items():
        for by in (ALL, *sorted(divided)):
            for cells in register.groups(by).values():
                told = float(counts[state][cells].sum())
                known.append(Number({(state, int(cell)): 1.0 for cell in np.flatnonzero(cells)}, told, told))
    truth = {(state, cell): int(n) for state, of in counts.items() for cell, n in enumerate(of)}
    return Worlds(register.members, [*known, *extra], truth)
