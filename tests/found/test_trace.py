"""From activity to finding to question, and what has no other end."""

from __future__ import annotations

import pytest

from sekom_survey.counted.year import analyse
from sekom_survey.found.findings import Findings
from sekom_survey.protected.words import PublicFindings
from sekom_survey.shown import exhibits
from tests.waves import answer, make_wave

CLAIMS = """
[[claims]]
id = "P1"
quote = "De flesta har stort behov av stöd"
rule = "share_at_least"
item = "need_support"
option = "Stort behov"
at_least = 0.5

[[claims]]
id = "P2"
quote = "Nätverk ger värde"
rule = "share_at_least"
item = "top_value"
option = "Nätverk"
at_least = 0.3

[[claims]]
id = "P3"
quote = "Vi gör skillnad"
rule = "process"
needs = "en mätning av effekt"
"""
PLAN = "Aktivitet;Nivå;Svarar på\nTemagrupper;taktisk;P1, need_voice\nKampanj;operativ;\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A year with three claims, one of which no question can try."""
    folder = make_wave(tmp_path_factory.mktemp("trace") / "2026", [answer("Almköping"), answer("Björkvalla")])
    (folder / "claims.toml").write_text(CLAIMS, encoding="utf-8")
    return folder


def found_in(folder, plan=PLAN):
    """The findings of the year with a plan, or without."""
    (folder / "plan.csv").unlink(missing_ok=True)
    if plan:
        (folder / "plan.csv").write_text(plan, encoding="utf-8")
    return Findings(analyse(folder))


def test_each_activity_leads_to_its_findings_and_their_questions(folder):
    """A claim to the questions of its rule, a row of a matrix with the question above it; orphans of both sides last."""
    table = found_in(folder).trace
    told = [tuple(row) for row in table[["activity", "answers", "question"]].itertuples(index=False)]
    assert told == [
        ("Temagrupper", "P1", "Hur stort behov har ni? Stöd"),
        ("Temagrupper", "need_voice", "Hur stort behov har ni? Påverkan"),
        ("Kampanj", "", ""),
        ("", "P2", "Vad ger mest värde?"),
    ]
    assert table.loc[0, "finding"] == "De flesta har stort behov av stöd"
    assert table.loc[0, "verdict"]


def test_the_exhibit_counts_what_hangs_together(folder):
    """One of two activities answers something; in public there is no verdict."""
    found = found_in(folder)
    exhibit = exhibits.trace(found.year, found.trace)
    assert exhibit.title == "1 av 2 aktiviteter i planen hör till något som enkäten visar"
    assert "Ett prövat påstående saknar aktivitet" in exhibit.note
    assert set(PublicFindings(found).trace["verdict"]) == {""}


def test_a_year_without_a_plan_has_no_trace(folder):
    """Nothing is told and nothing is wrong."""
    found = found_in(folder, "")
    assert found.trace is None
    assert exhibits.trace(found.year, found.trace) is None
    assert found.problems == ()


@pytest.mark.parametrize(("plan", "code", "where"), [
    ("activity;answers\nTemagrupper;P9\n", "reference_unknown", "rad 2"),
    ("activity;answers\n;P1\n", "cell_missing", "rad 2"),
    ("activity;svar\nTemagrupper;P1\n", "column_unknown", "svar"),
])  # fmt: skip
def test_what_leads_nowhere_is_told_with_its_row(folder, plan, code, where):
    """All at once, as an error, and there is no table."""
    found = found_in(folder, plan)
    assert found.trace is None
    assert (code, where, "error") in [(p.code, p.where, p.level) for p in found.problems]
