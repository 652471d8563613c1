"""Comparisons, non-response, change and claims of the example as they are shown."""

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from sekom_survey.counted.estimate import share_row
from sekom_survey.counted.year import PUBLIC, analyse
from sekom_survey.found.change import COLUMNS, REWORDED, change
from sekom_survey.found.claims import Basis, judge_claims, read_claims
from sekom_survey.found.claims.finding import SUPPORTED, UNTESTABLE
from sekom_survey.found.compare import compare
from sekom_survey.found.compare.limits import limit_sensitivity, population_trends
from sekom_survey.found.facts import facts_of
from sekom_survey.found.facts.table import FORESEEN
from sekom_survey.found.nonresponse import analyse_nonresponse
from sekom_survey.found.verdict import VERDICTS
from sekom_survey.protected import check_exhibit
from sekom_survey.running.notebook import save
from sekom_survey.shown.exhibits.change import change_slope, change_table
from sekom_survey.shown.exhibits.compare import (
    compared_dots,
    comparison_table,
    limit_strip,
    trend_table,
)
from sekom_survey.shown.exhibits.goals import claims_table
from sekom_survey.shown.exhibits.needs import need_value_matrix
from sekom_survey.shown.exhibits.nonresponse import (
    nonresponse_sentences,
    weighted_results,
    who_is_missing,
    worst_case_bars,
)
from sekom_survey.stats.intervals import hypergeometric_interval
from tests.waves import SURVEY, answer, make_wave

WAVES = Path(__file__).parents[3] / "surveys" / "exempel"


@pytest.fixture(scope="module")
def years():
    return analyse(WAVES / "2025"), analyse(WAVES / "2026")


@pytest.fixture(scope="module")
def made(years):
    """Every exhibit of the example by name, with what it was made from."""
    last, year = years
    log = pd.read_csv(WAVES / "2025" / "activities.csv", dtype=str)
    comparisons, changes = compare(year.frame, year.survey), change(last.frame, last.survey, year.frame, year.survey)
    lost = analyse_nonresponse(year.frame, year.survey, year.estimates, log)
    claims, _ = read_claims(WAVES / "2026" / "claims.toml", "", year.survey.questionnaire)
    facts = tuple(facts_of(year.estimates, year.means, changes, year.survey))
    judged = judge_claims(claims, Basis(year.survey, year.frame, year.estimates, facts=facts, log=log))
    strip = limit_sensitivity(year.frame, year.survey, year.survey.questionnaire.item("need_collaboration"), "topp2")
    exhibits = [
        compared_dots(year, facts, "need", "size", "Behov efter kommunstorlek"),
        comparison_table(year, comparisons, "landsdel"),
        limit_strip(year, strip),
        trend_table(year, population_trends(year.frame, year.survey)),
        need_value_matrix(year),
        nonresponse_sentences(year, lost),
        who_is_missing(year, lost),
        weighted_results(year, lost),
        worst_case_bars(year, lost),
        change_slope(year, changes, "need", "Behov nu och förra året"),
        change_table(year, changes),
        claims_table(year, judged),
    ]
    return {exhibit.id: exhibit for exhibit in exhibits}, comparisons, changes, lost, judged, facts


def test_every_exhibit_has_what_a_reader_needs(made):
    """Title, note with source and stamp, alternative text, a table in Swedish; ids are their own."""
    exhibits = made[0]
    assert len(exhibits) == 12
    for exhibit in exhibits.values():
        assert exhibit.title and exhibit.alt.endswith(".")
        assert exhibit.note.startswith("Källa: SEKOM-enkäten 2026.")
        assert exhibit.note.endswith("Exempeldata, påhittade svar.")
        assert len(exhibit.table)
        assert not exhibit.table.isna().any().any()
        assert not (exhibit.table.astype(str) == "nan").any().any()


def test_dots_carry_the_verdict_of_the_declared_contrast(made):
    """The word beside the mark is the one in findings.csv; the rows that were not declared have none, and the note says so."""
    exhibits, *_, facts = made
    dots = exhibits["need_size"]
    shown = dict(zip(dots.data["label"], dots.data["verdict"], strict=True))
    told = {fact.item: fact.verdict for fact in facts if fact.segmentation == "size" and fact.status == FORESEEN}
    assert (shown["Nätverk"], shown["Samverkan"]) == (told["need_network"], told["need_collaboration"])
    assert shown["Påverkan"] == shown["Omvärldsbevakning"] == ""
    assert set(shown.values()) <= {*VERDICTS, ""}
    assert dots.table["Omdöme"].str.contains("kan ha missats").any()
    assert "Övriga rader är utforskning." in dots.note
    assert "när sex jämförelser görs?" in dots.note


