"""Two runs, or two years, side by side: what went in, what it means, which numbers changed and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from sekom_survey.asked.contrasts import TOP
from sekom_survey.counted.year_changes import year_changes
from sekom_survey.found.past_run import Key, PastRun, Row, read_run
from sekom_survey.text.swedish import number, percent, plural
from sekom_survey.upkeep.causes import Causes, causes_of

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
        yield f"{code} {year}, {after.get('member') or member}: {_said_of_revised(before, 'value')} → {_said_of_revised(after, 'value')} (reviderat värde)"
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
            f"{_said_of_revised(row, 'mean')} ({_said_of_revised(row, 'reported')} av {_said_of_revised(row, 'members')})"
            for row in (old[key], new[key])
        ]
        if segmentation == "all" and told[0] != told[1]:
            yield f"{code} {year}, medel: {told[0]} → {told[1]}"


def _said_of_revised(row: Row, column: str) -> str:
    text = row.get(column, "")
    try:
        return f"{float(text):.4g}".replace(".", ",")
    except ValueError:
        return text or "–"


FILES = {
    "survey.toml": "frågor, datum och gränser",
    "members.csv": "nytt register",
    "corrections.csv": "rättade namn eller strukna svar",
    "codebook.toml": "ny version av kodboken",
    "codings.csv": "nya kodningar",
    "goals.toml": "ändrade mål",
    "activities.csv": "ny aktivitetslogg",
    "decisions.csv": "nya bedömningar av styrelsen",
    "signals.csv": "nya anteckningar om medlemmar",
    "claims.toml": "ändrade påståenden",
    "indicators.toml": "ändrade nyckeltal",
    "plan.csv": "ändrad lista över planens aktiviteter",
    "annual.toml": "verksamhetsberättelsens siffror",
}
LIMITS = {
    "opened": "enkäten öppnade",
    "closed": "enkäten stängde",
    "frame_date": "medlemmarna räknas",
    "minimum_base": "minsta grupp som visas",
    "size_limits": "gränser för storlek",
    "regions": "län som flyttats till annan landsdel",
    "codebook": "kodbokens version",
}
COMPARED = {
    "estimates": ("count", "base", "population", "suppressed"),
    "means": ("value", "base", "population", "suppressed"),
    "goals": ("outcome", "target", "status", "decided"),
    "claims": ("verdict", "statement"),
}
TITLES = {"estimates": "Andelar", "means": "Medelvärden", "goals": "Mål", "claims": "Påståenden"}
LEAST_FOR_PERCENT = 10


def diff_lines(before: Path, after: Path) -> list[str]:
    """What differs between two runs' folders (run.json and the tables of `past_run.KEYS`), in Swedish.

    Raises Unusable when one of them is no run. Numbers of the whole membership are listed, those of groups counted.
    """
    one, other = read_run(before), read_run(after)
    lines = [f"{one.wave} ({before.name}) jämfört med {other.wave} ({after.name})"]
    if one.wave != other.wave:
        lines.append(
            "Två olika år. Skillnader mellan siffrorna kan bero på att andra har svarat; vad samma medlemmar har ändrat "
            "står i rapportens avsnitt om förändring."
        )
    lines += _section("Indata", _inputs(one, other))
    lines += _section("Definitioner", _definitions(one, other))
    lines += _section("Program", _versions(one, other))
    lines += _section("Rättelser för hand", _corrections(one, other))
    causes = causes_of(one, other)
    for name in COMPARED:
        lines += _section(TITLES[name], _numbers(name, one, other, causes))
    if has_indicators(one) and has_indicators(other):
        lines += _section("Nyckeltal", revised_lines(one, other))
    return lines


def _section(title: str, lines: Iterator[str]) -> Iterator[str]:
    found = list(lines)
    yield f"\n{title}" + ("" if found else ": inga skillnader")
    yield from (f"  {line}" for line in found)


def _inputs(one: PastRun, other: PastRun) -> Iterator[str]:
    old, new = one.part("inputs"), other.part("inputs")
    exports = [{name: code for name, code in part.items() if name.startswith("export/")} for part in (old, new)]
    if list(exports[0].values()) != list(exports[1].values()):
        rows = [part.part("counts").get("rows_read", 0) for part in (one, other)]
        yield f"enkätfilen: {', '.join(exports[0]) or 'ingen'} → {', '.join(exports[1]) or 'ingen'}, {rows[0]} → {rows[1]} rader"
    for name in sorted({*old, *new} - {*exports[0], *exports[1]}):
        if old.get(name) != new.get(name):
            what = "ny fil" if name not in old else "borttagen" if name not in new else "ändrad"
            yield f"{name}: {what}" + (f" ({FILES.get(name, 'annan fil')})" if name in new else "")


def _definitions(one: PastRun, other: PastRun) -> Iterator[str]:
    old, new = one.part("definitions"), other.part("definitions")
    if not old or not new:
        yield "kan inte jämföras; en av körningarna är gjord med en äldre version"
        return
    for key, name in LIMITS.items():
        if old.get(key) != new.get(key):
            yield f"{name}: {_shown(old.get(key))} → {_shown(new.get(key))}"
    for change in year_changes(one.questionnaire, other.questionnaire):
        yield change.found + (" Bryter trenden." if change.breaks else "")


def _shown(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(number(one) for one in value)
    if isinstance(value, dict):
        return ", ".join(f"{key} till {to}" for key, to in value.items()) or "inga"
    return str(value or "–")


def _versions(one: PastRun, other: PastRun) -> Iterator[str]:
    for part, what in (("versions", ""), ("notebooks", "anteckningsboken ")):
        old, new = one.part(part), other.part(part)
        for name in sorted({*old, *new}):
            if old.get(name) != new.get(name):
                yield f"{what}{name}: " + ("ändrad" if what else f"{old.get(name) or '–'} → {new.get(name) or '–'}")


def _corrections(one: PastRun, other: PastRun) -> Iterator[str]:
    old, new = ([dict(entry) for entry in run.manifest.get("corrections", [])] for run in (one, other))
    for mark, entries in (("ny", [e for e in new if e not in old]), ("borttagen", [e for e in old if e not in new])):
        for entry in entries:
            yield f"{mark}: {_correction(entry)}"


def _correction(entry: Mapping[str, Any]) -> str:
    target = " ".join(
        filter(
            None,
            (f"rad {entry['row']}" if entry.get("row") else "", f"”{entry['found']}”" if entry.get("found") else ""),
        )
    )
    if entry.get("action") == "match":
        return f"namnet {target} hör till {entry.get('member_id')} – {entry.get('reason')}"
    return f"svaret {target} {entry.get('item') or ''} är struket – {entry.get('reason')}".replace("  ", " ")


def _numbers(name: str, one: PastRun, other: PastRun, causes: Causes) -> Iterator[str]:
    old, new = one.tables[name], other.tables[name]
    keys = list(dict.fromkeys((*old, *new)))
    columns = (
        COMPARED[name] if causes.same_year else tuple(column for column in COMPARED[name] if column != "population")
    )
    changed = [key for key in keys if _values(columns, old.get(key)) != _values(columns, new.get(key))]
    whole = [key for key in changed if len(key) == 1 or key[2] == "all"]
    if not causes.same_year:
        whole = _without_steps(whole, keys)
    for key in whole[:MOST]:
        why = causes.of(name, key, old.get(key), new.get(key))
        yield f"{_named(key)}: {_said(name, old.get(key))} → {_said(name, new.get(key))} ({why})"
    if len(whole) > MOST:
        yield f"… och {len(whole) - MOST} till"
    groups = len(changed) - len(whole)
    if groups:
        yield f"dessutom {number(groups)} {plural(groups, 'siffra', 'siffror')} i redovisningsgrupper"


def _without_steps(changed: Sequence[Key], keys: Sequence[Key]) -> list[Key]:
    """Between years a scale is told by its highest answers together, not step by step."""
    scales = {key[0] for key in keys if key[1:2] == (TOP,)}
    return [key for key in changed if key[0] not in scales or key[1] in (TOP, "mean", "nps")]


def _values(columns: tuple[str, ...], row: Row | None) -> tuple[str, ...] | None:
    return None if row is None else tuple(row.get(column, "") for column in columns)


def _named(key: Key) -> str:
    return key[0] if len(key) == 1 else f"{key[0]}, {key[1]}"


def _said(name: str, row: Row | None) -> str:
    """A row as a person reads it."""
    if row is None:
        return "fanns inte"
    if name == "claims":
        return row.get("verdict", "")
    if name == "goals":
        return " ".join(
            filter(None, (_decimal(row.get("outcome", "")) or "inget utfall", row.get("decided") or row.get("status")))
        )
    if row.get("suppressed") == "True":
        return "visas inte"
    return _count(row) if name == "estimates" else f"{_decimal(row.get('value', ''))} ({_whole(row, 'base')} svar)"


def _count(row: Row) -> str:
    count, base = _whole(row, "count"), _whole(row, "base")
    share = (
        f" · {percent(int(count) / int(base), int(base))}"
        if count.isdigit() and base.isdigit() and int(base) >= LEAST_FOR_PERCENT
        else ""
    )
    return f"{count} av {base}{share}"


def _whole(row: Row, column: str) -> str:
    return (row.get(column) or "–").removesuffix(".0")


def _decimal(text: str) -> str:
    try:
        return f"{float(text):.4g}".replace(".", ",")
    except ValueError:
        return text
