"""The goals of a year on a day: measured, judged, and the board's decisions beside."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from sekom_survey.asked.indicators import INDICATORS_FILE, read_figures
from sekom_survey.asked.load import find_export
from sekom_survey.coding.codebook import load_codebook
from sekom_survey.coding.shipped import codebook_file
from sekom_survey.counted.year import Year, analyse
from sekom_survey.found.engagement.hand_log import Heard
from sekom_survey.found.goals.decisions import latest, read_decisions
from sekom_survey.found.goals.facts import Coded, Facts, Gathered, facts_of, nothing_coded
from sekom_survey.found.goals.from_survey import is_headline_share
from sekom_survey.found.goals.judge import NO_TREND, judge, trend
from sekom_survey.found.goals.load import code_faults, read_goals, theme_faults
from sekom_survey.found.goals.measure import measure
from sekom_survey.found.goals.model import (
    CANNOT_JUDGE,
    LOG,
    STATUSES,
    SURVEY,
    THEME,
    BoardDecision,
    Goal,
    Goals,
    Indicator,
    Judgement,
    Measured,
    Status,
)
from sekom_survey.found.goals.other_waves import other_waves, wave_faults
from sekom_survey.model import NOTE, Problem, Questionnaire, Unusable, errors


@dataclass(frozen=True, eq=False)
class Result:
    """One indicator: what it came to, the computed judgement, the trend and the board's decision, if any.

    `strategic`: it belongs to one of the goals, not to an effect goal or a promise. `last` is what it came to on the same day
    last year, None when that is not known.
    """

    goal: str
    indicator: Indicator
    measured: Measured
    judgement: Judgement
    trend: str
    decision: BoardDecision | None = None
    strategic: bool = True
    last: Measured | None = None

    def followed(self, year: int) -> bool:
        """Whether there is something to judge: a goal's indicator always, a proxy or promise when it has a target."""
        return self.strategic or self.decision is not None or self.indicator.has_target(year)

    @property
    def overruled(self) -> bool:
        """Whether the board has judged otherwise than the rule."""
        return self.decision is not None and self.decision.status != self.judgement.status

    @property
    def status(self) -> Status:
        """The status that counts: the decided one goes before the computed; they are shown together."""
        return self.decision.status if self.decision else self.judgement.status


@dataclass(frozen=True, eq=False)
class GoalsOutcome:
    """All that is known of a year's goals on `as_of`; `results` in the order of goals.toml."""

    goals: Goals
    facts: Facts
    results: tuple[Result, ...]
    problems: tuple[Problem, ...]

    @property
    def as_of(self) -> date:
        """The day the goals are measured on."""
        return self.facts.as_of

    @property
    def year(self) -> int:
        """The year whose targets are judged."""
        return self.facts.survey.year

    @property
    def heard(self) -> tuple[Heard, ...] | None:
        """What the secretariat has noted by hand about members."""
        return self.facts.heard

    def result(self, indicator_id: str) -> Result:
        """The result of an indicator; KeyError when there is none."""
        return {result.indicator.id: result for result in self.results}[indicator_id]

    def of_goal(self, goal_id: str) -> tuple[Result, ...]:
        """The results of a goal, an effect goal or the promises."""
        return tuple(result for result in self.results if result.goal == goal_id)

    def goal_status(self, goal: Goal) -> tuple[Status, str]:
        """A goal's status and cause: the worst of those that answer to its ambition; unknown when one of them is."""
        mine = [self.result(indicator.id) for indicator in goal.headline]
        worst = max(mine, key=lambda r: STATUSES.index(r.status), default=None)
        if worst is None:
            return CANNOT_JUDGE, "mått saknas"
        return worst.status, "" if worst.decision else worst.judgement.cause

    def overruled(self, goal: Goal) -> bool:
        """Whether the board's judgement, and not the rule, gave the goal's status."""
        mine = [self.result(indicator.id) for indicator in goal.headline]
        computed = max((STATUSES.index(r.judgement.status) for r in mine), default=None)
        return computed is not None and STATUSES[computed] != self.goal_status(goal)[0]


