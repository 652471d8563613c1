"""The example's goals are the plan's, and every number can be counted in its files."""

import csv
import re
from datetime import date
from pathlib import Path

import pytest

from sekom_survey.counted.estimate import share_row
from sekom_survey.found.facts.goals import goal_facts
from sekom_survey.found.facts.table import GOAL, TREND
from sekom_survey.found.goals.faults import find_faults, uses_word
from sekom_survey.found.goals.outcome import goals_at
from sekom_survey.found.goals.text import goal_headline, goal_lines, goal_table
from sekom_survey.found.goals.words import comment, proposed, result_status, target_words

EXAMPLE = Path(__file__).parents[3] / "surveys" / "exempel"
PLAN = {  # verksamhetsplanen 2026-2027, "Strategiska mål"
    "Nätverkstillväxt": ("Antal medlemmar", "Öka med minst 5 nya medlemmar"),
    "Kollegial kontakt": ("Aktiva frågekanaler", "4 aktiva temagrupper"),
    "Medlemsengagemang": ("Aktivitet och närvaro / trendanalys", "xxx"),
    "Kompetensutveckling": ("Nöjda deltagare i SEKOM-akademin", "50 unika deltagare"),
    "Innovation": ("Aktiva testbäddar", "2 etablerade samarbeten"),
    "Påverkan": ("Remissvar & medieomnämmanden", "2 remissvar"),
}


@pytest.fixture(scope="module")
def outcome():
    return goals_at(EXAMPLE / "2026")


@pytest.fixture(scope="module")
def august():
    return goals_at(EXAMPLE / "2026", date(2026, 8, 31))


