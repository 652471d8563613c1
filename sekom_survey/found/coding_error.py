"""What is known of the errors in themes that no person has read, brought into the intervals of the themes.

Texts that people have read are the measure: they tell how often the machine finds a theme that is there (sensitivity) and
how often it leaves out one that is not (specificity). Texts approved in one step are held to the drawn sample.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from sekom_survey.coding.codebook import NO_ANSWER, OTHER, Codebook
from sekom_survey.coding.decisions import Decision, Key
from sekom_survey.coding.sitting import tried_and_right, unread
from sekom_survey.stats.intervals import exact_limits
from sekom_survey.stats.misclassification import Rate, reading_interval, together

FEWEST = 20.0  # a theme with fewer texts is filled up to so many by what is known of all themes together
KNOWN = Rate(0.85 * FEWEST, FEWEST), Rate(0.975 * FEWEST, FEWEST)  # on strangers' statements (docs/codebook.md)
STEPS = 100  # what is shared out is told in hundredths: no group's own share can be worked out from a limit

Errors = Mapping[tuple[str, str], tuple["Misread", ...]]


@dataclass(frozen=True)
class Misread:
    """Texts of one kind that nobody has read, for an item and a theme.

    `found`: their share of the texts with the theme, `texts`: of all texts; and how often such texts are read right.
    """

    found: float
    texts: float
    sensitivity: Rate
    specificity: Rate


@dataclass(frozen=True)
class _Text:
    """A text in substance: the themes that count, those the machine proposes, whether a person read it, whether it was tried."""

    themes: frozenset[str]
    proposed: frozenset[str]
    read: bool
    decided: bool
    tried: bool


def coding_errors(
    coded: pd.DataFrame, rows: Sequence[Decision], codebook: Codebook, questions: Mapping[str, str]
) -> Errors:
    """Item and theme to what is unread of it; nothing for an item that people have read all of.

    `coded` as in `Themes`; `questions` gives each item's codebook question.
    """
    at_once, tried = unread(rows), tried_and_right(rows)
    found = {}
    for item, mine in coded.groupby("item", sort=False):
        texts = _texts(mine, at_once, tried)
        options = [*(theme.id for theme in codebook.of(questions[str(item)])), OTHER]
        read = [text for text in texts if text.read]
        kinds = (
            ([text for text in texts if not text.decided], read),
            ([text for text in texts if text.decided and not text.read], [text for text in read if text.tried]),
        )
        for option in options if any(these for these, _ in kinds) else ():
            found[str(item), option] = tuple(
                _misread(option, options, these, held_to, texts) for these, held_to in kinds if these
            )
    return found


def _texts(coded: pd.DataFrame, at_once: frozenset[Key], tried: Mapping[Key, bool]) -> list[_Text]:
    keys = zip(coded["respondent"], coded["item"], strict=True)
    return [
        _Text(_options(themes), _options(proposed), bool(reviewed) and key not in at_once, bool(reviewed), key in tried)
        for key, themes, proposed, reviewed in zip(
            keys, coded["themes"], coded["proposed"], coded["reviewed"], strict=True
        )
        if NO_ANSWER not in themes
    ]


def _options(themes: Iterable[str]) -> frozenset[str]:
    return frozenset(themes) or frozenset([OTHER])


def _misread(
    option: str, options: Sequence[str], these: Sequence[_Text], held_to: Sequence[_Text], texts: Sequence[_Text]
) -> Misread:
    pairs = [_rates([one], held_to) for one in options]
    pooled = [Rate(sum(one[n].right for one in pairs), sum(one[n].base for one in pairs)) for n in (0, 1)]
    own = _rates([option], held_to)
    filled = [_filled(own[n], _filled(pooled[n], KNOWN[n])) for n in (0, 1)]
    with_it = sum(option in text.themes for text in texts)
    found = sum(option in text.themes for text in these) / with_it if with_it else len(these) / len(texts)
    return Misread(round(found * STEPS) / STEPS, round(len(these) / len(texts) * STEPS) / STEPS, *filled)


def _rates(options: Sequence[str], read: Sequence[_Text]) -> tuple[Rate, Rate]:
    """Sensitivity and specificity of the machine for a theme, over texts that people read."""
    said = [(option in text.proposed, option in text.themes) for option in options for text in read]
    return (
        Rate(said.count((True, True)), sum(true for _, true in said)),
        Rate(said.count((False, False)), sum(not true for _, true in said)),
    )


def _filled(own: Rate, other: Rate) -> Rate:
    """A rate that rests on too few, filled up with a rate that rests on more."""
    lacks = max(0.0, FEWEST - own.base)
    return Rate(own.right + lacks * other.share, own.base + lacks)


def with_coding_errors(estimates: pd.DataFrame, errors: Errors) -> pd.DataFrame:
    """Estimates of themes whose intervals hold the coding's errors too; rows of what people have read stay as they are.

    Every row is widened by its own count and base and by what holds for its theme in the whole item, and by nothing else,
    so that a row that is shown says nothing of one that is hidden. The count and its share stay what was counted.
    """
    if not errors or estimates.empty:
        return estimates
    table = estimates.copy()
    for place, row in enumerate(estimates.itertuples()):
        misread = errors.get((str(row.item), str(row.option)), ())
        if misread and not row.suppressed and not pd.isna(row.low):  # a row may be shown without its limits
            limits = reading_limits(int(row.count), int(row.base), int(row.population), misread)
            for name in [name for name in limits if not pd.isna(getattr(row, name))]:
                table.iat[place, table.columns.get_loc(name)] = limits[name]
    return table


def misread_together(errors: Errors, item: str, options: Sequence[str]) -> tuple[Misread, ...]:
    """What is unread of an item for texts with any of some themes: no surer than the least sure of them."""
    kinds = zip(*(errors[item, option] for option in options if errors.get((item, option))), strict=True)
    return tuple(
        Misread(
            max(one.found for one in kind),
            max(one.texts for one in kind),
            min((one.sensitivity for one in kind), key=lambda rate: rate.share),
            min((one.specificity for one in kind), key=lambda rate: rate.share),
        )
        for kind in kinds
    )


def reading_limits(count: int, base: int, population: int, misread: Sequence[Misread]) -> dict[str, float]:
    """The interval and bounds of a count, as shares of the population and in members: sampling and reading errors put together."""
    parts = [
        (min(one.found * count, one.texts * base), *reading_interval(min(one.found * count, one.texts * base), one.texts * base,
                                                                     one.sensitivity, one.specificity))
        for one in misread
    ]  # fmt: skip
    read = count - sum(part[0] for part in parts)
    true = min(read + sum(part[1] for part in parts), float(base))
    scale = population / base
    low, high = _exact(true, base, population)
    down, up = together(
        true * scale,
        (true * scale - low, high - true * scale),
        *((scale * (part[1] - part[2]), scale * (part[3] - part[1])) for part in parts),
    )
    least, most = read + sum(part[2] for part in parts), read + sum(part[3] for part in parts)
    low = float(max(0, np.floor(min(down, count * scale))))
    high = float(min(population, np.ceil(max(up, count * scale))))
    return {
        "low": low / population,
        "high": high / population,
        "low_members": low,
        "high_members": high,
        "possible_low": min(low, np.floor(least)) / population,
        "possible_high": min(float(population), max(high, np.ceil(most) + population - base)) / population,
    }


def _exact(true: float, base: int, population: int) -> tuple[float, float]:
    """The exact interval of a count that need not be whole, between those of the whole counts beside it."""
    below = int(np.floor(true))
    counts = np.array([below, min(below + 1, base)])
    limits = exact_limits(counts, np.full(2, base), np.full(2, population))
    low, high = limits[0] + (true - below) * (limits[1] - limits[0])
    return float(low), float(high)
