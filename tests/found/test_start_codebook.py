"""A year that takes the codebook which comes along, `codebook = "start"`, and has none of its own: its whole reports."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from sekom_survey.cli import main
from sekom_survey.coding.shipped import start_codebook
from sekom_survey.counted.year import analyse
from sekom_survey.found.findings import Findings
from sekom_survey.protected.words import PublicFindings
from tests.forms import FORM, QUESTIONS, answers
from tests.small_year import REGISTER
from tests.waves import HEAD, write_export
from tests.whole import written

TEXTS = ("Vi har för lite pengar och för få tjänster.", "Det är svårt att få med politiken på omställningen.", "Upphandlingen hinner inte ställa krav.",
         "Kollektivtrafiken räcker inte till, så alla kör bil.")  # fmt: skip
OPENING = 'codebook = "start"\nminimum_base = 3'


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The made-up form with its free text coded by the codebook that comes along; no codebook.toml."""
    made = tmp_path_factory.mktemp("start") / "2026"
    made.mkdir()
    form = FORM.replace("minimum_base = 3", OPENING).replace(
        'text = "Berätta mer"', 'text = "Berätta mer"\ncodebook = "utmaning"'
    )
    (made / "survey.toml").write_text(form, encoding="utf-8")
    (made / "members.csv").write_text(REGISTER, encoding="utf-8")
    rows = [[*row[:-1], TEXTS[i % len(TEXTS)]] for i, row in enumerate(answers())]
    write_export(made / "export" / "svar.xlsx", rows, HEAD, QUESTIONS)
    return made


def test_texts_are_proposed_themes_and_none_is_public_before_a_person_has_read_them(folder, tmp_path):
    """The office sees the themes' names with "ej granskat"; the public edition has no theme, and both have every file."""
    found = Findings(analyse(folder))
    assert not (folder / "codebook.toml").exists() and found.problems == ()
    names = {theme.name for theme in start_codebook().of("utmaning")}
    themes = found.themes.estimates
    assert set(themes["item"]) == {"zz_told"} and themes["count"].max() > 0
    told = {one.build: written(one, tmp_path / one.build) for one in (found, PublicFindings(found))}
    office, public = " ".join(told["internal"]["office.html"]), " ".join(told["public"]["report.html"])
    assert sum(name in office for name in names) >= 3
    assert "granskat" in office
    assert not any(f"”{name}”" in public for name in names)
    assert {"report.html", "tables.xlsx"} <= set(told["internal"]) and {"report.docx", "slides.pptx"} <= set(
        told["public"]
    )
    assert not any(
        theme.id in text
        for text in told["internal"]["office.html"]
        for theme in start_codebook().of("utmaning")
        if "_" in theme.id
    )


def test_the_codebook_becomes_the_years_own(folder):
    """Copied by a command; the themes are the same."""
    before = Findings(analyse(folder)).themes.estimates
    assert CliRunner().invoke(main, ["codebook", str(folder), "--copy"]).exit_code == 0
    assert (folder / "codebook.toml").is_file()
    assert Findings(analyse(folder)).themes.estimates.equals(before)
