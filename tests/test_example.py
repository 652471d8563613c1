"""The example: what the script makes, what stands on disk and what the example promises are held together."""

import csv
import io
import os
import re
import subprocess
import sys
import tomllib
from collections import Counter
from math import cos, hypot, radians
from pathlib import Path

import pytest
import python_calamine
from rapidfuzz.distance import OSA

from sekom_survey.asked.load import load_wave
from sekom_survey.asked.reference import municipalities, municipality
from sekom_survey.collected import read_export
from sekom_survey.counted.clean import clean
from sekom_survey.counted.frame import build_frame
from sekom_survey.found.indicators.gather import indicators_of
from sekom_survey.model import errors
from sekom_survey.text.files import squeeze
from sekom_survey.text.names import build_index, match

ROOT = Path(__file__).parent.parent
SURVEYS = ROOT / "surveys" / "exempel"
YEARS = (2025, 2026)
METADATA = {
    2025: ["ID", "Start time", "Completion time", "Email", "Name", "Last modified time"],
    2026: ["ID", "Starttid", "Slutförandetid", "E-post", "Namn", "Ändrades senast klockan"],
}
TEXTS = ("challenge", "strength", "everyday", "wishes")
CODED = {"challenge": "utmaning", "strength": "styrka", "everyday": "varde"}
NON_ANSWERS = {"-", "?", "se ovan"}
GENERATED = ("members.csv", "corrections.csv", "activities.csv", "export/SEKOM-enkäten {year}.xlsx")
INDICATORS = {2025: 2, 2026: 8}

sys.path.insert(0, str(ROOT / "scripts"))

from example.build import year_files  # noqa: E402
from example.texts import read_texts  # noqa: E402


@pytest.fixture(scope="module", params=YEARS)
def year(request):
    return request.param


@pytest.fixture(scope="module")
def wave(year):
    wave, problems = load_wave(SURVEYS / str(year))
    assert not problems
    return wave


@pytest.fixture(scope="module")
def responses(wave):
    export, problems = read_export(wave.export, wave.export.name)
    assert not problems
    return clean(export, wave)


@pytest.fixture(scope="module")
def frame(responses, wave):
    return build_frame(responses, wave)


@pytest.fixture(scope="module")
def rows(wave):
    """The export as a spreadsheet program sees it: heading to cell, one dictionary a row."""
    header, *lines = python_calamine.load_workbook(str(wave.export)).get_sheet_by_index(0).to_python()
    return [dict(zip(header, line, strict=True)) for line in lines]


def column(rows, wave, item):
    text = wave.questionnaire.item(item).text
    return [row[next(key for key in row if squeeze(key) == text)] for row in rows]


def in_frame(member, wave):
    """Joined, and not yet left, when the year began."""
    day = wave.survey.frame_date
    return (member.joined is None or member.joined <= day) and (member.left is None or member.left > day)


def read_csv(path):
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))


def test_files_are_what_the_script_makes(year):
    """Neither the script nor a file can be changed without the other."""
    made = year_files(SURVEYS, year)
    assert {name for name in made if not name.startswith("indicators/")} == {n.format(year=year) for n in GENERATED}
    assert len(made) == len(GENERATED) + INDICATORS[year]
    assert [name for name, data in made.items() if (SURVEYS / str(year) / name).read_bytes() != data] == []


@pytest.mark.parametrize("hash_seed", ["0", "1"])
def test_the_same_bytes_whatever_the_surroundings(tmp_path, hash_seed):
    """Hash seed, time zone, locale and working folder leave no trace."""
    surroundings = {**os.environ, "PYTHONHASHSEED": hash_seed, "TZ": "Asia/Tokyo", "LC_ALL": "C"}
    done = subprocess.run(
        [sys.executable, ROOT / "scripts" / "make_example.py", "--check"],
        cwd=tmp_path,
        env=surroundings,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "")


def test_check_tells_of_a_file_that_differs(tmp_path, monkeypatch):
    """--check is able to fail, and writes nothing."""
    import make_example

    for one in YEARS:
        (tmp_path / str(one)).mkdir()
        for name in ("survey.toml", "codebook.toml"):
            (tmp_path / str(one) / name).write_bytes((SURVEYS / str(one) / name).read_bytes())
    monkeypatch.setattr(make_example, "SURVEYS", tmp_path)
    monkeypatch.setattr(make_example, "ROOT", tmp_path)
    assert make_example.main(["--check"]) == 1
    assert not (tmp_path / "2026" / "members.csv").exists()
    assert make_example.main([]) == 0
    assert make_example.main(["--check"]) == 0


