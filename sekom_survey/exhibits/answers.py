"""One question, or one matrix, as a figure with its table."""

from __future__ import annotations

import pandas as pd

from sekom_survey.estimate import TOP, top_labels
from sekom_survey.exhibits.asked import if_asked, too_few
from sekom_survey.exhibits.notes import (
    WHISKERS,
    base_span,
    count_cell,
    interval_cell,
    mean_cell,
    municipalities,
    outside_note,
    possible_cell,
    routed_note,
    share_cell,
    source_note,
    spoken,
)
from sekom_survey.model import NPS, Exhibit, Item
from sekom_survey.segment import ALL
from sekom_survey.swedish import join_words, number
from sekom_survey.year import Year

TABLE = {
    "Svar": "label",
    "Antal": count_cell,
    "Andel": share_cell,
    "Osäkerhet (kommuner)": interval_cell,
    "Möjligt spann": possible_cell,
}


def totals(year: Year, item: Item) -> pd.DataFrame:
    """The item's estimates over all municipalities."""
    estimates = year.estimates
    return estimates[(estimates["item"] == item.id) & (estimates["segmentation"] == ALL)]


@if_asked
def choices(year: Year, item_id: str) -> Exhibit:
    """The options of a single or multi-choice question as horizontal bars, most chosen first."""
    item = year.wave.questionnaire.item(item_id)
    rows = totals(year, item).assign(label=lambda d: d["option"])
    outside = {option.label for option in item.options if option.outside}
    inside = rows[~rows["option"].isin(outside)]
    if inside["suppressed"].all():
        return too_few(year, item)
    if item.kind == "multi":
        inside = inside.sort_values(["count", "option"], ascending=[False, True], kind="stable")
    lead = inside["low"] > 0.5
    data = inside.assign(highlight=lead if lead.any() else inside["count"] == inside["count"].max())
    base, population = int(inside["base"].iloc[0]), int(inside["population"].iloc[0])
    return Exhibit(
        id=item.id,
        kind="bars",
        title=_choice_title(item, inside),
        subtitle=item.text,
        note=source_note(year, municipalities(base, population), routed_note((item,)), outside_note((item,)), WHISKERS),
        alt=_alt("Liggande staplar", inside),
        data=data[["label", "share", "low", "high", "count", "base", "highlight"]].reset_index(drop=True),
        table=_table(pd.concat([inside, rows[rows["option"].isin(outside)]])),
    )


def _choice_title(item: Item, rows: pd.DataFrame) -> str:
    """What most members surely answer, else the answer that most have given, if there is one."""
    shown = rows[~rows["suppressed"]]
    sure = shown[shown["low"] > 0.5]
    if len(sure):
        return f"{item.short}: de flesta svarar {_quoted_list(sure['label'].head(2))}"
    most = _alone_at_the_top(shown, "count")
    return item.short if most is None else f"{item.short}: flest svarar ”{most['label']}”, {count_cell(most)}"


def _alone_at_the_top(rows: pd.DataFrame, column: str) -> pd.Series | None:
    """The one row with the highest value; None where several share it."""
    highest = rows[rows[column] == rows[column].max()]
    return highest.iloc[0] if len(highest) == 1 else None


def _quoted_list(labels: pd.Series) -> str:
    return join_words([f"”{label}”" for label in labels])


def _alt(kind: str, rows: pd.DataFrame) -> str:
    return f"{kind}. " + ". ".join(f"{row['label']}: {spoken(row)}" for _, row in rows.iterrows()) + "."


def _table(rows: pd.DataFrame) -> pd.DataFrame:
    cells = {name: rows[how] if isinstance(how, str) else rows.apply(how, axis=1) for name, how in TABLE.items()}
    return pd.DataFrame(cells).reset_index(drop=True)


@if_asked
def scale_rows(year: Year, group: str, title: str = "") -> Exhibit:
    """The rows of a matrix question (or one scale) as 100 % stacked bars, answers outside the scale apart in grey."""
    items = year.wave.questionnaire.group(group) or (year.wave.questionnaire.item(group),)
    tops = pd.DataFrame([_top_row(year, item) for item in items]).sort_values(
        "share", ascending=False, kind="stable", na_position="last"
    )
    ordered = [next(item for item in items if item.id == name) for name in tops["item"]]
    data = pd.concat([_stack(year, item) for item in ordered], ignore_index=True)
    question = items[0].group_text or items[0].text
    sure = tops[tops["low"] > 0.5]
    best = join_words(list(sure["label"].head(3)))
    said = _scale_title(title, items[0], tops[~tops["suppressed"]])
    return Exhibit(
        id=group,
        kind="stacked",
        title=said or question,
        subtitle=question if said else "",
        note=source_note(
            year,
            base_span(tops["base"], int(tops["population"].iloc[0])),
            outside_note(items),
            f"Siffran till höger räknar {_top_phrase(items[0])}.",
        ),
        alt=_alt("Staplar till hundra procent. Andel som svarar " + _top_phrase(items[0]), tops)
        + (f" Mer än hälften av medlemmarna gäller säkert {best}." if best else ""),
        data=data,
        table=_scale_table(year, ordered),
    )


