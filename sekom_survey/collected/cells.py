"""A cell of any file as clean text."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime, time

_HARD_SPACES = re.compile("[\u00a0\u2007\u202f]")
_INVISIBLE = re.compile(
    "[\u200b\u2060\ufeff\u00ad]|(?<![\u0590-\u1fff\u2190-\U0010ffff])[\u200c\u200d]"
)  # a joiner stays in emoji and other scripts
_CONTROLS = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]"
)  # and halves of characters, which no file can hold
_EXCEL_RETURN = "_x000D_"
_WHOLE = 1e15
TRUE, FALSE = "Sant", "Falskt"


def cell_text(value: object) -> str:
    """A typed cell as text: 6.0 is "6", a date is ISO, a truth value is Sant or Falskt; None is empty."""
    match value:
        case None:
            text = ""
        case bool():
            text = TRUE if value else FALSE
        case float():
            text = _number(value)
        case datetime():
            text = value.isoformat(" ", "seconds")
        case date() | time():
            text = value.isoformat()
        case _:
            text = clean_text(str(value))
    return text


def percent_text(share: float) -> str:
    """A share as a spreadsheet shows it in percent, with decimals as many as it has, at most ten figures: "62,5 %"."""
    return f"{share * 100:.10g}".replace(".", ",") + " %"


def _number(value: float) -> str:
    if math.isnan(value):
        return ""
    return str(int(value)) if value.is_integer() and abs(value) < _WHOLE else repr(value)


def clean_texts(texts: Sequence[str]) -> list[str]:
    """Many texts as `clean_text` gives them, what seldom needs mending looked for in all of them at once."""
    together = "".join(texts)  # as each is: a form and a mark stay what they are when more text comes beside them
    if _EXCEL_RETURN in together or not unicodedata.is_normalized("NFC", together):
        return list(map(clean_text, texts))
    if together.isprintable():
        return list(map(str.strip, texts))
    return [text.strip() if text.isprintable() else clean_text(text) for text in texts]


def clean_text(text: str) -> str:
    """Text with hard spaces made plain, invisible and control characters gone, one kind of line end and no outer space.

    What stands inside is kept, line breaks and doubled spaces too: "N/A" and "None" are answers like others.
    """
    text = text.replace(_EXCEL_RETURN, "")
    if text.isprintable():  # which none of the characters below are
        return unicodedata.normalize("NFC", text).strip()
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n")
    text = _INVISIBLE.sub("", _HARD_SPACES.sub(" ", unicodedata.normalize("NFC", text)))
    return _CONTROLS.sub("", text).strip()
