"""Endings are open lists: forms of a word are found, other words are not."""

import pytest

from sekom_survey.coding.lexicon import stems


def is_form_of(word, base):
    """Whether a word is one of the forms that the stems and endings of a base give."""
    return any(word.startswith(stem) and word[len(stem) :] in endings for stem, endings in stems(base))


@pytest.mark.parametrize(("base", "forms"), [
    ("resurs", "resurs resurser resursen resurserna resursernas"),
    ("nätverk", "nätverk nätverket nätverken nätverkets"),
    ("vilja", "vilja viljan viljor"),
    ("ekonomi", "ekonomi ekonomin ekonomier"),
    ("medarbetare", "medarbetare medarbetaren medarbetarna medarbetarnas"),
    ("nyckel", "nyckel nyckeln nycklar nycklarna"),
    ("program", "program programmet programmen"),
    ("sakna", "sakna saknar saknas saknade"),
    ("otydlig", "otydlig otydligt otydliga"),
])  # fmt: skip
def test_forms_are_found(base, forms):
    """The words on which a stemmer gives two stems are one word here."""
    assert [form for form in forms.split() if not is_form_of(form, base)] == []


@pytest.mark.parametrize(
    ("base", "other"), [("väg", "väger"), ("mål", "måla"), ("råd", "råder"), ("art", "artig"), ("bil", "bild")]
)
def test_other_words_are_not(base, other):
    """Short bases take only the endings of nouns."""
    assert not is_form_of(other, base)
