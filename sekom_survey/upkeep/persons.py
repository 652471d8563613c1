"""Which columns of an export tell who a person is, and when somebody answered: what a draft leaves out."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence, Set

import numpy as np

from sekom_survey.asked.reference import municipality
from sekom_survey.collected.choices import sign_between
from sekom_survey.collected.shape import NUMBERING, numbers_answers
from sekom_survey.collected.times import is_moment, moments
from sekom_survey.model import UNANSWERED, Export
from sekom_survey.model.cells import Cells
from sekom_survey.text.files import folded
from sekom_survey.text.redact import PERSON, redact
from sekom_survey.upkeep.first_year.scales import BY_NUMBER, scale_of
from sekom_survey.upkeep.guess import missing_codes

MOST_WORDS = 5  # a heading longer than this asks for something else as well
ENOUGH, FEW = 0.5, 0.25
MOST_CODES = 3
SHARED = 2  # answers that another column has too, for both to be rows of one question
HIGHEST = 10  # of a scale on both sides of nought
NOBODY = "anonymous"  # what Microsoft writes for an address that it does not ask for, in every language
WITHOUT_OWNER = ("generic", "spss")
_ASKS_WHO = re.compile(
    r"\b(namn\d*|name\d*|förnamn|efternamn|fullständigt namn|kontaktperson\w*|kontaktuppgift\w*|e-?post\w*|e-?mail\w*|mejl\w*|mail\w*"
    r"|telefon\w*|tel|mobil\w*|phone\w*|personnummer|person-?nr|pnr|ip|ip[- ]adress|ip[- ]address|user(name| id| display name)|användarnamn)\b"
)
_OF_SOMETHING = re.compile(r"\b(kommun\w*|region\w*|organisation\w*|medlem\w*|projekt\w*|app\w*)\b")
_MISSING = re.compile(r"-\d{1,3}")
_SIGNED = re.compile(r"[+−]\d{1,3}")
_SPAN = re.compile(r"\D{0,15}\d{1,3}(?: \d{3})+\s*(?:[-–]|till)\s*\d{1,3}(?: \d{3})+\D{0,15}")
FILE = re.compile(r"https?://\S+", re.IGNORECASE)
_SENT = re.compile(
    r"^(svarsdatum|svarstid|tidpunkt|tidsst?ämpel|timestamp|datum för svar|inkom\w*|inskick\w*|inläm\w*|besvara\w*|slutför\w*|avsluta\w*|påbörja\w*|start\w*|slut|sluttid|öppna\w*)\b"
    r"|\b(submi\w+|complet\w+|start|end|recorded|response) (date|time|at)\b|\bdate submitted\b|\binskicka[td]\b"
)
_KEY = re.compile(r"(?=.*[A-Za-z])(?=.*\d)[A-Za-z0-9_-]{4,40}")
FEWEST_KEYS = 5
_HEADLESS = re.compile(r"Kolumn [A-Z]+")
_FULL_NAME = re.compile(r"[A-ZÅÄÖÉÜ][\w'’-]+(?: (?:av|af|von|de|van|[A-ZÅÄÖÉÜ]\.?|[A-ZÅÄÖÉÜ][\w'’-]+)){1,3}")


def left_out(export: Export) -> dict[str, object]:
    """What [reader_options] should say of a file that nobody has described: who, and when where no platform tells.

    `drop` names the columns that tell who answered, by their heading or by what most of their cells hold; `started`
    and `ended` the first two of a plain table whose every cell is a day with a clock time, before others those whose heading says so; further
    ones are dropped, and a tool's keys.
    """
    columns = dict(zip(export.headers, export.cells.columns, strict=True))
    said: dict[str, object] = {}
    who = [heading for heading, cells in columns.items() if tells_who(heading, cells)]
    others = [set(_counts(cells)) for heading, cells in columns.items() if heading not in who]
    who = [heading for heading in who if not _is_answered(heading, _counts(columns[heading]), others)]
    times = [heading for heading, cells in columns.items() if heading not in who and _is_stamp(heading, cells)]
    if export.platform in WITHOUT_OWNER:
        who += [heading for heading, cells in columns.items() if _is_key(heading, cells)]
        used = _of_answer(times, columns)[:2]
        said |= dict(zip(("started", "ended")[-len(used) :], used, strict=True)) if used else {}
        times = [heading for heading in times if heading not in used]
    if negative := _missing_codes(list(columns.values())):
        said["missing"] = dict.fromkeys(negative, UNANSWERED)
    if export.platform in WITHOUT_OWNER and "separator" not in dict(export.options):
        asked = [_counts(cells) for heading, cells in columns.items() if heading not in who]
        said |= {"separator": sign} if (sign := sign_between(asked)) else {}
    coded = {heading: list(codes) for heading, cells in columns.items() if (codes := missing_codes(_counts(cells)))}
    if coded := {heading: codes for heading, codes in coded.items() if heading not in who}:
        said["missing_in"] = coded
    numbers = [
        heading
        for i, (heading, cells) in enumerate(columns.items())
        if export.platform in WITHOUT_OWNER
        and not _asks(heading)
        and numbers_answers(cells, folded(heading) in NUMBERING or export.places[: i + 1] == ("A",))
    ]
    headless = [
        heading for heading in columns if _HEADLESS.fullmatch(heading) and dict(export.options).get("header_rows") != 0
    ]
    drop = list(dict.fromkeys([*who, *times, *numbers, *headless]))
    return said | ({"drop": drop} if drop else {})


def _missing_codes(columns: Sequence[Cells]) -> list[str]:
    """The negative whole numbers among the answers, such as -99, in columns whose other cells are none."""
    found: set[str] = set()
    for cells in columns:
        texts = [text for text in cells.present() if text]
        codes = {text for text in texts if _MISSING.fullmatch(text)}
        if len(codes) < len(texts) and len(codes) <= MOST_CODES and not _both_ways(codes, texts):
            found |= codes
    return sorted(found)


def _both_ways(codes: Set[str], texts: Sequence[str]) -> bool:
    """Whether a column is numbers on both sides of nought: some are written with + or a true minus, or they go as far below it as above, or stand on it too."""
    if not codes or any(_SIGNED.fullmatch(text) for text in texts):
        return bool(codes)
    above, below = [int(text) for text in texts if text.isdecimal()], max(-int(code) for code in codes)
    if len(above) + len(codes) < len(texts) or below > HIGHEST:
        return False
    return max(above) == below or (len(codes) > 1 and 0 in above)


def _counts(cells: Cells) -> dict[str, int]:
    return {text: n for text, n in zip(cells.texts, cells.used().tolist(), strict=True) if n and text}


def tells_who(heading: str, cells: Cells) -> bool:
    """Whether a column of answers tells who somebody is."""
    asked = folded(heading)
    if _ASKS_WHO.search(asked) and len(asked.split()) <= MOST_WORDS and not _OF_SOMETHING.search(asked):
        return True
    counts = _counts(cells)
    if counts and all(map(FILE.match, counts)):
        return False  # files that were sent in are left behind unread, and counted
    return set(counts) == {NOBODY} or _mostly(counts, _is_contact) or _mostly_names(counts)


def _is_answered(heading: str, counts: Mapping[str, int], others: Sequence[Set[str]]) -> bool:
    """Whether a heading like "E-post" is a row or a box of a question: what is answered is a scale, the ticked heading itself, or stands in a column beside."""
    if not counts or any(map(_is_contact, counts)):
        return False
    shared = any(len(other & counts.keys()) >= SHARED for other in others)
    scale = scale_of(counts)
    worded = scale is not None and scale.name not in BY_NUMBER  # a number after a name makes no scale of names
    return shared or worded or {folded(text) for text in counts} == {folded(heading)}


def _mostly(counts: Mapping[str, int], holds: Callable[[str], bool]) -> bool:
    return sum(n for text, n in counts.items() if holds(text)) > ENOUGH * max(sum(counts.values()), 1)


def _is_contact(text: str) -> bool:
    """Whether an address or number is all that a cell holds, or nearly."""
    found = redact(text[:200]).found
    return bool(found) and sum(piece.end - piece.start for piece in found) * 2 > len(text)


def _mostly_names(counts: Mapping[str, int]) -> bool:
    if not _mostly(counts, lambda text: bool(_FULL_NAME.fullmatch(text)) and not municipality(text)):
        return False
    cells = sum(counts.values())
    known = sum(n for text, n in counts.items() if any(flag.kind == PERSON for flag in redact(text).flags))
    return known > FEW * cells or len(counts) > ENOUGH * cells > 2


def _asks(heading: str) -> bool:
    return heading.rstrip().endswith("?")


def _of_answer(times: Sequence[str], columns: Mapping[str, Cells]) -> Sequence[str]:
    """The columns of times, of several those that tell of the answer by their heading; where none does, days that do, as "Submission Date"."""
    named = [heading for heading in times if _SENT.search(folded(heading))]
    days = [heading for heading, cells in columns.items() if _SENT.search(folded(heading)) and _are_days(cells)]
    return (days or times) if not named else named if len(named) > 1 else times


def _are_days(cells: Cells) -> bool:
    texts = [text for text in cells.present() if text]
    return bool(texts) and not np.isnat(moments(texts)).any() and not any(map(str.isdecimal, texts))


def _is_key(heading: str, cells: Cells) -> bool:
    """Whether a column holds a tool's keys: a word of letters and digits in every row, never the same."""
    texts = [text for text in cells.present() if text]
    alone = len(texts) >= FEWEST_KEYS and cells.filled == len(texts)
    return alone and not _asks(heading) and all(map(_KEY.fullmatch, texts))


def _is_stamp(heading: str, cells: Cells) -> bool:
    """Whether a column holds days with clock times and nothing else, and asks nothing."""
    if _asks(heading):
        return False
    texts = [text for text in cells.present() if text]
    return bool(texts) and all(map(is_moment, texts))


def shown_label(text: str) -> str:
    """A label as it may be printed: addresses, numbers and names of persons give way to what they are; "10 000–50 000" is no telephone."""
    if _SPAN.fullmatch(text):
        return text
    clean = redact(text)
    names = [flag for flag in clean.flags if flag.kind == PERSON and flag.certain]
    return f"[{PERSON}]" if names or (_FULL_NAME.fullmatch(text) and clean.flags) else clean.text


def is_personal(text: str) -> bool:
    """Whether a label holds what points at a person."""
    return shown_label(text) != text
