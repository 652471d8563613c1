"""What is worked out of answers beyond their shares, cut to what rests on numbers that are shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pandas as pd

from sekom_survey.counted.segment import ALL, COUNTY, LANDSDEL, SIZE, SKR_GROUP
from sekom_survey.counted.year import Year
from sekom_survey.found.change import HEADLINE
from sekom_survey.found.claims import CLAIMS_FILE, COLUMNS, read_claims
from sekom_survey.found.claims.finding import WITHHELD
from sekom_survey.found.claims.read import KINDS
from sekom_survey.found.goals.facts import Facts
from sekom_survey.found.goals.model import FEW, THEME, Indicator, Measured
from sekom_survey.found.goals.outcome import GoalsOutcome, measured_on
from sekom_survey.found.indicators.gather import Indicators
from sekom_survey.found.nonresponse import NonResponse
from sekom_survey.found.nonresponse.profile import LIKENESS_COLUMNS, PROFILE_COLUMNS
from sekom_survey.found.nonresponse.sensitivity import worst_case
from sekom_survey.found.nonresponse.sentences import (
    likeness_sentence,
    trust_sentence,
    weighting_sentence,
    worst_sentence,
)
from sekom_survey.found.nonresponse.weighting import STATISTICS
from sekom_survey.found.trace import items_of
from sekom_survey.model import Member
from sekom_survey.protected.public import publish
from sekom_survey.protected.worlds import INSIDERS
from sekom_survey.text.swedish import number_word

WEIGHTED = ("item", "option", "count", "base", "population", "share", "low", "high", "weighted", "weighted_low",
            "weighted_high", "shift", "margins")  # fmt: skip
CALIBRATED = ["weighted", "weighted_low", "weighted_high", "shift"]
DIGITS = 2  # decimals of a share that carries the composition of those who answered: whole percent
LEAST = 5


def shown_whole(year: Year, segmentation: str = ALL) -> frozenset[str]:
    """Items of which everything that is shown by a segmentation is shown for every group."""
    rows = year.estimates[year.estimates["segmentation"] == segmentation]
    hidden = set(rows.loc[rows["suppressed"].astype(bool), "item"])
    return frozenset(set(rows["item"]) - hidden)


def released_nonresponse(result: NonResponse, shown: Year) -> NonResponse:
    """Non-response by traits in which nobody can be told apart, calibrated shares of what could be shown by each margin."""
    traits, survey = _told_of(result.profile, shown), shown.survey
    weighted = result.weighted.loc[_may_be_weighed(result.weighted, traits, shown), list(WEIGHTED)].reset_index(
        drop=True
    )
    weighted[CALIBRATED] = weighted[CALIBRATED].astype(float).round(DIGITS)
    worst = worst_case(shown.estimates, survey)
    profile = result.profile.loc[result.profile["trait"].isin(traits), list(PROFILE_COLUMNS)].reset_index(drop=True)
    likeness = result.likeness.loc[result.likeness["trait"].isin(traits), list(LIKENESS_COLUMNS)].reset_index(drop=True)
    partly = not set(result.likeness["trait"]) <= traits
    first = (
        likeness_sentence(profile, likeness, partly)
        if traits
        else "Grupperna är för små för att jämföra dem som svarat med dem som inte svarat."
    )
    labels = {item.id: item.short for item in survey.questionnaire.items}
    answered, asked = shown.base.answered()
    second = weighting_sentence(weighted, labels) if len(weighted) == len(result.weighted) else _some_weighed(weighted)
    told = (first, second, worst_sentence(worst, labels, asked - answered))
    known = profile if traits else _nothing_told(answered, asked)
    all_told = result.weighted if len(weighted) == len(result.weighted) else None
    return NonResponse(
        known, likeness, weighted, worst, told, trust_sentence(survey, known, likeness, all_told, partly)
    )


def _some_weighed(weighted: pd.DataFrame) -> str:
    """That weighted results are told of some questions alone, which says nothing of the others."""
    if weighted.empty:
        return "Vägda resultat redovisas inte."
    return f"Vägda resultat redovisas bara för {number_word(len(weighted), neuter=True)} av resultaten, så att inget om enskilda kan räknas ut."


def _may_be_weighed(weighted: pd.DataFrame, traits: set[str], shown: Year) -> pd.Series:
    """Which calibrated shares rest on nothing but what could be shown: every answer by size and landsdel, and by each margin.

    The margins of the log are not published by answer; there as many of each class must have said so, and not, as of a rest
    that is told (`_rest_is_safe`).
    """
    grouped = shown_whole(shown, SIZE) & shown_whole(shown, LANDSDEL)
    by_told = [set(str(names).split(";")) <= traits for names in weighted["margins"]]
    alone = ~weighted["option"].isin(STATISTICS) & (weighted["thinnest"] >= INSIDERS)
    return weighted["item"].isin(grouped) & alone & pd.Series(by_told, index=weighted.index, dtype=bool)


def _told_of(profile: pd.DataFrame, shown: Year) -> set[str]:
    """Traits of which every group, and all others together, have at least LEAST that answered and LEAST that did not."""
    rest = (profile["answered_base"] - profile["answered"], profile["silent_base"] - profile["silent"])
    enough = pd.concat([profile["answered"], profile["silent"], *rest], axis=1).min(axis=1) >= LEAST
    apart = set(profile.loc[~enough, "trait"])
    of_register = {SIZE, LANDSDEL, COUNTY, SKR_GROUP} - set(shown.base.response["segmentation"])
    return set(profile["trait"]) - apart - of_register


def _nothing_told(answered: int, asked: int) -> pd.DataFrame:
    """A profile that says how many answered and nothing more."""
    row = dict.fromkeys(PROFILE_COLUMNS, float("nan")) | {"trait": "", "group": ""}
    return pd.DataFrame([row | {"answered_base": answered, "silent_base": asked - answered, "members_base": asked}])


CHANGED = ("item", "option", "status", "verdict", "paired_base", "before", "after", "difference", "low", "high", "p_adjusted",
           "all_before_base", "all_after_base")  # fmt: skip
NOT_OF_PAIRS = ["low", "high", "p_adjusted", "all_before_base", "all_after_base"]


def released_changes(
    changes: pd.DataFrame | None, shown: Year, is_safe: Callable[[str, str], bool]
) -> pd.DataFrame | None:
    """The changes of the headline items, told where nothing more follows; the others without verdict and numbers.

    Both years' totals are public, so what is told of those who answered both years tells of those who answered one: each such
    rest is a group like any other that is shown. `is_safe` is the audit of an item and its option beside both years' editions.
    The interval and p of the same members would give away how many changed each way, and stay in the office; those of two
    years' published numbers give nothing away.
    """
    if changes is None:
        return None
    mine = changes[changes["status"] == HEADLINE].reset_index(drop=True)
    totals = shown_whole(shown)
    told = [row["item"] in totals and _adds_nothing(row, shown, is_safe) for row in mine.to_dict("records")]
    table = mine[list(CHANGED)]
    table = table.assign(verdict=table["verdict"].where(told, ""))
    may = pd.Series(told, index=table.index, dtype=bool)
    numbers = [name for name in CHANGED if name not in ("item", "option", "status", "verdict")]
    table[numbers] = table[numbers].astype(float).where(may)
    table.loc[table["paired_base"].notna(), NOT_OF_PAIRS] = float("nan")
    return table


def _adds_nothing(row: dict[Any, Any], shown: Year, is_safe: Callable[[str, str], bool]) -> bool:
    """Whether a change tells nothing that the two years' totals do not tell, but of groups that could be shown."""
    if pd.isna(row["paired_base"]) or pd.isna(row["after"]):
        return True
    parts = [part for name in ("before", "after") for part in _parts(row, name)]
    enough = all(
        not base or (base >= shown.survey.minimum_base and INSIDERS < yes < base - INSIDERS) for yes, base in parts
    )
    return enough and is_safe(str(row["item"]), str(row["option"]))


