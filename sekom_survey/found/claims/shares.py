"""Claims that so many say so: a share, a union of options, a clear first choice, a number of members."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sekom_survey.counted.choices import Choice, choice_of, choices_of
from sekom_survey.counted.count import ticks
from sekom_survey.found.claims import lookup
from sekom_survey.found.claims.finding import PARTLY, SUPPORTED, UNSUPPORTED, Basis, Finding, untestable
from sekom_survey.found.facts.words import said
from sekom_survey.found.verdict import ALPHA
from sekom_survey.model import Item, Questionnaire
from sekom_survey.stats.intervals import hypergeometric_interval
from sekom_survey.text.phrases import quoted, share_phrase
from sekom_survey.text.swedish import count_of, number_word, percent
from sekom_survey.text.toml import Table


@dataclass(frozen=True)
class Counted:
    """How many of the members that answered that said yes; `who` they are called."""

    count: int
    base: int
    population: int
    who: str = ""

    @property
    def surely(self) -> float:
        """The share of all members, 0-1, that is reached with an error of at most 5 %."""
        return self.at_error(ALPHA)

    def at_error(self, error: float) -> float:
        """The same with another error: the lower end of the exact interval that has `error` in each tail."""
        return hypergeometric_interval(self.count, self.base, self.population, 1 - 2 * error)[0] / self.population

    @property
    def phrase(self) -> str:
        """The share in words and figures."""
        return share_phrase(self.count, self.base, self.population, self.who)


def counted(basis: Basis, item: Item, choice: Choice) -> Counted:
    """The answers to one item, over municipalities."""
    members = list(basis.municipalities["member_id"])
    yes = ticks(basis.frame.answers, item, members, [choice])[:, 0]
    return Counted(int(np.nansum(yes)), int((~np.isnan(yes)).sum()), len(members), basis.survey.nouns.many)


def union(item: Item, labels: tuple[str, ...]) -> Choice:
    """A choice that any of the options makes."""
    parts = [choice_of(item, label) for label in labels]
    return Choice(labels[0], tuple(name for part in parts for name in part.options))


def answer_phrase(item: Item, labels: tuple[str, ...]) -> str:
    """What those who said yes to any of the labels did: "väljer ”A” eller ”B”"."""
    return said(item, choice_of(item, labels[0]) if len(labels) == 1 else union(item, labels))


@dataclass(frozen=True)
class AtLeastShare:
    """At least `at_least` of all members say one of `options`."""

    item: str
    options: tuple[str, ...]
    at_least: float


def read_share(table: Table, questionnaire: Questionnaire) -> AtLeastShare:
    """One option: item, option, at_least."""
    item = lookup.item_id(table, questionnaire)
    return _share(table, item, (lookup.option(table, questionnaire, item),))


def read_union(table: Table, questionnaire: Questionnaire) -> AtLeastShare:
    """Several options, any of them: item, options, at_least."""
    item = lookup.item_id(table, questionnaire)
    return _share(table, item, lookup.options(table, questionnaire, item, table.texts("options"), "options"))


def _share(table: Table, item: str, labels: tuple[str, ...]) -> AtLeastShare:
    return AtLeastShare(item, labels, lookup.share(table, "at_least", 0.33))


def judge_share(rule: AtLeastShare, basis: Basis) -> Finding:
    """Supported when the share of all members is shown to reach the limit (error at most 5 %), partly when only that of those who answered does."""
    item = basis.item(rule.item)
    found = counted(basis, item, union(item, rule.options))
    if found.base < basis.survey.minimum_base:
        return untestable(f"Bara {found.base} {found.who} har svarat på frågan {quoted(item.short)}.")
    sentence = f"{found.phrase} {answer_phrase(item, rule.options)}."
    if found.count / found.base < rule.at_least:
        return Finding(UNSUPPORTED, f"{sentence} Det hade behövts minst {percent(rule.at_least, 1)}.", sentence)
    if found.surely >= rule.at_least:
        return Finding(SUPPORTED, sentence)
    limit = f"Att det är minst {percent(rule.at_least, 1)} av alla medlemmar är inte säkert."
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
    """Supported when there is a sure favourite and hardly anyone left the question out, partly when one of the two.

    The favourite is picked among the options, so each of them gets its part of the error of 5 %.
    """
    item = basis.item(rule.item)
    tally = [(choice, counted(basis, item, choice)) for choice in choices_of(item)]
    choice, best = max(tally, key=lambda pair: pair[1].count)
    if best.base < basis.survey.minimum_base:
        return untestable(f"Bara {best.base} {best.who} har svarat på frågan {quoted(item.short)}.")
    answered = int(basis.municipalities["answered"].sum())
    missing = answered - best.base
    half = number_word(half_of_choices([t.count for _, t in tally]), neuter=True)
    sentence = (
        f"{best.phrase} {answer_phrase(item, (choice.label,))}. Hälften av valen faller på {half} av {number_word(len(tally))} "
        f"alternativ, och {_left_out(missing, answered)}."
    )
    met = (best.at_error(ALPHA / len(tally)) > rule.lower) + (missing / answered < rule.missing)
    verdict = (UNSUPPORTED, PARTLY, SUPPORTED)[met]
    return Finding(verdict, sentence, "" if met == 2 else f"{best.phrase} {answer_phrase(item, (choice.label,))}.")


def _left_out(missing: int, answered: int) -> str:
    return f"{count_of(missing, answered)} lämnade frågan obesvarad" if missing else "ingen lämnade frågan obesvarad"


def half_of_choices(counts: list[int]) -> int:
    """How few options, the most chosen first, that make up at least half of all choices."""
    ordered = np.cumsum(sorted(counts, reverse=True))
    return int(np.searchsorted(ordered, sum(counts) / 2) + 1)


@dataclass(frozen=True)
class AtLeastCount:
    """At least `members` members say one of `options`."""

    item: str
    options: tuple[str, ...]
    members: int


def read_count(table: Table, questionnaire: Questionnaire) -> AtLeastCount:
    """Item, options, members."""
    item = lookup.item_id(table, questionnaire)
    labels = lookup.options(table, questionnaire, item, table.texts("options"), "options")
    return AtLeastCount(item, labels, table.integer("members", 3) or 3)


def judge_count(rule: AtLeastCount, basis: Basis) -> Finding:
    """Supported when enough members say so."""
    item = basis.item(rule.item)
    found = counted(basis, item, union(item, rule.options))
    sentence = f"Det är {count_of(found.count, found.base)} {found.who} som {answer_phrase(item, rule.options)}."
    if found.count >= rule.members:
        return Finding(SUPPORTED, sentence)
    return Finding(UNSUPPORTED, f"{sentence} ”Flera” kräver minst {rule.members}.", sentence)
