"""A question of any kind as what shows it: its figure, its figure by group, its themes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from sekom_survey.counted.segment import LANDSDEL, SIZE, TITLES
from sekom_survey.counted.year import Year
from sekom_survey.found.findings import Findings
from sekom_survey.model import (
    CONSENT,
    DATE,
    MULTI,
    NPS,
    NUMBER,
    RANKING,
    RATING,
    ROLE,
    SCALE,
    SINGLE,
    TEXT,
    UPLOAD,
    Exhibit,
)
from sekom_survey.shown.exhibits.amounts import amount, ranking, segment_quartiles, uploads
from sekom_survey.shown.exhibits.answers import choices, rating, scale_rows
from sekom_survey.shown.exhibits.compare import compared_dots
from sekom_survey.shown.exhibits.groups import segment_means
from sekom_survey.shown.exhibits.notes import matrix_name, name_of
from sekom_survey.shown.exhibits.texts import texts
from sekom_survey.shown.exhibits.themes import quotes, theme_bars, theme_change, theme_segments
from sekom_survey.text.phrases import headed
from sekom_survey.text.swedish import lower_first

FIGURES: Mapping[str, Callable[[Year, str], Exhibit | None]] = {
    ROLE: choices,
    SINGLE: choices,
    MULTI: choices,
    SCALE: scale_rows,
    RATING: rating,
    NPS: rating,
    NUMBER: amount,
    DATE: amount,
    RANKING: ranking,
    CONSENT: choices,
    UPLOAD: uploads,
}
BY_GROUP = (SINGLE, MULTI, SCALE, NPS, RATING, RANKING, CONSENT, NUMBER, DATE)


def question(year: Year, name: str) -> Iterator[Exhibit]:
    """The figure of a question, chosen by its kind; a matrix whose kind has no figure for rows has one a row."""
    items = year.wave.questionnaire.named(name)
    draw = FIGURES.get(items[0].kind) if items else None
    if draw:
        made = (draw(year, one) for one in ([name] if items[0].kind == SCALE else [item.id for item in items]))
        yield from (exhibit for exhibit in made if exhibit)


def by_group(year: Year, found: Findings, name: str, segmentation: str) -> Exhibit | None:
    """A question by one segmentation: shares as dots with verdicts, ratings as means, numbers and days as medians; None for a kind that has neither."""
    item = year.wave.questionnaire.named(name)[0]
    if item.kind not in BY_GROUP:
        return None
    title = headed(matrix_name(item) if item.group else name_of(item), f"efter {lower_first(TITLES[segmentation])}")
    title = title.replace(": efter", " efter")
    if item.kind in (NUMBER, DATE):
        return segment_quartiles(year, name, segmentation, title)
    if item.kind == RATING:
        made = segment_means(year, name, segmentation, title)
    else:
        made = compared_dots(year, found.facts, name, segmentation, title)
    return _by(made, segmentation)


def own_words(year: Year, found: Findings, name: str) -> Iterator[Exhibit]:
    """A free-text question: its themes, where they are met and since last year, and words that may be quoted."""
    items = year.wave.questionnaire.named(name)
    themes, before = found.themes, found.themes_before
    if not items or items[0].kind != TEXT or not items[0].codebook or themes is None:
        return
    shown = [
        theme_bars(year, name, themes),
        *(_by(theme_segments(year, name, themes, by), by) for by in (LANDSDEL, SIZE)),
        theme_change(year, name, themes, before),
        quotes(year, name, themes, found.quotable(name)) if items[0].consent else None,
    ]
    yield from (exhibit for exhibit in shown if exhibit)


def _by(exhibit: Exhibit | None, segmentation: str) -> Exhibit | None:
    return replace(exhibit, by=segmentation) if exhibit else None


def every_text(year: Year) -> Iterator[Exhibit]:
    """Every free text, question by question; internal."""
    made = (texts(year, item.id) for item in year.wave.questionnaire.of_kind(TEXT))
    yield from (exhibit for exhibit in made if exhibit)
