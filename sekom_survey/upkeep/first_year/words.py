"""What a question's own words tell: an id, a short name, the most choices allowed, who it says is who."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable

from sekom_survey.text.files import squeeze

LONGEST_ID, LONGEST_LABEL, WORDS_IN_ID = 32, 90, 4
LONGEST_TITLE = 60  # a longer wording is no title without being made its name
_STOP = frozenset(
    [
        "och",
        "i",
        "att",
        "det",
        "som",
        "en",
        "ett",
        "på",
        "är",
        "av",
        "för",
        "med",
        "till",
        "den",
        "har",
        "de",
        "inte",
        "om",
        "ni",
        "er",
        "ert",
        "era",
        "du",
        "din",
        "ditt",
        "vi",
        "vår",
        "vårt",
        "kan",
        "ska",
        "skulle",
        "hur",
        "vad",
        "vilka",
        "vilken",
        "vilket",
        "när",
        "var",
        "varför",
        "där",
        "eller",
        "så",
        "från",
        "vid",
        "under",
        "över",
        "ut",
        "upp",
        "in",
        "man",
        "sig",
        "sin",
        "sitt",
        "sina",
        "följande",
        "dessa",
        "detta",
        "denna",
        "the",
        "of",
        "to",
        "and",
        "a",
        "hos",
        "mot",
        "mellan",
        "genom",
        "efter",
        "finns",
        "får",
        "fått",
        "blir",
        "bli",
        "vill",
        "anser",
        "tycker",
        "gärna",
        "något",
        "någon",
        "några",
        "annat",
        "andra",
        "alla",
        "mer",
        "mest",
    ]
)
_ASIDE = re.compile(r"\s*[(\[][^()\[\]]*[)\]]")
_NUMBERED = re.compile(
    r"^\s*(fråga\s+)?\d{1,3}\s?[a-z]?\s*[.):]\s+(?=\S)", re.IGNORECASE
)  # a form's own numbers before its questions
_HINT = re.compile(
    r"\s*(välj|ange|markera|kryssa|flera svar|max|högst|du kan|ni kan|frivillig|svara|skriv|beskriv gärna|rangordna)\b.*$",
    re.IGNORECASE,
)
_NUMBERS = {"en": 1, "ett": 1, "två": 2, "tre": 3, "fyra": 4, "fem": 5, "sex": 6, "sju": 7, "åtta": 8}
_MOST = re.compile(
    r"\b(?:högst|max(?:imalt)?|upp till|som mest)\s+(\d{1,2}|" + "|".join(_NUMBERS) + r")\b", re.IGNORECASE
)
_POLITICIAN = re.compile(
    r"politi|förtroendevald|kommunalråd|regionråd|ledamot|fullmäktige|nämnd|kommunstyrelse(n|ns)?\b|ersättare|oppositionsråd|borgarråd",
    re.IGNORECASE,
)
_OFFICIAL = re.compile(
    r"tjänste|tjänsteman|tjänstemän|handläggare|strateg\b|strateger|\bchef|chef\b|direktör|samordnare|controller|ekolog|utvecklare|planerare"
    r"|ingenjör|sekreterare|anställd|sakkunnig|projektledare|medarbetare|rådgivare|kommunikatör|koordinator",
    re.IGNORECASE,
)


def id_of(text: str, taken: Collection[str]) -> str:
    """An id of lower-case ASCII letters made of a question's weighty words, unlike those taken."""
    plain = unicodedata.normalize("NFKD", bare(text).casefold()).encode("ascii", "ignore").decode()
    stop = {unicodedata.normalize("NFKD", word).encode("ascii", "ignore").decode() for word in _STOP}
    every = re.findall(r"[a-z0-9]+", plain)
    words = [word for word in every if word not in stop] or every or ["fraga"]
    name = "_".join(words[:WORDS_IN_ID])[:LONGEST_ID].rstrip("_")
    name = name if name[0].isalpha() else f"q_{name}"
    return next(one for one in _numbered(name) if one not in taken)


def _numbered(name: str) -> Iterable[str]:
    yield name
    number = 2
    while True:
        yield f"{name}_{number}"
        number += 1


def bare(text: str) -> str:
    """A question without its number, what stands in brackets and the advice on how to answer."""
    lines = squeeze(_ASIDE.sub("", _NUMBERED.sub("", text)))
    head = re.split(r"(?<=[?!.:])\s+", lines)
    kept = [part for i, part in enumerate(head) if i == 0 or not _HINT.match(" " + part)]
    return squeeze(" ".join(kept)) or squeeze(text)


def label_of(text: str) -> str:
    """A short name for figures; empty when the text itself is short and clean. A very long one is cut after a word."""
    short = bare(text).rstrip(":")
    if len(short) > LONGEST_LABEL:
        first = re.split(r"(?<=[?.])\s", short)[0]
        words = short[:LONGEST_LABEL].rpartition(" ")[0] or short[:LONGEST_LABEL]
        short = first if len(first) <= LONGEST_LABEL else f"{words} …"
    return "" if short == squeeze(text) and len(short) <= LONGEST_TITLE else short


def most_choices(text: str) -> int | None:
    """How many choices a question says are allowed at most."""
    found = _MOST.search(text)
    return (int(found[1]) if found[1].isdecimal() else _NUMBERS[found[1].casefold()]) if found else None


def are_roles(labels: Iterable[str]) -> bool:
    """Whether some answers part politicians from officials: both are there, and hardly anything else."""
    every = list(labels)
    politicians, officials = roles(every)
    return bool(politicians and officials) and (len(politicians) + len(officials)) * 4 >= len(every) * 3


def roles(labels: Iterable[str]) -> tuple[list[str], list[str]]:
    """The options that are politicians and those that are officials, by their words."""
    every = list(labels)
    politicians = [label for label in every if _POLITICIAN.search(label) and not _OFFICIAL.search(label)]
    return politicians, [label for label in every if _OFFICIAL.search(label) and label not in politicians]
