"""Each kind of rule at its limits."""

import math
from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import hypergeom

from sekom_survey.counted.estimate import estimate
from sekom_survey.found.change import change
from sekom_survey.found.claims.engagement import BothRoles, PairedChange, judge_both_roles, judge_paired_change
from sekom_survey.found.claims.finding import PARTLY, SUPPORTED, UNSUPPORTED, UNTESTABLE, Basis, Finding
from sekom_survey.found.claims.groups import Equivalence, SegmentDifference, judge_equivalence, judge_segment_difference
from sekom_survey.found.claims.plain import (
    Baselines,
    Process,
    Response,
    Valuation,
    judge_baselines,
    judge_judgement,
    judge_process,
    judge_response,
)
from sekom_survey.found.claims.ranks import (
    SegmentPriority,
    TopRanked,
    judge_segment_priority,
    judge_top_ranked,
    pair_signs,
    surely_first,
)
from sekom_survey.found.claims.shares import (
    AtLeastCount,
    AtLeastShare,
    Clear,
    half_of_choices,
    judge_clear,
    judge_count,
    judge_share,
)
from sekom_survey.found.claims.themes import NOT_CODED, Everywhere, Mentioned, judge_everywhere, judge_mentioned
from sekom_survey.found.facts import facts_of
from sekom_survey.found.facts.participation import participation_facts
from sekom_survey.found.verdict import SURE
from sekom_survey.model import TEXT, Contrast, Item
from sekom_survey.stats.intervals import hypergeometric_interval, sampling_distribution
from sekom_survey.stats.proportions import Group, newcombe_interval
from tests.found.compare.frames import frame, member, multi, scale, single, sized, survey, yes_no

NEEDS = tuple(scale(name, "need") for name in ("need_a", "need_b", "need_c"))
CHOICE = multi("use", "A", "B", "C")
TEAMS = single("teams", "Varje vecka", "Varje månad", "Aldrig")
TALK = Item("talk", TEXT, "Talk", ())
YES, NO = "Mycket stort", "Litet"
FIFTY = [f"m{i:03d}" for i in range(50)]


def basis(items, said, members=None, roles=None, contrasts=(), **more):
    made = frame(members or [member(i) for i in range(80)], items, said, roles)
    asked = replace(survey(*items), contrasts=tuple(contrasts))
    estimates, means = estimate(made, asked)
    return Basis(asked, made, estimates, facts=tuple(facts_of(estimates, means, None, asked)), **more)


def chosen(*counts, options=("A", "B", "C")):
    """50 members of 80, of whom so many chose each option, from the first member on."""
    return {who: tuple(o for o, n in zip(options, counts, strict=True) if i < n) or "C" for i, who in enumerate(FIFTY)}


def test_a_share_must_surely_reach_its_limit():
    """At least 33 % of all 80: 21 of 50 surely do (error under 5 %), 20 only among those who answered, 16 do not."""
    rule = AtLeastShare("use", ("A",), 0.33)
    sure, maybe, short = (judge_share(rule, basis([CHOICE], {"use": chosen(n, 0, 50)})) for n in (21, 20, 16))
    assert hypergeometric_interval(21, 50, 80, 0.90)[0] >= 0.33 * 80 > hypergeometric_interval(20, 50, 80, 0.90)[0]
    assert sure.verdict == SUPPORTED
    assert sure.sentence == "Knappt hälften, 21 av 50 kommuner (42\u00a0%, osäkerhet 34–51\u00a0%), väljer ”A”."
    assert (maybe.verdict, short.verdict) == (PARTLY, UNSUPPORTED)
    assert "inte säkert" in maybe.sentence
    assert "Förslag till formulering: ”Var tredje, 16 av 50" in short.statement


@pytest.mark.parametrize("limit", [0.33, 0.5])
def test_a_share_just_under_its_limit_is_seldom_called_supported(limit):
    """Enumerated over every sample of 50 of 80: the error at the limit is at most 5 %, for every total under it."""
    supported = np.array([hypergeometric_interval(k, 50, 80, 0.90)[0] / 80 >= limit for k in range(51)])
    errors = sampling_distribution(50, 80) @ supported
    under = np.arange(81) / 80 < limit
    assert errors[under].max() <= 0.05
    assert errors[~under].min() > 0