def test_members_are_as_many_as_told(wave, year):
    """Eighty municipalities and four regions are members when 2026 begins; three observe."""
    asked = Counter(m.kind for m in wave.members if m.status == "member" and in_frame(m, wave))
    assert asked == {"municipality": {2025: 81, 2026: 80}[year], "region": 4}
    assert Counter(m.kind for m in wave.members if m.status == "observer") == {"municipality": 2, "region": 1}


def test_members_are_spread_over_country_and_sizes():
    """About half in Götaland, a fifth in Norrland, and enough of each size to compare."""
    wave, _ = load_wave(SURVEYS / "2026")
    asked = [m for m in wave.members if m.is_municipality and m.status == "member" and in_frame(m, wave)]
    assert Counter(m.landsdel for m in asked) == {"Götaland": 40, "Svealand": 24, "Norrland": 16}
    small, large = (sum(m.population < 15_000 for m in asked), sum(m.population >= 50_000 for m in asked))
    assert (small, 80 - small - large, large) == (38, 26, 16)


def test_three_members_are_new_and_four_have_left():
    """The register of the second year knows who came and who went."""
    before, after = (load_wave(SURVEYS / str(one))[0] for one in YEARS)
    known = {m.member_id: m.name for m in before.members}
    new = [m for m in after.members if m.member_id not in known]
    left = [m for m in after.members if m.left and not in_frame(m, after)]
    assert (len(new), len(left)) == (3, 4)
    assert all(m.joined and m.joined.year == 2026 for m in new)
    assert all(known[m.member_id] == m.name for m in after.members if m.member_id in known)


def test_no_member_bears_or_resembles_a_real_name(wave):
    """No example member is, or can be taken for, one of the 290 or an alias of theirs."""
    real = {form.casefold() for one in municipalities() for form in (one.name, *one.aliases) if not form.isdigit()}
    for member in wave.members:
        assert municipality(member.name) is None
        assert min(OSA.distance(member.name.casefold(), name) for name in real) > 2, member.name
        assert member.code == ""


def test_members_cannot_be_mistaken_for_each_other(wave):
    """Two members' names differ by more than the slips that a name is forgiven."""
    names = [m.name.casefold() for m in wave.members]
    assert all(OSA.distance(a, b) > 2 for i, a in enumerate(names) for b in names[i + 1 :])


def test_members_lie_in_their_county(wave):
    """The nearest real municipality belongs to the county that the register gives."""
    for member in wave.members:
        shrink = cos(radians(member.latitude))
        nearest = min(
            municipalities(),
            key=lambda one: hypot(one.latitude - member.latitude, (one.longitude - member.longitude) * shrink),
        )
        assert nearest.county == member.county, member.name


def test_as_many_municipalities_answer_as_told(frame, year):
    """Fifty of eighty, 62,5 per cent, in 2026; every second region."""
    members = frame.members
    answered = Counter(members.loc[members["answered"], "kind_of_member"])
    assert answered == {2025: {"municipality": 46, "region": 1}, 2026: {"municipality": 50, "region": 2}}[year]


def test_every_row_has_its_end(responses, year):
    """The trial, the observer and the repeat are there, nobody is unmatched, and the counts close."""
    ends = {end: n for end, n in responses.accounting.rows if n}
    assert (
        ends == {2025: {"counted": 50, "test": 1}, 2026: {"counted": 56, "test": 1, "observer": 1, "repeat": 1}}[year]
    )
    assert responses.accounting.closes
    assert dict(responses.accounting.cells)["struck"] == {2025: 0, 2026: 1}[year]
    assert not errors(responses.problems)


def test_some_members_answer_in_both_roles_and_partly_disagree(frame, year):
    """Politician and official of the same municipality differ on some items, never on all."""
    conflicts = frame.conflicts.groupby("member_id").size()
    assert len(conflicts) == {2025: 3, 2026: 4}[year]
    assert conflicts.between(1, 35).all()


def test_a_quarter_of_the_answers_are_politicians(responses):
    """Both roles can be told apart and compared."""
    assert 0.2 < (responses.respondents["role"] == "politician").mean() < 0.3


