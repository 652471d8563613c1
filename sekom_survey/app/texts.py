"""The free texts, one at a time: by keyboard or by plain forms, each decision kept before the next text is shown."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from jinja2.filters import do_urlencode

from sekom_survey.app.asked import Asked, Rendered, address
from sekom_survey.app.coded import CodedYear, coded
from sekom_survey.app.proposed import proposed
from sekom_survey.app.years import opened
from sekom_survey.coding.codebook import NO_ANSWER, OTHER, Answer, Theme, text_hash
from sekom_survey.coding.decisions import ADJUDICATION, Conflict, Key, conflicts, decided_themes
from sekom_survey.coding.proposals import Proposal, blind_sample, proposed_themes
from sekom_survey.coding.quick import alternatives, first_further
from sekom_survey.coding.review import theme_names
from sekom_survey.coding.review_import import CODER_NAME
from sekom_survey.coding.sitting import SAMPLE, Sure, last_decided, recent_themes, same_text, sure_tier
from sekom_survey.upkeep.review import BLIND_SEED

ALL, TRY, BLIND = "", "prov", "blint"
BLIND_SHARE = 20
THEME_KEYS, WAY_KEYS = "123456789acdfiopvxz", "qwerty"  # the other letters are the page's own keys
USUAL_PACE, LONGEST_PAUSE, REMEMBERED = 20.0, 180.0, 40
TIMES: dict[tuple[Path, str], deque[float]] = defaultdict(lambda: deque(maxlen=REMEMBERED))


@dataclass(frozen=True)
class ThemeChoice:
    """A theme to choose: its key on the keyboard (empty for none), what is said of its evidence, whether it is ticked."""

    id: str
    name: str
    key: str
    definition: str
    said: str
    chosen: bool


@dataclass(frozen=True)
class Piece:
    """A stretch of the text; `mark` names the theme it is evidence for, `unsure` when it does not count."""

    text: str
    mark: str = ""
    unsure: bool = False


def show(asked: Asked) -> Rendered:
    """The next text to decide, or what there is to do when none is left."""
    year, texts, coder = opened(asked.folder), coded(asked.folder), coder_of(asked)
    common = {
        "coder": coder,
        "synthetic": bool(year.survey and year.survey.synthetic),
        "texts": texts,
        "part": part_of(asked),
    }
    if texts is None or not texts.texts or not coder:
        return Rendered(
            "coder.html.j2",
            {**common, "coders": sorted({row.coder for row in texts.rows} - {ADJUDICATION}) if texts else []},
        )
    found = proposed(asked.folder)
    if found is None:
        return Rendered("proposing.html.j2", common)
    return Rendered("texts.html.j2", {**common, **_sitting(asked, texts, found, coder)})


def coder_of(asked: Asked) -> str:
    """Whose sitting it is; empty when the initials are missing or could be no one's."""
    name = asked.one("vem")
    return name.upper() if CODER_NAME.fullmatch(name) and name.casefold() != ADJUDICATION else ""


def part_of(asked: Asked) -> str:
    """Which part of the work it is about."""
    return asked.one("del") if asked.one("del") in (TRY, BLIND) else ALL


def _sitting(asked: Asked, texts: CodedYear, found: Sequence[Proposal], coder: str) -> dict[str, object]:
    """Everything the page shows of a coder's sitting."""
    sure, part = sure_tier(found, texts.rows, coder), part_of(asked)
    queue = _queue(part, texts, found, sure, coder)
    now = _chosen(queue, asked.one("efter"), texts.answers)
    names = {} if now is None else theme_names(texts.codebook, now.answer.question)
    differing = _differing(texts, coder)
    last = last_decided(texts.rows, coder)
    shown: dict[str, object] = {
        "now": now, "number": texts.answers.index(_answer(texts, now)) if now else 0, "left": len(queue), "sure": sure, "SAMPLE": SAMPLE,
        "minutes": minutes_left(TIMES[asked.folder, coder], len(queue)), "differing": differing, "blind_left": _blind_left(texts, coder),
        "undo": _undo_words(last, texts), "last": len(last), "waits": bool(_blind_left(texts, coder)),
        "codebook": [theme for theme in texts.codebook.themes if now and theme.question == now.answer.question],
    }  # fmt: skip
    if now is None:
        return shown
    item = next(one for one in opened(asked.folder).wave.questionnaire.items if one.id == now.answer.item)  # type: ignore[union-attr]
    same = [] if part == BLIND else same_text(_answer(texts, now), texts.answers, texts.decided)
    choices = _choices(now, names, texts.codebook.of(now.answer.question), blind=part == BLIND)
    return {**shown, "question": item.text, "short": item.short, "choices": choices, "same": max(1, len(same)),
            **_ways(now, texts, coder, names, part),
            "further": None if part == BLIND else next((one for one in choices if one.id == first_further(now)), None),
            "pieces": [Piece(now.redacted.text)] if part == BLIND else pieces(now, {one.id: one.key or "•" for one in choices}),
            "hash": text_hash(now.answer.text), "of": _of_item(now, texts)}  # fmt: skip


