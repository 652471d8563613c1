"""Free texts of a year -> themes: decided, proposed, counted as members, and which words may be quoted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from sekom_survey.asked.reference import municipalities
from sekom_survey.coding.codebook import NO_ANSWER, OTHER, Answer, Codebook, Theme
from sekom_survey.coding.decisions import ADJUDICATION, Decision, decided_themes
from sekom_survey.coding.many import code_many
from sekom_survey.coding.match import NONANSWER, Coding
from sekom_survey.coding.reliability import agreement, coder_pair
from sekom_survey.coding.sitting import check_passed
from sekom_survey.counted.estimate import COLUMNS, estimate
from sekom_survey.counted.year import Year
from sekom_survey.found.coding_error import Errors, coding_errors, with_coding_errors
from sekom_survey.found.memory import Memory
from sekom_survey.found.texts import (
    Texts,
    coded_items,
    respondent_keys,
    texts_of,
)
from sekom_survey.model import (
    ANSWERED,
    MULTI,
    Frame,
    Item,
    Option,
    Problem,
    Questionnaire,
    Survey,
)
from sekom_survey.model.codes import Answers, answers_in
from sekom_survey.text.files import squeeze
from sekom_survey.text.redact import redact

CODED_COLUMNS = ("respondent", "member_id", "item", "text", "themes", "proposed", "reviewed", "version")
OTHER_NAME = "Övrigt"


@dataclass(frozen=True, eq=False)
class Themes:
    """A year's coded texts.

    `coded`: CODED_COLUMNS, one row a text; `themes` are a person's where `reviewed`, else the codebook's proposals;
    `proposed` is what today's codebook says of it, also of an earlier year's text.
    `estimates`: the columns of sekom_survey.counted.estimate with a theme's id as option. `rows`: every decision made.
    `approved`: items whose themes were published; all that is known of a year whose texts are erased. `misread`: what is
    known of the errors in themes that no person has read; the intervals in `estimates` hold them.
    """

    codebook: Codebook
    coded: pd.DataFrame
    estimates: pd.DataFrame
    rows: tuple[Decision, ...]
    problems: tuple[Problem, ...]
    approved: frozenset[str] = frozenset()
    misread: Errors = field(default_factory=dict)

    def reviewed(self, item: str | None = None) -> tuple[int, int]:
        """(texts a person has decided, texts in all), for one item or all."""
        coded = self.coded if item is None else self.coded[self.coded["item"] == item]
        return int(coded["reviewed"].sum()), len(coded)

    def is_approved(self, item: str) -> bool:
        """Whether a person has decided every text of an item, and tried a sample of those approved unread."""
        done, texts = self.reviewed(item)
        return (done == texts > 0 and check_passed(self.rows)) or item in self.approved

    def unread(self, item: str) -> float:
        """The share of an item's texts in substance whose themes nobody has read, 0-1, in hundredths."""
        return sum(one.texts for one in self.misread.get((item, OTHER), ()))


def themes_of(
    year: Year, today: Codebook | None = None, memory: Memory | None = None
) -> tuple[Themes | None, list[Problem]]:
    """A year's themes; None when the year has no codebook. Raises nothing: faults in the files are problems.

    `today` is the codebook to propose by when `year` is an earlier one; texts that nobody has decided keep their own.
    `memory` knows what was proposed before.
    """
    texts, problems = texts_of(year)
    if texts is None:
        return None, problems
    codebook, rows = texts.codebook, texts.rows
    coded = _coded(year, texts, today or codebook, memory or Memory())
    errors_of = coding_errors(
        coded, rows, codebook, {item: one.codebook or "" for item, one in coded_items(year).items()}
    )
    estimates = with_coding_errors(theme_estimates(year, coded, codebook), errors_of)
    return Themes(codebook, coded, estimates, rows, tuple(problems), misread=errors_of), problems


def _coded(year: Year, texts: Texts, today: Codebook, memory: Memory) -> pd.DataFrame:
    """CODED_COLUMNS by the year's own codebook and today's; the same one twice is used once."""
    answers, own, decided = texts.answers, texts.codebook, texts.decided
    members = dict(zip(respondent_keys(year).values(), year.responses.respondents["member_id"], strict=True))
    proposed = _proposals(answers, today, memory)
    undecided = [answer for answer in answers if answer.key not in decided]
    themes = {**(proposed if own == today else _proposals(undecided, own, memory)), **decided}
    versions = {row.key: row.codebook_version for row in texts.rows}
    table = [
        (answer.respondent, members[answer.respondent], answer.item, answer.text, tuple(sorted(themes[answer.key])),
         tuple(sorted(proposed[answer.key])), answer.key in decided, versions.get(answer.key, ""))
        for answer in answers
    ]  # fmt: skip
    return pd.DataFrame(table, columns=list(CODED_COLUMNS))


def _proposals(answers: Sequence[Answer], codebook: Codebook, memory: Memory) -> dict[tuple[str, str], frozenset[str]]:
    """What a codebook proposes for each answer; nothing where it lacks the question."""
    if not answers:
        return {}
    known = {question.id for question in codebook.questions}
    asked = [answer for answer in answers if answer.question in known]
    texts = [(answer.question, answer.text) for answer in asked]
    proposed = memory.of(lambda: [[*themes_by_codebook(one)] for one in code_many(texts, codebook)], texts, codebook)
    found = {answer.key: frozenset(themes) for answer, themes in zip(asked, proposed, strict=True)}
    return {answer.key: found.get(answer.key, frozenset()) for answer in answers}


