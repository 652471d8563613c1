"""One question, or one matrix, as a figure with its table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from operator import itemgetter

import pandas as pd

from sekom_survey.asked.contrasts import TOP
from sekom_survey.counted.choices import Choice, choice_of, counted_as_yes, highest_labels, yes_labels
from sekom_survey.counted.segment import ALL
from sekom_survey.counted.year import Year
from sekom_survey.found.facts.words import said
from sekom_survey.found.verdict import HALF
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
    headed,
    interval_cell,
    matrix_name,
    mean_cell,
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
from sekom_survey.shown.exhibits.overlap import overlap_words
from sekom_survey.shown.exhibits.released import OPTIONS, released
from sekom_survey.text.phrases import quoted
from sekom_survey.text.swedish import count_of, join_words, number, number_word, sentence_case

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
    lead = inside["low"] > HALF
    data = inside.assign(highlight=lead if lead.any() else inside["count"] == inside["count"].max())
    base, population = int(inside["base"].iloc[0]), int(inside["population"].iloc[0])
    return Exhibit(
        id=item.id,
        kind="bars",
        title=(title := _choice_title(year, item, inside)),
        subtitle=under(title, item.text),
        note=source_note(
            year,
            those_counted(year, base, population),
            routed_note(year, (item,)),
            outside_note((item,)),
            overlap_words(year, item),
            uncertainty(year),
        ),
        alt=_alt("Liggande staplar", inside),
        data=data[["label", "share", "low", "high", "count", "base", "highlight"]].reset_index(drop=True),
        table=_table(pd.concat([inside, rows[rows["option"].isin(outside)]])),
    )


def _who(year: Year) -> str:
    """Who they are that a title counts; people who answered for themselves need no word before "svarar"."""
    return f" {year.survey.nouns.many}" if year.survey.of_members else ""


def _choice_title(year: Year, item: Item, rows: pd.DataFrame) -> str:
    """How many say yes where several options do, else what most answer; of two that share the first place both."""
    shown, who = rows[rows["share"].notna()], _who(year)
    yes = shown[shown["label"].isin(yes_labels(item))]
    if len(yes) and len(yes) == len(yes_labels(item)):
        counted = count_of(int(yes["count"].sum()), int(yes["base"].iloc[0]))
        return f"{counted}{who} svarar ja på {quoted(item.short)}"
    first = shown[shown["count"] == shown["count"].max()]
    if len(first) == 2:
        most_given = "sätts oftast först" if item.kind == RANKING else "är vanligast"
        return headed(
            name_of(item), f"{_quoted_list(first['label'])} {most_given}, {count_cell(first.iloc[0])} vardera"
        )
    if len(first) != 1:
        return item.short
    most = first.iloc[0]
    if item.kind == RANKING:
        return f"{count_cell(most)}{who} sätter {quoted(most['label'])} först"
    label = str(most["label"])
    told = f"{count_cell(most)}{who} {said(item, Choice(label, (label,)))}"
    return headed(name_of(item), told) if item.kind == MULTI and not item.told else told


def _alone_at_the_top(rows: pd.DataFrame, column: str) -> pd.Series | None:
    """The one row with the highest value; None where several share it."""
    highest = rows[rows[column] == rows[column].max()]
    return highest.iloc[0] if len(highest) == 1 else None


def _quoted_list(labels: pd.Series) -> str:
    return join_words([f"”{label}”" for label in labels])


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
    sure = tops[tops["low"] > HALF]
    best = join_words(list(sure["label"].head(3)))
    told = _scale_title(year, items, tops) or title or (matrix_name(items[0]) if items[0].group else "")
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
        alt=_alt("Staplar till hundra procent. Andel som svarar " + _top_phrase(items[0]), tops)
        + (f" Mer än hälften av alla gäller säkert {best}." if best else ""),
        data=_stack(items, rows, tops),
        table=_scale_table(sorted(items, key=lambda item: names.index(item.id)), rows),
    )


def _scale_title(year: Year, items: Sequence[Item], tops: pd.DataFrame) -> str:
    """How many give the highest answers, of a matrix to the row where most do; "" where several share the first place."""
    most = _alone_at_the_top(tops[~tops["suppressed"]], "share")
    if most is None:
        return ""
    item = next(one for one in items if one.id == most["item"])
    of_all = f", flest av {number_word(len(items))}" if len(items) > 1 and not tops["suppressed"].any() else ""
    return f"{count_cell(most)}{_who(year)} {said(item, choice_of(item, most['option']))}{of_all}"


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
    mean = year.means[
        (year.means["item"] == item_id) & (year.means["statistic"] == "mean") & (year.means["segmentation"] == ALL)
    ].iloc[0]
    if mean["suppressed"]:
        return too_few(year, item)
    values = range(item.low or 0, (item.high or 10) + 1)
    counts, nouns = _steps(year, item, list(values)), year.survey.nouns
    data = pd.DataFrame(
        {
            "value": list(values),
            "count": counts,
            "base": int(mean["base"]),
            "mean": mean["value"],
            "low": mean["low"],
            "high": mean["high"],
        }
    )
    known = year.survey.infers
    interval = f"{number(mean['low'], 1)}–{number(mean['high'], 1)}" if known else ""
    told = f"medelvärde {number(mean['value'], 1)}"
    return Exhibit(
        id=item.id,
        kind="distribution",
        title=(title := headed(name_of(item), f"{told} ({interval})" if known else told)),
        subtitle=under(title, item.text),
        note=source_note(
            year,
            those_counted(year, int(mean["base"]), int(mean["population"])),
            uncertainty(year, "Intervallet"),
            _nps_note(year, item),
        ),
        alt=f"Stående staplar. {sentence_case(told)}{f', osäkerhet {interval}' if known else ''}. "
        + ". ".join(f"Svar {value}: {count} {nouns.many}" for value, count in zip(values, counts, strict=True) if count)
        + ".",
        data=data,
        table=pd.DataFrame({"Svar": [str(v) for v in values], f"Antal {nouns.many}": [number(c) for c in counts]}),
    )


def _steps(year: Year, item: Item, values: list[int]) -> list[int]:
    """How many gave each step of a rating."""
    counts = year.shares(item.id).set_index("option")["count"]
    return [0 if pd.isna(counts[str(value)]) else int(counts[str(value)]) for value in values]


def _nps_note(year: Year, item: Item) -> str:
    if item.kind != NPS:
        return ""
    nps = year.means[
        (year.means["item"] == item.id) & (year.means["statistic"] == "nps") & (year.means["segmentation"] == ALL)
    ].iloc[0]
    interval = f", osäkerhet {number(nps['low'], 0)} till {number(nps['high'], 0)}" if year.survey.infers else ""
    return f"Rekommendationstalet (andel 9–10 minus andel 0–6) är {mean_cell(nps['value'], 0)}{interval}."
