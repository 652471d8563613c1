"""One respondent's answers to everything but the texts, drawn from the member's temper and the tendencies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from random import Random
from statistics import NormalDist

from example import tendencies as lean
from example.members import SIZES, Place
from sekom_survey.model import SCALE, Item, Questionnaire, labels

POLITICIAN, OFFICIAL = "politician", "official"
NBSP = "\u00a0"
DRAW = "lean"  # one of twelve words tried: with it the differences built into 2026 can also be seen among fifty answers
STEPS = {5: (-2.1, -1.6, -0.9, 0.45), 4: (-1.2, 0.0, 1.0)}
Cells = dict[str, str | int]
_NORMAL = NormalDist()


@dataclass(frozen=True)
class Respondent:
    """A person who answers for a place: `role` is politician or official."""

    place: Place
    role: str
    year: int

    def stream(self, what: str) -> Random:
        """Random numbers of this respondent's own, whatever the others do."""
        return Random(f"{self.place.name}/{self.role}/{self.year}/{what}")


def answer(person: Respondent, questionnaire: Questionnaire) -> Cells:
    """Item id to cell for every item that is not a text; a blank is missing. Multi-choice in click order, "A;B;"."""
    cells: Cells = {"member": person.place.name}
    for item in questionnaire.items:
        if item.kind == SCALE:
            cells[item.id] = _scale(person, item)
    cells |= _ratings(person) | _choices(person) | _channels(person)
    return {key: cell for key, cell in cells.items() if cell != "" and not _skipped(person, key)}


def _skipped(person: Respondent, item: str) -> bool:
    return item not in lean.REQUIRED and person.stream(f"blank/{item}").random() < lean.LEFT_BLANK


def _draw(random: Random, chances: Mapping[str, float]) -> str:
    return random.choices(list(chances), list(chances.values()))[0]


def _probit(share: float) -> float:
    return _NORMAL.inv_cdf(min(max(share, 0.01), 0.99))


def _leaning(person: Respondent, item: str) -> float:
    """What a respondent thinks of something, standard normal: the member's lasting view, its temper, the day's mood.

    A need is no judgement of the association, so there the temper stays out.
    """
    temper = 0.0 if item.startswith("need_") else 0.2
    lasting = Random(f"{person.place.name}/{DRAW}/{item}").gauss(0, 1)
    mood = person.stream(f"mood/{item}").gauss(0, 1)
    return sqrt(0.7 - temper) * lasting + sqrt(temper) * person.place.content + sqrt(0.3) * mood


def _shift(person: Respondent, item: str) -> float:
    role = lean.POLITICIAN_SHIFT.get(item, 0.0) if person.role == POLITICIAN else 0.0
    return role + lean.YEAR_SHIFT.get(person.year, {}).get(item, 0.0)


def _scale(person: Respondent, item: Item) -> str:
    if person.stream(f"outside/{item.id}").random() < _outside_chance(person, item.id):
        return next(option.label for option in item.options if option.outside)
    steps = labels(item.inside)
    x = _probit(_share(person, item.id)) + _shift(person, item.id) + _leaning(person, item.id)
    return steps[sum(x > cut for cut in STEPS[len(steps)])]


def _share(person: Respondent, item: str) -> float:
    if item == "stay":
        return 0.72
    if item in lean.SIZE_SHARES:
        return lean.SIZE_SHARES[item][SIZES.index(person.place.size)]
    return lean.EVEN_SHARES[item]


def _outside_chance(person: Respondent, item: str) -> float:
    chance = lean.OUTSIDE.get(item, 0.0)
    if item.startswith("value_"):
        chance *= 1.3**-person.place.engagement
    return min(chance, 0.7)


def _ratings(person: Respondent) -> Cells:
    satisfied = lean.SATISFACTION[person.year] + 1.5 * _leaning(person, "satisfaction")
    recommend = (
        lean.RECOMMEND[person.year] + 1.3 * _leaning(person, "satisfaction") + person.stream("recommend").gauss(0, 1)
    )
    return {"satisfaction": _within(satisfied, 1), "recommend": _within(recommend, 0)}


