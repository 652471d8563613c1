"""Did the form change? The export against the questionnaire; the questionnaire against last year's is `year_changes`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from sekom_survey.counted.cells import compared, nearest_option, reader_of
from sekom_survey.counted.columns import ALIKE, match_columns, similarity
from sekom_survey.model import (
    CONSENT,
    DATE,
    MEMBER,
    METADATA,
    MULTI,
    NOT_ANSWERS,
    NPS,
    NUMBER,
    RANKING,
    RATING,
    ROLE,
    SCALE,
    SINGLE,
    TEXT,
    UPLOAD,
    WARNING,
    Export,
    Item,
    Problem,
    Questionnaire,
)

NEW, LOST, REWORDED, OPTIONS, SCALE_CHANGED, TYPE = "new", "lost", "reworded", "options", "scale", "type"
EMPTY = "empty"
WARNED = {OPTIONS: "form_options", SCALE_CHANGED: "form_scale", TYPE: "form_type", EMPTY: "form_empty"}
KIND_NAMES = {
    MEMBER: "medlem",
    ROLE: "roll",
    SINGLE: "ett val",
    MULTI: "flera val",
    SCALE: "skala",
    RATING: "betyg",
    NPS: "rekommendation 0–10",
    TEXT: "fri text",
    NUMBER: "tal",
    DATE: "datum",
    RANKING: "rangordning",
    CONSENT: "samtycke",
    UPLOAD: "bifogad fil",
    METADATA: "om formuläret",
}
FEW_ANSWERS = 10
FEW_TEXTS = 6
SAME_WORDS = 3


@dataclass(frozen=True)
class FormChange:
    """One difference: its kind, the item's id (or the new heading), what was found and what to do.

    `breaks`: the item is a core item and its trend is broken unless someone mends the difference.
    """

    kind: str
    item: str
    found: str
    todo: str = ""
    breaks: bool = False


def export_changes(export: Export, questionnaire: Questionnaire) -> list[FormChange]:
    """What the export's columns and cells have that the questionnaire has not, and the other way round."""
    columns, _ = match_columns(export, questionnaire)
    taken = {item.id for item in columns.values()}
    missing = [item for item in questionnaire.items if item.id not in taken]
    strange = [i for i in range(len(export.headers)) if i not in columns and export.cells.columns[i].filled]
    pairs = _pairs([export.headers[i] for i in strange], missing)
    changes = [_reworded(heading, item) for heading, item in pairs.items()]
    changes += [_new(export.headers[i]) for i in strange if export.headers[i] not in pairs]
    changes += [_lost(item) for item in missing if item not in pairs.values()]
    changes += [_empty(item) for i, item in columns.items() if _should_have_answers(export, i, item)]
    by_heading = {i: pairs[export.headers[i]] for i in strange if export.headers[i] in pairs}
    for i, item in sorted({**columns, **by_heading}.items()):
        counted = export.cells.table[i].value_counts(sort=False)
        cells = Counter({cell: n for cell, n in zip(counted.index, counted.tolist(), strict=True) if cell and n})
        changes += _cell_changes(cells, item, export.separator)
    return changes


def form_problems(export: Export, questionnaire: Questionnaire) -> list[Problem]:
    """Warnings for changed answers that do not stop the reading, such as a renamed option counted as own words."""
    places = {item.id: f"kolumn {export.place(i)}" for i, item in match_columns(export, questionnaire)[0].items()}
    asked = {item.id: item for item in questionnaire.items}
    return [
        Problem(
            WARNED[change.kind], export.file, places.get(change.item, ""), _said(change, asked), change.todo, WARNING
        )
        for change in export_changes(export, questionnaire)
        if change.kind in WARNED
    ]


def _said(change: FormChange, asked: Mapping[str, Item]) -> str:
    """What was found with the question's own words in the place of its id."""
    found, text = change.found.removeprefix(f"{change.item}: "), asked[change.item].text
    return found[0].upper() + found[1:] if f"”{text}”" in found else f"”{text[:80]}”: {found}"


def _pairs(headings: Sequence[str], missing: Sequence[Item]) -> dict[str, Item]:
    """Unknown headings with the missing items they are most like, the likest pairs first, each used once."""
    likeness = sorted(
        (
            (similarity(heading, item.text), h, i)
            for h, heading in enumerate(headings)
            for i, item in enumerate(missing)
        ),
        key=lambda one: (-one[0], one[1], one[2]),
    )
    found: dict[str, Item] = {}
    for value, h, i in likeness:
        if value >= ALIKE and headings[h] not in found and missing[i] not in found.values():
            found[headings[h]] = missing[i]
    return found


def _new(heading: str) -> FormChange:
    todo = 'Lägg till den i survey.toml, med kind = "metadata" om den inte ska räknas.'
    return FormChange(NEW, heading, f"Ny fråga: ”{heading}”.", todo)


def _lost(item: Item) -> FormChange:
    return FormChange(
        LOST,
        item.id,
        f"{item.id}: frågan ”{item.text}” finns inte i enkätfilen.",
        "Ta bort den ur survey.toml om den inte ställdes.",
        breaks=is_core(item),
    )


