"""Claims that so many say so: a share, a union of options, a clear first choice, a number of members."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sekom_survey.counted.estimate import TOP
from sekom_survey.counted.yes import Choice, choice_of, choices_of, ticks
from sekom_survey.found.claims import lookup
from sekom_survey.found.claims.finding import PARTLY, SUPPORTED, UNSUPPORTED, Basis, Finding, untestable
from sekom_survey.model import MULTI, Item, Questionnaire
from sekom_survey.stats.intervals import hypergeometric_interval
from sekom_survey.text.phrases import quoted, share_phrase
from sekom_survey.text.swedish import count_of, number_word, percent
from sekom_survey.text.toml import Table


@dataclass(frozen=True)
class Counted:
    """How many of the members that answered that said yes."""

    count: int
    base: int
    population: int

    @property
    def low(self) -> float:
        """The lower end of the share's interval, 0-1."""
        return hypergeometric_interval(self.count, self.base, self.population)[0] / self.population

    @property
    def phrase(self) -> str:
        """The share in words and figures."""
        return share_phrase(self.count, self.base, self.population)


def counted(basis: Basis, item: Item, choice: Choice) -> Counted:
    """The answers to one item, over municipalities."""
    members = list(basis.municipalities["member_id"])
    yes = ticks(basis.frame.answers, item, members, [choice])[:, 0]
    return Counted(int(np.nansum(yes)), int((~np.isnan(yes)).sum()), len(members))


def union(item: Item, labels: tuple[str, ...]) -> Choice:
    """A choice that any of the options makes."""
    parts = [choice_of(item, label) for label in labels]
    return Choice(labels[0], tuple(name for part in parts for name in part.options), parts[0].least)


def answer_phrase(item: Item, labels: tuple[str, ...]) -> str:
    """What those who said yes did: "har valt ”A” eller ”B”"."""
    said = " eller ".join(quoted(label) for label in labels)
    if item.kind == MULTI:
        return f"har valt {said} på frågan {quoted(item.short)}"
    if labels == (TOP,):
        steps = item.top or 1
        which = "det högsta svaret" if steps == 1 else f"något av de {number_word(steps)} högsta svaren"
        return f"ger {which} på {quoted(item.short)}"
    return f"svarar {said} på frågan {quoted(item.short)}"


@dataclass(frozen=True)
class Share:
    """At least `at_least` say one of `options`, and the lower end of the interval lies over `lower`."""

    item: str
    options: tuple[str, ...]
    at_least: float
    lower: float


def read_share(table: Table, questionnaire: Questionnaire) -> Share:
    """One option: item, option, at_least, lower."""
    item = lookup.item_id(table, questionnaire)
    return _share(table, item, (lookup.option(table, questionnaire, item),))


def read_union(table: Table, questionnaire: Questionnaire) -> Share:
    """Several options, any of them: item, options, at_least, lower."""
    item = lookup.item_id(table, questionnaire)
    return _share(table, item, lookup.options(table, questionnaire, item, table.texts("options"), "options"))


def _share(table: Table, item: str, labels: tuple[str, ...]) -> Share:
    return Share(item, labels, lookup.share(table, "at_least", 0.33), lookup.share(table, "lower", 0.20))


def judge_share(rule: Share, basis: Basis) -> Finding:
    """Supported when share and interval reach their limits, partly when only the share does."""
    item = basis.item(rule.item)
    found = counted(basis, item, union(item, rule.options))
    if found.base < basis.survey.minimum_base:
        return untestable(f"Bara {found.base} kommuner har svarat på frågan {quoted(item.short)}.")
    sentence = f"{found.phrase} {answer_phrase(item, rule.options)}."
    if found.count / found.base < rule.at_least:
        return Finding(UNSUPPORTED, f"{sentence} Det hade behövts minst {percent(rule.at_least, 1)}.", sentence)
    if found.low > rule.lower:
        return Finding(SUPPORTED, sentence)
    limit = f"Osäkerheten går inte säkert över {percent(rule.lower, 1)}."
    return Finding(PARTLY, f"{sentence} {limit}", sentence)


@dataclass(frozen=True)
class Clear:
    """One option at least is chosen by surely more than `lower`, and fewer than `missing` left the question out."""

    item: str
    lower: float
    missing: float


def read_clear(table: Table, questionnaire: Questionnaire) -> Clear:
    """Item, lower, missing."""
    return Clear(
        lookup.item_id(table, questionnaire), lookup.share(table, "lower", 0.50), lookup.share(table, "missing", 0.10)
    )


def judge_clear(rule: Clear, basis: Basis) -> Finding:
    """Supported when there is a sure favourite and hardly anyone left the question out, partly when one of the two."""
    item = basis.item(rule.item)
    tally = [(choice, counted(basis, item, choice)) for choice in choices_of(item)]
    choice, best = max(tally, key=lambda pair: pair[1].count)
    if best.base < basis.survey.minimum_base:
        return untestable(f"Bara {best.base} kommuner har svarat på frågan {quoted(item.short)}.")
    answered = int(basis.municipalities["answered"].sum())
    missing = answered - best.base
    sentence = (
        f"{best.phrase} {answer_phrase(item, (choice.label,))}, {half_of_choices([t.count for _, t in tally])} av "
        f"{len(tally)} alternativ samlar hälften av valen och {count_of(missing, answered)} lämnade frågan obesvarad."
    )
    met = (best.low > rule.lower) + (missing / answered < rule.missing)
    verdict = (UNSUPPORTED, PARTLY, SUPPORTED)[met]
    return Finding(verdict, sentence, "" if met == 2 else f"{best.phrase} {answer_phrase(item, (choice.label,))}.")


def half_of_choices(counts: list[int]) -> int:
    """How few options, the most chosen first, that make up at least half of all choices."""
    ordered = np.cumsum(sorted(counts, reverse=True))
    return int(np.searchsorted(ordered, sum(counts) / 2) + 1)


@dataclass(frozen=True)
class Count:
    """At least `members` members say one of `options`."""

    item: str
    options: tuple[str, ...]
    members: int


def read_count(table: Table, questionnaire: Questionnaire) -> Count:
    """Item, options, members."""
    item = lookup.item_id(table, questionnaire)
    labels = lookup.options(table, questionnaire, item, table.texts("options"), "options")
    return Count(item, labels, table.integer("members", 3) or 3)


def judge_count(rule: Count, basis: Basis) -> Finding:
    """Supported when enough members say so."""
    item = basis.item(rule.item)
    found = counted(basis, item, union(item, rule.options))
    sentence = f"Det är {count_of(found.count, found.base)} kommuner som {answer_phrase(item, rule.options)}."
    if found.count >= rule.members:
        return Finding(SUPPORTED, sentence)
    return Finding(UNSUPPORTED, f"{sentence} ”Flera” kräver minst {rule.members}.", sentence)
