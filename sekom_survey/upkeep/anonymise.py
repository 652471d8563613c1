"""An export without persons: the same answers, members and counts, no names, addresses or clock times.

It is written as Microsoft Forms writes it, so that the year can be run again until its answers are erased for good.
It is still personal data - a member and a role point at one person - and is kept no longer than the retention table says.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path

import pandas as pd
import xlsxwriter

from sekom_survey.counted.cells import reader_of
from sekom_survey.counted.columns import match_columns
from sekom_survey.counted.year import read_year
from sekom_survey.model import MEMBER, MULTI, NOT_ANSWERS, Export, Item, Problem, Responses, Survey, Unusable, Wave
from sekom_survey.text.files import decode
from sekom_survey.text.redact import redact
from sekom_survey.upkeep.next_year.survey import set_value

ANONYMOUS = "avidentifierad.xlsx"
HEAD = ("Starttid", "Slutförandetid")
CLOCK = "%Y-%m-%d %H:%M:%S"
COMPANIONS = ("members.csv", "corrections.csv")


def anonymous_export(folder: Path) -> bytes:
    """A workbook with a year's export without persons. Raises Unusable when the year read from it is not the same.

    The comparison is of every answer, respondent and row's end, so that nothing is erased that a number stands on.
    """
    wave, export, responses, _ = read_year(folder)
    with tempfile.TemporaryDirectory(prefix="sekom-") as place:
        trial = Path(place) / folder.name
        written = _lay_out(trial, wave, export, responses)
        if _same(trial, responses):
            return written.read_bytes()
    todo = "Inget är borttaget. Behåll filen inlåst, eller ta bort den för hand och låt de publicerade talen vara kvar."
    found = "Filen kan inte avidentifieras utan att siffror ändras."
    raise Unusable([Problem("not_anonymised", export.file, "", found, todo)])


def survey_text(folder: Path, survey: Survey) -> str:
    """survey.toml's text as the export without persons needs it: a reader that is named must be Microsoft Forms'."""
    text = decode((folder / "survey.toml").read_bytes())[0].replace("\r\n", "\n")
    return set_value(text, "reader", '"msforms"') if survey.reader else text


def _lay_out(trial: Path, wave: Wave, export: Export, responses: Responses) -> Path:
    """The year's folder as it would be afterwards; the workbook in it."""
    (trial / "export").mkdir(parents=True)
    (trial / "survey.toml").write_text(survey_text(wave.folder, wave.survey), encoding="utf-8")
    for name in COMPANIONS:
        if (wave.folder / name).exists():
            shutil.copyfile(wave.folder / name, trial / name)
    return _write(trial / "export" / ANONYMOUS, export, wave, responses)


def _same(trial: Path, before: Responses) -> bool:
    try:
        after = read_year(trial)[2]
    except Unusable:
        return False
    return (
        before.accounting.rows == after.accounting.rows
        and _sorted(before.respondents).equals(_sorted(after.respondents))
        and _sorted(before.answers.table).equals(_sorted(after.answers.table))
    )


def _sorted(table: pd.DataFrame) -> pd.DataFrame:
    return table.sort_values(list(table.columns)).reset_index(drop=True)


def _write(path: Path, export: Export, wave: Wave, responses: Responses) -> Path:
    """Every row on the line it had, so that corrections by row number still hold; text cells only."""
    columns, _ = match_columns(export, wave.questionnaire)
    names = {member.member_id: member.name for member in wave.members}
    members = responses.respondents.set_index("respondent")["member_id"].map(names).to_dict()
    change = {i: _changer(item, export.separator) for i, item in columns.items()}
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Sheet1")
    _put(sheet, 0, [*HEAD, *(export.headers[i] for i in columns)])
    for row in range(export.cells.rows):
        cells = [
            members[row] if item.kind == MEMBER and row in members else change[i](export.cells.columns[i][row])
            for i, item in columns.items()
        ]
        _put(sheet, int(export.rows.at[row, "row"]) - 1, [*_times(export, row), *cells])
    book.close()
    return path


def _put(sheet: xlsxwriter.worksheet.Worksheet, line: int, cells: Sequence[str]) -> None:
    for column, text in enumerate(cells):
        if text:
            sheet.write_string(line, column, text)


def _times(export: Export, row: object) -> Iterator[str]:
    """The day as start, and the time taken after it as end: no clock time is left."""
    day, minutes = export.rows.at[row, "date"], export.rows.at[row, "minutes"]
    start = datetime.fromisoformat(day) if day else None
    yield start.strftime(CLOCK) if start else ""
    yield (start + timedelta(minutes=float(minutes))).strftime(CLOCK) if start and not pd.isna(minutes) else ""


def _changer(item: Item, separator: str) -> Callable[[str], str]:
    if item.kind in NOT_ANSWERS:
        return lambda cell: ""
    read = reader_of(item, separator)

    def change(cell: str) -> str:
        answers = read(cell).answers if cell else ()
        if not answers or (all(not answer.text for answer in answers) and item.kind != MULTI):
            return cell
        if item.kind == MULTI:
            return "".join(f"{(answer.text and redact(answer.text).text) or answer.option};" for answer in answers)
        return str(redact(cell).text)

    return change
