"""What an unknown export holds, told to a person, and a draft survey.toml to begin from."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from sekom_survey.asked.reference import municipality
from sekom_survey.collected import READERS, read_export
from sekom_survey.collected.table import columns_of
from sekom_survey.model import MEMBER, MULTI, NPS, RATING, ROLE, SCALE, SINGLE, TEXT, Export, Problem
from sekom_survey.text.files import folded
from sekom_survey.text.redact import redact
from sekom_survey.upkeep.draft_options import options_lines, quoted
from sekom_survey.upkeep.persons import is_personal, left_out, shown_label, tells_who

LONGEST_CELL = 2_000
LONGEST_OPTION = 120
MOST_OPTIONS = 15
SHOWN_OPTIONS = 12
_MEMBER_WORDS = re.compile(r"\b(vilken|vilket|din|er)\b.*\b(kommun|region|medlem)\b|^kommun", re.IGNORECASE)
_ROLE_WORDS = re.compile(r"\broll\b|\buppdrag\b|\bbefattning\b", re.IGNORECASE)
_NPS_WORDS = re.compile(r"rekommendera", re.IGNORECASE)
_WHOLE_NUMBER = re.compile(r"\d{1,2}")
_FORMULA = re.compile(r"[=@]|[+-](?![\s\d]|$)")
_DAMAGE = re.compile("\ufffd|Ã[¥¤¶…„–\x84\x85\x96]|â€")
_POLITICIAN, _OFFICIAL = re.compile("politi|förtroendevald", re.IGNORECASE), re.compile("tjänste|handläggare|strateg", re.IGNORECASE)
_OUTSIDE = {"vet inte", "vet ej", "har inte använt", "ej aktuellt", "ingen uppfattning", "har ingen uppfattning", "kan inte bedöma"}
KIND_NAMES = {MEMBER: "medlem", ROLE: "roll", SINGLE: "ett val", MULTI: "flera val", SCALE: "skala", RATING: "betyg", NPS: "rekommendation 0–10",
              TEXT: "fri text"}
FORMULA, LONG, DAMAGED = "ser ut som en formel", f"längre än {LONGEST_CELL} tecken", "förvanskade tecken"

NOT_FOUND = {
    MEMBER: ("[[items]]  # KONTROLLERA: frågan hittades inte", 'id = "member"', 'kind = "member"', 'text = "KONTROLLERA: frågan om kommun"'),
    ROLE: ("[[items]]  # KONTROLLERA: frågan hittades inte", 'id = "role"', 'kind = "role"', 'text = "KONTROLLERA: frågan om roll"',
           'options = ["Politiker", "Tjänsteperson"]', 'politicians = ["Politiker"]', 'officials = ["Tjänsteperson"]'),
}


@dataclass(frozen=True)
class Guess:
    """What a column of answers seems to be; `options` with how often each is chosen, the most chosen first.

    Neighbours with the same answers are rows of one scale and share its number, `scale`, from 1.
    """

    heading: str
    kind: str
    filled: int
    options: tuple[tuple[str, int], ...] = ()
    low: int = 0
    high: int = 0
    scale: int = 0


def inspect_file(path: Path, shown: str, reader: str | None = None,
                 options: Mapping[str, object] | None = None) -> tuple[Export | None, list[Problem]]:
    """Any export to look at: as `read_export`, but an unknown platform is read as a plain table.

    What `left_out` finds about persons and times is left out as a draft would have it; `Export.options` tells.
    """
    found, problems = read_export(path, shown, reader, options)
    if reader is None and any(problem.code == "platform_unknown" for problem in problems):
        found, problems = _as_table(path, shown, options or {})
    said = left_out(found) if found else {}
    if found and said:
        return read_export(path, shown, found.platform, {**dict(found.options), **said, **(options or {})})
    return found, problems


def _as_table(path: Path, shown: str, options: Mapping[str, object]) -> tuple[Export | None, list[Problem]]:
    """A table of an unknown platform with as few rows of headings as give every column one."""
    tried = [read_export(path, shown, "generic", {"header_rows": rows, **options}) for rows in (1, 2, 3)]
    whole = [(found, problems) for found, problems in tried if found and "heading_missing" not in {p.code for p in problems}]
    return [*whole, *tried][0]


def guess_columns(export: Export) -> list[Guess]:
    """A guess for every column of answers, in the export's order; at most one is the member and one the role."""
    columns = [(heading, [cell for cell in export.cells[i] if cell]) for i, heading in enumerate(export.headers)]
    member = next((i for i, (heading, cells) in enumerate(columns) if _is_member(heading, cells, export.separator)), None)
    guesses = [Guess(heading, MEMBER, len(cells)) if i == member else _guess(heading, cells, export.separator)
               for i, (heading, cells) in enumerate(columns)]
    role = next((i for i, guess in enumerate(guesses) if guess.kind == ROLE), None)
    return _scales([replace(guess, kind=SINGLE) if guess.kind == ROLE and i != role else guess for i, guess in enumerate(guesses)])


