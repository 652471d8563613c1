"""Exports as people really have them: each kind of file that once went wrong, written here, with what is right.

What was seen where is told in docs/reliability.md.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from sekom_survey.asked.load import load_wave
from sekom_survey.asked.reference import municipalities
from sekom_survey.collected import cell_count, read_export
from sekom_survey.counted.year import analyse, read_year
from sekom_survey.model import NOTE, Unusable
from sekom_survey.text.files import read_rows
from sekom_survey.upkeep.draft import draft_question, draft_survey
from sekom_survey.upkeep.guess import Guess, guess_columns
from sekom_survey.upkeep.inspect import inspect_file, inspection_lines

from .files import FORMS_HEAD, archive, column, noticed, ods, ods_row, read, save_csv, save_xlsx
from .platforms import OPTIONS, WRITERS, Question, questions_of, write_surveymonkey

TOWNS = ["Alby", "Bärby", "Ceby", "Dalby", "Edby", "Fryby", "Gårdby", "Höby", "Isby", "Jörby", "Kalby", "Luby"]
REGISTER = "member_id,name,kind,status,county,population\n" + "".join(
    f"M{i:03},{town},municipality,member,Örebro län,{10_000 + i}\n" for i, town in enumerate(TOWNS, 1)
)
MEMBER, ROLE, CHANNELS, SATISFIED, BETTER = QUESTIONS = [
    "Vilken kommun svarar du för?",
    "Vilken roll har du?",
    "Vilka kanaler använder du?",
    "Hur nöjd är du?",
    "Vad kan bli bättre?",
]
KINDS = {
    MEMBER: 'kind = "member"',
    ROLE: 'kind = "role"\noptions = ["Politiker", "Tjänsteperson"]\npoliticians = ["Politiker"]\nofficials = ["Tjänsteperson"]',
    CHANNELS: 'kind = "multi"\noptions = ["Teams", "Nyhetsbrev", "Webbinarium"]',
    SATISFIED: 'kind = "rating"\nlow = 1\nhigh = 5',
    BETTER: 'kind = "text"',
}
HEAD = 'year = 2026\ntitle = "M"\nopened = 2026-01-19\nclosed = 2026-02-13\nframe_date = 2026-01-01\nsynthetic = true\n'


def role(i: int) -> str:
    return ("Politiker", "Tjänsteperson")[i % 2]


def answers(mark: str = ";") -> list[list[Any]]:
    """Twelve rows of answers to the five questions."""
    chosen = [f"Teams{mark}", f"Teams{mark}Nyhetsbrev{mark}", f"Nyhetsbrev{mark}Webbinarium{mark}"]
    return [[town, role(i), chosen[i % 3], i % 5 + 1, f"Mer stöd {i}" if i % 2 else ""] for i, town in enumerate(TOWNS)]


def forms(*more: list[Any]) -> list[list[Any]]:
    """The rows of a Microsoft Forms file, with further columns."""
    times = [[i, datetime(2026, 1, 20, 9, i), datetime(2026, 1, 20, 9, i + 7), "anonymous", ""] for i in range(1, 13)]
    rows = [
        [*left, *row, *(column[i + 1] for column in more)]
        for i, (left, row) in enumerate(zip(times, answers(), strict=True))
    ]
    return [[*FORMS_HEAD[:5], *QUESTIONS, *(column[0] for column in more)], *rows]


def survey(texts: list[str], head: str = "", **kinds: str) -> str:
    """A survey.toml with the questions named, of the kinds above or as given by heading."""
    known = KINDS | kinds
    return (
        HEAD
        + head
        + "".join(f'\n[[items]]\nid = "q{i}"\ntext = """{text}"""\n{known[text]}\n' for i, text in enumerate(texts))
    )


def year(folder: Path, path: Path, toml: str) -> Path:
    """A year's folder with the file as its export."""
    place = folder / "2026"
    (place / "export").mkdir(parents=True)
    (place / "survey.toml").write_text(toml, encoding="utf-8")
    (place / "members.csv").write_text(REGISTER, encoding="utf-8")
    path.rename(place / "export" / path.name)
    return place


def confirmed(toml: str) -> str:
    """A draft with its marks taken out, as a person does after looking."""
    return "\n".join(line for line in toml.splitlines() if not line.startswith("confirm = "))


def inspected(path: Path) -> tuple[Any, str]:
    """The export as `inspect` reads it and all that it prints."""
    export, problems = inspect_file(path, path.name)
    assert export is not None, problems
    return export, "\n".join(inspection_lines(export, problems))


def codes(folder: Path) -> set[str]:
    """What is said of a year's folder when it is read, whether or not it stops."""
    try:
        return {problem.code for problem in read_year(folder)[3] if problem.level != NOTE}
    except Unusable as stop:
        return {problem.code for problem in stop.problems}


@pytest.mark.parametrize("heading", ["Status", "Duration", "Namn", "Score", "IP Address", "Progress"])
def test_a_plain_table_owns_no_column(tmp_path: Path, heading: str) -> None:
    """What other platforms call their own is a question here, and unknown until survey.toml has it."""
    rows = [[MEMBER, ROLE, heading], *([town, role(i), "Klar"] for i, town in enumerate(TOWNS))]
    path = save_csv(tmp_path / "e.csv", rows, ";")
    assert read(path, "generic").headers == (MEMBER, ROLE, heading)
    assert codes(year(tmp_path, path, survey([MEMBER, ROLE], 'reader = "generic"\n'))) == {"question_unknown"}


