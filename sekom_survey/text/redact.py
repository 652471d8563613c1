"""Personal data in free text: contact details and identity numbers are taken out, one text or many at once; names only flagged."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

EMAIL, WEB, IDENTITY, PHONE = "e-post", "webbadress", "personnummer", "telefon"
PERSON, MUNICIPALITY = "person", "kommun"
COORDINATION = 60
_SHORTEST_PHONE, _LONGEST_PHONE = 8, 11

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_WEB = re.compile(
    r"(?:https?://|www\.)[^\s<>\"”)]*[^\s<>\"”).,;:!?]|\b[\w-]+\.(?:se|com|org|nu|eu|net)(?:/[^\s)]*)?\b(?!@)", re.I
)
_IDENTITY = re.compile(r"(?<!\d)(?:19|20)?\d{6}[-+ ]?\d{4}(?!\d)")
_PHONE = re.compile(
    r"(?<![\d/])(?:\+\d{2}[ -]?(?:\(0\))?|00\d{2}[ -]?|0)[1-9](?:[ –-]?\d){6,10}(?!\d)|(?<!\d)0\d{1,3}[ –-]{1,3}\d{2,3}(?: ?\d{2,3}){1,3}(?!\d)"
)
# What every web address holds, seen from its point or colon; a set to begin with is looked for several times as fast as words.
_WEB_MARK = r"(?:(?<=:)//|(?<=[wW]{3}\.)|(?<=\.)(?:[sSſ][eE]|[cC][oO][mM]|[oO][rR][gG]|[nN][uU]|[eE][uU]|[nN][eE][tT]))"
_MAY_BE_WEB = re.compile(r"[:.]" + _WEB_MARK)
_DIGITS = re.compile(r"\d(?:\D*\d){7}")
_MAY_HOLD = re.compile(rf"[@\d:.](?:(?<=@)|(?<=\d)(?:\D*\d){{7}}|{_WEB_MARK})")
# Each kind, its pattern, and what every text with it holds, which is quick to look for.
_KINDS = (
    (EMAIL, _EMAIL, re.compile("@")),
    (WEB, _WEB, _MAY_BE_WEB),
    (IDENTITY, _IDENTITY, _DIGITS),
    (PHONE, _PHONE, _DIGITS),
)
_WORD = re.compile(r"[A-ZÅÄÖÉ][a-zåäöéü]+(?:-[A-ZÅÄÖ][a-zåäöéü]+)?")
_SENTENCE_START = re.compile(r"(?:^|[.!?…:\n])[\s\"”(–-]*$")
_NAMES = (
    "Anders Andreas Angelica Anita Ann Anna Anneli Annika Arne Astrid Axel Barbro Bengt Birgitta Björn Bo Britt Camilla Carina "
    "Carl Caroline Cecilia Charlotte Christer Christina Christian Claes Daniel David Elin Elisabeth Ella Elsa Emil Emilia Emma "
    "Erik Ebba Eva Fatima Felicia Filip Fredrik Frida Gabriel Gun Gunilla Gunnar Gustav Göran Hanna Hans Harald Helena Henrik "
    "Håkan Ida Inga Ingemar Ingrid Isabelle Jakob Jan Jenny Jens Jessica Joakim Johan Johanna John Jonas Josefin Julia Jörgen "
    "Karin Karl Katarina Kenneth Kerstin Kjell Klara Kristina Kristin Lars Leif Lena Lennart Linda Linnea Lisa Lotta Louise "
    "Magnus Maja Malin Margareta Maria Marie Martin Mats Mattias Mikael Mohammed Monica Nils Nina Olof Oskar Patrik Per Peter "
    "Petra Pia Pär Rebecka Robert Roger Rolf Rune Sandra Sara Sofia Sofie Sonja Stefan Sten Stig Susanne Sven Therese Thomas "
    "Tobias Tomas Tommy Tove Ulf Ulla Ulrika Urban Viktor Viktoria Wilma Yvonne Åke Åsa Örjan Östen"
)
_FIRST_NAMES = frozenset(_NAMES.split())
_CUE = re.compile(
    r"(?i:\b(?:kontakt(?:a|person)?|ring|mejla|maila|fråga|hälsningar|mvh|vår strateg|tack)\b)[\s:,]*(?:gärna |till |av |med )?$"
)


@dataclass(frozen=True)
class PersonalData:
    """One piece of personal data: its kind and place in the text as written (code points)."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True)
class Flag:
    """A name to look at; `certain` is False where the word opens a sentence and may be an ordinary word."""

    kind: str
    start: int
    end: int
    text: str
    certain: bool


@dataclass(frozen=True)
class Redacted:
    """A text with personal data replaced by "[telefon]" and the like, what was taken out, and the names flagged."""

    text: str
    found: tuple[PersonalData, ...]
    flags: tuple[Flag, ...]


def redact(text: str, municipalities: Collection[str] = ()) -> Redacted:
    """Takes contact details and identity numbers out of a text; flags (in the redacted text) persons and municipalities."""
    found = _found(text)
    clean = _replaced(text, found)
    return Redacted(clean, found, _flags(clean, frozenset(municipalities)))


def _replaced(text: str, found: Collection[PersonalData]) -> str:
    pieces, end = [], 0
    for piece in found:
        pieces += [text[end : piece.start], f"[{piece.kind}]"]
        end = piece.end
    return "".join([*pieces, text[end:]])


def masked(text: str) -> str:
    """A text with personal data replaced, as `redact` does it, without looking for names."""
    return _replaced(text, _found(text)) if _MAY_HOLD.search(text) else text


