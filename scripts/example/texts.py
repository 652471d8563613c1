"""The free texts: written by hand in texts_<year>.toml, dealt out here to respondents they fit."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from example.answers import Cells, Respondent

ITEMS = ("challenge", "strength", "everyday", "wishes")
ROUTED = "introduced_what"
DOUBTFUL = 6
SAYING_YES = ("Ja, infört", "Ja, planerat")


@dataclass(frozen=True)
class Text:
    """A text with the themes a careful person gives it, and the traits (role, size, landsdel ...) its writer must have."""

    text: str
    themes: tuple[str, ...] = ()
    fits: frozenset[str] = frozenset()


def read_texts(year: int) -> dict[str, tuple[Text, ...]]:
    """Item id to the texts of a year."""
    path = Path(__file__).with_name(f"texts_{year}.toml")
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    return {item: tuple(_text(entry) for entry in entries) for item, entries in data.items()}


def _text(entry: Sequence[str]) -> Text:
    text, themes, fits = (*entry, "", "")[:3]
    return Text(text, tuple(themes.split()), frozenset(fits.split()))


def deal(
    people: Sequence[Respondent], cells: Sequence[Cells], texts: dict[str, tuple[Text, ...]], random: Random
) -> None:
    """Give every respondent texts that fit, in place; a few stay blank, and a follow-up goes only to those who said yes."""
    everyone = list(range(len(people)))
    for item in ITEMS:
        _deal_item(item, everyone, people, cells, texts[item], random)
    routed = [i for i in everyone if cells[i].get("introduced") in SAYING_YES]
    _deal_item(ROUTED, routed, people, cells, texts[ROUTED], random)


def _deal_item(
    item: str,
    who: Sequence[int],
    people: Sequence[Respondent],
    cells: Sequence[Cells],
    texts: Sequence[Text],
    random: Random,
) -> None:
    """The choosiest texts pick first, so that none is left over; each theme's go round the parts of the country."""
    free = _mixed(who, people, random)
    shuffled = random.sample(texts, len(texts))
    for text in sorted(shuffled, key=lambda text: (-len(text.fits), text.themes[-1:])):
        taker = next((i for i in free if text.fits <= traits(people[i], cells[i])), None)
        if taker is not None:
            cells[taker][item] = text.text
            free.remove(taker)


def _mixed(who: Sequence[int], people: Sequence[Respondent], random: Random) -> list[int]:
    """The respondents in chance order, but so that each part of the country recurs at an even pace."""
    order: dict[int, float] = {}
    for landsdel in ("Norrland", "Svealand", "Götaland"):
        here = [i for i in who if people[i].place.landsdel == landsdel]
        order |= {i: (rank + random.random()) / len(here) for rank, i in enumerate(random.sample(here, len(here)))}
    return sorted(order, key=order.__getitem__)


def traits(person: Respondent, cells: Cells) -> frozenset[str]:
    """What a text may ask of its writer; a doubtful one is satisfied to 6 of 10 at most."""
    doubtful = {"doubtful"} if int(cells["satisfaction"]) <= DOUBTFUL else set()
    return frozenset({person.role, person.place.size, person.place.landsdel.lower(), person.place.kind, *doubtful})
