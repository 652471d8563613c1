"""A page for each member: its own answers, the published numbers, what it used - and nothing of another."""

import csv
from types import SimpleNamespace

import pandas as pd
import pytest

from sekom_survey.members.make import make_pages, refuse_others_names
from sekom_survey.model import Unusable
from sekom_survey.protected.second import refuse_another_edition
from sekom_survey.running.outputs import write_csv
from tests.members.conftest import BOTH, POLITICIANS, name_of
from tests.members.read import body, count, needs, title, words
from tests.protected.editions import TOWNS, rows_for
from tests.protected.trials import FIFTY
from tests.waves import make_wave

COLUMNS = {"Stöd": "need_support", "Påverkan": "need_voice"}


def table(public):
    with (public / "estimates.csv").open(encoding="utf-8") as file:
        return {(r["item"], r["option"], r["segmentation"], r["segment"]): r for r in csv.DictReader(file)}


def test_every_member_has_a_page_and_two_roles_have_two(built):
    """84 members of which five answered twice, regions among them; answered or not."""
    both = {f"k{i}" for i in BOTH}
    expected = {f"k{i}.html" for i in range(80) if f"k{i}" not in both} | {f"r{i}.html" for i in range(4)}
    expected |= {f"{name}-{role}.html" for name in both for role in ("politiker", "tjansteperson")}
    assert set(built.pages) == expected


def test_all_pages_are_different_and_each_is_its_owners(built):
    """The heading names the member; no other member's name stands anywhere on it."""
    assert len({body(path) for path in built.pages.values()}) == len(built.pages)
    named = {TOWNS[0], TOWNS[1]}  # by examples with consent
    names = {name_of(file) for file in built.pages} - named
    for file, path in built.pages.items():
        own = name_of(file)
        assert title(path).startswith(own)
        said = words(path).replace(own, "")
        assert [name for name in names if name in said] == []


def test_numbers_are_those_of_the_published_tables(built):
    """Every count in the table of needs, on every page; where a group is not told, or tells of few others, there is U."""
    published, seen = table(built.public), 0
    for path in built.pages.values():
        for row in needs(path):
            for heading, cell in row.items():
                if heading.endswith("kommuner"):
                    segment = "all" if heading.startswith("Alla") else heading.removesuffix(" kommuner")
                    by = "all" if segment == "all" else "size"
                    one = published[COLUMNS[row["Behov"]], "topp2", by, segment]
                    assert cell == "U" or count(cell) == (int(float(one["count"])), int(float(one["base"])))
                    seen += count(cell) is not None
    assert seen > 150


def test_own_answers_are_those_of_the_role_that_gave_them(built):
    """Read from the file of answers, as it was sent in; who has not answered has no column for it."""
    rows = rows_for(FIFTY, seed=3, politicians=POLITICIANS, doubles=BOTH)
    said = {(row[0], row[1]): {"Stöd": row[3], "Påverkan": row[4]} for row in rows}
    for file, path in built.pages.items():
        mine = {role: answers for (town, role), answers in said.items() if town == name_of(file)}
        if len(mine) == 2:
            mine = {"Politiker" if "politiker" in file else "Tjänsteperson": None}
            mine = {role: said[name_of(file), role] for role in mine}
        own = {row["Behov"]: row["Ert svar"].capitalize() for row in needs(path) if "Ert svar" in row}
        if mine or not file.startswith("r"):
            assert [own] == list(mine.values()) or (not mine and not own)


def test_who_has_not_answered_is_told_so_and_sees_what_the_others_said(built):
    silent = next(f"k{i}.html" for i in range(80) if i not in FIFTY)
    assert "Ni svarade inte på enkäten" in words(built.pages[silent])
    assert count(needs(built.pages[silent])[0]["Alla kommuner"])[1] == len(FIFTY)


def test_what_was_used_is_counted_with_its_base_and_the_fee_follows_the_rule(built):
    """k6 was at the webinars of months 1, 2, 3 and 6; 9 000 inhabitants cost 6 700."""
    said = words(built.pages["k6.html"])
    assert "Webbinarier 4 av 6" in said
    assert "6 700 kronor 4 000 + 0,30 × 9 000 invånare" in said


def test_what_comes_is_after_the_last_known_day_and_meets_the_greatest_needs_first(built):
    high = next(
        f for f, path in built.pages.items() if (rows := needs(path)) and "Ert svar" in rows[0] and
        {row["Behov"]: row["Ert svar"] for row in rows}["Stöd"] == "stort behov"
    )  # fmt: skip
    said = words(built.pages[high])
    assert "På gång för era behov Stödgruppen, 1 december 2026 : mejla kansliet Sent möte" in said
    assert "Träff för alla" not in said


def test_satisfaction_is_told_as_the_own_value_and_that_of_all_alone(built):
    """Sensitive: no group beside it."""
    page = words(built.pages[f"k{FIFTY[2]}.html"])
    assert "ni svarade " in page and " i snitt bland 52 kommuner" in page


