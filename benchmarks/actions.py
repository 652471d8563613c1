"""How many actions a review of 300 answers takes, on the page and in the workbook: a part of `python -m benchmarks themes`.

Both reviews are gone through by the functions that the page and the commands call, on a year laid out for it, and must end with the
decisions that the reviewer wanted. On the page an action is a key that is pressed, none held down with another; in the workbook it is a
cell that is chosen or typed, a filter's step, or a fill-down. Whoever reviews agrees with the themes in the file, and presses wrong once
in a hundred texts on the page. Statements are drawn for each seed, none twice, so that the share that is sure is as asked for.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import zip_longest
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import Any
from unittest.mock import patch

import numpy as np
from openpyxl import load_workbook

from benchmarks.make_scale import member_names, write_members
from benchmarks.make_year import ROLES, YEAR, Question, survey_text, write_export
from benchmarks.strangers import Statement
from sekom_survey.app.asked import Asked
from sekom_survey.app.coded import coded
from sekom_survey.app.deciding import approve_rest, settle, take_back
from sekom_survey.app.run_process import Runs
from sekom_survey.app.texts import ALL, TRY, show
from sekom_survey.app.years import Workplace
from sekom_survey.coding import proposals as proposals_module
from sekom_survey.coding.codebook import NO_ANSWER, OTHER, Answer, text_hash
from sekom_survey.coding.learning import judges
from sekom_survey.coding.match import CODED, SURE
from sekom_survey.coding.proposals import proposals
from sekom_survey.coding.quick import ADD, AS_IT_STANDS, EMPTY, NO_THEME, SWAP, UNREAD, stepped
from sekom_survey.coding.review import ROWS_SHEET, SHEET, THEME_COLUMNS, theme_names
from sekom_survey.coding.shipped import START, start_codebook
from sekom_survey.coding.sitting import SAMPLE, check_passed, unread
from sekom_survey.model import TEXT
from sekom_survey.upkeep.review import export_review, import_file

ANSWERS, SHARES, SEEDS = 300, (0.35, 0.5), range(3)
TO_FILTER = 2  # open the filter and choose
ROWS_A_SCREEN = 20  # so many are read before what stands is filled down
TEXTS_A_SLIP = 100
CODER, DAY = "AB", date(YEAR, 3, 2)

Truth = Mapping[tuple[str, str], frozenset[str]]  # question and hash of a text -> the themes it should have


@dataclass
class Sitting:
    """A review that goes on: what the reviewer wants, and the actions so far."""

    wanted: Truth
    actions: int = 0
    texts: int = 0


def lay_out(surveys: Path, asked: Sequence[Statement]) -> Path:
    """A year whose answers these statements are: a question each for challenges, strengths and value."""
    book = start_codebook()
    texts = {one.id: [each.text for each in asked if each.question == one.id] for one in book.questions}
    home, most = surveys / str(YEAR), max(map(len, texts.values()))
    home.mkdir(parents=True)
    items = [
        Question({"id": one.id, "kind": TEXT, "text": f"Berätta om {one.name}.", "codebook": one.id}, (f"Berätta om {one.name}.",), lambda rng: ())
        for one in book.questions
    ]  # fmt: skip
    names = member_names(most)
    (home / "survey.toml").write_text(survey_text(YEAR, items), encoding="utf-8")
    shutil.copy(START, home / "codebook.toml")
    write_members(home / "members.csv", names)
    cells = zip_longest(*texts.values(), fillvalue="")
    rows = [(name, list(ROLES)[1], *row) for name, row in zip(names, cells, strict=True)]
    write_export(home / "export" / "svar.xlsx", YEAR, [item.headings[0] for item in items], rows)
    return home


def on_the_page(surveys: Path, wanted: Truth) -> tuple[int, bool]:
    """The page's own screens: the sample, the rest of the sure ones in one step if it passed, then text by text; and if it did."""
    now, place = Sitting(wanted), Workplace(surveys, surveys / "reports", lambda: DAY)
    sure = _shown(place)["sure"]
    if sure.to_try and len(sure.left) > SAMPLE:
        now.actions += 1
        _go_through(now, place, TRY)
        if _shown(place)["sure"].opened:
            now.actions += 1
            approve_rest(_asked(place))
    _go_through(now, place, ALL)
    return now.actions, _must_be_wanted(place.years()[str(YEAR)], wanted)


def _asked(place: Workplace, part: str = ALL, form: Mapping[str, Sequence[str]] = MappingProxyType({})) -> Asked:
    return Asked(place, Runs(), str(YEAR), {"vem": (CODER,), "del": (part,), **form})


