"""A column's guess -> its table in survey.toml, with a mark where a person should look."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sekom_survey.asked.marks import KEY
from sekom_survey.collected.grid import FALSE, TRUE
from sekom_survey.counted.cells import TRUTHS
from sekom_survey.model import CONSENT, MEMBER, MULTI, NPS, NUMBER, RANKING, RATING, ROLE, SCALE, SINGLE, TEXT
from sekom_survey.text.files import folded
from sekom_survey.upkeep.first_year.scales import KnownScale, is_graded, mostly, outside_of, partly_ordered, scale_of
from sekom_survey.upkeep.first_year.words import id_of, label_of, most_choices, roles
from sekom_survey.upkeep.guess import Guess
from sekom_survey.upkeep.persons import is_personal

FEW_OWN_WORDS, MOST_STEPS = 2, 10
_MIDDLE = re.compile(
    r"h?v[ae]rken|neither|😐|neutral|oförändra|lagom|kanske|delvis|till viss del|viss mån|\b3\b|som (?:för)?väntat|medel|mellan\b|\bok(?:ej)?\b|acceptab|godtagba|måttlig|hälften"
)
_ANSWER_OF_ONES_OWN = re.compile(r"(annat|annan|annan typ|övrigt|other)\s*[:–—-]\s*\S", re.IGNORECASE)
YES_NO = ("Ja", "Nej")
_STEP = re.compile(r"\d{1,2}")
_NONE_OF = re.compile(
    r"(inget|ingen|inga|ingenting)( alls)?( av (det|dessa|alternativen|ovanstående)\w*( \w+)?)?\.?", re.IGNORECASE
)
OWN_IDS, LABELS = {MEMBER, ROLE}, {MEMBER: "Medlem"}
ORDER = "Ordningen är en gissning: det lägsta svaret ska stå först och det högsta sist. Svar som inte hör till skalan, som Vet ej, står utanför."
LEVELS = "Finns det ett steg som ingen valde? Då ska det läggas till på sin plats."
PARTLY = "Är svaren en skala? Ordna dem i så fall med det lägsta först och välj sorten skala."
CODED = {
    "utmaning": r"utmaning|svår(t|ast|ighet)|hinder|hindrar|problem|går trögt",
    "styrka": r"styrk|stolt|gott exempel|goda exempel|lyckats|bra på|framgång",
    "varde": r"medlemskap|nätverket|\bnytta\b|\bvärde\b|gör skillnad",
}
CODEBOOK = (
    "Handlar svaren om det här? Då föreslår verktyget teman ur kodboken som följer med; en människa granskar dem."
)
COUNTED = re.compile(r"\b(hur många|antal\w*)\b", re.IGNORECASE)  # what can be added up
ROLES = "Vilka svar är politiker och vilka är tjänstepersoner?"
MATRIX = "Filen har raderna men inte frågan över dem. Skriv den som den stod i formuläret. Hör alla rader hit?"
SORTED = "Står svaren i rätt ordning?"
ONLY = "Bara ett svar finns: är det en ruta som kryssats i, eller saknas svarsalternativ som ingen valde?"
MORE = "Svar som bara en gav, eller som nämner en person, togs för egna ord under Annat. Saknas ett svarsalternativ?"


@dataclass
class Scales:
    """The tables under [scales], as they are found to be needed."""

    tables: dict[str, dict[str, Any]] = field(default_factory=dict)

    def name_of(self, scale: KnownScale) -> str:
        """The name of a scale's table, which is made when no table has the same options."""
        options, outside = list(scale.options), list(scale.outside)
        for name, table in self.tables.items():
            same = table["options"] == options if scale.certain else set(table["options"]) == set(options)
            more = [label for label in table.get("outside", []) if label not in outside]
            if same and set(outside) <= set(table.get("outside", [])) and len(outside_of(more)) == len(more):
                return name
        name = next(one for one in (scale.name, *(f"{scale.name}_{n}" for n in range(2, 99))) if one not in self.tables)
        mark = ORDER if not scale.certain else "" if _looks_whole(options) else LEVELS
        self.tables[name] = {KEY: mark, "options": options, "outside": outside, "top": _top(len(options))}
        return name


def _looks_whole(options: Sequence[str]) -> bool:
    """Whether a scale has as many levels on each side: an even number, or an odd one about a middle; of numbers, from 0 or 1."""
    numbers = [int(found[0]) for label in options if (found := _STEP.search(label))]
    if len(numbers) == len(options) and min(numbers) > 1:
        return False
    return len(options) > 2 and bool(_MIDDLE.search(" ".join(options).casefold())) == bool(len(options) % 2)


