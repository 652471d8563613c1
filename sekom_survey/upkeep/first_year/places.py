"""The places left to confirm, each with what a person may change there: for a menu in the terminal or in a browser."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sekom_survey.asked.load import find_export
from sekom_survey.asked.marks import KEY, Mark, taken_out
from sekom_survey.coding.shipped import start_codebook
from sekom_survey.collected import read_export
from sekom_survey.counted.form_changes import KIND_NAMES
from sekom_survey.model import (
    CONSENT,
    DATE,
    MEMBER,
    METADATA,
    MULTI,
    NPS,
    NUMBER,
    RANKING,
    RATING,
    ROLE,
    SCALE,
    SINGLE,
    TEXT,
    Export,
    Problem,
    Unusable,
)
from sekom_survey.text.files import decode, folded
from sekom_survey.text.rows import write_whole
from sekom_survey.text.toml_edit import with_keys, without_table
from sekom_survey.text.turns import turn
from sekom_survey.upkeep.first_year.items import CODED, Scales, forced
from sekom_survey.upkeep.first_year.measures import MEASURE_NAMES
from sekom_survey.upkeep.first_year.rewrite import (
    OWN,
    READING,
    ROWS,
    WHO,
    changed_reading,
    must_be_chosen,
    read_anew,
    reading_fields,
    rows_offered,
    with_member,
    with_rows,
    without_own,
)

TEXT_FIELD, DAY, WHOLE, ORDER, SUBSET, CHOICE, FLAG = "text", "day", "whole", "order", "subset", "choice", "flag"
KEEP, CONTRASTS, MEASURES = "keep", "contrasts", "measures"
NAMES: Mapping[str, tuple[str, str]] = {
    "title": ("Enkätens namn", TEXT_FIELD),
    "opened": ("Första dagen", DAY),
    "closed": ("Sista dagen", DAY),
    "frame_date": ("Dagen då medlemmarna räknas", DAY),
    "kind": ("Sorts fråga", CHOICE),
    "text": ("Frågan", TEXT_FIELD),
    "options": ("Svarsalternativ i ordning, lägst först", ORDER),
    "outside": ("Utanför skalan, som Vet ej", SUBSET),
    "politicians": ("Politiker", SUBSET),
    "officials": ("Tjänstepersoner", SUBSET),
    "low": ("Lägsta betyg", WHOLE),
    "high": ("Högsta betyg", WHOLE),
    "max": ("Högsta antal val", WHOLE),
    "codebook": ("Kodas som", CHOICE),
}
KINDS = (SINGLE, MULTI, SCALE, RATING, NPS, NUMBER, DATE, RANKING, CONSENT, TEXT, METADATA)


@dataclass(frozen=True)
class Field:
    """Something that may be changed at a place: its key, name in Swedish, kind of field, value, and what to choose among.

    `shown` are the choices as a person reads them, in the same order. The key KEEP answered with False takes the place away.
    """

    key: str
    name: str
    kind: str
    value: Any
    choices: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()


@dataclass(frozen=True)
class Place:
    """A mark with its question's text ("" when it is about no single question), column letter, and fields."""

    where: str
    what: str
    question: str
    column: str
    fields: tuple[Field, ...]


def marks_in(text: str) -> tuple[Mark, ...]:
    """The marks in the text of a survey.toml."""
    return taken_out(tomllib.loads(text))[1]


def marks_of(folder: Path) -> tuple[Place, ...]:
    """The places of a year's survey.toml that are left to confirm, in its order. Raises Unusable when it cannot be read."""
    text = _text(folder)
    data = _parsed(text, folder)
    export = _export(folder, data)
    return tuple(_place(mark, data, export) for mark in marks_in(text))


def settle(folder: Path, where: str, keys: Mapping[str, Any] | None = None) -> None:
    """Confirm one place of a year's survey.toml, with the keys that were changed there. Raises Unusable, and writes nothing.

    Another kind of question than the draft's is drafted anew from the export.
    """
    with turn(folder / "survey.toml"):
        write_whole(folder / "survey.toml", _settled(folder, where, keys).encode())


