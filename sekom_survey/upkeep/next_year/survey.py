"""Last year's survey.toml with the new year's name and dates, to be looked over."""

from __future__ import annotations

import re
import tomllib
from datetime import date, timedelta

from sekom_survey.model import Survey
from sekom_survey.upkeep.next_year.toml_edit import FILL_IN, checked, set_value

EXAMPLE = re.compile("påhitta|exempel", re.IGNORECASE)


def next_survey(text: str, survey: Survey, year: int, synthetic: bool) -> str:
    """survey.toml's text for `year`: year, title, dates and whether it is invented; all else as it stood.

    The survey opens and closes on the same weekday as last time. Raises NotRewritten when the text, read again, differs
    in anything but these keys.
    """
    ahead = year - survey.year
    title = survey.title.replace(str(survey.year), str(year))
    days = {
        "opened": _same_weekday(survey.opened, ahead),
        "closed": _same_weekday(survey.closed, ahead),
        "frame_date": _years_on(survey.frame_date, ahead),
    }
    text = text.replace("\r\n", "\n")
    expected = tomllib.loads(text) | {"year": year, "title": title, **days, "synthetic": synthetic}
    changed = _comments(text, survey.year, year, synthetic)
    changed = set_value(changed, "synthetic", str(synthetic).lower())
    for key, day in reversed(days.items()):
        changed = set_value(changed, key, day.isoformat(), f"{FILL_IN}: datumet är en gissning")
    changed = set_value(changed, "title", _quoted(title))
    return checked(
        expected, set_value(changed, "year", str(year)), "year, title, opened, closed, frame_date, synthetic"
    )


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _comments(text: str, old: int, new: int, synthetic: bool) -> str:
    """The comments that open the file, with the new year; one that says the data are invented goes when they are not."""
    lines = text.split("\n")
    top = next((i for i, line in enumerate(lines) if line and not line.startswith("#")), len(lines))
    kept = [line.replace(str(old), str(new)) for line in lines[:top] if synthetic or not EXAMPLE.search(line)]
    return "\n".join(kept + lines[top:])


def _years_on(day: date, years: int) -> date:
    last = 28 if (day.month, day.day) == (2, 29) else day.day
    return day.replace(year=day.year + years, day=last)


def _same_weekday(day: date, years: int) -> date:
    """The day so many years on that has the same weekday and lies nearest."""
    later = _years_on(day, years)
    shift = (day.weekday() - later.weekday()) % 7
    return later + timedelta(days=shift if shift <= 3 else shift - 7)
