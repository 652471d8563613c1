"""The verdicts that documents give: whether each is the one of its fact, and has the question it answers beside it."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import openpyxl
import pandas as pd

from sekom_survey.found.goals.model import STATUSES
from sekom_survey.found.goals.words import SAID, SHORT
from sekom_survey.found.verdict import VERDICTS
from tests.documents.reading import DRAWING, Unit, page_units, slide_units, word_units

WORD = re.compile("|".join(VERDICTS), re.IGNORECASE)
JUDGED = ("difference", "change", "trend", "participation")
THE_PLANS = "Mäts som"  # the plan's own words for a goal may be those of a measure
PHRASES = {
    phrase.casefold(): status.id for status in STATUSES for phrase in (status.text, *SHORT[status], SAID[status])
}
STATUS = re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(PHRASES, key=len, reverse=True)))})\b")
OF_WORDS = re.compile(rf"”(?:{WORD.pattern})”|visas inte, för få svar", re.IGNORECASE)  # talk of a word, and the sign U


@dataclass(frozen=True)
class Part:
    """What stands together for a reader: an exhibit, a slide, a sheet, or what is on its own in a document."""

    document: str
    name: str
    texts: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...] = ()
    drawn: tuple[str, ...] = ()

    @property
    def everything(self) -> str:
        """All of it."""
        return "\n".join((*self.texts, *(" ".join(row) for row in self.rows), *self.drawn))


def parts(folder: Path) -> list[Part]:
    """Every part of the page, the office's page, the goals' page, Word, slides and the workbook in a build's folder."""
    read = {
        "report.html": page_units,
        "office.html": page_units,
        "goals.html": page_units,
        "report.docx": word_units,
        "slides.pptx": slide_units,
    }
    found = [
        part
        for name, units in read.items()
        if (folder / name).exists()
        for part in _grouped(name, units(folder / name, every=True))
    ]
    return [*found, *_sheets(folder / "tables.xlsx"), *_exhibits(folder / "figures")]


def _exhibits(folder: Path) -> Iterator[Part]:
    """What is left of each exhibit beside its figure: figures/<id>.json."""
    for path in sorted(folder.glob("*.json")):
        one = json.loads(path.read_text(encoding="utf-8"))
        texts = tuple(filter(None, (one[name] for name in ("title", "subtitle", "note", "alt"))))
        told = [i for i, head in enumerate(one["columns"]) if head != THE_PLANS]
        yield Part(
            f"figures/{path.name}", one["title"], texts, tuple(tuple(row[i] for i in told) for row in one["rows"])
        )


def _grouped(document: str, units: Iterable[Unit]) -> Iterator[Part]:
    together: dict[str, list[Unit]] = defaultdict(list)
    for unit in units:
        slide = re.match(r"bild \d+", unit.place)
        together[slide[0] if slide else " ".join(unit.near[:1])].append(unit)
        if (slide and not unit.near) or (
            unit.near and unit.text.startswith("Källa: ")
        ):  # page one says its questions once
            together[""].append(unit)
    for name, mine in together.items():
        rows = tuple(unit.cells for unit in mine if unit.cells)
        drawn = tuple(unit.text for unit in mine if unit.place == DRAWING)
        yield Part(document, name, tuple(u.text for u in mine if u.text and u.place != DRAWING), rows, drawn)


def _sheets(path: Path) -> Iterator[Part]:
    for sheet in openpyxl.load_workbook(path, read_only=True) if path.exists() else ():
        rows = [tuple(str(cell) for cell in row if cell is not None) for row in sheet.iter_rows(values_only=True)]
        lines = " ".join(row[0] for row in rows if len(row) == 1)  # a long line goes on in the rows below
        yield Part(path.name, sheet.title, (lines,), tuple(row for row in rows if len(row) > 1))


