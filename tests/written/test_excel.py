"""The workbook as another program reads it."""

from __future__ import annotations

import zipfile
from datetime import datetime
from math import isnan
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from sekom_survey.model import Accounting
from sekom_survey.written.excel.sheet import SheetPage, sheet_name
from sekom_survey.written.excel.write import write_tables
from tests.written.conftest import survey

SHARES = {
    "Antal": "count",
    "Bas": "base",
    "Medlemmar": "population",
    "Andel": "share",
    "Osäkerhet från": "low",
    "Osäkerhet till": "high",
    "Medlemmar från": "low_members",
    "Medlemmar till": "high_members",
    "Möjligt från": "possible_low",
    "Möjligt till": "possible_high",
}
STAMP = "Exempeldata. Medlemmar och svar är påhittade."


@pytest.fixture
def book(tmp_path: Path, estimates: pd.DataFrame, means: pd.DataFrame, quality: dict[str, Any]) -> Any:
    write_tables(tmp_path / "tables.xlsx", estimates=estimates, means=means, survey=survey(), **quality)
    return openpyxl.load_workbook(tmp_path / "tables.xlsx")


def tables(sheet: Any) -> list[list[dict[str, Any]]]:
    """Each table of a sheet as rows of heading to value."""
    found = []
    for table in sheet.tables.values():
        header, *rows = [[cell.value for cell in row] for row in sheet[table.ref]]
        found.append([dict(zip(header, row, strict=True)) for row in rows])
    return found


def links(sheet: Any) -> list[str]:
    """Where the links of a sheet lead, in order."""
    return [cell.hyperlink.location for row in sheet.iter_rows() for cell in row if cell.hyperlink]


def test_sheets_are_the_questions_in_order_with_valid_swedish_names(book: Any) -> None:
    """Read-me and quality first; no sheet for the member, texts and questions nobody answered."""
    assert book.sheetnames == [
        "Läs mig", "Kvalitet", "Att känna till", "2 Vilken roll har du", "3 Störst värde", "4 Hur stort värde har följande", "5 Nöjdhet",
        "6 Hur troligt", "7 Vad ger er mest värde",
    ]  # fmt: skip


def test_cells_put_at_once_are_the_bytes_that_xlsxwriter_writes(tmp_path: Path) -> None:
    """A table of texts and numbers beside a line and a link, cell by cell with the library's own methods and with ours."""
    rows = [
        ("Å & <ä>", 1, 2 / 3),
        ("=1+1", 0.0, -0.0),
        ("", 1e300, 1e-9),
        ("http://x.example", 12345678901234567, -7),
        ("=1+1", True, 5),
    ]

    def written(kind: type[Worksheet]) -> bytes:
        path = tmp_path / f"{kind.__name__}.xlsx"
        with Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
            book.set_properties({"created": datetime(2026, 1, 1)})
            looks = [book.add_format({"bold": bold}) for bold in (True, False)]
            page = book.add_worksheet("Blad", kind)
            page.write_string(0, 0, "=1+1", looks[1])
            page.write_url(1, 0, "internal:'Blad'!A1", looks[0], "Hit")
            page.add_table(
                3, 0, 3 + len(rows), 2, {"columns": [{"header": name, "header_format": looks[0]} for name in "ABC"]}
            )
            for place, row in enumerate(rows, 4):
                for column, value in enumerate(row):
                    own = page.write_string if isinstance(value, str) else page.write_number
                    (page.put if isinstance(page, SheetPage) else own)(place, column, value, looks[place % 2])
        return path.read_bytes()

    assert written(SheetPage) == written(Worksheet)


@given(st.text(max_size=60))
def test_sheet_names_are_always_valid(text: str) -> None:
    """At most 31 characters, never empty, none of the signs Excel forbids, no apostrophe at an end."""
    name = sheet_name(f"7 {text}")
    assert 1 <= len(name) <= 31
    assert not set(name) & set("[]:*?/\\\x00\n")
    assert name.strip("'") == name


