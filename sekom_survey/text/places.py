"""Where things lie in a checkout of the project."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SURVEYS = ROOT / "surveys"
REPORTS = ROOT / "reports"
NOTEBOOKS = ROOT / "notebooks"


def wave_name(folder: Path) -> str:
    """A wave's name: its path under surveys/, or the folder's own name."""
    folder = folder.resolve()
    return folder.relative_to(SURVEYS).as_posix() if folder.is_relative_to(SURVEYS) else folder.name


def report_folder(folder: Path, reports: Path) -> Path:
    """Where a wave's reports are kept."""
    return reports / wave_name(folder)


def notebooks_of(folder: Path) -> list[Path]:
    """The project's notebooks and then the wave's own, by name."""
    return sorted(NOTEBOOKS.glob("*.ipynb")) + sorted((folder / "notebooks").glob("*.ipynb"))
