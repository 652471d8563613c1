"""Year + what the notebooks left -> Report: the parts that stand above the sections, and the quality declaration by SCB's headings."""

from __future__ import annotations

from collections.abc import Sequence

from sekom_survey.counted.who_answered import Base
from sekom_survey.counted.year import Year
from sekom_survey.found.facts import Fact
from sekom_survey.found.findings import Findings
from sekom_survey.found.goals.faults import motions
from sekom_survey.found.goals.outcome import GoalsOutcome
from sekom_survey.found.goals.text import goal_headline
from sekom_survey.model import MEMBER, METADATA, TEXT, Brief, Item, Report, Section, Survey, labels
from sekom_survey.protected.public import given_up
from sekom_survey.protected.words import PublicFindings
from sekom_survey.shown.exhibits.quality import answered_counts, answered_words, regions_kept_back
from sekom_survey.shown.goal_lines import goal_lines, goal_news
from sekom_survey.stats.intervals import interval_table
from sekom_survey.text.phrases import count_phrase, quoted
from sekom_survey.text.swedish import count_of, date_long, date_range, join_words, number, percent, plural
from sekom_survey.written.messages import messages, most_chosen, news, questions_of
from sekom_survey.written.passage import passage
from sekom_survey.written.problems import in_words
from sekom_survey.written.respondents import respondents_declaration, skipped

NOT_COMPARED = "Läs siffrorna som svar från dem som svarat: vad andra tycker är inte känt."


def report_of(year: Year, sections: list[Section], build: str, wave: str, found: Findings | PublicFindings) -> Report:
    """Everything the writers need, in words. `year` is what the build may show, `found` what the whole year shows."""
    survey = year.survey
    return Report(
        title=survey.title,
        subtitle=f"{survey.association} · {date_range(survey.opened, survey.closed)}",
        association=survey.association,
        year=survey.year,
        synthetic=survey.synthetic,
        build=build,
        brief=_brief(year, found),
        facts=_facts(year, found.facts),
        sections=tuple(sections),
        problems=in_words(year.problems, survey.questionnaire),
        repeat=(
            f"Lägg årets filer i surveys/{wave}.",
            f"Kör kommandot: sekom run {wave}",
            "Samma filer ger samma siffror; run.json visar vilka filer och versioner som användes, vad som valdes efter regel och vad som bestämdes för hand, av vem och när.",
        ),
        passage=passage(year, found.facts, _response(year), _trust(found)),
        declaration=declaration(survey, year.base, regions_kept_back(year)) + _protected(found),
        questions=tuple(_question(item) for item in survey.questionnaire.items),
    )


def _brief(year: Year, found: Findings | PublicFindings) -> Brief:
    """Page one: goals first, then the surest news."""
    goals = found.goals
    told = news(year, found.facts) or (goal_news(goals) if goals else "")
    titles = (f"{goal_headline(goals)}." if goals and goals.goals.goals else "", told)
    questions = questions_of(found.facts, year)
    return Brief(
        title=" ".join(filter(None, titles)) or year.survey.title,
        response=_response(year),
        goals=goal_lines(goals),
        goals_day=date_long(goals.as_of) if goals else "",
        messages=messages(year, found.facts),
        trust=_trust(found),
        motions=motions(goals) if goals else (),
        source=" ".join((f"Källa: {join_words(_sources(year, goals))}.", *questions)),
    )


def _sources(year: Year, goals: GoalsOutcome | None) -> list[str]:
    return [year.survey.title, *(["medlemsregistret", "aktivitetsloggen"] if goals else [])]


def _response(year: Year) -> str:
    """Who answered: "50 av 80 kommuner svarade, 62,5 %. Dessutom svarade 2 av 4 regioner, som redovisas för sig." """
    answered, asked, region_answered, region_asked = answered_counts(year)
    regions = (
        f" Dessutom svarade {region_answered} av {region_asked} regioner, som redovisas för sig."
        if region_asked
        else ""
    )
    return f"{answered_words(year.survey, answered, asked)}.{regions}"


def _protected(found: Findings | PublicFindings) -> tuple[tuple[str, str], ...]:
    """What a public build leaves out."""
    return (
        (("Skydd av enskilda", given_up(found.protection, found.year.survey)),)
        if isinstance(found, PublicFindings)
        else ()
    )


def _trust(found: Findings | PublicFindings) -> str:
    return found.nonresponse.trust if found.nonresponse else NOT_COMPARED


