"""The plan's section "Vad säger enkäten?": whole sentences that can be pasted, of any form."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from sekom_survey.counted.year import analyse
from sekom_survey.found.facts.table import MEAN
from sekom_survey.found.findings import Findings
from sekom_survey.model import Condition
from sekom_survey.protected.words import PublicFindings
from sekom_survey.written.messages import chief_choice, messages
from sekom_survey.written.passage import passage
from tests.forms import made_form

RESPONSE, TRUST = "50 av 80 kommuner svarade.", "Lita på ordningen."


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    """A form that is not the example."""
    return Findings(analyse(made_form(tmp_path_factory.mktemp("annat") / "2026")))


def told(found):
    return passage(found.shown, found.facts, RESPONSE, TRUST)


def test_it_is_whole_sentences_without_signs(found):
    """No brackets, no intervals, no arrow or plus sign: nothing that must be edited away."""
    paragraphs = told(found)
    assert paragraphs[0] == f"{RESPONSE} {TRUST}"
    assert len(paragraphs) > 2
    for paragraph in paragraphs:
        assert paragraph[0].isupper() or paragraph[0].isdigit()
        assert paragraph.endswith(".")
        assert not re.search(r"[()+→±·]|topp2|\.\.|U\b", paragraph), paragraph


def test_a_question_that_only_some_were_asked_is_not_what_most_choose(found):
    """Neither in the passage nor among the messages: the next one of the core is."""
    asked = found.year.wave.questionnaire
    several = [item for item in asked.of_kind("multi") if item.core]
    assert chief_choice(asked) == several[0]
    routed = replace(several[0], asked_if=Condition("zz_did", ("Ja",)))
    items = tuple(routed if item == several[0] else item for item in asked.items)
    assert chief_choice(replace(asked, items=items)) == several[1]


def test_what_most_choose_comes_first_and_is_the_count_of_the_estimates(found):
    """The first core multi-choice question: three options in order, in every build."""
    item = next(item for item in found.year.wave.questionnaire.of_kind("multi") if item.core)
    for one in (found, PublicFindings(found)):
        rows = one.shown.shares(item.id)
        rows = rows[~rows["suppressed"]].sort_values("count", ascending=False)
        most = rows.iloc[0]
        if rows["count"].iloc[1] == most["count"]:  # several share the first place
            assert any(p.startswith("Flest väljer") and p.endswith("vardera.") for p in told(one))
            continue
        (line,) = [
            p
            for p in told(one)
            if p.startswith(f"{most['count']:.0f} av {most['base']:.0f}") and most["option"].lower() in p.lower()
        ]
        places = [line.lower().find(option.lower()) for option in rows["option"].head(3)]
        assert places == sorted(places)
        assert min(places) > 0


def test_a_sure_difference_is_told_by_its_one_sentence(found):
    """As in findings.csv, word for word; what may be chance is not in it."""
    sure = [fact.sentence for fact in found.facts if fact.kind == "difference" and fact.verdict == "säker skillnad"]
    others = [fact.sentence for fact in found.facts if fact.kind == "difference" and fact.verdict != "säker skillnad"]
    text = " ".join(told(found))
    assert all(sentence in text for sentence in sure)
    assert not any(sentence in text for sentence in others if sentence)


def test_every_number_is_that_of_a_fact(found):
    """Neither the passage nor the messages read anything but the facts: a year without its tables gives the same words."""
    bare = replace(found.year, estimates=found.year.estimates.head(0), means=found.year.means.head(0))
    assert passage(bare, found.facts, RESPONSE, TRUST) == told(found)
    assert messages(bare, found.facts) == messages(found.year, found.facts)
    changed = [
        replace(fact, first_count=1.25, sentence="Något annat.") if fact.kind == MEAN else fact for fact in found.facts
    ]
    assert passage(bare, changed, RESPONSE, TRUST) != told(found)
    assert passage(bare, (), RESPONSE, TRUST) == (f"{RESPONSE} {TRUST}",)
