"""Every file in the folder of platforms is one."""

import re
from pathlib import Path

import pytest

import sekom_survey.collected
from sekom_survey.collected import platforms, read_export
from sekom_survey.collected.platforms import PLATFORMS

DOCS = Path(__file__).parents[2] / "docs" / "contributing.md"
WORKED_EXAMPLE = next(code for code in re.findall(r"^```python\n(.*?)^```", DOCS.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
                      if "def detect" in code)  # fmt: skip


@pytest.mark.parametrize("name", sorted(PLATFORMS))
def test_a_platform_offers_what_every_platform_does(name):
    """Title, headings as they compare, and two functions."""
    platform = PLATFORMS[name]
    assert platform.title
    assert all(
        heading == heading.casefold().strip() for heading in (*platform.STARTS, *platform.ENDS, *platform.OTHERS)
    )
    assert callable(platform.detect)
    assert callable(platform.read)


def test_a_platform_is_added_by_one_file(tmp_path, monkeypatch):
    """The one in docs/contributing.md, dropped beside the others: found, recognised and read, by its file's name."""
    (tmp_path / "enkla.py").write_text(WORKED_EXAMPLE, encoding="utf-8")
    (tmp_path / "svar.csv").write_text(
        "Svarsnummer,Inskickad,Kommun,Tycker\n1,2026-02-03 10:12,Ekby,A;B;\n", encoding="utf-8"
    )
    monkeypatch.setattr(platforms, "__path__", [*platforms.__path__, str(tmp_path)])
    found = platforms.found_platforms()
    assert set(found) == {*PLATFORMS, "enkla"}
    monkeypatch.setattr(sekom_survey.collected, "READERS", found)
    export, problems = read_export(tmp_path / "svar.csv", "svar.csv")
    assert problems == []
    assert export.platform == "enkla"
    assert export.headers == ("Kommun", "Tycker")
    assert list(export.rows["date"]) == ["2026-02-03"]
    assert dict(export.dropped)["Svarsnummer"] == 1