def test_pages_of_other_answers_than_the_edition_that_lies_there_are_refused(built, tmp_path):
    """What sets two editions apart is the answer that came late."""
    from sekom_survey.counted.year import analyse
    from sekom_survey.found.findings import Findings
    from sekom_survey.protected.words import PublicFindings

    rows = PublicFindings(Findings(analyse(built.folder))).shown.estimates
    (tmp_path / "public").mkdir()
    write_csv(rows, tmp_path / "public" / "estimates.csv")
    refuse_another_edition(tmp_path, rows)
    rows.loc[rows["count"].first_valid_index(), "count"] += 1
    with pytest.raises(Unusable, match="andra svar"):
        refuse_another_edition(tmp_path, rows)


def test_a_page_that_names_another_is_refused(built):
    """Whatever file the name came from; who has consented may be named."""
    readers = [one for one in built.made.readers if one.member.name in TOWNS[:2]]
    pages = {one.file: f"<p>{one.member.name} och {TOWNS[1]}</p>" for one in readers}
    with pytest.raises(Unusable, match="nämner"):
        refuse_others_names(pages, readers, ())
    refuse_others_names(pages, readers, (TOWNS[1],))


@pytest.mark.parametrize(
    ("reader", "page", "named"),
    [
        ("Kalmar", "Kalmar, Kalmar län. Ring Region Kalmar län.", ["Region Kalmar län"]),
        ("Region Kalmar län", "Region Kalmar län. Ring Kalmar.", ["Kalmar"]),
        ("Emmaboda", "Emmaboda, Kalmar län, 9\u00a0000 invånare. Kalmarsund.", []),
    ],
)
def test_a_name_within_a_name_is_not_taken_for_it(reader, page, named):
    """A town, its region and its county share a word; each is what it is called in full."""
    readers = [
        SimpleNamespace(member=SimpleNamespace(name=name, county="Kalmar län"), file=name)
        for name in ("Kalmar", "Region Kalmar län", "Emmaboda")
    ]
    pages = {one.file: page if one.file == reader else "" for one in readers}
    try:
        refuse_others_names(pages, readers, ())
        found = []
    except Unusable as refused:
        found = [problem.found for problem in refused.problems]
    assert found == [f"Sidan nämner {name}, som inte har sagt ja till det." for name in named]


def test_a_year_without_log_needs_or_answers_has_pages_without_them(tmp_path):
    """Other questions, no measures, nobody but three answering: each part is absent without a trace."""
    from tests.waves import answer

    folder = make_wave(tmp_path / "2026", [answer("Almköping"), answer("Duvhult"), answer("Ekbro")])
    made = make_pages(folder, tmp_path / "reports")
    assert {path.name for path in made.folder.iterdir()} == {
        "m1.html",
        "m2.html",
        "m3.html",
        "m4.html",
        "m5.html",
        "m6.html",
        "r1.html",
    }
    for path in made.folder.iterdir():
        said = words(path)
        assert not {"Era behov", "Era åtaganden", "På gång", "Fler vill", "U:"} & {
            one for one in ("Era behov", "Era åtaganden", "På gång", "Fler vill", "U:") if one in said
        }
        assert "Källa: medlemsregistret" in said or "kronor" not in said


def test_a_survey_of_persons_has_no_pages_and_says_why(built, monkeypatch, tmp_path):
    from dataclasses import replace

    from sekom_survey.counted.year import analyse
    from sekom_survey.members import make

    whole = analyse(built.folder)
    persons = replace(whole, wave=replace(whole.wave, survey=replace(whole.survey, unit="respondent")))
    monkeypatch.setattr(make, "analyse", lambda folder: persons)
    with pytest.raises(Unusable, match="medlemslista"):
        make_pages(built.folder, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_who_may_be_called_is_named_to_those_that_want_it(built):
    """k0 has agreed to be called about networks; k3's consent has run out, k4's is not given, k1's and k2's name no contact."""
    called = [name for name, path in built.pages.items() if f"{TOWNS[0]}, kontakttjänsteperson: nätverk" in words(path)]
    assert called
    assert not any(name.startswith("k0") for name in called)
    chose = {
        f"k{i}"
        for i, row in zip(FIFTY, rows_for(FIFTY, seed=3, politicians=POLITICIANS, doubles=BOTH), strict=False)
        if "Nätverk" in row[2]
    }
    assert {name.partition(".")[0].partition("-")[0] for name in called if name.startswith("k")} <= chose | {
        f"k{i}" for i in BOTH
    }
    everything = " ".join(words(path) for path in built.pages.values())
    assert "Utgånget" not in everything and "Väntar" not in everything
    assert "Tyst framsteg en av de små i Götaland" in everything


def test_an_edition_is_read_whatever_its_answers_are_called_and_a_damaged_one_is_another(tmp_path):
    """NA and None are words that a question may offer; a group without a name is empty in both."""
    rows = pd.DataFrame({"item": "01", "option": ["NA", "None", "Ja"], "segmentation": "all", "segment": ["", "NA", None],
                         "base": [40, 40, None], "count": [12, 28, None]})  # fmt: skip
    (tmp_path / "public").mkdir()
    path = tmp_path / "public" / "estimates.csv"
    write_csv(rows, path)
    refuse_another_edition(tmp_path, rows)
    for damaged in ("", "item,option\na", path.read_text(encoding="utf-8").replace("28", "många")):
        path.write_text(damaged, encoding="utf-8")
        with pytest.raises(Unusable, match="andra svar"):
            refuse_another_edition(tmp_path, rows)
