"""No fact with two verdicts and no verdict without its question, in any document of the example or of a made-up year."""

from __future__ import annotations

import random
import tomllib

import pytest

from sekom_survey.counted.year import analyse
from sekom_survey.found.facts import fact_table
from sekom_survey.found.findings import Findings
from sekom_survey.protected.words import PublicFindings
from sekom_survey.shown.exhibits import change_pairs, change_slopes, change_table
from tests import whole
from tests.documents.made import YEAR
from tests.documents.verdicts import WORD, Facts, parts, with_other_verdict, without_questions
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


def names_of(survey: dict) -> dict[str, str]:
    """What each item is called: its label, else its own words."""
    rows = [row for item in survey["items"] for row in (item.get("rows") or [item])]
    return {row["id"]: row.get("label") or row.get("text", "") for row in rows if "id" in row}


def example(build):
    """The facts of a build of the example, and its parts."""
    survey = tomllib.loads((YEAR / "survey.toml").read_text(encoding="utf-8"))
    goals = build.tables["goals"]
    called = {
        row[key]: row[name]
        for row in goals.to_dict("records")
        for key, name in (("goal", "goal_name"), ("indicator", "name"))
    }
    return Facts(build.tables["findings"], names_of(survey), called), parts(build.folder)


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
        make_wave(folder / str(year), rows, text, register(USUAL))
    return Findings(analyse(folder / "2026"))


def other_year(name, place):
    """The same of the made-up year, its documents with what is told of change."""
    found = made_up(place / "år")
    one = found if name == "internal" else PublicFindings(found)
    year, folder = one.shown, place / "bygge"
    changes = [change_pairs(year, one.facts)]
    if name == "internal":
        changes += [*change_slopes(year, found.changes), change_table(year, found.changes)]
    whole.written(one, folder, [("# Förändring", changes)])
    names = {item.id: item.short for item in year.wave.questionnaire.items}
    return Facts(fact_table(one.facts), names), parts(folder)


@pytest.fixture(scope="module", params=["example internal", "example public", "other internal", "other public"])
def year(request, tmp_path_factory):
    """A year's facts, and everything that its documents say, part by part."""
    whose, name = request.param.split()
    if whose == "example":
        return example(request.getfixturevalue("builds")[name])
    return other_year(name, tmp_path_factory.mktemp("annat"))


def test_no_fact_has_two_verdicts_and_no_verdict_is_without_its_question(year):
    """Each text, row and drawing in turn, and each part for the questions of its verdicts."""
    facts, told = year
    assert facts.doubled() == [] and facts.unasked() == []
    assert [(part.document, part.name, fault) for part in told for fault in facts.faults(part)] == []
    assert len({part.document for part in told if WORD.search(part.everything)}) >= 2
    assert any(row["verdict"] for row in facts.judged)


def test_a_verdict_that_is_turned_and_a_question_that_is_gone_are_found(year):
    """One word changed in one text, row or drawing of any document; one question taken away."""
    facts, told = year
    turned = [other for part in told for other in with_other_verdict(part)]
    assert len(turned) > 10
    assert [other for other in turned if not facts.faults(other)] == []
    asked = [part for part in told if facts.told_in(part)]
    bare = [without_questions(part, (row["question"] for row in facts.judged)) for part in asked]
    assert bare and [part for part in bare if not facts.faults(part)] == []
