"""Problems mended by the line that a person could have typed, and files put in their place."""

import tomllib
from datetime import date

import pytest
import xlsxwriter

from sekom_survey.counted.year import read_year
from sekom_survey.model import Mend, Unusable
from sekom_survey.text.places import ROOT
from sekom_survey.upkeep.first_year.places import marks_of
from sekom_survey.upkeep.mending import corrections, mend, mended_survey, unmend
from sekom_survey.upkeep.next_year.survey import NotRewritten
from sekom_survey.upkeep.put_in import put_in
from tests.indicator_files import DECLARED
from tests.waves import HEAD, MEMBERS, QUESTIONS, answer, make_wave, write_export

DAY = date(2026, 2, 14)
EXAMPLE = (ROOT / "surveys" / "exempel" / "2026" / "survey.toml").read_text(encoding="utf-8")
NAMES = ("Almköping", "Björkvalla", "Cedersö", "Duvhult")


def problems_of(folder, code):
    try:
        found = read_year(folder)[3]
    except Unusable as stop:
        found = stop.problems
    return [problem for problem in found if problem.code == code]


@pytest.fixture
def year(tmp_path):
    return make_wave(
        tmp_path / "2026", [*(answer(name) for name in NAMES), answer("Ekbroo"), answer("=Zrrt"), answer("")]
    )


def test_a_name_is_matched_by_one_row_and_the_row_taken_out_again(year):
    """The likest member first; twice pressed is once written."""
    problem = next(one for one in problems_of(year, "member_unmatched") if "Ekbroo" in one.found)
    assert problem.mends[0] == Mend("match", found="Ekbroo", member_id="m5")
    assert mend(year, problem.mends[0], "Säkert.", DAY, "AB")
    assert not mend(year, problem.mends[0], "Säkert igen.", DAY, "AB")
    (row,) = corrections(year)
    assert (row.action, row.found, row.member_id, row.reason, row.date, row.who) == (
        "match",
        "Ekbroo",
        "m5",
        "Säkert.",
        "2026-02-14",
        "AB",
    )
    assert not any("Ekbroo" in one.found for one in problems_of(year, "member_unmatched"))
    assert unmend(year, row.line, row.mark)
    assert any("Ekbroo" in one.found for one in problems_of(year, "member_unmatched"))


def test_a_cell_that_a_spreadsheet_would_run_or_that_is_empty_is_named_by_its_row(year):
    """Nothing that Excel would take for a formula is written into a csv."""
    found = {problem.where: problem.mends for problem in problems_of(year, "member_unmatched")}
    assert all(one.found == "" and one.row for where in ("rad 7", "rad 8") for one in found[where])
    for where in ("rad 7", "rad 8"):
        mend(year, found[where][-1], "Inte medlem", DAY)
    assert [one.where for one in problems_of(year, "member_unmatched")] == ["rad 6"]


def test_no_reason_no_row(year):
    with pytest.raises(Unusable):
        mend(year, Mend("strike", found="Ekbroo"), "  ", DAY)
    assert corrections(year) == []


def test_an_answer_that_cannot_be_read_is_struck_wherever_it_stands(tmp_path):
    folder = make_wave(
        tmp_path / "2026",
        [*(answer(name) for name in NAMES[:2]), answer("Cedersö", satisfaction=11), answer("Duvhult", satisfaction=11)],
    )
    (problem,) = problems_of(folder, "number_unreadable")
    assert problem.mends == (Mend("strike", found="11", item="satisfaction"),)
    assert mend(folder, problem.mends[0], "Skalan går till tio.", DAY)
    assert problems_of(folder, "number_unreadable") == []


@pytest.mark.parametrize(("place", "trend"), [(0, True), (1, False)])
def test_a_question_in_other_words_is_known_again(tmp_path, place, trend):
    """As a wording of the same question, or as a new meaning of it."""
    folder = make_wave(tmp_path / "2026", [answer(name) for name in NAMES])
    questions = ["Hur nöjda är ni just nu?" if one == "Hur nöjda är ni?" else one for one in QUESTIONS]
    write_export(folder / "export" / "svar.xlsx", [answer(name) for name in NAMES], HEAD, questions)
    (problem,) = problems_of(folder, "question_unknown")
    assert [one.action for one in problem.mends] == ["wording", "reworded", "asked", "metadata"]
    assert mend(folder, problem.mends[place], "", DAY)
    assert not mend(folder, problem.mends[place], "", DAY)
    assert problems_of(folder, "question_unknown") == []
    item = read_year(folder)[0].questionnaire.item("satisfaction")
    assert (item.text == "Hur nöjda är ni?") is trend


