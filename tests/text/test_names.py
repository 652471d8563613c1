"""Matching of names: every real spelling resolves, no misspelling resolves to something else."""

from __future__ import annotations

import csv
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sekom_survey.asked.reference import municipalities, municipality_entries
from sekom_survey.text.names import build_index, match, match_many

INDEX = build_index(municipality_entries())
NAMES = {one.code: one.name for one in municipalities()}
ALPHABET = "abcdefghijklmnopqrstuvwxyzåäöé"
REGISTER = build_index(
    [
        ("k", "Kalmar", ("Kalmar kommun",)),
        ("r1", "Region Kalmar län", ()),
        ("r2", "Västra Götalandsregionen", ("VGR",)),
        ("r3", "Region Kronoberg", ()),
        ("h", "Håbo", ()),
    ],
    others=NAMES.values(),
)

# One slip apart: the first eight are each other's names; with a slip the last three become "Are", "Mala" and
# "Hoors", spellings without diacritics that are accepted for Åre, Malå and Höör.
ONE_SLIP_APART = {
    ("Habo", "Håbo"), ("Håbo", "Habo"), ("Lidköping", "Linköping"), ("Linköping", "Lidköping"),
    ("Mora", "Nora"), ("Nora", "Mora"), ("Alvesta", "Avesta"), ("Avesta", "Alvesta"),
    ("Ale", "Åre"), ("Sala", "Malå"), ("Hofors", "Höör"),
}  # fmt: skip


def read_aliases():
    path = Path(__file__).parents[1] / "data" / "municipality_aliases.csv"
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


ALIASES = read_aliases()


def bare(text):
    return "".join(char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char))


def slips(name):
    """Every text one inserted, deleted, exchanged or transposed letter from a name."""
    parts = [(name[:i], name[i:]) for i in range(len(name) + 1)]
    inserted = {a + letter + b for a, b in parts for letter in ALPHABET}
    deleted = {a + b[1:] for a, b in parts if b}
    exchanged = {a + letter + b[1:] for a, b in parts if b for letter in ALPHABET}
    transposed = {a + b[1] + b[0] + b[2:] for a, b in parts if len(b) > 1}
    return (inserted | deleted | exchanged | transposed) - {name}


@pytest.mark.parametrize("kind", sorted({row["kind"] for row in ALIASES}))
def test_every_listed_alias_resolves_to_its_code(kind):
    """1 573 spellings of seven kinds; those marked ambiguous would have to be asked about."""
    rows = [row for row in ALIASES if row["kind"] == kind]
    wrong = [
        (row["alias"], found)
        for row in rows
        if (found := match(INDEX, row["alias"])).key != (row["code"] if row["ambiguous"] == "no" else None)
    ]
    assert rows and wrong == []


def test_alias_list_is_whole():
    """The list carried over has every municipality and 1 573 spellings."""
    assert len(ALIASES) == 1573 and {row["code"] for row in ALIASES} == NAMES.keys()


@pytest.mark.parametrize("form", ["name", "genitive", "official_name", "code"])
def test_every_own_name_is_exact(form):
    """Name, kommun form, official name and code resolve letter by letter."""
    for one in municipalities():
        found = match(INDEX, getattr(one, form))
        assert (found.kind, found.key) == ("exact", one.code)


@pytest.mark.parametrize("every", [9, pytest.param(1, marks=pytest.mark.campaign)])
def test_no_slip_in_any_name_resolves_to_another_municipality(every):
    """All one-letter slips of the names: only names truly one slip apart, each way, are taken for each other."""
    accepted = {(row["alias"], row["code"]) for row in ALIASES}
    asked = [*NAMES][::every]
    taken = set()
    for code in asked:
        name = NAMES[code]
        for text, found in match_many(INDEX, slips(name)).items():
            if found.key not in (None, code):
                taken.add((name, NAMES[found.key]))
                assert {(text.lower(), found.key), (f"{text.lower()} kommun", found.key)} & accepted
            elif found.key is None and text != "stad":
                assert name in found.suggestions, (name, text, found)
    assert taken == {pair for pair in ONE_SLIP_APART if pair[0] in {NAMES[code] for code in asked}}


@given(st.sampled_from(municipalities()), st.data())
def test_no_slip_in_a_full_name_resolves_to_another_municipality(one, data):
    """The same for "... kommun", official names and any mixture of cases."""
    forms = [one.genitive, one.official_name, one.name.upper(), one.genitive.lower()]
    form = data.draw(st.sampled_from(forms))
    text = data.draw(st.sampled_from(sorted(slips(form))))
    found = match(INDEX, text)
    assert found.key in (None, one.code) or (one.name, NAMES[found.key]) in ONE_SLIP_APART