def _guess(heading: str, cells: Sequence[str], separator: str) -> Guess:
    counts = Counter(cells)
    chosen = Counter(choice for cell in cells for choice in _choices(cell, separator))
    ranked = tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))
    if cells and all(_WHOLE_NUMBER.fullmatch(cell) and int(cell) <= 10 for cell in cells):
        return _number_guess(heading, cells, ranked)
    if _is_multi(cells, chosen, separator):
        return Guess(heading, MULTI, len(cells), tuple(sorted(chosen.items(), key=lambda pair: (-pair[1], pair[0]))))
    if _is_choice(counts):
        return Guess(heading, ROLE if _ROLE_WORDS.search(heading) else SINGLE, len(cells), ranked)
    return Guess(heading, TEXT, len(cells))


def _is_member(heading: str, cells: Sequence[str], separator: str) -> bool:
    if any(cell.endswith(separator) for cell in cells):
        return False
    known = sum(1 for cell in cells if len(cell) < LONGEST_OPTION and municipality(cell))
    several = len(set(cells)) * 2 > len(cells)
    return several and (known * 2 > len(cells) or bool(_MEMBER_WORDS.search(heading)))


def _number_guess(heading: str, cells: Sequence[str], ranked: tuple[tuple[str, int], ...]) -> Guess:
    low, high = min(map(int, cells)), max(map(int, cells))
    if _NPS_WORDS.search(heading) or low == 0:
        return Guess(heading, NPS, len(cells), ranked, 0, 10)
    return Guess(heading, RATING, len(cells), ranked, 1, 5 if high <= 5 else 10)


def _choices(cell: str, separator: str) -> list[str]:
    return [choice.strip() for choice in cell.split(separator) if choice.strip()]


def _is_multi(cells: Sequence[str], chosen: Counter[str], separator: str) -> bool:
    several = sum(1 for cell in cells if len(_choices(cell, separator)) > 1)
    ended = any(cell.endswith(separator) for cell in cells)
    repeated = sum(chosen.values()) >= 2 * len(chosen)
    return bool(chosen) and repeated and (ended or several * 4 >= len(cells))


def _is_choice(counts: Counter[str]) -> bool:
    few = len(counts) <= MOST_OPTIONS and counts.total() >= 2 * len(counts)
    return bool(counts) and few and max(map(len, counts)) <= LONGEST_OPTION


def _scales(guesses: Sequence[Guess]) -> list[Guess]:
    """Runs of neighbours that share at least two answers become rows of a scale."""
    found: list[Guess] = []
    number = 0
    for _, run in groupby(_with_run_numbers(guesses), key=lambda pair: pair[0]):
        columns = [guess for _, guess in run]
        if len(columns) > 1:
            number += 1
            columns = [replace(guess, kind=SCALE, scale=number) for guess in columns]
        found += columns
    return found


