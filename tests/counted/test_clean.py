"""Every row and every cell counted, or listed with a reason."""

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sekom_survey.asked.load import load_wave
from sekom_survey.counted.clean import clean
from sekom_survey.counted.year import read_year
from sekom_survey.model import Export, Unusable
from sekom_survey.model.cells import Columns, cells_of
from tests.waves import QUESTIONS, answer, make_wave

GOOD = [answer("Almköping"), answer("Björkvalla"), answer("Cedersö"), answer("Duvhult")]


def read(tmp_path, rows, **files):
    _, _, responses, problems = read_year(make_wave(tmp_path / "w", rows, **files))
    return responses, problems


def export_of(rows):
    return Export(
        "svar.xlsx",
        "Test",
        QUESTIONS,
        Columns(tuple(map(cells_of, zip(*([str(v) for v in row] for row in rows), strict=True))), len(rows)),
        pd.DataFrame({"row": range(2, len(rows) + 2), "date": "2026-02-02", "minutes": 10.0}),
    )


def test_rows_end_in_one_place_each(tmp_path):
    """Counted, test, observer, repeat, unmatched and struck rows add up to the rows read."""
    rows = [
        *GOOD,
        answer("Test"),
        answer("Hasselmo"),
        GOOD[0],
        answer("Okändstad"),
        answer("Ekbro", satisfaction=3),
        answer("Region Granland"),
    ]
    struck = "action,row,found,member_id,item,reason\nstrike,,Ekbro,,,Fel person svarade\n"
    responses, problems = read(tmp_path, rows, files={"corrections.csv": struck})
    assert {end: n for end, n in responses.accounting.rows if n} == {
        "counted": 5,
        "test": 1,
        "observer": 1,
        "repeat": 1,
        "unmatched": 1,
        "struck": 1,
    }
    assert responses.accounting.closes
    assert {p.code for p in problems} >= {"member_unmatched", "row_test", "row_observer", "row_repeat"}


@pytest.mark.parametrize(
    "name",
    ["ALMKÖPING", "almköping", "Almköpings kommun", " Almköping ", "Almköping\u00a0", "Almkoping", "Almköping kommun"],
)
def test_name_variants_find_their_member(tmp_path, name):
    """Case, genitive, kommun, spaces and lost diacritics."""
    responses, _ = read(tmp_path, [answer(name)])
    assert list(responses.respondents["member_id"]) == ["m1"]


def test_a_misspelt_name_is_only_suggested_until_a_person_decides(tmp_path):
    """The tool never guesses a member."""
    responses, problems = read(tmp_path / "a", [answer("Almköpnig")])
    assert responses.accounting.row_count("unmatched") == 1
    assert "Almköping" in next(p for p in problems if p.code == "member_unmatched").todo
    match = "action,row,found,member_id,item,reason\nmatch,,Almköpnig,m1,,Felstavat\n"
    responses, _ = read(tmp_path / "b", [answer("Almköpnig")], files={"corrections.csv": match})
    assert list(responses.respondents["member_id"]) == ["m1"]


def test_names_addresses_and_clock_times_do_not_pass(tmp_path):
    """What identifies a person stays in the export file."""
    _, export, responses, _ = read_year(
        make_wave(
            tmp_path / "w", [answer("Almköping", introduced="Ja", what="Ring mig på 070-174 06 31 eller a@b.example")]
        )
    )
    seen = " ".join(export.cells.table.astype(str).to_numpy().ravel()) + " ".join(
        map(str, export.rows.to_numpy().ravel())
    )
    assert "Förnamn" not in seen
    assert "@kommun.example" not in seen
    assert "08:" not in seen
    text = " ".join(responses.answers.table["text"])
    assert "174" not in text
    assert "@" not in text


def test_routing_tells_unanswered_from_not_shown(tmp_path):
    """Only those who said yes were asked what."""
    responses, _ = read(
        tmp_path,
        [
            answer("Almköping", introduced="Nej"),
            answer("Björkvalla", introduced="Ja"),
            answer("Duvhult", introduced="Ja", what="Cykelpool"),
        ],
    )
    states = responses.answers.table[responses.answers.table["item"] == "introduced_what"].sort_values("respondent")[
        "state"
    ]
    assert list(states) == ["not_shown", "unanswered", "answered"]


def test_text_is_text(tmp_path):
    """N/A, None and numbers are answers like any other."""
    rows = [
        answer(name, introduced="Ja", what=what)
        for name, what in (("Almköping", "N/A"), ("Björkvalla", "None"), ("Duvhult", "NA"), ("Ekbro", "=1+1"))
    ]
    responses, _ = read(tmp_path, rows)
    assert sorted(responses.answers.table.loc[responses.answers.table["item"] == "introduced_what", "text"]) == [
        "=1+1",
        "N/A",
        "NA",
        "None",
    ]


