"""A public build shows what is listed: whatever is added elsewhere is absent until somebody releases it."""

import io
import zipfile
from dataclasses import replace
from itertools import cycle

import pandas as pd
import pytest

from sekom_survey.counted.year import analyse
from sekom_survey.found.findings import Findings
from sekom_survey.protected import public_exhibit, rows
from sekom_survey.protected.words import PublicFindings
from sekom_survey.running.outputs import build_of, public_tables, write_build
from sekom_survey.shown.exhibits import choices, flow, theme_bars, theme_segments, trend_table
from sekom_survey.shown.exhibits.released import released
from sekom_survey.shown.figures import save
from tests.coding.books import SMALL
from tests.small_year import REGISTER, ROWS, contents
from tests.waves import SURVEY, make_wave

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


TEXTS = cycle(["Pengarna är slut.", "Politiken vill inte.", "Resurser saknas."])
CODED = SURVEY.replace('id = "introduced_what"', 'id = "introduced_what"\ncodebook = "hinder"').replace(
    'asked_if = {item = "introduced", options = ["Ja"]}', ""
)


def parts_of(name, data):
    """A file's bytes; of a workbook, a document or slides each part's, and those of what is embedded in it."""
    if name.endswith(("xlsx", "docx", "pptx")):
        folder = name.rsplit("/", 1)[0]
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for inner in archive.namelist():
                yield from parts_of(f"{folder}/{inner}", archive.read(inner))
    else:
        yield name, data


def test_a_new_column_of_the_themes_is_in_no_public_file(tmp_path, monkeypatch):
    """Added to the estimates of the office, to those that are protected, or to the protected ones: no file has it."""
    said = [[*row[:6], "Ja", text, *row[8:]] for row, text in zip(ROWS, TEXTS, strict=False)]
    folder = make_wave(tmp_path / "2026", said, CODED, REGISTER, {"codebook.toml": SMALL})
    found = Findings(analyse(folder))
    decided = replace(
        found.themes, approved=frozenset({"introduced_what"}), estimates=found.themes.estimates.assign(secret=SECRET)
    )
    vars(found)["_coded"] = (decided, [])
    estimate = rows.estimate
    monkeypatch.setattr(
        rows, "estimate", lambda *given: tuple(table.assign(secret=SECRET) for table in estimate(*given))
    )
    public = PublicFindings(found)
    themes = replace(public.themes, estimates=public.themes.estimates.assign(secret=SECRET))
    vars(public)["themes"] = themes
    assert (themes.estimates["count"] > 0).sum() >= 2 and holds_secret(decided.estimates)
    build = build_of(public, tmp_path / "public", None)
    (build.folder / "figures").mkdir(parents=True)
    for exhibit in (
        theme_bars(public.shown, "introduced_what", themes),
        theme_segments(public.shown, "introduced_what", themes, "size"),
    ):
        save(public_exhibit(exhibit, 3), build.folder / "figures")
    write_build(build, [], None)
    files = dict(part for name, data in contents(build.folder).items() for part in parts_of(name, data))
    assert any(b"resurser" in data for name, data in files.items() if name == "themes.csv")
    assert [name for name, data in files.items() if b"secret" in data or b"4711.25" in data or b"4711,25" in data] == []


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
        shown.export.cells.rows,
        len(shown.wave.corrections),
    ) == (0, 0, 0, 0)
    assert list(flow(shown).table["Steg"]) == ["Kommuner som fick enkäten", "Svarade inte", "Kommuner som svarat"]
