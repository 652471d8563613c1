"""Which test fits an item in a segmentation, and its outcome: a rule, never a taste.

    several options may be chosen                     chi-square summed over the options, permuted
    a scale, a rating, a number or a day, more than two ordered groups Jonckheere-Terpstra
    a scale or a rating, more than two other groups   Kruskal-Wallis
    a scale or a rating, two groups                   Mann-Whitney
    yes or no, more than two ordered groups           Cochran-Armitage
    yes or no, two groups                             Fisher
    other choices                                     Freeman-Halton

The name of the test is printed beside each result.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sekom_survey.counted.choices import CLASSED, VALUED, is_multiple, is_yes_no
from sekom_survey.found.compare.view import CodedItem, View
from sekom_survey.stats.arrays import Floats, Ints, Outcome
from sekom_survey.stats.batch import cross, independence, levels, trends
from sekom_survey.stats.exact_tables import fisher_exact
from sekom_survey.stats.permutation import permutation_p, permuted_tables
from sekom_survey.stats.rank_tests import cochran_armitage_exact, mann_whitney

SUMMED = "Summerat chi-två över svarsalternativen"
JONCKHEERE = "Jonckheere–Terpstras trendtest"
KRUSKAL = "Kruskal–Wallis test"
MANN_WHITNEY = "Mann–Whitneys test"
ARMITAGE = "Cochran–Armitages trendtest"
FISHER = "Fishers exakta test"
FREEMAN_HALTON = "Freeman–Haltons test"
NO_TEST = ""


def fitting_test(coded: CodedItem, ordered: bool) -> str:
    """The name of the test that fits; `ordered` tells whether the groups have an order. "" when nothing can be compared."""
    groups = len(coded.kept)
    if groups < 2:
        return NO_TEST
    if is_multiple(coded.item):
        return SUMMED
    if coded.item.kind in (*VALUED, *CLASSED):
        return MANN_WHITNEY if groups == 2 else JONCKHEERE if ordered else KRUSKAL
    if is_yes_no(coded.item) and groups == 2:
        return FISHER
    return ARMITAGE if is_yes_no(coded.item) and ordered else FREEMAN_HALTON


def outcomes(view: View, items: Sequence[CodedItem]) -> list[tuple[str, Outcome | None]]:
    """Each item's test and outcome, in order; scale and nominal items share one set of permutations."""
    named = [fitting_test(coded, view.ordered) for coded in items]
    together = {JONCKHEERE: trends, KRUSKAL: levels, FREEMAN_HALTON: independence}
    found: dict[int, Outcome] = {}
    for test, batch in together.items():
        places = [i for i, name in enumerate(named) if name == test]
        if places:
            found |= zip(places, batch(view.groups, [items[i].codes for i in places]), strict=True)
    alone = {SUMMED: _summed, MANN_WHITNEY: _mann_whitney, ARMITAGE: _armitage, FISHER: _fisher}
    found |= {i: alone[name](view.groups, items[i]) for i, name in enumerate(named) if name in alone}
    return [(name, found.get(i)) for i, name in enumerate(named)]


def _mann_whitney(groups: Ints, coded: CodedItem) -> Outcome:
    first, second = (coded.codes[(groups == group) & (coded.codes >= 0)] for group in coded.kept)
    tails = mann_whitney(first, second)
    return Outcome(tails.statistic, tails.two_sided, tails.how)


def _kept_table(groups: Ints, coded: CodedItem) -> np.ndarray:
    table = cross(groups, coded.codes)[list(coded.kept)]
    return np.pad(table, ((0, 0), (0, max(0, 2 - table.shape[1]))))


def _armitage(groups: Ints, coded: CodedItem) -> Outcome:
    table = _kept_table(groups, coded)
    tails = cochran_armitage_exact(table[:, 0], table.sum(axis=1))
    return Outcome(tails.statistic, tails.two_sided, tails.how)


def _fisher(groups: Ints, coded: CodedItem) -> Outcome:
    tails = fisher_exact(_kept_table(groups, coded))
    return Outcome(tails.statistic, tails.two_sided, tails.how)


def _summed(groups: Ints, coded: CodedItem) -> Outcome:
    """Pearson's chi-square of each option, summed; members are permuted with all their ticks.

    Source: Bilder, Loughin & Nettleton (2000), Communications in Statistics - Simulation and Computation 29:1285-1316.
    """
    columns = [np.where(np.isnan(yes), -1, yes).astype(np.int64) for yes in coded.yes.T]
    used = [column for column in columns if column.max() == 1]
    observed, permuted = 0.0, np.zeros(1)
    for _, tables in permuted_tables(groups, used):
        observed += float(_chi_square(tables.observed, tables.observed))
        permuted = permuted + _chi_square(tables.permuted, tables.observed)
    return Outcome(observed, permutation_p(observed, permuted), "permutation")


def _chi_square(tables: Floats, observed: Floats) -> Floats:
    """Pearson's chi-square of tables (..., groups, no and yes) that all have the margins of the one observed."""
    sizes = observed.sum(axis=-1)
    share = observed[:, 1].sum() / sizes.sum()
    scale = sizes * share * (1 - share)
    weight = np.divide(1, scale, out=np.zeros_like(scale), where=scale > 0)
    summed: Floats = (tables[..., 1] - sizes * share) ** 2 @ weight
    return summed