def themes_by_codebook(coding: Coding) -> tuple[str, ...]:
    """What the codebook says of a text: its themes, "inget" for a non-answer, nothing when uncoded."""
    return (NO_ANSWER,) if coding.state == NONANSWER else coding.themes


def theme_estimates(year: Year, coded: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Members by theme and segment, with the columns of sekom_survey.counted.estimate; base = members with an answer in substance."""
    if coded.empty:
        return pd.DataFrame(columns=list(COLUMNS))
    return estimate(*theme_frame(year, coded, codebook))[0]


def theme_frame(year: Year, coded: pd.DataFrame, codebook: Codebook) -> tuple[Frame, Survey]:
    """Coded texts as if each question were a multi-choice of its themes: ready to be estimated, or published."""
    items = tuple(_theme_item(item, codebook) for item in coded_items(year).values())
    frame = replace(year.frame, answers=_theme_answers(coded, None), by_role=_theme_answers(coded, year))
    return frame, replace(year.survey, questionnaire=Questionnaire(items))


def _theme_item(item: Item, codebook: Codebook) -> Item:
    options = (*(Option(theme.id) for theme in codebook.of(item.codebook or "")), Option(OTHER))
    return replace(item, kind=MULTI, options=options)


def _theme_answers(coded: pd.DataFrame, year: Year | None) -> Answers:
    said = coded[coded["themes"].map(lambda themes: NO_ANSWER not in themes).astype(bool)]
    said = said.assign(option=said["themes"].map(lambda themes: list(themes) or [OTHER])).explode("option")
    table = said[["member_id", "item", "option"]].assign(state=ANSWERED, value=np.nan, text="")
    if year is None:
        return answers_in(table)
    roles = {
        key: year.responses.respondents.set_index("respondent").at[number, "role"]
        for number, key in respondent_keys(year).items()
    }
    return answers_in(table.assign(role=said["respondent"].map(roles).replace("", "official")))


def theme_name(codebook: Codebook, theme_id: str) -> str:
    """A theme's name as readers meet it."""
    theme: Theme | None = codebook.theme(theme_id)
    return theme.name if theme else OTHER_NAME


SHORTEST, LONGEST = 25, 220


def consented(year: Year, item: Item) -> frozenset[int]:
    """Respondents that let their answer to an item be spread."""
    if item.consent is None:
        return frozenset()
    answers = year.responses.answers.table
    said = answers[
        (answers["item"] == item.consent.item)
        & (answers["state"] == ANSWERED)
        & answers["option"].isin(item.consent.options)
    ]
    return frozenset(said["respondent"])


def quotable(year: Year, item_id: str, themes: Themes) -> pd.DataFrame:
    """Texts that may be quoted: consented, decided by a person, nothing masked and no name in them.

    A text that holds what somebody else wrote, who has not consented, is not. Columns: theme, text; in the codebook's order and
    by letter. Neither the group it is from nor the order of answering is told: with a theme's counts by group they would point somebody out.
    """
    item = year.wave.questionnaire.item(item_id)
    names = [one.name for one in municipalities()] + list(year.frame.members["name"])
    allowed = consented(year, item)
    keys = respondent_keys(year)
    spoken_for = {keys[respondent] for respondent in allowed}
    unsaid = _unsaid(year, item_id, allowed)
    rows = []
    for coded in themes.coded[(themes.coded["item"] == item_id) & themes.coded["reviewed"]].itertuples():
        fits = coded.respondent in spoken_for and SHORTEST <= len(coded.text) <= LONGEST
        if fits and not _identifies(coded.text, names) and not any(text in squeeze(coded.text) for text in unsaid):
            rows += [(theme, coded.text) for theme in coded.themes]
    order = [theme.id for theme in themes.codebook.themes]
    told = sorted(rows, key=lambda row: (order.index(row[0]) if row[0] in order else len(order), row[1]))
    return pd.DataFrame(told, columns=["theme", "text"])


def _unsaid(year: Year, item_id: str, allowed: frozenset[int]) -> frozenset[str]:
    """What nobody has consented to have quoted, where it is long enough to be known again."""
    answers = year.responses.answers.table
    consented_to = (answers["item"] == item_id) & answers["respondent"].isin(allowed)
    texts = answers.loc[~consented_to, "text"].dropna().astype(str).map(squeeze)
    return frozenset(texts[texts.str.len() >= SHORTEST])


def _identifies(text: str, names: list[str]) -> bool:
    found = redact(text, names)
    return bool(found.found or found.flags or "[" in text)


def theme_rows(themes: Themes | None) -> pd.DataFrame | None:
    """Themes as member_id, item, theme, reviewed: one row a theme of a text."""
    if themes is None:
        return None
    rows = themes.coded[["member_id", "item", "themes", "reviewed"]].explode("themes")
    return rows.rename(columns={"themes": "theme"}).dropna(subset=["theme"]).reset_index(drop=True)


def theme_names(themes: Themes | None) -> dict[str, str] | None:
    """Theme ids and what readers call them."""
    return {theme.id: theme.name for theme in themes.codebook.themes} if themes else None


def theme_agreement(themes: Themes | None) -> dict[str, float] | None:
    """Krippendorff's alpha by theme between the two coders with most texts in common."""
    if themes is None:
        return None
    rows = [row for row in themes.rows if row.coder != ADJUDICATION]
    pair = coder_pair(rows)
    if pair is None:
        return None
    ids = [theme.id for theme in themes.codebook.themes]
    found = agreement(decided_themes(rows, pair[0]), decided_themes(rows, pair[1]), ids)
    return {one.theme: one.alpha for one in found if one.theme and not np.isnan(one.alpha)}
