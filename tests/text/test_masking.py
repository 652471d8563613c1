"""Many texts masked at once are masked as one by one."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from sekom_survey.text.redact import masked, masked_all

PIECES = [
    "ring ",
    "070-123 45 67",
    " a@b.se",
    "www.x.nu/å",
    "WwW.x",
    "811218-9876",
    "http://q",
    "x.com",
    " .SE",
    "x.ſe",
    "12",
    "٣٤٥٦٧٨٩٠",
    "08-12 34 56",
    "–",
    "ö",
    ".",
    "\n",
    "\0",
]
TEXTS = st.lists(st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=6).map("".join), max_size=6)


@settings(max_examples=300)
@given(texts=TEXTS)
def test_many_are_masked_as_one_by_one(texts: list[str]) -> None:
    """Addresses, numbers and what only looks like them, in any letters."""
    assert masked_all(texts) == [masked(text) for text in texts]


def test_what_is_personal_is_found_among_many() -> None:
    """In the right text."""
    texts = ["Bra", "Ring 070-174 06 31", "", "Mejla a@b.example", "Klart 3 av 4."]
    assert masked_all(texts) == ["Bra", "Ring [telefon]", "", "Mejla [e-post]", "Klart 3 av 4."]