def _ways(now: Proposal, texts: CodedYear, coder: str, names: Mapping[str, str], part: str) -> dict[str, object]:
    """Several themes in one press: as the last texts got, and other likely ways with their keys."""
    if part == BLIND:
        return {"recent": [], "others": []}
    recent = _recent(now, texts, coder, names)
    others = [_named(some, names) for some in alternatives(now) if some <= names.keys()]
    return {"recent": recent, "others": [(key, *one) for key, one in zip(WAY_KEYS, (one for one in others if one not in recent[:1]), strict=False)]}  # fmt: skip


def _named(some: frozenset[str], names: Mapping[str, str]) -> tuple[str, str]:
    """Themes as a form holds them, and as a person reads them."""
    return ";".join(sorted(some)), ", ".join(names[theme] for theme in names if theme in some)


def _recent(now: Proposal, texts: CodedYear, coder: str, names: Mapping[str, str]) -> list[tuple[str, str]]:
    """What the coder gave the last texts of the question, when it is not what is proposed: ids parted by ; and names."""
    given = [some for some in recent_themes(texts.rows, coder, now.answer.item) if some <= names.keys()]
    return [_named(some, names) for some in given if some != frozenset(proposed_themes(now))]


def _answer(texts: CodedYear, now: Proposal) -> Answer:
    return next(answer for answer in texts.answers if answer.key == now.answer.key)


def _of_item(now: Proposal, texts: CodedYear) -> tuple[int, int]:
    """How many of the question's texts are decided, and how many there are."""
    mine = [answer for answer in texts.answers if answer.item == now.answer.item]
    return sum(answer.key in texts.decided for answer in mine), len(mine)


def _queue(part: str, texts: CodedYear, found: Sequence[Proposal], sure: Sure, coder: str) -> list[Proposal]:
    """What is left of a part of the work: all that nobody has decided, the drawn sample, or the texts to code blind."""
    if part == TRY:
        return list(sure.to_try)
    if part == BLIND:
        wanted = _blind_left(texts, coder)
        return [one for one in found if one.answer.key in wanted]
    return [one for one in found if one.answer.key not in texts.decided]


def _blind_left(texts: CodedYear, coder: str) -> frozenset[Key]:
    """The drawn texts that others have decided and this coder has not."""
    drawn = {answer.key for answer in blind_sample(texts.answers, BLIND_SHARE, BLIND_SEED)}
    others = {row.key for row in texts.rows if row.coder not in (coder, ADJUDICATION)} & texts.decided.keys()
    return frozenset((drawn & others) - decided_themes(texts.rows, coder).keys())


def _chosen(queue: Sequence[Proposal], after: str, answers: Sequence[Answer]) -> Proposal | None:
    """The first of the queue, or the one after the text that was passed over."""
    passed = answers[int(after)].key if after.isdecimal() and int(after) < len(answers) else None
    places = [i for i, one in enumerate(queue) if one.answer.key == passed]
    return queue[(places[0] + 1) % len(queue)] if places else (queue[0] if queue else None)