def test_a_verdict_is_left_out_when_its_group_is_hidden(years):
    """A hidden group takes the verdict on it away."""
    year = years[1]
    hidden = year.estimates["segment"].eq("Stora") & year.estimates["item"].eq("need_network")
    part = replace(
        year,
        estimates=year.estimates.assign(
            suppressed=year.estimates["suppressed"] | hidden,
            reason=year.estimates["reason"].mask(hidden, "skyddas (U)"),
        ),
    )
    facts = tuple(facts_of(part.estimates, part.means, None, part.survey))
    shown = compared_dots(part, facts, "need", "size", "T").data.groupby("label")["verdict"].first()
    assert shown["Nätverk"] == ""
    assert shown["Samverkan"] != ""


def test_what_could_give_members_away_stays_inside(years, made):
    """Differences, limits, small groups and pairs are internal and nothing at all in a public build."""
    exhibits, comparisons, changes, lost, judged, _ = made
    internal = {"comparisons_landsdel", "limits_need_collaboration", "nonresponse_profile", "change_need", "changes"}
    assert {name for name, exhibit in exhibits.items() if exhibit.internal} == internal
    public = replace(years[1], build=PUBLIC)
    assert comparison_table(public, comparisons, "size") is None
    assert change_table(public, changes) is None
    assert who_is_missing(public, lost) is None
    assert "Vad svaren visar" not in claims_table(public, judged).table
    for name in exhibits.keys() - internal:
        check_exhibit(exhibits[name], years[1].survey.minimum_base)


def test_the_matrix_is_made_of_the_published_shares(years, made):
    """Needs across, values up."""
    estimates, matrix = years[1].estimates, made[0]["need_value"]
    for row, (need, value) in zip(matrix.data.itertuples(), years[1].survey.questionnaire.measures.pairs, strict=True):
        assert (row.x, row.y) == (
            share_row(estimates, need, "topp2")["share"],
            share_row(estimates, value, "topp2")["share"],
        )


def test_the_reworded_question_of_the_example_is_flagged(made):
    """ "Sprider ni nyhetsbrevet ..." was asked in other words last year."""
    _, _, changes, *_ = made
    assert tuple(changes.columns) == COLUMNS
    assert changes.loc[changes["status"] == REWORDED, "item"].tolist() == ["newsletter"]
    assert "”Sprider nyhetsbrevet”" in made[0]["changes"].note


def test_claims_of_one_option_are_those_of_estimates_csv(years, made):
    """P04 and P06 can be looked up; themes wait for coders."""
    judged = made[4].set_index("claim")
    for claim, option in (
        ("P04", "Erfarenhetsutbyte och kollegial kontakt"),
        ("P06", "Omvärldsbevakning nationellt och lokalt"),
    ):
        row = share_row(years[1].estimates, "top_value", option)
        assert f"{int(row['count'])} av {int(row['base'])} kommuner" in judged.at[claim, "statement"]
        assert (judged.at[claim, "verdict"] == SUPPORTED) == (
            hypergeometric_interval(int(row["count"]), int(row["base"]), 80, 0.90)[0] >= 0.33 * 80
        )
    assert (judged.loc[["P12", "P14", "P17"], "verdict"] == UNTESTABLE).all()
    assert judged.loc[["P12", "P14", "P17"], "statement"].str.contains("Fritextsvaren är inte kodade.").all()


def test_a_tiny_wave_still_has_every_exhibit(tmp_path):
    """Two answers of six: nothing is compared, nothing breaks; of claims there are none and so no table."""
    survey = SURVEY + '\n[measures]\npairs = [["need_support", "need_voice"]]\n'
    folder = make_wave(tmp_path / "w", [answer("Almköping"), answer("Duvhult")], survey)
    year = analyse(folder)
    lost = analyse_nonresponse(year.frame, year.survey, year.estimates)
    comparisons, changes = compare(year.frame, year.survey), change(year.frame, year.survey, year.frame, year.survey)
    strip = limit_sensitivity(year.frame, year.survey, year.survey.questionnaire.item("need_support"), "topp2")
    facts = tuple(facts_of(year.estimates, year.means, changes, year.survey))
    for exhibit in (
        compared_dots(year, facts, "need", "size", "T"), comparison_table(year, comparisons, "size"), limit_strip(year, strip),
        need_value_matrix(year), nonresponse_sentences(year, lost), who_is_missing(year, lost),
        change_slope(year, changes, "need", "T"), change_table(year, changes),
    ):  # fmt: skip
        assert exhibit.title
        save(exhibit, tmp_path / "figures")
    assert weighted_results(year, lost) is None and worst_case_bars(year, lost) is None
    assert trend_table(year, population_trends(year.frame, year.survey)) is None
    assert claims_table(year, judge_claims((), Basis(year.survey, year.frame, year.estimates))) is None


def test_results_that_a_year_does_not_have_are_no_empty_table(years, made):
    """No line that says that there is nothing to show."""
    year, lost = years[1], made[3]
    nothing = replace(lost, weighted=lost.weighted.iloc[:0], worst=lost.worst.iloc[:0])
    assert weighted_results(year, nothing) is None
    assert worst_case_bars(year, nothing) is None
