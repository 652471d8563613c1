"""Numbers, days and rankings: quartiles, totals under a stated rule, groups, and what of them is published."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from sekom_survey.counted.classes import day_digits, digits_words, months_apart
from sekom_survey.counted.year import analyse
from sekom_survey.found.facts.table import TOGETHER
from sekom_survey.found.findings import Findings
from sekom_survey.model import Item
from sekom_survey.protected.rows import may_be_told, rounded
from sekom_survey.protected.words import PublicFindings
from sekom_survey.shown.exhibits.amounts import _bounds, _estimated, amount, given, segment_quartiles, uploads
from sekom_survey.shown.exhibits.answers import choices
from sekom_survey.shown.exhibits.groups import segment_dots
from sekom_survey.shown.exhibits.questions import by_group
from sekom_survey.stats.means import quartiles, rounding_step, skewness, total_is_normal
from tests.forms import FORM, QUESTIONS, answers, made_form
from tests.waves import HEAD, write_export

NUMBER = Item("n", "number", "Hur många?", ())
DAY = Item("d", "date", "När?", ())


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    form = FORM.replace('kind = "number"', 'kind = "number"\ntotal = true')
    return Findings(analyse(made_form(tmp_path_factory.mktemp("tal") / "2026", form)))


def test_skewness_and_the_rule_are_cochrans():
    """Cochran's farms: G1 of 4.1 asks for 420 answers; an even spread for none."""
    assert skewness([1, 2, 3, 4, 5]) == pytest.approx(0)
    assert skewness([0, 0, 0, 1]) == pytest.approx(1.1547, abs=1e-4)
    assert total_is_normal([1, 2, 3]) and not total_is_normal([*[1] * 30, 400])


def test_a_total_has_an_interval_only_where_the_answers_are_not_too_skew(found):
    """What was answered is summed; the rest is bounds when one member is most of it."""
    known = given(found.year, found.year.wave.questionnaire.item("zz_staff"))
    shown = amount(found.year, "zz_staff")
    assert f"Svaren är tillsammans {known.sum():g}\u00a0st." in shown.note
    assert ("för skeva" in shown.note) == (not total_is_normal(known))
    item = found.year.wave.questionnaire.item("zz_staff")
    assert "omkring 400\u00a0st (" in _estimated(np.array([9.0, 10, 11, 10]), 40, item)
    assert _bounds(np.array([1.0, 1, 40]), 5, item).count("\u00a0st") == 3
    assert shown.title.startswith("Medianen för ”")
    assert f" är {np.median(known):g}".replace(".", ",") in shown.title


@pytest.mark.parametrize(("count", "told"), [(9, False), (10, True)])
def test_from_ten_answers_quartiles_are_published_and_rounded(count, told):
    """And never where fewer than five differ from the commonest."""
    assert may_be_told(np.arange(count, dtype=float)) == told
    assert not may_be_told(np.array([4.0] * 30 + [5.0] * 4))
    assert rounded(NUMBER, np.array([3, 7, 12, 18, 21, 33, 47, 52, 61, 88.0])) == (10, 30, 50)


@for_all(st.lists(st.integers(0, 10_000), min_size=10, max_size=60))
def test_rounded_quartiles_rise_and_lie_within_half_a_step(answers):
    """The step is that of the quartiles themselves: the lowest and the highest answer do not move it."""
    known = np.array(answers, dtype=float)
    exact, told = quartiles(known), rounded(NUMBER, known)
    step = rounding_step(exact.tolist(), True)
    assert list(told) == sorted(told)
    assert all(abs(one - other) <= step / 2 + 1e-6 for one, other in zip(exact, told, strict=True))
    stretched = np.sort(known)
    stretched[-1] += 1_000_000
    assert rounded(NUMBER, stretched) == told or not np.allclose(quartiles(stretched), exact)


