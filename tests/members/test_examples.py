"""The library of examples and the office's lists: only what somebody has said yes to, and only ever added to."""

import csv
import shutil
from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import openpyxl
import pytest
from docx import Document

from sekom_survey.counted.year import analyse
from sekom_survey.found.examples import COLUMNS, EXAMPLES_FILE, GoodExample
from sekom_survey.found.findings import Findings
from sekom_survey.members import library
from sekom_survey.members.examples import make_examples
from sekom_survey.members.library import entries_of, names_itself, points_at
from sekom_survey.members.propose import proposals, propose
from sekom_survey.model import Member, SizeClasses, Unusable
from tests.members.read import words
from tests.protected.attack import Edition
from tests.protected.attack_words import told_by_examples
from tests.protected.editions import COUNTIES, ROOT, TOWNS


@pytest.fixture(scope="module")
def made(built, tmp_path_factory):
    """The library of the small year."""
    return make_examples(built.folder, tmp_path_factory.mktemp("bibliotek"), proposing=False)


def test_only_what_is_agreed_to_is_in_any_of_the_files(made):
    """Not the one that waits, not the one whose yes has run out; an example without a name has none, and no id that tells it."""
    page = (made.folder / "examples.html").read_text(encoding="utf-8")
    table = (made.folder / "examples.csv").read_text(encoding="utf-8")
    word = "\n".join(p.text for p in Document(str(made.folder / "examples.docx")).paragraphs)
    for text in (words(made.folder / "examples.html"), table, word):
        assert "Stödet som räcker" in text and "Tyst framsteg" in text and TOWNS[1] in text
        assert not [gone for gone in ("Utgånget", "Väntar", TOWNS[2], TOWNS[3], TOWNS[4], TOWNS[5]) if gone in text]
    assert not any(row.startswith("e") for row in table.splitlines()[1:])
    assert (len(made.entries), made.waiting, made.expired) == (3, 1, 1)
    assert "Årets SEKOM-initiativ 2026" in page and "1 medlem" in page


def test_the_page_holds_everything_without_its_script(made):
    """No card is hidden until the script says so, and the form that needs it is."""
    page = (made.folder / "examples.html").read_text(encoding="utf-8")
    assert page.count("<article") == 3 and "<article hidden" not in page
    assert '<form id="filter" hidden>' in page
    assert (
        "http://" not in page.replace("http://www.w3.org", "")
        and "<link" not in page
        and "src=" not in page.replace("src:url(data:", "")
    )


def test_a_year_without_a_library_says_how_to_begin_one(built, tmp_path):
    folder = tmp_path / "2026"
    shutil.copytree(built.folder, folder)
    (folder / EXAMPLES_FILE).unlink()
    with pytest.raises(Unusable, match="goda exempel"):
        make_examples(folder, tmp_path / "r", proposing=False)
    with pytest.raises(Unusable, match="inget att föreslå"):
        make_examples(folder, tmp_path / "r", proposing=True)
    assert not (folder / EXAMPLES_FILE).exists()


@pytest.fixture(scope="module")
def example(tmp_path_factory):
    """The example with nothing in its library yet: (year, themes)."""
    folder = tmp_path_factory.mktemp("förslag") / "2026"
    shutil.copytree(ROOT / "surveys" / "exempel" / "2026", folder)
    (folder / EXAMPLES_FILE).unlink()
    year = analyse(folder)
    return year, Findings(year).themes


def read(year):
    text = (year.wave.folder / EXAMPLES_FILE).read_bytes().decode("utf-8-sig")
    return list(csv.DictReader(text.splitlines(), delimiter=";"))


def test_strengths_that_may_be_spread_are_proposed_and_edits_are_never_touched(example):
    """Yes becomes anonymous and yes after contact becomes a question; no and silence are not proposed; twice adds nothing."""
    year, themes = example
    rows = list(proposals(year, themes))
    said = year.responses.answers.table
    spread = dict(
        zip(said.loc[said["item"] == "spread", "respondent"], said.loc[said["item"] == "spread", "option"], strict=True)
    )
    from sekom_survey.found.texts import respondent_keys

    asked = {f"2026-{key}": spread.get(number, "") for number, key in respondent_keys(year).items()}
    assert {row["consent"] for row in rows} == {"anonymous", "ask"}
    assert all({"anonymous": "Ja", "ask": "Ja, efter kontakt"}[row["consent"]] == asked[row["id"]] for row in rows)
    assert propose(year, themes) == len(rows) > 10
    path = year.wave.folder / EXAMPLES_FILE
    first = path.read_text(encoding="utf-8-sig").splitlines()
    edited = [first[0], first[1].replace(rows[0]["title"], "Redigerad för hand").replace("anonymous", "no"), *first[3:]]
    path.write_text("\n".join(edited) + "\n", encoding="utf-8-sig")
    assert propose(year, themes) == 1
    assert [row["title"] for row in read(year) if row["id"] == rows[0]["id"]] == ["Redigerad för hand"]
    assert propose(year, themes) == 0
    assert list(read(year)[0]) == list(COLUMNS)


