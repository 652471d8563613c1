"""A cell of any type becomes clean text and loses nothing a person wrote."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sekom_survey.collected.grid import cell_text, clean_text, clean_texts


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        ("", ""),
        (6.0, "6"),
        (2.5, "2.5"),
        (1e20, "1e+20"),
        (float("nan"), ""),
        (float("inf"), "inf"),
        (7, "7"),
        (-0.0, "0"),
        ("6", "6"),
        ("0123", "0123"),
        (True, "Sant"),
        (False, "Falskt"),
        ("N/A", "N/A"),
        ("None", "None"),
        ("NA", "NA"),
        ("null", "null"),
        (datetime(2026, 2, 3, 12, 58, 1, 500), "2026-02-03 12:58:01"),
        (date(2026, 2, 3), "2026-02-03"),
        (time(3, 4), "03:04:00"),
        (timedelta(hours=30), "1 day, 6:00:00"),
        ("=1+1", "=1+1"),
        ("  Moderately ", "Moderately"),
        ("Ganska\u00a0stort\u200b värde\u00a0", "Ganska stort värde"),
        ("rad ett_x000D_\nrad två", "rad ett\nrad två"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("dubbelt  mellanslag", "dubbelt  mellanslag"),
        ("a\u030a", "å"),
        ("\u00a0\u200b ", ""),
        ("\u202bKommun\u200f\u202c\u2069", "Kommun"),
        ("noll\x00byte", "nollbyte"),
        ("<b>fet</b>", "<b>fet</b>"),
    ],
)
def test_a_cell_becomes_the_text_a_person_would_read(value: object, text: str) -> None:
    """Whole numbers lose their .0, words for nothing stay words, white space a person cannot see goes."""
    assert cell_text(value) == text


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    """Clean text is left as it is."""
    assert clean_text(clean_text(text)) == clean_text(text)


@given(
    st.lists(
        st.one_of(
            st.text(),
            st.sampled_from(
                ["a", "\u030a", "e\u0301", "_x000D_", "_x000", "D_", "rad\nrad", " å ", "\u00a0", "\u1100", "\u1161"]
            ),
        )
    )
)
def test_many_texts_are_cleaned_as_each_of_them(texts: list[str]) -> None:
    """Also when a mark, a letter or Excel's sign for a line end begins in one text and ends in the next."""
    assert clean_texts(texts) == [clean_text(text) for text in texts]
