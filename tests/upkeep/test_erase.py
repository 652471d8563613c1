"""The retention table carried out: what goes, what stays, and that no number stands on what has gone."""

import csv
import zipfile
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from sekom_survey.asked.questionnaire import read_survey
from sekom_survey.counted.year import analyse, read_year
from sekom_survey.found.findings import Findings
from sekom_survey.found.past_run import find_run
from sekom_survey.model import Unusable
from sekom_survey.running.manifest import write_manifest
from sekom_survey.running.safe_folder import locked
from sekom_survey.upkeep.diff import diff_lines
from sekom_survey.upkeep.erase import TABLE, annual_meeting, erase, months_after, rules
from tests.waves import HEAD, SURVEY, answer, make_wave, write_export

ROWS = [
    answer("Almköping", satisfaction=3),
    answer("Björkvala kommun", introduced="Ja", what="Ring 070-174 06 31, =1+1"),
    answer("Test"),
    answer("Cedersö", top="Nätverk;Samtal med Rut Ek, rut@ek.example;Kunskap; kurser;"),
    answer("Duvhult"),
    answer("Duvhult", role="Politiker"),
    answer("Nånstans"),
    answer("Ekbro", contact="Nej"),
]
CORRECTIONS = "action,row,found,member_id,item,reason\nmatch,,Björkvala kommun,m2,,Felstavat\nstrike,2,,,satisfaction,Missförstånd\n"
LATE, LATER = date(2026, 9, 1), date(2029, 3, 1)


@pytest.fixture
def year(tmp_path):
    """A year that has been run: folder and reports, with the files that people leave."""
    folder = make_wave(
        tmp_path / "2026",
        ROWS,
        files={"corrections.csv": CORRECTIONS, "codings.csv": "respondent\n", "signals.csv": "date\n"},
    )
    for build in ("public", "internal", "stopped"):
        home = tmp_path / "reports" / "2026" / build
        home.mkdir(parents=True)
        found = analyse(folder)
        found.estimates.to_csv(home / "estimates.csv", index=False)
        found.means.to_csv(home / "means.csv", index=False)
        write_manifest(found, home, Findings(found).inputs())
    return folder


def done(year, day, confirmed=True):
    return "\n".join(erase(year, day, confirmed, year.parent / "reports"))


def answers(folder):
    responses = read_year(folder)[2]
    columns = list(responses.answers.table.columns)
    return (
        responses.answers.table.sort_values(columns).reset_index(drop=True),
        responses.respondents.reset_index(drop=True),
        responses.accounting.rows,
    )


def everything(folder):
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_before_the_day_nothing_is_due(year):
    """The plan tells the days: three months after the annual meeting, 36 after the survey closed."""
    before = everything(year.parent)
    lines = done(year, date(2026, 8, 30))
    assert "SENARE   2026-08-31: Enkätfilen med namn" in lines
    assert "SENARE   2029-02-13: Svar medlem för medlem" in lines
    assert "FÖR HAND 2026-08-31: Svaren i formuläret" in lines
    assert "Inget att ta bort nu." in lines
    assert everything(year.parent) == before


def test_without_confirmation_nothing_is_erased(year):
    """It is only shown."""
    before = everything(year.parent)
    assert "TA BORT  2026-08-31: Enkätfilen med namn, e-post och klockslag (export/svar.xlsx)" in done(
        year, LATE, confirmed=False
    )
    assert everything(year.parent) == before


def test_the_raw_export_gives_way_to_one_without_persons_and_the_same_numbers(year):
    """Every answer, respondent and row's end the same; no name, address, telephone or clock time left."""
    before = answers(year)
    done(year, LATE)
    assert [p.name for p in (year / "export").iterdir()] == ["avidentifierad.xlsx"]
    for one, other in zip(before[:2], answers(year)[:2], strict=True):
        pd.testing.assert_frame_equal(one, other)
    assert answers(year)[2] == before[2]
    with zipfile.ZipFile(year / "export" / "avidentifierad.xlsx") as book:
        text = " ".join(book.read(name).decode() for name in book.namelist() if name.endswith(".xml"))
    assert not [word for word in ("Förnamn", "@", "174 06", "08:00", "08:12") if word in text]
    assert "Ja</t>" in text  # an answer to a question is there
    assert "<f>" not in text


