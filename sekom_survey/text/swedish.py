"""How a reader meets numbers, dates and words: plain, correct Swedish.

    number, signed         14 000; 62,5; −2; +7
    percent, percent_range 62,5 %; 61–78 %
    points                 +12 procentenheter
    count_of, plural       34 av 50; kommuner
    date_long, date_range  28 maj 2026; 19 januari–13 februari 2026
    join_words, sort_key   a, b och c; å, ä and ö last
    number_word            tolv
    share_word             drygt hälften (the words that a share may be given)
    sentence_case          first letter upper case

The rules are Språkrådet's (Svenska skrivregler): decimal comma, fixed spaces, en dash in ranges, a real
minus. The fixed space is U+00A0 and not the narrow U+202F, which common fonts lack (Liberation, Nimbus): an
office program then shows a box or takes the sign from another font. Numbers are rounded half away from zero,
as is done by hand.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

FIXED_SPACE = "\u00a0"
MINUS = "\u2212"
DASH = "\u2013"
NOT_AVAILABLE = ".."

LEAST_BASE_FOR_WORDS = 10
LEAST_BASE_FOR_DECIMALS = 100

MONTHS = ("januari", "februari", "mars", "april", "maj", "juni",
          "juli", "augusti", "september", "oktober", "november", "december")  # fmt: skip
NUMBER_WORDS = ("noll", "en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv")
_LAST_LETTERS = {"å": "{", "ä": "|", "æ": "|", "ö": "}", "ø": "}", "ü": "y"}


def number(value: float, decimals: int = 0) -> str:
    """A number with decimal comma and fixed spaces at the thousands ("14 000", "−0,5"), ".." when not finite.

    Not for years, which are never split: write those with str().
    """
    if not math.isfinite(value):
        return NOT_AVAILABLE
    rounded = _rounded(Decimal(str(float(value))), decimals)
    digits = f"{abs(rounded):,.{decimals}f}".translate({ord(","): FIXED_SPACE, ord("."): ","})
    return (MINUS if rounded < 0 else "") + digits


def signed(value: float, decimals: int = 0) -> str:
    """A difference with its sign ("+7", "−2"); nought has none."""
    text = number(value, decimals)
    return text if text[0] in MINUS + NOT_AVAILABLE or not text.strip("0,") else "+" + text


def percent(share: float, base: int, decimals: int | None = None) -> str:
    """A share (0-1) as "63 %", whole when fewer than 100 answered; `decimals` overrides ("62,5 %").

    Decimals that are nought are left out: never "62,50 %".
    """
    if decimals is None:
        decimals = 0 if base < LEAST_BASE_FOR_DECIMALS else 1
    return _with_unit(_percent_digits(share, decimals), "%")


def percent_range(low: float, high: float) -> str:
    """Two shares (0-1) as a range in whole percent: "61–78 %"; one number when both round to it."""
    ends = dict.fromkeys(_percent_digits(share, 0) for share in (low, high))
    return _with_unit(DASH.join(ends), "%")


def points(difference: float) -> str:
    """A difference of shares (−1 to 1) in whole percentage points: "+12 procentenheter"."""
    text = signed(_hundredfold(difference))
    return _with_unit(text, "procentenhet" if text.strip("+" + MINUS) == "1" else "procentenheter")


def count_of(count: int, base: int) -> str:
    """How many of how many: "34 av 50"."""
    return f"{number(count)} av {number(base)}"


def plural(count: float, one: str, many: str) -> str:
    """The form of a noun that goes with a count (the noun alone): "kommun" for 1, else "kommuner"."""
    return one if count == 1 else many


def date_long(day: date) -> str:
    """A date in running text: "28 maj 2026"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def date_range(first: date, last: date) -> str:
    """Two dates with what they share said once: "3–13 februari 2026", "19 januari–13 februari 2026"."""
    if first == last:
        return date_long(first)
    same_year = first.year == last.year
    same_month = same_year and first.month == last.month
    begin = date_long(first).split()[: 3 - same_year - same_month]
    return f"{' '.join(begin)}{DASH}{date_long(last)}"


def join_words(words: Sequence[str]) -> str:
    """A list in a sentence: "a", "a och b", "a, b och c"; no words give an empty string."""
    return " och ".join(part for part in (", ".join(words[:-1]), *words[-1:]) if part)


