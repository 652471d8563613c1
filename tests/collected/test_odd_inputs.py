"""Further kinds of input, made up after what files may hold: each with what is right. docs/reliability.md lists them all."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sekom_survey.collected.times import moments
from sekom_survey.counted.cells import points_part_thousands, read_amount
from sekom_survey.model import Export, Problem
from sekom_survey.upkeep.draft import draft_survey
from sekom_survey.upkeep.first_year.kinds import with_kinds
from sekom_survey.upkeep.guess import Guess, guess_columns
from sekom_survey.upkeep.inspect import inspect_file

from .files import column, read, refused, save_csv, save_xlsx

TOWNS = ["Alby", "Bärby", "Ceby", "Dalby", "Edby", "Fryby", "Gårdby", "Höby", "Isby", "Jörby", "Kalby", "Luby"]
ASKED = "Vilken kommun svarar du för?"


def table(question: str, answer: Callable[[int], Any], first: str = ASKED) -> list[list[Any]]:
    """A plain table of twelve answers to one question."""
    return [[first, question, "Sist"], *([town, answer(i), f"Mer {i}"] for i, town in enumerate(TOWNS))]


def seen(path: Path) -> tuple[Export, list[Problem]]:
    """A file as `inspect` reads it."""
    found, problems = inspect_file(path, path.name)
    assert found is not None, problems
    return found, problems


def guessed(tmp_path: Path, question: str, answer: Callable[[int], Any]) -> tuple[Guess, Export]:
    """What a question of a plain table seems to be."""
    export, _ = seen(save_csv(tmp_path / "e.csv", table(question, answer), ";"))
    guesses = with_kinds(guess_columns(export), export)
    return next(guess for guess in guesses if guess.heading == question), export


@pytest.mark.parametrize("last", ["Summa", "Total:", "Medelvärde", "Källa: verktyget", "Antal svar 12"])
def test_a_sum_or_a_note_below_is_no_answer(tmp_path: Path, last: str) -> None:
    """It is told by its row, and its cells are counted as left behind."""
    more = [last, 7, ""] if last[0] in "STM" else [last, "", ""]
    export, problems = seen(save_csv(tmp_path / "e.csv", [*table("Betyg", lambda i: i % 5 + 1), more], ";"))
    assert len(export.rows) == 12
    assert ("rows_below", "rad 14") in {(problem.code, problem.where) for problem in problems}
    assert export.dropped[-1] == ("rader som inte är svar", sum(map(bool, more)))


def test_an_answer_that_begins_as_a_sum_is_an_answer(tmp_path: Path) -> None:
    """Only the last rows are looked at, and only what is a sum or a note and no more."""
    rows = [["Vad oroar?", "Betyg"], ["Summa", 3], ["Mer", 4], ["Källa till oro: pengar", 2], ["Totalt kaos", 1]]
    assert len(seen(save_csv(tmp_path / "e.csv", rows, ";"))[0].rows) == 4


def test_headings_that_come_again_are_no_answer(tmp_path: Path) -> None:
    """As where two files are pasted together."""
    rows = table("Betyg", lambda i: i % 5 + 1)
    export, problems = seen(save_csv(tmp_path / "e.csv", [*rows[:7], rows[0], *rows[7:]], ";"))
    assert len(export.rows) == 12
    assert [problem.where for problem in problems if problem.code == "headings_again"] == ["rad 8"]


def test_a_spreadsheets_errors_are_no_answers(tmp_path: Path) -> None:
    """In Swedish and English; counted and told."""
    guess, export = guessed(tmp_path, "Plan?", lambda i: ("Ja", "Nej", "#SAKNAS!", "#N/A")[i % 4])
    assert dict(guess.options) == {"Ja": 3, "Nej": 3}
    assert {("saknat värde ”#SAKNAS!”", 3), ("saknat värde ”#N/A”", 3)} <= set(export.dropped)


@pytest.mark.parametrize("code", ["99", "999", "88", "77"])
@pytest.mark.parametrize("others", ["1 2 3 4 5 6 7 8 9 10", "Ja Nej"])
def test_a_code_among_ratings_or_words_is_asked_about(tmp_path: Path, code: str, others: str) -> None:
    """Drafted as no answer to that question alone, with a mark."""
    usual = others.split()
    guess, export = guessed(tmp_path, "Hur viktigt?", lambda i: code if i in (1, 11) else usual[i % len(usual)])
    assert guess.filled == 10
    assert f'[reader_options.missing_in]\n"Hur viktigt?" = ["{code}"]' in draft_survey(export)
    assert "missing_in" in draft_survey(export).partition("[measures]")[0]


@pytest.mark.parametrize("years", [range(90, 102), range(60, 72)])
def test_a_number_near_the_others_is_no_code(tmp_path: Path, years: range) -> None:
    """99 among ages and years is a number."""
    guess, export = guessed(tmp_path, "Hur gammal?", lambda i: str(years[i]))
    assert (guess.kind, guess.filled) == ("number", 12)
    assert "missing_in" not in dict(export.options)


@pytest.mark.parametrize(
    ("answer", "kind", "options"),
    [
        (lambda i: f"{i % 5 + 1},0", "rating", ["1", "2", "3", "4", "5"]),
        (lambda i: ("Ja", "ja", "JA ", "Nej")[i % 4], "single", ["Ja", "Nej"]),
        (lambda i: ("1–2 gånger", "1-2 gånger", "3–4 gånger")[i % 3], "single", ["1–2 gånger", "3–4 gånger"]),
        (lambda i: ("😀", "😞")[i % 2], "single", ["😀", "😞"]),
        (lambda i: f"'{i % 5 + 1}", "rating", ["1", "2", "3", "4", "5"]),
        (lambda i: f"{i * 1300} kr", "number", []),
        (lambda i: f"{i * 5} %", "number", []),
        (lambda i: f"R&amp;D {i}", "text", []),
        (lambda i: ("Möten; digitala;Teams;", "Teams;", "Möten; digitala;")[i % 3], "multi", ["Möten; digitala", "Teams"]),
        (lambda i: ("TRUE", "FALSE")[i % 2], "single", ["FALSE", "TRUE"]),
    ],
)  # fmt: skip
def test_a_value_is_what_it_says(tmp_path: Path, answer: Callable[[int], str], kind: str, options: list[str]) -> None:
    """Decimals that a spreadsheet gave, spellings, pictures, apostrophes, units, entities, an option with a semicolon."""
    guess, _ = guessed(tmp_path, "Fråga?", answer)
    assert guess.kind == kind
    assert sorted(label for label, _ in guess.options) == sorted(options)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("tisdag den 20 januari 2026 09:12", "2026-01-20T09:12"),
        ("20 jan. 2026 kl. 09.12", "2026-01-20T09:12"),
        ("Jan 20, 2026 9:12 AM", "2026-01-20T09:12"),
        ("1 maj 2026", "2026-05-01"),
        ("Donnerstag, 22. Januar 2026 um 13:39:50 Mitteleuropäische Normalzeit", "2026-01-22T13:39"),
        ("snart", "NaT"),
    ],
)
def test_a_day_in_words_is_a_time(text: str, day: str) -> None:
    """With the weekday, the month's short name, and the clock."""
    assert str(moments([text])[0])[: len(day)] == day


