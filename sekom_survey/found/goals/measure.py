"""Each indicator computed from its source: the register, the log, the survey, or looked up by hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping

import pandas as pd

from sekom_survey.found.engagement.duties import duty_card, fee, standing_duties
from sekom_survey.found.engagement.index import ACTIVE, CLASSES, NOT_KNOWN
from sekom_survey.found.engagement.membership import MEMBER_STATUS, decided_exits, members_on, movement
from sekom_survey.found.engagement.signals import exit_signals
from sekom_survey.found.engagement.signs import signs_of
from sekom_survey.found.examples import replications
from sekom_survey.found.goals.facts import Facts
from sekom_survey.found.goals.from_log import measure_log
from sekom_survey.found.goals.from_survey import measure_survey, measure_theme
from sekom_survey.found.goals.model import (
    ENGAGEMENT,
    EXAMPLES,
    HAND,
    INDICATORS,
    LOG,
    NO_DATA,
    NO_MEASURE,
    NO_SOURCE,
    REFERENCE,
    REGISTER,
    SURVEY,
    THEME,
    Goals,
    Indicator,
    Measured,
)
from sekom_survey.found.goals.other_waves import measure_wave
from sekom_survey.found.indicators.gather import Indicators
from sekom_survey.model import ANSWERED, MUNICIPALITY, Frame, Questionnaire
from sekom_survey.model.indicators import HIGH
from sekom_survey.text.swedish import count_of, join_words, number, plural, sort_key


def class_counts(facts: Facts | None) -> Counter[str]:
    """How many municipalities are in each engagement class; nothing without a log."""
    if facts is None or not facts.logged:
        return Counter()
    return Counter(facts.engaged.loc[facts.engaged["kind"] == MUNICIPALITY, "class"])


def class_moves(facts: Facts) -> tuple[int, int, int]:
    """(up, unchanged, down): municipalities with a class in both years, by how their class has changed."""
    if facts.before is None or not facts.before.logged:
        return 0, 0, 0
    now, before = (_ranks(one) for one in (facts, facts.before))
    steps = [before[member] - now[member] for member in now.keys() & before.keys()]
    return sum(s > 0 for s in steps), sum(s == 0 for s in steps), sum(s < 0 for s in steps)


def _ranks(facts: Facts) -> dict[str, int]:
    table = facts.engaged[(facts.engaged["kind"] == MUNICIPALITY) & facts.engaged["class"].isin(CLASSES)]
    return {member: CLASSES.index(name) for member, name in zip(table["member_id"], table["class"], strict=True)}


def duty_card_of(facts: Facts) -> pd.DataFrame:
    """The duty card of everyone who has been a member during the year."""
    standing = standing_duties(facts.members, facts.as_of, facts.survey.programme_years)
    if facts.year is None or facts.year.frame.members.empty:
        return duty_card(facts.engaged, None, None, standing)
    members = facts.year.frame.members
    answered = set(members.loc[members["answered"], "member_id"])
    return duty_card(facts.engaged, answered, _spreads(facts.year.frame, facts.survey.questionnaire), standing)


def _spreads(frame: Frame, questionnaire: Questionnaire) -> dict[str, bool]:
    """By member_id, whether it spreads the newsletter, of those that have said so, by `spreads` of [measures]."""
    told = questionnaire.measures.spreads
    if told is None:
        return {}
    outside = {o.label for item in questionnaire.named(told.item) for o in item.options if o.outside}
    rows = frame.answers.table
    said = rows[(rows["item"] == told.item) & (rows["state"] == ANSWERED) & ~rows["option"].isin(outside)]
    return dict(zip(said["member_id"], said["option"].isin(told.options), strict=True))


def signals_of(facts: Facts) -> pd.DataFrame:
    """Exit signals of everyone who is a member on the day; internal."""
    surveys = (facts.year, facts.before.year if facts.before else None)
    signs = signs_of(facts.members, facts.log, facts.heard, surveys, facts.as_of)
    return exit_signals(facts.members, signs, facts.as_of)


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


def measure(indicator: Indicator, goals: Goals, facts: Facts) -> Measured:
    """What an indicator came to on the day of the facts; shares in percent (0-100)."""
    if indicator.source == REFERENCE:
        return measure(goals.indicator(indicator.indicator), goals, facts)
    return SOURCES[indicator.source](indicator, facts)


def _register(indicator: Indicator, facts: Facts) -> Measured:
    if indicator.measure == "members":
        now = members_on(facts.register, facts.as_of)
        regions = sum(m.kind != MUNICIPALITY for m in now)
        whole = f"{number(len(now) - regions)} kommuner och {number(regions)} {plural(regions, 'region', 'regioner')}"
        return Measured(float(len(now)), detail=whole)
    if indicator.measure in ("new", "gone"):
        moved = movement(facts.register, facts.start, facts.as_of)
        return Measured(float(len(moved.joined if indicator.measure == "new" else moved.left)))
    if indicator.measure == "observers":
        there = [m for m in facts.register if m.status != MEMBER_STATUS and not (m.left and m.left <= facts.as_of)]
        return Measured(float(len(there)), detail=join_words(sorted((m.name for m in there), key=sort_key)))
    if indicator.measure == "fees":
        return _fees(facts)
    left = decided_exits(facts.register, facts.start)
    to_come = sum(m.left is not None and m.left > facts.as_of for m in left)
    detail = f"varav {number(to_come)} {plural(to_come, 'beslutat', 'beslutade')} men inte {plural(to_come, 'verkställt', 'verkställda')}"
    return Measured(float(len(left)), detail=detail if to_come else "")


def _fees(facts: Facts) -> Measured:
    """What the members of the day pay in a year by the association's rule, in kronor."""
    fees = [fee(m.population, m.kind) for m in members_on(facts.register, facts.as_of)]
    known = [one for one in fees if one is not None]
    unknown = len(fees) - len(known)
    detail = f"för {number(unknown)} {plural(unknown, 'medlem', 'medlemmar')} är folkmängden okänd" if unknown else ""
    return Measured(float(sum(known)), detail=detail) if known else Measured(cause=NO_DATA)


