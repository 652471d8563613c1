"""A coder's sitting, told by the rows of decisions alone."""

from dataclasses import replace

import pytest

from sekom_survey.coding.codebook import Answer
from sekom_survey.coding.decisions import conflicts, decided_themes
from sekom_survey.coding.match import CHECK, CODED, SURE, Coding
from sekom_survey.coding.proposals import Proposal
from sekom_survey.coding.quick import OFFERED, alternatives
from sekom_survey.coding.review_steps import Line, comments
from sekom_survey.coding.sitting import (
    DRAWN,
    approve,
    decide,
    drawn_mark,
    last_decided,
    recent_themes,
    same_text,
    sure_tier,
    tried_and_right,
    undo,
)
from sekom_survey.coding.suggest import Suggestion
from sekom_survey.text.redact import Redacted, redact

GIVEN = {"day": "2026-03-02", "version": "1.0.0"}


def proposal(n, certainty=SURE, theme="energi"):
    answer = Answer(f"M{n:03}-official", "challenge", "utmaning", f"Text {n}")
    return Proposal(
        answer, Redacted(answer.text, (), ()), Coding(CODED, (theme,), (), (), (), certainty), (), certainty, 3
    )


FOUND = [proposal(n) for n in range(60)] + [proposal(n, CHECK) for n in range(60, 70)]


def decided(rows, one, *themes, coder="AB", comment=""):
    return (
        *rows,
        *decide([one.answer], frozenset(themes), rows, proposed=("energi",), coder=coder, comment=comment, **GIVEN),
    )


@pytest.mark.parametrize(("wrong", "opened"), [(0, True), (3, True), (4, False)])
def test_nine_right_of_ten_open_the_rest(wrong, opened):
    """The sample is drawn, tried, and then the rest is approved in one step and can be undone in one."""
    rows, begun = (), sure_tier(FOUND, (), "AB")
    assert (len(begun.left), len(begun.to_try), begun.opened) == (60, 30, False)
    assert sure_tier(FOUND, (), "AB").to_try == begun.to_try
    for n in range(30):
        one = sure_tier(FOUND, rows, "AB").to_try[0]
        rows = decided(rows, one, "mat" if n < wrong else "energi", comment=DRAWN)
    tried = sure_tier(FOUND, rows, "AB")
    assert (tried.tried, tried.right, tried.opened, len(tried.left)) == (30, 30 - wrong, opened, 30)
    rows = (*rows, *approve(tried.left, rows, coder="AB", **GIVEN))
    done = sure_tier(FOUND, rows, "AB")
    assert (len(done.at_once), done.left) == (30, ())
    assert len(decided_themes(rows)) == 60
    rows = (*rows, *undo(done.at_once, rows, coder="AB", day="2026-03-03"))
    assert len(decided_themes(rows)) == 30 and sure_tier(FOUND, rows, "AB").at_once == ()


def test_a_theme_added_to_the_sure_one_is_not_right():
    """Right is just what was proposed, nothing less and nothing more."""
    rows = ()
    for one in sure_tier(FOUND, (), "AB").to_try:
        rows = decided(rows, one, "energi", "mat", comment=DRAWN)
    assert sure_tier(FOUND, rows, "AB").right == 0


@pytest.mark.parametrize(
    ("given", "right"),
    [(("energi", "mat"), 1), (("energi",), 0), (("energi", "natur"), 0), (("energi", "mat", "natur"), 0)],
)
def test_two_sure_themes_are_right_when_just_they_are_given(given, right):
    """The mark tells how many were proposed, on the page and in the workbook."""
    proposed, key = ("energi", "mat"), FOUND[0].answer.key
    mark = comments({key: "ja"}, {key: Line("", proposed, tier=DRAWN)}, {})[key]
    assert mark == drawn_mark(proposed)
    rows = decide([FOUND[0].answer], frozenset(given), (), proposed=proposed, coder="AB", comment=mark, **GIVEN)
    assert list(tried_and_right(rows).values()) == [right]
    assert list(tried_and_right([replace(row, comment=f"{mark}: oklart") for row in rows]).values()) == [right]


