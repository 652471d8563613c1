"""Whatever a file holds, the answer is an Export that accounts for every cell, or problems; never an exception."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sekom_survey.asked.questionnaire import read_survey
from sekom_survey.collected import READERS, read_export
from sekom_survey.model import Problem
from sekom_survey.upkeep.draft import draft_survey
from sekom_survey.upkeep.inspect import inspect_file, inspection_lines
from tests.fuzzing import FUZZ

from .files import FORMS_HEAD

WORDS = st.sampled_from(
    [
        *FORMS_HEAD,
        "Start time",
        "Completion time",
        "Timestamp",
        "Response ID",
        "submitdate",
        "lastpage",
        "seed",
        "Respondent ID",
        "StartDate",
        "EndDate",
        "Finished",
        "IPAddress",
        '{"ImportId":"QID1_1"}',
        "Q1[SQ1]",
        "Q1[other]",
        "Fråga [a]",
        "Fråga [b]",
        "Fråga - Other - Text",
        "Points - Fråga",
        "Response",
        "Ja",
        "Nej",
        "Yes",
        "N/A",
        "None",
        "1",
        "0",
        "10",
        "A;B;",
        "2026-02-03 12:58",
        "12/24/2019 8:41",
        "anonymous",
        "",
        "-99",
        "=1+1",
        "Other (please specify)",
        "rut@ekby.example",
        "99999",
        "45349.5",
        "x" * 500,
        "rad\nbrytning",
        "[",
        "]",
        " - ",
        "Ã¥",
        "\u00a0",
    ]
)
CELLS = st.one_of(WORDS, st.text(max_size=12))
TABLES = st.lists(st.lists(CELLS, min_size=1, max_size=9), min_size=1, max_size=7)
OPTIONS = st.fixed_dictionaries(
    {},
    optional={
        "header_rows": st.integers(0, 3),
        "missing": st.just({"-99": "unanswered", "N/A": "not_shown"}),
        "drop": st.just(["Fråga"]),
        "separator": st.sampled_from([";", ","]),
        "headings": st.just({"ID": "Fråga [c]"}),
        "delimiter": st.sampled_from([",", ";", "\t"]),
    },
)


def examine(path: Path, data: bytes, reader: str | None = None, options: dict[str, object] | None = None) -> None:
    path.write_bytes(data)
    found, problems = read_export(path, path.name, reader, options)
    assert all(isinstance(problem, Problem) for problem in problems)
    assert "cells_lost" not in {problem.code for problem in problems}
    if found is None:
        assert any(problem.level == "error" for problem in problems)
        return
    assert found.cells.rows == len(found.rows) > 0
    assert len(found.headers) == len(found.cells.columns)
    assert all(isinstance(cell, str) for column in found.cells.columns for cell in column)
    assert found.rows["date"].str.fullmatch(r"(\d{4}-\d\d-\d\d)?").all()


def as_csv(table: list[list[str]], mark: str) -> bytes:
    target = io.StringIO(newline="")
    csv.writer(target, delimiter=mark).writerows(table)
    return target.getvalue().encode("utf-8", "replace")


@pytest.fixture(scope="module")
def workbook() -> bytes:
    book = openpyxl.Workbook()
    book.active.append([*FORMS_HEAD, "Fråga"])
    book.active.append([1, datetime(2026, 2, 3), datetime(2026, 2, 3), "anonymous", "", "", "Svar"])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


@FUZZ
@given(
    data=st.binary(max_size=400),
    start=st.sampled_from(
        [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"$FL2", b"\xff\xfe", b"\xef\xbb\xbf", b"sep="]
    ),
)
def test_any_bytes(tmp_path: Path, data: bytes, start: bytes) -> None:
    """Garbage, with and without the marks of known formats."""
    examine(tmp_path / "fil.xlsx", start + data)


@FUZZ
@given(table=TABLES, mark=st.sampled_from([",", ";", "\t"]), reader=st.sampled_from([None, *READERS]), options=OPTIONS)
def test_any_table(
    tmp_path: Path, table: list[list[str]], mark: str, reader: str | None, options: dict[str, object]
) -> None:
    """Cells of all platforms mixed, read by every reader."""
    examine(
        tmp_path / "fil.csv",
        as_csv(table, mark),
        reader,
        options if reader == "generic" else {k: v for k, v in options.items() if k != "header_rows"},
    )


@FUZZ
@given(table=TABLES, cut=st.integers(0, 400), insert=st.binary(max_size=8), at=st.integers(0, 400))
def test_any_damaged_csv(tmp_path: Path, table: list[list[str]], cut: int, insert: bytes, at: int) -> None:
    """Cut short, or with bytes put in."""
    data = as_csv([[*FORMS_HEAD, "Fråga"], *table], ",")
    examine(tmp_path / "fil.csv", (data[:at] + insert + data[at:])[: max(1, len(data) - cut)])


@FUZZ
@given(changes=st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), min_size=1, max_size=6))
def test_any_damaged_workbook(tmp_path: Path, workbook: bytes, changes: list[tuple[int, int]]) -> None:
    """Bytes changed anywhere in the archive."""
    data = bytearray(workbook)
    for place, value in changes:
        data[place % len(data)] = value
    examine(tmp_path / "fil.xlsx", bytes(data))


@FUZZ
@given(
    part=st.sampled_from(
        [
            "xl/workbook.xml",
            "xl/worksheets/sheet1.xml",
            "xl/styles.xml",
            "xl/_rels/workbook.xml.rels",
            "[Content_Types].xml",
        ]
    ),
    changes=st.lists(
        st.tuples(
            st.integers(0, 10**6), st.sampled_from([b"", b"9", b"A", b'"', b"<", b">", b"-", b"</c>", b"&#0;", b"r"])
        ),
        min_size=1,
        max_size=4,
    ),
)
def test_any_damaged_part(tmp_path: Path, workbook: bytes, part: str, changes: list[tuple[int, bytes]]) -> None:
    """Bytes changed inside the XML of a sound archive."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for place, value in changes:
        spot = place % len(parts[part])
        parts[part] = parts[part][:spot] + value + parts[part][spot + 1 :]
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    examine(tmp_path / "fil.xlsx", target.getvalue())


@FUZZ
@given(table=TABLES, mark=st.sampled_from([",", ";"]))
def test_any_table_can_be_inspected_and_drafted(tmp_path: Path, table: list[list[str]], mark: str) -> None:
    """What is told can be told, and the draft is a questionnaire that can be read."""
    (tmp_path / "fil.csv").write_bytes(as_csv(table, mark))
    found, problems = inspect_file(tmp_path / "fil.csv", "fil.csv")
    if found is not None:
        assert inspection_lines(found, problems)
        (tmp_path / "survey.toml").write_text(draft_survey(found), encoding="utf-8")
        survey, faults = read_survey(tmp_path / "survey.toml", "survey.toml")
        assert survey is not None, (faults, draft_survey(found))
