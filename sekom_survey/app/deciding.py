"""What a press in the review does: rows of decisions, on the disk before the next text is shown."""

from __future__ import annotations

import time

from sekom_survey.app.asked import Asked, Moved, address
from sekom_survey.app.coded import CodedYear, coded
from sekom_survey.app.proposed import proposed
from sekom_survey.app.texts import ALL, BLIND, TIMES, TRY, coder_of, home, part_of
from sekom_survey.coding.codebook import Answer, text_hash
from sekom_survey.coding.coder_files import record
from sekom_survey.coding.decisions import ADJUDICATION, decided_themes
from sekom_survey.coding.match import MOST_THEMES
from sekom_survey.coding.quick import NEEDS_FURTHER, stepped
from sekom_survey.coding.review import theme_names
from sekom_survey.coding.sitting import approve, decide, drawn_mark, last_decided, marked, same_text, sure_tier, undo
from sekom_survey.found.texts import CODINGS_FILE
from sekom_survey.model import Problem
from sekom_survey.text.swedish import plural


def _now(asked: Asked) -> tuple[CodedYear, Answer] | None:
    """The text that a form is about, if it is still the one that was shown."""
    texts, number = coded(asked.folder), asked.one("nr")
    if texts is None or not number.isdecimal() or int(number) >= texts.texts:
        return None
    answer = texts.answers[int(number)]
    return (texts, answer) if text_hash(answer.text) == asked.one("hash") else None


def _changed(asked: Asked) -> Moved:
    found = "Svaren har ändrats sedan sidan visades, eller så är initialerna borta."
    return Moved(
        home(asked), "", (Problem("text_gone", "", "", found, "Inget är sparat. Granska texten som visas nu."),)
    )


def settle(asked: Asked) -> Moved:
    """Decide a text, and those that say the same; the rows are on the disk before the next one is shown."""
    now, coder = _now(asked), coder_of(asked)
    if now is None or not coder:
        return _changed(asked)
    texts, answer = now
    known_ids = theme_names(texts.codebook, answer.question)
    themes = frozenset(asked.all("tema"))
    step, before = asked.one("steg"), asked.one("nyss")
    if before:  # what was given a text not long ago
        themes = frozenset(before.split(";"))
    elif step:  # one of the steps with the first further theme, or the one theme to choose alone
        themes = stepped(step, themes, asked.one("forst")) if step in NEEDS_FURTHER else frozenset([step])
    themes &= known_ids.keys()
    if not 1 <= len(themes) <= MOST_THEMES:
        found = "Inget tema är valt." if not themes else f"{len(themes)} teman är valda."
        todo = f"Välj ett till {MOST_THEMES} teman, eller Övrigt eller Inget svar."
        return Moved(f"{home(asked)}", "", (Problem("themes_chosen", "", "", found, todo),))
    alike = (
        same_text(answer, texts.answers, texts.decided)
        if asked.one("alla") == "ja" and part_of(asked) != BLIND
        else (answer,)
    )
    offered = [theme for theme in asked.all("forslag") if theme in known_ids]
    said = asked.one("kommentar")
    comment = marked(drawn_mark(offered), said) if part_of(asked) == TRY else said
    record(
        asked.folder / CODINGS_FILE,
        decide(
            alike,
            themes,
            texts.rows,
            proposed=offered,
            coder=coder,
            day=asked.today.isoformat(),
            version=texts.codebook.version,
            comment=comment,
        ),
    )
    TIMES[asked.folder, coder].append(time.monotonic())
    return Moved(home(asked))


def take_back(asked: Asked) -> Moved:
    """Undo the coder's last decision, or all that were approved in one step."""
    texts, coder = coded(asked.folder), coder_of(asked)
    if texts is None or not coder:
        return _changed(asked)
    everything = asked.one("alla") == "ja"
    keys = sure_tier((), texts.rows, coder).at_once if everything else last_decided(texts.rows, coder)
    record(asked.folder / CODINGS_FILE, undo(keys, texts.rows, coder=coder, day=asked.today.isoformat()))
    return Moved(
        home(asked),
        f"{len(keys)} {plural(len(keys), 'beslut är ångrat', 'beslut är ångrade')}."
        if everything or len(keys) != 1
        else "",
    )


def approve_rest(asked: Asked) -> Moved:
    """Approve the sure ones in one step, when the sample has been tried and nine of ten were right."""
    texts, coder, found = coded(asked.folder), coder_of(asked), proposed(asked.folder)
    if texts is None or not coder or found is None:
        return _changed(asked)
    sure = sure_tier(found, texts.rows, coder)
    if not sure.opened:
        return _changed(asked)
    record(
        asked.folder / CODINGS_FILE,
        approve(sure.left, texts.rows, coder=coder, day=asked.today.isoformat(), version=texts.codebook.version),
    )
    return Moved(home(asked, **{"del": ALL}), f"{len(sure.left)} säkra förslag är godkända. Allt går att ångra.")


def agree(asked: Asked) -> Moved:
    """Settle a disagreement: one coder's themes become the consensus."""
    now, coder = _now(asked), coder_of(asked)
    if now is None or not coder:
        return _changed(asked)
    texts, answer = now
    given = decided_themes(texts.rows, asked.one("som")).get(answer.key)
    if given is None:
        return _changed(asked)
    rows = decide(
        [answer],
        given,
        texts.rows,
        proposed=sorted(texts.decided[answer.key]),
        coder=ADJUDICATION,
        day=asked.today.isoformat(),
        version=texts.codebook.version,
        comment=f"som {asked.one('som')}, {coder}",
    )
    record(asked.folder / CODINGS_FILE, rows)
    return Moved(f"{address(asked.wave, 'texter/jamfor')}?vem={coder}", "Sparat som konsensus.")
