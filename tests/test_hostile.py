"""Files and answers meant to harm, and files merely broken: refused or shown as what they are, with a message."""

import csv
import io
import subprocess
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from sekom_survey.asked.load import load_wave
from sekom_survey.asked.questionnaire import read_survey
from sekom_survey.cli import main
from sekom_survey.coding.codebook import load_codebook
from sekom_survey.coding.decisions import read_decisions
from sekom_survey.coding.review import COLUMNS, ROWS_SHEET, SHEET
from sekom_survey.coding.review_import import import_review, read_workbook
from sekom_survey.coding.suggest_file import suggestions
from sekom_survey.counted.year import analyse, read_year
from sekom_survey.found.change.published import published_change
from sekom_survey.found.claims import read_claims
from sekom_survey.found.goals.activities import read_activities
from sekom_survey.found.goals.load import read_goals
from sekom_survey.found.past_run import read_erased
from sekom_survey.model import Problem, Unusable
from sekom_survey.running.manifest import write_manifest
from sekom_survey.running.outputs import write_csv
from sekom_survey.running.run import run
from sekom_survey.text import places
from sekom_survey.text.rows import as_text, is_formula
from sekom_survey.upkeep.check import folder_lines, form_lines
from sekom_survey.upkeep.next_year import new_year
from tests.fuzzing import BYTES, EDITS, FUZZ, spoilt
from tests.small_year import REGISTER, ROOT, TOWNS, contents, small_year, tiny_notebook
from tests.waves import MEMBERS, SURVEY, answer, make_wave

EXAMPLE = Path(__file__).parent.parent / "surveys" / "exempel" / "2026"
CORRECTIONS = "action,row,found,member_id,item,reason\nmatch,,Almköpnig,m1,,Felstavat\nstrike,2,,,satisfaction,Fel\nstryk,,Ekbro,,,Fel\n"
CODINGS = (
    "respondent,item,text_hash,theme,decision,coder,date,codebook_version,comment\nk1-official,challenge,abc,tid,yes,AB,2026-03-02,1.0.0,\n"
    "k1-official,challenge,abc,tid,undo,AB,2026-03-03,1.0.0,hej\n"
)
EVIL = (
    '=HYPERLINK("http://evil.example","Klicka")',
    "+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd",
    "-2+3+cmd|' /C calc'!A0",
    "\t=1+1",
    "=1+1",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(2)>",
    "<svg onload=alert(3)><a xlink:href='javascript:alert(4)'>",
    "</text><script>alert(5)</script>",
    "[länk](javascript:alert(6)) ![bild](http://evil.example/x.png) **fet** `kod`",
    "{{ 7*7 }} {% import os %} ${7*7}",
    ']]><!ENTITY x SYSTEM "file:///etc/passwd">',
)


def call(*words):
    return CliRunner().invoke(main, [str(word) for word in words])


# ---------------------------------------------------------------- answers that would run


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Every file of a run of both builds in which every free answer is hostile."""
    place = tmp_path_factory.mktemp("ond")
    rows = [
        answer(name, introduced="Ja", what=text, top=f"Nätverk;{text};")
        for name, text in zip(TOWNS, EVIL, strict=False)
    ]
    rows += [
        answer(TOWNS[0], role="Politiker", introduced="Nej", top=f"{EVIL[1]};"),
        answer("=1+1|okänd", what=EVIL[0]),
    ]
    folder, notebooks, reports = small_year(place, rows)
    tiny_notebook(
        notebooks,
        "from sekom_survey.shown.exhibits import conflicts, texts\nshow(conflicts(year))",
        'show(texts(year, "introduced_what"))',
        'show(choices(year, "top_value"))',
    )
    old = places.NOTEBOOKS
    places.NOTEBOOKS = notebooks
    try:
        outcome = run(folder, reports, lambda text: None)
    finally:
        places.NOTEBOOKS = old
    assert not outcome.failures
    return contents(outcome.folders[0])


def test_the_hostile_answers_are_in_the_report(made):
    """Otherwise the tests below would prove nothing."""
    text = "".join(BeautifulSoup(made[name], "lxml").get_text() for name in ("report.html", "office.html"))
    signs = (
        "=HYPERLINK(",
        "+cmd|",
        "@SUM(",
        "<script>alert(1)",
        "<img src=x onerror=alert(2)>",
        "<svg onload",
        "</text><script>",
        "](javascript:",
        "{{ 7*7 }}",
        "]]><!ENTITY",
    )
    assert [sign for sign in signs if sign not in text] == []


def test_no_answer_is_markup_in_any_page_or_drawing(made):
    """The answers' tags, handlers, links and templates are text in every page and drawing."""
    pages = [name for name in made if name.endswith((".html", ".svg"))]
    assert len(pages) >= 4
    for name in pages:
        page = BeautifulSoup(made[name], "lxml")
        attributes = [(key, str(value)) for tag in page.find_all(True) for key, value in tag.attrs.items()]
        assert not [tag for tag in page.find_all("script") if "alert(" in tag.get_text()], name
        assert not [key for key, _ in attributes if key.startswith("on")], name
        assert not [
            value
            for key, value in attributes
            if key in ("href", "src", "xlink:href") and ("javascript:" in value or "evil.example" in value)
        ], name
        assert not [tag for tag in page.find_all(["strong", "b", "code"]) if tag.get_text() in ("fet", "kod")], name


