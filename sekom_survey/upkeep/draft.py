"""A draft survey.toml from what an export holds; every place that a person should look at carries `confirm`."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from datetime import date
from itertools import groupby
from pathlib import PurePath
from typing import Any

from sekom_survey.asked.marks import KEY
from sekom_survey.model import MEMBER, ROLE, SINGLE, UNANSWERED, Export
from sekom_survey.text.files import folded
from sekom_survey.text.toml_edit import quoted, table_lines, toml_text
from sekom_survey.upkeep.first_year.follow_up import with_conditions
from sekom_survey.upkeep.first_year.groups import grouped
from sekom_survey.upkeep.first_year.items import Scales, item_table, matrix_table
from sekom_survey.upkeep.first_year.kinds import with_kinds
from sekom_survey.upkeep.first_year.measures import contrasts_of, measures_of
from sekom_survey.upkeep.first_year.words import are_roles, label_of
from sekom_survey.upkeep.guess import Guess, guess_column, guess_columns
from sekom_survey.upkeep.persons import tells_who

_COUNT = re.compile(
    r"[\s_]*\(\s*\d+\s*[-–]\s*\d+\s*\)|\s*\(\d+\)|\s*\((svar|responses)\)(\s*-\s*(formul[aä]rsvar|form responses)\s*\d*)?",
    re.IGNORECASE,
)
_STAMP = re.compile(r"[\s_-]*\d{4}-?\d{2}-?\d{2}([T_ ]?\d{2}[-_.]?\d{2}([-_.]?\d{2})?)?$")
_GENERIC = re.compile(
    r"(results?[-_ ]survey\d*|survey|export|svar|responses|data|resultat|blad1|sheet1|e|formul[aä]rsvar.*)",
    re.IGNORECASE,
)


def title_of(file: str) -> str:
    """The title that a file's name holds, "Medlemsenkät" when it says nothing."""
    stem = _STAMP.sub("", _COUNT.sub("", PurePath(file).stem)).replace("_", " ").strip(" -")
    return "Medlemsenkät" if not stem or _GENERIC.fullmatch(stem) else stem[0].upper() + stem[1:]


GUESSED = {
    "drop": "kolumnerna i drop lämnas utanför, för att de ser ut att visa vem som svarat eller inte är frågor; ta bort dem som är det",
    "started": "kolumnen i started är tiden då svaret påbörjades",
    "ended": "kolumnen i ended är tiden då svaret skickades in",
    "missing": "koderna under missing betyder att svar saknas, och är inga svar",
    "separator": "tecknet i separator skiljer flera val åt i en cell",
    "missing_in": "koderna och orden under missing_in betyder att frågan inte är besvarad, och är inga svar",
    "boxes": "frågorna i boxes är kryssrutor, så att Nej (eller 0) betyder att rutan inte är ikryssad; flytta dem annars till matrix",
    "matrix": "frågorna i matrix besvaras rad för rad, så att Nej (eller 0) är ett svar; flytta dem annars till boxes",
    "ranking": "frågorna i ranking är rangordningar med en kolumn för varje alternativ eller plats, plats 1 främst; flytta dem annars till matrix",
    "day_first": "day_first säger om dagen står före månaden i svarens tider, som 03/02/2026",
}


def options_lines(options: Mapping[str, object]) -> list[str]:
    """The lines of [reader_options] with which `check` reads the file as it was read now; none when nothing is to be said."""
    if not options:
        return []
    tables = {key: value for key, value in options.items() if isinstance(value, Mapping)}
    confirm = "; ".join(said for key, said in GUESSED.items() if key in options)
    lines = [
        "",
        "[reader_options]",
        *(f"{key} = {_value(value)}" for key, value in options.items() if key not in tables),
    ]
    lines += [f"{KEY} = {quoted(confirm[0].upper() + confirm[1:] + '.')}"] if confirm else []
    for key, table in tables.items():
        lines += [
            "",
            f"[reader_options.{key}]",
            *(f"{quoted(name)} = {_value(value)}" for name, value in table.items()),
        ]
    return lines


def _value(value: object) -> str:
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_value, value)) + "]"
    return quoted(value) if isinstance(value, str) else str(value).lower()


RESPONDENT = "respondent"
_REPEATED = re.compile(r"(?<=\D)\d{1,2}$")
DAYS = "Stämmer titeln och datumen? opened och closed är första och sista svaret, frame_date är dagen då medlemmarna räknas."
TITLE = "Stämmer titeln och datumen? opened och closed är första och sista svaret."
NO_MEMBER = "Frågan om vem som svarar hittades inte. Välj vilken fråga det är."


