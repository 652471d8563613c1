"""A new year's folder from last year's: what can be carried over is, the rest is a list of what to do."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sekom_survey.asked.indicators import INDICATORS_FILE
from sekom_survey.asked.questionnaire import read_survey
from sekom_survey.asked.register import COLUMNS, read_members
from sekom_survey.found.annual.read import ANNUAL_FILE
from sekom_survey.found.examples import EXAMPLES_FILE
from sekom_survey.found.goals import activities, decisions
from sekom_survey.found.past_run import PUBLISHED
from sekom_survey.found.trace import PLAN_FILE
from sekom_survey.model import Member, Problem, Survey, Unusable, errors
from sekom_survey.text.files import decode
from sekom_survey.text.places import REPORTS, report_folder, wave_name
from sekom_survey.text.toml import read_toml
from sekom_survey.upkeep.next_year.checklist import CHECKLIST, Start, checklist
from sekom_survey.upkeep.next_year.goals import indicators, next_goals, outcomes
from sekom_survey.upkeep.next_year.survey import NotRewritten, next_corrections, next_members, next_survey, table_text

COPIED = ("codebook.toml", "claims.toml", INDICATORS_FILE, EXAMPLES_FILE, ANNUAL_FILE, PLAN_FILE)
EMPTY = {
    "activities.csv": activities.COLUMNS,
    "decisions.csv": decisions.COLUMNS,
}
_NAME = re.compile(r"(?:[A-Za-z0-9åäöÅÄÖ_-]+/)*\d{4}")


@dataclass(frozen=True)
class _Last:
    """Last year's folder, read; `invented`: its members and answers are made up and the new year's are not."""

    folder: Path
    survey: Survey
    members: tuple[Member, ...]
    invented: bool


def year_folder(name: str, surveys: Path) -> Path:
    """Where a new year goes: a year, or folders and a year, under `surveys`. Raises Unusable for any other path."""
    if not _NAME.fullmatch(name):
        todo = "Skriv ett år, som 2027, en mapp och ett år, som exempel/2027, eller en hel sökväg som slutar på året."
        raise Unusable([Problem("wave_name", name, "", "Namnet är inget år.", todo)])
    return surveys / name


def new_folder(name: str, surveys: Path) -> Path:
    """As `year_folder`, or the whole path of a folder that is named after its year, as a person at the keyboard may give it."""
    path = Path(name)
    whole = path.is_absolute() or name.startswith(("./", "../", ".\\", "..\\"))
    return path if whole and re.fullmatch(r"\d{4}", path.name) else year_folder(name, surveys)


def new_year(target: Path, source: Path, reports: Path = REPORTS) -> list[str]:
    """Make `target` (named after its year) from last year's `source`, and tell what was done; never overwrites.

    `reports` is where last year's goals.csv is looked for, then among the numbers that an erased year keeps. The folder appears whole or not at all. From an invented year
    to a real one neither members, names nor outcomes are carried over. Raises Unusable with what must be mended first.
    """
    last = _read(target, source)
    with beside(target) as work:
        survey = _survey(work, target, last)
        members, gone, names = _people(work, last, survey)
        home = report_folder(source, reports)
        baselines = _goals(work, last, [home / "internal", home / "public", source / PUBLISHED])
        for name in COPIED:
            if (source / name).exists() and not (name == EXAMPLES_FILE and last.invented):
                shutil.copyfile(source / name, work / name)
        for name, header in EMPTY.items() if survey.of_members else ():
            _write(work / name, table_text([header]))
        goals = (work / "goals.toml").exists()
        start = Start(
            wave_name(target), wave_name(source), survey, gone, members, names, baselines, goals, last.invented
        )
        _write(work / CHECKLIST, checklist(start))
        made = sorted(path.name for path in work.iterdir())
        work.rename(target)
    return list(_told(start, made, (source / "notebooks").is_dir()))


def _read(target: Path, source: Path) -> _Last:
    problems = list(target_faults(target))
    survey, found = read_survey(source / "survey.toml", f"{source.name}/survey.toml")
    overrides = survey.region_overrides if survey else ()
    register = source / "members.csv"
    members, more = (
        ((), ())
        if survey and not survey.of_members
        else read_members(register, f"{source.name}/members.csv", overrides)
    )
    problems += [*found, *more]
    if survey and not problems and int(target.name) <= survey.year:
        todo = "Ange ett senare år, eller en äldre förlaga efter --from."
        problems.append(Problem("year_order", target.name, "", f"Förlagan är från {survey.year}.", todo))
    if survey is None or errors(problems):
        raise Unusable(problems)
    apart = target.parent.resolve() != source.parent.resolve()
    return _Last(source, survey, members, survey.synthetic and apart)


def target_faults(target: Path) -> Iterator[Problem]:
    """Why a folder cannot be made there."""
    if not re.fullmatch(r"\d{4}", target.name):
        yield Problem("wave_name", target.name, "", "Mappens namn är inget år.", "Döp mappen efter året, som 2027.")
    if target.exists() or target.is_symlink():
        todo = "Flytta undan mappen om du vill börja om."
        yield Problem("folder_exists", target.name, "", "Mappen finns redan.", todo)


@contextmanager
def beside(target: Path) -> Iterator[Path]:
    """A folder beside the target to build in, gone afterwards unless it has become the target."""
    work = target.parent / f".{target.name}-{os.getpid()}"
    shutil.rmtree(work, ignore_errors=True)
    (work / "export").mkdir(parents=True)
    try:
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _survey(work: Path, target: Path, last: _Last) -> Survey:
    year, synthetic = int(target.name), last.survey.synthetic and not last.invented
    path = last.folder / "survey.toml"
    _write(work / "survey.toml", _rewritten(path, lambda text: next_survey(text, last.survey, year, synthetic)))
    survey, problems = read_survey(work / "survey.toml", f"{target.name}/survey.toml")
    if survey is None:
        raise Unusable(problems)
    return survey


def _rewritten(path: Path, change: Callable[[str], str]) -> str:
    try:
        return change(decode(path.read_bytes())[0])
    except NotRewritten as key:
        found = f"Raderna för {key} kan inte skrivas om."
        todo = "Skriv var och en av dem på en egen rad, utan radbrytning, och försök igen."
        raise Unusable([Problem("not_rewritten", f"{path.parent.name}/{path.name}", str(key), found, todo)]) from None


def _people(work: Path, last: _Last, survey: Survey) -> tuple[int, list[Member], int]:
    """Write members.csv and corrections.csv; how many members, who was left out, how many names are remembered."""
    if not survey.of_members:
        return 0, [], 0
    if last.invented:
        _write(work / "members.csv", table_text([COLUMNS]))
        _write(work / "corrections.csv", next_corrections(Path(), survey.year, ())[0])
        return 0, [], 0
    text, gone = next_members(last.folder / "members.csv", last.members, survey.frame_date)
    _write(work / "members.csv", text)
    remaining = {member.member_id for member in last.members} - {member.member_id for member in gone}
    corrections, names = next_corrections(last.folder / "corrections.csv", last.survey.year, remaining)
    _write(work / "corrections.csv", corrections)
    return len(remaining), gone, names


def _goals(work: Path, last: _Last, reports: Iterable[Path]) -> int:
    """Write goals.toml, if there was one, and count the baselines that came from last year's outcome."""
    path = last.folder / "goals.toml"
    if not path.exists():
        return 0
    data, problems = read_toml(path, f"{last.folder.name}/goals.toml")
    if problems:
        raise Unusable(problems)
    found = {} if last.invented else next(filter(None, map(outcomes, reports)), {})
    _write(work / "goals.toml", _rewritten(path, lambda text: next_goals(text, last.survey.year, found)))
    return len(found.keys() & {indicator.get("id") for indicator in indicators(data)})


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="")