def test_a_heading_in_the_years_file_is_a_question_whatever_the_platform_uses_it_for(tmp_path: Path) -> None:
    """A form may ask for the name, and then the answer stands in the platform's own column."""
    path = save_xlsx(
        tmp_path / "e.xlsx",
        {"Sheet1": [[*row[:4], f"Ort {i}", *row[5:]] if i else row for i, row in enumerate(forms())]},
    )
    folder = year(tmp_path, path, survey([*QUESTIONS, "Namn"], Namn='kind = "text"'))
    _, export, responses, _ = read_year(folder)
    assert column(export, "Namn")[0] == "Ort 1"
    assert responses.accounting.closes


def test_who_answered_is_neither_printed_nor_drafted(tmp_path: Path) -> None:
    """Names, addresses and telephones that the form itself asked for are left out, with a mark."""
    who = (
        ["Namn2", *["Anna Testsson"] * 12],
        ["Hur når vi dig?", *["anna@example.org"] * 12],
        ["Vem?", *(f"{name} Provsson" for name in ["Bo", "Eva", "Åke"] * 4)],
    )
    export, told = inspected(save_xlsx(tmp_path / "e.xlsx", {"Sheet1": forms(*map(list, who))}))
    draft = draft_survey(export)
    for secret in ("Testsson", "anna@", "Provsson"):
        assert secret not in told + draft
    assert export.headers == tuple(QUESTIONS)
    assert 'drop = ["Namn2", "Hur når vi dig?", "Vem?"]' in draft
    assert "Namn2: 12 celler" in told


def test_an_option_that_names_a_person_is_neither_printed_nor_drafted(tmp_path: Path) -> None:
    """One label among others."""
    path = save_xlsx(
        tmp_path / "e.xlsx",
        {
            "Sheet1": forms(
                ["Vem frågar du?", *["Kansliet", "Kansliet", "Fråga Anna Testsson", "Ring 070-174 06 05"] * 3]
            )
        },
    )
    export, told = inspected(path)
    assert "Kansliet (6)" in told
    assert not {"Testsson", "070-174"} & set((told + draft_survey(export)).replace(";", " ").split())


def test_the_check_drafts_no_question_of_what_tells_who_answered(tmp_path: Path) -> None:
    """It says how to leave the column out."""
    export = read(save_xlsx(tmp_path / "e.xlsx", {"Sheet1": forms(["E-postadress", *["anna@example.org"] * 12])}))
    assert draft_question(export, "E-postadress", "ny")[-1] == 'drop = ["E-postadress"]'


def test_a_plain_tables_times_and_persons_are_drafted_with_a_mark_that_stops_a_run(tmp_path: Path) -> None:
    """The draft is read as `inspect` read the file, and a run waits for a person."""
    rows = [
        ["Svarsnummer", "Inskickat", MEMBER, ROLE, "Kontaktperson"],
        *(
            [str(7 * i + 3), f"2026-01-2{i % 10} 10:12", town, role(i), f"Rut Testsson {i}"]
            for i, town in enumerate(TOWNS)
        ),
    ]
    path = save_csv(tmp_path / "e.csv", rows, ";")
    export, _ = inspected(path)
    draft = draft_survey(export)
    folder = year(tmp_path, path, draft)
    _, read_again, responses, _ = read_year(folder)
    assert read_again.headers == export.headers == (MEMBER, ROLE)
    assert (
        responses.accounting.left_behind
        == export.dropped
        == (("Svarsnummer", 12), ("Inskickat", 12), ("Kontaktperson", 12))
    )
    with pytest.raises(Unusable) as stop:
        analyse(folder)
    assert "unconfirmed" in {problem.code for problem in stop.value.problems}
    (folder / "survey.toml").write_text(confirmed(draft), encoding="utf-8")
    assert analyse(folder).responses.accounting.rows_read == 12


def test_a_note_beside_the_table_is_told_by_its_column_and_how_to_leave_it(tmp_path: Path) -> None:
    """A column without heading is named by its letter, in the messages and under drop."""
    note = ["", "", "Ring upp", *[""] * 10]
    path = save_xlsx(
        tmp_path / "e.xlsx", {"Sheet1": [[*row, None, text or None] for row, text in zip(forms(), note, strict=True)]}
    )
    export, problems = read_export(path, "e.xlsx")
    assert export is not None
    assert (export.headers[-1], export.places[-1]) == ("Kolumn L", "L")
    assert [(p.code, p.where) for p in problems] == [("heading_missing", "kolumn L")]
    assert "har 1 ifylld cell." in problems[0].found
    assert 'drop = ["Kolumn L"]' in problems[0].todo
    assert read(path, drop=["Kolumn L"]).headers == tuple(QUESTIONS)


def test_an_index_without_heading_is_left_and_told(tmp_path: Path) -> None:
    """As R and pandas write it; twelve rows are twelve answers."""
    rows = [["", MEMBER, ROLE, BETTER], *([str(i), town, role(i), f"Mer {i}"] for i, town in enumerate(TOWNS))]
    path = save_csv(tmp_path / "e.csv", rows)
    assert noticed(path, "generic", header_rows=1) == ["column_numbers_rows"]
    export = read(path, "generic", header_rows=1)
    assert export.headers == (MEMBER, ROLE, BETTER)
    assert export.dropped == (("Kolumn A", 12),)


def qualtrics(*questions: tuple[str, str, str, list[str]]) -> list[list[str]]:
    """Three heading rows and the rows under them, with some of Qualtrics' own columns."""
    own = [
        ("StartDate", "Start Date", "startDate", "2026-01-20 09:00:00"),
        ("EndDate", "End Date", "endDate", "2026-01-20 09:05:00"),
        ("Finished", "Finished", "finished", "True"),
        ("ResponseId", "Response ID", "_recordId", "R_1"),
    ]
    columns = [[code, text, f'{{"ImportId":"{key}"}}', *[cell] * 12] for code, text, key, cell in own]
    columns += [[code, text, f'{{"ImportId":"{key}"}}', *cells] for code, text, key, cells in questions]
    return [list(row) for row in zip(*columns, strict=True)]


