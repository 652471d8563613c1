"""The same year as every platform would have exported it: written from an Export and its questionnaire."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from sekom_survey.counted.columns import match_columns
from sekom_survey.model import METADATA, MULTI, NPS, RATING, SCALE, SINGLE, TEXT, Export, Item, Questionnaire

from .files import save_csv, save_xlsx

OTHER = "Annat (specificera)"
SENT, BEGUN = "2026-02-03 12:57:30", "2026-02-03 12:50:00"


@dataclass(frozen=True)
class Question:
    """A question with its cells; for a multiple choice the options and what each respondent chose, own words last."""

    item: Item
    cells: list[str]

    @property
    def text(self) -> str:
        """What stands over the column, with the row in brackets for a matrix."""
        return f"{self.item.group_text} [{self.item.text}]" if self.item.group else self.item.text

    @property
    def options(self) -> list[str]:
        """The labels of the options."""
        return [option.label for option in self.item.options]

    def chosen(self, cell: str) -> tuple[list[str], list[str]]:
        """The known options in a multiple choice's cell, and the own words."""
        known = {option.casefold(): option for option in self.options}
        parts = [part for part in cell.split(";") if part.strip()]
        own = ";".join(part for part in parts if part.strip().casefold() not in known).strip()
        return [known[name] for part in parts if (name := part.strip().casefold()) in known], [own] if own else []


def questions_of(export: Export, questionnaire: Questionnaire) -> list[Question]:
    """The columns of an export with their items, in the questionnaire's order."""
    places = {item.id: i for i, item in match_columns(export, questionnaire)[0].items()}
    return [Question(item, list(export.cells.columns[places[item.id]])) for item in questionnaire.items]


def _rows(columns: list[list[str]]) -> list[list[str]]:
    return [list(row) for row in zip(*columns, strict=True)]


def write_google(questions: list[Question], path: Path) -> Path:
    """csv: a multiple choice is `A, B`, a matrix has `Question [row]`."""
    size = len(questions[0].cells)
    columns = [["Tidstämpel", *[SENT] * size]]
    for question in questions:
        cells = (
            [", ".join(part for parts in question.chosen(cell) for part in parts) for cell in question.cells]
            if question.item.kind == MULTI
            else question.cells
        )
        columns.append([question.text, *cells])
    return save_csv(path / "Formulärsvar.csv", _rows([*columns, ["E-postadress", *["rut@ekby.example"] * size]]))


def _boxes(question: Question, ticked: Callable[[str], str], empty: str) -> list[list[str]]:
    chosen = [question.chosen(cell) for cell in question.cells]
    columns = [
        [option, *[ticked(option) if option in known else (empty if known or own else "") for known, own in chosen]]
        for option in question.options
    ]
    return [*columns, [OTHER, *[" ".join(own) for _, own in chosen]]] if question.item.other else columns


def write_limesurvey(questions: list[Question], path: Path) -> Path:
    """csv with full texts, every cell quoted, with one visit that was never sent in."""
    size = len(questions[0].cells)
    columns = [
        ["Response ID", *map(str, range(1, size + 1)), "999"],
        ["Date submitted", *[SENT] * size, ""],
        ["Last page", *["7"] * size, "2"],
        ["Start language", *["sv"] * size, "sv"],
        ["Seed", *["12345"] * size, "1"],
        ["Date started", *[BEGUN] * size, BEGUN],
    ]
    for question in questions:
        if question.item.kind == MULTI:
            for option, *cells in _boxes(question, lambda _: "Ja", "Nej"):
                columns.append(
                    [
                        f"{question.text} [{'Other' if option == OTHER else option}]",
                        *cells,
                        "" if option == OTHER else "Nej",
                    ]
                )
        else:
            columns.append([question.text, *question.cells, question.cells[0]])
    columns.append(["Group time: Om er", *["31.5"] * size, "2.0"])
    return save_csv(path / "results-survey.csv", _rows(columns), ",", "utf-8-sig", "\n", csv.QUOTE_ALL)


