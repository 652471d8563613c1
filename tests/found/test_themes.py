"""Free texts become themes that a person has approved."""

import re
import shutil
from dataclasses import replace
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from click.testing import CliRunner

from sekom_survey.cli import main
from sekom_survey.coding.codebook import load_codebook
from sekom_survey.coding.decisions import read_decisions
from sekom_survey.coding.sitting import tried_and_right
from sekom_survey.counted.year import PUBLIC, analyse
from sekom_survey.found.coding_error import coding_errors
from sekom_survey.found.facts.themes import theme_facts
from sekom_survey.found.findings import Findings
from sekom_survey.found.texts import coded_items, respondent_keys
from sekom_survey.found.themes import quotable, themes_of
from sekom_survey.model.codes import answers_in
from sekom_survey.protected import publish
from sekom_survey.protected.words import publish_themes
from sekom_survey.shown.exhibits.theme_quality import theme_reliability
from sekom_survey.shown.exhibits.themes import quotes, theme_bars, theme_change, theme_segments

EXAMPLE = Path(__file__).parents[2] / "surveys" / "exempel"


@pytest.fixture(scope="module")
def years():
    """Both years of the example with their themes."""
    this_year, last_year = (analyse(EXAMPLE / name) for name in ("2026", "2025"))
    themes = themes_of(this_year)[0]
    return {2026: (this_year, themes), 2025: (last_year, themes_of(last_year, themes.codebook)[0])}


@pytest.fixture(scope="module")
def public(years):
    """Both years as they are published, and 2025's themes."""
    return {name: publish(year)[0] for name, (year, _) in years.items()} | {
        "themes": publish_themes(*years[2025][::-1])
    }


@pytest.fixture
def decided(tmp_path):
    """The example's two years in a folder of their own."""
    for year in ("2025", "2026"):
        shutil.copytree(EXAMPLE / year, tmp_path / year)
    return tmp_path


@pytest.fixture
def copied(decided, monkeypatch):
    """The same, proposed by the codebook alone: what was decided before takes seconds to learn from."""
    monkeypatch.setattr("sekom_survey.upkeep.review.training", lambda folder, year, rows: {})
    return decided


def call(*words):
    return CliRunner().invoke(main, [str(word) for word in words])


def test_both_states_show_in_the_example(years):
    """2025 is reviewed whole, 2026 by half."""
    assert years[2025][1].reviewed()[0] == years[2025][1].reviewed()[1]
    done, texts = years[2026][1].reviewed()
    assert abs(done / texts - 0.5) < 0.02


def test_a_persons_decision_always_wins(years):
    """Reviewed texts carry the person's themes, the others the codebook's proposals."""
    coded = years[2026][1].coded
    open_texts = coded[~coded["reviewed"]]
    assert (open_texts["themes"] == open_texts["proposed"]).all()
    assert (coded[coded["reviewed"]]["themes"] != coded[coded["reviewed"]]["proposed"]).any()


def test_theme_counts_can_be_made_by_hand(years):
    """Municipalities with at least one text of a theme, of those with an answer in substance."""
    year, themes = years[2025]
    coded = themes.coded[themes.coded["item"] == "challenge"]
    municipal = set(year.frame.members.loc[year.frame.members["kind_of_member"] == "municipality", "member_id"])
    said = coded[coded["member_id"].isin(municipal) & coded["themes"].map(lambda found: "inget" not in found)]
    with_theme = said[said["themes"].map(lambda found: "resursbrist" in found)]["member_id"].nunique()
    row = themes.estimates[
        (themes.estimates["item"] == "challenge")
        & (themes.estimates["option"] == "resursbrist")
        & (themes.estimates["segmentation"] == "all")
    ].iloc[0]
    assert (row["count"], row["base"]) == (with_theme, said["member_id"].nunique())


def test_before_review_the_section_says_so_and_is_not_public(years, public):
    """ "Ej granskat" in the title; nothing in a public build."""
    year, themes = years[2026]
    shown = theme_bars(year, "challenge", themes)
    assert shown.title.startswith("Ej granskat")
    assert "granskade av en person" in shown.note
    assert shown.internal
    protected = publish_themes(themes, year)
    assert theme_bars(public[2026], "challenge", protected) is None
    assert theme_segments(public[2026], "challenge", protected, "size") is None