BASICS = [("Q1", MEMBER, "QID1", TOWNS), ("Q2", ROLE, "QID2", [role(i) for i in range(12)])]


def test_two_questions_with_one_text_are_kept_apart_by_the_platforms_key_and_can_be_named(tmp_path: Path) -> None:
    """Until survey.toml names them the check says how; afterwards each has its own answers."""
    twice = [
        ("Q3", BETTER, "QID3", [f"första {i}" for i in range(12)]),
        ("Q3", BETTER, "QID4", [f"andra {i}" for i in range(12)]),
    ]
    path = save_csv(tmp_path / "e.csv", qualtrics(*BASICS, *twice))
    export = read(path)
    assert export.headers == (MEMBER, ROLE, f"{BETTER} [QID3]", f"{BETTER} [QID4]")
    folder = year(tmp_path, path, survey([MEMBER, ROLE, BETTER]))
    assert codes(folder) == {"column_double"}
    both = f'\nwordings = ["{BETTER} [QID4]"]\n\n[[items]]\nid = "other"\nkind = "text"\ntext = "{BETTER} [QID3]"\n'
    (folder / "survey.toml").write_text(survey([MEMBER, ROLE, BETTER]).rstrip() + both, encoding="utf-8")
    texts = read_year(folder)[2].answers.table.groupby("item")["text"].first()
    assert (texts["q2"], texts["other"]) == ("andra 0", "första 0")


def test_questions_with_one_text_and_no_key_are_kept_apart_by_order(tmp_path: Path) -> None:
    """A column without a single answer does not count."""
    rows = [["Tidstämpel", MEMBER, BETTER, BETTER, BETTER], ["2026-02-03 12:00:00", "Alby", "", "ett", "två"]]
    assert read(save_csv(tmp_path / "e.csv", rows)).headers == (MEMBER, BETTER, f"{BETTER} [1]", f"{BETTER} [2]")


def test_a_merged_title_over_a_platforms_sheet_is_told_and_passed_over(tmp_path: Path) -> None:
    """The headings are where the platform's own are; what stands above is counted as left behind."""
    path = tmp_path / "e.xlsx"
    save_xlsx(path, {"Sheet1": [["Medlemsenkät 2026 – svar", *[None] * 9], *forms()]})
    book = openpyxl.load_workbook(path)
    book["Sheet1"].merge_cells("A1:J1")
    book.save(path)
    export, problems = read_export(path, "e.xlsx")
    assert export is not None
    assert (export.platform, len(export.rows), export.rows["row"].iloc[0]) == ("msforms", 12, 3)
    assert [(p.code, p.where) for p in problems] == [("headings_below", "rad 2")]
    assert export.dropped[-1] == ("raderna ovanför rubrikerna", 1)


BANNERS = {
    "two lines and a blank one": [
        ["Medlemsenkät 2026", "", "", ""],
        ["Exporterad 2026-02-14 av kansliet", "", "", ""],
        ["", "", "", ""],
    ],
    "a title and a blank line": [["Enkätsvar exporterade 2026-02-14"], []],
    "a title with a date beside it": [["Medlemsenkät", "2026-02-14"]],
    "nothing": [],
    "five lines": [[f"Rad {i}"] for i in range(5)],
}


@pytest.mark.parametrize("name", BANNERS)
def test_titles_above_a_plain_table_are_no_headings_and_no_answers(tmp_path: Path, name: str) -> None:
    """Twelve answers in `inspect`, in the draft and in the check, whatever stands above them."""
    rows = [
        *BANNERS[name],
        [MEMBER, ROLE, BETTER, SATISFIED, "Plan"],
        *([town, role(i), f"Mer {i}", str(i % 5 + 1), "Ja"] for i, town in enumerate(TOWNS)),
    ]
    path = save_csv(tmp_path / "e.csv", rows, ";")
    export, _ = inspected(path)
    assert export.headers == (MEMBER, ROLE, BETTER, SATISFIED, "Plan")
    draft = draft_survey(export)
    assert f"header_rows = {1 + sum(any(line) for line in BANNERS[name])}" in draft
    _, again, responses, _ = read_year(year(tmp_path, path, draft))
    assert (len(export.rows), len(again.rows), responses.accounting.row_count("counted")) == (12, 12, 12)
    assert again.dropped == export.dropped


def test_the_first_answer_never_becomes_a_second_row_of_headings(tmp_path: Path) -> None:
    """A column without heading is no reason to take the row below for headings."""
    rows = [
        ["", "Kommun", "Roll", "Plan"],
        *([f"x{7 * i % 12}", town, role(i), ("Ja", "Nej")[i % 2]] for i, town in enumerate(TOWNS)),
    ]
    export, _ = inspected(save_csv(tmp_path / "e.csv", rows))
    assert len(export.rows) == 12


def test_two_rows_of_headings_are_found(tmp_path: Path) -> None:
    """The second fills what the first leaves blank, and stands empty where the first stands alone."""
    rows = [
        [MEMBER, ROLE, "Hur stort värde?", "", BETTER],
        ["", "", "Nätverk", "Kurser", ""],
        *(
            [town, role(i), ("Stort", "Litet")[i % 2], ("Stort", "Litet")[i % 3 % 2], f"Mer {i}"]
            for i, town in enumerate(TOWNS)
        ),
    ]
    export, _ = inspected(save_csv(tmp_path / "e.csv", rows, ";"))
    assert (export.headers, len(export.rows)) == ((MEMBER, ROLE, "Nätverk", "Kurser", BETTER), 12)


