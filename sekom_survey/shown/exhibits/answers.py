"""One question, or one matrix, as a figure with its table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import isnan
from operator import itemgetter

import pandas as pd

from sekom_survey.asked.contrasts import TOP
from sekom_survey.counted.choices import counted_as_yes, highest_labels
from sekom_survey.counted.year import PUBLIC, Year
from sekom_survey.found.facts.counted import YES
from sekom_survey.found.facts.means import AVERAGE, SCORE, means_of
from sekom_survey.found.facts.shares import ranked_sentence, shares_of
from sekom_survey.found.facts.table import Fact
from sekom_survey.found.facts.together import together_fact
from sekom_survey.found.verdict import MOST
from sekom_survey.model import (
    CONSENT,
    DATE,
    MULTI,
    NPS,
    NUMBER,
    RANKING,
    RATING,
    ROLE,
    SCALE,
    SINGLE,
    Exhibit,
    Item,
)
from sekom_survey.model.survey import UNITS
from sekom_survey.shown.exhibits.asked import for_kinds, too_few
from sekom_survey.shown.exhibits.notes import (
    HIDDEN,
    Row,
    base_span,
    count_cell,
    each,
    interval_cell,
    matrix_name,
    name_of,
    outside_note,
    placed,
    possible_cell,
    records,
    routed_note,
    share_cell,
    source_note,
    spoken,
    those_counted,
    uncertainty,
    under,
)
from sekom_survey.shown.exhibits.released import OPTIONS, released
from sekom_survey.text.phrases import headed, quoted
from sekom_survey.text.swedish import DASH, count_of, join_words, number, number_word, plural, sentence_case

CELLS: Mapping[str, Callable[[Row], str]] = {
    "Svar": itemgetter("label"),
    "Antal": count_cell,
    "Andel": share_cell,
    "Osäkerhet (kommuner)": interval_cell,
    "Möjligt spann": possible_cell,
}


@released("Svar", "Antal", "Andel", "Osäkerhet (kommuner)", "Möjligt spann")
@for_kinds(ROLE, SINGLE, MULTI, SCALE, CONSENT, RANKING, NUMBER, DATE)
def choices(year: Year, item_id: str) -> Exhibit:
    """The options of a single or multi-choice question as horizontal bars, most chosen first."""
    item = year.wave.questionnaire.item(item_id)
    rows = placed(year.shares(item_id)).assign(label=lambda d: d["option"])
    outside = {option.label for option in item.options if option.outside}
    inside = rows[~rows["option"].isin(outside)]
    if inside["share"].isna().all():
        return too_few(year, item)
    if item.kind == "multi":
        inside = inside.sort_values(["count", "option"], ascending=[False, True], kind="stable")
    facts = list(shares_of(year.estimates, year.survey, item))
    lead = inside["option"].isin([fact.option for fact in facts if fact.verdict == MOST])
    data = inside.assign(highlight=lead if lead.any() else inside["count"] == inside["count"].max())
    base, population = int(inside["base"].iloc[0]), int(inside["population"].iloc[0])
    return Exhibit(
        id=item.id,
        kind="bars",
        title=(title := _choice_title(item, facts)),
        subtitle=under(title, item.text),
        note=source_note(
            year,
            those_counted(year, base, population),
            routed_note(year, (item,)),
            outside_note((item,)),
            _goes_together(year, item),
            uncertainty(year),
        ),
        alt=_alt("Liggande staplar", inside),
        data=data[["label", "share", "low", "high", "count", "base", "highlight"]].reset_index(drop=True),
        table=_table(pd.concat([inside, rows[rows["option"].isin(outside)]])),
    )


def _choice_title(item: Item, facts: Sequence[Fact]) -> str:
    """How many say yes where several options do, else what most answer; of two that share the first place both."""
    together = [fact for fact in facts if fact.option == YES]
    alone = [fact for fact in facts if fact.option != YES]
    most = together or [fact for fact in alone if fact.first_count == max(one.first_count for one in alone)]
    if len(most) == 1:
        told = most[0].sentence.removesuffix(".")
        return told if name_of(item) else sentence_case(told.removeprefix(item.short).lstrip(": "))
    if len(most) != 2:
        return item.short
    first = "sätts oftast först" if item.kind == RANKING else "är vanligast"
    names = join_words([quoted(fact.option) for fact in most])
    return headed(
        name_of(item), f"{names} {first}, {count_of(int(most[0].first_count), int(most[0].first_base))} vardera"
    )


def _goes_together(year: Year, item: Item) -> str:
    """The two answers that go together most clearly, as exploration; "" where none do, and in a public build."""
    fact = together_fact(year.frame, year.survey, item) if year.build != PUBLIC else None
    return fact.sentence if fact else ""


def _alt(kind: str, rows: pd.DataFrame) -> str:
    return f"{kind}. " + ". ".join(each(rows, lambda row: f"{row['label']}: {spoken(row)}")) + "."


def _table(rows: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame([{name: cell(row) for name, cell in CELLS.items()} for row in records(rows)])


@released("Fråga", OPTIONS, "Högsta", "Två högsta", "Tre högsta", "Fyra högsta", "Andel", "Osäkerhet (kommuner)")
@for_kinds(SCALE, matrix=True)
def scale_rows(year: Year, group: str, title: str = "") -> Exhibit:
    """The rows of a matrix question (or one scale) as 100 % stacked bars, answers outside the scale apart in grey.

    The bars stand in the order of the highest answers together (`top` of survey.toml), or else of the highest one.
    """
    items = year.wave.questionnaire.named(group)
    rows = placed(pd.concat([year.shares(item.id) for item in items]))
    rows["label"] = rows["item"].map({item.id: item.short for item in items})
    counted = {item.id: counted_as_yes(item) for item in items}
    tops = rows[rows["option"] == rows["item"].map(counted)]
    tops = tops.sort_values("share", ascending=False, kind="stable", na_position="last")
    if tops["share"].isna().all():
        return too_few(year, items[0], group)
    names = list(tops["item"])
    question = items[0].group_text or items[0].text
    facts = [fact for item in items for fact in shares_of(year.estimates, year.survey, item)]
    told = _scale_title(items, facts) or title or (matrix_name(items[0]) if items[0].group else "")
    return Exhibit(
        id=group,
        kind="stacked",
        title=told or question,
        subtitle=under(told, question) if told else "",
        note=source_note(
            year,
            base_span(year, tops["base"], int(tops["population"].iloc[0])),
            outside_note(items),
            f"Siffran till höger räknar {_top_phrase(items[0])}.",
        ),
        alt=_alt("Staplar till hundra procent. Andel som svarar " + _top_phrase(items[0]), tops) + _most_words(facts),
        data=_stack(items, rows, tops),
        table=_scale_table(sorted(items, key=lambda item: names.index(item.id)), rows),
    )


def _scale_title(items: Sequence[Item], facts: Sequence[Fact]) -> str:
    """How many give the highest answers, of a matrix to the row where most do; "" where several share the first place."""
    most = [fact for fact in facts if fact.share == max(one.share for one in facts)]
    return ranked_sentence(most[0], facts, len(items)).removesuffix(".") if len(most) == 1 else ""


def _most_words(facts: Sequence[Fact]) -> str:
    """Which of the facts hold for more than half of all, under the question that gave the verdict; "" where none does."""
    sure = sorted((fact for fact in facts if fact.verdict == MOST), key=lambda fact: -fact.share)
    return (
        f" {sentence_case(MOST)} av alla, om de som inte svarat liknar dem som svarat: {join_words([quoted(fact.name) for fact in sure])}."
        if sure
        else ""
    )


def _top_phrase(item: Item) -> str:
    return join_words([f"”{label}”" for label in highest_labels(item)])


def _stack(items: Sequence[Item], rows: pd.DataFrame, tops: pd.DataFrame) -> pd.DataFrame:
    """The parts of every bar, the bars in the order of `tops`."""
    order = {(item.id, option.label): i for item in items for i, option in enumerate(item.options)}
    outside = {(item.id, option.label) for item in items for option in item.options if option.outside}
    parts = rows[rows["option"] != TOP].drop_duplicates(["item", "option"])
    places = {name: i for i, name in enumerate(tops["item"])}
    parts = parts.sort_values("item", key=lambda names: names.map(places), kind="stable")
    keys = list(zip(parts["item"], parts["option"], strict=True))
    data = parts[["label", "option", "share", "count", "base"]].reset_index(drop=True)
    data.insert(2, "order", [order[key] for key in keys])
    top_share = parts["item"].map(tops.set_index("item")["share"])
    return data.assign(outside=[key in outside for key in keys], top_share=top_share.to_numpy())


def _scale_table(items: Sequence[Item], rows: pd.DataFrame) -> pd.DataFrame:
    """A row an item: how many chose each option, and the highest together."""
    cells = {(row["item"], row["option"]): row for row in records(rows)}
    return pd.DataFrame(
        [
            _scale_cells(item, {option: cells[item.id, option] for option in (*_labels(item), counted_as_yes(item))})
            for item in items
        ]
    )


def _labels(item: Item) -> tuple[str, ...]:
    return tuple(option.label for option in item.options)


def _scale_cells(item: Item, rows: Mapping[str, Row]) -> dict[str, str]:
    counts = {label: HIDDEN if rows[label]["suppressed"] else number(rows[label]["count"]) for label in _labels(item)}
    top, steps = rows[counted_as_yes(item)], item.top or 1
    heading = "Högsta" if steps == 1 else f"{sentence_case(number_word(steps))} högsta"
    together = {heading: count_cell(top), "Andel": share_cell(top), "Osäkerhet (kommuner)": interval_cell(top)}
    return {"Fråga": item.short, **counts, **together}


@released("Svar", *(f"Antal {unit.many}" for unit in UNITS.values()))
@for_kinds(RATING, NPS)
def rating(year: Year, item_id: str) -> Exhibit:
    """A rating's distribution with its mean and interval; for 0-10 recommendation the three NPS groups as well."""
    item = year.wave.questionnaire.item(item_id)
    facts = {fact.option: fact for fact in means_of(year.means, year.survey, item) if not fact.segmentation}
    if AVERAGE not in facts:
        return too_few(year, item)
    mean = facts[AVERAGE]
    values = range(item.low or 0, (item.high or 10) + 1)
    counts, nouns = _steps(year, item, list(values)), year.survey.nouns
    base, population = int(mean.first_base), int(year.shares(item.id)["population"].iloc[0])
    interval = f" {number(mean.low, 1)}{DASH}{number(mean.high, 1)}" if year.survey.infers else ""
    given = [f"Svar {v}: {n} {plural(n, nouns.one, nouns.many)}" for v, n in zip(values, counts, strict=True) if n]
    return Exhibit(
        id=item.id,
        kind="distribution",
        title=(title := mean.sentence.removesuffix(".")),
        subtitle=under(title, item.text),
        note=source_note(
            year,
            those_counted(year, base, population),
            uncertainty(year, f"Intervallet{interval}"),
            _score_words(facts.get(SCORE)),
        ),
        alt=f"Stående staplar. {mean.sentence}{f' Osäkerhet{interval}.' if interval else ''} {'. '.join(given)}.",
        data=pd.DataFrame({"value": list(values), "count": counts}).assign(
            base=base, mean=mean.first_count, low=mean.low, high=mean.high
        ),
        table=pd.DataFrame({"Svar": [str(v) for v in values], f"Antal {nouns.many}": [number(c) for c in counts]}),
    )


def _steps(year: Year, item: Item, values: list[int]) -> list[int]:
    """How many gave each step of a rating."""
    counts = year.shares(item.id).set_index("option")["count"]
    return [0 if pd.isna(counts[str(value)]) else int(counts[str(value)]) for value in values]


def _score_words(score: Fact | None) -> str:
    """The recommendation score, what it is and how sure; "" for a rating without one."""
    if score is None:
        return ""
    interval = "" if isnan(score.low) else f" Osäkerhet {number(score.low)} till {number(score.high)}."
    return f"{score.sentence} Det är andelen 9–10 minus andelen 0–6, i procentenheter.{interval}"
