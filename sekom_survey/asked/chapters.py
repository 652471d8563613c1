"""What the questions measure and in which chapters they are shown: [measures] and [[chapters]] of survey.toml."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import fields

from sekom_survey.model import ANNEX, BOARD, WEB, Chapter, Condition, Measures, Problem, Survey
from sekom_survey.text.toml import Table, did_you_mean

SPLITS = ("size", "landsdel", "role", "skr_group")
PLACEMENTS = (BOARD, ANNEX, WEB)
MATRICES = ("need", "value")


def read_measures(table: Table) -> Measures:
    """The table as Measures, with nothing declared when it is not there; faults go to the table's problems."""
    measures = Measures(
        satisfaction=table.text("satisfaction"),
        recommendation=table.text("recommendation"),
        stay=table.text("stay"),
        worth=table.text("worth"),
        need=table.text("need"),
        value=table.text("value"),
        priorities=table.text("priorities"),
        challenge=table.text("challenge"),
        strength=table.text("strength"),
        peers=table.text("peers"),
        mentor=_condition(table, "mentor"),
        spreads=_condition(table, "spreads"),
        pairs=table.pairs("pairs"),
    )
    table.close()
    return measures


def _condition(table: Table, key: str) -> Condition | None:
    if key not in table.data:
        return None
    stated = table.table(key)
    condition = Condition(stated.text("item", required=True), stated.texts("options"))
    stated.close()
    return condition


def read_chapters(tables: list[Table]) -> tuple[Chapter, ...]:
    """The chapters in order; faults go to the tables' problems."""
    return tuple(_chapter(table) for table in tables)


def _chapter(table: Table) -> Chapter:
    split, placement = table.texts("split"), table.text("placement")
    for name in split:
        _among(table, "split", name, SPLITS)
    if placement:
        _among(table, "placement", placement, PLACEMENTS)
    chapter = Chapter(table.text("title", required=True), table.texts("items"), table.text("lead"), split, placement)
    table.close()
    return chapter


def _among(table: Table, key: str, name: str, known: Collection[str]) -> None:
    if name not in known:
        todo = "Välj bland " + ", ".join(known) + "." + did_you_mean(name, known)
        table.fault("unknown_value", key, f"Värdet är ”{name}”.", todo)


def chapter_faults(survey: Survey, shown: str) -> list[Problem]:
    """Names under [measures] and [[chapters]] that are neither an item nor a matrix, and measures that cannot be told."""
    questionnaire = survey.questionnaire
    named = [*_measured_names(questionnaire.measures), *_chapter_names(survey)]
    known = {item.id for item in questionnaire.items} | {item.group or item.id for item in questionnaire.items}
    unknown = [
        Problem(
            "unknown_item",
            shown,
            where,
            f"Frågan ”{name}” finns inte.",
            "Ange en frågas eller en matris id." + did_you_mean(name, known),
        )
        for where, name in named
        if name not in known
    ]
    return unknown + [
        Problem(
            "measure_kind",
            shown,
            measure,
            f"Frågan ”{name}” har flera rader, men måttet gäller en fråga.",
            "Ange en av matrisens rader.",
        )
        for measure, name in _measured_names(questionnaire.measures)
        if measure.rpartition(".")[2] not in (*MATRICES, "pairs") and questionnaire.group(name)
    ]


def _measured_names(measures: Measures) -> Iterator[tuple[str, str]]:
    for one in fields(measures):
        value = getattr(measures, one.name)
        names = value.item if isinstance(value, Condition) else value or ""
        for name in [part for pair in names for part in pair] if one.name == "pairs" else [names] if names else []:
            yield f"measures.{one.name}", name


def _chapter_names(survey: Survey) -> Iterator[tuple[str, str]]:
    for place, chapter in enumerate(survey.chapters, 1):
        yield from ((f"chapters[{place}].items", name) for name in chapter.items)
