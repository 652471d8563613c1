"""Who did not answer, and what it may do to the results."""

from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sekom_survey.found.nonresponse import analyse_nonresponse
from sekom_survey.found.nonresponse.profile import likeness, profile
from sekom_survey.found.nonresponse.sentences import tipping_phrase, tipping_words, worst_sentence
from sekom_survey.found.nonresponse.traits import traits, years_class
from sekom_survey.found.nonresponse.weighting import weighted
from sekom_survey.model import Comparisons
from sekom_survey.stats.weights import calibrated_mean
from tests.found.compare.frames import frame, member, scale, sized, survey, yes_no
from tests.stats.beside import post_stratify

NEED = scale("need")
ASKED = survey(NEED)


def answered_of(sizes, answered, yes):
    """A frame where so many of each size class answered the one question, and so many of them said yes."""
    members = sized(*sizes)
    return frame(members, [NEED], {"need": yes_no(members, yes, answered, sizes)})


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
    worst = analyse_nonresponse(answered_of((38, 26, 16), (20, 18, 12), yes), ASKED).worst.iloc[0]
    assert worst["needed"] == needed
    assert (worst["possible_low"], worst["possible_high"]) == (sum(yes) / 80, (sum(yes) + 30) / 80)
    assert tipping_words(worst["needed"], worst["silent"], 30) == cell


def test_a_majority_out_of_reach_is_said():
    """2 of 50 can never be a majority of 80."""
    worst = analyse_nonresponse(answered_of((38, 26, 16), (20, 18, 12), (1, 1, 0)), ASKED).worst.iloc[0]
    assert np.isnan(worst["needed"])
    assert tipping_phrase(worst["needed"], 30, 30) == "en majoritet inte kan nås ens med alla 30 som inte svarat"


def test_the_third_sentence_is_made_from_the_figures():
    """One headline result, 32 of 50."""
    sentence = analyse_nonresponse(EXAMPLE, ASKED).sentences[2]
    assert (
        sentence
        == "1 av 1 huvudresultat gäller mer än hälften av dem som svarat: ”Need”, där minst 9 av de 30 som inte svarat måste tycka likadant för en majoritet."
    )


def test_one_answer_moves_the_tipping_point_by_one_and_can_end_the_majority():
    """41, 40 ... 26 of 50: one more of the silent is needed each time, and at half no majority is claimed."""
    for yes in range(41, 25, -1):
        result = analyse_nonresponse(answered_of((80, 0, 0), (50, 0, 0), (yes, 0, 0)), ASKED)
        assert result.worst.iloc[0]["needed"] == 41 - yes
    half = analyse_nonresponse(answered_of((80, 0, 0), (50, 0, 0), (25, 0, 0)), ASKED)
    assert half.sentences[2].startswith("Inget av huvudresultaten")
    assert (
        not analyse_nonresponse(answered_of((80, 0, 0), (50, 0, 0), (26, 0, 0)), ASKED).sentences[2].startswith("Inget")
    )


def test_weights_restore_the_members_shares():
    """Two classes of 10 and 30, 8 of each answered: 8 of 8 and 2 of 8 become 10/40 + 30/40 x 2/8 = 43.75 %."""
    made = answered_of((10, 0, 30), (8, 0, 8), (8, 0, 2))
    row = weighted(made, ASKED, traits(made, ASKED, None)).iloc[0]
    assert row["share"] == pytest.approx(10 / 16)
    assert row["weighted"] == pytest.approx(10 / 40 + 30 / 40 * 2 / 8)
    assert row["shift"] == pytest.approx(row["weighted"] - row["share"])
    assert row["margins"] == "size;landsdel"
    yes = [1.0] * 8 + [1.0] * 2 + [0.0] * 6
    mean, _ = calibrated_mean(yes, post_stratify(["S"] * 8 + ["L"] * 8, {"S": 10, "L": 30}), 40)
    assert row["weighted"] == pytest.approx(mean)