def _should_have_answers(export: Export, column: int, item: Item) -> bool:
    shown = item.asked_if is None and item.kind not in NOT_ANSWERS
    return shown and export.cells.rows >= FEW_ANSWERS and not export.cells.columns[column].filled


def _empty(item: Item) -> FormChange:
    found = f"{item.id}: frågan ”{item.text}” har en kolumn men inte ett enda svar."
    return FormChange(
        EMPTY, item.id, found, "Hämta enkätfilen igen; ta bort frågan ur survey.toml om den inte ställdes."
    )


def _reworded(heading: str, item: Item) -> FormChange:
    return FormChange(
        REWORDED,
        item.id,
        f"{item.id}: ”{item.text}” heter nu ”{heading}” (likhet {round(100 * similarity(heading, item.text))} %).",
        f'Bara ett skrivfel: lägg till wordings = ["{heading}"]. Ny innebörd: skriv den nya texten i text.',
        breaks=is_core(item),
    )


def is_core(item: Item) -> bool:
    """Whether a trend is broken when the item changes."""
    return item.core and item.kind not in (MEMBER, *NOT_ANSWERS)


def _cell_changes(cells: Counter[str], item: Item, separator: str) -> Iterator[FormChange]:
    if not cells or item.kind in (MEMBER, *NOT_ANSWERS, NUMBER, DATE, RANKING):
        return
    other = _other_type(cells, item, separator)
    if other:
        todo = "Rätta kind i survey.toml om frågan har ändrats."
        yield FormChange(
            TYPE, item.id, f"{item.id}: {other}, men survey.toml säger {KIND_NAMES[item.kind]}.", todo, is_core(item)
        )
    elif item.kind in (RATING, NPS):
        yield from _number_changes([int(float(cell.replace(",", "."))) for cell in cells], cells.total(), item)
    elif item.kind != TEXT:
        yield from _option_changes(cells, item, separator)


def _other_type(cells: Counter[str], item: Item, separator: str) -> str:
    """What the cells look like when it is clearly not the item's kind, else nothing."""
    numbers = all(_is_number(cell) for cell in cells)
    if item.kind in (RATING, NPS):
        return "" if numbers else "svaren är inte heltal"
    if item.kind == TEXT:
        few = cells.total() >= FEW_ANSWERS and len(cells) <= FEW_TEXTS
        return "svaren är några få fasta alternativ" if few else ""
    known = {compared(option.label) for option in item.options}
    if numbers and not any(compared(cell) in known for cell in cells):
        return "svaren är tal"
    several = sum(n for cell, n in cells.items() if cell.rstrip().endswith(separator) and compared(cell) not in known)
    if item.kind != MULTI and several * 2 > cells.total():
        return "flera alternativ är valda i samma svar"
    return ""


def _is_number(cell: str) -> bool:
    whole = cell.strip().removesuffix(".0").removesuffix(",0")
    return whole.removeprefix("-").isdecimal() and len(whole) < 10


def _number_changes(values: Sequence[int], answers: int, item: Item) -> Iterator[FormChange]:
    low, high = item.low or 0, item.high or 10
    outside = sorted({value for value in values if not low <= value <= high})
    todo = "Rätta low och high i survey.toml om skalan har ändrats."
    if outside:
        found = f"{item.id}: svaren {', '.join(map(str, outside[:5]))} ligger utanför skalan {low}–{high}."
        yield FormChange(SCALE_CHANGED, item.id, found, todo, is_core(item))
    elif answers >= FEW_ANSWERS and max(values) <= (low + high) // 2:
        found = f"{item.id}: inget av {answers} svar är över {max(values)} på skalan {low}–{high}."
        yield FormChange(SCALE_CHANGED, item.id, found, "Kontrollera att formuläret har samma skala. " + todo)


def _option_changes(cells: Counter[str], item: Item, separator: str) -> Iterator[FormChange]:
    unknown = _unknown_options(cells, item, separator)
    kind = SCALE_CHANGED if item.kind == SCALE else OPTIONS
    for text, count in unknown.most_common(8):
        near = nearest_option(text, item)
        found = f"{item.id}: alternativet ”{text[:80]}” ({count} svar) finns inte i survey.toml."
        todo = f"Närmast är ”{near}”. " if near else ""
        yield FormChange(kind, item.id, found, todo + "Rätta options om formuläret har ändrats.", is_core(item))


def _unknown_options(cells: Counter[str], item: Item, separator: str) -> Counter[str]:
    """Answers that are none of the options; own words, where allowed, when much like an option or the same from several."""
    read = reader_of(item, separator)
    labels = {compared(option.label) for option in item.options}
    unknown, own = Counter[str](), Counter[str]()
    for cell, count in cells.items():
        reading = read(cell)
        unknown.update(dict.fromkeys(reading.unreadable, count))
        own.update(dict.fromkeys((answer.text for answer in reading.answers if answer.text), count))
    for text, count in own.items():
        if count >= SAME_WORDS or get_close_matches(compared(text), labels, n=1, cutoff=0.88):
            unknown[text] += count
    return unknown