def _settled(folder: Path, where: str, keys: Mapping[str, Any] | None) -> str:
    text, changed = _text(folder), dict(keys or {})
    data = _parsed(text, folder)
    table = _table(data, where)
    kind = changed.get("kind")
    if kind and kind != table.get("kind"):
        changed = _redrafted(_export(folder, data), table, kind) | changed
    try:
        new = _rewritten(folder, text, data, where, changed)
        tomllib.loads(new)
    except (KeyError, tomllib.TOMLDecodeError):
        todo = "Ändra stället för hand i survey.toml, eller gör om utkastet."
        raise Unusable([Problem("not_rewritten", "survey.toml", where, "Stället kan inte skrivas om.", todo)]) from None
    return new


def _rewritten(folder: Path, text: str, data: Mapping[str, Any], where: str, changed: dict[str, Any]) -> str:
    table = _table(data, where)
    if changed.pop(KEEP, True) is False:
        return without_table(text, where)
    if where == READING and changed:
        return read_anew(folder, data, changed_reading(table, changed))
    if table.get("kind") == MEMBER and WHO in changed:
        return with_member(text, where, changed[WHO])
    if table.get("kind") == MEMBER:
        must_be_chosen(_export(folder, data), where, str(table["text"]))
    rows = changed.pop(ROWS, None)
    text = with_keys(text, where, _set(without_own(table, changed)))
    return with_rows(text, where, rows) if rows is not None else text


def _set(changed: Mapping[str, Any]) -> dict[str, Any]:
    """The keys to write, with the mark and what was emptied taken away."""
    return {KEY: None, **{key: None if value == "" else value for key, value in changed.items()}}


def _redrafted(export: Export | None, table: Mapping[str, Any], kind: str) -> dict[str, Any]:
    """The keys of a question as another kind, and None for those that it no longer has."""
    gone = dict.fromkeys(
        ("options", "outside", "other", "low", "high", "max", "scale", "politicians", "officials", "codebook")
    )
    places = {folded(heading): i for i, heading in enumerate(export.headers)} if export else {}
    at = places.get(folded(str(table.get("text", ""))))
    if export is None or at is None:
        return {**gone, "kind": kind}
    cells = [cell for cell in export.cells.columns[at] if cell]
    made = forced(str(table["text"]), cells, export.separator, kind, Scales())
    return {
        **gone,
        **{
            key: value
            for key, value in made.items()
            if key not in ("id", "text", "label", KEY) and value not in ("", [])
        },
    }


def _text(folder: Path) -> str:
    try:
        return decode((folder / "survey.toml").read_bytes())[0]
    except OSError:
        raise Unusable(
            [Problem("file_missing", f"{folder.name}/survey.toml", "", "Filen finns inte.", "Kör sekom new först.")]
        ) from None


