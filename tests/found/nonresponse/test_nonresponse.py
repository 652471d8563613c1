"""Who did not answer, and what it may do to the results."""

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sekom_survey.counted.choices import choices_of
from sekom_survey.counted.count import ticks
from sekom_survey.counted.estimate import estimate
from sekom_survey.counted.segment import UNKNOWN
from sekom_survey.found.nonresponse import analyse_nonresponse
from sekom_survey.found.nonresponse.profile import likeness, profile, traits, years_class
from sekom_survey.found.nonresponse.sensitivity import holds_words, mean_sentences, slack
from sekom_survey.found.nonresponse.sentences import (
    likeness_sentence,
    tipping_phrase,
    tipping_words,
    trust_sentence,
    worst_sentence,
)
from sekom_survey.found.nonresponse.weighting import weighing_of, weighted
from sekom_survey.model import Comparisons, Option
from sekom_survey.stats.weights import calibrated_mean
from tests.found.compare.frames import frame, member, nps, scale, sized, survey, yes_no
from tests.stats.beside import post_stratify

NEED = scale("need")
ASKED = survey(NEED)


def answered_of(sizes, answered, yes):
    """A frame where so many of each size class answered the one question, and so many of them said yes."""
    members = sized(*sizes)
    return frame(members, [NEED], {"need": yes_no(members, yes, answered, sizes)})


def analysed(made, asked=ASKED, log=None):
    """The analysis of a frame."""
    return analyse_nonresponse(made, asked, estimate(made, asked)[0], log)


def weighed(made, asked=ASKED, log=None):
    """The calibrated results of a frame."""
    table = traits(made, asked, log)
    return weighted(made, asked, table, likeness(table, profile(table, asked)))


EXAMPLE = answered_of((38, 26, 16), (20, 18, 12), (14, 10, 8))


def log_of(frame_, activity, members):
    columns = ["date", "activity", "member_id", "role", "count", "title"]
    return pd.DataFrame(
        [(date(2025, 5, 20), activity, who, "official", 1, "Årsmöte") for who in members], columns=columns
    )


def test_the_published_indicator_and_test_hold():
    """38/26/16 members of which 20/18/12 answered: R = 0.806713402141, Fisher-Freeman-Halton p = 0.210587302521."""
    table = traits(EXAMPLE, ASKED, None)
    size = likeness(table, profile(table, ASKED)).set_index("trait").loc["size"]
    assert size["r_indicator"] == pytest.approx(0.806713402141, abs=1e-12)
    assert size["p"] == pytest.approx(0.210587302521, abs=1e-12)


def test_a_profile_counts_answered_silent_and_all():
    """Every member stands on one side, and the standardised difference is the textbook's."""
    table = traits(EXAMPLE, ASKED, None)
    rows = profile(table, ASKED).set_index(["trait", "group"])
    small = rows.loc[("size", "Små")]
    assert small[["answered", "answered_base", "silent", "silent_base", "members", "members_base"]].tolist() == [
        20,
        50,
        18,
        30,
        38,
        80,
    ]
    p, q = 20 / 50, 18 / 30
    assert small["standardised"] == pytest.approx((p - q) / np.sqrt((p * (1 - p) + q * (1 - q)) / 2))
    totals = profile(table, ASKED).groupby("trait")[["answered", "silent"]].sum()
    assert set(totals["answered"]) == {50}
    assert set(totals["silent"]) == {30}


@pytest.mark.parametrize(
    ("yes", "needed", "cell"),
    [
        ((14, 10, 8), 9, "Minst 9 av de 30 som inte svarat"),
        ((14, 10, 6), 11, "Minst 11 av de 30 som inte svarat"),
        ((20, 18, 3), 0, "Redan nådd"),
    ],
)
def test_the_published_tipping_points_hold(yes, needed, cell):
    """32 of 50 of 80: a majority needs 9 of the 30 silent; 30 of 50: 11; 41 of 50 are one already."""
    worst = analysed(answered_of((38, 26, 16), (20, 18, 12), yes)).worst.iloc[0]
    assert worst["needed"] == needed
    assert (worst["possible_low"], worst["possible_high"]) == (sum(yes) / 80, (sum(yes) + 30) / 80)
    assert tipping_words(worst["needed"], worst["silent"], 30) == cell


