"""examples.csv: what is read, what may be shown on which day, and who has done the same."""

from datetime import date

import pytest

from sekom_survey.found.examples import COLUMNS, NAMED, read_examples, replications
from sekom_survey.found.goals.facts import facts_of
from sekom_survey.found.goals.measure import measure
from sekom_survey.found.goals.model import Goals, Indicator
from sekom_survey.model import Member
from tests.waves import answer, make_wave

MEMBERS = [Member("m1", "Almköping", "municipality", "member"), Member("m2", "Björkvalla", "municipality", "member")]
HEAD = "id;titel;medlem;tema;infört_av;samtycke;samtycke_av;samtycke_datum;samtycke_till;utmärkelse;länk\n"


def read(tmp_path, *rows):
    (tmp_path / "examples.csv").write_text(HEAD + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return read_examples(tmp_path / "examples.csv", "2026/examples.csv", MEMBERS)


def test_no_file_is_no_library(tmp_path):
    assert read_examples(tmp_path / "examples.csv", "x", MEMBERS) == (None, [])


def test_swedish_headings_names_and_words_are_understood(tmp_path):
    """Members by name or id, several with a semicolon in quotation marks."""
    (one,), problems = read(
        tmp_path, 'e1;Ängar;Almköping;natur;"m2; Björkvalla";namngivet;Eva;2026-03-01;;2026;https://a.se/x'
    )
    assert problems == []
    assert (one.member_id, one.copied_by, one.consent, one.award) == ("m1", ("m2",), NAMED, 2026)


@pytest.mark.parametrize(("consent", "shown"), [
    (";;;", False), ("nej;Eva;2026-03-01;", False), ("efter kontakt;Eva;2026-03-01;", False), ("anonymt;Eva;2026-03-01;", True),
    ("kontakt;Eva;2026-03-01;2026-06-30", True), ("kontakt;Eva;2026-03-01;2026-06-29", False), ("kontakt;Eva;2026-07-01;", False),
    ("namngivet;;2026-03-01;", False), ("namngivet;Eva;;", False),
])  # fmt: skip
def test_an_example_is_shown_while_somebody_has_said_yes(tmp_path, consent, shown):
    """Who and when must be known; the last day counts, the day after does not, nor a day before it was given."""
    (one,), _ = read(tmp_path, f"e1;Ängar;m1;natur;;{consent};;")
    assert one.is_open(date(2026, 6, 30)) is shown


def test_faults_are_named_by_row(tmp_path):
    rows = ["e1;Ängar;Okänd;;;;;;;;", "e1;;m1;;m9;kanske;;igår;;förra;javascript:alert(1)"]
    _, problems = read(tmp_path, *rows)
    assert {(p.code, p.where) for p in problems} == {
        ("member_unknown", "rad 2"), ("member_unknown", "rad 3"), ("cell_missing", "rad 3"), ("cell_value", "rad 3"),
        ("example_double", "rad 2"), ("example_double", "rad 3"),
    }  # fmt: skip
    assert sum(p.code == "cell_value" for p in problems) == 4


def test_a_member_does_not_copy_itself(tmp_path):
    examples, _ = read(tmp_path, 'e1;Ängar;m1;;"m1;m2";;;;;;', "e2;Svinn;m2;;m1;;;;;;")
    assert replications(examples) == {("e1", "m2"), ("e2", "m1")}


@pytest.mark.parametrize(("what", "value"), [("replications", 2), ("members", 1), ("open", 1)])
def test_a_goal_counts_what_others_have_done(tmp_path, what, value):
    """A source of its own in goals.toml; without a library the value is unknown, not nought."""
    text = ",".join(COLUMNS) + "\n"
    text += "e1,Ängar,m1,,,,,,,,,,m2,,,,named,Eva,2026-02-01,\ne2,Svinn,m1,,,,,,,,,,m2,,,,,,,\n"
    folder = make_wave(tmp_path / "2026", [answer("Almköping")], files={"examples.csv": text})
    facts, _ = facts_of(folder, None, date(2026, 12, 31))
    indicator = Indicator("E2.4", "Införda", "antal", "examples", what)
    assert measure(indicator, Goals(), facts).value == value
    (folder / "examples.csv").unlink()
    assert measure(indicator, Goals(), facts_of(folder, None, date(2026, 12, 31))[0]).value is None
