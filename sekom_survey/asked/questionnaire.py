"""survey.toml: what was asked, of whom and when, and in [comparisons] what is compared and how strictly."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from sekom_survey.asked.chapters import chapter_faults, read_chapters, read_measures
from sekom_survey.asked.contrasts import contrast_faults, read_contrast
from sekom_survey.asked.item_faults import item_faults
from sekom_survey.asked.marks import taken_out
from sekom_survey.model import (
    KINDS,
    MEMBER,
    NPS,
    OFFICIAL,
    POLITICIAN,
    RATING,
    SCALE,
    Comparisons,
    Condition,
    Item,
    Option,
    Problem,
    Questionnaire,
    SizeClasses,
    Survey,
    errors,
)
from sekom_survey.model.survey import UNITS
from sekom_survey.text.toml import Table, did_you_mean, read_toml
from sekom_survey.text.toml_edit import with_rows

DEFAULT_LIMITS = (15_000, 50_000)
SHIPPED = "start"
DEFAULT_NAMES = ("Små", "Medelstora", "Stora")
DEFAULT_ALTERNATIVES = (10_000, 12_500, 15_000, 20_000, 30_000, 50_000)


def read_survey(path: Path, shown: str) -> tuple[Survey | None, list[Problem]]:
    """survey.toml to a Survey and the problems met; None when an error makes it unusable."""
    data, problems = read_toml(path, shown)
    if problems:
        return None, problems
    data, marks = taken_out(data)
    table = Table(data, shown, "", problems)
    survey = replace(_survey(table), marks=marks)
    table.close()
    problems.extend(item_faults(survey.questionnaire, shown, survey.of_members))
    problems.extend(comparison_faults(survey, shown))
    problems.extend(chapter_faults(survey, shown))
    problems.extend(contrast_faults(survey, shown))
    problems = with_rows(problems, path, shown)
    return (None if errors(problems) else survey), problems


def _survey(table: Table) -> Survey:
    scales = _scales(table.table("scales"))
    items = [item for entry in table.tables("items", required=True) for item in _items(entry, scales)]
    opened, closed = table.day("opened", required=True), table.day("closed", required=True)
    unit = table.text("unit", "member")
    if unit not in UNITS:
        table.fault("unknown_value", "unit", f"Värdet är ”{unit}”.", "Skriv " + " eller ".join(UNITS) + ".")
    if opened and closed and closed < opened:
        table.fault("dates_reversed", "closed", f"Enkäten stänger {closed}, före den öppnar.", "Rätta datumen.")
    return Survey(
        year=table.integer("year", required=True) or 0,
        title=table.text("title", required=True),
        association=table.text("association", "Sveriges Ekokommuner"),
        opened=opened or date.min,
        closed=closed or date.min,
        frame_date=table.day("frame_date", required=unit == MEMBER) or opened or date.min,
        synthetic=table.flag("synthetic"),
        minimum_base=_minimum(table),
        size_classes=_size_classes(table.table("size_classes")),
        region_overrides=_overrides(table),
        questionnaire=Questionnaire(tuple(items), read_measures(table.table("measures"))),
        unit=unit if unit in UNITS else MEMBER,
        invited=_invited(table, unit),
        reader=table.text("reader") or None,
        reader_options=tuple(sorted(_free_table(table, "reader_options").items())),
        test_names=table.texts("test_names"),
        comparisons=read_comparisons(table.table("comparisons")),
        chapters=read_chapters(table.tables("chapters")),
        contrasts=tuple(read_contrast(entry) for entry in table.tables("contrasts")),
        published=table.day("published"),
        codebook=_codebook(table),
        programme_years=table.integer("programme_years", Survey.programme_years) or Survey.programme_years,
    )


def _codebook(table: Table) -> str:
    """Which codebook a year without one of its own takes; only the one that comes along has a name."""
    name = table.text("codebook")
    if name not in ("", SHIPPED):
        todo = f'Skriv codebook = "{SHIPPED}" för den som följer med, eller lägg en egen codebook.toml i årets mapp och ta bort raden.'
        table.fault("unknown_value", "codebook", f"Kodboken ”{name}” finns inte.", todo)
    return name


def _invited(table: Table, unit: str) -> int | None:
    invited = table.integer("invited")
    if invited is not None and (unit == MEMBER or invited < 1):
        todo = (
            "Ta bort raden: medlemmarna står i members.csv." if unit == MEMBER else "Skriv hur många som kunde svara."
        )
        table.fault("unknown_value", "invited", f"Värdet är {invited}.", todo)
    return invited


def _minimum(table: Table) -> int:
    value = table.integer("minimum_base", 5)
    if value is not None and value < 3:
        table.fault(
            "minimum_too_small", "minimum_base", f"Minsta bas är {value}.", "Ange minst 3; föreningens gräns är 5."
        )
    return value or 5


def _size_classes(table: Table) -> SizeClasses:
    limits = table.integers("limits") or DEFAULT_LIMITS
    names = table.texts("names") or DEFAULT_NAMES
    alternatives = table.integers("alternatives") or DEFAULT_ALTERNATIVES
    if list(limits) != sorted(set(limits)) or limits[0] <= 0:
        table.fault("limits_unordered", "limits", "Gränserna stiger inte.", "Skriv gränserna i stigande ordning.")
    if len(names) != len(limits) + 1:
        table.fault(
            "limits_names",
            "names",
            f"{len(names)} namn till {len(limits)} gränser.",
            "Ange ett namn mer än antalet gränser.",
        )
    table.close()
    return SizeClasses(limits, names, alternatives)


def _overrides(table: Table) -> tuple[tuple[str, str], ...]:
    data = _free_table(table, "region_overrides")
    wrong = [key for key, value in data.items() if not isinstance(value, str)]
    for key in wrong:
        table.fault("wrong_type", f"region_overrides.{key}", "Värdet är ingen text.", "Skriv landsdelens namn.")
    return tuple((key, str(value)) for key, value in data.items() if key not in wrong)


def _free_table(table: Table, key: str) -> dict[str, object]:
    return dict(table.table(key).data)


def _scales(table: Table) -> dict[str, tuple[tuple[Option, ...], int | None]]:
    scales = {}
    for name in table.data:
        entry = table.table(name)
        scales[name] = (_options(entry), entry.integer("top"))
        entry.close()
    return scales


def _options(entry: Table, scored: bool = True) -> tuple[Option, ...]:
    ordered, outside, exclusive = entry.texts("options"), entry.texts("outside"), entry.texts("exclusive")
    politicians, officials = entry.texts("politicians"), entry.texts("officials")
    for key, chosen in (("exclusive", exclusive), ("politicians", politicians), ("officials", officials)):
        for label in set(chosen) - set(ordered) - set(outside):
            entry.fault(
                "unknown_option",
                key,
                f"”{label}” finns inte bland alternativen.",
                "Skriv alternativet som i options." + did_you_mean(label, ordered + outside),
            )
    inside = [label for label in ordered if label not in outside]
    return tuple(
        Option(
            label=label,
            score=float(inside.index(label) + 1) if scored and label in inside else None,
            outside=label in outside,
            exclusive=label in exclusive,
            role=POLITICIAN if label in politicians else OFFICIAL if label in officials else None,
        )
        for label in dict.fromkeys((*ordered, *outside))
    )


def _items(entry: Table, scales: dict[str, tuple[tuple[Option, ...], int | None]]) -> list[Item]:
    kind = entry.text("kind", required=True)
    if kind and kind not in KINDS:
        entry.fault(
            "unknown_kind",
            "kind",
            f"Sorten är ”{kind}”.",
            "Välj bland " + ", ".join(KINDS) + "." + did_you_mean(kind, KINDS),
        )
    options, top = _scale_or_options(entry, kind, scales)
    rows = entry.tables("rows")
    base = Item(
        id=entry.text("id", required=True),
        kind=kind,
        text=entry.text("text", required=True),
        wordings=entry.texts("wordings"),
        options=options,
        label=entry.text("label"),
        max=entry.integer("max"),
        low=entry.integer("low", {RATING: 1, NPS: 0}.get(kind)),
        high=entry.integer("high", {RATING: 10, NPS: 10}.get(kind)),
        top=entry.integer("top", top),
        other=entry.flag("other"),
        asked_if=_condition(entry, "asked_if"),
        consent=_condition(entry, "consent"),
        core=entry.flag("core", True),
        codebook=entry.text("codebook") or None,
        sensitive=entry.flag("sensitive"),
        trend=entry.flag("trend"),
        told=entry.text("told"),
        total=entry.flag("total"),
        unit=entry.text("unit"),
    )
    matrix = [_row(row, base) for row in rows]
    entry.close()
    return matrix or [base]


def _scale_or_options(
    entry: Table, kind: str, scales: dict[str, tuple[tuple[Option, ...], int | None]]
) -> tuple[tuple[Option, ...], int | None]:
    name = entry.text("scale")
    if name and name not in scales:
        entry.fault(
            "unknown_scale",
            "scale",
            f"Skalan ”{name}” finns inte.",
            "Lägg till den under [scales]." + did_you_mean(name, scales),
        )
        return (), None
    if name:
        return scales[name]
    return _options(entry, scored=kind == SCALE), None


def _row(row: Table, base: Item) -> Item:
    item = replace(
        base,
        id=row.text("id", required=True),
        text=row.text("text", required=True),
        wordings=row.texts("wordings"),
        label=row.text("label"),
        trend=row.flag("trend", base.trend),
        told=row.text("told", base.told),
        group=base.id,
        group_text=base.text,
        group_label=base.label,
    )
    row.close()
    return item


def _condition(entry: Table, key: str) -> Condition | None:
    table = entry.table(key)
    if not table.data:
        return None
    condition = Condition(table.text("item", required=True), table.texts("options"), table.texts("ask"))
    table.close()
    return condition


CORRECTIONS = ("bh", "holm")


def read_comparisons(table: Table) -> Comparisons:
    """The table as Comparisons, every item in one family when it is not there; faults go to the table's problems."""
    correction = table.text("correction", "bh")
    if correction not in CORRECTIONS:
        table.fault(
            "unknown_value", "correction", f"Värdet är ”{correction}”.", "Välj bland " + ", ".join(CORRECTIONS) + "."
        )
    equivalence = table.number("equivalence", Comparisons.equivalence) or 0.0
    if not 0 < equivalence < 1:
        table.fault("unknown_value", "equivalence", f"Värdet är {equivalence}.", "Ange en andel, som 0.20.")
    comparisons = Comparisons(table.texts("family"), correction, table.texts("headline"), equivalence)
    table.close()
    return comparisons


def comparison_faults(survey: Survey, shown: str) -> list[Problem]:
    """The names under [comparisons] that are neither an item nor a matrix of the questionnaire."""
    items = survey.questionnaire.items
    known = {item.id for item in items} | {item.group for item in items if item.group}
    named = {"family": survey.comparisons.family, "headline": survey.comparisons.headline}
    return [
        Problem(
            "unknown_item",
            shown,
            f"comparisons.{key}",
            f"Frågan ”{name}” finns inte.",
            "Ange en frågas eller en matris id." + did_you_mean(name, known),
        )
        for key, names in named.items()
        for name in names
        if name not in known
    ]