def _choices(now: Proposal, names: Mapping[str, str], themes: Sequence[Theme], *, blind: bool) -> list[ThemeChoice]:
    """The themes in the codebook's own order, so that the numbers can be learnt; then the two fixed states."""
    chosen = () if blind else proposed_themes(now)
    about = {theme.id: theme.definition for theme in themes} | {
        OTHER: "Ett svar i sak som inte ryms i något tema.",
        NO_ANSWER: "Inget svar, som ”-” eller ”vet ej”.",
    }
    keys = dict(zip((theme.id for theme in themes), THEME_KEYS, strict=False)) | {
        OTHER: "0",
        NO_ANSWER: "-",
    }
    return [
        ThemeChoice(
            id, name, keys.get(id, ""), about.get(id, ""), "" if blind else _evidence_words(now, id), id in chosen
        )
        for id, name in names.items()
    ]


def _evidence_words(now: Proposal, theme: str) -> str:
    counts = sum(one.theme == theme for one in now.coding.evidence)
    denied = sum(one.theme == theme for one in now.coding.cancelled)
    further = next((one.certainty for one in now.further if one.theme == theme), None)
    if theme in now.coding.themes:
        return f"{counts} belägg, {now.certainty}" if counts else now.certainty
    return f"{denied} belägg, nekat?" if denied else f"förslag, {round(100 * further)} %" if further else ""


def pieces(now: Proposal, keys: Mapping[str, str]) -> list[Piece]:
    """The text cut where evidence begins and ends; of two that overlap the first stands."""
    found = sorted([(one.start, one.end, one.theme, one.theme not in now.coding.themes) for one in now.coding.evidence]
                   + [(one.start, one.end, one.theme, True) for one in now.coding.cancelled])  # fmt: skip
    text, made, end = now.redacted.text, [], 0
    for start, stop, theme, unsure in found:
        if start >= end:
            made += [Piece(text[end:start]), Piece(text[start:stop], keys.get(theme, "•"), unsure)]
            end = stop
    return [piece for piece in (*made, Piece(text[end:])) if piece.text]


def minutes_left(times: Sequence[float], left: int) -> int:
    """Minutes for what is left at the coder's own pace, rounded to five; at a usual pace before five are done."""
    steps = [
        step for one, other in zip(times, list(times)[1:], strict=False) if 0 < (step := other - one) < LONGEST_PAUSE
    ]
    pace = median(steps) if len(steps) >= 5 else USUAL_PACE
    return max(5, 5 * round(pace * left / 60 / 5)) if left else 0


def _undo_words(keys: Sequence[Key], texts: CodedYear) -> str:
    if not keys:
        return ""
    names = theme_names(texts.codebook, next((one.question for one in texts.answers if one.key == keys[0]), ""))
    given = ", ".join(names.get(theme, theme) for theme in sorted(texts.decided.get(keys[0], ()))) or "inget tema"
    return given + (f" ({len(keys)} lika texter)" if len(keys) > 1 else "")


def _differing(texts: CodedYear, coder: str) -> list[tuple[int, Answer, list[tuple[str, list[str]]]]]:
    """What coders see differently and nobody has settled: the text, and each one's themes by name."""
    number = {answer.key: (n, answer) for n, answer in enumerate(texts.answers)}
    return [
        (*number[key], _views(one, texts, number[key][1]))
        for one in conflicts(texts.rows)
        if (key := (one.respondent, one.item)) in number and key in texts.decided
    ]


def _views(one: Conflict, texts: CodedYear, answer: Answer) -> list[tuple[str, list[str]]]:
    names = theme_names(texts.codebook, answer.question)
    return [(coder, [names.get(theme, theme) for theme in themes]) for coder, themes in one.themes]


def compare(asked: Asked) -> Rendered:
    """Disagreements side by side, once the coder's own blind texts are done."""
    texts, coder = coded(asked.folder), coder_of(asked)
    if texts is None or not coder:
        return show(asked)
    waits = _blind_left(texts, coder)
    return Rendered("compare.html.j2", {"coder": coder, "waits": len(waits), "differing": [] if waits else _differing(texts, coder),
                                    "synthetic": bool((survey := opened(asked.folder).survey) and survey.synthetic)})  # fmt: skip


def home(asked: Asked, **more: str) -> str:
    """The review's address with what must follow along: whose sitting, which part."""
    fields = {"vem": coder_of(asked), "del": part_of(asked), **more}
    return f"{address(asked.wave, 'texter')}?{do_urlencode({name: text for name, text in fields.items() if text})}"