def test_no_cell_of_any_workbook_is_a_formula_or_a_link(made):
    """Also in the workbooks inside the slides."""
    books = [data for name, data in made.items() if name.endswith((".xlsx", ".pptx", ".docx"))]
    assert len(books) == 3
    while books:
        with zipfile.ZipFile(io.BytesIO(books.pop())) as archive:
            for inner in archive.namelist():
                data = archive.read(inner)
                if inner.endswith(".xlsx"):
                    books.append(data)
                elif inner.startswith("xl/"):
                    assert b"<f>" not in data
                    assert b"<f " not in data
                    assert b"evil.example" not in data or b"hyperlink" not in data
                elif inner.endswith(".rels"):
                    assert b"evil.example" not in data


def test_no_cell_of_any_csv_is_a_formula(made):
    """Each would open as text in Excel and LibreOffice."""
    cells = [
        cell
        for name, data in made.items()
        if name.endswith(".csv")
        for row in csv.reader(io.StringIO(data.decode()))
        for cell in row
    ]
    assert any(cell.startswith("'") for cell in cells)
    assert [cell for cell in cells if is_formula(cell)] == []


def test_suggested_themes_are_no_formulas():
    """The csv that `sekom suggest` writes."""
    codebook, _ = load_codebook(EXAMPLE / "codebook.toml")
    rows = list(csv.reader(io.StringIO(suggestions([("=1+1", "utmaning", "pengar saknas")], codebook))))
    assert rows[1][0] == "'=1+1"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("=1+1", "'=1+1"),
        (" =1", "' =1"),
        ("\t1", "'\t1"),
        ("-2+3", "'-2+3"),
        ("@x", "'@x"),
        ("+46", "+46"),
        ("-2,5", "-2,5"),
        ("1e-5", "1e-5"),
        ("−2", "−2"),
        ("a=1", "a=1"),
        ("", ""),
        ("– ja", "– ja"),
    ],
)
def test_only_what_a_spreadsheet_would_run_is_marked(text, kept):
    """Numbers, dashes and ordinary words are as they were."""
    assert as_text(text) == kept


@given(st.one_of(st.text(), st.floats(), st.integers(), st.none()))
def test_whatever_goes_in_no_formula_comes_out(value):
    """And what is no text is not touched."""
    out = as_text(value)
    assert not (isinstance(out, str) and is_formula(out))
    assert isinstance(value, str) or out is value


# ---------------------------------------------------------------- files that would harm


def xlsx(**parts):
    target = io.BytesIO()
    book = openpyxl.Workbook()
    book.save(target)
    out = io.BytesIO()
    with zipfile.ZipFile(target) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, parts.pop(name, old.read(name)))
        for name, data in parts.items():
            new.writestr(name, data)
    return out.getvalue()


LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>&b;</sheetData></worksheet>'
)
BOMB = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    + b" " * 60_000_000
    + b"</sheetData></worksheet>"
)
HARMFUL = {
    "zip bomb": lambda: xlsx(**{"xl/worksheets/sheet1.xml": BOMB}),
    "entities": lambda: xlsx(**{"xl/worksheets/sheet1.xml": LAUGHS}),
}


@pytest.mark.parametrize("name", HARMFUL)
def test_a_harmful_workbook_is_refused_as_export_and_as_review(tmp_path, name):
    """A message in Swedish, nothing unpacked."""
    folder = make_wave(tmp_path / "2026", [])
    (folder / "export" / "svar.xlsx").write_bytes(HARMFUL[name]())
    done = call("check", folder)
    assert (done.exit_code, "FEL" in done.output) == (2, True)
    book, problems = read_workbook(folder / "export" / "svar.xlsx")
    assert book is None
    assert [p.code for p in problems] == ["no_workbook"]


