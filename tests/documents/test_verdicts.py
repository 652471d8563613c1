"""No fact with two verdicts and no verdict without its question, in any document of the example or of a made-up year."""

from __future__ import annotations

import random
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest

from sekom_survey.counted.year import analyse
from sekom_survey.found.findings import Findings
from sekom_survey.protected.words import PublicFindings
from sekom_survey.shown.exhibits import (
    change_pairs,
    change_slopes,
    change_table,
    claims_table,
    goal_missing,
    goal_status,
    goal_summary,
)
from tests import whole
from tests.documents.made import YEAR
from tests.documents.reading import raw_texts
from tests.documents.told import Sentences, group_means, texts_of, titles, with_other_number
from tests.documents.verdict_tables import at_odds, read, with_other_verdict
from tests.documents.verdicts import WORD, Facts, Part, parts, with_other_verdict_in, without_questions
from tests.protected.editions import FORM, TOWNS, USUAL, cells, register, said
from tests.waves import make_wave

CONTRASTS = """[[contrasts]]
item = "need_support"
segmentation = "size"
first = "Små"
second = "Stora"
declared = 2026-01-02

[[contrasts]]
item = "need_voice"
segmentation = "size"
first = "Små"
second = "Medelstora"
declared = 2026-01-02

[[items]]
"""


GOALS = """plan = "Planen"
years = [2026]

[[goals]]
id = "M1"
name = "Fler röster"
measured_as = "Andel"
ambition = "Hälften"

  [[goals.indicators]]
  id = "M1a"
  name = "Medlemmar som vill höras"
  unit = "procent"
  source = "survey"
  measure = "share"
  item = "need_voice"
  options = ["Stort behov"]
  plan = "both"
  definition = "Kommuner med stort behov av påverkan."
  baseline = { missing = "mäts första gången 2025" }
  targets = [{ year = 2026, value = 50 }]
  rule = "survey_share"

[[goals]]
id = "M2"
name = "Fler medlemmar"
measured_as = "Antal"
ambition = "Tvåhundra"

  [[goals.indicators]]
  id = "M2a"
  name = "Antal medlemmar"
  unit = "antal"
  source = "register"
  measure = "members"
  plan = "both"
  definition = "Medlemmar i registret."
  baseline = { value = 80, date = 2026-01-01, source = "registret" }
  targets = [{ year = 2026, value = 200 }]
  rule = "at_end"
"""
DECISIONS = (
    "date,indicator,status,reason,who\n2026-12-18,M2a,Målet är uppnått,Alla som kan vara med är det.,Styrelsen\n"
)
CLAIMS = """[[claims]]
id = "P01"
quote = "små kommuner behöver mer stöd än stora"
rule = "segment_difference"
item = "need_support"
segmentation = "size"
first = "Små"
second = "Stora"

[[claims]]
id = "P02"
quote = "fler vill höras"
rule = "paired_change"
items = ["need_voice"]
"""


def names_of(survey: dict) -> dict[str, str]:
    """What each item is called: its label, else its own words."""
    rows = [row for item in survey["items"] for row in (item.get("rows") or [item])]
    return {row["id"]: row.get("label") or row.get("text", "") for row in rows if "id" in row}


@dataclass(frozen=True)
class Year:
    """A build's folder, what its facts are and what its documents say, part by part."""

    folder: Path
    facts: Facts
    parts: list[Part]
    tables: Mapping[str, pd.DataFrame]
    questions: tuple[str, ...]


def year_of(folder: Path, names: Mapping[str, str], questions: Iterable[str]) -> Year:
    """A build as it lies on disk; `names` is what each item is called, `questions` the ids of items and matrices."""
    tables = read(folder)
    goals = tables["goals"].to_dict("records")
    measures = {row["indicator"]: row["name"] for row in goals}
    called = {row[key]: row[name] for row in goals for key, name in (("goal", "goal_name"), ("indicator", "name"))}
    facts = Facts(tables["findings"], {**names, **measures}, called)
    return Year(folder, facts, parts(folder), tables, tuple(questions))


def made_up(folder):
    """Eighty members that are not the example's: small ones need support, large ones none; all speak up more than last year."""
    for year, louder in ((2025, 0), (2026, 1)):
        draw = random.Random(year)
        rows = []
        for i in range(52):
            size = cells(USUAL)[i][0] if i < 40 else cells(USUAL)[i + 20][0]
            town = TOWNS[i] if i < 40 else TOWNS[i + 20]
            support = {"s": "Stort behov", "m": draw.choice(["Stort behov", "Litet behov"]), "l": "Inget behov"}[size]
            rows.append(said(town, draw, support=support if draw.random() < 0.9 else "Litet behov",
                             voice="Stort behov" if draw.random() < 0.2 + 0.6 * louder else "Litet behov"))  # fmt: skip
        text = FORM.replace("2026", str(year)).replace("[[items]]\n", CONTRASTS.replace("2026", str(year)), 1)
        plan = {"goals.toml": GOALS, "decisions.csv": DECISIONS, "claims.toml": CLAIMS} if year == 2026 else {}
        make_wave(folder / str(year), rows, text, register(USUAL), plan)
    return Findings(analyse(folder / "2026"))