def goals_of(
    year: Year,
    as_of: date | None = None,
    before: Year | None = None,
    themes: Coded = nothing_coded,
    indicators: Gathered | None = None,
) -> GoalsOutcome:
    """An analysed year to its goals on a day. Raises Unusable when goals.toml or its companions have errors.

    `before` is last year analysed, for the trend of shares; `themes` gives the coded free text (item, member_id, theme, reviewed)
    and is asked only when an indicator counts themes; `indicators` those of the members, read from the folder when left out. Without goals.toml there are no goals, which is noted.
    """
    return _outcome(year.wave.folder, year, as_of, before, themes, analyse, indicators)


def goals_at(folder: Path, as_of: date | None = None, read: Callable[[Path], Year] = analyse) -> GoalsOutcome:
    """A year's folder to its goals on a day, with or without a survey file. Raises Unusable with every problem found.

    `read` analyses a year; who asks often has one that remembers.
    """
    year = _analysed(folder, read)
    return _outcome(folder, year, as_of, _year_before(folder, year, read) if year else None, nothing_coded, read)


def _year_before(folder: Path, year: Year, read: Callable[[Path], Year]) -> Year | None:
    """Last year's survey, for change; one that cannot be read is left out, since it has a report of its own."""
    try:
        return _analysed(folder.parent / str(year.survey.year - 1), read)
    except Unusable:
        return None


def _analysed(folder: Path, read: Callable[[Path], Year]) -> Year | None:
    """A year's survey, or None when no file has been put in the export folder yet."""
    export, problems = find_export(folder / "export", f"{folder.name}/export")
    if export is None and {p.code for p in problems} == {"export_missing"}:
        return None
    return read(folder)


def _outcome(
    folder: Path,
    year: Year | None,
    as_of: date | None,
    before: Year | None,
    themes: Coded,
    read: Callable[[Path], Year],
    indicators: Gathered | None = None,
) -> GoalsOutcome:
    facts, problems = facts_of(folder, year, as_of, before, themes, indicators)
    if facts is None:
        raise Unusable(problems)
    goals, decisions, found = _goals_and_decisions(folder, facts.survey.questionnaire)
    problems = [*problems, *found]
    if goals is None or errors(problems):
        raise Unusable(problems)
    facts = replace(facts, waves=other_waves(goals, folder.parent, lambda path: _analysed(path, read)))
    return GoalsOutcome(goals, facts, tuple(_results(goals, facts, decisions)), tuple(problems))


def goal_file_problems(folder: Path) -> list[Problem]:
    """What is wrong with the goals, the board's decisions, the log and the notes of a year's folder; nothing is measured."""
    facts, problems = facts_of(folder, None, None)
    return problems + (_goals_and_decisions(folder, facts.survey.questionnaire)[2] if facts else [])


def _goals_and_decisions(
    folder: Path, questionnaire: Questionnaire
) -> tuple[Goals | None, Sequence[BoardDecision], list[Problem]]:
    goals, problems = _goals(folder, questionnaire)
    if goals is None:
        return None, (), problems
    names = {goal.id for goal in goals.goals} | {indicator.id for _, indicator in goals.measured()}
    decisions, more = read_decisions(folder / "decisions.csv", f"{folder.name}/decisions.csv", names)
    return goals, decisions, [*problems, *more]


def _goals(folder: Path, questionnaire: Questionnaire) -> tuple[Goals | None, list[Problem]]:
    path, shown = folder / "goals.toml", f"{folder.name}/goals.toml"
    if path.exists():
        goals, problems = read_goals(path, shown, questionnaire)
        if goals is None:
            return None, problems
        further = [*_theme_faults(goals, folder, questionnaire, shown), *wave_faults(goals, folder.parent, shown)]
        return goals, [*problems, *further, *_code_faults(goals, folder, shown)]
    todo = "Lägg goals.toml i årets mapp när målen ska följas upp; kopiera exemplets."
    return Goals(), [Problem("goals_missing", shown, "", "Målen finns inte i årets mapp.", todo, NOTE)]


