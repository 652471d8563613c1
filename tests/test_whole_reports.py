"""Whole reports of a form that nobody knows: every text of every file, and the same report under other names."""

from __future__ import annotations

import re
from dataclasses import replace

import pandas as pd
import pytest

from sekom_survey.counted.choices import CLASSED, COUNTED_KINDS
from sekom_survey.counted.year import analyse
from sekom_survey.found.findings import Findings
from sekom_survey.model import ANNEX, Section
from sekom_survey.protected.words import PublicFindings
from sekom_survey.shown.exhibits.texts import texts
from sekom_survey.written.page.figure import parts_of
from tests.forms import FORM, answers, made_form
from tests.shown.test_any_form import shown_of
from tests.test_respondents import COURSE, course
from tests.whole import as_shown, written

FILES = {"report.html", "tables.xlsx"}
BOARDS = {"report.docx", "slides.pptx"}
NOT_SWEDISH = re.compile(
    r"\b(topp2|nan|NaN|None|True|False|landsdel_|mean|median_|size|segment|option|answer|answered|base|count|share|low|high|item|"
    r"KONTROLLERA|TODO|FIXME|FYLL I|confirm|xxx|lorem)\b|\{\w*\}|<\w+>|Det finns inget underlag"
)
LABEL = re.compile(r"(?m)^(\s*id = \"zz_\w+\"\n(?:\s*(?!label|\[)\w+ = .*\n)*)")
NEW = "Omdöpt "


def of_members(folder):
    return Findings(analyse(made_form(folder / "2026")))


def of_respondents(folder):
    return Findings(analyse(course(folder / "2026")))


@pytest.fixture(scope="module", params=[of_members, of_respondents], ids=["members", "respondents"])
def both(request, tmp_path_factory):
    """What is found, for both editions."""
    found = request.param(tmp_path_factory.mktemp("rapport"))
    return found, PublicFindings(found)


@pytest.fixture(scope="module")
def reports(both, tmp_path_factory):
    """Every text of every file, both editions; the public one drawn, so that Word and slides have their figures."""
    folder = tmp_path_factory.mktemp("filer")
    return {one.build: written(one, folder / one.build, draw=one.build == "public") for one in both}


def test_every_question_has_its_row_in_the_workbook_and_its_place_on_the_page(reports, both):
    """Whatever its kind: numbers, days, rankings, boxes by row, files, consents, what only some were asked; also what may not be shown."""
    form = FORM if both[0].year.survey.of_members else COURSE
    asked = set(re.findall(r'(?m)^\s*text = "(.+)"', form))
    assert len(asked) > 20
    for files in reports.values():
        page, book = ("\n".join(files[name]) for name in ("report.html", "tables.xlsx"))
        for text in asked:
            assert text in page, text
            assert text in book, text


def test_every_closed_question_has_its_figure_in_each_web_report(reports, both):
    """Under its title; where the public edition may not show it, with the line that says why."""
    for found in both:
        page = " ".join(reports[found.build]["report.html"])
        closed = [item for item in found.year.wave.questionnaire.items if item.kind in (*COUNTED_KINDS, *CLASSED)]
        shown = {one.id: one for one in shown_of(found)[0]}
        for name in {item.group if item.kind == "scale" and item.group else item.id for item in closed}:
            assert shown[name].title in page, (found.build, name)
            assert found.build == "public" or shown[name].kind in ("bars", "stacked", "distribution"), name


def test_no_id_english_word_placeholder_or_mark_is_met_in_any_file(reports):
    """Page, Word, slides and workbook of both editions; numbers that are missing are dots."""
    for build, files in reports.items():
        assert set(files) >= (FILES | BOARDS if build == "public" else FILES)
        for name, told in files.items():
            for text in told:
                assert "zz_" not in text and not NOT_SWEDISH.search(text), (build, name, text)


def renamed(form: str) -> str:
    """The form with another id for every question, and a short name for each where it has none."""
    named = LABEL.sub(lambda found: f'{found[1]}label = "{NEW}{found[1].split(chr(34))[1]}"\n', form)
    return named.replace("zz_", "qq_")


def test_the_same_report_follows_under_other_names(tmp_path):
    """Every id changed and every short name: the same numbers in every file, and the new words where the old ones stood."""
    labels = LABEL.sub(lambda found: f'{found[1]}label = "Gammalt {found[1].split(chr(34))[1]}"\n', FORM)
    told = []
    for name, form in (("old", labels), ("new", renamed(FORM))):
        found = PublicFindings(Findings(analyse(made_form(tmp_path / name / "2026", form))))
        told.append(written(found, tmp_path / name / "public"))
    old, new = told
    assert set(old) == set(new)
    for file in (FILES | BOARDS) - {"tables.xlsx"}:
        assert [_alike(text, "gammalt zz_") for text in old[file]] == [_alike(text, "omdöpt zz_") for text in new[file]]
        assert any("mdöpt" in text for text in new[file])
    numbers = [[text for text in book["tables.xlsx"] if re.fullmatch(r"[\d.]+", text)] for book in told]
    assert numbers[0] == numbers[1]


def _alike(text: str, name: str) -> str:
    return text.casefold().replace("qq_", "zz_").replace(name, "@")


def test_a_free_text_that_nobody_answered_is_one_line(tmp_path):
    """No empty table; and a title with nothing under it is not folded, since nothing would be opened."""
    found = Findings(analyse(course(tmp_path / "2026", rows=[[*row[1:-1], ""] for row in answers()])))
    empty = replace(texts(found.year, "zz_told"), placement=ANNEX)
    assert empty.internal and empty.table.empty and empty.title == "Berätta mer: ingen har svarat"
    shown = replace(empty, id="annat", table=pd.DataFrame({"Svar": ["Ja"]}))
    (part,) = parts_of([Section("01", "Svar", (as_shown(empty), as_shown(shown)))], folding=True)
    assert [figure.folded for figure in part.figures] == [False, True]
