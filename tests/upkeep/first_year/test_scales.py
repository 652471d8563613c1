"""Swedish answer scales are known by their words and put in order, whatever order they come in."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sekom_survey.upkeep.first_year.measures import measures_of
from sekom_survey.upkeep.first_year.scales import mostly, partly_ordered, scale_of
from sekom_survey.upkeep.first_year.words import bare, id_of, label_of, most_choices, roles

SCALES = [
    (["Mycket missnöjd", "Ganska missnöjd", "Varken eller", "Ganska nöjd", "Mycket nöjd"], ["Vet ej"]),
    (["Instämmer inte alls", "Instämmer i liten grad", "Instämmer i hög grad", "Instämmer helt"], ["Vet inte"]),
    (["Aldrig", "Någon gång per år", "Varje månad", "Varje vecka", "Varje dag"], []),
    (["Inte alls", "I liten utsträckning", "I viss utsträckning", "I stor utsträckning"], ["Kan inte bedöma"]),
    (["Mycket dåligt", "Ganska dåligt", "Ganska bra", "Mycket bra"], ["Deltog inte"]),
    (["Inte alls viktigt", "Mindre viktigt", "Ganska viktigt", "Mycket viktigt"], []),
    (["1 – Inte alls", "2", "3", "4", "5 – Helt"], []),
    (["Mindre än 1 år", "1–3 år", "4–8 år", "Mer än 8 år"], []),
    (["Under 5 000 kr", "5 000–10 000 kr", "Över 10 000 kr"], ["Vet ej"]),
]


@pytest.mark.parametrize(("rising", "outside"), SCALES)
def test_a_scale_is_put_in_order(rising, outside):
    """Lowest first; what stands outside is apart."""
    shuffled = random.Random(1).sample([*rising, *outside], len(rising) + len(outside))
    found = scale_of(shuffled)
    assert found and list(found.options) == rising and list(found.outside) == outside and found.certain


@pytest.mark.parametrize("labels", [["Rött", "Blått"], ["Ja"], ["Teams", "Brev", "Vet ej"], ["Nöjd", "Varje dag"]])
def test_other_answers_are_no_scale(labels):
    """One level, or levels of two scales, are none."""
    assert scale_of(labels) is None


def test_what_is_graded_tells_the_question_that_a_matrix_has_lost():
    """Its own words, where there are any after the adjective."""
    assert (
        scale_of(["Mycket litet förtroende", "Ganska stort förtroende", "Mycket stort förtroende"]).question
        == "Hur stort förtroende?"
    )
    assert scale_of(["Lite trygg", "Ganska trygg", "Mycket trygg"]).question == ""


def test_two_words_for_one_level_leave_the_order_to_a_person():
    """Both stand for the same step."""
    found = scale_of(["Nöjd", "Ganska nöjd", "Missnöjd"])
    assert found and not found.certain


def test_yes_and_no_are_no_order():
    """They are told one by one."""
    found = scale_of(["Nej", "Ja", "Vet ej"])
    assert found and not found.ordered and found.options == ("Ja", "Nej") and found.outside == ("Vet ej",)


def test_a_scale_with_strange_answers_among_it_is_asked_about():
    """The known ones in order, the rest after them."""
    assert partly_ordered(["Har inte tillgång", "Varje vecka", "Varje månad"]) == (
        "Varje månad",
        "Varje vecka",
        "Har inte tillgång",
    )
    assert partly_ordered(["Teams", "Brev"]) == ()


def test_roles_are_known_by_their_words():
    """What is neither is left to a person."""
    assert roles(["Kommunalråd", "Ledamot i nämnd", "Miljöstrateg", "Förvaltningschef", "Annat"]) == (
        ["Kommunalråd", "Ledamot i nämnd"],
        ["Miljöstrateg", "Förvaltningschef"],
    )


@pytest.mark.parametrize(
    ("text", "most"), [("Vad är viktigast? Välj högst tre.", 3), ("Max 5 alternativ", 5), ("Välj en", None)]
)
def test_the_most_choices_are_read_from_the_question(text, most):
    """In figures or in words."""
    assert most_choices(text) == most


def test_advice_on_how_to_answer_is_no_part_of_a_short_name():
    """A text that is short and clean needs none."""
    assert bare("Vad är viktigast? (1 = minst) Välj högst tre.") == "Vad är viktigast?"
    assert label_of("Vad är viktigast? Välj högst tre.") == "Vad är viktigast?"
    assert label_of("Vad är viktigast?") == ""
    assert label_of("x" * 400) == f"{'x' * 90} …"


@given(st.lists(st.text(max_size=40), min_size=1, max_size=8))
def test_ids_are_apart_and_plain_whatever_the_question(texts):
    """Lower-case ASCII that begins with a letter."""
    taken: set[str] = set()
    for text in texts:
        name = id_of(text, taken)
        assert name not in taken and name.isascii() and name[0].isalpha() and name == name.lower()
        taken.add(name)


def test_one_odd_answer_stands_outside_a_known_scale():
    """Asked about, since it may be a level; yes and no alone are no likelihood."""
    found = mostly(["Troligen", "Ja", "Vi har slutat", "Troligen inte", "Nej"])
    assert (found.options, found.outside, found.certain) == (
        ("Nej", "Troligen inte", "Troligen", "Ja"),
        ("Vi har slutat",),
        False,
    )
    assert not scale_of(["Ja", "Nej"]).ordered
    assert scale_of(["Mycket viktigt", "Inte viktigt", "Viktigt", "Lite viktigt"]).options[0] == "Inte viktigt"


@pytest.mark.parametrize(
    "levels",
    [
        ["Inte alls", "Ganska dåligt", "Ganska väl", "Mycket väl"],
        ["Ingen", "Färre än 1", "1–2", "3–5", "Fler än 5"],
        ["Alldeles för långsam", "För långsam", "Lagom", "För snabb"],
    ],
)
def test_levels_are_put_in_their_order_whatever_was_chosen_most(levels):
    """Lowest first; none at all is below the numbers."""
    assert scale_of(sorted(levels)).options == tuple(levels)


@pytest.mark.parametrize(
    ("text", "bare_text"),
    [("5. Hur nöjda är ni?", "Hur nöjda är ni?"), ("12) Vad?", "Vad?"), ("Fråga 3: Vad?", "Vad?"), ("3 år sedan?", "3 år sedan?"), ("2030. Når ni målet?", "2030. Når ni målet?")],
)  # fmt: skip
def test_a_forms_own_numbers_are_no_part_of_a_questions_name(text, bare_text):
    """Nor of its id; a year or a count is."""
    assert bare(text) == bare_text


def test_of_several_questions_on_satisfaction_the_one_about_the_whole_is_the_measure():
    """None where no question is about the whole: a person says which."""
    parts = [
        {"id": name, "kind": "rating", "text": f"Hur nöjd är du med {name}?"} for name in ("träffarna", "kansliet")
    ]
    assert "satisfaction" not in measures_of(parts)
    whole = {"id": "allt", "kind": "rating", "text": "Hur nöjd är du på det hela taget?"}
    assert measures_of([*parts, whole])["satisfaction"] == "allt"
    assert measures_of(parts[:1])["satisfaction"] == "träffarna"


def test_a_long_question_has_a_name_of_its_own():
    """Else its title would say "Medelvärde 5,3" of nothing; a very long one is cut after a word."""
    long = "Hur troligt är det att ni rekommenderar medlemskap till en granne?"
    assert label_of("Hur nöjda är ni?") == ""
    assert label_of(long) == long
    cut = label_of("Vilka " + "mycket " * 20 + "långa frågor?")
    assert len(cut) <= 92 and cut.endswith("mycket …")
