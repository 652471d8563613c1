"""What is no table is told by its own sentence before anything is counted; ods, xls, zsav and an archive with one export are read."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import pandas as pd
import pyreadstat
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font, PatternFill

from sekom_survey.asked.load import find_export
from sekom_survey.collected import read_export
from sekom_survey.collected.ods_guard import safe_ods
from sekom_survey.collected.xlsx_guard import Refused

from .files import XML, altered_zip, archive, column, noticed, ods, ods_row, read, refused, save_csv, save_xlsx

OLD = Path(__file__).parents[1] / "data" / "old.xls"  # invented answers, saved by LibreOffice
ROWS = [
    ["Tidstämpel", "Kommun", "Fritt"],
    ["2026-02-03 12:00:00", "Alby", "bra"],
    ["2026-02-04 12:00:00", "Bärby", "låt stå"],
]
CELLS = "".join("<tr>" + "".join(f"<td>{cell}</td>\n" for cell in row) + "</tr>\n" for row in ROWS)
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
KINDS = {
    "html in one line": (f"<html><body><table>{CELLS}</table>".replace("\n", ""), "file_html"),
    "html with line ends": (f"\n<!DOCTYPE HTML>\n<html>\n<table>{CELLS}</table>", "file_html"),
    "only a table": (f"<table border=1>{CELLS}</table>", "file_html"),
    "html as xml": (f"{XML}<html xmlns='http://www.w3.org/1999/xhtml'><table>{CELLS}</table></html>", "file_html"),
    "a web archive": (f"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n{CELLS}", "file_html"),
    "SpreadsheetML": (f'{XML}<?mso-application progid="Excel.Sheet"?>\n<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">', "file_spreadsheetml"),
    "fods": (f'{XML}<office:document office:mimetype="application/vnd.oasis.opendocument.spreadsheet">', "file_flat_ods"),
    "other xml": (f"{XML}<svar><rad/></svar>", "file_xml"),
    "json of objects": ('[\n {\n  "Kommun": "Alby"\n }\n]', "file_json"),
    "json of lists": ('[["Kommun","Fritt"],["Alby","bra"]]', "file_json"),
    "one object": ('{"responses": [{"Kommun": "Alby"}]}', "file_json"),
    "pdf": ("%PDF-1.7\n1 0 obj", "file_pdf"),
    "rtf": ("{\\rtf1\\ansi Kommun}", "file_document"),
    "gz": ("\x1f\x8b\x08", "file_packed"),
    "rar": ("Rar!\x1a\x07", "file_packed"),
}  # fmt: skip


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("ending", ["xls", "csv"])
def test_what_is_no_table_is_told_whatever_it_is_called(tmp_path: Path, name: str, ending: str) -> None:
    """Before anything is counted, with what to do."""
    text, code = KINDS[name]
    path = tmp_path / f"e.{ending}"
    path.write_bytes(text.encode("latin-1"))
    assert refused(path).code == code


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        (("xl/workbook.bin", "[Content_Types].xml"), "file_xlsb"),
        (("Index/Document.iwa", "Metadata/Properties.plist"), "file_numbers"),
        (("word/document.xml", "[Content_Types].xml"), "file_document"),
        (("a.csv", "b.csv"), "file_not_workbook"),
        (("bild.png",), "file_not_workbook"),
        (("inre.zip",), "file_not_workbook"),
    ],
)
def test_an_archive_is_told_by_what_lies_in_it(tmp_path: Path, parts: tuple[str, ...], code: str) -> None:
    """A binary workbook, Numbers, a document, several exports or none."""
    problem = refused(archive(tmp_path / "e.zip", dict.fromkeys(parts, b"Kommun;Fritt\nAlby;bra\n")))
    assert problem.code == code
    assert (problem.where == "a.csv, b.csv") == ("a.csv" in parts)


@pytest.mark.parametrize("inner", ["Formulär.csv", "mapp/svar.xlsx"])
def test_an_archive_with_one_export_is_read(tmp_path: Path, inner: str) -> None:
    """As Google sends it; what a Mac adds does not count."""
    made = (
        save_csv(tmp_path / "a.csv", ROWS) if inner.endswith("csv") else save_xlsx(tmp_path / "a.xlsx", {"Blad": ROWS})
    )
    parts = {inner: made.read_bytes(), "__MACOSX/._Formulär.csv": b"x", "mapp/": b"", ".DS_Store": b"x"}
    assert column(read(archive(tmp_path / "e.zip", parts)), "Fritt") == ["bra", "låt stå"]


def test_an_ods_is_read_as_a_workbook_and_its_hidden_rows_are_told(tmp_path: Path) -> None:
    """Empty rows repeated to the end of the sheet cost nothing."""
    rows = ods_row(ROWS[0]) + ods_row(ROWS[1], ' table:visibility="filter"') + ods_row(ROWS[2])
    path = archive(
        tmp_path / "e.ods",
        ods(rows + '<table:table-row table:number-rows-repeated="1048573"><table:table-cell/></table:table-row>'),
    )
    assert column(read(path), "Fritt") == ["bra", "låt stå"]
    assert noticed(path) == ["rows_hidden"]


def test_a_cell_in_percent_in_an_ods_is_read_as_it_is_shown(tmp_path: Path) -> None:
    """Rows and cells that stand for several too; a number beside it that is no percent is a number."""
    share = '<table:table-cell office:value-type="percentage" office:value="0.125"{}><text:p>13%</text:p></table:table-cell>'
    number = (
        '<table:table-cell office:value-type="float" office:value="0.125"><text:p>0,125</text:p></table:table-cell>'
    )
    cells = share.format(' table:number-columns-repeated="2"') + number
    rows = (
        ods_row(["Andel", "Del", "Tal"]) + f'<table:table-row table:number-rows-repeated="3">{cells}</table:table-row>'
    )
    found = read(archive(tmp_path / "e.ods", ods(rows)), "generic")
    assert [column(found, name) for name in ("Andel", "Del", "Tal")] == [["12,5 %"] * 3, ["12,5 %"] * 3, ["0.125"] * 3]


@pytest.mark.parametrize(
    ("rows", "manifest", "code"),
    [
        (ods_row(["a"], ' table:number-rows-repeated="90000000"'), "", "too_large"),
        ('<table:table-row table:number-rows-repeated="1000000"><table:table-cell/></table:table-row>' + ods_row(["a", "b", "c"]), "", "too_large"),
        (ods_row(["a" * 600], ' table:number-rows-repeated="100000"'), "", "too_large"),
        (ods_row(["a"]), "<manifest:encryption-data/>", "encrypted"),
    ],
)  # fmt: skip
def test_an_ods_that_swells_or_is_locked_is_refused(tmp_path: Path, rows: str, manifest: str, code: str) -> None:
    """A repetition counts as often as it stands."""
    with pytest.raises(Refused) as stop:
        safe_ods(archive(tmp_path / "e.ods", ods(rows, manifest)).read_bytes())
    assert stop.value.code == code
    parts = ods(ods_row(["a"]))
    parts["content.xml"] = parts["content.xml"].replace(b'"1.0"?>', b'"1.0"?><!DOCTYPE x [<!ENTITY a "b">]>')
    with pytest.raises(Refused):
        safe_ods(archive(tmp_path / "d.ods", parts).read_bytes())


def test_a_compressed_sav_is_read_and_is_an_export(tmp_path: Path) -> None:
    """In the check as in inspect."""
    (tmp_path / "export").mkdir()
    pyreadstat.write_sav(pd.DataFrame({"kommun": ["Alby"]}), tmp_path / "export" / "e.zsav", compress=True)
    found, problems = find_export(tmp_path / "export", "export")
    assert problems == []
    assert found is not None
    assert read(found).platform == "spss"


@pytest.mark.parametrize("name", ["Thumbs.db", "desktop.ini", ".DS_Store", "~$svar.xlsx"])
def test_what_a_system_leaves_behind_is_no_export(tmp_path: Path, name: str) -> None:
    """Beside the one that is."""
    (tmp_path / name).write_bytes(b"x")
    assert find_export(save_csv(tmp_path / "svar.csv", ROWS).parent, "export") == (tmp_path / "svar.csv", [])


def marked_workbook(path: Path) -> Path:
    """A workbook with a hidden row, one struck through, and a coloured cell on the last row of the sheet."""
    save_xlsx(path, {"Blad": [*ROWS, ["2026-02-05 12:00:00", "Ceby", "nej"]]})
    book = openpyxl.load_workbook(path)
    sheet = book["Blad"]
    sheet.row_dimensions[2].hidden = True
    for cell in sheet[4]:
        cell.font = Font(strike=True)
    sheet.cell(1_048_576, 3).fill = PatternFill("solid", fgColor="FFFF00")
    book.save(path)
    return path


def test_hidden_and_struck_rows_are_told_and_counted_and_a_coloured_cell_is_no_cell(tmp_path: Path) -> None:
    """People hide, filter and strike through what they think does not count."""
    path = marked_workbook(tmp_path / "e.xlsx")
    export, problems = read_export(path, "e.xlsx")
    assert export is not None
    assert len(export.rows) == 3
    assert [(p.code, p.where, p.found) for p in problems] == [
        ("rows_hidden", "rad 2", "En rad är dold i kalkylbladet; den räknas."),
        ("rows_struck", "rad 4", "En rad har överstruken text i kalkylbladet; den räknas."),
    ]


def test_words_struck_through_within_an_answer_are_told(tmp_path: Path) -> None:
    """Shared or in the cell itself; a run that says it is not struck through is not."""
    path = tmp_path / "e.xlsx"
    book = openpyxl.Workbook()
    for row in ROWS:
        book.active.append(row)
    book.active["C3"] = CellRichText("låt ", TextBlock(InlineFont(strike=True), "inte "), "stå")
    book.active["C2"] = CellRichText("b", TextBlock(InlineFont(strike=False), "ra"))
    book.save(path)
    assert column(read(path), "Fritt") == ["bra", "låt inte stå"]
    assert [(p.code, p.where) for p in read_export(path, "e.xlsx")[1]] == [("rows_struck", "rad 3")]
    plain = save_xlsx(tmp_path / "s.xlsx", {"Blad": ROWS})
    sheet = zipfile.ZipFile(plain).read("xl/worksheets/sheet1.xml")
    parts = {
        "xl/worksheets/sheet1.xml": sheet.replace(b't="inlineStr"><is><t>bra</t></is>', b't="s"><v>0</v>'),
        "xl/sharedStrings.xml": f'{XML}<sst xmlns="{MAIN}"><si><r><rPr><strike/></rPr><t>br</t></r><r><t>a</t></r></si></sst>'.encode(),
    }
    shared = altered_zip(plain, tmp_path / "t.xlsx", parts)
    assert column(read(shared), "Fritt")[0] == "bra"
    assert [(p.code, p.where) for p in read_export(shared, "t.xlsx")[1]] == [("rows_struck", "rad 2")]
    assert noticed(plain) == []


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_hidden_columns_that_hold_answers_are_told_and_read(tmp_path: Path, kind: str) -> None:
    """An empty one beside the table is not."""
    path = tmp_path / f"e.{kind}"
    if kind == "xlsx":
        save_xlsx(path, {"Blad": ROWS})
        book = openpyxl.load_workbook(path)
        for letter in "BCH":
            book["Blad"].column_dimensions[letter].hidden = True
        book.save(path)
    else:
        hidden = '<table:table-column/><table:table-column table:visibility="collapse" table:number-columns-repeated="16383"/>'
        archive(path, ods(hidden + "".join(map(ods_row, ROWS))))
    assert column(read(path), "Fritt") == ["bra", "låt stå"]
    assert [(p.code, p.where, p.found) for p in read_export(path, path.name)[1]] == [
        ("columns_hidden", "kolumn B, C", "2 kolumner är dolda i kalkylbladet; de läses som de andra.")
    ]


def test_an_old_workbook_is_read(tmp_path: Path) -> None:
    """xls through the same library; one that is none is told."""
    path = tmp_path / "e.xls"
    path.write_bytes(OLD.read_bytes())
    assert column(read(path), "Fritt") == ["bra", "låt stå"]
    assert noticed(path) == ["marks_unseen"]
    path.write_bytes(OLD.read_bytes()[:600])
    assert refused(path).code == "xls_old"