def test_every_number_equals_the_estimates(book: Any, estimates: pd.DataFrame) -> None:
    """Each row of estimates is once in the workbook, as exact as the format holds; a suppressed one shows U."""
    sheet = book["3 Störst värde"]
    rows = {(row["Grupp"], row["Svar"]): row for row in tables(sheet)[0]}
    mine = estimates[estimates["item"] == "top_value"]
    assert len(rows) == len(mine)
    for expected in mine.to_dict("records"):
        row = rows["Alla" if expected["segment"] == "all" else expected["segment"], expected["option"]]
        for heading, column in SHARES.items():
            hidden = expected["suppressed"] and column not in ("base", "population")
            assert row[heading] == ("U" if hidden else pytest.approx(expected[column], rel=1e-14, abs=0))
        assert (row["Anmärkning"] or "") == expected["reason"]


def test_a_matrix_is_one_sheet_with_all_rows_and_the_sum_of_the_highest(book: Any, estimates: pd.DataFrame) -> None:
    """Every row of the matrix, totals first, then the means."""
    shares, means = tables(book["4 Hur stort värde har följande"])
    assert len(shares) == int(estimates["item"].str.startswith("value_").sum())
    assert [row["Indelning"] for row in shares[:12]] == ["Alla kommuner"] * 12
    assert list(dict.fromkeys(row["Delfråga"] for row in shares)) == [
        "Frågor och svar mellan kollegor i andra kommuner",
        "Webbinarier och föreläsningar",
    ]
    assert [row["Svar"] for row in shares[:6]] == [
        "Inget värde",
        "Litet värde",
        "Ganska stort värde",
        "Mycket stort värde",
        "Har inte använt",
        "Summa: de två högsta",
    ]
    assert {row["Mått"] for row in means} == {"Medelvärde"}


def test_ratings_and_net_values_show_their_mean_with_sign(book: Any) -> None:
    """A mean has one decimal, a net value its sign with a real minus."""
    row = tables(book["5 Nöjdhet"])[0][0]
    assert (row["Mått"], row["Värde"], row["Bas"], row["Medlemmar"]) == ("Medelvärde", 7.25, 50, 80)
    sheet = book["6 Hur troligt"]
    assert tables(sheet)[0][0]["Värde"] == -12
    assert "+0;\u22120;0" in {cell.number_format for cells in sheet.iter_rows() for cell in cells}


def test_shares_are_numbers_shown_in_percent(book: Any) -> None:
    """Real numbers with a Swedish percent format; counts are whole."""
    sheet = book["3 Störst värde"]
    header = next(iter(sheet.tables.values())).ref.split(":")[0]
    top = sheet[header].row
    cells = {sheet.cell(top, column).value: sheet.cell(top + 1, column) for column in range(1, sheet.max_column + 1)}
    assert isinstance(cells["Andel"].value, float)
    assert cells["Andel"].number_format == "0 %"
    assert isinstance(cells["Antal"].value, int)


def test_no_cell_is_a_formula_and_links_stay_inside(book: Any) -> None:
    """ "=1+1" as an answer is text, and so is an address."""
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f"
                assert cell.hyperlink is None or cell.hyperlink.target is None
    assert "=1+1" in {row["Svar"] for row in tables(book["3 Störst värde"])[0]}
    assert tables(book["Att känna till"])[0][0]["Vad som hittades"] == "=cmd|' /C calc'!A0"


def test_contents_link_to_every_sheet(book: Any) -> None:
    """From the read-me to each sheet, and back."""
    linked = [location.removesuffix("'!A1").removeprefix("'").replace("''", "'") for location in links(book["Läs mig"])]
    assert linked == book.sheetnames[1:]
    assert all(links(sheet) == ["'Läs mig'!A1"] for sheet in book.worksheets[1:])
    texts = [row["Bas"] for row in tables(book["Läs mig"])[0]]
    assert "Ingen flik: fritext, redovisas inte i tabeller." in texts
    assert "Ingen flik: inga svar." in texts