def test_times_that_cannot_be_read_are_told(tmp_path: Path) -> None:
    """Else last year's answers would pass."""
    rows = [["ID", "Starttid", "Slutförandetid", "Betyg"], *([i, "igår", "nyss", 3] for i in range(1, 4))]
    problem = next(one for one in seen(save_csv(tmp_path / "e.csv", rows, ";"))[1] if one.code == "times_unread")
    assert problem.where == "rad 2"
    assert "3 svar" in problem.found


@pytest.mark.parametrize(
    "language",
    ["Starttidspunkt Fullføringstidspunkt E-postadresse Navn", "Aloitusaika Valmistumisaika Sähköposti Nimi"],
)
def test_a_form_in_another_language_is_a_plain_table_with_its_times_marked(tmp_path: Path, language: str) -> None:
    """Its number, times and persons are no questions, and one more time after them is none either."""
    own = ["Tunnus", *language.split(), "Muokattu"]
    times = [f"2026-01-20 09:{minute:02}" for minute in range(13)]
    rows = [[*own, "Plan?"], *([i, times[i], times[i], "anonymous", "Per Öst", times[i], "Ja"] for i in range(1, 13))]
    export, _ = seen(save_csv(tmp_path / "e.csv", rows, ";"))
    assert export.headers == ("Plan?",)
    assert dict(export.options)["ended"] == own[2]
    assert set(export.rows["date"]) == {"2026-01-20"}


def test_a_question_about_a_time_is_a_question(tmp_path: Path) -> None:
    """It is asked, so it is no stamp of the form."""
    guess, _ = guessed(tmp_path, "När höll ni mötet?", lambda i: f"2025-0{i % 9 + 1}-12 13:00")
    assert guess.kind == "date"


def test_a_column_that_only_numbers_the_answers_is_listed_though_nobody_named_it(tmp_path: Path) -> None:
    """Where survey.toml says how the file is read; a question of that name is a question."""
    rows = [["Respondent", "Plan?"], *([i, "Ja"] for i in range(1, 13))]
    path = save_csv(tmp_path / "e.csv", rows, ";")
    export = read(path, "generic", header_rows=1)
    assert export.headers == ("Plan?",)
    assert ("Respondent", 12) in export.dropped


def test_several_answers_of_each_member_do_not_hide_who_answers(tmp_path: Path) -> None:
    """A politician and an official of each."""
    rows = [[ASKED, "Plan?"], *([town, "Ja"] for town in ["Arboga", "Falun", "Kil"] * 4)]
    export, _ = seen(save_csv(tmp_path / "e.csv", rows, ";"))
    assert guess_columns(export)[0].kind == "member"


@pytest.mark.parametrize(
    ("cells", "value"),
    [(["1.300", "15.600"], 1300), (["1.300", "1.5"], 1.3), (["1,300", "2,125"], 1300), (["1.234.567"], 1234567)],
)
def test_a_point_at_the_thousands_is_known_by_the_whole_column(cells: list[str], value: float) -> None:
    """One alone may be a decimal."""
    assert read_amount(cells[0], points_part_thousands(cells)).answers[0].value == value