@given(st.text())
def test_any_text_has_an_answer(text):
    """A key comes with a resolving kind and no suggestions; the other kinds have no key."""
    found = match(INDEX, text)
    assert (found.key is not None) == (found.kind in ("exact", "normalised"))
    assert bool(found.suggestions) == (found.kind in ("suggestion", "ambiguous"))


@given(st.sampled_from(municipalities()), st.data())
def test_case_spaces_hyphens_and_invisible_signs_do_not_matter(one, data):
    """Hard and zero-width spaces, dashes and a decomposed å resolve like the name."""
    space = data.draw(st.sampled_from(["\u00a0", "  ", " - ", "\u2013", "\u200b ", "\t", "\u202f"]))
    case = data.draw(st.sampled_from([str.upper, str.lower, str.title, str.swapcase]))
    form = data.draw(st.sampled_from([one.name, one.genitive, f"kommun {one.name}", f"{one.name}s kommun"]))
    text = unicodedata.normalize(data.draw(st.sampled_from(["NFC", "NFD"])), case(form).replace(" ", space))
    assert match(INDEX, f" \ufeff{text}\u00ad. ").key == one.code


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1", "cp437", "cp850", "mac_roman"])
@pytest.mark.parametrize("form", ["name", "genitive"])
def test_garbled_encodings_are_repaired(encoding, form):
    """Every name written in UTF-8 and read as something else resolves, in upper case too."""
    for one in municipalities():
        for text in (getattr(one, form), getattr(one, form).upper()):
            try:
                garbled = text.encode().decode(encoding)
            except UnicodeDecodeError:
                continue
            assert match(INDEX, garbled).key == one.code, garbled


@pytest.mark.parametrize(
    "garbled", ["Pite├Ñ", "PiteÃ¥", "Pite√•", "PiteÃƒÂ¥", "Pite\ufffd", "Pite\ufffd\ufffd kommun", "Pite?"]
)
def test_garbled_pitea_resolves(garbled):
    """Garbled once, twice, or with the letter replaced by a sign."""
    assert match(INDEX, garbled).key == "2581"


def test_replaced_letters_never_resolve_to_another_municipality():
    """Names whose å, ä, ö became replacement signs or question marks resolve rightly or are asked about."""
    for one in municipalities():
        replaced = one.name.encode("cp1252").decode("utf-8", "replace")
        for text in (replaced, one.name.encode("ascii", "replace").decode()):
            found = match(INDEX, text)
            assert found.key == one.code or one.name in found.suggestions, (text, found)


def test_lost_diacritics_resolve_except_for_habo():
    """Every name without its marks, but "Habo", which is a municipality of its own."""
    wrong = [one.name for one in municipalities() if match(INDEX, bare(one.genitive)).key != one.code]
    assert wrong == ["Håbo"]


@pytest.mark.parametrize("text", ["Hábo", "Nöra", "Mörå", "Kìl"])
def test_letters_that_gained_marks_are_only_suggested(text):
    """Marks are lost by machines, not gained: the other way is a misspelling."""
    assert match(INDEX, text).kind == "suggestion"


@pytest.mark.parametrize(
    ("text", "kind", "key", "suggestions"),
    [
        ("Habo", "exact", "0643", ()),
        ("habo", "normalised", "0643", ()),
        ("HABO KOMMUN", "normalised", "0643", ()),
        ("Håbo", "exact", "0305", ()),
        ("håbos kommun", "normalised", "0305", ()),
        ("H\ufffdbo", "normalised", "0305", ()),
        ("Haabo", "suggestion", None, ("Habo", "Håbo")),
        ("Hábo", "suggestion", None, ("Habo", "Håbo")),
        ("H?bo", "ambiguous", None, ("Håbo", "Habo")),
    ],
)
def test_habo_and_habo_with_ring_are_never_confused(text, kind, key, suggestions):
    """Each resolves by its own name; what could be either is asked about."""
    found = match(INDEX, text)
    assert (found.kind, found.key, found.suggestions) == (kind, key, suggestions)


@pytest.mark.parametrize("text", ["Habo", "habo kommun", "HABOS KOMMUN", "H?bo"])
def test_name_of_a_municipality_outside_the_list_is_asked_about(text):
    """A register with Håbo and not Habo: "Habo" may be the other one."""
    found = match(REGISTER, text)
    assert (found.key, found.suggestions) == (None, ("Håbo",))


def test_names_outside_a_register_never_resolve_to_its_members():
    """Half of the municipalities as members: no spelling of the other half is taken for one of them."""
    members = municipality_entries()[::2]
    index = build_index(members, others=NAMES.values())
    keys = {key for key, _, _ in members}
    outside = [row["alias"] for row in ALIASES if row["code"] not in keys]
    assert outside and {text for text in outside if match(index, text).key} == set()


