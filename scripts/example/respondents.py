"""Who answers: exactly so many municipalities, the eager ones first, and some with both roles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from example.answers import OFFICIAL, POLITICIAN, Respondent
from example.members import Place


@dataclass(frozen=True)
class Turnout:
    """How many of each kind answer in a year."""

    municipalities: int
    both_roles: int
    only_politician: int
    regions: int
    observers: int


TURNOUT = {
    2025: Turnout(municipalities=46, both_roles=3, only_politician=9, regions=1, observers=0),
    2026: Turnout(municipalities=50, both_roles=4, only_politician=10, regions=2, observers=1),
}


def respondents(places: Sequence[Place], year: int) -> list[Respondent]:
    """The people who answer, in the order they do so."""
    turnout, random = TURNOUT[year], Random(f"respondents/{year}")
    eager = sorted(
        (p for p in places if p.kind == "municipality" and p.asked(year)), key=lambda p: -_readiness(p, year)
    )
    answering = eager[: turnout.municipalities]
    politicians = set(random.sample([p.name for p in answering], turnout.both_roles + turnout.only_politician))
    both = set(sorted(politicians)[:: len(politicians) // turnout.both_roles][: turnout.both_roles])
    people = [Respondent(p, role, year) for p in answering for role in _roles(p, politicians, both)]
    people += [Respondent(p, OFFICIAL, year) for p in _regions(places)[: turnout.regions]]
    people += [Respondent(p, OFFICIAL, year) for p in _observers(places)[: turnout.observers]]
    random.shuffle(people)
    return people


def _readiness(place: Place, year: int) -> float:
    chance = Random(f"{place.name}/{year}/answers").gauss(0, 1)
    return place.engagement + 0.5 * place.habit + 0.55 * chance + (0.35 if place.size == "large" else 0)


def _roles(place: Place, politicians: set[str], both: set[str]) -> tuple[str, ...]:
    if place.name in both:
        return OFFICIAL, POLITICIAN
    return (POLITICIAN,) if place.name in politicians else (OFFICIAL,)


def _regions(places: Sequence[Place]) -> list[Place]:
    return sorted((p for p in places if p.kind == "region" and p.status == "member"), key=lambda p: -p.engagement)


def _observers(places: Sequence[Place]) -> list[Place]:
    return [p for p in places if p.kind == "municipality" and p.status == "observer"]
