"""The pages as a person uses them: what is pressed is in the files, what cannot be read changes nothing."""

import csv
import shutil
from datetime import date

import pytest

from sekom_survey.counted.year import read_year
from sekom_survey.running import safe_folder
from sekom_survey.text.places import SURVEYS
from tests.app.conftest import MARKUP, NAMES, reworded
from tests.app.served import served
from tests.indicator_files import DECLARED
from tests.waves import answer, make_wave, write_export

YEAR = "/ar/2026"
MATCH = {"action": "match", "row": "", "found": "Ekbroo", "member_id": "m5", "item": ""}


def rows_of(path):
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream, delimiter=";"))


def test_a_name_is_settled_by_one_press_and_can_be_undone(site, surveys):
    """The row in corrections.csv is the one a person would have typed; twice pressed, once written."""
    assert "Ja, det är Ekbro" in site.get(YEAR).text
    for _ in range(2):
        page = site.follow(site.post(f"{YEAR}/ordna", MATCH)).text
    assert "redan ordnat" in page and "Ja, det är Ekbro" not in page
    (row,) = rows_of(surveys / "2026" / "corrections.csv")
    assert (row["action"], row["found"], row["member_id"], row["date"]) == ("match", "Ekbroo", "m5", "2026-03-14")
    mark = page.partition('name="mark" value="')[2].partition('"')[0]
    assert "inget är borttaget" in site.follow(site.post(f"{YEAR}/angra", {"line": "2", "mark": "x" * 16})).text
    assert "Ändringen är borttagen" in site.follow(site.post(f"{YEAR}/angra", {"line": "2", "mark": mark})).text
    assert rows_of(surveys / "2026" / "corrections.csv") == []


@pytest.mark.parametrize(
    "other",
    [
        {"found": "Almköping"},
        {"member_id": "m99"},
        {"action": "strike", "item": "satisfaction"},
        {"action": "unasked", "item": "role"},
        {"row": "3"},
    ],
)
def test_only_what_the_page_offers_can_be_written(site, surveys, other):
    """A form with other values than those shown writes nothing."""
    site.follow(site.post(f"{YEAR}/ordna", {**MATCH, **other}))
    assert not (surveys / "2026" / "corrections.csv").exists()


def test_a_strike_needs_its_reason(site, surveys):
    """The same name, called no member: with the reason given by the button, never without one."""
    strike = {**MATCH, "action": "strike", "member_id": ""}
    assert "Skälet är tomt" in site.follow(site.post(f"{YEAR}/ordna", strike)).text
    site.follow(site.post(f"{YEAR}/ordna", {**strike, "reason": "Inte medlem"}))
    assert [row["reason"] for row in rows_of(surveys / "2026" / "corrections.csv")] == ["Inte medlem"]
    assert read_year(surveys / "2026")[2].accounting.row_count("struck") == 1


def test_a_new_wording_is_accepted_beside_the_question(site, surveys):
    heading = reworded(surveys / "2026")
    page = site.get(YEAR).text
    assert page.index("Frågorna") < page.index(heading) < page.index("Namn på medlemmar")
    site.follow(
        site.post(
            f"{YEAR}/ordna", {"action": "wording", "row": "", "found": heading, "member_id": "", "item": "satisfaction"}
        )
    )
    assert heading in read_year(surveys / "2026")[0].questionnaire.item("satisfaction").wordings


def test_a_file_takes_its_place_and_nonsense_does_not(site, surveys):
    """The page says what happened; the old one is kept with its date."""
    new = write_export(surveys.parent / "ny.xlsx", [answer(name) for name in NAMES[:3]]).read_bytes()
    before = (surveys / "2026" / "export" / "svar.xlsx").read_bytes()
    assert (
        "Den som låg här ligger kvar"
        in site.follow(site.send(f"{YEAR}/lagg-in", "svar.xlsx", b"PK nonsense", plats="export")).text
    )
    assert "Ingen fil kom med" in site.follow(site.send(f"{YEAR}/lagg-in", "svar.xlsx", b"", plats="export")).text
    assert (surveys / "2026" / "export" / "svar.xlsx").read_bytes() == before
    assert "3 rader" in site.follow(site.send(f"{YEAR}/lagg-in", "Nya svar.xlsx", new, plats="export")).text
    assert [path.name for path in (surveys / "2026" / "replaced").iterdir()] == ["2026-03-14 svar.xlsx"]


