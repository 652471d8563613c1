"""What each exhibit's table must say, worked out anew from the csv files a run leaves beside it."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping

import pandas as pd

from sekom_survey.text.swedish import count_of, number, percent, percent_range, points, signed
from tests.documents.figures import phrases
from tests.documents.made import YEAR, Build

TOP = "topp2"
Row = tuple[str, ...]
# Exhibits of what no csv table holds: the accounting of rows, non-response, the log and the register, last year's themes.
# Their tables are held against the data they were drawn from, figures/<id>.csv.
OF_THEIR_OWN = frozenset({
    "flow", "item_nonresponse", "text_counts", "nonresponse", "nonresponse_profile", "nonresponse_weighted", "nonresponse_worst",
    "indicators", "indicator_trends", "indicator_jumps", "trace",
    "conflicts", "answer_map", "engagement", "duties", "member_flow", "effect_chain", "goal_summary", "goal_faults",
    "limits_need_collaboration", "population_trends", "theme_reliability", "theme_drift", "theme_trend", "exit_levels", "exit_signals",
    *(f"themes_{item}_change" for item in ("challenge", "strength", "everyday")), "quotes_strength",
    *(f"texts_{item}" for item in ("challenge", "strength", "everyday", "wishes", "introduced_what")),
})  # fmt: skip


class Expected:
    """The tables of a build's exhibits, from its csv files and the year's own words."""

    def __init__(self, build: Build) -> None:
        self.build, self.tables, self._places = build, build.tables, {}
        survey = tomllib.loads((YEAR / "survey.toml").read_text(encoding="utf-8"))
        rows = [(row, item["id"]) for item in survey["items"] for row in item.get("rows", [item])]
        self.names = {row.get("label") or row.get("text"): row["id"] for row, _ in rows}
        book = tomllib.loads((YEAR / "codebook.toml").read_text(encoding="utf-8"))
        self.themes = {theme["name"]: theme["id"] for theme in book["themes"]} | {"Övrigt": "ovrigt"}
        goals = tomllib.loads((YEAR / "goals.toml").read_text(encoding="utf-8"))
        self.measures = {i["name"]: i["id"] for goal in goals["goals"] for i in goal["indicators"]}
        self.measures |= {promise["name"]: promise.get("id", promise["name"]) for promise in goals.get("promises", [])}

    def wrong_rows(self, exhibit: Mapping) -> list[Row]:
        """The rows of an exhibit's table that its csv file does not give."""
        if exhibit["id"] in OF_THEIR_OWN or not exhibit["rows"]:
            return []
        rule = self._rule(exhibit)
        return [
            tuple(row) for row in exhibit["rows"] if not rule(dict(zip(exhibit["columns"], row, strict=True)), exhibit)
        ]

    def _rule(self, exhibit: Mapping) -> Callable[[Mapping[str, str], Mapping], bool]:
        by_id = {"goal_status": self._goal, "goal_missing": self._goal, "promises": self._goal, "claims": self._claim, "comparisons_size": self._comparison,
                 "changes": self._change, "need_value": self._need_value}  # fmt: skip
        by_kind = {
            "stacked": self._scale,
            "dots": self._dot,
            "distribution": self._step,
            "response": self._answered,
            "slope": self._change,
            "pairs": self._pair,
        }
        if exhibit["id"] in by_id:
            return by_id[exhibit["id"]]
        if "Medelvärde" in exhibit["columns"]:
            return self._mean
        if exhibit["id"].startswith("themes_") and "Tema" in exhibit["columns"]:
            return self._theme
        return by_kind.get(exhibit["kind"], self._choice)

    def _shares(self, item: str, option: str, segment: str = "all", table: str = "estimates") -> Mapping | None:
        mine = self._by_place(table).get((item, option, segment), [])
        return mine[0] if len(mine) == 1 else None

    def _by_place(self, table: str) -> dict[tuple[str, str, str], list[dict]]:
        """A table's rows by question, answer and group, looked up anew when another table stands there."""
        held, found = self._places.get(table, (None, {}))
        if held is not self.tables[table]:
            found = {}
            for row in self.tables[table].to_dict("records"):
                found.setdefault((row["item"], row["option"], row["segment"]), []).append(row)
            self._places[table] = self.tables[table], found
        return found

    def _cells(self, cells: Mapping[str, str], row: Mapping | None) -> bool:
        """Antal, Andel, Osäkerhet and Möjligt spann of a row, those that the table has."""
        if row is None:
            return False
        if row["suppressed"]:
            return all(cells[name] == "U" for name in ("Antal", "Andel", "Osäkerhet (kommuner)") if name in cells)
        low, high, base = int(row["low_members"]), int(row["high_members"]), int(row["base"])
        ends = f"{low}–{high}" if low != high else f"{low}"
        count = count_of(int(row["count"]), base)
        said = {
            "Antal": count, "Två högsta": count, "Andel": percent(row["share"], base) if base >= 10 else "–",
            "Osäkerhet (kommuner)": f"{ends} av {int(row['population'])}",
            "Möjligt spann": percent_range(row["possible_low"], row["possible_high"]),
        }  # fmt: skip
        return all(cells[name] == text for name, text in said.items() if name in cells)

    def _choice(self, cells: Mapping[str, str], exhibit: Mapping) -> bool:
        return self._cells(cells, self._shares(exhibit["id"], cells["Svar"]))

    def _scale(self, cells: Mapping[str, str], exhibit: Mapping) -> bool:
        item = self.names[cells["Fråga"]]
        options = [head for head in cells if self._shares(item, head) is not None]
        counted = all(cells[head] == number(int(self._shares(item, head)["count"])) for head in options)
        return len(options) == len(cells) - 4 and counted and self._cells(cells, self._shares(item, TOP))

    def _dot(self, cells: Mapping[str, str], exhibit: Mapping) -> bool:
        if "Svar" in cells:
            return self._cells(cells, self._shares(exhibit["id"].rpartition("_")[0], cells["Svar"], cells["Grupp"]))
        item = self.names[cells["Fråga"]]
        counted = TOP if self._shares(item, TOP) is not None else "9–10"
        return self._cells(cells, self._shares(item, counted, cells["Grupp"]))

    def _mean(self, cells: Mapping[str, str], exhibit: Mapping) -> bool:
        means = self.tables["means"]
        mine = means[(means["item"] == self.names[cells["Fråga"]]) & (means["segment"] == cells["Grupp"])].iloc[0]
        interval = f"{number(mine['low'], 1)}–{number(mine['high'], 1)}"
        said = ("U", "U") if mine["suppressed"] else (number(mine["value"], 1), interval)
        return (cells["Medelvärde"], cells["Osäkerhet"]) == said

    def _step(self, cells: Mapping[str, str], exhibit: Mapping) -> bool:
        row = self._shares(exhibit["id"], cells["Svar"])
        return cells["Antal kommuner"] == (
            number(int(row["count"])) if row is not None and pd.notna(row["count"]) else "0"
        )

    def _answered(self, cells: Mapping[str, str], exhibit: Mapping) -> bool:
        rows = self.tables["estimates"]
        mine = rows[rows["segment"] == cells["Grupp"]]
        answered, asked = int(mine["base"].max()), int(mine["population"].max())
        rate = percent(answered / asked, asked) if asked >= 10 else "–"
        return (cells["Svarat"], cells["Fick enkäten"], cells["Svarsfrekvens"]) == (
            number(answered),
            number(asked),
            rate,
        )

    def _theme(self, cells: Mapping[str, str], exhibit: Mapping) -> bool:
        item, theme = exhibit["id"].split("_")[1], self.themes[cells["Tema"]]
        if "Antal" in cells:
            return self._cells(cells, self._shares(item, theme, table="themes"))
        return all(self._in_group(item, theme, head, cell) for head, cell in cells.items() if head != "Tema")

    def _in_group(self, item: str, theme: str, head: str, cell: str) -> bool:
        name, _, base = head.rstrip(")").rpartition(" (")
        row = self._shares(item, theme, name, "themes")
        return row is not None and (
            cell == "U" or (cell, base) == (number(int(row["count"])), number(int(row["base"])))
        )

    def _goal(self, cells: Mapping[str, str], exhibit: Mapping) -> bool:
        rows = self.tables["goals"]
        mine = rows[rows["indicator"] == self.measures[cells.get("Mått") or cells["Löfte"]]].iloc[0]
        heads = {"Utgångsvärde": "baseline", "Utfall": "outcome", "Målvärde": "target"}
        told = {head: name for head, name in heads.items() if head in cells}
        written = [self._amount(mine, name) for name in told.values()]
        said = [cells[head].split(" (")[0] for head in told]
        interval = percent_range(mine["low"] / 100, mine["high"] / 100) if pd.notna(mine["low"]) else ""
        return all(a in b for a, b in zip(said, written, strict=True)) and (
            not interval or f"({interval})" in cells["Utfall"]
        )

    def _amount(self, row: Mapping, name: str) -> set[str]:
        value = row[name]
        if pd.isna(value):
            return {"saknas", "saknas i planen", "–"}
        if row["unit"] == "procent":
            return {percent(value / 100, 0), percent(value / 100, 0, 1)}
        return {number(value, 0 if value == int(value) else 1)}

    def _claim(self, cells: Mapping[str, str], exhibit: Mapping) -> bool:
        rows = self.tables["claims"].set_index("claim")
        row = rows.loc[cells["Nr"]]
        statement = row.get("statement", "")
        said = cells.get("Vad svaren visar", statement)
        return (
            cells["Påstående"] == f"”{row['quote']}”" and cells["Omdöme"].endswith(row["verdict"]) and said == statement
        )

    def _of(self, table: str, label: str, top: str = TOP) -> pd.DataFrame:
        """A table's rows on the question, and the answer, that a row's first cell names."""
        rows = self.tables[table]
        name, option = next(
            (
                (n, label[len(n) + 2 :] or top)
                for n in sorted(self.names, key=len, reverse=True)
                if label == n or label.startswith(f"{n}: ")
            ),
            ("", ""),
        )
        mine = rows[rows["item"] == self.names[name]]
        return mine[(mine["option"] == option) | mine["option"].isna()]

    def _comparison(self, cells: Mapping[str, str], exhibit: Mapping) -> bool:
        rows = self._of("comparisons", cells["Fråga"])
        row = rows[rows["segmentation"] == "size"].iloc[0]
        said = (
            signed(100 * row["difference"]),
            f"{signed(100 * row['low'])} till {signed(100 * row['high'])}",
            number(row["p"], 3),
            number(row["p_adjusted"], 3),
        )
        return tuple(cells[name] for name in ("Skillnad (pe)", "Osäkerhet (pe)", "p", "p, justerat")) == said

    def _pair(self, row: Mapping[str, str], exhibit: Mapping) -> bool:
        """A change as findings.csv tells it: of answers and of members in counts, in percent where no base is told."""
        facts, goals, name = self.tables["findings"], self.tables["goals"], next(iter(row.values()))
        measure = dict(zip(goals["name"], goals["indicator"], strict=True)).get(name)
        kind, item = ("trend", measure) if measure else ("change", self.names[name])
        mine = facts[(facts["kind"] == kind) & (facts["item"] == item)].iloc[0]
        ends = (
            percent(mine[f"{side}_count"] / 100, 50)
            if pd.isna(mine["first_base"])
            else count_of(int(mine[f"{side}_count"]), int(mine[f"{side}_base"]))
            for side in ("second", "first")
        )
        return tuple(row.values()) == (name, *ends, points(mine["difference"]), mine["verdict"])

    def _change(self, cells: Mapping[str, str], exhibit: Mapping) -> bool:
        label = cells["Fråga"].removesuffix(": medelvärde")
        row = self._of("changes", label, "mean" if label != cells["Fråga"] else TOP).iloc[0]
        if pd.isna(row["difference"]):
            return not phrases("".join(cells.values()))
        names = {
            "Förändring": "difference",
            "varav ändrad uppfattning": "opinion_part",
            "varav andra har svarat": "membership_part",
        }
        said = {head: _moved(row, name) for head, name in names.items()}
        said |= {"2025": _end(row, "before"), "2026": _end(row, "after"),
                 "Osäkerhet": f"{_moved(row, 'low')} till {_moved(row, 'high')}"}  # fmt: skip
        return all(cells[name] == text for name, text in said.items())

    def _need_value(self, cells: Mapping[str, str], exhibit: Mapping) -> bool:
        need, value = (self._shares(self.names[cells[name]], TOP) for name in ("Behov", "Jämförs med värdet av"))
        return (cells["Andel med stort behov"], cells["Andel med stort värde"]) == tuple(
            percent(row["share"], row["base"]) for row in (need, value)
        )


def _moved(row: Mapping, name: str) -> str:
    return signed(row[name], 1) if row["option"] == "mean" else f"{signed(100 * row[name])}\u00a0pe"


def _end(row: Mapping, name: str) -> str:
    base = int(row["paired_base"])
    return (
        number(row[name], 1)
        if row["option"] == "mean"
        else f"{count_of(round(row[name] * base), base)} ({percent(row[name], base)})"
    )


def data_values(data: pd.DataFrame) -> Iterator[str]:
    """Every way in which an exhibit's own data may be written: as they are, as percent, with one to three decimals."""
    for value in data.select_dtypes("number").to_numpy().ravel():
        if pd.notna(value):
            yield from (number(abs(value), decimals) for decimals in range(4))
            yield from (number(abs(100 * value), decimals) for decimals in range(2))
    for text in data.select_dtypes(exclude="number").astype(str).to_numpy().ravel():
        yield from phrases(text)
