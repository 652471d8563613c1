"""run.json: everything needed to repeat a run and to see who decided what, and nothing that anybody answered."""

import hashlib
import json

import pytest

from sekom_survey.counted.year import analyse
from sekom_survey.found.findings import Findings
from sekom_survey.protected.words import PublicFindings
from sekom_survey.running.manifest import write_manifest
from sekom_survey.running.outputs import internal_tables, write_csv
from tests.waves import SURVEY, answer, make_wave

OWN, STRUCK, LIKE = "Samtal över kaffet med grannkommunen", "Hemligt och inklistrat av misstag", "Nätverkk"
ROWS = [
    answer("Almköping", top=f"{OWN};", satisfaction=9),
    answer("Almköping", role="Politiker", satisfaction=4),
    answer("Björkvala", top=f"{LIKE};"),
    answer("Cedersö", introduced="Ja", what=STRUCK),
    answer("Duvhult"),
    answer("Ekbro", top="Nätverk;Inget av detta;"),
    answer("Nånstans i Granland"),
]
CORRECTIONS = (
    "action,row,found,member_id,item,reason,date,who\nmatch,,Björkvala,m2,,Felstavat,2026-02-20,AB\n"
    f"strike,,{STRUCK},,introduced_what,Fel enkät,2026-02-21,CD\n"
)
CODINGS = (
    "respondent,item,text_hash,theme,decision,coder,date,codebook_version,comment\nm3-official,x,abc,tid,yes,AB,2026-03-02,1.0.0,\n"
    "m3-official,x,abc,pengar,yes,AB,2026-03-05,1.0.0,ord ur svaret\nm4-official,x,def,tid,no,EF,2026-03-04,1.1.0,\n"
)
DECISIONS = "date,indicator,status,reason,who\n2026-09-18,M1,Målet är uppnått,För att,Styrelsen\n"


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A year with decisions of every kind, and the year before beside it."""
    place = tmp_path_factory.mktemp("spår")
    make_wave(place / "2025", ROWS[:1], SURVEY.replace("2026", "2025"))
    make_wave(
        place / "2026", ROWS, files={"corrections.csv": CORRECTIONS, "codings.csv": CODINGS, "decisions.csv": DECISIONS}
    )
    return place


@pytest.fixture(scope="module")
def found(place):
    return Findings(analyse(place / "2026"))


@pytest.fixture(scope="module")
def internal(place, found):
    """The internal build's run.json."""
    folder = place / "internal"
    folder.mkdir()
    for name, table in (internal_tables(found) | {"comparisons": found.comparisons}).items():
        write_csv(table, folder / f"{name}.csv")
    write_manifest(found.year, folder, found.inputs())
    return json.loads((folder / "run.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def public(place, found):
    """The public build's run.json."""
    folder = place / "public"
    folder.mkdir()
    shown = PublicFindings(found)
    write_manifest(shown.shown, folder, found.inputs(), shown.protection)
    return json.loads((folder / "run.json").read_text(encoding="utf-8"))


def test_every_file_that_went_in_or_came_out_has_its_hash(place, internal):
    """This year's files, last year's, and the tables."""

    def sha(path):
        return hashlib.sha256(path.read_bytes()).hexdigest()

    assert internal["inputs"] == {
        name: sha(place / "2026" / name)
        for name in (
            "survey.toml",
            "members.csv",
            "corrections.csv",
            "export/svar.xlsx",
            "codings.csv",
            "decisions.csv",
        )
    }
    assert internal["last_year"] == {
        f"2025/{name}": sha(place / "2025" / name) for name in ("survey.toml", "members.csv", "export/svar.xlsx")
    }
    assert internal["outputs"] == {
        f"{name}.csv": sha(place / "internal" / f"{name}.csv")
        for name in ("estimates", "means", "comparisons", "changes", "findings")
    }


def test_what_was_chosen_by_rule_is_counted(found, internal):
    """Tests by name, merged answers by rule, hidden numbers by reason."""
    chosen = internal["chosen_by_rule"]
    assert (
        chosen["tests"]["comparisons"]
        == found.comparisons["test"].loc[lambda test: test != ""].value_counts().to_dict()
    )
    assert sum(chosen["answers_merged"].values()) == len(found.year.frame.conflicts) > 0
    assert (
        chosen["hidden"]["estimates"]
        == found.year.estimates.loc[found.year.estimates["suppressed"], "reason"].value_counts().to_dict()
    )
    assert (chosen["minimum_base"], chosen["correction"]) == (3, "bh")


def test_who_decided_what_by_hand_and_when(internal):
    """Corrections with day and initials, theme decisions by coder, the board's decisions."""
    hand = internal["by_hand"]
    assert hand["corrections"] == {"match": 1, "strike": 1}
    assert hand["codings"] == [
        {
            "coder": "AB",
            "decisions": 2,
            "texts": 1,
            "first": "2026-03-02",
            "last": "2026-03-05",
            "codebooks": ["1.0.0"],
        },
        {
            "coder": "EF",
            "decisions": 1,
            "texts": 1,
            "first": "2026-03-04",
            "last": "2026-03-04",
            "codebooks": ["1.1.0"],
        },
    ]
    assert hand["decisions"] == [
        {"date": "2026-09-18", "indicator": "M1", "status": "Målet är uppnått", "who": "Styrelsen"}
    ]
    assert [(c["action"], c["member_id"], c["reason"], c["date"], c["who"]) for c in internal["corrections"]] == [
        ("match", "m2", "Felstavat", "2026-02-20", "AB"),
        ("strike", "", "Fel enkät", "2026-02-21", "CD"),
    ]


def test_the_problems_are_there_without_what_was_answered(found, internal):
    """One for one with the run's own; the words between quotation marks are gone, and so are struck and coded texts."""
    assert [(p["code"], p["where"]) for p in internal["problems"]] == [(p.code, p.where) for p in found.year.problems]
    assert any(LIKE in p.found for p in found.year.problems)
    text = json.dumps(internal, ensure_ascii=False)
    assert [word for word in (OWN, STRUCK, LIKE, "Granland", "ord ur svaret", "Förnamn", "@") if word in text] == []


def test_a_public_record_tells_of_no_file_that_went_in(place, internal, public):
    """No hash, size or number of rows of a private file: a small one is found from its hash by trying what it may hold."""
    assert set(public) == {"wave", "synthetic", "definitions", "outputs", "versions", "chosen_by_rule", "protection"}
    assert set(internal) > {"inputs", "last_year", "counts", "by_hand", "problems", "corrections"}
    text = json.dumps(public, ensure_ascii=False)
    private = [path for path in place.rglob("*") if path.is_file() and not path.is_relative_to(place / "public")]
    assert [path.name for path in private if hashlib.sha256(path.read_bytes()).hexdigest() in text] == []
    assert [
        word for word in ('"AB"', '"CD"', '"EF"', "m2", "Björkvala", "Almköping", "rows_read") if word in text
    ] == []