@settings(max_examples=30)
@given(st.integers(0, 50), st.sampled_from([0.1, 0.33, 0.5]))
def test_any_share_can_be_recomputed_by_hand(count, at_least):
    """From a count, a base and the exact interval."""
    found = judge_share(AtLeastShare("use", ("A",), at_least), basis([CHOICE], {"use": chosen(count, 0, 50)}))
    low = hypergeometric_interval(count, 50, 80, 0.90)[0] / 80
    expected = UNSUPPORTED if count / 50 < at_least else SUPPORTED if low >= at_least else PARTLY
    assert found.verdict == expected


def test_a_union_counts_members_once():
    """20 chose A and 20 B, ten of them both: 30 of 50, not 40."""
    said = {
        who: tuple(o for o, chose in (("A", i < 20), ("B", 10 <= i < 30)) if chose) or "C"
        for i, who in enumerate(FIFTY)
    }
    found = judge_share(AtLeastShare("use", ("A", "B"), 0.33), basis([CHOICE], {"use": said}))
    assert "30 av 50 kommuner" in found.sentence
    assert "”A” eller ”B”" in found.sentence


def test_few_answers_are_no_ground():
    """Four answers: cannot be tested."""
    assert (
        judge_share(AtLeastShare("use", ("A",), 0.33), basis([CHOICE], {"use": dict.fromkeys(FIFTY[:4], "A")})).verdict
        == UNTESTABLE
    )


def test_under_ten_answers_counts_stand_alone():
    """6 of 8, without percent."""
    said = {who: "A" if i < 6 else "B" for i, who in enumerate(FIFTY[:8])}
    sentence = judge_share(AtLeastShare("use", ("A",), 0.33), basis([CHOICE], {"use": said})).sentence
    assert sentence.startswith("6 av 8 kommuner väljer")
    assert "%" not in sentence


def test_a_clear_choice_needs_a_sure_majority_and_few_missing():
    """32 of 50 of 80 is surely over half when three options share the 5 %, 31 is not; 5 of 50 left out is not under 10 %."""
    rule = Clear("use", 0.50, 0.10)

    def verdict(count, skipped=0):
        told = {who: "A" if i < count else "BC"[i % 2] for i, who in enumerate(FIFTY[: 50 - skipped])}
        said = {"use": told, "teams": dict.fromkeys(FIFTY, "Aldrig")}
        return judge_clear(rule, basis([CHOICE, TEAMS], said)).verdict

    least = [hypergeometric_interval(n, 50, 80, 1 - 2 * 0.05 / 3)[0] for n in (30, 31)]
    assert least[0] <= 40 < least[1]
    assert verdict(31) == SUPPORTED
    assert verdict(30) == PARTLY
    assert verdict(40, skipped=5) == PARTLY
    assert verdict(40, skipped=4) == SUPPORTED
    assert verdict(20, skipped=10) == UNSUPPORTED


@pytest.mark.parametrize(
    ("counts", "few"), [([10], 1), ([5, 5], 1), ([4, 3, 3], 2), ([1, 1, 1, 1], 2), ([3, 2, 2, 2], 2)]
)
def test_half_of_the_choices(counts, few):
    """How few options make up half."""
    assert half_of_choices(counts) == few


def test_several_means_three():
    """3 members are several, 2 are not."""
    for count, verdict in ((3, SUPPORTED), (2, UNSUPPORTED)):
        assert (
            judge_count(AtLeastCount("use", ("A",), 3), basis([CHOICE], {"use": chosen(count, 0, 50)})).verdict
            == verdict
        )


@pytest.mark.parametrize(
    ("answered", "asked", "verdict"), [(50, 80, SUPPORTED), (50, 84, PARTLY), (51, 80, PARTLY), (51, 84, UNSUPPORTED)]
)
def test_a_response_is_right_or_not(answered, asked, verdict):
    """Both numbers, one, or none; the sentence has the true ones."""
    found = judge_response(Response(answered, asked), basis([CHOICE], {"use": chosen(10, 10, 50)}))
    assert found.verdict == verdict
    assert "50 av 80 kommuner (62,5\u00a0%)" in found.sentence
    assert bool(found.wording) == (verdict != SUPPORTED)


