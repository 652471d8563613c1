"""What survey.toml may say about a file under [reader_options]."""

from __future__ import annotations

import codecs
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from sekom_survey.model import NOT_SHOWN, UNANSWERED, Item, Problem, Survey
from sekom_survey.text.files import folded
from sekom_survey.text.toml import Table

FILE = "survey.toml"
PATH = "reader_options"
MAX_HEADER_ROWS = 12


@dataclass(frozen=True)
class Options:
    """How to read one file; everything may be left out.

    `missing` pairs a code in the cells with the state it stands for, `missing_in` a question with codes that are no answers to it; `drop` names columns that identify a person;
    `started` and `ended` name those that tell when somebody answered, `day_first` whether the day stands before the month
    there; `matrix` names questions whose yes and no are
    answers to rows, not boxes ticked, and `boxes` those whose are; `ranking` those with a column for each option or place of a ranking; `headings` pairs a heading that is only a code with the question's text.
    `survey` is the rest of what survey.toml says, and `asked` its questions by wording, folded.
    """

    delimiter: str = ""
    encoding: str = ""
    sheet: str = ""
    header_rows: int | None = None
    separator: str = ""
    missing: tuple[tuple[str, str], ...] = ()
    missing_in: tuple[tuple[str, tuple[str, ...]], ...] = ()
    drop: tuple[str, ...] = ()
    started: str = ""
    ended: str = ""
    day_first: bool | None = None
    matrix: tuple[str, ...] = ()
    boxes: tuple[str, ...] = ()
    ranking: tuple[str, ...] = ()
    headings: tuple[tuple[str, str], ...] = ()
    survey: Survey | None = None
    asked: Mapping[str, Item] = field(default_factory=dict)

    def heading(self, found: str) -> str:
        """The heading that the year's file puts in place of a code, else the one found."""
        return next((text for code, text in self.headings if folded(code) == folded(found)), found)

    def drops(self, heading: str) -> bool:
        """Whether the year's file says that a column is left out."""
        return folded(heading) in {folded(name) for name in self.drop}

    def coded(self, heading: str) -> frozenset[str]:
        """The codes that mean that a question was not answered, by the year's file."""
        return frozenset(code for name, codes in self.missing_in if folded(name) == folded(heading) for code in codes)

    def asks(self, heading: str) -> bool:
        """Whether a question of the year's file has this wording."""
        return folded(heading) in self.asked


NO_OPTIONS = Options()


def read_options(data: Mapping[str, object] | None) -> tuple[Options, list[Problem]]:
    """The table [reader_options] to Options and the problems met; an unknown key is one."""
    problems: list[Problem] = []
    table = Table(dict(data or {}), FILE, PATH, problems)
    options = Options(
        delimiter=_one_character(table, "delimiter"),
        encoding=_encoding(table),
        sheet=table.text("sheet"),
        header_rows=_header_rows(table),
        separator=_one_character(table, "separator"),
        missing=_missing(table.table("missing")),
        missing_in=_missing_in(table.table("missing_in")),
        drop=table.texts("drop"),
        started=table.text("started"),
        ended=table.text("ended"),
        day_first=table.flag("day_first") if "day_first" in table.data else None,
        matrix=table.texts("matrix"),
        boxes=table.texts("boxes"),
        ranking=table.texts("ranking"),
        headings=_headings(table.table("headings")),
    )
    table.close()
    return options, problems


def with_survey(options: Options, survey: Survey | None) -> Options:
    """The options with what the rest of survey.toml says."""
    items = survey.questionnaire.items if survey else ()
    return replace(
        options, survey=survey, asked={folded(text): item for item in items for text in (item.text, *item.wordings)}
    )


def _one_character(table: Table, key: str) -> str:
    value = table.text(key)
    if (
        len(value) > 1
        or value == '"'
        or not (value.isprintable() or value == "\t" or (key == "separator" and value == "\n"))
    ):
        table.fault("wrong_value", key, f"Värdet är ”{value}”.", "Skriv ett enda tecken, som ; eller \\t.")
        return ""
    return value


def _encoding(table: Table) -> str:
    value = table.text("encoding")
    try:
        return codecs.lookup(value).name if value else ""
    except (LookupError, ValueError):
        table.fault(
            "wrong_value", "encoding", f"Teckenkodningen ”{value}” är okänd.", "Skriv utf-8, cp1252 eller utf-16."
        )
        return ""


def _header_rows(table: Table) -> int | None:
    value = table.integer("header_rows")
    if value is not None and not 0 <= value <= MAX_HEADER_ROWS:
        table.fault(
            "wrong_value",
            "header_rows",
            f"Antalet rubrikrader är {value}.",
            f"Skriv ett tal från 0 till {MAX_HEADER_ROWS}.",
        )
        return None
    return value


def _headings(table: Table) -> tuple[tuple[str, str], ...]:
    return tuple((code, text) for code in table.data if (text := table.text(code)))


def _missing_in(table: Table) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((heading, codes) for heading in table.data if (codes := table.texts(heading)))


def _missing(table: Table) -> tuple[tuple[str, str], ...]:
    states = (NOT_SHOWN, UNANSWERED)
    found = {code: table.text(code) for code in table.data}
    for code, state in found.items():
        if state not in states:
            table.fault("wrong_value", code, f"Koden betyder ”{state}”.", "Skriv " + " eller ".join(states) + ".")
    return tuple((code, state) for code, state in found.items() if state in states)
