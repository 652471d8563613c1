"""Small files as platforms and spreadsheets write them, made for the tests."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl

from sekom_survey.collected import read_export
from sekom_survey.model import Export, Item, Problem, Questionnaire, SizeClasses, Survey

XML = '<?xml version="1.0"?>\n'
FORMS_HEAD = ["ID", "Starttid", "Slutförandetid", "E-post", "Namn", "Ändrades senast klockan"]


def save_xlsx(path: Path, sheets: Mapping[str, Sequence[Sequence[Any]]]) -> Path:
    """A workbook with the given sheets."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        for cell in (cell for line in sheet.iter_rows() for cell in line if cell.data_type == "f"):
            cell.data_type = "s"
    book.save(path)
    return path


def save_csv(
    path: Path,
    rows: Sequence[Sequence[str]],
    mark: str = ",",
    encoding: str = "utf-8",
    end: str = "\r\n",
    quoting: int = csv.QUOTE_MINIMAL,
) -> Path:
    """A delimited file."""
    target = io.StringIO(newline="")
    csv.writer(target, delimiter=mark, lineterminator=end, quoting=quoting).writerows(rows)
    path.write_bytes(target.getvalue().encode(encoding))
    return path


def archive(path: Path, parts: dict[str, bytes]) -> Path:
    """An archive with the given parts."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in parts.items():
            target.writestr(name, data)
    return path


def ods(rows: str, manifest: str = "<manifest/>") -> dict[str, bytes]:
    """The parts of an ods with the given rows in XML."""
    names = "".join(f' xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"' for short, long in
                    (("office", "office"), ("table", "table"), ("text", "text")))  # fmt: skip
    content = (f'{XML}<office:document-content{names}><office:body><office:spreadsheet><table:table table:name="Blad1">{rows}'
               "</table:table></office:spreadsheet></office:body></office:document-content>")  # fmt: skip
    return {
        "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
        "content.xml": content.encode(),
        "META-INF/manifest.xml": manifest.encode(),
    }


def ods_row(cells: list[str], more: str = "") -> str:
    """A row of texts in an ods."""
    held = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>' for cell in cells
    )
    return f"<table:table-row{more}>{held}</table:table-row>"


def altered_zip(source: Path, target: Path, changes: Mapping[str, bytes]) -> Path:
    """A copy of an archive with parts added or replaced."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in changes:
                new.writestr(name, old.read(name))
        for name, data in changes.items():
            new.writestr(name, data)
    return target


def read(path: Path, reader: str | None = None, **options: object) -> Export:
    """The export of a file that can be read."""
    found, problems = read_export(path, path.name, reader, options)
    assert found is not None, problems
    return found


def refused(path: Path, reader: str | None = None, **options: object) -> Problem:
    """The one problem of a file that cannot be read."""
    found, problems = read_export(path, path.name, reader, options)
    assert found is None
    assert len(problems) == 1
    assert problems[0].level == "error"
    assert problems[0].found
    assert problems[0].todo
    return problems[0]


def noticed(path: Path, reader: str | None = None, **options: object) -> list[str]:
    """The codes of the problems met while a file was read."""
    return [problem.code for problem in read_export(path, path.name, reader, options)[1]]


def survey_with(*items: Item, opened: date = date(2026, 1, 19), closed: date = date(2026, 2, 13)) -> Survey:
    """What survey.toml says where only its questions and dates matter."""
    return Survey(
        2026, "Enkät", "Förening", opened, closed, opened, True, 5, SizeClasses((), ()), (), Questionnaire(items)
    )


def column(export: Export, heading: str) -> list[str]:
    """The cells under a heading."""
    return list(export.cells.columns[export.headers.index(heading)])
