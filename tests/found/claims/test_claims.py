"""claims.toml read strictly, judged together, and told in sentences."""

from pathlib import Path

import pandas as pd
import pytest

from sekom_survey.asked.questionnaire import read_survey
from sekom_survey.counted.estimate import estimate
from sekom_survey.found.claims import COLUMNS, Basis, Claim, judge_claims, read_claims
from sekom_survey.found.claims.finding import PARTLY, SUPPORTED, UNSUPPORTED, UNTESTABLE, VERDICTS
from sekom_survey.found.claims.read import KINDS
from sekom_survey.found.claims.shares import AtLeastShare
from tests.found.compare.frames import frame, member, multi, scale, survey

EXAMPLE = Path(__file__).parents[3] / "surveys" / "exempel" / "2026"
ITEMS = (multi("use", "A", "B"), scale("need_a", "need"), scale("need_b", "need"))
ASKED = survey(*ITEMS)
WHOLE = """
[[claims]]
id = "P1"
quote = "De flesta väljer A"
rule = "share_at_least"
item = "use"
option = "A"
at_least = 0.5
figures = ["use", "flow"]
"""


def read(tmp_path, text):
    path = tmp_path / "claims.toml"
    path.write_text(text, encoding="utf-8")
    return read_claims(path, "2026/claims.toml", ASKED.questionnaire)


def test_a_claim_of_a_known_kind_is_a_table(tmp_path):
    """No Python: id, quote, rule and the rule's own keys."""
    claims, problems = read(tmp_path, WHOLE)
    assert problems == []
    assert claims == (
        Claim("P1", "De flesta väljer A", "share_at_least", AtLeastShare("use", ("A",), 0.5), ("use", "flow")),
    )


@pytest.mark.parametrize(
    ("change", "code", "where", "told"),
    [
        (('"share_at_least"', '"share_atleast"'), "unknown_kind", "claims[1].rule", "Menade du ”share_at_least”?"),
        (('item = "use"', 'item = "usee"'), "unknown_name", "claims[1].item", "Menade du ”use”?"),
        (('option = "A"', 'option = "a"'), "unknown_name", "claims[1].option", "Alternativet ”a” finns inte."),
        (("at_least = 0.5", "atleast = 0.5"), "unknown_key", "claims[1].atleast", "Menade du ”at_least”?"),
        (("at_least = 0.5", "at_least = 50"), "unknown_value", "claims[1].at_least", "Skriv en andel mellan 0 och 1"),
        (('quote = "De flesta väljer A"\n', ""), "key_missing", "claims[1].quote", "Lägg till quote"),
        (("[[claims]]", "[[claim]]"), "unknown_key", "claim", "Menade du ”claims”?"),
    ],
)
def test_every_fault_is_told_with_its_place(tmp_path, change, code, where, told):
    """Unknown kinds, items, options, keys and values: in Swedish, where, and what to do."""
    claims, problems = read(tmp_path, WHOLE.replace(*change))
    found = [p for p in problems if p.code == code]
    assert claims == ()
    assert [p.where.partition(", ")[2] or p.where for p in found] == [where]
    assert told in f"{found[0].found} {found[0].todo}"


def test_two_claims_with_one_id_are_a_fault(tmp_path):
    """Ids are how a claim is known from year to year."""
    assert [p.code for p in read(tmp_path, WHOLE + WHOLE)[1]] == ["double_id"]


@pytest.mark.parametrize("text", ["[[claims", 'claims = "P1"', "[[claims]]\nid = 1", "claims = [1]", "\x00"])
def test_bad_files_are_problems_not_tracebacks(tmp_path, text):
    """Whatever is in the file."""
    claims, problems = read(tmp_path, text)
    assert claims == ()
    assert problems


def test_no_file_is_no_claims(tmp_path):
    """A year may have none."""
    assert read_claims(tmp_path / "claims.toml", "", ASKED.questionnaire) == ((), [])


def judged(claims, count, **more):
    members = [member(i) for i in range(80)]
    said = {f"m{i:03d}": "A" if i < count else "B" for i in range(50)}
    made = frame(members, ITEMS, {"use": said})
    return judge_claims(claims, Basis(ASKED, made, estimate(made, ASKED)[0], **more))


def test_the_table_says_verdict_numbers_and_a_wording(tmp_path):
    """30 of 50 supports "de flesta", 28 does in part, 24 does not; one answer flips each."""
    claims, _ = read(tmp_path, WHOLE)
    assert tuple(judged(claims, 30).columns) == COLUMNS
    row = judged(claims, 30).iloc[0]
    assert (
        row["statement"]
        == "Påståendet stöds. De flesta, 30 av 50 kommuner (60\u00a0%, osäkerhet 51–68\u00a0%), väljer ”A”."
    )
    assert row["figures"] == "use;flow"
    verdicts = {count: judged(claims, count).iloc[0]["verdict"] for count in (24, 25, 28, 29)}
    assert verdicts == {24: UNSUPPORTED, 25: PARTLY, 28: PARTLY, 29: SUPPORTED}
    assert judged(claims, 24).iloc[0]["statement"].startswith("Enkäten visar inte detta.")
    assert "Förslag till formulering: ”Ungefär hälften, 24 av 50 kommuner" in judged(claims, 24).iloc[0]["statement"]


def test_keys_of_earlier_versions_are_told_and_decide_nothing(tmp_path):
    """A claims.toml of last year still works; what its keys once did is said, and misspelt keys are still faults."""
    claims, problems = read(tmp_path, WHOLE + "lower = 0.2\nlevel = 0.9\nconfirmatory = true\n")
    assert [claim.rule for claim in claims] == [AtLeastShare("use", ("A",), 0.5)]
    assert {(p.code, p.level) for p in problems} == {("outgrown_key", "note")}
    assert [p.where.rpartition(".")[2] for p in problems] == ["confirmatory", "level", "lower"]


def test_the_examples_claims_are_all_there_and_use_known_kinds():
    """P01-P21 in order, no faults, every one with a rule that exists."""
    asked, faults = read_survey(EXAMPLE / "survey.toml", "survey.toml")
    assert asked is not None, faults
    claims, problems = read_claims(EXAMPLE / "claims.toml", "claims.toml", asked.questionnaire)
    assert problems == []
    assert [claim.id for claim in claims] == [f"P{i:02d}" for i in range(1, 22)]
    assert {claim.kind for claim in claims} <= set(KINDS)


def test_nothing_to_judge_on_is_never_a_traceback():
    """The example's claims on a year where nobody answered, or three did."""
    asked, _ = read_survey(EXAMPLE / "survey.toml", "survey.toml")
    assert asked is not None
    claims, _ = read_claims(EXAMPLE / "claims.toml", "claims.toml", asked.questionnaire)
    members = [member(i) for i in range(12)]
    items = asked.questionnaire.items
    for answered in (0, 3):
        said = {"top_value": {f"m{i:03d}": "Gemensamma projekt" for i in range(answered)}}
        made = frame(members, items, said)
        table = judge_claims(
            claims,
            Basis(
                asked,
                made,
                estimate(made, asked)[0],
                log=pd.DataFrame(columns=["date", "activity", "member_id", "role", "count", "title"]),
            ),
        )
        assert set(table["verdict"]) <= set(VERDICTS)
        assert (table.loc[table["claim"] != "P01", "verdict"] == UNTESTABLE).all()