def test_reviewed_themes_are_public_with_agreement_and_version(years, public):
    """The note tells coders' agreement and codebook version; how many texts there are stays inside."""
    year, themes = years[2025]
    shown = theme_bars(public[2025], "challenge", public["themes"])
    assert not shown.internal
    most = max(theme_facts(public["themes"], year.survey), key=lambda f: (f.item == "challenge") * f.first_count)
    assert f"{shown.title}." == most.sentence
    assert "47 av 47" not in shown.note
    assert "47 av 47 svar granskade" in theme_bars(year, "challenge", themes).note
    assert "alfa" in shown.note
    assert themes.codebook.version in shown.note


def test_no_small_group_is_shown_in_public_themes(public):
    """Theme tables by segment pass the same protection as all others."""
    rows = public["themes"].estimates
    assert (rows.loc[~rows["suppressed"], "base"] >= 5).all()
    assert set(rows["segmentation"]) <= {"all", "size", "landsdel", "role", "kind"}


def test_quotes_are_consented_and_point_at_nobody(years):
    """Only strengths whose writer said Ja, never a name; of no group and in no order of answering."""
    year, themes = years[2025]
    found = Findings(year).quotable("strength")
    allowed = year.responses.answers.table
    said_yes = set(allowed[(allowed["item"] == "spread") & (allowed["option"] == "Ja")]["respondent"])
    keys = {key: respondent for respondent, key in respondent_keys(year).items()}
    by_text = dict(zip(themes.coded["text"], themes.coded["respondent"], strict=True))
    assert len(found)
    assert all(keys[by_text[text]] in said_yes for text in found["text"])
    names = list(year.frame.members["name"])
    assert not any(name in text for name in names for text in found["text"])
    assert Findings(year).quotable("challenge").empty
    assert list(found) == ["theme", "text"] and found.equals(
        quotable(year, "strength", replace(themes, coded=themes.coded[::-1]))
    )
    assert quotes(replace(year, build=PUBLIC), "strength", themes, found) is not None


def test_what_somebody_else_wrote_who_has_not_consented_is_not_quoted_in_a_longer_text(years):
    """Two colleagues may send the same words, and one of them has said no."""
    year, themes = years[2025]
    quoted = quotable(year, "strength", themes)["text"].iloc[0]
    table = year.responses.answers.table.copy()
    other = table.index[(table["item"] == "wishes") & (table["text"].str.len() > 0)][0]
    table.loc[other, "text"] = f"  {quoted[:-1]} "
    answers = answers_in(table)
    told = quotable(replace(year, responses=replace(year.responses, answers=answers)), "strength", themes)
    assert quoted not in set(told["text"]) and len(told)


def test_themes_since_last_year_count_members(years):
    """New, grown and shrunk, with both years' counts."""
    shown = theme_change(years[2026][0], "challenge", years[2026][1], years[2025][1])
    assert (shown.data["difference"] == shown.data["count"] - shown.data["count_before"]).all()


def review(copied, *words):
    return call("review", copied / "2026", "--reports", copied / "ut", *words)


def fill(path, rows, theme="Resursbrist"):
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    head = {cell.value: cell.column for cell in sheet[1]}
    columns = [column for name, column in head.items() if str(name).startswith("Tema")]
    for row in rows:
        for column in columns:
            sheet.cell(row, column).value = theme if column == columns[0] else None
        sheet.cell(row, head["Klar"]).value = "ja"
    book.save(path)
    return [sheet.cell(row, head["Svarande"]).value for row in rows]


def challenge_rows(path):
    sheet = openpyxl.load_workbook(path).worksheets[0]
    head = {cell.value: cell.column for cell in sheet[1]}
    return [
        row
        for row in range(2, sheet.max_row + 1)
        if sheet.cell(row, head["Fråga"]).value == "challenge" and not sheet.cell(row, head["Klar"]).value
    ]


def test_half_today_and_half_tomorrow(copied):
    """What is marked done is imported; importing twice changes nothing; the rest waits; the next workbook knows."""
    before, _ = read_decisions(copied / "2026" / "codings.csv")
    assert review(copied).exit_code == 0
    path = copied / "ut" / "2026" / "internal" / "review.xlsx"
    rows = challenge_rows(path)[:4]
    people = fill(path, rows)
    done = review(copied, "--import", path, "--coder", "AB")
    assert done.exit_code == 0, done.output
    after, _ = read_decisions(copied / "2026" / "codings.csv")
    added = after[len(before) :]
    assert {row.respondent for row in added if row.decision == "yes" and row.theme == "resursbrist"} == set(people)
    assert review(copied, "--import", path, "--coder", "AB").exit_code == 0
    assert read_decisions(copied / "2026" / "codings.csv")[0] == after
    assert review(copied).exit_code == 0
    assert (path.parent / "review-2.xlsx").exists()