def test_what_was_done_is_logged_and_the_next_time_there_is_nothing_to_do(year):
    """gallring.csv: what, when, done, files."""
    done(year, LATE)
    rows = list(csv.reader((year / "gallring.csv").read_text(encoding="utf-8-sig").splitlines(), delimiter=";"))
    assert rows == [
        ["what", "when", "done", "files"],
        ["Enkätfilen med namn, e-post och klockslag", "2026-08-31", "2026-09-01", "export/svar.xlsx"],
    ]
    assert "Inget att ta bort nu." in done(year, LATE)
    done(year, LATER)
    assert len((year / "gallring.csv").read_text(encoding="utf-8").splitlines()) == 3


def test_after_three_years_only_published_numbers_remain(year):
    """Answers, codings, notes and internal reports go; the register, the questions and the public report stay."""
    done(year, LATER)
    assert {p.name for p in year.iterdir()} == {"survey.toml", "members.csv", "export", "published", "gallring.csv"}
    assert list((year / "export").iterdir()) == []
    assert [p.name for p in (year.parent / "reports" / "2026").iterdir()] == ["public"]
    assert {p.name for p in (year / "published").iterdir()} == {"estimates.csv", "means.csv", "run.json"}


def test_what_a_run_keeps_hidden_goes_with_the_internal_report(year):
    """Finished drawings and notebooks for the next run, and what a killed run left, hold single members' answers too."""
    home = year.parent / "reports" / "2026"
    for name in (".made/drawing-need-abc/need.svg", ".work-77/internal/report.html", ".old-stopped/report.html"):
        (home / name).parent.mkdir(parents=True)
        (home / name).write_text("x", encoding="utf-8")
    assert ".made" in done(year, LATER, confirmed=False)
    done(year, LATE)
    assert (home / ".made").exists()
    done(year, LATER)
    assert [path.name for path in home.iterdir()] == ["public"]


def test_nothing_is_erased_under_a_run(year):
    """The run holds the lock; the plan can be seen."""
    before = everything(year)
    with locked(year.parent / "reports" / "2026"):
        assert "TA BORT" in done(year, LATER, confirmed=False)
        with pytest.raises(Unusable) as stop:
            done(year, LATER)
    assert stop.value.problems[0].code == "run_locked"
    assert everything(year) == before


def test_an_erased_year_still_gives_last_years_figures(year):
    """`sekom diff` finds the published numbers when the reports are gone as well."""
    public = everything(year.parent / "reports" / "2026" / "public")
    done(year, LATER)
    assert everything(year / "published") == {name: public[name] for name in ("estimates.csv", "means.csv", "run.json")}
    import shutil

    shutil.rmtree(year.parent / "reports")
    folder = find_run("2026", year.parent / "reports", year.parent)
    assert folder == year / "published"
    next_year = make_wave(
        year.parent / "2027",
        [answer(name) for name in ("Almköping", "Björkvalla", "Cedersö")],
        SURVEY.replace("2026", "2027"),
    )
    home = year.parent / "reports" / "2027"
    home.mkdir(parents=True)
    found = analyse(next_year)
    found.estimates.to_csv(home / "estimates.csv", index=False)
    write_manifest(found, home)
    assert "introduced, Ja: 1 av 5 → 0 av 3 (nytt år)" in "\n".join(diff_lines(folder, home))


def test_an_erased_year_does_not_stop_the_next(year):
    """The new year runs without change from the year that is gone."""
    done(year, LATER)
    following = make_wave(year.parent / "2027", [answer("Almköping")], SURVEY.replace("2026", "2027"))
    assert Findings(analyse(following)).before is None


def test_numbers_that_were_never_published_stop_it(year):
    """Nothing is erased before there is something to keep."""
    import shutil

    shutil.rmtree(year.parent / "reports" / "2026" / "public")
    before = everything(year.parent)
    with pytest.raises(Unusable) as stop:
        done(year, LATER)
    assert stop.value.problems[0].code == "not_published"
    assert everything(year.parent) == before


