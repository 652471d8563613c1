"""Two runs side by side: what changed, and why."""

import json
import shutil

import pytest

from sekom_survey.counted.year import analyse
from sekom_survey.found.findings import Findings
from sekom_survey.found.past_run import find_run, read_run
from sekom_survey.model import Unusable
from sekom_survey.running.manifest import write_manifest
from sekom_survey.upkeep.diff import diff_lines
from tests.waves import MEMBERS, SURVEY, answer, make_wave

NAMES = ("Almköping", "Björkvalla", "Cedersö", "Duvhult", "Ekbro")
ROWS = [answer(name, satisfaction=i + 4) for i, name in enumerate(NAMES)]
GOALS = "goal,indicator,outcome,target,status,decided\nM1,M1a,{},5,Målet är uppnått,\n"
CLAIMS = "claim,quote,verdict,statement,figures\nP01,x,{},y,\n"


def left(folder, wave, goals="6", claims="Stöds"):
    """What a run of a wave leaves, without the drawing."""
    year = analyse(wave)
    folder.mkdir(parents=True)
    year.estimates.to_csv(folder / "estimates.csv", index=False)
    year.means.to_csv(folder / "means.csv", index=False)
    (folder / "goals.csv").write_text(GOALS.format(goals), encoding="utf-8")
    (folder / "claims.csv").write_text(CLAIMS.format(claims), encoding="utf-8")
    write_manifest(year, folder, Findings(year).inputs())
    return folder


def told(tmp_path, rows=ROWS, survey=SURVEY, members=MEMBERS, files=None, first=None, **after):
    """The lines between a plain run and one with something changed."""
    before = left(tmp_path / "a" / "internal", make_wave(tmp_path / "a" / "2026", ROWS, files=first))
    return "\n".join(
        diff_lines(
            before,
            left(
                tmp_path / "b" / "internal", make_wave(tmp_path / "b" / "2026", rows, survey, members, files), **after
            ),
        )
    )


@pytest.fixture
def same_export(monkeypatch):
    """Exports written at different moments have the same bytes."""
    import xlsxwriter

    real = xlsxwriter.Workbook.close

    def close(self):
        from datetime import datetime

        self.set_properties({"created": datetime(2026, 1, 1)})
        return real(self)

    monkeypatch.setattr(xlsxwriter.Workbook, "close", close)


def test_the_same_run_twice_has_no_differences(tmp_path, same_export):
    """Every part says so."""
    lines = told(tmp_path)
    assert lines.count("inga skillnader") == 8


def test_a_late_answer_is_named_as_the_cause(tmp_path, same_export):
    """The export has one more row; count, base and share change."""
    lines = told(tmp_path, [*ROWS, answer("Fjällanda", introduced="Ja")])
    assert "enkätfilen: export/svar.xlsx → export/svar.xlsx, 5 → 6 rader" in lines
    assert "introduced, Ja: 0 av 5 → 1 av 6 (sent svar)" in lines
    assert "(sent svar)" in lines


def test_a_corrected_name_is_named_as_the_cause(tmp_path, same_export):
    """The same export, one more line in corrections.csv."""
    rows = [*ROWS, answer("Fjälanda stad", introduced="Ja")]
    before = left(tmp_path / "a" / "internal", make_wave(tmp_path / "a" / "2026", rows))
    match = "action,row,found,member_id,item,reason\nmatch,,Fjälanda stad,m6,,Frågat dem\n"
    after = left(
        tmp_path / "b" / "internal", make_wave(tmp_path / "b" / "2026", rows, files={"corrections.csv": match})
    )
    lines = "\n".join(diff_lines(before, after))
    assert "ny: namnet ”Fjälanda stad” hör till m6 – Frågat dem" in lines
    assert "corrections.csv: ny fil" in lines
    assert "introduced, Ja: 0 av 5 → 1 av 6" in lines
    assert "(rättad kommun)" in lines
    assert "sent svar" not in lines


def test_a_struck_answer_concerns_its_own_question_only(tmp_path, same_export):
    """Other questions have not changed and are not listed."""
    lines = told(
        tmp_path,
        files={"corrections.csv": "action,row,found,member_id,item,reason\nstrike,2,,,satisfaction,Missförstånd\n"},
    )
    assert "satisfaction, mean: 6 (5 svar) → 6,5 (4 svar) (svar strukna eller återtagna för hand)" in lines
    assert {line.split(",")[0].strip() for line in lines.split("Andelar")[1].splitlines() if " → " in line} == {
        "satisfaction"
    }


def test_a_new_register_is_named_as_the_cause(tmp_path, same_export):
    """A member more asked: the population of every number."""
    lines = told(tmp_path, members=MEMBERS + "m7,Granvik,municipality,member,,Kalmar län,9000,2001-01-01,,,\n")
    assert "members.csv: ändrad (nytt register)" in lines
    assert "(nytt register)" in lines.split("Andelar")[1]


def test_a_changed_question_and_limit_are_definitions(tmp_path, same_export):
    """Told once as a definition, and as the cause where the number moved."""
    lines = told(
        tmp_path,
        survey=SURVEY.replace('Hur nöjda är ni?"', 'Hur nöjda är ni?"\nlow = 0').replace(
            "minimum_base = 3", "minimum_base = 6"
        ),
    )
    assert "minsta grupp som visas: 3 → 6" in lines
    assert "satisfaction: skalan var 1–10, är 0–10. Bryter trenden." in lines
    assert "visas inte (ny minsta grupp)" in lines
    assert "visas inte (ändrad fråga eller ny minsta grupp)" in lines


