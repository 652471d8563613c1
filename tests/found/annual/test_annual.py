"""The annual report's figures: counted from what is declared, with source and day, and never nought for what is missing."""

from __future__ import annotations

import csv
from datetime import date

import pytest
from docx import Document

from sekom_survey.counted.year import analyse
from sekom_survey.found.engagement.duties import fee
from sekom_survey.model import Unusable
from sekom_survey.protected import publish
from sekom_survey.running.outputs import write_csv
from sekom_survey.text.places import report_folder
from sekom_survey.upkeep.annual import make_annual
from sekom_survey.upkeep.goals import make_goals
from tests.found.goals.waves import indicator
from tests.protected.editions import USUAL, rows_for, wave_folder
from tests.waves import answer, make_wave

HEAD = 'title = "Siffrorna 2026"\n'
FIGURE = """
[[figures]]
id = "{id}"
heading = "{heading}"
name = "{id}"
unit = "antal"
words = "{words}"
{more}
"""
LOG = """date,activity,member_id,role,count,title
2026-03-01,webinar,m1,official,2,Om vatten
2026-03-01,webinar,m2,official,1,Om vatten
2026-04-01,webinar,m1,official,1,Om skog
2026-05-01,consultation,,,1,Remiss om avfall
"""


def figure(id, more, words="Antalet var {value}.", heading="Allt"):
    """A table of annual.toml."""
    return FIGURE.format(id=id, more=more, words=words, heading=heading)


@pytest.fixture(scope="module")
def year(tmp_path_factory):
    """A year with a log and a survey."""
    folder = make_wave(tmp_path_factory.mktemp("annual") / "2026", [answer("Almköping"), answer("Björkvalla")])
    (folder / "activities.csv").write_text(LOG, encoding="utf-8")
    return folder


def made(year, tmp_path, *figures):
    """The csv's rows by figure, the lines that are told, and the Word passage's paragraphs."""
    (year / "annual.toml").write_text(HEAD + "".join(figures), encoding="utf-8")
    lines, _ = make_annual(year, tmp_path, date(2026, 12, 31))
    (path,) = tmp_path.rglob("annual.csv")
    rows = {row["figure"]: row for row in csv.DictReader(path.read_text(encoding="utf-8").splitlines())}
    return rows, lines, [p.text for p in Document(path.with_name("annual.docx")).paragraphs]


def test_each_figure_has_value_source_and_day(year, tmp_path):
    """From the log, the register and by hand; the fees are the rule's own sum over the members."""
    rows, _, words = made(
        year,
        tmp_path,
        figure("webinars", 'source = "log"\nmeasure = "occasions"\nactivities = ["webinar"]', "{value} webbinarier hölls."),
        figure("fees", 'source = "register"\nmeasure = "fees"'),
        figure("observers", 'source = "register"\nmeasure = "observers"', "{value}: {detail}."),
        figure("followers", 'source = "hand"\nby_hand = [{ value = 655, date = 2026-12-18, source = "kontot" }]', "{value} den {day}."),
    )  # fmt: skip
    assert (rows["webinars"]["value"], rows["webinars"]["date"], rows["webinars"]["source"]) == (
        "2",
        "2026-12-31",
        "Aktivitetsloggen",
    )
    known = [9000, 14999, 15000, 60000, 49999]
    assert float(rows["fees"]["value"]) == sum(fee(one, "municipality") for one in known) + 25_000
    assert "1 medlem är folkmängden okänd" in rows["fees"]["detail"]
    assert (rows["followers"]["value"], rows["followers"]["date"]) == ("655", "2026-12-18")
    assert any(
        "2 webbinarier hölls. Antalet var" in text and "1: Hasselmo. 655 den 18 december 2026." in text
        for text in words
    )
    assert "Exempeldata. Alla uppgifter är påhittade." in words


