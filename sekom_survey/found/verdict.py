"""The one set of verdicts on a difference or a change, the question each answers, and the rule that gives it."""

from __future__ import annotations

from dataclasses import dataclass
from math import isnan, nan

from sekom_survey.stats.finite_tests import finite_estimated_test
from sekom_survey.stats.power import finite_detectable
from sekom_survey.stats.proportions import Group, newcombe_interval
from sekom_survey.text.swedish import lower_first, number, number_word

SURE, UP, DOWN = "säker skillnad", "säker ökning", "säker minskning"
CHANCE, ALIKE, TOO_FEW = "kan vara slump", "likvärdigt", "för få svar"
VERDICTS = (SURE, UP, DOWN, CHANCE, ALIKE, TOO_FEW)
CERTAIN = frozenset({SURE, UP, DOWN})
EXPLORED = ""  # an exploration has no verdict word

MOST, FEWER, OPEN = "fler än hälften", "färre än hälften", "kan vara båda"
HALF = 0.5  # a share's interval lies over or under it, or the verdict is open

ALPHA = 0.05
EQUIVALENCE_LEVEL = 0.90
# A difference of exactly the margin is not inside it.
DECIMALS = 9


@dataclass(frozen=True)
class Judged:
    """A difference of shares (first minus second, -1 to 1) with its 95 % interval, corrected p and verdict.

    `missed` is the smallest difference that the same rule finds four times in five; NaN where it does not apply.
    """

    difference: float
    low: float
    high: float
    p: float
    verdict: str
    missed: float = nan


def judge_contrast(first: Group, second: Group, declared: int, margin: float) -> Judged:
    """Judge a declared contrast among these members: both groups need their population.

    Sure when the finite-population test holds at 5 % shared by all the `declared` (Bonferroni); alike when the 90 %
    interval lies inside +-`margin`, an error of at most 5 % for each.
    Source: Krishnamoorthy & Thomson (2002), The American Statistician 56:215-222; Dunn (1961), JASA 56:52-64; Schuirmann
    (1987), Journal of Pharmacokinetics and Biopharmaceutics 15:657-680.
    """
    p = min(1.0, finite_estimated_test(first, second).p_value * declared)
    low, high = newcombe_interval(first, second)
    difference = first.share - second.share
    if p <= ALPHA:
        return Judged(difference, low, high, p, SURE)
    verdict = ALIKE if is_inside(newcombe_interval(first, second, EQUIVALENCE_LEVEL), margin) else CHANCE
    return Judged(difference, low, high, p, verdict, finite_detectable(first, second, ALPHA / declared))


def half_verdict(low: float, high: float) -> str:
    """Whether more than half of all say so: MOST or FEWER when the 95 % interval of the share leaves out the half."""
    return MOST if low > HALF else FEWER if high < HALF else OPEN


def half_question(population: int, everybody: int) -> str:
    """What the verdict on a share answers; of about so many where a question does not concern everybody."""
    of = (
        f"alla {number(population)}"
        if population == everybody
        else f"de omkring {number(population)} som frågan gäller"
    )
    return f"Gäller det fler än hälften av {of}, om de som inte svarat liknar dem som svarat?"


def is_inside(interval: tuple[float, float], margin: float) -> bool:
    """Whether an interval lies inside +-`margin`; reaching it is not inside."""
    return round(max(-interval[0], interval[1]), DECIMALS) < round(margin, DECIMALS)


def change_verdict(p: float, interval: tuple[float, float], alike: tuple[float, float], margin: float) -> str:
    """The verdict on a change: sure when it is more than answers vary of themselves.

    `p` is corrected, `interval` (95 %) and `alike` (90 %) are without finite-population correction.
    """
    low, high = interval
    if p <= ALPHA and not low <= 0 <= high:
        return UP if low > 0 else DOWN
    return ALIKE if is_inside(alike, margin) else CHANCE


def difference_question(declared: int) -> str:
    """What the verdict on a contrast answers."""
    if declared == 1:
        return "Skiljer sig grupperna åt bland årets medlemmar, även de som inte svarat?"
    told = number_word(declared)
    return f"Skiljer sig grupperna åt bland årets medlemmar, även de som inte svarat, när {told} jämförelser görs?"


def change_question(declared: int) -> str:
    """What the verdict on a change answers."""
    also = f" när {number_word(declared)} förändringar prövas" if declared > 1 else ""
    return f"Är förändringen större än svarens vanliga variation från år till år,{also}?".replace(",?", "?")


def asked_phrase(verdict: str, question: str) -> str:
    """Which question a verdict answers, to stand beside it: "”Säker ökning” svarar på: är förändringen ...?"."""
    return f"”{verdict.capitalize()}” svarar på: {lower_first(question)}"


def missed_phrase(missed: float) -> str:
    """What the rule could have overlooked; "" where that is not known."""
    if isnan(missed):
        return ""
    return f"en skillnad under {number(100 * missed)} procentenheter kan ha missats"
