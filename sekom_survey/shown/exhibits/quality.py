"""What lies under the figures: rows, members, who answered, what is missing."""

from __future__ import annotations

import pandas as pd

from sekom_survey.counted.segment import LANDSDEL, SIZE, TITLES, UNKNOWN
from sekom_survey.counted.year import PUBLIC, Year
from sekom_survey.found.facts.contrasts import group_name
from sekom_survey.model import REGION, Exhibit, Survey
from sekom_survey.shown.exhibits.asked import internal_only, line
from sekom_survey.shown.exhibits.notes import source_note, those_counted
from sekom_survey.shown.exhibits.released import released
from sekom_survey.text.swedish import (
    count_of,
    lower_first,
    number,
    number_word,
    percent,
    plural,
    sentence_case,
    sort_key,
)

END_NAMES = {
    "test": "Provsvar",
    "observer": "Svar från observatörer",
    "repeat": "Upprepade svar",
    "unmatched": "Svar utan känd medlem",
    "struck": "Strukna svar",
    "unfinished": "Svar som aldrig skickades in",
    "outside_frame": "Svar från medlemmar utanför ramen",
}


def answered_counts(year: Year) -> tuple[int, int, int, int]:
    """(municipalities that answered, municipalities asked, regions that answered, regions asked)."""
    return (*year.base.answered(), *year.base.regions)


def regions_kept_back(year: Year) -> bool:
    """Whether there are regions that are too few to be counted apart in this build."""
    return not year.base.regions[1] and any(member.kind == REGION for member in year.wave.members)


@released("Steg", "Antal")
def flow(year: Year) -> Exhibit | None:
    """From rows in the file to members counted; in a public build from those asked, since the file is not told of."""
    answered, asked, region_answered, region_asked = answered_counts(year)
    if not year.survey.infers and year.build == PUBLIC:
        return None
    rows = _members_only(year, answered, asked) if year.build == PUBLIC else _rows_and_members(year)
    data = pd.DataFrame(rows, columns=["label", "count", "step"])
    nouns = year.survey.nouns
    return Exhibit(
        id="flow",
        kind="flow",
        title=answered_words(year.survey, answered, asked),
        subtitle="Från fråga till svar"
        if year.build == PUBLIC
        else f"Från rader i enkätfilen till {nouns.many} som räknas",
        note=source_note(
            year,
            those_counted(year, answered, asked),
            f"Dessutom svarade {region_answered} av {region_asked} regioner." if region_asked else "",
        ),
        alt=". ".join(f"{label}: {n}" for label, n, _ in rows) + ".",
        data=data,
        table=pd.DataFrame({"Steg": data["label"], "Antal": data["count"].map(number)}),
    )


def answered_words(survey: Survey, answered: int, asked: int) -> str:
    """ "50 av 80 kommuner svarade, 63 %", as a title; how many answered where it is not known of how many."""
    if not (survey.infers and asked):
        return f"{number(answered)} har svarat"
    return f"{count_of(answered, asked)} {survey.nouns.asked} svarade, {percent(answered / asked, 1000)}"


def unit_words(year: Year) -> str:
    """Whose answers are counted, and how often."""
    if year.survey.of_members:
        return "Enheten är medlemmen: en kommun räknas en gång, också när både en förtroendevald och en tjänsteperson har svarat."
    if not year.survey.infers:
        return "Var och en som svarat räknas en gång. Det är inte känt hur många som kunde svara, så siffrorna gäller bara dem som svarat."
    return "Var och en som svarat räknas en gång."


def _members_only(year: Year, answered: int, asked: int) -> list[tuple[str, int, str]]:
    nouns = sentence_case(year.survey.nouns.asked)
    return [
        (f"{nouns} som fick enkäten", asked, "read"),
        ("Svarade inte", asked - answered, "removed"),
        (f"{nouns} som svarat", answered, "kept"),
    ]