def test_lost_diacritics_resolve_in_a_list_without_others():
    """Without knowledge of other names the only name it can be is taken."""
    assert match(build_index([("h", "Näsby", ())]), "Nasby").key == "h"


def test_two_entries_alike_without_diacritics_are_ambiguous():
    """Invented Näs and Nås: "Nas" is one of them."""
    found = match(build_index([("1", "Näs", ()), ("2", "Nås", ())]), "Nas kommun")
    assert (found.kind, found.suggestions) == ("ambiguous", ("Näs", "Nås"))


@pytest.mark.parametrize("text", ["N\ufffds", "N?s", "Nas", "Nås"])
def test_a_name_that_may_be_one_outside_the_list_is_asked_about(text):
    """Invented Näs in the list and Nås beside it: a lost letter may have been either."""
    found = match(build_index([("1", "Näs", ())], others=["Nås"]), text)
    assert (found.key, found.suggestions) == (None, ("Näs",))


def test_same_name_twice_is_ambiguous():
    """Two members of one name are never chosen between."""
    assert match(build_index([("1", "Ekeby", ()), ("2", "Ekeby", ())]), "Ekeby").kind == "ambiguous"


@pytest.mark.parametrize(
    "pattern",
    ["Region {}", "Regionen {}", "Region {} län", "{}s läns landsting", "Landstinget i {}", "{}regionen"],
)
def test_a_region_never_resolves_to_a_municipality(pattern):
    """But for Region Gotland, which is Gotland's municipality."""
    found = {NAMES[code] for name in NAMES.values() if (code := match(INDEX, pattern.format(name)).key)}
    assert found == {"Gotland"}


@pytest.mark.parametrize(
    ("text", "key"),
    [("Kalmar", "k"), ("kalmars kommun", "k"), ("Region Kalmar", "r1"), ("Regionen Kalmar", "r1"),
     ("Landstinget i Kalmar län", "r1"), ("Region Västra Götaland", "r2"), ("västra götalandsregionen", "r2"),
     ("vgr", "r2"), ("Kronobergs läns landsting", "r3"), ("Kronoberg", None), ("Kronobergs kommun", None),
     ("Region Håbo", None)],
)  # fmt: skip
def test_regions_and_municipalities_of_a_register_stand_apart(text, key):
    """A region answers to its own names only, in the old words too."""
    assert match(REGISTER, text).key == key


def test_region_without_its_word_is_suggested():
    """ "Kronoberg" may be Region Kronoberg: asked about."""
    assert match(REGISTER, "Kronoberg").suggestions == ("Region Kronoberg",)


@pytest.mark.parametrize(
    "text", ["", "  ", "kommun", "Region", "Landstinget", "-", "stad", "Kalmar län", "x" * 500, "Ankeborg"]
)
def test_nothing_to_go_by_gives_none(text):
    """Empty texts, bare titles and unknown names."""
    assert match(INDEX, text).kind == "none"


@pytest.mark.parametrize("text", ["Piteå komun", "Pitea kommum", "Pitäå", "Peteå", "Piteåå kommun"])
def test_misspellings_are_suggested(text):
    """Also when the slip is in "kommun"."""
    found = match(INDEX, text)
    assert found.kind == "suggestion" and "Piteå" in found.suggestions


def test_a_mistyped_code_is_not_suggested():
    """Codes are no words: nothing is near 0113."""
    assert match(INDEX, "0113").kind == "none"


def test_hard_space_after_a_capital_a_ring_is_no_garbled_text():
    """ "PITEÅ" and a hard space are also the bytes of another letter in UTF-8."""
    assert match(INDEX, "PITEÅ\u00a0KOMMUN").key == "2581"


def test_match_many_answers_every_distinct_text_once():
    """Keys in the order first met."""
    found = match_many(INDEX, ["Piteå", "x", "Piteå"])
    assert list(found) == ["Piteå", "x"] and found["Piteå"] == match(INDEX, "Piteå")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Sala kommun, Västmanland", "1981"),
        ("Överkalix kommun (kommunstyrelsen)", "2513"),
        ("Nacka, Stockholms län", "0182"),
        ("Håbo (miljökontoret)", "0305"),
        ("Sala, Heby", None),
        ("Sala (och Heby)", None),
        ("Solna, Stockholm", None),
    ],
)
def test_a_county_or_an_office_behind_the_name_is_no_part_of_it(text, code):
    """What names a second municipality is asked about instead."""
    assert match(INDEX, text).key == code


def test_the_short_word_for_a_municipality_is_read():
    """As people write it in a form: "Granmark kn"."""
    index = build_index([("m1", "Granmark", ())], [])
    assert {match.key for match in match_many(index, ["Granmark kn", "GRANMARK KN."]).values()} == {"m1"}
