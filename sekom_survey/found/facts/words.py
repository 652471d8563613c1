"""What somebody did who said yes, in words that go after "45 av 50 kommuner": one way for every text."""

from __future__ import annotations

from collections.abc import Sequence

from sekom_survey.asked.contrasts import TOP
from sekom_survey.counted.choices import Choice, choices_of, top_labels
from sekom_survey.counted.classes import digits_words
from sekom_survey.model import CALENDAR, DATE, MULTI, NPS, RATING, Item, Survey
from sekom_survey.text.phrases import quoted
from sekom_survey.text.swedish import FIXED_SPACE, join_words, lower_first, number, number_word

ITEM = "{}"


def said(item: Item, choice: Choice) -> str:
    """ "har ganska eller mycket stort behov av kunskap" where survey.toml has words for it, else the answer and the question.

    `told` of an item or its scale is used with the item's name in place of {}, for the high end of a scale or rating; of a
    multi-choice question with the option's.
    """
    if item.told and (choice.label == TOP or item.kind in (RATING, NPS)):
        return item.told.replace(ITEM, name_inside(item))
    alone = is_alone(item, choice)
    if item.told and item.kind == MULTI and not alone:
        return item.told.replace(ITEM, _either([inside(label) for label in choice.options]))
    if item.kind == MULTI:
        most = f" som ett av högst {number_word(item.max)} svar" if item.max and not alone else ""
        return f"väljer {_either([quoted(label) for label in choice.options])}{most}"
    if item.kind in (RATING, NPS):
        return f"ger {choice.label} på {quoted(item.short)}"
    return f"svarar {_answers(item, choice)} på {quoted(item.short)}"


def said_of_rows(items: Sequence[Item]) -> str:
    """The same of several rows of a matrix: "har stort behov av stöd och nätverk" where they share the words of survey.toml."""
    told = items[0].told
    if told and ITEM in told and all(item.told == told for item in items):
        return told.replace(ITEM, join_words([name_inside(item) for item in items]))
    return join_words([said(item, choices_of(item)[0]) for item in items])


def who_did(survey: Survey, did: str) -> str:
    """Those whose answers are counted, and what they did; who are called "svarande" need no word before "svarar"."""
    return f"{survey.nouns.many} {did}" if survey.of_members or not did.startswith("svarar") else did


def is_alone(item: Item, choice: Choice) -> bool:
    """Whether it is an answer instead of all others, such as "Inget av detta": what it says does not go into the question's words."""
    return any(option.exclusive and option.label in choice.options for option in item.options)


def _answers(item: Item, choice: Choice) -> str:
    """What was answered; the top of a scale in running text where its steps have words in common, "i ganska eller mycket hög grad"."""
    top = top_labels(item) if choice.label == TOP else ()
    if _shared_end([label.split() for label in top]):
        return lower_first(options_phrase(top))
    return _either([quoted(label) for label in top or choice.options])


def value_words(item: Item, value: float) -> str:
    """An answered number with its unit, or a day, as it is written."""
    if item.kind == DATE:
        return digits_words(value)
    return in_unit(number(value, 0 if item.unit == CALENDAR or value == int(value) else 1), item)


def in_unit(digits: str, item: Item) -> str:
    """A number with the unit of its question; a year without a space at the thousands."""
    if item.unit == CALENDAR:
        return digits.replace(FIXED_SPACE, "")
    return f"{digits}{FIXED_SPACE}{item.unit}" if item.unit else digits


def name_inside(item: Item) -> str:
    """An item's name inside a sentence."""
    return inside(item.short)


def inside(label: str) -> str:
    """A label inside a sentence; SKR stays SKR and LinkedIn LinkedIn."""
    first, *_ = label.split(" ")
    return label if any(map(str.isupper, first[1:])) else lower_first(label)


def options_phrase(labels: Sequence[str]) -> str:
    """Options that count together, what they share said once: "ganska eller mycket stort behov"."""
    words = [label.split() for label in labels]
    shared = _shared_end(words)
    parts = [w[: len(w) - shared] for w in words]
    begun = _shared_beginning(parts) if shared else 0
    heads = [" ".join(w[begun if i else 0 :]) for i, w in enumerate(parts)]
    tail = words[0][len(words[0]) - shared :] if shared else []
    return " ".join([_either([heads[0], *map(lower_first, heads[1:])]), *tail])


def _shared_end(words: Sequence[Sequence[str]]) -> int:
    """How many words the options have in common at their ends, each keeping one of its own."""
    most = min(map(len, words)) - 1 if len(words) > 1 else 0
    same = 0
    while same < most and len({tuple(w[len(w) - same - 1 :]) for w in words}) == 1:
        same += 1
    return same


def _shared_beginning(parts: Sequence[Sequence[str]]) -> int:
    """How many words they have in common at their beginnings, each keeping one of its own: "I" of "I ganska" and "I mycket"."""
    most = min(map(len, parts)) - 1
    return next((n for n in range(most) if len({words[n].casefold() for words in parts}) > 1), most)


def _either(parts: Sequence[str]) -> str:
    return " eller ".join(part for part in (", ".join(parts[:-1]), *parts[-1:]) if part)
