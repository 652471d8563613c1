"""A member list as people keep it -> the rows that are members, under known columns.

The list may be a workbook or a delimited text, with a title above the headings, a sum below, and columns about contact persons,
which are never copied.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from sekom_survey.asked.reference import county, municipality
from sekom_survey.collected.grid import Grid, column_letter, padded
from sekom_survey.collected.opening import open_file
from sekom_survey.collected.options import NO_OPTIONS
from sekom_survey.model import Problem, Unusable
from sekom_survey.text.files import folded, squeeze

MOST_ABOVE = 20  # rows of titles and notes above the headings
NAME = "name"
HEADINGS: Mapping[str, str] = {
    NAME: r"name|kommun(er|en)?|medlem(mar|men)?|medlemsnamn|namn|kommun/region|kommun eller region|organisation(en|snamn)?|medlemskommun|kommun(ens|ernas)? ?namn|medlem(mens|marnas) namn|medlemsorganisation|org|namn på (kommun(en)?|medlem(men)?)",
    "member_id": r"medlemsnummer|medlemsnr|medlems-?id|member_id|id",
    "code": r"kommunkod|kod|scb-?kod|code",
    "county": r"län(et)?|county|länsnamn|län/landskap|landskap/län|län \(.*\)",
    "population": r"(antal )?inv(ånare.*|\.? .*|)|folkmängd.*|befolkning.*|invånarantal.*|population",
    "kind": r"typ|typ av medlem|medlemstyp|slag|kategori|kind",
    "status": r"status|medlemsstatus|medlemskap",
    "joined": r"medlem (sedan|från|fr\.? ?o\.? ?m\.?)|inträde.*|inträtt|inträdes.*|gick med.*|anslöts?.*|ansluten.*|medlem sedan år|joined",
    "left": r"medlem (till|t\.? ?o\.? ?m\.?)|utträde.*|utträtt|lämnat|left",
}
OTHER_NAMES = re.compile(
    r"kontakt|handlägg|person|ansvarig|post|adress|telefon|mobil|referens|anteckn|kommentar|not\b", re.IGNORECASE
)
FEWEST_KNOWN, MOSTLY = 2, 0.8
AMBIGUOUS = ("namn", "organisation")  # may head a column of contact persons
_NO_MEMBER = re.compile(
    r"(summa|totalt?|antal|medel(värde|tal)?|källa|obs|anm|not|uppdatera[dt]s?|senast|\*|sum|\d+ (st|kommuner|medlemmar))\b.*",
    re.IGNORECASE,
)


_SECTION = re.compile(
    r"(våra )?((medlems)?kommuner(na)?|regioner(na)?|medlemmar(na)?|observatörer(na)?|adjungerade( medlemmar)?)( \d{4})?:?",
    re.IGNORECASE,
)
_OF_PERSONS = re.compile(r"kontakt|person|roll|titel|befattning|ansvarig|handlägg|ombud", re.IGNORECASE)


@dataclass(frozen=True)
class Listed:
    """A row of a member list: its number in the file and its cells by known column.

    `section` is the heading that stands alone above it, as "Observatörer"; `remarks` are the cells of columns that nobody asked for.
    """

    row: int
    cells: Mapping[str, str]
    section: str = ""
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class MemberList:
    """A list as it was understood: the rows, the columns used and left as (letter, heading), rows passed over as (row, text)."""

    file: str
    rows: tuple[Listed, ...]
    used: tuple[tuple[str, str, str], ...]
    left: tuple[tuple[str, str], ...]
    passed: tuple[tuple[int, str], ...]


def read_member_list(path: Path, shown: str) -> MemberList:
    """Any list of members. Raises Unusable when it cannot be opened or no column holds the members' names."""
    grids = open_file(path, shown, NO_OPTIONS)
    found = [(grid, place) for grid in grids if (place := _headings(grid)) is not None]
    if not found:
        todo = "Skriv en rubrik som Kommun eller Medlem över namnen, en rad för varje medlem."
        raise Unusable([Problem("list_unclear", shown, "", "Det syns inte var medlemmarnas namn står i listan.", todo)])
    grid, place = max(found, key=lambda pair: len(pair[0].rows))
    return _listed(grid, place, shown)


def _headings(grid: Grid) -> int | None:
    """The place of the row of headings: the one with most known columns, a column of names among them."""
    scored = [(len(columns), -place) for place in range(min(MOST_ABOVE, len(grid.rows) - 1))
              if NAME in (columns := _columns(grid, place)).values()]  # fmt: skip
    return -max(scored)[1] if scored else None


