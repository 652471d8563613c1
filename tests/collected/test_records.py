"""Text parted as whole arrays gives what the csv module gives, or is left to it."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sekom_survey.collected import delimited
from sekom_survey.collected.delimited import cells, records
from sekom_survey.collected.grid import clean_text
from sekom_survey.collected.options import Options
from sekom_survey.collected.table import SheetRows, gathered

LOOSE = st.text(alphabet='ab,;"\r\n é\ufeff', max_size=40)
TIDY = st.lists(st.lists(st.text(alphabet='a,"\n é', max_size=6), min_size=1, max_size=4), max_size=8)


def by_module(text: str) -> SheetRows | None:
    """The rows as the csv module parts them, None when it refuses."""
    try:
        return gathered(
            [clean_text(cell) for cell in row] for row in csv.reader(io.StringIO(text, newline=""), strict=True)
        )
    except csv.Error:
        return None


def by_arrays(text: str, tmp: Path) -> SheetRows | None:
    """The rows as a file is parted."""
    path = tmp / "svar.csv"
    path.write_text(text, encoding="utf-8", newline="")
    try:
        return delimited.delimited_table(path, Options(delimiter=",", encoding="utf-8"))[0]
    except delimited.Unparted:
        return None


def written(table: list[list[str]]) -> str:
    """A table as the csv module writes it."""
    target = io.StringIO()
    csv.writer(target).writerows(table)
    return target.getvalue()


@pytest.fixture(params=[3, 4_000_000])
def piece(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    """How much of a file is read at once."""
    monkeypatch.setattr(delimited, "PIECE", request.param)
    return request.param


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for all the files."""
    return tmp_path_factory.mktemp("records")


@pytest.mark.usefixtures("piece")
@pytest.mark.parametrize("texts", [LOOSE, TIDY.map(written)], ids=["loose", "tidy"])
def test_cells_are_those_of_the_csv_module(texts: st.SearchStrategy[str], place: Path) -> None:
    """Whatever the quotes, line ends, blank lines and lengths of rows; a faulty file is refused by both."""

    @settings(max_examples=150)
    @given(text=texts)
    def holds(text: str) -> None:
        wanted, found = by_module(text.removeprefix("\ufeff")), by_arrays(text, place)
        assert (found is None) == (wanted is None)
        if found is not None and wanted is not None:
            assert list(found) == list(wanted)

    holds()


@pytest.mark.parametrize(
    "text",
    [
        'a,b"c,d\n',
        '"a" ,b\n',
        'a,"b"c\n',
        "a\rb\n",
        '"a,b\n\n',
        "a" * 140_000 + ",b\n",
        "," * 20_000 + "\n",
        "," * 5_000 + "\n" + "a\n" * 5_000,
    ],
)
def test_what_is_not_tidy_is_left_to_the_csv_module(text: str) -> None:
    """A quote inside a cell or without its pair, an odd line end, a cell or a row too long."""
    found = records(text.encode(), ord(","))
    assert found is None or not found.size


def test_a_text_that_ends_between_the_two_signs_of_a_line_end_is_tidy() -> None:
    """The rest of it comes with the next piece."""
    found = records(b"a,b\r\nc,d\r", ord(","))
    assert found is not None
    assert found.size == len(b"a,b\r\n")


def test_a_quoted_line_break_does_not_end_a_record() -> None:
    """Nor does a delimiter in quotes part a cell."""
    data = b'a,"b\n""c"", d"\nlast'
    found = records(data, ord(","))
    assert found is not None
    assert data[found.size :] == b"last"
    assert cells(data, found, ",") == [["a"], ['b\n"c", d']]


@pytest.mark.usefixtures("piece")
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_declared_delimiter_is_no_record(place: Path, encoding: str) -> None:
    """Its line is counted; whatever the encoding and however little is read at once."""
    path = place / "deklarerad.csv"
    path.write_bytes("sep=;\r\nå;b\r\n1;2\r\n".encode(encoding))
    table, damaged = delimited.delimited_table(path, Options())
    assert list(table) == [(2, ("å", "b")), (3, ("1", "2"))]
    assert not damaged


@pytest.mark.usefixtures("piece")
def test_damaged_letters_are_seen_where_pieces_meet(place: Path) -> None:
    """Two letters in place of one, each in its piece."""
    path = place / "skadad.csv"
    for before in ("", "x", "xy"):
        path.write_bytes(f"a,b\n{before}Ã¥,1\n".encode())
        assert delimited.delimited_table(path, Options())[1]
