"""Non-response as it is shown: three sentences, who is missing, weighted results, the worst case."""

from __future__ import annotations

from math import isfinite

import pandas as pd

from sekom_survey.asked.contrasts import TOP
from sekom_survey.counted.year import Year
from sekom_survey.found.nonresponse import NonResponse
from sekom_survey.found.nonresponse.profile import NOTABLE, TRAIT_TITLES, YES
from sekom_survey.found.nonresponse.sensitivity import holds_words, mean_sentences
from sekom_survey.found.nonresponse.sentences import MARGIN_NAMES, tipping_words
from sekom_survey.found.nonresponse.weighting import LEAST_IN_CLASS, MEAN, NET, STATISTICS
from sekom_survey.model import Exhibit
from sekom_survey.shown.exhibits.asked import if_worked_out, internal_only
from sekom_survey.shown.exhibits.notes import base_span, source_note, those_counted
from sekom_survey.shown.exhibits.released import released
from sekom_survey.text.phrases import after, count_phrase
from sekom_survey.text.swedish import (
    count_of,
    join_words,
    lower_first,
    number,
    percent,
    percent_range,
    points,
    sentence_case,
    signed,
)


def _answered(result: NonResponse) -> tuple[int, int]:
    first = result.profile.iloc[0]
    return int(first["answered_base"]), int(first["members_base"])


@released("Slutsats")
@if_worked_out
def nonresponse_sentences(year: Year, result: NonResponse) -> Exhibit:
    """The three sentences on how far the answers can be trusted."""
    table = pd.DataFrame({"Slutsats": list(result.sentences)})
    return Exhibit(
        id="nonresponse",
        kind="table",
        title="Hur mycket går det att lita på svaren?",
        subtitle="De som inte svarat jämförda med dem som svarat",
        note=source_note(year, those_counted(year, *_answered(result))),
        alt=" ".join(result.sentences),
        data=table,
        table=table,
    )


@internal_only
@if_worked_out
def who_is_missing(year: Year, result: NonResponse) -> Exhibit:
    """Those who answered beside those who did not, trait by trait; internal, since groups are small."""
    rows = result.profile
    indicators = result.likeness.set_index("trait")["r_indicator"]
    return Exhibit(
        id="nonresponse_profile",
        kind="table",
        title="Vilka som svarat och inte svarat",
        subtitle=f"Registret och aktivitetsloggen för {year.survey.year - 1}, som täcker alla medlemmar",
        note=source_note(
            year,
            those_counted(year, *_answered(result)),
            "Standardiserad skillnad: skillnaden i standardavvikelser; över 0,25 är tydlig.",
            "R-indikator: 1 när alla grupper svarat i lika hög grad.",
            "Visar små grupper och sprids inte.",
        ),
        alt=f"Tabell med {len(rows)} rader. {result.sentences[0]}",
        data=rows,
        table=pd.DataFrame([_profile_cells(row, indicators[row["trait"]]) for _, row in rows.iterrows()]),
        internal=True,
    )


def _profile_cells(row: pd.Series, indicator: float) -> dict[str, str]:
    return {
        "Egenskap": TRAIT_TITLES[row["trait"]],
        "Grupp": sentence_case(row["group"]) if row["group"] == YES else row["group"],
        "Svarat": count_phrase(int(row["answered"]), int(row["answered_base"])),
        "Inte svarat": count_phrase(int(row["silent"]), int(row["silent_base"])),
        "Alla": count_phrase(int(row["members"]), int(row["members_base"])),
        "Standardiserad skillnad": signed(row["standardised"], 2) if isfinite(row["standardised"]) else "–",
        "R-indikator": number(indicator, 2),
    }


@released("Resultat", "Antal", "Ovägt", "Vägt", "Skillnad", "Osäkerhet, ovägt", "Osäkerhet, vägt", "Det vägda")
@if_worked_out
def weighted_results(year: Year, result: NonResponse) -> Exhibit | None:
    """Results as they are and calibrated to resemble all members, each with its interval and what separates them; None without any."""
    labels = {item.id: item.short for item in year.wave.questionnaire.items}
    rows = result.weighted
    if rows.empty:
        return None
    return Exhibit(
        id="nonresponse_weighted",
        kind="table",
        title="Resultaten med och utan vägning",
        subtitle="Utan vägning räknas alla svar lika mycket; vägda speglar svaren alla medlemmar",
        note=source_note(
            year,
            base_span(year, rows["base"], int(rows["population"].iloc[0])),
            "Rapportens andelar är ovägda.",
            _what_separates(rows),
        ),
        alt=f"Tabell. {result.sentences[1]}",
        data=rows,
        table=pd.DataFrame([_weighted_cells(row, labels) for _, row in rows.iterrows()], columns=WEIGHTED_HEADS),
    )


WEIGHTED_HEADS = ["Resultat", "Antal", "Ovägt", "Vägt", "Skillnad", "Osäkerhet, ovägt", "Osäkerhet, vägt", "Det vägda"]
# Intervals that differ less in width, and results that differ less, are told of as the same.
SAME_WIDTH, SAME_LEVEL = 0.1, 0.005


