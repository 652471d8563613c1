"""A new year: after last year at once, or the first of an export and a member list, shown before anything is written."""

from __future__ import annotations

import re
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sekom_survey.app.asked import Asked, Moved, Rendered, Upload, address
from sekom_survey.model import Problem, Unusable
from sekom_survey.upkeep.first_year.plan import FirstYear, create, plan
from sekom_survey.upkeep.next_year import new_year, year_folder
from sekom_survey.upkeep.put_in import own_name

MOST_DRAFTS = 3
_YEAR = re.compile(r"20\d\d")


@dataclass(frozen=True)
class Draft:
    """What was sent for a first year; kept in memory until the year is made."""

    year: str
    export: Upload
    members: Upload | None


_DRAFTS: dict[str, Draft] = {}


def show(asked: Asked) -> Rendered:
    """The two ways to begin."""
    years = list(asked.place.years())
    numbers = [int(name) for name in years if _YEAR.fullmatch(name)]  # the example is nobody's last year
    return Rendered("new_year.html.j2", {"years": years, "next": max(numbers, default=asked.today.year - 1) + 1})


def after_last(asked: Asked) -> Moved:
    """Open a year after another, as `sekom new` does."""
    source = asked.place.years().get(asked.one("efter"))
    try:
        if source is None:
            raise Unusable(
                [
                    Problem(
                        "wave_missing",
                        asked.one("efter"),
                        "",
                        "Året att utgå från finns inte.",
                        "Välj ett år i listan.",
                    )
                ]
            )
        target = year_folder(asked.one("year"), asked.place.surveys)
        lines = new_year(target, source, asked.place.reports)
    except Unusable as stop:
        return Moved("/nytt", "Inget är skapat.", stop.problems)
    return Moved(address(asked.one("year")), " ".join(lines[:-1]))


def receive(asked: Asked) -> Moved:
    """Take in the files of a first year; nothing is written to the year's folder."""
    if asked.one("too_large"):
        return _refused("Filerna är större än 45 MB.", "Kontrollera att det är rätt filer.")
    export, members = asked.files.get("svar"), asked.files.get("medlemmar")
    if export is None or not _YEAR.fullmatch(asked.one("year")):
        return _refused("Svarsfilen eller året saknas.", "Välj svarsfilen och skriv ett år, som 2027.")
    key, draft = secrets.token_urlsafe(8), Draft(asked.one("year"), export, members)
    try:
        with _planned(draft):
            _DRAFTS[key] = draft
    except Unusable as stop:
        return Moved("/nytt", "Inget är skapat.", stop.problems)
    for old in list(_DRAFTS)[:-MOST_DRAFTS]:
        del _DRAFTS[old]
    return Moved(f"/nytt/utkast?nr={key}")


def _refused(found: str, todo: str) -> Moved:
    return Moved("/nytt", "", (Problem("upload", "", "", found, todo),))


@contextmanager
def _planned(draft: Draft) -> Iterator[FirstYear]:
    """The plan of a draft, its files in a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="sekom-") as place:
        export = Path(place) / own_name(draft.export.name)
        export.write_bytes(draft.export.data)
        members = None
        if draft.members:
            members = Path(place) / f"medlemmar{Path(draft.members.name).suffix.lower()[:6]}"
            members.write_bytes(draft.members.data)
        yield plan(export, members, int(draft.year))


def draft(asked: Asked) -> Rendered | Moved:
    """What was understood of the files."""
    found = _DRAFTS.get(asked.one("nr"))
    if found is None:
        return _refused("Filerna finns inte kvar.", "Lägg in dem en gång till.")
    with _planned(found) as first:
        return Rendered(
            "draft.html.j2",
            {
                "lines": first.lines,
                "marks": first.marks,
                "problems": first.problems,
                "key": asked.one("nr"),
                "year": found.year,
            },
        )


def make(asked: Asked) -> Moved:
    """Make the year of a draft."""
    found = _DRAFTS.get(asked.one("nr"))
    if found is None:
        return _refused("Filerna finns inte kvar.", "Lägg in dem en gång till.")
    try:
        with _planned(found) as first:
            create(first, year_folder(found.year, asked.place.surveys))
    except Unusable as stop:
        return Moved("/nytt", "Inget är skapat.", stop.problems)
    del _DRAFTS[asked.one("nr")]
    return Moved(address(found.year), "Året är skapat.")
