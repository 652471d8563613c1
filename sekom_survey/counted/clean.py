"""Raw cells -> Responses: every row and every non-empty cell counted, or listed with a reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sekom_survey.counted.cells import CellReading, nearest_option, points_part_thousands, reader_of
from sekom_survey.counted.classes import date_classes, number_classes
from sekom_survey.counted.columns import match_columns
from sekom_survey.counted.dates import outside_dates
from sekom_survey.counted.rows import Rows, account, correction_rows, sort_rows
from sekom_survey.model import (
    CALENDAR,
    DATE,
    MEMBER,
    MULTI,
    NOT_ANSWERS,
    NUMBER,
    ROLE,
    SINGLE,
    TEXT,
    WARNING,
    Export,
    Item,
    Mend,
    Problem,
    Responses,
    Unusable,
    Wave,
    errors,
)
from sekom_survey.model.cells import Cells
from sekom_survey.model.codes import FIRST, LEFT_OUT, UNSEEN, Answers, Ints, ItemAnswers, narrow, words_of
from sekom_survey.text.redact import masked_all
from sekom_survey.text.rows import is_formula


def clean(export: Export, wave: Wave) -> Responses:
    """An export to Responses. Raises Unusable when a question or an answer does not fit the questionnaire."""
    columns, problems = match_columns(export, wave.questionnaire)
    if errors(problems):
        raise Unusable(problems)
    struck = _struck_cells(export, wave, columns)
    cells = [_emptied(column, struck[i]) if i in struck else column for i, column in enumerate(export.cells.columns)]
    rows = sort_rows(export, cells, wave, columns)
    kept = np.flatnonzero(rows.counted)
    answers, unreadable, found = _answers(export, cells, kept, columns)
    problems += [*rows.problems, *found, *outside_dates(export, rows.counted, wave.survey)]
    if errors(problems):
        raise Unusable(problems)
    accounting = account(export, rows, columns, struck, answers, unreadable)
    respondents = _respondents(export, rows, columns, answers, kept)
    shown = _mark_not_shown(answers, export, columns, kept)
    return Responses(respondents, Answers(respondents[["respondent"]], shown), accounting, tuple(problems))


def _struck_cells(export: Export, wave: Wave, columns: Mapping[int, Item]) -> dict[int, NDArray[np.bool_]]:
    """Column -> the rows whose cell is struck by hand."""
    struck: dict[int, NDArray[np.bool_]] = {}
    numbers = {item.id: i for i, item in columns.items()}
    for correction in wave.corrections:
        if correction.action == "strike" and correction.item in numbers:
            column = numbers[correction.item]
            hit = correction_rows(export, correction.row, correction.found, column) & (
                export.cells.columns[column].codes > 0
            )
            struck[column] = struck.get(column, False) | hit
    return struck


def _emptied(cells: Cells, rows: NDArray[np.bool_]) -> Cells:
    return Cells(np.where(rows, 0, cells.codes).astype(np.int32), cells.texts)


def _answers(
    export: Export, cells: Sequence[Cells], kept: Ints, columns: Mapping[int, Item]
) -> tuple[tuple[ItemAnswers, ...], int, list[Problem]]:
    """The answers of the rows that count, how many cells could not be read, and what to say of them."""
    found: list[ItemAnswers] = []
    problems: list[Problem] = []
    unreadable = 0
    for i, item in columns.items():
        column = Cells(cells[i].codes[kept], cells[i].texts)
        if item.kind == TEXT:
            found.append(_texts(column, item))
        elif item.kind not in (MEMBER, *NOT_ANSWERS):
            readings = _readings(column, item, export.separator)
            found.append(_choices(column, item, readings))
            unreadable += sum(
                int(np.count_nonzero(column.codes == code)) for code, reading in readings.items() if reading.unreadable
            )
            problems += _cell_problems(column, kept, readings, item, export)
            if item.kind == NUMBER and points_part_thousands(column.present()):
                problems.append(_thousands(item, export.file))
    return tuple(found), unreadable, problems


def _texts(cells: Cells, item: Item) -> ItemAnswers:
    """A text each, with personal data masked."""
    texts = list(cells.texts[1:])
    for place in np.flatnonzero(cells.used()[1:] == 0).tolist():
        texts[place] = ""
    words = words_of("", np.nan, masked_all(texts))
    said = np.where(cells.codes > 0, cells.codes + (FIRST - 1), LEFT_OUT)
    return ItemAnswers(item.id, np.arange(len(cells), dtype=np.int32), said, words)


def _readings(cells: Cells, item: Item, separator: str) -> dict[int, CellReading]:
    """What each text in the column says, read once."""
    read = reader_of(item, separator, cells.present())
    return {code: read(cells.texts[code]) for code in np.flatnonzero(cells.used()).tolist() if code}


def _choices(cells: Cells, item: Item, readings: Mapping[int, CellReading]) -> ItemAnswers:
    """The answers of each distinct text, spread over the rows."""
    flat = [answer for reading in readings.values() for answer in reading.answers]
    starts, sizes = np.full(len(cells.texts), LEFT_OUT), np.ones(len(cells.texts), np.int64)
    start = FIRST
    for code, reading in readings.items():
        if reading.answers:
            starts[code], sizes[code] = start, len(reading.answers)
            start += len(reading.answers)
    who, said = np.arange(len(cells), dtype=np.int32), starts[cells.codes]
    if sizes.max() > 1:
        repeats = sizes[cells.codes]
        within = np.arange(repeats.sum()) - np.repeat(np.cumsum(repeats) - repeats, repeats)
        who, said = np.repeat(who, repeats), np.repeat(said, repeats) + within
    values = [np.nan if answer.value is None else answer.value for answer in flat]
    options = _classes(item, values) or [answer.option for answer in flat]
    words = words_of(options, values, masked_all([answer.text for answer in flat]))
    return ItemAnswers(item.id, who, narrow(said, start), words)


def _classes(item: Item, values: list[float]) -> list[str]:
    """The class of each number or day; nothing for other kinds."""
    if not values or item.kind not in (NUMBER, DATE):
        return []
    return number_classes(values, item.unit == CALENDAR) if item.kind == NUMBER else date_classes(values)


def _cell_problems(
    cells: Cells, kept: Ints, readings: Mapping[int, CellReading], item: Item, export: Export
) -> list[Problem]:
    """What is to be said of cells, in the order they are met."""
    told = {
        code: np.flatnonzero(cells.codes == code)
        for code, reading in readings.items()
        if reading.unreadable or reading.notes
    }
    lines = export.rows["row"].to_numpy()
    problems = []
    for code, rows in sorted(told.items(), key=lambda one: int(one[1][0])):
        where = f"{item.id}, rad " + ", ".join(str(n) for n in lines[kept[rows[:5]]])
        strike = _struck(cells.texts[code], str(lines[kept[rows[0]]]), item)
        problems += [
            replace(_unreadable(text, item, export.file, where), mends=(*_allowed(text, item), strike))
            for text in readings[code].unreadable
        ]
        problems += [_noted(note, item, export.file, where) for note in dict.fromkeys(readings[code].notes)]
    return problems


def _thousands(item: Item, file: str) -> Problem:
    found = "Talen är skrivna som 1.300, och läses med punkten vid tusental: 1 300."
    todo = "Stämmer det inte: skriv decimalerna med komma i filen."
    return Problem("number_thousands", file, item.id, found, todo, WARNING)


def _allowed(text: str, item: Item) -> tuple[Mend, ...]:
    """The lines that let an answer count as it stands; where options are in order a person must say where it belongs."""
    if item.kind not in (SINGLE, MULTI):
        return ()
    return Mend("option", found=text, item=item.id), Mend("own_words", item=item.id)


def _struck(text: str, row: str, item: Item) -> Mend:
    """An answer struck wherever it stands; by its row where a spreadsheet would run the text."""
    return Mend("strike", row=row, item=item.id) if is_formula(text) else Mend("strike", found=text, item=item.id)


def _unreadable(text: str, item: Item, file: str, where: str) -> Problem:
    if item.kind in (NUMBER, DATE):
        what = "inget tal" if item.kind == NUMBER else "ingen dag som 2026-03-01"
        return Problem(
            "value_unreadable",
            file,
            where,
            f"Svaret ”{text[:60]}” är {what}.",
            "Stryk svaret i corrections.csv, eller rätta frågans sort i survey.toml.",
        )
    if item.kind in ("rating", "nps"):
        return Problem(
            "number_unreadable",
            file,
            where,
            f"Svaret ”{text[:60]}” är inget heltal {item.low}–{item.high}.",
            "Kontrollera att skalan i survey.toml stämmer, eller stryk svaret i corrections.csv.",
        )
    near = nearest_option(text, item)
    hint = f" Närmast är ”{near}”." if near else ""
    return Problem(
        "option_unknown",
        file,
        where,
        f"Svaret ”{text[:80]}” finns inte bland alternativen.{hint}",
        "Rätta alternativet i survey.toml, sätt other = true om egna ord är tillåtna, eller stryk svaret i corrections.csv.",
    )


def _noted(note: str, item: Item, file: str, where: str) -> Problem:
    said = {
        "exclusive": (
            "choice_exclusive",
            "Ett uteslutande alternativ är valt tillsammans med andra.",
            "Du behöver inte göra något: de andra valen räknas.",
        ),
        "max": (
            "choice_max",
            f"Fler än {item.max} val.",
            "Du behöver inte göra något: alla val räknas. Kontrollera gränsen i formuläret.",
        ),
        "misspelt": (
            "choice_misspelt",
            "De egna orden liknar ett alternativ.",
            "Läs svaret; rätta alternativets text i survey.toml om det är samma.",
        ),
    }
    code, found, todo = said[note]
    return Problem(code, file, where, found, todo, WARNING)


def _respondents(
    export: Export, rows: Rows, columns: Mapping[int, Item], answers: Sequence[ItemAnswers], kept: Ints
) -> pd.DataFrame:
    role_item = next((item for item in columns.values() if item.kind == ROLE), None)
    role = _roles(role_item, answers) if role_item else np.full(len(kept), "", dtype=object)
    return pd.DataFrame(
        {
            "respondent": kept,
            "member_id": pd.array(rows.member_id[kept], dtype="str"),
            "role": pd.array(role, dtype="str"),
            "date": export.rows["date"].array.take(kept),
            "minutes": export.rows["minutes"].to_numpy()[kept],
            "row": export.rows["row"].to_numpy()[kept],
        }
    )


def _roles(role_item: Item, answers: Sequence[ItemAnswers]) -> NDArray[np.object_]:
    roles = {option.label: option.role or "" for option in role_item.options}
    given = next(one for one in answers if one.item == role_item.id)
    return np.array([roles.get(option, "") for option in given.words.option], dtype=object)[given.said]


def _mark_not_shown(
    answers: Sequence[ItemAnswers], export: Export, columns: Mapping[int, Item], kept: Ints
) -> tuple[ItemAnswers, ...]:
    """LEFT_OUT becomes UNSEEN where routing or the platform says that the question was never seen."""
    numbers = {item.id: i for i, item in columns.items()}
    by_item = {one.item: one for one in answers}
    marked = []
    for one in answers:
        number = numbers[one.item]
        unseen = np.zeros(len(kept), bool)
        if condition := columns[number].asked_if:
            unseen |= ~_chose(by_item.get(condition.item), condition.options, len(kept))
        if export.hidden:
            unseen |= np.isin(kept, [row for row, column in export.hidden if column == number])
        said = np.where((one.said == LEFT_OUT) & unseen[one.who], UNSEEN, one.said).astype(one.said.dtype)
        marked.append(ItemAnswers(one.item, one.who, said, one.words) if unseen.any() else one)
    return tuple(marked)


def _chose(gate: ItemAnswers | None, options: Sequence[str], people: int) -> NDArray[np.bool_]:
    """Who chose one of some options of an item."""
    opened = np.zeros(people, bool)
    if gate is not None:
        opened[gate.who[np.isin(gate.words.option, options)[gate.said]]] = True
    return opened