def _question(item: Item) -> tuple[str, tuple[str, ...]]:
    text = f"{item.group_text} – {item.text}" if item.group_text else item.text
    if item.low is not None and item.high is not None and not item.options:
        return text, (f"{item.low}–{item.high}",)
    return text, labels(item.options)


def _facts(year: Year, facts: Sequence[Fact]) -> tuple[tuple[str, str], ...]:
    answered, asked, *_ = answered_counts(year)
    if not year.survey.infers:
        return ((f"{number(answered)} svarande", "siffrorna gäller dem som svarat och säger inget om andra"),)
    half = round(answered / 2)
    low, high = (int(v) for v in interval_table(answered, asked)[half])
    worst = most_chosen(year, facts)
    frame = f"; ramen är registret {date_long(year.survey.frame_date)}" if year.survey.of_members else ""
    return (
        (f"{answered} av {asked} {year.survey.nouns.asked}", f"{percent(answered / asked, 1000)} svarade{frame}"),
        (f"{asked - answered} svarade inte", f"{percent((asked - answered) / asked, 1000)} objektsbortfall"),
        (
            f"±{number((high - low) / asked * 50, 0)} procentenheter",
            "osäkerhet (95\u00a0%) för en andel nära hälften, om slumpen avgjort vilka som svarat",
        ),
        *(_worst_case(worst, year.survey.nouns.asked) if worst and worst.first_population == asked else ()),
    )


def _worst_case(fact: Fact, asked: str) -> tuple[tuple[str, str], ...]:
    count, base, everybody = (int(n) for n in (fact.first_count, fact.first_base, fact.first_population))
    told = f"{count_phrase(count, base)}, kan stå för {count}–{count + everybody - base} av alla {everybody} {asked}"
    return (("Utan antagande om dem som inte svarat", f"{quoted(fact.option)}, {told}"),)


def declaration(survey: Survey, base: Base, regions_kept_back: bool = False) -> tuple[tuple[str, str], ...]:
    """(heading, text) pairs after the components of quality in official statistics.

    `regions_kept_back` says that there are regions, too few to be counted apart.

    Source: SCB, Kvalitet för den officiella statistiken (SCB-FS 2016:17), here told of a survey to a membership.
    """
    if not survey.of_members:
        return respondents_declaration(survey, base)
    return (
        (
            "Relevans",
            f"{_questions(survey)} Enheten är medlemmen: varje kommun räknas en gång och väger lika.",
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
            _measured(base),
        ),
        ("Bortfall", _missing(base)),
        *_processed(base),
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


def _questions(survey: Survey) -> str:
    items = survey.questionnaire.items
    asked = sum(item.kind not in (MEMBER, METADATA) for item in items)
    own = sum(item.kind == TEXT for item in items)
    return f"Enkäten har {number(asked)} {plural(asked, 'fråga', 'frågor')} till medlemmarna" + (
        f", varav {number(own)} besvaras med egna ord." if own else "."
    )


def _framed(base: Base) -> str:
    regions = base.regions[1]
    return f"{number(base.answered()[1])} kommuner" + (f" och {number(regions)} regioner" if regions else "")


def _processed(base: Base) -> tuple[tuple[str, str], ...]:
    """What became of the file's rows and cells; nothing in a public build, which does not tell of the file."""
    if not base.accounting.rows_read:
        return ()
    rows, cells = number(base.accounting.rows_read), number(base.accounting.cells_read)
    return (("Bearbetning", f"Alla {rows} rader och {cells} ifyllda celler är räknade eller redovisade med skäl."),)


RULES = (
    "Fakta och skalor hämtas då från tjänstepersonens svar, betyg är medelvärdet, och på flervalsfrågor räknas allt som någon "
    "av dem valt."
)


def _measured(base: Base) -> str:
    if not base.accounting.rows_read:
        return f"En medlem kan ha svarat i två roller. {RULES}"
    doubled = base.accounting.row_count("counted") - base.answered()[0] - base.regions[0]
    if not doubled:
        return "Ingen medlem har svarat i mer än en roll."
    return f"{number(doubled)} svar kom från en medlem som redan svarat i en annan roll. {RULES}"


def _missing(base: Base) -> str:
    answered, asked = base.answered()
    return (
        f"{count_of(answered, asked)} kommuner svarade ({percent(answered / asked, 1000)}). Objektsbortfallet är {count_of(asked - answered, asked)} "
        f"({percent((asked - answered) / asked, 1000)}). {skipped(base)}"
    )
