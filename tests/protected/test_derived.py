"""What is worked out beyond shares leaves the office only where it rests on what is shown, and rounded."""

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest

from sekom_survey.counted.year import analyse
from sekom_survey.found.change import HEADLINE
from sekom_survey.found.claims import CLAIMS_FILE, COLUMNS, read_claims
from sekom_survey.found.claims.finding import WITHHELD
from sekom_survey.found.findings import Findings
from sekom_survey.found.goals.facts import CodedTexts
from sekom_survey.found.goals.outcome import goals_of
from sekom_survey.found.nonresponse import analyse_nonresponse
from sekom_survey.found.verdict import UP
from sekom_survey.protected import derived, publish
from sekom_survey.protected.derived import (
    CHANGED,
    released_changes,
    released_claims,
    released_goals,
    released_nonresponse,
)
from sekom_survey.protected.words import PublicFindings
from tests.changes import FORM, SAID
from tests.coding.books import SMALL
from tests.found.goals.waves import indicator, year_folder
from tests.protected.editions import USUAL, rows_for, wave_folder
from tests.protected.trials import FIFTY
from tests.small_year import REGISTER
from tests.waves import answer, make_wave, write_export


@pytest.fixture(scope="module")
def wave(tmp_path_factory):
    """A wave of fifty: the year, its non-response, and what is published."""
    year = analyse(wave_folder(tmp_path_factory.mktemp("våg"), USUAL, rows_for(FIFTY)))
    return year, analyse_nonresponse(year.frame, year.survey, year.estimates), publish(year)[0]


def only(patch, *items):
    patch.setattr(derived, "shown_whole", lambda *_: frozenset(items))


def test_weighted_shares_are_whole_percent_of_what_is_shown_whole(wave, monkeypatch):
    """Weights carry who answered: shares to the percent, of the questions whose groups are all shown."""
    _, result, shown = wave
    only(monkeypatch, "need_support")
    released = released_nonresponse(result, shown)
    assert set(released.weighted["item"]) == {"need_support"} < set(result.weighted["item"])
    percent = 100 * released.weighted[["weighted", "weighted_low", "weighted_high", "shift"]].to_numpy(dtype=float)
    assert np.allclose(percent, percent.round()) and not np.allclose(100 * result.weighted["weighted"], percent[0, 0])
    assert set(released.weighted) <= set(derived.WEIGHTED)


@pytest.mark.parametrize(
    ("change", "told"),
    [({}, True), ({"thinnest": 2}, True), ({"thinnest": 1}, False), ({"margins": "size;webinar"}, False),
     ({"margins": "years"}, False), ({"option": "mean"}, False), ({"option": "nps"}, False)],
)  # fmt: skip
def test_a_weighted_share_is_told_where_its_answers_by_each_margin_could_be(wave, monkeypatch, change, told):
    """By traits that are told, with two in each class that said so and two that did not; no mean, which half steps stand in."""
    _, result, shown = wave
    only(monkeypatch, "need_support")
    monkeypatch.setattr(derived, "_told_of", lambda *_: {"size", "landsdel"})
    row = result.weighted[result.weighted["item"] == "need_support"].assign(
        **{"margins": "size", "thinnest": 5} | change
    )
    assert bool(len(released_nonresponse(replace(result, weighted=row), shown).weighted)) == told


def test_what_is_said_of_trust_does_not_depend_on_weighted_shares_that_are_not_told(wave, monkeypatch):
    """Whatever weighing does to them: to turn all of them round, or to move none, gives the same sentence."""
    _, result, shown = wave
    only(monkeypatch, "need_support")
    said = {
        released_nonresponse(
            replace(result, weighted=result.weighted.assign(weighted=moved, shift=moved - result.weighted["share"])),
            shown,
        ).trust
        for moved in (result.weighted["share"], 1 - result.weighted["share"])
    }
    assert len(said) == 1 and "försiktighet" in said.pop()
    told = released_nonresponse(result, shown).weighted["item"].unique()
    whole = replace(result, weighted=result.weighted[result.weighted["item"].isin(told)])
    assert len(told) and "försiktighet" not in released_nonresponse(whole, shown).trust


