"""Every fact once: one question, one verdict, one sentence, out of the numbers that a build may show."""

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest

from sekom_survey.coding.codebook import Codebook, Theme
from sekom_survey.counted.choices import choice_of, choices_of
from sekom_survey.counted.estimate import estimate
from sekom_survey.found.change import change
from sekom_survey.found.facts import FACT_COLUMNS, Fact, fact_table, facts_of
from sekom_survey.found.facts.contrasts import few_sentence
from sekom_survey.found.facts.shares import ranked_sentence, shares_of
from sekom_survey.found.facts.table import (
    AFTERWARDS,
    CHANGE,
    DIFFERENCE,
    EXPLORATION,
    FORESEEN,
    GAP,
    MEAN,
    SHARE,
    THEME,
)
from sekom_survey.found.facts.themes import theme_facts
from sekom_survey.found.facts.words import options_phrase, said
from sekom_survey.found.themes import Themes
from sekom_survey.found.verdict import TOO_FEW, VERDICTS
from sekom_survey.model import Contrast, Measures
from sekom_survey.stats.intervals import hypergeometric_interval
from tests.found.compare.frames import frame, multi, nps, rating, scale, single, sized, survey, yes_no

NEED, OTHER = scale("need", told="har stort behov av {}"), scale("other")
SIZES, ANSWERED = (40, 0, 20), (30, 0, 15)


def facts(small, large, *contrasts, answered=ANSWERED, estimates=lambda table: table):
    members = sized(*SIZES)
    given = {item.id: yes_no(members, (small, 0, large), answered, SIZES) for item in (NEED, OTHER)}
    asked = replace(survey(NEED, OTHER), contrasts=contrasts)
    made = frame(members, (NEED, OTHER), given)
    return list(facts_of(estimates(estimate(made, asked)[0]), estimate(made, asked)[1], None, asked))


def contrast(declared=date(2026, 1, 18), item="need"):
    return Contrast(item, "", "size", "Stora", "Små", declared)


def differences(found):
    return [fact for fact in found if fact.kind == DIFFERENCE]


def test_only_declared_contrasts_get_a_verdict_word():
    """The other item is exploration: its interval is there, its verdict is not."""
    need, other = differences(facts(5, 14, contrast()))
    assert (need.item, need.verdict, need.status) == ("need", "säker skillnad", FORESEEN)
    assert (other.item, other.verdict, other.status) == ("other", "", EXPLORATION)
    assert other.low < other.difference < other.high
    assert need.sentence == "14 av 15 stora kommuner har stort behov av need, mot 5 av 30 små: säker skillnad."
    assert need.question.startswith("Skiljer sig grupperna åt bland årets medlemmar")


@pytest.mark.parametrize(
    ("declared", "status"), [(date(2026, 1, 18), FORESEEN), (date(2026, 1, 19), AFTERWARDS), (None, AFTERWARDS)]
)
def test_what_was_declared_after_answers_were_seen_is_called_so(declared, status):
    """The survey opens on 19 January: the day before is in time, that day or no day is not."""
    assert differences(facts(5, 14, contrast(declared)))[0].status == status


def test_all_declared_contrasts_share_one_error():
    """Twice as many contrasts, twice the p."""
    alone = differences(facts(12, 11, contrast()))[0]
    both = differences(facts(12, 11, contrast(), contrast(item="other")))[0]
    assert both.p == pytest.approx(min(1.0, 2 * alone.p))
    assert "när två jämförelser görs" in both.question


def test_few_answers_are_said_and_protected_groups_are_not_mentioned():
    """Four answered in a class; or the class is hidden because it protects somebody."""
    few = differences(facts(5, 3, contrast(), answered=(30, 0, 4)))[0]
    assert (few.verdict, few.sentence) == (TOO_FEW, "Stora och små kommuner har för få svar för att jämföras.")

    def hidden(table):
        mine = (table["segment"] == "Stora") & (table["item"] == "need")
        blank = dict.fromkeys(("count", "share"), np.nan)
        return table.assign(
            suppressed=table["suppressed"] | mine, reason=table["reason"].mask(mine, "skyddas (U)"),
            **{name: table[name].mask(mine, value) for name, value in blank.items()},
        )  # fmt: skip

    assert [fact.item for fact in differences(facts(5, 14, contrast(), estimates=hidden))] == ["other"]


