"""Swedish endings after a base form: open lists instead of a stemmer, so that every match can be explained.

Snowball parts forms of one word (resurs/resurser, vilja/viljan); these lists do not. Irregular words are written
out in the codebook.
"""

from __future__ import annotations

_SHORT_LIST = " s en ens et ets n ar arna arnas t"
_PLAIN_LIST = " s en ens et ets n ns t ts ar ars arna arnas er ers erna ernas e es a as na nas are ast aste"
_AFTER_A_LIST = " a as an ans or ors orna ornas ar ad at ade ats ades ande andet er es s de te t d da ts des it its"
_AFTER_E_LIST = " e es en ens et ets ena enas er ers erna ernas na nas n a"
_SHORT, _PLAIN, _AFTER_A, _AFTER_E = (
    frozenset(endings.split(" ")) for endings in (_SHORT_LIST, _PLAIN_LIST, _AFTER_A_LIST, _AFTER_E_LIST)
)
ALL_ENDINGS = _SHORT | _PLAIN | _AFTER_A | _AFTER_E
LONGEST_ENDING = max(map(len, ALL_ENDINGS))
_VOWELS = "aeiouyåäöé"


def stems(base: str) -> tuple[tuple[str, frozenset[str]], ...]:
    """The stems of a base form, each with the endings it takes.

    "vilja" -> vilj + a, an, or ...; "nyckel" -> nyckel + n, s ... and nyckl + ar, arna ...; "program" ->
    program + s and programm + et, en ... . A base of one or two letters takes no ending.
    """
    if len(base) <= 2:
        return ((base, frozenset({""})),)
    if base[-1] == "a" and len(base) > 3:
        return ((base[:-1], _AFTER_A - {""} if len(base) < 5 else _AFTER_A),)
    if base[-1] == "e" and len(base) > 3:
        return ((base[:-1], _AFTER_E - {""} if len(base) < 5 else _AFTER_E),)
    endings = _SHORT if len(base) == 3 else _PLAIN
    found = [(base, endings)]
    if len(base) > 4 and base[-2:] in ("el", "er", "en") and base[-3] not in _VOWELS:
        found.append((base[:-2] + base[-1], endings - {""}))
    if len(base) > 3 and base[-1] == "m" and base[-2] in _VOWELS:
        found.append((base + "m", endings - {""}))
    return tuple(found)
