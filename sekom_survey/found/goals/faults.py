""" "Brister i mål och mått": what is wrong with the goals themselves, found by rule."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sekom_survey.found.engagement.membership import members_on, movement
from sekom_survey.found.goals.judge import NO_TREND
from sekom_survey.found.goals.model import (
    AS_AMBITION,
    AS_BOTH,
    AS_MEASURE,
    DURING_YEAR,
    REGISTER,
    SURVEY,
    Goal,
    Indicator,
)
from sekom_survey.found.goals.outcome import GoalsOutcome
from sekom_survey.found.goals.words import NOT_IN_PLAN, ambition_words, amount, proposed, valued_proposals
from sekom_survey.text.swedish import count_of, date_long, join_words, number, number_word, plural, signed


@dataclass(frozen=True)
class Fault:
    """A fault in a goal (`goal` is its name, or "Alla mål"), by kind, with what to decide.

    `motion` is what the board is asked to decide, as it is minuted after "Styrelsen föreslås besluta".
    """

    kind: str
    goal: str
    text: str
    todo: str
    motion: str = ""


ALL_GOALS = "Alla mål"


def find_faults(outcome: GoalsOutcome) -> tuple[Fault, ...]:
    """Every fault in the goals: goal by goal, then those that concern all.

    Kinds: target (none, or only "xxx"), gross_net, mismatch (measure and ambition are not the same thing), half_target
    (measured but no target), words (undefined), trend (needs two years), register (the baseline is not what the register
    says), remark; and for all goals years (a year of the plan without targets) and baseline.
    """
    found = [fault for goal in outcome.goals.goals for fault in _goal_faults(goal, outcome)]
    return (*found, *_year_faults(outcome), *_baseline_faults(outcome))


def _goal_faults(goal: Goal, outcome: GoalsOutcome) -> Iterator[Fault]:
    yield from _no_target(goal, outcome.year)
    yield from _gross_net(goal, outcome) or _mismatch(goal, outcome.year) or _half_target(goal, outcome.year)
    yield from _vague(goal, outcome.goals.vague_words)
    yield from _no_trend(goal, outcome)
    yield from _register(goal, outcome)
    for remark in goal.remarks:
        motion = f"att planens text om {goal.name} rättas eller förklaras: {_inside(remark).rstrip('.')}"
        yield Fault("remark", goal.name, remark, "Rätta eller förklara i planen.", motion)


def _no_target(goal: Goal, year: int) -> Iterator[Fault]:
    if any(i.has_target(year) for i in goal.indicators):
        return
    said = f"Målvärde för {year} saknas i planen"
    proposals = [f"{_inside(i.name)}: {text}" for i in goal.indicators if (text := proposed(i, year))]
    todo = "Besluta målvärde." + (f" Förslag, inte beslutat: {'; '.join(proposals)}." if proposals else "")
    yield Fault("target", goal.name, f"{said}, så målet kan inte bedömas.", todo, _target_motion(goal, year))


def _target_motion(goal: Goal, year: int) -> str:
    values = {i.name: told for i in goal.indicators if (told := valued_proposals(i, year))}
    if not values:
        return f"att kansliet till nästa möte lämnar förslag till målvärde {year} för {goal.name}"
    years = {text.rpartition(" år ")[2] for told in values.values() for text in told}
    when = f" år {years.pop()}" if len(years) == 1 else ""  # said once where it is the same for all
    told = [
        f"{join_words([text.removesuffix(when) for text in texts])} för {_inside(name)}"
        for name, texts in values.items()
    ]
    what = "målvärdena" if len(told) > 1 else "målvärdet"
    return f"att {what} för {goal.name}{when} är {join_words(told)}"


def _gross_net(goal: Goal, outcome: GoalsOutcome) -> list[Fault]:
    """A target for new members says nothing of the net when members also leave."""
    of_register = {i.measure: i for i in goal.indicators if i.source == REGISTER}
    if (
        ambition_words(goal, outcome.year) == NOT_IN_PLAN
        or not {"new", "members"} <= set(of_register)
        or of_register["members"].has_target(outcome.year)
    ):
        return []
    moved = movement(outcome.facts.members, outcome.facts.start, outcome.as_of)
    come, gone = len(moved.joined), len(moved.left)
    text = (
        f"Brutto eller netto? Ambitionen ”{goal.ambition}” säger inte om utträden räknas av. Hittills i år har "
        f"{_people(come)} kommit och {_people(gone)} lämnat, netto {signed(moved.net)}."
    )
    todo = "Besluta om målet gäller nya medlemmar eller antalet medlemmar."
    motion = (
        f"att målet {goal.name} avser {_inside(of_register['new'].name)}, och att {_inside(of_register['members'].name)} "
        "redovisas bredvid"
    )
    return [Fault("gross_net", goal.name, text, todo, motion)]


def _people(count: int) -> str:
    return number_word(count) if count else "ingen"


def _parts(goal: Goal) -> tuple[list[Indicator], list[Indicator]]:
    measures = [i for i in goal.indicators if i.plan in (AS_MEASURE, AS_BOTH)]
    return measures, [i for i in goal.indicators if i.plan in (AS_AMBITION, AS_BOTH)]


def _mismatch(goal: Goal, year: int) -> list[Fault]:
    """An ambition that the plan has not is unlike no measure."""
    measures, ambitions = _parts(goal)
    if (
        ambition_words(goal, year) == NOT_IN_PLAN
        or not measures
        or not ambitions
        or {i.id for i in measures} & {i.id for i in ambitions}
    ):
        return []
    text = f"Måttet ”{goal.measured_as}” och ambitionen ”{goal.ambition}” mäter olika saker."
    todo = "Besluta om måttet eller ambitionen gäller. Tills dess visas båda."
    kept, beside = (join_words([_inside(i.name) for i in some]) for some in (ambitions, measures))
    motion = f"att målet {goal.name} bedöms efter {kept}, och att {beside} följs utan målvärde"
    return [Fault("mismatch", goal.name, text, todo, motion)]


def _half_target(goal: Goal, year: int) -> list[Fault]:
    bare = [_inside(i.name) for i in _parts(goal)[0] if not i.has_target(year)]
    if not bare or not any(i.has_target(year) for i in goal.indicators):
        return []
    text = f"Planen mäter {join_words(bare)} men har inget målvärde för det."
    motion = f"att {join_words(bare)} ({goal.name}) följs utan målvärde"
    return [Fault("half_target", goal.name, text, "Besluta målvärde, eller mät utan mål.", motion)]


def _inside(name: str) -> str:
    """A name as it stands inside a sentence."""
    return name[:1].lower() + name[1:]


def _vague(goal: Goal, words: tuple[str, ...]) -> Iterator[Fault]:
    said = f"{goal.measured_as} {goal.ambition}"
    for word in words:
        if not uses_word(said, word) or any(i.definition_decided and uses_word(i.name, word) for i in goal.indicators):
            continue
        defined = [i for i in goal.indicators if i.definition and uses_word(i.name, word)]
        told = "; ".join(f"{_inside(i.name)} = {_inside(i.definition).rstrip('.')}" for i in defined)
        todo = "Besluta vad ordet betyder." + (f" Förslag: {told}." if told else "")
        yield Fault(
            "words", goal.name, f"Vad ”{word}” betyder är inte definierat.", todo, _word_motion(goal, word, defined)
        )


def _word_motion(goal: Goal, word: str, defined: list[Indicator]) -> str:
    if not defined:
        return f"att kansliet till nästa möte lämnar förslag till vad ”{word}” betyder i målet {goal.name}"
    told = [f"med {_inside(i.name)} menas {_inside(i.definition).rstrip('.')}" for i in defined]
    return f"att {', och '.join(told)}"


def uses_word(text: str, word: str) -> bool:
    """Whether an adjective stands in a text in any of its forms: aktiv, aktiva, aktivt; not inside other words."""
    return re.search(rf"\b{re.escape(word)}(a|e|t)?\b", text, re.IGNORECASE) is not None


def _no_trend(goal: Goal, outcome: GoalsOutcome) -> Iterator[Fault]:
    if "trend" not in goal.measured_as.casefold():
        return
    first_time = all(i.baseline is None or i.baseline.value is None for i in goal.headline)
    if first_time and all(result.trend == NO_TREND for result in outcome.of_goal(goal.id)):
        text = f"Trendanalys kräver minst två jämförbara mätningar; {outcome.year} är första året."
        motion = f"att årets värden är utgångsvärden för {goal.name}"
        yield Fault("trend", goal.name, text, "Fastställ årets värden som utgångsvärden.", motion)


def _register(goal: Goal, outcome: GoalsOutcome) -> Iterator[Fault]:
    for indicator in goal.indicators:
        baseline = indicator.baseline
        if indicator.measure != "members" or indicator.source != REGISTER or not baseline or not baseline.day:
            continue
        counted = len(members_on(outcome.facts.members, baseline.day))
        if baseline.value is not None and counted != baseline.value:
            text = (
                f"Utgångsvärdet är {amount(baseline.value, indicator.unit)} ({baseline.source}) men registret har "
                f"{number(counted)} medlemmar den {date_long(baseline.day)}."
            )
            motion = f"att utgångsvärdet för {goal.name} är registrets {number(counted)} medlemmar den {date_long(baseline.day)}"
            yield Fault("register", goal.name, text, "Fastställ medlemsantalet med datum.", motion)


def _year_faults(outcome: GoalsOutcome) -> Iterator[Fault]:
    goals = outcome.goals.goals
    for year in outcome.goals.years:  # what has passed is decided no more
        bare = [g.name for g in goals if not any(i.has_target(year) for i in g.indicators)]
        if year <= outcome.year or not bare:
            continue
        every = len(bare) == len(goals) > 1
        whose = f"Inget av de {number_word(len(goals))} målen" if every else join_words(bare)
        text = f"{whose} har {'ett' if every else 'inte något'} beslutat målvärde för {year}, fast planen gäller {_span(outcome)}."
        those = "målen" if every else join_words(bare)
        motion = f"att kansliet till nästa möte lämnar förslag till målvärden för {those} {year}"
        yield Fault("years", ALL_GOALS, text, f"Besluta målvärden för {year}.", motion)


def _span(outcome: GoalsOutcome) -> str:
    return f"{min(outcome.goals.years)}–{max(outcome.goals.years)}"


def _baseline_faults(outcome: GoalsOutcome) -> Iterator[Fault]:
    indicators = [i for g in outcome.goals.goals for i in g.indicators]
    known = [i for i in indicators if i.baseline and i.baseline.value is not None]
    if len(known) == len(indicators):
        return
    zero = [i for i in known if i.baseline and i.baseline.value == 0 and i.rule == DURING_YEAR]
    text = f"Utgångsvärde finns för {count_of(len(known), len(indicators))} mått"
    if zero:
        text += f", varav {number_word(len(zero), neuter=True)} är noll för att {plural(len(zero), 'det', 'de')} räknas från årets början"
    motion = f"att utfallet {outcome.year} är utgångsvärde för de mått som saknar ett"
    yield Fault("baseline", ALL_GOALS, text + ".", "Fastställ årets utfall som utgångsvärde där det saknas.", motion)


GRAVEST = ("target", "gross_net", "years", "mismatch")


def motions(outcome: GoalsOutcome) -> tuple[str, ...]:
    """Everything that the board is asked to decide about the goals, each once, what hinders a judgement first."""
    faults = sorted(find_faults(outcome), key=lambda f: GRAVEST.index(f.kind) if f.kind in GRAVEST else len(GRAVEST))
    return tuple(dict.fromkeys(fault.motion for fault in faults if fault.motion))


def goal_baselines(goals: GoalsOutcome | None) -> dict[str, bool] | None:
    """For each goal whether any of its indicators has a baseline that comes from the survey."""
    if goals is None:
        return None
    return {
        goal.id: any(
            one.source == SURVEY and one.baseline is not None and one.baseline.value is not None
            for one in goal.indicators
        )
        for goal in goals.goals.goals
    }