def test_question_as_asked_and_base_stand_on_its_sheet(book: Any) -> None:
    """A reader of one sheet alone knows what it says."""
    lines = [cell.value for cell in book["3 Störst värde"]["A"][:5]]
    assert lines[:4] == [
        STAMP,
        "Vad ger er mest värde i medlemskapet? Välj högst tre.",
        "Bas: 50 av 80 kommuner.",
        "Flera svar fick väljas; andelarna blir därför inte 100\u00a0% tillsammans.",
    ]
    matrix = [cell.value for cell in book["4 Hur stort värde har följande"]["A"][:5]]
    assert "Summa: de två högsta = ”Ganska stort värde” och ”Mycket stort värde”." in matrix


def test_quality_sheet_closes_and_tells_when_it_does_not(
    book: Any, tmp_path: Path, estimates: pd.DataFrame, means: pd.DataFrame, quality: dict[str, Any]
) -> None:
    """Rows and cells add up to what was read, or the sheet says no."""
    response, rows, cells, missing, conflicts = tables(book["Kvalitet"])
    values = {row["Mått"]: row["Värde"] for row in response}
    assert (values["Kommuner som svarade"], values["Svarsfrekvens"], values["Objektsbortfall"]) == (50, 0.625, 0.375)
    assert [row["Antal"] for row in rows][-3:] == [59, 59, "Ja"]
    assert [row["Antal"] for row in cells][-3:] == [1818, 1818, "Ja"]
    assert missing[2] == {
        "Fråga": "Störst värde",
        "Fick frågan": 54,
        "Svarade": 52,
        "Lämnade tomt": 2,
        "Andel tomma": pytest.approx(2 / 54),
    }
    assert [(row["Antal"], row["Vad som räknas"]) for row in conflicts] == [
        (2, "medelvärdet av båda"),
        (1, "tjänstepersonens svar"),
    ]
    broken = quality | {"accounting": Accounting((("counted", 1),), (), 2, 0)}
    write_tables(tmp_path / "b.xlsx", estimates=estimates, means=means, survey=survey(), **broken)
    assert tables(openpyxl.load_workbook(tmp_path / "b.xlsx")["Kvalitet"])[1][-1]["Antal"] == "Nej"


def test_the_quality_sheet_lists_what_was_left_behind(
    tmp_path: Path, estimates: pd.DataFrame, means: pd.DataFrame, quality: dict[str, Any]
) -> None:
    """By heading with the number of cells, so that a question left behind is seen."""
    left = quality | {
        "accounting": Accounting((("counted", 1),), (("personal", 7),), 1, 7, (("Status", 4), ("koden ”-99”", 3)))
    }
    write_tables(tmp_path / "l.xlsx", estimates=estimates, means=means, survey=survey(), **left)
    assert {"Vad": "Status", "Celler": 4} in tables(openpyxl.load_workbook(tmp_path / "l.xlsx")["Kvalitet"])[3]


def test_example_data_is_stamped_on_every_sheet_and_printed_page(book: Any) -> None:
    """First row and print header."""
    for sheet in book:
        assert sheet["A1"].value == STAMP
        assert STAMP in sheet.oddHeader.left.text


def test_real_answers_carry_no_stamp(
    tmp_path: Path, estimates: pd.DataFrame, means: pd.DataFrame, quality: dict[str, Any]
) -> None:
    """A real workbook is not called an example."""
    write_tables(tmp_path / "r.xlsx", estimates=estimates, means=means, survey=survey(synthetic=False), **quality)
    with zipfile.ZipFile(tmp_path / "r.xlsx") as parts:
        assert not any(b"Exempeldata" in parts.read(name) for name in parts.namelist())