@pytest.mark.parametrize("largest", [0.0, 0.9])
def test_what_is_said_of_trust_does_not_depend_on_traits_that_are_not_told(wave, monkeypatch, largest):
    """However far apart those who answered and the others are in what may not be told, every word is the same."""
    _, result, shown = wave
    told = result.likeness["trait"].iloc[0]
    monkeypatch.setattr(derived, "_told_of", lambda *_: {told})
    hidden = result.likeness["trait"] != told
    moved = replace(result, likeness=result.likeness.assign(largest=result.likeness["largest"].mask(hidden, largest)))
    assert hidden.any() and not hidden.all()
    known, other = (released_nonresponse(one, shown) for one in (result, moved))
    assert (known.trust, known.sentences) == (other.trust, other.sentences)


def test_the_worst_cases_are_worked_out_of_what_is_shown(wave):
    """What is hidden is in none of them, however it is known in the office."""
    _, result, shown = wave
    rows = shown.estimates
    blank = dict.fromkeys(("count", "base", "share"), np.nan)
    mine = rows["item"] == "need_support"
    hidden = rows.assign(suppressed=rows["suppressed"] | mine, **{name: rows[name].mask(mine) for name in blank})
    assert set(released_nonresponse(result, shown).worst["item"]) == {"need_support", "need_voice"}
    assert set(released_nonresponse(result, replace(shown, estimates=hidden)).worst["item"]) == {"need_voice"}


def traits(*groups):
    """A profile of one trait: (answered, silent) of 50 and 30 by group."""
    rows = [("plats", str(n), a, 50, s, 30, a + s, 80, 0.1) for n, (a, s) in enumerate(groups)]
    return pd.DataFrame(rows, columns=list(derived.PROFILE_COLUMNS))


@pytest.mark.parametrize(
    ("group", "told"),
    [((25, 15), True), ((5, 5), True), ((4, 15), False), ((25, 4), False), ((46, 15), False), ((25, 26), False), ((45, 25), True)],
)  # fmt: skip
def test_a_trait_is_told_when_five_of_each_answered_and_five_did_not(wave, group, told):
    """In the group and outside it."""
    _, result, shown = wave
    released = released_nonresponse(replace(result, profile=traits(group), likeness=result.likeness.head(0)), shown)
    assert ("plats" in set(released.profile["trait"])) == told
    assert released.profile["answered_base"].iloc[0] == (50 if told else len(FIFTY))


def test_a_trait_of_the_register_is_told_only_where_the_response_is(wave):
    """Who answered by size hidden, its differences are too."""
    _, result, shown = wave
    by_size = result.profile[result.profile["trait"] == "size"]
    hidden = replace(shown, base=replace(shown.base, response=shown.base.response.head(1)))
    for year, told in ((shown, {"size"}), (hidden, {""})):
        released = released_nonresponse(replace(result, profile=by_size, likeness=result.likeness.head(0)), year)
        assert set(released.profile["trait"]) == told


def test_a_claim_is_told_only_where_the_totals_it_names_are_shown(example, monkeypatch):
    """Of rules on totals; all others are withheld, with their sentence."""
    shown = replace(example("2026"), build="public")
    known, _ = read_claims(shown.wave.folder / CLAIMS_FILE, CLAIMS_FILE, shown.survey.questionnaire)
    table = pd.DataFrame(
        {name: ["x"] * len(known) for name in COLUMNS} | {"claim": [claim.id for claim in known], "verdict": "Stöds"}
    )
    only(monkeypatch, *(item.id for item in shown.survey.questionnaire.items))
    told = released_claims(table, shown)
    assert 5 < (told["verdict"] == "Stöds").sum() < len(told)
    assert set(told.loc[told["verdict"] == WITHHELD, "statement"]) == {""}
    only(monkeypatch)
    assert (released_claims(table, shown)["verdict"] == "Stöds").sum() < (told["verdict"] == "Stöds").sum()


