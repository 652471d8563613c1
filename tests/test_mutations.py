"""A good export, spoilt in every way people and programs spoil exports: right numbers, or told what is wrong. Never silence.

What no program can see from one file is not here: answers deleted, or two columns of the same scale given each other's
headings. docs/reliability.md says so.
"""

import csv
import io
from datetime import datetime
from itertools import cycle

import openpyxl
import pytest

from sekom_survey.counted.year import analyse, read_year
from sekom_survey.model import NOTE, Unusable
from tests.waves import HEAD, MEMBERS, QUESTIONS, answer, make_wave

TOWNS = [f"{start}{end}" for start in ("Alm", "Björk", "Ceder", "Duv") for end in ("köping", "valla", "sö", "hyttan")]
REGISTER = (
    MEMBERS.splitlines()[0]
    + "\n"
    + "".join(f"k{i},{name},municipality,member,,Kalmar län,{9000 + i},2001-01-01,,,\n" for i, name in enumerate(TOWNS))
)
ROWS = [
    answer(name, role, top, support, voice, satisfaction, introduced, what)
    for name, role, top, support, voice, satisfaction, (introduced, what) in zip(
        TOWNS,
        cycle(["Tjänsteperson", "Politiker", "Tjänsteperson"]),
        cycle(["Nätverk;", "Kunskap; kurser;Nätverk;", "Inget av detta;"]),
        cycle(["Stort behov", "Litet behov", "Vet inte", "Inget behov"]),
        cycle(["Litet behov", "Stort behov", "Inget behov"]),
        cycle([8, 3, 10, 7, 9]),
        cycle([("Ja", "Cykelpool"), ("Nej", ""), ("Vet inte", "")]),
        strict=False,
    )
]
HEADINGS = [*HEAD, *QUESTIONS]
MEMBER, ROLE, TOP, SUPPORT, VOICE, RATING, INTRODUCED, WHAT = range(6, 14)
RIGHT = ""


def table():
    meta = [[str(i), "2026-02-02 08:00", "2026-02-02 08:12", "anonymous", "", ""] for i, _ in enumerate(ROWS, 1)]
    return [HEADINGS, *([*left, *map(str, row)] for left, row in zip(meta, ROWS, strict=True))]


def as_csv(rows, mark=";", quoting=csv.QUOTE_MINIMAL):
    target = io.StringIO(newline="")
    csv.writer(target, delimiter=mark, lineterminator="\r\n", quoting=quoting, escapechar="\\").writerows(rows)
    return target.getvalue()


def read(folder, data, name="svar.csv"):
    """What the tool makes of a file: the answers it counts and what it says, or only what it says."""
    make_wave(folder, [], members=REGISTER)
    (folder / "export" / "svar.xlsx").unlink()
    (folder / "export" / name).write_bytes(data)
    try:
        _, _, responses, problems = read_year(folder)
    except Unusable as stop:
        return None, {p.code for p in stop.problems}
    people = responses.respondents.set_index("respondent")["member_id"]
    answers = responses.answers.table
    counted = sorted(
        zip(
            answers["respondent"].map(people),
            answers["item"],
            answers["state"],
            answers["option"],
            answers["value"].astype(str),
            answers["text"],
            strict=True,
        )
    )
    roles = sorted(zip(responses.respondents["member_id"], responses.respondents["role"], strict=True))
    return (counted, roles), {p.code for p in problems if p.level != NOTE}


def cells(change, rows=None):
    """The table with `change(row)` made to its rows below the headings, in Excel's Swedish csv."""
    head, *lines = table()
    return as_csv(
        [head, *(change(i, list(line)) if rows is None or i in rows else line for i, line in enumerate(lines))]
    ).encode()


def put(column, value, rows=None):
    def change(i, line):
        line[column] = value(line[column]) if callable(value) else value
        return line

    return lambda: cells(change, rows)


