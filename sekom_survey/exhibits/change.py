"""Change since last year as it is shown: slopes for the same members, and where the change comes from."""

from __future__ import annotations

import pandas as pd

from sekom_survey.change import DOWN, MAYBE_DOWN, MAYBE_UP, MEAN, REWORDED, UP
from sekom_survey.estimate import TOP
from sekom_survey.exhibits.asked import if_worked_out, internal_only
from sekom_survey.exhibits.notes import source_note
from sekom_survey.model import Exhibit, Item
from sekom_survey.phrases import count_phrase, quoted
from sekom_survey.stats.intervals import hypergeometric_interval
from sekom_survey.swedish import join_words, number, plural, signed
from sekom_survey.year import Year

ENDS = ("before", "after")


@if_worked_out
@internal_only
def change_slope(year: Year, changes: pd.DataFrame, group: str, title: str) -> Exhibit:
    """The share with a top answer last year and this, the same members both years, one slope a row of a matrix.

    Internal: beside both years' results it would give away those who answered only once.
    """
    items = year.wave.questionnaire.group(group) or (year.wave.questionnaire.item(group),)
    rows = changes[(changes["option"] == TOP) & changes["item"].isin([item.id for item in items])]
    labels = {item.id: item.short for item in items}
    data = pd.DataFrame([_slope(row, labels) for _, row in rows.iterrows()], columns=list(SLOPE_COLUMNS))
    told = [f"{row.label}: {row.verdict}" for row in data.itertuples()]
    return Exhibit(
        id=f"change_{group}",
        kind="slope",
        title=title,
        subtitle=f"{items[0].group_text or items[0].text} Andel som svarar något av de två högsta, samma kommuner båda åren",
        note=source_note(
            year,
            _pair_base(rows),
            _reworded_note(items, changes),
            "Strecken visar osäkerheten (95 %). En förändring räknas bara när dess osäkerhet inte rymmer noll; den är säker "
            "när den inte heller kan förklaras av att många frågor prövas.",
        ),
        alt=f"Lutande linjer från förra året till i år. {'. '.join(told)}.",
        data=data,
        table=pd.DataFrame([_change_cells(row, labels) for _, row in rows.iterrows()]),
        internal=True,
    )


SLOPE_COLUMNS = ("label", "before", "after", "before_low", "before_high", "after_low", "after_high", "base", "verdict")


def _slope(row: pd.Series, labels: dict[str, str]) -> dict[str, object]:
    cells = {"label": labels[row["item"]], "base": row["paired_base"], "verdict": row["verdict"]}
    cells |= {name: row[name] for name in ENDS}
    if pd.notna(row["difference"]):
        base, members = int(row["paired_base"]), int(row["members"])
        for name in ENDS:
            low, high = hypergeometric_interval(round(row[name] * base), base, members)
            cells |= {f"{name}_low": low / members, f"{name}_high": high / members}
    return cells


def _pair_base(rows: pd.DataFrame) -> str:
    known = rows["paired_base"].dropna()
    if known.empty:
        return "inga kommuner som svarat båda åren"
    low, high = int(known.min()), int(known.max())
    span = str(low) if low == high else f"{low}–{high}"
    return f"{span} kommuner som svarat båda åren"


def _reworded_note(items: tuple[Item, ...], changes: pd.DataFrame) -> str:
    reworded = changes.loc[changes["verdict"] == REWORDED, "item"]
    names = [quoted(item.short) for item in items if item.id in set(reworded)]
    return f"{join_words(names)} har ny lydelse och jämförs inte." if names else ""


def _change_cells(row: pd.Series, labels: dict[str, str]) -> dict[str, str]:
    known = pd.notna(row["difference"])
    mean = row["option"] == MEAN
    return {
        "Fråga": labels[row["item"]]
        + ("" if row["option"] in (TOP, "") else ": medelvärde" if mean else f": {row['option']}"),
        "Förra året": _end(row, "before", mean) if known else "–",
        "I år": _end(row, "after", mean) if known else "–",
        "Förändring": _moved(row["difference"], mean) if known else "–",
        "Osäkerhet": f"{_moved(row['low'], mean)} till {_moved(row['high'], mean)}" if known else "–",
        "p": number(row["p"], 3),
        "Omdöme": row["verdict"],
        "Alla som svarat": _moved(row["all_after"] - row["all_before"], mean) if known else "–",
        "varav ändrad uppfattning": _moved(row["opinion_part"], mean) if known else "–",
        "varav andra har svarat": _moved(row["membership_part"], mean) if known else "–",
    }


def _end(row: pd.Series, name: str, mean: bool) -> str:
    base = int(row["paired_base"])
    return number(row[name], 1) if mean else count_phrase(round(row[name] * base), base)


def _moved(value: float, mean: bool) -> str:
    return signed(value, 1) if mean else f"{signed(100 * value)} pe"


@if_worked_out
@internal_only
def change_table(year: Year, changes: pd.DataFrame) -> Exhibit:
    """Every change from last year, split into opinion and membership; internal as `change_slope`."""
    labels = {item.id: item.short for item in year.wave.questionnaire.items}
    sure, maybe = (int(changes["verdict"].isin(pair).sum()) for pair in ((UP, DOWN), (MAYBE_UP, MAYBE_DOWN)))
    tested = int(changes["p"].notna().sum())
    reworded = changes.loc[changes["verdict"] == REWORDED, "item"]
    names = join_words([quoted(labels[name]) for name in reworded])
    return Exhibit(
        id="changes",
        kind="table",
        title=f"{sure} {plural(sure, 'säker förändring', 'säkra förändringar')} sedan förra året, {maybe} som kan vara slump",
        subtitle="Samma kommuner båda åren, och hur mycket som beror på att andra har svarat",
        note=source_note(
            year,
            _pair_base(changes),
            "En förändring räknas bara när dess osäkerhet inte rymmer noll, och är säker när den inte heller kan förklaras av "
            f"att {tested} förändringar prövas.",
            f"Ny lydelse, jämförs inte: {names}." if names else "",
            "Skillnader mellan andelar i procentenheter (pe), mellan medelvärden i steg.",
        ),
        alt=f"Tabell med {len(changes)} rader.",
        data=changes,
        table=pd.DataFrame([_change_cells(row, labels) for _, row in changes.iterrows()]),
        internal=True,
    )