def test_an_unknown_theme_imports_nothing(copied):
    """Named with its row, and half a file is never imported."""
    assert review(copied).exit_code == 0
    path = copied / "ut" / "2026" / "internal" / "review.xlsx"
    before = (copied / "2026" / "codings.csv").read_bytes()
    rows = challenge_rows(path)[:2]
    fill(path, rows[:1])
    fill(path, rows[1:], theme="Rymdfart")
    done = review(copied, "--import", path, "--coder", "AB")
    assert done.exit_code == 2
    assert "Rymdfart" in done.output
    assert (copied / "2026" / "codings.csv").read_bytes() == before


def test_the_codebook_command_lints_and_compares(decided):
    """Terms with the words they hit; answers that another codebook codes otherwise."""
    assert "resursbrist" in call("codebook", decided / "2026").output
    other = decided / "annan.toml"
    text = (decided / "2026" / "codebook.toml").read_text(encoding="utf-8")
    other.write_text(text, encoding="utf-8")
    told = call("codebook", decided / "2026", "--against", other).output
    assert "0 svar byter tema" in told and "Inget tema blev sämre." in told
    weaker = re.sub(r'(id = "resursbrist".*?\nterms = )\[.*?\n\]', r'\1["xyzzy"]', text, count=1, flags=re.S)
    (decided / "2026" / "codebook.toml").write_text(weaker, encoding="utf-8")
    told = call("codebook", decided / "2026", "--against", other).output
    assert re.search(r"^\d+ teman? blev sämre\.$", told, re.M) and "Inget tema" not in told
    assert re.search(r"^  Resursbrist: F1 0,\d\d → \S+, rätt (?!0)\d+ → 0, fel \d+ → 0, missade \d+ → \d+$", told, re.M)


def test_suggest_needs_no_survey(tmp_path):
    """Any csv with id, question and text; a non-answer is "inget", an uncoded answer empty."""
    source, out = tmp_path / "svar.csv", tmp_path / "ut.csv"
    source.write_text(
        "id,question,text\n1,utmaning,Brist på pengar\n2,utmaning,-\n3,utmaning,xyzzy plugh\n", encoding="utf-8"
    )
    assert call("suggest", source, "--codebook", EXAMPLE / "2026" / "codebook.toml", "-o", out).exit_code == 0
    lines = out.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "id,question,themes,evidence,certainty"
    assert [line.split(",")[2] for line in lines[1:]] == ["resursbrist", "inget", ""]


def test_drift_and_both_trends_are_told(years):
    """Uncoded, non-answers and new words by question; texts by theme as published and with today's codebook."""
    from sekom_survey.shown.exhibits import theme_drift, theme_trend

    drifted = theme_drift(years[2026][0], years[2026][1], years[2025][1]).table
    assert list(drifted["År"]) == ["2025", "2026"] * 3
    assert (drifted[drifted["År"] == "2025"]["Nya ord"] == "0\u00a0%").all()
    trends = theme_trend(years[2026][0], years[2026][1], years[2025][1]).table.set_index("Tema")
    decided = years[2025][1].coded["themes"].map(lambda found: "resursbrist" in found).sum()
    assert trends.loc["Resursbrist", "2025, publicerat"] == str(decided)


def test_a_codebook_goes_out_and_comes_back(copied):
    """REFI-QDA out, the names and definitions in again as a draft; a file that is there is never overwritten."""
    assert review(copied, "--exchange").exit_code == 0
    codes, draft = copied / "ut" / "2026" / "internal" / "codebook.qdc", copied / "utkast.toml"
    words = ("codebook", copied / "2026", "--from-codes", codes, "-o", draft)
    assert call(*words).exit_code == 0
    assert 'id = "resursbrist"' in draft.read_text(encoding="utf-8")
    assert call(*words).exit_code == 2


