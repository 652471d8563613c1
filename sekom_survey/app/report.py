"""The report: made in a run of its own, followed while it goes, read and taken home."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sekom_survey.app.asked import Asked, Moved, Notice, Rendered, Sent, address
from sekom_survey.app.given import GIVEN
from sekom_survey.app.look import PAGE
from sekom_survey.app.run_process import Run
from sekom_survey.app.steps import made
from sekom_survey.app.years import known
from sekom_survey.found.examples import EXAMPLES_FILE
from sekom_survey.model import Problem, errors
from sekom_survey.running.safe_folder import state
from sekom_survey.text.places import notebooks_of, report_folder
from sekom_survey.text.swedish import number, plural

BUILDS = {"public": "Publik", "internal": "Intern"}
FOLDERS = {**BUILDS, "annual": "Verksamhetsberättelsens siffror"}
KNOWN = {
    "report.html": "Hela rapporten, i webbläsaren",
    "report.docx": "Till styrelsen, Word",
    "slides.pptx": "Bilderna, PowerPoint",
    "goals.html": "Målen på en sida",
    "tables.xlsx": "Alla siffror, Excel",
    "examples.html": "Att söka i, i webbläsaren",
    "examples.docx": "Som lista, Word",
    "samtal.xlsx": "Vem som bör prata med vem, vem som ska ringas, vilken sida som går till vem, Excel",
    "indicators.csv": "Nyckeltalen, csv",
    "annual.docx": "Styckena med källor, Word",
    "annual.csv": "Siffrorna, csv",
}
ASKING = {
    "notebook_unknown",
    "report_of_another",
    "report_of_copy",
}  # what a run asks a person, and nothing else can tell
BESIDE = 3  # what a run tells of beside its notebooks: reading, beginning, writing
ENDINGS = {
    "done": "Rapporten är klar.",
    "stopped": "Rapporten gjordes inte. Den förra är orörd. Det här behöver rättas först:",
    "failed": "En anteckningsbok stannade. Den förra rapporten är orörd.",
    "lost": "Körningen avbröts. Den förra rapporten är orörd; gör om den när du vill.",
}


@dataclass(frozen=True)
class BuildFiles:
    """What a build's folder holds: the files to open first, then the others."""

    id: str
    name: str
    first: tuple[tuple[str, str], ...]
    others: tuple[str, ...]


def show(asked: Asked) -> Rendered:
    """What there is, and how the run goes."""
    folder, home = asked.folder, report_folder(asked.folder, asked.place.reports)
    last = asked.runs.last if asked.runs.last and asked.runs.last.wave == asked.wave else None
    year = known(folder)
    before = next((name for name, one in asked.place.years().items() if _is_before(one, folder)), "")
    return Rendered("report.html.j2", {
        "run": last, "asks": bool(last and last.problems and {one.code for one in last.problems} <= ASKING), "ending": ENDINGS.get(last.ended, "") if last else "", "progress": progress(last),
        "stops": [] if last and not last.ended else errors(year.problems), "synthetic": bool(year.survey and year.survey.synthetic),
        "builds": [_build(home / id, id, name) for id, name in FOLDERS.items() if (home / id).is_dir()],
        "given": [_build(home / id, id, name) for id, name in GIVEN.items() if (home / id).is_dir()],
        "by_members": bool(year.survey and year.survey.of_members), "has_library": (folder / EXAMPLES_FILE).exists(),
        "made": made(folder, asked.place.reports), "stale": _stale(folder, home), "audit": audit(home / "public"), "before": before,
    })  # fmt: skip


def _is_before(one: Path, folder: Path) -> bool:
    return one.parent == folder.parent and folder.name.isdecimal() and one.name == str(int(folder.name) - 1)


def _build(home: Path, id: str, name: str) -> BuildFiles:
    there = _files(home)
    return BuildFiles(
        id,
        name,
        tuple((file, words) for file, words in KNOWN.items() if file in there),
        tuple(file for file in sorted(there) if file not in KNOWN),
    )


