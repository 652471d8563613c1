"""Shares and means with base, interval, bounds and suppression."""

import numpy as np
import pytest

from sekom_survey.counted.choices import nps_group, round_half_up
from sekom_survey.counted.estimate import COLUMNS, estimate, share_row
from sekom_survey.counted.frame import build_frame
from sekom_survey.counted.year import read_year
from tests.waves import SURVEY, answer, make_wave

NAMES = [
    f"{a}{b}"
    for a in ("Al", "Björk", "Ceder", "Duv", "Ek", "Furu", "Gran", "Hassel")
    for b in ("köping", "valla", "sö", "hult", "bro", "landa", "rum", "tuna", "vad", "moen")
]


def register(n):
    head = "member_id,name,kind,status,code,county,population,joined,left,latitude,longitude\n"
    return head + "".join(
        f"m{i},{name},municipality,member,,Kalmar län,{10_000 if i < 15 else 60_000},,,,\n"
        for i, name in enumerate(NAMES[:n])
    )


def estimates_of(tmp_path, rows, members, survey=SURVEY):
    wave, _, responses, _ = read_year(make_wave(tmp_path / "w", rows, survey=survey, members=members))
    return estimate(build_frame(responses, wave), wave.survey)


def test_the_published_values_hold_all_the_way_from_the_export(tmp_path):
    """30 of 50 with N = 80 stands for 41-54 members; bounds 30-60 of 80."""
    rows = [answer(name, support="Stort behov" if i < 30 else "Litet behov") for i, name in enumerate(NAMES[:50])]
    estimates, _ = estimates_of(tmp_path, rows, register(80))
    row = share_row(estimates, "need_support", "Stort behov")
    assert (row["count"], row["base"], row["population"]) == (30, 50, 80)
    assert (row["low_members"], row["high_members"]) == (41, 54)
    assert row["share"] == pytest.approx(0.6)
    assert (row["low"], row["high"]) == (pytest.approx(41 / 80), pytest.approx(54 / 80))
    assert (row["possible_low"], row["possible_high"]) == (pytest.approx(30 / 80), pytest.approx(60 / 80))


def test_segments_have_their_own_population(tmp_path):
    """0 of 8 and 3 of 8 in a class of 15: 0-4 and 3-9 members."""
    rows = [answer(name, support="Stort behov" if i < 3 else "Litet behov") for i, name in enumerate(NAMES[:8])]
    estimates, _ = estimates_of(tmp_path, rows, register(30))
    many, none = (
        share_row(estimates, "need_support", option, "size", "Små") for option in ("Stort behov", "Inget behov")
    )
    assert (many["population"], many["low_members"], many["high_members"]) == (15, 3, 9)
    assert (none["low_members"], none["high_members"]) == (0, 4)


def test_answers_outside_the_scale_never_count_as_low(tmp_path):
    """ "Vet inte" leaves the base of the scale, and is counted among all who answered."""
    said = ["Stort behov"] * 3 + ["Litet behov"] * 1 + ["Vet inte"] * 4
    rows = [answer(name, support=option) for name, option in zip(NAMES, said, strict=False)]
    estimates, means = estimates_of(tmp_path, rows, register(20))
    assert share_row(estimates, "need_support", "Stort behov")[["count", "base"]].tolist() == [3, 4]
    assert share_row(estimates, "need_support", "Vet inte")[["count", "base"]].tolist() == [4, 8]
    assert share_row(estimates, "need_support", "topp2")[["count", "base"]].tolist() == [3, 4]
    mean = means[(means["item"] == "need_support") & (means["segmentation"] == "all")].iloc[0]
    assert mean["value"] == pytest.approx((3 * 3 + 2) / 4)


def test_a_small_base_is_suppressed_with_a_reason_and_shows_no_number(tmp_path):
    """Nothing about a group under the minimum but its size."""
    rows = [answer(name) for name in [*NAMES[:6], *NAMES[15:17]]]
    estimates, means = estimates_of(tmp_path, rows, register(30))
    large = estimates[(estimates["segmentation"] == "size") & (estimates["segment"] == "Stora")]
    assert large["suppressed"].all()
    assert set(large["reason"]) <= {"färre än 3 svar", "inga svar"}
    assert large[["count", "share", "low", "high", "low_members", "possible_high"]].isna().all().all()
    assert means.loc[(means["segment"] == "Stora"), "value"].isna().all()


