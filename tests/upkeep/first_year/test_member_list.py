"""A member list as people keep it becomes a register; nothing of a contact person comes along."""

from pathlib import Path

import pytest
import xlsxwriter

from sekom_survey.asked.register import read_members
from sekom_survey.model import Unusable
from sekom_survey.upkeep.first_year.member_list import plain_name, read_member_list, region_of
from sekom_survey.upkeep.first_year.register import register_of, written_day

ROWS = [
    ["Våra medlemmar 2026"],
    [],
    ["Nr", "Kommun", "Län", "Kontaktperson", "E-post", "Medlem sedan", "Invånare 2024", "Status"],
    [1, "Sala kommun, Västmanland", "", "Rut Testsson", "rut@sala.example", 2001, 22700, "Medlem"],
    [2, "Överkalix kommun (kommunstyrelsen)", "Norrbotten", "Bo Prov", "", "22 maj 1999", "3 200", "medlem"],
    [3, "Region Skåne", "", "", "", "1/2/2010", "", ""],
    [4, "Gotland", "", "", "", "2010-01-01", "", "Observatör"],
    [5, "Habo", "", "En", "", "", 12600.0, ""],
    [6, "HABO KOMMUN", "", "En annan", "", "", 12600.0, ""],
    ["", "Summa", "", "", "", "", 38500, ""],
    ["Uppdaterad 2025-12-01"],
]


def saved(path: Path, rows: list) -> Path:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for i, row in enumerate(rows):
            sheet.write_row(i, 0, row)
    return path


@pytest.fixture
def register(tmp_path):
    return register_of(read_member_list(saved(tmp_path / "lista.xlsx", ROWS), "lista.xlsx"))


def test_title_sum_and_notes_are_no_members(register):
    """Every row is a member, one of a member already there, or told as none."""
    assert [entry.name for entry in register.entries] == ["Sala", "Överkalix", "Region Skåne", "Gotland", "Habo"]
    told = "\n".join(register.lines)
    assert "8 rader under rubrikerna, 5 medlemmar: 4 kommuner, 1 region, varav 1 observatör" in told
    assert "Rad 10 är ingen medlem: ”Summa”" in told and "Rad 11 är ingen medlem" in told
    assert "Rad 9 gäller en medlem som redan står i listan" in told


def test_ids_kinds_status_codes_and_days_are_filled_in(register):
    """Numbers of their own by the municipality's or county's code."""
    rows = [(e.member_id, e.kind, e.status, e.code, e.population, e.joined) for e in register.entries]
    assert rows == [
        ("K1981", "kommun", "medlem", "1981", "22700", "2001"),
        ("K2513", "kommun", "medlem", "2513", "3200", "1999-05-22"),
        ("R12", "region", "medlem", "", "", "2010-02-01"),
        ("K0980", "kommun", "observatör", "0980", "", "2010-01-01"),
        ("K0643", "kommun", "medlem", "0643", "12600", ""),
    ]


def test_contact_persons_stay_in_the_list(register):
    """They are told as not copied, by heading; no name or address is written or told."""
    written = register.text + "\n".join(register.lines) + repr(register.problems)
    assert "Kopieras inte: kolumn A Nr, kolumn D Kontaktperson, kolumn E E-post" in written
    assert not [word for word in ("Rut", "Testsson", "@", "Bo Prov") if word in written]


def test_the_register_written_is_one_that_is_read(register, tmp_path):
    """Swedish headings and values, with county and landsdel from the table of municipalities."""
    (tmp_path / "members.csv").write_text(register.text, encoding="utf-8")
    members, problems = read_members(tmp_path / "members.csv", "members.csv", ())
    assert problems == []
    assert [(m.name, m.kind, m.status) for m in members[2:4]] == [
        ("Region Skåne", "region", "member"),
        ("Gotland", "municipality", "observer"),
    ]
    assert members[0].landsdel == "Svealand"


def test_a_windows_csv_with_semicolons_and_a_title_is_read(tmp_path):
    """As Excel saves it in Sweden."""
    path = tmp_path / "lista.csv"
    path.write_bytes(
        "Medlemslista;;\r\nMedlem;Län;Inträde\r\nMalå kommun;Västerbottens län;2003-05-01\r\nÅre;;1999\r\nTotalt;;2\r\n".encode(
            "cp1252"
        )
    )
    register = register_of(read_member_list(path, "lista.csv"))
    assert [(e.name, e.joined) for e in register.entries] == [("Malå", "2003-05-01"), ("Åre", "1999")]


def test_of_two_columns_of_names_the_one_with_places_holds_the_members(tmp_path):
    """Namn may be the contact person's."""
    rows = [["Namn", "Organisation"], ["Rut Testsson", "Sala"], ["Bo Prov", "Habo"]]
    register = register_of(read_member_list(saved(tmp_path / "l.xlsx", rows), "l.xlsx"))
    assert [entry.name for entry in register.entries] == ["Sala", "Habo"]