def _files(home: Path) -> Mapping[str, Path]:
    """The files of a build by name: the only way from an address to one of them."""
    return (
        {path.name: path for path in home.iterdir() if path.is_file() and not path.is_symlink()}
        if home.is_dir()
        else {}
    )


def _stale(folder: Path, home: Path) -> bool:
    """Whether anything in the year's folder has been changed since the report was made."""
    record = home / "internal" / "run.json"
    if not record.is_file():
        return False
    when = record.stat().st_mtime_ns
    return any(changed > when for _, changed in state(folder).values())


def audit(public: Path) -> list[str]:
    """What the public build's record says of how members are protected, in words."""
    try:
        record = json.loads((public / "run.json").read_text(encoding="utf-8"))["protection"]
    except (OSError, ValueError, KeyError):
        return []
    return _audit_words(record)


def _audit_words(record: Mapping[str, Any]) -> list[str]:
    """What the certificate tells; a record of another make tells only what it has."""
    said = [
        "Alla filer är genomsökta: inga e-postadresser, telefonnummer, personnummer, medlemsnamn eller ordagranna fritextsvar."
    ]
    if "totals" in record:
        said.append(
            f"{number(record['totals'])} av {number(record['questions'])} frågor visas för alla, {number(record['by_size'])} efter storlek."
        )
    if record.get("tried"):
        tried = record["tried"]
        said.append(
            f"{number(tried)} {plural(tried, 'rad', 'rader')} är prövade genom att försöka räkna ut vad enskilda medlemmar svarat."
        )
    if record.get("merged"):
        said.append("Sammanslagna grupper: " + ", ".join(record["merged"]) + ".")
    return said


def start(asked: Asked) -> Moved:
    """Begin a run."""
    steps = BESIDE + len(BUILDS) * len(notebooks_of(asked.folder))
    home = address(asked.wave, "rapport")
    everything, trusted = asked.one("allt") == "ja", asked.one("litar") == "ja"
    if asked.runs.start(asked.wave, asked.folder, asked.place.reports, steps, everything, trusted):
        return Moved(home)
    return Moved(home, "En körning pågår redan. Vänta tills den är klar.")


def progress(run: Run | None) -> dict[str, Any]:
    """How far a run has come: steps done of all, what it told last, and whether it has ended."""
    if run is None:
        return {"ended": True, "done": 0, "steps": 1, "told": ""}
    return {
        "ended": bool(run.ended),
        "done": min(len(run.told), run.steps),
        "steps": run.steps,
        "told": run.told[-1] if run.told else "Börjar",
    }


def follow(asked: Asked) -> Notice:
    """The same, for the page's script."""
    return Notice(progress(asked.runs.last))


def alive(asked: Asked) -> Notice:
    """Somebody is here."""
    return Notice({})


def file(asked: Asked) -> Sent | Moved:
    """A file of a build, by its name among those that there are; "alla.zip" is all of them."""
    build, _, name = asked.one("fil").partition("/")
    home = report_folder(asked.folder, asked.place.reports) / build
    known = FOLDERS | GIVEN
    if build in known and name == "alla.zip" and home.is_dir():
        return Sent(f"{asked.wave.replace('/', '-')}-{known[build].lower()}.zip", _zipped(home), "application/zip")
    path = _files(home).get(name) if build in known else None
    if path is None:
        problem = Problem("report_file", build, name, "Filen finns inte längre.", "Gör rapporten igen.")
        return Moved(address(asked.wave, "rapport"), "", (problem,))
    return Sent(name, path.read_bytes(), PAGE if path.suffix == ".html" else "application/octet-stream")


def _zipped(home: Path) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(home.rglob("*")):
            if path.is_file() and not path.is_symlink():
                archive.write(path, path.relative_to(home).as_posix())
    return packed.getvalue()
