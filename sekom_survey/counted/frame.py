"""The register meets the answers: who was asked, who answered, one answer a member by the rule of its kind, and where roles differed."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sekom_survey.counted.rows import is_asked
from sekom_survey.counted.segment import segment_table
from sekom_survey.model import MULTI, NPS, OFFICIAL, POLITICIAN, RATING, ROLE, TEXT, Frame, Item, Responses, Wave
from sekom_survey.model.codes import (
    FIRST,
    LEFT_OUT,
    UNSEEN,
    Answers,
    Distinct,
    Ints,
    ItemAnswers,
    distinct,
    first_of,
    narrow,
    numbered,
    words_of,
)

NONRESPONSE_COLUMNS = ("item", "asked", "answered", "missing")


def build_frame(responses: Responses, wave: Wave) -> Frame:
    """Responses and register to a Frame: members asked, one answer a member, conflicts and item non-response."""
    asked = [m for m in wave.members if is_asked(m, wave.survey)]
    members = segment_table(asked, wave.survey.size_classes)
    members["answered"] = members["member_id"].isin(responses.respondents["member_id"])
    given, items = responses.answers, {item.id: item for item in wave.questionnaire.items}
    known = pd.Index(responses.respondents["respondent"])
    people = responses.respondents.iloc[known.get_indexer(given.units["respondent"])].reset_index(drop=True)
    official = (people["role"] != POLITICIAN).to_numpy(dtype=bool)
    roles = people[["member_id"]].assign(role=pd.array(np.where(official, OFFICIAL, POLITICIAN), dtype="str"))
    unit = one_each(given, people[["member_id"]], official, items)
    by_role = one_each(given, roles, official, items)
    differing = conflicts(given, people["member_id"], official, unit, items)
    return Frame(members, unit, by_role, differing, _item_nonresponse(unit, wave))


def _item_nonresponse(unit: Answers, wave: Wave) -> pd.DataFrame:
    """Per item: answering members that were shown it, that answered it and that left it out (partiellt bortfall)."""
    rows = []
    for item in wave.questionnaire.items:
        found = [one for one in unit.items if one.item == item.id and len(one.who)]
        answered = sum(int(np.count_nonzero(np.bincount(one.who[one.answered]))) for one in found)
        missing = sum(int(np.count_nonzero(one.said == LEFT_OUT)) for one in found)
        rows += [(item.id, answered + missing, answered, missing)] if found else []
    return pd.DataFrame(rows, columns=list(NONRESPONSE_COLUMNS))


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
    given: Answers, member: pd.Series, official: NDArray[np.bool_], unit: Answers, items: Mapping[str, Item]
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


def _said(parts: list[tuple[Ints, Ints, Distinct]], groups: int) -> Texts:
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


def _spoken(words: Distinct) -> list[str]:
    """The distinct answers to an item as they are shown: an option, else a number with a decimal comma."""
    numbers = ["" if np.isnan(value) else f"{value:g}".replace(".", ",") for value in words.value.tolist()]
    return [option or number for option, number in zip(words.option.tolist(), numbers, strict=True)]


Kept = tuple[Ints, Ints, Distinct]


def one_each(given: Answers, units: pd.DataFrame, official: NDArray[np.bool_], items: Mapping[str, Item]) -> Answers:
    """One answer a unit and item: units with a single respondent pass through, the others are merged by rule.

    `units` names the unit of each respondent and `official` says who answered as one, both in the order of
    `given.units`. Facts and scales: the official's (the latest of several); ratings: the mean; multi-choice: the union,
    exclusive options only when nothing else was chosen; texts: all. Nothing answered: left out, or not shown to anybody.
    Units stand in the order they are met, first those that pass through.
    """
    unit, first = numbered(units)
    several = np.bincount(unit)[unit] > 1
    unit = unit.astype(np.int32)  # half as much to move
    passing, merged = [], []
    for one in given.items:
        alone, doubled = _parted(one, several)
        if alone is not None:
            passing.append(ItemAnswers(one.item, unit[alone.who], alone.said, one.words))
        if doubled is not None:
            merged.append(_merged(doubled, unit, len(first), official, items[one.item]))
    return Answers(units.iloc[first].reset_index(drop=True), (*passing, *merged))


def _parted(one: ItemAnswers, several: NDArray[np.bool_]) -> tuple[ItemAnswers | None, ItemAnswers | None]:
    """The answers of units with one respondent, and of those with several."""
    if several.all() or not several.any():
        return (None, one) if several.any() else (one, None)
    doubled = several[one.who]
    return one.only(~doubled), one.only(doubled)


def _merged(one: ItemAnswers, unit: Ints, groups: int, official: NDArray[np.bool_], item: Item) -> ItemAnswers:
    """The answers to an item with one a unit, by unit."""
    group, rows = unit[one.who], np.flatnonzero(one.answered)
    if item.kind in (MULTI, TEXT):
        if item.kind == MULTI:
            rows = rows[_chosen(group[rows], one.said[rows], one.words, item, groups)]
        silent = _silent(group, one.said, groups)
        why = np.flatnonzero(silent >= 0)
        units, said = np.concatenate([group[rows], why]), np.concatenate([one.said[rows], silent[why]])
        order = np.argsort(narrow(units, groups), kind="stable")  # of small numbers much quicker
        return ItemAnswers(
            one.item, units[order].astype(np.int32), narrow(said[order], len(one.words.value)), one.words
        )
    answer, words = _silent(group, one.said, groups), one.words
    if item.kind in (RATING, NPS):
        units, said, words = _means(group[rows], one.said[rows], words, groups)
        answer[units] = said
    else:
        answer[group[rows]] = one.said[rows]  # written in order, so that the last of each unit stays
        rows = rows[official[one.who[rows]]]
        answer[group[rows]] = one.said[rows]
    units = np.flatnonzero(answer >= 0)
    return ItemAnswers(one.item, units.astype(np.int32), narrow(answer[units], len(words.value)), words)


def _means(group: Ints, said: Ints, words: Distinct, groups: int) -> Kept:
    """Each group's mean value."""
    counted = np.bincount(group, minlength=groups)
    who = np.flatnonzero(counted)
    distinct, which = np.unique(np.bincount(group, words.value[said], groups)[who] / counted[who], return_inverse=True)
    return who, which + FIRST, words_of("", distinct, "")


def _chosen(group: Ints, said: Ints, words: Distinct, item: Item, groups: int) -> NDArray[np.bool_]:
    """The choices of a union: each option once, exclusive ones only where there is no other."""
    places, labels = pd.factorize(words.option)
    exclusive = np.isin(labels, [option.label for option in item.options if option.exclusive])
    option = places[said]
    once = np.zeros(len(said), bool)
    first = first_of(group.astype(np.int64) * len(labels) + option, groups * len(labels))
    once[first[first >= 0]] = True
    alone = exclusive[option]
    others = np.bincount(group[once & ~alone], minlength=groups) > 0
    return once & ~(alone & others[group])


def _silent(group: Ints, said: Ints, groups: int) -> Ints:
    """For each group why nobody in it answered: left out by somebody, or shown to nobody; -1 where somebody did."""
    why = np.full(groups, -1)
    silent = np.flatnonzero(said < FIRST)
    for reason in (UNSEEN, LEFT_OUT):
        why[group[silent[said[silent] == reason]]] = reason
    if len(silent):
        why[group[said >= FIRST]] = -1
    return why