def test_a_question_that_was_not_asked_and_a_column_that_is_none(tmp_path):
    folder = make_wave(tmp_path / "2026", [answer(name) for name in NAMES])
    questions = [one for one in QUESTIONS if one != "Hur nöjda är ni?"]
    rows = [[cell for i, cell in enumerate(answer(name)) if i != 5] for name in NAMES]
    write_export(folder / "export" / "svar.xlsx", [[*row, "xyz"] for row in rows], HEAD, [*questions, "Intern kod"])
    for code in ("question_missing", "question_unknown"):
        (problem,) = problems_of(folder, code)
        assert mend(folder, problem.mends[-1], "", DAY)
    assert read_year(folder)[3] == ()


@pytest.mark.parametrize("action", ["wording", "reworded", "unasked"])
def test_only_the_lines_of_the_question_change(action):
    """Items and rows from all over the example: all else of the file reads as before, comments and all."""
    before = tomllib.loads(EXAMPLE)
    for name in [one["id"] for item in before["items"] for one in (item, *item.get("rows", []))][::6]:
        text = mended_survey(EXAMPLE, Mend(action, item=name, found='Ny "lydelse" \\ å'))
        after = tomllib.loads(text)
        assert after != before
        assert {key: value for key, value in after.items() if key != "items"} == {
            key: value for key, value in before.items() if key != "items"
        }
        kept = [line for line in text.split("\n") if line in set(EXAMPLE.split("\n"))]
        assert len(kept) >= len(text.split("\n")) - 1


def test_lines_that_cannot_be_changed_safely_are_left():
    """A text over several lines, an id that is built otherwise."""
    with pytest.raises(NotRewritten):
        mended_survey('[[items]]\nid = "a"\ntext = """\nen\n"""\n', Mend("reworded", item="a", found="b"))
    with pytest.raises(NotRewritten):
        mended_survey('items = [{id = "a", text = "x"}]\n', Mend("wording", item="a", found="b"))


def test_the_old_file_is_kept_with_its_date(year):
    """Each time under a name of its own, the new one alone in its place."""
    old = (year / "export" / "svar.xlsx").read_bytes()
    new = write_export(year.parent / "ny.xlsx", [answer(name) for name in NAMES]).read_bytes()
    for _ in range(2):
        put_in(year, "export", "svar.xlsx", new, DAY)
    put_in(year, "export", "C:\\Users\\a\\Nya svar.xlsx", new, DAY)
    assert [path.name for path in (year / "export").iterdir()] == ["Nya svar.xlsx"]
    kept = {path.name: path.read_bytes() for path in (year / "replaced").iterdir()}
    assert set(kept) == {"2026-02-14 svar.xlsx", "2026-02-14 svar 2.xlsx", "2026-02-14 svar 3.xlsx"}
    assert kept["2026-02-14 svar.xlsx"] == old


def test_values_of_indicators_lie_beside_each_other_and_one_of_the_same_name_takes_the_place_of_the_old(year):
    """Each under its own name in indicators/, as soon as it holds a cell of a declared indicator."""
    (year / "indicators.toml").write_text(DECLARED, encoding="utf-8")
    sheet = "Kommun;2024;2025\nAlmköping;400;{}\n"
    for name, last in (("6a hushållsavfall.csv", 390), ("C:\\hem\\6a mer.csv", 380), ("6a hushållsavfall.csv", 370)):
        put_in(year, "values", name, sheet.format(last).encode(), DAY)
    assert sorted(path.name for path in (year / "indicators").iterdir()) == ["6a hushållsavfall.csv", "6a mer.csv"]
    assert "370" in (year / "indicators" / "6a hushållsavfall.csv").read_text(encoding="utf-8")
    assert [path.name for path in (year / "replaced").iterdir()] == ["2026-02-14 6a hushållsavfall.csv"]


def test_values_before_the_indicators_are_named_are_not_put_in(year):
    """What they are is not known; the message says which file is missing."""
    with pytest.raises(Unusable) as stop:
        put_in(year, "values", "6a.csv", b"Kommun;2025\nAlmk\xc3\xb6ping;390\n", DAY)
    assert "indicators.toml" in str(stop.value.problems) and not (year / "indicators").exists()


