"""Reference cases of tests, effects, differences and power."""

from __future__ import annotations

from sekom_survey.stats.exact_tables import fisher_exact, fisher_freeman_halton
from sekom_survey.stats.multiplicity import benjamini_hochberg, holm
from sekom_survey.stats.paired import (
    mcnemar_exact,
    mcnemar_mid_p,
    signed_rank,
)
from sekom_survey.stats.power import smallest_detectable
from sekom_survey.stats.proportions import Group, newcombe_interval
from sekom_survey.stats.rank_tests import cochran_armitage_exact, mann_whitney
from tests.stats.beside import (
    bonferroni,
    cochran_armitage,
    finite_z_test,
    fisher_power,
    jonckheere_moments,
    jonckheere_terpstra,
    kruskal_wallis,
    normal_power,
)
from tests.stats.registry import case, lists, number, read_cases, series, table, whole

# Hollander & Wolfe (1973), p. 29: Hamilton depression scale before and after treatment.
BEFORE = [1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30]
AFTER = [0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29]
# Hollander & Wolfe (1973), p. 140: times to round first base, three ways, 22 players.
ROUNDING = """5.40 5.50 5.55 5.85 5.70 5.75 5.20 5.60 5.50 5.55 5.50 5.40 5.90 5.85 5.70 5.45 5.55 5.60
5.40 5.40 5.35 5.45 5.50 5.35 5.25 5.15 5.00 5.85 5.80 5.70 5.25 5.20 5.10 5.65 5.55 5.45
5.60 5.35 5.45 5.05 5.00 4.95 5.50 5.50 5.40 5.45 5.55 5.50 5.55 5.55 5.35 5.45 5.50 5.55
5.50 5.45 5.25 5.65 5.60 5.40 5.70 5.65 5.55 6.30 6.30 6.25"""
# The cases write one third as .333.
THIRD = {0.333: 1 / 3}
LIKERT = ("liten", "mellan", "stor")


@case(r"ffh_.*|nonresponse_fisher_sek")
def freeman_halton(text):
    found = fisher_freeman_halton(table(text))
    assert found.how == "exact"
    return found.p_value


@case(r"fisher_(?:tea|convictions|sek_small_large)_(?P<what>one_sided|two_sided|p)")
def fisher(text, what):
    tails = fisher_exact(table(text))
    return tails.upper if what == "one_sided" else tails.two_sided


def _ordered(data, text):
    return lists(text) if data == "hw" else [series(name, text) for name in reversed(LIKERT)]


@case(r"jt_(?P<data>hw|likert)_p_(?:exact_upper|perm_upper_2e5)")
def jonckheere(text, data):
    found = jonckheere_terpstra(_ordered(data, text))
    assert found.how == "exact"
    return found.upper


@case(r"cochran_armitage_(?P<data>sek|fleiss)_(?P<what>chi2|p)")
def armitage(text, data, what):
    names = ("x", "n") if data == "sek" else ("smokers", "patients")
    found = cochran_armitage(*(series(name, text) for name in names))
    return found.statistic if what == "chi2" else found.p_value


@case(r"cochran_armitage_sek_exact_p_(?P<side>two_sided|greater|less)")
def armitage_exact(text, side):
    tails = cochran_armitage_exact(series("x", text), series("n", text))
    return {"two_sided": tails.two_sided, "greater": tails.lower, "less": tails.upper}[side]


@case(r"wilcoxon_exact_ties_likert_p(?:_coin)?")
def two_groups(text):
    likert = next(row.text for row in read_cases() if row.name == "wilcoxon_exact_ties_likert_p")
    return mann_whitney(series("liten", likert), series("stor", likert)).two_sided


@case(r"newcombe_diff_(?P<side>lo|hi)_(?P<k1>\d+)_(?P<n1>\d+)_(?P<k2>\d+)_(?P<n2>\d+)")
def newcombe(text, side, k1, n1, k2, n2):
    interval = newcombe_interval(Group(int(k1), int(n1)), Group(int(k2), int(n2)))
    return interval[0 if side == "lo" else 1]


ADJUST = {
    "BH": benjamini_hochberg,
    "bonferroni": bonferroni,
    "holm": holm,
}


def _published():
    return [float(p) for p in next(r.text for r in read_cases() if r.name == "padjust_BH_bh1995").split()]


@case(r"padjust_(?P<method>\w+?)_bh1995")
def rejected(text, method):
    return int((ADJUST[method]([float(p) for p in text.split()]) <= 0.05).sum())


@case(r"padjust_(?P<method>BH|holm)_(?P<place>\d+)")
def adjusted(text, method, place):
    p_values = _published()
    assert p_values[int(place) - 1] == number("p", text)
    return ADJUST[method](p_values)[int(place) - 1]


@case(r"wilcoxon_signed_hw_depression_(?P<what>V|p_greater)")
def depression(text, what):
    tails = signed_rank(AFTER, BEFORE)
    return tails.statistic if what == "V" else tails.upper


@case(r"power_prop_test_15_12_n")
def normal(text):
    return normal_power(whole("n", text), number("p1", text), THIRD.get(number("p2", text)))


@case(r"fisher_power_(?P<n1>\d+)_(?P<n2>\d+)_(?P<p1>[.\d]+)_(?P<p2>[.\d]+)")
def power(text, n1, n2, p1, p2):
    return fisher_power(int(n1), int(n2), float(p1), THIRD.get(float(p2), float(p2)))


@case(r"kw_(?P<data>hollander|likert)_(?P<what>H|p_exact|p_perm_1e6)")
def kruskal(text, data, what):
    if what == "p_exact":  # its input names the distribution, not the data
        text = next(row.text for row in read_cases() if row.name == "kw_hollander_H")
    found = kruskal_wallis([series(name, text) for name in (LIKERT if data == "likert" else "xyz")])
    assert found.how == "exact"
    return found.statistic if what == "H" else found.p_value


@case(r"jt_(?P<data>hw|likert)_(?P<what>mean|sd)")
def jonckheere_reference(text, data, what):
    return jonckheere_moments(_ordered(data, text))[0 if what == "mean" else 1]


@case(r"mcnemar_(?P<kind>exact|midp)_(?P<b>\d+)_(?P<c>\d+)")
def mcnemar(text, kind, b, c):
    assert (whole("b", text), whole("c", text)) == (int(b), int(c))
    return (mcnemar_exact if kind == "exact" else mcnemar_mid_p)(int(b), int(c))


@case(r"wsr_varied_(?!exact_p_pratt_coin|sign_test_p).*")
def varied(text):
    return signed_rank(series("y1", text), series("y2", text)).two_sided


@case(r"kt_(?P<what>z_stat|z_p)")
def finite(text, what):
    inputs = next(row.text for row in read_cases() if row.name == "kt_z_stat")
    first, second = (Group(*(whole(f"{name}{i}", inputs) for name in ("k", "n", "N"))) for i in (1, 2))
    found = finite_z_test(first, second)
    return found.statistic if what == "z_stat" else found.p_value


@case(r"fisher_mdd80_(?P<n1>\d+)_(?P<n2>\d+)_p(?P<p1>[.\d]+)")
def detectable(text, n1, n2, p1):
    found = smallest_detectable(int(n1), int(n2), float(p1))
    return -1 if found is None else found
