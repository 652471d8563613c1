"""The limit of size moved, and the trend without limits."""

import numpy as np
import pytest

from sekom_survey.found.compare.limits import (
    holds_at_every_limit,
    limit_sensitivity,
    limit_sentence,
    population_trends,
)
from sekom_survey.stats.proportions import Group, newcombe_interval
from tests.found.compare.frames import frame, member, scale, survey

ITEM = scale("need")


def ladder(said):
    """24 members from 4 000 to 96 000 inhabitants; `said` gives each one's answer by number, None for silence."""
    members = [member(i, 4_000 * (i + 1)) for i in range(24)]
    given = {m.member_id: said(i) for i, m in enumerate(members) if said(i)}
    return frame(members, [ITEM], {"need": given})


def test_counts_part_at_the_limit_which_belongs_above():
    """12 000 lies below a limit of 12 500 and at one of 12 000 above."""
    made = ladder(lambda i: "Mycket stort" if i >= 12 else "Litet")
    at = limit_sensitivity(made, survey(ITEM), ITEM, "topp2", (12_000, 12_500, 48_000)).set_index("limit")
    assert at.loc[12_000, ["above_base", "below_base"]].tolist() == [22, 2]
    assert at.loc[12_500, ["above_base", "below_base"]].tolist() == [21, 3]
    assert at.loc[48_000, ["above_count", "above_base", "below_count", "below_base"]].tolist() == [12, 13, 0, 11]
    assert np.isnan(at.loc[12_000, "difference"]), "two answers below are too few"
    assert at.loc[48_000, ["low", "high"]].tolist() == pytest.approx(
        newcombe_interval(Group(12, 13, 13), Group(0, 11, 11))
    )


def test_the_sentence_tells_whether_the_direction_holds():
    """The same at each limit that can be judged, different, or nothing to judge."""
    rising = limit_sensitivity(
        ladder(lambda i: "Mycket stort" if i >= 12 else "Litet"), survey(ITEM), ITEM, "topp2", (28_000, 48_000)
    )
    assert holds_at_every_limit(rising)
    assert limit_sentence(rising) == "Skillnaden har samma riktning vid de två gränser som går att pröva."
    middle = limit_sensitivity(
        ladder(lambda i: "Mycket stort" if 8 <= i < 16 else "Litet"), survey(ITEM), ITEM, "topp2", (32_000, 68_000)
    )
    assert not holds_at_every_limit(middle)
    silent = limit_sensitivity(ladder(lambda i: "Litet" if i < 4 else None), survey(ITEM), ITEM, "topp2")
    assert not holds_at_every_limit(silent)
    assert limit_sentence(silent).startswith("Grupperna är för små")


def test_trends_follow_population_and_nothing_else():
    """Rising, falling, and an even spread."""

    def trend(said):
        return population_trends(ladder(said), survey(ITEM)).iloc[0]

    rising, falling = (
        trend(lambda i: "Mycket stort" if i >= 12 else "Litet"),
        trend(lambda i: "Mycket stort" if i < 12 else "Litet"),
    )
    assert rising["per_doubling"] == pytest.approx(-falling["per_doubling"])
    assert rising["per_doubling"] > 0
    assert rising["p_adjusted"] < 0.01
    assert trend(lambda i: "Mycket stort" if i % 2 else "Litet")["p"] > 0.05
    assert np.isnan(trend(lambda i: "Litet" if i < 4 else None)["p"])
    assert trend(lambda i: "Mycket stort")["p"] == 1.0


def test_the_slope_is_least_squares_per_doubling():
    """As numpy fits it."""
    made = ladder(lambda i: "Mycket stort" if i in {3, 8, 11, 15, 19, 23} else "Litet")
    yes = [i in {3, 8, 11, 15, 19, 23} for i in range(24)]
    slope = np.polyfit(np.log2([4_000 * (i + 1) for i in range(24)]), np.array(yes, dtype=float), 1)[0]
    assert population_trends(made, survey(ITEM)).iloc[0]["per_doubling"] == pytest.approx(slope)