def test_what_no_answer_can_decide_is_not_decided():
    """How the plan was made, and a valuation; the gap is told."""
    assert judge_process(Process("en tabell"), basis([CHOICE], {"use": chosen(1, 1, 1)})).verdict == UNTESTABLE
    said = {
        "need_a": {who: YES if i < 40 else NO for i, who in enumerate(FIFTY)},
        "need_b": {who: YES if i < 25 else NO for i, who in enumerate(FIFTY)},
    }
    found = judge_judgement(Valuation((("need_a", "need_b"),)), basis(NEEDS, said))
    assert found.verdict == UNTESTABLE
    assert "40 av 50 (80\u00a0%)" in found.sentence
    assert "+30\u00a0procentenheter" in found.sentence


@pytest.mark.parametrize(
    ("have", "verdict"), [(6, SUPPORTED), (5, PARTLY), (1, PARTLY), (0, UNSUPPORTED), (None, UNTESTABLE)]
)
def test_goals_have_baselines_or_not(have, verdict):
    """All six, some, none, or goals not read."""
    baselines = None if have is None else {f"M{i}": i < have for i in range(6)}
    assert (
        judge_baselines(Baselines(6), basis([CHOICE], {"use": chosen(1, 1, 1)}, baselines=baselines)).verdict == verdict
    )


LARGE_OVER_SMALL = Contrast("need_a", "", "size", "Stora", "Små", date(2026, 1, 1))


def of_sizes(small, large, sizes=(40, 0, 20), answered=(30, 0, 15), contrasts=(LARGE_OVER_SMALL,)):
    """Yes of 30 of 40 small and of 15 of 20 large members on the first need."""
    members = sized(*sizes)
    said = {"need_a": yes_no(members, (small, 0, large), answered, sizes)}
    return basis(NEEDS[:1], said, members, contrasts=contrasts)


DIFFERENCE = SegmentDifference("need_a", "topp2", "size", "Stora", "Små", 0.10, ())


@settings(max_examples=40)
@given(st.integers(0, 30), st.integers(0, 15))
def test_a_claim_of_a_difference_has_the_verdict_of_the_difference(small, large):
    """Ten points and a sure contrast support; a positive difference alone does in part. Turned round it is the same fact."""
    made = of_sizes(small, large)
    found = judge_segment_difference(DIFFERENCE, made)
    fact = next(fact for fact in made.facts if fact.kind == "difference")
    gap = large / 15 - small / 30
    assert found.verdict == (SUPPORTED if gap >= 0.10 and fact.verdict == SURE else PARTLY if gap > 0 else UNSUPPORTED)
    assert fact.sentence in found.sentence
    turned = judge_segment_difference(replace(DIFFERENCE, first="Små", second="Stora"), made)
    assert turned.verdict == (
        SUPPORTED if gap <= -0.10 and fact.verdict == SURE else PARTLY if gap < 0 else UNSUPPORTED
    )


def test_a_difference_that_was_not_declared_cannot_be_claimed():
    """All say yes in one class and nobody in the other; it is exploration all the same."""
    found = judge_segment_difference(DIFFERENCE, of_sizes(0, 15, contrasts=()))
    assert found.verdict == UNTESTABLE
    assert "[[contrasts]]" in found.sentence


def test_one_answer_flips_a_difference():
    """There is a last count of the large that is not sure, and the next one is."""
    verdicts = [judge_segment_difference(DIFFERENCE, of_sizes(15, large)).verdict for large in range(16)]
    assert verdicts[0] == UNSUPPORTED
    assert verdicts[15] == SUPPORTED
    assert sorted(verdicts, key=[UNSUPPORTED, PARTLY, SUPPORTED].index) == verdicts
    assert PARTLY in verdicts


def test_a_difference_must_hold_at_every_limit():
    """Large at 50 000 say yes, but so do the smallest: at 10 000 the sign turns."""
    members = (
        [member(i, 5_000) for i in range(20)]
        + [member(20 + i, 12_000) for i in range(40)]
        + [member(60 + i, 80_000) for i in range(20)]
    )
    said = {m.member_id: YES if m.population != 12_000 else NO for m in members}
    made = basis(NEEDS[:1], {"need_a": said}, members, contrasts=(LARGE_OVER_SMALL,))
    plain, limited = (
        judge_segment_difference(replace(DIFFERENCE, limits=limits), made) for limits in ((), (10_000, 50_000))
    )
    assert plain.verdict == SUPPORTED
    assert limited.verdict == PARTLY
    assert "inte densamma vid gränserna 10\u00a0000 och 50\u00a0000" in limited.sentence


