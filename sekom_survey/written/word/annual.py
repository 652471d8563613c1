"""The annual report's figures as a Word passage: sentences to paste, every figure with its source, and what is missing."""

from __future__ import annotations

from pathlib import Path

from sekom_survey.found.annual.count import Told, missing_words, passages
from sekom_survey.model import Survey
from sekom_survey.text.swedish import date_long
from sekom_survey.written.brand import Brand
from sekom_survey.written.word.parts import Paper, heading, paragraph, table
from sekom_survey.written.word.write import open_document, write_document

HEADS = ("Uppgift", "Värde", "Dag", "Källa")


def write_annual(title: str, survey: Survey, told: tuple[Told, ...], path: Path, brand: Brand | None = None) -> None:
    """Write the passage as a Word document; equal figures give equal bytes. An invented year says so at the top."""
    brand = brand or Brand()
    document = open_document(brand)
    paper = Paper(document, brand)
    heading(paper, title, 1)
    if survey.synthetic:
        paragraph(paper, "Exempeldata. Alla uppgifter är påhittade.")
    for name, text in passages(told):
        heading(paper, name, 2)
        paragraph(paper, text)
    heading(paper, "Varje uppgift med källa och dag", 2)
    rows = [
        (one.figure.indicator.name, one.shown, date_long(one.day), one.source) for one in told if one.value is not None
    ]
    table(paper, HEADS, rows, f"Tabell med {len(rows)} uppgifter, deras värden, dagar och källor.")
    lines = missing_words(told)
    if lines:
        heading(paper, "Uppgifter som saknas", 2)
        for line in lines:
            paragraph(paper, line)
    write_document(document, title, survey.year, path)