def boxed(heads: list[str], subs: list[str]) -> list[list[str]]:
    """Twelve answers to two questions of two boxes, each ticked with its own label."""
    ticks = [(i % 2, i % 3, i % 4 == 0, i % 5) for i in range(12)]
    rows = [
        [town, role(i), *(label if on else "" for label, on in zip(("Nätverk", "Kurser") * 2, ticks[i], strict=True))]
        for i, town in enumerate(TOWNS)
    ]
    return [heads, subs, *rows]


@pytest.mark.parametrize(
    ("second", "headers"),
    [("Vad saknar ni?", ("Vad använder ni?", "Vad saknar ni?")), ("Vad använder ni?", ("Vad använder ni? [1]", "Vad använder ni? [2]"))],
)  # fmt: skip
def test_labels_of_ticked_boxes_are_headings_also_when_the_boxes_hold_them(
    tmp_path: Path, second: str, headers: tuple[str, str]
) -> None:
    """A row of labels below the questions is no answer; two questions with one text are two, in the draft and the check too."""
    rows = boxed([MEMBER, ROLE, "Vad använder ni?", "", second, ""], ["", "", "Nätverk", "Kurser", "Nätverk", "Kurser"])
    path = save_csv(tmp_path / "e.csv", rows, ";")
    export, _ = inspected(path)
    assert (export.headers, len(export.rows)) == ((MEMBER, ROLE, *headers), 12)
    _, again, responses, _ = read_year(year(tmp_path, path, draft_survey(export)))
    assert (again.headers, len(again.rows), responses.accounting.row_count("counted")) == (export.headers, 12, 12)


def test_an_answer_that_ticks_every_box_is_no_row_of_headings(tmp_path: Path) -> None:
    """Two boxes without a heading: whoever comes first and ticks all is a member, and is counted."""
    heads = [MEMBER, ROLE, "Vad använder ni?", "", "Vad saknar ni?", ""]
    rows = boxed(heads, ["Almköping", "Politiker", "Nätverk", "Kurser", "Nätverk", "Kurser"])
    export, _ = inspected(save_csv(tmp_path / "e.csv", rows, ";"))
    assert len(export.rows) == 13


def test_ones_and_zeros_are_no_recommendation(tmp_path: Path) -> None:
    """They are asked about: no and yes, or boxes; only a question that says recommend is one of recommendation."""
    rows = [[MEMBER, ROLE, "Vi har en plan", "Antal möten", "Skulle ni rekommendera oss?"]]
    rows += [[town, role(i), str(i % 2), str(i % 9), str(i % 11)] for i, town in enumerate(TOWNS)]
    export, _ = inspected(save_csv(tmp_path / "e.csv", rows, ";"))
    plan, number, recommend = guess_columns(export)[2:]
    assert (plan.kind, bool(plan.ask), recommend.kind) == ("single", True, "nps") and number.kind != "nps"


def test_a_table_without_headings_is_told_also_when_nothing_in_it_is_a_time(tmp_path: Path) -> None:
    """Texts that come again below are answers."""
    path = save_csv(
        tmp_path / "e.csv", [[town, role(i), ("Ja", "Nej")[i % 3 % 2]] for i, town in enumerate(TOWNS)], ";"
    )
    assert [problem.code for problem in inspect_file(path, "e.csv")[1]] == ["header_missing"]


@pytest.mark.parametrize("kept", [("Q1", "Q2"), ("ResponseId", "Q1", "Q2"), ("EndDate", "Q1", "Q2")])
def test_qualtrics_is_known_by_its_import_ids_whatever_was_taken_away(tmp_path: Path, kept: tuple[str, ...]) -> None:
    """People delete the columns that point at somebody before they pass the file on."""
    rows = qualtrics(*BASICS)
    places = [i for i, code in enumerate(rows[0]) if code in kept]
    export = read(save_csv(tmp_path / "e.csv", [[row[i] for i in places] for row in rows]))
    assert (export.platform, export.headers, len(export.rows)) == ("qualtrics", (MEMBER, ROLE), 12)


@pytest.mark.parametrize(
    "first",
    [
        ["Response ID", "Date submitted", "Last page", "Starting language", MEMBER, ROLE, BETTER],
        ["", "", "", "", MEMBER, ROLE, BETTER],
    ],
)
def test_limesurveys_vv_has_two_rows_of_headings_and_words_in_braces(tmp_path: Path, first: list[str]) -> None:
    """What was not shown is no answer, and line ends, tabs, quotes and braces are as they were written."""
    codes_row = ["id", "submitdate", "lastpage", "startlanguage", "12345X1X1", "12345X1X2", "12345X1X3"]
    texts = ["{question_not_shown}", "rad1{newline}rad2", '{quote}citat"', "{lbrace}a}", "a{tab}b", *["Mer"] * 6]
    rows = [
        [str(i), "2026-01-20 09:00:00", "3", "sv", town, role(i), text]
        for i, (town, text) in enumerate(zip(TOWNS, texts, strict=False))
    ]
    rows.append(["99", "{question_not_shown}", "1", "sv", "Luby", role(0), "{question_not_shown}"])
    path = tmp_path / "e_vv.csv"
    path.write_text("\n".join("\t".join(row) for row in [first, codes_row, *rows]), encoding="utf-8")
    export = read(path)
    assert (export.platform, len(export.rows), export.unfinished) == ("limesurvey", 12, {11})
    assert column(export, BETTER)[:5] == ["", "rad1\nrad2", '"citat"', "{a}", "a\tb"]
    assert (0, 2) in export.hidden


def dated(days: list[str]) -> list[list[Any]]:
    """Forms' csv with the given days as start and completion."""
    return [
        forms()[0],
        *(
            [str(i), f"{day} 09:00", f"{day} 09:10", "anonymous", "", *map(str, row)]
            for i, (day, row) in enumerate(zip(days, answers(), strict=True), 1)
        ),
    ]


