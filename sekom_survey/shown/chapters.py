"""In which order the questions are shown, under which headings, and how far each figure goes.

question_chapters, text_chapters   those of survey.toml, and those made for what none of them names
chapter_parts                      what stands in a chapter, each exhibit with its placement
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sekom_survey.counted.segment import LANDSDEL, SEGMENT_ROLE, SIZE
from sekom_survey.counted.year import Year
from sekom_survey.found.findings import Findings
from sekom_survey.model import (
    ANNEX,
    BOARD,
    ROLE,
    SLIDE,
    TEXT,
    UPLOAD,
    WEB,
    Chapter,
    Exhibit,
    Questionnaire,
    Survey,
)
from sekom_survey.shown.exhibits.needs import need_value_matrix
from sekom_survey.shown.exhibits.questions import by_group, own_words, question
from sekom_survey.shown.exhibits.themes import QUOTES
from sekom_survey.shown.headline import headline_names, shown_names, with_rows
from sekom_survey.text.swedish import number

ALL_QUESTIONS, OTHER_QUESTIONS = "Frågorna i enkäten", "Övriga frågor"
GROUPS = (
    "## Grupper jämförda\n\nGrupperna är små. Omdöme står bara vid de få jämförelser som är utvalda; allt annat är "
    "utforskning. ”Säker skillnad” gäller årets medlemmar, ”kan vara slump” betyder att det inte går att säga, inte att grupperna är "
    "lika. ”Likvärdigt” står bara där en skillnad på mer än {margin} procentenheter kan uteslutas."
)
HEARD = "## Grupper jämförda\n\nGrupperna är små. Skillnaderna gäller dem som svarat och är inte prövade."
ROLES = " Förtroendevaldas och tjänstepersoners svar räknas var för sig."
USUAL_SPLIT = (SIZE, LANDSDEL)
VIEWS = {SIZE: "Storlek", LANDSDEL: "Landsdel"}
"""By what a page lets a reader see the answers beside all members."""
Part = tuple[str, list[Exhibit]]
MOST_FIRST = 8  # questions without a placement of their own that are put before the board


def chapters(year: Year) -> tuple[Chapter, ...]:
    """The chapters of the questions that can be drawn or coded, those of survey.toml first."""
    questionnaire, declared = year.wave.questionnaire, year.survey.chapters
    taken = {name for chapter in declared for name in with_rows(questionnaire, chapter.items)}
    rest = [name for name in shown_names(questionnaire) if name not in taken]
    closed, written = ([name for name in rest if _is_text(questionnaire, name) == text] for text in (False, True))
    made = [
        Chapter(OTHER_QUESTIONS if declared else ALL_QUESTIONS, tuple(closed)),
        Chapter("", tuple(written)),
    ]
    return (*declared, *(chapter for chapter in made if chapter.items))


def _is_text(questionnaire: Questionnaire, name: str) -> bool:
    return questionnaire.named(name)[0].kind == TEXT


def question_parts(year: Year, found: Findings) -> Iterator[Part]:
    """The parts of every chapter that has a closed question."""
    closed = (chapter for chapter in chapters(year) if not _is_of_texts(year, chapter))
    yield from (part for chapter in closed for part in chapter_parts(year, found, chapter))


def text_parts(year: Year, found: Findings) -> Iterator[Part]:
    """The parts of the chapters of free texts alone."""
    written = (chapter for chapter in chapters(year) if _is_of_texts(year, chapter))
    yield from (part for chapter in written for part in chapter_parts(year, found, chapter))


def _is_of_texts(year: Year, chapter: Chapter) -> bool:
    return all(_is_text(year.wave.questionnaire, name) for name in chapter.items)


def chapter_parts(year: Year, found: Findings, chapter: Chapter) -> Iterator[Part]:
    """A chapter as headings with their words, in Markdown, and what is shown under each; every exhibit has its placement.

    First the figure of each closed question, then the groups side by side, then each free text by theme.
    """
    questionnaire = year.wave.questionnaire
    closed, written = (
        [name for name in chapter.items if _is_text(questionnaire, name) == text] for text in (False, True)
    )
    ahead = _ahead(year, chapter)
    parted = {name: _by_groups(year, found, chapter, name) for name in closed}
    led = [name for name in parted if parted[name] and name in ahead & set(year.survey.comparisons.headline)]
    plain = [one for name in closed for one in _plain(year, chapter, name, SLIDE, ahead)]
    yield f"# {chapter.title}\n\n{chapter.lead}".strip() if chapter.title else chapter.lead, plain
    groups = [
        replace(one, placement=SLIDE if name in led and place == 0 else _further(chapter))
        for name, exhibits in parted.items()
        for place, one in enumerate(exhibits)
    ]
    yield _groups_words(year.survey, chapter), groups
    for name in written:
        yield f"## {questionnaire.item(name).short}", list(_written(year, found, chapter, name, ahead))


def _groups_words(survey: Survey, chapter: Chapter) -> str:
    if not survey.of_members:
        return HEARD
    margin = number(100 * survey.comparisons.equivalence)
    return GROUPS.format(margin=margin) + (ROLES if SEGMENT_ROLE in chapter.split else "")


def _plain(year: Year, chapter: Chapter, name: str, first: str, ahead: frozenset[str]) -> Iterator[Exhibit]:
    """A question's figure, and after the need the matrix of needs and values."""
    of_role = (
        year.wave.questionnaire.named(name)[0].kind == ROLE
    )  # who wrote the answer is no result to stand for a while before a board
    placement = (BOARD if of_role else first) if name in ahead else _further(chapter)
    yield from (replace(one, placement=placement) for one in question(year, name))
    if name == year.wave.questionnaire.measures.need and (matrix := need_value_matrix(year)):
        yield replace(matrix, placement=BOARD if name in ahead else placement)


