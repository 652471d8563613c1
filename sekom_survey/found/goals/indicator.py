"""One indicator of goals.toml."""

from __future__ import annotations

import re
from collections.abc import Iterable
from math import isfinite

from sekom_survey.found.goals.model import (
    COUNT,
    MEASURES,
    PERCENT,
    PLAN_PARTS,
    RULES,
    SHARE,
    SHARES,
    SURVEY,
    SURVEY_SHARE,
    UNITS,
    Baseline,
    HandValue,
    Indicator,
    Least,
    Target,
)
from sekom_survey.text.toml import Table, did_you_mean

NOT_SET = re.compile(r"x{2,}", re.IGNORECASE)
LONGEST_MONTHS = 120


def read_indicator(entry: Table, years: tuple[int, ...]) -> Indicator:
    """A table of goals.toml to an Indicator; faults are noted in the table's problems."""
    source = _choice(entry, "source", MEASURES, required=True)
    targets = tuple(_target(one, years) for one in entry.tables("targets"))
    indicator = Indicator(
        id=read_id(entry),
        name=entry.text("name", required=True),
        unit=_unit(entry, targets),
        source=source,
        measure=_measure(entry, source),
        definition=entry.text("definition"),
        definition_decided=entry.flag("definition_decided"),
        rule=_choice(entry, "rule", RULES),
        plan=_choice(entry, "plan", PLAN_PARTS),
        baseline=_baseline(entry.table("baseline")) if "baseline" in entry.data else None,
        targets=targets,
        activities=entry.texts("activities"),
        title=entry.text("title"),
        least=_least(entry.table("least")) if "least" in entry.data else None,
        item=entry.text("item"),
        options=entry.texts("options"),
        wave=entry.text("wave"),
        indicator=entry.text("indicator"),
        codes=entry.texts("codes"),
        by_hand=tuple(value for one in entry.tables("by_hand") if (value := _hand_value(one))),
        shown_with=entry.texts("shown_with"),
        note=entry.text("note"),
    )
    entry.asked.update({"baseline", "least"})
    entry.close()
    _faults(entry, indicator)
    return indicator


def read_id(entry: Table) -> str:
    """The id of a table of goals.toml; an empty one is a fault, since decisions and references could not name it."""
    name = entry.text("id", required=True)
    if entry.data.get("id") == "":
        entry.fault("key_missing", "id", "Id:t är tomt.", "Skriv ett eget id.")
    return name


def _choice(entry: Table, key: str, known: Iterable[str], required: bool = False) -> str:
    value = entry.text(key, required=required)
    if isinstance(entry.data.get(key), str) and value not in known:
        entry.fault(
            "unknown_value",
            key,
            f"Värdet ”{value}” är okänt.",
            "Skriv " + ", ".join(known) + "." + did_you_mean(value, known),
        )
    return value


def _unit(entry: Table, targets: tuple[Target, ...]) -> str:
    unit = _choice(entry, "unit", UNITS)
    if "unit" not in entry.data:
        found = "Målvärdet saknar enhet." if targets else "Enheten saknas."
        entry.fault("unit_missing", "unit", found, 'Skriv unit = "antal" eller unit = "procent".')
    return unit


def _measure(entry: Table, source: str) -> str:
    known = MEASURES.get(source, ())
    return _choice(entry, "measure", known, required=True) if known else entry.text("measure")


def _number(entry: Table, key: str) -> tuple[float | None, str]:
    """A number, or the sign that stands where a number is to come ("xxx"); any other text is a fault."""
    value = entry.data.get(key)
    if isinstance(value, str) and NOT_SET.fullmatch(value.strip()):
        entry.asked.add(key)
        return None, value.strip()
    return _finite(entry, key), ""


def _finite(entry: Table, key: str, required: bool = False) -> float | None:
    number = entry.number(key, required=required)
    if number is not None and not isfinite(number):
        entry.fault("wrong_type", key, f"Värdet är {number}.", "Skriv ett tal utan citattecken.")
        return None
    return number


