"""Values of indicators that are otherwise in a later run: revised at the source, or mended in a file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sekom_survey.found.past_run import Key, PastRun, Row
from sekom_survey.text.swedish import number, plural

VALUES, MEANS = "indicator_values", "indicators"
MOST = 40


def has_indicators(run: PastRun) -> bool:
    """Whether a run tells of indicators at all."""
    return bool(run.tables[VALUES] or run.tables[MEANS])


def revised_lines(one: PastRun, other: PastRun) -> Iterator[str]:
    """What differs in values of the same year, in Swedish: each revised value, then how many are new and how many gone.

    A public run has no single values; then the means of all members are compared.
    """
    if not (one.tables[VALUES] and other.tables[VALUES]):
        yield from _means(one.tables[MEANS], other.tables[MEANS])
        return
    old, new = one.tables[VALUES], other.tables[VALUES]
    revised = sorted(key for key in old.keys() & new.keys() if old[key].get("value") != new[key].get("value"))
    for code, member, year in revised[:MOST]:
        before, after = old[code, member, year], new[code, member, year]
        yield f"{code} {year}, {after.get('member') or member}: {_said(before, 'value')} → {_said(after, 'value')} (reviderat värde)"
    if len(revised) > MOST:
        yield f"… och {number(len(revised) - MOST)} till"
    for keys, said in (
        (new.keys() - old.keys(), ("nytt värde", "nya värden")),
        (old.keys() - new.keys(), ("värde borta", "värden borta")),
    ):
        if keys:
            yield f"{number(len(keys))} {plural(len(keys), *said)}: {_per_year(keys)}"


def _per_year(keys: set[Key]) -> str:
    years = sorted({year for *_, year in keys})
    return ", ".join(f"{number(sum(key[-1] == year for key in keys))} för {year}" for year in years)


def _means(old: Mapping[Key, Row], new: Mapping[Key, Row]) -> Iterator[str]:
    for key in sorted(old.keys() & new.keys()):
        code, year, segmentation, _ = key
        told = [
            f"{_said(row, 'mean')} ({_said(row, 'reported')} av {_said(row, 'members')})"
            for row in (old[key], new[key])
        ]
        if segmentation == "all" and told[0] != told[1]:
            yield f"{code} {year}, medel: {told[0]} → {told[1]}"


def _said(row: Row, column: str) -> str:
    text = row.get(column, "")
    try:
        return f"{float(text):.4g}".replace(".", ",")
    except ValueError:
        return text or "–"
