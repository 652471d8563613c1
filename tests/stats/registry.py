"""Reference cases: read from the table, and matched by name to what computes them."""

from __future__ import annotations

import ast
import csv
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

DATA = Path(__file__).parent.parent / "data"
HERE = Path(__file__).parent


@dataclass(frozen=True)
class Case:
    """One row of reference_values.csv."""

    name: str
    text: str
    expected: float
    source: str


Compute = Callable[..., float]
PATTERNS: list[tuple[re.Pattern[str], Compute]] = []


def case(pattern: str) -> Callable[[Compute], Compute]:
    """Let a function compute the cases whose whole name fits; named groups become arguments."""

    def register(function: Compute) -> Compute:
        PATTERNS.append((re.compile(pattern), function))
        return function

    return register


def read_cases() -> list[Case]:
    """Read every reference case."""
    with (DATA / "reference_values.csv").open(encoding="utf-8", newline="") as file:
        return [Case(r["case"], r["input"], float(r["expected"]), r["source"]) for r in csv.DictReader(file)]


def computers(name: str) -> list[tuple[Compute, dict[str, str]]]:
    """Give every function whose pattern fits the name, with its arguments."""
    found = [(pattern.fullmatch(name), function) for pattern, function in PATTERNS]
    return [(function, match.groupdict()) for match, function in found if match]


def number(name: str, text: str) -> float:
    """Read `name=12.5` from a case's input."""
    found = re.search(rf"(?<![\w.]){re.escape(name)} ?= ?(-?\d*\.?\d+(?:e-?\d+)?)", text)
    assert found, f"no {name}= in {text!r}"
    return float(found[1])


def whole(name: str, text: str) -> int:
    """Read `name=12` from a case's input."""
    return int(number(name, text))


def table(text: str) -> list[list[int]]:
    """Read the first [[...], [...]] of a case's input."""
    found = re.search(r"\[\[.*?\]\]", text)
    assert found, text
    return ast.literal_eval(found[0])


def series(name: str, text: str) -> list[float]:
    """Read `name=[1,2,*]` from a case's input, * as None."""
    found = re.search(rf"(?<!\w){name}=\[(.*?)\]", text)
    assert found, f"no {name}=[...] in {text!r}"
    return [None if item == "*" else ast.literal_eval(item) for item in found[1].split(",")]


def lists(text: str) -> list[list[float]]:
    """Read every [1,2,3] of a case's input."""
    return [ast.literal_eval(found) for found in re.findall(r"\[[^\[\]]*\]", text)]


def rows(name: str) -> list[dict[str, str]]:
    """Read a data file beside the tests or among the tests' data."""
    path = next(folder / name for folder in (HERE, DATA) if (folder / name).exists())
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
