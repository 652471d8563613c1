"""codings.csv: only ever longer, the latest row wins."""

import csv
from dataclasses import astuple, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sekom_survey.coding.codebook import load_codebook, text_hash
from sekom_survey.coding.coder_files import record
from sekom_survey.coding.decisions import (
    ADJUDICATION,
    COLUMNS,
    Decision,
    append_decisions,
    conflicts,
    csv_text,
    decided_themes,
    new_rows,
    read_decisions,
    stale,
    standing,
    theme_problems,
)  # fmt: skip
from tests.coding.books import ANSWERS, EXAMPLE

ROW = Decision(
    "r01", "q22", text_hash(ANSWERS[0].text), "resurser", "yes", "AB", "2026-03-02", "1.0.0", 'svårt, "ja"\noch nej'
)
ROWS = st.lists(
    st.builds(
        replace,
        st.just(ROW),
        theme=st.sampled_from("abc"),
        decision=st.sampled_from(["yes", "no", "undo"]),
        coder=st.sampled_from(["AB", "CD"]),
    ),
    max_size=12,
)


def row(theme, decision="yes", coder="AB", **other):
    return replace(ROW, theme=theme, decision=decision, coder=coder, **other)


def test_rows_come_back_as_written(tmp_path):
    """Commas, quotes and line breaks in comments survive; the heading is written once."""
    path = tmp_path / "codings.csv"
    append_decisions(path, [ROW])
    append_decisions(path, [row("politik")])
    rows, problems = read_decisions(path)
    assert (rows, problems) == ((ROW, row("politik")), [])
    with path.open(encoding="utf-8", newline="") as stream:
        assert tuple(next(csv.reader(stream))) == COLUMNS


def test_the_file_as_it_was_is_kept(tmp_path):
    """The backup is the file before the last append; nothing else is left behind."""
    path = tmp_path / "codings.csv"
    append_decisions(path, [ROW])
    before = path.read_bytes()
    append_decisions(path, [row("politik")])
    assert (tmp_path / "codings.csv.bak").read_bytes() == before
    assert path.read_bytes().startswith(before)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["codings.csv", "codings.csv.bak"]


@given(ROWS)
def test_the_latest_row_of_a_theme_wins(rows):
    """Whatever came before; undo leaves nothing standing."""
    for coder in ("AB", "CD"):
        expected = {}
        for r in rows:
            if r.coder == coder:
                expected[r.theme] = r.decision
        expected = {theme: decision for theme, decision in expected.items() if decision != "undo"}
        assert standing(rows, coder).get(ROW.key, {}) == expected


def test_undo_by_a_later_row():
    """An answer whose only decision is undone is not reviewed any more."""
    assert decided_themes([row("a")]) == {ROW.key: frozenset({"a"})}
    assert decided_themes([row("a"), row("a", "undo")]) == {}
    assert decided_themes([row("a"), row("a", "no")]) == {ROW.key: frozenset()}


def test_two_coders_conflicts_until_consensus():
    """Listed with both views; a consensus row settles it and beats any coder, even a later one."""
    rows = [row("a"), row("b", coder="CD")]
    (conflict,) = conflicts(rows)
    assert conflict.themes == (("AB", ("a",)), ("CD", ("b",)))
    rows += [row("a", coder=ADJUDICATION), row("b", "no", coder=ADJUDICATION), row("b", coder="CD")]
    assert conflicts(rows) == ()
    assert decided_themes(rows) == {ROW.key: frozenset({"a"})}


def test_coders_who_agree_are_no_conflict():
    """Order does not matter, and answers only one has coded do not count."""
    assert conflicts([row("a"), row("b"), row("b", coder="CD"), row("a", coder="CD"), row("a", item="q99")]) == ()


def test_writing_the_same_again_adds_nothing():
    """New rows are only what changes; a dropped theme becomes no."""
    facts = {
        "hashes": {ROW.key: ROW.text_hash},
        "proposed": {ROW.key: ("a", "c")},
        "comments": {},
        "coder": "AB",
        "day": "2026-03-02",
        "version": "1.0.0",
    }
    first = new_rows({ROW.key: frozenset({"a", "b"})}, rows=[], **facts)
    assert [(r.theme, r.decision) for r in first] == [("a", "yes"), ("b", "yes"), ("c", "no")]
    assert new_rows({ROW.key: frozenset({"a", "b"})}, rows=first, **facts) == ()
    second = new_rows({ROW.key: frozenset({"b"})}, rows=first, **facts)
    assert [(r.theme, r.decision) for r in second] == [("a", "no")]


def test_a_changed_answer_is_reported():
    """Its decisions stand, with a warning to look again."""
    assert stale([ROW], ANSWERS, "codings.csv") == []
    (problem,) = stale([replace(ROW, text_hash="000000000000")], ANSWERS, "codings.csv")
    assert (problem.code, problem.level, problem.where) == ("text_changed", "warning", "r01, q22")


def test_themes_the_codebook_does_not_know_are_named():
    """With the nearest one that it knows."""
    codebook, _ = load_codebook(EXAMPLE)
    (problem,) = theme_problems([row("resursbrist"), row("inget"), row("resurbrist")], codebook, "codings.csv")
    assert problem.where == "resurbrist"
    assert "resursbrist" in problem.todo


