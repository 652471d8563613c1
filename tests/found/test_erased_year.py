"""A year whose answers are erased still gives last year's figures: published numbers against this year's."""

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sekom_survey.counted.segment import ALL
from sekom_survey.counted.year import PUBLIC, analyse
from sekom_survey.found.change.published import UNPAIRED
from sekom_survey.found.findings import Findings
from sekom_survey.found.past_run import read_erased
from sekom_survey.found.verdict import VERDICTS
from sekom_survey.running.manifest import write_manifest
from sekom_survey.running.outputs import write_csv
from sekom_survey.shown.exhibits import change_slope, change_table, theme_change, theme_drift, theme_trend
from sekom_survey.upkeep.erase import erase
from sekom_survey.upkeep.next_year import new_year

EXAMPLE = Path(__file__).parents[2] / "surveys" / "exempel"
ITEMS = ("challenge", "strength", "everyday")


@pytest.fixture(scope="module")
def whole():
    """This year beside last year's answers."""
    return Findings(analyse(EXAMPLE / "2026"))


@pytest.fixture(scope="module")
def place(whole, tmp_path_factory):
    """The example's two years in a place of their own, the first published (its totals, and the themes that are approved) and then erased."""
    place = tmp_path_factory.mktemp("gallrat")
    shutil.copytree(EXAMPLE, place / "surveys")
    public = place / "reports" / "2025" / "public"
    public.mkdir(parents=True)
    themes = whole.themes_before.estimates
    tables = {
        "estimates": whole.before.estimates,
        "means": whole.before.means,
        "themes": themes[themes["item"].isin(approved(whole))],
    }
    for name, table in tables.items():
        write_csv(table[table["segment"] == ALL], public / f"{name}.csv")
    (public / "goals.csv").write_text("goal,indicator,unit,baseline,outcome\nM1,M1b,antal,0,6\n", encoding="utf-8")
    write_manifest(whole.before, public)
    erase(place / "surveys" / "2025", date(2028, 6, 1), True, place / "reports")
    assert not list((place / "surveys" / "2025" / "export").iterdir())
    assert not (place / "surveys" / "2025" / "codings.csv").exists()
    return place


@pytest.fixture(scope="module")
def after(place):
    """This year beside the erased one."""
    return Findings(analyse(place / "surveys" / "2026"))


def approved(found):
    """The items whose themes of last year may be published."""
    return {item for item in ITEMS if found.themes_before.is_approved(item)}


def test_every_number_of_last_year_is_compared_as_it_was_published(after, whole):
    """The same questions and options as with the answers, the same results of all who answered, to the last digit kept."""
    assert after.before is None
    both = whole.changes.merge(
        after.changes, on=["item", "option"], suffixes=("", "_kept"), validate="one_to_one", how="outer", indicator=True
    )
    assert set(both["_merge"]) == {"both"}
    for column in (
        "all_before",
        "all_after",
        "all_before_base",
        "all_after_base",
        "all_before_population",
        "all_after_population",
    ):
        np.testing.assert_allclose(both[f"{column}_kept"], both[column], rtol=1e-8)
    assert both["reworded"].equals(both["reworded_kept"])


def test_nothing_is_said_that_needs_single_members(after):
    """No pairs, no parts; the verdicts are the same words and the interval holds the difference."""
    told = after.changes[after.changes["test"] == UNPAIRED]
    assert len(told) > 100
    assert (
        told[["paired_base", "members", "stayers_change", "opinion_part", "membership_part", "joined_part"]]
        .isna()
        .all(axis=None)
    )
    assert set(after.changes["verdict"]) <= {*VERDICTS, ""}
    assert ((told["low"] <= told["difference"]) & (told["difference"] <= told["high"])).all()
    assert told["p"].between(0, 1).all()


def test_without_pairs_no_more_is_called_sure(after, whole):
    """Erasing answers makes nobody surer."""
    sure = [
        set(map(tuple, one.changes.loc[one.changes["verdict"].str.startswith("säker"), ["item", "option"]].to_numpy()))
        for one in (after, whole)
    ]
    assert sure[0] <= sure[1]


def test_the_report_says_that_the_answers_are_erased(after):
    """Who is compared stands under the heading, why in the note; what cannot be told is a dash."""
    slope = change_slope(after.year, after.changes, "need", "Behoven")
    table = change_table(after.year, after.changes)
    for exhibit in (slope, table):
        assert "Förra årets svar är gallrade" in exhibit.note
        assert "lla som svarat vart år" in exhibit.subtitle
        assert "båda åren" not in exhibit.subtitle + exhibit.note
    assert set(table.table["varav ändrad uppfattning"]) == {"–"}
    assert slope.data[["before", "after", "before_low", "after_high"]].notna().all(axis=None)


def test_with_last_years_answers_the_report_says_the_same_members(whole):
    """The other case, so that the sentence means something."""
    exhibit = change_table(whole.year, whole.changes)
    assert "gallrade" not in exhibit.note
    assert "samma kommuner båda åren" in exhibit.subtitle.casefold()


def test_themes_are_compared_with_the_published_ones(after, whole):
    """The same table of counts; what needs last year's texts is left out."""
    assert approved(after) == approved(whole) != set()
    public = replace(after.year, build=PUBLIC)
    for item in ITEMS:
        kept = theme_change(after.year, item, after.themes, after.themes_before)
        assert (kept is not None) == (item in approved(whole))
        if kept is not None:
            pd.testing.assert_frame_equal(
                kept.data, theme_change(whole.year, item, whole.themes, whole.themes_before).data
            )
            assert (
                theme_change(public, item, after.themes, after.themes_before) is not None
            ) == after.themes.is_approved(item)
    assert theme_drift(after.year, after.themes, after.themes_before) is None
    assert theme_trend(after.year, after.themes, after.themes_before) is None


def test_goals_claims_and_nonresponse_rest_on_the_log_and_the_register_as_before(after, whole):
    """They are not erased: outcomes and baselines, verdicts and profile are the same; a claim of change says whom it compares."""
    assert [(r.indicator.id, r.measured.value, r.indicator.baseline) for r in after.goals.results] == [
        (r.indicator.id, r.measured.value, r.indicator.baseline) for r in whole.goals.results
    ]
    pd.testing.assert_frame_equal(after.log_before, whole.log_before)
    assert after.erased_before.members == frozenset(whole.before.frame.members["member_id"])
    assert after.nonresponse.sentences == whole.nonresponse.sentences
    both = after.claims.merge(whole.claims, on="claim", suffixes=("", "_whole"))
    differs = both[both["figures"] != both["figures_whole"]]
    assert all("gallrade" in text for text in differs["figures"])


def test_the_next_year_takes_its_baselines_from_what_was_kept(place):
    """The internal report is erased; the published goals are not."""
    lines = "\n".join(new_year(place / "surveys" / "2030", place / "surveys" / "2025", place / "none"))
    assert "utgångsvärde för 1 mått" in lines


@pytest.mark.parametrize("file", ["run.json", "estimates.csv", "means.csv", "themes.csv"])
def test_published_numbers_that_cannot_be_read_are_left_out(place, tmp_path, file):
    """No traceback and no made-up number."""
    folder = shutil.copytree(place / "surveys" / "2025", tmp_path / "2025")
    (folder / "published" / file).write_text("{", encoding="utf-8")
    left = read_erased(folder)
    assert left is not None
    assert (left.run is None) == (file == "run.json")
    assert (left.themes is None) == (file == "themes.csv")