def _with_run_numbers(guesses: Sequence[Guess]) -> Iterable[tuple[int, Guess]]:
    number = 0
    for before, guess in zip([None, *guesses], guesses, strict=False):
        together = before is not None and before.kind == guess.kind == SINGLE and len(_labels(before) & _labels(guess)) > 1
        number += not together
        yield number, guess


def _labels(guess: Guess) -> set[str]:
    return {label for label, _ in guess.options}


def inspection_lines(export: Export, problems: Sequence[Problem] = ()) -> list[str]:
    """What a person should know of an export, in Swedish, line by line; no answer that points at a person."""
    lines = [f"{export.file}: {READERS[export.platform].title}, {len(export.cells)} svar, {len(export.headers)} kolumner med svar."]
    lines += _dates_told(export)
    for number, guess in enumerate(guess_columns(export), 1):
        lines += ["", f"{number}. {redact(guess.heading).text}", f"   {KIND_NAMES[guess.kind]}, {guess.filled} svar{_options_told(guess)}"]
    lines += ["", "Utelämnat (om formuläret eller personen, eller hopslaget):"]
    lines += [f"   {heading}: {count} celler" for heading, count in export.dropped if count] or ["   inget"]
    lines += _suspicions_told(export)
    return lines + [f"   {problem.where}: {problem.found} {problem.todo}".replace(" : ", " ") for problem in problems]


def _dates_told(export: Export) -> list[str]:
    days = sorted(day for day in export.rows["date"] if day)
    told = [f"Svaren kom in {days[0]} till {days[-1]}."] if days else ["Det framgår inte när svaren kom in."]
    return told + ([f"{len(export.unfinished)} svar skickades aldrig in."] if export.unfinished else [])


def _options_told(guess: Guess) -> str:
    if guess.kind in (MEMBER, TEXT) or not guess.options:
        return ""
    more = f" och {len(guess.options) - SHOWN_OPTIONS} till" if len(guess.options) > SHOWN_OPTIONS else ""
    return ": " + "; ".join(f"{shown_label(label)} ({count})" for label, count in guess.options[:SHOWN_OPTIONS]) + more


def _suspicions_told(export: Export) -> list[str]:
    found = suspicious_cells(export)
    return ["", "Celler att se över:" if found else "Inga misstänkta celler."] + [
        f"   rad {row}, {export.headers[column][:60]}: {what}" for row, column, what in found]


def suspicious_cells(export: Export) -> list[tuple[int, int, str]]:
    """(row in the file, column, what in Swedish) for cells that may name a person, run as a formula, or be damaged or overlong."""
    return [(int(row), column, what) for column in export.cells.columns
            for row, cell in zip(export.rows["row"], export.cells[column], strict=True) for what in _suspicions(cell)]


def _suspicions(cell: str) -> list[str]:
    start = cell[:LONGEST_CELL]
    found = list(dict.fromkeys(piece.kind for piece in redact(start).found))
    told = ((FORMULA, _FORMULA.match(start)), (LONG, len(cell) > LONGEST_CELL), (DAMAGED, _DAMAGE.search(start)))
    return found + [what for what, true in told if true]


def draft_survey(export: Export) -> str:
    """A survey.toml to edit, with every question of the export; `read_survey` accepts it as it is.

    What only a person knows is marked KONTROLLERA: ids, the order of scales, who is an official.
    """
    guesses = guess_columns(export)
    kept = [guess for i, guess in enumerate(guesses) if folded(guess.heading) not in {"", *(folded(one.heading) for one in guesses[:i])}]
    left = [f"# Utelämnad: rubriken {quoted(guess.heading)} är tom eller finns redan." for guess in guesses if guess not in kept]
    lines = [*_draft_head(export), *left, *_draft_scales(kept)]
    kinds = {guess.kind for guess in kept}
    lines += [line for kind, item in NOT_FOUND.items() if kind not in kinds for line in ("", *item)]
    for scale, run in groupby(enumerate(kept, 1), key=lambda pair: pair[1].scale):
        rows = list(run)
        lines += _draft_matrix(scale, rows) if scale else [line for i, guess in rows for line in _draft_item(f"q{i:02}", guess)]
    return "\n".join(lines) + "\n"


