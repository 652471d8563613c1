"""A survey in which everybody answers for themselves: a course evaluation, with or without a known number of invited."""

from __future__ import annotations

import re
from dataclasses import replace
from math import isnan

import numpy as np
import pytest

from sekom_survey.counted.year import analyse
from sekom_survey.found.findings import Findings
from sekom_survey.model import Section, Unusable
from sekom_survey.protected.words import PublicFindings
from sekom_survey.shown.exhibits.quality import answer_map, conflicts, flow, response, unit_words
from sekom_survey.shown.exhibits.texts import text_counts
from sekom_survey.stats.intervals import hypergeometric_interval
from sekom_survey.written.report import report_of
from tests.forms import FORM, QUESTIONS, answers
from tests.shown.test_any_form import as_shown, shown_of
from tests.waves import HEAD, write_export

OF_MEMBERS = re.compile(r"\bkommun|medlem|landsdel|register", re.IGNORECASE)
OF_OTHERS = re.compile(
    r"osäkerhet \(|intervall|strecken|liknar|möjligt spann|\bnan\b|gäller säkert|objektsbortfall|svarsfrekvens \d",
    re.IGNORECASE,
)
COURSE = re.sub(r'\[\[items\]\]\nid = "zz_who".*?\n\n', "", FORM, flags=re.DOTALL).replace(
    "frame_date = 2026-01-01", 'unit = "respondent"'
)
MEMBER_ITEM = '\n[[items]]\nid = "zz_who"\nkind = "member"\ntext = "Kommun"\n'


def course(folder, extra="", rows=None):
    """A year's folder without a register; the first column of the form, the member, is not in the file."""
    folder.mkdir(parents=True)
    (folder / "survey.toml").write_text(COURSE.replace("[[items]]", f"{extra}\n[[items]]", 1), encoding="utf-8")
    given = [row[1:] for row in answers()] if rows is None else rows
    write_export(folder / "export" / "svar.xlsx", given, HEAD, QUESTIONS[1:])
    return folder


@pytest.fixture(scope="module")
def heard(tmp_path_factory):
    return Findings(analyse(course(tmp_path_factory.mktemp("kurs") / "2026")))


@pytest.fixture(scope="module")
def invited(tmp_path_factory):
    return Findings(analyse(course(tmp_path_factory.mktemp("kurs") / "2026", "invited = 120")))


def texts(found):
    """Everything a reader meets, as far as it is made before the writers."""
    exhibits, words = shown_of(found)
    year = found.shown
    exhibits += [one for one in (flow(year), text_counts(year)) if one]
    made = report_of(year, [Section("03", "Frågor", tuple(map(as_shown, exhibits)))], found.build, "kurs", found)
    brief = made.brief
    yield from (*words, unit_words(year), brief.title, brief.response, brief.trust, brief.source)
    yield from (
        part for said in brief.messages for part in (said.lead, said.figure, said.sentence, said.note, said.beside)
    )
    yield from (part for pair in (*made.facts, *made.declaration) for part in pair)
    for one in exhibits:
        yield from (one.title, one.subtitle, one.note, one.alt, *map(str, one.table.columns))
        yield from (str(cell) for cell in one.table.to_numpy(dtype=object).ravel())


def test_everybody_that_sent_the_form_in_is_counted_once_without_a_register(heard):
    """Also two that answered alike; the rows and cells close."""
    rows = sum(1 for _ in answers())
    assert heard.year.base.answered() == (rows, rows)
    assert heard.year.base.accounting.closes
    assert set(heard.year.estimates["segmentation"]) == {"all", "role"}


def test_nothing_is_said_of_others_where_it_is_not_known_how_many_could_answer(heard):
    """No interval, no bounds, no finite population: in no number and in no word, of either build."""
    for found in (heard, PublicFindings(heard)):
        inferred = found.shown.estimates[
            ["low", "high", "low_members", "high_members", "possible_low", "possible_high"]
        ]
        assert inferred.isna().all(axis=None)
        assert found.shown.means[["low", "high"]].isna().all(axis=None)
        assert all(isnan(fact.low) and isnan(fact.first_population) and not fact.verdict for fact in found.facts)
        for text in texts(found):
            assert not OF_MEMBERS.search(text), text
            assert not OF_OTHERS.search(text), text
    assert heard.comparisons.empty and heard.nonresponse is None and heard.changes is None