def test_columns_are_found_by_their_wording_in_any_order(tmp_path):
    """Position means nothing."""
    wave, _ = load_wave(make_wave(tmp_path / "w", GOOD))
    straight = clean(export_of(GOOD), wave)
    order = [8, 3, 5, 0, 7, 1, 2, 6, 4]
    mixed = export_of(GOOD)
    turned = Export(
        mixed.file,
        mixed.platform,
        tuple(QUESTIONS[i] for i in order),
        Columns(tuple(mixed.cells.columns[i] for i in order), mixed.cells.rows),
        mixed.rows,
    )
    keys = ["respondent", "item", "option"]
    pd.testing.assert_frame_equal(
        straight.answers.table.sort_values(keys).reset_index(drop=True),
        clean(turned, wave).answers.table.sort_values(keys).reset_index(drop=True),
    )


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"Stöd": "Stöd i vardagen"}, "question_unknown"),
        ({"Stöd": "Påverkan "}, "column_double"),
        ({"Hur nöjda är ni?": "Helt ny fråga"}, "question_missing"),
    ],
)
def test_a_changed_form_stops_the_run(tmp_path, change, code):
    """A question that is unknown, doubled or missing is never skipped silently."""
    wave, _ = load_wave(make_wave(tmp_path / "w", GOOD))
    export = export_of(GOOD)
    headers = tuple(change.get(header, header) for header in QUESTIONS)
    with pytest.raises(Unusable) as stop:
        clean(Export(export.file, export.platform, headers, export.cells, export.rows), wave)
    assert code in {p.code for p in stop.value.problems}


def test_a_reworded_question_is_recognised_and_its_remedy_told(tmp_path):
    """The message names the item whose wording probably changed."""
    wave, _ = load_wave(make_wave(tmp_path / "w", GOOD))
    export = export_of(GOOD)
    headers = tuple("Hur nöjda är ni nu?" if header == "Hur nöjda är ni?" else header for header in QUESTIONS)
    with pytest.raises(Unusable) as stop:
        clean(Export(export.file, export.platform, headers, export.cells, export.rows), wave)
    assert "satisfaction" in next(p for p in stop.value.problems if p.code == "question_unknown").todo


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("support", "Jättestort behov", "option_unknown"),
        ("satisfaction", 11, "number_unreadable"),
        ("role", "Konsult", "option_unknown"),
    ],
)
def test_an_answer_that_does_not_fit_stops_the_run(tmp_path, field, value, code):
    """A renamed option would silently lower a base."""
    with pytest.raises(Unusable) as stop:
        read(tmp_path, [answer("Almköping", **{field: value})])
    assert code in {p.code for p in stop.value.problems}


def test_a_struck_answer_leaves_the_base_and_is_counted_as_struck(tmp_path):
    """One answer struck with a reason; the rest of the row counts."""
    strike = "action,row,found,member_id,item,reason\nstrike,2,,,satisfaction,Missförstod skalan\n"
    responses, _ = read(tmp_path, GOOD, files={"corrections.csv": strike})
    mine = responses.answers.table[responses.answers.table["item"] == "satisfaction"]
    assert (mine["state"] == "answered").sum() == 3
    assert dict(responses.accounting.cells)["struck"] == 1
    assert responses.accounting.closes


def test_members_outside_the_frame_do_not_count(tmp_path):
    """A member that left before the frame's date, or joined after it."""
    members = (
        make_wave(tmp_path / "x", GOOD)
        .joinpath("members.csv")
        .read_text(encoding="utf-8")
        .replace(
            "m1,Almköping,municipality,member,,Kalmar län,9000,2001-01-01,",
            "m1,Almköping,municipality,member,,Kalmar län,9000,2026-02-01,",
        )
    )
    responses, _ = read(tmp_path, GOOD, members=members)
    assert responses.accounting.row_count("outside_frame") == 1


NAMES = st.sampled_from(
    ["Almköping", "björkvalla", "Cedersö kommun", "Duvhult", "Test", "Hasselmo", "Region Granland", "Nånstans", ""]
)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.builds(
            answer,
            member=NAMES,
            top=st.sampled_from(["Nätverk;", "Nätverk;Fika;", "Inget av detta;Nätverk;", ""]),
            satisfaction=st.sampled_from(["", 1, 10]),
            introduced=st.sampled_from(["", "Ja", "Nej"]),
            what=st.sampled_from(["", "-", "Cykelpool"]),
            contact=st.sampled_from(["", "Ja"]),
        ),
        min_size=1,
        max_size=12,
    )
)
def test_the_counts_always_close(tmp_path, rows):
    """Whatever the rows, every row and cell is in exactly one place."""
    folder = tmp_path / "w"
    wave, _ = load_wave(folder if folder.exists() else make_wave(folder, GOOD))
    accounting = clean(export_of(rows), wave).accounting
    assert accounting.closes
    assert accounting.rows_read == len(rows)
