"""Rows added to and taken out of csv files as people and Excel write them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sekom_survey.text.files import read_rows
from sekom_survey.text.rows import add_rows, marked_rows, remove_rows
from sekom_survey.text.table import read_sheet

COLUMNS = ("action", "found", "reason")
ROW = {"action": "match", "found": "Örnvik; norra", "reason": 'Säger "ja"'}


def test_a_file_that_is_not_there_is_begun_as_excel_opens_it(tmp_path):
    path = tmp_path / "c.csv"
    assert add_rows(path, COLUMNS, {}, [ROW]) == 1
    assert path.read_bytes().startswith(b"\xef\xbb\xbfaction;found;reason\r\n")
    assert read_sheet(path, "", COLUMNS, (), {}).rows == ((2, ROW),)


@pytest.mark.parametrize(
    "old",
    [
        "åtgärd,found\nmatch,Å\n",
        "found;åtgärd\r\nÅ;match\r\n",
        "\ufefffound\tåtgärd\nÅ\tmatch",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
def test_the_files_own_headings_and_delimiter_stay(tmp_path, old, encoding):
    """A column that is lacking is put last; what was there is read as before."""
    path = tmp_path / "c.csv"
    path.write_bytes(old.encode(encoding, "ignore"))
    aliases = {"åtgärd": "action"}
    before = read_sheet(path, "", COLUMNS, (), aliases).rows
    assert add_rows(path, COLUMNS, aliases, [ROW]) == 1
    after = read_sheet(path, "", COLUMNS, (), aliases).rows
    assert read_sheet(path, "", COLUMNS, (), aliases).problems == ()
    assert [{name: text for name, text in cells.items() if text} for _, cells in after[:-1]] == [
        dict(cells) for _, cells in before
    ]
    assert after[-1][1] == ROW
    assert ("åtgärd" in path.read_text(encoding="utf-8-sig")) and ({",", ";", "\t"} & set(old)).pop() in path.read_text(
        "utf-8-sig"
    ).splitlines()[0]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("action;found\nmatch;Å;ä\n", ["rad 2"]),
        ("action;found\nmatch\n\n;;\nmatch;Å\nmatch;Å; x\n", ["rad 2", "rad 6"]),
        ("action;found;;\nmatch;Å\nmatch;Å;;;;\nmatch;\n", []),
        ("action;found\n;Å\n", []),
    ],
)
def test_a_row_with_more_or_fewer_cells_than_headings_is_named(tmp_path, text, told):
    """Empty cells beyond the headings and empty lines, as Excel writes them, are no fault."""
    (tmp_path / "c.csv").write_text(text, encoding="utf-8")
    problems = read_sheet(tmp_path / "c.csv", "c.csv", COLUMNS, (), {}).problems
    assert [(problem.code, problem.where) for problem in problems] == [("row_width", row) for row in told]


def test_a_row_that_is_there_is_not_added_again(tmp_path):
    """Two tabs, a double click, the back button."""
    path = tmp_path / "c.csv"
    add_rows(path, COLUMNS, {}, [ROW])
    bytes_before = path.read_bytes()
    assert add_rows(path, COLUMNS, {}, [ROW, ROW]) == 0
    assert path.read_bytes() == bytes_before


def test_only_a_row_that_is_still_the_same_is_taken_out(tmp_path):
    path = tmp_path / "c.csv"
    add_rows(path, COLUMNS, {}, [{**ROW, "found": str(n)} for n in range(3)])
    marks = marked_rows(path)
    assert not remove_rows(path, {2: marks[3]})
    assert not remove_rows(path, {2: marks[2], 9: "x"})
    assert not remove_rows(path, {})
    assert not remove_rows(path, {1: marks[2]})
    assert remove_rows(path, {2: marks[2], 4: marks[4]})
    assert [cells["found"] for _, cells in read_sheet(path, "", COLUMNS, (), {}).rows] == ["1"]


def test_a_full_disk_leaves_the_old_file(tmp_path, monkeypatch):
    """Half a file is never seen, and no draft is left."""
    path = tmp_path / "c.csv"
    add_rows(path, COLUMNS, {}, [ROW])
    before = path.read_bytes()

    def full(handle):
        raise OSError(28, "No space left on device", str(path))

    monkeypatch.setattr("sekom_survey.text.rows.os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        add_rows(path, COLUMNS, {}, [{**ROW, "found": "ny"}])
    assert path.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == ["c.csv"]


@settings(max_examples=30)
@given(
    cells=st.lists(
        st.text(st.characters(codec="utf-8", exclude_characters="\x00\ufeff"), max_size=12), min_size=3, max_size=3
    )
)
def test_whatever_a_cell_holds_is_read_back(tmp_path_factory, cells):
    """Quotes, delimiters and line breaks stay inside their cell."""
    path = tmp_path_factory.mktemp("rows") / "c.csv"
    add_rows(path, COLUMNS, {}, [dict(zip(COLUMNS, cells, strict=True))])
    if path.exists():
        (line,) = read_rows(path)[1:] or [[""] * 3]
        assert [one.replace("\r\n", "\n").replace("\r", "\n") for one in line] == [
            one.replace("\r\n", "\n").replace("\r", "\n") for one in cells
        ]