@pytest.mark.parametrize(("days", "expected", "said"), [
    (["03/02/2026"] * 12, "2026-02-03", set()),  # 2 March is after closing
    (["02/03/2026"] * 12, "2026-02-03", set()),
    ([f"{day:02}/01/2026" for day in range(20, 32)], "2026-01-20", set()),
    ([f"01/{day:02}/2026" for day in range(20, 32)], "2026-01-20", set()),
    (["03/02/2026"] * 11 + ["04/03/2026"], "2026-02-03", {"answers_outside_dates"}),
    (["05/06/2026"] * 12, "2026-05-06", {"dates_unclear", "answers_from_another_year"}),
    (["2025-01-20"] * 12, "2025-01-20", {"answers_from_another_year"}),
])  # fmt: skip
def test_day_and_month_are_read_in_the_order_that_fits_the_column_and_the_field_dates(
    tmp_path: Path, days: list[str], expected: str, said: set[str]
) -> None:
    """And it is said when both fit, and when answers lie outside them."""
    path = save_csv(tmp_path / "e.csv", dated(days))
    folder = year(tmp_path, path, survey(QUESTIONS))
    assert codes(folder) == said
    toml = load_wave(folder)[0].survey
    assert read_export(folder / "export" / "e.csv", "e.csv", survey=toml)[0].rows["date"].iloc[0] == expected


def test_answers_outside_the_dates_are_told_by_row(tmp_path: Path) -> None:
    """How many and which; they are counted all the same."""
    path = save_csv(tmp_path / "e.csv", dated([*["2026-01-20"] * 10, "2026-01-18", "2026-02-14"]))
    _, _, responses, problems = read_year(year(tmp_path, path, survey(QUESTIONS)))
    told = next(problem for problem in problems if problem.code == "answers_outside_dates")
    assert (told.level, told.where) == ("warning", "rad 12, 13")
    assert "2 av 12" in told.found
    assert responses.accounting.row_count("counted") == 12


def test_day_and_month_that_cannot_be_told_apart_are_asked_about(tmp_path: Path) -> None:
    """In the draft, which has no field dates to go by, with a mark and the key that settles it."""
    path = save_csv(tmp_path / "e.csv", dated([f"{day:02}/02/2026" for day in range(1, 13)]))
    export, told = inspected(path)
    assert export.rows["date"].iloc[-1] == "2026-02-12"  # the order with the shorter time from first to last
    assert "dagen eller månaden" in told
    assert "day_first = true" in draft_survey(export)
    assert read(path, day_first=False).rows["date"].iloc[-1] == "2026-12-02"


@pytest.mark.parametrize(
    ("head", "row"),
    [("Kommun, namn;Betyg", "{};{},0"), ("Kommun;Betyg", "{};{},5"), ("Kommun\tBetyg, snitt", "{}\t{},5")],
)
def test_a_decimal_comma_is_no_delimiter(tmp_path: Path, head: str, row: str) -> None:
    """Where two delimiters part a file as evenly, the Swedish one does."""
    path = tmp_path / "e.csv"
    path.write_text("\n".join([head, *(row.format(town, i % 5) for i, town in enumerate(TOWNS))]), encoding="utf-8")
    assert column(read(path, "generic"), read(path, "generic").headers[0]) == TOWNS


@pytest.mark.parametrize("line", ["sep=|", '"sep=|"', '"SEP=|"|||'])
def test_a_declared_delimiter_holds_in_quotes_too(tmp_path: Path, line: str) -> None:
    """In exports and in every small csv, as Excel and LibreOffice leave it."""
    path = tmp_path / "e.csv"
    path.write_text(f"{line}\nid|question|text\n1|utmaning|Pengar; tid, mer\n2|utmaning|Pengar\n", encoding="utf-8")
    assert read_rows(path)[0] == ["id", "question", "text"]
    assert column(read(path, "generic"), "text") == ["Pengar; tid, mer", "Pengar"]


def google(heading: str, cells: list[str]) -> list[list[str]]:
    """Google's csv with one more question."""
    return [
        ["Tidstämpel", MEMBER, ROLE, heading],
        *(
            ["2026-01-20 09:00:00", town, role(i), cell]
            for i, (town, cell) in enumerate(zip(TOWNS, cells, strict=True))
        ),
    ]


def guess(path: Path, heading: str) -> Guess:
    return next(one for one in guess_columns(read(path)) if one.heading == heading)


SINGLES = {
    "small letters after the comma": ["Ja, beslutad", "Ja, på gång", "Nej"],
    "the choice alone as well": ["Ja, beslutad", "Ja", "Nej"],
    "three parts": ["Ja, i år, redan", "Ja, nästa år, kanske", "Nej"],
}


@pytest.mark.parametrize("name", SINGLES)
@pytest.mark.parametrize("platform", ["google", "qualtrics"])
def test_a_single_choice_with_commas_is_one_choice(tmp_path: Path, name: str, platform: str) -> None:
    """Its options are whole, in the draft and in the check."""
    cells = SINGLES[name] * 4
    rows = (
        google("Har ni en plan?", cells)
        if platform == "google"
        else qualtrics(*BASICS, ("Q3", "Har ni en plan?", "QID3", cells))
    )
    found = guess(save_csv(tmp_path / "e.csv", rows), "Har ni en plan?")
    assert (found.kind, {label for label, _ in found.options}) == ("single", set(SINGLES[name]))


def test_options_with_and_without_a_comma_that_could_be_either_are_asked_about(tmp_path: Path) -> None:
    """Capital letters on both sides, and no piece alone: a place, or two choices."""
    found = guess(
        save_csv(tmp_path / "e.csv", google("Var?", ["Oslo, Norge", "Bergen, Norge", "Lund, Sverige"] * 4)), "Var?"
    )
    assert found.kind == "single"
    assert "kommatecknet" in found.ask


