"""Numbers, dates and words as a Swedish reader expects them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sekom_survey.text.phrases import after, headed
from sekom_survey.text.swedish import (
    count_of,
    date_long,
    date_range,
    join_words,
    number,
    number_word,
    percent,
    percent_range,
    plural,
    points,
    sentence_case,
    share_word,
    share_words,
    signed,
    sort_key,
)

SP = "\u00a0"


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [(14000, 0, f"14{SP}000"), (1200, 0, f"1{SP}200"), (999, 0, "999"), (10_587_710, 0, f"10{SP}587{SP}710"),
     (62.5, 1, "62,5"), (0.5, 0, "1"), (2.5, 0, "3"), (-2.5, 0, "−3"), (-2, 0, "−2"), (-0.4, 0, "0"),
     (0, 2, "0,00"), (1.005, 2, "1,01"), (1234.56, 1, f"1{SP}234,6"), (-1234.5, 1, f"−1{SP}234,5"),
     (float("nan"), 0, ".."), (float("inf"), 1, "..")],
)  # fmt: skip
def test_number(value, decimals, text):
    """Decimal comma, fixed spaces, real minus, halves rounded away from nought, no minus nought."""
    assert number(value, decimals) == text


@given(st.integers(-(10**12), 10**12), st.integers(0, 3))
def test_number_can_be_read_back(value, decimals):
    """Only the sign, the spaces and the comma differ from the number itself."""
    scaled = value / 10**decimals
    text = number(scaled, decimals).replace(SP, "").replace("−", "-").replace(",", ".")
    assert float(text) == scaled


@pytest.mark.parametrize(
    ("value", "text"),
    [(7, "+7"), (-2, "−2"), (0, "0"), (0.2, "0"), (-0.2, "0"), (float("nan"), "..")],
)
def test_signed(value, text):
    """A plus or a minus, nought bare."""
    assert signed(value) == text


def test_signed_with_decimals():
    """The sign is decided by what is shown."""
    assert [signed(x, 1) for x in (0.5, -0.5, 0.04, 0.06)] == ["+0,5", "−0,5", "0,0", "+0,1"]


@pytest.mark.parametrize(
    ("share", "base", "decimals", "text"),
    [(50 / 80, 80, 1, "62,5"), (50 / 80, 80, None, "63"), (0.625, 80, 2, "62,5"), (0.6, 80, 1, "60"),
     (1, 50, None, "100"), (1, 50, 1, "100"), (0, 50, None, "0"), (29 / 200, 200, 0, "15"),
     (0.3845, 99, None, "38"), (0.3845, 100, None, "38,5"), (0.1, 50, 1, "10")],
)  # fmt: skip
def test_percent(share, base, decimals, text):
    """Whole percent under 100 answers, decimals when asked for, never a trailing nought."""
    assert percent(share, base, decimals) == f"{text}{SP}%"


def test_percent_of_what_is_not_known():
    """The sign of official statistics, without a unit."""
    assert percent(float("nan"), 50) == points(float("nan")) == ".."


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [(0.61, 0.78, "61–78"), (0.06, 0.18, "6–18"), (0.5, 0.5, "50"), (0.601, 0.604, "60"), (0, 1, "0–100")],
)
def test_percent_range(low, high, text):
    """An en dash without spaces, one percent sign, one number when both are the same."""
    assert percent_range(low, high) == f"{text}{SP}%"


@pytest.mark.parametrize(
    ("difference", "text"),
    [(0.12, "+12"), (-0.125, "−13"), (0, "0"), (0.145, "+15"), (0.004, "0"), (1, "+100")],
)
def test_points(difference, text):
    """Differences of shares in percentage points, with sign."""
    assert points(difference) == f"{text}{SP}procentenheter"


@pytest.mark.parametrize(("difference", "text"), [(0.01, "+1"), (-0.012, "−1")])
def test_one_point_is_singular(difference, text):
    """En procentenhet."""
    assert points(difference) == f"{text}{SP}procentenhet"


def test_counts_and_plurals():
    """Counts before the base; the noun follows the count."""
    assert count_of(34, 50) == "34 av 50" and count_of(1200, 14000) == f"1{SP}200 av 14{SP}000"
    assert [plural(n, "kommun", "kommuner") for n in (0, 1, 2)] == ["kommuner", "kommun", "kommuner"]


def test_date_long():
    """Day, month in lower case, year unsplit."""
    assert date_long(date(2026, 5, 28)) == "28 maj 2026"


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [(date(2026, 1, 19), date(2026, 2, 13), "19 januari–13 februari 2026"),
     (date(2026, 2, 3), date(2026, 2, 13), "3–13 februari 2026"),
     (date(2025, 12, 19), date(2026, 2, 13), "19 december 2025–13 februari 2026"),
     (date(2025, 2, 3), date(2026, 2, 13), "3 februari 2025–13 februari 2026"),
     (date(2026, 2, 3), date(2026, 2, 3), "3 februari 2026")],
)  # fmt: skip
def test_date_range(first, last, text):
    """What the dates share is said once."""
    assert date_range(first, last) == text


@pytest.mark.parametrize(
    ("words", "text"),
    [([], ""), (["a"], "a"), (["a", "b"], "a och b"), (["a", "b", "c"], "a, b och c")],
)
def test_join_words(words, text):
    """No comma before och."""
    assert join_words(words) == text


def test_sort_key_is_the_swedish_alphabet():
    """å, ä, ö after z in that order; é as e; case and composition do not matter."""
    first = ["Ale", "Arboga", "Idé", "idén", "Idrott", "Upplands Väsby", "Upplands-Bro", "Zorn"]
    last = ["Åmål", "a\u030are", "Älmhult", "Ängelholm", "Öckerö", "Örebro"]
    assert sorted(last[::-1] + first[::-1], key=sort_key) == first + last


@given(st.permutations("abcdefghijklmnopqrstuvwxyzåäö"))
def test_sort_key_orders_the_letters(letters):
    """All 29 letters of the alphabet."""
    assert "".join(sorted(letters, key=sort_key)) == "abcdefghijklmnopqrstuvwxyzåäö"


def test_number_word():
    """Nought to twelve in letters, the rest in digits."""
    assert [number_word(n) for n in (0, 1, 2, 8, 12)] == ["noll", "en", "två", "åtta", "tolv"]
    assert number_word(1, neuter=True) == "ett" and number_word(2, neuter=True) == "två"
    assert number_word(13) == "13" and number_word(1300) == f"1{SP}300" and number_word(-1) == "−1"


@pytest.mark.parametrize(
    ("text", "cased"),
    [("åtta kommuner", "Åtta kommuner"), ("SEKOM-enkäten", "SEKOM-enkäten"), ("", ""),
     ("”öppet” svar", "”Öppet” svar"), ("8 kommuner", "8 kommuner"), ("...", "...")],
)  # fmt: skip
def test_sentence_case(text, cased):
    """Only the first letter changes."""
    assert sentence_case(text) == cased


@pytest.mark.parametrize(
    ("count", "base", "lower", "word"),
    [(50, 50, 1.0, "alla"), (49, 50, 0.9, "nästan alla"), (45, 50, 0.8, "nästan alla"),
     (44, 50, 0.8, "de flesta"), (35, 50, 0.61, "de flesta"), (31, 50, 0.5, "flera"),
     (31, 50, 0.501, "de flesta"), (31, 50, None, "flera"), (59, 100, 0.52, "drygt hälften"),
     (53, 100, 0.45, "drygt hälften"), (52, 100, 0.45, "ungefär hälften"), (48, 100, 0.4, "ungefär hälften"),
     (47, 100, 0.4, "knappt hälften"), (41, 100, 0.3, "knappt hälften"), (40, 100, 0.3, "flera"),
     (35, 100, 0.3, "var tredje"), (32, 100, 0.3, "var tredje"), (36, 100, 0.3, "flera"),
     (31, 100, 0.3, "flera"), (27, 100, 0.2, "var fjärde"), (23, 100, 0.2, "var fjärde"),
     (22, 100, 0.2, "var femte"), (18, 100, 0.1, "var femte"), (17, 100, 0.1, "flera"),
     (5, 50, 0.06, "flera"), (4, 50, 0.05, "några"), (3, 50, 0.04, "några"), (2, 50, 0.03, "enstaka"),
     (1, 50, 0.02, "enstaka"), (0, 50, 0.0, None), (6, 8, 0.5, None), (9, 9, 1.0, None)],
)  # fmt: skip
def test_share_word(count, base, lower, word):
    """The table of words for numbers at and on both sides of each bound; under ten answers none."""
    assert share_word(count, base, lower) == word


def test_share_words_lists_every_word_that_holds():
    """A text may choose among them; the bounds on members overlap as the table says."""
    assert share_words(35, 50, 0.61) == ("de flesta", "en majoritet", "flera")
    assert share_words(2, 50, 0.0) == ("enstaka", "några")
    assert share_words(3, 50, 0.0) == ("några", "flera")


@given(st.integers(10, 400), st.floats(0, 1), st.floats(0, 1))
def test_a_majority_is_never_claimed_without_an_interval_over_half(base, share, part):
    """ "De flesta" and "en majoritet" follow the lower end alone; every count but nought has a word."""
    count = round(share * base)
    lower = part * count / base
    words = share_words(count, base, lower)
    assert ("de flesta" in words) == ("en majoritet" in words) == (lower > 0.5)
    assert bool(words) == (count > 0)


def test_a_name_that_ends_as_a_question_takes_no_colon():
    """ "Har ni infört något? Ja", and "Samverkan: medelvärde"; what is found begins as its place asks."""
    assert after("Har ni infört något?", "Ja") == "Har ni infört något? Ja"
    assert after("Samverkan", "Medelvärde") == "Samverkan: Medelvärde"
    assert headed("Tid i rollen", "De flesta är nya") == "Tid i rollen: de flesta är nya"
    assert headed("Nöjda?", "de flesta") == "Nöjda? De flesta" and headed("", "de flesta") == "De flesta"
