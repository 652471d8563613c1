"""One cell of an export -> the answers in it, by the item's kind."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import get_close_matches

from sekom_survey.collected.times import EXCEL_DAY_ZERO, day_order, with_numbers
from sekom_survey.model import DATE, MULTI, NPS, NUMBER, OTHER_OPTION, RANKING, RATING, TEXT, Item
from sekom_survey.text.files import folded

RANKED = " > "  # parts the options of a ranking in the order they were put
_SPACES = re.compile(r"\s")
_AMOUNT = re.compile(r"-?\d{1,12}(\.\d+)?")
_UNIT = re.compile(
    r"(%|procent|kr|kronor|sek|:-|,-|euro?|€|\$|st|stycken|personer|tjänster|årsarbetare|årsarbeten|heltider|timmar|tim|h|dagar|veckor|månader|år|km|ton|gånger)\.?$",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"^(ca\.?|cirka|c:a|c\.|omkring|ungefär|uppskattningsvis|runt|drygt|knappt|nästan|~|≈)(?=\d)",
    re.IGNORECASE,
)
_CURRENCY = re.compile(r"^(sek|kr|euro?|€|\$)(?=-?\d)", re.IGNORECASE)  # as in "SEK 1 400"
TRUTHS = {"true": ("sant", "ja"), "sant": ("true", "ja"), "false": ("falskt", "nej"), "falskt": ("false", "nej")}
SAME_UNIT = {
    "procent": "%",
    "kronor": "kr",
    "sek": "kr",
    ":-": "kr",
    ",-": "kr",
    "eur": "euro",
    "€": "euro",
    "stycken": "st",
    "tim": "timmar",
    "h": "timmar",
}
_THOUSANDS = re.compile(r"-?[1-9]\d{0,2}([.,]\d{3})+")
_POINTED = re.compile(r"\d[.,]\d")
FEWEST_POINTED = 2
_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ][\d:.]+)?|(\d{1,2})[/.-](\d{1,2})[/.\s-](\d{4})")
_SERIAL = re.compile(r"[3-5]\d{4}")  # Excel's number of a day, 1982 to 2064
_DIGITS = re.compile(r"((?:19|20)?\d\d)(\d\d)(\d\d)")
DASHES = str.maketrans({"–": "-", "—": "-", "−": "-", "‑": "-", "’": "'", "´": "'", "”": '"', "“": '"'})


@dataclass(frozen=True)
class GivenAnswer:
    """One answer: an option's label, a number, or a text."""

    option: str = ""
    value: float | None = None
    text: str = ""


@dataclass(frozen=True)
class CellReading:
    """What a cell holds: its answers, what could not be read, and what to tell about it."""

    answers: tuple[GivenAnswer, ...]
    unreadable: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def compared(text: str) -> str:
    """An option's label as it compares: case, spaces, dashes and quotes do not matter."""
    return folded(text.translate(DASHES))


def reader_of(item: Item, separator: str, cells: Iterable[str] = ()) -> Callable[[str], CellReading]:
    """The function that reads the item's cells; `cells` are those of the whole column."""
    thousands = item.kind == NUMBER and points_part_thousands(cells)
    day_first = item.kind != DATE or days_stand_first(cells)
    readers: Mapping[str, Callable[[str], CellReading]] = {
        RATING: lambda cell: read_number(cell, item),
        NPS: lambda cell: read_number(cell, item),
        MULTI: lambda cell: read_choices(cell, item, separator),
        TEXT: lambda cell: CellReading((GivenAnswer(text=cell),)),
        RANKING: lambda cell: read_ranking(cell, item, separator),
        NUMBER: lambda cell: read_amount(cell, thousands),
        DATE: lambda cell: read_day(cell, day_first),
    }
    return readers.get(item.kind, lambda cell: read_choice(cell, item))


def read_number(cell: str, item: Item) -> CellReading:
    """A rating; anything but a whole number on the item's scale is unreadable."""
    try:
        value = float(cell.strip().replace(",", "."))
    except ValueError:
        return CellReading((), (cell,))
    low, high = item.low or 0, item.high or 10
    if not (low <= value <= high and value == int(value)):
        return CellReading((), (cell,))
    return CellReading((GivenAnswer(value=value),))


def plain_amount(cell: str) -> str:
    """A number as it may be written, "1 300 kr", "50 %" or "ca 15 st", without spaces, unit and the word that it is about so many."""
    bare = _UNIT.sub("", _SPACES.sub("", cell).replace("−", "-").removeprefix("+"))
    return _CURRENCY.sub("", _ABOUT.sub("", bare))


def is_about(cell: str) -> bool:
    """Whether a number is said to be about so many, as "ca 15"."""
    return bool(_ABOUT.match(_SPACES.sub("", cell)))


def unit_of(cell: str) -> str:
    """The unit after a number, in the one way that the tool writes it; empty when there is none."""
    plain = _SPACES.sub("", cell)
    found = _UNIT.search(plain) or _CURRENCY.match(plain)
    return SAME_UNIT.get(found[1].casefold(), found[1].casefold()) if found else ""


def points_part_thousands(cells: Iterable[str]) -> bool:
    """Whether every point or comma in a column of numbers has three digits after it, as in 1.300 and 15.600."""
    pointed = [plain for cell in cells if _POINTED.search(plain := plain_amount(cell))]
    return len(pointed) >= FEWEST_POINTED and all(map(_THOUSANDS.fullmatch, pointed))


