"""Items by segment: the test that fits, figures that can be recomputed, families."""

import numpy as np
import pytest

from sekom_survey.counted.estimate import estimate, share_row
from sekom_survey.found.compare import COLUMNS, compare
from sekom_survey.found.compare.choice import (
    ARMITAGE,
    FISHER,
    FREEMAN_HALTON,
    JONCKHEERE,
    KRUSKAL,
    MANN_WHITNEY,
    SUMMED,
)
from sekom_survey.model import Comparisons
from sekom_survey.stats.exact_tables import fisher_exact, fisher_freeman_halton
from sekom_survey.stats.multiplicity import benjamini_hochberg, holm
from sekom_survey.stats.proportions import Group, newcombe_interval
from sekom_survey.stats.rank_tests import cochran_armitage_exact, mann_whitney
from tests.found.compare.frames import frame, member, multi, nps, rating, scale, single, sized, survey, yes_no

ITEMS = (
    scale("need"),
    single("yes", "Ja", "Nej"),
    single("often", "Ofta", "Ibland", "Aldrig"),
    multi("use", "A", "B"),
    rating("pleased"),
    nps("recommend"),
)


def mixed(seed=1, sizes=(20, 14, 10)):
    """Random answers of every kind from small, medium and large members in three parts of the country."""
    random = np.random.default_rng(seed)
    parts = ("Norrland", "Svealand", "Götaland")
    members = [member(i, m.population, parts[i % 3]) for i, m in enumerate(sized(*sizes))]
    ids = [m.member_id for m in members]
    said = {
        "need": {i: random.choice(["Inget", "Litet", "Ganska stort", "Mycket stort", "Vet inte"]) for i in ids},
        "yes": {i: random.choice(["Ja", "Nej"]) for i in ids},
        "often": {i: random.choice(["Ofta", "Ibland", "Aldrig"]) for i in ids},
        "use": {i: (("A", "B"), ("A",), ("B",))[random.integers(3)] for i in ids},
        "pleased": {i: int(random.integers(1, 11)) for i in ids},
        "recommend": {i: float(random.integers(0, 21)) / 2 for i in ids},
    }
    roles = {i: "politician" if n % 3 == 0 else "official" for n, i in enumerate(ids)}
    return frame(members, ITEMS, said, roles)


def row_of(table, item, segmentation):
    return table[(table["item"] == item) & (table["segmentation"] == segmentation)].iloc[0]


def test_the_rule_picks_the_test_and_prints_it():
    """Scale, yes/no, nominal and multi-choice by ordered, unordered and two groups."""
    table = compare(mixed(), survey(*ITEMS))
    assert tuple(table.columns) == COLUMNS
    found = {(r.item, r.segmentation): r.test for r in table.itertuples()}
    ordered = {
        "need": JONCKHEERE,
        "yes": ARMITAGE,
        "often": FREEMAN_HALTON,
        "use": SUMMED,
        "pleased": JONCKHEERE,
        "recommend": JONCKHEERE,
    }
    unordered = {**ordered, "need": KRUSKAL, "yes": FREEMAN_HALTON, "pleased": KRUSKAL, "recommend": KRUSKAL}
    two = {
        "need": MANN_WHITNEY,
        "yes": FISHER,
        "often": FREEMAN_HALTON,
        "use": SUMMED,
        "pleased": MANN_WHITNEY,
        "recommend": MANN_WHITNEY,
    }
    for by, tests in (("size", ordered), ("landsdel", unordered), ("role", two)):
        assert {item: found[item, by] for item in tests} == tests


def test_two_groups_left_are_not_ordered():
    """With the large ones too few, the trend test gives way to the two-group test."""
    table = compare(mixed(sizes=(20, 14, 4)), survey(*ITEMS))
    assert row_of(table, "need", "size")["test"] == MANN_WHITNEY
    assert row_of(table, "yes", "size")["test"] == FISHER
    assert row_of(table, "need", "size")[["first", "second"]].tolist() == ["Medelstora", "Små"]


