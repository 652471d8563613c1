"""The year as a checklist: eight steps, each with where it stands and what is to be mended in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sekom_survey.app.coded import coded
from sekom_survey.app.remembered import Remembered
from sekom_survey.app.years import KnownYear, known, stamp_of
from sekom_survey.found.goals import activities
from sekom_survey.found.goals.load import read_goals
from sekom_survey.model import ERROR, MUNICIPALITY, NOTE, REGION, Problem, errors
from sekom_survey.shown.summary import answered_of
from sekom_survey.text.files import as_day, is_leftover
from sekom_survey.text.places import report_folder
from sekom_survey.text.swedish import date_long, number, number_word, plural
from sekom_survey.text.table import read_sheet

EXPORT, MEMBERS, QUESTIONS, NAMES = "svar", "medlemmar", "fragor", "namn"
LOG, TEXTS, GOALS, REPORT = "logg", "texter", "mal", "rapport"
TITLES = {
    EXPORT: "Svarsfilen",
    MEMBERS: "Medlemslistan",
    QUESTIONS: "Frågorna",
    NAMES: "Namn på medlemmar",
    LOG: "Aktivitetsloggen",
    TEXTS: "Texter med egna ord",
    GOALS: "Mål och beslut",
    REPORT: "Rapport",
}
FILES = {
    "survey.toml": QUESTIONS, "members.csv": MEMBERS, "corrections.csv": NAMES, "activities.csv": LOG, "signals.csv": LOG,
    "codebook.toml": TEXTS, "codings.csv": TEXTS, "goals.toml": GOALS, "decisions.csv": GOALS,
}  # fmt: skip
OF_THE_FILE = ("export_", "file_", "reader_", "sheet_", "nobody_")
NAMED = "member_unmatched"
DONE, NOW, LATER = "klar", "nu", "sedan"
LOG_FILE = "activities.csv"
_LOGGED: Remembered[date | None] = Remembered(8)


@dataclass(frozen=True)
class Step:
    """A step: where it stands, in words, how far it has come, and what is to be mended or looked at in it."""

    id: str
    said: str
    state: str
    problems: tuple[Problem, ...] = ()
    number: int = 0

    @property
    def title(self) -> str:
        """What it is called."""
        return TITLES[self.id]

    @property
    def to_mend(self) -> tuple[Problem, ...]:
        """What must or should be mended; notes ask for nothing."""
        return tuple(problem for problem in self.problems if problem.level != NOTE)


def steps(folder: Path, reports: Path) -> tuple[Step, ...]:
    """The steps of a year, in order; the first that is neither done nor optional is now."""
    year = known(folder)
    sorted_in = _sorted_in(year.problems)
    found = [_step(id, say(folder, year, reports), sorted_in.get(id, ()), year) for id, say in SAYS.items()]
    now = next((i for i, (step, _) in enumerate(found) if step.state != DONE), len(found))
    return tuple(
        Step(step.id, step.said, NOW if i == now else step.state, step.problems, i + 1)
        for i, (step, _) in enumerate(found)
    )


def place_of(problem: Problem) -> str:
    """The step that a problem stands in."""
    if problem.code == NAMED:
        return NAMES
    name = problem.file.rpartition("/")[2]
    if name in FILES:
        return FILES[name]
    if "/export" in problem.file:
        return EXPORT if problem.code.startswith(OF_THE_FILE) else QUESTIONS
    return REPORT


def not_counted(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """The rows that are set aside by themselves: told, nothing to do."""
    return tuple(problem for problem in problems if problem.code.startswith("row_") and problem.level == NOTE)


def _sorted_in(problems: Sequence[Problem]) -> Mapping[str, tuple[Problem, ...]]:
    aside = set(not_counted(problems))
    found: dict[str, list[Problem]] = {}
    for problem in problems:
        if problem not in aside:
            found.setdefault(place_of(problem), []).append(problem)
    return {id: tuple(sorted(those, key=lambda one: one.level != ERROR)) for id, those in found.items()}


def _step(id: str, said: tuple[str, bool], problems: tuple[Problem, ...], year: KnownYear) -> tuple[Step, bool]:
    words, done = said
    hinders = [p for p in problems if p.level == ERROR or p.code == NAMED]
    return Step(id, words, DONE if done and not hinders else LATER, problems), bool(hinders)


def _export(folder: Path, year: KnownYear, reports: Path) -> tuple[str, bool]:
    files = [path for path in (folder / "export").glob("*") if path.is_file() and not is_leftover(path.name)]
    if len(files) != 1:
        return ("saknas" if not files else f"{number_word(len(files))} filer, men bara en ska ligga här"), False
    if year.export is None:
        return files[0].name, True
    rows = len(year.export.rows)
    return f"{number(rows)} {plural(rows, 'rad', 'rader')}, {files[0].name}", True


def _members(folder: Path, year: KnownYear, reports: Path) -> tuple[str, bool]:
    if not (folder / "members.csv").exists():
        return "saknas", False
    if year.wave is None or year.responses is None:
        return "finns", True
    asked = [answered_of(year.wave, year.responses, kind)[1] for kind in (MUNICIPALITY, REGION)]
    return f"{plural_of(asked[0], 'kommun', 'kommuner')} och {plural_of(asked[1], 'region', 'regioner')}", True


def plural_of(count: int, one: str, many: str) -> str:
    """A count with its word: "4 regioner"."""
    return f"{number(count)}\u00a0{plural(count, one, many)}"


def _questions(folder: Path, year: KnownYear, reports: Path) -> tuple[str, bool]:
    if year.survey is None:
        return "går inte att läsa", False
    count = len(year.survey.questionnaire.items)
    return (
        (f"alla {number(count)} känns igen", True)
        if year.responses
        else (plural_of(count, "fråga", "frågor"), year.export is None and not errors(year.problems))
    )


def _names(folder: Path, year: KnownYear, reports: Path) -> tuple[str, bool]:
    if year.responses is None:
        return "väntar på svaren", False
    left = year.responses.accounting.row_count("unmatched")
    rows = year.responses.accounting.rows_read
    return (f"{number(rows - left)} av {number(rows)} rader klara" + (f", {number(left)} kvar" if left else "")), True


def _log(folder: Path, year: KnownYear, reports: Path) -> tuple[str, bool]:
    last = last_logged(folder)
    return (f"till och med {date_long(last)}" if last else "tom än så länge; den fylls på under året"), True


def last_logged(folder: Path) -> date | None:
    """The last day in the activity log."""
    return _LOGGED.of((folder, stamp_of(folder, LOG_FILE)), lambda: _last_logged(folder / LOG_FILE))


def _last_logged(path: Path) -> date | None:
    rows = read_sheet(path, path.name, activities.COLUMNS, (), activities.ALIASES).rows if path.exists() else ()
    return max((day for _, cells in rows if (day := as_day(cells.get("date", "")[:10]))), default=None)


def _texts(folder: Path, year: KnownYear, reports: Path) -> tuple[str, bool]:
    found = coded(folder)
    if found is None:
        return ("ingen kodbok" if year.responses else "väntar på svaren"), year.responses is not None
    return f"{number(found.done)} av {number(found.texts)} granskade", found.done == found.texts


def _goals(folder: Path, year: KnownYear, reports: Path) -> tuple[str, bool]:
    if not (folder / "goals.toml").exists() or year.survey is None:
        return "inga mål i årets mapp", True
    goals, _ = read_goals(folder / "goals.toml", "goals.toml", year.survey.questionnaire)
    if goals is None:
        return "går inte att läsa", False
    having = sum(any(one.has_target(year.survey.year) for one in goal.headline) for goal in goals.goals)
    return f"{number(having)} av {number(len(goals.goals))} mål har målvärde", True


def _report(folder: Path, year: KnownYear, reports: Path) -> tuple[str, bool]:
    day = made(folder, reports)
    if errors(year.problems):
        return "väntar på stegen ovan", False
    return (f"gjord {date_long(day)}", True) if day else ("inte gjord än", False)


def made(folder: Path, reports: Path) -> date | None:
    """The day the last report was made."""
    path = report_folder(folder, reports) / "internal" / "run.json"
    return date.fromtimestamp(path.stat().st_mtime) if path.is_file() else None


Say = Callable[[Path, KnownYear, Path], tuple[str, bool]]
SAYS: dict[str, Say] = {
    EXPORT: _export, MEMBERS: _members, QUESTIONS: _questions, NAMES: _names, LOG: _log, TEXTS: _texts, GOALS: _goals,
    REPORT: _report,
}  # fmt: skip