@pytest.mark.parametrize(
    ("mark", "rows"), [(", ", google), (",", lambda heading, cells: qualtrics(*BASICS, ("Q3", heading, "QID3", cells)))]
)
def test_several_choices_with_a_comma_in_one_of_them_are_parted(tmp_path: Path, mark: str, rows: Any) -> None:
    """The piece in small letters goes with what stands before it."""
    cells = [
        mark.join(choices)
        for choices in (["Teams"], ["Teams", "Webb, sociala medier"], ["Brev", "Webb, sociala medier"], ["Brev"]) * 3
    ]
    found = guess(save_csv(tmp_path / "e.csv", rows("Kanaler", cells)), "Kanaler")
    assert (found.kind, dict(found.options)) == ("multi", {"Teams": 6, "Brev": 6, "Webb, sociala medier": 6})


def test_googles_other_separator_is_seen(tmp_path: Path) -> None:
    """A file parts all its choices in the same way."""
    path = save_csv(tmp_path / "e.csv", google(CHANNELS, ["Teams", "Nyhetsbrev;Teams", "Nyhetsbrev"] * 4))
    assert guess(path, CHANNELS).options == (("Nyhetsbrev", 8), ("Teams", 8))
    folder = year(tmp_path, path, survey([MEMBER, ROLE, CHANNELS]))
    assert set(read_year(folder)[2].answers.table.query("item == 'q2'")["option"]) == {"Teams", "Nyhetsbrev"}


def test_power_automates_lists_are_choices_and_its_address_is_left_behind(tmp_path: Path) -> None:
    """An empty list is no answer, and is counted."""
    chosen = ['["Teams"]', '["Teams", "Nyhetsbrev"]', "[]"]
    rows = [
        ["Response Id", "Submission time", "Responders' Email", MEMBER, ROLE, CHANNELS],
        *(
            [str(i), f"1/{i + 15}/2026 8:15:22 AM", "rut@ekby.example", town, role(i), chosen[i % 3]]
            for i, town in enumerate(TOWNS)
        ),
    ]
    export = read(save_xlsx(tmp_path / "e.xlsx", {"Tabell1": rows}))
    assert (export.platform, export.headers) == ("powerautomate", (MEMBER, ROLE, CHANNELS))
    assert column(export, CHANNELS)[:3] == ["Teams;", "Teams;Nyhetsbrev;", ""]
    assert {("Responders' Email", 12), ("tomma listor", 4)} <= set(export.dropped)


def yes_no(cells: list[tuple[str, str]]) -> list[list[str]]:
    """LimeSurvey's csv with two columns under one question."""
    own = ["Response ID", "Date submitted", "Last page", "Start language", "Seed"]
    rows = [
        [str(i), "2026-01-20 09:00:00", "3", "sv", "7", town, role(i), *cells[i % len(cells)]]
        for i, town in enumerate(TOWNS)
    ]
    return [[*own, MEMBER, ROLE, "Har ni gjort detta? [Energiplan]", "Har ni gjort detta? [Vattenplan]"], *rows]


def test_rows_of_yes_and_no_that_some_left_are_no_boxes_without_being_asked_about(tmp_path: Path) -> None:
    """No is an answer there, in what is drafted; a year that calls them boxes is told."""
    path = save_csv(tmp_path / "e.csv", yes_no([("Yes", "No"), ("No", "Yes"), ("Yes", ""), ("No", "")]))
    export, _ = inspected(path)
    assert column(export, "Energiplan")[1] == "No"
    draft = draft_survey(export)
    assert 'matrix = ["Har ni gjort detta?"]' in draft
    assert "rad för rad" in draft
    toml = survey(
        [MEMBER, ROLE, "Har ni gjort detta?"],
        **{"Har ni gjort detta?": 'kind = "multi"\noptions = ["Energiplan", "Vattenplan"]'},
    )
    assert "boxes_or_rows" in codes(year(tmp_path, path, toml))


def test_yes_and_no_that_nobody_left_are_boxes_that_a_person_confirms(tmp_path: Path) -> None:
    """As LimeSurvey writes a multiple choice; a year that asks for the rows gets rows, without a word."""
    path = save_csv(tmp_path / "e.csv", yes_no([("Yes", "No"), ("No", "Yes"), ("No", "No")]))
    export, _ = inspected(path)
    assert column(export, "Har ni gjort detta?")[:3] == ["Energiplan;", "Vattenplan;", ""]
    assert 'boxes = ["Har ni gjort detta?"]' in draft_survey(export)
    scale = 'kind = "single"\noptions = ["Yes", "No"]'
    folder = year(
        tmp_path, path, survey([MEMBER, ROLE, "Energiplan", "Vattenplan"], Energiplan=scale, Vattenplan=scale)
    )
    assert codes(folder) == set()
    assert read_year(folder)[2].answers.table.query("item == 'q2'")["option"].tolist()[:3] == ["Yes", "No", "No"]


def test_codes_for_missing_answers_are_asked_about(tmp_path: Path) -> None:
    """−99, and 99 in a rating, are drafted as no answers, with a mark."""
    rows = [
        [MEMBER, ROLE, SATISFIED, "Plan"],
        *([town, role(i), ("1", "5", "99")[i % 3], ("Ja", "Nej", "-99")[i % 3]] for i, town in enumerate(TOWNS)),
    ]
    export, _ = inspected(save_csv(tmp_path / "e.csv", rows, ";"))
    assert set(column(export, "Plan")) == {"Ja", "Nej", ""}
    assert ("koden ”-99”", 4) in export.dropped
    assert '[reader_options.missing]\n"-99" = "unanswered"' in draft_survey(export)
    asked = next(one for one in guess_columns(export) if one.heading == SATISFIED)
    assert (asked.kind, asked.high) == ("rating", 5)
    assert ("saknat värde ”99”", 4) in export.dropped
    assert f'[reader_options.missing_in]\n"{SATISFIED}" = ["99"]' in draft_survey(export)


