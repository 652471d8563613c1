"""The register: filled in from the reference table, Swedish headings accepted."""

from datetime import date

import pytest

from sekom_survey.asked.register import read_members

GOTLAND = [("Gotlands län", "Svealand")]


def read(tmp_path, text, overrides=(), encoding="utf-8"):
    path = tmp_path / "members.csv"
    path.write_bytes(text.encode(encoding))
    return read_members(path, "2026/members.csv", overrides)


def test_empty_cells_are_filled_from_the_reference_table(tmp_path):
    """Code, county, landsdel, SKR group, population and place follow from the name."""
    (member,), problems = read(tmp_path, "member_id,name,kind,status\n1,Pajala,municipality,member\n")
    assert problems == []
    assert (member.code, member.county, member.landsdel) == ("2521", "Norrbottens län", "Norrland")
    assert member.population > 5000
    assert member.latitude > 66


def test_what_is_written_goes_before_the_reference_table(tmp_path):
    """A population in the register is that of the frame."""
    (member,), _ = read(tmp_path, "member_id,name,kind,status,population\n1,Pajala,municipality,member,7 001\n")
    assert member.population == 7001


def test_codes_that_lost_their_zero_in_excel_still_lead_home(tmp_path):
    """0114 became 114."""
    (member,), _ = read(tmp_path, "member_id,name,kind,status,code\n1,Väsby,municipality,member,114\n")
    assert (member.code, member.county) == ("0114", "Stockholms län")


def test_swedish_excel_is_accepted(tmp_path):
    """Semicolons, a byte-order mark, Swedish headings and values."""
    text = "medlem_id;Namn;Typ;Status;Län;Folkmängd;Medlem från;latitud\n1;Almköping;kommun;medlem;Kalmar;12 500;1999;56,7\n"
    (member,), problems = read(tmp_path, text, encoding="utf-8-sig")
    assert problems == []
    assert (member.name, member.county, member.population, member.joined.year, member.latitude) == (
        "Almköping",
        "Kalmar län",
        12500,
        1999,
        56.7,
    )


def test_the_boards_reading_of_gotland_overrides_the_standard(tmp_path):
    """The region map is a table, never code."""
    text = "member_id,name,kind,status,county\n1,Cedersö,municipality,member,Gotlands län\n"
    assert read(tmp_path, text)[0][0].landsdel == "Götaland"
    assert read(tmp_path, text, GOTLAND)[0][0].landsdel == "Svealand"


@pytest.mark.parametrize(
    ("text", "code", "where"),
    [
        ("member_id,name,kind\n1,A,municipality\n", "column_missing", "status"),
        ("member_id,name,kind,status,folk\n1,A,municipality,member,3\n", "column_unknown", "folk"),
        ("member_id,name,kind,status\n1,A,city,member\n", "cell_value", "rad 2"),
        ("member_id,name,kind,status\n,A,municipality,member\n", "cell_missing", "rad 2"),
        ("member_id,name,kind,status\n1,A,municipality,member\n1,B,municipality,member\n", "member_double", "1"),
        ("member_id,name,kind,status\n1,A,municipality,member\n2,a,municipality,member\n", "member_double", "a"),
        ("member_id,name,kind,status,county\n1,A,municipality,member,Småland\n", "county_unknown", "rad 2"),
        ("member_id,name,kind,status,population\n1,A,municipality,member,många\n", "cell_value", "rad 2"),
        (f"member_id,name,kind,status,population\n1,A,municipality,member,{'9' * 5000}\n", "cell_value", "rad 2"),
        ("member_id,name,kind,status,population\n1,A,municipality,member,7³\n", "cell_value", "rad 2"),
        ("member_id,name,kind,status,joined\n1,A,municipality,member,i fjol\n", "cell_value", "rad 2"),
        ("", "file_empty", ""),
        ("member_id,name,kind,status\n", "no_members", ""),
    ],
)
def test_each_fault_names_row_or_column(tmp_path, text, code, where):
    """What is wrong, and where."""
    problem = next(p for p in read(tmp_path, text)[1] if p.code == code)
    assert problem.where == where
    assert problem.todo


def test_a_missing_register_is_a_problem(tmp_path):
    """No traceback when the file is not there."""
    assert read_members(tmp_path / "no.csv", "no.csv", ())[1][0].code == "file_missing"


@pytest.mark.parametrize(("cells", "programme", "contacts"), [
    ("2023-05-28;ja", date(2023, 5, 28), True), ("2023;Nej", date(2023, 1, 1), False), ("nej;", date.min, None), (";", None, None),
])  # fmt: skip
def test_the_programme_and_the_contact_persons(tmp_path, cells, programme, contacts):
    """A day or a year, or none; yes or no; empty is unknown."""
    text = f"medlem_id;Namn;Typ;Status;Program;Kontaktpersoner\n1;Almköping;kommun;medlem;{cells}\n"
    (member,), problems = read(tmp_path, text)
    assert problems == []
    assert (member.programme, member.contacts) == (programme, contacts)


def test_a_name_among_the_contact_persons_is_refused_and_not_repeated(tmp_path):
    """The register holds no persons, and a message is no place for one either."""
    _, problems = read(tmp_path, "member_id,name,kind,status,contacts\n1,Almköping,kommun,medlem,Anna Andersson\n")
    assert [(p.code, p.where) for p in problems] == [("cell_value", "rad 2")]
    assert "Anna" not in problems[0].found + problems[0].todo
