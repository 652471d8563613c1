"""What a run of a year would stop for beyond its answers, told before it is begun."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sekom_survey.asked.marks import unconfirmed
from sekom_survey.coding.codebook import Codebook, load_codebook
from sekom_survey.coding.shipped import codebook_file
from sekom_survey.found import trace
from sekom_survey.found.annual.read import ANNUAL_FILE, read_annual
from sekom_survey.found.claims.read import CLAIMS_FILE, read_claims
from sekom_survey.found.goals.outcome import goal_file_problems
from sekom_survey.found.indicators.gather import indicators_of
from sekom_survey.found.texts import coding_file_problems
from sekom_survey.model import WARNING, Export, Problem, Wave, errors
from sekom_survey.running.trust import notebook_faults, unknown_notebooks
from sekom_survey.text.files import is_copy, is_leftover
from sekom_survey.text.places import notebooks_of
from sekom_survey.upkeep.check import CODINGS, FILES, GOALS_FILE
from sekom_survey.written.brand import read_brand


def run_problems(wave: Wave, export: Export | None = None) -> tuple[Problem, ...]:
    """All of it: marks, notebooks, brand, codebook and decisions, goals and log, claims, indicators."""
    return tuple(dict.fromkeys((*file_problems(wave, export), *indicator_problems(wave))))


def file_problems(wave: Wave, export: Export | None = None) -> tuple[Problem, ...]:
    """Those that rest on no answer and no correction."""
    folder = wave.folder
    found = [
        *unconfirmed(wave.survey, folder / "survey.toml", f"{wave.name}/survey.toml", export),
        *(list(notebook_faults(notebooks_of(folder), folder)) or unknown_notebooks(folder)),
        *read_brand(folder, wave.name)[1],
        *copies(folder, wave.name),
    ]
    found += coding_file_problems(folder, wave.name)
    if (folder / GOALS_FILE).exists():
        found += goal_file_problems(folder)
    found += read_claims(folder / CLAIMS_FILE, f"{wave.name}/{CLAIMS_FILE}", wave.questionnaire)[1]
    if (folder / ANNUAL_FILE).exists():
        found += read_annual(folder / ANNUAL_FILE, f"{wave.name}/{ANNUAL_FILE}", wave.questionnaire)[1]
    found += trace.traced(wave, _codebook(folder), {})[1]
    return tuple(found)


def indicator_problems(wave: Wave) -> list[Problem]:
    """Those of the indicators' files, where corrections tell whose a name is."""
    return indicators_of(wave.folder, wave.survey, wave.members, wave.corrections)[1]


def _codebook(folder: Path) -> Codebook | None:
    """The year's codebook when it can be used; what is wrong with it is told elsewhere."""
    path = codebook_file(folder)
    if path is None:
        return None
    codebook, problems = load_codebook(path)
    return None if errors(problems) else codebook


def copies(folder: Path, shown: str) -> Iterator[Problem]:
    """A warning for each copy that a cloud service made of a file when two changed it at once; every decision on texts is read."""
    for path in sorted(folder.iterdir()):
        of = next((one.name for one in FILES if one.name != CODINGS and is_copy(path.name, one.name)), "")
        if of and path.is_file() and not is_leftover(path.name):
            found = (
                f"Filen {path.name} läses inte. Den ser ut som en kopia, som blir till när två ändrar {of} samtidigt."
            )
            todo = f"För över de rader som saknas till {of} och ta bort kopian."
            yield Problem("file_copy", f"{shown}/{of}", path.name, found, todo, WARNING)