def test_a_majority_out_of_reach_is_said():
    """2 of 50 can never be a majority of 80."""
    worst = analysed(answered_of((38, 26, 16), (20, 18, 12), (1, 1, 0))).worst.iloc[0]
    assert np.isnan(worst["needed"])
    assert tipping_phrase(worst["needed"], 30, 30) == "en majoritet inte kan nås ens med alla 30 som inte svarat"


def test_the_third_sentence_is_made_from_the_figures():
    """One headline result, 32 of 50."""
    sentence = analysed(EXAMPLE).sentences[2]
    assert (
        sentence
        == "1 av 1 huvudresultat gäller mer än hälften av dem som svarat: ”Need”, där minst 9 av de 30 som inte svarat måste tycka likadant för en majoritet."
    )


def test_one_answer_moves_the_tipping_point_by_one_and_can_end_the_majority():
    """41, 40 ... 26 of 50: one more of the silent is needed each time, and at half no majority is claimed."""
    for yes in range(41, 25, -1):
        result = analysed(answered_of((80, 0, 0), (50, 0, 0), (yes, 0, 0)))
        assert result.worst.iloc[0]["needed"] == 41 - yes
    half = analysed(answered_of((80, 0, 0), (50, 0, 0), (25, 0, 0)))
    assert half.sentences[2].startswith("Inget av huvudresultaten")
    assert not analysed(answered_of((80, 0, 0), (50, 0, 0), (26, 0, 0))).sentences[2].startswith("Inget")


def test_weights_restore_the_members_shares():
    """Two classes of 10 and 30, 8 of each answered: 8 of 8 and 2 of 8 become 10/40 + 30/40 x 2/8 = 43.75 %."""
    made = answered_of((10, 0, 30), (8, 0, 8), (8, 0, 2))
    row = weighed(made).iloc[0]
    assert row["share"] == pytest.approx(10 / 16)
    assert row["weighted"] == pytest.approx(10 / 40 + 30 / 40 * 2 / 8)
    assert row["shift"] == pytest.approx(row["weighted"] - row["share"])
    assert row["margins"] == "size"
    yes = [1.0] * 8 + [1.0] * 2 + [0.0] * 6
    mean, _ = calibrated_mean(yes, post_stratify(["S"] * 8 + ["L"] * 8, {"S": 10, "L": 30}))
    assert row["weighted"] == pytest.approx(mean)


def log_of_two(came, heard):
    """Who came to the annual meeting and to a webinar."""
    return pd.concat([log_of(None, "annual_meeting", came), log_of(None, "webinar", heard)], ignore_index=True)


def ids(*numbers):
    return [f"m{n:03d}" for part in numbers for n in part]


@pytest.mark.parametrize(
    ("came", "heard", "margins"),
    [
        (ids(range(30)), ids(range(10)), "annual_meeting;webinar"),
        (ids(range(10)), ids(range(30)), "webinar;annual_meeting"),
        (ids(range(4)), ids(range(30)), "webinar"),
        (ids(range(46), range(50, 55)), ids(range(30)), "webinar"),
        (ids(range(25), range(50, 62)), ids(range(30)), "webinar"),
        (ids(range(10, 35), range(50, 61)), ids(range(30)), "webinar;annual_meeting"),
        (ids(range(25), range(50, 61)), ids(range(30)), "webinar"),
    ],
)
def test_answers_are_calibrated_by_that_in_which_those_who_answered_differ(came, heard, margins):
    """The widest first; not with four of the one kind or of the other, and not at 25 of 50 against 12 of 30, .20 apart; nor
    where it contradicts a wider one: all thirty of the webinar answered, and eleven of the meeting are among the others."""
    made = answered_of((80, 0, 0), (50, 0, 0), (30, 0, 0))
    assert weighed(made, log=log_of_two(came, heard)).iloc[0]["margins"] == margins


