"""The matcher: one pass over an answer, every proposal with its evidence; a person decides afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache, partial
from itertools import accumulate
from typing import NamedTuple

from sekom_survey.coding.codebook import NO_ANSWER, Codebook
from sekom_survey.coding.lexicon import FORM, HYPHEN, PHRASE, SPELLING
from sekom_survey.coding.negation import LACK_COUNTS, LONGEST, is_nonanswer
from sekom_survey.coding.phrases import Entries, conditions_hold, how_found, span
from sekom_survey.coding.rules import FAULT, Entry, Rules
from sekom_survey.coding.weighing import Hit, is_cancelled, is_stopped, parted, weighed
from sekom_survey.text.tokens import TOKEN

_JOINING = frozenset({"och", "eller", "samt", "&", ",", "/", "resp", "respektive", "inkl"})
_REACH = 7
_SHORTEST_HEAD = 2
_SHORTEST_TAIL = 3


def with_coordination(rules: Rules, words: Sequence[str], place: int, entry: Entry) -> Entry:
    """The entry of a word with a hanging hyphen, widened by the compounds it stands for; remembered in the rules."""
    first = max(0, place - 2)
    key = (place - first, *words[first : place + _REACH])
    if key not in rules.coordinated:
        rules.coordinated[key] = _widened(rules, words, place, entry)
    return rules.coordinated[key]


def _widened(rules: Rules, words: Sequence[str], place: int, entry: Entry) -> Entry:
    word = words[place].lower()
    joined = _completed(word, words[place + 1 : place + _REACH]) if word[-1] == "-" else _headed(word, words, place)
    if not joined:
        return entry
    parts = rules.parts(word)
    for compound in joined:
        for part, how in rules.index.fits(compound).items():
            parts.setdefault(part, how if how != FORM else HYPHEN)
    return rules.entry(parts)


def _completed(word: str, following: Sequence[str]) -> list[str]:
    """ "energi-", ["och", "klimatfrågor"] -> energi + every tail of klimatfrågor."""
    if not following or following[0].lower() not in _JOINING:
        return []
    for other in map(str.lower, following):
        if other in _JOINING or other[-1] == "-":
            continue
        head = word[:-1]
        return [head + other[cut:] for cut in range(_SHORTEST_HEAD, len(other) - _SHORTEST_TAIL + 1)]
    return []


def _headed(word: str, words: Sequence[str], place: int) -> list[str]:
    """["klimatmål", "och"], "-strategier" -> every head of klimatmål + strategier."""
    if place < 2 or words[place - 1].lower() not in _JOINING:
        return []
    other = words[place - 2].lower()
    return [other[:cut] + word[1:] for cut in range(_SHORTEST_TAIL, len(other))]


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
    word took away; `faint` the weak words of themes that are not proposed; `certainty` is säker or granska.
    """

    state: str
    themes: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    cancelled: tuple[Evidence, ...]
    faint: tuple[Evidence, ...]
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
        pieces = TOKEN.split(text)  # words at odd places, what stands between them at even
        words = pieces[1::2]
        entries, live = self._entries(words, hyphened="-" in text)
        hits, cues, stops, misspelt = self._hits(words, entries, live)
        if not hits:
            return _UNCODED_CODING
        return self._coding(pieces, entries, hits, cues, stops, misspelt=misspelt)

    def term_hits(self, text: str) -> list[tuple[str, str, str]]:
        """Every (theme, term, words) a text hits, before negation and weighing: for looking at terms, not for coding."""
        words = TOKEN.findall(text)
        hits, _, _, _ = self._hits(words, *self._entries(words, hyphened=True))
        found = {(rule.theme, rule.text, " ".join(words[first : last + 1]), first) for first, last, _, _, rule in hits}
        for place, word in enumerate(words):
            found |= {(rule.theme, rule.text, word, place) for rule in self._rules.whole_terms(word)}
        return [(theme, term, shown) for theme, term, shown, _ in sorted(found, key=lambda hit: (hit[3], hit[:3]))]

    def _entries(self, words: Sequence[str], *, hyphened: bool) -> tuple[Entries, list[Entry | None]]:
        """The parts each word fits and what it does; hanging hyphens are completed."""
        entries: Entries = list(map(self._rules.__getitem__, words))
        live = list(map(self._rules.live.__getitem__, words))
        for place, entry in enumerate(live) if hyphened else ():
            if entry is not None and entry.hyphened:
                live[place] = whole = with_coordination(self._rules, words, place, entry)
                entries[place] = whole.parts
        return entries, live

    def _hits(
        self, words: Sequence[str], entries: Entries, live: Sequence[Entry | None]
    ) -> tuple[list[Hit], list[Hit], list[Hit], bool]:
        """Themes' words, cues and stop words where they stand, and whether any word was read with a spelling fault."""
        present: set[int] = set().union(*filter(None, entries))
        misspelt = FAULT in present
        hits: list[Hit] = []
        cues: list[Hit] = []
        stops: list[Hit] = []
        phrase_hits: list[Hit] = []
        lists = (phrase_hits, stops, cues, cues)
        for place, entry in enumerate(live):
            if entry is None:
                continue
            _, singles, cue_words, phrases, partners, _ = entry
            for number, how, rule in singles:
                hits.append((place, place, number, how, rule))
            for number, how, rule in cue_words:
                cues.append((place, place, number, how, rule))
            if not phrases or (partners is not None and partners.isdisjoint(present)):
                continue
            for rule in phrases:
                if rule.others <= present and (place_found := span(rule, entries, place)):
                    first, last = place_found
                    if rule.bare or conditions_hold(rule, words, entries, present, first, last):
                        how = how_found(rule, entries, first, last) if misspelt or len(rule.ids) == 1 else PHRASE
                        lists[rule.kind].append((first, last, rule.number, how, rule))
        return hits + phrase_hits, cues, stops, misspelt

    def _coding(
        self,
        pieces: Sequence[str],
        entries: Entries,
        hits: list[Hit],
        cues: list[Hit],
        stops: list[Hit],
        *,
        misspelt: bool,
    ) -> Coding:
        kept = hits
        lost: list[Hit] = []
        if cues or stops:
            kept = []
            for hit in hits:
                stopped = bool(stops) and is_stopped(hit, stops)
                away = stopped or is_cancelled(hit, cues, entries, inside=self._lack_counts)
                (lost if away else kept).append(hit)
        if not self._ruling.isdisjoint([hit[4].theme for hit in kept]):
            kept, ruled_out = parted(kept, self._ruling, entries)
            lost = lost + ruled_out
        used, sure = kept, True
        if [hit for hit in kept if hit[4].strength]:
            used, sure = weighed(kept, entries)
        ends = list(accumulate(map(len, pieces)))
        cancelled = _evidence(pieces, ends, lost) if lost else ()
        if not used:
            return Coding(UNCODED, (), (), cancelled, (), CHECK)
        evidence = _evidence(pieces, ends, used)
        themes = self._themes(evidence)
        sure = sure and not lost and not (misspelt and SPELLING in [hit[3] for hit in used])
        faint: tuple[Evidence, ...] = ()
        if len(used) < len(kept):
            faint = _evidence(pieces, ends, [hit for hit in kept if hit[4].theme not in themes])
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


@lru_cache(maxsize=4)
def matchers(codebook: Codebook) -> dict[str, Matcher]:
    """One matcher for each question of a codebook; made once for those last used, since that takes longer than a year's texts."""
    return {question.id: Matcher(codebook, question.id) for question in codebook.questions}


def shown_themes(coding: Coding) -> str:
    """The themes as written in files: joined by `;`, `inget` for a non-answer, empty for uncoded."""
    return NO_ANSWER if coding.state == NONANSWER else ";".join(coding.themes)


def _evidence(pieces: Sequence[str], ends: Sequence[int], hits: list[Hit]) -> tuple[Evidence, ...]:
    """The hits in reading order with their characters; one for each theme and span.

    `ends` are the places where the pieces of the text end; word i is piece 2 i + 1.
    """
    hits.sort()
    found = []
    before: tuple[int, int, str] = (-1, -1, "")
    for first, last, _, how, rule in hits:
        theme = rule.theme
        this = (first, last, theme)
        if before != this:
            before = this
            left, right = 2 * first, 2 * last + 1
            shown = pieces[right] if first == last else "".join(pieces[left + 1 : right + 1])
            found.append((theme, ends[left], ends[right], shown, rule.text, how))
    return tuple(map(_make_evidence, found))