def test_a_members_code_without_its_leading_nought_is_the_member(tmp_path: Path) -> None:
    """Spreadsheets take it away on the answers' side too."""
    one = municipalities()[0]
    rows = [["Tidstämpel", MEMBER, ROLE], ["2026-01-20 09:00:00", one.code.lstrip("0"), "Politiker"]]
    folder = year(tmp_path, save_csv(tmp_path / "e.csv", rows), survey([MEMBER, ROLE]))
    (folder / "members.csv").write_text(
        f"member_id,name,kind,status,code,county,population\nM1,{one.name},municipality,member,{one.code},{one.county},9000\n",
        encoding="utf-8",
    )
    assert read_year(folder)[2].respondents["member_id"].tolist() == ["M1"]


def test_nextclouds_hidden_row_of_ids_is_no_answer(tmp_path: Path) -> None:
    """The newer xlsx has the columns' ids in a second row."""
    head = [
        [
            "Submission ID",
            "User ID",
            "User display name",
            "Timestamp",
            MEMBER,
            "Värde (Nätverk)",
            "Värde (Kurser)",
            CHANNELS,
        ],
        [
            "submission_id",
            "user_id",
            "user_display_name",
            "timestamp",
            "question-id-1",
            "question-id-2-1",
            "question-id-2-2",
            "question-id-3",
        ],
    ]
    rows = [
        [i, "rut", "Rut Testsson", "2026-01-20T09:00:00+01:00", town, "Stort", "Litet", "Teams; Nyhetsbrev"]
        for i, town in enumerate(TOWNS)
    ]
    for top in (head, head[:1]):
        export = read(save_xlsx(tmp_path / "e.xlsx", {"Worksheet": [*top, *rows]}))
        assert (export.platform, export.headers, len(export.rows)) == (
            "nextcloud",
            (MEMBER, "Nätverk", "Kurser", CHANNELS),
            12,
        )
        assert export.rows["date"].iloc[0] == "2026-01-20"


def spoilt(rows: list[list[str]], old: str, new: bytes) -> bytes:
    """A csv in UTF-8 in which the first of some letters is other bytes."""
    target = io.StringIO(newline="")
    csv.writer(target, delimiter=";").writerows(rows)
    return target.getvalue().encode().replace(old.encode(), new, 1)


@pytest.mark.parametrize(
    ("old", "new"), [("stöd", b"st\xf6d"), ("Mer stöd 3", b"Mer st\x00d 3"), ("Mer stöd 3", b"\xff\xfe\xfd")]
)
def test_one_bad_byte_costs_one_cell_that_is_named(tmp_path: Path, old: str, new: bytes) -> None:
    """Every å, ä and ö beside it stays, and every answer is counted."""
    path = tmp_path / "e.csv"
    path.write_bytes(spoilt([[str(cell or "") for cell in row] for row in forms()], old, new))
    folder = year(tmp_path, path, survey(QUESTIONS))
    _, export, responses, problems = read_year(folder)
    assert column(export, MEMBER) == TOWNS
    assert sum("\ufffd" in text for text in column(export, BETTER)) == 1
    told = next(problem for problem in problems if problem.code == "cell_damaged")
    assert told.where in ("rad 3, kolumn J", "rad 5, kolumn J")
    assert responses.accounting.row_count("counted") == 12


def test_joiners_stay_in_emoji_and_other_scripts_and_go_elsewhere(tmp_path: Path) -> None:
    """A family is one sign, and a Persian word keeps its form."""
    texts = ["👩\u200d👩\u200d👧 bra", "می\u200cخواهم", "zero\u200bwidth\u200d", "🏳\ufe0f\u200d🌈"]
    rows = [["Tidstämpel", "Text"], *(["2026-01-20 09:00:00", text] for text in texts)]
    assert column(read(save_xlsx(tmp_path / "e.xlsx", {"Blad": rows})), "Text") == [*texts[:2], "zerowidth", texts[3]]


def test_a_heading_with_html_names_of_letters_is_the_question(tmp_path: Path) -> None:
    """Tags go, and &auml; is ä."""
    own = ["Response ID", "Date submitted", "Last page", "Start language", "Seed"]
    rows = [
        [*own, "<p>Vilken roll?</p>", "<strong>Vad kan bli b&auml;ttre&nbsp;&amp; n&#228;r?</strong>"],
        ["1", "2026-01-20 09:00:00", "3", "sv", "7", "a", "Mer"],
    ]
    assert read(save_csv(tmp_path / "e.csv", rows)).headers == ("Vilken roll?", "Vad kan bli bättre & när?")


