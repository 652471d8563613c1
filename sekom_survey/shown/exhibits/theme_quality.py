"""How far the coding of free texts can be trusted: people against people, codebook against people, this year against last."""

from __future__ import annotations

import pandas as pd

from sekom_survey.coding.decisions import ADJUDICATION, decided_themes
from sekom_survey.coding.reliability import (
    Agreement,
    Drift,
    Sets,
    accuracy,
    agreement,
    coder_pair,
    drift,
    trend,
    vocabulary,
)
from sekom_survey.coding.sitting import tried_and_right, unread
from sekom_survey.counted.year import PUBLIC, Year
from sekom_survey.found.themes import Themes, theme_name
from sekom_survey.model import Exhibit
from sekom_survey.shown.exhibits.asked import if_worked_out, line
from sekom_survey.shown.exhibits.notes import source_note
from sekom_survey.stats.proportions import clopper_pearson_interval
from sekom_survey.text.swedish import NOT_AVAILABLE, count_of, number, percent, percent_range, plural

NOT_REVIEWED = "Ej granskat"


def two_coders(themes: Themes, item_id: str) -> tuple[Sets, Sets] | None:
    """What each of the two coders that coded most answers of an item twice decided; None when none was."""
    rows = [row for row in themes.rows if row.item == item_id]
    pair = coder_pair([row for row in rows if row.coder != ADJUDICATION])
    return None if pair is None else (decided_themes(rows, pair[0]), decided_themes(rows, pair[1]))


def _by_theme(themes: Themes, item_id: str) -> tuple[Agreement, ...]:
    """The agreement of an item's two coders on each theme that either used."""
    both = two_coders(themes, item_id)
    ids = sorted({row.theme for row in themes.rows if row.item == item_id})
    return agreement(*both, ids)[1:] if both else ()


def quality_note(year: Year, themes: Themes, item: str) -> str:
    """Share reviewed, agreement of coders and codebook version, for the note under every theme figure.

    In a public build texts are not counted: beside the members they would tell how many answered twice, and the regions.
    """
    done, texts = themes.reviewed(item)
    both = two_coders(themes, item)
    whole = agreement(*both, ())[0] if both else None
    known = whole is not None and not pd.isna(whole.alpha)
    public = year.build == PUBLIC
    count = "" if public or not whole else f" ({whole.answers} svar)"
    alpha = f" Två kodare är ense till alfa {number(whole.alpha, 2)}{count}." if whole and known else ""
    unread = themes.unread(item)
    misread = " Osäkerheten räknar in att förslag som ingen läst kan vara fel." if unread else ""
    if public:
        read = _read_by_people(unread)
        return f"{read}, kodbok {themes.codebook.version}.{alpha}{misread}"
    state = "" if done == texts else f"{NOT_REVIEWED}: "
    left = f" {percent(unread, texts)} av svaren har ingen läst." if unread else ""
    return f"{state}{count_of(done, texts)} svar granskade av en person, kodbok {themes.codebook.version}.{alpha}{left}{misread}"


def _read_by_people(unread: float) -> str:
    """How the texts were reviewed, in tenths at most: an exact share would tell how many texts there are."""
    if not unread:
        return "Alla svar är granskade av en person"
    tenths = min(9, max(1, round(unread * 10)))
    return f"Omkring {tenths} av 10 svar är godkända i ett steg efter ett stickprov, resten lästa av en person"


@if_worked_out
def theme_reliability(year: Year, themes: Themes) -> Exhibit | None:
    """Per theme: how coders agree, and how the codebook's proposals stand against what people decided; internal."""
    if year.build == PUBLIC:
        return None
    decided = themes.coded[themes.coded["reviewed"]]
    if decided.empty:
        return line("theme_reliability", "Ingen har granskat fritextsvaren ännu")
    person, machine = _sets(themes)
    ids = [theme.id for theme in themes.codebook.themes]
    both = {one.theme: one for item in dict.fromkeys(themes.coded["item"]) for one in _by_theme(themes, item)}
    found = [one for one in accuracy(machine, person, ids) if one.right + one.wrong + one.missed]
    done, texts = themes.reviewed()
    return Exhibit(
        id="theme_reliability",
        kind="table",
        title="Så säker är kodningen",
        subtitle="Kodbokens förslag mot vad en person bestämt, och två kodare mot varandra",
        note=source_note(
            year,
            f"{count_of(done, texts)} svar granskade",
            f"Kodbok {themes.codebook.version}.",
            "Träffsäkerhet: andel av förslagen som personen höll med om. Täckning: andel av personens teman som föreslagits.",
            "Alfa: hur ense två kodare är utöver slumpen, 1 är helt ense; inom parentes osäkerheten (95\u00a0%).",
            unread_note(themes),
        ),
        alt=f"Tabell med {len(found)} teman.",
        data=pd.DataFrame(
            [(one.theme, one.right, one.wrong, one.missed) for one in found],
            columns=["theme", "right", "wrong", "missed"],
        ),
        table=pd.DataFrame(
            {
                "Tema": [theme_name(themes.codebook, one.theme) if one.theme else "Alla teman" for one in found],
                "Rätt": [number(one.right) for one in found],
                "Fel": [number(one.wrong) for one in found],
                "Missade": [number(one.missed) for one in found],
                "Träffsäkerhet": [number(one.precision, 2) for one in found],
                "Täckning": [number(one.recall, 2) for one in found],
                "Alfa": [_alpha(both.get(one.theme)) for one in found],
            }
        ),
        internal=True,
    )