def _theme_faults(goals: Goals, folder: Path, questionnaire: Questionnaire, shown: str) -> list[Problem]:
    """Themes that the year's codebook lacks; without a readable codebook nothing is coded, and the run says so itself."""
    path = codebook_file(folder)
    if path is None or all(i.source != THEME for _, i in goals.measured()):
        return []
    codebook, problems = load_codebook(path)
    return [] if errors(problems) else theme_faults(goals, questionnaire, codebook, shown)


def _code_faults(goals: Goals, folder: Path, shown: str) -> list[Problem]:
    """Codes that the year's indicators.toml lacks; without a readable one nothing is measured, and the run says so itself."""
    declared, _ = read_figures(folder / INDICATORS_FILE, folder.name, "")
    return code_faults(goals, [one.code for one in declared.figures], shown) if declared else []


def _results(goals: Goals, facts: Facts, decisions: Iterable[BoardDecision]) -> Iterable[Result]:
    strategic = {goal.id for goal in goals.goals}
    headline = {indicator.id: goal.id for goal in goals.goals for indicator in goal.headline}
    for owner, indicator in goals.measured():
        measured, last = measure(indicator, goals, facts), _last(indicator, goals, facts)
        names = {indicator.id, headline.get(indicator.id, indicator.id)}
        yield Result(
            goal=owner,
            indicator=indicator,
            measured=measured,
            judgement=judge(indicator, facts.survey.year, measured, facts.elapsed),
            trend=_arrow(indicator, facts, measured, last),
            decision=latest(decisions, names, facts.as_of, facts.as_of >= facts.end),
            strategic=owner in strategic,
            last=last,
        )


def measured_on(outcome: GoalsOutcome, facts: Facts) -> GoalsOutcome:
    """The same goals and decisions, measured on other facts; what is counted in free text stays as it was measured."""
    return replace(
        outcome, facts=facts, results=tuple(_again(result, outcome.goals, facts) for result in outcome.results)
    )


def _again(result: Result, goals: Goals, facts: Facts) -> Result:
    indicator = result.indicator
    measured = result.measured if indicator.source == THEME else measure(indicator, goals, facts)
    judgement, last = judge(indicator, facts.survey.year, measured, facts.elapsed), _last(indicator, goals, facts)
    return replace(
        result, measured=measured, judgement=judgement, trend=_arrow(indicator, facts, measured, last), last=last
    )


def _arrow(indicator: Indicator, facts: Facts, measured: Measured, last: Measured | None) -> str:
    """The trend of a measure; none of its own where the year's changes already give the verdict on the same answers."""
    return NO_TREND if is_headline_share(indicator, facts.survey) else trend(measured, last)


def _last(indicator: Indicator, goals: Goals, facts: Facts) -> Measured | None:
    """What the indicator came to on the same day last year; None when nothing is known of it.

    A question that was put in other words, or an activity that last year's log never mentions, says nothing of last year.
    """
    if (
        indicator.wave
        or facts.before is None
        or (indicator.source in (SURVEY, THEME) and not _same_question(indicator, facts))
        or (indicator.source == LOG and not facts.before.log["activity"].isin(indicator.activities).any())
    ):
        return None
    found = measure(indicator, goals, facts.before)
    return found if found.value is not None else None


def _same_question(indicator: Indicator, facts: Facts) -> bool:
    """Whether the question was put in the same words both years; a reworded one has no trend."""
    if not facts.before or not facts.year or not facts.before.year:
        return False
    said = [
        {(item.text, item.options) for item in year.wave.questionnaire.items if item.id == indicator.item}
        for year in (facts.year, facts.before.year)
    ]
    return said[0] == said[1]
