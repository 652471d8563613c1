"""tables.xlsx, cell by cell: every number is the csv files', and a changed one is found."""

from __future__ import annotations

import pandas as pd
import pytest

from tests.documents.reading import sheet_rows, sheet_tables

SHARES = (
    "count",
    "base",
    "population",
    "share",
    "low",
    "high",
    "low_members",
    "high_members",
    "possible_low",
    "possible_high",
)
MEANS = ("value", "base", "population", "low", "high")
GOALS = ("baseline", "outcome", "low", "high", "target")
TOGETHER = ("Översikt", "Läs mig", "Kvalitet", "Att känna till")
ELSEWHERE = ("Påståenden", "Nyckeltal", "Spårning")  # held in tests of their own


@pytest.fixture(scope="module")
def book(build):
    return sheet_rows(build.folder / "tables.xlsx")


def rounded(values) -> tuple:
    """Numbers to seven figures, and what is hidden or missing as nothing."""
    return tuple(float(f"{v:.7g}") if isinstance(v, int | float) and pd.notna(v) else None for v in values)


def table_keys(table: pd.DataFrame, words: tuple[str, ...], numbers: tuple[str, ...]) -> set[tuple]:
    shown = (
        table.assign(
            **{name: table[name].where(~table["suppressed"]) for name in numbers if name not in ("base", "population")}
        )
        if "suppressed" in table
        else table
    )
    return {(*(str(row[w]) for w in words), *rounded(row[n] for n in numbers)) for row in shown.to_dict("records")}


def sheet_keys(book: dict, build) -> dict[str, list[tuple]]:
    """The rows of the sheets by the csv file they come from, in that file's own words."""
    found: dict[str, list[tuple]] = {"estimates": [], "means": [], "goals": [], "themes": []}
    statistics = {"Medelvärde": "mean", "Nettovärde (NPS)": "nps"}
    for name, rows in book.items():
        for head, below in sheet_tables(rows) if name not in (*TOGETHER, *ELSEWHERE) else ():
            at = {title: i for i, title in enumerate(head)}
            for row in below:
                if name == "Mål":
                    found["goals"].append((row[0], row[1], *rounded(row[i] for i in range(3, 8))))
                elif name == "Teman":
                    found["themes"].append(
                        (str(row[3]).replace("Alla", "all", 1), *rounded((row[6], row[4], row[5], *row[7:14])))
                    )
                elif "Svar" in at:
                    first = at["Svar"]
                    option = "topp2" if str(row[first]).startswith("Summa: de") else str(row[first])
                    found["estimates"].append(
                        (str(row[first - 1]).replace("Alla", "all", 1), option, *rounded(row[first + 1 : first + 11]))
                    )
                else:
                    first = at["Mått"]
                    found["means"].append(
                        (
                            str(row[first - 1]).replace("Alla", "all", 1),
                            statistics[row[first]],
                            *rounded(row[first + 1 : first + 6]),
                        )
                    )
    return found


def csv_keys(tables: dict) -> dict[str, set[tuple]]:
    """The same keys from the csv files."""
    found = {
        "estimates": table_keys(tables["estimates"], ("segment", "option"), SHARES),
        "means": table_keys(tables["means"], ("segment", "statistic"), MEANS),
        "goals": table_keys(tables["goals"].round(1), ("goal_name", "name"), GOALS),
    }
    themes = tables["themes"]
    return found | {"themes": table_keys(themes, ("segment",), SHARES) if len(themes) else set()}


def test_every_row_of_the_sheets_is_a_row_of_the_csv_files(book, build):
    """Every cell of questions, means, goals and themes; as many rows as the files have."""
    told, given = sheet_keys(book, build), csv_keys(build.tables)
    for name, keys in told.items():
        assert [key for key in keys if key not in given[name]] == [], name
        assert len(keys) == len(build.tables[name]), name


def test_indicators_stand_as_in_the_csv_file_in_swedish(book, build):
    """A row for each row, the mean as it is; the better end in words and no id of a grouping."""
    table = build.tables["indicators"]
    head, *rows = [row for row in book["Nyckeltal"] if row[1] is not None]
    assert [row[0] for row in rows] == [str(name) for name in table["indicator"]]
    assert [row[head.index("Medel")] for row in rows] == pytest.approx(table["mean"].round(3).tolist())
    assert {row[head.index("Bättre")] for row in rows} == {"högre", "lägre"}
    assert not {"all", "low", "high"} & {cell for row in rows for cell in row}


def test_questions_themes_and_groups_are_called_by_their_names(book, build):
    """No id of themes.csv stands in its sheet."""
    themes = build.tables["themes"]
    ids = {str(name) for column in ("item", "option", "segmentation") for name in themes[column]} | {"all"}
    assert not ids & {str(cell) for row in book.get("Teman", ()) for cell in row}


