"""Indicator files as people get them: what they hold comes out the same whatever the shape, and every cell goes somewhere."""

from __future__ import annotations

import io
import json

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from sekom_survey.collected.indicators.cells import Unclear, value_of, year_of
from sekom_survey.collected.indicators.read import with_counties
from sekom_survey.model import Correction
from tests.indicator_files import DECLARED, MEMBERS, figures, read, told

TABLE = """Rad-id\tMätområde\tDatum\tVärde (kg/person)
1\tAlmköping\t2023\t401,5
2\tAlmköping\t2024-12-31\t0
3\tBjörkvalla kommun\t2024\t1 380,25
4\tCedersö\t2024\t
5\tCedersö\t2023\t–
6\tSveriges Ekokommuner\t2024\t690,1
7\tKalmar län\t2024\t450
8\tStockholm\t2024\t380
"""
WANTED = {("6a", "m1", 2023): 401.5, ("6a", "m1", 2024): 0.0, ("6a", "m2", 2024): 1380.25}


def codes(problems):
    """The codes of some problems."""
    return [problem.code for problem in problems]


def workbook(rows, title=None):
    """Rows as a workbook, with numbers as numbers."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    sheet = book.add_worksheet("Blad1")
    for i, row in enumerate([[title], [], *rows] if title else rows):
        for j, cell in enumerate(row):
            sheet.write(i, j, cell)
    book.close()
    return target.getvalue()


def test_miljobarometerns_table_gives_each_members_value_with_file_and_row(tmp_path):
    """Decimal comma, hard spaces, dates and years, a real nought; a gap is no nought, and the mean is no member."""
    found, problems = read(tmp_path, {"6a hushållsavfall.csv": TABLE})
    assert not problems
    assert told(found) == WANTED
    assert [one.place for one in found.values] == ["rad 2, kolumn D", "rad 3, kolumn D", "rad 4, kolumn D"]
    assert {one.file for one in found.values} == {"2026/indicators/6a hushållsavfall.csv"}
    assert [(one.year, one.value) for one in found.means] == [(2024, 690.1)]
    (count,) = found.counts
    assert (count.values, count.missing, count.areas, count.others, count.listed) == (3, 1, 2, 1, 0)
    assert count.closes
    assert count.beside == 4 + 3 * 8


def test_the_same_table_pasted_into_excel_gives_the_same(tmp_path):
    """With a title above, numbers as numbers and the figure told by the title instead of the file's name."""
    rows = [["Rad-id", "Mätområde", "Datum", "Värde (kg per person)"], [1, "Almköping", 2023, 401.5], [2, "Almköping", 2024, 0],
            [3, "Björkvalla kommun", 2024, "1 380,25"], [4, "Cedersö", 2024, None]]  # fmt: skip
    found, problems = read(tmp_path, {"klippt.xlsx": workbook(rows, "6a. Hushållsavfall per person")})
    assert not problems
    assert told(found) == WANTED


def test_the_comparison_has_each_members_own_year(tmp_path):
    """Miljöbarometern's comparison mixes years, and every value keeps its own."""
    text = "Rad-id;Kommun;Senaste värdet (%);Datum\n1;Almköping;62,5;2024\n2;Björkvalla;48;2022\n3;Cedersö;;\n"
    found, problems = read(tmp_path, {"7_energi.csv": text})
    assert not problems
    assert told(found) == {("7", "m1", 2024): 62.5, ("7", "m2", 2022): 48.0}


def test_a_sheet_with_a_column_a_year(tmp_path):
    """Also with several figures in one sheet."""
    text = "Nyckeltal;Kommun;2022;2023;2024 (kg/person)\n6a;Almköping;;401,5;0\nHushållsavfall;Björkvalla;;;1380,25\nSammanställd av kansliet;;;;\n"
    found, problems = read(tmp_path, {"egen.csv": text})
    assert not problems
    assert told(found) == WANTED