@if_worked_out
def theme_drift(year: Year, themes: Themes, before: Themes) -> Exhibit | None:
    """What tells that answers or codebook have moved since last year, by question; internal, and of texts not erased."""
    if year.build == PUBLIC or before.coded.empty:
        return None
    rows = []
    for item_id in dict.fromkeys(themes.coded["item"]):
        for label, one in ((str(year.survey.year - 1), before), (str(year.survey.year), themes)):
            moved = _drift(one, item_id, before)
            row = {"Fråga": year.wave.questionnaire.item(item_id).short, "År": label, "Svar": number(moved.answers)}
            shares = {"Okodade": moved.uncoded, "Utan svar i sak": moved.nonanswers, "Nya ord": moved.unseen_words}
            rows.append(row | {name: _share(value, moved.answers) for name, value in shares.items()})
    return Exhibit(
        id="theme_drift",
        kind="table",
        title="Har svaren eller kodboken ändrats?",
        subtitle="Andel svar som årets kodbok inte ger något tema, som inte är svar i sak, och andel ord som inte fanns året före",
        note=source_note(year, count_of(*themes.reviewed()) + " svar granskade", f"Kodbok {themes.codebook.version}."),
        alt=f"Tabell med {len(rows)} rader.",
        data=pd.DataFrame(rows),
        table=pd.DataFrame(rows),
        internal=True,
    )


def _drift(themes: Themes, item_id: str, before: Themes) -> Drift:
    """One year's texts by today's codebook, as the other's: what moves is then the answers."""
    mine, last = (one.coded[one.coded["item"] == item_id] for one in (themes, before))
    return drift(list(mine["text"]), list(mine["proposed"]), vocabulary(last["text"]))


def _share(value: float, base: int) -> str:
    return NOT_AVAILABLE if pd.isna(value) else percent(value, base)


@if_worked_out
def theme_trend(year: Year, themes: Themes, before: Themes) -> Exhibit | None:
    """Texts by theme in both years, as people decided then and as today's codebook would code them; internal, of texts not erased."""
    if year.build == PUBLIC or before.coded.empty:
        return None
    points = trend({year.survey.year - 1: _sets(before), year.survey.year: _sets(themes)}, themes.codebook)
    found = {(point.theme, point.year): point for point in points}
    years = (year.survey.year - 1, year.survey.year)
    rows = [
        {"Tema": theme.name}
        | {f"{one}, publicerat": number(found[theme.id, one].published) for one in years}
        | {f"{one}, omkodat": number(found[theme.id, one].recoded) for one in years}
        for theme in themes.codebook.themes
    ]
    return Exhibit(
        id="theme_trend",
        kind="table",
        title="Teman två år, som de publicerats och med dagens kodbok",
        subtitle="Antal svar. Skiljer sig kolumnerna åt beror det på kodboken eller granskningen, inte på medlemmarna",
        note=source_note(year, count_of(*themes.reviewed()) + " svar granskade", f"Kodbok {themes.codebook.version}."),
        alt=f"Tabell med {len(rows)} teman.",
        data=pd.DataFrame(
            [(p.year, p.theme, p.published, p.recoded, p.answers) for p in points],
            columns=["year", "theme", "published", "recoded", "answers"],
        ),
        table=pd.DataFrame(rows),
        internal=True,
    )


def unread_note(themes: Themes) -> str:
    """How many texts were approved in one step without being read, and how the drawn sample fell out, with its exact interval.

    A drawn text is right when a person gave it just the theme proposed. "" when nothing was approved in one step.
    """
    at_once, tried = unread(themes.rows), tried_and_right(themes.rows)
    if not at_once:
        return ""
    done = plural(len(at_once), "svar är godkänt", "svar är godkända")
    told = f"{number(len(at_once))} {done} i ett steg utan att läsas"
    if not tried:
        return f"{told}; inget prövades först."
    right = sum(tried.values())
    low, high = clopper_pearson_interval(right, len(tried))
    return f"{told}; av slumpvis valda som prövades först var {count_of(right, len(tried))} rätt ({percent_range(low, high)})."


def _sets(themes: Themes) -> tuple[Sets, Sets]:
    """The themes of a year's decided texts: as people decided, and as today's codebook proposes."""
    decided = themes.coded[themes.coded["reviewed"]]
    keys = list(zip(decided["respondent"], decided["item"], strict=True))
    person, machine = (
        {key: frozenset(found) for key, found in zip(keys, decided[name], strict=True)}
        for name in ("themes", "proposed")
    )
    return person, machine


def _alpha(one: Agreement | None) -> str:
    """Alpha with its interval; ".." where nothing varied, and no interval where drawing anew says nothing."""
    if one is None or pd.isna(one.alpha):
        return NOT_AVAILABLE
    low, high = one.interval
    return f"{number(one.alpha, 2)} ({number(low, 2)} till {number(high, 2)})" if low < high else number(one.alpha, 2)
