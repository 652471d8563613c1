"""[[contrasts]] of survey.toml: the few comparisons of two groups that are decided before the answers are seen."""

from __future__ import annotations

from collections.abc import Iterator

from sekom_survey.asked.reference import counties
from sekom_survey.model import NPS, OTHER_OPTION, RATING, Contrast, Item, Problem, Survey, labels
from sekom_survey.text.toml import Table, did_you_mean

SIZE, LANDSDEL = "size", "landsdel"
GROUPED = (SIZE, LANDSDEL)
TOP = "topp2"
SEVERAL = 10


def read_contrast(table: Table) -> Contrast:
    """One table: item, option (the top of a scale when left out), segmentation, first, second, declared (a date)."""
    contrast = Contrast(
        item=table.text("item", required=True),
        option=table.text("option"),
        segmentation=table.text("segmentation", required=True),
        first=table.text("first", required=True),
        second=table.text("second", required=True),
        declared=table.day("declared"),
    )
    table.close()
    return contrast


def contrast_faults(survey: Survey, shown: str) -> list[Problem]:
    """What is wrong with the declared contrasts, and a warning when there are too many to find anything by."""
    found = [
        Problem(code, shown, f"contrasts[{number}].{key}", text, todo)
        for number, contrast in enumerate(survey.contrasts, 1)
        for code, key, text, todo in _faults(contrast, survey)
    ]
    if len(survey.contrasts) > SEVERAL:
        told = f"{len(survey.contrasts)} jämförelser är bestämda i förväg, så var och en måste vara mycket tydlig."
        todo = "Behåll de ungefär sex som betyder mest."
        found.append(Problem("many_contrasts", shown, "contrasts", told, todo, "warning"))
    return found


def _faults(contrast: Contrast, survey: Survey) -> Iterator[tuple[str, str, str, str]]:
    items = {item.id: item for item in survey.questionnaire.items}
    if contrast.item and contrast.item not in items:
        todo = "Ange en frågas id." + did_you_mean(contrast.item, items)
        yield "unknown_item", "item", f"Frågan ”{contrast.item}” finns inte.", todo
    elif contrast.item and contrast.option not in (known := options_of(items[contrast.item])):
        todo = "Välj bland " + ", ".join(name for name in known if name) + "." + did_you_mean(contrast.option, known)
        yield "unknown_name", "option", f"Alternativet ”{contrast.option}” finns inte.", todo
    if contrast.segmentation and contrast.segmentation not in GROUPED:
        todo = "Välj bland " + ", ".join(GROUPED) + "."
        yield "unknown_value", "segmentation", f"Indelningen ”{contrast.segmentation}” finns inte.", todo
        return
    groups = survey.size_classes.names if contrast.segmentation == SIZE else _landsdelar(survey)
    for key, name in (("first", contrast.first), ("second", contrast.second)):
        if name and name not in groups:
            todo = "Välj bland " + ", ".join(groups) + "." + did_you_mean(name, groups)
            yield "unknown_name", key, f"Gruppen ”{name}” finns inte.", todo
    if contrast.first and contrast.first == contrast.second:
        yield "same_group", "second", "Gruppen jämförs med sig själv.", "Ange två olika grupper."


def options_of(item: Item) -> tuple[str, ...]:
    """What a contrast may be about: an option inside the scale or, with "" or topp2, the high end that stands for the item."""
    top = [TOP, ""] if item.top else [""] if item.kind in (NPS, RATING) else []
    return (*labels(item.inside), *([OTHER_OPTION] if item.other else []), *top)


def _landsdelar(survey: Survey) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*(county.landsdel for county in counties()), *dict(survey.region_overrides).values()]))
