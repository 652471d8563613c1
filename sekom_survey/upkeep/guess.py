"""What each column of an export seems to be: its kind, its options, and which are rows of one scale."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from sekom_survey.asked.reference import municipality
from sekom_survey.collected.choices import several_in
from sekom_survey.collected.header import bracketed
from sekom_survey.counted.cells import compared, read_amount
from sekom_survey.model import MEMBER, MULTI, NPS, RATING, ROLE, SCALE, SINGLE, TEXT, Export
from sekom_survey.text.files import folded
from sekom_survey.upkeep.first_year.scales import outside_of

LONGEST_OPTION = 120
MOST_OPTIONS = 15
COMMA_DOUBT = "kommatecknet kan skilja flera val åt eller höra till alternativen; rätta kind och options om det är fel"
_MEMBER_WORDS = re.compile(
    r"\b(vilken|vilket|din|er)\b.*\b(kommun|region|medlem)\b|^(kommun|medlem(skommun)?$)", re.IGNORECASE
)
_ROLE_WORDS = re.compile(r"\broll\b|\buppdrag\b|\bbefattning\b", re.IGNORECASE)
RECOMMENDED = r"rekommendera|anbefal|\brecommend|\btipsar?\b"
_NPS_WORDS = re.compile(RECOMMENDED, re.IGNORECASE)
_TO_TEN = re.compile(r"0\s*(?:[-–]|till)\s*10\b", re.IGNORECASE)
HIGHEST_OF_FEW = 7  # a scale that goes no further is not that of the recommendation, 0 to 10
_CODE = re.compile(r"66|77|88|9[6-9]|888|99[6-9]|8888|9999+")  # what programs write where an answer is missing
_LETTER = re.compile(r"[^\W\d_]")
MOST_CODES, HIGHEST_RATING, FAR = 3, 10, 3
MOST_SPELLINGS = 2_000
_KIND = re.compile(r"\b(kommuns?|kn|stad|region)\b\s*")
_WHOLE_NUMBER = re.compile(r"\d{1,2}")
_WHOLE = re.compile(r"(\d{1,2})[.,]0+")  # a whole number with decimals, as a spreadsheet may save it


@dataclass(frozen=True)
class Guess:
    """What a column of answers seems to be; `options` with how often each is chosen, the most chosen first.

    Neighbours with the same answers are rows of one scale and share its number, `scale`, from 1. `ask` is what a person must look at before anything is
    counted, `over` the question that it is a row of, `unit` what numbers are counted in.
    """

    heading: str
    kind: str
    filled: int
    options: tuple[tuple[str, int], ...] = ()
    low: int = 0
    high: int = 0
    scale: int = 0
    ask: str = ""
    over: str = ""
    unit: str = ""


ONE_ZERO_DOUBT = "1 och 0: är det ja och nej, eller ikryssade rutor till en fråga med flera val?"


def guess_columns(export: Export, members: Collection[str] = ()) -> list[Guess]:
    """A guess for every column of answers, in the export's order; at most one is the member and one the role.

    The member's is the column that names most of the `members`, where they are known.
    """
    columns = [
        (heading, [cell for cell in export.cells.columns[i] if cell]) for i, heading in enumerate(export.headers)
    ]
    member = _naming(columns, members)
    if member is None:
        member = next(
            (i for i, (heading, cells) in enumerate(columns) if _is_member(heading, cells, export.separator)), None
        )
    decided = "missing_in" in dict(export.options)
    guesses = [
        Guess(heading, MEMBER, len(cells)) if i == member else guess_column(heading, cells, export.separator, decided)
        for i, (heading, cells) in enumerate(columns)
    ]
    role = next((i for i, guess in enumerate(guesses) if guess.kind == ROLE), None)
    over = export.over if any(export.over) else tuple(_over([heading for heading, _ in columns]))
    return _scales(
        [
            replace(guess, kind=SINGLE if guess.kind == ROLE and i != role else guess.kind, over=over[i])
            for i, guess in enumerate(guesses)
        ]
    )


def _over(headings: Sequence[str]) -> list[str]:
    """The question over each heading of the form "Question [row]" that others share; empty elsewhere."""
    return [question if row else "" for question, row in bracketed(headings)]


def _naming(columns: Sequence[tuple[str, Sequence[str]]], members: Collection[str]) -> int | None:
    """The column whose cells mostly name a member; None when none does."""
    known = {_bare(name) for name in members}
    hits = [sum(_bare(cell) in known for cell in cells) for _, cells in columns]
    best = max(range(len(columns)), key=lambda i: hits[i], default=None) if known else None
    return best if best is not None and hits[best] * 2 > len(columns[best][1]) else None


def _bare(name: str) -> str:
    return _KIND.sub("", folded(name)).strip()


def guess_column(heading: str, cells: Sequence[str], separator: str, decided: bool = False) -> Guess:
    """A guess for one column by its heading and its cells that hold something; never the member.

    `decided`: it has been said which codes are no answers, so those that are left are.
    """
    cells = _without_decimals(cells)
    codes = () if decided else missing_codes(Counter(cells))
    counts = _alike(Counter(cell for cell in cells if cell not in codes))
    several = several_in(counts, separator)
    ranked = _ranked(counts)
    usual = [cell for cell in cells if cell not in codes]
    if {"0", "1"} == set(counts):
        return Guess(heading, SINGLE, len(cells), ranked, ask=ONE_ZERO_DOUBT)
    if usual and all(_WHOLE_NUMBER.fullmatch(cell) and int(cell) <= 10 for cell in usual):
        return replace(_number_guess(heading, usual, ranked), filled=len(cells), ask=_codes_asked(cells, codes))
    doubt = COMMA_DOUBT if several.doubtful else ""
    if several.several:
        return Guess(heading, MULTI, len(cells), _ranked(several.chosen), ask=doubt)
    if _is_choice(counts):
        return Guess(heading, ROLE if _ROLE_WORDS.search(heading) else SINGLE, len(cells), ranked, ask=doubt)
    return Guess(heading, TEXT, len(cells))


def _without_decimals(cells: Sequence[str]) -> Sequence[str]:
    """Cells that are all whole numbers without the decimals that a spreadsheet gave them, as "3,0"."""
    whole = [_WHOLE.fullmatch(cell) for cell in cells]
    return [found[1] for found in whole if found] if cells and all(whole) else cells


def _alike(counts: Counter[str]) -> Counter[str]:
    """Texts that are read as one answer, as "Ja" and "JA", counted under that which begins with a capital, or that most have."""
    if len(counts) > MOST_SPELLINGS:
        return counts
    spelling: dict[str, str] = {}
    merged = Counter[str]()
    for text, n in sorted(counts.most_common(), key=lambda pair: not pair[0][:1].isupper() or pair[0].isupper()):
        merged[spelling.setdefault(compared(text), text)] += n
    return merged


def missing_codes(counts: Mapping[str, int]) -> tuple[str, ...]:
    """The texts of a column that seem to stand for no answer: 99 far above a scale or a count, or among words; "vet ej" among numbers."""
    if unknown := _unknown_number(counts):
        return unknown
    codes = [text for text in counts if _CODE.fullmatch(text)]
    others = [text for text in counts if text and text not in codes]
    if not codes or not others or len(codes) > MOST_CODES:
        return ()
    if all(map(str.isdecimal, others)):
        highest = max(map(int, others))
        far = highest <= HIGHEST_RATING
        return tuple(sorted(code for code in codes if (far or set(code) == {"9"}) and int(code) > FAR * highest))
    words = len(others) <= MOST_OPTIONS and all(map(_LETTER.search, others))
    return tuple(sorted(codes)) if words and max(map(len, others)) <= LONGEST_OPTION else ()


def _unknown_number(counts: Mapping[str, int]) -> tuple[str, ...]:
    """What tells that a number is not known, where all else is numbers above any grade."""
    words: list[str] = []
    highest = 0.0
    for text in filter(None, counts):
        found = read_amount(text).answers
        highest = max(highest, found[0].value or 0.0) if found else highest
        words += [] if found else [text]
        if len(words) > MOST_CODES:
            return ()
    return tuple(sorted(words)) if highest > HIGHEST_RATING and len(outside_of(words)) == len(words) else ()


def _codes_asked(cells: Sequence[str], codes: Sequence[str]) -> str:
    found = [f"{code} ({cells.count(code)})" for code in codes]
    return f"{', '.join(found)}: är det ett svar, eller en kod för att svar saknas?" if found else ""


def _is_member(heading: str, cells: Sequence[str], separator: str) -> bool:
    if any(cell.endswith(separator) for cell in cells):
        return False
    known = sum(1 for cell in cells if len(cell) < LONGEST_OPTION and municipality(cell)) * 2 > len(cells)
    several, asked = len(set(cells)) * 2 > len(cells), bool(_MEMBER_WORDS.search(heading))
    return (several and (known or asked)) or (known and asked)


def _number_guess(heading: str, cells: Sequence[str], ranked: tuple[tuple[str, int], ...]) -> Guess:
    low, high = min(map(int, cells)), max(map(int, cells))
    if _NPS_WORDS.search(heading) and (high > HIGHEST_OF_FEW or _TO_TEN.search(heading)):
        return Guess(heading, NPS, len(cells), ranked, 0, 10)
    return Guess(heading, RATING, len(cells), ranked, min(low, 1), 5 if high <= 5 else 10)


def _ranked(counts: Counter[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


def _is_choice(counts: Counter[str]) -> bool:
    few = len(counts) <= MOST_OPTIONS and counts.total() >= 2 * len(counts)
    return bool(counts) and few and max(map(len, counts)) <= LONGEST_OPTION


def _scales(guesses: Sequence[Guess]) -> list[Guess]:
    """Runs of neighbours that share at least two answers become rows of a scale."""
    found: list[Guess] = []
    number = 0
    for _, run in groupby(_with_run_numbers(guesses), key=lambda pair: pair[0]):
        columns = [guess for _, guess in run]
        if len(columns) > 1:
            number += 1
            columns = [replace(guess, kind=SCALE, scale=number) for guess in columns]
        found += columns
    return found


def _with_run_numbers(guesses: Sequence[Guess]) -> Iterable[tuple[int, Guess]]:
    number = 0
    for before, guess in zip([None, *guesses], guesses, strict=False):
        together = (
            before is not None
            and before.over == guess.over
            and before.kind == guess.kind == SINGLE
            and len(_labels(before) & _labels(guess)) > 1
        )
        number += not together
        yield number, guess


def _labels(guess: Guess) -> set[str]:
    return {label for label, _ in guess.options}
