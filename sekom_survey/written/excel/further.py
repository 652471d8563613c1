"""Sheets for what is worked out of the answers: goals, claims and themes."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from sekom_survey.written.excel.sheet import TEXT, Book, add_sheet, finish, put_table

SHEETS = {
    "goals": ("Mål", "De strategiska målen, effektmålen och planens löften"),
    "claims": ("Påståenden", "Planens påståenden om enkäten, prövade"),
    "themes": ("Teman", "Teman i fritextsvaren"),
}
TITLES = {
    "goal": "Mål", "indicator": "Mått", "unit": "Enhet", "baseline": "Utgångsvärde", "outcome": "Utfall", "low": "Från", "high": "Till",
    "target": "Målvärde", "status": "Status", "cause": "Orsak", "trend": "Trend", "decided": "Styrelsens bedömning", "reason": "Skäl",
    "source": "Källa", "claim": "Nr", "quote": "Påstående", "verdict": "Omdöme", "statement": "Vad svaren visar", "figures": "Figurer",
    "item": "Fråga", "option": "Tema", "segmentation": "Indelning", "segment": "Grupp", "base": "Bas", "population": "Medlemmar",
    "count": "Antal", "share": "Andel", "low_members": "Medlemmar från", "high_members": "Medlemmar till", "possible_low": "Möjligt från",
    "possible_high": "Möjligt till", "suppressed": "Dold", "reason_": "Anmärkning",
}  # fmt: skip


def put_further(book: Book, tables: Mapping[str, pd.DataFrame]) -> None:
    """Write a sheet for each known table that has rows: goals, claims, themes; empty cells stay empty."""
    for name, (title, about) in SHEETS.items():
        table = tables.get(name)
        if table is not None and len(table):
            sheet = add_sheet(book, title, about, widest=70)
            rows = [[(_cell(value), TEXT) for value in row] for row in table.itertuples(index=False)]
            put_table(book, sheet, [TITLES.get(column, column) for column in table.columns], rows)
            finish(book, sheet)


def _cell(value: object) -> object:
    if isinstance(value, bool):
        return "ja" if value else "nej"
    return "" if value is None or value != value else value  # noqa: PLR0124 - NaN is the only value unlike itself