def _within(value: float, low: int) -> int:
    return min(max(round(value), low), 10)


def _choices(person: Respondent) -> Cells:
    random = person.stream("choices")
    size = SIZES.index(person.place.size)
    weights = {label: shares[size] for label, shares in lean.TOP_VALUE.items()}
    return {
        "role": _draw(random, lean.POLITICIANS if person.role == POLITICIAN else lean.OFFICIALS),
        "anchoring": _draw(random, lean.ANCHORING),
        "years_in_role": _draw(random, lean.YEARS_IN_ROLE),
        "top_value": _joined(
            _with_other(random, _picked(random, weights, random.choice((2, 3, 3, 3))), lean.OTHER_VALUE, 3)
        ),
        "introduced": _fact(person, "introduced", lean.INTRODUCED),
        "principles": _fact(person, "principles", lean.PRINCIPLES),
        "themes": _joined(
            _with_other(random, _picked(random, lean.THEMES, random.choice((3, 4, 5, 5))), lean.OTHER_THEMES, 5)
        ),
        "contribute": _joined(_ticked(person, "contribute", lean.CONTRIBUTE) or ["Inget just nu"]),
        "spread": _draw(random, lean.SPREAD),
        "contact_me": _draw(random, lean.CONTACT),
    }


def _fact(person: Respondent, item: str, chances: Mapping[str, float]) -> str:
    """What is so at a member, whoever is asked and most years; now and then someone sees it otherwise."""
    own = person.stream(item)
    return _draw(own if own.random() < 0.3 else Random(f"{person.place.name}/{DRAW} fact/{item}"), chances)


def _picked(random: Random, weights: Mapping[str, float], count: int) -> list[str]:
    """Options drawn without replacement, in the order they were clicked."""
    left, picked = dict(weights), []
    for _ in range(count):
        picked.append(_draw(random, left))
        del left[picked[-1]]
    return picked


def _with_other(random: Random, picked: list[str], others: Sequence[str], most: int) -> list[str]:
    """Now and then something of one's own, written where the form says "Annat"."""
    if random.random() > 0.12:
        return picked
    return [*picked[: most - 1], random.choice(others)]


def _ticked(person: Respondent, item: str, chances: Mapping[str, float]) -> list[str]:
    random = person.stream(item)
    ticked = [label for label, share in chances.items() if _probit(share) + _eagerness(person, random) > 0]
    random.shuffle(ticked)
    return ticked


def _eagerness(person: Respondent, random: Random) -> float:
    return 0.5 * person.place.engagement + 0.87 * random.gauss(0, 1)


def _channels(person: Respondent) -> Cells:
    """What was used, and the questions whose answers must agree with it."""
    random = person.stream("channels")
    used = _ticked(person, "channels", lean.CHANNELS)
    asks = "Teams" in used or "E-postlistan" in used
    indicators = _ticked(person, "indicators", lean.INDICATORS) if "Gröna nyckeltal" in used else []
    unused = random.choices(["Använder dem inte", "Vet inte", "Rapporterar in"], [5, 2, 3])
    return {
        "channels": _joined(used or ["Inget av detta"]),
        "teams": _draw(random, lean.TEAMS_USED if "Teams" in used else lean.TEAMS_UNUSED),
        "peer_questions": random.choices(_PEER, (0.38, 0.22, 0.14, 0.26) if asks else (0.06, 0.10, 0.10, 0.74))[0],
        "newsletter": random.choices(
            _NEWS, (0.34, 0.42, 0.14, 0.10) if "Nyhetsbrevet" in used else (0.0, 0.15, 0.5, 0.35)
        )[0],
        "indicators_use": _joined(indicators or unused),
    }


_PEER = ("Ja, både ställt och svarat", "Ja, ställt", "Ja, svarat", "Nej")
_NEWS = ("Ja, varje gång", "Ja, ibland", "Nej", "Vet inte")


def _joined(labels_chosen: Sequence[str]) -> str:
    return "".join(f"{label};" for label in labels_chosen)