def test_too_few_in_two_parts_of_the_country_is_said_in_swedish():
    """Parts of the country keep their capital letter and their preposition."""
    fact = Fact(DIFFERENCE, "need", "Need", "?", segmentation="landsdel", first="Norrland", second="Götaland")
    assert few_sentence(fact, "kommuner") == "Kommuner i Norrland och i Götaland har för få svar för att jämföras."


def test_those_who_answer_for_themselves_are_not_called_municipalities():
    """Sentences of change and of shares take the survey's own noun."""
    members = sized(*SIZES)
    asked = survey(NEED, OTHER)
    given = {item.id: yes_no(members, (25, 0, 14), ANSWERED, SIZES) for item in (NEED, OTHER)}
    made = frame(members, (NEED, OTHER), given)
    changed = change(made, asked, made, asked)
    heard = replace(asked, unit="respondent", invited=60)
    told = [
        fact.sentence for fact in facts_of(*estimate(made, heard)[:2], changed, heard) if fact.kind in (SHARE, CHANGE)
    ]
    assert len(told) == 4
    assert not any("kommun" in sentence or "svarande svarar" in sentence for sentence in told)
    assert sum("svarande har" in sentence for sentence in told) == 2


def paired(small, large, had):
    """A year with a need, and the value of what meets it, which some have not used ("Vet inte" is outside the scale)."""
    members = sized(*SIZES)
    given = {
        "need": yes_no(members, (small, 0, large), ANSWERED, SIZES),
        "other": dict.fromkeys([m.member_id for m in members[:30]], "Vet inte"),
    }
    given["other"] |= {member.member_id: "Mycket stort" for member in members[:had]}
    asked = survey(NEED, OTHER)
    asked = replace(asked, questionnaire=replace(asked.questionnaire, measures=Measures(pairs=(("need", "other"),))))
    return asked, estimate(frame(members, (NEED, OTHER), given), asked)


def test_a_gap_is_explored_and_gets_no_verdict_word():
    """25 of 45 have the need; the value is told of the ten of thirty that could judge it, all of whom had it."""
    asked, rows = paired(20, 5, 10)
    gap = next(fact for fact in facts_of(*rows, None, asked) if fact.kind == GAP)
    assert (gap.item, gap.second, gap.verdict, gap.status) == ("need", "other", "", EXPLORATION)
    assert gap.difference == pytest.approx(25 / 45 - 1) and gap.low < gap.difference < gap.high
    assert gap.sentence == (
        "25 av 45 kommuner har stort behov av need, och 10 av 10 svarar ganska eller mycket stort på ”Other”: −44\u00a0procentenheter."
    )
    assert gap.question.endswith("Utforskning, som inget omdöme ges om.")
    few, rows = paired(20, 5, 4)
    assert not [fact for fact in facts_of(*rows, None, few) if fact.kind == GAP]


def test_a_share_is_of_those_whom_the_question_concerns():
    """Ten of the thirty that answered could judge it: about twenty of sixty, whom the verdict is about; its interval is never narrower."""
    asked, rows = paired(20, 5, 10)
    need, other = (fact for fact in facts_of(*rows, None, asked) if fact.kind == SHARE)
    assert (need.first_population, other.first_population) == (60, 20)
    assert need.question == "Gäller det fler än hälften av alla 60, om de som inte svarat liknar dem som svarat?"
    assert other.question.startswith("Gäller det fler än hälften av de omkring 20 som frågan gäller, om")
    assert other.low <= hypergeometric_interval(10, 10, 20)[0] / 20
    heard = [fact for fact in facts_of(*rows, None, replace(asked, unit="respondent")) if fact.kind == SHARE]
    assert all((fact.verdict, fact.question) == ("", "Hur många av dem som svarat säger så?") for fact in heard)
    assert all(np.isnan([fact.low, fact.high, fact.first_population]).all() for fact in heard)