def _parsed(text: str, folder: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        found, todo = "Filen följer inte TOML:s skrivregler.", "Kör sekom check, som visar raden."
        raise Unusable([Problem("toml_syntax", f"{folder.name}/survey.toml", "", found, todo)]) from None


def _export(folder: Path, data: Mapping[str, Any]) -> Export | None:
    path, _ = find_export(folder / "export", folder.name)
    options = taken_out(data.get("reader_options", {}))[0]
    return read_export(path, path.name, data.get("reader"), options)[0] if path else None


def _table(data: Mapping[str, Any], where: str) -> Mapping[str, Any]:
    """The table at a place, an empty one when there is none."""
    found: Any = data
    for part in filter(None, where.split(".")):
        if isinstance(found, list):
            found = next((one for i, one in enumerate(found, 1) if part in (one.get("id"), str(i))), {})
        else:
            found = found.get(part, {})
    return found if isinstance(found, dict) else {}


def _place(mark: Mark, data: Mapping[str, Any], export: Export | None) -> Place:
    table = _table(data, mark.where)
    rows = [row["text"] for row in table.get("rows", [])] or ([table["text"]] if "text" in table else [])
    places = (
        {folded(heading): place for heading, place in zip(export.headers, export.places, strict=False)}
        if export
        else {}
    )
    columns = [places[folded(text)] for text in rows if folded(text) in places]
    column = f"{columns[0]}–{columns[-1]}" if len(columns) > 1 else "".join(columns)
    asked = {item["id"]: item["text"] for item in data.get("items", [])}
    question = str(table.get("text") or _of_scale(mark.where, data) or asked.get(table.get("item"), ""))
    own = {CONTRASTS: _contrast_fields, MEASURES: _measure_fields, READING: _reading_fields}.get(
        mark.where.partition(".")[0]
    )
    fields = own(table, asked) if own else (*_fields(table), *_further(table, data, export))
    return Place(mark.where, mark.what, question, column, tuple(fields))


def _reading_fields(table: Mapping[str, Any], asked: Mapping[str, str]) -> Iterator[Field]:
    for key, name, now, every in reading_fields(table):
        yield Field(key, name, SUBSET, now, tuple(every))
    if "day_first" in table:
        yield Field("day_first", "Dagen står före månaden", FLAG, table["day_first"])


def _further(table: Mapping[str, Any], data: Mapping[str, Any], export: Export | None) -> Iterator[Field]:
    """The fields that reach beyond the question's own table."""
    if table.get("kind") == MEMBER and export:
        every = tuple(dict.fromkeys((str(table["text"]), *export.headers)))
        yield Field(WHO, "Frågan om vem som svarar", CHOICE, table["text"], every, every)
    if ROWS in table:
        mine, offered = rows_offered(data, table)
        yield Field(ROWS, "Rader som hör hit", SUBSET, mine, tuple(offered))
    if table.get("kind") in (SINGLE, MULTI) and ROWS not in table and len(table.get("options", ())) > 1:
        yield Field(OWN, "Egna ord, inget svarsalternativ", SUBSET, [], tuple(table["options"]))


def _contrast_fields(table: Mapping[str, Any], asked: Mapping[str, str]) -> Iterator[Field]:
    groups = f"{table.get('first', '')} mot {table.get('second', '')}"
    yield Field(KEEP, f"Pröva skillnaden ({groups})", FLAG, True)
    yield Field("declared", "Bestämt den", DAY, table.get("declared", ""))


def _measure_fields(table: Mapping[str, Any], asked: Mapping[str, str]) -> Iterator[Field]:
    for key, name in MEASURE_NAMES.items():
        yield Field(key, name, CHOICE, table.get(key, ""), ("", *asked), ("ingen", *asked.values()))


def _of_scale(where: str, data: Mapping[str, Any]) -> str:
    """The questions that answer on a scale, when the place is one."""
    name = where.removeprefix("scales.") if where.startswith("scales.") else ""
    texts = [item["text"] for item in data.get("items", []) if name and item.get("scale") == name]
    return texts[0] + (f" och {len(texts) - 1} till" if len(texts) > 1 else "") if texts else ""


def _fields(table: Mapping[str, Any]) -> Iterator[Field]:
    labels = list(dict.fromkeys([*table.get("options", []), *table.get("outside", [])]))
    for key, (name, kind) in NAMES.items():
        if key == "kind" and key in table and "rows" not in table and table["kind"] not in (ROLE, "member"):
            kinds = tuple(dict.fromkeys((table[key], *KINDS)))
            yield Field(key, name, kind, table[key], kinds, tuple(map(kind_name, kinds)))
        elif key == "codebook" and key in table:
            yield Field(key, name, kind, table[key], ("", *CODED), ("ingen", *_themes_about()))
        elif (key == "outside" and labels and table.get("kind") != ROLE) or (
            key in ("politicians", "officials") and table.get("kind") == ROLE
        ):
            yield Field(key, name, kind, table.get(key, []), tuple(labels))
        elif (
            key in table
            and key not in ("kind", "outside", "politicians", "officials", "codebook")
            and (key != "text" or "rows" in table)
        ):
            yield Field(key, name, kind, table[key], tuple(labels) if kind == ORDER else ())


def _themes_about() -> Iterator[str]:
    names = {question.id: question.name for question in start_codebook().questions}
    return (names.get(name, name) for name in CODED)


def kind_name(kind: str) -> str:
    """A kind of question in Swedish."""
    return {**KIND_NAMES, METADATA: "räknas inte"}.get(kind, kind)