def _rows_and_members(year: Year) -> list[tuple[str, int, str]]:
    accounting = year.base.accounting
    answered, _, region_answered, _ = answered_counts(year)
    valid = accounting.row_count("counted")
    removed = [(END_NAMES[end], n, "removed") for end, n in accounting.rows if end != "counted" and n]
    doubled = valid - answered - region_answered
    rows = [("Rader i enkätfilen", accounting.rows_read, "read"), *removed, ("Giltiga svar", valid, "kept")]
    if doubled:
        rows.append(("Andra svar från samma medlem", doubled, "removed"))
    if region_answered:
        rows.append(("Regioner, redovisas för sig", region_answered, "removed"))
    return [*rows, ("Kommuner som svarat", answered, "kept")] if year.survey.of_members else rows


@released("Grupp", "Svarat", "Fick enkäten", "Svarsfrekvens")
def response(year: Year, segmentation: str) -> Exhibit | None:
    """How many of the municipalities in each group that answered; None where the register does not know of any group."""
    rows = year.base.response[year.base.response["segmentation"] == segmentation]
    data = rows.rename(columns={"segment": "label"})[["label", "answered", "asked"]].reset_index(drop=True)
    if not year.survey.of_members:
        return None
    if data.empty:
        return line(
            f"response_{segmentation}",
            f"Svaren efter {lower_first(TITLES[segmentation])} visas inte i den publika rapporten",
        )
    if set(data["label"]) == {UNKNOWN}:
        return None
    answered, asked, *_ = answered_counts(year)
    spoken = [f"{row.label}: {row.answered} av {row.asked}" for row in data.itertuples()]
    return Exhibit(
        id=f"response_{segmentation}",
        kind="response",
        title=_response_title(data, segmentation),
        subtitle="Antal kommuner som svarat av dem som fick enkäten",
        note=source_note(year, those_counted(year, answered, asked)),
        alt="Staplar. " + ". ".join(spoken) + ".",
        data=data,
        table=pd.DataFrame(
            {
                "Grupp": data["label"],
                "Svarat": data["answered"].map(number),
                "Fick enkäten": data["asked"].map(number),
                "Svarsfrekvens": [
                    percent(a / n, n) if n >= 10 else "–" for a, n in zip(data["answered"], data["asked"], strict=True)
                ],
            }
        ),
    )


def _response_title(data: pd.DataFrame, segmentation: str) -> str:
    """Where most and fewest answered; only which groups it is about where they have no name inside a sentence, or are alike."""
    rates = data["answered"] / data["asked"]
    ends = [data.loc[place] for place in (rates.idxmax(), rates.idxmin())]
    if segmentation not in (SIZE, LANDSDEL) or rates.max() == rates.min() or UNKNOWN in {end["label"] for end in ends}:
        return f"Så svarade kommunerna, efter {lower_first(TITLES[segmentation])}"
    most, fewest = (
        f"{group_name(segmentation, end['label'], who)}, {count_of(end['answered'], end['asked'])}"
        for end, who in zip(ends, ("kommuner", ""), strict=True)
    )
    return f"Svarsfrekvensen är högst bland {most}, och lägst {'bland ' * (segmentation == SIZE)}{fewest}"