def test_with_a_known_number_the_intervals_are_those_of_members(invited):
    """Of 120 invited; by role nothing, since nobody knows how many there are in each."""
    estimates = invited.year.estimates
    row = estimates[(estimates["segmentation"] == "all") & (estimates["count"] > 3)].iloc[0]
    low, high = hypergeometric_interval(int(row["count"]), int(row["base"]), 120)
    assert (row["population"], row["low_members"], row["high_members"]) == (120, low, high)
    assert estimates.loc[estimates["segmentation"] == "role", "low"].isna().all()
    for text in texts(invited):
        assert not OF_MEMBERS.search(text), text
    assert any("av 120 inbjudna" in text for text in texts(invited))


def test_what_is_about_a_register_is_not_shown(heard, invited):
    """No map, no groups of the register, no conflicts of roles."""
    for found in (heard, invited):
        assert [show(found.year) for show in (answer_map, conflicts)] == [None, None]
        assert response(found.year, "size") is None
    assert flow(PublicFindings(heard).shown) is None


def test_the_public_edition_hides_what_all_answered_alike(tmp_path):
    """The same rules as for members: a total in which nobody stands apart is not published."""
    alike = [[row[1], "Varje år", *row[3:]] for row in answers()]
    found = PublicFindings(Findings(analyse(course(tmp_path / "2026", rows=alike))))
    rows = found.shown.shares("zz_often")
    assert rows["suppressed"].all() and np.isnan(rows["count"].to_numpy(dtype=float)).all()
    assert not found.shown.shares("zz_stars")["suppressed"].all()


@pytest.mark.parametrize(
    ("extra", "code"),
    [("invited = 3", "invited_too_few"), ("invited = 0", "unknown_value"), (MEMBER_ITEM, "member_item")],
)
def test_what_cannot_be_right_is_told(tmp_path, extra, code):
    """Fewer invited than answered, nobody invited, a question on the member."""
    with pytest.raises(Unusable) as stop:
        analyse(course(tmp_path / "2026", extra))
    assert [problem.code for problem in stop.value.problems if problem.code == code]


def test_the_number_of_invited_is_for_those_who_answer_for_themselves(tmp_path):
    """Members are counted in the register."""
    folder = course(tmp_path / "2026")
    path = folder / "survey.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('unit = "respondent"', "invited = 80"), encoding="utf-8")
    with pytest.raises(Unusable) as stop:
        analyse(folder)
    assert {"unknown_value"} <= {problem.code for problem in stop.value.problems}


def test_another_survey_beside_it_is_no_year_before(tmp_path, heard):
    """Neither for those who answer for themselves nor for members."""
    folder = course(tmp_path / "2026")
    course(tmp_path / "2025")
    before = (tmp_path / "2025" / "survey.toml").read_text(encoding="utf-8")
    (tmp_path / "2025" / "survey.toml").write_text(before.replace("year = 2026", "year = 2025"), encoding="utf-8")
    found = Findings(replace(heard.year, wave=replace(heard.year.wave, folder=folder)))
    assert found.before is None and found.erased_before is None


def test_a_form_of_texts_alone_has_both_editions(tmp_path):
    """Nothing to count is no fault."""
    folder = course(tmp_path / "2026", rows=[row[-1:] for row in answers()])
    asked = 'year = 2026\ntitle = "T"\nopened = 2026-01-19\nclosed = 2026-02-13\nunit = "respondent"\n\n[[items]]\nid = "zz_told"\n'
    (folder / "survey.toml").write_text(f'{asked}kind = "text"\ntext = "Berätta mer"\n', encoding="utf-8")
    write_export(folder / "export" / "svar.xlsx", [row[-1:] for row in answers()], HEAD, QUESTIONS[-1:])
    found = Findings(analyse(folder))
    assert PublicFindings(found).shown.estimates.empty and found.year.base.answered()[0] > 0
