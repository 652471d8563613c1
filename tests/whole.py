"""A year's page, Word file, slides and workbook written without running its notebooks, and every text a reader meets in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import openpyxl
from bs4 import BeautifulSoup

from sekom_survey.model import Section, Shown
from sekom_survey.running.notebook import save
from sekom_survey.running.outputs import internal_tables, public_tables, write_csv
from sekom_survey.shown.chapters import question_parts, text_parts
from sekom_survey.shown.exhibits import every_text, flow, item_nonresponse, response, text_counts
from sekom_survey.shown.exhibits.notes import signs_explained
from sekom_survey.shown.goal_lines import goals_page
from sekom_survey.written.formats import FORMATS, Material
from sekom_survey.written.report import report_of
from tests.written.documents import visible_text

HEARD = ("alt", "aria-label", "title")


def as_shown(exhibit, drawn: Path | None = None) -> Shown:
    """An exhibit as the report holds it, without its drawings, or with them in the folder `drawn`."""
    rows = tuple(tuple(map(str, row)) for row in exhibit.table.to_numpy().tolist())
    shown = Shown(exhibit.id, exhibit.kind, exhibit.title, exhibit.subtitle, exhibit.note, exhibit.alt,
                  tuple(map(str, exhibit.table.columns)), rows, placement=exhibit.placement, internal=exhibit.internal)  # fmt: skip
    if drawn is None:
        return shown
    save(exhibit, drawn)
    files = (drawn / f"{exhibit.id}{end}" for end in (".svg", "-narrow.svg", ".png"))
    svg, narrow, png = (file if file.exists() else None for file in files)
    return replace(shown, svg=svg, narrow=narrow, png=png)


def sections(found, more=(), drawn: Path | None = None) -> list[Section]:
    """Who answered, every chapter of questions and of texts, and `more` of them as (words, exhibits)."""
    year = found.shown
    answered = [
        flow(year),
        *(response(year, by) for by in ("size", "landsdel")),
        item_nonresponse(year),
        text_counts(year),
    ]
    parts = [
        ("# Vilka svarade?", answered),
        *question_parts(year, found),
        *text_parts(year, found),
        ("# Svaren", every_text(year)),
        *more,
    ]
    explained = [(words, [signs_explained(one) for one in exhibits if one]) for words, exhibits in parts]
    shown = [(words, [as_shown(one, drawn) for one in exhibits]) for words, exhibits in explained]
    return [
        Section(f"del-{n}", words.partition("\n")[0].lstrip("# "), tuple(blocks))
        for n, (words, blocks) in enumerate(shown)
        if blocks
    ]


def written(found, folder: Path, more=(), draw: bool = False) -> dict[str, list[str]]:
    """The files of a build by name, each with every text in it; its figures are drawn when asked for."""
    folder.mkdir(parents=True)
    figures = folder / "figures"
    tables = public_tables(found) if found.build == "public" else internal_tables(found)
    report = report_of(found.shown, sections(found, more, figures if draw else None), found.build, folder.name, found)
    shown = found.shown
    facts = (shown.survey, shown.base, shown.frame.conflicts, shown.problems)
    goals = goals_page(found.goals, shown.survey, found.build) if found.goals else None
    made = Material(report, *facts, tables, figures, goals=goals)
    for name, table in tables.items():
        write_csv(table, folder / f"{name}.csv")
    for one in FORMATS:
        one.write(made, folder / one.FILE)
    kinds = (".html", ".docx", ".pptx", ".xlsx")
    return {path.name: list(texts(path)) for path in sorted(folder.iterdir()) if path.suffix in kinds}


def texts(path: Path) -> Iterator[str]:
    """Every text that is seen or read aloud in a page, a Word file, slides or a workbook."""
    if path.suffix == ".html":
        page = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        for tag in page(["style", "script"]):
            tag.decompose()
        yield from page.stripped_strings
        yield from (tag[name] for tag in page.find_all(True) for name in HEARD if tag.has_attr(name))
    elif path.suffix == ".xlsx":
        book = openpyxl.load_workbook(path)
        for sheet in book:
            yield from (
                sheet.title,
                *(str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None),
            )
    else:
        yield from visible_text(path)
