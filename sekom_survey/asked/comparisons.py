"""The table [comparisons] of survey.toml: what is compared between groups and how strictly."""

from __future__ import annotations

from sekom_survey.model import Comparisons, Problem, Survey
from sekom_survey.text.toml import Table, did_you_mean

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
