"""Files that are broken, locked, hostile or no export at all give one clear problem; the others open."""

from __future__ import annotations

import io
import os
import struct
import zipfile
from datetime import datetime
from pathlib import Path

import pytest
import xlsxwriter

from sekom_survey.collected import delimited, read_export, xlsx_guard
from sekom_survey.collected.workbook import workbook_sheets
from sekom_survey.collected.xlsx_guard import Refused, safe_workbook

from .files import FORMS_HEAD, altered_zip, column, noticed, read, refused, save_csv, save_xlsx

MOMENT = datetime(2026, 2, 3, 12, 58, 1)
ROWS = [[*FORMS_HEAD, "Åsikt"], [1, MOMENT, MOMENT, "anonymous", "", "", "Ärligt öppet"]]
TEXT_ROWS = [
    [*FORMS_HEAD, "Åsikt", "Fråga, två"],
    ["1", "2026-02-03 12:58", "2026-02-03 13:00", "anonymous", "", "", "Ärligt öppet", "å, ä; ö"],
]
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return save_xlsx(tmp_path / "bok.xlsx", {"Sheet1": ROWS})


def written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file_empty"),
        (b"\r\n\r\n", "file_empty"),
        (b"\xef\xbb\xbf", "file_empty"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "file_encrypted"),
        (OLE + "Workbook".encode("utf-16-le"), "xls_old"),
        (b"PK\x03\x04" + bytes(300), "file_broken"),
        (bytes(range(256)) * 20, "file_not_text"),
        (b"%PDF-1.7\n" + bytes([200, 1, 2, 3, 14, 130]) * 500, "file_pdf"),
        (b"\xff\xfe\x00\xd8\x00\xd8", "file_not_text"),
        (b"$FL2 is no SPSS file", "file_broken"),
        (b"hello", "platform_unknown"),
    ],
)
def test_what_is_no_export_is_refused_with_its_reason(tmp_path: Path, data: bytes, code: str) -> None:
    """Each sort of wrong file has its own problem, whatever it is called."""
    assert refused(written(tmp_path / "fil.xlsx", data)).code == code


def test_a_truncated_workbook_is_refused_wherever_it_was_cut(book: Path, tmp_path: Path) -> None:
    """No cut lets half a workbook pass for a whole one."""
    data = book.read_bytes()
    for size in range(4, len(data), len(data) // 25):
        assert refused(written(tmp_path / "kapad.xlsx", data[:size])).code == "file_broken"


def test_a_zip_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    """An archive needs xl/workbook.xml."""
    with zipfile.ZipFile(tmp_path / "bilder.zip", "w") as archive:
        archive.writestr("bild.png", "hej")
    assert refused(tmp_path / "bilder.zip").code == "file_not_workbook"


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    """Neither can be opened."""
    assert refused(tmp_path / "saknas.xlsx").code == "file_missing"
    assert refused(tmp_path).code == "file_missing"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may read everything")
def test_a_file_without_right_to_read_is_refused(book: Path) -> None:
    """The reason is that it cannot be opened."""
    book.chmod(0)
    assert refused(book).code == "file_unreadable"


@pytest.mark.parametrize(("head", "megabytes"), [(b"PK", 41), (b"$FL2", 50), (b"Fr", 1_801), (b"Fr", 2_000)])
def test_a_file_that_is_too_large_is_refused_unread(tmp_path: Path, head: bytes, megabytes: int) -> None:
    """The size is looked at before anything is read: 40 megabytes for a workbook, 1,800 for text."""
    with (tmp_path / "stor.csv").open("wb") as file:
        file.write(head)
        file.truncate(megabytes * 1_000_000)
    problem = refused(tmp_path / "stor.csv")
    assert problem.code == "file_too_large"
    assert str(megabytes) in problem.found


def test_a_zip_bomb_is_refused_by_its_declared_size(book: Path, tmp_path: Path) -> None:
    """300 MB of nothing packs to 300 kB; nothing of it is unpacked."""
    bomb = altered_zip(book, tmp_path / "bomb.xlsx", {"xl/media/tom.bin": bytes(60_000_000)})
    assert bomb.stat().st_size < 200_000
    assert refused(bomb).code == "file_too_large"


def test_a_zip_that_lies_about_its_sizes_is_refused(book: Path, tmp_path: Path) -> None:
    """A part that unpacks to more than declared fails its check sum."""
    bomb = altered_zip(book, tmp_path / "bomb.xlsx", {"xl/worksheets/sheet1.xml": b"<worksheet>" + bytes(3_000_000)})
    data = bytearray(bomb.read_bytes())
    for mark, offset in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        place = -1
        while (place := data.find(mark, place + 1)) >= 0:
            if struct.unpack_from("<I", data, place + offset)[0] > 1_000_000:
                struct.pack_into("<I", data, place + offset, 500)
    assert refused(written(tmp_path / "lögn.xlsx", bytes(data))).code == "file_broken"


@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"]
)
def test_xml_entities_are_refused_in_every_part_that_is_read(book: Path, tmp_path: Path, part: str) -> None:
    """A DOCTYPE is refused before an entity can grow or fetch a file."""
    evil = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><worksheet>&a;</worksheet>'
    assert refused(altered_zip(book, tmp_path / "ent.xlsx", {part: evil})).code == "file_entities"


