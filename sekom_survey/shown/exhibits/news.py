"""The year's changes as findings.csv tells them: for the board and for all, only what is released in a public build."""

from __future__ import annotations

from collections.abc import Sequence
from math import isnan

import pandas as pd

from sekom_survey.counted.year import Year
from sekom_survey.found.facts import Fact
from sekom_survey.found.facts.table import CHANGE, TREND
from sekom_survey.found.verdict import CERTAIN, TOO_FEW
from sekom_survey.model import Exhibit
from sekom_survey.model.survey import Unit
from sekom_survey.shown.exhibits.notes import source_note
from sekom_survey.shown.exhibits.released import YEARS, released
from sekom_survey.text.swedish import count_of, lower_first, number_word, percent, plural, points, sentence_case

QUESTION, MEASURE = "Fråga", "Fråga eller mått"


@released(QUESTION, MEASURE, YEARS, "Förändring", "Omdöme")
def change_pairs(year: Year, facts: Sequence[Fact]) -> Exhibit | None:
    """Every headline item that was asked last year too, and the goals' measures that have moved; the sure and widest first.

    None when there is none to tell.
    """
    told = [fact for fact in facts if fact.kind in (CHANGE, TREND) and fact.verdict != TOO_FEW]
    if not told:
        return None
    told.sort(key=lambda fact: (fact.verdict not in CERTAIN, -abs(fact.difference)))
    last, this = told[0].second, told[0].first
    answers, measures = ([fact for fact in told if fact.kind == kind] for kind in (CHANGE, TREND))
    return Exhibit(
        id="change",
        kind="pairs",
        title=_title(told),
        subtitle=_subtitle(year.survey.nouns, last, this, answers, measures),
        note=source_note(
            year,
            _bases(told, year.survey.nouns.many),
            _question("Omdömet", answers),
            _question("Omdömet om ett mått" if answers else "Omdömet", measures),
            "Måttens källor står vid målen." if measures else "",
        ),
        alt=f"Punkter för {last} och {this}. " + " ".join(fact.sentence for fact in told),
        data=pd.DataFrame([_row(fact) for fact in told]),
        table=pd.DataFrame([_cells(fact, MEASURE if measures else QUESTION) for fact in told]),
    )


def _subtitle(nouns: Unit, last: str, this: str, answers: Sequence[Fact], measures: Sequence[Fact]) -> str:
    if not measures:
        return f"{sentence_case(nouns.many)} som svarat båda åren: andel {last} och {this}"
    told = "svaren från dem som svarat båda åren, och målens mått" if answers else "målens mått"
    return f"Andel av {nouns.them} {last} och {this}: {told}"


def _question(what: str, facts: Sequence[Fact]) -> str:
    return f"{what} svarar på: {lower_first(facts[0].question)}" if facts else ""


def _row(fact: Fact) -> dict[str, object]:
    told = not isnan(fact.first_base)
    before, after = (fact.before, fact.share) if told else (fact.second_count / 100, fact.first_count / 100)
    return {
        "label": fact.name, "before": before, "after": after, "before_count": fact.second_count,
        "before_base": fact.second_base, "count": fact.first_count, "base": fact.first_base, "last_year": fact.second,
        "year": fact.first, "verdict": fact.verdict,
    }  # fmt: skip


def _cells(fact: Fact, head: str) -> dict[str, str]:
    return {
        head: fact.name,
        fact.second: _end(fact.second_count, fact.second_base),
        fact.first: _end(fact.first_count, fact.first_base),
        "Förändring": points(fact.difference),
        "Omdöme": fact.verdict,
    }


def _end(count: float, base: float) -> str:
    """The answers or members; the percent of a measure that tells no base."""
    return percent(count / 100, 0) if isnan(base) else count_of(int(count), int(base))


def _bases(facts: Sequence[Fact], who: str) -> str:
    bases = sorted({int(fact.first_base) for fact in facts if not isnan(fact.first_base)})
    if not bases:
        return f"alla {who}"
    return f"{bases[0] if len(bases) == 1 else f'{bases[0]}–{bases[-1]}'} {who}"


def _title(facts: Sequence[Fact]) -> str:
    """How many of the changes told are sure, and the surest of them by name."""
    sure = [fact for fact in facts if fact.verdict in CERTAIN]
    if len(facts) == 1:
        return facts[0].sentence.rstrip(".")
    if not sure:
        return f"Ingen av de förändringar sedan {facts[0].second} som redovisas är säker"
    if len(sure) == 1:
        return sure[0].sentence.rstrip(".")
    many = sentence_case(number_word(len(sure)))
    return f"{many} {plural(len(sure), 'förändring', 'förändringar')} sedan {facts[0].second} är säkra"