def _told(start: Start, made: list[str], notebooks: bool) -> Iterator[str]:
    yield f"Mappen {start.wave} är skapad efter {start.before}: " + ", ".join(made) + "."
    if start.survey.of_members:
        yield (
            f"{start.members} medlemmar följde med"
            + (f", {len(start.gone)} som lämnat uteslöts." if start.gone else ".")
            + f" {start.names} bekräftade namn är ihågkomna i corrections.csv."
        )
    if start.goals:
        yield _outcomes_told(start)
    if notebooks:
        yield f"Årets egna anteckningsböcker i {start.before}/notebooks är inte kopierade; kopiera dem som ska vara med igen."
    yield f"Börja med {CHECKLIST} i mappen: där står vad du gör, i vilken ordning."


def _outcomes_told(start: Start) -> str:
    """What became of last year's outcomes."""
    return (
        f"Förra årets utfall är utgångsvärde för {start.baselines} mått i goals.toml."
        if start.baselines
        else "Exemplets utfall är påhittade och följer inte med: utgångsvärdena i goals.toml är exemplets, och ska bytas mot era egna."
        if start.invented
        else f"Förra årets utfall finns inte i reports/{start.before}/internal, så goals.toml har kvar sina gamla utgångsvärden. Vill du ha "
        f"med det: ta bort mappen {start.wave}, kör sekom run {start.before} och börja om."
    )