def test_days_are_rounded_to_their_month_or_to_their_year():
    """Years where the middle half spans more than twelve months."""
    near = np.array([date(2025, month, 9).toordinal() for month in range(1, 12)], dtype=float)
    far = np.array([date(2010 + n, 3, 9).toordinal() for n in range(12)], dtype=float)
    assert [digits_words(day) for day in rounded(DAY, near)] == ["mars 2025", "juni 2025", "augusti 2025"]
    assert all(re.fullmatch(r"\d{4}", digits_words(day)) for day in rounded(DAY, far))
    assert digits_words(day_digits(near[0])) == "9 januari 2025" and months_apart(near[0], near[-1]) == 10


def test_the_public_edition_has_the_quartiles_and_no_class_total_or_group(found):
    """The line stands in place of the bars; no class of a number is in any public table."""
    public = PublicFindings(found)
    for name in ("zz_staff", "zz_since"):
        shown = amount(public.shown, name)
        assert (shown.kind, list(shown.table.columns)) == ("table", ["Mått", "Värde"])
        assert "tillsammans" not in shown.note
        assert by_group(public.shown, public, name, "size") is None
        assert public.shown.shares(name).empty


def test_every_kind_has_its_comparison_and_its_groups(found):
    """Numbers and days by medians and rank tests, rankings and consents by shares."""
    tests = found.comparisons.set_index(["item", "segmentation"])["test"]
    assert {tests["zz_staff", "size"], tests["zz_since", "size"]} <= {
        "Jonckheere–Terpstras trendtest", "Mann–Whitneys test", "Kruskal–Wallis test"}  # fmt: skip
    assert {"zz_order", "zz_agree"} <= set(found.comparisons["item"])
    assert segment_quartiles(found.year, "zz_staff", "size", "t").internal
    assert by_group(found.year, found, "zz_order", "size").kind == "dots"
    told = found.comparisons[found.comparisons["item"] == "zz_staff"].iloc[0]
    assert told["option"] == "över medianen"


def test_files_are_counted_and_left(found):
    """In the office; nothing of them is published."""
    year, public = found.year, PublicFindings(found)
    filled = sum(1 for row in answers() if row[-2])
    assert uploads(year, "zz_file").title == f"Bifoga avtalet: {filled} svar har en fil. Filerna är inte lästa."
    assert uploads(public.shown, "zz_file") is None


def test_answers_that_go_together_are_told_only_where_it_is_hardly_chance(tmp_path):
    """Those who use the telephone also use letters, in every answer."""
    rows = [
        [*row[:11], "Telefon, även mobil;Brev;" if n % 2 else "Möten;", *row[12:]] for n, row in enumerate(answers())
    ]
    folder = made_form(tmp_path / "2026")
    write_export(folder / "export" / "svar.xlsx", rows, HEAD, QUESTIONS)
    found = Findings(analyse(folder))
    public = PublicFindings(found)
    (told,) = (fact for fact in found.facts if fact.kind == TOGETHER)
    assert (told.first, told.option) == ("Telefon, även mobil", "Brev")
    assert told.sentence.endswith(
        f"{int(told.first_count)} av {int(told.first_base)} mot 0 av de {int(told.second_base)} övriga."
    )
    assert told.sentence in choices(found.year, "zz_tools").note
    assert "Utforskning" not in choices(public.shown, "zz_tools").note
    assert TOGETHER not in {fact.kind for fact in public.facts}


def test_groups_that_may_not_be_shown_are_named_in_the_line_that_says_so(found):
    """Else the contents seem to say that the question itself is not shown."""
    hidden = PublicFindings(found).shown
    empty = replace(hidden, estimates=hidden.estimates.assign(suppressed=True))
    line = segment_dots(empty, "zz_often", "size", "Hur ofta efter kommunstorlek")
    assert line.title.startswith("Hur ofta efter kommunstorlek: visas inte")
    ranked = segment_dots(found.shown, "zz_order", "size", "Ordning")
    assert ranked.subtitle.startswith("Ordna efter nytta. Andel som")