def _engagement(indicator: Indicator, facts: Facts) -> Measured:
    table = facts.engaged[(facts.engaged["kind"] == MUNICIPALITY) & (facts.engaged["class"] != NOT_KNOWN)]
    if table.empty:
        return Measured(cause=NO_DATA)
    asked, yes = frozenset(table["member_id"]), frozenset(table.loc[table["class"] == ACTIVE, "member_id"])
    detail = f"{count_of(len(yes), len(asked))} kommuner"
    return Measured(100 * len(yes) / len(asked), base=len(asked), asked=asked, yes=yes, detail=detail)


def _by_hand(indicator: Indicator, facts: Facts) -> Measured:
    known = [value for value in indicator.by_hand if value.day <= facts.as_of]
    if not known:
        return Measured(cause=NO_DATA)
    last = max(known, key=lambda value: value.day)
    return Measured(last.value, detail=f"{last.source}, {last.day}")


def _survey(indicator: Indicator, facts: Facts) -> Measured:
    return measure_wave(indicator, facts.waves) if indicator.wave else measure_survey(indicator, facts)


def _examples(indicator: Indicator, facts: Facts) -> Measured:
    """What the library of good examples holds: times that a member has done as another, those that have, examples shown on the day."""
    if facts.examples is None:
        return Measured(cause=NO_DATA)
    done = replications(facts.examples)
    counts = {
        "replications": len(done),
        "members": len({member for _, member in done}),
        "open": sum(one.is_open(facts.as_of) for one in facts.examples),
    }
    return Measured(float(counts[indicator.measure]), detail=f"ur {number(len(facts.examples))} exempel")


def _no_source(indicator: Indicator, facts: Facts) -> Measured:
    return Measured(cause=NO_MEASURE)


SOURCES: Mapping[str, Callable[[Indicator, Facts], Measured]] = {
    REGISTER: _register,
    LOG: measure_log,
    SURVEY: _survey,
    THEME: measure_theme,
    ENGAGEMENT: _engagement,
    INDICATORS: measure_indicators,
    HAND: _by_hand,
    EXAMPLES: _examples,
    NO_SOURCE: _no_source,
}