def draft_survey(export: Export, year: int | None = None, unit: str = MEMBER, members: Collection[str] = ()) -> str:
    """A survey.toml with every question of the export; `read_survey` accepts it as it is.

    Without a `year` it is that of the last answer. With `unit` respondent nobody is looked up in a register; else the question that
    most answer with the name of one of the `members` tells who answers.
    """
    kept = _told_apart(_with_role(_of_unit(with_kinds(guess_columns(export, members), export), unit)))
    scales, taken = Scales(), {MEMBER, ROLE}
    items = with_conditions(list(_items([_without_signs(guess) for guess in kept], scales, taken)), export)
    _keep_apart(items)
    _name_repeated(items, {folded(heading) for heading in export.headers})
    if unit == MEMBER and MEMBER not in {item["kind"] for item in items}:
        items.insert(
            0, {"id": MEMBER, "kind": MEMBER, KEY: NO_MEMBER, "text": "Vilken kommun eller region svarar du för?"}
        )
    head = list(table_lines(_head(export, year, unit)))
    measures = measures_of(items)
    contrasts = list(contrasts_of(items, measures)) if unit == MEMBER else []
    tables = {"measures": measures, "contrasts": contrasts, "scales": scales.tables, "items": items}
    body = toml_text({key: table for key, table in tables.items() if table})
    return "\n".join([*head, *options_lines(_reading(export, kept)), "", body])


def _reading(export: Export, kept: Sequence[Guess]) -> dict[str, object]:
    """[reader_options] with the signs that stand for no answer, as "-", where a question to choose in has them."""
    signs = {label for guess in kept for label, _ in guess.options if _is_sign(label)}
    options = dict(export.options)
    said = options.get("missing")
    missing = {**(said if isinstance(said, dict) else {}), **dict.fromkeys(sorted(signs), UNANSWERED)}
    return options | ({"missing": missing} if signs else {})


def _of_unit(guesses: Sequence[Guess], unit: str) -> list[Guess]:
    """Where everybody answers for themselves there is no question on the member: it is one to choose in, or a text."""
    return [
        replace(guess, kind=SINGLE if guess.options else "text")
        if unit == RESPONDENT and guess.kind == MEMBER
        else guess
        for guess in guesses
    ]


def _without_signs(guess: Guess) -> Guess:
    return replace(guess, options=tuple(one for one in guess.options if not _is_sign(one[0])))


def _is_sign(label: str) -> bool:
    """Whether a label is only punctuation, as "-"; a picture or a star is an answer."""
    return all(unicodedata.category(letter)[0] in "PZ" or letter in "+=~|" for letter in label)


def _with_role(guesses: Sequence[Guess]) -> list[Guess]:
    """The first question whose answers part politicians from officials is the one on the role, when no heading says so."""
    if any(guess.kind == ROLE for guess in guesses):
        return list(guesses)
    found = next((g for g in guesses if g.kind == SINGLE and are_roles(label for label, _ in g.options)), None)
    return [replace(guess, kind=ROLE) if guess is found else guess for guess in guesses]


def _told_apart(guesses: Sequence[Guess]) -> list[Guess]:
    """The columns that can be known by their headings."""
    return [
        guess
        for i, guess in enumerate(guesses)
        if folded(guess.heading) not in {"", *(folded(one.heading) for one in guesses[:i])}
    ]


def _keep_apart(items: Sequence[dict[str, Any]]) -> None:
    """Takes away short names that several questions would share, as "Vad tycker du?" of "Vad tycker du? [1]" and "[2]"."""
    named = Counter(item.get("label") or item["text"] for item in items)
    for item in items:
        if item.get("label") and named[item["label"]] > 1:
            item["label"] = ""


def _name_repeated(items: Sequence[dict[str, Any]], headings: Set[str]) -> None:
    """Calls a question whose text the platform numbered because it comes again, as "Klimat2", by its own text."""
    for one in (part for item in items for part in (item, *item.get("rows", ()))):
        plain = _REPEATED.sub("", one["text"])
        if plain != one["text"] and folded(plain) in headings:
            one["label"] = label_of(plain) or plain


def _head(export: Export, year: int | None, unit: str) -> dict[str, Any]:
    days = sorted(day for day in export.rows["date"] if day) or [f"{year or 1900}-01-01"]
    return {
        "year": year or int(days[-1][:4]),
        "title": title_of(export.file),
        KEY: DAYS if unit == MEMBER else TITLE,
        "opened": date.fromisoformat(days[0]),
        "closed": date.fromisoformat(days[-1]),
        "frame_date": date.fromisoformat(days[0]),
        "unit": unit if unit != MEMBER else "",
        "reader": export.platform,
    }


def _items(kept: Sequence[Guess], scales: Scales, taken: set[str]) -> Iterator[dict[str, Any]]:
    for _, run in groupby(grouped(kept), key=lambda pair: pair[0]):
        guesses = [guess for _, guess in run]
        yield matrix_table(guesses, scales, taken) if len(guesses) > 1 else item_table(guesses[0], scales, taken)


def draft_question(export: Export, heading: str, name: str) -> list[str]:
    """The lines of survey.toml for one question of the export, a guess to look over, with `name` as its id."""
    place = export.headers.index(heading)
    if tells_who(heading, export.cells.columns[place]):
        return [
            "# Ser ut att visa vem som svarat. Är det ingen fråga: skriv under [reader_options]",
            f"drop = [{quoted(heading)}]",
        ]
    guess = guess_column(heading, [cell for cell in export.cells.columns[place] if cell], export.separator)
    scales = Scales()
    item = item_table(replace(guess, kind=SINGLE) if guess.kind == ROLE else guess, scales, set()) | {"id": name}
    known = {"scales": scales.tables} if scales.tables else {}
    return ["", *toml_text({**known, "items": [item]}).splitlines()]
