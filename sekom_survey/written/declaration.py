"""The quality declaration of a year: SCB's headings, this year's figures."""

from __future__ import annotations

from sekom_survey.counted.who_answered import Base
from sekom_survey.model import Survey
from sekom_survey.text.swedish import count_of, date_long, date_range, number, percent


def declaration(survey: Survey, base: Base, regions_kept_back: bool = False) -> tuple[tuple[str, str], ...]:
    """(heading, text) pairs after the components of quality in official statistics.

    `regions_kept_back` says that there are regions, too few to be counted apart.

    Source: SCB, Kvalitet för den officiella statistiken (SCB-FS 2016:17), here told of a survey to a membership.
    """
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
            f"Ramen är medlemsregistret {date_long(survey.frame_date)}: {_framed(base)}. Observatörer ingår inte."
            + (" Regionernas svar redovisas inte." if regions_kept_back else ""),
        ),
        (
            "Mätning",
            _measured(base, "en region eller från " if regions_kept_back else ""),
        ),
        ("Bortfall", _missing(base)),
        (
            "Bearbetning",
            f"Av {number(base.accounting.rows_read)} rader och {number(base.accounting.cells_read)} ifyllda celler är var och en räknad eller redovisad med skäl.",
        ),
        (
            "Modellantaganden",
            "Intervallen (95\u00a0%) är exakta för en ändlig medlemskrets och förutsätter att de som inte svarat liknar dem som svarat. Det möjliga spannet gäller utan något antagande.",
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


def _framed(base: Base) -> str:
    regions = base.regions[1]
    return f"{number(base.answered()[1])} kommuner" + (f" och {number(regions)} regioner" if regions else "")


def _measured(base: Base, sender: str) -> str:
    doubled = base.accounting.row_count("counted") - base.answered()[0] - base.regions[0]
    return (
        f"{number(doubled)} svar kom från {sender}en medlem som redan svarat i en annan roll. Fakta och skalor hämtas då från "
        "tjänstepersonens svar, betyg är medelvärdet och flerval är allt som någon valt."
    )


def _missing(base: Base) -> str:
    answered, asked = base.answered()
    worst = base.item_nonresponse["missing"].max() if len(base.item_nonresponse) else 0
    return (
        f"{count_of(answered, asked)} kommuner svarade ({percent(answered / asked, 1000)}). Objektsbortfallet är {count_of(asked - answered, asked)} "
        f"({percent((asked - answered) / asked, 1000)}). Det partiella bortfallet är som mest {number(worst)} på en enskild fråga."
    )