def other_year(name, place):
    """The same of the made-up year, its documents with what is told of change, goals and claims."""
    found = made_up(place / "år")
    one = found if name == "internal" else PublicFindings(found)
    year, folder = one.shown, place / "bygge"
    changes = [change_pairs(year, one.facts)]
    if name == "internal":
        changes += [*change_slopes(year, found.changes), change_table(year, found.changes)]
    plan = [make(year, one.goals) for make in (goal_summary, goal_status, goal_missing)]
    more = [("# Förändring", changes), ("# Mål", plan), ("# Planen", [claims_table(year, one.claims)])]
    whole.written(one, folder, more, draw=True)
    items = year.wave.questionnaire.items
    return year_of(folder, {item.id: item.short for item in items}, {item.group or item.id for item in items})


@pytest.fixture(scope="module", params=["example internal", "example public", "other internal", "other public"])
def year(request, tmp_path_factory):
    """A year's facts, tables, and everything that its documents say, part by part."""
    whose, name = request.param.split()
    if whose == "other":
        return other_year(name, tmp_path_factory.mktemp("annat"))
    survey = tomllib.loads((YEAR / "survey.toml").read_text(encoding="utf-8"))
    asked = [item["id"] for item in survey["items"] if "id" in item]
    return year_of(request.getfixturevalue("builds")[name].folder, names_of(survey), asked)


def test_no_fact_has_two_verdicts_and_no_verdict_is_without_its_question(year):
    """Each text, row and drawing in turn, and each part for the questions of its verdicts."""
    facts = year.facts
    assert facts.doubled() == [] and facts.unasked() == []
    assert [(part.document, part.name, fault) for part in year.parts for fault in facts.faults(part)] == []
    assert len({part.document for part in year.parts if WORD.search(part.everything)}) >= 2
    assert any(row["verdict"] for row in facts.judged)


def test_every_table_has_the_verdict_of_the_fact(year):
    """changes.csv, goals.csv and the numbers that figures are drawn from; a verdict turned in any of them is found."""
    assert at_odds(year.tables, year.facts.names) == []
    turned = list(with_other_verdict(year.tables))
    assert len(turned) >= 3
    assert [n for n, tables in enumerate(turned) if not at_odds(tables, year.facts.names)] == []


def test_nothing_that_gives_a_verdict_is_passed_by(year):
    """Every text and attribute of every file that has a verdict word stands in what is read part by part."""
    told = defaultdict(str)
    for part in year.parts:
        told[part.document] += _squeezed(part.everything) + "\n"
    missed = [
        (path.name, text)
        for path in sorted(year.folder.iterdir())
        if path.suffix in (".html", ".docx", ".pptx", ".xlsx")
        for text in map(_squeezed, raw_texts(path))
        if WORD.search(text) and text not in told[path.name]
    ]
    assert missed == []


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def test_a_verdict_that_is_turned_and_a_question_that_is_gone_are_found(year):
    """One word changed in one text, row or drawing of any document; one question taken away."""
    facts, told = year.facts, year.parts
    turned = [other for part in told for other in with_other_verdict_in(part)]
    assert len(turned) > 10
    assert [other for other in turned if not facts.faults(other)] == []
    asked = [part for part in told if facts.told_in(part)]
    bare = [without_questions(part, (row["question"] for row in facts.judged)) for part in asked]
    assert bare and [part for part in bare if not facts.faults(part)] == []


def test_the_words_of_a_fact_have_its_numbers_wherever_they_stand(year):
    """In every text, row and drawing of every document; another number in any of these places is found."""
    facts = Sentences(year.tables["findings"])
    told = [text for part in year.parts for text in texts_of(part)]
    assert [wrong for text in told for wrong in facts.wrong(text)] == []
    places = {place for text in told for place in facts.told_in(text)}
    assert len(places) >= 4
    turned = [place for place in map(with_other_number, places) if place not in facts.said]
    assert turned and [place for place in turned if facts.wrong(place) != [place]] == []
    assert {
        fact["kind"] for fact in facts.facts if fact["sentence"].removesuffix(".") in told or fact["sentence"] in told
    }


def test_the_title_of_a_question_is_a_fact(year):
    """A share, a mean or a median, told as findings.csv tells it; most of so many rows, and two that are as common, by the same facts."""
    facts, found = Sentences(year.tables["findings"]), list(titles(year.folder, year.questions))
    assert len(found) >= 3
    assert [title for title in found if not facts.is_title(title)] == []
    assert [title for title in map(with_other_number, found) if facts.is_title(title)] == []


def test_tables_of_groups_read_the_means_of_the_facts(year):
    """Each row's mean is its group's fact, and what is hidden is no fact."""
    means = {
        (row["name"], row["first"]): f"{row['first_count']:.1f}".replace(".", ",")
        for row in year.tables["findings"].to_dict("records")
        if row["kind"] == "mean" and row["status"] == "utforskning"
    }
    rows = list(group_means(year.parts))
    assert [row for row in rows if means.get(row[:2], "U") != row[2]] == []


def test_no_change_is_told_twice(year):
    """A goal's measure that counts the very answers to a headline question is told as that question's change, and has no arrow of its own."""
    ends = ["first_count", "first_base", "second_count", "second_base"]
    rows = year.tables["findings"]
    moved = rows[rows["kind"].isin(["change", "trend"])].dropna(subset=ends)
    assert len(moved) and not moved.duplicated(ends).any()
