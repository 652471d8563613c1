"""The quality declaration of a year: SCB's headings, this year's figures."""

from __future__ import annotations

from sekom_survey.base import Base
from sekom_survey.model import Survey
from sekom_survey.swedish import count_of, date_long, date_range, number, percent


def declaration(survey: Survey, base: Base) -> tuple[tuple[str, str], ...]:
    """(heading, text) pairs after the components of quality in official statistics.

    Source: SCB, Kvalitet för den officiella statistiken (SCB-FS 2016:17), here told of a survey to a membership.
    """
    answered, asked = base.answered()
    region_answered, region_asked = base.regions
    doubled = base.accounting.row_count("counted") - answered - region_answered
    worst = base.item_nonresponse["missing"].max() if len(base.item_nonresponse) else 0
    return (
        (
            "Relevans",
            "Enkäten frågar medlemmarna vad de värdesätter, behöver och är stolta över. Enheten är medlemmen: varje kommun räknas en gång och väger lika.",
        ),
        (
            "Tillförlitlighet totalt",
            "Alla medlemmar har fått enkäten. Det är en totalundersökning, så det finns inget urvalsfel. Den största osäkerheten är bortfallet.",
        ),
        (
            "Ramtäckning",
            f"Ramen är medlemsregistret {date_long(survey.frame_date)}: {number(asked)} kommuner och {number(region_asked)} regioner. Observatörer ingår inte.",
        ),
        (
            "Mätning",
            f"{number(doubled)} svar kom från en medlem som redan svarat i en annan roll. Fakta och skalor hämtas då från tjänstepersonens svar, betyg är medelvärdet och flerval är allt som någon valt.",
        ),
        (
            "Bortfall",
            f"{count_of(answered, asked)} kommuner svarade ({percent(answered / asked, 1000)}). Objektsbortfallet är {count_of(asked - answered, asked)} "
            f"({percent((asked - answered) / asked, 1000)}). Det partiella bortfallet är som mest {number(worst)} på en enskild fråga.",
        ),
        (
            "Bearbetning",
            f"Av {number(base.accounting.rows_read)} rader och {number(base.accounting.cells_read)} ifyllda celler är var och en räknad eller redovisad med skäl.",
        ),
        (
            "Modellantaganden",
            "Intervallen (95 %) är exakta för en ändlig medlemskrets och förutsätter att de som inte svarat liknar dem som svarat. Det möjliga spannet gäller utan något antagande.",
        ),
        ("Aktualitet och punktlighet", f"Svaren samlades in {date_range(survey.opened, survey.closed)}."),
        (
            "Tillgänglighet och tydlighet",
            f"Grupper med färre än {number(survey.minimum_base)} svar visas inte, och andelar skrivs från tio svar. Varje figur har en tabell och en textbeskrivning.",
        ),
        (
            "Jämförbarhet",
            "Kärnfrågorna ställs med samma ord varje år. Omformulerade frågor jämförs inte utan att det sägs.",
        ),
    )