def test_an_earlier_years_texts_are_proposed_by_todays_codebook(copied):
    """Decisions stay, and so do the themes of texts nobody decided, which their own codebook proposed."""
    last = copied / "2025"
    decisions = (last / "codings.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (last / "codings.csv").write_text("".join(decisions[:40]), encoding="utf-8")
    codebook, _ = load_codebook(copied / "2026" / "codebook.toml")
    today = replace(codebook, themes=tuple(theme for theme in codebook.themes if theme.id != "resursbrist"))
    year = analyse(last)
    own, by_today = (themes_of(year, book)[0].coded for book in (None, today))
    assert list(own["themes"]) == list(by_today["themes"])
    assert not own["reviewed"].all()
    assert own["proposed"].map(lambda found: "resursbrist" in found).any()
    assert not by_today["proposed"].map(lambda found: "resursbrist" in found).any()


def test_alpha_is_told_with_its_uncertainty(years):
    """A dozen answers coded twice say little of how two people agree; where drawing them anew tells nothing, no interval is given."""
    table = theme_reliability(*years[2026]).table.set_index("Tema")
    assert re.fullmatch(r"0,\d\d \([−0-9,]+ till 1,00\)", table.at["Resursbrist", "Alfa"])
    assert table.at["Cirkulära lösningar", "Alfa"] == "1,00"


def test_what_was_approved_unread_is_told_with_its_sample(years):
    """Two approved in one step, two drawn and tried, of which a person saw one otherwise: counted apart, with an exact interval."""
    year, themes = years[2026]
    assert "i ett steg" not in theme_reliability(year, themes).note
    coded = themes.coded[themes.coded["reviewed"]]
    agreed = coded[[set(a) == set(b) for a, b in zip(coded["themes"], coded["proposed"], strict=True)]]
    one_theme = agreed[agreed["themes"].map(len) == 1]
    other = coded[[set(a) != set(b) for a, b in zip(coded["themes"], coded["proposed"], strict=True)]]
    marks = {}
    for mark, some in (
        ("säkra i ett steg", agreed.iloc[:2]),
        ("stickprov", pd.concat([one_theme.iloc[2:3], other[other["themes"].map(len) > 1].iloc[:1]])),
    ):
        marks |= dict.fromkeys(zip(some["respondent"], some["item"], strict=True), mark)
    rows = tuple(replace(row, comment=marks.get(row.key, row.comment)) for row in themes.rows)
    note = theme_reliability(year, replace(themes, rows=rows)).note
    assert "2 svar är godkända i ett steg utan att läsas" in note
    assert "1 av 2 rätt (1–99\u00a0%)" in note


def test_texts_approved_unread_are_public_after_a_passed_sample_and_less_sure(years, public):
    """Without a sample nothing of the item is shown; with one the note says so and the intervals are wider, the counts the same."""
    year, themes = years[2025]
    coded = themes.coded[themes.coded["themes"].map(len) == 1]
    keys = list(zip(coded["respondent"], coded["item"], strict=True))
    at_once = [key for key in keys if key[1] == "challenge"][:12]
    marks = dict.fromkeys(at_once, "säkra i ett steg")
    one_coder = tuple(replace(row, coder="EL") for row in themes.rows if row.coder != "MK")

    def marked_as(marks):
        rows = tuple(replace(row, comment=marks.get(row.key, row.comment)) for row in one_coder)
        questions = {item: one.codebook for item, one in coded_items(year).items()}
        return replace(themes, rows=rows, misread=coding_errors(themes.coded, rows, themes.codebook, questions))

    assert theme_bars(replace(year, build=PUBLIC), "challenge", publish_themes(marked_as(marks), year)) is None
    drawn = tried_and_right(tuple(replace(row, comment="stickprov") for row in one_coder))
    marks |= dict.fromkeys([key for key, right in drawn.items() if right and key not in marks][:30], "stickprov")
    before, after = public["themes"], publish_themes(marked_as(marks), year)
    note = theme_bars(replace(year, build=PUBLIC), "challenge", after).note
    assert "godkända i ett steg efter ett stickprov" in note and "Osäkerheten räknar in" in note
    rows = [one.estimates[one.estimates["item"] == "challenge"].reset_index(drop=True) for one in (before, after)]
    assert rows[0]["count"].equals(rows[1]["count"]) and rows[0]["suppressed"].equals(rows[1]["suppressed"])
    shown = rows[0]["low"].notna()
    widths = [(one["high"] - one["low"])[shown] for one in rows]
    assert (widths[1] >= widths[0]).all() and (widths[1] > widths[0]).any()
    assert rows[1]["low"][~shown].isna().all()
