"""review.xlsx and back."""

import random
import shutil
import subprocess
import zipfile
from pathlib import Path

import openpyxl
import pytest

from sekom_survey.coding.codebook import Answer, text_hash
from sekom_survey.coding.decisions import decided_themes, read_decisions
from sekom_survey.coding.match import matchers
from sekom_survey.coding.proposals import blind_sample, proposals
from sekom_survey.coding.review import COLUMNS, ROWS_SHEET, SHEET, highlighted, write_review
from sekom_survey.coding.review_import import import_review
from sekom_survey.coding.sitting import check_passed, sure_tier, tried_and_right, unread
from sekom_survey.coding.suggest import Example
from tests.coding.books import ANSWERS, book

DAY = "2026-03-02"
SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")


def column(title):
    return COLUMNS.index(title) + 1


def written(folder, answers=ANSWERS, decided=None, **options):
    codebook, _ = book(folder)
    path = folder / "review.xlsx"
    write_review(path, proposals(answers, codebook), codebook, decided or {}, **options)
    return codebook, path


def mark_all_done(path):
    """Confirms every proposal; a row without one becomes Övrigt."""
    workbook = openpyxl.load_workbook(path, rich_text=True)
    sheet = workbook[SHEET]
    for row in range(2, sheet.max_row + 1):
        if not sheet.cell(row, column("Tema 1")).value:
            sheet.cell(row, column("Tema 1")).value = "Övrigt"
        sheet.cell(row, column("Klar")).value = "ja"
    workbook.save(path)


def imported(folder, codebook, path, answers=ANSWERS, coder="ab"):
    return import_review(path, folder / "codings.csv", answers, codebook, coder=coder, day=DAY)


def test_the_same_answers_give_the_same_bytes(tmp_path):
    """Two writings do not differ."""
    _, path = written(tmp_path)
    first = path.read_bytes()
    _, path = written(tmp_path)
    assert path.read_bytes() == first


def test_a_row_is_as_tall_as_its_longest_text(tmp_path):
    """Not every program finds the height of wrapped text by itself."""
    words = " ".join(["ord"] * 60)
    _, path = written(tmp_path, [Answer("r1", "q1", "hinder", "kort"), Answer("r2", "q1", "hinder", words)])
    sheet = openpyxl.load_workbook(path)[SHEET]
    heights = {sheet.cell(row, column("Svar")).value: sheet.row_dimensions[row].height for row in (2, 3)}
    assert heights["kort"] < 20
    assert heights[words] > 3 * heights["kort"]


def test_texts_are_written_whole_and_stay_text(tmp_path):
    """Answers that begin with = - + @ are strings, and evidence does not cut the text."""
    _, path = written(tmp_path)
    sheet = openpyxl.load_workbook(path)[SHEET]
    rows = {
        (sheet.cell(r, 2).value, sheet.cell(r, 3).value): sheet.cell(r, column("Svar"))
        for r in range(2, sheet.max_row + 1)
    }
    assert {key: cell.value for key, cell in rows.items()} == {answer.key: answer.text for answer in ANSWERS}
    assert {cell.data_type for cell in rows.values()} == {"s"}


def test_the_sheet_is_made_for_reading(tmp_path):
    """Frozen heading, filter, wrapped text, lists in the theme cells, the codebook on its own sheet."""
    _, path = written(tmp_path)
    workbook = openpyxl.load_workbook(path)
    sheet = workbook[SHEET]
    assert sheet.freeze_panes == "E2"
    assert sheet.auto_filter.ref == f"A1:{sheet.cell(1, len(COLUMNS)).column_letter}{len(ANSWERS) + 1}"
    assert sheet.cell(2, column("Svar")).alignment.wrap_text
    assert len([v for v in sheet.data_validations.dataValidation if v.type == "list"]) >= 2
    names = [cell.value for cell in workbook["Kodbok"]["B"]]
    assert names[1:6] == ["Resurser", "Politik", "Energi", "Övrigt", "Inget svar"]
    assert workbook[ROWS_SHEET].sheet_state == "hidden"


