"""goals.toml: the plan's goals as the year's folder states them, strictly read; what they refer to exists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from sekom_survey.asked.contrasts import TOP
from sekom_survey.coding.codebook import OTHER, Codebook
from sekom_survey.found.goals.activities import ACTIVITIES
from sekom_survey.found.goals.indicator import read_id, read_indicator
from sekom_survey.found.goals.model import (
    LOG,
    REFERENCE,
    STRENGTHS,
    SURVEY,
    THEME,
    ChainLink,
    EffectGoal,
    Goal,
    Goals,
    Indicator,
    Promise,
)
from sekom_survey.model import MULTI, OTHER_OPTION, TEXT, Item, Problem, Questionnaire, errors, labels
from sekom_survey.text.toml import Table, did_you_mean, read_toml
from sekom_survey.text.toml_edit import with_rows


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
    problems = with_rows(problems, path, shown)
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
        responsible=entry.text("responsible"),
        why=entry.text("why"),
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


def reference_faults(goals: Goals, questionnaire: Questionnaire, shown: str) -> list[Problem]:
    """Every reference in the goals that leads nowhere or back to itself."""
    indicators = [indicator for _, indicator in goals.measured()]
    known = {indicator.id: indicator for indicator in indicators}
    items = {item.id: item for item in questionnaire.items}
    ids = [goal.id for goal in goals.goals] + [e.id for e in goals.effects] + [i.id for i in indicators]
    faults = [
        ("id_double", name, f"{name} finns {n} gånger.", "Ge var och en ett eget id.")
        for name, n in Counter(ids).items()
        if name and n > 1
    ]
    for link in goals.chain:
        faults += _unknown(link.name, link.indicators, known)
    links = [link.name for link in goals.chain]
    for effect in goals.effects:
        faults += _unknown(effect.id, effect.links, links)
    for indicator in indicators:
        faults += _unknown(indicator.id, indicator.shown_with, known)
        faults += _source_faults(indicator, known, items)
    return [Problem(code, shown, where, found, todo) for code, where, found, todo in faults]


def theme_faults(goals: Goals, questionnaire: Questionnaire, codebook: Codebook, shown: str) -> list[Problem]:
    """Every theme an indicator counts that the codebook does not have for its question; it would be counted as nobody."""
    books = {item.id: item.codebook or "" for item in questionnaire.items}
    faults = []
    for indicator in (i for _, i in goals.measured() if i.source == THEME):
        known = [*(theme.id for theme in codebook.of(books.get(indicator.item, ""))), OTHER]
        faults += [
            Problem(
                "option_unknown",
                shown,
                indicator.id,
                f"Temat ”{name}” finns inte i kodboken för {indicator.item}.",
                "Skriv ett temas id ur codebook.toml." + did_you_mean(name, known),
            )
            for name in indicator.options
            if name not in known
        ]
    return faults


def code_faults(goals: Goals, codes: Collection[str], shown: str) -> list[Problem]:
    """Every code of an indicator that the year does not follow; nobody would be counted by it."""
    faults = [fault for _, one in goals.measured() for fault in _unknown(one.id, one.codes, codes)]
    return [Problem(code, shown, where, found, todo) for code, where, found, todo in faults]


Fault = tuple[str, str, str, str]


def _unknown(where: str, names: Iterable[str], known: Collection[str]) -> list[Fault]:
    return [
        (
            "reference_unknown",
            where,
            f"”{name}” finns inte.",
            "Skriv ett id eller led som finns." + did_you_mean(name, known),
        )
        for name in names
        if name not in known
    ]


def _source_faults(indicator: Indicator, known: dict[str, Indicator], items: dict[str, Item]) -> Iterator[Fault]:
    if indicator.source == LOG:
        yield from _log_faults(indicator)
    elif indicator.source in (SURVEY, THEME) and indicator.measure != "response_rate" and not indicator.wave:
        yield from _item_faults(indicator, items)
    elif indicator.source == REFERENCE:
        yield from _unknown(indicator.id, [indicator.indicator], known)
        if _circular(indicator, known):
            yield (
                "reference_cycle",
                indicator.id,
                f"{indicator.id} hämtar till sist sitt värde från sig själv.",
                "Låt ett av måtten räknas ur en källa.",
            )


def _log_faults(indicator: Indicator) -> Iterator[Fault]:
    if not indicator.activities:
        yield ("key_missing", f"{indicator.id}.activities", "Nyckeln saknas.", "Skriv vilka aktiviteter som räknas.")
    for name in indicator.activities:
        if name not in ACTIVITIES:
            yield (
                "activity_unknown",
                indicator.id,
                f"Aktiviteten ”{name}” är okänd.",
                "Skriv en aktivitet som finns." + did_you_mean(name, ACTIVITIES),
            )
    if indicator.measure == "active" and indicator.least is None:
        yield ("key_missing", f"{indicator.id}.least", "Nyckeln saknas.", "Skriv vad som krävs för att vara aktiv.")


def _item_faults(indicator: Indicator, items: dict[str, Item]) -> Iterator[Fault]:
    item = items.get(indicator.item)
    if item is None:
        yield (
            "item_unknown",
            indicator.id,
            f"Frågan ”{indicator.item}” finns inte i enkäten." if indicator.item else "Frågans id saknas.",
            "Skriv item = frågans id ur survey.toml. Ställs frågan inte längre: ta bort måttet, och dess id där det "
            "nämns i filen." + did_you_mean(indicator.item, items),
        )
        return
    if not indicator.options:
        yield ("key_missing", f"{indicator.id}.options", "Nyckeln saknas.", "Skriv vilka svar som räknas.")
    if indicator.source == THEME:
        if item.kind != TEXT:
            yield (
                "item_unknown",
                indicator.id,
                f"{item.id} är ingen fritextfråga.",
                'Skriv en fritextfråga, eller source = "survey".',
            )
        return
    shown = [*labels(item.inside), *([OTHER_OPTION] if item.other else []), *([TOP] if item.top else [])]
    for label in indicator.options:
        if label not in shown:
            yield (
                "option_unknown",
                indicator.id,
                f"”{label}” finns inte bland svaren på {item.id}.",
                "Skriv svaret som i survey.toml." + did_you_mean(label, shown),
            )
    if len(indicator.options) > 1 and (item.kind == MULTI or TOP in indicator.options):
        yield ("options_several", indicator.id, "Svaren kan överlappa.", "Välj ett svar, eller bara topp2.")


def _circular(indicator: Indicator, known: dict[str, Indicator]) -> bool:
    seen = set()
    while indicator.source == REFERENCE and indicator.id not in seen:
        seen.add(indicator.id)
        if indicator.indicator not in known:
            return False
        indicator = known[indicator.indicator]
    return indicator.source == REFERENCE