def _target(entry: Table, years: tuple[int, ...]) -> Target:
    value, words = _number(entry, "value")
    year = entry.integer("year", required=True) or 0
    target = Target(
        year=year,
        value=value,
        over_baseline=_finite(entry, "over_baseline"),
        proposal=entry.flag("proposal"),
        reason=entry.text("reason"),
        words=words,
    )
    entry.close()
    if year and years and year not in years:
        entry.fault("target_year", "year", f"Året {year} ligger utanför planen.", "Skriv ett av planens år.")
    if not {"value", "over_baseline", "reason"} & set(entry.data):
        entry.fault(
            "target_empty", "value", "Målvärdet är tomt.", 'Skriv ett tal, eller "xxx" om det inte är beslutat.'
        )
    return target


def _baseline(entry: Table) -> Baseline:
    value, words = _number(entry, "value")
    known = value is not None
    baseline = Baseline(
        value=value,
        day=entry.day("date", required=known),
        source=entry.text("source", required=known),
        missing=entry.text("missing", words),
    )
    entry.close()
    return baseline


def _least(entry: Table) -> Least:
    least = Least(
        months=12 if (months := entry.integer("months", 12)) is None else months,
        occasions=entry.integer("occasions", 1) or 0,
        members=entry.integer("members", 0) or 0,
        count=entry.integer("count", 0) or 0,
    )
    entry.close()
    if not 1 <= least.months <= LONGEST_MONTHS:
        entry.fault(
            "wrong_type",
            "months",
            f"Antalet månader är {least.months}.",
            f"Skriv ett heltal från 1 till {LONGEST_MONTHS}.",
        )
        return Least(LONGEST_MONTHS)
    return least


def _hand_value(entry: Table) -> HandValue | None:
    value, day = _finite(entry, "value", required=True), entry.day("date", required=True)
    source = entry.text("source", required=True)
    entry.close()
    return None if value is None or day is None else HandValue(value, day, source)


def _faults(entry: Table, indicator: Indicator) -> None:
    numbers = [t for t in indicator.targets if t.value is not None or t.over_baseline is not None]
    if numbers and not indicator.rule:
        entry.fault(
            "rule_missing", "rule", "Målvärdet saknar bedömningsregel.", "Skriv rule = " + " eller ".join(RULES) + "."
        )
    decided = [t.year for t in indicator.targets if not t.proposal]
    for year in sorted({year for year in decided if decided.count(year) > 1}):
        entry.fault("target_double", "targets", f"Året {year} har två beslutade målvärden.", "Behåll ett.")
    if indicator.unit == PERCENT and any(t.value is not None and not 0 <= t.value <= 100 for t in numbers):
        entry.fault("target_range", "targets", "En andel kan inte vara under 0 eller över 100 procent.", "Rätta talet.")
    if any(t.value is not None and t.over_baseline is not None for t in numbers):
        entry.fault("target_double", "targets", "Målvärdet har både value och over_baseline.", "Behåll ett.")
    _unfit(entry, indicator)
    if indicator.wave and (indicator.source, indicator.measure) != (SURVEY, SHARE):
        todo = 'Skriv source = "survey" och measure = "share", eller ta bort wave.'
        entry.fault("unknown_value", "wave", "Bara en andel ur en enkät kan hämtas från en annan enkät.", todo)
    if indicator.by_hand and indicator.source != "hand":
        entry.fault(
            "typed_twice",
            "by_hand",
            "Värdet beräknas redan ur källan.",
            'Ta bort by_hand, eller skriv source = "hand".',
        )


def _unfit(entry: Table, indicator: Indicator) -> None:
    """A unit or rule that what is measured cannot have: a share counted in pieces, a number of members with an interval."""
    if indicator.measure not in MEASURES.get(indicator.source, ()):
        return
    unit = PERCENT if indicator.measure in SHARES else COUNT
    if indicator.unit in UNITS and indicator.unit != unit:
        entry.fault("unknown_value", "unit", f"Måttet räknas inte i {indicator.unit}.", f'Skriv unit = "{unit}".')
    if indicator.rule == SURVEY_SHARE and indicator.measure != SHARE:
        entry.fault(
            "unknown_value", "rule", "Regeln gäller bara andelar ur enkäten.", "Skriv during_year eller at_end."
        )