def test_the_limits_are_read_towards_the_group_that_is_said_to_lead():
    """The small lead at every limit: as well supported as when the large do."""
    made = of_sizes(28, 1, contrasts=(LARGE_OVER_SMALL,))
    claim = replace(DIFFERENCE, first="Små", second="Stora", limits=(15_000, 50_000))
    found = judge_segment_difference(claim, made)
    assert found.verdict == SUPPORTED
    assert "Riktningen är densamma" in found.sentence
    turned = judge_segment_difference(replace(claim, first="Stora", second="Små"), made)
    assert (turned.verdict, "inte densamma" in turned.sentence) == (UNSUPPORTED, True)


def test_a_group_with_too_few_answers_cannot_be_judged():
    """Four of the large answered."""
    assert judge_segment_difference(DIFFERENCE, of_sizes(15, 4, answered=(30, 0, 4))).verdict == UNTESTABLE


EQUIVALENCE = Equivalence(("need_a",), ("size",), 0.60, 0.20)


@settings(max_examples=40)
@given(st.integers(0, 38), st.integers(0, 18))
def test_equivalence_is_shown_by_intervals_never_by_silence(small, large):
    """60 % in each class and the 90 % interval inside 20 points; the level alone is only in part."""
    found = judge_equivalence(EQUIVALENCE, of_sizes(small, large, answered=(38, 0, 18)))
    low, high = newcombe_interval(Group(small, 38, 40), Group(large, 18, 20), 0.90)
    reached = min(small / 38, large / 18) >= 0.60
    inside = low > -0.20 and high < 0.20
    assert found.verdict == (UNSUPPORTED if not reached else SUPPORTED if inside else PARTLY)


def test_the_same_shares_from_few_are_not_equivalence():
    """80 % in both classes: 38 and 18 of 40 and 20 answered, or 10 and 5."""
    assert judge_equivalence(EQUIVALENCE, of_sizes(31, 15, answered=(38, 0, 18))).verdict == SUPPORTED
    assert judge_equivalence(EQUIVALENCE, of_sizes(8, 4, answered=(10, 0, 5))).verdict == PARTLY


def test_pairs_count_only_common_answers():
    """Never having used a thing is no low value."""
    scores = np.array([[3.0, 1.0, np.nan], [2.0, 2.0, 4.0], [np.nan, 4.0, 1.0]])
    assert pair_signs(scores, [0]).tolist() == [[1, 0], [0, -1], [0, 0]]


def test_a_first_place_is_sure_when_every_rival_is_surely_beaten():
    """The sign test of each pair, one-sided at 5 %: 8 of 10 is .055, 9 of 10 is .011; one weak pair is enough to doubt."""

    def duel(won, lost):
        return np.array([1.0] * won + [-1.0] * lost + [0.0] * (20 - won - lost))[:, None]

    assert not surely_first(duel(8, 2))
    assert surely_first(duel(9, 1))
    assert not surely_first(np.hstack([duel(9, 1), duel(8, 2)]))
    assert not surely_first(duel(0, 0))


def ranked(*yes):
    return {
        need.id: {who: YES if i < n else NO for i, who in enumerate(FIFTY)} for need, n in zip(NEEDS, yes, strict=True)
    }


def test_first_place_must_be_sure_and_backed():
    """40 over 20 and 20 is first; one more than the next is first but not surely; second is not first."""
    rule = TopRanked("need", ("need_a",), "", "")
    assert judge_top_ranked(rule, basis(NEEDS, ranked(40, 20, 20))).verdict == SUPPORTED
    assert judge_top_ranked(rule, basis(NEEDS, ranked(21, 20, 10))).verdict == PARTLY
    assert judge_top_ranked(rule, basis(NEEDS, ranked(20, 21, 10))).verdict == UNSUPPORTED
    backed, unbacked = (replace(rule, backing="use", option=option) for option in "AB")
    made = basis((*NEEDS, CHOICE), {**ranked(40, 20, 20), "use": chosen(30, 10, 0)})
    assert judge_top_ranked(backed, made).verdict == SUPPORTED
    assert judge_top_ranked(unbacked, made).verdict == PARTLY