def test_sheets_print_on_a4_with_the_header_row_on_every_page(book: Any) -> None:
    """Landscape, header frozen and repeated, filters on; never so wide that nobody can read it."""
    for sheet in book:
        setup, widths = sheet.page_setup, sheet.column_dimensions.values()
        assert (setup.orientation, int(setup.paperSize)) == ("landscape", 9)
        assert (sheet.sheet_properties.pageSetUpPr.fitToPage, int(setup.fitToHeight)) == (True, 0)
        wide, pages = sum(one.width * (one.max - one.min + 1) for one in widths), int(setup.fitToWidth or 1)
        assert wide / pages < 260 and (pages == 1 or wide > 250)
        assert bool(sheet.print_title_cols) == (pages > 1)
    sheet = book["3 Störst värde"]
    table = next(iter(sheet.tables.values()))
    top = sheet[table.ref.split(":")[0]].row
    assert sheet.freeze_panes == f"A{top + 1}"
    assert sheet.print_title_rows == f"${top}:${top}"
    assert table.autoFilter is not None


def test_properties_name_no_person_and_the_date_is_the_surveys(book: Any) -> None:
    """Nothing about who made it or when."""
    assert not book.properties.creator
    assert not book.properties.lastModifiedBy
    assert str(book.properties.created) == "2026-02-13 00:00:00"


def test_equal_arguments_give_equal_bytes(
    tmp_path: Path, estimates: pd.DataFrame, means: pd.DataFrame, quality: dict[str, Any]
) -> None:
    """Two runs make the same file."""
    for name in ("a.xlsx", "b.xlsx"):
        write_tables(tmp_path / name, estimates=estimates, means=means, survey=survey(), **quality)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_an_empty_year_is_still_a_workbook(tmp_path: Path, estimates: pd.DataFrame, means: pd.DataFrame) -> None:
    """No answers at all: read-me and quality say so."""
    write_tables(
        tmp_path / "t.xlsx",
        estimates=estimates.head(0),
        means=means.head(0),
        survey=survey(),
        response=(0, 0),
        accounting=Accounting((), (), 0, 0),
        item_nonresponse=pd.DataFrame(columns=["item", "asked", "answered", "missing"]),
        conflicts=pd.DataFrame(columns=["member_id", "item", "rule"]),
        problems=(),
    )
    book = openpyxl.load_workbook(tmp_path / "t.xlsx")
    assert book.sheetnames == ["Läs mig", "Kvalitet", "Att känna till"]
    assert tables(book["Kvalitet"])[0][2]["Värde"] == ".."


def test_a_number_that_is_missing_is_two_dots(
    tmp_path: Path, estimates: pd.DataFrame, means: pd.DataFrame, quality: dict[str, Any]
) -> None:
    """A mean of one answer has no interval; the cell is neither empty nor zero."""
    alone = means.assign(low=float("nan"))
    assert isnan(alone["low"].iloc[0])
    write_tables(tmp_path / "t.xlsx", estimates=estimates, means=alone, survey=survey(), **quality)
    row = tables(openpyxl.load_workbook(tmp_path / "t.xlsx")["5 Nöjdhet"])[0][0]
    assert (row["Osäkerhet från"], row["Osäkerhet till"]) == ("..", 8.25)


def test_the_response_does_not_rest_on_what_is_shown(
    tmp_path: Path, estimates: pd.DataFrame, means: pd.DataFrame, quality: dict[str, Any]
) -> None:
    """With every total hidden the workbook says the same as the page: 50 of 80 municipalities, without regions."""
    hidden = estimates.assign(base=float("nan"), count=float("nan"), suppressed=True)
    write_tables(tmp_path / "t.xlsx", estimates=hidden, means=means, survey=survey(), **quality)
    book = openpyxl.load_workbook(tmp_path / "t.xlsx")
    assert [row["Värde"] for row in tables(book["Kvalitet"])[0]] == [80, 50, 0.625, 30, 0.375]
    assert "50 av 80 kommuner svarade" in " ".join(str(row[0].value) for row in book["Läs mig"].iter_rows(max_row=6))
