"""From the plan's activities to the questions behind them, and what has no other end."""

from __future__ import annotations

import pandas as pd

from sekom_survey.counted.year import Year
from sekom_survey.model import Exhibit
from sekom_survey.shown.exhibits.asked import if_worked_out
from sekom_survey.shown.exhibits.notes import EXAMPLE
from sekom_survey.shown.exhibits.released import released
from sekom_survey.text.swedish import DASH, count_of, number_word, plural, sentence_case

NOTHING = "inget fynd"
NO_ACTIVITY = "ingen aktivitet"


@released("Aktivitet", "Nivå", "Fynd", "Enkätfråga")
@if_worked_out
def trace(year: Year, found: pd.DataFrame) -> Exhibit:
    """The trace table: activity, finding, question; first those that hang together, then the orphans of both sides."""
    told = found.fillna("")
    joined = (told["activity"] != "") & (told["answers"] != "")
    rows = pd.concat([told[joined], told[~joined & (told["activity"] != "")], told[told["activity"] == ""]])
    table = pd.DataFrame(
        {
            "Aktivitet": [name or NO_ACTIVITY for name in rows["activity"]],
            "Nivå": [level or DASH for level in rows["level"]],
            "Fynd": [text or NOTHING for text in rows["finding"]],
            "Enkätfråga": [text or DASH for text in rows["question"]],
        }
    )
    names = set(told["activity"]) - {""}
    resting = set(told.loc[joined, "activity"])
    left = int((told["activity"] == "").sum())
    note = (
        "Källa: verksamhetsplanen, dess prövade påståenden och frågorna som de ställdes. "
        f"{sentence_case(number_word(left, neuter=True))} {plural(left, 'prövat påstående', 'prövade påståenden')} saknar aktivitet. "
        "Att en aktivitet hör till ett fynd är en bedömning av den som skrivit listan."
    )
    title = f"{count_of(len(resting), len(names))} aktiviteter i planen hör till något som enkäten visar"
    return Exhibit(
        id="trace",
        kind="table",
        title=title,
        subtitle="Från aktivitet till fynd till fråga",
        note=f"{note} {EXAMPLE}" if year.survey.synthetic else note,
        alt=f"Tabell med {len(table)} rader. {title}.",
        data=table,
        table=table,
    )
