"""The plan's sentences with what the survey says of each."""

from __future__ import annotations

import pandas as pd

from sekom_survey.counted.year import PUBLIC, Year
from sekom_survey.found.claims.finding import PARTLY, SUPPORTED, UNSUPPORTED, UNTESTABLE
from sekom_survey.model import Exhibit
from sekom_survey.shown.exhibits.asked import line
from sekom_survey.shown.exhibits.notes import source_note
from sekom_survey.text.swedish import count_of

SYMBOLS = {SUPPORTED: "✔", PARTLY: "◆", UNSUPPORTED: "✖", UNTESTABLE: "–"}


def claims_table(year: Year, claims: pd.DataFrame) -> Exhibit:
    """The verdict on every claim, with the sentence that says why.

    In a public build the verdicts stand alone: the sentences count groups that the report may have to hide.
    """
    if claims.empty:
        return line("claims", "Inga påståenden står i årets mapp")
    counts = claims["verdict"].value_counts()
    told = ", ".join(f"{verdict.lower()} {counts.get(verdict, 0)}" for verdict in SYMBOLS)
    table = pd.DataFrame(
        {
            "Nr": claims["claim"],
            "Påstående": [f"”{quote}”" for quote in claims["quote"]],
            "Omdöme": [f"{SYMBOLS[verdict]} {verdict}" for verdict in claims["verdict"]],
            "Vad svaren visar": claims["statement"],
        }
    )
    shown = table.drop(columns="Vad svaren visar") if year.build == PUBLIC else table
    return Exhibit(
        id="claims",
        kind="table",
        title=f"Enkäten stöder {count_of(int(counts.get(SUPPORTED, 0)), len(claims))} av planens påståenden",
        subtitle="Meningarna i verksamhetsplanen, var och en prövad mot en regel som skrivits i förväg",
        note=source_note(year, f"{len(claims)} påståenden", "Reglerna står i claims.toml."),
        alt=f"Tabell med {len(claims)} påståenden: {told}.",
        data=claims[["claim", "verdict"]].reset_index(drop=True),
        table=shown.reset_index(drop=True),
    )