class Facts:
    """The facts of findings.csv, with what each item is called."""

    def __init__(self, table: pd.DataFrame, names: Mapping[str, str], goals: Mapping[str, str] | None = None) -> None:
        self.rows = table.astype(object).where(table.notna(), "").to_dict("records")
        self.judged = [row for row in self.rows if row["kind"] in JUDGED]
        self.names = names
        self.goals = {
            name: {r["verdict"] for r in self.rows if r["kind"] == "goal" and r["item"] == key}
            for key, name in (goals or {}).items()
        }

    def doubled(self) -> list[tuple[str, ...]]:
        """Facts that stand twice with different verdicts, whichever of two groups is named first."""
        verdicts: dict[tuple[str, ...], set[str]] = defaultdict(set)
        for row in self.rows:
            pair = tuple(sorted((str(row["first"]), str(row["second"]))))
            verdicts[(row["kind"], row["item"], row["option"], row["segmentation"], *pair)].add(row["verdict"])
        return [key for key, found in verdicts.items() if len(found) > 1]

    def unasked(self) -> list[str]:
        """Sentences of facts with a verdict and no question."""
        return [row["sentence"] for row in self.rows if row["verdict"] and not str(row["question"]).strip()]

    def faults(self, part: Part) -> list[str]:
        """What is wrong with a part: a verdict that is not its fact's, or one without its question."""
        told = [(text, ()) for text in part.texts] + [(" | ".join(row), row) for row in part.rows]
        wrong = [text for text, cells in told if WORD.search(self._without_own(text, cells))]
        wrong += [text for text in part.drawn if not self._drawn_verdicts(text) <= self._verdicts(part)]
        return wrong + self._unasked(part) + list(self._wrong_goals(part))

    def _without_own(self, text: str, cells: tuple[str, ...]) -> str:
        """A text without the verdicts that are their facts' own, without titles that name the sure ones, and without talk of words."""
        cells = cells or tuple(
            part.partition(": ")[2] for part in text.split("; ") if text.startswith(("Fråga: ", "Fråga eller mått: "))
        )
        mine = [row for row in self.judged if row["verdict"] and self._name(row) in cells]
        rest = " | ".join(cell for cell in cells if not any(_says(cell, row) for row in mine)) if mine else text
        for row in self.judged:
            if row["verdict"]:
                rest = rest.replace(row["sentence"].removesuffix("."), " ")
                rest = re.sub(
                    rf"{re.escape(self._name(row))}: {row['verdict']}(?! |\w)|{re.escape(self._name(row))}: {row['verdict']} \(",
                    " ",
                    rest,
                )
        sure = {self._name(row) for row in self.judged if row["verdict"] == "säker skillnad"}
        rest = re.sub(
            r"skiljer sig åt i ((?:”[^”]+”(?:, | och )?)+): säker skillnad$",
            lambda f: " " if set(re.findall("”([^”]+)”", f[1])) <= sure else f[0],
            rest,
        )
        return OF_WORDS.sub(" ", rest)

    def _name(self, row: Mapping[str, str]) -> str:
        return self.names.get(row["item"], row["item"])

    def _drawn_verdicts(self, text: str) -> set[str]:
        return {found.lower() for found in WORD.findall(text)}

    def _verdicts(self, part: Part) -> set[str]:
        """The verdicts of the facts whose questions stand in a part."""
        return {row["verdict"] for row in self.judged if _asks(part, row["question"])}

    def _unasked(self, part: Part) -> list[str]:
        """Verdicts in a part, the question of which is not in it."""
        given = {found.lower() for found in WORD.findall(OF_WORDS.sub(" ", part.everything))}
        return [f"{part.name}: {verdict} utan fråga" for verdict in sorted(given - self._verdicts(part))]

    def told_in(self, part: Part) -> bool:
        """Whether a part gives a verdict on a difference or a change."""
        return bool(WORD.search(OF_WORDS.sub(" ", part.everything)))

    def _wrong_goals(self, part: Part) -> Iterator[str]:
        """Rows of a goal or a measure with another status than its fact's."""
        for name, row in _goal_rows(part, self.goals):
            said = statuses(" ".join(cell for cell in row if cell != name))
            if said and all(said != statuses(verdict) for verdict in self.goals[name]):
                yield " | ".join(row)


def _says(cell: str, row: Mapping[str, str]) -> bool:
    """Whether a cell gives a fact's verdict: alone, or with the groups it is about."""
    first, second = (
        n[:1].lower() + n[1:] if row["segmentation"] == "size" else n for n in (row["first"], row["second"])
    )
    groups = f" ({first} mot {second}"
    return cell == row["verdict"] or (row["kind"] == "difference" and cell.startswith(row["verdict"] + groups))


def _asks(part: Part, question: str) -> bool:
    return question[1:] in part.everything


def _goal_rows(part: Part, goals: Mapping[str, set[str]]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Rows that begin with a goal or a measure, and the lines of a table told at once from one goal to the next."""
    yield from ((name, row) for row in part.rows if (name := next((cell for cell in row[1::-1] if cell in goals), "")))
    for text in part.texts:
        lines = text.split("\n")
        starts = [i for i, line in enumerate(lines) if line in goals]
        for start, end in zip(starts, [*starts[1:], len(lines)], strict=False):
            yield lines[start], tuple(lines[start:end])


def statuses(text: str) -> set[str]:
    """The statuses that a text gives, the longest words first."""
    return {PHRASES[found] for found in STATUS.findall(text.casefold())}


def with_other_verdict_in(part: Part) -> Iterator[Part]:
    """The part with one of its verdicts turned into another, in a text, a row or a drawing."""
    for field in ("texts", "drawn"):
        told = getattr(part, field)
        for i, text in enumerate(told):
            yield from (replace(part, **{field: (*told[:i], other, *told[i + 1 :])}) for other in _turned(text))
    for i, row in enumerate(part.rows):
        for j, cell in enumerate(row):
            for other in _turned(cell):
                yield replace(part, rows=(*part.rows[:i], (*row[:j], other, *row[j + 1 :]), *part.rows[i + 1 :]))


def _turned(text: str) -> Iterator[str]:
    """A text with each of its verdicts turned in turn; words that are talked of are no verdicts."""
    for found in WORD.finditer(OF_WORDS.sub(lambda gone: " " * len(gone[0]), text)):
        yield text[: found.start()] + _another(found[0]) + text[found.end() :]


def _another(verdict: str) -> str:
    """A verdict that no fact of the kind has: of a difference one of change, of a change one of a difference."""
    return "säker minskning" if verdict.lower() != "säker minskning" else "säker skillnad"


def without_questions(part: Part, questions: Iterable[str]) -> Part:
    """The part with the questions taken away, wherever they stand."""
    gone = re.compile("|".join(re.escape(question[1:]) for question in dict.fromkeys(questions)))
    rows = tuple(tuple(gone.sub("", cell) for cell in row) for row in part.rows)
    return replace(part, texts=tuple(gone.sub("", text) for text in part.texts), rows=rows)