def is_identity_number(text: str) -> bool:
    """Whether ten or twelve digits are a Swedish personal identity or coordination number: real date, right check digit."""
    digits = re.sub(r"\D", "", text)[-10:]
    if len(digits) != 10:
        return False
    month, day = int(digits[2:4]), int(digits[4:6])
    try:
        date(2000, month, day - COORDINATION if day > COORDINATION else day)
    except ValueError:
        return False
    return _luhn(digits)


def _luhn(digits: str) -> bool:
    doubled = [int(digit) * (2 - place % 2) for place, digit in enumerate(digits)]
    return sum(value // 10 + value % 10 for value in doubled) % 10 == 0


def _found(text: str) -> tuple[PersonalData, ...]:
    taken: list[PersonalData] = []
    for kind, pattern, sign in _KINDS if _MAY_HOLD.search(text) else ():
        for match in pattern.finditer(text) if sign.search(text) else ():
            if _is(kind, match.group()) and not any(f.start < match.end() and match.start() < f.end for f in taken):
                taken.append(PersonalData(kind, match.start(), match.end()))
    return tuple(sorted(taken, key=lambda piece: piece.start))


def _is(kind: str, text: str) -> bool:
    if kind == IDENTITY:
        return is_identity_number(text)
    if kind == PHONE:
        return _SHORTEST_PHONE <= len(re.sub(r"\D", "", text)) <= _LONGEST_PHONE
    return True


def _flags(text: str, municipalities: frozenset[str]) -> tuple[Flag, ...]:
    flags: list[Flag] = []
    for match in _WORD.finditer(text):
        if flags and match.start() < flags[-1].end:
            continue
        flag = _municipality(text, match, municipalities) or _person(text, match)
        if flag:
            flags.append(flag)
    return tuple(flags)


def _municipality(text: str, match: re.Match[str], names: frozenset[str]) -> Flag | None:
    opens = _opens_sentence(text, match.start())
    longest = max((name for name in names if text.startswith(name, match.start())), key=len, default="")
    for name in (longest, match.group(), match.group().removesuffix("s")):
        if name and name in names:
            end = match.start() + len(name)
            return Flag(MUNICIPALITY, match.start(), end, name, not opens) if _ends_word(text, end) else None
    return None


def _ends_word(text: str, end: int) -> bool:
    rest = text[end : end + 2]
    return not rest[:1].isalnum() or (rest[0] == "s" and not rest[1:].isalnum())


def _person(text: str, match: re.Match[str]) -> Flag | None:
    """A usual first name with the surname after it, or any capitalised word after "ring", "kontakt" and the like."""
    surname = _WORD.match(text, match.end() + 1) if text[match.end() : match.end() + 1] == " " else None
    end = surname.end() if surname else match.end()
    first = match.group().partition("-")[0]
    if first in _FIRST_NAMES or match.group().removesuffix("s") in _FIRST_NAMES:
        opens = _opens_sentence(text, match.start())
        return Flag(PERSON, match.start(), end, text[match.start() : end], bool(surname) or not opens)
    if _CUE.search(text, 0, match.start()):
        return Flag(PERSON, match.start(), end, text[match.start() : end], bool(surname))
    return None


def _opens_sentence(text: str, start: int) -> bool:
    return _SENTENCE_START.search(text[max(0, start - 4) : start]) is not None or start == 0


AT_ONCE, FEWEST_DIGITS = 20_000, 8
_SURE, _POINT, _COLON, _DIGIT = 1, 2, 3, 4
_BEGINS_DOMAIN, _WWW = np.zeros(256, bool), np.zeros(256, bool)
_BEGINS_DOMAIN[list(b"sconeSCONE\xc5")] = True  # .se .com .org .nu .eu .net, and the long s that compares as one
_WWW[list(b"wW")] = True


def _looks() -> bytes:
    """What each byte of UTF-8 may be a sign of; letters beyond Latin-1 are for the patterns, which know their digits."""
    looks = bytearray(0xC4) + bytes([_SURE]) * (256 - 0xC4)
    looks[ord("@")], looks[ord(".")], looks[ord(":")] = _SURE, _POINT, _COLON
    looks[ord("0") : ord("9") + 1] = bytes([_DIGIT]) * 10
    return bytes(looks)


_LOOKS = _looks()


def masked_all(texts: Sequence[str]) -> list[str]:
    """Every text as `masked` gives it."""
    found = list(texts)
    for start in range(0, len(texts), AT_ONCE):
        for place in _suspects(texts[start : start + AT_ONCE]):
            found[start + place] = masked(found[start + place])
    return found


def _suspects(texts: Sequence[str]) -> Sequence[int]:
    """The places of the texts that hold an @, the digits of a number or the sign of a web address, and of some that do not."""
    data = "\0".join(["", *texts, ""]).encode(errors="surrogatepass")
    letters, look = np.frombuffer(data, np.uint8), np.frombuffer(data.translate(_LOOKS), np.uint8)
    ends = np.flatnonzero(letters == 0)
    if len(ends) != len(texts) + 1:
        return range(len(texts))
    marks = np.flatnonzero(look)
    kind, before, after = look[marks], letters[marks - 1], letters[marks + 1]
    point = (kind == _POINT) & (_BEGINS_DOMAIN[after] | _WWW[before])
    signs = marks[(kind == _SURE) | point | ((kind == _COLON) & (after == ord("/")))]
    digits = np.bincount(np.searchsorted(ends, marks[kind == _DIGIT]) - 1, minlength=len(texts))
    suspect = digits >= FEWEST_DIGITS
    suspect[np.searchsorted(ends, signs) - 1] = True
    places: list[int] = np.flatnonzero(suspect).tolist()
    return places
