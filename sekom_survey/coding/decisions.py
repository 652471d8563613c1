"""codings.csv: what people decided, never overwritten. The latest row of a theme wins; a later row undoes.

Columns: respondent, item, text_hash, theme, decision (yes, no, undo), coder, date, codebook_version, comment.
Rows by the coder "konsensus" settle an answer that coders saw differently.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass, fields
from pathlib import Path

from sekom_survey.coding.codebook import RESERVED, Answer, Codebook, text_hash
from sekom_survey.model import WARNING, Problem
from sekom_survey.text.files import NotText, as_day, is_copy, read_rows
from sekom_survey.text.rows import write_whole
from sekom_survey.text.toml import did_you_mean
from sekom_survey.text.turns import turn

YES, NO, UNDO = "yes", "no", "undo"
DECISIONS = (YES, NO, UNDO)
ADJUDICATION = "konsensus"
BACKUP_SUFFIX = ".bak"

Key = tuple[str, str]


@dataclass(frozen=True)
class Decision:
    """One row of codings.csv."""

    respondent: str
    item: str
    text_hash: str
    theme: str
    decision: str
    coder: str
    date: str
    codebook_version: str
    comment: str = ""

    @property
    def key(self) -> Key:
        """The answer it is about."""
        return self.respondent, self.item


COLUMNS = tuple(field.name for field in fields(Decision))
CUT_BEFORE = COLUMNS[: COLUMNS.index("comment")]  # a whole row has these


@dataclass(frozen=True)
class Conflict:
    """An answer two coders see differently and nobody has settled: coder -> themes."""

    respondent: str
    item: str
    themes: tuple[tuple[str, tuple[str, ...]], ...]


def read_decisions(path: Path, shown: str = "") -> tuple[tuple[Decision, ...], list[Problem]]:
    """codings.csv and each coder's own file beside it to their rows, and the problems in them; missing files are no decisions.

    Rows of several files are put together by day, those of one file in its order. Files only grow, so what a copy begins with
    that another file begins with too is the same rows, and counts once: else it would be decided again what was undone since.
    """
    files = [path, *coder_files(path)]
    name = shown or path.name
    parts = [_read_file(one, name.removesuffix(path.name) + one.name) for one in files]
    told = [rows for rows, _ in parts]
    rows = [row for n, part in enumerate(told) for row in part[_shared(part, told[:n]) :]]
    problems = [problem for _, found in parts for problem in found]
    return tuple(rows if len(files) == 1 else sorted(rows, key=lambda row: row.date)), problems


def _shared(rows: Sequence[Decision], others: Iterable[Sequence[Decision]]) -> int:
    """How many rows at the beginning are as another file begins."""
    ends = (
        next(
            (n for n, (one, same) in enumerate(zip(rows, other, strict=False)) if one != same),
            min(len(rows), len(other)),
        )
        for other in others
    )
    return max(ends, default=0)


def coder_files(path: Path) -> list[Path]:
    """The coders' own files beside codings.csv, by name, and every copy that a cloud service made of one or of codings.csv itself."""
    return sorted(one for one in path.parent.glob(f"{path.stem}*{path.suffix}") if is_copy(one.name, path.name))


def _read_file(path: Path, name: str) -> tuple[tuple[Decision, ...], list[Problem]]:
    """One file to its rows and the problems in it."""
    try:
        rows = read_rows(path)
    except FileNotFoundError:
        return (), []
    except (OSError, NotText, UnicodeDecodeError, csv.Error):
        return (), [
            Problem(
                "file_unreadable", name, "", "Filen går inte att läsa som text.", f"Återställ {name}{BACKUP_SUFFIX}."
            )
        ]
    if not rows:
        return (), []
    header = [cell.strip() for cell in rows[0]]
    missing = [column for column in COLUMNS if column not in header]
    if missing:
        return (), [
            Problem(
                "column_missing",
                name,
                "rad 1",
                f"Kolumnen {column} saknas.",
                "Återställ rubrikraden." + did_you_mean(column, header),
            )
            for column in missing
        ]
    decisions, problems = [], []
    for number, row in enumerate(rows[1:], 2):
        cells = dict(zip(header, (cell.strip() for cell in row), strict=False))
        if [cell.strip() for cell in row] == header:
            continue  # two who began the file at once, where the file system knows no locks
        if len(row) < len(CUT_BEFORE):
            problems += [_cut(name, number)] if any(cells.values()) else []
        elif any(cells.values()):
            decision = Decision(*(cells.get(column, "") for column in COLUMNS))
            problems += _row_problems(decision, name, number)
            decisions.append(decision)
    return tuple(decisions), problems


def _cut(name: str, number: int) -> Problem:
    found, todo = "Raden är avklippt; den hann aldrig sparas.", "Granska svaret igen."
    return Problem("row_cut", name, f"rad {number}", found, todo, WARNING)


def _row_problems(row: Decision, name: str, number: int) -> list[Problem]:
    where = f"rad {number}"
    found = []
    if row.decision not in DECISIONS:
        found.append(
            Problem(
                "unknown_decision",
                name,
                where,
                f"Beslutet är ”{row.decision}”.",
                "Skriv yes, no eller undo." + did_you_mean(row.decision, DECISIONS),
            )
        )
    if not as_day(row.date):
        found.append(Problem("bad_date", name, where, f"Datumet är ”{row.date}”.", "Skriv det som 2026-03-02."))
    for column, value in (
        ("respondent", row.respondent),
        ("item", row.item),
        ("theme", row.theme),
        ("coder", row.coder),
    ):
        if not value:
            found.append(
                Problem("cell_missing", name, where, f"Kolumnen {column} är tom.", "Fyll i den eller ta bort raden.")
            )
    return found


