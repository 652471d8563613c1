"""Attacks on what is told in words beside an edition's numbers: the library of examples.

As in `attack`: nothing of the package is used, and read are only files that a reader gets, and the public member list.
"""

import re
from collections import Counter

from tests.protected.attack import FEW, rows_of

INSIDERS = 2
REACHED = re.compile(r"\S@\S+\.\S|(?<![\d.,-])(?:\+46|0)[ -]?\d{1,3}[ -]?(?:\d[ -]?){5,8}(?![\d,])|\d{6}[-+]\d{4}")


def in_register(edition, size, landsdel):
    """The municipalities of a size class and landsdel, by id."""
    return {one for one, cell in edition.where.items() if cell == (size, landsdel)}


def told_by_examples(edition, library, names):
    """What follows of who an example without a name is from, for a reader and for two members of its group; `names` by id."""
    rows = rows_of(library / "examples.csv")
    ids = {name: one for one, name in names.items()}
    named = {ids[row["who"]] for row in rows if row["who"] in ids}
    unnamed = Counter((row["size"], row["landsdel"]) for row in rows if row["who"] not in ids and row["size"])
    for group, told in unnamed.items():
        for knowing in range(INSIDERS + 1):
            others = len(in_register(edition, *group) - named) - knowing
            if others - told < FEW - 1:
                yield f"of four in {group}, when {knowing} compare, one has sent in an example"
    for row in rows:
        words = " ".join(row[name] or "" for name in row if name not in ("who", "link"))
        if REACHED.search(words):
            yield f"{row['title']}: a person to reach"
        if row["who"] not in ids and ("http" in words + row["link"] or any(name in words for name in ids)):
            yield f"{row['title']}: points at a member"
