"""Comparisons as they are shown: verdicts beside the dots, the strip of limits, needs against values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import pandas as pd

from sekom_survey.asked.contrasts import TOP
from sekom_survey.counted.choices import counted_as_yes, highest_labels
from sekom_survey.counted.estimate import share_row
from sekom_survey.counted.segment import TITLES
from sekom_survey.counted.year import Year
from sekom_survey.found.compare.limits import limit_sentence
from sekom_survey.found.facts.table import DIFFERENCE, EXPLORATION, FORESEEN, Fact
from sekom_survey.found.verdict import SURE, missed_phrase
from sekom_survey.model import Exhibit, Item
from sekom_survey.shown.exhibits.asked import if_worked_out, internal_only
from sekom_survey.shown.exhibits.groups import segment_dots
from sekom_survey.shown.exhibits.notes import (
    Row,
    base_span,
    inserted,
    outside_note,
    records,
    share_cell,
    source_note,
    those_counted,
    top_words,
)
from sekom_survey.shown.exhibits.released import released
from sekom_survey.text.files import folded
from sekom_survey.text.phrases import quoted
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
    labels = {item.id: item.short for item in year.wave.questionnaire.named(group)}
    mine = [
        fact for fact in facts
        if (fact.kind, fact.segmentation) == (DIFFERENCE, segmentation) and fact.item in labels and fact.status != EXPLORATION
    ]  # fmt: skip
    short = {labels[fact.item]: fact.verdict for fact in mine}
    long = {labels[fact.item]: verdict_cell(fact) for fact in mine}
    told = " ".join(f"{label}: {text}." for label, text in long.items())
    return replace(
        plain,
        title=_compared_title(title, short),
        note=inserted(plain.note, _question_note(mine, len(labels))),
        alt=f"{plain.alt} Omdömen: {told}" if told else plain.alt,
        data=plain.data.assign(verdict=[short.get(label, "") for label in plain.data["label"]]),
        table=plain.table.assign(Omdöme=plain.table["Fråga"].map(long).fillna("")) if long else plain.table,
    )


def verdict_cell(fact: Fact) -> str:
    """The verdict, which groups it is about, and what the rule could have overlooked."""
    missed = f"; {text}" if (text := missed_phrase(fact.missed)) else ""
    return f"{fact.verdict} ({lower_first(fact.first)} mot {lower_first(fact.second)}{missed})"


def _compared_title(title: str, verdicts: Mapping[str, str]) -> str:
    """The title with the rows that surely differ; alone where no declared contrast does."""
    sure = [f"”{label}”" for label, verdict in verdicts.items() if verdict == SURE]
    if sure and len(verdicts) == 1:  # the title has named it
        return f"{title}: säker skillnad"
    return f"{title}: säker skillnad för {join_words(sure)}" if sure else title


def _question_note(facts: Sequence[Fact], rows: int) -> str:
    """The question that the verdicts answer, when the contrasts were chosen, and that the rest is exploration."""
    if not facts:
        return "Ingen jämförelse här är bestämd i förväg: läs skillnaderna som utforskning."
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
    option = "" if row["option"] in (TOP, "") else f": {row['option']}"
    return {
        "Fråga": labels[row["item"]] + option,
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


@released("Behov", "Andel med stort behov", "Andel med stort värde", "Jämförs med värdet av")
def need_value_matrix(year: Year) -> Exhibit | None:
    """Needs against experienced values, a point a pair of `measures.pairs`: where much is needed and little had."""
    questionnaire = year.wave.questionnaire
    asked = questionnaire.measures.pairs
    if not asked:
        return None
    rows = [
        (questionnaire.item(need), *(_top_row(year, questionnaire.item(name)) for name in (need, value)))
        for need, value in asked
    ]
    ends = [_highest(questionnaire.item(name)) for name in asked[0]]
    values = [questionnaire.item(value).short for _, value in asked]
    bases = pd.Series([row["base"] for _, *both in rows for row in both], dtype=float).dropna()
    told = [
        f"{need.short} {share_cell(x)}, {lower_first(value)} {share_cell(y)}"
        for (need, x, y), value in zip(rows, values, strict=True)
    ]
    return Exhibit(
        id="need_value",
        kind="matrix",
        title="Behov och upplevt värde",
        subtitle=f"Andel som svarar {ends[0]} om behovet, mot andel som svarar {ends[1]} om värdet",
        note=source_note(
            year,
            base_span(year, bases, int(rows[0][1]["population"])) if len(bases) else "inga svar",
            outside_note(tuple(questionnaire.item(name) for pair in asked for name in pair)),
            "På linjen är andelarna lika; under den är behovet större än värdet. Störst avstånd betyder inte att det är där det går att göra mest.",
        ),
        alt=f"Punkter. {join_words(told)}.",
        data=pd.DataFrame(
            [
                (_pair_name(need, value), x["share"], y["share"])
                for (need, x, y), value in zip(rows, values, strict=True)
            ],
            columns=["label", "x", "y"],
        ),
        table=pd.DataFrame(
            [
                (need.short, share_cell(x), share_cell(y), value)
                for (need, x, y), value in zip(rows, values, strict=True)
            ],
            columns=["Behov", "Andel med stort behov", "Andel med stort värde", "Jämförs med värdet av"],
        ),
    )


def _pair_name(need: Item, value: str) -> str:
    """What a point compares: one name where both questions have it, else both."""
    return need.short if folded(need.short) == folded(value) else f"{need.short} mot {lower_first(value)}"


def _top_row(year: Year, item: Item) -> pd.Series:
    return share_row(year.shares(item.id), item.id, counted_as_yes(item))


def _highest(item: Item) -> str:
    return " eller ".join(quoted(label) for label in highest_labels(item))