@pytest.mark.parametrize(
    "sheet",
    [
        b'<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>',
        b'<worksheet><sheetData><row r="1048576"><c r="XFD1"><v>1</v></c></row></sheetData></worksheet>',
    ],
)
def test_a_cell_in_the_far_corner_is_refused_instead_of_filling_memory(
    book: Path, tmp_path: Path, sheet: bytes
) -> None:
    """The box around all cells decides, since the library makes room for every cell in it."""
    assert (
        refused(altered_zip(book, tmp_path / "hörn.xlsx", {"xl/worksheets/sheet1.xml": sheet})).code == "file_too_large"
    )


def test_a_long_text_used_in_very_many_cells_is_refused(monkeypatch: pytest.MonkeyPatch, book: Path) -> None:
    """Shared texts are counted once for every cell that shows them."""
    monkeypatch.setattr(xlsx_guard, "MAX_CHARACTERS", 50)
    with pytest.raises(Refused, match="too_large"):
        safe_workbook(book.read_bytes())


def test_only_the_parts_with_cells_are_opened(book: Path, tmp_path: Path) -> None:
    """Macros, links to other files and pictures never reach the library that reads."""
    full = altered_zip(
        book,
        tmp_path / "makro.xlsm",
        {
            "xl/vbaProject.bin": b"macro",
            "xl/externalLinks/externalLink1.xml": b"<x/>",
            "xl/media/bild.png": b"x",
            "customXml/item1.xml": b"<!DOCTYPE a><a/>",
        },
    )
    with zipfile.ZipFile(io.BytesIO(safe_workbook(full.read_bytes())[0])) as archive:
        names = archive.namelist()
    assert not [name for name in names if "vba" in name or "external" in name or "media" in name or "custom" in name]
    assert read(full).headers == ("Åsikt",)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252", "mac_roman"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_any_usual_encoding_and_delimiter_gives_the_same_answers(tmp_path: Path, encoding: str, mark: str) -> None:
    """Swedish letters survive however the file was saved."""
    export = read(save_csv(tmp_path / "svar.csv", TEXT_ROWS, mark, encoding))
    assert export.headers == ("Åsikt", "Fråga, två")
    assert list(export.cells.table.iloc[0]) == ["Ärligt öppet", "å, ä; ö"]


def test_a_stated_encoding_is_used_and_a_wrong_one_is_told(tmp_path: Path) -> None:
    """The year's file can say what the file is, and a lie is found out."""
    path = save_csv(tmp_path / "svar.csv", TEXT_ROWS, encoding="cp1252")
    assert column(read(path, encoding="cp1252"), "Åsikt") == ["Ärligt öppet"]
    assert refused(path, encoding="utf-8").code == "file_encoding"


