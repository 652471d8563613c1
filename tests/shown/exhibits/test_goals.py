"""Goals, members and engagement as the board sees them."""

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from sekom_survey.counted.year import analyse
from sekom_survey.found.engagement.duties import fee
from sekom_survey.found.goals.outcome import goals_of
from sekom_survey.found.goals.text import goal_table
from sekom_survey.found.goals.words import amount
from sekom_survey.shown import exhibits
from sekom_survey.shown.figures import FIGURES
from tests.found.goals.waves import year_folder

EXAMPLE = Path(__file__).parents[3] / "surveys" / "exempel"
SHOWN = (
    "goal_missing",
    "goal_summary",
    "goal_status",
    "goal_faults",
    "effect_chain",
    "promises",
    "member_flow",
    "engagement_classes",
    "duties",
    "exit_list",
    "exit_levels",
)
ALL = [getattr(exhibits, name) for name in SHOWN]


@pytest.fixture(scope="module")
def year():
    return analyse(EXAMPLE / "2026")


@pytest.fixture(scope="module")
def outcome(year):
    return goals_of(year, before=analyse(EXAMPLE / "2025"))


@pytest.mark.parametrize("make", ALL, ids=SHOWN)
def test_every_exhibit_can_be_shown(make, year, outcome):
    """A known kind, a title, a note that ends with the stamp of example data, an alternative text, cells of text."""
    exhibit = make(year, outcome)
    assert exhibit.kind in FIGURES
    assert exhibit.title and exhibit.alt and len(exhibit.table)
    assert exhibit.note.endswith("Exempeldata, påhittade svar.")
    assert all(isinstance(cell, str) for cell in exhibit.table.to_numpy().ravel())
    assert not exhibit.table.isin(["nan", "None"]).to_numpy().any()


def test_what_can_be_judged_and_what_cannot_are_told_apart(year, outcome):
    """Five and thirteen; status is always a symbol and words, last year's outcome stands first, and somebody answers."""
    judged, rest = exhibits.goal_status(year, outcome).table, exhibits.goal_missing(year, outcome).table
    assert list(judged.columns) == ["Mått", "Utfall 2025", "Utfall", "Målvärde", "Bedömning", "Ansvarar"]
    assert (len(judged), len(rest)) == (5, 13)
    assert judged["Bedömning"].str.match(r"^[✔▲◐▼✖◆] \w").all()
    assert set(judged["Målvärde"]) == {"5", "4", "50", "2"}
    assert rest["Det som saknas"].str.fullmatch("målvärde|mått|data|utgångsvärde").all()
    assert "ingen utsedd" not in set(judged["Ansvarar"])
    nobody = replace(outcome.goals, goals=tuple(replace(goal, responsible="") for goal in outcome.goals.goals))
    assert set(exhibits.goal_status(year, replace(outcome, goals=nobody)).table["Ansvarar"]) == {"ingen utsedd"}


def test_every_outcome_in_the_tables_is_that_of_goals_csv(year, outcome):
    """The same numbers, written in Swedish, and drawn."""
    status, missing = exhibits.goal_status(year, outcome), exhibits.goal_missing(year, outcome)
    shown = pd.concat([status.table, missing.table]).set_index("Mått")["Utfall"]
    numbers = goal_table(outcome).head(18)
    for value, unit, result in zip(numbers["outcome"], numbers["unit"], outcome.results, strict=False):
        assert shown[result.indicator.name].startswith(amount(value, unit, result.measured.base))
    drawn = status.data.set_index("label")
    for result in outcome.results[:18]:
        if result.indicator.name in drawn.index:
            assert drawn.at[result.indicator.name, "outcome"] == result.measured.value


def test_the_summary_has_a_row_a_goal(year, outcome):
    """Six, with the plan's own words; xxx is never printed as an ambition."""
    table = exhibits.goal_summary(year, outcome).table
    assert len(table) == 6
    assert table.loc[2, ["Ambition 2026", "Status"]].tolist() == [
        "saknas i planen",
        "– Kan inte bedömas (målvärde saknas)",
    ]
    assert [part.split(":")[0] for part in table.loc[0, "Utfall"].split(". ")] == [
        "Nya medlemmar under året",
        "Antal medlemmar netto",
        "Utträden och beslutade utträden under året",
    ]
    assert table.loc[4, "Status"] == "◆ Uppnått enligt beslut 18 december 2026; beräknat: inte uppnått"


