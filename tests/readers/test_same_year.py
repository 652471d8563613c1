"""One year, exported by every platform, gives the same clean answers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from sekom_survey.clean import clean
from sekom_survey.load import load_wave
from sekom_survey.model import Export, Wave
from sekom_survey.readers import READERS, read_export

from .files import read
from .platforms import OPTIONS, WRITERS, questions_of

EXAMPLE = Path(__file__).parents[2] / "surveys" / "exempel" / "2026"


@pytest.fixture(scope="module")
def wave() -> Wave:
    found = load_wave(EXAMPLE)[0]
    return replace(found, corrections=())


@pytest.fixture(scope="module")
def original(wave: Wave) -> Export:
    found, problems = read_export(wave.export, wave.export.name)
    assert found is not None, problems
    return found


def answers(export: Export, wave: Wave) -> pd.DataFrame:
    found = clean(export, wave)
    assert found.accounting.closes
    told = found.answers.assign(text=found.answers["text"].str.replace("[;,]", "", regex=True).str.split().str.join(" "))
    order = ["respondent", "item", "option", "text"]
    return told.sort_values(order)[[*order, "state", "value"]].reset_index(drop=True)


def test_every_platform_is_tried() -> None:
    """A new reader needs a writer here."""
    assert set(WRITERS) | {"msforms"} == set(READERS)


@pytest.mark.parametrize("platform", sorted(WRITERS))
def test_the_same_year_gives_the_same_answers(platform: str, original: Export, wave: Wave, tmp_path: Path) -> None:
    """Same respondents, items, states, options, values and texts as from Microsoft Forms."""
    path = WRITERS[platform](questions_of(original, wave.questionnaire), tmp_path)
    export = read(path, "generic" if platform == "generic" else None, **OPTIONS.get(platform, {}))
    assert export.platform == platform
    pd.testing.assert_frame_equal(answers(original, wave), answers(export, wave))
