"""The year's changes as findings.csv tells them: for the board and for all, only what is released in a public build."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from sekom_survey.counted.year import Year
from sekom_survey.found.facts import Fact
from sekom_survey.found.facts.table import CHANGE
from sekom_survey.found.verdict import CERTAIN, TOO_FEW
from sekom_survey.model import Exhibit
from sekom_survey.shown.exhibits.notes import source_note
from sekom_survey.shown.exhibits.released import YEARS, released
from sekom_survey.text.swedish import count_of, lower_first, number_word, plural, points, sentence_case


@released("Fråga", YEARS, "Förändring", "Omdöme")
def change_pairs(year: Year, facts: Sequence[Fact]) -> Exhibit | None:
    """Every headline item that was asked last year too, the widest change first; None when there is none to tell."""
    told = [fact for fact in facts if fact.kind == CHANGE and fact.verdict != TOO_FEW]
    if not told:
        return None
    told.sort(key=lambda fact: (fact.verdict not in CERTAIN, -abs(fact.difference)))
    last, this = told[0].second, told[0].first
    names = {item.id: item.short for item in year.wave.questionnaire.items}
    data = pd.DataFrame([_row(fact, names[fact.item]) for fact in told])
    return Exhibit(
        id="change",
        kind="pairs",
        title=_title(told),
        subtitle=f"{sentence_case(year.survey.nouns.many)} som svarat båda åren: andel {last} och {this}",
        note=source_note(
            year, f"{_bases(told)} {year.survey.nouns.many}", f"Omdömet svarar på: {lower_first(told[0].question)}"
        ),
        alt=f"Punkter för {last} och {this}. " + " ".join(fact.sentence for fact in told),
        data=data,
        table=pd.DataFrame([_cells(fact, names[fact.item]) for fact in told]),
    )


def _row(fact: Fact, label: str) -> dict[str, object]:
    return {
        "label": label, "before": fact.before, "after": fact.share, "before_count": fact.second_count,
        "before_base": fact.second_base, "count": fact.first_count, "base": fact.first_base, "last_year": fact.second,
        "year": fact.first, "verdict": fact.verdict,
    }  # fmt: skip


def _cells(fact: Fact, label: str) -> dict[str, str]:
    return {
        "Fråga": label,
        fact.second: count_of(int(fact.second_count), int(fact.second_base)),
        fact.first: count_of(int(fact.first_count), int(fact.first_base)),
        "Förändring": points(fact.difference),
        "Omdöme": fact.verdict,
    }


def _bases(facts: Sequence[Fact]) -> str:
    bases = sorted({int(fact.first_base) for fact in facts})
    return str(bases[0]) if len(bases) == 1 else f"{bases[0]}–{bases[-1]}"


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