def test_the_chain_says_how_strong_its_evidence_is(year, outcome):
    """Measured, self-assessed twice, background."""
    table = exhibits.effect_chain(year, outcome).table
    strength = table.drop_duplicates("Led")["Så säkert vet vi"].tolist()
    assert strength == [
        "Mäts direkt",
        "Självskattning i enkäten",
        "Självskattning i enkäten; verifieras genom exempel",
        "Endast bakgrund",
    ]
    assert "kan inte särskiljas" in table["Tecken"].iloc[-1]


def test_the_waterfall_adds_up(year, outcome):
    """81 + 3 - 1 = 83."""
    steps = exhibits.member_flow(year, outcome).data
    before, joined, left, after = steps["count"]
    assert steps["step"].tolist() == ["read", "added", "removed", "kept"]
    assert before + joined - left == after == 83


def test_the_classes_are_of_all_municipalities_not_of_those_who_answered(year, outcome):
    """80 this year; the survey is not in the index."""
    data = exhibits.engagement_classes(year, outcome).data
    assert data["answered"].sum() == 80
    assert (data["asked"] == 80).all()
    assert "2025" in exhibits.engagement_classes(year, outcome).table.columns


def test_the_survey_duty_is_the_response_rate(year, outcome):
    """50 of 80."""
    data = exhibits.duties(year, outcome).data.set_index("label")
    assert data.loc["Svarar på enkäten", ["answered", "asked"]].tolist() == [50, 80]
    assert (data["answered"] <= data["asked"]).all()
    assert len(data) == 6


def test_exit_signals_are_internal_and_name_no_chance(year, outcome):
    """Nothing at all in a public build; names stand only in the list, not in the levels."""
    listed, levels = exhibits.exit_list(year, outcome), exhibits.exit_levels(year, outcome)
    assert listed.internal and levels.internal
    public = replace(year, build="public")
    assert exhibits.exit_list(public, outcome) is None
    assert exhibits.exit_levels(public, outcome) is None
    assert not set(listed.table["Medlem"]) & set(levels.table.to_numpy().ravel())
    assert set(listed.table["Nivå"]) <= {"Ring nu", "Håll kontakt"}
    assert (listed.table["Signaler"] != "").all()


def test_no_other_exhibit_names_a_member(year, outcome):
    """They may be published."""
    names = set(year.frame.members["name"])
    for make in ALL[:-2]:
        exhibit = make(year, outcome)
        words = " ".join(
            [
                exhibit.title,
                exhibit.note,
                exhibit.alt,
                *exhibit.table.to_numpy().ravel(),
                *map(str, exhibit.data.to_numpy().ravel()),
            ]
        )
        assert not any(name in words for name in names)


def test_the_fees_by_level_add_up_to_all_fees(year, outcome):
    """Of those who are members on the day and have not decided to leave."""
    table = exhibits.exit_levels(year, outcome).table
    kronor = [int(text.replace("\u00a0", "")) for text in table["Avgifter, kr"]]
    members = [m for m in year.wave.members if m.status == "member" and not m.left]
    assert sum(kronor) == sum(fee(m.population, m.kind) for m in members)
    assert sum(int(n) for n in table["Medlemmar"]) == len(members)


def test_a_year_without_goals_or_log_still_shows_something(tmp_path):
    """Empty tables with a title, or nothing; no traceback."""
    folder = year_folder(tmp_path / "2026", "")
    (folder / "goals.toml").unlink()
    (folder / "activities.csv").unlink()
    year = analyse(folder)
    outcome = goals_of(year)
    for make in ALL:
        exhibit = make(year, outcome)
        assert exhibit is None or exhibit.title
        assert exhibit is None or isinstance(exhibit.table, pd.DataFrame)
    assert exhibits.goal_summary(year, outcome).title == "Inga mål i årets mapp"