@pytest.mark.parametrize(
    ("slot", "name", "data"),
    [
        ("values", "något annat.csv", b"Kommun;2025\nX;390\n"),
        ("values", "6a.pdf", b"%PDF"),
        ("values", "6a.xlsx", b"PK\x03\x04 nonsense"),
        ("export", "svar.xlsx", b"PK\x03\x04 nonsense"),
        ("export", "svar.csv", b"\x00\xff\x00\x01" * 99),
        ("export", "svar.exe", b"MZ"),
        ("export", "svar.csv", b""),
        ("members", "medlemmar.csv", b"namn;ort\nA;B\n"),
        ("members", "medlemmar.xlsx", b"PK\x03\x04 nonsense"),
        ("activities", "logg.csv", b""),
        ("goals", "goals.toml", b"a = ["),
        ("codebook", "bok.toml", b"\xff\xfe\x00\xd8"),
    ],
)
def test_nonsense_changes_nothing(year, slot, name, data):
    """A file that cannot be read as what it should be leaves the folder as it was."""
    (year / "indicators.toml").write_text(DECLARED, encoding="utf-8")
    before = {path: path.read_bytes() for path in year.rglob("*") if path.is_file()}
    with pytest.raises(Unusable) as stop:
        put_in(year, slot, name, data, DAY)
    assert stop.value.problems
    assert {path: path.read_bytes() for path in year.rglob("*") if path.is_file()} == before


def test_a_list_kept_in_excel_becomes_the_csv(year, tmp_path):
    """Cells as they are; what was there is kept."""
    path = tmp_path / "medlemmar.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    for row, line in enumerate(MEMBERS.splitlines()):
        for column, cell in enumerate(line.split(",")):
            sheet.write(row, column, int(cell) if cell.isdecimal() else cell)
    book.close()
    before = read_year(year)[0].members
    put_in(year, "members", "medlemmar.xlsx", path.read_bytes(), DAY)
    assert read_year(year)[0].members == before
    assert (year / "replaced" / "2026-02-14 members.csv").read_text(encoding="utf-8") == MEMBERS


@pytest.mark.parametrize(
    "given",
    [
        (4, 5, 2, 3),
        ("Mycket nöjd", "Nöjd", "Mycket nöjd", "Nöjd"),
        ("Kort", "Lite längre", "Mycket", "x"),
    ],
)
def test_a_new_question_is_drafted_into_the_survey_and_left_to_confirm(year, given):
    """The lines that check would have one paste, last in the file; the year then reads, and the rest is as it was."""
    before, heading = (year / "survey.toml").read_text(encoding="utf-8"), "Hur går det?"
    rows = [(*answer(name), one) for name, one in zip(NAMES, given, strict=True)]
    write_export(year / "export" / "svar.xlsx", rows, HEAD, [*QUESTIONS, heading])
    (problem,) = problems_of(year, "question_unknown")
    assert problem.mends[0] == Mend("asked", found=heading)
    assert mend(year, problem.mends[0], "", DAY)
    after = (year / "survey.toml").read_text(encoding="utf-8")
    assert after.startswith(before.rstrip("\n")) and f'text = "{heading}"' in after
    assert marks_of(year) or given[0] == "Kort"
    assert not mend(year, problem.mends[0], "", DAY)
    assert problems_of(year, "question_unknown") == []
    with pytest.raises(Unusable):
        mend(year, Mend("asked", found="Finns inte i filen"), "", DAY)


@pytest.mark.parametrize(
    ("action", "line"), [("option", 'options = ["Ja", "Nej", "Kanske"]'), ("own_words", "other = true")]
)
def test_an_answer_that_is_no_option_is_let_in_by_one_line(year, action, line):
    write_export(
        year / "export" / "svar.xlsx", [answer(NAMES[0], introduced="Kanske"), *(answer(name) for name in NAMES[1:])]
    )
    (problem,) = problems_of(year, "option_unknown")
    how = next(one for one in problem.mends if one.action == action)
    assert mend(year, how, "", DAY) and not mend(year, how, "", DAY)
    assert line in (year / "survey.toml").read_text(encoding="utf-8").replace("'", '"')
    assert problems_of(year, "option_unknown") == []