def test_the_last_press_is_undone_then_the_one_before():
    rows = decided(decided((), FOUND[0], "energi"), FOUND[1], "mat")
    assert last_decided(rows, "AB") == (FOUND[1].answer.key,)
    rows = (*rows, *undo(last_decided(rows, "AB"), rows, coder="AB", day="2026-03-02"))
    assert last_decided(rows, "AB") == (FOUND[0].answer.key,)
    rows = (*rows, *undo(last_decided(rows, "AB"), rows, coder="AB", day="2026-03-02"))
    assert last_decided(rows, "AB") == () and decided_themes(rows) == {}


def test_what_was_given_together_not_long_ago_is_at_hand():
    """The latest first, each once, of this coder and this question; not one theme alone, nor what was undone."""
    rows = ()
    for n, themes in enumerate((("energi", "natur"), ("mat", "energi"), ("kunskap",), ("ovrigt",), ("energi", "mat"))):
        rows = decided(rows, FOUND[n], *themes)
    rows = decided(rows, FOUND[7], "avfall", "mat", coder="MK")
    recent = (frozenset({"energi", "mat"}), frozenset({"energi", "natur"}))
    assert recent_themes(rows, "AB", "challenge") == recent
    rows = (*rows, *undo([FOUND[n].answer.key for n in (1, 4)], rows, coder="AB", day="2026-03-02"))
    assert recent_themes(rows, "AB", "challenge") == recent[1:]
    assert recent_themes(rows, "AB", "strength") == recent_themes(rows, "EL", "challenge") == ()


def test_one_coder_never_undoes_anothers():
    rows = decided(decided((), FOUND[0], "energi"), FOUND[0], "energi", coder="MK")
    assert last_decided(rows, "EL") == ()
    rows = (*rows, *undo([FOUND[0].answer.key], rows, coder="MK", day="2026-03-02"))
    assert decided_themes(rows, "AB") == {FOUND[0].answer.key: frozenset({"energi"})}


def test_those_that_say_the_same_are_decided_and_undone_together():
    """Spaces and line breaks do not make another text; a decided one is left, and another question is another."""
    answers = [
        replace(FOUND[0].answer, respondent=f"M{n}", text=text)
        for n, text in enumerate(("Pengar", "Pengar ", "Pengar", "Tid"))
    ]
    answers.append(replace(answers[0], item="strength"))
    assert same_text(answers[0], answers, {answers[2].key: None}) == (answers[0], answers[1])
    rows = decide(answers[:3], frozenset({"energi"}), (), proposed=(), coder="AB", **GIVEN)
    assert set(last_decided(rows, "AB")) == {one.key for one in answers[:3]}


def test_a_theme_goes_before_the_fixed_states_and_twice_is_once():
    rows = decided((), FOUND[0], "energi", "ovrigt")
    assert decided_themes(rows)[FOUND[0].answer.key] == {"energi"}
    assert decide([FOUND[0].answer], frozenset({"energi"}), rows, proposed=("energi",), coder="AB", **GIVEN) == ()


def test_a_consensus_settles():
    rows = decided(decided((), FOUND[0], "energi"), FOUND[0], "mat", coder="MK")
    assert len(conflicts(rows)) == 1
    rows = decided(rows, FOUND[0], "mat", coder="konsensus")
    assert conflicts(rows) == () and decided_themes(rows)[FOUND[0].answer.key] == {"mat"}


def test_the_likeliest_ways_to_give_several_themes_come_first():
    """Those of what is proposed and the further ones that no other step gives: not as it stands, not with the first further one added."""
    coding = Coding(CODED, ("a", "b"), (), (), (), CHECK)
    further = (Suggestion("c", 0.6), Suggestion("d", 0.1))
    answer = Answer("m1", "q", "q", "Text.")
    ways = alternatives(Proposal(answer, redact(answer.text, ()), coding, further, CHECK, 1))
    assert ways[:2] == ({"a", "c"}, {"b", "c"}) and len(ways) == OFFERED
    assert {"a", "b"} not in ways and {"a", "b", "c"} not in ways and all(len(some) > 1 for some in ways)
    assert alternatives(Proposal(answer, redact("", ()), coding._replace(themes=("a",)), (), CHECK, 1)) == ()