def _top(levels: int) -> int:
    """How many of the highest levels are told together: two of four or more, the highest of three or fewer."""
    return 2 if levels > 3 else 1


def matrix_table(rows: Sequence[Guess], scales: Scales, taken: set[str]) -> dict[str, Any]:
    """The table of a matrix: neighbours that share their answers, under the question that the file has over them, if it has."""
    over = rows[0].over
    if rows[0].kind == RATING:
        name = {"id": _taken(id_of(over, taken), taken), "kind": RATING, KEY: "", "text": over}
        return name | _ends(_of_all(rows)) | {"rows": _rows(rows, taken)}
    labels = _by_count(rows)
    found = scale_of(labels) or mostly(labels)
    scale = found or KnownScale(
        "skala", tuple(one for one in labels if one not in outside_of(labels)), outside_of(labels), "", certain=False
    )
    text = over or scale.question or "Vad svarade ni?"
    table: dict[str, Any] = {
        "id": _taken(id_of(over or (scale.name if found else "matris"), taken), taken),
        "kind": SCALE,
        KEY: "" if over else MATRIX,
        "text": text,
    }
    if scale.ordered:
        table["scale"] = scales.name_of(scale)
    else:
        table |= {"kind": SINGLE, "options": list(scale.options), "outside": list(scale.outside)}
    table["rows"] = _rows(rows, taken)
    return table


def _rows(rows: Sequence[Guess], taken: set[str]) -> list[dict[str, Any]]:
    return [
        {
            "id": _taken(id_of(_row(row), taken), taken),
            KEY: _sentence(row.ask),
            "text": row.heading,
            "label": label_of(row.heading) if _row(row) == row.heading else _row(row),
        }
        for row in rows
    ]


def _row(row: Guess) -> str:
    """What a row is called, without the question before it where two matrices have a row of the same name."""
    return row.heading.removeprefix(row.over).strip().strip("[]") if row.over else row.heading


def _of_all(rows: Sequence[Guess]) -> Guess:
    """The rows of ratings as one question, for the ends of their scale."""
    return replace(rows[0], options=tuple(pair for row in rows for pair in row.options))


def _by_count(rows: Sequence[Guess]) -> list[str]:
    counts: dict[str, int] = {}
    for row in rows:
        for label, n in row.options:
            counts[label] = counts.get(label, 0) + n
    return [label for label in sorted(counts, key=lambda label: -counts[label]) if not is_personal(label)]


def _taken(name: str, taken: set[str]) -> str:
    taken.add(name)
    return name


def item_table(guess: Guess, scales: Scales, taken: set[str]) -> dict[str, Any]:
    """The table of a question that stands alone."""
    name = guess.kind if guess.kind in OWN_IDS else _taken(id_of(guess.heading, taken), taken)
    label = LABELS.get(guess.kind) or label_of(guess.heading)
    table = {"id": name, "kind": guess.kind, KEY: "", "text": guess.heading, "label": label, **_answers(guess, scales)}
    return table | {KEY: " ".join(filter(None, (_sentence(guess.ask), table[KEY])))}


def _sentence(text: str) -> str:
    return text and text[0].upper() + text[1:].rstrip(".") + ("" if text.endswith("?") else ".")


def _answers(guess: Guess, scales: Scales) -> dict[str, Any]:
    """The keys that tell what can be answered."""
    if guess.kind in (RATING, NPS):
        return _ends(guess)
    if guess.kind in (RANKING, CONSENT):
        return {"options": sorted(label for label, _ in guess.options if not is_personal(label))}
    if guess.kind in (ROLE, SINGLE, SCALE):
        return _one_choice(guess, scales)
    if guess.kind == NUMBER:
        return {"total": bool(COUNTED.search(guess.heading)) or "", "unit": guess.unit}
    return _several(guess) if guess.kind == MULTI else _coded_by(guess.heading) if guess.kind == TEXT else {}


def _coded_by(heading: str) -> dict[str, Any]:
    """The question of the codebook to begin with that a free text is about, asked about; nothing when its words say none."""
    found = next((name for name, pattern in CODED.items() if re.search(pattern, heading, re.IGNORECASE)), "")
    return {"codebook": found, KEY: CODEBOOK} if found else {}