def test_a_base_exactly_at_the_minimum_is_shown(tmp_path):
    """Three answers in a group are enough when the minimum is three: for shares, means and quantiles."""
    estimates, means = estimates_of(tmp_path, [answer(name) for name in [*NAMES[:6], *NAMES[15:18]]], register(30))
    large = estimates[(estimates["segment"] == "Stora") & (estimates["item"] == "need_support")]
    assert set(large["base"]) == {3} and not large["suppressed"].any() and large["count"].notna().all()
    assert means.loc[(means["segment"] == "Stora") & (means["item"] == "satisfaction"), "value"].notna().all()


def test_own_words_alone_stay_in_the_base(tmp_path):
    """A respondent whose only choice is unrecognised does not fall out."""
    rows = [answer(name, top="Fika;" if i == 0 else "Nätverk;") for i, name in enumerate(NAMES[:5])]
    estimates, _ = estimates_of(tmp_path, rows, register(10))
    assert share_row(estimates, "top_value", "Nätverk")[["count", "base"]].tolist() == [4, 5]
    assert share_row(estimates, "top_value", "Annat")["count"] == 1


def test_roles_are_counted_over_all_members(tmp_path):
    """Each member has one contact of either role."""
    rows = [answer(name, "Politiker") for name in NAMES[:4]] + [answer(name) for name in NAMES[:6]]
    estimates, _ = estimates_of(tmp_path, rows, register(10))
    rows = estimates[
        (estimates["segmentation"] == "role") & (estimates["item"] == "introduced") & (estimates["option"] == "Nej")
    ].set_index("segment")
    assert rows["base"].to_dict() == {"Förtroendevalda": 4, "Tjänstepersoner": 6}
    assert set(rows["population"]) == {10}


def test_regions_stand_apart(tmp_path):
    """Totals are over municipalities; regions only in the segmentation kind."""
    members = register(10) + "".join(
        f"r{i},Region {name},region,member,,Kalmar län,,,,,\n" for i, name in enumerate(NAMES[60:64])
    )
    rows = [answer(name) for name in NAMES[:5]] + [answer(f"Region {name}") for name in NAMES[60:64]]
    estimates, _ = estimates_of(tmp_path, rows, members)
    assert share_row(estimates, "introduced", "Nej")[["base", "population"]].tolist() == [5, 10]
    assert share_row(estimates, "introduced", "Nej", "kind", "Regioner")[["base", "population"]].tolist() == [4, 4]
    assert (
        estimates.loc[estimates["segmentation"] == "size", "population"].groupby(estimates["segment"]).max() <= 10
    ).all()


def test_every_row_is_whole(tmp_path):
    """Named columns; shares within bounds and intervals; one row an option and segment."""
    rows = [answer(name, satisfaction=i % 10 + 1) for i, name in enumerate(NAMES[:20])]
    estimates, _ = estimates_of(tmp_path, rows, register(40))
    assert tuple(estimates.columns) == COLUMNS
    assert not estimates.duplicated(["item", "option", "segmentation", "segment"]).any()
    shown = estimates[~estimates["suppressed"]]
    assert (shown["possible_low"] <= shown["low"] + 1e-12).all()
    assert (shown["low"] <= shown["high"]).all()
    assert (shown["high"] <= shown["possible_high"] + 1e-12).all()
    assert shown["share"].between(0, 1).all()
    assert (shown["count"] <= shown["base"]).all()


@pytest.mark.parametrize(
    ("value", "group"), [(0, "0–6"), (6, "0–6"), (6.5, "7–8"), (8, "7–8"), (8.5, "9–10"), (10, "9–10")]
)
def test_nps_groups_follow_the_published_limits(value, group):
    """Promoters 9-10, passives 7-8, detractors 0-6."""
    assert nps_group(value) == group


def test_half_a_step_is_counted_upwards():
    """The mean of two ratings is counted at a whole step."""
    assert [round_half_up(v) for v in (7.5, 7.0, 7.49)] == [8, 7, 7]


def test_ratings_have_a_mean_with_finite_population_interval(tmp_path):
    """sqrt((1 - n/N) s2/n) with Student's t."""
    values = [5, 6, 7, 8, 9, 10, 8, 8]
    rows = [answer(name, satisfaction=v) for name, v in zip(NAMES, values, strict=False)]
    _, means = estimates_of(tmp_path, rows, register(20))
    row = means[(means["item"] == "satisfaction") & (means["segmentation"] == "all")].iloc[0]
    error = np.sqrt((1 - 8 / 20) * np.var(values, ddof=1) / 8)
    assert row["value"] == pytest.approx(np.mean(values))
    assert row["high"] - row["value"] == pytest.approx(2.3646242510103 * error)
