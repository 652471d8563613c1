"""What to look at in a codebook: anchors coded otherwise, terms too short, what each term hit, what a change changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import isnan

from sekom_survey.coding.codebook import Answer, Codebook, Theme
from sekom_survey.coding.match import matchers, shown_themes
from sekom_survey.coding.reliability import Accuracy, accuracy
from sekom_survey.coding.suggest import Example
from sekom_survey.model import Problem

SHORTEST_LAST = 4


@dataclass(frozen=True)
class TermUse:
    """The words one term hit, most frequent first; empty when it hit nothing."""

    theme: str
    term: str
    found: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Change:
    """An answer whose themes differ between two codebooks, as written in files."""

    answer: Answer
    before: str
    after: str


@dataclass(frozen=True)
class Gain:
    """One theme, "" for all, as two codebooks find it in decided answers."""

    theme: str
    before: Accuracy
    after: Accuracy


def lint(codebook: Codebook, file: str) -> list[Problem]:
    """Anchors not coded as their theme, terms that sit in two themes of a question, last parts too short."""
    return _anchors(codebook, file) + _short_terms(codebook, file) + _shared_terms(codebook, file)


def _anchors(codebook: Codebook, file: str) -> list[Problem]:
    coders = matchers(codebook)
    return [
        Problem("anchor", file, f"themes: {theme.id}", f"Exemplet ”{anchor}” kodas som ”{coded or 'inget tema'}”.",
                "Lägg till en term som fångar exemplet, eller byt exempel.")
        for question in codebook.questions
        for theme in codebook.of(question.id)
        for anchor in theme.anchors
        for coded in [shown_themes(coders[question.id].code(anchor))]
        if theme.id not in coded.split(";")
    ]  # fmt: skip


def _short_terms(codebook: Codebook, file: str) -> list[Problem]:
    return [
        Problem("short_term", file, f"themes: {theme.id}", f"Termen ”{term.text}” får stå sist i ord men är kortare än {SHORTEST_LAST} bokstäver.",
                "Skriv ut de sammansatta ord som menas.", level="warning")
        for theme in codebook.themes
        for term in theme.terms
        if any(pattern.last and len(pattern.base) < SHORTEST_LAST for part in term.parts for pattern in part)
    ]  # fmt: skip


def _shared_terms(codebook: Codebook, file: str) -> list[Problem]:
    problems = []
    for question in codebook.questions:
        owners: dict[str, list[Theme]] = {}
        for theme in codebook.of(question.id):
            for text in {term.text.lstrip("~?") for term in theme.terms}:
                owners.setdefault(text, []).append(theme)
        for text in sorted(owners):
            if len(owners[text]) > 1:
                names = ", ".join(theme.id for theme in owners[text])
                problems.append(Problem("shared_term", file, f"questions: {question.id}", f"Termen ”{text}” finns i {names}.",
                                        "Kontrollera att svaret ska få båda temana.", level="note"))  # fmt: skip
    return problems


def term_uses(codebook: Codebook, answers: Iterable[Answer]) -> tuple[TermUse, ...]:
    """For every term the words it hit in the answers, before negation and weighing."""
    coders = matchers(codebook)
    found: dict[tuple[str, str], Counter[str]] = {
        (theme.id, term.text): Counter() for theme in codebook.themes if not theme.merged_into for term in theme.terms
    }
    for answer in answers:
        for theme, term, words in coders[answer.question].term_hits(answer.text):
            found[theme, term][words.lower()] += 1
    return tuple(TermUse(theme, term, tuple(hits.most_common())) for (theme, term), hits in found.items())


def against(old: Codebook, new: Codebook, answers: Sequence[Answer]) -> tuple[Change, ...]:
    """Every answer whose themes change from one codebook to another; questions only one of them knows are left out."""
    before, after = matchers(old), matchers(new)
    found = [
        Change(
            answer,
            shown_themes(before[answer.question].code(answer.text)),
            shown_themes(after[answer.question].code(answer.text)),
        )
        for answer in answers
        if answer.question in before and answer.question in after
    ]
    return tuple(change for change in found if change.before != change.after)


def gains(old: Codebook, new: Codebook, decided: Mapping[str, Sequence[Example]]) -> tuple[Gain, ...]:
    """Both codebooks, by their terms alone, against what people have decided (question -> answers): all themes, then each.

    Only themes of both codebooks that some answer has or is given; "" is all of them pooled.
    """
    before, after = matchers(old), matchers(new)
    asked = [
        (question, one) for question, its in decided.items() if question in before and question in after for one in its
    ]
    person = {(str(place), ""): one.themes for place, (_, one) in enumerate(asked)}
    said = [
        {
            (str(place), ""): frozenset(coders[question].code(one.text).themes)
            for place, (question, one) in enumerate(asked)
        }
        for coders in (before, after)
    ]
    themes = [theme.id for theme in new.themes if old.theme(theme.id)]
    pairs = zip(*(accuracy(one, person, themes) for one in said), strict=True)
    return tuple(Gain(then.theme, then, now) for then, now in pairs if not isnan(then.f1) or not isnan(now.f1))