BESIDE = {"limesurvey": 1, "qualtrics": 2}  # visits never sent in, or a preview
COUNTED: dict[str, tuple[list[list[Any]], str]] = {
    "forms": ([[str(cell or "") for cell in row] for row in forms()], ";"),
    "forms below a title": ([["Medlemsenkät"], *([str(cell or "") for cell in row] for row in forms())], ";"),
    "google with commas": (google("Har ni en plan?", ["Ja, beslutad", "Ja, på gång", "Nej"] * 4), ","),
    "google with semicolons": (google(CHANNELS, ["Teams", "Nyhetsbrev;Teams", "Nyhetsbrev"] * 4), ","),
    "qualtrics": (qualtrics(*BASICS, ("Q3", BETTER, "QID3", TOWNS), ("Q3", BETTER, "QID4", TOWNS)), ","),
    "limesurvey boxes": (yes_no([("Yes", "No"), ("No", "Yes"), ("No", "No")]), ","),
    "limesurvey rows": (yes_no([("Yes", "No"), ("No", "Yes"), ("Yes", ""), ("No", "")]), ","),
    "days first or months": (dated([f"{day:02}/02/2026" for day in range(1, 13)]), ";"),
    "a plain table with an index": ([["", MEMBER, ROLE, BETTER], *([str(i), town, role(i), f"Mer {i}"] for i, town in enumerate(TOWNS))], ";"),
    "a plain table with codes": ([[MEMBER, ROLE, "Plan"], *([town, role(i), ("Ja", "Nej", "-99")[i % 3]] for i, town in enumerate(TOWNS))], ";"),
    "a plain table with a note": ([[MEMBER, ROLE, BETTER, ""], *([town, role(i), f"Mer {i}", "Ring" if i == 3 else ""] for i, town in enumerate(TOWNS))], ";"),
    "a plain table with a sum and a note": ([[MEMBER, ROLE, SATISFIED], *([town, role(i), str(i % 5 + 1)] for i, town in enumerate(TOWNS)), ["Summa", "12", "33"], ["Källa: enkätverktyget", "", ""]], ";"),
    "a plain table with its headings again": ([[MEMBER, ROLE, BETTER], *([town, role(i), f"Mer {i}"] for i, town in enumerate(TOWNS[:6])), [MEMBER, ROLE, BETTER], *([town, role(i), f"Mer {i}"] for i, town in enumerate(TOWNS[6:]))], ";"),
    "a plain table with errors and codes": ([["Respondent", MEMBER, ROLE, SATISFIED, "Plan"], *([str(i), town, role(i), "999" if i == 2 else str(i % 5 + 1), "#SAKNAS!" if i == 4 else ("Ja", "ja", "Nej")[i % 3]] for i, town in enumerate(TOWNS))], ";"),
    "days in words": (dated([f"tisdag den {day} februari 2026 09:12" for day in range(1, 13)]), ";"),
    "a plain table in two rows": ([[MEMBER, ROLE, "Värde?", "", BETTER], ["", "", "Nätverk", "Kurser", ""],
                                   *([town, role(i), ("Stort", "Litet")[i % 2], ("Stort", "Litet")[i % 3 % 2], f"Mer {i}"] for i, town in enumerate(TOWNS))], ";"),
}  # fmt: skip


@pytest.mark.parametrize("name", COUNTED)
def test_inspect_the_draft_with_check_and_a_run_count_alike(tmp_path: Path, name: str) -> None:
    """Rows, columns of answers, cells and what is left behind, on a file of every kind above."""
    rows, mark = COUNTED[name]
    assert_counted_alike(tmp_path, save_csv(tmp_path / "e.csv", rows, mark), 12)


def assert_counted_alike(tmp_path: Path, path: Path, read_rows: int, reader: str | None = None) -> None:
    """What `inspect` shows, what the check of its draft counts and what a run counts; twelve answers of members."""
    seen, _ = inspect_file(path, path.name, reader, OPTIONS.get(reader or ""))
    assert seen is not None
    draft = draft_survey(seen, 2026)
    folder = year(tmp_path, path, draft)
    _, checked, responses, _ = read_year(folder)
    (folder / "survey.toml").write_text(confirmed(draft), encoding="utf-8")
    ran = analyse(folder)
    assert seen.headers == checked.headers == ran.export.headers
    assert len(seen.rows) == responses.accounting.rows_read == ran.responses.accounting.rows_read == read_rows
    assert responses.accounting.row_count("counted") == ran.responses.accounting.row_count("counted") == 12
    assert cell_count(seen) == responses.accounting.cells_read == ran.responses.accounting.cells_read
    assert seen.dropped == checked.dropped == ran.export.dropped
    assert ran.responses.accounting.closes


def forms_ods(path: Path) -> Path:
    """The rows of a Microsoft Forms file, saved by LibreOffice."""
    return archive(path / "e.ods", ods("".join(ods_row([str(cell) for cell in row]) for row in forms())))


def surveymonkey_csv(path: Path, questions: list[Question]) -> Path:
    """SurveyMonkey's two rows of headings as csv."""
    sheet = openpyxl.load_workbook(write_surveymonkey(questions, path)).active
    return save_csv(path / "e.csv", [[str(cell or "") for cell in row] for row in sheet.iter_rows(values_only=True)])


WRITTEN: dict[str, tuple[Callable[[Path, list[Question]], Path], int]] = {
    "forms as xlsx": (lambda path, _: save_xlsx(path / "e.xlsx", {"Sheet1": forms()}), 12),
    "forms as ods": (lambda path, _: forms_ods(path), 12),
    "surveymonkey as csv": (surveymonkey_csv, 12),
    **{
        name: (lambda path, asked, write=write: write(asked, path), 12 + BESIDE.get(name, 0))
        for name, write in WRITERS.items()
    },
}


@pytest.mark.parametrize("name", WRITTEN)
def test_every_platforms_own_file_is_counted_alike(tmp_path: Path, name: str) -> None:
    """The same twelve answers as each platform writes them, with the visits that it keeps beside them."""
    write, read_rows = WRITTEN[name]
    asked = year(tmp_path / "asked", save_xlsx(tmp_path / "asked.xlsx", {"Sheet1": forms()}), survey(QUESTIONS))
    wave, export, _, _ = read_year(asked)
    questions = questions_of(export, wave.questionnaire)
    stated = name if name in OPTIONS else None  # what no program can see in a plain table
    assert_counted_alike(tmp_path, write(tmp_path, questions), read_rows, stated)
