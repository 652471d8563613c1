"""A year's folder -> Wave: everything read strictly before anything is computed."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from sekom_survey.asked.questionnaire import read_survey
from sekom_survey.asked.register import read_members
from sekom_survey.model import MEMBER, Correction, Item, Member, Problem, Survey, Unusable, Wave, errors
from sekom_survey.text.files import is_leftover
from sekom_survey.text.table import read_sheet
from sekom_survey.text.toml import did_you_mean, read_toml

EXPORT_SUFFIXES = (".xlsx", ".csv", ".tsv", ".txt", ".sav", ".zsav", ".xlsm", ".xls", ".ods", ".zip")
CORRECTION_COLUMNS = ("action", "row", "found", "member_id", "item", "reason", "date", "who")
CORRECTION_ALIASES = {
    "åtgärd": "action",
    "rad": "row",
    "hittat": "found",
    "medlem": "member_id",
    "fråga": "item",
    "skäl": "reason",
    "orsak": "reason",
    "datum": "date",
    "vem": "who",
}
ACTIONS = {"match": "match", "matcha": "match", "strike": "strike", "stryk": "strike"}


def find_wave(name: str, surveys: Path) -> Path:
    """The folder a user means by a wave: a path, or a year or path under `surveys`. Raises Unusable."""
    for folder in (Path(name), surveys / name):
        if _is_folder(folder):
            return folder
    years = sorted(str(p.parent.relative_to(surveys)) for p in surveys.glob("**/survey.toml"))
    raise Unusable(
        [
            Problem(
                "wave_missing",
                name[:120],
                "",
                "Mappen finns inte.",
                "Ange en mapp, eller ett år under surveys/: " + ", ".join(years) + "." + did_you_mean(name, years),
            )
        ]
    )


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):  # no name that the system can have
        return False


def load_wave(folder: Path) -> tuple[Wave, list[Problem]]:
    """A year's folder to a Wave and the warnings met. Raises Unusable with every problem found, not the first."""
    shown = folder.name
    survey, problems = read_survey(folder / "survey.toml", f"{shown}/survey.toml")
    members: tuple[Member, ...] = ()
    if survey is None or survey.of_members:
        overrides = survey.region_overrides if survey else ()
        members, found = read_members(folder / "members.csv", f"{shown}/members.csv", overrides)
        problems += found
    export, found = find_export(folder / "export", f"{shown}/export")
    problems += found
    corrections, found = read_corrections(folder, members, survey)
    problems += found
    if survey is None or export is None or errors(problems):
        raise Unusable(problems)
    inputs = tuple(
        p for p in (folder / "survey.toml", folder / "members.csv", folder / "corrections.csv", export) if p.exists()
    )
    return Wave(folder, shown, survey, members, export, corrections, inputs), problems


def find_export(folder: Path, shown: str) -> tuple[Path | None, list[Problem]]:
    """The one export file in a folder; none or several is a problem. Hidden files and Excel's lock files do not count."""
    files = sorted(p for p in folder.glob("*") if p.is_file() and not is_leftover(p.name)) if folder.is_dir() else []
    if len(files) == 1:
        return _usable_export(files[0], shown)
    if not files:
        return None, [
            Problem(
                "export_missing",
                shown,
                "",
                "Ingen enkätfil finns.",
                "Lägg filen från Microsoft Forms (xlsx eller csv) i mappen export, orörd.",
            )
        ]
    return None, [
        Problem(
            "export_several",
            shown,
            "",
            f"{len(files)} filer: " + ", ".join(p.name for p in files) + ".",
            "Behåll bara den fil som ska räknas.",
        )
    ]


def _usable_export(path: Path, shown: str) -> tuple[Path | None, list[Problem]]:
    if path.is_symlink() and not path.resolve().is_relative_to(path.parent.parent.resolve()):
        return None, [
            Problem(
                "export_link", f"{shown}/{path.name}", "", "Filen är en länk ut ur mappen.", "Lägg själva filen här."
            )
        ]
    return path, []


def read_corrections(
    folder: Path, members: tuple[Member, ...], survey: Survey | None
) -> tuple[tuple[Correction, ...], list[Problem]]:
    """A year's corrections.csv to Corrections and the problems met; none when there is no file."""
    path, shown = folder / "corrections.csv", f"{folder.name}/corrections.csv"
    if not path.exists():
        return (), []
    sheet = read_sheet(path, shown, CORRECTION_COLUMNS, ("action", "reason"), CORRECTION_ALIASES)
    problems = list(sheet.problems)
    ids = {member.member_id for member in members}
    items = {item.id: item for item in survey.questionnaire.items} if survey else {}
    corrections = []
    for line, cells in sheet.rows:
        found = _correction_faults(cells, f"rad {line}", shown, ids, items)
        problems += found
        if not found:
            corrections.append(
                Correction(
                    ACTIONS[cells["action"].casefold()],
                    cells.get("row", ""),
                    cells.get("found", ""),
                    cells.get("member_id", ""),
                    cells.get("item", ""),
                    cells["reason"],
                    cells.get("date", ""),
                    cells.get("who", ""),
                )
            )
    return tuple(corrections), problems


def _correction_faults(
    cells: dict[str, str] | object, where: str, shown: str, ids: set[str], items: dict[str, Item]
) -> list[Problem]:
    assert isinstance(cells, dict)
    faults = []
    if cells.get("action", "").casefold() not in ACTIONS:
        faults.append(("action_unknown", f"action är ”{cells.get('action', '')}”.", "Skriv match eller strike."))
    elif ACTIONS[cells["action"].casefold()] == "match" and cells.get("member_id") not in ids:
        faults.append(
            (
                "member_unknown",
                f"Medlemmen ”{cells.get('member_id', '')}” finns inte i registret.",
                "Skriv ett member_id ur members.csv." + did_you_mean(cells.get("member_id", ""), ids),
            )
        )
    if not cells.get("reason"):
        faults.append(("reason_missing", "Skälet är tomt.", "Skriv varför, så att nästa person förstår."))
    if cells.get("item") and items and cells["item"] not in items:
        faults.append(
            (
                "item_unknown",
                f"Frågan ”{cells['item']}” finns inte.",
                "Skriv frågans id." + did_you_mean(cells["item"], items),
            )
        )
    if not cells.get("found") and not cells.get("row"):
        faults.append(
            (
                "correction_target",
                "Varken found eller row är ifyllt.",
                "Skriv namnet som det står i svaret, eller radens nummer.",
            )
        )
    return [Problem(code, shown, where, found, todo) for code, found, todo in faults]


def last_years_folder(folder: Path, year: int) -> Path | None:
    """The folder beside this one whose survey.toml says the year before, of a survey to members; None when there is none."""
    for path in sorted(folder.resolve().parent.glob("*/survey.toml")):
        data, problems = read_toml(path, path.name)
        if not problems and data.get("year") == year - 1 and data.get("unit", MEMBER) == MEMBER:
            return path.parent
    return None


def wave_folder(beside: Path, name: str) -> Path | None:
    """The folder of a survey named in goals.toml, beside the year's own; None for a name that leads elsewhere."""
    parts = PurePosixPath(name).parts
    return beside / name if parts and ".." not in parts and not PurePosixPath(name).is_absolute() else None


def has_answers(folder: Path) -> bool:
    """Whether a year still has its answers; those of a year that has been erased are gone, and only its numbers are left."""
    _, problems = find_export(folder / "export", folder.name)
    return {problem.code for problem in problems} != {"export_missing"}
