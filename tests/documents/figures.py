"""Numbers as they are written in Swedish, and what each row of the csv tables may be written as."""

from __future__ import annotations

import re

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


def data_phrases(kind: str, data: pd.DataFrame) -> list[str]:  # noqa: PLR0911, PLR0912
    """What a drawing writes of its own data, once for each time."""
    if kind == "flow":
        signs = {"added": 1, "removed": -1}
        return [
            signed(signs[row["step"]] * row["count"]) if row["step"] in signs else number(row["count"])
            for row in _rows(data)
        ]
    if kind == "response":
        return [
            text
            for row in _rows(data)
            for text in (count_of(row["answered"], row["asked"]), percent(row["answered"] / row["asked"], row["asked"]))
        ]
    if kind == "bullet":
        told = [text for row in _rows(data) for text in (str(row["told"]), str(row["before"]), str(row["status"]))]
        return [text for one in told for text in phrases(one)]
    if kind == "pairs":
        rows = _rows(data)
        measures = [text for row in rows if pd.isna(row["base"])
                    for text in (number(row["before_count"]), percent(row["count"] / 100, 50))]  # fmt: skip
        counts = [
            text
            for row in _rows(data.dropna(subset=["base"]))
            for text in (
                number(row["before_count"])
                if row["before_base"] == row["base"]
                else count_of(int(row["before_count"]), int(row["before_base"])),
                count_of(int(row["count"]), int(row["base"])),
            )
        ]
        return [*measures, *counts, *(str(int(rows[0][name])) for name in ("last_year", "year"))]
    if kind == "dots":
        based = data.dropna(subset=["base", "population"])
        whole = dict.fromkeys(count_of(int(row["base"]), int(row["population"])) for row in _rows(based))
        shares = [
            text
            for row in _rows(data.dropna())
            for text in (count_of(int(row["count"]), int(row["base"])), percent(row["share"], int(row["base"])))
        ]
        return [*shares, *whole, *whole]
    if kind == "bars":
        return [
            text
            for row in _rows(data.dropna())
            for text in (count_of(row["count"], row["base"]), percent(row["share"], row["base"]))
        ]
    if kind == "stacked":
        rows = _rows(data.dropna(subset=["share", "count"]))
        each = [
            text
            for row in rows
            for text in ((number(row["count"]),) if row["outside"] else (percent(row["share"], row["base"]),))
        ]
        tops = data.dropna(subset=["top_share"]).drop_duplicates("label").to_dict("records")
        bare = [
            number(100 * row["share"]) for row in rows if not row["outside"]
        ]  # where a part is too narrow for the sign
        return [
            *each,
            *bare,
            *(
                t
                for row in tops
                for t in (
                    percent(row["top_share"], row["base"]),
                    count_of(round(row["top_share"] * row["base"]), row["base"]),
                )
            ),
        ]
    if kind == "distribution":
        mean, low, high = (number(data[name].iloc[0], 1) for name in ("mean", "low", "high"))
        return [mean, f"{low}–{high}", *(number(row[name]) for row in _rows(data) for name in ("value", "count"))]
    if kind == "matrix":
        ticks = [*(number(n) for n in range(0, 100, 10)), "100\u00a0%"]
        numbered = [str(n + 1) for n in range(len(data))]
        return [*ticks, *ticks, *numbered, *numbered]
    if kind == "map":
        return [number(n) for n in data.groupby(["region", "answered"]).size()]
    if kind == "slope":
        shares = [percent(row[end], row["base"]) for row in _rows(data.dropna()) for end in ("before", "after")]
        return [*shares, *(str(int(data[name].iloc[0])) for name in ("last_year", "year"))]
    if kind == "multiples":
        return [text for _, rows in data.groupby("label") for text in _lane(rows)]
    if kind == "strip":
        return [
            *(signed(100 * row["difference"]) for row in _rows(data.dropna())),
            *(signed(n) for n in range(-100, 101, 10)),
            *map(str, data["label"]),
        ]
    return []


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