def write_surveymonkey(questions: list[Question], path: Path) -> Path:
    """xlsx with two rows of headings; a blank question carries on from the left."""
    size = len(questions[0].cells)
    columns = [
        ["Respondent ID", "", *map(str, range(size))],
        ["Start Date", "", *["02/03/2026 12:50:00 PM"] * size],
        ["End Date", "", *["02/03/2026 12:57:30 PM"] * size],
        ["IP Address", "", *["192.0.2.7"] * size],
    ]
    group = ""
    for question in questions:
        if question.item.kind == MULTI:
            boxes = _boxes(question, str, "")
            columns += [
                ["" if i else question.text, "Other (please specify)" if option == OTHER else option, *cells]
                for i, (option, *cells) in enumerate(boxes)
            ]
        elif question.item.group:
            columns.append(
                ["" if question.item.group == group else question.item.group_text, question.item.text, *question.cells]
            )
        else:
            columns.append(
                [question.text, "Open-Ended Response" if question.item.kind == TEXT else "Response", *question.cells]
            )
        group = question.item.group or ""
    return save_xlsx(path / "SurveyMonkey.xlsx", {"Sheet": _rows(columns)})


def write_qualtrics(questions: list[Question], path: Path) -> Path:
    """csv with three rows of headings, one visit not finished and one from the preview."""
    size = len(questions[0].cells)
    about = [
        ("StartDate", "Startdatum", BEGUN),
        ("EndDate", "Slutdatum", SENT),
        ("Status", "Svarstyp", "IP Address"),
        ("Finished", "Slutfört", "True"),
        ("Progress", "Förlopp", "100"),
        ("Duration (in seconds)", "Varaktighet", "450"),
        ("RecipientEmail", "E-post", "rut@ekby.example"),
        ("ResponseId", "Svars-ID", "R_1"),
    ]
    ids = {"Duration (in seconds)": "duration", "ResponseId": "_recordId"}
    columns = [
        [code, text, _import(ids.get(code, code[0].lower() + code[1:])), *[cell] * size, cell, cell]
        for code, text, cell in about
    ]
    columns[3][-2], columns[2][-1] = "False", "Survey Preview"
    for number, (key, question) in enumerate(
        (question.item.group or question.item.id, question) for question in questions
    ):
        group = f"QID_{key}".replace("_", "")
        if question.item.kind == MULTI:
            for i, (option, *cells) in enumerate(_boxes(question, str, ""), 1):
                own = option == OTHER
                text = f"{question.text} - {option} - Text" if own else f"{question.text} - Selected Choice - {option}"
                columns.append(
                    [f"Q{number}_{i}", text, _import(f"{group}_{i}{'_TEXT' if own else ''}"), *cells, "", ""]
                )
        elif question.item.group:
            columns.append(
                [
                    f"Q{number}",
                    f"{question.item.group_text} - {question.item.text}",
                    _import(f"{group}_{number}"),
                    *question.cells,
                    "",
                    "",
                ]
            )
        else:
            columns.append(
                [
                    f"Q{number}",
                    question.text,
                    _import(f"{group}_TEXT" if question.item.kind == TEXT else group),
                    *question.cells,
                    question.cells[0],
                    question.cells[0],
                ]
            )
    return save_csv(path / "Qualtrics.csv", _rows(columns))


def _import(name: str) -> str:
    return json.dumps({"ImportId": name}, separators=(",", ":"))


def write_spss(questions: list[Question], path: Path) -> Path:
    """.sav with value labels, "don't know" declared missing, and a variable for every box."""
    import pyreadstat

    frame, labels, values, missing = {}, {}, {}, {}
    for number, question in enumerate(questions):
        name = f"v{number}"
        if question.item.kind == MULTI:
            for i, (option, *cells) in enumerate(_boxes(question, lambda _: "1", "0")):
                frame[f"{name}_{i}"] = cells if option == OTHER else [float(cell) if cell else None for cell in cells]
                labels[f"{name}_{i}"] = f"{question.text} [{'Other' if option == OTHER else option}]"
                if option != OTHER:
                    values[f"{name}_{i}"] = {0.0: "Nej", 1.0: "Ja"}
            continue
        labels[name] = question.text
        if question.item.kind in (SINGLE, SCALE, METADATA) and set(question.cells) <= {*question.options, ""}:
            codes = {option: float(99 if option == "Vet inte" else i) for i, option in enumerate(question.options, 1)}
            frame[name], values[name] = (
                [codes.get(cell) for cell in question.cells],
                {code: option for option, code in codes.items()},
            )
            missing[name] = [99]
        elif question.item.kind in (RATING, NPS):
            frame[name] = [float(cell) if cell else None for cell in question.cells]
        else:
            frame[name] = question.cells
    table = pd.DataFrame(
        {name: pd.Series(cells, dtype=object if isinstance(cells[0], str) else float) for name, cells in frame.items()}
    )
    pyreadstat.write_sav(
        table,
        path / "svar.sav",
        column_labels=labels,
        variable_value_labels=values,
        missing_ranges={name: ranges for name, ranges in missing.items() if 99.0 in values[name]},
    )
    return path / "svar.sav"