def test_an_export_that_cannot_be_replaced_is_not_erased(year):
    """When the year read from the new file is not the same, the old one stays."""
    survey = (year / "survey.toml").read_text(encoding="utf-8")
    (year / "survey.toml").write_text(
        survey.replace(
            "[scales.need]",
            '[reader_options]\nsheet = "Sheet1"\n[reader_options.missing]\n"8" = "unanswered"\n[scales.need]',
        ).replace("year = 2026", 'year = 2026\nreader = "msforms"'),
        encoding="utf-8",
    )
    text = (year / "corrections.csv").read_text(encoding="utf-8")
    (year / "corrections.csv").write_text(text + "strike,,Almköping,,member,Namnet struket\n", encoding="utf-8")
    raw = (year / "export" / "svar.xlsx").read_bytes()
    import sekom_survey.upkeep.anonymise as module

    real, module._times = module._times, lambda export, row: iter(("", ""))
    try:
        with pytest.raises(Unusable) as stop:
            done(year, LATE)
    finally:
        module._times = real
    assert stop.value.problems[0].code == "not_anonymised"
    assert (year / "export" / "svar.xlsx").read_bytes() == raw


def test_stopped_halfway_it_can_be_done_again(year, monkeypatch):
    """Killed after the new file is laid beside the raw one: both are there, and the next call finishes."""
    import sekom_survey.upkeep.erase as module

    def killed(path):
        raise KeyboardInterrupt

    monkeypatch.setattr(module, "_remove", killed)
    with pytest.raises(KeyboardInterrupt):
        done(year, LATE)
    assert {p.name for p in (year / "export").iterdir()} == {"svar.xlsx", "avidentifierad.xlsx"}
    monkeypatch.undo()
    done(year, LATE)
    assert [p.name for p in (year / "export").iterdir()] == ["avidentifierad.xlsx"]


def test_a_link_is_not_erased(year, tmp_path):
    """What it points at would be left."""
    (year / "codings.csv").unlink()
    (tmp_path / "annan.csv").write_text("x", encoding="utf-8")
    (year / "codings.csv").symlink_to(tmp_path / "annan.csv")
    with pytest.raises(Unusable) as stop:
        done(year, LATER)
    assert stop.value.problems[0].code == "erase_link"
    assert (year / "export" / "svar.xlsx").exists()


def test_another_platforms_file_is_replaced_too(tmp_path):
    """A reader that survey.toml names gives way, since the new file is written as Microsoft Forms writes."""
    folder = make_wave(tmp_path / "2026", [], SURVEY.replace("year = 2026", 'year = 2026\nreader = "generic"'))
    (folder / "export" / "svar.xlsx").unlink()
    questions = write_export(tmp_path / "x.xlsx", []) and __import__("tests.waves", fromlist=["QUESTIONS"]).QUESTIONS
    lines = [";".join(questions), *(";".join(f'"{cell}"' for cell in row) for row in ROWS[:2])]
    (folder / "export" / "s.csv").write_text("\n".join(lines), encoding="utf-8")
    home = tmp_path / "reports" / "2026" / "public"
    home.mkdir(parents=True)
    write_manifest(analyse(folder), home)
    before = answers(folder)
    erase(folder, LATE, True, tmp_path / "reports")
    pd.testing.assert_frame_equal(before[0], answers(folder)[0])
    assert HEAD[1] == "Starttid"


def test_the_meeting_is_the_logs_or_the_statutes(tmp_path):
    """The last annual meeting after the survey, else 31 May."""
    survey, _ = read_survey(make_wave(tmp_path / "2026", []) / "survey.toml", "")
    log = tmp_path / "activities.csv"
    assert annual_meeting(log, survey) == date(2026, 5, 31)
    log.write_text(
        "date,activity,title\n2026-01-05,annual_meeting,Extra\n2026-04-23,annual_meeting,Årsmöte\n2026-08-01,webinar,W\n",
        encoding="utf-8",
    )
    assert annual_meeting(log, survey) == date(2026, 4, 23)
    assert {rule.id: rule.due for rule in rules(survey, date(2026, 4, 23))}["raw_export"] == date(2026, 7, 23)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 5, 31), 3, date(2026, 8, 31)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2027, 11, 30), 3, date(2028, 2, 29)),
        (date(2026, 1, 31), 0, date(2026, 1, 31)),
        (date(2026, 12, 1), 36, date(2029, 12, 1)),
    ],
)
def test_months_end_on_the_same_day_or_the_last(day, months, expected):
    """As people count."""
    assert months_after(day, months) == expected


def test_the_table_is_shipped_with_the_package():
    """Where its defaults can be read and changed."""
    assert Path(TABLE).is_file()
