"""Claims about the survey itself, about how the plan was made, and claims that no figure can decide."""

from __future__ import annotations

from dataclasses import dataclass

from sekom_survey.found.claims import lookup
from sekom_survey.found.claims.finding import PARTLY, SUPPORTED, UNSUPPORTED, UNTESTABLE, Basis, Finding, untestable
from sekom_survey.found.facts.gaps import gap_fact
from sekom_survey.model import Questionnaire
from sekom_survey.text.phrases import count_phrase, quoted
from sekom_survey.text.swedish import count_of, percent, points
from sekom_survey.text.toml import Table


@dataclass(frozen=True)
class Response:
    """So many of so many members answered."""

    answered: int
    asked: int


def read_response(table: Table, _: Questionnaire) -> Response:
    """Answered, asked."""
    return Response(table.integer("answered", required=True) or 0, table.integer("asked", required=True) or 0)


def judge_response(rule: Response, basis: Basis) -> Finding:
    """Supported when both numbers are right, partly when one is."""
    members = basis.municipalities
    answered, asked = int(members["answered"].sum()), len(members)
    share = percent(answered / asked, 1000) if asked else ""
    sentence = (
        f"Svar kom från {count_of(answered, asked)} {basis.survey.nouns.asked} ({share}), var och en räknad en gång."
    )
    right = (answered == rule.answered) + (asked == rule.asked)
    wording = "" if right == 2 else f"baserad på svar från {count_of(answered, asked)} {basis.survey.nouns.asked}"
    return Finding((UNSUPPORTED, PARTLY, SUPPORTED)[right], sentence, wording)


@dataclass(frozen=True)
class Process:
    """A claim about how the plan was made; `needs` says what would show it."""

    needs: str


def read_process(table: Table, _: Questionnaire) -> Process:
    """The key needs."""
    return Process(table.text("needs", required=True))


def judge_process(rule: Process, _: Basis) -> Finding:
    """Never decided by the survey."""
    return untestable(f"Det handlar om hur planen gjordes, inte om svaren; det som behövs är {rule.needs}.")


@dataclass(frozen=True)
class Valuation:
    """A valuation; the gaps between needs and values (item ids) are shown as a basis for it."""

    pairs: tuple[tuple[str, str], ...]


def read_judgement(table: Table, questionnaire: Questionnaire) -> Valuation:
    """Needs and values: two lists of scales that go together in order; those of [measures] when both are left out."""
    if not {"needs", "values"} & set(table.data) and questionnaire.measures.pairs:
        return Valuation(questionnaire.measures.pairs)
    needs, values = (lookup.item_ids(table, questionnaire, key) for key in ("needs", "values"))
    if len(needs) != len(values):
        found = f"{len(needs)} behov och {len(values)} värden."
        table.fault("lists_uneven", "values", found, "Listorna ska vara lika långa; de läses parvis.")
    return Valuation(tuple(zip(needs, values, strict=False)))


def judge_judgement(rule: Valuation, basis: Basis) -> Finding:
    """Never decided; the widest gap between need and value is told."""
    made = (gap_fact(basis.estimates, basis.survey, *pair) for pair in rule.pairs)
    gap = max((fact for fact in made if fact), key=lambda fact: fact.difference, default=None)
    if gap is None:
        return untestable("Det är en värdering, och svaren är för få för att jämföra behov och värde.")
    need, value = (quoted(basis.item(name).short) for name in (gap.item, gap.second))
    counts = [count_phrase(int(n), int(of)) for n, of in
              ((gap.first_count, gap.first_base), (gap.second_count, gap.second_base))]  # fmt: skip
    told = "Störst är avståndet mellan" if gap.difference > 0 else "Inget behov är större än värdet; närmast är"
    sentence = (
        f"Det är en värdering, som inga svar kan avgöra. {told} behovet {need}, {counts[0]}, "
        f"och värdet {value}, {counts[1]}: {points(gap.difference)}."
    )
    return Finding(UNTESTABLE, sentence)


@dataclass(frozen=True)
class Baselines:
    """At least `goals` goals are set against a baseline from the survey."""

    goals: int


def read_baselines(table: Table, _: Questionnaire) -> Baselines:
    """The key goals."""
    return Baselines(table.integer("goals", required=True) or 0)


def judge_baselines(rule: Baselines, basis: Basis) -> Finding:
    """Supported when enough goals have a baseline, partly when some have."""
    if basis.baselines is None:
        return untestable("Målen är inte inlästa.")
    have, goals = sum(basis.baselines.values()), len(basis.baselines)
    sentence = f"Ett utgångsvärde ur enkäten finns för {count_of(have, goals)} mål."
    if have >= rule.goals:
        return Finding(SUPPORTED, sentence)
    return Finding(PARTLY if have else UNSUPPORTED, sentence, sentence)