def _written(year: Year, found: Findings, chapter: Chapter, name: str, ahead: frozenset[str]) -> Iterator[Exhibit]:
    """A free text's exhibits, the first of them and what is quoted as far ahead as the question."""
    exhibits = list(own_words(year, found, name))
    for one in exhibits:
        first = SLIDE if one is exhibits[0] else BOARD if one.id.startswith(QUOTES) else ANNEX
        yield replace(one, placement=first if name in ahead else _further(chapter))


def _further(chapter: Chapter) -> str:
    """Where that stands which is not put ahead."""
    return WEB if chapter.placement == WEB else ANNEX


def _by_groups(year: Year, found: Findings, chapter: Chapter, name: str) -> list[Exhibit]:
    made = (by_group(year, found, name, segmentation) for segmentation in _splits(year.survey, chapter, name))
    return [one for one in made if one]


def _ahead(year: Year, chapter: Chapter) -> frozenset[str]:
    """The questions of a chapter that go before the board."""
    if chapter.placement:
        return frozenset(chapter.items if chapter.placement == BOARD else ())
    return _first_names(year) & set(chapter.items)


def _splits(survey: Survey, chapter: Chapter, name: str) -> tuple[str, ...]:
    """By which segmentations a question is parted: as the chapter says, else the headline questions by the usual two."""
    if not survey.of_members:
        usual: tuple[str, ...] = (SEGMENT_ROLE,) if survey.questionnaire.of_kind(ROLE) else ()
        return usual if name in headline_names(survey) else ()
    if chapter.split:
        return chapter.split
    return USUAL_SPLIT if name in headline_names(survey) else ()


def _first_names(year: Year) -> frozenset[str]:
    """The questions that go before the board where no placement is said: headline and measures, then the core, then others."""
    questionnaire, headline = year.wave.questionnaire, headline_names(year.survey)
    open_names = [name for one in chapters(year) if not one.placement for name in one.items]
    figures = [name for name in open_names if questionnaire.named(name)[0].kind != UPLOAD]
    ranked = sorted(figures, key=lambda name: (name not in headline, not questionnaire.named(name)[0].core))
    return frozenset(ranked[:MOST_FIRST])
