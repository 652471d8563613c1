"""ATT_GORA.md: the year's work for a process lead, in order, in plain Swedish."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sekom_survey.model import Member, Survey
from sekom_survey.text.swedish import date_long, join_words

CHECKLIST = "ATT_GORA.md"


@dataclass(frozen=True)
class Start:
    """What a new year starts with: where from, who was left out, names remembered, goals that got a baseline, if there are goals."""

    wave: str
    before: str
    survey: Survey
    gone: Sequence[Member]
    members: int
    names: int
    baselines: int
    goals: bool
    invented: bool = False


def checklist(start: Start) -> str:
    """The text of ATT_GORA.md: what to do, in which order, in which file and column, and how long it takes."""
    steps = [_register, _form, _goals, _log, _send, _export, _check, _run, _texts, _compare, _erase]
    left_out = ({_register, _log} if not start.survey.of_members else set()) | ({_goals} if not start.goals else set())
    parts = [step(start) for step in steps if step not in left_out]
    numbered = [f"## {i}. {title} ({time})\n\n{body}" for i, (title, time, body) in enumerate(parts, 1)]
    return "\n\n".join([_opening(start), *numbered]) + "\n"


def _boxes(*lines: str) -> str:
    return "\n".join(f"- [ ] {line}" for line in lines if line)


def _opening(start: Start) -> str:
    return f"""# Att göra: {start.survey.title}

Mappen bygger på {start.before}. Gör stegen i ordning och bocka av dem. Räkna med en till två arbetsdagar, spridda över året.

- Filer som slutar på **.csv** öppnar du i Excel. Spara dem som *CSV UTF-8*. Lägg inte till egna kolumner.
- Filer som slutar på **.toml** öppnar du i Anteckningar eller en annan enkel textredigerare. Text står inom citattecken, datum
  skrivs som {start.survey.opened} utan citattecken. En rad som börjar med `#` är en anteckning och läses inte.
- Kommandon skriver du i ett terminalfönster i projektets mapp: `.venv/bin/sekom …` på Mac och Linux,
  `.venv\\Scripts\\sekom …` i Windows.