def test_means_are_facts_with_their_interval_and_no_verdict_word():
    """A rating its mean, a recommendation its score as well: the numbers of means.csv; a hidden one is no fact, and of an
    unknown number nothing is inferred."""
    members = sized(*SIZES)
    items = rating("nojd"), nps("rek")
    given = {m.member_id: 8 + i % 3 for i, m in enumerate(members[:45])}
    made, asked = frame(members, items, {item.id: given for item in items}), survey(*items)
    asked = replace(asked, questionnaire=replace(asked.questionnaire, measures=Measures(satisfaction="nojd")))
    estimates, means = estimate(made, asked)
    all_told = [f for f in facts_of(estimates, means, None, asked) if f.kind == MEAN]
    found = {(f.item, f.option): f for f in all_told if not f.segmentation}
    assert set(found) == {("nojd", "mean"), ("rek", "mean"), ("rek", "nps")}
    total = means[means["segmentation"] == "all"].set_index(["item", "statistic"])
    for key, fact in found.items():
        assert (fact.first_count, fact.low, fact.high) == tuple(total.loc[key, ["value", "low", "high"]])
        assert (fact.verdict, fact.first_base, fact.first_population) == ("", 45, 60)
        assert fact.question.endswith("bland alla 60, om de som inte svarat liknar dem som svarat?")
    assert found["nojd", "mean"].sentence == "Medlemmarnas genomsnittliga nöjdhet är 9,0 på en skala 1–10."
    assert found["rek", "nps"].sentence == "Rekommendationstalet för ”Rek” är 67."
    small = next(f for f in all_told if (f.item, f.first) == ("nojd", "Små"))
    assert small.sentence == "Medlemmarnas genomsnittliga nöjdhet bland små kommuner är 9,0 på en skala 1–10."
    assert (small.segmentation, small.status, small.verdict) == ("size", EXPLORATION, "")
    assert small.question.startswith("Vilket är medelvärdet bland alla 40 i gruppen,")
    hidden = means.assign(suppressed=True, value=np.nan)
    assert not [f for f in facts_of(estimates, hidden, None, asked) if f.kind == MEAN]
    heard = [f for f in facts_of(estimates, means, None, replace(asked, unit="respondent")) if f.kind == MEAN]
    assert {(f.question, np.isnan(f.first_population)) for f in heard if not f.segmentation} == {
        ("Vilket är medelvärdet bland dem som svarat?", True), ("Vilket är rekommendationstalet bland dem som svarat?", True)
    }  # fmt: skip


def test_an_answer_that_was_chosen_stands_after_its_question():
    """Of several that say yes all together as well; what is chosen instead of all others is quoted, never put into the question's words."""
    members = sized(*SIZES)
    item, several = single("help", "Ja, ofta", "Ja, ibland", "Nej"), multi("bidra", "Hålla kurs", "Inget just nu")
    several = replace(several, told="kan {}", options=(several.options[0], replace(several.options[1], exclusive=True)))
    given = {
        "help": {m.member_id: ("Ja, ofta", "Ja, ibland", "Nej")[i % 3] for i, m in enumerate(members[:30])},
        "bidra": {m.member_id: ("Hålla kurs", "Inget just nu")[i % 2] for i, m in enumerate(members[:30])},
    }
    made, asked = frame(members, (item, several), given), survey(item, several)
    estimates, _ = estimate(made, asked)
    told = {f.option: f for one in (item, several) for f in shares_of(estimates, asked, one)}
    assert told["alla ja"].sentence == "Help: 20 av 30 kommuner svarar ja."
    assert (told["alla ja"].first_count, told["alla ja"].verdict) == (20, "fler än hälften")
    assert told["Nej"].sentence == "Help: 10 av 30 kommuner svarar ”Nej”."
    assert told["Hålla kurs"].sentence == "15 av 30 kommuner kan hålla kurs."
    assert told["Inget just nu"].sentence == "Bidra: 15 av 30 kommuner väljer ”Inget just nu”."


def test_most_of_all_is_said_only_where_every_row_is_told_and_no_other_is_as_high():
    """A row that is hidden, or two in the first place, and it is not known."""
    row = Fact(SHARE, "a", "A", "?", first_count=7, first_base=10, sentence="7 av 10 kommuner behöver a.")
    low, same = row.but(item="b", first_count=3), row.but(item="b", first_count=14, first_base=20)
    assert ranked_sentence(row, [row, low], 2) == "7 av 10 kommuner behöver a, flest av två."
    wider = row.but(item="b", first_count=9, first_base=20)
    assert ranked_sentence(row, [row, wider], 2) == "7 av 10 kommuner behöver a, störst andel av två."
    for facts, rows in (([row, low], 3), ([row, same], 2), ([row], 1)):
        assert ranked_sentence(row, facts, rows) == row.sentence


