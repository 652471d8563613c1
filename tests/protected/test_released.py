"""A public build shows what is listed: whatever is added elsewhere is absent until somebody releases it."""

from dataclasses import replace

import pandas as pd
import pytest

from sekom_survey.counted.year import analyse
from sekom_survey.found.findings import Findings
from sekom_survey.protected import public_exhibit
from sekom_survey.protected.words import PublicFindings
from sekom_survey.running.outputs import public_tables
from sekom_survey.shown.exhibits import choices, flow, trend_table
from sekom_survey.shown.exhibits.released import released
from tests.small_year import REGISTER, ROWS
from tests.waves import make_wave

SECRET = 4711.25


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    """A small year whose internal tables have a numeric column that nobody has released."""
    year = analyse(make_wave(tmp_path_factory.mktemp("år") / "2026", ROWS, members=REGISTER))
    with_more = {name: getattr(year, name).assign(secret=SECRET) for name in ("estimates", "means")}
    return Findings(replace(year, **with_more))


def holds_secret(table: pd.DataFrame) -> bool:
    """Whether a number that nobody has released stands anywhere in a table."""
    return "secret" in table.columns or bool((table == SECRET).any(axis=None))


def test_a_new_column_of_a_table_is_not_published(found, monkeypatch):
    """Also one that is added on the way: the file takes the columns that are listed and no others."""
    public = PublicFindings(found)
    monkeypatch.setattr(
        "sekom_survey.running.outputs._plan_tables",
        lambda _: {"goals": pd.DataFrame({"goal": ["1"], "secret": [SECRET]})},
    )
    tables = public_tables(public)
    assert set(tables) >= {"estimates", "means", "goals"}
    assert [name for name, table in tables.items() if holds_secret(table)] == []
    assert holds_secret(found.year.estimates)


def test_a_new_table_is_not_published(found, monkeypatch):
    """A table without columns in the list is a fault that is seen at once, not a file."""
    monkeypatch.setattr(
        "sekom_survey.running.outputs._plan_tables", lambda _: {"news": pd.DataFrame({"secret": [SECRET]})}
    )
    with pytest.raises(KeyError):
        public_tables(PublicFindings(found))


def test_a_new_finding_is_nothing_in_public(found, monkeypatch):
    """Whatever the findings have and the public ones do not list is None, or a function that gives None."""
    monkeypatch.setattr(Findings, "news", property(lambda _: SECRET), raising=False)
    monkeypatch.setattr(Findings, "told", lambda self, item: SECRET, raising=False)
    public = PublicFindings(found)
    assert (found.news, found.told("x")) == (SECRET, SECRET)
    assert (public.news, public.told("x"), public.changes, public.limits("satisfaction")) == (None, None, None, None)
    with pytest.raises(AttributeError):
        public.misspelt


def test_an_exhibit_is_public_only_when_it_is_released(found):
    """One made without the mark, and one made of the internal year, are not shown."""
    public = PublicFindings(found)
    assert public_exhibit(choices(public.shown, "introduced"), 3) is not None
    assert public_exhibit(choices(found.year, "introduced"), 3) is None
    assert public_exhibit(replace(choices(public.shown, "introduced"), released=None), 3) is None
    assert trend_table(public.shown, public.trends) is None


def test_a_new_column_of_an_exhibit_is_not_published(found):
    """Neither in the numbers behind the drawing nor in the reader's table, whoever adds it and when."""
    public = PublicFindings(found)
    exhibit = flow(public.shown)
    later = replace(exhibit, data=exhibit.data.assign(secret=SECRET), table=exhibit.table.assign(Hemligt=SECRET))
    shown = public_exhibit(later, 3)
    assert not holds_secret(shown.data) and list(shown.table.columns) == ["Steg", "Antal"]

    @released("Steg")
    def made(year):
        return later

    assert list(made(public.shown).table.columns) == ["Steg"] and not holds_secret(made(public.shown).data)


def test_a_table_without_a_drawing_publishes_the_readers_table(found):
    """What a reader sees is what the csv file holds, so that nothing stands only in the data."""
    exhibit = replace(flow(PublicFindings(found).shown), kind="table")
    assert public_exhibit(exhibit, 3).data.equals(exhibit.table)


def test_nothing_of_the_file_is_in_a_public_year(found):
    """Neither rows read, nor members in two roles, nor regions: each would be had by subtraction."""
    shown = PublicFindings(found).shown
    assert (
        shown.base.accounting.rows_read,
        shown.base.conflicts,
        shown.export.cells.size,
        len(shown.wave.corrections),
    ) == (0, 0, 0, 0)
    assert list(flow(shown).table["Steg"]) == ["Kommuner som fick enkäten", "Svarade inte", "Kommuner som svarat"]
