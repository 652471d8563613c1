"""One year against another: pairs first, parts that add up, questions that are the same."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import ttest_rel

from sekom_survey.counted.estimate import estimate, share_row
from sekom_survey.found.change import COLUMNS, EXPLORATION, HEADLINE, MEAN, NEW, REWORDED, change
from sekom_survey.found.change.pair import Crossed, TwoYears, crossed, is_reworded, paired_share_interval, parts
from sekom_survey.found.verdict import ALIKE, CHANCE, DOWN, TOO_FEW, UP, change_verdict
from sekom_survey.stats.paired import mcnemar_mid_p, signed_rank
from tests.found.compare.frames import frame, member, scale, single, survey

NEED = scale("need")
YES, NO = "Mycket stort", "Litet"


def year_of(said, members, item=NEED, **settings):
    return frame(
        [member(i) for i in members], [item], {item.id: {f"m{i:03d}": answer for i, answer in said.items()}}
    ), survey(item, **settings)


def table_of(before, after, members=range(40), members_before=None, item=NEED):
    """Answers by member number, last year and this."""
    first = year_of(before, members if members_before is None else members_before, item)
    return change(*first, *year_of(after, members, item)).set_index("option")


def test_a_published_interval_holds():
    """1 both, 1 lost, 7 gained, 12 neither: 0.026 to 0.507 (Fagerland, Lydersen & Laake 2014, table V; Newcombe's square-and-add)."""
    low, high = paired_share_interval(Crossed(both=1, lost=1, gained=7, neither=12))
    assert (low, high) == (pytest.approx(0.026, abs=5e-4), pytest.approx(0.507, abs=5e-4))


@given(st.tuples(*[st.integers(0, 12)] * 4).filter(lambda t: sum(t) > 0))
def test_an_interval_holds_its_difference_and_turns_with_the_years(table):
    """Whatever the counts."""
    both, lost, gained, neither = table
    counts = Crossed(both, lost, gained, neither)
    low, high = paired_share_interval(counts)
    assert low - 1e-9 <= (gained - lost) / counts.base <= high + 1e-9
    turned = paired_share_interval(Crossed(both, gained, lost, neither))
    assert turned == (pytest.approx(-high), pytest.approx(-low))


@pytest.mark.parametrize(
    ("low", "high", "p", "alike", "verdict"),
    [(0.001, 0.5, 0.05, 0.5, UP), (0.001, 0.5, 0.0501, 0.5, CHANCE), (0.0, 0.5, 0.01, 0.5, CHANCE),
     (-0.5, 0.0, 0.01, 0.5, CHANCE), (-0.5, -0.001, 0.05, 0.5, DOWN), (-0.5, -0.001, 0.06, 0.5, CHANCE),
     (-0.1, 0.1, 0.9, 0.199, ALIKE), (-0.1, 0.1, 0.9, 0.2, CHANCE), (0.01, 0.1, 0.01, 0.1, UP)],
)  # fmt: skip
def test_nothing_is_sure_unless_test_and_interval_agree(low, high, p, alike, verdict):
    """5 %, an interval that touches nought, and a margin that is reached."""
    assert change_verdict(p, (low, high), (-alike, alike), 0.20) == verdict


def test_pairs_come_first_and_their_p_is_published():
    """1 lost and 7 gained among 21 that answered both years: mid-p 0.0390625."""
    before = {i: YES if i < 2 else NO for i in range(21)}
    after = {i: YES if i == 0 or 2 <= i < 9 else NO for i in range(21)} | dict.fromkeys(range(21, 30), YES)
    row = table_of(before, after).loc["topp2"]
    assert row[["paired_base", "members"]].tolist() == [21, 40]
    assert row["p"] == pytest.approx(0.0390625)
    assert (row["before"], row["after"]) == (pytest.approx(2 / 21), pytest.approx(8 / 21))
    assert row["low"] > 0
    assert row[["verdict", "status"]].tolist() == [UP, HEADLINE]
    assert (row["all_before"], row["all_after"]) == (pytest.approx(2 / 21), pytest.approx(17 / 30))


def test_means_are_tested_by_exact_signed_ranks():
    """The scale's mean has a row of its own, with Student's interval; it is exploration and gets no verdict word."""
    steps = ("Inget", "Litet", "Ganska stort", "Mycket stort")
    random = np.random.default_rng(3)
    first, second = random.integers(0, 3, 20), random.integers(1, 4, 20)
    row = table_of({i: steps[v] for i, v in enumerate(first)}, {i: steps[v] for i, v in enumerate(second)}).loc[MEAN]
    assert row["p"] == pytest.approx(signed_rank(first, second).two_sided)
    assert row["difference"] == pytest.approx((second - first).mean())
    interval = ttest_rel(second, first).confidence_interval()
    assert (row["low"], row["high"]) == pytest.approx(tuple(interval))
    assert row[["verdict", "status"]].tolist() == ["", EXPLORATION]


def test_one_answer_flips_the_verdict():
    """Of 30 who said no, none, one ... seven say yes: each verdict is that of interval and p, and the last is sure."""

    def gained(n):
        before = dict.fromkeys(range(30), NO)
        return table_of(before, before | dict.fromkeys(range(n), YES), range(80)).loc["topp2"]

    found = {n: gained(n) for n in range(8)}
    assert found[0]["verdict"] == ALIKE
    for n, row in found.items():
        assert row["p"] == row["p_adjusted"] == pytest.approx(mcnemar_mid_p(0, n))
        assert (row["verdict"] == UP) == (row["p"] <= 0.05 and row["low"] > 0)
    assert found[7]["verdict"] == UP


def test_the_headline_items_share_one_error():
    """1 lost and 7 gained is .039 alone, but not when the other headline item shares the 5 % (Holm)."""
    items = (NEED, scale("other"))
    before = {i: YES if i < 2 else NO for i in range(21)}
    after = {i: YES if i == 0 or 2 <= i < 9 else NO for i in range(21)}

    def year_both(said):
        told = {f"m{i:03d}": answer for i, answer in said.items()}
        still = {f"m{i:03d}": NO for i in said}
        return frame([member(i) for i in range(40)], items, {"need": told, "other": still}), survey(*items)

    table = change(*year_both(before), *year_both(after)).set_index(["item", "option"])
    assert table.loc[("need", "topp2"), "p_adjusted"] == pytest.approx(2 * 0.0390625)
    assert table.loc[("need", "topp2"), "verdict"] == CHANCE


def test_those_who_come_and_go_are_not_a_change_of_opinion():
    """The same members say the same; joiners say yes and leavers said no: all of it is membership."""
    same = {i: YES if i % 2 else NO for i in range(10)}
    before, after = same | dict.fromkeys(range(10, 15), NO), same | dict.fromkeys(range(20, 25), YES)
    row = table_of(before, after, members=[*range(10), *range(20, 30)], members_before=range(15)).loc["topp2"]
    assert row["opinion_part"] == 0
    assert row["all_after"] - row["all_before"] == pytest.approx(10 / 15 - 5 / 15)
    assert row["membership_part"] == pytest.approx(10 / 15 - 5 / 15)
    assert row["nonresponse_part"] == 0
    assert row["joined_part"] == pytest.approx(row["left_part"]) == pytest.approx(5 / 30)
    assert row["verdict"] == ALIKE


answers = st.lists(
    st.tuples(
        st.sampled_from([0.0, 1.0, np.nan]),
        st.sampled_from([0.0, 1.0, np.nan]),
        st.sampled_from(["both", "joined", "left"]),
    ),
    min_size=2,
    max_size=30,
)


@given(answers)
def test_the_parts_add_up_exactly(rows):
    """Opinion + joined + left + non-response is the change, whoever answered."""
    before = np.array([np.nan if kind == "joined" else a for a, _, kind in rows])
    after = np.array([np.nan if kind == "left" else b for _, b, kind in rows])
    was, here = (np.array([kind != other for *_, kind in rows]) for other in ("joined", "left"))
    found = parts(TwoYears(before, after, was, here))
    if not (~np.isnan(before) & ~np.isnan(after)).any():
        assert np.isnan(found.opinion)
    else:
        assert found.opinion + found.membership == pytest.approx(found.total, abs=1e-12)
        assert found.total == pytest.approx(np.nanmean(after) - np.nanmean(before))


@settings(max_examples=25)
@given(
    st.lists(st.tuples(st.sampled_from([YES, NO, None]), st.sampled_from([YES, NO, None])), min_size=12, max_size=30)
)
def test_each_years_result_is_that_of_its_estimates(rows):
    """all_before and all_after are the shares that the two reports print; the verdict follows from interval and p."""
    before, after = ({i: row[side] for i, row in enumerate(rows) if row[side]} for side in (0, 1))
    table = table_of(before, after)
    if table.loc["topp2", "verdict"] == TOO_FEW:
        assert np.isnan(table.loc["topp2", "difference"])
        return
    row = table.loc["topp2"]
    for said, name in ((before, "all_before"), (after, "all_after")):
        estimates, _ = estimate(*year_of(said, range(40)))
        assert row[name] == pytest.approx(share_row(estimates, "need", "topp2")["share"])
    assert row["verdict"] not in (UP, DOWN) or (row["p_adjusted"] <= 0.05 and not row["low"] <= 0 <= row["high"])
    assert tuple(change(*year_of(before, range(40)), *year_of(after, range(40))).columns) == COLUMNS


def test_a_reworded_question_is_flagged_and_not_compared_unless_said_so():
    """Text, options and scale make the question; case and spacing do not."""
    said = dict.fromkeys(range(20), YES)
    first = year_of(said, range(40))
    other = replace(NEED, text="Hur stort är behovet?")
    row = change(*first, *year_of(said, range(40), other)).iloc[0]
    assert (row["status"], row["reworded"], row["option"]) == (REWORDED, True, "")
    assert np.isnan(row["difference"])
    trended = change(*first, *year_of(said, range(40), replace(other, trend=True)))
    assert trended["reworded"].all()
    assert set(trended["verdict"]) == {ALIKE, ""}
    assert not is_reworded(NEED, replace(NEED, text="  NEED "))
    assert is_reworded(NEED, replace(NEED, options=NEED.options[1:]))
    assert is_reworded(NEED, replace(NEED, top=1))


def test_a_new_question_has_nothing_to_be_compared_with():
    """Not asked last year, or asked as another kind."""
    last = year_of(dict.fromkeys(range(20), "Ja"), range(40), single("need", "Ja", "Nej"))
    now = year_of(dict.fromkeys(range(20), YES), range(40))
    assert change(*last, *now)["status"].tolist() == [NEW]


def test_too_few_pairs_are_said():
    """Four that answered both years show nothing; five do."""
    before = dict.fromkeys(range(10), NO)
    few = table_of(before, dict.fromkeys(range(6, 20), YES)).loc["topp2"]
    assert few["verdict"] == TOO_FEW
    assert np.isnan([few["before"], few["p"], few["opinion_part"]]).all()
    assert table_of(before, dict.fromkeys(range(5, 20), YES)).loc["topp2", "verdict"] != TOO_FEW


def test_pairs_are_crossed_without_those_who_answered_once():
    """NaN on either side is no pair."""
    before, after = np.array([1, 1, 0, 0, np.nan, 1]), np.array([1, 0, 1, 0, 1, np.nan])
    assert crossed(before, after) == Crossed(1, 1, 1, 1)
