"""Comparisons as they are shown: verdicts beside the dots, the strip of limits, shares against population."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import pandas as pd

from sekom_survey.asked.contrasts import TOP
from sekom_survey.counted.segment import SIZE, TITLES
from sekom_survey.counted.year import Year
from sekom_survey.found.compare.limits import limit_sentence
from sekom_survey.found.facts.contrasts import both_groups
from sekom_survey.found.facts.table import DIFFERENCE, EXPLORATION, FORESEEN, Fact
from sekom_survey.found.verdict import SURE, TOO_FEW, missed_phrase
from sekom_survey.model import Exhibit, Item
from sekom_survey.shown.exhibits.asked import if_worked_out, internal_only
from sekom_survey.shown.exhibits.groups import CHOSEN, segment_dots
from sekom_survey.shown.exhibits.notes import (
    Row,
    inserted,
    outside_note,
    records,
    source_note,
    those_counted,
    top_words,
)
from sekom_survey.shown.exhibits.released import released
from sekom_survey.text.phrases import after, quoted
from sekom_survey.text.swedish import join_words, lower_first, number, plural, signed

HOW = {"exact": "exakt", "permutation": "omkastningar", "": ""}
CORRECTIONS = {"bh": "Benjamini–Hochberg", "holm": "Holm"}


@released("Fråga", "Svar", "Grupp", "Antal", "Andel", "Osäkerhet (kommuner)", "Omdöme")
def compared_dots(year: Year, facts: Iterable[Fact], group: str, segmentation: str, title: str) -> Exhibit | None:
    """Dots by segment as in `segment_dots`, with the verdict of each declared contrast beside its row.

    Rows without one are exploration and get no verdict word; the note says so.
    """
    plain = segment_dots(year, group, segmentation, title)
    if plain is None or plain.kind != "dots":
        return plain
    items = year.wave.questionnaire.named(group)
    mine = _declared(facts, items, segmentation)
    rows = [fact.option if items[0].kind in CHOSEN else fact.name for fact in mine]
    short = {row: fact.verdict for row, fact in zip(rows, mine, strict=True)}
    long = {row: verdict_cell(fact) for row, fact in zip(rows, mine, strict=True)}
    told = " ".join(f"{after(label, text)}." for label, text in long.items())
    asked = {item.id for item in items}
    declared = sum(one.segmentation == segmentation and one.item in asked for one in year.survey.contrasts)
    first = plain.table.columns[0]
    return replace(
        plain,
        title=_compared_title(title, mine, rows, declared, year.survey.nouns.many),
        note=inserted(plain.note, _question_note(mine, plain.data["label"].nunique(), bool(declared))),
        alt=f"{plain.alt} Omdömen: {told}" if told else plain.alt,
        data=plain.data.assign(verdict=[short.get(label, "") for label in plain.data["label"]]),
        table=plain.table.assign(Omdöme=plain.table[first].map(long).fillna("")) if long else plain.table,
    )


def _declared(facts: Iterable[Fact], items: Sequence[Item], segmentation: str) -> list[Fact]:
    """The facts of the declared contrasts between these groups."""
    asked = {item.id for item in items}
    mine = [fact for fact in facts if (fact.kind, fact.segmentation) == (DIFFERENCE, segmentation)]
    return [fact for fact in mine if fact.item in asked and fact.status != EXPLORATION]


def verdict_cell(fact: Fact) -> str:
    """The verdict, which groups it is about, and what the rule could have overlooked."""
    missed = f"; {text}" if (text := missed_phrase(fact.missed)) else ""
    first, second = (lower_first(name) if fact.segmentation == SIZE else name for name in (fact.first, fact.second))
    return f"{fact.verdict} ({first} mot {second}{missed})"


def _compared_title(title: str, facts: Sequence[Fact], rows: Sequence[str], declared: int, who: str) -> str:
    """What surely differs, one fact by its own sentence; else that nothing does, of all that is declared or of what is told."""
    sure = [(fact, row) for fact, row in zip(facts, rows, strict=True) if fact.verdict == SURE]
    if all(fact.verdict == TOO_FEW for fact in facts):
        return f"{title} (utforskning)"
    if not sure:
        return f"{title}: {'inget skiljer säkert grupperna åt' if len(facts) == declared else 'ingen säker skillnad redovisas'}"
    if len(sure) == 1:
        return sure[0][0].sentence.removesuffix(".")
    same = len({frozenset((fact.first, fact.second)) for fact, _ in sure}) == 1
    names = join_words([quoted(row) for _, row in sure])
    return f"{both_groups(sure[0][0], who) if same else 'Grupperna'} skiljer sig åt i {names}: {SURE}"


def _question_note(facts: Sequence[Fact], rows: int, declared: bool) -> str:
    """The question that the verdicts answer, when the contrasts were chosen, and that the rest is exploration."""
    if not facts and declared:
        return "Det som är utvalt att jämföra här redovisas inte: läs skillnaderna som utforskning."
    if not facts:
        return "Ingen jämförelse här är utvald i förväg: läs skillnaderna som utforskning."
    late = "" if all(fact.status == FORESEEN for fact in facts) else " Jämförelserna bestämdes efter att svaren kommit."
    rest = " Övriga rader är utforskning." if rows > len(facts) else ""
    return f"Omdömet svarar på: {lower_first(facts[0].question)}{late}{rest}"


def _method_note(year: Year, comparisons: pd.DataFrame) -> str:
    tested = int(comparisons["p"].notna().sum())
    settings = year.survey.comparisons
    correction = CORRECTIONS[settings.correction]
    if settings.headline and settings.correction != "holm":
        correction = f"Holm för huvudfrågorna, {correction} för de övriga"
    return f"Utforskning utan omdömen: p säger hur ofta slumpen ensam ger ett så tydligt mönster, justerat för {tested} prövningar ({correction})."


@internal_only
def comparison_table(year: Year, comparisons: pd.DataFrame, segmentation: str) -> Exhibit | None:
    """Every item's comparison with test, p and difference; internal, since differences can give cells away."""
    rows = comparisons[comparisons["segmentation"] == segmentation].reset_index(drop=True)
    if rows.empty:
        return None
    labels = {item.id: item.short for item in year.wave.questionnaire.items}
    found = f"{len(rows)} {plural(len(rows), 'jämförelse', 'jämförelser')}"
    return Exhibit(
        id=f"comparisons_{segmentation}",
        kind="table",
        title=f"Utforskning efter {lower_first(TITLES[segmentation])}: {found}",
        subtitle="Varje fråga prövad med det test som passar",
        note=source_note(
            year,
            f"{int(rows['base'].max())} svar som mest",
            _method_note(year, comparisons),
            "Osäkerheten (95\u00a0%) gäller skillnaden bland årets medlemmar.",
        ),
        alt=f"Tabell. {found}.",
        data=rows,
        table=pd.DataFrame([_comparison_cells(row, labels) for row in records(rows)]),
        internal=True,
    )


