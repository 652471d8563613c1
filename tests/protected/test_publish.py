"""What may leave the office."""

from dataclasses import asdict, replace

import numpy as np
import pandas as pd
import pytest

from sekom_survey.counted.choices import COUNTED_KINDS
from sekom_survey.counted.year import analyse
from sekom_survey.model import Exhibit
from sekom_survey.protected import Withheld, check_exhibit, publish
from sekom_survey.protected.atoms import classes_of, register_of, said_of
from sekom_survey.protected.ladder import BY, SMALL_GROUP, total_is_safe, worlds_of
from sekom_survey.protected.merge import merge_classes
from sekom_survey.protected.public import given_up, told_of
from sekom_survey.protected.rows import _mean, _values
from sekom_survey.protected.second import few_set_apart
from sekom_survey.protected.worlds import WIDTH
from tests.counted.test_estimate import NAMES
from tests.protected.editions import FORM, USUAL, of_regions, register, rows_for
from tests.protected.trials import FIFTY
from tests.waves import SURVEY, answer, make_wave


@pytest.fixture(scope="module")
def year(example):
    """The example."""
    return example("2026")


@pytest.fixture(scope="module")
def published(year):
    """The example as it may be published, with its certificate."""
    return publish(year)


def test_no_member_is_in_a_public_year(published):
    """Neither rows, names, words nor cells of the file."""
    public, _ = published
    assert public.build == "public"
    assert len(public.frame.members) == len(public.frame.answers.table) == len(public.responses.answers.table) == 0
    assert (public.problems, public.wave.corrections, public.export.cells.rows, public.base.conflicts) == ((), (), 0, 0)


def test_totals_are_untouched(year, published):
    """What is said of all municipalities is the same in both builds, question by question."""
    keys = ["item", "option", "count", "base", "low_members", "high_members"]
    internal, shown = (
        one.estimates.query("segmentation == 'all'")[keys].reset_index(drop=True) for one in (year, published[0])
    )
    pd.testing.assert_frame_equal(shown, internal, check_dtype=False)


def test_small_groups_show_counts_and_no_percent(published):
    """Counts from five, percent from ten."""
    shown = published[0].estimates.query("not suppressed")
    assert (shown["base"].dropna() >= 5).all()
    assert shown.loc[shown["base"] < 10, ["share", "low", "high", "possible_low"]].isna().all().all()
    assert shown.loc[shown["base"] < 10, "count"].notna().all()


def test_the_certificate_says_what_was_tried(published):
    """How many rows, how many other worlds, and that no hidden row is narrower than promised; nobody is named."""
    certificate = published[1]
    assert certificate.tried > certificate.questions == 37
    assert certificate.worlds > certificate.tried
    assert certificate.narrowest >= certificate.width == WIDTH
    assert set(asdict(certificate)) == {
        "merged",
        "response",
        "questions",
        "totals",
        "by_size",
        "by_landsdel",
        "by_role",
        "tried",
        "worlds",
        "width",
        "narrowest",
    }


def test_what_is_given_up_is_told_without_saying_for_whom(published):
    """How many questions are shown by what; no question and no group is named."""
    public, certificate = published
    told = given_up(certificate, public.survey)
    assert f"{certificate.totals} av {certificate.questions}" in told
    assert f"{certificate.by_landsdel} efter landsdel" in told
    assert [
        item.short for item in public.survey.questionnaire.items if len(item.short) > 5 and item.short in told
    ] == []


def test_roles_are_counted_once(published):
    """The officials and the politicians are together all that answered: nobody is in both."""
    rows = published[0].estimates.query("not suppressed")
    bases = rows[rows["segmentation"] == "role"].groupby(["item", "option"])["base"].sum()
    totals = rows[rows["segmentation"] == "all"].set_index(["item", "option"])["base"]
    assert len(bases) > 20
    assert (bases == totals.loc[bases.index]).all()


def test_means_are_worked_out_of_the_counts(year, published):
    """A member with a 7 and an 8 is an 8 in the counts, and so it is in the mean; to one decimal it is the same."""
    rows = published[0].estimates.query("segmentation == 'all' and item == 'satisfaction'")
    steps = (rows["option"].astype(int) * rows["count"]).sum() / rows["count"].sum()
    shown = published[0].means.query("segmentation == 'all' and item == 'satisfaction'")["value"].iloc[0]
    assert shown == pytest.approx(steps)
    true = year.means.query("segmentation == 'all' and item == 'satisfaction'")["value"].iloc[0]
    assert abs(shown - true) < 0.05