def _shown(place: Workplace, part: str = ALL) -> Mapping[str, Any]:
    """What the page shows of a part of the work, once the proposals are worked out."""
    while (found := show(_asked(place, part))).template == "proposing.html.j2":
        time.sleep(0.5)
    return found.shown


def _go_through(now: Sitting, place: Workplace, part: str) -> None:
    while (shown := _shown(place, part))["now"] is not None:
        form = _form(shown)
        now.texts += 1
        if now.texts % TEXTS_A_SLIP == 0:
            wrong = next(one.id for one in shown["choices"] if not one.chosen)
            settle(_asked(place, part, {**form, "steg": (wrong,)}))
            take_back(_asked(place, part))
            now.actions += 2
        right = now.wanted[shown["now"].answer.question, shown["hash"]]
        presses, pressed = _presses(right, form, _ways(shown), {one.id for one in shown["choices"] if one.key})
        now.actions += presses
        settle(_asked(place, part, {**form, **pressed}))


def _form(shown: Mapping[str, Any]) -> dict[str, Sequence[str]]:
    """What the page's form holds when nothing has been pressed."""
    ticked = tuple(one.id for one in shown["choices"] if one.chosen)
    further = (shown["further"].id,) if shown["further"] else ()
    same = ("ja",) if shown["same"] > 1 else ()
    return {"nr": (str(shown["number"]),), "hash": (shown["hash"],), "tema": ticked, "forslag": ticked, "forst": further, "alla": same}  # fmt: skip


def _ways(shown: Mapping[str, Any]) -> set[str]:
    """What one key gives beside single themes: as the last text got (N), and the other likely ways (Q to Y)."""
    return {ids for ids, _ in shown["recent"][:1]} | {ids for _, ids, _ in shown["others"]}


def _presses(
    right: frozenset[str], form: Mapping[str, Sequence[str]], ways: Collection[str], with_keys: Collection[str]
) -> tuple[int, dict[str, Sequence[str]]]:
    """How many keys give a text what it should have, and what the form then holds beside the rest. RuntimeError without a way by keys."""
    ticked, further = frozenset(form["tema"]), next(iter(form["forst"]), "")
    if right == ticked:
        return 1, {}
    if further and ticked and stepped(ADD, ticked, further) == right:
        return 1, {"steg": (ADD,)}
    if right == {further}:
        return 1, {"steg": (SWAP,)}
    if (ids := ";".join(sorted(right))) in ways:
        return 1, {"nyss": (ids,)}
    if not right <= with_keys:
        raise RuntimeError(f"no key for {sorted(right - with_keys)}")
    more = len(right - ticked) == 1 and ticked <= right  # plus and the theme; else M, and once more for each beyond two
    return 1 if len(right) == 1 else 2 if more else 2 * len(right) - 1, {"tema": tuple(sorted(right))}


def in_the_workbook(surveys: Path, wanted: Truth) -> tuple[int, bool]:
    """Written, filled in and read in by the commands' functions, the sure ones by filter and fill-down; and if the sample passed."""
    folder, reports, now = surveys / str(YEAR), surveys / "reports", Sitting(wanted)
    export_review(folder, reports, None)
    (path,) = reports.rglob("review.xlsx")
    _fill_in(path, now, lambda tier: tier != SURE, at_once=True)
    _, problems = import_file(folder, path, CODER, reports)
    if any(one.code == "sample_missing" for one in problems):
        _fill_in(path, now, lambda tier: tier == SURE, at_once=False)
        import_file(folder, path, CODER, reports)
    return now.actions, _must_be_wanted(folder, wanted)