def test_most_members_who_answer_do_so_both_years():
    """Change can be measured on about forty paired members."""
    answered = []
    for one in YEARS:
        wave, _ = load_wave(SURVEYS / str(one))
        export, _ = read_export(wave.export, wave.export.name)
        assert export is not None
        found = clean(export, wave).respondents["member_id"]
        answered.append(set(found) & {m.member_id for m in wave.members if m.is_municipality})
    assert 35 <= len(answered[0] & answered[1]) <= 42


def test_metadata_headings_are_those_of_the_forms_language(rows, year):
    """Swedish in 2026, English in 2025; dates are dates and ratings numbers."""
    assert list(rows[0])[:6] == METADATA[year]
    assert all(type(row[METADATA[year][1]]).__name__ == "datetime" for row in rows)


def test_numbers_are_numbers_and_choices_end_with_a_separator(rows, wave):
    """As Microsoft Forms writes them."""
    assert {type(cell) for cell in column(rows, wave, "satisfaction")} <= {int, float}
    assert all(cell.endswith(";") for cell in column(rows, wave, "channels") if cell)


def test_senders_cannot_exist(rows, year):
    """Anonymous, or an address in the reserved domain."""
    assert all(re.fullmatch(r"anonymous|[a-z.]+@[a-z]+\.example", row[METADATA[year][3]]) for row in rows)


def test_names_are_written_in_many_ways():
    """Upper and lower case, genitive, "kommun", stray and hard spaces, lost diacritics, and a slip only a person can mend."""
    wave, _ = load_wave(SURVEYS / "2026")
    _, *lines = python_calamine.load_workbook(str(wave.export)).get_sheet_by_index(0).to_python()
    written = {line[6] for line in lines}
    odd = written - {m.name for m in wave.members} - {"Test"}
    assert any(name.isupper() for name in odd)
    assert any(name.islower() for name in odd)
    assert any(name.endswith("s kommun") for name in odd)
    assert any(name.startswith(" ") for name in odd)
    assert any(name.endswith("\u00a0") for name in odd)
    index = build_index((m.member_id, m.name, ()) for m in wave.members)
    kinds = Counter(match(index, name).kind for name in odd)
    assert kinds["suggestion"] == 1
    assert sum(kinds.values()) >= 8


def test_a_year_has_enough_texts_and_none_is_lost(rows, wave, year):
    """At least fifty different texts a question in 2026, and each that was written is dealt to someone."""
    for item in TEXTS:
        said = {cell for cell in column(rows, wave, item) if cell and cell not in NON_ANSWERS}
        assert len(said) >= {2025: 39, 2026: 50}[year]
        assert {text.text for text in read_texts(year)[item]} <= set(column(rows, wave, item))


def test_texts_are_fresh_each_year():
    """Only non-answers return."""
    before, after = (read_texts(one) for one in YEARS)
    for item in (*TEXTS, "introduced_what"):
        again = {text.text.casefold() for text in before[item]} & {text.text.casefold() for text in after[item]}
        assert again <= {"-", "vet ej"}


def test_texts_name_no_real_municipality(year):
    """A text may name a member of the example, never one of the 290."""
    names = re.compile(r"\b(" + "|".join(one.name for one in municipalities()) + r")s?\b")
    found = {text.text: names.findall(text.text) for group in read_texts(year).values() for text in group}
    assert {text: hits for text, hits in found.items() if hits} == {}


def test_texts_hold_what_real_ones_hold():
    """Formula-like and list-like beginnings, line breaks, a telephone number and an address that reach nobody."""
    texts = [text.text for group in read_texts(2026).values() for text in group]
    assert {"-", "se ovan"} <= set(texts)
    assert any(text.startswith("=") for text in texts)
    assert any(text.startswith("- ") and "\n" in text for text in texts)
    numbers = [found for text in texts for found in re.findall(r"0\d[\d -]{6,}\d", text)]
    assert numbers
    assert all(re.fullmatch(r"070-174 06 (0[5-9]|[1-9]\d)", number) for number in numbers)
    assert all(host.endswith(".example") for text in texts for host in re.findall(r"(?:@|www\.)([\w.]+\w)", text))


@pytest.mark.parametrize("item", CODED)
def test_texts_are_coded_within_the_frame(year, item):
    """Every coded text has themes, all of the question's; a non-answer and "övrigt" stand alone."""
    book = tomllib.loads((SURVEYS / "2026" / "codebook.toml").read_text(encoding="utf-8"))
    known = {theme["id"] for theme in book["themes"] if theme["question"] == CODED[item]}
    for text in read_texts(year)[item]:
        assert text.themes
        assert set(text.themes) <= known | {"ovrigt", "inget"}
        assert len(text.themes) == 1 or not {"ovrigt", "inget"} & set(text.themes)