@internal_only
def answer_map(year: Year) -> Exhibit | None:
    """Who answered, on a map; internal, since it shows each member. None where the register has no positions."""
    members = year.frame.members.dropna(subset=["latitude", "longitude"])
    if members.empty:
        return None
    answered, asked, *_ = answered_counts(year)
    missing = len(year.frame.members) - len(members)
    return Exhibit(
        id="answer_map",
        kind="map",
        title="Var svaren kommer ifrån",
        subtitle="Medlemmar som svarat och inte svarat",
        note=source_note(
            year,
            those_counted(year, answered, asked),
            f"{missing} {plural(missing, 'medlem', 'medlemmar')} saknar läge." if missing else "",
            "Visar enskilda medlemmar och sprids inte.",
        ),
        alt=f"Karta över Sverige med en punkt för varje medlem. {answered} av {asked} kommuner har svarat.",
        data=pd.DataFrame(
            {
                "latitude": members["latitude"],
                "longitude": members["longitude"],
                "answered": members["answered"],
                "region": members["kind_of_member"] == REGION,
                "label": members["name"],
            }
        ).reset_index(drop=True),
        table=pd.DataFrame(
            {
                "Medlem": members["name"],
                "Län": members["county"],
                "Svarat": members["answered"].map({True: "ja", False: "nej"}),
            }
        )
        .sort_values(["Svarat", "Län", "Medlem"], key=lambda words: words.map(sort_key))
        .reset_index(drop=True),
        internal=True,
    )


@released("Fråga", "Fick frågan", "Svarat", "Saknas")
def item_nonresponse(year: Year) -> Exhibit:
    """Partial non-response: members that answered the survey but left a question out."""
    table = year.base.item_nonresponse
    items = {item.id: item for item in year.wave.questionnaire.items}
    asked = table[table["item"].map(lambda name: items[name].kind != "text").astype(bool)]
    rows = asked[asked["missing"] > 0].sort_values("missing", ascending=False, kind="stable")
    whole = len(asked) - len(rows)
    if rows.empty:
        told = "de frågor som visas" if year.build == PUBLIC else "alla frågor"
        return line(
            "item_nonresponse",
            f"Alla som svarat har svarat på {told}" if len(asked) else "Hur många som lämnat frågor tomma visas inte",
        )
    worst = rows.iloc[0]
    return Exhibit(
        id="item_nonresponse",
        kind="table",
        title="Svar som saknas på enskilda frågor",
        subtitle="Hur många som svarat på enkäten men hoppat över frågan (partiellt bortfall)",
        note=source_note(
            year,
            f"{int(table['asked'].max())} {'medlemmar som svarat' if year.survey.of_members else 'svarande'}",
            f"På övriga {whole} frågor saknas inga svar. Fritextfrågor är inte med.",
        ),
        alt=f"Tabell. Flest saknas på {items[worst['item']].short}: {int(worst['missing'])} av {int(worst['asked'])}.",
        data=rows.reset_index(drop=True),
        table=pd.DataFrame(
            {
                "Fråga": rows["item"].map(lambda name: items[name].short),
                "Fick frågan": rows["asked"].map(number),
                "Svarat": rows["answered"].map(number),
                "Saknas": rows["missing"].map(number),
            }
        ).reset_index(drop=True),
    )


@internal_only
def conflicts(year: Year) -> Exhibit | None:
    """Questions on which a member's politician and official disagree, and which answer counts; internal."""
    table = year.frame.conflicts
    if table.empty:
        return None
    items = {item.id: item.short for item in year.wave.questionnaire.items}
    names = dict(zip(year.frame.members["member_id"], year.frame.members["name"], strict=True))
    members = table["member_id"].nunique()
    return Exhibit(
        id="conflicts",
        kind="table",
        title=f"{sentence_case(number_word(members))} {plural(members, 'medlem', 'medlemmar')} har svarat olika i två roller",
        subtitle="Vad politikern och tjänstepersonen svarat, och vad som räknas",
        note=source_note(
            year,
            f"{len(table)} {plural(len(table), 'fråga', 'frågor')} med olika svar",
            "Visar enskilda medlemmar och sprids inte.",
        ),
        alt=f"Tabell med {len(table)} rader.",
        data=table,
        table=pd.DataFrame(
            {
                "Medlem": table["member_id"].map(names),
                "Fråga": table["item"].map(items),
                "Förtroendevald": table["politician"],
                "Tjänsteperson": table["official"],
                "Räknas": table["used"],
                "Regel": table["rule"],
            }
        ).reset_index(drop=True),
        internal=True,
    )