def test_koladas_long_csv_and_both_versions_of_its_json(tmp_path):
    """By KPI and municipality code; women's and men's values stay outside, null is missing and a region is an area."""
    csv = "kpi,municipality_id,municipality,municipality_type,year,gender,count,value\nN07801,1080,Duvhult,K,2023,T,1,412.5\nN07801,1080,Duvhult,K,2023,K,1,400.0\nN07801,0001,Region Stockholm,R,2023,T,1,300.0\n"
    found, problems = read(tmp_path, {"kolada.csv": csv})
    assert not problems
    assert told(found) == {("6a", "m4", 2023): 412.5}
    assert found.counts[0].areas == 1
    entry = {"kpi": "N07801", "municipality": "1080", "period": 2024,
             "values": [{"count": 1, "gender": "T", "status": "", "value": 0}, {"count": 1, "gender": "K", "status": "", "value": 3}]}  # fmt: skip
    empty = {**entry, "period": 2022, "values": [{"count": 0, "gender": "T", "status": "Missing", "value": None}]}
    for version in ({"count": 2, "next_page": None}, {"count": 2, "next_url": None}):
        text = json.dumps({"values": [entry, empty], **version})
        found, problems = read(tmp_path, {"kolada.csv": csv, "kolada.json": text})
        assert not problems
        assert told(found) == {("6a", "m4", 2023): 412.5, ("6a", "m4", 2024): 0.0}
        assert all(count.closes for count in found.counts)


@pytest.mark.parametrize(("text", "code", "place"), [
    (TABLE.replace("kg/person", "ton/person"), "indicator_unit", "rad 2, kolumn D"),
    (TABLE.replace("401,5", "ca 400"), "indicator_value", "rad 2, kolumn D"),
    (TABLE.replace("401,5", "inf"), "indicator_value", "rad 2, kolumn D"),
    (TABLE.replace("Almköping\t2023", "Almköpnig\t2023"), "indicator_name", "rad 2, kolumn D"),
    (TABLE.replace("Almköping\t2023", "Almköping\tigår"), "indicator_year", "rad 2, kolumn C"),
    (TABLE.replace("Almköping\t2023", "Almköping\t2031"), "indicator_year", "rad 2, kolumn D"),
    (TABLE.replace("Almköping\t2023", "\t2023"), "indicator_nobody", "rad 2, kolumn D"),
    (TABLE.replace("Almköping\t2023", "Almköping\t2024"), "indicator_twice", "rad 3, kolumn D"),
    (TABLE.replace("Datum", "Kommentar"), "indicator_table", "rad 1"),
    ("Kommun;Kön;Nyckeltal;År;Värde\nAlmköping;T;99;2023;1\n", "indicator_unknown", "rad 2, kolumn E"),
    ('{"values": [{"kpi": "N07801", "municipality": "1080", "period": 2024, "values": [{"gender": "T", "value": "12"}]}]}',
     "indicator_value", "post 1"),
    ('{"values": [], "next_page": "2"}', "indicator_page", "next_page"),
    ('{"values": [{"kpi": 1}]}', "indicator_json", "post 1"),
    ('{"values": ' + "[" * 5000, "indicator_json", ""),
    ("", "file_empty", ""),
    (b"%PDF-1.7", None, None),
    (b"\x00\x01\x02" * 50, None, None),
])  # fmt: skip
def test_what_cannot_be_used_is_told_with_file_and_place(tmp_path, text, code, place):
    """In Swedish, as an error, and the counts still close."""
    found, problems = read(tmp_path, {"6a.csv": text})
    assert problems
    assert all(problem.level == "error" and problem.file == "2026/indicators/6a.csv" for problem in problems)
    if code:
        assert (code, place) in [(problem.code, problem.where) for problem in problems]
    assert all(count.closes for count in found.counts)


def test_a_unit_beside_each_value_is_checked_too(tmp_path):
    """As in a column of its own, and told once a unit."""
    text = "Kommun;År;Enhet;Värde\nAlmköping;2023;kg/person;400\nBjörkvalla;2023;ton;0,4\nCedersö;2023;ton;0,5\n"
    _, problems = read(tmp_path, {"6a.csv": text})
    assert [(p.code, p.where) for p in problems] == [("indicator_unit", "rad 3, kolumn D")]
    assert "”ton”" in problems[0].found
    assert "”kg/person”" in problems[0].found


def test_a_share_over_a_hundred_is_told(tmp_path):
    """Only where the figure is a percentage."""
    found, problems = read(tmp_path, {"7.csv": "Kommun;År;Värde (%)\nAlmköping;2023;100\nBjörkvalla;2023;104\n"})
    assert codes(problems) == ["indicator_range"]
    assert told(found) == {("7", "m1", 2023): 100.0}


def test_a_column_that_nobody_knows_is_told_and_not_read(tmp_path):
    """A figure that indicators.toml does not name is not silently left out."""
    _, problems = read(tmp_path, {"6a.csv": "Kommun;År;Värde;Biogas\nAlmköping;2023;4;7\n"})
    assert [(p.code, p.where, p.level) for p in problems] == [("indicator_column", "kolumn D", "warning")]


