"""After a change only what rests on it is made again, and every byte is as when all is made anew."""

import json

import pytest

from sekom_survey.running import making
from sekom_survey.running.run import BOTH, run
from sekom_survey.text import places
from tests.changes import LIKELIEST, full_year, tables_alone
from tests.small_year import contents

ALL = {"01_mal", "03_fragor", "04_ord", "07_pastaenden", "90_egen"}
AGAIN = {  # the notebooks that run again
    "a decision": {"04_ord", "07_pastaenden"},
    "a correction": ALL,
    "a goal": {"01_mal", "07_pastaenden"},
    "a member's population": ALL,
    "a notebook's text": {"90_egen"},
}
BOTH_BUILDS = "a decision"  # the others in the internal one, to save time; tests.campaigns changes has all in both


@pytest.fixture(scope="module")
def year(tmp_path_factory):
    """The small year that has been run once, without documents: (folder, notebooks, reports)."""
    place = full_year(tmp_path_factory.mktemp("ändringar"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(places, "NOTEBOOKS", place[1])
        patch.setattr(
            making, "write_build", tables_alone
        )  # the documents are written of these and of what notebooks left
        patch.setattr(making, "share_boards_files", lambda made: None)
        made(place)
        yield place


def made(year, builds=BOTH, everything=False):
    """The notebooks that ran, and every file of the builds."""
    folder, _, reports = year
    told = []
    folders = run(folder, reports, told.append, builds, everything, asked=lambda problem: True).folders
    ran = {line.split()[1].rstrip(",") for line in told if line.startswith("Anteckningsbok ")}
    return ran, {f"{one.name}/{name}": data for one in folders for name, data in contents(one).items()}


@pytest.mark.parametrize("kind", LIKELIEST)
def test_what_is_made_after_a_change_is_what_would_be_made_anew(year, kind):
    """And a run after that finds nothing to do."""
    folder, notebooks, reports = year
    builds = BOTH if kind == BOTH_BUILDS else ("internal",)
    LIKELIEST[kind](folder, notebooks, reports / "2026")
    ran, after = made(year, builds)
    assert ran == AGAIN[kind]
    assert made(year, builds) == (set(), after)
    anew = made(year, builds, everything=True)[1]
    assert {name for name in {*after, *anew} if after.get(name) != anew.get(name)} == set()
    assert json.loads(contents(reports / "2026")[".made/memory.json"])["known"]
