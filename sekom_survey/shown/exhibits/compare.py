"""Comparisons as they are shown: verdicts beside the dots, the strip of limits, needs against values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pandas as pd

from sekom_survey.counted.estimate import TOP, share_row
from sekom_survey.counted.segment import TITLES
from sekom_survey.counted.year import Year
from sekom_survey.found.compare.limits import limit_sentence
from sekom_survey.found.compare.verdict import SURE, verdict_text
from sekom_survey.model import Exhibit, Item
from sekom_survey.shown.exhibits.asked import if_worked_out, internal_only
from sekom_survey.shown.exhibits.groups import segment_dots
from sekom_survey.shown.exhibits.notes import (
    EXAMPLE,
    Row,
    base_span,
    municipalities,
    outside_note,
    records,
    share_cell,
    source_note,
)
from sekom_survey.shown.exhibits.released import released
from sekom_survey.text.phrases import quoted
from sekom_survey.text.swedish import join_words, lower_first, number, plural, signed

HOW = {"exact": "exakt", "permutation": "omkastningar", "": ""}
CORRECTIONS = {"bh": "Benjamini–Hochberg", "holm": "Holm"}


@released("Fråga", "Grupp", "Antal", "Andel", "Osäkerhet (kommuner)", "Omdöme")
def compared_dots(year: Year, comparisons: pd.DataFrame, group: str, segmentation: str, title: str) -> Exhibit:
    """Dots by segment as in `segment_dots`, with the verdict of each row's comparison.

    A verdict is left out where a group it rests on is not shown.
    """
    plain = segment_dots(year, group, segmentation, title)
    if plain.kind != "dots":
        return plain
    items = year.wave.questionnaire.group(group) or (year.wave.questionnaire.item(group),)
    compared = {row["item"]: row for row in records(comparisons[comparisons["segmentation"] == segmentation])}
    seen = plain.data[~plain.data["suppressed"].astype(bool)]
    groups = set(zip(seen["label"], seen["segment"], strict=True))
    short, long = {}, {}
    for item in items:
        row = compared.get(item.id)
        if row and (not row["first"] or {(item.short, row["first"]), (item.short, row["second"])} <= groups):
            short[item.short], long[item.short] = row["verdict"], verdict_text(row["verdict"], row["detectable"])
    told = " ".join(f"{label}: {text}." for label, text in long.items())
    return replace(
        plain,
        title=_compared_title(title, short),
        note=_inserted(plain.note, _method_note(year, comparisons)),
        alt=f"{plain.alt} Omdömen: {told}" if told else plain.alt,
        data=plain.data.assign(verdict=plain.data["label"].map(short).fillna("")),
        table=plain.table.assign(Omdöme=plain.table["Fråga"].map(long).fillna("")),
    )


def _compared_title(title: str, verdicts: Mapping[str, str]) -> str:
    """The title with the rows that surely differ, or that none does; alone where no row has a verdict."""
    sure = [f"”{label}”" for label, verdict in verdicts.items() if verdict == SURE]
    if not verdicts:
        return title
    return f"{title}: säker skillnad för {join_words(sure)}" if sure else f"{title}: ingen säker skillnad"


def _inserted(note: str, sentence: str) -> str:
    """A sentence added to a note, before the stamp of example data."""
    body, stamp, _ = note.partition(EXAMPLE)
    return " ".join(part for part in (body.strip(), sentence, stamp) if part)


def _method_note(year: Year, comparisons: pd.DataFrame) -> str:
    tested = int(comparisons["p"].notna().sum())
    settings = year.survey.comparisons
    correction = CORRECTIONS[settings.correction]
    if settings.headline and settings.correction != "holm":
        correction = f"Holm för huvudfrågorna, {correction} för de övriga"
    return (
        f"Omdömet frågar om mönstret kan vara slump och tar hänsyn till att {tested} jämförelser görs ({correction})."
    )


@internal_only
def comparison_table(year: Year, comparisons: pd.DataFrame, segmentation: str) -> Exhibit:
    """Every item's comparison with test, p, difference and verdict; internal, since differences can give cells away."""
    rows = comparisons[comparisons["segmentation"] == segmentation].reset_index(drop=True)
    labels = {item.id: item.short for item in year.wave.questionnaire.items}
    sure = rows[rows["verdict"] == SURE]
    found = f"{len(sure)} av {len(rows)} {plural(len(rows), 'jämförelse', 'jämförelser')} ger en säker skillnad"
    return Exhibit(
        id=f"comparisons_{segmentation}",
        kind="table",
        title=f"Skillnader efter {lower_first(TITLES[segmentation])}: {found}",
        subtitle="Varje fråga prövad med det test som passar",
        note=source_note(
            year,
            f"{int(rows['base'].max()) if len(rows) else 0} svar som mest",
            _method_note(year, comparisons),
            "Osäkerheten (95\u00a0%) och p gäller om mönstret kan vara slump; likvärdigt gäller de här medlemmarna.",
        ),
        alt=" ".join([f"Tabell. {found}.", *(f"{labels[name]}." for name in sure["item"])]),
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
        "Omdöme": verdict_text(row["verdict"], row["detectable"]),
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
            municipalities(
                int((sensitivity["above_base"] + sensitivity["below_base"]).max()), _population(sensitivity)
            ),
            outside_note((item,)),
            "Andelen i kommuner med minst så många invånare minus andelen i de mindre.",
            sentence,
        ),
        alt=f"Punkter med osäkerhetsstreck, en för varje gräns. {sentence}",
        data=pd.DataFrame(
            {"label": limits, **{name: sensitivity[name] for name in ("difference", "low", "high", "verdict")}}
        ),
        table=pd.DataFrame([_limit_cells(row) for row in records(sensitivity)]),
        internal=True,
    )