def _parts(row: dict[Any, Any], name: str) -> tuple[tuple[int, int], tuple[int, int]]:
    """Of a year's answers those that the same members gave and the rest, each as how many said yes of how many."""
    base, paired = row[f"all_{name}_base"], row["paired_base"]
    yes = round(row[name] * paired)
    return (yes, paired), (round(row[f"all_{name}"] * base) - yes, base - paired)


def released_goals(goals: GoalsOutcome, shown: Year, themes: pd.DataFrame | None = None) -> GoalsOutcome:
    """The goals with the survey's part measured on what is shown; no arrow rests on the same members' answers in two years.

    `themes` are the published rows of themes: a goal counted in free text is told only where they show all that it counts.
    """
    results = tuple(
        replace(one, measured=Measured(cause=FEW, final=True)) if _hides(one.indicator, themes) else one
        for one in goals.results
    )
    return measured_on(replace(goals, results=results), released_facts(goals.facts, shown))


def released_facts(facts: Facts, shown: Year | None) -> Facts:
    """What goals are measured with outside the office: of surveys what is shown of them, of members nothing noted by hand."""
    before = replace(facts.before, year=None) if facts.before else None
    waves = {name: publish(wave)[0] for name, wave in facts.waves.items()}
    return replace(facts, year=shown if facts.year else None, before=before, heard=None, waves=waves)


def _hides(indicator: Indicator, themes: pd.DataFrame | None) -> bool:
    """Whether a goal counts themes that are not all published."""
    if indicator.source != THEME:
        return False
    if themes is None:
        return True
    totals = themes[(themes["item"] == indicator.item) & (themes["segmentation"] == ALL)]
    return not set(indicator.options) <= set(totals.loc[~totals["suppressed"].astype(bool), "option"])


def released_indicators(indicators: Indicators) -> Indicators | None:
    """The indicators declared public, field by field; members keep nothing but an id, and values no file and place.

    None when none is declared so. The values are public data, gathered where anyone can read them: nothing of the survey is
    in them, and who is among the members is told by the register alone and never by who answered.
    """
    declared = tuple(figure for figure in indicators.figures if figure.public)
    codes = {figure.code for figure in declared}
    values = indicators.values[indicators.values["indicator"].isin(codes)].assign(file="", place="")
    return (
        Indicators(
            declared=replace(indicators.declared, figures=declared, means=(), areas=()),
            members=tuple(
                Member(one.member_id, "", one.kind, one.status, population=one.population) for one in indicators.members
            ),
            values=values.reset_index(drop=True),
            counts=(),
        )
        if declared
        else None
    )


def released_claims(claims: pd.DataFrame, shown: Year) -> pd.DataFrame:
    """The claims with verdict and sentence where the rule rests on totals that are shown; WITHHELD and "" elsewhere."""
    if claims.empty:
        return claims
    survey, folder = shown.survey, shown.wave.folder
    known, _ = read_claims(folder / CLAIMS_FILE, CLAIMS_FILE, survey.questionnaire)
    totals = shown_whole(shown)
    told = {
        claim.id
        for claim in known
        if KINDS[claim.kind].released and set(items_of(claim, shown.wave.questionnaire)) <= totals
    }
    kept = claims["claim"].isin(told)
    table = claims[list(COLUMNS)]
    blank = {name: table[name].where(kept, "") for name in ("statement", "questions")}
    return table.assign(verdict=table["verdict"].where(kept, WITHHELD), **blank)