def write_table(questions: list[Question], path: Path) -> Path:
    """A plain table with semicolons, cp1252, two rows of headings and -99 for no answer, for the generic reader."""
    columns = [["Svarsdatum", "", *[SENT] * len(questions[0].cells)]]
    for question in questions:
        if question.item.kind == MULTI:
            boxes = _boxes(question, str, "")
            columns += [
                ["" if i else question.text, "Annat" if option == OTHER else option, *cells]
                for i, (option, *cells) in enumerate(boxes)
            ]
        elif question.item.group:
            columns.append([question.item.group_text, question.item.text, *[cell or "-99" for cell in question.cells]])
        else:
            columns.append([question.text, "", *[cell or "-99" for cell in question.cells]])
    return save_csv(path / "rapport.csv", _rows(columns), ";", "cp1252")


def write_quiz(questions: list[Question], path: Path) -> Path:
    """xlsx as Microsoft Forms writes a quiz, in English: points and feedback beside every question, in another order of columns."""
    size = len(questions[0].cells)
    about = [
        ("ID", "1"),
        ("Start time", BEGUN),
        ("Completion time", SENT),
        ("Email", "anonymous"),
        ("Name", ""),
        ("Total points", "0"),
        ("Quiz feedback", ""),
        ("Grade posted time", ""),
    ]
    columns = [[heading, *[cell] * size] for heading, cell in about]
    for question in reversed(questions):
        columns += [
            [question.item.text, *question.cells],
            [f"Points - {question.item.text}", *["0"] * size],
            [f"Feedback - {question.item.text}", *[""] * size],
        ]
    return save_xlsx(path / "Quiz.xlsx", {"Sheet1": _rows(columns)})


def write_powerautomate(questions: list[Question], path: Path) -> Path:
    """xlsx as a flow fills a table: all as text, several choices as a list in JSON."""
    size = len(questions[0].cells)
    columns = [
        ["Response Id", *map(str, range(1, size + 1))],
        ["Submission time", *["2/3/2026 12:57:30 PM"] * (size - 1), "1/28/2026 8:15:22 AM"],
        ["Responders' Email", *["anonymous"] * size],
    ]
    for question in questions:
        cells = question.cells
        if question.item.kind == MULTI:
            chosen = [[part for parts in question.chosen(cell) for part in parts] for cell in cells]
            cells = [json.dumps(parts, ensure_ascii=False) if parts else "" for parts in chosen]
        columns.append([question.item.text, *cells])
    return save_xlsx(path / "Tabell.xlsx", {"Svar": _rows(columns)})


def write_nextcloud(questions: list[Question], path: Path) -> Path:
    """xlsx with the columns' ids in a second row, `A; B` for several choices and `Question (row)` for a matrix."""
    size = len(questions[0].cells)
    columns = [
        ["Submission ID", "submission_id", *map(str, range(1, size + 1))],
        ["User ID", "user_id", *[""] * size],
        ["User display name", "user_display_name", *["Anonymous user"] * size],
        ["Timestamp", "timestamp", *["2026-02-03T12:57:30+01:00"] * size],
    ]
    for number, question in enumerate(questions):
        item, cells = question.item, question.cells
        if item.kind == MULTI:
            cells = ["; ".join(part for parts in question.chosen(cell) for part in parts) for cell in cells]
        columns.append(
            [f"{item.group_text} ({item.text})" if item.group else item.text, f"question-id-{number}", *cells]
        )
    return save_xlsx(path / "Nextcloud.xlsx", {"Worksheet": _rows(columns)})


WRITERS = {
    "powerautomate": write_powerautomate,
    "nextcloud": write_nextcloud,
    "google": write_google,
    "limesurvey": write_limesurvey,
    "surveymonkey": write_surveymonkey,
    "qualtrics": write_qualtrics,
    "spss": write_spss,
    "generic": write_table,
}
OPTIONS: dict[str, dict[str, object]] = {
    "generic": {"header_rows": 2, "ended": "Svarsdatum", "missing": {"-99": "unanswered"}}
}
