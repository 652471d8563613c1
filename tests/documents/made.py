"""The example run once for every test and every worker, and its files at hand."""

from __future__ import annotations

import fcntl
import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import nbformat
import pandas as pd

from sekom_survey.running.notebook import PROSE_KEY
from sekom_survey.running.run import run

ROOT = Path(__file__).parents[2]
YEAR = ROOT / "surveys" / "exempel" / "2026"
BUILDS = ("internal", "public")
DONE = "done"


@dataclass(frozen=True)
class Build:
    """One build's folder, with what lies in it read when it is asked for."""

    name: str
    folder: Path

    @cached_property
    def tables(self) -> dict[str, pd.DataFrame]:
        """The csv files by name; empty cells of text are ""."""
        return {
            path.stem: pd.read_csv(path, keep_default_na=path.stem != "claims")
            for path in sorted(self.folder.glob("*.csv"))
        }

    @cached_property
    def exhibits(self) -> dict[str, dict]:
        """What each exhibit says: title, subtitle, note, alt, columns and rows as text."""
        return {
            path.stem: json.loads(path.read_text(encoding="utf-8"))
            for path in sorted((self.folder / "figures").glob("*.json"))
        }

    def data(self, exhibit: str) -> pd.DataFrame:
        """The numbers an exhibit was drawn from."""
        return pd.read_csv(self.folder / "figures" / f"{exhibit}.csv")

    @cached_property
    def record(self) -> dict:
        """run.json."""
        return json.loads((self.folder / "run.json").read_text(encoding="utf-8"))

    @cached_property
    def prose(self) -> list[str]:
        """The words that stand in the notebooks, and those that their cells tell."""
        notebooks = [nbformat.read(path, as_version=4) for path in sorted((self.folder / "notebooks").glob("*.ipynb"))]
        cells = [cell for notebook in notebooks for cell in notebook.cells]
        told = [
            out.data["text/markdown"]
            for cell in cells
            for out in cell.get("outputs", ())
            if PROSE_KEY in out.get("metadata", {})
        ]
        return [*(cell.source for cell in cells if cell.cell_type == "markdown"), *told]


def make(shared: Path) -> dict[str, Build]:
    """Both builds of the example; the first worker to come makes them, the others wait."""
    folder = shared / "example"
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / DONE).exists():
            run(YEAR, folder / "reports", lambda _: None)
            (folder / DONE).touch()
    home = folder / "reports" / "exempel" / "2026"
    return {name: Build(name, home / name) for name in BUILDS}
