"""Claims about free text: themes that people have coded, everywhere or by several."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from sekom_survey.counted.segment import LANDSDEL, UNKNOWN
from sekom_survey.found.claims import lookup
from sekom_survey.found.claims.finding import PARTLY, SUPPORTED, UNSUPPORTED, Basis, Finding, untestable
from sekom_survey.model import ANSWERED, Questionnaire
from sekom_survey.text.phrases import count_phrase, quoted
from sekom_survey.text.swedish import count_of, join_words, sentence_case
from sekom_survey.text.toml import Table

NOT_CODED = "Fritextsvaren är inte kodade."


@dataclass(frozen=True)
class Everywhere:
    """Each theme stands in at least `share` of the answers and with `members` members of every landsdel.

    `agreement` between coders is needed to judge at all, `firm` to judge without reservation.
    """

    item: str
    themes: tuple[str, ...]
    share: float
    members: int
    agreement: float
    firm: float


def read_everywhere(table: Table, questionnaire: Questionnaire) -> Everywhere:
    """Item, themes, share, members, agreement, firm."""
    return Everywhere(
        lookup.item_id(table, questionnaire),
        _themes(table),
        lookup.share(table, "share", 0.10),
        table.integer("members", 2) or 2,
        lookup.share(table, "agreement", 0.67),
        lookup.share(table, "firm", 0.80),
    )


def _themes(table: Table) -> tuple[str, ...]:
    names = table.texts("themes")
    if not names:
        table.fault("key_missing", "themes", "Listan saknas eller är tom.", "Skriv minst ett temas id.")
    return names


def coded(basis: Basis, item: str) -> pd.DataFrame | str:
    """The coded themes of an item (member_id, theme), or the sentence on why they cannot be used.

    Only what a person has reviewed counts, and every answer must be reviewed.
    """
    if basis.themes is None:
        return NOT_CODED
    mine = basis.themes[
        (basis.themes["item"] == item) & basis.themes["member_id"].isin(basis.municipalities["member_id"])
    ]
    if mine.empty:
        return NOT_CODED
    waiting = mine.loc[~mine["reviewed"].astype(bool), "member_id"].nunique()
    uncoded = _writers(basis, item) - set(mine["member_id"])
    if waiting or uncoded:
        return f"{waiting + len(uncoded)} fritextsvar är inte granskade av en människa."
    return mine


def _writers(basis: Basis, item: str) -> set[str]:
    answers = basis.frame.answers.table
    wrote = answers[(answers["item"] == item) & (answers["state"] == ANSWERED)]
    return set(wrote["member_id"]) & set(basis.municipalities["member_id"])


def theme_members(mine: pd.DataFrame, theme: str) -> set[str]:
    """The members whose answer has a theme."""
    return set(mine.loc[mine["theme"] == theme, "member_id"])


def judge_everywhere(rule: Everywhere, basis: Basis) -> Finding:
    """Supported when every theme recurs everywhere and the coders agree, partly when some themes do."""
    mine = coded(basis, rule.item)
    if isinstance(mine, str):
        return untestable(mine)
    alphas = [(basis.agreement or {}).get(theme) for theme in rule.themes]
    if any(alpha is not None and alpha < rule.agreement for alpha in alphas):
        return untestable("Kodarna är för oense för att temana ska kunna räknas.")
    base = len(_writers(basis, rule.item))
    recurring = [theme for theme in rule.themes if _recurs(rule, basis, theme_members(mine, theme), base)]
    firm = all(alpha is not None and alpha >= rule.firm for alpha in alphas)
    sentence = _counts_sentence(basis, mine, rule.themes, base) + _recurring_sentence(rule, recurring, firm)
    if len(recurring) == len(rule.themes) and firm:
        return Finding(SUPPORTED, sentence)
    wording = f"{_named(basis, recurring)} återkommer i hela landet." if recurring else ""
    return Finding(PARTLY if recurring else UNSUPPORTED, sentence, wording)


def _recurs(rule: Everywhere, basis: Basis, members: set[str], base: int) -> bool:
    landsdel = basis.municipalities.set_index("member_id")[LANDSDEL]
    parts = [name for name in landsdel.unique() if name != UNKNOWN]
    per_part = [sum(landsdel[member] == name for member in members) for name in parts]
    return len(members) >= rule.share * base and min(per_part) >= rule.members


def _named(basis: Basis, themes: Sequence[str]) -> str:
    return sentence_case(join_words([basis.theme(theme) for theme in themes]))


def _counts_sentence(basis: Basis, mine: pd.DataFrame, themes: Sequence[str], base: int) -> str:
    told = [f"{basis.theme(theme)} {count_phrase(len(theme_members(mine, theme)), base)}" for theme in themes]
    return f"Nämns av: {join_words(told)} {basis.survey.nouns.many}."


def _recurring_sentence(rule: Everywhere, recurring: list[str], firm: bool) -> str:
    doubt = "" if firm else " Kodarnas överensstämmelse är inte visad för alla teman."
    return f" I hela landet återkommer {count_of(len(recurring), len(rule.themes))} teman.{doubt}"


@dataclass(frozen=True)
class Mentioned:
    """Each theme is mentioned by at least `members` members."""

    item: str
    themes: tuple[str, ...]
    members: int


def read_mentioned(table: Table, questionnaire: Questionnaire) -> Mentioned:
    """Item, themes, members."""
    return Mentioned(lookup.item_id(table, questionnaire), _themes(table), table.integer("members", 3) or 3)


def judge_mentioned(rule: Mentioned, basis: Basis) -> Finding:
    """Supported when every theme has enough members, partly when some have."""
    mine = coded(basis, rule.item)
    if isinstance(mine, str):
        return untestable(mine)
    enough = [theme for theme in rule.themes if len(theme_members(mine, theme)) >= rule.members]
    sentence = _counts_sentence(basis, mine, rule.themes, len(_writers(basis, rule.item)))
    if len(enough) == len(rule.themes):
        return Finding(SUPPORTED, sentence)
    wording = f"{_named(basis, enough)} nämns av flera {basis.survey.nouns.many}." if enough else ""
    label = quoted(basis.item(rule.item).short)
    few = f" Minst {rule.members} {basis.survey.nouns.many} nämner {count_of(len(enough), len(rule.themes))} teman på {label}."
    return Finding(PARTLY if enough else UNSUPPORTED, sentence + few, wording)
