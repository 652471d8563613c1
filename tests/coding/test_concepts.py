"""What words are about: the concepts that likeness compares texts by."""

import tomllib

import pytest

from sekom_survey.coding.concepts import FILE, concept_rows, lexicon

MOST_BYTES = 220_000


@pytest.mark.parametrize(
    ("text", "spoken", "unspoken"),
    [
        ("Tjänsten är obesatt sedan våren", {"staff"}, {"politicians", "nothing"}),
        ("en vakans", {"staff"}, set()),
        ("Det räcker lagom", {"enough_lack"}, {"law"}),
        ("Plan- och bygglagen", {"law"}, set()),
        ("Råvattenskydd", {"stormwater"}, {"collaboration"}),
        ("Elbilsladdning vid torget", {"charging"}, set()),
        ("Frågan faller mellan stolarna", {"silo"}, set()),
        ("Stolar", {"reuse"}, {"silo"}),
        ("LONA-bidraget", {"grants"}, set()),
    ],
)
def test_a_text_speaks_of_what_its_words_are_about(text, spoken, unspoken):
    """By the beginning of a word, inside it, the whole of it, its parts at a hyphen, and words in a row."""
    found = lexicon().of_text(text)
    assert spoken <= found
    assert not unspoken & found


def test_every_entry_is_found_by_itself_and_listed_once():
    """No entry is dead: the words of the list speak of the concept they stand under; the file stays small."""
    for concept, entries in tomllib.loads(FILE.read_text(encoding="utf-8")).items():
        listed = entries.split()
        assert len(listed) == len(set(listed)), concept
        for entry in listed if concept in lexicon().names else ():
            said = entry.lstrip("=-").replace("_", " ")
            assert concept in lexicon().of_text(said), (concept, entry)
    assert FILE.stat().st_size < MOST_BYTES


def test_rows_hold_the_concepts_in_their_order():
    """One row a text, nothing for a text of no known word."""
    rows = concept_rows(["Ingen budget", "qwerty"])
    assert rows.shape == (2, len(lexicon().names))
    assert rows[0, lexicon().names.index("money")] == 1
    assert not rows[1].any()