def _columns(grid: Grid, place: int) -> dict[int, str]:
    """Column -> what it holds, by the headings in one row; of several columns of names the one that names most places."""
    found: dict[int, str] = {}
    names: dict[int, tuple[int, bool]] = {}
    headings = grid.rows[place][1]
    for index, cell in enumerate(grid.rows[place][1]):
        column = heading_means(cell)
        if column == NAME:
            names[index] = sum(map(is_place, grid.column(index, place + 1))), folded(cell) not in AMBIGUOUS
        elif column and column not in found.values():
            found[index] = column
    if names:
        found[max(names, key=lambda index: (*names[index], -index))] = NAME
    elif len(found) >= FEWEST_KNOWN:
        alike = [index for index in range(len(headings)) if index not in found and _may_be_names(grid, place, index)]
        found |= dict.fromkeys(alike[:1], NAME)
    return found


def _may_be_names(grid: Grid, place: int, index: int) -> bool:
    """Whether a column under an unknown heading may hold the members' names: nearly all filled, unlike each other, and words."""
    texts = [cell for cell in grid.column(index, place + 1) if cell]
    words = [
        text for text in texts if any(map(str.isalpha, text)) and not any(map(str.isdigit, text)) and "@" not in text
    ]
    enough = len(texts) >= MOSTLY * (len(grid.rows) - place - 1) and len(words) >= MOSTLY * len(texts) > 1
    return enough and len(set(texts)) >= MOSTLY * len(texts) and not OTHER_NAMES.search(grid.rows[place][1][index])


def heading_means(cell: str) -> str:
    """The column that a heading stands for, empty when it is none of ours."""
    text = folded(cell).replace("_", " ").strip(" :.*")
    return next((column for column, pattern in HEADINGS.items() if re.fullmatch(pattern, text)), "")


@lru_cache(maxsize=10_000)
def is_place(text: str) -> bool:
    """Whether a text names a municipality or a region of Sweden."""
    return bool(text) and (municipality(plain_name(text)) is not None or bool(region_of(text)))


def plain_name(text: str) -> str:
    """A name without what stands in brackets after it, or after a comma when that is its county or no place at all."""
    bare = squeeze(re.sub(r"\s*\([^()]*\)\s*$", "", text))
    head, comma, tail = bare.partition(",")
    if not comma:
        return bare
    place, where = municipality(head), county(tail)
    return head if place and (where is None or where.name == place.county) and not _is_other(tail, head) else bare


def _is_other(tail: str, head: str) -> bool:
    found = municipality(tail)
    return found is not None and found != municipality(head) and county(tail) is None


def region_of(text: str) -> str | None:
    """The region's name, when a text says that it is one; as it is written where no county has it."""
    bare = re.sub(r"\s*\([^()]*\)\s*$", "", squeeze(text)).partition(",")[0]
    if not re.search(r"region|landsting", bare, re.IGNORECASE):
        return None
    found = county(bare)
    return found.region_name if found else bare


def _listed(grid: Grid, place: int, shown: str) -> MemberList:
    columns = _columns(grid, place)
    headings = padded(grid.rows[place][1], grid.width)
    aside = [index for index, text in enumerate(headings) if index not in columns and not _OF_PERSONS.search(text)]
    rows, passed, section = [], [], ""
    for number, cells in (grid.rows[i] for i in range(place + 1, len(grid.rows))):
        filled = padded(cells, grid.width)
        remarks = tuple(squeeze(filled[index]) for index in aside if filled[index])
        row = Listed(number, {column: squeeze(filled[index]) for index, column in columns.items()}, section, remarks)
        alone = next(filter(None, filled), "") if sum(map(bool, filled)) == 1 else ""
        if _SECTION.fullmatch(squeeze(alone)):
            section = squeeze(alone)
            passed.append((number, f"rubriken ”{section}”"))
        elif why := _no_member(row.cells, filled):
            passed.append((number, why))
        else:
            rows.append(row)
    letters = [(column_letter(index), squeeze(text), columns.get(index, "")) for index, text in enumerate(headings)]
    return MemberList(
        shown,
        tuple(rows),
        tuple(one for one in letters if one[2]),
        tuple(one[:2] for one in letters if one[1] and not one[2]),
        tuple(passed),
    )


def _no_member(cells: Mapping[str, str], filled: Sequence[str]) -> str:
    """Why a row is no member: a sum, a note, a row without a name; empty when it is one. No cell but a note is repeated."""
    name = cells[NAME]
    if not name:
        return (
            "inget namn"
            if not any(_NO_MEMBER.fullmatch(squeeze(cell)) for cell in filled if cell)
            else "en summa eller en anmärkning"
        )
    if not any(map(str.isalpha, name)):
        return "inget namn"
    if _NO_MEMBER.fullmatch(name) and not is_place(name):
        return f"”{name[:40]}”"
    return ""
