"""`sekom erase`: the retention table - what is kept of a year, until when - carried out, with what was published kept."""

from __future__ import annotations

import csv
import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sekom_survey.asked.questionnaire import read_survey
from sekom_survey.found.past_run import KEYS, MANIFEST, PUBLISHED
from sekom_survey.model import Problem, Survey, Unusable
from sekom_survey.running.safe_folder import LOCK, locked
from sekom_survey.text.files import NotText, as_day, is_leftover, read_rows, squeeze
from sekom_survey.text.places import REPORTS, report_folder, wave_name
from sekom_survey.text.rows import write_whole
from sekom_survey.upkeep.anonymise import ANONYMOUS, anonymous_export, survey_text

KEPT = (MANIFEST, *(f"{name}.csv" for name in KEYS), "themes.csv")
DUE, LATER, DONE, BY_HAND = "TA BORT", "SENARE", "KLART", "FÖR HAND"


@dataclass(frozen=True)
class Planned:
    """A rule of the retention table for a year: the files that are there, as a person knows them, and how it stands."""

    rule: RetentionRule
    files: tuple[str, ...]
    state: str


def erase(folder: Path, today: date, confirmed: bool = False, reports: Path = REPORTS) -> list[str]:
    """What is to be erased of a year, and when; erased when it is due and `confirmed`. Swedish lines.

    Published numbers are first kept in `folder`/published, from where `sekom diff` reads them as last year's figures.
    What was done is added to the year's gallring.csv. Raises Unusable, with nothing erased, when the numbers have not been
    published, the export cannot be replaced, or a run of the year is going on.
    """
    survey, problems = read_survey(folder / "survey.toml", f"{folder.name}/survey.toml")
    if survey is None:
        raise Unusable(problems)
    table = plan(folder, survey, today, reports)
    due = [one.rule for one in table if one.state == DUE]
    lines = [f"Gallring av {wave_name(folder)}, {today}", *map(_line, table)]
    if not due:
        return [*lines, "Inget att ta bort nu."]
    if not confirmed:
        return [*lines, "Inget är borttaget. Lägg till --confirm för att ta bort det som står under TA BORT."]
    with locked(report_folder(folder, reports)):
        return [*lines, *_carry_out(due, folder, reports, today, survey)]


def plan(folder: Path, survey: Survey, today: date, reports: Path = REPORTS) -> tuple[Planned, ...]:
    """How every rule of the retention table stands for a year on a day, in the order of the table."""
    table = rules(survey, annual_meeting(folder / "activities.csv", survey))
    return tuple(_planned(rule, folder, reports, today) for rule in table)


def _planned(rule: RetentionRule, folder: Path, reports: Path, today: date) -> Planned:
    files = tuple(_shown(_files(rule, folder, reports), folder))
    state = BY_HAND if not rule.files else DONE if not files else DUE if rule.due <= today else LATER
    return Planned(rule, files, state)


def _line(one: Planned) -> str:
    rule = one.rule
    files = f" ({', '.join(one.files)})" if one.files else ""
    then = f" {rule.then}" if one.state != DONE else ""
    return f"  {one.state:<8} {rule.due}: {rule.what}{files}.{then}"


def _files(rule: RetentionRule, folder: Path, reports: Path) -> list[Path]:
    """The files and folders of a rule that are still there."""
    home = report_folder(folder, reports)
    found = [path for name in rule.files for path in _named(name, folder, home)]
    flat = [part for path in found for part in (_exports(path) if path.name == "export" else [path])]
    return [path for path in flat if path.exists() and not (rule.id == RAW_EXPORT and path.name == ANONYMOUS)]


def _named(name: str, folder: Path, home: Path) -> list[Path]:
    """What a name in the table stands for; `reports/.*` is what a run keeps hidden beside the reports, but its lock."""
    if not name.startswith("reports/"):
        return sorted(folder.glob(name))
    return sorted(path for path in home.glob(name.removeprefix("reports/")) if path.name != LOCK)


def _exports(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("*") if path.is_file() and not is_leftover(path.name))


def _shown(files: Sequence[Path], folder: Path) -> list[str]:
    return [
        path.relative_to(folder).as_posix() if path.is_relative_to(folder) else f"reports/…/{path.name}"
        for path in files
    ]


