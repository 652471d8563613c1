"""The [reader_options] of a draft: how the file was read, and what was left out for a person to confirm."""

from __future__ import annotations

import json
from collections.abc import Mapping

from sekom_survey.asked.marks import KEY

GUESSED = {
    "drop": "kolumnerna i drop lämnas utanför, för att de ser ut att visa vem som svarat eller inte är frågor; ta bort dem som är det",
    "started": "kolumnen i started är tiden då svaret påbörjades",
    "ended": "kolumnen i ended är tiden då svaret skickades in",
    "missing": "koderna under missing betyder att svar saknas, och är inga svar",
    "boxes": "frågorna i boxes är kryssrutor, så att Nej (eller 0) betyder att rutan inte är ikryssad; flytta dem annars till matrix",
    "matrix": "frågorna i matrix besvaras rad för rad, så att Nej (eller 0) är ett svar; flytta dem annars till boxes",
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


def quoted(text: str) -> str:
    """A text as TOML writes it."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