def test_a_name_that_no_municipality_has_is_told_with_what_may_be_meant(tmp_path):
    """It is kept as it is written; a person decides."""
    register = register_of(read_member_list(saved(tmp_path / "l.xlsx", [["Kommun"], ["Lnköping"], ["Sala"]]), "l.xlsx"))
    assert register.entries[0].name == "Lnköping"
    assert [(p.where, "Linköping" in p.found) for p in register.problems] == [("rad 2", True)]


def test_an_observer_that_only_a_remark_tells_of_is_one(tmp_path):
    """When that is all it says and no status says otherwise; what only mentions it is asked about, and nothing of it is repeated."""
    rows = [
        ["Kommun", "Status", "Anmärkning", "Kontaktpersonens roll"],
        ["Sala", "", "Observatör sedan 2024", ""],
        ["Habo", "", "adjungerad (2023–)", ""],
        ["Heby", "", "Rut Prov var observatör på årsmötet", ""],
        ["Åre", "Medlem", "Observatör", ""],
        ["Malå", "", "Har meddelat utträde", ""],
        ["Gotland", "", "ny 2023", "Observatör"],
    ]
    register = register_of(read_member_list(saved(tmp_path / "l.xlsx", rows), "l.xlsx"))
    assert [entry.status for entry in register.entries] == ["observatör", "observatör", *["medlem"] * 4]
    told = [
        (problem.where, problem.todo.split(";")[0]) for problem in register.problems if problem.code == "status_remark"
    ]
    assert told == [
        ("rad 2", "Räknas som observatör"),
        ("rad 3", "Räknas som observatör"),
        *((f"rad {n}", "Räknas som medlem") for n in (4, 5, 6)),
    ]
    assert "Rut" not in repr(register.problems)


def test_a_heading_alone_in_its_row_tells_what_stands_below_it(tmp_path):
    """It is no member."""
    rows = [
        ["Medlem", "Län"],
        ["Kommuner"],
        ["Sala", "Västmanlands län"],
        ["Regioner:"],
        ["Skogsriket", ""],
        ["Observatörer 2026"],
        ["Habo", ""],
    ]
    register = register_of(read_member_list(saved(tmp_path / "l.xlsx", rows), "l.xlsx"))
    assert [(e.name, e.kind, e.status) for e in register.entries] == [
        ("Sala", "kommun", "medlem"), ("Skogsriket", "region", "medlem"), ("Habo", "kommun", "observatör")]  # fmt: skip
    assert "Rad 6 är ingen medlem: rubriken ”Observatörer 2026”" in "\n".join(register.lines)


def test_a_list_without_names_is_refused(tmp_path):
    """With a sentence on what to write."""
    with pytest.raises(Unusable) as stop:
        read_member_list(saved(tmp_path / "l.xlsx", [["Kontakt", "Telefon"], ["Rut", "070"]]), "l.xlsx")
    assert [problem.code for problem in stop.value.problems] == ["list_unclear"]


@pytest.mark.parametrize(
    ("text", "day"),
    [("2001", "2001"), ("2001.0", "2001"), ("2001-05-22 00:00:00", "2001-05-22"), ("22 maj 2001", "2001-05-22"), ("3/11/2009", "2009-11-03"), ("2001-05", "2001-05-01"), ("31/2/2001", ""), ("förra året", "")],
)  # fmt: skip
def test_a_day_is_read_as_swedes_write_it(text, day):
    """Day before month; what is no day is empty."""
    assert written_day(text) == day


def test_what_stands_beside_a_name_is_left_only_when_it_names_nobody_else():
    """A county that fits, an office; never a second municipality."""
    assert plain_name("Sala kommun, Västmanland") == "Sala kommun"
    assert plain_name("Sala, Heby") == "Sala, Heby"
    assert region_of("Region Kalmar län (regionkontoret)") == "Region Kalmar län"
    assert region_of("Region Västskogen") == "Region Västskogen"
    assert region_of("Kalmar") is None


@pytest.mark.parametrize("heading", ["Kommunens namn", "Org.", "Medlemmens namn", "Vilka vi är"])
def test_names_are_found_under_headings_that_nobody_foresaw(tmp_path, heading):
    """By the other headings and by what the column holds; never a person, nor the word Kommun among the kinds."""
    rows = [
        ["Vårt register"],
        ["Handläggare", heading, "Typ", "Landskap/län", "Folkmängd", "Inträdesdatum"],
        *([["Eva", "Per", "Ann", "Kim"][i % 4], name, "Kommun", "Skåne län", 9000 + i, "2001-02-03"] for i, name in enumerate(["Granfors", "Tallhult", "Ekbro", "Lindås"])),
        ["Kim", "Region Nordskogen", "Region", "Skåne län", 200000, "2001-02-03"],
        [None, "Totalt", None, None, 236006],
    ]  # fmt: skip
    register = register_of(read_member_list(saved(tmp_path / "lista.xlsx", rows), "lista.xlsx"))
    assert register.names == ("Granfors", "Tallhult", "Ekbro", "Lindås", "Region Nordskogen")
    assert {entry.county for entry in register.entries} == {"Skåne län"}
    assert [entry.kind for entry in register.entries] == ["kommun"] * 4 + ["region"]