def test_what_nobody_has_logged_is_missing_and_not_nought(year, tmp_path):
    """No row of it, nothing by hand this year, nothing gathered: said with why, in the passage and the csv."""
    rows, lines, words = made(
        year,
        tmp_path,
        figure("media", 'source = "log"\nmeasure = "titles"\nactivities = ["media_mention"]'),
        figure("followers", 'source = "hand"\nby_hand = [{ value = 412, date = 2025-12-31, source = "kontot" }]'),
        figure("reported", 'source = "indicators"\nmeasure = "reported"').replace("antal", "procent"),
        figure("responses", 'source = "log"\nmeasure = "titles"\nactivities = ["consultation"]'),
    )
    assert {name: (row["value"], row["missing"]) for name, row in rows.items()} == {
        "media": ("", "inget är loggat under året"),
        "followers": ("", "inget är fört för hand under året"),
        "reported": ("", "uppgiften finns inte"),
        "responses": ("1", ""),
    }
    assert "Uppgifter som saknas: 3" in lines
    assert "media: inget är loggat under året." in words


def test_those_that_left_since_an_election_are_counted_on_from_a_known_number(year, tmp_path):
    """The number known at the turn of the year and what the register has of this one."""
    more = 'source = "register"\nmeasure = "gone"\nfrom_baseline = true\nbaseline = { value = 16, date = 2025-12-31, source = "berättelsen 2025" }'
    rows, *_ = made(year, tmp_path, figure("left", more))
    assert rows["left"]["value"] == "16"
    assert "16 till och med 2025-12-31 (berättelsen 2025)" in rows["left"]["source"]


@pytest.mark.parametrize(("text", "code"), [
    (figure("x", 'source = "log"\nmeasure = "titles"\nactivities = ["webinarium"]'), "activity_unknown"),
    (figure("x", 'source = "register"\nmeasure = "members"', "{antal}"), "unknown_value"),
    (figure("x", 'source = "register"\nmeasure = "members"\nfrom_baseline = true'), "key_missing"),
    (figure("x", 'source = "register"\nmeasure = "members"\ncolour = 1'), "unknown_key"),
    ("", "key_missing"),
])  # fmt: skip
def test_what_is_wrong_in_annual_toml_is_told(year, tmp_path, text, code):
    """With row and place, and nothing is written."""
    with pytest.raises(Unusable) as error:
        made(year, tmp_path, text)
    assert code in {problem.code for problem in error.value.problems}
    assert not list(tmp_path.rglob("annual.*"))


def test_a_year_without_annual_toml_is_told_what_to_do(year, tmp_path):
    """No traceback, and nothing is written."""
    (year / "annual.toml").unlink(missing_ok=True)
    with pytest.raises(Unusable) as error:
        make_annual(year, tmp_path)
    assert [problem.code for problem in error.value.problems] == ["annual_missing"]


@pytest.mark.parametrize(("fixed", "told"), [({}, True), ({"support": "Stort behov"}, False)])
def test_of_the_survey_the_annual_report_tells_what_is_published(tmp_path, fixed, told):
    """Anybody reads it: a question that all answered alike is hidden in the public report, and missing here."""
    more = 'source = "survey"\nmeasure = "members"\nitem = "need_support"\noptions = ["Stort behov"]'
    folder = wave_folder(tmp_path, USUAL, rows_for(range(0, 80, 2), **fixed))
    rows, _, words = made(folder, tmp_path / "ut", figure("stöd", more, words="Så många: {value}, {detail}."))
    assert (rows["stöd"]["value"] != "", " av 40" in rows["stöd"]["detail"]) == (told, told)
    assert any("Så många" in line for line in words) == told


def test_beside_a_report_of_other_answers_no_annual_report_and_no_goals_are_written(tmp_path):
    """One more answer since the report was made: side by side they would tell it. The same answers are no hinder."""
    folder = wave_folder(tmp_path, USUAL, rows_for(range(0, 80, 2)))
    (folder / "goals.toml").write_text(indicator(), encoding="utf-8")
    home = report_folder(folder, tmp_path / "ut")
    (home / "public").mkdir(parents=True)
    rows = publish(analyse(folder))[0].estimates
    write_csv(rows, home / "public" / "estimates.csv")
    assert made(folder, tmp_path / "ut", figure("fees", 'source = "register"\nmeasure = "fees"'))
    assert make_goals(folder, tmp_path / "ut", date(2026, 12, 31))
    rows.loc[rows["count"].first_valid_index(), "count"] += 1
    write_csv(rows, home / "public" / "estimates.csv")
    for make in (make_annual, make_goals):
        with pytest.raises(Unusable, match="andra svar"):
            make(folder, tmp_path / "ut", date(2026, 12, 31))