def test_there_are_five_answers_for_each_class_that_is_counted():
    """Fourteen answers carry two classes: size, of which the difference is greater, and no second trait."""
    made = answered_of((14, 0, 16), (9, 0, 5), (4, 0, 2))
    came = log_of(made, "annual_meeting", ids(range(5), range(14, 16), range(9, 12)))
    table = traits(made, ASKED, came)
    apart = likeness(table, profile(table, ASKED)).set_index("trait")["largest"]
    assert abs(apart["size"]) > abs(apart["annual_meeting"]) >= 0.25
    assert weighed(made, log=came).iloc[0]["margins"] == "size"
    assert weighed(made).iloc[0]["margins"] == "size"


def test_a_class_without_answers_leaves_its_margin_out():
    """No large member answered: size cannot be met, nothing is weighted, and the sentence says so."""
    made = answered_of((20, 0, 10), (12, 0, 0), (6, 0, 0))
    result = analysed(made)
    assert result.weighted.iloc[0]["margins"] == "" and np.isnan(result.weighted.iloc[0]["weighted"])
    assert result.sentences[1].startswith("Svaren vägs inte")


def test_those_whom_a_question_does_not_concern_are_outside_the_weighted_share():
    """Ten small and thirty large; of eight that answered in each four and eight have used it: 2 of 4 and 2 of 8 say yes."""
    item = replace(NEED, options=(*NEED.options, Option("Har inte använt", outside=True)))
    members, high = sized(10, 0, 30), "Mycket stort"
    small, large = (dict(zip(ids(part), said, strict=False)) for part, said in (
        (range(8), [high] * 2 + ["Inget"] * 2 + ["Har inte använt"] * 4), (range(10, 18), [high] * 2 + ["Inget"] * 6)))  # fmt: skip
    made, asked = frame(members, [item], {"need": small | large}), survey(item)
    row = weighed(made, asked).iloc[0]
    assert (row["count"], row["base"], row["population"], row["share"]) == (4, 12, 40, 4 / 12)
    users = 10 * 4 / 8 + 30
    assert row["weighted"] == pytest.approx((10 * 2 / 8 + 30 * 2 / 8) / users)
    worst = analysed(made, asked).worst.iloc[0]
    assert (worst["population"], worst["silent"]) == (30, 18), "twelve of the sixteen that answered, of forty"


@settings(max_examples=25)
@given(st.tuples(*[st.integers(5, 12)] * 2), st.data())
def test_weighting_by_size_is_the_sum_over_classes(answered, data):
    """Whatever the counts, the weighted share is sum N_h/N p_h, and equal shares are never moved."""
    yes = tuple(data.draw(st.integers(0, n)) for n in answered)
    made = answered_of((14, 0, 26), (answered[0], 0, answered[1]), (yes[0], 0, yes[1]))
    weighing = weighing_of(traits(made, ASKED, None), ("size",))
    told = ticks(made.answers, NEED, weighing.members, choices_of(NEED))[:, 0]
    share, weights = np.mean(told), weighing.weights.weights
    weighted_share = float(weights @ told / weights.sum())
    assert weighted_share == pytest.approx(14 / 40 * yes[0] / answered[0] + 26 / 40 * yes[1] / answered[1])
    if yes[0] * answered[1] == yes[1] * answered[0]:
        assert weighted_share == pytest.approx(share, abs=1e-9)


def test_the_log_makes_engagement_a_trait_and_a_margin():
    """Those who came to the annual meeting answered; the sentence says so with counts."""
    ids = [f"m{i:03d}" for i in range(80)]
    present = ids[:18]
    result = analysed(EXAMPLE, ASKED, log_of(EXAMPLE, "annual_meeting", present))
    row = result.profile.set_index("trait").loc["annual_meeting"]
    assert row[["answered", "silent", "members"]].tolist() == [18, 0, 18]
    assert "”deltog i årsmötet”: 18 av 50 (36\u00a0%) mot 0 av 30 (0\u00a0%)" in result.sentences[0]
    assert "webinar" not in set(result.profile["trait"])
    assert "annual_meeting" not in analysed(EXAMPLE).profile["trait"].to_numpy()


def test_those_who_answer_like_the_rest_are_said_to_be_alike():
    """Every second member of every class answered: no trait is apart."""
    members = [member(i) for i in range(40)]
    made = frame(members, [NEED], {"need": {m.member_id: "Litet" for m in members[::2]}})
    assert analysed(made).sentences[0].startswith("De 20 kommuner som svarat liknar de 20 som inte svarat")