def test_a_segments_priority_has_two_readings():
    """Most of all, and more than the other segment: both, one, or none."""
    rule = SegmentPriority("need", ("need_a",), "size", "Små", "Stora")
    members = sized(40, 0, 20)

    def verdict(small, large):
        said = {
            n.id: yes_no(members, (s, 0, g), (30, 0, 15), (40, 0, 20))
            for n, s, g in zip(NEEDS, small, large, strict=True)
        }
        return judge_segment_priority(rule, basis(NEEDS, said, members, contrasts=(LARGE_OVER_SMALL,))).verdict

    assert verdict((28, 10, 10), (5, 5, 5)) == SUPPORTED
    assert verdict((28, 10, 10), (14, 5, 5)) == PARTLY
    assert verdict((15, 28, 10), (2, 5, 5)) == PARTLY
    assert verdict((15, 28, 10), (10, 5, 5)) == UNSUPPORTED


PARTS = ("Norrland", "Svealand", "Götaland")


def coded(*theme_members, reviewed=True):
    """20 members write; each theme has these member numbers; the rest are coded as something else."""
    rows = [(f"m{i:03d}", "talk", f"t{t}", reviewed) for t, members in enumerate(theme_members) for i in members]
    rows += [(f"m{i:03d}", "talk", "ovrigt", reviewed) for i in range(20)]
    return pd.DataFrame(rows, columns=["member_id", "item", "theme", "reviewed"])


def talking(themes, **more):
    members = [member(i, landsdel=PARTS[i % 3]) for i in range(30)]
    return basis([TALK], {"talk": {f"m{i:03d}": "text" for i in range(20)}}, members, themes=themes, **more)


def test_themes_recur_when_two_members_of_every_part_have_them():
    """10 % and two in each landsdel; one in a landsdel is not enough, and doubtful agreement takes the last step away."""
    rule = Everywhere("talk", ("t0",), 0.10, 2, 0.67, 0.80)

    def verdict(members, alpha):
        agreement = None if alpha is None else {"t0": alpha}
        return judge_everywhere(rule, talking(coded(members), agreement=agreement)).verdict

    assert verdict(range(6), 0.80) == SUPPORTED
    assert verdict(range(6), 0.79) == PARTLY
    assert verdict(range(6), None) == PARTLY
    assert verdict(range(6), 0.66) == UNTESTABLE
    assert verdict(range(5), 0.90) == UNSUPPORTED
    some = judge_everywhere(
        replace(rule, themes=("t0", "t1")), talking(coded(range(6), [0]), agreement={"t0": 0.9, "t1": 0.9})
    )
    assert some.verdict == PARTLY
    assert some.wording == "T0 återkommer i hela landet."


def test_a_theme_recurs_surely_when_the_share_of_all_members_reaches_the_limit():
    """15 of 20 that wrote are 75 %, and at most .05 of populations below the limit give as many; among those who wrote at .60 and .75 alike."""
    for share, verdict in ((0.60, SUPPORTED), (0.75, PARTLY)):
        rule = Everywhere("talk", ("t0",), share, 2, 0.67, 0.80)
        found = judge_everywhere(rule, talking(coded(range(15)), agreement={"t0": 0.9}))
        assert found.verdict == verdict
        below = hypergeom(30, math.ceil(share * 30) - 1, 20)
        assert (below.sf(14) <= 0.05) == (verdict == SUPPORTED)
    assert found.sentence.endswith("Att t0 nämns av minst 75\u00a0% av alla är inte säkert.")
    assert found.wording == "T0 återkommer i hela landet bland dem som svarat."


def test_only_what_people_have_coded_counts():
    """No themes, unreviewed themes, or an answer without a code: cannot be tested, and why."""
    rule = Mentioned("talk", ("t0",), 3)
    assert judge_mentioned(rule, talking(None)) == Finding(UNTESTABLE, NOT_CODED)
    assert judge_mentioned(rule, talking(coded(range(5), reviewed=False))).verdict == UNTESTABLE
    whole = coded(range(5))
    gap = judge_mentioned(rule, talking(whole[whole["member_id"] != "m019"]))
    assert gap.verdict == UNTESTABLE
    assert gap.sentence.startswith("1 fritextsvar")