@pytest.fixture(scope="module")
def log():
    with (EXAMPLE / "2026" / "activities.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def strategic(outcome):
    return [r.indicator for r in outcome.results if r.strategic]


def test_the_goals_stand_in_the_plans_own_words(outcome):
    """Word for word, the misspelling too."""
    assert {g.name: (g.measured_as, g.ambition) for g in outcome.goals.goals} == PLAN


def test_the_model_is_whole(outcome):
    """6 goals, 18 indicators, 3 effect goals with 12 proxies, 4 links, 6 promises; no problem in the files."""
    goals = outcome.goals
    assert (len(goals.goals), len(strategic(outcome)), len(goals.effects), len(goals.chain), len(goals.promises)) == (
        6,
        18,
        3,
        4,
        6,
    )
    assert sum(len(effect.proxies) for effect in goals.effects) == 12
    assert outcome.problems == ()


def test_five_targets_are_decided_for_2026_and_none_for_2027(outcome):
    """As counted in the plan."""
    indicators = strategic(outcome)
    assert [i.id for i in indicators if i.has_target(2026)] == ["M1a", "M2a", "M4a", "M5b", "M6a"]
    assert [i.decided_target(2026).value for i in indicators if i.has_target(2026)] == [5, 4, 50, 2, 2]
    assert not any(i.has_target(2027) for i in indicators)
    assert goal_table(outcome).query("goal.str.startswith('M')")["target"].notna().sum() == 5


def test_a_baseline_is_known_for_five(outcome):
    """Two of them nought."""
    known = {i.id: i.baseline.value for i in strategic(outcome) if i.baseline and i.baseline.value is not None}
    assert known == {"M1a": 0, "M1b": 84, "M1c": 16, "M3a": 62.5, "M4a": 0}


def test_member_engagement_cannot_be_judged_and_its_proposals_are_proposals(outcome):
    """The plan says xxx, which is no target."""
    goal = outcome.goals.goals[2]
    status, cause = outcome.goal_status(goal)
    assert (status.shown, cause) == ("– Kan inte bedömas", "målvärde saknas")
    for result in outcome.of_goal("M3"):
        assert result.judgement.cause == "målvärde saknas"
        assert target_words(result.indicator, 2026) == "saknas i planen"
        assert "Förslag, inte beslutat: " in comment(result, 2026)
    assert "75\u00a0% år 2027" in comment(outcome.result("M3a"), 2026)
    assert goal_table(outcome).query("goal == 'M3'")["target"].isna().all()


def test_counts_are_those_of_the_log(outcome, august, log):
    """Counted again from the file, to the year's end and to the end of August."""
    for found, last in ((outcome, "2026-12-31"), (august, "2026-08-31")):
        rows = [row for row in log if row["date"] <= last]
        titles = {
            a: {r["title"] for r in rows if r["activity"] == a}
            for a in ("webinar", "consultation", "partnership", "media_mention")
        }
        assert found.result("V1").measured.value == len(titles["webinar"])
        assert found.result("M5b").measured.value == len(titles["partnership"])
        assert found.result("M6a").measured.value == len(titles["consultation"])
        assert found.result("M6b").measured.value == found.result("E3.3").measured.value == len(titles["media_mention"])
        assert found.result("M4a").measured.value == sum(int(r["count"]) for r in rows if r["activity"] == "academy")
        assert found.result("M4c").measured.value == len({r["member_id"] for r in rows if r["activity"] == "academy"})


def test_active_theme_groups_meet_the_definition(outcome, log):
    """Two meetings and five members; a group that has met once is not active."""
    groups = {}
    for row in log:
        if row["activity"] == "theme_group":
            days, members = groups.setdefault(row["title"], (set(), set()))
            days.add(row["date"])
            members.add(row["member_id"])
    active = [title for title, (days, members) in groups.items() if len(days) >= 2 and len(members) >= 5]
    assert outcome.result("M2a").measured.value == len(active) < len(groups)


def test_shares_are_those_of_the_estimates(outcome):
    """The same row of the same table, in percent."""
    estimates = outcome.facts.year.estimates
    row = share_row(estimates, "effect_voice", "topp2")
    found = outcome.result("M6c").measured
    assert (found.value, found.low, found.high) == pytest.approx(
        (100 * row["share"], 100 * row["low"], 100 * row["high"])
    )
    parts = [
        share_row(estimates, "peer_questions", option)["count"] for option in outcome.result("M2c").indicator.options
    ]
    assert outcome.result("M2c").measured.value == pytest.approx(
        100 * sum(parts) / share_row(estimates, "peer_questions", "Nej")["base"]
    )


def test_the_response_rate_is_50_of_80(outcome):
    """62.5 %, as in the plan."""
    assert outcome.result("M3a").measured.value == 62.5
    assert outcome.result("M3a").measured.detail == "50 av 80 kommuner"


def test_half_way_the_counts_are_set_against_the_time_gone(august):
    """243 of 365 days: 3 of 5 new is on course, 1 of 2 answers is not yet."""
    assert (august.as_of, august.facts.elapsed.numerator, august.facts.elapsed.denominator) == (
        date(2026, 8, 31),
        243,
        365,
    )
    assert august.result("M1a").judgement.status.id == "likely"
    assert august.result("M6a").judgement.status.id == "uncertain"
    assert august.result("M1a").decision is None


def test_the_boards_decision_overrules_with_its_reason(outcome):
    """The computed status is kept; the forecast of September has given way to the outcome."""
    row = goal_table(outcome).set_index("indicator").loc["M5b"]
    assert (row["status"], row["decided"]) == ("Målet har inte uppnåtts", "Målet är uppnått")
    assert row["reason"].endswith("(Styrelsen 2026-12-18)")
    assert outcome.result("M1a").decision is None


def test_the_headline_says_how_six_goals_stand(outcome):
    """In words, worst last; what the board decided otherwise is counted apart."""
    said = "Av sex mål är ett uppnått, ett genom beslut och tre inte; ett kan inte bedömas"
    assert goal_headline(outcome) == said


@pytest.mark.parametrize(
    ("kind", "goals"),
    [
        ("target", ["Medlemsengagemang"]),
        ("gross_net", ["Nätverkstillväxt"]),
        ("mismatch", ["Kollegial kontakt", "Kompetensutveckling", "Innovation"]),
        ("half_target", ["Påverkan"]),
        ("words", ["Kollegial kontakt", "Kompetensutveckling", "Innovation", "Innovation"]),
        ("register", ["Nätverkstillväxt"]),
        ("years", ["Alla mål"]),
        ("baseline", ["Alla mål"]),
    ],
)
def test_the_faults_of_the_plan_are_found(outcome, kind, goals):
    """The same as were found by reading it."""
    assert [f.goal for f in find_faults(outcome) if f.kind == kind] == goals


def test_the_faults_say_what_to_decide(outcome):
    """The missing target, 2027 and the baselines."""
    said = {f.kind: f"{f.text} {f.todo}" for f in find_faults(outcome)}
    assert "saknas i planen" in said["target"]
    assert "Inget av de sex målen" in said["years"]
    assert "2027" in said["years"]
    assert "5 av 18 mått" in said["baseline"]
    assert all(f.todo for f in find_faults(outcome))


def test_a_decided_definition_takes_the_word_off_the_list():
    """An adjective in any form, never a part of another word."""
    assert uses_word("4 aktiva temagrupper", "aktiv")
    assert uses_word("Etablerade samarbeten", "etablerad")
    assert not uses_word("Aktivitet och närvaro", "aktiv")


def test_the_lines_are_swedish(outcome):
    """No decimal point, no hyphen for a minus, no English status."""
    text = "\n".join(goal_lines(outcome))
    assert "62,5\u00a0%" in text
    assert "62.5" not in text
    assert " -1" not in text
    assert "Kan inte bedömas (målvärde saknas)" in text
    assert not re.search(r"\b(None|nan|member|target|survey_share|missing)\b", text)


def test_the_year_before_has_goals_without_targets():
    """It may become the baseline; everything says that the target is missing."""
    outcome = goals_at(EXAMPLE / "2025")
    assert outcome.problems == ()
    assert {r.judgement.cause for r in outcome.results} == {"målvärde saknas"}
    assert outcome.result("V1").measured.value == 4  # verksamhetsberättelsen 2025
    assert outcome.result("V5").measured.value == 5


def test_a_proposal_of_a_year_gone_by_is_not_repeated(outcome):
    """What was proposed for 2027 is not proposed in 2028."""
    indicator = outcome.result("M3a").indicator
    assert proposed(indicator, 2027) == "75\u00a0% år 2027"
    assert proposed(indicator, 2028) == ""


def test_computed_and_decided_stand_together(outcome):
    """The board's own judgement never stands alone, and its sign means nothing else."""
    said = result_status(outcome.result("M5b"))
    assert said == "◆ Uppnått enligt beslut 18 december 2026; beräknat: inte uppnått"
    others = [result_status(result) for result in outcome.results if not result.decision]
    assert not any("◆" in text for text in others)


def test_an_activity_that_last_years_log_never_mentions_is_not_nought_then(outcome):
    """No academy and no partnership in the log of 2025: not known, rather than 0; one consultation: 1."""
    assert [outcome.result(name).last for name in ("M4a", "M4c", "M5b")] == [None] * 3
    assert outcome.result("M6a").last.value == 1
    assert outcome.result("M1a").last.value == 0, "the register knows that nobody joined"


def test_every_goal_and_measure_is_a_fact_with_one_question_and_one_verdict(outcome):
    """The decided status and the computed one together; no symbol; what has moved is a fact of its own."""
    facts = list(goal_facts(outcome))
    assert len({(fact.kind, fact.item) for fact in facts}) == len(facts)
    assert {fact.item for fact in facts if fact.kind == GOAL} == {goal.id for goal in outcome.goals.goals} | {
        result.indicator.id for result in outcome.results
    }
    named = {fact.item: fact for fact in facts if fact.kind == GOAL}
    partnerships = named["M5b"]
    assert (
        partnerships.verdict == named["M5"].verdict == "Uppnått enligt beslut 18 december 2026; beräknat: inte uppnått"
    )
    assert (partnerships.status, named["M1a"].status) == ("beslutat", "beräknat")
    assert (partnerships.first_count, partnerships.second_count, partnerships.option) == (1, 2, "antal")
    assert named["M1a"].sentence == "Nya medlemmar under året: 3 mot målvärdet 5, målet har inte uppnåtts."
    assert named["M1a"].question == "Är målvärdet för 2026 nått den 31 december 2026?"
    moved = {fact.item for fact in facts if fact.kind == TREND}
    assert moved == {result.indicator.id for result in outcome.results if result.trend in ("↗", "↘")}
    active = next(fact for fact in facts if (fact.kind, fact.item) == (TREND, "M3b"))
    assert (active.second_count, active.second_base, active.first_count, active.first_base) == (33, 81, 44, 80)
    assert all(
        fact.verdict in ("säker ökning", "säker minskning") and fact.question.endswith("?")
        for fact in facts
        if fact.kind == TREND
    )