@pytest.mark.parametrize(("old", "new", "code"), [
    ("yes", "ja", "unknown_decision"), ("2026-03-02", "2 mars", "bad_date"), (",AB,", ",,", "cell_missing"), ("theme", "tema", "column_missing"),
])  # fmt: skip
def test_faults_in_the_file_are_named_with_their_row(tmp_path, old, new, code):
    """And the rows that are right are read all the same."""
    path = tmp_path / "codings.csv"
    append_decisions(path, [replace(ROW, comment="")])
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    _, (problem,) = read_decisions(path)
    assert problem.code == code
    assert problem.where in ("rad 1", "rad 2")


def test_no_file_is_no_decisions(tmp_path):
    """The first year starts so."""
    assert read_decisions(tmp_path / "codings.csv") == ((), [])


def row_of(coder, theme="energi", day="2026-03-02", decision="yes"):
    return Decision("M1-official", "challenge", "a" * 12, theme, decision, coder, day, "1.0.0", "")


def test_each_coder_has_a_file_that_only_grows(tmp_path):
    """What was there is never written again, so that a folder kept in step by a cloud service has nothing to merge."""
    path = tmp_path / "codings.csv"
    record(path, [row_of("AB"), row_of("MK", "transporter")])
    before = (tmp_path / "codings-AB.csv").read_bytes()
    record(path, [row_of("AB", "transporter", "2026-03-03")])
    after = (tmp_path / "codings-AB.csv").read_bytes()
    assert after.startswith(before) and not path.exists()
    append_decisions(path, [row_of("EL", "mat", "2026-03-01")])
    rows, problems = read_decisions(path)
    assert [(row.coder, row.theme) for row in rows] == [
        ("EL", "mat"),
        ("AB", "energi"),
        ("MK", "transporter"),
        ("AB", "transporter"),
    ]
    assert problems == []


def test_two_who_write_at_once_lose_nothing(tmp_path):
    """Two processes, each to its own coder's file and both to a third's."""
    from concurrent.futures import ProcessPoolExecutor

    with ProcessPoolExecutor(2) as pool:
        list(pool.map(write_many, [(tmp_path / "codings.csv", coder) for coder in ("AB", "MK")]))
    rows, problems = read_decisions(tmp_path / "codings.csv")
    assert problems == []
    assert sorted((row.coder, row.theme) for row in rows) == sorted(
        [(coder, f"t{n}") for coder in ("AB", "MK") for n in range(20)]
        + [("XX", f"{coder}{n}") for coder in ("AB", "MK") for n in range(20)]
    )


def write_many(given):
    path, coder = given
    for n in range(20):
        record(path, [row_of(coder, f"t{n}")])
        record(path, [row_of("XX", f"{coder}{n}")])


@pytest.mark.parametrize(
    "copy",
    [
        "codings-AB-DESKTOP-1234.csv",
        "codings-AB (Annas konflikterade kopia 2026-11-29).csv",
        "codings-AB (1).csv",
        "codings-AB 2.csv",
        "codings-AB.sync-conflict-20261129-101010-ABCDEFG.csv",
        "codings (conflicted copy 2026-11-29 101010).csv",
        "codings-PC7.csv",
    ],
)
def test_copies_that_a_cloud_service_made_lose_nothing_and_bring_nothing_back(tmp_path, copy):
    """A file changed on two computers: what was added on both counts, and what was undone on one stays undone."""
    path, own = tmp_path / "codings.csv", tmp_path / "codings-AB.csv"
    record(path, [row_of("AB", "energi"), row_of("AB", "mat")])
    (tmp_path / copy).write_bytes(own.read_bytes())
    record(path, [row_of("AB", "energi", decision="undo")])
    with (tmp_path / copy).open("a", encoding="utf-8") as stream:
        stream.write(csv_text([astuple(row_of("AB", "transporter"))]))
    rows, problems = read_decisions(path)
    assert problems == [] and len(rows) == 4
    assert decided_themes(rows)["M1-official", "challenge"] == {"mat", "transporter"}


def test_a_file_begun_by_two_at_once_is_read_without_its_second_row_of_headings(tmp_path):
    """Where the file system knows no locks."""
    path = tmp_path / "codings-AB.csv"
    path.write_text(csv_text([COLUMNS, COLUMNS, astuple(row_of("AB"))]), encoding="utf-8")
    assert read_decisions(tmp_path / "codings.csv") == ((row_of("AB"),), [])


def test_a_row_that_was_cut_short_is_told_and_the_next_is_whole(tmp_path):
    """The power goes while a row is written: it was never confirmed, and nothing after it is lost."""
    path = tmp_path / "codings.csv"
    record(path, [row_of("AB")])
    own = tmp_path / "codings-AB.csv"
    own.write_bytes(own.read_bytes() + b"M2-official,challe")
    record(path, [row_of("AB", "mat")])
    rows, problems = read_decisions(path)
    assert [row.theme for row in rows] == ["energi", "mat"]
    assert [(one.code, one.level, one.file) for one in problems] == [("row_cut", "warning", "codings-AB.csv")]


def test_a_full_disk_leaves_the_coders_file_as_it_was(tmp_path, monkeypatch):
    path = tmp_path / "codings.csv"
    record(path, [row_of("AB")])
    before = (tmp_path / "codings-AB.csv").read_bytes()

    def full(handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("sekom_survey.coding.coder_files.os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        record(path, [row_of("AB", "mat")])
    assert (tmp_path / "codings-AB.csv").read_bytes() == before