def test_a_census_has_no_non_response_to_speak_of():
    """Everybody answered."""
    result = analysed(answered_of((20, 0, 10), (20, 0, 10), (20, 0, 5)))
    assert result.sentences[0] == "Alla 30 kommuner svarade, så inget bortfall kan snedvrida resultatet."


def test_a_wave_of_eight_answers_of_twelve_still_gives_three_sentences():
    """Small but never an error."""
    result = analysed(answered_of((6, 4, 2), (4, 3, 1), (3, 1, 1)))
    assert all(sentence.endswith(".") for sentence in result.sentences)
    none = analysed(answered_of((6, 4, 2), (1, 1, 0), (1, 0, 0)))
    assert len(none.weighted) == 0
    assert none.sentences[1] == "Svaren är för få för att vägas så att de liknar alla medlemmar."


def test_headline_items_are_those_declared():
    """[comparisons] headline names them; else every scale."""
    other = scale("value")
    members = sized(20, 10, 10)
    said = yes_no(members, (5, 5, 5), (10, 8, 8), (20, 10, 10))
    made = frame(members, [NEED, other], {"need": said, "value": said})
    assert analysed(made, survey(NEED, other)).worst["item"].tolist() == ["need", "value"]
    declared = survey(NEED, other, comparisons=Comparisons(headline=("value",)))
    assert analysed(made, declared).worst["item"].tolist() == ["value"]


@given(st.integers(1, 60).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n), st.integers(n + 1, 90))))
def test_the_slack_is_how_far_the_silent_may_differ(case):
    """Whatever the silent say: as near as the slack the half is on the same side, any nearer to the other side it is not."""
    count, base, population = case
    room, silent, most = slack(count, base, population), population - base, count / base > 0.5
    for said_so in range(silent + 1):
        holds = (count + said_so > population / 2) == most
        apart = (count / base - said_so / silent) * (1 if most else -1)
        assert holds == (not np.isnan(room) and apart <= room + 1e-9)


@pytest.mark.parametrize(
    ("count", "base", "words"),
    [
        (36, 50, "Mer än hälften, så länge de andra skiljer sig högst 55 procentenheter"),
        (45, 50, "Mer än hälften, hur de andra än svarar"),
        (22, 50, "Högst hälften, så länge de andra skiljer sig högst 16 procentenheter"),
        (5, 50, "Högst hälften, hur de andra än svarar"),
    ],
)
def test_how_long_a_result_holds_is_said(count, base, words):
    """36 of 50 of 80: five of the thirty are needed, 16.7 %, which is 55.3 points under 72 %; never rounded up."""
    row = pd.Series({"count": count, "base": base, "slack": slack(count, base, 80)})
    assert holds_words(row) == words


def test_how_long_a_mean_holds_is_said():
    """Fifty of eighty with a net value of 24: the thirty may be at 24 - 64 = -40, where all together are at nought."""
    asked = replace(survey(nps("tell")), comparisons=Comparisons(headline=("tell",)))
    rows = {
        "item": "tell",
        "statistic": "nps",
        "segmentation": "all",
        "base": 50,
        "population": 80,
        "suppressed": False,
    }
    told = [*mean_sentences(pd.DataFrame([rows | {"value": 24.0}]), asked)]
    assert told == [
        "”Tell”: rekommendationstalet ligger över noll så länge de som inte svarat ligger högst 64 lägre i genomsnitt."
    ]
    assert (50 * 24 + 30 * (24 - 64)) == 0
    assert not [*mean_sentences(pd.DataFrame([rows | {"value": 24.0, "suppressed": True}]), asked)]