def _listed(labels: Iterable[str]) -> str:
    return "[" + ", ".join(map(quoted, labels)) + "]"


def _draft_head(export: Export) -> list[str]:
    days = sorted(day for day in export.rows["date"] if day) or ["1900-01-01"]
    head = ["# Utkast efter exportens innehåll. Gå igenom allt som är märkt KONTROLLERA.", f"year = {int(days[-1][:4])}",
            'title = "Medlemsenkät"  # KONTROLLERA', f"opened = {days[0]}  # KONTROLLERA", f"closed = {days[-1]}  # KONTROLLERA",
            f"frame_date = {days[0]}  # KONTROLLERA: dagen då medlemsregistret gäller", f"reader = {quoted(export.platform)}"]
    return head + options_lines(export)


def _draft_scales(guesses: Sequence[Guess]) -> list[str]:
    lines = []
    for number in sorted({guess.scale for guess in guesses} - {0}):
        labels = list(dict.fromkeys(label for guess in guesses if guess.scale == number for label, _ in guess.options))
        outside = [label for label in labels if folded(label) in _OUTSIDE]
        lines += ["", f"[scales.skala{number}]", f"options = {_listed(label for label in labels if label not in outside)}  # KONTROLLERA: ordna lägst först"]
        lines += [f"outside = {_listed(outside)}"] if outside else []
    return lines


def _draft_matrix(scale: int, rows: Sequence[tuple[int, Guess]]) -> list[str]:
    lines = ["", "[[items]]", f'id = "matrix{scale}"  # KONTROLLERA', f'kind = "{SCALE}"', f'text = "KONTROLLERA: frågan över raderna ({scale})"',
             f'scale = "skala{scale}"']
    for number, guess in rows:
        lines += ["", "[[items.rows]]", f'id = "q{number:02}"  # KONTROLLERA', f"text = {quoted(guess.heading)}"]
    return lines


def draft_question(export: Export, heading: str, name: str) -> list[str]:
    """The lines of survey.toml for one question of the export, a guess to look over, with `name` as its id."""
    place = export.headers.index(heading)
    if tells_who(heading, columns_of(export)[place]):
        return ["# Ser ut att visa vem som svarat. Är det ingen fråga: skriv under [reader_options]", f"drop = [{quoted(heading)}]"]
    guess = _guess(heading, [cell for cell in export.cells[place] if cell], export.separator)
    return _draft_item(name, replace(guess, kind=SINGLE) if guess.kind == ROLE else guess)


def _draft_item(name: str, guess: Guess) -> list[str]:
    name = guess.kind if guess.kind in (MEMBER, ROLE) else name
    lines = ["", "[[items]]", f'id = "{name}"  # KONTROLLERA', f'kind = "{guess.kind}"', f"text = {quoted(guess.heading)}"]
    if guess.kind in (RATING, NPS):
        return [*lines, f"low = {guess.low}  # KONTROLLERA", f"high = {guess.high}"]
    if guess.kind not in (ROLE, SINGLE, MULTI):
        return lines
    labels = [label for label, count in guess.options if (count > 1 or guess.kind != MULTI) and not is_personal(label)]
    lines.append(f"options = {_listed(labels)}  # KONTROLLERA")
    if len(labels) < len(guess.options):
        lines.append("other = true  # KONTROLLERA: svar som bara en gav, eller som nämner en person, togs för egna ord")
    if guess.kind == ROLE:
        lines += [f"politicians = {_listed(filter(_POLITICIAN.search, labels))}  # KONTROLLERA",
                  f"officials = {_listed(label for label in labels if _OFFICIAL.search(label) and not _POLITICIAN.search(label))}"]
    return lines
