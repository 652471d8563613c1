"""The members' indicators: where they stand, how the same members have moved, and what to check."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd

from sekom_survey.counted.year import Year
from sekom_survey.found.indicators.gather import Indicators, jumps
from sekom_survey.found.indicators.standing import statistics_table, trend_table
from sekom_survey.model import Exhibit
from sekom_survey.model.indicators import KeyFigure
from sekom_survey.shown.exhibits.asked import if_worked_out, internal_only
from sekom_survey.shown.exhibits.notes import EXAMPLE
from sekom_survey.shown.exhibits.released import released
from sekom_survey.text.swedish import DASH, count_of, lower_first, number, number_word, plural, sentence_case, signed

CENSUS = (
    "Alla som rapporterat är med, så det finns ingen felmarginal; täckningen står vid varje tal. Siffrorna säger hur "
    "kommunerna har det, inte vad föreningen har åstadkommit."
)
BETTER = {"high": "högre", "low": "lägre"}


@released(
    "Nyckeltal", "År", "Täckning", "Varav länets", "Median", "Mellersta hälften", "Medel", "Medel, gränser", "Bättre"
)
@if_worked_out
def indicator_multiples(year: Year, indicators: Indicators) -> Exhibit | None:
    """Every indicator on its common year: members as dots, the median, the middle half; None where nobody has a value."""
    table = statistics_table(indicators)
    rows = table[table["common"].astype(bool)]
    if rows.empty:
        return None
    told = [(indicators.figure(row.indicator), row) for row in rows.itertuples(index=False)]
    data = pd.DataFrame(
        [
            (
                label(figure),
                value,
                row.q1,
                row.median,
                row.q3,
                figure.good,
                figure.decimals,
                row.reported,
                row.members,
                row.year,
            )
            for figure, row in told
            for value in sorted(indicators.of(figure.code, row.year).values())
        ],
        columns=["label", "value", "lower", "median", "upper", "good", "decimals", "reported", "members", "year"],
    )
    cells = pd.DataFrame([_cells(figure, row) for figure, row in told])
    note = _note(
        year, indicators, "Varje punkt är en kommun, strecket medianen och fältet den mellersta hälften.", CENSUS
    )
    alt = ". ".join(
        f"{label(f)} {r.year}: median {number(r.median, f.decimals)}, {count_of(r.reported, r.members)}"
        for f, r in told
    )
    return Exhibit(
        id="indicators",
        kind="multiples",
        title=_title(indicators),
        subtitle=f"{indicators.declared.title}: medlemmarna på det senaste året som tillräckligt många rapporterat",
        note=note,
        alt=f"En rad punkter för varje nyckeltal. {alt}.",
        data=data,
        table=cells,
    )


def label(figure: KeyFigure) -> str:
    """Code, name and unit: "3b Hushållsavfall, kg/person"."""
    return f"{figure.code} {figure.label}, {figure.unit}"


def _title(indicators: Indicators) -> str:
    """On how many indicators more of the members with both years have become better than worse."""
    told = trend_table(indicators)
    if len(told) < 2:
        return f"{indicators.declared.title}: så ligger medlemmarna"
    better = int((told["better"] > told["worse"]).sum())
    how_many = sentence_case(number_word(better, neuter=True)) if better else "Inget"
    return f"{how_many} av {number_word(len(told))} nyckeltal går åt rätt håll hos de flesta som ändrat sig"


def _cells(figure: KeyFigure, row: Any) -> dict[str, str]:
    def told(value: float) -> str:
        return number(value, figure.decimals)

    return {
        "Nyckeltal": label(figure),
        "År": str(row.year),
        "Täckning": count_of(row.reported, row.members),
        "Varav länets": number(row.filled) if row.filled else DASH,
        "Median": told(row.median),
        "Mellersta hälften": DASH.join(dict.fromkeys((told(row.q1), told(row.q3)))),
        "Medel": told(row.mean),
        "Medel, gränser": DASH.join(dict.fromkeys((told(row.low), told(row.high)))) if figure.percent else DASH,
        "Bättre": BETTER[figure.good],
    }


def _note(year: Year, indicators: Indicators, *parts: str) -> str:
    source = f"Källa: {lower_first(indicators.declared.title)}."
    return " ".join([source, *parts, *([EXAMPLE] if year.survey.synthetic else [])])


@released(
    "Nyckeltal", "Från", "Till", "Med båda åren", "Medel före", "Medel efter", "Ändring", "Bättre", "Lika", "Sämre"
)
@if_worked_out
def indicator_trends(year: Year, indicators: Indicators) -> Exhibit | None:
    """How the members with both years have moved on each indicator; None where there are no two years."""
    found = trend_table(indicators)
    if found.empty:
        return None
    rows = []
    for row in found.itertuples(index=False):
        figure = indicators.figure(row.indicator)
        rows.append(
            {
                "Nyckeltal": f"{label(figure)} ({BETTER[figure.good]} är bättre)",
                "Från": str(row.first),
                "Till": str(row.last),
                "Med båda åren": count_of(row.members, len(indicators.members)),
                "Medel före": number(row.before, figure.decimals),
                "Medel efter": number(row.after, figure.decimals),
                "Ändring": signed(row.change, figure.decimals + 1),
                "Bättre": number(row.better),
                "Lika": number(row.same),
                "Sämre": number(row.worse),
            }
        )
    note = _note(
        year,
        indicators,
        "Bara kommuner med eget värde båda åren; medelvärdet för alla ändras också av vilka som rapporterar.",
    )
    return _table("indicator_trends", "Samma medlemmar, två år", indicators.declared.title, note, pd.DataFrame(rows))


@if_worked_out
@internal_only
def indicator_jumps(year: Year, indicators: Indicators) -> Exhibit | None:
    """Values to check with the municipality, with where they stand; internal, and None where there are none."""
    found = jumps(indicators)
    if found.empty:
        return None
    names = {one.member_id: one.name for one in indicators.members}
    rows = [
        {
            "Medlem": names[row.member_id],
            "Nyckeltal": label(indicators.figure(row.indicator)),
            "Före": f"{_plain(row.before)} ({row.before_year})",
            "Efter": f"{_plain(row.value)} ({row.year})",
            "Fil": row.file,
            "Plats": row.place,
        }
        for row in found.itertuples(index=False)
    ]
    many = sentence_case(number_word(len(rows), neuter=True))
    title = f"{many} {plural(len(rows), 'värde', 'värden')} att kontrollera"
    note = _note(year, indicators, "Värdena räknas med tills de rättas i filen. Namnger medlemmar och sprids inte.")
    exhibit = _table("indicator_jumps", title, "Stora ändringar från ett år till ett annat", note, pd.DataFrame(rows))
    return replace(exhibit, internal=True)


def _plain(value: float) -> str:
    return number(value, len(f"{value:.6g}".partition(".")[2]))


def _table(exhibit_id: str, title: str, subtitle: str, note: str, table: pd.DataFrame) -> Exhibit:
    alt = f"Tabell med {len(table)} {plural(len(table), 'rad', 'rader')}. {title}."
    return Exhibit(exhibit_id, "table", title, subtitle, note, alt, table, table)