@pytest.mark.parametrize(("number", "said"), [(28, "Disken är full"), (13, "Stäng filen om den är öppen i Excel")])
def test_a_full_disk_and_a_locked_file_are_told(site, surveys, monkeypatch, number, said):
    """What was there stays, and nothing was confirmed."""

    def fails(handle):
        raise OSError(number, "no", "corrections.csv")

    monkeypatch.setattr("sekom_survey.text.rows.os.fsync", fails)
    reply = site.post(f"{YEAR}/ordna", MATCH)
    assert reply.status == 422 and said in reply.text and "inte sparat" in reply.text
    monkeypatch.undo()
    assert not (surveys / "2026" / "corrections.csv").exists()
    assert "Sparat" in site.follow(site.post(f"{YEAR}/ordna", MATCH)).text
    assert safe_folder.disk_problem(OSError(number, "", "x")).code in ("disk_full", "not_writable")


def test_two_tabs_do_not_undo_each_other(site, surveys):
    """A form shown before the other tab's change still does only what it says."""
    other = type(site)(site.room, site.gate, site.server).enter()
    strike = {**MATCH, "action": "strike", "member_id": "", "found": MARKUP, "reason": "Inte medlem"}
    site.follow(site.post(f"{YEAR}/ordna", MATCH))
    other.follow(other.post(f"{YEAR}/ordna", strike))
    assert [row["found"] for row in rows_of(surveys / "2026" / "corrections.csv")] == ["Ekbroo", MARKUP]


def test_a_name_in_an_indicators_file_is_settled_by_one_press(site, surveys):
    """As one among the answers: the row says whose the value is, and the problem is gone."""
    folder = surveys / "2026"
    (folder / "indicators.toml").write_text(DECLARED, encoding="utf-8")
    (folder / "indicators").mkdir()
    (folder / "indicators" / "6a.csv").write_text("Kommun;2024\nAlmköpnig;390\n", encoding="utf-8")
    assert "”Almköpnig” är varken medlem" in site.get(YEAR).text
    site.follow(site.post(f"{YEAR}/ordna", {**MATCH, "found": "Almköpnig", "member_id": "m1"}))
    assert [row["found"] for row in rows_of(folder / "corrections.csv")] == ["Almköpnig"]
    assert "Almköpnig” är varken" not in site.get(YEAR).text


def test_a_copy_that_a_cloud_service_made_is_told_beside_its_file(site, surveys):
    """Rows in it are not read, and nobody would see it otherwise; a person's own file of another name is left alone."""
    for name in ("corrections-DESKTOP-1234.csv", "corrections_old.csv", "correctionsnotes.csv"):
        (surveys / "2026" / name).write_text("action;found;reason\n", encoding="utf-8")
    page = site.get(YEAR).text
    assert (
        page.index("Namn på medlemmar")
        < page.index("corrections-DESKTOP-1234.csv läses inte")
        < page.index("Aktivitetsloggen")
    )
    assert page.count("läses inte. Den ser ut som en kopia") == 1


@pytest.fixture(scope="module")
def example(tmp_path_factory):
    """The example's years, a year that was erased long ago due, served."""
    home = tmp_path_factory.mktemp("exempel")
    shutil.copytree(
        SURVEYS / "exempel", home / "surveys" / "exempel", ignore=shutil.ignore_patterns("replaced", ".sekom-id")
    )
    make_wave(home / "surveys" / "2026", [answer(name) for name in NAMES])
    with served(home / "surveys", home / "reports", date(2026, 9, 20)) as opened:
        yield opened.enter()


def test_the_goals_are_followed_up_on_a_day(example):
    """As `sekom goals --as-of`: the same words, the same file."""
    mal = "/ar/exempel/2026/mal"
    page = example.get(f"{mal}?dag=2026-08-31").text
    assert "31 augusti 2026" in page and "M6 Påverkan" in page
    said = example.follow(example.post(mal, {"dag": "2026-08-31"})).text
    assert "goals-2026-08-31.csv" in said
    for end in ("csv", "html", "docx"):
        assert (example.room.place.reports / "2026" / "internal" / f"goals-2026-08-31.{end}").exists()