def sort_key(text: str) -> tuple[str, str]:
    """Key that sorts as a Swedish index, whatever the locale: å, ä, ö last, é as e, ü as y, case ignored."""
    composed = unicodedata.normalize("NFC", text).casefold()
    return "".join(_LAST_LETTERS.get(char) or _without_mark(char) for char in composed), text


def number_word(count: int, neuter: bool = False) -> str:
    """Nought to twelve in letters (1 is "en", before a neuter noun "ett"), other numbers in digits."""
    if count == 1 and neuter:
        return "ett"
    return NUMBER_WORDS[count] if 0 <= count < len(NUMBER_WORDS) else number(count)


def lower_first(text: str) -> str:
    """Give a title the small first letter it has inside a sentence; the rest, such as SKR, is left alone."""
    return text[:1].lower() + text[1:]


def sentence_case(text: str) -> str:
    """The text with its first letter in upper case and the rest as it was; a leading digit is left alone."""
    place = next((i for i, char in enumerate(text) if char.isalnum()), len(text))
    return text[:place] + text[place : place + 1].upper() + text[place + 1 :]


@dataclass(frozen=True)
class ShareWord:
    """A word and when it may be used: bounds on the share, on the members, or on the interval's lower end.

    `above` and `below` leave out the bound itself, `least` and `most` include it. `over_half`: the lower end
    of the 95 % interval must lie over one half.
    """

    word: str
    least: Fraction = Fraction(0)
    most: Fraction = Fraction(1)
    above: Fraction = Fraction(-1)
    below: Fraction = Fraction(2)
    least_members: int = 1
    most_members: int | None = None
    over_half: bool = False


def _one_in(n: int, word: str) -> ShareWord:
    return ShareWord(word, least=Fraction(1, n) - Fraction(2, 100), most=Fraction(1, n) + Fraction(2, 100))


SHARE_WORDS = (
    ShareWord("alla", least=Fraction(1)),
    ShareWord("nästan alla", least=Fraction(90, 100), below=Fraction(1)),
    ShareWord("ungefär hälften", least=Fraction(48, 100), most=Fraction(52, 100)),
    ShareWord("drygt hälften", above=Fraction(52, 100), most=Fraction(59, 100)),
    ShareWord("knappt hälften", least=Fraction(41, 100), below=Fraction(48, 100)),
    _one_in(3, "var tredje"),
    _one_in(4, "var fjärde"),
    _one_in(5, "var femte"),
    ShareWord("de flesta", over_half=True),
    ShareWord("en majoritet", over_half=True),
    ShareWord("enstaka", most_members=2),
    ShareWord("några", least_members=2, most_members=4),
    ShareWord("flera", least_members=3),
)


def share_words(count: int, base: int, lower: float | None = None) -> tuple[str, ...]:
    """Every word that `count` of `base` members may be given, the most telling first.

    `lower` is the lower end (0-1) of the share's 95 % interval; without it no majority is claimed. Under ten
    answers no word holds: write `count_of`. The bounds are the association's fixed list of words for numbers;
    "alla" is added, since "nästan alla" would be untrue of 50 of 50.
    """
    if base < LEAST_BASE_FOR_WORDS:
        return ()
    return tuple(word.word for word in SHARE_WORDS if _holds(word, count, Fraction(count, base), lower))


def share_word(count: int, base: int, lower: float | None = None) -> str | None:
    """The first of `share_words`, so that text and figures agree; None when none holds."""
    return next(iter(share_words(count, base, lower)), None)


def _holds(rule: ShareWord, count: int, share: Fraction, lower: float | None) -> bool:
    within = rule.least <= share <= rule.most and rule.above < share < rule.below
    enough = rule.least_members <= count <= (count if rule.most_members is None else rule.most_members)
    return within and enough and (not rule.over_half or (lower is not None and lower > 0.5))


def _rounded(value: Decimal, decimals: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def _percent_digits(share: float, decimals: int) -> str:
    text = number(_hundredfold(share), decimals)
    return text.rstrip("0").rstrip(",") if "," in text else text


def _with_unit(text: str, unit: str) -> str:
    return text if text == NOT_AVAILABLE else text + FIXED_SPACE + unit


def _hundredfold(share: float) -> float:
    """100 times a number as it is written: 0.145 gives 14.5, not the binary 14.499999999999998."""
    return float(100 * Decimal(str(float(share))))


def _without_mark(char: str) -> str:
    return unicodedata.normalize("NFD", char)[0]
