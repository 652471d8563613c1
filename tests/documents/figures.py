"""Numbers as they are written in Swedish, and what each row of the csv tables may be written as."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pandas as pd

from sekom_survey.text.swedish import count_of, number, percent, signed

_N = r"(?:\d{1,3}(?:\u00a0\d{3})+|\d+)(?:,\d+)?"
PHRASE = re.compile(rf"(?<![\w,])[±+−]?{_N}(?:–{_N})?(?:[ \u00a0]av[ \u00a0]{_N})?(?:[ \u00a0]%)?")


def phrases(text: str) -> list[str]:
    """The numbers of a text with what belongs to them: "31 av 50", "61–78 %", "62,5 %", "−2"."""
    return [found.replace("\u00a0av\u00a0", " av ") for found in PHRASE.findall(text)]


def total_rows(table: pd.DataFrame) -> pd.DataFrame:
    """The rows over all municipalities that may be shown."""
    return table[(table["segmentation"] == "all") & ~table["suppressed"]]


def data_phrases(kind: str, data: pd.DataFrame) -> list[str]:
    """What a drawing writes of its own data, once for each time."""
    return list(WRITTEN[kind](data)) if kind in WRITTEN else []


def _counted(row: dict[str, Any], share: str = "share") -> tuple[str, str]:
    return count_of(int(row["count"]), int(row["base"])), percent(row[share], int(row["base"]))


def _years(row: dict[str, Any]) -> tuple[str, str]:
    return str(int(row["last_year"])), str(int(row["year"]))


def _flow(data: pd.DataFrame) -> Iterator[str]:
    signs = {"added": 1, "removed": -1}
    for row in _rows(data):
        yield signed(signs[row["step"]] * row["count"]) if row["step"] in signs else number(row["count"])


def _response(data: pd.DataFrame) -> Iterator[str]:
    for row in _rows(data):
        yield from (count_of(row["answered"], row["asked"]), percent(row["answered"] / row["asked"], row["asked"]))


def _bullet(data: pd.DataFrame) -> Iterator[str]:
    for row in _rows(data):
        for name in ("told", "before", "status"):
            yield from phrases(str(row[name]))


def _pairs(data: pd.DataFrame) -> Iterator[str]:
    """Measures in percent, then answers of members: last year's without its base where both years have the same."""
    rows = _rows(data)
    for row in rows:
        if pd.isna(row["base"]):
            yield from (number(row["before_count"]), percent(row["count"] / 100, 50))
            continue
        before, base = int(row["before_count"]), int(row["base"])
        same = row["before_base"] == row["base"]
        yield number(before) if same else count_of(before, int(row["before_base"]))
        yield count_of(int(row["count"]), base)
    yield from _years(rows[0])


def _dots(data: pd.DataFrame) -> Iterator[str]:
    based = _rows(data.dropna(subset=["base", "population"]))
    whole = dict.fromkeys(count_of(int(row["base"]), int(row["population"])) for row in based)
    yield from (*_bars(data), *whole, *whole)


def _bars(data: pd.DataFrame) -> Iterator[str]:
    for row in _rows(data.dropna()):
        yield from _counted(row)


def _stacked(data: pd.DataFrame) -> Iterator[str]:
    """Each part with its sign, and bare where a part is too narrow for the sign; the highest answers together."""
    for row in _rows(data.dropna(subset=["share", "count"])):
        if row["outside"]:
            yield number(row["count"])
        else:
            yield from (percent(row["share"], row["base"]), number(100 * row["share"]))
    for row in _rows(data.dropna(subset=["top_share"]).drop_duplicates("label")):
        yield from _counted({**row, "count": round(row["top_share"] * row["base"])}, "top_share")


def _distribution(data: pd.DataFrame) -> Iterator[str]:
    mean, low, high = (number(data[name].iloc[0], 1) for name in ("mean", "low", "high"))
    yield from (mean, f"{low}–{high}")
    for row in _rows(data):
        yield from (number(row["value"]), number(row["count"]))


def _matrix(data: pd.DataFrame) -> Iterator[str]:
    for _axis in range(2):
        yield from (*(number(n) for n in range(0, 100, 10)), "100\u00a0%", *(str(n + 1) for n in range(len(data))))


def _map(data: pd.DataFrame) -> Iterator[str]:
    yield from (number(n) for n in data.groupby(["region", "answered"]).size())


def _slope(data: pd.DataFrame) -> Iterator[str]:
    yield from (percent(row[end], row["base"]) for row in _rows(data.dropna()) for end in ("before", "after"))
    yield from _years(_rows(data)[0])


def _multiples(data: pd.DataFrame) -> Iterator[str]:
    for _, rows in data.groupby("label"):
        yield from _lane(rows)


def _strip(data: pd.DataFrame) -> Iterator[str]:
    yield from (signed(100 * row["difference"]) for row in _rows(data.dropna()))
    yield from (signed(n) for n in range(-100, 101, 10))
    yield from map(str, data["label"])


def _lane(rows: pd.DataFrame) -> list[str]:
    """What a small multiple writes: its name, the ends and the median of its values, and how many they are of which year."""
    first = rows.iloc[0]
    said = (
        number(value, int(first["decimals"])) for value in (rows["value"].min(), rows["value"].max(), first["median"])
    )
    base = count_of(int(first["reported"]), int(first["members"]))
    return [*phrases(first["label"]), *said, base, str(first["year"])]


def _rows(data: pd.DataFrame) -> list[dict]:
    return data.to_dict("records")


WRITTEN: dict[str, Callable[[pd.DataFrame], Iterator[str]]] = {
    "flow": _flow,
    "response": _response,
    "bullet": _bullet,
    "pairs": _pairs,
    "dots": _dots,
    "bars": _bars,
    "stacked": _stacked,
    "distribution": _distribution,
    "matrix": _matrix,
    "map": _map,
    "slope": _slope,
    "multiples": _multiples,
    "strip": _strip,
}