def test_evidence_is_cut_out_of_the_text(tmp_path):
    """The pieces put together are the text; the marked ones are the evidence, overlaps joined."""
    codebook, _ = book(tmp_path)
    text = "Pengar och budget \U0001f600 saknas"
    coding = matchers(codebook)["hinder"].code(text)
    pieces = highlighted(text, coding)
    assert "".join(piece for piece, _ in pieces) == text
    assert [piece for piece, marked in pieces if marked] == ["Pengar", "budget"]


def test_the_queue_goes_by_doubt(tmp_path):
    """Uncoded first, sure last; the classifier's disagreement and suggestions come from examples."""
    codebook, _ = book(tmp_path)
    doubts = [proposal.doubt for proposal in proposals(ANSWERS, codebook)]
    assert doubts == sorted(doubts)
    assert proposals(ANSWERS, codebook)[0].answer.text == "Något helt annat."
    pairs = (("något annat, helt", "kunskap"), ("kollegor", "natverk"))
    examples = [Example(f"{text} {n}", frozenset({theme})) for n in range(6) for text, theme in pairs]
    (first, *_) = proposals(ANSWERS, codebook, {"nytta": examples})
    assert first.certainty == "förslag"
    assert first.further[0].theme == "kunskap"


def test_personal_data_never_reaches_the_workbook(tmp_path):
    """It is redacted before coding, and the row says so; the hash is of the answer as given."""
    answer = Answer("r09", "q22", "hinder", "Pengar. Ring Anna Lindqvist 070-000 00 00")
    codebook, path = written(tmp_path, [answer])
    sheet = openpyxl.load_workbook(path)[SHEET]
    assert sheet.cell(2, column("Svar")).value == "Pengar. Ring Anna Lindqvist [telefon]"
    assert sheet.cell(2, column("Att se upp med")).value == "telefon borttagen; person? Anna Lindqvist"
    assert sheet.cell(2, column("Kontrollsumma")).value == text_hash(answer.text)
    mark_all_done(path)
    result, problems = imported(tmp_path, codebook, path, [answer])
    assert (problems, result.reviewed) == ([], 1)


def test_a_confirmed_workbook_becomes_decisions_and_twice_changes_nothing(tmp_path):
    """Every proposal confirmed stands; importing again adds no row."""
    codebook, path = written(tmp_path)
    mark_all_done(path)
    result, problems = imported(tmp_path, codebook, path)
    assert problems == []
    assert (result.reviewed, result.left) == (len(ANSWERS), 0)
    rows, _ = read_decisions(tmp_path / "codings.csv")
    coders = matchers(codebook)
    expected = {a.key: frozenset(coders[a.question].code(a.text).themes) or frozenset({"ovrigt"}) for a in ANSWERS}
    expected["r03", "q22"] = frozenset({"inget"})
    assert decided_themes(rows) == expected
    before = (tmp_path / "codings.csv").read_bytes()
    result, _ = imported(tmp_path, codebook, path)
    assert (result.added, (tmp_path / "codings.csv").read_bytes()) == ((), before)


def test_half_today_and_half_tomorrow(tmp_path):
    """Only rows marked ja count; a new workbook shows what is decided as done."""
    codebook, path = written(tmp_path)
    workbook = openpyxl.load_workbook(path, rich_text=True)
    workbook[SHEET].cell(2, column("Tema 1")).value = "kunskap"
    workbook[SHEET].cell(2, column("Klar")).value = "Ja"
    workbook[SHEET].cell(2, column("Kommentar")).value = "=SUMMA?"
    workbook[SHEET].cell(2, column("Kommentar")).data_type = "s"
    workbook.save(path)
    result, problems = imported(tmp_path, codebook, path)
    assert problems == []
    assert (result.reviewed, result.left) == (1, len(ANSWERS) - 1)
    assert result.added[0].comment == "=SUMMA?"
    decided = decided_themes(read_decisions(tmp_path / "codings.csv")[0])
    _, path = written(tmp_path, decided=decided)
    sheet = openpyxl.load_workbook(path)[SHEET]
    assert [sheet.cell(r, column("Klar")).value for r in range(2, 8)] == ["granskat", None, None, None, None, None]


