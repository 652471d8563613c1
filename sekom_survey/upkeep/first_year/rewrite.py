"""What a person changes at a place that reaches beyond its own table: rows of a matrix, who answers, how the file is read."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from sekom_survey.asked.load import find_export
from sekom_survey.asked.marks import KEY
from sekom_survey.model import MEMBER, RATING, SCALE, SINGLE, Export, Problem, Unusable
from sekom_survey.text.files import folded
from sekom_survey.text.toml_edit import rows_of, table_lines, with_keys, without_table
from sekom_survey.upkeep.draft import draft_survey
from sekom_survey.upkeep.inspect import inspect_file

ROWS, WHO, OWN = "rows", "text", "own"
READING = "reader_options"
HEAD = ("title", "opened", "closed", "frame_date", "invited")
_OF_MATRIX = ("kind", "scale", "options", "outside", "top", "low", "high")


def rows_offered(data: Mapping[str, Any], matrix: Mapping[str, Any]) -> tuple[list[str], list[str]]:
    """The texts of the rows of a matrix, and with them those of its neighbours that could be rows of it as well."""
    items = data["items"]
    at = next(i for i, item in enumerate(items) if item["id"] == matrix["id"])
    mine = [row["text"] for row in matrix["rows"]]
    before = _texts_of(items[at - 1]) if at else []
    after = _texts_of(items[at + 1]) if at + 1 < len(items) else []
    return mine, [*before, *mine, *after]


def _texts_of(item: Mapping[str, Any]) -> list[str]:
    if item["kind"] not in (SCALE, SINGLE, RATING):
        return []
    return [row["text"] for row in item["rows"]] if "rows" in item else [item["text"]]


def with_rows(text: str, where: str, wanted: Sequence[str]) -> str:
    """The file with only some rows in a matrix: one taken away is a question of its own after it, one taken in is gone where it was."""
    data = tomllib.loads(text)
    matrix = next(item for item in data["items"] if item["id"] == where.removeprefix("items."))
    mine = {row["text"]: row for row in matrix["rows"]}
    for label in [label for label in mine if label not in wanted]:
        text = _inserted(_without_row(text, where, mine[label]), where, _question(matrix, mine[label]))
    for label in [label for label in wanted if label not in mine]:
        place, row = _found(tomllib.loads(text), label)
        text = _inserted(_without_item(text, place, row), where, _row(matrix["id"], row))
    return text


def _without_row(text: str, where: str, row: Mapping[str, Any]) -> str:
    return without_table(text, f"{where}.rows.{row['id']}")


def _without_item(text: str, place: Mapping[str, Any], row: Mapping[str, Any]) -> str:
    """The file without a question or a row; a matrix whose last row it is goes with it."""
    if "rows" not in place:
        return without_table(text, f"items.{place['id']}")
    text = _without_row(text, f"items.{place['id']}", row)
    return without_table(text, f"items.{place['id']}") if len(place["rows"]) == 1 else text


def _found(data: Mapping[str, Any], label: str) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """The question, or the matrix and its row, that has a text."""
    return next(
        (item, row)
        for item in data["items"]
        for row in item.get("rows", [item])
        if row["text"] == label and item["kind"] != MEMBER
    )


def _question(matrix: Mapping[str, Any], row: Mapping[str, Any]) -> list[str]:
    kept = {key: matrix[key] for key in _OF_MATRIX if key in matrix}
    return ["[[items]]", *table_lines({**row, **kept}), ""]


def _row(matrix: str, row: Mapping[str, Any]) -> list[str]:
    kept = {key: row[key] for key in ("id", "text", "label", "wordings") if key in row}
    return [f"[[items.{ROWS}]]", *table_lines(kept), ""]


def _inserted(text: str, where: str, lines: Sequence[str]) -> str:
    """The text with lines put in after a matrix and all its rows."""
    old = text.replace("\r\n", "\n").split("\n")
    at = rows_of(text)[where]
    end = next((i for i in range(at, len(old)) if old[i].startswith("[") and old[i] != f"[[items.{ROWS}]]"), len(old))
    return "\n".join([*old[:end], *lines, *old[end:]])


def must_be_chosen(export: Export | None, where: str, text: str) -> None:
    """Raises Unusable where the question that tells who answers is none of the export's."""
    if export and folded(text) not in map(folded, export.headers):
        found, todo = "Ingen fråga är vald.", "Välj den fråga i enkätfilen som visar vem som svarar."
        raise Unusable([Problem("member_unchosen", "survey.toml", where, found, todo)])