def _fill_in(path: Path, now: Sitting, is_read: Callable[[str], bool], *, at_once: bool) -> None:
    """Fill in the rows of some tiers as a reviewer would; with `at_once` the other sure ones as unread."""
    book = load_workbook(path)
    sheet, columns = book[SHEET], {cell.value: cell.column for cell in book[SHEET][1]}
    names = {one.id: theme_names(start_codebook(), one.id) for one in start_codebook().questions}
    mine = [row for row in range(2, sheet.max_row + 1) if is_read(_told(sheet, row, columns["Säkerhet"]))]
    now.actions += -(-len(mine) // ROWS_A_SCREEN)
    for row in mine:
        question = _told(sheet, row, columns["Fråga"])
        right = now.wanted[question, _told(sheet, row, columns["Kontrollsumma"])]
        now.actions += _fill_row(sheet, row, columns, names[question], right, book[ROWS_SHEET].cell(row, 5).value or "")
    rest = set(range(2, sheet.max_row + 1)) - set(mine) if at_once else set()
    for row in rest:
        sheet.cell(row, columns["Klar"], UNREAD)
    now.actions += TO_FILTER + 1 if rest else 0
    book.save(path)


def _fill_row(
    sheet: Any, row: int, columns: Mapping[str, int], names: Mapping[str, str], right: frozenset[str], further: str
) -> int:
    """A step in one cell where one will do, else the cells of the themes; "ja" has been filled down."""
    ids = {name: theme for theme, name in names.items()}
    cells = {columns[title]: ids.get(_told(sheet, row, columns[title]), "") for title in THEME_COLUMNS}
    stand = frozenset(filter(None, cells.values()))
    steps = {ADD: stepped(ADD, stand, further) if further else stand, SWAP: frozenset([further]), NO_THEME: frozenset([OTHER]), EMPTY: frozenset([NO_ANSWER])}  # fmt: skip
    step = AS_IT_STANDS if stand == right else next((step for step, gives in steps.items() if gives == right), "")
    sheet.cell(row, columns["Klar"], step or AS_IT_STANDS)
    if step:
        return int(step != AS_IT_STANDS)
    free = [column for column, theme in cells.items() if theme not in right]
    for column, theme in zip_longest(free, sorted(right - stand)):
        sheet.cell(row, column).value = names.get(theme)
    return max(len(right - stand), len(stand - right))


def _told(sheet: Any, row: int, column: int) -> str:
    return str(sheet.cell(row, column).value or "")


def _must_be_wanted(folder: Path, wanted: Truth) -> bool:
    """Whether some were approved unread. Every text must be decided, those read as they should be, the others after a passed sample.

    Raises RuntimeError.
    """
    year = coded(folder)
    assert year is not None
    skipped = unread(year.rows)
    wrong = [
        answer
        for answer in year.answers
        if answer.key not in skipped and year.decided.get(answer.key) != wanted[answer.question, text_hash(answer.text)]
    ]
    if wrong or len(year.decided) < len(year.answers) or not check_passed(year.rows):
        raise RuntimeError(
            f"{len(wrong)} texts did not become what was wanted, {len(year.decided)} of {len(year.answers)} decided"
        )
    return bool(skipped)


def drawn(asked: Sequence[Statement], sure: Sequence[bool], share: float, seed: int) -> list[Statement]:
    """300 of the statements, none twice, so many of them sure as asked for."""
    rng = np.random.default_rng(seed)
    counts = {True: round(share * ANSWERS), False: ANSWERS - round(share * ANSWERS)}
    places = [rng.choice(np.flatnonzero(np.array(sure) == kind), many, replace=False) for kind, many in counts.items()]
    return [asked[place] for place in np.concatenate(places)]


def surely(asked: Sequence[Statement]) -> list[bool]:
    """Whether each statement's proposal is sure."""
    answers = [Answer(f"M{n:04}-official", one.question, one.question, one.text) for n, one in enumerate(asked)]
    sure = {
        one.answer.key: one.certainty == SURE and one.coding.state == CODED
        for one in proposals(answers, start_codebook())
    }
    return [sure[answer.key] for answer in answers]


def lines(asked: Sequence[Statement], without: tuple[str, ...]) -> list[list[str]]:
    """A line a share that is sure and a fate of its sample, as far as the statements suffice: draws, and actions on average and at most.

    What is proposed has not been taught by the sources `without`.
    """
    with patch.object(proposals_module, "judges", partial(judges, without=without)):
        return _lines(asked)


def _lines(asked: Sequence[Statement]) -> list[list[str]]:
    wanted = {(one.question, text_hash(one.text)): one.themes for one in asked}
    sure, told = surely(asked), []
    for share in SHARES:
        if share * ANSWERS > sum(sure) or (1 - share) * ANSWERS > len(sure) - sum(sure):
            continue
        draws = [drawn(asked, sure, share, seed) for seed in SEEDS]
        found = [[_counted(review, some, wanted) for some in draws] for review in (on_the_page, in_the_workbook)]
        for passed in (True, False):
            counts = [[many for many, opened in some if opened is passed] for some in found]
            told.append(
                [f"{share:.0%}", "passed" if passed else "failed", str(len(counts[0])), *map(_mean_and_most, counts)]
            )
    return told


def _counted(
    review: Callable[[Path, Truth], tuple[int, bool]], some: Sequence[Statement], wanted: Truth
) -> tuple[int, bool]:
    with TemporaryDirectory() as home:
        lay_out(Path(home), some)
        return review(Path(home), wanted)


def _mean_and_most(counts: Sequence[int]) -> str:
    return f"{np.mean(counts):.0f} (at most {max(counts)})" if counts else "–"