def test_corrections_say_who_is_meant(tmp_path):
    """A row match in corrections.csv is enough; the file stays untouched."""
    found, problems = read(
        tmp_path,
        {"6a.csv": TABLE.replace("Björkvalla kommun", "Bj-valla")},
        corrections=(Correction("match", "", "bj-valla", "m2", "", "så skriver de"),),
    )
    assert not problems
    assert told(found) == WANTED


def test_two_tables_in_one_sheet_are_two_figures(tmp_path):
    """Pasted below each other, each under its own title."""
    text = "6a Hushållsavfall;;\nKommun;Datum;Värde (kg/person)\nAlmköping;2023;400\n;;\n7 Förnybar energi;;\nKommun;Datum;Värde (%)\nAlmköping;2023;90\n"
    found, problems = read(tmp_path, {"allt.csv": text})
    assert not problems
    assert told(found) == {("6a", "m1", 2023): 400.0, ("7", "m1", 2023): 90.0}


def test_a_member_without_a_value_is_given_its_countys_where_that_is_declared(tmp_path):
    """And its origin says so, also where the file had done it already; other figures are left as they are."""
    text = "Kommun;År;Värde (%)\nKalmar län;2023;80\nAlmköping;2023;95\nBjörkvalla;2023;80\n"
    members = [*MEMBERS, MEMBERS[0].__class__("m9", "Ekbro", "municipality", "member", county="Kalmar län")]
    found, problems = read(tmp_path, {"2b.csv": text, "7.csv": text}, members=tuple(members))
    assert not problems
    values = with_counties(found, figures(DECLARED, tmp_path), members)
    assert {(v.figure, v.key, v.value, v.origin) for v in values} == {
        ("2b", "m1", 95.0, "reported"), ("2b", "m2", 80.0, "county"), ("2b", "m9", 80.0, "county"),
        ("7", "m1", 95.0, "reported"), ("7", "m2", 80.0, "reported"),
    }  # fmt: skip


@pytest.mark.parametrize(("text", "value"), [
    ("12,5", 12.5), ("12.5", 12.5), ("1 234,5", 1234.5), ("1.234,5", 1234.5), ("1,234.5", 1234.5), ("0", 0.0), ("−3", -3.0),
    ("62 %", 62.0), ("1e3", 1000.0), ("1 234", 1234.0), ("0,125", 0.125),
])  # fmt: skip
def test_numbers_as_people_write_them(text, value):
    """Decimal comma or point, spaces at the thousands, a unit behind."""
    assert value_of(text, ("%",)) == value


@pytest.mark.parametrize("text", ["ca 12", "12-14", "<0,1", "1,2,3", "tolv", "1 23", "1.5.2024"])
def test_what_is_no_number_is_unclear(text):
    """Never guessed, never missing."""
    with pytest.raises(Unclear):
        value_of(text, ("%",))


def test_three_digits_after_a_mark_that_the_column_does_not_use_are_unclear():
    """1.234 among decimal commas may be a thousand; among points it is a little more than one."""
    with pytest.raises(Unclear):
        value_of("1.234", (), frozenset(","))
    assert value_of("1.234", (), frozenset(".")) == 1.234


@pytest.mark.parametrize(("text", "year"), [
    ("2024", 2024), ("2024-12-31", 2024), ("2024-12-31 00:00:00", 2024), ("31/12/2024", 2024), ("2022-2024", None), ("24", None),
    ("1066", None), ("", None),
])  # fmt: skip
def test_years(text, year):
    """A year or a day; a span of years is none."""
    assert year_of(text) == year


@given(st.lists(st.lists(st.text(alphabet="Almköping2023;, %-\t\n0\"'", max_size=14), max_size=5), max_size=8))
def test_no_text_is_too_odd(tmp_path_factory, rows):
    """Whatever a file holds it gives values or problems, and the cells close."""
    text = "Mätområde;Datum;Värde (kg/person)\n" + "\n".join(";".join(row) for row in rows)
    found, problems = read(tmp_path_factory.mktemp("odd"), {"6a.csv": text})
    assert all(count.closes for count in found.counts)
    assert all(problem.found and problem.todo for problem in problems)


@pytest.mark.parametrize(
    "text", ["", "-", "–", "..", "Saknas", "uppgift saknas", "Ej rapporterat", "NULL", "N/A", "#N/A"]
)
def test_signs_that_a_value_is_missing(text):
    """Whatever the file's word for it; nought is none of them."""
    assert value_of(text, ("%",)) is None
    assert value_of("0", ("%",)) == 0
