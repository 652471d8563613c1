"""How many mention each theme: one fact a theme of every coded question, with its interval and no verdict word."""

from __future__ import annotations

from collections.abc import Iterator

from sekom_survey.counted.segment import ALL
from sekom_survey.found.facts.table import THEME, Fact
from sekom_survey.found.themes import Themes, theme_name
from sekom_survey.model import Survey
from sekom_survey.stats.proportions import Group
from sekom_survey.text.phrases import headed, quoted
from sekom_survey.text.swedish import count_of

UNREAD = "förslag, inte granskade"


def theme_facts(themes: Themes | None, survey: Survey) -> Iterator[Fact]:
    """The total of every theme that is shown; `status` says when no person has decided them yet."""
    if themes is None:
        return
    names = {item.id: item.short for item in survey.questionnaire.items}
    rows = themes.estimates[themes.estimates["segmentation"] == ALL]
    for row in rows[~rows["suppressed"].astype(bool)].to_dict("records"):
        found = Group(int(row["count"]), int(row["base"]), int(row["population"]))
        name = names[row["item"]]
        told = f"{count_of(found.count, found.base)} {survey.nouns.many} nämner {quoted(theme_name(themes.codebook, str(row['option'])))}"
        fact = Fact(
            THEME, str(row["item"]), name, _question(found, survey), option=str(row["option"]), first="alla", low=row["low"],
            high=row["high"], status="" if themes.is_approved(str(row["item"])) else UNREAD,
            sentence=f"{headed(name, told)}.",
        )  # fmt: skip
        yield fact.of(found)


def _question(found: Group, survey: Survey) -> str:
    if not survey.infers:
        return "Hur många av dem som svarat nämner det?"
    return f"Hur stor del av alla {found.population} skulle nämna det, om de som inte svarat liknar dem som svarat?"
