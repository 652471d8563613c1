"""Any csv to proposed themes."""

import csv

import pytest

from sekom_survey.coding.codebook import load_codebook
from sekom_survey.coding.suggest_file import suggest_file, suggestions
from tests.coding.books import DATA, EXAMPLE, SMALL


def out_rows(path):
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_rows_keep_their_order_and_say_why(tmp_path):
    """Themes, inget, empty; evidence with words and places; certainty."""
    source, out = tmp_path / "in.csv", tmp_path / "out.csv"
    (tmp_path / "c.toml").write_text(SMALL, encoding="utf-8")
    source.write_text(
        '\ufeffid;question;text\n2;hinder;"Pengar;\npolitik"\n1;nytta;-\n3;nytta;hej hopp\n', encoding="utf-8"
    )
    assert suggest_file(source, tmp_path / "c.toml", out) == []
    assert [(row["id"], row["question"], row["themes"], row["certainty"]) for row in out_rows(out)] == [
        ("2", "hinder", "resurser;politik", "granska"),
        ("1", "nytta", "inget", "säker"),
        ("3", "nytta", "", "granska"),
    ]
    assert out_rows(out)[0]["evidence"].startswith(
        "resurser: ”Pengar” (0–6, ordform, term pengar) | politik: ”politik”"
    )


def test_every_answer_of_the_fitted_set_is_coded(tmp_path):
    """One row in, one row out."""
    out = tmp_path / "out.csv"
    assert suggest_file(DATA / "answers_dev.csv", EXAMPLE, out) == []
    assert [row["id"] for row in out_rows(out)] == [row["id"] for row in out_rows(DATA / "answers_dev.csv")]


@pytest.mark.parametrize(("text", "code"), [
    ("id,question,txt\n1,hinder,a\n", "column_missing"), ("id,question,text\n1,hindr,a\n", "unknown_question"), (None, "file_missing"),
    ("id,question,text\n1,hinder,a\n2,hinder,b, c\n", "row_width"), ("id,question,text\n1,hinder\n", "row_width"),
])  # fmt: skip
def test_faults_are_named_and_nothing_is_written(tmp_path, text, code):
    """With the nearest right name."""
    source, out = tmp_path / "in.csv", tmp_path / "out.csv"
    (tmp_path / "c.toml").write_text(SMALL, encoding="utf-8")
    if text is not None:
        source.write_text(text, encoding="utf-8")
    (problem,) = suggest_file(source, tmp_path / "c.toml", out)
    assert problem.code == code
    assert not out.exists()


def test_the_row_with_too_many_cells_is_named(tmp_path):
    """By its number, blank lines counted; no part of an answer is lost without a word."""
    source = tmp_path / "in.csv"
    source.write_text("id,question,text\n1,hinder,a\n\n2,hinder,Pengar, och tid\n", encoding="utf-8")
    (tmp_path / "c.toml").write_text(SMALL, encoding="utf-8")
    (problem,) = suggest_file(source, tmp_path / "c.toml", tmp_path / "out.csv")
    assert (problem.where, problem.found) == ("rad 4", "Antal celler i raden: 4. Antal rubriker: 3.")


def test_excels_declared_delimiter_in_quotes_and_its_empty_cells_are_no_fault(tmp_path):
    """The first line is `"sep=;"`, and every row ends in empty cells."""
    source, out = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text('\ufeff"sep=;"\nid;question;text\n1;hinder;Pengar, tid;;\n;;;;\n2;nytta;-\n', encoding="utf-8")
    (tmp_path / "c.toml").write_text(SMALL, encoding="utf-8")
    assert suggest_file(source, tmp_path / "c.toml", out) == []
    assert [row["id"] for row in out_rows(out)] == ["1", "2"]


def test_a_bad_codebook_stops_it(tmp_path):
    """Its own problems are shown."""
    (tmp_path / "c.toml").write_text(SMALL.replace("version =", "versoin ="), encoding="utf-8")
    problems = suggest_file(DATA / "answers_dev.csv", tmp_path / "c.toml", tmp_path / "out.csv")
    assert {problem.code for problem in problems} == {"key_missing", "unknown_key"}


def test_several_processes_give_the_same_file(monkeypatch):
    """Order and content do not depend on how many code."""
    from sekom_survey.coding import many

    codebook, _ = load_codebook(EXAMPLE)
    answers = [(str(n), codebook.questions[n % 2].id, f"pengar {n % 7} och tid saknas") for n in range(40)]
    monkeypatch.setattr(many, "PAYS", 1)
    monkeypatch.setattr(many, "PIECE", 3)
    assert suggestions(answers, codebook, 2) == suggestions(answers, codebook, 1)