def test_a_level_that_nobody_chose_is_part_of_a_scale_of_numbers(tmp_path: Path) -> None:
    """Where "vet ej" makes the numbers options."""
    _, export = guessed(tmp_path, "Hur viktigt?", lambda i: ("1", "2", "5", "Vet ej")[i % 4])
    assert 'options = ["1", "2", "3", "4", "5"]' in draft_survey(export)


def test_a_row_that_the_platform_numbered_is_called_by_its_own_text(tmp_path: Path) -> None:
    """Forms writes the second row of the same text as Klimat2."""
    rows = [["ID", "Starttid", "Slutförandetid", "Klimat", "Klimat2"], *([i, "2026-01-20", "2026-01-20", "Stort", "Ofta"] for i in range(1, 9))]  # fmt: skip
    draft = draft_survey(seen(save_xlsx(tmp_path / "e.xlsx", {"Blad": rows}))[0])
    assert 'text = "Klimat2"\nlabel = "Klimat"' in draft


def test_a_text_beside_an_archives_one_table_only_tells_of_it(tmp_path: Path) -> None:
    """As README.txt does."""
    inner = save_csv(tmp_path / "svar.csv", table("Plan?", lambda i: "Ja"), ";")
    with zipfile.ZipFile(tmp_path / "e.zip", "w") as target:
        target.write(inner, "svar.csv")
        target.writestr("README.txt", "Hämtad i går")
    assert column(seen(tmp_path / "e.zip")[0], "Plan?") == ["Ja"] * 12


def test_bars_part_cells_and_too_long_a_cell_is_called_so(tmp_path: Path) -> None:
    """The csv module ends at 131 072 characters."""
    rows = table("Val?", lambda i: "A;B;")
    assert len(read(save_csv(tmp_path / "e.csv", rows, "|"), "generic", header_rows=1).headers) == 3
    long = save_csv(tmp_path / "l.csv", table("Text?", lambda i: "ord " * 40_000), ";")
    assert refused(long).code == "file_long_cell"


@pytest.mark.parametrize(("sign", "written"), [("|", "|"), ("\n", "\n"), ("/", " / "), (",", ", ")])
def test_the_sign_between_choices_is_seen_where_no_platform_tells(tmp_path: Path, sign: str, written: str) -> None:
    """Where choices stand both alone and together; drafted with a mark, and read so."""
    cells = ["Teams", "Brev", f"Teams{written}Brev", f"Brev{written}Webb"]
    guess, export = guessed(tmp_path, "Kanaler?", lambda i: cells[i % 4])
    assert dict(export.options)["separator"] == sign
    assert (guess.kind, dict(guess.options)) == ("multi", {"Teams": 6, "Brev": 9, "Webb": 3})
    assert "separator skiljer" in draft_survey(export)


@pytest.mark.parametrize("cells", [["Ja, delvis", "Ja", "Nej"], ["Och/eller", "Ja", "Nej"], ["a/b, i stort", "c", "d"]])
def test_a_sign_within_an_option_parts_nothing(tmp_path: Path, cells: list[str]) -> None:
    """Where its parts never stand alone."""
    guess, export = guessed(tmp_path, "Plan?", lambda i: cells[i % 3])
    assert "separator" not in dict(export.options)
    assert sorted(label for label, _ in guess.options) == sorted(cells)


def test_a_tools_codes_over_the_wordings_are_no_headings(tmp_path: Path) -> None:
    """Nor are the blocks that a form is parted in, or a row of units; the answers are."""
    rows = table("Hur många?", lambda i: i * 7)
    for above in (["Q1", "Q2", "Q3"], ["Del A", "", "Del B"]):
        export, _ = seen(save_csv(tmp_path / "e.csv", [above, [ASKED, "Hur många?", "Sist?"], *rows[1:]], ";"))
        assert (export.headers, len(export.rows)) == ((ASKED, "Hur många?", "Sist?"), 12)
    export, _ = seen(save_csv(tmp_path / "e.csv", [rows[0], ["", "(st)", ""], *rows[1:]], ";"))
    assert len(export.rows) == 12


@pytest.mark.parametrize(("answer", "kind"), [("{} mars 2025", "date"), ("{}.3.2025", "date"), ("-{}", "number")])
def test_what_is_drafted_as_a_day_or_a_number_is_read_as_one(tmp_path: Path, answer: str, kind: str) -> None:
    """By the same function."""
    guess, _ = guessed(tmp_path, "När eller hur mycket?", lambda i: answer.format(i + 11))
    assert guess.kind == kind


def test_letters_of_dos_are_told_as_damaged(tmp_path: Path) -> None:
    """Read as Windows' they stand within words: Bolln„s."""
    path = save_csv(tmp_path / "e.csv", table("Vad?", lambda i: f"Bollnäs och Luleå {i}"), ";", encoding="cp850")
    assert "letters_damaged" in {problem.code for problem in seen(path)[1]}