def _scale_title(title: str, item: Item, tops: pd.DataFrame) -> str:
    """A matrix' title with the row that most rate highest, a single scale's with how many give the highest answers."""
    most = _alone_at_the_top(tops, "share")
    if most is None:
        return title
    if title:
        return f"{title}: störst andel för ”{most['label']}”, {count_cell(most)}"
    return f"{item.short}: {count_cell(most)} svarar {' eller '.join(f'”{label}”' for label in top_labels(item))}"


def _top_phrase(item: Item) -> str:
    return join_words([f"”{label}”" for label in top_labels(item)])


def _top_row(year: Year, item: Item) -> pd.Series:
    rows = totals(year, item)
    return (
        rows[rows["option"] == TOP].iloc[0].copy().pipe(lambda row: pd.concat([row, pd.Series({"label": item.short})]))
    )


def _stack(year: Year, item: Item) -> pd.DataFrame:
    rows = totals(year, item)
    top = rows[rows["option"] == TOP].iloc[0]
    order = {option.label: i for i, option in enumerate(item.options)}
    outside = {option.label for option in item.options if option.outside}
    parts = rows[rows["option"] != TOP]
    return pd.DataFrame(
        {
            "label": item.short,
            "option": parts["option"],
            "order": parts["option"].map(order),
            "share": parts["share"],
            "count": parts["count"],
            "base": parts["base"],
            "outside": parts["option"].isin(outside),
            "top_share": top["share"],
        }
    )


def _scale_table(year: Year, items: list[Item]) -> pd.DataFrame:
    rows = []
    for item in items:
        mine = totals(year, item).set_index("option")
        cells = {
            option.label: ("U" if mine.at[option.label, "suppressed"] else number(mine.at[option.label, "count"]))
            for option in item.options
        }
        top = mine.loc[TOP]
        rows.append(
            {
                "Fråga": item.short,
                **cells,
                "Två högsta": count_cell(top),
                "Andel": share_cell(top),
                "Osäkerhet (kommuner)": interval_cell(top),
            }
        )
    return pd.DataFrame(rows)


@if_asked
def rating(year: Year, item_id: str) -> Exhibit:
    """A rating's distribution with its mean and interval; for 0-10 recommendation the three NPS groups as well."""
    item = year.wave.questionnaire.item(item_id)
    mean = year.means[
        (year.means["item"] == item_id) & (year.means["statistic"] == "mean") & (year.means["segmentation"] == ALL)
    ].iloc[0]
    if mean["suppressed"]:
        return too_few(year, item)
    values = range(item.low or 0, (item.high or 10) + 1)
    counts = _steps(year, item, list(values))
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
    interval = f"{number(mean['low'], 1)}–{number(mean['high'], 1)}"
    return Exhibit(
        id=item.id,
        kind="distribution",
        title=f"{item.short}: medelvärde {number(mean['value'], 1)} ({interval})",
        subtitle=item.text,
        note=source_note(
            year,
            municipalities(int(mean["base"]), int(mean["population"])),
            "Intervallet visar osäkerheten (95\u00a0%) om de som inte svarat liknar dem som svarat.",
            _nps_note(year, item),
        ),
        alt=f"Stående staplar. Medelvärde {number(mean['value'], 1)}, osäkerhet {interval}. "
        + ". ".join(f"Svar {value}: {count} kommuner" for value, count in zip(values, counts, strict=True) if count)
        + ".",
        data=data,
        table=pd.DataFrame({"Svar": [str(v) for v in values], "Antal kommuner": [number(c) for c in counts]}),
    )


def _steps(year: Year, item: Item, values: list[int]) -> list[int]:
    """How many gave each step of a rating."""
    counts = totals(year, item).set_index("option")["count"]
    return [0 if pd.isna(counts[str(value)]) else int(counts[str(value)]) for value in values]


def _nps_note(year: Year, item: Item) -> str:
    if item.kind != NPS:
        return ""
    nps = year.means[
        (year.means["item"] == item.id) & (year.means["statistic"] == "nps") & (year.means["segmentation"] == ALL)
    ].iloc[0]
    return (
        f"Rekommendationstalet (andel 9–10 minus andel 0–6) är {mean_cell(nps['value'], 0)}, "
        f"osäkerhet {number(nps['low'], 0)} till {number(nps['high'], 0)}."
    )
