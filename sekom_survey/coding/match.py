"""The matcher: one pass over an answer, every proposal with its evidence; a person decides afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from sekom_survey.coding.codebook import NO_ANSWER, Codebook
from sekom_survey.coding.hyphens import with_coordination
from sekom_survey.coding.lexicon import SPELLING
from sekom_survey.coding.negation import LACK_COUNTS
from sekom_survey.coding.nonanswers import LONGEST, is_nonanswer
from sekom_survey.coding.phrases import Entries, conditions_hold, how_found, span
from sekom_survey.coding.rules import Rules
from sekom_survey.coding.tokens import TOKEN
from sekom_survey.coding.weighing import Hit, is_cancelled, is_stopped, parted, weighed

CODED, UNCODED, NONANSWER = "coded", "uncoded", "no_answer"
SURE, CHECK = "säker", "granska"
MOST_THEMES = 4


class Evidence(NamedTuple):
    """Why a theme is proposed: the words found (`start`, `end` in code points), the term, and how it matched."""

    theme: str
    start: int
    end: int
    found: str
    term: str
    how: str


class Coding(NamedTuple):
    """What the matcher proposes for one answer.

    `state` is coded, uncoded or no_answer; `evidence` in reading order; `cancelled` is what a negation or a stop
    word took away; `faint` are themes with only weak words, not proposed; `certainty` is säker or granska.
    """

    state: str
    themes: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    cancelled: tuple[Evidence, ...]
    faint: tuple[str, ...]
    certainty: str


_make_evidence = partial(tuple.__new__, Evidence)  # half the time of calling Evidence
_NO_ANSWER_CODING = Coding(NONANSWER, (), (), (), (), SURE)
_UNCODED_CODING = Coding(UNCODED, (), (), (), (), CHECK)


class Matcher:
    """Codes answers to one question by a codebook; deterministic, and a word is looked up only once."""

    def __init__(self, codebook: Codebook, question: str) -> None:
        negation = next(asked.negation for asked in codebook.questions if asked.id == question)
        self._rules = Rules(codebook, question, negation)
        self._lack_counts = negation == LACK_COUNTS
        self._order = {theme.id: place for place, theme in enumerate(codebook.of(question))}
        self._ruling = frozenset(theme.id for theme in codebook.of(question) if theme.rules_out)

    def code(self, text: str) -> Coding:
        """The themes proposed for one answer, with evidence."""
        if len(text) <= LONGEST and is_nonanswer(text):
            return _NO_ANSWER_CODING
        words = TOKEN.findall(text)
        entries: Entries = list(map(self._rules.__getitem__, words))
        hits, cues, stops = self._hits(words, entries)
        if not hits:
            return _UNCODED_CODING
        return self._coding(text, words, entries, hits, cues, stops)

    def term_hits(self, text: str) -> list[tuple[str, str, str]]:
        """Every (theme, term, words) a text hits, before negation and weighing: for looking at terms, not for coding."""
        words = TOKEN.findall(text)
        entries: Entries = [self._rules[word] for word in words]
        hits, _, _ = self._hits(words, entries)
        found = {(rule.theme, rule.text, " ".join(words[first : last + 1]), first) for first, last, _, _, rule in hits}
        for place, word in enumerate(words):
            found |= {(rule.theme, rule.text, word, place) for rule in self._rules.whole_terms(word)}
        return [(theme, term, shown) for theme, term, shown, _ in sorted(found, key=lambda hit: (hit[3], hit[:3]))]

    def _hits(self, words: Sequence[str], entries: Entries) -> tuple[list[Hit], list[Hit], list[Hit]]:
        present: set[int] = set().union(*filter(None, entries))
        hits: list[Hit] = []
        cues: list[Hit] = []
        waking = []
        for place, entry in enumerate(map(self._rules.live.__getitem__, words)):
            if entry is None:
                continue
            parts, singles, phrases, hyphened = entry
            if hyphened:
                parts, singles, phrases, _ = with_coordination(self._rules, words, place, entry)
                entries[place] = parts
                present.update(parts)
            for rule, how in singles:
                (cues if rule.kind else hits).append((place, place, rule.number, how, rule))
            if phrases:
                waking.append((place, phrases))
        stops: list[Hit] = []
        lists = (hits, stops, cues, cues)
        for place, phrases in waking:
            for rule in phrases:
                if rule.others <= present:
                    place_found = span(rule, entries, place)
                    if place_found and (rule.bare or conditions_hold(rule, words, entries, *place_found)):
                        how = "" if rule.kind else how_found(rule, entries, *place_found)
                        lists[rule.kind].append((*place_found, rule.number, how, rule))
        return hits, cues, stops

    def _coding(
        self, text: str, words: Sequence[str], entries: Entries, hits: list[Hit], cues: list[Hit], stops: list[Hit]
    ) -> Coding:
        kept = hits
        lost: list[Hit] = []
        if cues or stops:
            kept = []
            for hit in hits:
                away = is_stopped(hit, stops) or is_cancelled(hit, cues, entries, inside=self._lack_counts)
                (lost if away else kept).append(hit)
        if self._ruling and any(hit[4].theme in self._ruling for hit in kept):
            kept, ruled_out = parted(kept, self._ruling, entries)
            lost = lost + ruled_out
        used, sure = kept, True
        if [hit for hit in kept if hit[4].strength]:
            used, sure = weighed(kept, words, entries)
        cancelled = _evidence(text, words, lost) if lost else ()
        if not used:
            return Coding(UNCODED, (), (), cancelled, (), CHECK)
        evidence = _evidence(text, words, used)
        themes = self._themes(evidence)
        sure = sure and not lost and SPELLING not in [hit[3] for hit in used]
        faint: tuple[str, ...] = ()
        if len(used) < len(kept):
            faint = tuple(dict.fromkeys([hit[4].theme for hit in kept if hit[4].theme not in themes]))
        return Coding(CODED, themes, evidence, cancelled, faint, SURE if sure else CHECK)

    def _themes(self, evidence: Sequence[Evidence]) -> tuple[str, ...]:
        """The themes in the codebook's order; with more than four, those with most evidence."""
        found = [piece.theme for piece in evidence]
        themes = dict.fromkeys(found)
        if len(themes) == 1:
            return tuple(themes)
        if len(themes) > MOST_THEMES:
            themes = dict.fromkeys(sorted(themes, key=lambda theme: -found.count(theme))[:MOST_THEMES])
        return tuple(sorted(themes, key=self._order.__getitem__))


def matchers(codebook: Codebook) -> dict[str, Matcher]:
    """One matcher for each question of a codebook."""
    return {question.id: Matcher(codebook, question.id) for question in codebook.questions}


def shown_themes(coding: Coding) -> str:
    """The themes as written in files: joined by `;`, `inget` for a non-answer, empty for uncoded."""
    return NO_ANSWER if coding.state == NONANSWER else ";".join(coding.themes)


def _evidence(text: str, words: Sequence[str], hits: list[Hit]) -> tuple[Evidence, ...]:
    """The hits in reading order with their characters; one for each theme and span."""
    hits.sort()
    find, starts, place = text.index, [], 0
    for word in words[: max([hit[1] for hit in hits]) + 1]:
        place = find(word, place)
        starts.append(place)
        place += len(word)
    found = []
    before = (-1, -1, "")
    for first, last, _, how, rule in hits:
        theme = rule.theme
        if before != (first, last, theme):
            before = (first, last, theme)
            start, end = starts[first], starts[last] + len(words[last])
            shown = words[first] if first == last else text[start:end]
            found.append(_make_evidence((theme, start, end, shown, rule.text, how)))
    return tuple(found)
