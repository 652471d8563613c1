"""All that a thing holds in a few signs, the same in every run: by what a document was written of it is known again."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

SAID_BY_REPR = (str, bytes, bool, int, float, date, np.generic, pd.Timestamp, type(pd.NaT), type(pd.NA), type(None))
AT_ONCE = {str, bytes, bool, int, float, type(None)}


def told(*things: Any) -> str:
    """A digest of tables, records, mappings, collections and plain values; of a file what it holds, of a folder nothing.

    What is none of these is told differently each time, so that nothing made of it is ever taken for the same.
    """
    found = hashlib.sha256()
    for part in _each(things):
        found.update(part.encode("utf-8", "surrogatepass") + b"\0")
    return found.hexdigest()


def files_in(folder: Path) -> list[tuple[str, Path]]:
    """Every file in a folder with its name."""
    return [(path.name, path) for path in sorted(folder.glob("*"))]


def _parts(thing: Any) -> Iterator[str]:
    if isinstance(thing, Path):
        yield hashlib.sha256(thing.read_bytes()).hexdigest() if thing.is_file() else ""
    elif isinstance(thing, SAID_BY_REPR):
        yield f"{type(thing).__name__} {thing!r}"
    elif isinstance(thing, pd.DataFrame):
        columns = [(name, str(thing.dtypes.iloc[i]), thing.iloc[:, i].tolist()) for i, name in enumerate(thing.columns)]
        yield from _each([thing.index.tolist(), *columns])
    elif isinstance(thing, pd.Series | np.ndarray):
        yield from _parts([str(thing.dtype), thing.tolist()])
    elif is_dataclass(thing):
        yield type(thing).__qualname__
        yield from _each((field.name, getattr(thing, field.name)) for field in fields(thing))
    elif isinstance(thing, Mapping):
        yield from _each(thing.items())
    elif isinstance(thing, set | frozenset):
        yield from sorted(told(one) for one in thing)
    elif isinstance(thing, list | tuple):
        yield from [repr(thing)] if set(map(type, thing)) <= AT_ONCE else _each(thing)
    else:
        yield secrets.token_hex()


def _each(things: Iterable[Any]) -> Iterator[str]:
    yield "("
    for thing in things:
        yield from _parts(thing)
    yield ")"
