"""One year, exported by every platform, gives the same clean answers and the same estimates."""

from __future__ import annotations

import csv
import io
import shutil
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest

from sekom_survey.collected import READERS
from sekom_survey.counted.columns import match_columns
from sekom_survey.counted.year import Year, analyse
from sekom_survey.running.outputs import write_csv

from .platforms import OPTIONS, WRITERS, questions_of, write_quiz

EXAMPLE = Path(__file__).parents[2] / "surveys" / "exempel" / "2026"
PLATFORMS = {**WRITERS, "msforms": write_quiz}


@dataclass(frozen=True, eq=False)
class Exported:
    """A platform's file of the example's year, analysed in a folder of its own."""

    platform: str
    year: Year


@pytest.fixture(scope="module")
def original() -> Year:
    return analyse(EXAMPLE)


@pytest.fixture(scope="module", params=sorted(PLATFORMS))
def exported(request: pytest.FixtureRequest, original: Year, tmp_path_factory: pytest.TempPathFactory) -> Exported:
    folder = tmp_path_factory.mktemp(request.param) / "2026"
    (folder / "export").mkdir(parents=True)
    shutil.copyfile(EXAMPLE / "members.csv", folder / "members.csv")
    (folder / "corrections.csv").write_text(corrections_by_words(original), encoding="utf-8")
    (folder / "survey.toml").write_text(survey_for(request.param), encoding="utf-8")
    PLATFORMS[request.param](questions_of(original.export, original.wave.questionnaire), folder / "export")
    return Exported(request.param, analyse(folder))


def corrections_by_words(year: Year) -> str:
    """The example's corrections, each aimed at what stands in the cell: every platform numbers its rows otherwise."""
    columns = {item.id: i for i, item in match_columns(year.export, year.wave.questionnaire)[0].items()}
    rows = list(csv.DictReader((EXAMPLE / "corrections.csv").read_text(encoding="utf-8").splitlines()))
    for row in rows:
        if row["row"]:
            line = year.export.rows["row"].astype(str) == row["row"]
            row |= {"row": "", "found": year.export.cells.table.loc[line, columns[row["item"]]].item()}
    target = io.StringIO(newline="")
    writer = csv.DictWriter(target, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return target.getvalue()


def survey_for(platform: str) -> str:
    """The example's survey.toml; what no program can see in a plain table is stated in it."""
    text = (EXAMPLE / "survey.toml").read_text(encoding="utf-8")
    if platform != "generic":
        return text
    codes = "\n".join(f'"{code}" = "{state}"' for code, state in OPTIONS["generic"]["missing"].items())
    rows, ended = OPTIONS["generic"]["header_rows"], OPTIONS["generic"]["ended"]
    stated = f'[reader_options]\nheader_rows = {rows}\nended = "{ended}"\n[reader_options.missing]\n{codes}\n'
    return f'reader = "generic"\n{text}\n{stated}'


def answers(year: Year) -> pd.DataFrame:
    order = ["respondent", "item", "option", "text"]
    return year.responses.answers.table.sort_values(order)[[*order, "state", "value"]].reset_index(drop=True)


def test_every_platform_is_tried() -> None:
    """A new reader needs a writer here."""
    assert set(PLATFORMS) == set(READERS)


def test_the_same_year_gives_the_same_answers(exported: Exported, original: Year) -> None:
    """Same respondents, items, states, options, values and texts as from Microsoft Forms, own words to the letter."""
    assert exported.year.export.platform == exported.platform
    assert exported.year.responses.accounting.closes
    assert (
        dict(exported.year.responses.accounting.rows)["counted"] == dict(original.responses.accounting.rows)["counted"]
    )
    pd.testing.assert_frame_equal(answers(original), answers(exported.year))


@pytest.mark.parametrize("table", ["estimates", "means"])
def test_the_same_year_gives_the_same_numbers_to_the_byte(
    exported: Exported, original: Year, table: str, tmp_path: Path
) -> None:
    """estimates.csv and means.csv as a run writes them, from the file of each platform."""
    for name, year in (("one.csv", original), ("other.csv", exported.year)):
        write_csv(getattr(year, table), tmp_path / name)
    assert (tmp_path / "one.csv").stat().st_size > 10_000
    assert (tmp_path / "one.csv").read_bytes() == (tmp_path / "other.csv").read_bytes()