def test_every_exhibit_of_groups_can_be_shown_in_public(published):
    """Whatever is hidden, figures and tables are made; a shown count always has its base."""
    from sekom_survey.shown.exhibits import choices, rating, scale_rows, segment_dots

    public, _ = published
    assert public.estimates.query("not suppressed")["base"].notna().all()
    for item in public.survey.questionnaire.of_kind("scale"):
        group = item.group or item.id
        assert scale_rows(public, group).table is not None
        for segmentation in ("size", "landsdel", "role"):
            assert segment_dots(public, group, segmentation, "T").alt
    for item in public.survey.questionnaire.of_kind("single", "multi"):
        assert choices(public, item.id).alt
    assert rating(public, "satisfaction").alt


def test_the_published_numbers_are_one_of_the_worlds(year):
    """The truth satisfies every equation the auditor writes, for every question and every way to show it."""
    places = register_of(year.frame)
    for item, said in said_of(year.frame, year.survey, COUNTED_KINDS, places).items():
        worlds = worlds_of(said, places, dict.fromkeys(classes_of(said), BY), BY)
        assert not worlds.broken, item


@pytest.mark.parametrize("low", [0.51, 0.5, 0.49])
def test_a_title_gives_the_count_and_claims_no_majority(published, low):
    """Whatever the interval: a word for more than half is left to claims, which ask the lower bound (text/swedish.py)."""
    from sekom_survey.shown.exhibits import choices

    public, _ = published
    item = public.survey.questionnaire.of_kind("single")[1]
    rows = public.estimates
    mine = (rows["item"] == item.id) & (rows["segmentation"] == "all")
    made = replace(public, estimates=rows.assign(low=rows["low"].where(~mine, low)))
    largest = rows[mine].sort_values("count").iloc[-1]
    title = choices(made, item.id).title
    assert f"{int(largest['count'])} av {int(largest['base'])} kommuner" in title
    assert "de flesta" not in title and "majoritet" not in title


def test_rows_that_are_never_offered_are_not_there(published):
    """Hidden or not: no county, no region, no step of a rating by group."""
    rows = published[0].estimates
    assert set(rows["segmentation"]) == {"all", "size", "landsdel", "role"}
    assert set(rows.loc[rows["item"] == "satisfaction", "segmentation"]) == {"all"}


def test_a_hidden_row_has_no_base(published):
    """Neither count nor base nor share: a base alone tells how many answered in a group."""
    rows = published[0].estimates
    hidden = rows[rows["suppressed"]]
    assert len(hidden) > 50
    assert hidden[["base", "count", "share", "low", "high_members", "possible_low"]].isna().all(axis=None)


def of_wave(place, answering, regions=0, **fixed):
    return analyse(make_wave(place / "w", rows_for(answering, **fixed), survey=FORM, members=register(USUAL, regions)))


def test_a_base_exactly_at_the_minimum_is_shown(tmp_path):
    """Five answers are enough for the total, four are not."""
    frames = [of_wave(tmp_path / str(n), range(n)).frame for n in (4, 5)]
    survey = analyse(make_wave(tmp_path / "w", rows_for(range(5)), survey=FORM, members=register(USUAL))).survey
    for frame, shown in zip(frames, (False, True), strict=True):
        places = register_of(frame)
        said = said_of(frame, survey, ("scale",), places)["need_voice"]
        assert total_is_safe(said, places, 5) == shown


def test_a_group_exactly_at_the_minimum_is_not_merged(tmp_path):
    """Five answers in a class are enough, four are not; nor may all have answered."""
    middle, small = range(38, 64), range(38)
    for large, merged in ((5, False), (4, True), (16, True)):
        year = of_wave(tmp_path / str(large), [*small[::2], *middle[::2], *range(64, 64 + large)])
        frame, _ = merge_classes(year.frame, year.survey)
        assert ("Stora" not in set(frame.members["size"])) == merged, large


