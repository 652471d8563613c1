"""codings.csv of a year: the invented coders' decisions on the invented texts."""

from __future__ import annotations

import csv
import io
from dataclasses import astuple
from pathlib import Path
from random import Random

from example.texts import read_texts
from sekom_survey.coding.codebook import NO_ANSWER, OTHER, Answer, load_codebook, text_hash
from sekom_survey.coding.decisions import ADJUDICATION, COLUMNS, Decision, new_rows
from sekom_survey.coding.match import matchers
from sekom_survey.counted.year import analyse
from sekom_survey.found.texts import answers_of, coded_items
from sekom_survey.found.themes import themes_by_codebook
from sekom_survey.text.redact import redact

FIRST, SECOND = "EL", "MK"
DAYS = {2025: ("2025-03-03", "2025-03-05", "2025-03-10"), 2026: ("2026-03-02", "2026-03-04", "2026-03-09")}
REVIEWED = {2025: 1.0, 2026: 0.5}
CODED_TWICE = 0.2
SEES_IT_OTHERWISE = 0.15
Sets = dict[tuple[str, str], frozenset[str]]


def codings_csv(surveys: Path, year: int) -> bytes:
    """All texts of 2025 and half of those of 2026 decided by one coder, a fifth of them by a second, differences settled."""
    folder = surveys / str(year)
    analysed = analyse(folder)
    answers = answers_of(analysed)
    codebook, _ = load_codebook(folder / "codebook.toml")
    random = Random(f"codings {year}")
    chosen = sorted(random.sample(answers, round(len(answers) * REVIEWED[year])), key=lambda answer: answer.key)
    known = _written_themes(year, set(coded_items(analysed)))
    truth = {answer.key: known[text_hash(answer.text)] for answer in chosen}
    twice = random.sample(chosen, round(len(chosen) * CODED_TWICE))
    second = {answer.key: _seen_otherwise(truth[answer.key], random) for answer in twice}
    settled = {key: truth[key] for key, themes in second.items() if themes != truth[key]}
    coders = matchers(codebook)
    rows: list[Decision] = []
    for coder, sets, day in zip((FIRST, SECOND, ADJUDICATION), (truth, second, settled), DAYS[year], strict=True):
        rows += _rows(chosen, sets, rows, coders, coder, day, codebook.version)
    return _csv(rows)


def _written_themes(year: int, items: set[str]) -> dict[str, frozenset[str]]:
    texts = [text for item, written in read_texts(year).items() if item in items for text in written]
    return {text_hash(redact(text.text).text): frozenset(text.themes or (OTHER,)) for text in texts}


def _seen_otherwise(themes: frozenset[str], random: Random) -> frozenset[str]:
    """What the second coder sees: now and then a theme less."""
    if random.random() >= SEES_IT_OTHERWISE or themes & {NO_ANSWER, OTHER}:
        return themes
    return frozenset(sorted(themes)[:-1]) or frozenset({OTHER})


def _rows(
    chosen: list[Answer], sets: Sets, before: list[Decision], coders: dict, coder: str, day: str, version: str
) -> list[Decision]:
    mine = [answer for answer in chosen if answer.key in sets]
    proposed = {answer.key: themes_by_codebook(coders[answer.question].code(answer.text)) for answer in mine}
    return list(
        new_rows(
            sets,
            {answer.key: text_hash(answer.text) for answer in mine},
            before,
            proposed=proposed,
            comments={},
            coder=coder,
            day=day,
            version=version,
        )
    )


def _csv(rows: list[Decision]) -> bytes:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(astuple(row) for row in rows)
    return buffer.getvalue().encode()