def _ends(guess: Guess) -> dict[str, Any]:
    seen = [int(label) for label, _ in guess.options if label.isdecimal()]
    stated = [
        int(number) for number in re.findall(r"\b(\d{1,2})\s*(?:=|är\b|betyder|till\b|means|to\b|–)", guess.heading)
    ]
    stated += [
        int(number) for ends in re.findall(r"\b(\d{1,2})\s*[-—−]\s*(\d{1,2})\b", guess.heading) for number in ends
    ]
    stated += [int(number) for number in re.findall(r"(?:till|–|\boch|\band|\bto)\s*(\d{1,2})\b", guess.heading)]
    if len(set(stated)) > 1 and max(stated) <= MOST_STEPS and set(seen) <= set(range(min(stated), max(stated) + 1)):
        return {"low": min(stated), "high": max(stated)}
    sure = {guess.low, guess.high} <= set(seen)
    span = f"Svaren går från {min(seen, default=0)} till {max(seen, default=0)}."
    return {
        KEY: "" if sure else f"Är skalan {guess.low} till {guess.high}? {span}",
        "low": guess.low,
        "high": guess.high,
    }


def _one_choice(guess: Guess, scales: Scales) -> dict[str, Any]:
    labels = [label for label, _ in guess.options if _no_own_words(label)]
    if guess.kind == ROLE:
        return _role(labels)
    if labels and all(folded(label) in TRUTHS for label in labels):
        return {"kind": SINGLE, "options": list(YES_NO if guess.heading.rstrip().endswith("?") else (TRUE, FALSE))}
    found, outside = scale_of(labels), list(outside_of(labels))
    if found and found.ordered:
        return {"kind": SCALE, "scale": scales.name_of(found)}
    if found:
        return {
            "kind": SINGLE,
            KEY: "" if found.certain else SORTED,
            "options": list(found.options),
            "outside": outside,
        }
    if partly := partly_ordered(labels):
        return {"kind": SINGLE, KEY: PARTLY, "options": list(partly), "outside": outside}
    own = len(labels) < len(guess.options)
    mark = MORE if own else ONLY if len(labels) == 1 else ""
    if is_graded(labels):
        mark, labels = " ".join(filter(None, (mark, PARTLY))), _lettered(labels)
    return {
        "kind": SINGLE,
        "options": [label for label in labels if label not in outside],
        "outside": outside,
        "other": own or "",
        KEY: mark,
    }


def _lettered(labels: list[str]) -> list[str]:
    """Letters in their own order; other labels as they are."""
    return sorted(labels) if all(len(label) == 1 and label.isalpha() for label in labels) else labels


def _no_own_words(label: str) -> bool:
    """Whether a label is an option, and not what somebody wrote beside "Annat"."""
    return not is_personal(label) and not _ANSWER_OF_ONES_OWN.match(label)


def _role(labels: Sequence[str]) -> dict[str, Any]:
    politicians, officials = roles(labels)
    return {KEY: ROLES, "options": list(labels), "politicians": politicians, "officials": officials}


def _capital(label: str) -> bool:
    return not label[:1].islower()


def _several(guess: Guess) -> dict[str, Any]:
    once = [label for label, n in guess.options if n == 1]
    few = len(once) <= FEW_OWN_WORDS and guess.filled < 3 * len(guess.options) and all(map(_capital, once))
    kept = [label for label, n in guess.options if (n > 1 or few) and _no_own_words(label)]
    if len(kept) < 2:
        kept = [label for label, _ in guess.options if _no_own_words(label)]
    own, alone = len(kept) < len(guess.options), [label for label in kept if _NONE_OF.fullmatch(label)]
    most = most_choices(guess.heading)
    return {KEY: MORE if own else "", "max": most, "options": kept, "exclusive": alone, "other": own or ""}


def forced(heading: str, cells: Sequence[str], separator: str, kind: str, scales: Scales) -> dict[str, Any]:
    """The table of a column as a kind that a person has chosen; a scale has its options in the table itself."""
    whole, parts = (
        Counter(cells),
        Counter(part.strip() for cell in cells for part in cell.split(separator) if part.strip()),
    )
    numbers = [int(cell) for cell in whole if cell.isascii() and cell.isdecimal()]
    low, high = (0, 10) if kind == NPS else (min(numbers, default=1), max(numbers, default=10))
    guess = Guess(
        heading, kind, len(cells), tuple((parts if kind in (MULTI, RANKING) else whole).most_common()), low, high
    )
    table = item_table(guess, scales, set()) | {"kind": kind}
    if kind == SCALE:
        labels = [label for label, _ in guess.options if not is_personal(label)]
        found = scale_of(labels)
        order = (
            found.options
            if found
            else partly_ordered(labels) or tuple(one for one in labels if one not in outside_of(labels))
        )
        table |= {"options": list(order), "outside": list(outside_of(labels)), "scale": None, "top": _top(len(order))}
    return table