def headings(change):
    return lambda: as_csv([change(list(HEADINGS)), *table()[1:]]).encode()


def renamed(old, new):
    return headings(lambda head: [new if text == old else text for text in head])


def workbook(*sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for i, rows in enumerate(sheets):
        sheet = book.create_sheet(f"Blad{i + 1}")
        for row in rows:
            sheet.append(row)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def replaced(old, new):
    return put_all(lambda text: text.replace(old, new))


def put_all(change):
    return lambda: cells(lambda i, line: [*line[:6], *map(change, line[6:])])


def pieces(*parts):
    return lambda: b"".join(part() if callable(part) else part for part in parts)


WHOLE = lambda: as_csv(table()).encode()  # noqa: E731
SPOILT = {
    # the numbers must come out right
    "columns in another order": (
        lambda: as_csv([[row[i] for i in (*range(6), 14, 9, 13, 6, 8, 12, 7, 11, 10)] for row in table()]).encode(),
        RIGHT,
    ),
    "byte-order mark and Windows lines": (pieces(b"\xef\xbb\xbf", WHOLE), RIGHT),
    "saved as Windows-1252": (lambda: as_csv(table()).encode("cp1252"), RIGHT),
    "saved as UTF-16": (lambda: as_csv(table()).encode("utf-16"), RIGHT),
    "commas and quotes everywhere": (lambda: as_csv(table(), ",", csv.QUOTE_ALL).encode(), RIGHT),
    "hard and trailing spaces": (put_all(lambda text: text.replace(" ", "\u00a0") + " " if text else text), RIGHT),
    "options in capitals": (
        lambda: cells(lambda i, line: [*line[:7], *(text.upper() for text in line[7:13]), *line[13:]]),
        RIGHT,
    ),
    "a doubled row": (lambda: as_csv([*table(), table()[3]]).encode(), RIGHT),
    "empty rows in the middle": (lambda: as_csv([*table()[:4], [""] * 15, [], *table()[4:]]).encode(), RIGHT),
    "rating as 8.0": (put(RATING, lambda text: text + ".0"), RIGHT),
    "kommun added to the name": (put(MEMBER, lambda text: text + " kommun"), RIGHT),
    "an empty column in between": (lambda: as_csv([[*row[:8], "", *row[8:]] for row in table()]).encode(), RIGHT),
    # something must be said
    "headings shifted one column": (headings(lambda head: [*head[:6], head[-1], *head[6:-1]]), "member_unmatched"),
    "one row's cells shifted right": (
        lambda: cells(lambda i, line: [*line[:8], "", *line[8:-1]], {4}),
        "option_unknown",
    ),
    "one row's cells shifted left": (lambda: cells(lambda i, line: [*line[:8], *line[9:], ""], {4}), "option_unknown"),
    "an option renamed": (put(INTRODUCED, lambda text: "Japp" if text == "Ja" else text), "option_unknown"),
    "Vet inte renamed": (replaced("Vet inte", "Vet ej"), "option_unknown"),
    "an option renamed where own words are allowed": (replaced("Nätverk", "Kollegial samvaro"), "form_options"),
    "an option misspelt in one answer": (put(TOP, "Kunskap kurser;", {2}), "choice_misspelt"),
    "the scale replaced by numbers": (put(SUPPORT, "3"), "option_unknown"),
    "ratings on another scale": (put(RATING, lambda text: str(int(text) * 10)), "number_unreadable"),
    "ratings on a scale of five": (put(RATING, lambda text: str((int(text) + 1) // 2)), "form_scale"),
    "ratings with decimals": (put(RATING, "7,5", {3}), "number_unreadable"),
    "the heading row dropped": (lambda: as_csv(table()[1:]).encode(), "header_missing"),
    "one heading blank": (renamed("Stöd", ""), "heading_missing"),
    "a question reworded": (renamed("Hur nöjda är ni?", "Hur glada är ni?"), "question_unknown"),
    "a question dropped": (
        lambda: as_csv([row[:RATING] + row[RATING + 1 :] for row in table()]).encode(),
        "question_missing",
    ),
    "a column of notes added": (
        lambda: as_csv([[*row, "kolla" if i else "Egna anteckningar"] for i, row in enumerate(table())]).encode(),
        "question_unknown",
    ),
    "a column twice with other answers": (
        lambda: as_csv([[*row, "5" if i else "Hur nöjda är ni?"] for i, row in enumerate(table())]).encode(),
        "column_double",
    ),
    "a column emptied": (put(SUPPORT, ""), "form_empty"),
    "UTF-8 read as Windows-1252": (
        lambda: as_csv(table()).encode().decode("cp1252", "replace").encode(),
        "platform_unknown",
    ),
    "the file cut short": (lambda: WHOLE()[: len(WHOLE()) // 2 + 7], "row_too_short"),
    "quotes lost, so that cells fall apart": (lambda: WHOLE().replace(b'"', b""), "row_too_long"),
    "headings again halfway, two files pasted": (lambda: as_csv([*table()[:6], *table()]).encode(), "headings_again"),
    "a sum row at the bottom": (
        lambda: as_csv([*table(), ["", "", "", "", "", "", "Summa", "", "", "", "", "107", "", "", ""]]).encode(),
        "rows_below",
    ),
    "choices parted by commas": (replaced("; kurser;", "; kurser,"), "form_options"),
    "a name nobody knows": (put(MEMBER, "Nånstans", {5}), "member_unmatched"),
    "a name emptied": (put(MEMBER, "", {5}), "member_unmatched"),
    "error values from a spreadsheet": (put(RATING, "#VALUE!", {1}), "cell_error"),
    "another survey's file": (
        lambda: as_csv(
            [["ID", "Starttid", "Slutförandetid", "Vad heter du?"], ["1", "2026-02-02 08:00", "2026-02-02 08:12", "X"]]
        ).encode(),
        "question_missing",
    ),
    "an empty file": (lambda: b"", "file_empty"),
}
BOOKS = {
    "a summary sheet first": (lambda: workbook([["Summa", 3]], table()), RIGHT),
    "the same sheet twice": (lambda: workbook(table(), table()), "sheets_several"),
    "a workbook cut short": (lambda: workbook(table())[:-900], "file_broken"),
    "answers turned into dates": (
        lambda: workbook(
            *[[HEADINGS, *([*row[:INTRODUCED], datetime(2026, 1, 3), *row[INTRODUCED + 1 :]] for row in table()[1:])]]
        ),
        "option_unknown",
    ),
}


@pytest.fixture(scope="module")
def truth(tmp_path_factory):
    answers, said = read(tmp_path_factory.mktemp("bra") / "2026", WHOLE())
    assert said == set()
    assert len(answers[1]) == len(TOWNS)
    return answers


@pytest.mark.parametrize(
    ("spoil", "expected", "name"),
    [
        *(pytest.param(*value, "svar.csv", id=key) for key, value in SPOILT.items()),
        *(pytest.param(*value, "svar.xlsx", id=key) for key, value in BOOKS.items()),
    ],
)
def test_a_spoilt_export_gives_the_right_numbers_or_says_what_is_wrong(tmp_path, truth, spoil, expected, name):
    """Silently wrong: none."""
    answers, said = read(tmp_path / "2026", spoil(), name)
    if expected == RIGHT:
        assert answers == truth
    else:
        assert expected in said


def test_a_year_in_which_no_row_counts_is_no_result(tmp_path):
    """Shifted headings make every name unknown; the run stops instead of reporting nought answers."""
    folder = tmp_path / "2026"
    read(folder, SPOILT["headings shifted one column"][0]())
    with pytest.raises(Unusable) as stop:
        analyse(folder)
    assert "nobody_counted" in {p.code for p in stop.value.problems}