def _carry_out(due: Sequence[RetentionRule], folder: Path, reports: Path, today: date, survey: Survey) -> Iterator[str]:
    ids = {rule.id for rule in due}
    gone = [(rule, _files(rule, folder, reports)) for rule in due]
    _refuse_links([path for _, files in gone for path in files])
    kept = _keep_published(folder, report_folder(folder, reports) / "public")
    if RAW_EXPORT in ids and PERSON_LEVEL not in ids:
        _replace_export(folder, survey)
    for _, files in gone:
        for path in files:
            _remove(path)
    log_erased(folder, [(rule, _shown(files, folder)) for rule, files in gone], today)
    yield f"Borttaget och antecknat i gallring.csv. Publicerade tal finns kvar i {PUBLISHED}: {', '.join(kept)}."


def _refuse_links(paths: Sequence[Path]) -> None:
    problems = [
        Problem(
            "erase_link", path.name, "", "Det är en länk; det den pekar på skulle bli kvar.", "Ta bort det för hand."
        )
        for path in paths
        if path.is_symlink()
    ]
    if problems:
        raise Unusable(problems)


def _keep_published(folder: Path, public: Path) -> list[str]:
    """Copy the public build's numbers into the year's folder; those kept before stay when there is no public build."""
    target = folder / PUBLISHED
    if not (public / MANIFEST).is_file():
        if (target / MANIFEST).is_file():
            return sorted(path.name for path in target.iterdir())
        todo = f"Kör först: sekom run {wave_name(folder)}"
        raise Unusable(
            [Problem("not_published", wave_name(folder), "", "Det finns inga publicerade tal att behålla.", todo)]
        )
    work = target.with_name(f".{PUBLISHED}-{os.getpid()}")
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir()
    for name in KEPT:
        if (public / name).is_file():
            shutil.copyfile(public / name, work / name)
    shutil.rmtree(target, ignore_errors=True)
    work.rename(target)
    return sorted(path.name for path in target.iterdir())


def _replace_export(folder: Path, survey: Survey) -> None:
    """Lay the export without persons beside the raw one, which is then erased; half done, it can be done again."""
    anonymous = folder / "export" / ANONYMOUS
    if not anonymous.exists():
        write_whole(anonymous, anonymous_export(folder))
    write_whole(folder / "survey.toml", survey_text(folder, survey).encode())


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


TABLE = Path(__file__).parent / "gallring.csv"
LOG = "gallring.csv"
LOG_COLUMNS = ("what", "when", "done", "files")
RAW_EXPORT, PERSON_LEVEL = "raw_export", "person_level"
MEETING_ACTIVITY = "annual_meeting"


@dataclass(frozen=True)
class RetentionRule:
    """A row of the table: files (below the year's folder, or `reports/` below its reports) and the day they are due."""

    id: str
    what: str
    due: date
    files: tuple[str, ...]
    then: str


def rules(survey: Survey, meeting: date) -> tuple[RetentionRule, ...]:
    """The retention table with its days for a year whose annual meeting was held on `meeting`."""
    starts = {"annual_meeting": meeting, "closed": survey.closed}
    header, *lines = read_rows(TABLE)
    rows = [dict(zip(header, line, strict=True)) for line in lines]
    return tuple(
        RetentionRule(
            row["id"],
            row["what"],
            months_after(starts[row["counted_from"]], int(row["months"])),
            tuple(filter(None, row["files"].split(";"))),
            row["then"],
        )
        for row in rows
    )


def annual_meeting(log: Path, survey: Survey) -> date:
    """The day of the annual meeting by the activity log, else the last day the statutes allow: 31 May."""
    latest = date(survey.year, 5, 31)
    try:
        lines = read_rows(log)
    except (OSError, NotText, csv.Error):
        return latest
    days = [cell[:10] for line in lines if MEETING_ACTIVITY in map(squeeze, line) for cell in map(squeeze, line)]
    held = [day for text in days if (day := as_day(text)) and survey.closed < day <= date(survey.year, 12, 31)]
    return max(held, default=latest)


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the month's last."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    last = [
        31,
        29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28,
        31,
        30,
        31,
        30,
        31,
        31,
        30,
        31,
        30,
        31,
    ]
    return date(year, month, min(day.day, last[month - 1]))


def log_erased(folder: Path, done: Iterable[tuple[RetentionRule, Sequence[str]]], today: date) -> None:
    """Add what was erased to the year's gallring.csv (what, when it was due, when it was done, files), in one step."""
    path = folder / LOG
    old = read_rows(path) if path.exists() else [list(LOG_COLUMNS)]
    draft = path.with_name(f".{LOG}.tmp")
    with draft.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
        writer.writerows(old)
        writer.writerows([rule.what, rule.due.isoformat(), today.isoformat(), ", ".join(files)] for rule, files in done)
        stream.flush()
        os.fsync(stream.fileno())
    draft.replace(path)