def test_an_example_without_a_name_that_names_itself_is_seen(made):
    """In any of its words, whatever the case."""
    entry = next(one for one in made.entries if one.member is None)
    assert not names_itself(entry, "Cederköpinge")
    assert names_itself(
        replace(entry, example=replace(entry.example, result="Nu gör hela CEDERKÖPINGE så.")), "Cederköpinge"
    )
    two = "Östra Ceder"
    for words_in in ("se www.ostraceder.se", "#östra-ceder", "Östra  Ceders bad"):
        assert names_itself(replace(entry, example=replace(entry.example, evidence=words_in)), two)
    assert not names_itself(replace(entry, example=replace(entry.example, evidence="Cederträ i östra delen")), two)


def example_of(member, consent, **more):
    """An example with a yes."""
    given = {"consent": consent, "consent_by": "Eva", "consent_date": date(2026, 2, 1)}
    return GoodExample(id=f"{member}-{consent}", title="Solel", member_id=member, **given, **more)


def test_an_example_without_a_name_has_neither_link_nor_award_nor_place_of_few():
    """A link leads to the owner and an award is known to all; who left or comes later is nobody to hide among."""
    classes, day = SizeClasses((15_000, 50_000), ("Små", "Medelstora", "Stora")), date(2026, 6, 1)
    gone, coming = {"left": date(2026, 5, 1)}, {"joined": date(2027, 1, 1)}

    def shown(*others, consent="anonymous"):
        town = Member("m0", "Alm", "municipality", "member", county="Kalmar län", landsdel="Götaland", population=9_000)
        rest = [replace(town, member_id=f"m{n}", **how) for n, how in enumerate(others, 1)]
        year = SimpleNamespace(
            wave=SimpleNamespace(members=(town, *rest)), survey=SimpleNamespace(size_classes=classes)
        )
        told = example_of("m0", consent, link="https://alm.se", award=2026)
        (entry,) = entries_of(year, None, SimpleNamespace(examples=(told,), as_of=day))
        return entry

    seven = shown(*[{}] * 6)
    assert (seven.who, seven.size, seven.landsdel) == ("en av de små i Götaland", "Små", "Götaland")
    assert (seven.example.link, seven.example.award) == ("", None)
    for last in (gone, coming, {"status": "observer"}, {"kind": "region"}):
        few = shown(*[{}] * 5, last)
        assert (few.who, few.size, few.landsdel) == ("en medlem", "", "")
    named = shown(consent="named")
    assert (named.who, named.example.award, named.example.link) == ("Alm", 2026, "https://alm.se")


@pytest.mark.parametrize(
    ("members", "unnamed", "named", "told"),
    [(7, 1, 0, True), (6, 1, 0, False), (7, 2, 0, False), (8, 2, 0, True), (8, 1, 1, True), (7, 1, 1, False)],
)
def test_a_group_is_told_where_any_four_others_may_have_sent_in_nothing(members, unnamed, named, told):
    """When two members compare that have sent in nothing, and some are named in other examples."""
    day = date(2026, 6, 1)
    those = [Member(f"m{n}", f"Ort{n}", "municipality", "member") for n in range(members)]
    consents = ["anonymous"] * unnamed + ["named"] * named
    examples = [example_of(f"m{n}", consent) for n, consent in enumerate(consents)]
    group = ("municipality", "Små", "Norrland")
    groups = dict.fromkeys([one.member_id for one in those], group)
    assert (library._hides(examples, groups, those, day) == {group}) is told


@pytest.mark.parametrize(
    ("words", "unnamed", "by_name"),
    [("Mejla eva@kommun.example.", True, True), ("Ring 070-174 06 31.", True, True), ("Läs mer på www.exempel.se", True, False),
     (f"Vi gör det med {TOWNS[9]}.", True, False), (f"Mallen är {TOWNS[9]}s.", True, False), ("Det gjorde Eva Ek.", True, False),
     ("Vi delar en jurist sedan 2018.", False, False)],
)  # fmt: skip
def test_no_example_tells_how_to_reach_a_person_and_one_without_a_name_points_at_nobody(made, words, unnamed, by_name):
    """Written in by hand in examples.csv, where nothing masks it."""
    names = {f"k{n}": name for n, name in enumerate(TOWNS)}
    for is_named, found in ((False, unnamed), (True, by_name)):
        entry = next(one for one in made.entries if (one.member is not None) == is_named)
        told = replace(entry, example=replace(entry.example, result=words))
        assert (points_at(told, names) != "") is found


