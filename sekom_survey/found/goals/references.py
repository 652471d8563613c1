"""What goals.toml refers to exists: indicators, questions, options, activities; and no reference goes in a circle."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator

from sekom_survey.coding.codebook import OTHER, Codebook
from sekom_survey.counted.estimate import TOP
from sekom_survey.found.goals.activities import ACTIVITIES
from sekom_survey.found.goals.model import LOG, REFERENCE, SURVEY, THEME, Goals, Indicator
from sekom_survey.model import MULTI, OTHER_OPTION, TEXT, Item, Problem, Questionnaire, labels
from sekom_survey.text.toml import did_you_mean


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
    elif indicator.source in (SURVEY, THEME) and indicator.measure != "response_rate":
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