def shifted(*rows):
    """Calibrated results of one matrix as (share, weighted)."""
    table = pd.DataFrame(rows, columns=["share", "weighted"]).assign(count=1.0, option="topp2")
    return table.assign(item=["need", "other"][: len(rows)], shift=table["weighted"] - table["share"])


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([(0.7, 0.76), (0.5, 0.5)], "lita på ordningen, mindre på nivåerna."),
        ([(0.7, 0.74), (0.5, 0.5)], "det ändrar inget resultat nämnvärt när svaren vägs."),
        ([(0.7, 0.75), (0.5, 0.5)], "lita på ordningen, mindre på nivåerna."),
        ([(0.56, 0.5), (0.5, 0.56)], "varken ordningen eller nivåerna är säkra."),
        ([(0.56, 0.5), (0.5, 0.54)], "lita på ordningen, mindre på nivåerna."),
        ([(0.54, 0.5), (0.5, 0.56)], "lita på ordningen, mindre på nivåerna."),
    ],
)
def test_what_can_be_trusted_is_chosen_by_rule(rows, told):
    """Five points: a level that moves so far, and two results that far apart that change places."""
    asked = survey(replace(NEED, group="needs"), replace(scale("other"), group="needs"))
    table = traits(EXAMPLE, ASKED, log_of(EXAMPLE, "webinar", ids(range(18))))
    apart = profile(table, ASKED)
    sentence = trust_sentence(asked, apart, likeness(table, apart), shifted(*rows))
    assert sentence == f"De 50 som svarat är mer aktiva än de 30 andra: {told}"


def test_what_is_not_apart_is_named_as_what_it_is_called_and_what_is_known_of_nobody_is_no_trait():
    """A trait may be called "Deltog i årsmötet"; a register without SKR's groups has none to compare."""
    table = traits(EXAMPLE, ASKED, log_of(EXAMPLE, "webinar", ids(range(18)))).assign(skr_group=UNKNOWN)
    told = profile(table, ASKED)
    assert "skr_group" not in set(told["trait"])
    alike = likeness(table, told)
    alike["largest"] = alike["trait"].map({"size": 0.5}).fillna(0.0)
    sentence = likeness_sentence(told.assign(standardised=0.0), alike)
    assert sentence.endswith(
        "ingen tydlig skillnad finns när det gäller ”landsdel”, ”år som medlem” och ”deltog i något webbinarium”."
    )


def test_nobody_is_called_alike_for_what_an_edition_leaves_out():
    """Alike in what is told, which is not all; of a difference it is not said that it is the largest."""
    asked, table = survey(NEED), traits(EXAMPLE, ASKED, None)
    told = profile(table, ASKED)
    alike = likeness(table, told).assign(largest=0.0)
    for sentence in (trust_sentence(asked, told, alike, None, True), likeness_sentence(told, alike, True)):
        assert "liknar de 30 " in sentence and "i det som redovisas" in sentence and "som de står" not in sentence
    worst = alike.assign(largest=0.5)
    assert "skiljer sig mest från" in likeness_sentence(told, worst)
    assert "skiljer sig tydligt från" in likeness_sentence(told, worst, True)


@pytest.mark.parametrize(
    ("joined", "name"),
    [
        (date(2021, 1, 2), "Under 5 år"),
        (date(2020, 12, 30), "5–14 år"),
        (date(2010, 12, 30), "15 år eller mer"),
        (None, "Uppgift saknas"),
    ],
)
def test_years_as_member_fall_in_classes(joined, name):
    """Five and fifteen years at the date of the frame."""
    assert years_class(joined, date(2026, 1, 1)) == name


def worst_of(*rows):
    """Headline results as (item, how many said so) of fifty that answered, of eighty."""
    table = pd.DataFrame(rows, columns=["item", "count"]).assign(option="topp2", base=50, population=80, silent=30)
    return table.assign(needed=(41 - table["count"]).clip(lower=0).astype(float))


def test_the_surest_result_is_the_one_that_most_said_whatever_the_order():
    """Two that already have a majority of all are not alike: the one that more members gave is surer; true equals stand together."""
    labels = {"a": "Nätverk", "b": "Kunskap", "c": "Påverkan"}
    told = worst_sentence(worst_of(("a", 43), ("b", 45), ("c", 27)), labels, 30)
    assert "säkrast är ”Kunskap”, där" in told and "osäkrast är ”Påverkan”, där" in told
    assert "säkrast är ”Nätverk” och ”Kunskap”, där" in worst_sentence(
        worst_of(("a", 45), ("b", 45), ("c", 27)), labels, 30
    )
