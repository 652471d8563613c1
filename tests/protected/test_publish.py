"""What may leave the office."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import linprog
from sekom_survey.protected.cells import item_tables, must_hide

from sekom_survey.counted.year import analyse
from sekom_survey.model import Exhibit
from sekom_survey.protected import Withheld, check_exhibit, publish
from sekom_survey.protected.merge import merge_classes
from sekom_survey.protected.public import WIDTH
from tests.counted.test_estimate import NAMES
from tests.waves import SURVEY, answer, make_wave

YEARS = [Path(__file__).parent.parent.parent / "surveys" / "exempel" / year for year in ("2025", "2026")]


@pytest.fixture(scope="module")
def years():
    """Both years of the example."""
    return [analyse(folder) for folder in YEARS]


def attack(estimates: pd.DataFrame, item: str, year) -> dict[tuple[str, str, str], tuple[float, float]]:
    """Bounds on every hidden count of an item, from nothing but a published table: linear programming over its sums.

    Written without the package's own audit: unknowns are the hidden counts; the published total of each option is the sum
    over the classes of size, and again over landsdelar.
    """
    mine = estimates[(estimates["item"] == item) & (~estimates["option"].isin(["topp2", "0–6", "7–8", "9–10"]))]
    totals = mine[mine["segmentation"] == "all"].set_index("option")["count"]
    bounds = {}
    for segmentation in ("size", "landsdel"):
        part = mine[mine["segmentation"] == segmentation]
        unknown = [(row.option, row.segment) for row in part[part["suppressed"]].itertuples()]
        if not unknown:
            continue
        places = {cell: i for i, cell in enumerate(unknown)}
        rows, sums = [], []
        for option, total in totals.items():
            known = part[(part["option"] == option) & ~part["suppressed"]]["count"].sum()
            row = np.zeros(len(unknown))
            for cell, i in places.items():
                row[i] = cell[0] == option
            rows.append(row)
            sums.append(total - known)
        kept = [i for i, row in enumerate(rows) if row.any()]
        for cell, i in places.items():
            cost = np.eye(1, len(unknown), i)[0]
            ends = [
                linprog(sign * cost, A_eq=np.array(rows)[kept], b_eq=np.array(sums)[kept], bounds=(0, None)).fun
                for sign in (1, -1)
            ]
            bounds[(cell[0], segmentation, cell[1])] = (ends[0], -ends[1])
    return bounds


def recovered(years, complementary: bool) -> int:
    """How many hidden counts an outsider can tell exactly though their total leaves room for doubt."""
    found = 0
    for year in years:
        public, _ = publish(year, complementary=complementary)
        hidden = public.estimates[
            public.estimates["suppressed"] & public.estimates["segmentation"].isin(["size", "landsdel"])
        ]
        totals = public.estimates[public.estimates["segmentation"] == "all"].set_index(["item", "option"])["count"]
        for item in hidden["item"].unique():
            for (option, _, _), (low, high) in attack(public.estimates, item, year).items():
                found += high - low < 1e-6 and totals[(item, option)] >= WIDTH
    return found


def test_an_outsider_recovers_no_hidden_count_from_two_years(years):
    """Given only the public tables; without complementary suppression the same attack succeeds."""
    assert recovered(years, complementary=True) == 0
    assert recovered(years, complementary=False) > 0


def test_no_member_is_in_a_public_year(years):
    """Neither rows, names nor words."""
    public, _ = publish(years[1])
    assert public.build == "public"
    assert len(public.frame.members) == len(public.frame.answers) == len(public.responses.answers) == 0
    assert public.problems == ()


def test_totals_are_untouched(years):
    """What is said of all municipalities is the same in both builds."""
    public, _ = publish(years[1])
    keys = ["item", "option", "count", "base", "low_members", "high_members"]
    internal = years[1].estimates[years[1].estimates["segmentation"] == "all"][keys].reset_index(drop=True)
    shown = public.estimates[public.estimates["segmentation"] == "all"][keys].reset_index(drop=True)
    pd.testing.assert_frame_equal(shown, internal, check_dtype=False)


def test_small_groups_show_counts_and_no_percent(years):
    """Counts from five, percent from ten."""
    public, _ = publish(years[1])
    shown = public.estimates[~public.estimates["suppressed"]]
    assert (shown["base"].dropna() >= 5).all()
    assert shown.loc[shown["base"] < 10, ["share", "low", "high", "possible_low"]].isna().all().all()
    assert shown.loc[shown["base"] < 10, "count"].notna().all()


def test_the_audit_stands_in_the_protection(years):
    """Every hidden cell whose total allows it is uncertain by at least the stated width."""
    _, protection = publish(years[1])
    assert protection.complementary > 0
    assert protection.narrowest >= protection.width == WIDTH


def test_every_exhibit_of_groups_can_be_shown_in_public(years):
    """Whatever is hidden, figures and tables are made; a shown count always has its base."""
    from sekom_survey.shown.exhibits import choices, rating, scale_rows, segment_dots

    for year in years:
        public, _ = publish(year)
        shown = public.estimates[~public.estimates["suppressed"]]
        assert shown["base"].notna().all()
        for item in year.survey.questionnaire.of_kind("scale"):
            group = item.group or item.id
            assert scale_rows(public, group).table is not None
            for segmentation in ("size", "landsdel", "role"):
                assert segment_dots(public, group, segmentation, "T").alt
        for item in year.survey.questionnaire.of_kind("single", "multi"):
            assert choices(public, item.id).alt
        assert rating(public, "satisfaction").alt


def register(n, large):
    head = "member_id,name,kind,status,code,county,population,joined,left,latitude,longitude\n"
    return head + "".join(
        f"m{i},{name},municipality,member,,{'Kalmar län' if i % 2 else 'Norrbottens län'},{9_000 if i >= large else 60_000},,,,\n"
        for i, name in enumerate(NAMES[:n])
    )


def test_a_class_with_too_few_answers_is_merged_with_its_neighbour(tmp_path):
    """Classes are merged before anything is hidden, and the name tells."""
    year = analyse(make_wave(tmp_path / "w", [answer(name) for name in NAMES[:12]], members=register(20, 2)))
    frame, told = merge_classes(year.frame, year.survey)
    assert set(frame.members["size"]) == {"Små och stora"}
    assert told == ("size: Små och stora",)


def test_eight_answers_of_twelve_still_give_a_safe_year(tmp_path):
    """Everything too small: totals remain, nothing small is shown."""
    year = analyse(
        make_wave(
            tmp_path / "w",
            [answer(name, satisfaction=i + 2) for i, name in enumerate(NAMES[:8])],
            members=register(12, 3),
            survey=SURVEY.replace("minimum_base = 3", "minimum_base = 5"),
        )
    )
    public, _ = publish(year)
    shown = public.estimates[~public.estimates["suppressed"]]
    assert (shown["base"].dropna() >= 5).all()
    assert (shown["segmentation"] == "all").any()


def test_unanimous_small_groups_on_sensitive_items_are_hidden(years):
    """Six of six tells each one's answer."""
    item = years[1].wave.questionnaire.item("satisfaction")
    assert item.sensitive
    values = {("8", "size", "Stora"): 6, ("[base]", "size", "Stora"): 6, ("[everyone]", "size", "Stora"): 6}
    assert must_hide(("size", "Stora"), values, item, 5)
    assert not must_hide(("size", "Stora"), {**values, ("8", "size", "Stora"): 5, ("7", "size", "Stora"): 1}, item, 5)
    assert not must_hide(("size", "Stora"), values, replace(item, sensitive=False), 5)


