"""Rows proposed to examples.csv from the strengths that members let the association spread; only ever added."""

from __future__ import annotations

from collections.abc import Iterator

from sekom_survey.coding.codebook import RESERVED
from sekom_survey.counted.year import Year
from sekom_survey.found.examples import ALIASES, ANONYMOUS, ASK, COLUMNS, EXAMPLES_FILE, read_examples
from sekom_survey.found.texts import respondent_keys
from sekom_survey.found.themes import Themes
from sekom_survey.members.readers import ROLES
from sekom_survey.model import ANSWERED, Problem, Unusable, errors
from sekom_survey.text.files import NotText
from sekom_survey.text.rows import add_rows

TITLE = 60


def propose(year: Year, themes: Themes | None) -> int:
    """Adds a row for every strength that may be spread, or asked about, and is not in examples.csv yet; how many.

    A row is known by its id: one that has been edited stays as it is, and one that is not wanted is given `no` as consent.
    Raises Unusable when the file there cannot be read, or the year has no coded strengths.
    """
    path = year.wave.folder / EXAMPLES_FILE
    shown = f"{year.wave.name}/{EXAMPLES_FILE}"
    known, problems = read_examples(path, shown, year.wave.members)
    if errors(problems):
        raise Unusable(problems)
    if themes is None or not year.wave.questionnaire.measured("strength"):
        todo = "Ange strength under [measures] i survey.toml och lägg en kodbok i årets mapp, eller skriv raderna för hand."
        found = "Årets texter säger inte vilka styrkor som finns, så det finns inget att föreslå."
        raise Unusable([Problem("examples_nothing", shown, "", found, todo)])
    there = {one.id for one in known or ()}
    rows = [row for row in proposals(year, themes) if row["id"] not in there]
    try:
        return add_rows(path, COLUMNS, ALIASES, rows)
    except NotText as error:
        todo = "Spara den som csv i UTF-8."
        raise Unusable([Problem("file_unreadable", shown, "", "Filen går inte att läsa som text.", todo)]) from error


def proposals(year: Year, themes: Themes) -> Iterator[dict[str, str]]:
    """A row for each strength that a person has coded and its member lets be spread, or wants to be asked about first."""
    (item,) = year.wave.questionnaire.measured("strength")
    people = year.responses.respondents.set_index("respondent")
    numbers = {key: number for number, key in respondent_keys(year).items()}
    consents = _consents(year)
    for coded in themes.coded[(themes.coded["item"] == item.id) & themes.coded["reviewed"]].itertuples():
        consent = consents.get(numbers[coded.respondent])
        if consent is None or set(coded.themes) & {RESERVED[1]}:
            continue
        person = people.loc[numbers[coded.respondent]]
        yield {
            "id": f"{year.survey.year}-{coded.respondent}",
            "title": _title(coded.text),
            "member_id": coded.member_id,
            "theme": ";".join(theme for theme in coded.themes if theme not in RESERVED),
            "done": coded.text,
            "consent": consent,
            "consent_by": ", ".join(filter(None, ("enkäten", ROLES.get(person["role"], "")))),
            "consent_date": str(person["date"])[:10],
        }


def _consents(year: Year) -> dict[int, str]:
    """Respondent -> what its consent comes to: anonymous where it was given, to be asked about where it hangs on a call."""
    (item,) = year.wave.questionnaire.measured("strength")
    if item.consent is None:
        return {}
    answers = year.responses.answers.table
    said = answers[(answers["item"] == item.consent.item) & (answers["state"] == ANSWERED)]
    words = dict.fromkeys(item.consent.ask, ASK) | dict.fromkeys(item.consent.options, ANONYMOUS)
    return {
        int(row.respondent): words[row.option]
        for row in said[["respondent", "option"]].itertuples()
        if row.option in words
    }


def _title(text: str) -> str:
    """The first sentence, or as much of it as a heading holds."""
    first = text.split(". ", maxsplit=1)[0].rstrip(".!")
    return first if len(first) <= TITLE else first[:TITLE].rsplit(" ", 1)[0].rstrip(",;:") + " …"