def test_the_log_and_the_decisions_are_filled_in_and_taken_back(example):
    """A row for each member; what is wrong is told with what was typed still there."""
    mal, folder = "/ar/exempel/2026", example.room.place.surveys / "exempel" / "2026"
    event = [
        ("date", "2026-09-10"),
        ("activity", "webinar"),
        ("title", "Höstens webbinarium"),
        ("role", ""),
        ("count", "2"),
        ("member_id", "M001"),
        ("member_id", "M003"),
    ]
    before = (folder / "activities.csv").read_bytes()
    wrong = example.post(f"{mal}/logg", [("date", "2025-09-10"), *event[1:]])
    assert wrong.status == 422 and "ligger utanför 2026" in wrong.text and "Höstens webbinarium" in wrong.text
    assert (folder / "activities.csv").read_bytes() == before
    page = example.follow(example.post(f"{mal}/logg", event)).text
    assert "Inlagt i loggen" in page
    assert "stod redan" in example.follow(example.post(f"{mal}/logg", event)).text
    row = page.partition("Höstens webbinarium</th>")[2].partition("</tr>")[0]
    fields = [("row", part.partition('"')[0]) for part in row.split('name="row" value="')[1:]]
    assert len(fields) == 2
    assert "Borttaget" in example.follow(example.post(f"{mal}/logg/bort", fields)).text
    decision = {
        "date": "2026-09-18",
        "indicator": "M2a",
        "status": "Osäkert om målet kan uppnås",
        "reason": "En grupp <vilar>.",
        "who": "Styrelsen",
    }
    assert example.post(f"{mal}/beslut", {**decision, "reason": ""}).status == 422
    assert "En grupp &lt;vilar&gt;." in example.follow(example.post(f"{mal}/beslut", decision)).text


def test_targets_and_values_counted_by_hand_are_filled_in(example):
    """As a person would have typed them in goals.toml, and what the board had only proposed goes; nonsense changes nothing."""
    mal, path = "/ar/exempel/2026/mal", example.room.place.surveys / "exempel" / "2026" / "goals.toml"
    before = path.read_text(encoding="utf-8")
    counted = {"measure": "V2", "value": "1,9", "date": "2026-09-18", "source": "kansliets <räkning>"}
    for page, wrong in (
        ("varde", {"measure": "M1b", "value": "många"}), ("varde", {"measure": "M9", "value": "1"}), ("varde", {"measure": "M1b", "value": "1e999"}),
        ("raknat", {**counted, "measure": "M1b"}), ("raknat", {**counted, "source": " "}), ("raknat", {**counted, "date": "i går"}),
    ):  # fmt: skip
        assert example.post(f"{mal}/{page}", wrong).status == 422
    assert path.read_text(encoding="utf-8") == before
    assert (
        "Målvärdet är sparat." in example.follow(example.post(f"{mal}/varde", {"measure": "M1b", "value": "90"})).text
    )
    page = example.follow(example.post(f"{mal}/raknat", counted)).text
    assert "Värdet är sparat." in page and "M1b Antal medlemmar netto (nu 90)" in page
    said = path.read_text(encoding="utf-8")
    assert "  targets = [{ year = 2026, value = 90 }]\n" in said
    assert '  { value = 1.9, date = 2026-09-18, source = "kansliets <räkning>" },\n' in said
    assert len(said.splitlines()) == len(before.splitlines()) + 1


def test_every_page_of_the_example_is_there(example):
    """The years with where they stand, a report not made yet, the retention table."""
    first = example.get("/").text
    assert "SEKOM-enkäten 2026" in first and "78 av 157 texter granskade" in first and "Exempeldata" in first
    assert first.index("Provenkäten 2026") < first.index("SEKOM-enkäten 2026")
    assert "Gör rapporten" in example.get("/ar/exempel/2026/rapport").text
    assert "Gallringstabellen" in example.get("/ar/exempel/2025/gallring").text


def test_erasure_takes_two_confirmations(example):
    """Shown, then the year written: a press alone erases nothing."""
    place, gallring = example.room.place, "/ar/2026/gallring"
    export = place.surveys / "2026" / "export" / "svar.xlsx"
    assert "Visa och bekräfta" in example.get(gallring).text
    assert "Skriv 2026 för att bekräfta" in example.get(f"{gallring}?steg=2").text
    assert "Året stämmer inte" in example.follow(example.post(gallring, {"year": ""})).text
    assert export.exists()
    assert "Det finns inga publicerade tal" in example.follow(example.post(gallring, {"year": "2026"})).text
    assert export.exists()
