"""Where a member's politician and official said different things, and what was used."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sekom_survey.counted.codes import Given, Ints, ItemAnswers, Words, distinct, first_of, numbered
from sekom_survey.model import MULTI, NPS, RATING, ROLE, TEXT, Item

Texts = NDArray[np.object_]
RULES = {
    RATING: "medelvärdet av båda",
    NPS: "medelvärdet av båda",
    MULTI: "allt som någon av dem valt",
    TEXT: "båda texterna",
}
OFFICIAL_RULE = "tjänstepersonens svar"
COLUMNS = ("member_id", "item", "politician", "official", "used", "rule")


def conflicts(
    given: Given, member: pd.Series, official: NDArray[np.bool_], unit: Given, items: Mapping[str, Item]
) -> pd.DataFrame:
    """COLUMNS, one row an item and member whose politician and official differ, items in order.

    `member` names the member of each respondent and `official` says who answered as one, in the order of `given.units`;
    `unit` is what was used of each member.
    """
    who, first = numbered(member.to_frame())
    group = who + len(first) * official
    both = (np.bincount(who[official], minlength=len(first)) > 0) & (
        np.bincount(who[~official], minlength=len(first)) > 0
    )
    asked = [one for one in given.items if items[one.item].kind not in (TEXT, ROLE)] if both.any() else []
    names = member.to_numpy(dtype=object)[first]
    found: list[tuple[Texts, ...]] = []
    for one in asked:
        used = [other for other in unit.items if other.item == one.item]
        members, *texts = _differing(one, used, group, both)
        rule = RULES.get(items[one.item].kind, OFFICIAL_RULE)
        found += (
            [(names[members], _repeated(one.item, members), *texts, _repeated(rule, members))] if len(members) else []
        )
    if not found:
        return pd.DataFrame([], columns=list(COLUMNS))
    columns = zip(COLUMNS, zip(*found, strict=True), strict=True)
    return pd.DataFrame({name: pd.array(np.concatenate(parts), dtype="str") for name, parts in columns})


def _repeated(text: str, rows: Ints) -> Texts:
    return np.full(len(rows), text, dtype=object)


def _differing(
    one: ItemAnswers, used: list[ItemAnswers], group: Ints, both: NDArray[np.bool_]
) -> tuple[Ints, Texts, Texts, Texts]:
    """The members that differ on an item, as first met, and what the politician and the official said and what was used.

    `group` is the member of each respondent, and for officials that and the number of members.
    """
    members = len(both)
    mine = one.only(one.answered & np.concatenate([both, both])[group[one.who]])
    mine_in = group[mine.who]
    parts = [(mine_in, mine.said, one.words)]
    for other in used:
        theirs = other.only(other.answered & both[other.who])
        parts.append((theirs.who.astype(np.int64) + 2 * members, theirs.said, other.words))
    politician, officials, all_used = np.split(_said(parts, 3 * members), 3)
    differ = (politician != "") & (officials != "") & (politician != officials)
    found = np.flatnonzero(differ)
    first = first_of(mine_in, 2 * members)
    found = found[np.argsort(np.minimum(first[found], first[found + members]))]
    return found, politician[found], officials[found], all_used[found]


def _said(parts: list[tuple[Ints, Ints, Words]], groups: int) -> Texts:
    """What stands in the answers of each group, in words: options, or numbers, each once and sorted.

    `parts`: the group of each answer, its place in the words, and the words. Groups that say the same share a text:
    it is put together once, a word at a time.
    """
    spoken = [_spoken(words) for _, _, words in parts]
    vocabulary = sorted(set().union(*spoken))
    rank = {word: place for place, word in enumerate(vocabulary)}
    answers = [
        np.array([rank[word] for word in words])[said] for words, (_, said, _) in zip(spoken, parts, strict=True)
    ]
    pairs = np.concatenate([group * len(vocabulary) + word for (group, _, _), word in zip(parts, answers, strict=True)])
    group, word = np.divmod(distinct(pairs, groups * len(vocabulary)), len(vocabulary))
    place = np.arange(len(group)) - first_of(group, groups)[group]
    texts, code = [""], np.zeros(groups, np.int64)
    for step in range(place.max(initial=-1) + 1):
        here = group[place == step]
        which, begun = pd.factorize(code[here] * len(vocabulary) + word[place == step])
        code[here] = which + len(texts)
        texts += [
            (texts[key // len(vocabulary)] + "; " if step else "") + vocabulary[key % len(vocabulary)]
            for key in begun.tolist()
        ]
    return np.array(texts, dtype=object)[code]


def _spoken(words: Words) -> list[str]:
    """The distinct answers to an item as they are shown: an option, else a number with a decimal comma."""
    numbers = ["" if np.isnan(value) else f"{value:g}".replace(".", ",") for value in words.value.tolist()]
    return [option or number for option, number in zip(words.option.tolist(), numbers, strict=True)]