def test_a_class_without_answers_leaves_its_margin_out():
    """No large member answered: size cannot be met, landsdel can, and the row says so."""
    made = answered_of((20, 0, 10), (12, 0, 0), (6, 0, 0))
    row = weighted(made, ASKED, traits(made, ASKED, None)).iloc[0]
    assert row["margins"] == "landsdel"
    assert row["weighted"] == pytest.approx(row["share"])


@settings(max_examples=25, deadline=None)
@given(st.tuples(*[st.integers(3, 12)] * 2), st.data())
def test_weighting_by_size_is_the_sum_over_classes(answered, data):
    """Whatever the counts, the weighted share is sum N_h/N p_h, and equal shares are never moved."""
    yes = tuple(data.draw(st.integers(0, n)) for n in answered)
    made = answered_of((14, 0, 26), (answered[0], 0, answered[1]), (yes[0], 0, yes[1]))
    row = weighted(made, ASKED, traits(made, ASKED, None)).iloc[0]
    assert row["weighted"] == pytest.approx(14 / 40 * yes[0] / answered[0] + 26 / 40 * yes[1] / answered[1])
    if yes[0] * answered[1] == yes[1] * answered[0]:
        assert row["shift"] == pytest.approx(0, abs=1e-9)


def test_the_log_makes_engagement_a_trait_and_a_margin():
    """Those who came to the annual meeting answered; the sentence says so with counts."""
    ids = [f"m{i:03d}" for i in range(80)]
    present = ids[:18]
    result = analyse_nonresponse(EXAMPLE, ASKED, log_of(EXAMPLE, "annual_meeting", present))
    row = result.profile.set_index("trait").loc["annual_meeting"]
    assert row[["answered", "silent", "members"]].tolist() == [18, 0, 18]
    assert "”deltog i årsmötet”: 18 av 50 (36\u00a0%) mot 0 av 30 (0\u00a0%)" in result.sentences[0]
    assert "webinar" not in set(result.profile["trait"])
    assert "annual_meeting" not in analyse_nonresponse(EXAMPLE, ASKED).profile["trait"].to_numpy()


def test_those_who_answer_like_the_rest_are_said_to_be_alike():
    """Every second member of every class answered: no trait is apart."""
    members = [member(i) for i in range(40)]
    made = frame(members, [NEED], {"need": {m.member_id: "Litet" for m in members[::2]}})
    assert (
        analyse_nonresponse(made, ASKED)
        .sentences[0]
        .startswith("De 20 kommuner som svarat liknar de 20 som inte svarat")
    )


def test_a_census_has_no_non_response_to_speak_of():
    """Everybody answered."""
    result = analyse_nonresponse(answered_of((20, 0, 10), (20, 0, 10), (20, 0, 5)), ASKED)
    assert result.sentences[0] == "Alla 30 kommuner svarade, så inget bortfall kan snedvrida resultatet."


def test_a_wave_of_eight_answers_of_twelve_still_gives_three_sentences():
    """Small but never an error."""
    result = analyse_nonresponse(answered_of((6, 4, 2), (4, 3, 1), (3, 1, 1)), ASKED)
    assert all(sentence.endswith(".") for sentence in result.sentences)
    none = analyse_nonresponse(answered_of((6, 4, 2), (1, 1, 0), (1, 0, 0)), ASKED)
    assert len(none.weighted) == 0
    assert none.sentences[1] == "Svaren är för få för att vägas så att de liknar alla medlemmar."


def test_headline_items_are_those_declared():
    """[comparisons] headline names them; else every scale."""
    other = scale("value")
    members = sized(20, 10, 10)
    said = yes_no(members, (5, 5, 5), (10, 8, 8), (20, 10, 10))
    made = frame(members, [NEED, other], {"need": said, "value": said})
    assert analyse_nonresponse(made, survey(NEED, other)).worst["item"].tolist() == ["need", "value"]
    declared = survey(NEED, other, comparisons=Comparisons(headline=("value",)))
    assert analyse_nonresponse(made, declared).worst["item"].tolist() == ["value"]


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