def test_forty_answers_keep_their_totals(tmp_path):
    """From forty answers every total is told, unless all answered alike; under forty not what nearly all members said."""
    alike, most = {"support": "Stort behov"}, {"voice": "Litet behov"}
    year = of_wave(tmp_path / "forty", range(40), politicians=range(0, 40, 5), **alike)
    shown = publish(year)[0].estimates.query("segmentation == 'all' and not suppressed")
    assert set(shown["item"]) == {item.id for item in year.survey.questionnaire.of_kind(*COUNTED_KINDS)} - {
        "need_support"
    }
    few = analyse(make_wave(tmp_path / "few", rows_for(range(8), **most) + rows_for([8], 9, voice="Stort behov"), survey=FORM,
                            members=register(USUAL[:24])))  # fmt: skip
    assert "need_voice" not in set(publish(few)[0].estimates.query("not suppressed")["item"])


def test_unanswered_questions_are_counted_over_municipalities(tmp_path):
    """A region that answers moves no number of the public record, so that nothing of regions follows from it."""
    rows = rows_for(FIFTY)
    tables = []
    for name, more in (("without", []), ("with", of_regions([0, 1]))):
        year = analyse(make_wave(tmp_path / name, rows + more, survey=FORM, members=register(USUAL, 4)))
        tables.append(publish(year)[0].base.item_nonresponse)
    pd.testing.assert_frame_equal(*tables)
    assert set(tables[0]["asked"]) >= {len(FIFTY)}


def test_a_whole_group_is_told_of_only_when_four_of_it_may_have_done_either():
    """Regions, which stand apart."""
    assert [told_of(*pair) for pair in ((8, 4), (8, 5), (8, 3), (4, 2), (0, 0))] == [True, False, False, False, False]


def test_a_group_under_ten_that_agrees_shows_nothing(tmp_path):
    """Nine that all say the same hide the division for that question, sensitive or not."""
    rows = rows_for(range(0, 64, 2)) + rows_for(range(64, 64 + SMALL_GROUP - 1), 4, support="Stort behov")
    year = analyse(make_wave(tmp_path / "w", rows, survey=FORM, members=register(USUAL)))
    hidden = publish(year)[0].estimates.query("item == 'need_support' and segmentation == 'size'")
    assert len(hidden) == 3 and hidden["suppressed"].all() and hidden[["count", "base", "share"]].isna().all(axis=None)


def moved(rows, counts, base, where):
    """Estimates before so many answers came to some rows, and to the base of all rows of their group."""
    mine = rows.eval(where)
    before = rows.assign(base=rows["base"] - base * mine)
    before.loc[mine, "count"] = before.loc[mine, "count"] - (counts + [0] * mine.sum())[: mine.sum()]
    return before


TOTAL = "item == 'need_network' and segmentation == 'all'"


@pytest.mark.parametrize(
    ("counts", "base", "where", "told"),
    [
        ([0], 0, TOTAL, False),
        ([1], 1, TOTAL, True),
        ([2, 2], 4, TOTAL, True),
        ([1, -1], 0, TOTAL, True),
        ([2, 3], 5, TOTAL, False),
        ([5], 5, TOTAL, True),
        ([0, 0, 0], 5, TOTAL, False),
        ([1], 1, "item == 'anchoring' and segmentation == 'role' and segment == 'Tjänstepersoner'", True),
    ],
)
def test_a_second_edition_that_few_answers_set_apart_is_known(published, tmp_path, counts, base, where, told):
    """What a late answer or a correction changes is that answer, in a total or a group; five that differ are a sum."""
    rows = published[0].estimates
    assert rows.query(f"({where}) and not suppressed").shape[0] >= 2
    moved(rows, counts, base, where).to_csv(tmp_path / "estimates.csv", index=False)
    assert few_set_apart(tmp_path, {"estimates": rows}) == told
    assert not few_set_apart(tmp_path / "nothing", {"estimates": rows})
    moved(rows, counts, base, where).to_csv(tmp_path / "themes.csv", index=False)
    assert few_set_apart(tmp_path, {"themes": rows}) == told


@pytest.mark.parametrize(
    ("base", "value", "told"), [(0, 0, False), (0, 1, True), (4, 1, True), (5, 1, False), (4, 0, True)]
)
def test_a_quartile_that_few_have_moved_is_known(tmp_path, base, value, told):
    """A correction of a number, or a late one, shows where no share does."""
    row = {"item": "cars", "statistic": "median", "segmentation": "all", "segment": "all", "base": 30.0, "value": 12.0}
    pd.DataFrame([row]).to_csv(tmp_path / "means.csv", index=False)
    later = pd.DataFrame([row | {"base": 30.0 + base, "value": 12.0 + value}])
    assert few_set_apart(tmp_path, {"means": later}) == told


