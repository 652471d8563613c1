"""Names as people write them, matched against any list of names: a year's members, or all municipalities.

    build_index   a list of names, made ready
    match         one text against it
    match_many    many texts, each distinct one once
    resolve       one text to the key it is, or None

A text resolves to an entry when it is the name or an alias, letter by letter ("exact"), or when only case,
spaces, hyphens, "kommun", "stad", a genitive s, lost diacritics, a garbled encoding, or a county or office behind a
comma or in brackets set them apart ("normalised"). A misspelling never resolves: it gives suggestions to choose among. "Region X" and "X" are
different names.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from rapidfuzz import process
from rapidfuzz.distance import OSA

Entry = tuple[str, str, Sequence[str]]
Keys = tuple[str, ...]

MOST_SUGGESTIONS, MOST_TAIL_WORDS = 3, 4
_TITLES = frozenset(("kommun", "kommunen", "kn", "stad", "staden"))
_REGION_WORDS = frozenset(("region", "regionen", "landsting", "landstinget"))
_REGION_FILLERS = frozenset(("i", "län", "läns"))
_MISREAD_AS = ("cp1252", "latin-1", "cp437", "cp850", "mac_roman")
_NORDIC = str.maketrans("æø", "äö")
_TAIL = re.compile(r"(?P<head>[^,()]+?)\s*[,(]\s*(?P<tail>[^,()]+)\)?")
_LOST_LETTER = re.compile("\ufffd+|[?]+")


@dataclass(frozen=True)
class NameMatch:
    """What a text was found to be.

    `kind` is "exact" or "normalised" (then `key` is the entry's), or "suggestion", "ambiguous" or "none"
    (then `key` is None and a person decides, among `suggestions`: the entries' names, the nearest first).
    """

    kind: Literal["exact", "normalised", "suggestion", "ambiguous", "none"]
    key: str | None = None
    suggestions: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class NameIndex:
    """A list of names made ready by `build_index`; every table leads to the keys of the entries.

    The tables for what is not written as it should be are made when a text first needs them.
    """

    names: Mapping[str, str]
    spoken: tuple[tuple[str, str], ...]
    written: Mapping[str, Keys]
    beside: tuple[str, ...] = ()

    @cached_property
    def plain(self) -> Mapping[str, Keys]:
        """Plain form -> keys."""
        return _grouped((_plain(form), key) for key, form in self.spoken)

    @cached_property
    def bare(self) -> Mapping[str, tuple[str, ...]]:
        """Form without diacritics -> plain forms."""
        return _grouped((_bare(form), form) for form in self.plain)

    @cached_property
    def near(self) -> Mapping[str, Keys]:
        """What misspellings are compared with -> keys."""
        spelt = [(spelling, key) for key, form in self.spoken for spelling in _spellings(form)]
        return _grouped([*spelt, *((spelling.removeprefix("region"), key) for spelling, key in spelt)])

    @cached_property
    def others(self) -> Mapping[str, tuple[str, ...]]:
        """Form without diacritics -> plain forms of the names beside the list."""
        return _grouped((_bare(form), form) for form in map(_plain, self.beside) if form not in self.plain)


def build_index(entries: Iterable[Entry], others: Iterable[str] = ()) -> NameIndex:
    """Make (key, name, aliases) entries ready to be matched against.

    `others` are names that exist beside the list, as the 290 municipalities beside a register of some of
    them: a text that may be such a name is never taken for an entry that has lost its diacritics.
    """
    listed = list(entries)
    spoken = tuple((key, form) for key, name, aliases in listed for form in (name, *aliases) if form.strip())
    written = _grouped((form.strip(), key) for key, form in spoken)
    return NameIndex({key: name for key, name, _ in listed}, spoken, written, tuple(others))


def resolve(index: NameIndex, text: str) -> str | None:
    """The key of the entry a text is, as `match` finds it; None where it would only suggest."""
    found = _resolved(index, text)
    return found.key if found else None


def match(index: NameIndex, text: str) -> NameMatch:
    """Match one text against the index; see the module for what resolves and what is only suggested."""
    return _resolved(index, text) or _suggested(index, _mended(text))


def _resolved(index: NameIndex, text: str) -> NameMatch | None:
    if keys := index.written.get(text.strip()):
        return _decided(index, "exact", keys)
    forms = _forms(_plain(_mended(text)))
    if _LOST_LETTER.search(forms[0]) and (found := _with_lost_letters(index, forms)):
        return found
    if keys := _as_written(index, forms) or _without_diacritics(index, forms):
        return _decided(index, "normalised", keys)
    return _with_tail(index, text)


def _with_tail(index: NameIndex, text: str) -> NameMatch | None:
    """Match "Sala kommun, Västmanland" and "Sala (kommunstyrelsen)": a name and more, where the more names nobody else."""
    found = _TAIL.fullmatch(text.strip())
    words = _words(found["tail"]) if found else []
    if found is None or not 0 < len(words) <= MOST_TAIL_WORDS:
        return None
    if words[-1] != "län" and any(_names_another(index, word) for word in words):
        return None
    whole = _resolved(index, found["head"])
    return replace(whole, kind="normalised") if whole and whole.kind == "exact" else whole


def _names_another(index: NameIndex, word: str) -> bool:
    return any(form in index.plain or _bare(form) in index.others for form in _forms(word))


def match_many(index: NameIndex, texts: Iterable[str]) -> dict[str, NameMatch]:
    """Match every distinct text once; keys in the order first met."""
    return {text: match(index, text) for text in dict.fromkeys(texts)}


def _decided(index: NameIndex, kind: Literal["exact", "normalised"], keys: Keys) -> NameMatch:
    if len(keys) == 1:
        return NameMatch(kind, keys[0])
    return NameMatch("ambiguous", suggestions=_shown(index, keys))


def _shown(index: NameIndex, keys: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(index.names[key] for key in keys))


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, Keys]:
    groups: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for form, key in pairs:
        if form:
            groups[form][key] = None
    return {form: tuple(keys) for form, keys in groups.items()}


def _as_written(index: NameIndex, forms: Keys) -> Keys:
    return next((index.plain[form] for form in forms if form in index.plain), ())


def _without_diacritics(index: NameIndex, forms: Keys) -> Keys:
    """The entries whose name the text is, but for letters that have lost their marks (never gained any)."""
    if any(_bare(form) in index.others for form in forms):
        return ()
    for form in forms:
        whole = [name for name in index.bare.get(_bare(form), ()) if _only_lost(form, name)]
        if whole:
            return tuple(dict.fromkeys(key for name in whole for key in index.plain[name]))
    return ()


def _only_lost(form: str, name: str) -> bool:
    return all(letter in (full, _bare(full)) for letter, full in zip(form, name, strict=True))


def _with_lost_letters(index: NameIndex, forms: Keys) -> NameMatch | None:
    """Match "Pite\ufffd" and "Pite?": a replacement sign was surely an å, ä or ö, a question mark perhaps."""
    pattern = re.compile("|".join(map(_hole_pattern, forms)))
    others = [name for names in index.others.values() for name in names]
    hits = {name: found for name in (*index.plain, *others) if (found := pattern.fullmatch(name))}
    keys = tuple(dict.fromkeys(key for name in hits for key in index.plain.get(name, ())))
    certain = hits.keys().isdisjoint(others) and all(map(_all_marked, hits.values()))
    if len(keys) > 1 or (keys and certain):
        return _decided(index, "normalised", keys)
    return NameMatch("suggestion", suggestions=_shown(index, keys)) if keys else None


def _hole_pattern(form: str) -> str:
    parts = _LOST_LETTER.split(form)
    runs = _LOST_LETTER.findall(form)
    holes = [("([^ -~]" if run[0] == "\ufffd" else "(.") + f"{{1,{len(run)}}})" for run in runs]
    return "".join(re.escape(part) + hole for part, hole in zip(parts, [*holes, ""], strict=True))


def _all_marked(found: re.Match[str]) -> bool:
    return not any(letter.isascii() for group in found.groups() if group for letter in group)


def _suggested(index: NameIndex, text: str) -> NameMatch:
    """The entries within a few slips of the pen (optimal string alignment), the nearest first."""
    best: dict[str, float] = {}
    spellings, spelling_keys = tuple(index.near), tuple(index.near.values())
    for spelling in _spellings(text):
        limit = _slips_allowed(spelling)
        near = process.extract(spelling, spellings, scorer=OSA.distance, score_cutoff=limit, limit=None)
        for _, slips, place in near:
            for key in spelling_keys[place]:
                best[key] = min(slips, best.get(key, slips))
    plain = _plain(text)
    marked = {key: OSA.distance(plain, _plain(index.names[key])) for key in best}
    nearest = sorted(best, key=lambda key: (best[key], marked[key], index.names[key]))
    names = _shown(index, nearest)[:MOST_SUGGESTIONS]
    return NameMatch("suggestion", suggestions=names) if names else NameMatch("none")


def _slips_allowed(spelling: str) -> int:
    return 1 if len(spelling) <= 5 else 2 if len(spelling) <= 9 else 3


def _spellings(text: str) -> list[str]:
    """What misspellings are compared by: the bare form, with and without a misspelt title; never a code."""
    words = _words(text)
    titles = (("kommun", 2), ("stad", 1))
    shorter = [[word for word in words if OSA.distance(word, title) > slips] for title, slips in titles]
    forms = [_bare(_plain(" ".join(some))) for some in (words, *shorter)]
    return [form for form in dict.fromkeys(forms) if form and not form.isdecimal()]


def _plain(text: str) -> str:
    """One lower-case string without spaces and titles, diacritics kept; a region's begins with "region"."""
    words = [word for word in _words(text) if word not in _TITLES]
    core = list(_region_core(words))
    if core != words:
        return "region" + "".join(core)
    joined = "".join(words)
    return joined.removesuffix("kommun") or joined


def _region_core(words: Sequence[str]) -> Iterator[str]:
    is_region = any(word in _REGION_WORDS or word.endswith("regionen") for word in words)
    for word in words:
        if not is_region:
            yield word
        elif word not in _REGION_WORDS | _REGION_FILLERS:
            yield word.removesuffix("regionen").removesuffix("s") if word.endswith("regionen") else word


def _words(text: str) -> list[str]:
    composed = unicodedata.normalize("NFKC", text).casefold().translate(_NORDIC)
    if composed.isalnum():
        return [composed]
    visible = (char for char in composed if unicodedata.category(char) != "Cf")
    return "".join(char if char.isalnum() or char in "?\ufffd" else " " for char in visible).split()


def _forms(plain: str) -> Keys:
    return (plain, plain[:-1]) if plain.endswith("s") else (plain,)


def _bare(text: str) -> str:
    if text.isascii():
        return text
    return "".join(unicodedata.normalize("NFD", char)[0] for char in text)


def _mended(text: str) -> str:
    """UTF-8 that was read as something else, read again ("PiteÃ¥", "Pite├Ñ"); other text as it is."""
    if text.isascii():
        return text
    readings = (_read_again(text, encoding) for encoding in _MISREAD_AS)
    return next((_mended(reading) for reading in readings if reading), text)


def _read_again(text: str, encoding: str) -> str | None:
    try:
        reading = text.encode(encoding).decode("utf-8")
    except UnicodeError:
        return None
    # "PITEÅ" and a hard space happen to be UTF-8 as well; å, ä, ö and é always come out as Latin-1.
    return reading if max(reading) <= "\xff" else None
