"""A draft survey.toml from what an export holds, for a person to go through."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby

from sekom_survey.collected.table import columns_of
from sekom_survey.model import MEMBER, MULTI, NPS, RATING, ROLE, SCALE, SINGLE, Export
from sekom_survey.text.files import folded
from sekom_survey.upkeep.draft_options import options_lines, quoted
from sekom_survey.upkeep.guess import Guess, guess_column, guess_columns
from sekom_survey.upkeep.persons import is_personal, tells_who

_POLITICIAN, _OFFICIAL = (
    re.compile("politi|förtroendevald", re.IGNORECASE),
    re.compile("tjänste|handläggare|strateg", re.IGNORECASE),
)
_OUTSIDE = {
    "vet inte",
    "vet ej",
    "har inte använt",
    "ej aktuellt",
    "ingen uppfattning",
    "har ingen uppfattning",
    "kan inte bedöma",
}

NOT_FOUND = {
    MEMBER: (
        "[[items]]  # KONTROLLERA: frågan hittades inte",
        'id = "member"',
        'kind = "member"',
        'text = "KONTROLLERA: frågan om kommun"',
    ),
    ROLE: (
        "[[items]]  # KONTROLLERA: frågan hittades inte",
        'id = "role"',
        'kind = "role"',
        'text = "KONTROLLERA: frågan om roll"',
        'options = ["Politiker", "Tjänsteperson"]',
        'politicians = ["Politiker"]',
        'officials = ["Tjänsteperson"]',
    ),
}


def draft_survey(export: Export) -> str:
    """A survey.toml to edit, with every question of the export; `read_survey` accepts it as it is.

    What only a person knows is marked KONTROLLERA: ids, the order of scales, who is an official.
    """
    guesses = guess_columns(export)
    kept = [
        guess
        for i, guess in enumerate(guesses)
        if folded(guess.heading) not in {"", *(folded(one.heading) for one in guesses[:i])}
    ]
    left = [
        f"# Utelämnad: rubriken {quoted(guess.heading)} är tom eller finns redan."
        for guess in guesses
        if guess not in kept
    ]
    lines = [*_draft_head(export), *left, *_draft_scales(kept)]
    kinds = {guess.kind for guess in kept}
    lines += [line for kind, item in NOT_FOUND.items() if kind not in kinds for line in ("", *item)]
    for scale, run in groupby(enumerate(kept, 1), key=lambda pair: pair[1].scale):
        rows = list(run)
        lines += (
            _draft_matrix(scale, rows)
            if scale
            else [line for i, guess in rows for line in _draft_item(f"q{i:02}", guess)]
        )
    return "\n".join(lines) + "\n"


def _listed(labels: Iterable[str]) -> str:
    return "[" + ", ".join(map(quoted, labels)) + "]"


def _draft_head(export: Export) -> list[str]:
    days = sorted(day for day in export.rows["date"] if day) or ["1900-01-01"]
    head = [
        "# Utkast efter exportens innehåll. Gå igenom allt som är märkt KONTROLLERA.",
        f"year = {int(days[-1][:4])}",
        'title = "Medlemsenkät"  # KONTROLLERA',
        f"opened = {days[0]}  # KONTROLLERA",
        f"closed = {days[-1]}  # KONTROLLERA",
        f"frame_date = {days[0]}  # KONTROLLERA: dagen då medlemsregistret gäller",
        f"reader = {quoted(export.platform)}",
    ]
    return head + options_lines(export)


def _draft_scales(guesses: Sequence[Guess]) -> list[str]:
    lines = []
    for number in sorted({guess.scale for guess in guesses} - {0}):
        labels = list(dict.fromkeys(label for guess in guesses if guess.scale == number for label, _ in guess.options))
        outside = [label for label in labels if folded(label) in _OUTSIDE]
        lines += [
            "",
            f"[scales.skala{number}]",
            f"options = {_listed(label for label in labels if label not in outside)}  # KONTROLLERA: ordna lägst först",
        ]
        lines += [f"outside = {_listed(outside)}"] if outside else []
    return lines


def _draft_matrix(scale: int, rows: Sequence[tuple[int, Guess]]) -> list[str]:
    lines = [
        "",
        "[[items]]",
        f'id = "matrix{scale}"  # KONTROLLERA',
        f'kind = "{SCALE}"',
        f'text = "KONTROLLERA: frågan över raderna ({scale})"',
        f'scale = "skala{scale}"',
    ]
    for number, guess in rows:
        lines += ["", "[[items.rows]]", f'id = "q{number:02}"  # KONTROLLERA', f"text = {quoted(guess.heading)}"]
    return lines


def draft_question(export: Export, heading: str, name: str) -> list[str]:
    """The lines of survey.toml for one question of the export, a guess to look over, with `name` as its id."""
    place = export.headers.index(heading)
    if tells_who(heading, columns_of(export)[place]):
        return [
            "# Ser ut att visa vem som svarat. Är det ingen fråga: skriv under [reader_options]",
            f"drop = [{quoted(heading)}]",
        ]
    guess = guess_column(heading, [cell for cell in export.cells[place] if cell], export.separator)
    return _draft_item(name, replace(guess, kind=SINGLE) if guess.kind == ROLE else guess)


def _draft_item(name: str, guess: Guess) -> list[str]:
    name = guess.kind if guess.kind in (MEMBER, ROLE) else name
    lines = [
        "",
        "[[items]]",
        f'id = "{name}"  # KONTROLLERA',
        f'kind = "{guess.kind}"',
        f"text = {quoted(guess.heading)}",
    ]
    if guess.kind in (RATING, NPS):
        return [*lines, f"low = {guess.low}  # KONTROLLERA", f"high = {guess.high}"]
    if guess.kind not in (ROLE, SINGLE, MULTI):
        return lines
    labels = [label for label, count in guess.options if (count > 1 or guess.kind != MULTI) and not is_personal(label)]
    lines.append(f"options = {_listed(labels)}  # KONTROLLERA")
    if len(labels) < len(guess.options):
        lines.append("other = true  # KONTROLLERA: svar som bara en gav, eller som nämner en person, togs för egna ord")
    if guess.kind == ROLE:
        lines += [
            f"politicians = {_listed(filter(_POLITICIAN.search, labels))}  # KONTROLLERA",
            f"officials = {_listed(label for label in labels if _OFFICIAL.search(label) and not _POLITICIAN.search(label))}",
        ]
    return lines