def test_a_blind_sample_shows_no_suggestions(tmp_path):
    """A fifth of the answers, the same each time for a seed; nothing proposed, nothing in bold, nothing hidden."""
    many = [Answer(f"r{n:03}", "q22", "hinder", f"Pengar {n}") for n in range(50)]
    sample = blind_sample(many, 20, seed=2026)
    assert len(sample) == 10
    assert sample == blind_sample(list(reversed(many)), 20, seed=2026)
    assert sample != blind_sample(many, 20, seed=2027)
    _, path = written(tmp_path, sample, blind=True)
    workbook = openpyxl.load_workbook(path, rich_text=True)
    sheet = workbook[SHEET]
    for row in range(2, 12):
        assert not any(
            sheet.cell(row, column(title)).value for title in ("Förslag", "Säkerhet", "Fler förslag", "Tema 1", "Klar")
        )
        assert isinstance(sheet.cell(row, column("Svar")).value, str)
        assert not workbook[ROWS_SHEET].cell(row, 4).value


def change(title, value):
    def edit(sheet):
        sheet.cell(2, column(title)).value = value

    return edit


def done(title, value):
    def edit(sheet):
        sheet.cell(2, column("Tema 1")).value = "Kunskap"
        sheet.cell(2, column("Klar")).value = "ja"
        sheet.cell(2, column(title)).value = value

    return edit


def double_row(sheet):
    sheet.append([sheet.cell(2, c).value for c in range(1, len(COLUMNS) + 1)])


TEN_FAULTS = {
    "unknown_theme": done("Tema 2", "Kunskapp"),
    "theme_doubled": done("Tema 2", "Kunskap"),
    "mixed_states": done("Tema 2", "Övrigt"),
    "no_theme": done("Tema 1", None),
    "bad_done": change("Klar", "kanske"),
    "text_changed": change("Kontrollsumma", "abc"),
    "text_removed": change("Svar", None),
    "row_missing": lambda sheet: sheet.delete_rows(3),
    "row_doubled": double_row,
    "unknown_row": change("Svarande", "r99"),
    "column_missing": lambda sheet: setattr(sheet.cell(1, column("Klar")), "value", "Klart"),
}


@pytest.mark.parametrize("code", TEN_FAULTS)
def test_a_file_edited_wrong_is_named_and_nothing_is_half_imported(tmp_path, code):
    """Each fault by its own clear message with its row; codings.csv is not even created."""
    codebook, path = written(tmp_path)
    workbook = openpyxl.load_workbook(path, rich_text=True)
    TEN_FAULTS[code](workbook[SHEET])
    for row in range(4, 6):
        workbook[SHEET].cell(row, column("Tema 1")).value = "Övrigt"
        workbook[SHEET].cell(row, column("Klar")).value = "ja"
    workbook.save(path)
    result, problems = imported(tmp_path, codebook, path)
    assert result is None
    assert code in {problem.code for problem in problems}
    assert all(problem.found and problem.todo and problem.where for problem in problems)
    assert not (tmp_path / "codings.csv").exists()


def test_a_fault_everywhere_gives_every_message(tmp_path):
    """All faults of one file are shown together."""
    codebook, path = written(tmp_path)
    workbook = openpyxl.load_workbook(path, rich_text=True)
    sheet = workbook[SHEET]
    for row, (title, value) in enumerate([("Klar", "kanske"), ("Kontrollsumma", "x"), ("Svarande", "r99")], 2):
        sheet.cell(row, column(title)).value = value
    workbook.save(path)
    _, problems = imported(tmp_path, codebook, path)
    assert {"bad_done", "text_changed", "unknown_row", "row_missing"} <= {problem.code for problem in problems}