def test_the_overview_stands_first_and_tells_a_row_of_all_for_each_question(book, build):
    """Page one's words, and of each question the answer that most gave or the highest of a scale together, as in estimates.csv."""
    assert next(iter(book)) == "Översikt"
    rows = book["Översikt"]
    start = next(i for i, row in enumerate(rows) if row[:2] == ("Flik", "Fråga"))
    of_all = build.tables["estimates"].query("segmentation == 'all'")
    counts = {(int(row.count), int(row.base)) for row in of_all[~of_all["suppressed"]].itertuples()}
    told = [row for row in rows[start + 1 :] if row[0] is not None]
    assert len(told) > 15
    counted = [(int(row[3]), int(row[4])) for row in told if isinstance(row[3], int | float)]
    assert [one for one in counted if one not in counts] == []
    assert [round(row[5], 9) for row in told if isinstance(row[3], int | float)] == [
        round(n / base, 9) for n, base in counted
    ]
    words = " ".join(str(cell) for row in rows[:start] for cell in row if cell)
    assert all(name in words for name in build.tables["goals"]["goal_name"].head(3))


def test_a_changed_cell_is_found(book, build):
    """One member more in one row of estimates.csv is a row that no sheet has."""
    table = build.tables["estimates"]
    other = table.assign(count=table["count"] + (table.index == table.index[table["segment"] == "all"][7]))
    given = csv_keys(build.tables | {"estimates": other})["estimates"]
    assert len([key for key in sheet_keys(book, build)["estimates"] if key not in given]) == 1


def test_claims_stand_as_in_the_csv_file(book, build):
    """Number, words, verdict and, where it may be told, the sentence; no id of a figure."""
    table = build.tables["claims"].fillna("")
    columns = [name for name in ("claim", "quote", "verdict", "statement") if name in table]
    rows = {
        tuple(str(cell or "") for cell in row[: len(columns)])
        for _, below in sheet_tables(book["Påståenden"])
        for row in below
    }
    assert rows == {tuple(row) for row in table[columns].astype(str).to_numpy()}


def test_the_sheets_on_quality_say_what_the_record_says(book, build):
    """Rows and cells of the export, answers that are missing: run.json, and the exhibit of missing answers."""
    told = {"Fick frågan": "asked", "Svarat": "answered", "Saknas": "missing"}
    missing = build.data("item_nonresponse").rename(columns=told)
    counts = build.record.get("counts", {"rows_read": 0, "cells_read": 0, "rows": {}, "cells": {}, "left_behind": {}})
    total = build.tables["estimates"][build.tables["estimates"]["segment"] == "all"]
    answered, asked = total["base"].max(), total["population"].max()
    allowed = {0.0, float(counts["rows_read"]), float(counts["cells_read"]), *map(float, counts["rows"].values()), *map(float, counts["cells"].values()),
               *map(float, missing.select_dtypes("number").to_numpy().ravel()), *map(float, counts["left_behind"].values()),
               float(answered), float(asked), float(asked - answered), answered / asked, (asked - answered) / asked}  # fmt: skip
    allowed |= {m / a for m, a in zip(missing["missing"], missing["asked"], strict=True)}
    rows = [row for row in book["Kvalitet"] if not _follows(row)]
    told = [cell for row in rows for cell in row if isinstance(cell, int | float)]
    assert len(told) >= (5 if build.name == "public" else 11)
    assert [cell for cell in told if not any(abs(cell - one) < 1e-9 for one in allowed)] == []


def _follows(row: tuple) -> bool:
    """Whether a row is a question with asked = answered + missing and the share that follows; texts stand there too."""
    asked, answered, missing, share = (*row[1:5], *[None] * 4)[:4]
    return (
        isinstance(asked, int)
        and isinstance(missing, int)
        and asked == answered + missing
        and abs(share - missing / asked) < 1e-9
    )


def test_each_sheet_says_its_base(book, build):
    """ "Bas: 50 av 80 kommuner." over a question's answers is a base that estimates.csv has; so is each end of a span."""
    totals = build.tables["estimates"]
    totals = totals[totals["segment"] == "all"]
    bases, population = {int(base) for base in totals["base"].dropna()}, int(totals["population"].max())
    told = [str(row[0]) for rows in book.values() for row in rows[:7] if str(row[0]).startswith("Bas:")]
    assert len(told) > 15
    for text in told:
        low, _, high = text.removeprefix("Bas: ").partition(" av ")[0].partition("–")
        assert {int(low), int(high or low)} <= bases, text
        assert f" av {population} kommuner." in text