def test_p_values_are_those_of_the_tests_on_the_published_counts():
    """Counts out of estimates.csv give the same p by hand."""
    made, asked = mixed(), survey(*ITEMS)
    table, (estimates, _) = compare(made, asked), estimate(made, asked)

    def counts(item, options, segmentation, segments):
        return [
            [int(share_row(estimates, item, option, segmentation, segment)["count"]) for option in options]
            for segment in segments
        ]

    sizes, parts, roles = (
        ("Små", "Medelstora", "Stora"),
        ("Norrland", "Svealand", "Götaland"),
        ("Förtroendevalda", "Tjänstepersoner"),
    )
    yes = np.array(counts("yes", ("Ja", "Nej"), "size", sizes))
    assert row_of(table, "yes", "size")["p"] == pytest.approx(
        cochran_armitage_exact(yes[:, 0], yes.sum(axis=1)).two_sided
    )
    assert row_of(table, "yes", "role")["p"] == pytest.approx(
        fisher_exact(counts("yes", ("Ja", "Nej"), "role", roles)).two_sided
    )
    often = counts("often", ("Ofta", "Ibland", "Aldrig"), "landsdel", parts)
    assert row_of(table, "often", "landsdel")["p"] == pytest.approx(fisher_freeman_halton(often).p_value)
    need = counts("need", ("Inget", "Litet", "Ganska stort", "Mycket stort"), "role", roles)
    samples = [np.repeat([1, 2, 3, 4], tally) for tally in need]
    assert row_of(table, "need", "role")["p"] == pytest.approx(mann_whitney(*samples).two_sided)


def test_bases_and_differences_are_those_of_the_estimates():
    """Every comparison's groups can be looked up in estimates.csv, ratings as their three highest steps together."""
    made, asked = mixed(), survey(*ITEMS)
    estimates, _ = estimate(made, asked)
    for row in compare(made, asked).itertuples():
        options = ("8", "9", "10") if row.item == "pleased" else (row.option,)
        for side in ("first", "second"):
            rows = [share_row(estimates, row.item, option, row.segmentation, getattr(row, side)) for option in options]
            assert sum(int(r["count"]) for r in rows) == getattr(row, f"{side}_count")
            assert int(rows[0]["base"]) == getattr(row, f"{side}_base")
        groups = [
            Group(
                getattr(row, f"{side}_count"),
                getattr(row, f"{side}_base"),
                int(share_row(estimates, row.item, options[0], row.segmentation, getattr(row, side))["population"]),
            )
            for side in ("first", "second")
        ]
        low, high = newcombe_interval(*groups)
        assert (row.low, row.high) == (pytest.approx(low), pytest.approx(high))


def two_classes(small, large, sizes=(20, 0, 20), answered=(14, 0, 14), comparisons=None):
    """Yes of small and of large members on one yes/no scale item."""
    members = sized(*sizes)
    said = {"need": yes_no(members, (small, 0, large), answered, sizes)}
    asked = survey(scale("need"), comparisons=comparisons)
    return row_of(compare(frame(members, [scale("need")], said), asked), "need", "size")


def test_too_few_is_left_empty():
    """Fewer than five answers in one of two groups: no test and no difference."""
    row = two_classes(2, 3, answered=(14, 0, 4))
    assert np.isnan([row["p"], row["difference"], row["p_adjusted"]]).all()
    assert two_classes(2, 3, answered=(14, 0, 5))["p"] > 0


def test_an_exploration_has_no_verdict():
    """Only declared contrasts have one (sekom_survey.found.facts)."""
    assert "verdict" not in compare(mixed(), survey(*ITEMS)).columns


def test_families_are_corrected_as_declared():
    """Holm over the headline, Benjamini-Hochberg or Holm over the rest, and only the declared family is tested."""
    made = mixed()
    table = compare(made, survey(*ITEMS, comparisons=Comparisons(headline=("need",))))
    head = table[table["family"] == "headline"]
    rest = table[table["family"] == "exploration"]
    assert set(head["item"]) == {"need"}
    assert head["p_adjusted"].to_numpy() == pytest.approx(holm(head["p"].to_numpy()))
    assert rest["p_adjusted"].to_numpy() == pytest.approx(benjamini_hochberg(rest["p"].to_numpy()))
    strict = compare(made, survey(*ITEMS, comparisons=Comparisons(correction="holm")))
    assert strict["p_adjusted"].to_numpy() == pytest.approx(holm(strict["p"].to_numpy()))
    few = compare(made, survey(*ITEMS, comparisons=Comparisons(family=("yes",), headline=("need",))))
    assert set(few["item"]) == {"yes", "need"}


def test_multi_choice_is_one_test_over_all_options():
    """Perfectly parted ticks give the smallest p a permutation can, the same ticks everywhere give 1."""
    members = sized(12, 0, 12)
    item = multi("use", "A", "B", "C")
    parted = {m.member_id: ("A",) if i < 12 else ("B",) for i, m in enumerate(members)}
    same = {m.member_id: ("A", "C") for m in members}
    sure, none = (
        row_of(compare(frame(members, [item], {"use": said}), survey(item)), "use", "size") for said in (parted, same)
    )
    assert sure["p"] < 0.001
    assert none["p"] == 1.0


def test_twice_the_same_run_gives_the_same_figures():
    """Permutations are seeded."""
    asked = survey(*ITEMS)
    assert compare(mixed(), asked).equals(compare(mixed(), asked))