def test_macros_and_external_links_are_left_behind(tmp_path):
    """The cells are read, the rest never reaches a library."""
    folder = make_wave(tmp_path / "2026", [answer("Almköping")])
    path, full = folder / "export" / "svar.xlsx", io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(full, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
        new.writestr("xl/vbaProject.bin", b"macro")
        new.writestr("xl/externalLinks/externalLink1.xml", b"<!DOCTYPE x>")
    path.write_bytes(full.getvalue())
    assert "1 av 6 kommuner" in call("check", folder).output


@pytest.mark.parametrize("name", ["survey.toml", "members.csv", "corrections.csv"])
def test_an_enormous_text_file_is_refused(tmp_path, name):
    """Ten megabytes where a few kilobytes belong."""
    folder = make_wave(tmp_path / "2026", [answer("Almköping")])
    (folder / name).write_bytes(b"# x\n" + b"a = 1;2;3\n" * 1_000_000)
    done = call("check", folder)
    assert done.exit_code == 2
    assert f"2026/{name}" in done.output
    assert len(done.output) < 20_000


MOST_MEMORY = (
    "import sys; from pathlib import Path; from click.testing import CliRunner; from sekom_survey.cli import main\n"
    "ends = [CliRunner().invoke(main, ['check', folder]).exit_code for folder in sys.argv[1:]]\n"
    "most = next(line.split()[1] for line in Path('/proc/self/status').read_text().splitlines() if line.startswith('VmHWM'))\n"
    "print(ends, int(most) // 1024)"
)


@pytest.mark.skipif(sys.platform != "linux", reason="memory is asked of /proc")
def test_the_worst_files_take_less_than_a_gigabyte(tmp_path):
    """A csv of 2 GB, a bomb and ten megabytes of TOML, one after the other in one process; more of them in tests/campaigns.py."""
    folders = [make_wave(tmp_path / str(i) / "2026", [answer("Almköping")]) for i in range(3)]
    (folders[0] / "export" / "svar.xlsx").unlink()
    with (folders[0] / "export" / "svar.csv").open("wb") as file:
        file.truncate(2_000_000_000)
    (folders[1] / "export" / "svar.xlsx").write_bytes(HARMFUL["zip bomb"]())
    (folders[2] / "survey.toml").write_bytes(b"a = 1\n" * 1_700_000)
    done = subprocess.run(
        [sys.executable, "-c", MOST_MEMORY, *map(str, folders)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    ends, most = done.stdout.rsplit(" ", 1)
    assert ends == "[2, 2, 2]", done.stderr
    assert int(most) < 1000


def test_deep_nesting_long_keys_and_long_numbers_are_only_syntax(tmp_path):
    """No recursion without end."""
    for text in (
        "a = " + "[" * 100_000,
        "a = " + "{b=" * 20_000,
        ".".join(["a"] * 50_000) + " = 1",
        "a = " + "9" * 5000,
        "a = {" + ".".join(['"a"'] * 50_000) + " = 1}",
    ):
        (tmp_path / "survey.toml").write_text(text, encoding="utf-8")
        survey, problems = read_survey(tmp_path / "survey.toml", "survey.toml")
        assert survey is None
        assert problems


@pytest.mark.parametrize(
    "name", ["../../etc", "/", "..", "finns inte", "a\x00b", "~", "x" * 5000, "http://evil.example/"]
)
@pytest.mark.parametrize("command", ["check", "run"])
def test_a_path_where_a_year_should_stand_is_harmless(tmp_path, monkeypatch, command, name):
    """It is no year's folder, and nothing is written."""
    monkeypatch.chdir(tmp_path)
    done = call(command, name, *(["--reports", "ut"] if command == "run" else []))
    assert done.exit_code == 2
    assert done.exception is None or isinstance(done.exception, SystemExit)
    assert list(tmp_path.iterdir()) == []


def test_links_out_of_the_folder_and_round_in_circles(tmp_path):
    """An export that is a link elsewhere is refused; a link to itself is a file that cannot be read."""
    folder = make_wave(tmp_path / "2026", [answer("Almköping")])
    (folder / "export" / "svar.xlsx").rename(tmp_path / "annan.xlsx")
    (folder / "export" / "svar.xlsx").symlink_to(tmp_path / "annan.xlsx")
    with pytest.raises(Unusable) as stop:
        load_wave(folder)
    assert {p.code for p in stop.value.problems} == {"export_link"}
    for name in ("survey.toml", "members.csv", "corrections.csv"):
        (folder / name).unlink(missing_ok=True)
        (folder / name).symlink_to(folder / name)
    with pytest.raises(Unusable) as stop:
        load_wave(folder)
    assert {p.code for p in stop.value.problems} >= {"file_unreadable"}


# ---------------------------------------------------------------- files merely broken


def only_problems(problems):
    assert all(isinstance(problem, Problem) and problem.found and problem.todo for problem in problems)


def try_wave(folder):
    """Everything that reads a folder: `check`, its lines, and the next year."""
    try:
        only_problems(read_year(folder)[3])
    except Unusable as stop:
        only_problems(stop.problems)
        assert stop.problems
    assert all(isinstance(line, str) for line in [*folder_lines(folder), *form_lines(folder)])


def spoil_wave(folder, name, edits, flips):
    texts = {"survey.toml": SURVEY, "members.csv": MEMBERS, "corrections.csv": CORRECTIONS}
    if not folder.exists():
        make_wave(folder, [answer("Almköping"), answer("Björkvalla", introduced="Ja", what="x")])
    for one, text in texts.items():
        (folder / one).write_bytes(spoilt(text, edits, flips) if one == name else text.encode())


@FUZZ
@given(edits=EDITS, flips=BYTES, name=st.sampled_from(["survey.toml", "members.csv", "corrections.csv"]))
def test_any_damage_to_a_years_files(tmp_path, name, edits, flips):
    """The loader gives a year, or problems that say what is wrong."""
    spoil_wave(tmp_path / "2026", name, edits, flips)
    try_wave(tmp_path / "2026")


@FUZZ
@given(edits=EDITS, flips=BYTES, name=st.sampled_from(["survey.toml", "members.csv", "corrections.csv"]))
def test_a_new_year_from_a_damaged_one(tmp_path, name, edits, flips):
    """Whole or not at all, and never over something else."""
    spoil_wave(tmp_path / "2026", name, edits, flips)
    target = next(tmp_path / str(year) for year in range(2027, 9999) if not (tmp_path / str(year)).exists())
    try:
        new_year(target, tmp_path / "2026", tmp_path)
    except Unusable as stop:
        only_problems(stop.problems)
        assert not target.exists()
    else:
        assert read_survey(target / "survey.toml", "")[0].year == int(target.name)
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


CODEBOOK = (EXAMPLE / "codebook.toml").read_text(encoding="utf-8")
SHORT_CODEBOOK = CODEBOOK[: CODEBOOK.index("[[themes]]", CODEBOOK.index("[[themes]]") + 5)]


@FUZZ
@given(edits=EDITS, flips=BYTES)
def test_any_damage_to_the_codebook(tmp_path, edits, flips):
    """A codebook, or problems."""
    (tmp_path / "codebook.toml").write_bytes(spoilt(SHORT_CODEBOOK, edits, flips))
    only_problems(load_codebook(tmp_path / "codebook.toml")[1])


GOALS, CLAIMS = ((EXAMPLE / name).read_text(encoding="utf-8") for name in ("goals.toml", "claims.toml"))
QUESTIONNAIRE = read_survey(EXAMPLE / "survey.toml", "")[0].questionnaire


@FUZZ
@given(edits=EDITS, flips=BYTES, goals=st.booleans())
def test_any_damage_to_goals_and_claims(tmp_path, edits, flips, goals):
    """Goals and claims, or problems."""
    path = tmp_path / "plan.toml"
    path.write_bytes(spoilt(GOALS if goals else CLAIMS, edits, flips))
    only_problems((read_goals if goals else read_claims)(path, path.name, QUESTIONNAIRE)[1])


@FUZZ
@given(edits=EDITS, flips=BYTES)
def test_any_damage_to_codings(tmp_path, edits, flips):
    """Decisions, or problems."""
    (tmp_path / "codings.csv").write_bytes(spoilt(CODINGS, edits, flips))
    only_problems(read_decisions(tmp_path / "codings.csv")[1])


@FUZZ
@given(edits=EDITS, flips=BYTES)
def test_any_damage_to_the_activity_log(tmp_path, edits, flips):
    """Activities, or problems."""
    text = "date,activity,member_id,role,count,title\n2026-01-21,newsletter,k1,,1,Brev\n2026-02-01,webinar,k2,politiker,2,Webb\n"
    (tmp_path / "activities.csv").write_bytes(spoilt(text, edits, flips))
    only_problems(read_activities(tmp_path / "activities.csv", "activities.csv", (), 2026)[1])


def left_behind(folder):
    """A small year that has been erased, and its published numbers."""
    make_wave(folder, [])
    (folder / "export" / "svar.xlsx").unlink()
    (folder / "published").mkdir()
    home = folder.parent / "året efter"
    year = analyse(
        make_wave(
            home,
            [answer(name) for name in ("Almköping", "Björkvalla", "Cedersö", "Duvhult", "Ekbro")],
            SURVEY.replace("year = 2026", "year = 2027"),
        )
    )
    whole = {"estimates.csv": year.estimates, "means.csv": year.means, "themes.csv": year.estimates}
    for name, table in whole.items():
        write_csv(table[table["segment"] == "all"], folder / "published" / name)
    write_manifest(year, folder / "published")
    (folder / "codebook.toml").write_text(SHORT_CODEBOOK, encoding="utf-8")
    return year, {path.name: path.read_text(encoding="utf-8") for path in (folder / "published").iterdir()}


LEFT: list = []


@FUZZ
@given(edits=EDITS, flips=BYTES, name=st.sampled_from(["estimates.csv", "means.csv", "themes.csv", "run.json"]))
def test_any_damage_to_what_an_erased_year_keeps(tmp_path_factory, edits, flips, name):
    """Last year's numbers, or none; never a made-up one outside what can be."""
    if not LEFT:
        folder = tmp_path_factory.mktemp("gallrat") / "2026"
        LEFT.append((folder, *left_behind(folder)))
    folder, year, texts = LEFT[0]
    for one, text in texts.items():
        (folder / "published" / one).write_bytes(spoilt(text, edits, flips) if one == name else text.encode())
    left = read_erased(folder)
    if left.run is not None:
        table = published_change(left.run, year.estimates, year.means, year.survey)
        shares = table.loc[table["option"] != "mean", ["before", "after"]].dropna()
        assert ((shares >= 0) & (shares <= 1)).all(axis=None)


ROW = ["1", "k1-official", "utmaning", "Pengar saknas", "Resursbrist", "hög", "", "", "", "", "", "", "ja", "", "abc"]
CELLS = st.one_of(
    st.sampled_from(
        ["", "ja", "Ja ", "nej", "Resursbrist", "=1+1", "k1-official", "#REF!", 3, 2.5, True, "x" * 3000, "\u200b"]
    ),
    st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc")), max_size=6),
)


def review_book(rows, names, written):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, lines in (
        (names[0], [list(COLUMNS), *rows]),
        (names[1], [["respondent", "item", "text_hash", "proposed"], *written]),
    ):
        sheet = book.create_sheet(name)
        for i, line in enumerate(lines, 1):
            for j, cell in enumerate(line, 1):
                sheet.cell(i, j).value = cell
                if sheet.cell(i, j).data_type == "f":
                    sheet.cell(i, j).data_type = "s"
    target = io.BytesIO()
    book.save(target)
    return bytearray(target.getvalue())


@FUZZ
@given(
    changes=st.lists(st.tuples(st.integers(0, 2), st.integers(0, len(COLUMNS) - 1), CELLS), max_size=6),
    flips=BYTES,
    names=st.sampled_from([(SHEET, ROWS_SHEET), (SHEET, "Annat"), ("Blad1", ROWS_SHEET)]),
)
def test_any_damage_to_a_reviewed_workbook(tmp_path, changes, flips, names):
    """Its decisions, or problems and codings.csv untouched."""
    rows = [list(ROW), list(ROW), list(ROW)]
    for row, column, cell in changes:
        rows[row][column % len(ROW)] = cell
    data = review_book(rows, names, [["k1-official", "utmaning", "abc", "resursbrist"]])
    for place, value in flips:
        data[place % len(data)] = value
    (tmp_path / "review.xlsx").write_bytes(data)
    codebook, _ = load_codebook(EXAMPLE / "codebook.toml") if not CACHE else CACHE[0]
    CACHE[:] = [(codebook, [])]
    found, problems = import_review(
        tmp_path / "review.xlsx", tmp_path / "codings.csv", (), codebook, coder="AB", day="2026-03-02"
    )
    only_problems(problems)
    assert found is not None or not (tmp_path / "codings.csv").exists()
    (tmp_path / "codings.csv").unlink(missing_ok=True)


CACHE: list = []


def test_the_register_of_these_tests_is_invented():
    """None of the small years' names is a real municipality's."""
    from sekom_survey.asked.reference import municipality

    assert not [line.split(",")[1] for line in REGISTER.splitlines()[1:] if municipality(line.split(",")[1])]