@pytest.mark.parametrize(("content", "code"), [(b"hej", "no_workbook"), (None, "file_missing")])
def test_a_file_that_is_no_workbook(tmp_path, content, code):
    """Says so."""
    codebook, _ = book(tmp_path)
    path = tmp_path / "review.xlsx"
    if content:
        path.write_bytes(content)
    result, (problem,) = imported(tmp_path, codebook, path)
    assert (result, problem.code) == (None, code)


def test_another_workbook_and_bad_initials(tmp_path):
    """A sheet is missing; initials are letters."""
    codebook, path = written(tmp_path)
    openpyxl.Workbook().save(path)
    _, problems = imported(tmp_path, codebook, path, coder="A B")
    assert {problem.code for problem in problems} == {"sheet_missing", "bad_coder"}


def awkward_answers(count):
    """Answers with signs, line breaks, emoji, tabs and formulas, seeded."""
    draw = random.Random(7)
    pieces = [
        "=1+1",
        "-pengar",
        "+ resurser",
        "@politik",
        "rad ett\nrad två",
        "é \U0001f600 ”citat”",
        "a\tb",
        "<b>&amp;",
        "'enkel",
        "_x0041_",
        "budget,",
        "  mellanrum  i",
    ]
    return [
        Answer(f"r{n:03}", "q22", "hinder", f"{draw.choice(pieces)} {draw.choice(pieces)} {n}".strip())
        for n in range(count)
    ]


def test_three_hundred_answers_keep_every_text_and_decision(tmp_path):
    """Written, confirmed, read back: no text changes and no decision is lost."""
    answers = awkward_answers(300)
    codebook, path = written(tmp_path, answers)
    sheet = openpyxl.load_workbook(path)[SHEET]
    texts = {sheet.cell(r, 2).value: sheet.cell(r, column("Svar")).value for r in range(2, 302)}
    assert texts == {answer.respondent: answer.text for answer in answers}
    mark_all_done(path)
    result, problems = imported(tmp_path, codebook, path, answers)
    assert (problems, result.reviewed) == ([], 300)


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
def test_through_libreoffice(tmp_path):
    """Saved by LibreOffice, the workbook is imported all the same."""
    answers = awkward_answers(300)
    codebook, path = written(tmp_path, answers)
    mark_all_done(path)
    out = tmp_path / "out"
    subprocess.run([SOFFICE, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "xlsx", "--outdir", str(out), str(path)],
                   check=True, capture_output=True, timeout=120)  # fmt: skip
    saved = Path(out / path.name)
    assert zipfile.is_zipfile(saved)
    sheet = openpyxl.load_workbook(saved)[SHEET]
    texts = {sheet.cell(r, 2).value: sheet.cell(r, column("Svar")).value for r in range(2, 302)}
    assert texts == {answer.respondent: answer.text for answer in answers}
    result, problems = imported(tmp_path, codebook, saved, answers)
    assert (problems, result.reviewed) == ([], 300)


def filled(path, **cells):
    """Writes in some rows: respondent to a step under Klar, or to (step, themes)."""
    workbook = openpyxl.load_workbook(path)
    sheet = workbook[SHEET]
    for row in range(2, sheet.max_row + 1):
        step = cells.get(sheet.cell(row, column("Svarande")).value)
        if step:
            sheet.cell(row, column("Klar")).value = step
    workbook.save(path)


def test_one_step_a_row(tmp_path):
    """As it stands, with the first further theme, with it alone, or one of the fixed states."""
    answers = [Answer(f"r{n}", "q1", "nytta", text) for n, text in enumerate(("Nätverk ett", "Nätverk två", "Nätverk tre", "Nätverk fyra", "Nätverk fem"))]  # fmt: skip
    codebook, _ = book(tmp_path)
    pairs = (("kollegor och nätverk", "natverk"), ("föreläsning och nätverk", "kunskap"))
    examples = [Example(f"{text} {n}", frozenset({theme})) for n in range(6) for text, theme in pairs]
    path = tmp_path / "review.xlsx"
    found = proposals(answers, codebook, {"nytta": examples})
    further = found[0].further[0].theme
    write_review(path, found, codebook, {})
    filled(path, r0="ja", r1="Lägg  till", r2="byt", r3="övrigt", r4="inget svar")
    done, problems = imported(tmp_path, codebook, path, answers)
    assert problems == [] and (done.reviewed, done.left) == (5, 0)
    decided = decided_themes(read_decisions(tmp_path / "codings.csv")[0])
    given = [set(decided[f"r{n}", "q1"]) for n in range(5)]
    assert given == [{"natverk"}, {"natverk", further}, {further}, {"ovrigt"}, {"inget"}]


