"""Goals whose outcome comes from another survey than the year's own: a course evaluation in a folder beside the year's."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields
from pathlib import Path

from sekom_survey.asked.contrasts import TOP
from sekom_survey.asked.load import wave_folder
from sekom_survey.asked.questionnaire import read_survey
from sekom_survey.counted.choices import NPS_GROUPS, options_counted
from sekom_survey.counted.estimate import share_row
from sekom_survey.counted.year import Year
from sekom_survey.found.goals.from_survey import DECIMALS
from sekom_survey.found.goals.model import FEW, NO_DATA, Goals, Indicator, Measured
from sekom_survey.model import MULTI, NPS, RATING, Item, Measures, Problem, Questionnaire
from sekom_survey.stats.intervals import interval_table
from sekom_survey.text.swedish import count_of
from sekom_survey.text.toml import did_you_mean

SURVEY_FILE = "survey.toml"


def wave_names(goals: Goals) -> tuple[str, ...]:
    """The other surveys that the goals name, each once."""
    return tuple(dict.fromkeys(indicator.wave for _, indicator in goals.measured() if indicator.wave))


def other_waves(goals: Goals, beside: Path, read: Callable[[Path], Year | None]) -> dict[str, Year]:
    """The other surveys that have answers, analysed. Raises Unusable when one of them cannot be used."""
    found = {name: read(folder) for name in wave_names(goals) if (folder := wave_folder(beside, name))}
    return {name: year for name, year in found.items() if year is not None}


def wave_faults(goals: Goals, beside: Path, shown: str) -> Iterator[Problem]:
    """Surveys that are not there, and questions and answers that they do not have."""
    for indicator in (one for _, one in goals.measured() if one.wave):
        folder = wave_folder(beside, indicator.wave)
        if folder is None or not (folder / SURVEY_FILE).is_file():
            known = sorted(path.parent.name for path in beside.glob(f"*/{SURVEY_FILE}"))
            todo = "Skriv namnet på en mapp bredvid årets." + did_you_mean(indicator.wave, known)
            yield Problem("wave_missing", shown, indicator.id, f"Enkäten ”{indicator.wave}” finns inte.", todo)
            continue
        survey, _ = read_survey(folder / SURVEY_FILE, f"{indicator.wave}/{SURVEY_FILE}")
        if survey is not None:  # what is wrong with it is told when it is read to be counted
            yield from _item_faults(indicator, survey.questionnaire, shown)


def _item_faults(indicator: Indicator, asked: Questionnaire, shown: str) -> Iterator[Problem]:
    item = item_of(asked, indicator.item)
    if item is None:
        known = [*(one.id for one in asked.items), *_declared(asked)]
        found = f"Frågan ”{indicator.item}” finns inte i {indicator.wave}."
        todo = "Skriv en frågas id, eller ett mått under [measures] där." + did_you_mean(indicator.item, known)
        yield Problem("item_unknown", shown, indicator.id, found, todo)
        return
    if not indicator.options:
        yield Problem(
            "key_missing", shown, f"{indicator.id}.options", "Nyckeln saknas.", "Skriv vilka svar som räknas."
        )
    known = options_of(item)
    for label in indicator.options:
        if label not in known:
            found, todo = f"”{label}” finns inte bland svaren på {item.id}.", "Skriv svaret som där."
            yield Problem("option_unknown", shown, indicator.id, found, todo + did_you_mean(label, known))
    if len(indicator.options) > 1 and (item.kind == MULTI or {TOP, *NPS_GROUPS} & set(indicator.options)):
        yield Problem(
            "options_several", shown, indicator.id, "Svaren kan överlappa.", "Välj ett svar, eller steg för sig."
        )


def item_of(asked: Questionnaire, name: str) -> Item | None:
    """The question with an id, or the one declared to be a measure ("satisfaction")."""
    measured = asked.measured(name) if name in _declared(asked) else ()
    return next(iter(measured or asked.named(name)), None)


def _declared(asked: Questionnaire) -> list[str]:
    names = [field.name for field in fields(Measures)]
    return [name for name in names if isinstance(getattr(asked.measures, name), str) and getattr(asked.measures, name)]


def options_of(item: Item) -> list[str]:
    """What may be counted of a question: its answers, the steps of a rating, its highest together, the groups of NPS."""
    outside = {option.label for option in item.options if option.outside}
    further = [*([TOP] if item.top else []), *(NPS_GROUPS if item.kind == NPS else ())]
    return [label for label in options_counted(item) if label not in outside or item.kind in (RATING, NPS)] + further


def measure_wave(indicator: Indicator, waves: Mapping[str, Year]) -> Measured:
    """The percent that gave any of some answers in another survey, with an interval where it is known how many could answer."""
    year = waves.get(indicator.wave)
    item = item_of(year.wave.questionnaire, indicator.item) if year else None
    if year is None or item is None:
        return Measured(cause=NO_DATA)
    try:
        rows = [share_row(year.shares(item.id), item.id, option) for option in indicator.options]
    except KeyError:
        return Measured(cause=NO_DATA)
    if not rows or rows[0]["suppressed"]:
        return Measured(cause=FEW if rows else NO_DATA, final=True)
    count, base, population = int(sum(row["count"] for row in rows)), int(rows[0]["base"]), int(rows[0]["population"])
    detail = f"{count_of(count, base)} {'kommuner' if year.survey.of_members else 'svarande'}, {year.survey.title}"
    share = round(100 * count / base, DECIMALS)
    if not year.survey.infers:
        return Measured(share, base=base, detail=detail, final=True)
    low, high = (round(100 * int(limit) / population, DECIMALS) for limit in interval_table(base, population)[count])
    return Measured(share, low, high, base, detail=detail, final=True)
