"""The quality declaration of a survey in which everybody answers for themselves, as a course evaluation."""

from __future__ import annotations

from sekom_survey.counted.who_answered import Base
from sekom_survey.model import Survey
from sekom_survey.text.swedish import count_of, date_range, number, percent

Parts = tuple[tuple[str, str], ...]


def respondents_declaration(survey: Survey, base: Base) -> Parts:
    """(heading, text) pairs under the same headings as the members' declaration, those that have something to say."""
    return (
        ("Relevans", "Var och en som svarat räknas en gång och väger lika."),
        *(_of_those_invited(survey, base) if survey.infers else _of_those_heard(base)),
        ("Aktualitet och punktlighet", f"Svaren samlades in {date_range(survey.opened, survey.closed)}."),
        (
            "Tillgänglighet och tydlighet",
            f"Grupper med färre än {number(survey.minimum_base)} svar visas inte, och andelar skrivs från tio svar. Varje figur har en tabell och en textbeskrivning.",
        ),
    )


def _of_those_heard(base: Base) -> Parts:
    """What can be said where nobody knows how many could have answered."""
    answered = base.answered()[0]
    return (
        (
            "Tillförlitlighet totalt",
            f"{number(answered)} har svarat. Det är inte känt hur många som kunde svara, så svarsfrekvens och osäkerhet går inte att räkna ut. Siffrorna gäller dem som svarat och säger inget om andra.",
        ),
        ("Bortfall", f"Det är inte känt. {skipped(base)}"),
    )


def _of_those_invited(survey: Survey, base: Base) -> Parts:
    answered, asked = base.answered()
    silent = asked - answered
    return (
        (
            "Tillförlitlighet totalt",
            "Alla inbjudna har fått enkäten, så det finns inget urvalsfel. Den största osäkerheten är bortfallet.",
        ),
        ("Ramtäckning", f"{number(asked)} var inbjudna, enligt uppgift. Vilka det är framgår inte av svaren."),
        (
            "Bortfall",
            f"{count_of(answered, asked)} inbjudna svarade ({percent(answered / asked, 1000)}). Objektsbortfallet är {count_of(silent, asked)} ({percent(silent / asked, 1000)}). {skipped(base)}",
        ),
        (
            "Modellantaganden",
            "Intervallen (95\u00a0%) är exakta för en ändlig grupp och förutsätter att de som inte svarat liknar dem som svarat. Det möjliga spannet gäller utan något antagande.",
        ),
    )


def skipped(base: Base) -> str:
    """How many left the question out that most left out, of those of which it is told."""
    if base.item_nonresponse.empty:
        return "Det partiella bortfallet redovisas inte."
    worst = base.item_nonresponse["missing"].max()
    return f"På en enskild fråga saknas som mest {number(worst)} svar (partiellt bortfall)."
