"""Personal data is taken out and names are flagged."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sekom_survey.text.redact import is_identity_number, redact

TOWNS = ("Vara", "Mark", "Lund", "Mora", "Upplands Väsby")


@pytest.mark.parametrize(("text", "clean"), [
    ("Mejla anna.lindqvist@storkoping.example nu", "Mejla [e-post] nu"),
    ("Ring 070-000 00 00.", "Ring [telefon]."),
    ("tel 0455-30 30 00", "tel [telefon]"),
    ("+46 70 123 45 67", "[telefon]"),
    ("08-123 456 78", "[telefon]"),
    ("Se www.ekstad.example, tack", "Se [webbadress], tack"),
    ("https://exempel.example/sida?x=1", "[webbadress]"),
    ("Född 811218-9876.", "Född [personnummer]."),
    ("198112189876", "[personnummer]"),
])  # fmt: skip
def test_contact_details_are_replaced(text, clean):
    """Each kind by its own word, the text around it untouched."""
    assert redact(text).text == clean


@pytest.mark.parametrize(
    "text",
    [
        "Kommunen går back 40 mnkr",
        "14 000 invånare",
        "811218-9875",
        "2010-2030",
        "0,5 procent",
        "98 % av bilarna",
        "ISO 14001",
        "E20",
        "Agenda 2030",
        "20/60-kort",
        "1990 till 2045 mellan 10 000 000 och 12 000 000",
    ],
)
def test_other_numbers_stay(text):
    """Amounts, years and a number with a wrong check digit are no personal data."""
    assert redact(text).text == text
    assert redact(text).found == ()


def test_the_check_digit_decides():
    """The tax agency's example, a coordination number, a wrong digit and an impossible day."""
    assert is_identity_number("811218-9876")
    assert is_identity_number("701063-2391")
    assert not is_identity_number("811218-9875")
    assert not is_identity_number("811318-9872")


@given(st.text(max_size=80))
def test_what_is_found_lies_in_the_text(text):
    """Places are code points of the text as written; redacting twice changes nothing more."""
    redacted = redact(text)
    assert all(0 <= piece.start < piece.end <= len(text) for piece in redacted.found)
    assert redact(redacted.text).text == redacted.text


def test_persons_are_flagged_by_rule():
    """A usual first name with its surname, or a capitalised word after "ring" and the like; nothing is removed."""
    redacted = redact(
        "Ring gärna Anna Lindqvist eller fråga Ekström. Fick hjälp av Karin på kansliet. Viable Cities och Agenda."
    )
    assert [(flag.kind, flag.text) for flag in redacted.flags] == [
        ("person", "Anna Lindqvist"),
        ("person", "Ekström"),
        ("person", "Karin"),
    ]
    assert "Anna Lindqvist" in redacted.text


def test_municipalities_are_matched_with_capitals_and_only_flagged():
    """Vara, Mark, Lund and Mora are words too: lower case never, first in a sentence uncertain."""
    redacted = redact(
        "Vara med! En kontakt i Lund, och Upplands Väsbys plan. Vi vill vara bra på mark och lund i Mora.", TOWNS
    )
    assert [(flag.text, flag.certain) for flag in redacted.flags] == [
        ("Vara", False),
        ("Lund", True),
        ("Upplands Väsby", True),
        ("Mora", True),
    ]