def append_decisions(path: Path, rows: Sequence[Decision]) -> None:
    """Adds rows at the end of codings.csv in one step, the file as it was kept as codings.csv.bak."""
    if rows:
        with turn(path):
            _append(path, rows)


def _append(path: Path, rows: Sequence[Decision]) -> None:
    old = path.read_bytes().decode("utf-8-sig") if path.exists() else ""
    if old:
        write_whole(path.with_name(path.name + BACKUP_SUFFIX), old.encode())
    if old and not old.endswith("\n"):
        old += "\n"
    write_whole(path, ((old or csv_text([COLUMNS])) + csv_text(astuple(row) for row in rows)).encode())


def csv_text(rows: Iterable[Sequence[str]]) -> str:
    """Rows as they stand in the files of decisions."""
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerows(rows)
    return buffer.getvalue()


def standing(rows: Iterable[Decision], coder: str | None = None) -> dict[Key, dict[str, str]]:
    """What stands for each answer: theme -> yes or no, by everybody or one coder; consensus alone counts where it is given."""
    everything = list(rows)
    settled = {row.key for row in everything if row.coder == ADJUDICATION} if coder is None else set()
    chosen = [row for row in everything if coder in (None, row.coder)]
    found: dict[Key, dict[str, str]] = {}
    for row in chosen:
        if row.key in settled and row.coder != ADJUDICATION:
            continue
        themes = found.setdefault(row.key, {})
        themes.pop(row.theme, None)
        if row.decision != UNDO:
            themes[row.theme] = row.decision
    return {key: themes for key, themes in found.items() if themes}


def decided_themes(rows: Iterable[Decision], coder: str | None = None) -> dict[Key, frozenset[str]]:
    """The themes people gave each reviewed answer; reviewed means that some decision stands.

    Where coders differ and nothing is settled all their themes stand, but "ovrigt" and "inget" never beside a theme.
    """
    return {key: _together(themes) for key, themes in standing(rows, coder).items()}


def _together(themes: Mapping[str, str]) -> frozenset[str]:
    given = frozenset(theme for theme, decision in themes.items() if decision == YES)
    return given - set(RESERVED) or given


def stale(rows: Iterable[Decision], answers: Iterable[Answer], file: str) -> list[Problem]:
    """Decisions on answers whose text has changed since, one warning an answer."""
    latest = {row.key: row.text_hash for row in rows}
    return [
        Problem(
            "text_changed",
            file,
            f"{answer.respondent}, {answer.item}",
            "Svaret har ändrats sedan det kodades.",
            "Granska svaret igen.",
            level="warning",
        )
        for answer in answers
        if latest.get(answer.key, text_hash(answer.text)) != text_hash(answer.text)
    ]


def conflicts(rows: Sequence[Decision]) -> tuple[Conflict, ...]:
    """Answers that two coders see differently and that no consensus row has settled, in order."""
    coders = sorted({row.coder for row in rows} - {ADJUDICATION})
    settled = {row.key for row in rows if row.coder == ADJUDICATION}
    by_coder = {coder: decided_themes(rows, coder) for coder in coders}
    keys = sorted({key for themes in by_coder.values() for key in themes} - settled)
    found = []
    for key in keys:
        views = tuple((coder, tuple(sorted(by_coder[coder][key]))) for coder in coders if key in by_coder[coder])
        if len({themes for _, themes in views}) > 1:
            found.append(Conflict(*key, views))
    return tuple(found)


def new_rows(
    answers: Mapping[Key, frozenset[str]],
    hashes: Mapping[Key, str],
    rows: Sequence[Decision],
    *,
    proposed: Mapping[Key, Sequence[str]],
    comments: Mapping[Key, str],
    coder: str,
    day: str,
    version: str,
) -> tuple[Decision, ...]:
    """The rows that make a coder's themes stand: yes for each, no for what was proposed or stood before.

    What already stands for this coder (same text) is not written again, so importing twice changes nothing.
    """
    before = standing(rows, coder)
    known = {row.key: row.text_hash for row in rows if row.coder == coder}
    said = {row.key: row.comment for row in rows if row.coder == coder}
    found = []
    for key, themes in answers.items():
        old = before.get(key, {}) if known.get(key) == hashes[key] else {}
        comment = comments.get(key, "")
        wanted = dict.fromkeys(sorted(themes), YES)
        wanted |= dict.fromkeys(sorted({*proposed.get(key, ()), *old} - themes), NO)
        fresh = {theme: decision for theme, decision in wanted.items() if old.get(theme) != decision}
        if not fresh and comment and comment != said.get(key, ""):
            fresh = wanted
        found += [
            Decision(*key, hashes[key], theme, decision, coder, day, version, comment)
            for theme, decision in fresh.items()
        ]
    return tuple(found)


def theme_problems(rows: Iterable[Decision], codebook: Codebook, file: str) -> list[Problem]:
    """Decisions on themes the codebook does not know, one problem a theme."""
    known = [theme.id for theme in codebook.themes] + list(RESERVED)
    unknown = sorted({row.theme for row in rows} - set(known))
    return [
        Problem(
            "unknown_theme",
            file,
            theme,
            f"Temat ”{theme}” finns inte i kodboken.",
            "Lägg till temat med merged_into, eller ångra raderna." + did_you_mean(theme, known),
        )
        for theme in unknown
    ]