def test_a_goal_counted_in_free_text_is_told_only_where_its_themes_are_published(tmp_path):
    """All of them; what is reviewed and counted in the office alone is in no public goal."""
    asked = {
        "source": '"theme"',
        "measure": '"share"',
        "unit": '"procent"',
        "item": '"introduced_what"',
        "options": '["skog", "vatten"]',
    }
    folder = year_folder(tmp_path / "2026", indicator(**asked))
    said = [answer(name, introduced="Ja", what="Något") for name in ("Almköping", "Björkvalla", "Cedersö")]
    write_export(folder / "export" / "svar.xlsx", said)
    year, names = analyse(folder), ["m1", "m2", "m3"]
    coded = pd.DataFrame({"item": "introduced_what", "member_id": names, "theme": "skog", "reviewed": True})
    goals = goals_of(year, date(2026, 12, 31), themes=lambda: CodedTexts(coded))
    assert goals.result("A").measured.value == 100
    rows = pd.DataFrame(
        {"item": "introduced_what", "segmentation": "all", "option": ["skog", "vatten"], "suppressed": False}
    )
    hidden = rows.assign(suppressed=[False, True])
    for themes in (None, rows.head(0), rows.head(1), hidden, rows.assign(segmentation="size"), rows.assign(item="x")):
        told = released_goals(goals, publish(year)[0], themes).result("A")
        assert (told.measured.value, told.measured.detail) == (None, "")
    assert released_goals(goals, publish(year)[0], rows).result("A").measured.value == 100


CHANGE = {"item": "need_support", "option": "topp2", "status": HEADLINE, "verdict": UP, "paired_base": 36.0, "before": 13 / 36,
          "after": 22 / 36, "all_before": 16 / 43, "all_before_base": 43.0, "all_after": 30 / 49, "all_after_base": 49.0}  # fmt: skip


@pytest.mark.parametrize(("changed", "safe", "told"), [
    ({}, True, True),
    ({}, False, False),
    ({"all_before": 15 / 43}, True, False),
    ({"all_before": 18 / 43}, True, False),
    ({"all_before_base": 36.0, "all_before": 13 / 36}, True, True),
    ({"all_after": 24 / 49}, True, False),
    ({"before": 2 / 36, "all_before": 6 / 43}, True, False),
    ({"before": 33 / 36, "all_before": 37 / 43}, True, True),
    ({"paired_base": 4.0, "before": 0.5, "after": 0.5}, True, False),
    ({"paired_base": float("nan"), "all_before": 15 / 43}, False, True),
])  # fmt: skip
def test_a_change_of_the_same_members_is_told_where_it_and_the_rests_are_groups_of_three_of_each(
    wave, changed, safe, told
):
    """Three or more of each answer among those who answered both years and those who did one year only, and an audit that passes."""
    shown = wave[2]
    rows = pd.DataFrame([dict.fromkeys(CHANGED, float("nan")) | CHANGE | changed])
    released = released_changes(rows, shown, lambda item, option: safe and (item, option) == ("need_support", "topp2"))
    assert (released["verdict"].iloc[0] == UP) == told and released["after"].notna().iloc[0] == told
    assert released[["low", "high", "p_adjusted"]].isna().all(axis=None)


def test_a_year_with_a_codebook_in_which_nobody_wrote_anything_has_no_themes_to_publish(tmp_path):
    """No traceback: of no texts there is nothing to code, and nothing to tell."""
    silent = [[*row[:7], "", *row[8:]] for row in SAID]
    folder = make_wave(tmp_path / "2026", silent, FORM, REGISTER, {"codebook.toml": SMALL})
    found = PublicFindings(Findings(analyse(folder)))
    assert found.themes is None or found.themes.estimates.empty
    assert {part: getattr(found, part) for part in type(found).PARTS}["goals"] is None
