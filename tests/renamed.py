"""The example under other names: another id for every question, other letters in every label; and its files read so that both can be compared."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path

from tests.whole import texts

ORDINARY = {"member", "role"}  # words of the file itself
SWAPPED = str.maketrans("aeounrAEOUNR", "eauornEAUORN")
ALIKE = str.maketrans("eur", "aon")  # after which a label and its new one are the same
OTHERS = ("activities", "source", "measure =")  # what is called as a question is, and is none
_QUOTED = re.compile(r'(?<!kind = )(?<!scale = )(\\?")(\w+)(\\?")')
_LABEL = re.compile(r'(?m)^(\s*label = ")(.*)(?="$)')


def new_ids(folder: Path) -> dict[str, str]:
    """Old id -> new id of every question and row."""
    text = (folder / "survey.toml").read_text(encoding="utf-8")
    ids = sorted({*re.findall(r'^\s*id = "(\w+)"', text, re.MULTILINE)} - ORDINARY)
    return {name: f"fraga_{place:02d}" for place, name in enumerate(ids)}


def renamed(folder: Path, target: Path) -> dict[str, str]:
    """A copy of a year with other ids and labels, its own notebooks too."""
    new = new_ids(folder)
    for path in [path for path in folder.rglob("*") if path.is_file()]:
        copy = target / path.relative_to(folder)
        copy.parent.mkdir(parents=True, exist_ok=True)
        if path.suffix in (".toml", ".csv", ".ipynb") and path.parent.name != "export":
            text = _with_names(path.read_text(encoding="utf-8"), new, path)
            copy.write_text(
                _with_labels(text, labels(folder)) if path.name == "coming.csv" else text, encoding="utf-8", newline=""
            )
        else:
            copy.write_bytes(path.read_bytes())
    return new


def _with_names(text: str, new: dict[str, str], path: Path) -> str:
    if path.name in ("codings.csv", "corrections.csv"):
        return re.sub(r"(?<=[,;])(\w+)(?=[,;])", lambda found: new.get(found[1], found[1]), text)
    if path.name == "plan.csv":
        return re.sub(r"(?<=[, ])([a-z_]+)(?=[ \r\n])", lambda found: new.get(found[1], found[1]), text)
    if path.name not in ("survey.toml", "claims.toml", "goals.toml", "annual.toml") and path.suffix != ".ipynb":
        return text
    told = "".join(
        line if line.lstrip().startswith(OTHERS) else _QUOTED.sub(lambda found: found[1] + new.get(found[2], found[2]) + found[3], line)
        for line in text.splitlines(keepends=True)
    )  # fmt: skip
    return (
        _LABEL.sub(lambda found: found[1] + found[2].translate(SWAPPED), told) if path.name == "survey.toml" else told
    )


def _with_labels(text: str, known: set[str]) -> str:
    """What is coming, whose topics name questions by their labels."""
    return re.sub(
        r'(?<=[",;])[^",;\n]+(?=[",;])',
        lambda found: found[0].translate(SWAPPED) if found[0] in known else found[0],
        text,
    )


def labels(folder: Path) -> set[str]:
    """The labels of a year's questions."""
    return {found[2] for found in _LABEL.finditer((folder / "survey.toml").read_text(encoding="utf-8"))}


def read(folder: Path, new: dict[str, str] | None = None) -> dict[str, list[str]]:
    """Every text of every page, document, workbook, table and figure's words below a folder, by the file's place; so that names do not matter.

    With `new` ids, those are read as the old.
    """
    old = {name: before for before, name in (new or {}).items()}
    found = {}
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        place = _plain(path.relative_to(folder).as_posix(), old)
        if told := list(_texts(path)):
            found[place] = [_plain(text, old) for text in told]
    return found


def _texts(path: Path) -> Iterator[str]:
    if path.suffix in (".html", ".docx", ".pptx", ".xlsx"):
        yield from texts(path)
    elif path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as stream:
            yield from (cell for row in csv.reader(stream) for cell in row)
    elif path.suffix == ".json" and path.name != "run.json":
        yield from _leaves(json.loads(path.read_text(encoding="utf-8")))


def _leaves(value: object) -> Iterator[str]:
    inside = list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []
    yield from (leaf for one in inside for leaf in _leaves(one))
    if not isinstance(value, dict | list):
        yield str(value)


def _plain(text: str, old: dict[str, str]) -> str:
    named = re.sub(r"fraga_\d\d", lambda found: old.get(found[0], found[0]), text)
    return re.sub(r"\s+", "", named).casefold().translate(ALIKE)
