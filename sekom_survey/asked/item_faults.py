"""What cannot be right among the questions of survey.toml, once each of them has been read."""

from __future__ import annotations

from collections import Counter

from sekom_survey.model import CONSENT, MEMBER, MULTI, RANKING, ROLE, SCALE, SINGLE, Condition, Problem, Questionnaire
from sekom_survey.text.files import folded
from sekom_survey.text.toml import did_you_mean

WITH_OPTIONS = (ROLE, SINGLE, MULTI, SCALE, RANKING, CONSENT)


def item_faults(questionnaire: Questionnaire, shown: str, of_members: bool = True) -> list[Problem]:
    """Ids and wordings used twice, options and questions that are missing, conditions that lead nowhere."""
    return [
        *_double_ids(questionnaire, shown),
        *_double_wordings(questionnaire, shown),
        *_missing_parts(questionnaire, shown),
        *_wrong_number(questionnaire, shown, of_members),
        *_broken_conditions(questionnaire, shown),
    ]


def _double_ids(questionnaire: Questionnaire, shown: str) -> list[Problem]:
    counts = Counter(item.id for item in questionnaire.items)
    return [
        Problem(
            "double_id", shown, f"items.{name}", f"Frågans id {name} finns {n} gånger.", "Ge varje fråga ett eget id."
        )
        for name, n in counts.items()
        if n > 1
    ]


def _double_wordings(questionnaire: Questionnaire, shown: str) -> list[Problem]:
    seen: dict[str, str] = {}
    problems = []
    for item in questionnaire.items:
        for wording in dict.fromkeys(map(folded, (item.text, *item.wordings))):
            if seen.setdefault(wording, item.id) != item.id:
                problems.append(
                    Problem(
                        "double_wording",
                        shown,
                        f"items.{item.id}",
                        f"Samma fråga som {seen[wording]}: ”{item.text}”.",
                        "Frågor känns igen på sin text; gör texterna olika.",
                    )
                )
    return problems


def _missing_parts(questionnaire: Questionnaire, shown: str) -> list[Problem]:
    return [
        Problem(
            "options_missing",
            shown,
            f"items.{item.id}",
            "Frågan har inga svarsalternativ.",
            "Ange options eller scale.",
        )
        for item in questionnaire.items
        if item.kind in WITH_OPTIONS and not item.options
    ]


ONE_MEMBER = (
    "member_item",
    "Det ska finnas exakt en fråga om medlem.",
    'Ange kind = "member" på frågan om medlem, eller unit = "respondent" om var och en svarar för sig själv.',
)
NO_MEMBER = (
    "member_item",
    "Var och en svarar för sig själv, så ingen fråga kan vara om medlem.",
    'Ange kind = "single" eller "text" på frågan, eller ta bort unit.',
)
ONE_ROLE = ("role_item", "Det kan finnas högst en fråga om roll.", 'Ange kind = "role" på bara en fråga.')


def _wrong_number(questionnaire: Questionnaire, shown: str, of_members: bool) -> list[Problem]:
    """One question on the member, where members answer, and at most one on the role."""
    members, roles = (len(questionnaire.of_kind(kind)) for kind in (MEMBER, ROLE))
    faults = [ONE_MEMBER if of_members else NO_MEMBER] if members != of_members else []
    faults += [ONE_ROLE] if roles > 1 else []
    return [Problem(code, shown, "items", found, todo) for code, found, todo in faults]


def _broken_conditions(questionnaire: Questionnaire, shown: str) -> list[Problem]:
    labels = {item.id: {option.label for option in item.options} for item in questionnaire.items}
    conditions = [
        (f"items.{item.id}.{key}", condition)
        for item in questionnaire.items
        for key, condition in (("asked_if", item.asked_if), ("consent", item.consent))
        if condition is not None
    ]
    return [
        problem for where, condition in conditions for problem in _condition_faults(condition, where, labels, shown)
    ]


def _condition_faults(condition: Condition, where: str, labels: dict[str, set[str]], shown: str) -> list[Problem]:
    if condition.item not in labels:
        hint = did_you_mean(condition.item, labels)
        return [
            Problem("unknown_item", shown, where, f"Frågan ”{condition.item}” finns inte.", f"Ange en frågas id.{hint}")
        ]
    return [
        Problem("unknown_option", shown, where, f"Alternativet ”{label}” finns inte.", "Skriv det som i frågan.")
        for label in sorted({*condition.options, *condition.ask} - labels[condition.item])
    ]
