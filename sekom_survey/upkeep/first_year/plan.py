"""The first year: what would be made of an export and a member list, and the folder made of it."""

from __future__ import annotations

import re
import shutil
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sekom_survey.asked.load import CORRECTION_COLUMNS
from sekom_survey.asked.marks import Mark
from sekom_survey.coding.shipped import START
from sekom_survey.model import MEMBER, Export, Problem, Unusable, errors
from sekom_survey.text.places import SURVEYS, wave_name
from sekom_survey.text.swedish import plural
from sekom_survey.upkeep.draft import RESPONDENT, draft_survey
from sekom_survey.upkeep.first_year.member_list import read_member_list
from sekom_survey.upkeep.first_year.places import marks_in
from sekom_survey.upkeep.first_year.register import RegisterDraft, register_of
from sekom_survey.upkeep.inspect import inspect_file
from sekom_survey.upkeep.next_year import beside, target_faults
from sekom_survey.upkeep.next_year.checklist import CHECKLIST
from sekom_survey.upkeep.next_year.survey import table_text

_HEAD = """# Att göra: {wave}

Mappen är gjord av enkätfilen{list}. Gör stegen i ordning och bocka av dem. Kommandon skrivs i ett terminalfönster i verktygets mapp:
`.venv/bin/sekom …` på Mac och Linux, `.venv\\Scripts\\sekom …` i Windows.

## 1. Bekräfta det som är gissat (10 minuter)

- [ ] Kör `sekom confirm {wave}`. Varje ställe visas med frågans text och kolumn i enkätfilen: Retur om det stämmer, `ä` för att ändra.
      Det går att sluta när som helst; det som är bekräftat är bekräftat.
- [ ] Vilka skillnader mellan grupper ni vill pröva ska bestämmas innan någon har sett resultatet. Det som bestäms efteråt kallas så i rapporten.
"""
_MEMBERS = """
## 2. Medlemsregistret: members.csv (10 minuter)

- [ ] Öppna `members.csv` i Excel. En rad är en medlem; `typ` är kommun eller region, `status` medlem eller observatör.
- [ ] Står det `M001` eller liknande som nummer är namnet ingen svensk kommun: rätta det, eller fyll i län och invånare.
- [ ] Ändra aldrig ett `medlemsnummer`; det är så åren hålls ihop. Den som lämnar får en dag i `medlem till`.
- [ ] Spara som *CSV UTF-8*.
"""
_REST = """
## {check}. Kontrollera (20 minuter)

- [ ] Kör `sekom check {wave}` tills inget står under FEL. Ingenting skrivs, så det går att köra hur ofta som helst.
{names}
## {run}. Gör rapporten (10 minuter)

- [ ] Kör `sekom run {wave}`.
- [ ] `reports/{wave}/internal/report.html` är för kansliet och styrelsen, `reports/{wave}/public/report.html` får spridas.

## {texts}. Läs och koda fritextsvaren

- [ ] Kör `sekom review {wave}`, granska i Excel och läs in med `sekom review {wave} --import review.xlsx --coder AB`.

## {later}. Nästa år

- [ ] Kör `sekom new ÅR --from {wave}`: frågor, register och bekräftade namn följer med.
- [ ] Gallra: `sekom erase {wave}` visar vad som ska bort och när.
"""
_NAMES = "- [ ] Namn som inte känns igen: en rad i `corrections.csv`. `sekom check` säger vad som ska stå där.\n"


def first_checklist(wave: str, members: bool) -> str:
    """The text of ATT_GORA.md for a first year, with or without a register."""
    first = 3 if members else 2
    numbers = {name: first + i for i, name in enumerate(("check", "run", "texts", "later"))}
    head = _HEAD.format(wave=wave, list=" och medlemslistan" if members else "")
    return head + (_MEMBERS if members else "") + _REST.format(wave=wave, names=_NAMES if members else "", **numbers)


CODED = re.compile(r"^codebook = ", re.MULTILINE)


@dataclass(frozen=True, eq=False)
class FirstYear:
    """What `create` will write: the export's path, survey.toml's text, the register (None for respondents), marks, problems."""

    source: Path
    export: Export
    survey: str
    register: RegisterDraft | None
    marks: tuple[Mark, ...]
    problems: tuple[Problem, ...]

    @property
    def lines(self) -> tuple[str, ...]:
        """What was understood, in Swedish."""
        return tuple(_lines(self))


def plan(export: Path, members: Path | None, year: int) -> FirstYear:
    """What a first year would hold; nothing is written. Without a member list everybody answers for themselves.

    Raises Unusable with what is wrong with either file.
    """
    found, problems = inspect_file(export, export.name)
    if found is None or errors(problems):
        raise Unusable(problems)
    register = register_of(read_member_list(members, members.name)) if members else None
    survey = draft_survey(found, year, MEMBER if members else RESPONDENT, register.names if register else ())
    said = [*problems, *(register.problems if register else ())]
    return FirstYear(export, found, survey, register, marks_in(survey), tuple(said))


def create(first: FirstYear, target: Path) -> list[str]:
    """Make the year's folder of a plan and tell what was done; whole or not at all, never over another. Raises Unusable."""
    if faults := list(target_faults(target)):
        raise Unusable(faults)
    with beside(target) as work:
        shutil.copyfile(first.source, work / "export" / first.source.name)
        (work / "survey.toml").write_text(first.survey, encoding="utf-8", newline="")
        if first.register:
            (work / "members.csv").write_text(first.register.text, encoding="utf-8", newline="")
            (work / "corrections.csv").write_text(table_text([CORRECTION_COLUMNS]), encoding="utf-8", newline="")
        if CODED.search(first.survey):
            shutil.copyfile(START, work / "codebook.toml")
        (work / CHECKLIST).write_text(
            first_checklist(wave_name(target), first.register is not None), encoding="utf-8", newline=""
        )
        made = sorted(path.name for path in work.iterdir())
        work.rename(target)
    name = wave_name(target) if target.resolve().is_relative_to(SURVEYS) else str(target)
    return [
        *first.lines,
        "",
        f"Mappen {name} är skapad: {', '.join(made)}. Era egna filer är orörda där de ligger.",
        f"Nästa steg: sekom confirm {name} – {len(first.marks)} {plural(len(first.marks), 'ställe', 'ställen')} att titta på. Sedan: sekom run {name}.",
    ]


def _lines(first: FirstYear) -> Iterator[str]:
    days = sorted(day for day in first.export.rows["date"] if day)
    when = f", {days[0]} till {days[-1]}" if days else ""
    rows = len(first.export.rows)
    yield f"Enkätfilen {first.source.name}: {rows} {plural(rows, 'svar', 'svar')}{when}."
    items = tomllib.loads(first.survey)["items"]
    questions = sum(len(item.get("rows", [item])) for item in items if item["kind"] != MEMBER)
    yield f"  {questions} {plural(questions, 'fråga', 'frågor')} i utkastet till survey.toml."
    if first.register:
        yield from first.register.lines
    else:
        yield "Ingen medlemslista: var och en svarar för sig själv."
