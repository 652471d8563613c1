"""The figures of an annual report, each with its source and day; what nobody has logged is missing and never nought."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from sekom_survey.found.annual.read import Annual, Figure
from sekom_survey.found.goals.facts import Facts
from sekom_survey.found.goals.measure import measure
from sekom_survey.found.goals.model import HAND, LOG, SURVEY, Measured
from sekom_survey.found.goals.words import amount, source_words
from sekom_survey.text.swedish import date_long, number, sentence_case

COLUMNS = ("figure", "name", "value", "unit", "date", "source", "detail", "missing")
NOT_LOGGED, NOT_NOTED, NOT_KNOWN = (
    "inget är loggat under året",
    "inget är fört för hand under året",
    "uppgiften finns inte",
)


@dataclass(frozen=True)
class Told:
    """A figure as it is told: the value (None when it is missing, with `missing` saying why), its day, source and detail."""

    figure: Figure
    value: float | None
    day: date
    source: str
    detail: str = ""
    missing: str = ""
    base: int | None = None

    @property
    def shown(self) -> str:
        """The value as a reader meets it."""
        return "" if self.value is None else amount(self.value, self.figure.indicator.unit, self.base)

    @property
    def sentence(self) -> str:
        """The figure's sentence; empty when it is missing."""
        if self.value is None:
            return ""
        filled = {"{value}": self.shown, "{day}": date_long(self.day), "{detail}": self.detail}
        words = self.figure.words
        for place, text in filled.items():
            words = words.replace(place, text)
        return sentence_case(words)


def figures_of(annual: Annual, facts: Facts) -> tuple[Told, ...]:
    """Every figure on the day of the facts, in the order of annual.toml."""
    return tuple(_told(figure, annual, facts) for figure in annual.figures)


def _told(figure: Figure, annual: Annual, facts: Facts) -> Told:
    indicator = figure.indicator
    source = sentence_case(source_words(indicator, annual.goals, {}))
    nothing = _nothing(figure, facts)
    if nothing:
        return Told(figure, None, facts.as_of, source, missing=nothing)
    found = measure(indicator, annual.goals, facts)
    missing = "" if found.value is not None else NOT_KNOWN
    told = Told(figure, found.value, _day(figure, facts), source, found.detail, missing, found.base)
    if indicator.source == HAND and found.value is not None:
        told = replace(told, source=found.detail, detail="")
    return _from_baseline(told, found) if figure.from_baseline else told


def _nothing(figure: Figure, facts: Facts) -> str:
    """Why a figure that people keep is missing: nothing of it this year; an old number is no number of this year."""
    indicator = figure.indicator
    if indicator.source == LOG and not facts.this_year["activity"].isin(indicator.activities).any():
        return NOT_LOGGED
    if indicator.source == HAND and not any(facts.start <= one.day <= facts.as_of for one in indicator.by_hand):
        return NOT_NOTED
    return ""


def _day(figure: Figure, facts: Facts) -> date:
    indicator = figure.indicator
    if indicator.source == HAND:
        return max((one.day for one in indicator.by_hand if one.day <= facts.as_of), default=facts.as_of)
    return facts.survey.closed if indicator.source == SURVEY else facts.as_of


def _from_baseline(told: Told, found: Measured) -> Told:
    """The baseline and what has come this year, both told in the source."""
    baseline = told.figure.indicator.baseline
    if baseline is None or baseline.value is None or found.value is None:
        return told
    source = f"{told.source}; {number(baseline.value)} till och med {baseline.day} ({baseline.source})"
    return replace(told, value=baseline.value + found.value, source=source)


def annual_table(told: tuple[Told, ...]) -> pd.DataFrame:
    """The figures as a table; columns: COLUMNS, one row a figure, empty where it is missing."""
    rows = [
        (
            one.figure.indicator.id,
            one.figure.indicator.name,
            one.value,
            one.figure.indicator.unit,
            one.day.isoformat(),
            one.source,
            one.detail,
            one.missing,
        )
        for one in told
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def passages(told: tuple[Told, ...]) -> Iterator[tuple[str, str]]:
    """(heading, text) in the order of annual.toml, the sentences of a heading together; a heading without any is left out."""
    for heading in dict.fromkeys(one.figure.heading for one in told):
        sentences = [one.sentence for one in told if one.figure.heading == heading and one.sentence]
        if sentences:
            yield heading, " ".join(sentences)


def missing_words(told: tuple[Told, ...]) -> tuple[str, ...]:
    """What is missing, and why, a line each."""
    return tuple(f"{one.figure.indicator.name}: {one.missing}." for one in told if one.missing)


def annual_lines(title: str, told: tuple[Told, ...]) -> Iterator[str]:
    """The passage for the command line, with what is missing said last."""
    yield title
    for heading, text in passages(told):
        yield ""
        yield heading
        yield f"  {text}"
    lines = missing_words(told)
    if lines:
        yield ""
        yield f"Uppgifter som saknas: {number(len(lines))}"
        yield from (f"  {line}" for line in lines)