def _population(sensitivity: pd.DataFrame) -> int:
    return int(sensitivity["above_population"].iloc[0] + sensitivity["below_population"].iloc[0])


def _option_phrase(item: Item, option: str) -> str:
    said = "något av de två högsta svaren" if option == TOP else quoted(option)
    return f"{item.group_text or item.text} Skillnad i andelen som svarar {said}, i procentenheter"


def _limit_cells(row: Row) -> dict[str, str]:
    known = pd.notna(row["difference"])
    return {
        "Gräns": number(row["limit"]),
        "Minst så många": f"{row['above_count']} av {row['above_base']}",
        "Färre": f"{row['below_count']} av {row['below_base']}",
        "Skillnad (pe)": signed(100 * row["difference"]) if known else "–",
        "Osäkerhet (pe)": f"{signed(100 * row['low'])} till {signed(100 * row['high'])}" if known else "–",
        "Omdöme": row["verdict"],
    }


@if_worked_out
def trend_table(year: Year, trends: pd.DataFrame) -> Exhibit:
    """Which shares rise or fall with population, one row an item's top answer."""
    items = {item.id: item for item in year.wave.questionnaire.items}
    rows = trends[[items[name].kind != "single" for name in trends["item"]]]
    rows = rows.sort_values("p", kind="stable").reset_index(drop=True)
    sure = rows[rows["verdict"].str.contains("folkmängden")]
    found = f"{len(sure)} av {len(rows)} andelar följer folkmängden"
    return Exhibit(
        id="population_trends",
        kind="table",
        title=found,
        subtitle="Hur andelen ändras när folkmängden fördubblas, utan storleksklasser",
        note=source_note(
            year, f"{int(rows['base'].max()) if len(rows) else 0} kommuner som mest", _method_note(year, trends)
        ),
        alt=" ".join([f"Tabell. {found}.", *(f"{items[r.item].short} {r.verdict}." for r in sure.itertuples())]),
        data=rows,
        table=pd.DataFrame(
            {
                "Fråga": [items[name].short for name in rows["item"]],
                "Per fördubbling (pe)": [signed(100 * value) for value in rows["per_doubling"]],
                "p, justerat": [number(p, 3) for p in rows["p_adjusted"]],
                "Omdöme": rows["verdict"],
            }
        ),
    )


@released("Behov", "Andel med stort behov", "Andel med stort värde", "Jämförs med värdet av")
def need_value_matrix(year: Year, pairs: Sequence[tuple[str, str]]) -> Exhibit:
    """Needs against experienced values, a point a pair of (need, value) item ids: where much is needed and little had."""
    questionnaire = year.wave.questionnaire
    known = {item.id for item in questionnaire.items}
    asked = [pair for pair in pairs if set(pair) <= known]
    rows = [
        (questionnaire.item(need), *(share_row(year.shares(name), name, TOP) for name in (need, value)))
        for need, value in asked
    ]
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
        subtitle="Andel med ganska eller mycket stort behov, mot andel som haft ganska eller mycket stort värde",
        note=source_note(
            year,
            base_span(bases, int(rows[0][1]["population"])) if len(bases) else "inga svar",
            outside_note(tuple(questionnaire.item(name) for pair in asked for name in pair)),
            "Längst ned till höger är behovet stort och värdet mindre. Störst avstånd betyder inte att det är där det går att göra mest.",
        ),
        alt=f"Punkter. {join_words(told)}.",
        data=pd.DataFrame([(need.short, x["share"], y["share"]) for need, x, y in rows], columns=["label", "x", "y"]),
        table=pd.DataFrame(
            [
                (need.short, share_cell(x), share_cell(y), value)
                for (need, x, y), value in zip(rows, values, strict=True)
            ],
            columns=["Behov", "Andel med stort behov", "Andel med stort värde", "Jämförs med värdet av"],
        ),
    )
