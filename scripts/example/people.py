"""Invented persons for the columns that hold who sent an answer; readers must drop them."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from example.answers import Respondent

FIRST_NAMES = (
    "Alva",
    "Birk",
    "Cilla",
    "Disa",
    "Elof",
    "Frej",
    "Gudrun",
    "Hilding",
    "Idun",
    "Jorunn",
    "Knut",
    "Livia",
    "Melker",
    "Nanna",
    "Ottar",
    "Petra",
    "Ragna",
    "Sixten",
    "Torun",
    "Ulrik",
    "Vidar",
    "Ylva",
    "Åskar",
    "Ärla",
    "Östen",
)
LAST_NAMES = (
    "Granlingon",
    "Tallfjäril",
    "Älvmossa",
    "Björktrast",
    "Kråkvinge",
    "Lärkfjun",
    "Ekollonsson",
    "Sävruska",
    "Hasselmus",
    "Blåklintsson",
    "Havtornqvist",
    "Ripfjäder",
    "Rönnbäring",
)


@dataclass(frozen=True)
class Person:
    """A sender as Microsoft Forms notes one."""

    name: str
    email: str


def person_for(person: Respondent) -> Person:
    """A made-up person for a respondent, at an address that cannot exist."""
    random = person.stream("person")
    first, last = random.choice(FIRST_NAMES), random.choice(LAST_NAMES)
    return Person(f"{first} {last}", f"{_ascii(first)}.{_ascii(last)}@{_ascii(person.place.name)}.example")


def _ascii(text: str) -> str:
    bare = (unicodedata.normalize("NFD", letter)[0] for letter in text.lower())
    return "".join(letter for letter in bare if letter.isalpha())
