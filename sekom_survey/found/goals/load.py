"""goals.toml: the plan's goals as the year's folder states them, strictly read."""

from __future__ import annotations

from pathlib import Path

from sekom_survey.found.goals.indicator import read_id, read_indicator
from sekom_survey.found.goals.model import STRENGTHS, ChainLink, EffectGoal, Goal, Goals, Promise
from sekom_survey.found.goals.references import reference_faults
from sekom_survey.model import Problem, Questionnaire, errors
from sekom_survey.text.toml import Table, did_you_mean, read_toml


def read_goals(path: Path, shown: str, questionnaire: Questionnaire) -> tuple[Goals | None, list[Problem]]:
    """goals.toml to Goals and the problems met; None when an error makes it unusable.

    A target that is only "xxx" is no problem: the goal then cannot be judged. `questionnaire` tells which items and
    options there are.
    """
    data, problems = read_toml(path, shown)
    if problems:
        return None, problems
    table = Table(data, shown, "", problems)
    goals = _goals(table)
    table.close()
    problems.extend(reference_faults(goals, questionnaire, shown))
    return (None if errors(problems) else goals), problems


def _goals(table: Table) -> Goals:
    years = table.integers("years")
    if not years:
        table.fault(
            "key_missing", "years", "Planens år saknas.", "Skriv de år som planen gäller, som years = [2026, 2027]."
        )
    return Goals(
        plan=table.text("plan", required=True),
        years=years,
        goals=tuple(_goal(entry, years) for entry in table.tables("goals", required=True)),
        effects=tuple(_effect(entry, years) for entry in table.tables("effects")),
        chain=tuple(_link(entry) for entry in table.tables("chain")),
        promises=tuple(_promise(entry, years) for entry in table.tables("promises")),
        vague_words=table.texts("vague_words"),
    )


def _goal(entry: Table, years: tuple[int, ...]) -> Goal:
    goal = Goal(
        id=read_id(entry),
        name=entry.text("name", required=True),
        measured_as=entry.text("measured_as"),
        ambition=entry.text("ambition"),
        indicators=tuple(read_indicator(one, years) for one in entry.tables("indicators", required=True)),
        remarks=entry.texts("remarks"),
    )
    entry.close()
    return goal


def _effect(entry: Table, years: tuple[int, ...]) -> EffectGoal:
    effect = EffectGoal(
        id=read_id(entry),
        name=entry.text("name", required=True),
        sign=entry.text("sign"),
        links=entry.texts("links"),
        proxies=tuple(read_indicator(one, years) for one in entry.tables("proxies", required=True)),
    )
    entry.close()
    return effect


def _link(entry: Table) -> ChainLink:
    strength = entry.text("strength", required=True)
    if isinstance(entry.data.get("strength"), str) and strength not in STRENGTHS:
        entry.fault(
            "strength_unknown",
            "strength",
            f"Styrkan ”{strength}” är okänd.",
            "Skriv " + ", ".join(STRENGTHS) + "." + did_you_mean(strength, STRENGTHS),
        )
    link = ChainLink(entry.text("name", required=True), entry.texts("indicators"), strength, entry.text("note"))
    entry.close()
    return link


def _promise(entry: Table, years: tuple[int, ...]) -> Promise:
    indicator = read_indicator(entry, years)
    return Promise(indicator, indicator.note)