def test_themes_are_facts_with_their_interval():
    """Whether people have read them is said; hidden ones are no facts."""
    row = {"item": "need", "option": "skog", "segmentation": "all", "segment": "all", "base": 40, "population": 60, "count": 10,
           "low": 0.15, "high": 0.36, "suppressed": False}  # fmt: skip
    rows = pd.DataFrame([row, row | {"option": "hav", "suppressed": True}, row | {"segmentation": "size"}])
    book = Codebook("1.0.0", (), (Theme("skog", "need", "Skog och mark", ""),))
    for approved, status in ((frozenset({"need"}), ""), (frozenset(), "förslag, inte granskade")):
        coded = pd.DataFrame({"item": [], "reviewed": []})
        themes = Themes(book, coded, rows, (), (), approved)
        (fact,) = theme_facts(themes, survey(NEED))
        assert (fact.kind, fact.option, fact.verdict, fact.status) == (THEME, "skog", "", status)
        assert (fact.low, fact.high, fact.first_population) == (0.15, 0.36, 60)
        assert fact.sentence == "Need: 10 av 40 kommuner nämner ”Skog och mark”."
        assert fact.question.startswith("Hur stor del av alla 60 skulle nämna det")
    assert not list(theme_facts(None, survey(NEED)))


def test_every_fact_has_its_question_and_its_sentence():
    """Whatever its kind; verdict words are those of the set; the table has one row a fact."""
    members = sized(*SIZES)
    asked = replace(survey(NEED, OTHER), contrasts=(contrast(),))

    def year(small, large):
        given = {item.id: yes_no(members, (small, 0, large), ANSWERED, SIZES) for item in (NEED, OTHER)}
        return frame(members, (NEED, OTHER), given)

    made = year(25, 14)
    found = list(facts_of(*estimate(made, asked)[:2], change(year(5, 5), asked, made, asked), asked))
    assert {fact.kind for fact in found} == {SHARE, DIFFERENCE, CHANGE}
    assert all(fact.question.endswith(("?", ".")) and fact.sentence.endswith(".") for fact in found)
    judged = {fact.verdict for fact in found if fact.kind in (DIFFERENCE, CHANGE)}
    assert judged <= {*VERDICTS, ""}
    keys = [(f.kind, f.item, f.option, f.segmentation) for f in found]
    assert len(keys) == len(set(keys)), "one fact, one row"
    table = fact_table(found)
    assert tuple(table.columns) == FACT_COLUMNS
    risen = next(fact for fact in found if fact.kind == CHANGE)
    assert risen.sentence == "39 av 45 kommuner har stort behov av need, 10 av samma 45 år 2025: säker ökning."


def test_what_was_said_reads_as_swedish():
    """Own words where there are some; what options share is said once; quoted labels otherwise; SKR stays SKR."""
    assert said(NEED, choices_of(NEED)[0]) == "har stort behov av need"
    assert said(replace(NEED, label="SKR:s stöd"), choices_of(NEED)[0]) == "har stort behov av SKR:s stöd"
    assert said(OTHER, choices_of(OTHER)[0]) == "svarar ganska eller mycket stort på ”Other”"
    assert said(NEED, choice_of(NEED, "Inget")) == "svarar ”Inget” på ”Need”"
    use = replace(multi("use", "A och B", "C"), max=3)
    assert said(use, choice_of(use, "A och B")) == "väljer ”A och B” som ett av högst tre svar"
    assert said(rating("pleased"), choices_of(rating("pleased"))[0]) == "ger 8–10 på ”Pleased”"
    assert said(nps("tell"), choices_of(nps("tell"))[0]) == "ger 9–10 på ”Tell”"
    often = single("often", "Ja", "Nej")
    assert said(often, choice_of(often, "Ja")) == "svarar ”Ja” på ”Often”"
    assert options_phrase(["I hög grad"]) == "I hög grad"
    assert options_phrase(["Ganska stort behov", "Mycket stort behov"]) == "Ganska eller mycket stort behov"