def with_member(text: str, where: str, heading: str) -> str:
    """The file with the question that tells who answers; it is no other question then."""
    other = next(
        (item for item in tomllib.loads(text)["items"] if item["text"] == heading and item["kind"] != MEMBER), None
    )
    text = with_keys(text, where, {"text": heading, KEY: None})
    return without_table(text, f"items.{other['id']}") if other else text


def read_anew(folder: Path, data: Mapping[str, Any], options: Mapping[str, Any]) -> str:
    """The draft made again of the file read in another way; what the head says, and whether it is confirmed, stays. Raises Unusable."""
    path, _ = find_export(folder / "export", folder.name)
    if path is None:
        raise Unusable(
            [
                Problem(
                    "file_missing", f"{folder.name}/export", "", "Enkätfilen finns inte.", "Lägg den i mappen export."
                )
            ]
        )
    export, problems = inspect_file(path, path.name, data.get("reader"), options)
    if export is None:
        raise Unusable(problems)
    draft = draft_survey(export, int(data["year"]), str(data.get("unit", MEMBER)))
    kept = {key: data[key] for key in HEAD if key in data} | ({} if KEY in data else {KEY: None})
    draft = with_keys(draft, "", kept)
    return with_keys(draft, READING, {KEY: None}) if f"[{READING}]" in draft else draft


def reading_fields(options: Mapping[str, Any]) -> Iterator[tuple[str, str, list[str], list[str]]]:
    """(key, name, what is so now, what may be) for each thing that was guessed of how the file is read."""
    times = [options[key] for key in ("started", "ended") if options.get(key)]
    coded = [f"{code}: {heading}" for heading, codes in options.get("missing_in", {}).items() for code in codes]
    boxes, rows = list(options.get("boxes", [])), list(options.get("matrix", []))
    ranks = list(options.get("ranking", []))
    for key, name, now, every in (
        ("drop", "Kolumner som inte är frågor", list(options.get("drop", [])), list(options.get("drop", []))),
        ("times", "Kolumner med svarens tid", times, times),
        (
            "missing",
            "Koder för att svar saknas, i alla frågor",
            list(options.get("missing", {})),
            list(options.get("missing", {})),
        ),
        ("missing_in", "Koder för att just den frågan inte är besvarad", coded, coded),
        ("boxes", "Frågor med kryssrutor (de andra besvaras rad för rad)", boxes, [*boxes, *rows]),
        ("ranking", "Frågor som är rangordningar (de andra besvaras rad för rad)", ranks, ranks),
    ):
        if every:
            yield key, name, now, every


def changed_reading(options: Mapping[str, Any], changed: Mapping[str, Any]) -> dict[str, Any]:
    """[reader_options] with what a person chose among `reading_fields`."""
    new = {key: value for key, value in options.items() if key != KEY}
    if "drop" in changed:
        new["drop"] = list(changed["drop"])
    if "times" in changed:
        new |= {key: new[key] if new[key] in changed["times"] else "" for key in ("started", "ended") if key in new}
    if "missing" in changed:
        new["missing"] = {code: state for code, state in new["missing"].items() if code in changed["missing"]}
    if "missing_in" in changed:
        coded = {
            heading: [code for code in codes if f"{code}: {heading}" in changed["missing_in"]]
            for heading, codes in new["missing_in"].items()
        }
        new["missing_in"] = {heading: codes for heading, codes in coded.items() if codes}
    if "boxes" in changed:
        every = [*options.get("boxes", []), *options.get("matrix", [])]
        new |= {
            "boxes": [one for one in every if one in changed["boxes"]],
            "matrix": [one for one in every if one not in changed["boxes"]],
        }
    if "ranking" in changed:
        rows = [one for one in options["ranking"] if one not in changed["ranking"]]
        new |= {"ranking": list(changed["ranking"]), "matrix": [*new.get("matrix", []), *rows]}
    return new | ({"day_first": changed["day_first"]} if "day_first" in changed else {})


def without_own(table: Mapping[str, Any], changed: Mapping[str, Any]) -> dict[str, Any]:
    """The keys of a question some of whose options are a respondent's own words."""
    own = {folded(label) for label in changed.get(OWN, ())}
    options = [label for label in changed.get("options", table.get("options", [])) if folded(label) not in own]
    kept = {key: value for key, value in changed.items() if key != OWN}
    return {**kept, "options": options, "other": True} if own else kept