def test_a_sep_line_counts_as_a_row_and_gives_the_delimiter(tmp_path: Path) -> None:
    """Excel shows the line, so row numbers count it."""
    path = save_csv(tmp_path / "svar.csv", TEXT_ROWS, "|")
    export = read(written(tmp_path / "sep.csv", b"sep=|\r\n" + path.read_bytes()))
    assert list(export.rows["row"]) == [3]


def test_a_quote_that_never_closes_is_an_error(tmp_path: Path) -> None:
    """Otherwise the rest of the file would vanish into one cell."""
    path = save_csv(tmp_path / "svar.csv", [*TEXT_ROWS, *TEXT_ROWS[1:]])
    assert (
        refused(written(path, path.read_bytes().replace("Ärligt".encode(), '"Ärligt'.encode(), 1))).code
        == "file_quotes"
    )


def test_a_row_with_too_many_cells_is_an_error(tmp_path: Path) -> None:
    """A loose delimiter in an answer has shifted it."""
    path = save_csv(tmp_path / "svar.csv", [TEXT_ROWS[0], [*TEXT_ROWS[1], "över"]])
    problem = refused(path)
    assert (problem.code, problem.where) == ("row_too_long", "rad 2")


def test_a_row_with_too_few_cells_is_told(tmp_path: Path) -> None:
    """The file may have been cut off."""
    assert noticed(save_csv(tmp_path / "svar.csv", [TEXT_ROWS[0], TEXT_ROWS[1][:7]])) == ["row_too_short"]


def test_letters_damaged_by_an_earlier_saving_are_told(tmp_path: Path) -> None:
    """UTF-8 once read as cp1252 shows as Ã¥."""
    rows = [[*FORMS_HEAD, "Fråga"], [*TEXT_ROWS[1][:6], "Ã…re Ã¤r bra"]]
    assert noticed(save_csv(tmp_path / "svar.csv", rows)) == ["letters_damaged"]


def test_too_many_rows_cells_or_texts_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A csv of line breaks, of delimiters alone or of ever new texts would fill the memory."""
    assert refused(written(tmp_path / "rader.csv", b"\n" * 60_000)).code == "file_empty"
    monkeypatch.setattr(delimited, "MAX_LINES", 50_000)
    assert refused(written(tmp_path / "rader.csv", b"\n" * 60_000)).code == "file_too_large"
    monkeypatch.setattr(delimited, "MAX_CHARACTERS", 500_000)
    texts = "".join(f"svar {number};{number}\n" for number in range(4_000)).encode()
    assert refused(written(tmp_path / "texter.csv", texts)).code == "file_too_large"
    assert refused(written(tmp_path / "celler.csv", b"a" + b"," * 2_100_000)).code == "file_too_large"


def test_the_sheet_of_the_form_is_chosen_and_the_others_are_counted(tmp_path: Path) -> None:
    """Cells outside the form's sheet are left, told and counted."""
    path = save_xlsx(tmp_path / "bok.xlsx", {"Anteckningar": [["a", "b"], ["", "c"]], "Form1": ROWS, "Tomt": []})
    export = read(path)
    assert noticed(path) == ["sheet_left"]
    assert ("bladet ”Anteckningar”", 3) in export.dropped


def test_two_sheets_that_both_look_like_answers_are_an_error_until_one_is_named(tmp_path: Path) -> None:
    """Nobody but the user knows which one counts."""
    path = save_xlsx(tmp_path / "bok.xlsx", {"Form1": ROWS, "Kopia": ROWS})
    assert refused(path).code == "sheets_several"
    assert len(read(path, sheet="kopia").rows) == 1
    assert refused(path, sheet="Form2").code == "sheet_missing"


@pytest.mark.parametrize("reader", [None, "msforms"])
def test_a_file_without_its_heading_row_is_refused(tmp_path: Path, reader: str | None) -> None:
    """A row of answers never passes for headings."""
    problem = refused(save_xlsx(tmp_path / "bok.xlsx", {"Sheet1": ROWS[1:]}), reader)
    assert (problem.code, problem.where) == ("header_missing", "rad 1")


