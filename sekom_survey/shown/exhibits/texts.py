"""Free texts counted and listed."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from sekom_survey.counted.year import Year
from sekom_survey.model import ANSWERED, REGION, TEXT, Exhibit
from sekom_survey.shown.exhibits.asked import for_kinds, internal_only, line
from sekom_survey.shown.exhibits.notes import name_of, source_note, those_counted, under
from sekom_survey.shown.exhibits.released import released
from sekom_survey.text.phrases import headed
from sekom_survey.text.swedish import number


def _municipal_texts(year: Year, item_id: str) -> pd.DataFrame:
    ids = year.frame.members.loc[year.frame.members["kind_of_member"] != REGION, "member_id"]
    answers = year.frame.answers.table
    return answers[(answers["item"] == item_id) & (answers["state"] == ANSWERED) & answers["member_id"].isin(ids)]


@released("Fråga", "Har skrivit")
def text_counts(year: Year) -> Exhibit | None:
    """How many municipalities that wrote something, and how long, per free-text question; None where nothing was asked."""
    items = {item.id: item for item in year.wave.questionnaire.items}
    rows = [
        {
            "Fråga": items[str(row.item)].short,
            "Har skrivit": number(row.members),
            "Texter": number(row.texts),
            "Ord i en vanlig text (median)": number(row.median_words),
        }
        for row in year.base.texts.itertuples()
    ]
    if not rows:
        return None
    table = pd.DataFrame(rows)
    return Exhibit(
        id="text_counts",
        kind="table",
        title="Fritextsvaren i siffror",
        subtitle="Hur många som skrivit med egna ord",
        note=source_note(year, those_counted(year, *year.base.answered())),
        alt="Tabell. "
        + ". ".join(f"{row['Fråga']}: {row['Har skrivit']} {year.survey.nouns.many}" for row in rows)
        + ".",
        data=table,
        table=table,
    )


@internal_only
@for_kinds(TEXT)
def texts(year: Year, item_id: str) -> Exhibit:
    """Every text on a question, personal data masked, in the order of the file; internal."""
    item = year.wave.questionnaire.item(item_id)
    answers = _municipal_texts(year, item_id)
    if answers.empty:
        return replace(line(f"texts_{item_id}", headed(name_of(item), "ingen har svarat")), internal=True)
    return Exhibit(
        id=f"texts_{item_id}",
        kind="table",
        title=headed(name_of(item), "alla svar"),
        subtitle=under(name_of(item), item.text),
        note=source_note(
            year,
            those_counted(year, answers["member_id"].nunique(), year.base.answered()[1]),
            "" if item.codebook else "Ej kodat.",
            "Svaren sprids inte.",
        ),
        alt=f"Lista med {len(answers)} svar.",
        data=answers[["text"]].reset_index(drop=True),
        table=pd.DataFrame({"Nr": [str(i) for i in range(1, len(answers) + 1)], "Svar": answers["text"].to_numpy()}),
        internal=True,
    )