def test_a_mean_that_is_the_same_but_for_what_a_file_rounds_is_the_same(tmp_path):
    """Ten figures are written; a run again of the same answers is no second edition."""
    row = {
        "item": "cars",
        "statistic": "mean",
        "segmentation": "all",
        "segment": "all",
        "base": 31.0,
        "value": 164 / 31,
    }
    pd.DataFrame([row]).to_csv(tmp_path / "means.csv", index=False, float_format="%.10g")
    assert not few_set_apart(tmp_path, {"means": pd.DataFrame([row])})
    assert few_set_apart(tmp_path, {"means": pd.DataFrame([row | {"value": 165 / 31}])})


def test_answers_that_are_numbers_alone_are_the_same_answers_in_a_file(tmp_path):
    """A survey of nothing but grades: they are words here and would be read as numbers there."""
    rows = pd.DataFrame(
        {"item": "7", "option": ["1", "2"], "segmentation": "all", "segment": "all", "base": 30, "count": [12, 18]}
    )
    rows.to_csv(tmp_path / "estimates.csv", index=False)
    assert not few_set_apart(tmp_path, {"estimates": rows})
    assert few_set_apart(tmp_path, {"estimates": rows.assign(base=31, count=[13, 18])})


def register_of_sixteen(n, large):
    head = "member_id,name,kind,status,code,county,population,joined,left,latitude,longitude\n"
    counties = ("Norrbottens län", "Kalmar län")
    return head + "".join(
        f"m{i},{name},municipality,member,,{counties[i % 2]},{9_000 if i >= large else 60_000},,,,\n"
        for i, name in enumerate(NAMES[:n])
    )


def test_a_class_with_too_few_answers_is_merged_with_its_neighbour(tmp_path):
    """Classes are merged before anything is hidden, and the name tells."""
    year = analyse(make_wave(tmp_path / "w", [answer(name) for name in NAMES[:12]], members=register_of_sixteen(20, 2)))
    frame, told = merge_classes(year.frame, year.survey)
    assert set(frame.members["size"]) == {"Små och stora"}
    assert told == ("size: Små och stora",)


def test_eight_answers_of_twelve_still_give_a_safe_year(tmp_path):
    """Everything too small: totals remain, nothing small is shown."""
    answers = [answer(name, satisfaction=i % 4 + 4) for i, name in enumerate(NAMES[:8])]
    survey = SURVEY.replace("minimum_base = 3", "minimum_base = 5")
    public, _ = publish(analyse(make_wave(tmp_path / "w", answers, members=register_of_sixteen(12, 3), survey=survey)))
    shown = public.estimates[~public.estimates["suppressed"]]
    assert (shown["base"].dropna() >= 5).all()
    assert set(shown["segmentation"]) == {"all"}


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


def test_a_mean_is_told_from_ten_answers_of_which_every_one_is_shown(published):
    """Nine answers give none, nor do counts of which one is hidden: the mean would tell it."""
    item = published[0].survey.questionnaire.item("satisfaction")
    steps = pd.DataFrame(
        {"count": 1.0, "population": 80}, index=[str(step) for step in range(item.low or 0, (item.high or 10) + 1)]
    )
    for count, told in ((9, False), (10, True)):
        steps["count"] = [float(count), *[0.0] * (len(steps) - 1)]
        values = _values(item, "mean", steps["count"])
        assert (len(values), bool(np.isfinite(_mean(values, steps, True)[1]))) == (count, told)
    assert len(_values(item, "mean", steps["count"].where(steps["count"] > 0))) == 0


def test_a_member_with_two_answers_stands_under_the_officials(tmp_path):
    """Whose answer counts; and a half step counts as the one above."""
    rows = rows_for(FIFTY[:-1], doubles=FIFTY[:3])
    for row, value in zip([*rows[:1], *rows[-3:-2]], (7, 8), strict=True):
        row[5] = value
    year = analyse(make_wave(tmp_path / "w", rows, survey=FORM, members=register(USUAL)))
    places = register_of(year.frame)
    assert [places.role[places.place[f"k{i}"]] for i in FIFTY[:3]] == ["Tjänstepersoner"] * 3
    given = said_of(year.frame, year.survey, ("rating",), places)["satisfaction"]
    assert said_of(year.frame, year.survey, ("single",), places)["introduced"].inside == ("Ja", "Nej")
    assert given.options[int(given.chosen[places.place[f"k{FIFTY[0]}"]].argmax())] == "8"
