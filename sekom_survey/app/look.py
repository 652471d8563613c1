"""Pages made of templates: everything shown is escaped, nothing comes from elsewhere."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from jinja2.utils import url_quote

from sekom_survey.app.asked import Asked, Moved, Rendered, address
from sekom_survey.coding.codebook import Answer, text_hash
from sekom_survey.shown.summary import LEVEL_HEADINGS
from sekom_survey.text.swedish import date_long, number, plural

PAGE = "text/html; charset=utf-8"
WEIGHTS = {"400": "SourceSansPro", "600": "SourceSansProSemibold"}


@cache
def environment() -> Environment:
    """The templates, with escaping on and every missing name an error."""
    made = Environment(
        loader=PackageLoader("sekom_survey.app", "page"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    made.filters |= {"tal": number, "dag": date_long, "mark": mark}
    made.globals |= {"adress": address, "plural": plural, "citerad": url_quote, "NIVA": LEVEL_HEADINGS}
    return made


def render(page: Rendered, token: str, asked: Asked | None = None, said: Moved | None = None) -> bytes:
    """A page as bytes; `token` goes into every form."""
    years = list(asked.place.years()) if asked else []
    common: dict[str, Any] = {
        "token": token, "said": said, "waves": years, "wave": asked.wave if asked else "", "sida": page.template,
        "going": asked.runs.going if asked else None,
    }  # fmt: skip
    return environment().get_template(page.template).render({**common, **page.shown}).encode()


def mark(answer: Answer) -> str:
    """What tells a text from every other."""
    return text_hash(answer.text)


@cache
def typeface(weight: str) -> bytes | None:
    """The typeface's file; None when the font package is not there or has no such weight."""
    try:
        return Path(import_module("font_source_sans_pro").font_files_ttf[WEIGHTS[weight]]).read_bytes()
    except (ImportError, KeyError, OSError):
        return None