def test_a_new_codebook_is_named_as_the_cause_of_a_claim(tmp_path, same_export):
    """Version and file."""
    lines = told(
        tmp_path,
        first={"codebook.toml": 'version = "1.0.0"\n'},
        files={"codebook.toml": 'version = "1.1.0"\n'},
        claims="Stöds inte",
    )
    assert "codebook.toml: ändrad (ny version av kodboken)" in lines
    assert "kodbokens version: 1.0.0 → 1.1.0" in lines
    assert "P01: Stöds → Stöds inte (ny version av kodboken)" in lines


def test_a_goal_moved_by_the_log(tmp_path, same_export):
    """The log is the only thing that changed."""
    lines = told(
        tmp_path,
        first={"activities.csv": "date,activity,title\n"},
        files={"activities.csv": "date,activity,title\n2026-01-01,media_mention,X\n"},
        goals="7",
    )
    assert "M1a: 6 Målet är uppnått → 7 Målet är uppnått (ny aktivitetslogg)" in lines


def test_a_number_without_a_seen_cause_is_not_explained_away(tmp_path, same_export):
    """Neither input nor version changed: it says that it does not know."""
    before = left(tmp_path / "a", make_wave(tmp_path / "w" / "2026", ROWS))
    after = shutil.copytree(before, tmp_path / "b")
    text = (after / "estimates.csv").read_text(encoding="utf-8")
    (after / "estimates.csv").write_text(
        text.replace("introduced,Nej,all,all,5,6,5", "introduced,Nej,all,all,5,6,4"), encoding="utf-8"
    )
    assert "(orsaken syns inte i körningarna)" in "\n".join(diff_lines(before, after))
    content = json.loads((after / "run.json").read_text(encoding="utf-8"))
    content["versions"]["pandas"] = "0.1"
    (after / "run.json").write_text(json.dumps(content), encoding="utf-8")
    lines = "\n".join(diff_lines(before, after))
    assert "(ny version av verktyget)" in lines
    assert "pandas: " in lines


def test_two_years_say_that_they_are_two_years(tmp_path):
    """And what was asked otherwise."""
    before = left(
        tmp_path / "a",
        make_wave(
            tmp_path / "2025",
            ROWS,
            SURVEY.replace("year = 2026", "year = 2025")
            .replace("Kunskap; kurser", "Kunskap; kurser m.m.")
            .replace("2026-", "2025-"),
        ),
    )
    after = left(tmp_path / "b", make_wave(tmp_path / "2026", ROWS))
    lines = "\n".join(diff_lines(before, after))
    assert "Två olika år." in lines
    assert (
        "top_value: alternativ ändrade – nya ”Kunskap; kurser”; borttagna ”Kunskap; kurser m.m.”. Bryter trenden."
        in lines
    )


def test_between_years_only_what_moved_is_told_and_a_scale_by_its_top(tmp_path):
    """One member more is no change of every number; the year is cause enough."""
    before = left(
        tmp_path / "a",
        make_wave(tmp_path / "2025", ROWS, SURVEY.replace("year = 2026", "year = 2025").replace("2026-", "2025-")),
    )
    rows = [answer(NAMES[0], support="Litet behov", satisfaction=4), *ROWS[1:]]
    after = left(
        tmp_path / "b",
        make_wave(
            tmp_path / "2026", rows, members=MEMBERS + "m7,Granby,municipality,member,,Kalmar län,9000,2001-01-01,,,\n"
        ),
    )
    shares = "\n".join(diff_lines(before, after)).split("Andelar")[1].split("Medelvärden")[0]
    assert [line.strip() for line in shares.splitlines() if " → " in line] == [
        "need_support, topp2: 5 av 5 → 4 av 5 (nytt år)"
    ]


def test_a_run_is_found_by_its_wave_or_its_folder(tmp_path):
    """Internal before public before what was kept when the year was erased."""
    reports, surveys = tmp_path / "reports", tmp_path / "surveys"
    for folder in (surveys / "2026" / "published", reports / "2026" / "public", reports / "2026" / "internal"):
        folder.mkdir(parents=True)
        (folder / "run.json").write_text("{}", encoding="utf-8")
        assert find_run("2026", reports, surveys) == folder
    assert find_run(str(folder), reports, surveys) == folder
    with pytest.raises(Unusable):
        find_run("2027", reports, surveys)


@pytest.mark.parametrize("text", ["", "[]", "{", "[" * 100_000, '"x"'])
def test_a_broken_run_is_told(tmp_path, text):
    """No traceback."""
    (tmp_path / "run.json").write_text(text, encoding="utf-8")
    with pytest.raises(Unusable):
        read_run(tmp_path)


def test_a_run_of_an_older_version_is_compared_as_far_as_it_goes(tmp_path):
    """Without definitions there is nothing to say about them."""
    before = left(tmp_path / "a", make_wave(tmp_path / "w" / "2026", ROWS))
    after = shutil.copytree(before, tmp_path / "b")
    content = json.loads((after / "run.json").read_text(encoding="utf-8"))
    del content["definitions"]
    (after / "run.json").write_text(json.dumps(content), encoding="utf-8")
    assert "kan inte jämföras" in "\n".join(diff_lines(before, after))