def test_one_question_is_reworded_between_the_years():
    """The id stays, the wording differs; all else is asked alike."""
    before, after = (load_wave(SURVEYS / str(one))[0].questionnaire for one in YEARS)
    assert [item.id for item in before.items] == [item.id for item in after.items]
    reworded = [a.id for a, b in zip(before.items, after.items, strict=True) if a.text != b.text]
    assert reworded == ["newsletter"]


def test_someone_writes_a_choice_of_their_own(responses):
    """Something other than the options stands among them."""
    other = responses.answers.table[
        (responses.answers.table["option"] == "Annat") & (responses.answers.table["text"] != "")
    ]
    assert {"top_value", "themes"} <= set(other["item"])


def test_outside_answers_are_common_where_they_should_be(frame):
    """Many have not used the academy; few do not know what they need."""
    answers = frame.answers.table.groupby("item")["option"]
    assert (answers.get_group("value_academy") == "Har inte använt").sum() >= 10
    assert 0 < (frame.answers.table["option"] == "Vet inte").sum() < 0.1 * len(frame.answers.table)


def test_the_log_covers_members_who_did_not_answer(frame, wave, year):
    """The activity log is about all members, and those who answer are the more active."""
    log = read_csv(SURVEYS / str(year) / "activities.csv")
    assert {line["date"][:4] for line in log} == {str(year)}
    known = {m.member_id for m in wave.members if m.status == "member" and in_frame(m, wave)}
    active = Counter(line["member_id"] for line in log if line["member_id"])
    assert set(active) <= known
    assert len(active) > 0.9 * len(known)
    towns = frame.members[frame.members["kind_of_member"] == "municipality"]
    mean = towns.assign(active=towns["member_id"].map(active).fillna(0)).groupby("answered")["active"].mean()
    assert mean[True] > 1.3 * mean[False]


def test_the_log_holds_every_kind_that_goals_are_counted_from():
    """Meetings with both roles, occasions, groups, and what the association does itself."""
    log = read_csv(SURVEYS / "2026" / "activities.csv")
    kinds = {line["activity"] for line in log}
    assert kinds >= {
        "annual_meeting",
        "webinar",
        "teams_month",
        "indicators",
        "newsletter",
        "theme_group",
        "conference",
        "academy",
        "consultation",
        "media_mention",
        "partnership",
        "testbed",
        "officials_forum",
    }
    own = {line["activity"] for line in log if not line["member_id"]}
    assert {"consultation", "media_mention", "partnership"} <= own
    assert not own & {"webinar", "annual_meeting", "newsletter"}
    assert all(int(line["count"]) > 0 for line in log)


def test_the_indicators_have_what_there_is_to_find():
    """At least ten over three years, with gaps, mixed years, real noughts, a value in the wrong unit and one that was revised."""
    waves = {year: load_wave(SURVEYS / str(year))[0] for year in YEARS}
    found = {year: indicators_of(w.folder, w.survey, w.members, w.corrections) for year, w in waves.items()}
    (before, _), (now, problems) = found[2025], found[2026]
    assert len(now.figures) >= 10
    assert set(now.values["year"]) == {2023, 2024, 2025}
    assert (now.values["value"] == 0).any()
    assert all(len(now.of(one.code, now.year(one.code))) < len(now.members) for one in now.figures if not one.fill)
    mixed = now.values[now.values["indicator"] == "10"]
    assert mixed["member_id"].is_unique
    assert mixed["year"].nunique() == 3
    assert any("annan enhet" in problem.found for problem in problems if problem.code == "indicator_jump")
    assert not errors(problems)
    old, new = before.of("6a", 2024), now.of("6a", 2024)
    assert sum(old[member] != new[member] for member in old.keys() & new.keys()) == 1
    assert all(count.closes for count in (*before.counts, *now.counts))


def test_those_who_reported_are_those_that_the_log_says(year):
    """One fact in two files."""
    wave, _ = load_wave(SURVEYS / str(year))
    found, _ = indicators_of(wave.folder, wave.survey, wave.members)
    log = read_csv(SURVEYS / str(year) / "activities.csv")
    assert found.reporting == {row["member_id"] for row in log if row["activity"] == "indicators"}