def test_a_file_with_headings_only_is_refused(tmp_path: Path) -> None:
    """There is nothing to count."""
    assert refused(save_xlsx(tmp_path / "bok.xlsx", {"Sheet1": ROWS[:1]})).code == "no_answers"


def test_an_unknown_platform_lists_what_can_be_read(tmp_path: Path) -> None:
    """The user sees the names to choose from."""
    problem = refused(save_csv(tmp_path / "svar.csv", [["a", "b"], ["1", "2"]]))
    assert problem.code == "platform_unknown"
    for name in ("msforms", "google", "limesurvey", "surveymonkey", "qualtrics", "spss", "generic"):
        assert f"({name})" in problem.todo


def test_an_unknown_reader_is_told_with_the_likely_one(tmp_path: Path) -> None:
    """A misspelling is met with a suggestion."""
    problem = refused(save_csv(tmp_path / "svar.csv", TEXT_ROWS), "msform")
    assert problem.code == "reader_unknown"
    assert "Menade du ”msforms”?" in problem.todo


def test_rows_keep_the_number_they_have_in_the_file(tmp_path: Path) -> None:
    """Empty rows are passed over but counted."""
    path = save_xlsx(tmp_path / "bok.xlsx", {"Sheet1": [ROWS[0], ROWS[1], [""], [""], ROWS[1]]})
    assert list(read(path).rows["row"]) == [2, 5]


@pytest.mark.parametrize(
    "heading", ["Hur, när, var, hur ofta, varför och av vem, i så fall?", "Fråga med\nradbrytning, och komma"]
)
def test_commas_and_line_breaks_in_headings_do_not_mislead_the_delimiter(tmp_path: Path, heading: str) -> None:
    """The delimiter is the one that parts every row alike, whatever the first line holds."""
    path = save_csv(tmp_path / "svar.csv", [[heading, "B"], ["a", "b"], ["c", "d"]], ";")
    assert read(path, "generic").headers == (" ".join(heading.split()), "B")


def test_an_answer_that_excel_took_for_a_formula_is_told(book: Path, tmp_path: Path) -> None:
    """The file no longer holds what was written, so nobody may believe that the cell was empty."""
    sheet = (
        b'<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>Fr\xc3\xa5ga</t></is></c></row>'
        b'<row r="2"><c r="A2" t="e"><v>#NAME?</v></c></row><row r="3"><c r="A3"><f>1+1</f></c></row>'
        b'<row r="4"><c r="A4"><f>1+1</f><v>2</v></c></row></sheetData></worksheet>'
    )
    path = altered_zip(book, tmp_path / "formel.xlsx", {"xl/worksheets/sheet1.xml": sheet})
    found = read_export(path, "formel.xlsx", "msforms")
    assert [(problem.code, problem.where) for problem in found[1]] == [("cell_computed", "A2, A3")]
    assert column(read(path, "msforms"), "Fråga")[-1] == "2"


def test_a_cell_in_percent_is_read_as_it_is_shown(tmp_path: Path) -> None:
    """In its own sheet, and not where a percent sign is only a word of the format; truth values are Swedish too."""
    path = tmp_path / "procent.xlsx"
    with xlsxwriter.Workbook(path) as book:
        formats = [book.add_format({"num_format": code}) for code in ("0%", "0.00%", '0" %"', "General")]
        for name in ("Ett", "Två"):
            sheet = book.add_worksheet(name)
            for column, shape in enumerate(formats):
                sheet.write_number(1, column, 0.625, shape if name == "Två" else None)
            sheet.write_boolean(2, 0, True)
            sheet.write_string(2, 1, "0.5", formats[0])
    sheets, _ = workbook_sheets(path.read_bytes())
    rows = {name: cells for name, cells, _ in sheets}
    assert rows["Två"][1] == ["62,5 %", "62,5 %", "0.625", "0.625"]
    assert rows["Ett"][1] == ["0.625"] * 4
    assert rows["Två"][2][:2] == ["Sant", "0.5"]