- Kör `sekom check {start.wave}` så ofta du vill. Det ändrar ingenting och säger vilken fil som saknas, vilken rad som är fel och
  vad du gör åt det."""


def _register(start: Start) -> tuple[str, str, str]:
    names = join_words([member.name for member in start.gone])
    carried = (
        f"{start.members} medlemmar följde med."
        if start.members
        else "Registret är tomt: skriv en rad för varje medlem."
    )
    return (
        "Medlemsregistret: members.csv",
        "november–december, 1 timme",
        carried
        + (f" Uteslutna, eftersom de har lämnat: {names}.\n\n" if names else "\n\n")
        + _boxes(
            "Ny medlem: ny rad. `member_id` är ett nummer som ingen annan har haft, `name` kommunens namn, `kind` är "
            "`kommun` eller `region`, `status` är `medlem` eller `observatör`, `joined` är dagen de blev medlemmar.",
            "Medlem som lämnar: skriv dagen i kolumnen `left`. Ta inte bort raden.",
            "Övriga kolumner (`code`, `county`, `population` …) kan vara tomma; för kommuner hämtas de ur verktygets tabell. "
            "Skriv gärna folkmängden den 31 december i `population`.",
            "Ändra aldrig ett `member_id`; det är så åren hålls ihop.",
        ),
    )


def _form(start: Start) -> tuple[str, str, str]:
    survey = start.survey
    return (
        "Formuläret: survey.toml",
        "december, 1 timme",
        _boxes(
            f"Raderna `opened` ({survey.opened}), `closed` ({survey.closed}) och `frame_date` ({survey.frame_date}) är gissningar. "
            f"Rätta och bekräfta dem på årets sida eller med `sekom confirm`; till dess görs ingen rapport. `frame_date` är dagen då {'medlemmarna' if survey.of_members else 'de svarande'} räknas.",
            "Titta på `title`.",
            "Har en fråga fått ny text i formuläret: ändra `text` och låt `id` stå kvar. Svaren jämförs då inte med förra årets. Är "
            'det bara ett skrivfel som rättats: låt `text` stå kvar och lägg den nya texten i `wordings = ["…"]`.',
            "Har ett svarsalternativ ändrats: skriv det likadant i `options`, eller i skalan (`[scales.…]`) som frågan använder.",
            "Ny fråga: kopiera en liknande fråga, ge den ett nytt `id` och klistra in den där den står i formuläret. Har svaren redan "
            "kommit skriver `sekom check` raderna åt dig, färdiga att klistra in.",
            "Struken fråga: ta bort den, från `[[items]]` till nästa `[[items]]`. Ta också bort de mått i goals.toml och påståenden i "
            f"claims.toml som bygger på den; `sekom check {start.wave}` säger vilka.",
            "Ändra helst inte frågor som har ställts i flera år; då bryts jämförelsen.",
        ),
    )


def _goals(start: Start) -> tuple[str, str, str]:
    before = start.survey.year - 1
    known = (
        f"Förra årets utfall står som utgångsvärde för {start.baselines} mått."
        if start.baselines
        else "Exemplets utfall är påhittade och följde inte med. Utgångsvärdena i goals.toml är exemplets: byt dem mot era egna."
        if start.invented
        else f"Förra årets utfall fanns inte, så utgångsvärdena i goals.toml är gamla. Skriv utfallet {before} som `baseline` när det är känt."
    )
    return (
        "Målen och påståendena: goals.toml, claims.toml",
        "när planen är beslutad, 1 timme",
        f"{known}\n\n"
        + _boxes(
            f"goals.toml: finns {start.survey.year} med i `years`? Lägg annars till det när planen gäller det året.",
            f"goals.toml: skriv årets målvärden i `targets`, som `{{ year = {start.survey.year}, value = 5 }}`. Det som inte är beslutat "
            'skrivs `value = "xxx"`.',
            "goals.toml: rader med `FYLL I` väntar på ett värde som räknas för hand.",
            "claims.toml: meningarna ska stå som i planen. Ändra de som har fått ny text eller nya tal; ta bort de som utgått.",
        ),
    )


def _log(start: Start) -> tuple[str, str, str]:
    return (
        "Aktivitetsloggen: activities.csv",
        "löpande, 10 minuter i månaden",
        _boxes(
            f"En rad för varje medlem och tillfälle: `date` (som {start.survey.opened}), `activity` (till exempel `webinar`, se surveys/{start.before}/activities.csv), "
            "`member_id`, `role` (`politiker` eller `tjänsteperson`), `count`, `title`. Inga personnamn.",
            "Styrelsens egna bedömningar av mål skrivs i decisions.csv: `date`, `indicator`, `status`, `reason`, `who`.",
        ),
    )


def _send(start: Start) -> tuple[str, str, str]:
    test = start.survey.test_names
    return (
        "Skicka ut enkäten",
        f"{date_long(start.survey.opened)}, 1 timme",
        _boxes(
            "Stäng av ”registrera namn” i formuläret.",
            f"Svara själv en gång med kommunen `{test[0]}`. Raden räknas inte." if test else "",
            f"Påminn två gånger före {date_long(start.survey.closed)}.",
        ),
    )


def _export(start: Start) -> tuple[str, str, str]:
    return (
        "Hämta svaren: mappen export",
        f"{date_long(start.survey.closed)}, 10 minuter",
        _boxes(
            "Ladda ner svaren ur formuläret (i Microsoft Forms: Svar, Öppna i Excel).",
            "Lägg filen i mappen `export`, bara den. Öppna och spara den inte i Excel först.",
        ),
    )


def _check(start: Start) -> tuple[str, str, str]:
    return (
        "Kontrollera",
        "samma dag, 1 timme",
        f"Kör `sekom check {start.wave}` tills det inte står något under FEL. När ett fel är rättat kan nästa visa sig.\n\n"
        + _boxes(
            "Namn som inte känns igen: en rad i corrections.csv. `action` är `match`, `found` är namnet som det står i svaret, "
            "`member_id` medlemmens nummer, `reason` hur du vet det. Gärna också `date` och `who`. "
            f"{start.names} namn följde med från förra året, och årets följer med till nästa."
            if start.survey.of_members
            else "",
            "Svar som inte ska räknas: `action` är `strike`, `row` radens nummer i enkätfilen, `item` frågans id (tomt för hela raden), "
            "`reason` varför.",
            "Frågor som har ändrats: se steget om formuläret. ”Bryter trenden” betyder att frågan inte jämförs med förra året. Det är inget fel.",
            "Det som står under Se över: läs varje rad. Rapporten går att göra ändå.",
        ),
    )


def _run(start: Start) -> tuple[str, str, str]:
    return (
        "Gör rapporten",
        "10 minuter",
        _boxes(
            f"Kör `sekom run {start.wave}`.",
            f"Öppna `reports/{start.wave}/internal/report.html`. Den är för kansliet och styrelsen.",
            f"`reports/{start.wave}/public/report.html` är den som får spridas.",
            "En ny fråga står i `tables.xlsx`. Ska den ha en figur i rapporten: be den som sköter verktyget lägga in den i en "
            "anteckningsbok (docs/exhibits.md).",
        ),
    )


def _texts(start: Start) -> tuple[str, str, str]:
    return (
        "Läs och koda fritextsvaren",
        "februari–mars, 3 timmar för var och en av två personer",
        "Verktyget föreslår teman. Tills en människa har granskat alla svar på en fråga står det ”ej granskat” vid figuren, och den är "
        "inte med i den publika rapporten.\n\n"
        + _boxes(
            f"Kör `sekom review {start.wave}`. Det skriver `review.xlsx` i `reports/{start.wave}/internal`.",
            "Öppna filen i Excel. Välj teman i listorna, skriv `ja` under Klar, spara och stäng. Du kan göra en del i taget.",
            f"Läs in filen: `sekom review {start.wave} --import review.xlsx --coder AB`, med dina egna initialer.",
            f"Låt en kollega koda en femtedel utan att se förslagen: `sekom review {start.wave} --blind 20` skriver `review-blind.xlsx`, "
            "som läses in på samma sätt.",
            "Har ett tema tillkommit: lägg det i codebook.toml och höj `version`.",
            "Gör rapporten igen.",
        ),
    )


def _compare(start: Start) -> tuple[str, str, str]:
    return (
        "Jämför med förra året",
        "30 minuter",
        _boxes(
            f"Kör `sekom diff {start.before} {start.wave}`. Det visar vad som skiljer i frågor, gränser, kodbok, register och tal.",
        ),
    )


def _erase(start: Start) -> tuple[str, str, str]:
    return (
        "Gallra",
        "inom tre månader efter årsmötet, 10 minuter",
        _boxes(
            f"Kör `sekom erase {start.before}` och `sekom erase {start.wave}`. Det visar vad som ska bort och när. Inget tas bort "
            "förrän du lägger till `--confirm`.",
            "Ta bort svaren i formuläret, och kopior i e-post och nedladdade filer.",
        ),
    )