def _comparison_cells(row: Row, labels: dict[str, str]) -> dict[str, str]:
    known = pd.notna(row["difference"])
    method = f"{row['test']} ({HOW[row['how']]})" if row["test"] else "–"
    name = labels[row["item"]]
    return {
        "Fråga": name if row["option"] in (TOP, "") else after(name, row["option"]),
        "Grupper": f"{row['first']} mot {row['second']}" if known else "–",
        "Skillnad (pe)": signed(100 * row["difference"]) if known else "–",
        "Osäkerhet (pe)": f"{signed(100 * row['low'])} till {signed(100 * row['high'])}" if known else "–",
        "Test": method,
        "p": number(row["p"], 3),
        "p, justerat": number(row["p_adjusted"], 3),
    }


@if_worked_out
@internal_only
def limit_strip(year: Year, sensitivity: pd.DataFrame) -> Exhibit:
    """Large against small for one option at every limit; internal, since near limits give single members away."""
    item = year.wave.questionnaire.item(sensitivity["item"].iloc[0])
    option = sensitivity["option"].iloc[0]
    limits = [f"{number(limit)} invånare" for limit in sensitivity["limit"]]
    sentence = limit_sentence(sensitivity)
    return Exhibit(
        id=f"limits_{item.id}",
        kind="strip",
        title=f"{item.short}: stora mot små när gränsen flyttas",
        subtitle=_option_phrase(item, option),
        note=source_note(
            year,
            those_counted(
                year, int((sensitivity["above_base"] + sensitivity["below_base"]).max()), _population(sensitivity)
            ),
            outside_note((item,)),
            "Andelen i kommuner med minst så många invånare minus andelen i de mindre.",
            sentence,
        ),
        alt=f"Punkter med osäkerhetsstreck, en för varje gräns. {sentence}",
        data=pd.DataFrame(
            {"label": limits, **{name: sensitivity[name] for name in ("difference", "low", "high")}, "verdict": ""}
        ),
        table=pd.DataFrame([_limit_cells(row) for row in records(sensitivity)]),
        internal=True,
    )


def _population(sensitivity: pd.DataFrame) -> int:
    return int(sensitivity["above_population"].iloc[0] + sensitivity["below_population"].iloc[0])


def _option_phrase(item: Item, option: str) -> str:
    said = top_words(item) if option == TOP else quoted(option)
    return f"{item.group_text or item.text} Skillnad i andelen som svarar {said}, i procentenheter"


def _limit_cells(row: Row) -> dict[str, str]:
    known = pd.notna(row["difference"])
    return {
        "Gräns": number(row["limit"]),
        "Minst så många": f"{row['above_count']} av {row['above_base']}",
        "Färre": f"{row['below_count']} av {row['below_base']}",
        "Skillnad (pe)": signed(100 * row["difference"]) if known else "–",
        "Osäkerhet (pe)": f"{signed(100 * row['low'])} till {signed(100 * row['high'])}" if known else "–",
    }


@if_worked_out
def trend_table(year: Year, trends: pd.DataFrame) -> Exhibit | None:
    """Which shares rise or fall with population, one row an item's top answer; None where no population is known of."""
    if trends["p"].isna().all():
        return None
    items = {item.id: item for item in year.wave.questionnaire.items}
    rows = trends[[items[name].kind != "single" for name in trends["item"]]]
    rows = rows.sort_values("p", kind="stable").reset_index(drop=True)
    found = f"{len(rows)} andelar mot folkmängden, de tydligaste först"
    return Exhibit(
        id="population_trends",
        kind="table",
        title=found,
        subtitle="Hur andelen ändras när folkmängden fördubblas, utan storleksklasser",
        note=source_note(
            year,
            f"{int(rows['base'].max()) if len(rows) else 0} {year.survey.nouns.many} som mest",
            _method_note(year, trends),
        ),
        alt=f"Tabell. {found}.",
        data=rows,
        table=pd.DataFrame(
            {
                "Fråga": [items[name].short for name in rows["item"]],
                "Per fördubbling (pe)": [signed(100 * value) for value in rows["per_doubling"]],
                "p, justerat": [number(p, 3) for p in rows["p_adjusted"]],
            }
        ),
    )
