"""Indicators of goals that are read from the members' own indicators: who reports, and who has become better."""

from __future__ import annotations

from sekom_survey.found.goals.facts import Facts
from sekom_survey.found.goals.model import NO_DATA, Indicator, Measured
from sekom_survey.found.indicators.gather import Indicators
from sekom_survey.model.indicators import HIGH
from sekom_survey.text.swedish import count_of


def measure_indicators(indicator: Indicator, facts: Facts) -> Measured:
    """Percent of the municipalities, from the year's indicators; unknown before they are gathered.

    reported: those that have reported at least one of the indicators that are theirs to report (of `codes`, when given).
    improved: of those with values of their own both years in any of `codes` (all when left out), those that are better in at
    least one of them and worse in none.
    """
    found = facts.indicators()
    if found is None or (found.declared.collected and found.declared.collected > facts.as_of):
        return Measured(cause=NO_DATA)
    if set(indicator.codes) - {one.code for one in found.figures}:  # a year that followed others tells something else
        return Measured(cause=NO_DATA)
    codes = indicator.codes or tuple(one.code for one in found.figures)
    asked, yes = _reported(found, codes) if indicator.measure == "reported" else _improved(found, codes)
    if not asked:
        return Measured(cause=NO_DATA)
    detail = f"{count_of(len(yes), len(asked))} kommuner"
    return Measured(100 * len(yes) / len(asked), base=len(asked), asked=asked, yes=yes, detail=detail)


def _reported(found: Indicators, codes: tuple[str, ...]) -> tuple[frozenset[str], frozenset[str]]:
    if not found.asks_members:
        return frozenset(), frozenset()
    return frozenset(one.member_id for one in found.members), found.reported(codes)


def _improved(found: Indicators, codes: tuple[str, ...]) -> tuple[frozenset[str], frozenset[str]]:
    better: set[str] = set()
    worse: set[str] = set()
    asked: set[str] = set()
    for figure in found.figures:
        if figure.code not in codes:
            continue
        now, before = (found.own(figure.code, year) for year in (found.year(figure.code), found.earlier(figure.code)))
        for member in now.keys() & before.keys():
            change = (now[member] - before[member]) * (1 if figure.good == HIGH else -1)
            asked.add(member)
            better |= {member} if change > 0 else set()
            worse |= {member} if change < 0 else set()
    return frozenset(asked), frozenset(better - worse)