def test_themes_are_mentioned_by_several_when_by_three():
    """Three members, two members; the themes have names in the sentence."""
    rule = Mentioned("talk", ("t0",), 3)
    assert judge_mentioned(rule, talking(coded(range(3)), theme_names={"t0": "Resursbrist"})).sentence.startswith(
        "Nämns av: resursbrist 3 av 20"
    )
    assert judge_mentioned(rule, talking(coded(range(2)))).verdict == UNSUPPORTED


def log_of(day, *rows):
    columns = ["date", "activity", "member_id", "role", "count", "title"]
    return pd.DataFrame([(day, "webinar", who, role, 1, title) for who, role, title in rows], columns=columns)


def test_both_roles_must_answer_and_meet():
    """A fifth of the answers from politicians, and three members with both roles at one occasion."""
    rule, said = BothRoles(0.20, 3), {"use": chosen(10, 10, 50)}
    meetings = log_of(date(2026, 3, 1), *[(who, role, "X") for who in FIFTY[:3] for role in ("politician", "official")])

    def verdict(politicians, log):
        return judge_both_roles(
            rule, basis([CHOICE], said, roles=dict.fromkeys(FIFTY[:politicians], "politician"), log=log)
        ).verdict

    assert verdict(10, meetings) == SUPPORTED
    assert verdict(9, meetings) == PARTLY
    assert verdict(10, meetings.iloc[:-1]) == PARTLY
    assert verdict(9, meetings.iloc[:-1]) == UNSUPPORTED
    assert verdict(10, None) == PARTLY
    apart = meetings.assign(title=[str(i) for i in range(6)])
    assert verdict(10, apart) == PARTLY


def test_an_increase_must_be_shown_in_every_part():
    """Needs and participation up; only one up; undecided; down; no last year."""
    members = [member(i) for i in range(60)]
    items = NEEDS[:2]

    def year_of(*levels):
        said = {n.id: {who: ("Inget", "Litet", "Ganska stort", "Mycket stort")[(i % 2) + level] for i, who in enumerate(FIFTY)}
                for n, level in zip(items, levels, strict=True)}  # fmt: skip
        return frame(members, items, said), survey(*items)

    def verdict(first, second, log=None, activities=()):
        before, now = year_of(*first), year_of(*second)
        more = {
            "log": log,
            "log_before": log_of(date(2025, 2, 1), (FIFTY[0], "official", "A")),
            "members_before": frozenset(before[0].members["member_id"]),
        }
        logs = (more["log_before"], log)
        asked = [activities] if activities else []
        taking_part = participation_facts(asked, now[0], now[1], logs, more["members_before"])
        facts = (*facts_of(*estimate(*now), change(*before, *now), now[1]), *taking_part)
        made = Basis(now[1], now[0], estimate(*now)[0], facts=facts, **more)
        return judge_paired_change(PairedChange(("need_a", "need_b"), activities), made)

    assert verdict((1, 1), (2, 2)).verdict == SUPPORTED
    assert verdict((1, 1), (2, 1)).verdict == PARTLY
    assert verdict((1, 1), (1, 1)).verdict == UNTESTABLE
    assert verdict((2, 2), (1, 1)).verdict == UNSUPPORTED
    busy = log_of(date(2026, 2, 1), *[(who, "official", "B") for who in FIFTY[:9]])
    grown = verdict((1, 1), (2, 2), busy, ("webinar",))
    assert grown.verdict == SUPPORTED
    assert "steg för 8" in grown.sentence
    unknown = verdict((1, 1), (2, 2), busy.iloc[:0], ("webinar",))
    assert unknown.verdict == PARTLY
    assert "deltagandet kan inte bedömas" in unknown.sentence
    alone = basis([CHOICE], {"use": chosen(1, 1, 1)})
    assert judge_paired_change(PairedChange(("use",), ()), alone) == Finding(
        UNTESTABLE, "”Use” har ingen bestämd jämförelse med 2025."
    )
