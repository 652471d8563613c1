"""What somebody did who said yes: whole words, and an answer quoted where it would not stand in a sentence."""

from dataclasses import replace

import pytest

from sekom_survey.counted.choices import choices_of, yes_labels
from sekom_survey.found.facts.words import inside, said, said_of_rows, value_words
from sekom_survey.model import MULTI, NUMBER, SCALE, SINGLE, Item, Option


def asked(kind, *labels, **more):
    return Item(
        "x",
        kind,
        "Frågan?",
        (),
        tuple(Option(label, float(i)) for i, label in enumerate(labels)),
        label="Frågan",
        **more,
    )


def first_words(item):
    return said(item, choices_of(item)[0])


def test_answers_that_share_words_are_one_phrase_and_others_are_quoted():
    """A step such as "Stämmer helt" is no adverb."""
    alike = asked(SCALE, "Inte alls", "I liten grad", "I ganska hög grad", "I mycket hög grad", top=2)
    unlike = asked(SCALE, "Stämmer inte", "Stämmer dåligt", "Stämmer ganska bra", "Stämmer helt", top=2)
    assert first_words(alike) == "svarar i ganska eller mycket hög grad på ”Frågan”"
    assert first_words(unlike) == "svarar ”Stämmer ganska bra” eller ”Stämmer helt” på ”Frågan”"


def test_an_option_is_told_inside_a_sentence_only_where_the_year_has_words_for_it():
    """`told` of a multiple choice; else quoted, with how many might be chosen."""
    assert (
        first_words(asked(MULTI, "Klimatanpassning", "Energi", max=3, told="vill ha {}")) == "vill ha klimatanpassning"
    )
    assert (
        first_words(asked(MULTI, "Klimatanpassning", "Energi", max=3))
        == "väljer ”Klimatanpassning” som ett av högst tre svar"
    )


@pytest.mark.parametrize(
    ("label", "told"),
    [("Energi", "energi"), ("SKR", "SKR"), ("LinkedIn", "LinkedIn"), ("En röst i EU", "en röst i EU")],
)
def test_a_name_keeps_its_capitals(label, told):
    """Words are small inside a sentence, names are not."""
    assert inside(label) == told


def test_answers_that_begin_with_yes_say_yes_together():
    """Where there is a no to set them against, and more than one."""
    assert yes_labels(asked(SINGLE, "Ja, ofta", "Ja, ibland", "Nej")) == ("Ja, ofta", "Ja, ibland")
    assert yes_labels(asked(SINGLE, "Ja", "Nej")) == ()
    assert yes_labels(asked(SINGLE, "Ja, ofta", "Ja, ibland", "Vet inte")) == ()
    assert yes_labels(asked(SINGLE, "Januari", "Jakt", "Nej")) == ()


def test_rows_that_share_words_are_told_in_one_phrase():
    """Without words of survey.toml each is quoted with its answers."""
    rows = [
        replace(asked(SCALE, "Nej", "Ja", top=1), label=label, told="pressas av {}") for label in ("Torka", "Lagar")
    ]
    assert said_of_rows(rows) == "pressas av torka och lagar"
    assert said_of_rows([replace(row, told="") for row in rows]) == "svarar ”Ja” på ”Torka” och svarar ”Ja” på ”Lagar”"


def test_a_quartile_of_years_is_a_year():
    """Half of the answers lie before 2025,8 nowhere."""
    year = Item("y", NUMBER, "När?", (), unit="årtal")
    assert [value_words(replace(year, unit=unit), 2025.8) for unit in ("årtal", "km")] == [
        "2026",
        "2\u00a0025,8\u00a0km",
    ]