def test_a_step_that_needs_more_proposals_than_there_are_is_named(tmp_path):
    """Nothing further is proposed where nothing has been learnt."""
    codebook, path = written(tmp_path)
    filled(path, **{ANSWERS[0].respondent: "byt"})
    done, problems = imported(tmp_path, codebook, path)
    assert done is None and "no_further" in {problem.code for problem in problems}


def test_those_that_say_the_same_follow_the_one_that_is_decided(tmp_path):
    """Open rows with the same text take its themes; where two were decided apart, none does."""
    answers = [Answer(f"r{n}", "q1", "hinder", "Pengar ") for n in range(3)] + [Answer("r9", "q2", "hinder", "Pengar")]
    codebook, path = written(tmp_path, answers)
    notes = [
        row[column("Att se upp med") - 1].value for row in openpyxl.load_workbook(path)[SHEET].iter_rows(min_row=2)
    ]
    assert sum("samma text som nr" in (note or "") for note in notes) == 2
    filled(path, r1="ja")
    done, _ = imported(tmp_path, codebook, path, answers)
    assert (done.reviewed, done.left) == (3, 1)
    (tmp_path / "codings.csv").unlink()
    filled(path, r0="övrigt")
    done, _ = imported(tmp_path, codebook, path, answers)
    assert (done.reviewed, done.left) == (2, 2)


SURE_ANSWERS = [Answer(f"r{n}", "q1", "hinder", f"Pengar och budget nummer {n}.") for n in range(40)]


def reviewed_sure(folder, wrong):
    """Forty sure ones: the sample read, some of it wrong, the rest approved unread."""
    codebook, _ = book(folder)
    found = proposals(SURE_ANSWERS, codebook)
    drawn = [one.answer.key for one in sure_tier(found, (), "").to_try]
    path = folder / "review.xlsx"
    write_review(path, found, codebook, {}, drawn=drawn)
    tried = [respondent for respondent, _ in drawn]
    steps = {one.respondent: "oläst" for one in SURE_ANSWERS} | dict.fromkeys(tried, "ja")
    filled(path, **steps | dict.fromkeys(tried[:wrong], "övrigt"))
    return imported(folder, codebook, path, SURE_ANSWERS)


def test_the_sure_ones_are_approved_unread_after_a_passed_sample(tmp_path):
    """And are marked so, in the decisions; with four of thirty wrong they wait."""
    done, problems = reviewed_sure(tmp_path, wrong=3)
    rows, _ = read_decisions(tmp_path / "codings.csv")
    assert problems == [] and (done.reviewed, done.left) == (40, 0)
    assert len(unread(rows)) == 10 and sum(tried_and_right(rows).values()) == 27 and check_passed(rows)
    (tmp_path / "codings.csv").unlink()
    done, problems = reviewed_sure(tmp_path, wrong=4)
    assert [(problem.code, problem.level) for problem in problems] == [("sample_missing", "warning")]
    assert (done.reviewed, done.left) == (30, 10) and not unread(read_decisions(tmp_path / "codings.csv")[0])


def test_only_a_sure_row_that_stands_may_be_approved_unread(tmp_path):
    """A row that is not sure is named."""
    answers = [Answer("r1", "q1", "hinder", "Pengar; politik")]
    codebook, path = written(tmp_path, answers)
    filled(path, r1="oläst")
    done, problems = imported(tmp_path, codebook, path, answers)
    assert done is None and [problem.code for problem in problems] == ["unread_unsure"]