def _what_separates(rows: pd.DataFrame) -> str:
    """What each interval presumes, what was weighted by and by which rule; nothing where nothing was."""
    margins = next((str(names) for names in rows["margins"] if names), "") if len(rows) else ""
    if not margins:
        return ""
    named = join_words([MARGIN_NAMES[name] for name in margins.split(";")])
    return (
        f"Den ovägda osäkerheten är exakt om slumpen avgjort vilka som svarat. Den vägda är ungefärlig och räknar med att de som "
        f"inte svarat liknar dem som svarat med samma {named}. Det är det i registret och loggen där skillnaden mellan dem är "
        f"minst {number(NOTABLE, 2)} standardavvikelser och minst {number(LEAST_IN_CLASS)} har svarat i varje grupp."
    )


def _named(row: pd.Series, labels: dict[str, str]) -> str:
    name = labels[row["item"]]
    said = {MEAN: "medelvärde", NET: "rekommendationstal"}
    return name if row["option"] == TOP else after(name, said.get(row["option"], row["option"]))


def _weighted_cells(row: pd.Series, labels: dict[str, str]) -> dict[str, str]:
    is_share = row["option"] not in STATISTICS
    decimals = 1 if row["option"] == MEAN else 0

    def value(name: str) -> str:
        return percent(row[name], 1) if is_share else number(row[name], decimals)

    def interval(low: str, high: str) -> str:
        if pd.isna(row[low]):
            return "–"
        return (
            percent_range(row[low], row[high])
            if is_share
            else f"{number(row[low], decimals)} till {number(row[high], decimals)}"
        )

    return {
        "Resultat": _named(row, labels),
        "Antal": count_of(int(row["count"]), int(row["base"])) if is_share else number(row["base"]),
        "Ovägt": value("share"),
        "Vägt": value("weighted"),
        "Skillnad": points(row["shift"]) if is_share else signed(row["shift"], decimals),
        "Osäkerhet, ovägt": interval("low", "high"),
        "Osäkerhet, vägt": interval("weighted_low", "weighted_high"),
        "Det vägda": _beside(row, is_share),
    }


def _beside(row: pd.Series, is_share: bool) -> str:
    """How the calibrated result and its interval lie beside those without weights, and why."""
    if pd.isna(row["weighted_low"]):
        return "–"
    wider = (
        (row["weighted_high"] - row["weighted_low"]) / (row["high"] - row["low"]) - 1 if row["high"] > row["low"] else 0
    )
    level = "högre" if row["shift"] > 0 else "lägre"
    if abs(row["shift"]) < (SAME_LEVEL if is_share else SAME_LEVEL * 10):
        level = "samma nivå"
    if wider > SAME_WIDTH:
        return f"{level}; osäkrare, för att några svar väger tungt"
    if wider < -SAME_WIDTH:
        return f"{level}; smalare, för att grupperna förklarar en del och det ovägda tar till"
    return f"{level}; lika säkert"


@released("Resultat", "Antal", "Möjligt spann", "Majoritet av alla", "Håller")
@if_worked_out
def worst_case_bars(year: Year, result: NonResponse) -> Exhibit | None:
    """Headline results with what is possible whatever the silent think, and what a majority takes; None without any."""
    if result.worst.empty:
        return None
    labels = {item.id: item.short for item in year.wave.questionnaire.items}
    rows = result.worst.assign(share=result.worst["count"] / result.worst["base"])
    rows = rows.assign(label=[_named(row, labels) for _, row in rows.iterrows()])
    rows = rows.sort_values("share", ascending=False, kind="stable").reset_index(drop=True)
    answered, asked = _answered(result)
    told = [_majority(row, asked - answered) for _, row in rows.iterrows()]
    return Exhibit(
        id="nonresponse_worst",
        kind="bars",
        title="Möjligt spann, oavsett vad de som inte svarat tycker",
        subtitle="Andel av dem som svarat, och lägsta och högsta möjliga andel av alla kommuner",
        note=source_note(
            year,
            base_span(year, rows["base"], asked),
            "Strecken visar vad som är möjligt om ingen eller alla av de övriga håller med, inte vad som är troligt.",
            HOLDS,
            _concerned_note(rows, asked),
            *mean_sentences(year.means, year.survey),
        ),
        alt="Liggande staplar. "
        + " ".join(
            f"{after(row['label'], lower_first(text))}." for (_, row), text in zip(rows.iterrows(), told, strict=True)
        ),
        data=rows.assign(low=rows["possible_low"], high=rows["possible_high"], highlight=rows["possible_low"] > 0.5)[
            ["label", "share", "low", "high", "count", "base", "highlight"]
        ],
        table=pd.DataFrame(
            {
                "Resultat": rows["label"],
                "Antal": [count_of(int(c), int(b)) for c, b in zip(rows["count"], rows["base"], strict=True)],
                "Möjligt spann": [
                    percent_range(*pair) for pair in zip(rows["possible_low"], rows["possible_high"], strict=True)
                ],
                "Majoritet av alla": told,
                "Håller": [holds_words(row) for _, row in rows.iterrows()],
            }
        ),
    )


HOLDS = (
    "”Håller” är hur mycket andelen bland dem som inte svarat högst kan skilja sig från andelen bland dem som svarat."
)


def _concerned_note(rows: pd.DataFrame, asked: int) -> str:
    """That some questions do not concern everybody."""
    if (rows["population"] == asked).all():
        return ""
    return "Frågor som inte alla kan svara på räknas på dem som de gäller, uppskattat efter hur många som kunnat svara."


def _majority(row: pd.Series, unanswered: int) -> str:
    return tipping_words(row["needed"], int(row["silent"]), unanswered)
