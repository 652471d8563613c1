"""Claims about free text: themes that people have coded, everywhere or by several."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from sekom_survey.counted.segment import LANDSDEL, UNKNOWN
from sekom_survey.found.claims import lookup
from sekom_survey.found.claims.finding import PARTLY, SUPPORTED, UNSUPPORTED, Basis, Finding, untestable
from sekom_survey.found.claims.shares import Counted
from sekom_survey.model import ANSWERED, Questionnaire
from sekom_survey.text.phrases import count_phrase, quoted
from sekom_survey.text.swedish import count_of, join_words, percent, sentence_case
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
    """Supported when every theme surely recurs everywhere and the coders agree, partly when some themes recur among the answers.

    The share of all members has to be shown to reach the limit (error at most 5 %), for each theme; so has all of them
    together. Members in every landsdel are counted, which needs no inference.
    """
    mine = coded(basis, rule.item)
    if isinstance(mine, str):
        return untestable(mine)
    alphas = [(basis.agreement or {}).get(theme) for theme in rule.themes]
    if any(alpha is not None and alpha < rule.agreement for alpha in alphas):
        return untestable("Kodarna är för oense för att temana ska kunna räknas.")
    base = len(_writers(basis, rule.item))
    found = {theme: _spread(basis, theme_members(mine, theme), base) for theme in rule.themes}
    recurring = [theme for theme, spread in found.items() if recurs(rule, spread)]
    sure = [theme for theme in recurring if surely_recurs(rule, found[theme])]
    firm = all(alpha is not None and alpha >= rule.firm for alpha in alphas)
    sentence = _counts_sentence(basis, mine, rule.themes, base) + _recurring_sentence(rule, recurring, firm)
    if len(sure) == len(rule.themes) and firm:
        return Finding(SUPPORTED, sentence)
    if len(sure) < len(recurring):
        sentence += (
            f" Att {_unsure(basis, recurring, sure)} nämns av minst {percent(rule.share, 1)} av alla är inte säkert."
        )
    among = "" if sure else " bland dem som svarat"
    wording = f"{_named(basis, sure or recurring)} återkommer i hela landet{among}." if recurring else ""
    return Finding(PARTLY if recurring else UNSUPPORTED, sentence, wording)


@dataclass(frozen=True)
class Spread:
    """How many of those who wrote have a theme, and in the landsdel where fewest do."""

    counted: Counted
    fewest: int


def _spread(basis: Basis, members: set[str], base: int) -> Spread:
    landsdel = basis.municipalities.set_index("member_id")[LANDSDEL]
    parts = [name for name in landsdel.unique() if name != UNKNOWN]
    fewest = min(sum(landsdel[member] == name for member in members) for name in parts)
    return Spread(Counted(len(members), base, len(landsdel)), fewest)


def recurs(rule: Everywhere, spread: Spread) -> bool:
    """Whether a theme recurs everywhere among those who wrote."""
    return spread.counted.count >= rule.share * spread.counted.base and spread.fewest >= rule.members


def surely_recurs(rule: Everywhere, spread: Spread) -> bool:
    """Whether it does among all members: an error of at most 5 % where it does not."""
    return spread.fewest >= rule.members and spread.counted.surely >= rule.share


def _unsure(basis: Basis, recurring: Sequence[str], sure: Sequence[str]) -> str:
    return join_words([basis.theme(theme) for theme in recurring if theme not in sure])


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