def read_amount(cell: str, thousands: bool = False) -> CellReading:
    """A number, with decimal comma or point, spaces at the thousands (points too when told) and perhaps ca before it and %, kr or st after it.

    Its class is given when the whole column is read.
    """
    plain = plain_amount(cell)
    plain = (
        re.sub("[.,]", "", plain)
        if thousands or (plain.count(".") > 1 and _THOUSANDS.fullmatch(plain))
        else plain.replace(",", ".")
    )
    return CellReading((GivenAnswer(value=float(plain)),)) if _AMOUNT.fullmatch(plain) else CellReading((), (cell,))


def days_stand_first(cells: Iterable[str]) -> bool:
    """Whether 03/04/2026 is 3 April in a column of days: unless some day of it fits only as month, day and year."""
    first, certain = day_order(cells)
    return first or not certain


def read_day(cell: str, day_first: bool = True) -> CellReading:
    """A day as its ordinal, written 2026-03-01, with or without a clock time, 1/3/2026, 1.3.2026, 1/3 2026, 1 mars 2026, 20260301, 260301 or 46082."""
    day = _day(cell.strip(), day_first)
    return CellReading((GivenAnswer(value=float(day.toordinal())),)) if day else CellReading((), (cell,))


def is_serial_day(cell: str) -> bool:
    """Whether a text may be a spreadsheet's number of a day."""
    return bool(_SERIAL.fullmatch(cell))


def _day(text: str, day_first: bool) -> date | None:
    if is_serial_day(text):
        return (EXCEL_DAY_ZERO + timedelta(days=int(text))).date()
    together = _DIGITS.fullmatch(text)
    text = f"{together[1]:>04}-{together[2]}-{together[3]}" if together else text
    found = _DAY.fullmatch(with_numbers([f"20{text[2:]}" if text.startswith("00") else text])[0])
    try:
        if found and found[1]:
            return date.fromisoformat(found[1])
        return date(*(int(found[n]) for n in ((4, 3, 2) if day_first else (4, 2, 3)))) if found else None
    except ValueError:
        return None


def read_ranking(cell: str, item: Item, separator: str) -> CellReading:
    """Options in order, as the one put first; the text holds the whole order. Some may be left out, none is a stranger."""
    labels, rest = _take_known(cell, item, separator)
    if rest or not labels:
        return CellReading((), tuple(rest) or (cell,))
    return CellReading((GivenAnswer(labels[0], text=RANKED.join(labels)),))


def read_choice(cell: str, item: Item) -> CellReading:
    """The one option chosen; own words become "Annat" when the item allows them."""
    known = {compared(option.label): option for option in item.options}
    wordings = (cell, cell.rstrip("; "), *TRUTHS.get(compared(cell), ()))
    option = next((known[compared(word)] for word in wordings if compared(word) in known), None)
    if option:
        return CellReading((GivenAnswer(option.label, option.score),))
    return _own_words([cell], item, "")


def read_choices(cell: str, item: Item, separator: str) -> CellReading:
    """All options chosen, as a set; options that contain the separator are found whole."""
    labels, rest = _take_known(cell, item, separator)
    if not labels and not rest:
        return CellReading((), (cell,))
    words = _own_words(rest, item, separator)
    notes = [*words.notes]
    exclusive = {option.label for option in item.options if option.exclusive}
    if exclusive & set(labels) and len(labels) > 1:
        notes.append("exclusive")
        labels = [label for label in labels if label not in exclusive]
    if item.max and len(labels) + len(words.answers) > item.max:
        notes.append("max")
    answers = [GivenAnswer(label, _score(item, label)) for label in labels] + list(words.answers)
    return CellReading(tuple(answers), words.unreadable, tuple(notes))


def _score(item: Item, label: str) -> float | None:
    return next((option.score for option in item.options if option.label == label), None)


def _take_known(cell: str, item: Item, separator: str) -> tuple[list[str], list[str]]:
    known = {compared(option.label): option.label for option in item.options}
    longest = max((label.count(separator) for label in known.values()), default=0) + 1
    parts = cell.split(separator)
    labels: list[str] = []
    rest: list[str] = []
    start = 0
    while start < len(parts):
        for length in range(min(longest, len(parts) - start), 0, -1):
            label = known.get(compared(separator.join(parts[start : start + length])))
            if label:
                labels.append(label)
                start += length
                break
        else:
            rest.append(parts[start])
            start += 1
    return list(dict.fromkeys(labels)), [part for part in rest if part.strip()]


def _own_words(parts: Sequence[str], item: Item, separator: str) -> CellReading:
    """What is no option: one answer in the respondent's own words, as they stood, or unreadable."""
    if not parts:
        return CellReading(())
    if not item.other:
        return CellReading((), tuple(part.strip() for part in parts))
    labels = {compared(option.label): option.label for option in item.options}
    near = tuple("misspelt" for part in parts if get_close_matches(compared(part), labels, n=1, cutoff=0.88))
    return CellReading((GivenAnswer(OTHER_OPTION, text=separator.join(parts).strip()),), (), near)


def nearest_option(text: str, item: Item) -> str:
    """The option most like a text, for a hint; empty when none is near."""
    labels = {compared(option.label): option.label for option in item.options}
    near = get_close_matches(compared(text), labels, n=1, cutoff=0.5)
    return labels[near[0]] if near else ""