def test_the_equations_hold_for_the_true_counts(years):
    """The linked tables of every item agree with themselves."""
    from sekom_survey.counted.estimate import COUNTED_KINDS, estimate
    from sekom_survey.stats.disclosure import broken_equations

    rows, _ = estimate(years[1].frame, replace(years[1].survey, minimum_base=1))
    for item in years[1].survey.questionnaire.of_kind(*COUNTED_KINDS):
        mine = rows[(rows["item"] == item.id) & rows["segmentation"].isin(["all", "size", "landsdel", "role"])]
        assert broken_equations(item_tables(mine, item, 5).tables) == [], item.id


def exhibit(data, internal=False):
    return Exhibit("x", "table", "T", "", "", "", data, pd.DataFrame(), internal)


@pytest.mark.parametrize(
    ("shown", "withheld"),
    [
        (exhibit(pd.DataFrame({"base": [50], "share": [0.5]})), False),
        (exhibit(pd.DataFrame({"base": [4], "share": [0.5]})), True),
        (exhibit(pd.DataFrame({"base": [4], "share": [0.5], "suppressed": [True]})), False),
        (exhibit(pd.DataFrame({"base": [4], "share": [np.nan]})), False),
        (exhibit(pd.DataFrame({"member_id": ["m1"]})), True),
        (exhibit(pd.DataFrame({"text": ["hej"]})), True),
        (exhibit(pd.DataFrame({"base": [50]}), internal=True), True),
    ],
)
def test_the_gate_refuses_what_an_analyst_adds_by_mistake(shown, withheld):
    """Internal exhibits, single members, and groups under the minimum."""
    if withheld:
        with pytest.raises(Withheld):
            check_exhibit(shown, 5)
    else:
        check_exhibit(shown, 5)
