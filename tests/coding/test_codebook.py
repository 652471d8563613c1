"""Strict reading of a codebook, and what to look at in it."""

import pytest

from sekom_survey.coding.lint import against, gains, lint, term_uses
from sekom_survey.coding.suggest import Example
from tests.coding.books import ANSWERS, SMALL, book


def test_a_good_codebook_has_no_problems(tmp_path):
    """Themes, questions and flags are read as they stand."""
    codebook, problems = book(tmp_path)
    assert problems == []
    assert codebook.version == "1.2.3"
    assert [theme.id for theme in codebook.of("hinder")] == ["resurser", "politik", "energi"]
    assert codebook.theme("resurser").plan
    assert codebook.theme("ingen_nytta").rules_out


@pytest.mark.parametrize(("old", "new", "code", "hint"), [
    ("definition = \"Viljan", "defintion = \"Viljan", "unknown_key", "definition"),
    ("plan = true", "plan = \"ja\"", "wrong_type", "true eller false"),
    ("id = \"politik\"", "id = \"resurser\"", "id_clash", "eget id"),
    ("id = \"politik\"", "id = \"Politik\"", "bad_id", "små bokstäver"),
    ("id = \"politik\"", "id = \"inget\"", "reserved_id", "annat id"),
    ("question = \"nytta\"\nname = \"Nätverk\"", "question = \"nytt\"\nname = \"Nätverk\"", "unknown_question", "nytta"),
    ("negation = \"lack_counts\"", "negation = \"lack_count\"", "unknown_negation", "lack_counts"),
    ("\"#tid\"", "\"a*\"", "bad_term", "docs/codebook.md"),
    ("version = \"1.2.3\"", "version = \"ett\"", "bad_version", "1.0.0"),
    ("since = 2025", "since = 2025\nmerged_into = \"polittik\"", "unknown_theme", "politik"),
    ("version =", "version = =", "toml_syntax", "rad"),
])  # fmt: skip
def test_each_fault_is_named_with_a_hint(tmp_path, old, new, code, hint):
    """One change to a good codebook gives its own problem, in words that help."""
    assert old in SMALL
    _, problems = book(tmp_path, SMALL.replace(old, new, 1))
    found = {problem.code: problem for problem in problems}
    assert code in found
    assert hint in found[code].todo + found[code].where + found[code].found


def test_a_merged_theme_is_known_but_not_used(tmp_path):
    """Old decisions keep their id; nothing new is coded with it."""
    codebook, problems = book(tmp_path, SMALL.replace("since = 2025", 'since = 2025\nmerged_into = "politik"'))
    assert problems == []
    assert codebook.theme("resurser") is not None
    assert "resurser" not in [theme.id for theme in codebook.of("hinder")]


def test_lint_names_an_anchor_that_is_coded_otherwise(tmp_path):
    """Anchors are regression tests of the terms."""
    assert lint(book(tmp_path)[0], "codebook.toml") == []
    codebook, _ = book(tmp_path, SMALL.replace("Pengarna är slut.", "Viljan är slut."))
    (problem,) = lint(codebook, "codebook.toml")
    assert problem.code == "anchor"
    assert "Viljan är slut." in problem.found


def test_lint_warns_of_short_last_parts_and_shared_terms(tmp_path):
    """ "*art" would sit in svart; one term in two themes gives both."""
    codebook, _ = book(tmp_path, SMALL.replace('"solcell*"', '"*art", "vilja &! god"'))
    assert {problem.code for problem in lint(codebook, "c")} == {"short_term", "shared_term"}


def test_for_every_term_the_words_it_hit(tmp_path):
    """Terms that hit nothing are listed too, with nothing."""
    codebook, _ = book(tmp_path)
    uses = {(use.theme, use.term): dict(use.found) for use in term_uses(codebook, ANSWERS)}
    assert uses["resurser", "budget*"] == {"budgeten": 1}
    assert uses["natverk", "någon att ringa"] == {"någon att ringa": 1}
    assert uses["politik", "=KS"] == {}
    assert len(uses) == sum(len(theme.terms) for theme in codebook.themes)


def test_against_lists_every_answer_whose_themes_change(tmp_path):
    """And no other."""
    old, _ = book(tmp_path)
    new, _ = book(tmp_path, SMALL.replace('"webbinarium", "webbinari*", ', ""))
    changes = against(old, new, ANSWERS)
    assert [(change.answer.key, change.before, change.after) for change in changes] == [
        (("r01", "q24"), "natverk;kunskap", "natverk")
    ]
    assert against(old, old, ANSWERS) == ()


def test_gains_and_losses_are_counted_by_theme_against_decided_answers(tmp_path):
    """A term that found a theme rightly is taken away, and one that finds another wrongly is put in: both are told, counted by hand."""
    old, _ = book(tmp_path)
    new, _ = book(tmp_path, SMALL.replace('"webbinarium", "webbinari*", ', "").replace('"?hjälp"', '"kaffe"'))
    decided = {
        "nytta": [
            Example("Bra webbinarier", frozenset({"kunskap"})),
            Example("Nätverket, och kaffe", frozenset({"natverk"})),
            Example("Gott kaffe", frozenset({"ovrigt"})),
        ]
    }
    found = {one.theme: one for one in gains(old, new, decided)}
    told = {theme: [(a.right, a.wrong, a.missed) for a in (one.before, one.after)] for theme, one in found.items()}
    assert told == {"": [(2, 0, 0), (1, 1, 1)], "natverk": [(1, 0, 0), (1, 1, 0)], "kunskap": [(1, 0, 0), (0, 0, 1)]}
    assert [round(one.f1, 3) for one in (found["natverk"].before, found["natverk"].after)] == [1.0, 0.667]
    assert gains(old, new, {}) == ()