def test_nothing_follows_of_who_an_example_without_a_name_is_from(built, made):
    """The attack on the library's files, beside the public edition, and that it can find something."""
    edition = Edition(built.public, built.folder, COUNTIES)
    names = {one: TOWNS[int(one[1:])] for one in edition.where}
    assert "Götaland" in (made.folder / "examples.csv").read_text(encoding="utf-8")
    assert list(told_by_examples(edition, made.folder, names)) == []


@pytest.mark.parametrize("protection", ["_hides", "points_at"])
def test_without_a_protection_of_the_library_something_follows(protection, built, tmp_path, monkeypatch):
    """Groups of any size are told; whatever stands in the words is."""
    folder = tmp_path / "2026"
    shutil.copytree(built.folder, folder)
    text = (folder / EXAMPLES_FILE).read_text(encoding="utf-8")
    text = (
        text.replace("Hemligt.", "Ring 070-174 06 31.") if protection == "points_at" else text.replace(";k2;", ";k53;")
    )
    (folder / EXAMPLES_FILE).write_text(text, encoding="utf-8")
    edition = Edition(built.public, built.folder, COUNTIES)
    names = {one: TOWNS[int(one[1:])] for one in edition.where}
    safe = make_examples(folder, tmp_path / "r", proposing=False)
    assert list(told_by_examples(edition, safe.folder, names)) == []
    everything = {"_hides": lambda examples, groups, *_: frozenset(groups.values()), "points_at": lambda *_: ""}
    monkeypatch.setattr(library, protection, everything[protection])
    leaking = make_examples(folder, tmp_path / "r", proposing=False)
    assert list(told_by_examples(edition, leaking.folder, names)) != []


def test_it_is_left_out_and_told_of(built, tmp_path):
    """Of the library and of the members' pages; one that may be named is shown with its name."""
    folder = tmp_path / "2026"
    shutil.copytree(built.folder, folder)
    text = (folder / EXAMPLES_FILE).read_text(encoding="utf-8")
    (folder / EXAMPLES_FILE).write_text(
        text.replace("Hemligt.", f"Så gör {TOWNS[2]}.").replace("Mallar.", f"Så gör {TOWNS[1]}."), encoding="utf-8"
    )
    made = make_examples(folder, tmp_path / "r", proposing=False)
    assert [entry.example.id for entry in made.entries] == ["e1", "e2"]
    told = [(p.code, p.where, p.level, TOWNS[2] in p.found) for p in made.problems if p.code == "example_names"]
    assert told == [("example_names", "e3", "warning", True)]


def test_the_office_gets_lists_that_stand_apart_from_the_pages(built):
    """Who waits to be called, which file goes to whom; nothing of it lies among the pages."""
    book = openpyxl.load_workbook(built.made.folder.with_name("office") / "samtal.xlsx")
    assert [row[:2] for row in book["Ring"].iter_rows(min_row=2, values_only=True)] == [("Väntar", TOWNS[4])]
    sent = {row[2]: row[0] for row in book["Utskick"].iter_rows(min_row=2, values_only=True)}
    assert set(sent) == set(built.pages)
    themes = list(book["Teman"].iter_rows(min_row=2, values_only=True))
    assert {row[1] for row in themes if row[0] == "Nätverk"} == {"vill ha", "kan hjälpa"}
    assert ("Nätverk", "kan hjälpa", TOWNS[0], "exempel: Stödet som räcker", "kontakttjänsteperson", "ja") in {
        row[:6] for row in themes
    }
    assert "samtal" not in " ".join(built.pages)


def test_new_members_are_given_three_that_know_their_way(built):
    from sekom_survey.members.office import newcomer_rows

    year = analyse(built.folder)
    members = {one.member_id: one for one in year.wave.members}
    members["k7"] = replace(members["k7"], joined=date(2025, 6, 1))
    rows = newcomer_rows(year, members, date(2026, 6, 10))
    assert {row[0] for row in rows} == {TOWNS[7]} and len(rows) == 3
    assert all(row[5] == "ja" and row[2] != TOWNS[7] for row in rows)
