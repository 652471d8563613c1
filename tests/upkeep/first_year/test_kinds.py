"""A ranking, a number, a date and a permission are known by what all answers have in common."""

import tomllib

import pytest

from sekom_survey.upkeep.first_year.plan import plan
from tests.collected.files import FORMS_HEAD, save_xlsx

CASES = [
    ("Rangordna följande", ["A;B;C;", "B;A;C;", "C;B;A;", "A;C;B;"], "ranking"),
    ("Vad valde ni?", ["A;B;C;", "A;B;", "C;", "A;C;"], "multi"),
    ("Hur många tjänster har ni?", ["0", "3", "8", "2"], "number"),
    ("Kostnad i tusen kronor", ["1 200", "350", "12,5", "40"], "number"),
    ("Hur troligt att ni rekommenderar oss?", ["0", "3", "8", "10"], "nps"),
    ("Vilket betyg ger ni?", ["1", "3", "5", "2"], "rating"),
    ("När antogs planen?", ["2025-01-03", "2024-11-30", "2023-05-05", "2025-02-01"], "date"),
    ("Får vi sprida exemplet?", ["Ja", "Nej", "Ja", "Ja"], "consent"),
    ("Bifoga er plan", [f"https://example.org/{n}.pdf" for n in range(4)], "upload"),
    ("Har ni en plan?", ["Ja", "Nej", "Ja", "Ja"], "single"),
]


@pytest.mark.parametrize(("heading", "answers", "kind"), CASES)
def test_a_kind_is_known_by_its_answers(tmp_path, heading, answers, kind):
    """And what only looks like it is not."""
    rows = [[*FORMS_HEAD, heading]]
    for i in range(12):
        day = f"2026-02-0{i % 9 + 1}"
        rows.append([i, f"{day} 10:00:00", f"{day} 10:05:00", "anonymous", "", "", answers[i % 4]])
    data = tomllib.loads(plan(save_xlsx(tmp_path / "s.xlsx", {"Sheet1": rows}), None, 2026).survey)
    assert data["items"][0]["kind"] == kind


@pytest.mark.parametrize(
    ("heading", "ends"),
    [
        ("Hur nöjda är ni? (1 = inte alls, 7 = helt)", (1, 7)),
        ("Hur lätt är det? 1 betyder mycket svårt och 7 mycket lätt", (1, 7)),
        ("How satisfied are you? 1 means not at all and 6 very", (1, 6)),
        ("Betyg från 1 till 6", (1, 6)),
        ("På en skala 1-6, hur nöjda är ni?", (1, 6)),
        ("Hur nöjda är ni med stödet till covid-19-arbetet?", (1, 10)),
        ("Vilket betyg ger ni?", (1, 10)),
    ],
)
def test_the_ends_of_a_rating_are_those_that_its_question_states(tmp_path, heading, ends):
    """Else the usual ones, to look at."""
    rows = [[*FORMS_HEAD, heading]]
    for i in range(12):
        rows.append([i, "2026-02-01 10:00:00", "2026-02-01 10:05:00", "anonymous", "", "", str(2 + i % 5)])
    data = tomllib.loads(plan(save_xlsx(tmp_path / "s.xlsx", {"Sheet1": rows}), None, 2026).survey)
    assert (data["items"][0]["low"], data["items"][0]["high"]) == ends
