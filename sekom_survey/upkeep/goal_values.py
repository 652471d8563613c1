"""A target or a value counted by hand, put into goals.toml as a person could have typed it."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from sekom_survey.text.toml_edit import with_keys
from sekom_survey.upkeep.next_year.survey import checked

Entry = dict[str, Any]


def with_target(text: str, measure: str, year: int, value: float) -> str:
    """goals.toml's text with what a measure is to reach by the end of a year; what stood or was proposed for it goes.

    Raises KeyError when there is no such measure, NotRewritten when the text cannot be changed safely.
    """
    return _with(text, measure, "targets", {"year": year, "value": _whole(value)}, lambda one: one.get("year") != year)


def with_hand_value(text: str, measure: str, day: date, value: float, source: str) -> str:
    """goals.toml's text with a value that a person has looked up; one of the same day goes. Raises as `with_target`."""
    entry = {"value": _whole(value), "date": day, "source": source}
    return _with(text, measure, "by_hand", entry, lambda one: one.get("date") != day)


def _with(text: str, measure: str, key: str, entry: Entry, stays: Callable[[Entry], bool]) -> str:
    text = text.replace("\r\n", "\n")
    data = tomllib.loads(text)
    where, table = next(((place, one) for place, one in _measures(data) if one.get("id") == measure), ("", None))
    if table is None:
        raise KeyError(measure)
    table[key] = [*(one for one in table.get(key, []) if stays(one)), entry]
    return checked(data, with_keys(text, where, {key: table[key]}), key)


def _measures(data: Mapping[str, Any]) -> Iterator[tuple[str, Entry]]:
    """Every table that measures something, and its place by number."""
    for above, inner in (("goals", "indicators"), ("effects", "proxies")):
        for i, outer in enumerate(data.get(above, []), 1):
            yield from ((f"{above}.{i}.{inner}.{j}", one) for j, one in enumerate(outer.get(inner, []), 1))
    yield from ((f"promises.{i}", one) for i, one in enumerate(data.get("promises", []), 1))


def _whole(value: float) -> float:
    return int(value) if value == int(value) else value
