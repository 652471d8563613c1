"""The words and signs of every document: Swedish, decimal comma, fixed spaces, a real minus, dashes, the alphabet to its end."""

from __future__ import annotations

import re

import pytest

from sekom_survey.text.swedish import sort_key
from tests.documents.reading import page_texts, slide_texts, word_texts

# People's own words, and names of files and commands, are not ours to write.
NAMES = re.compile(
    r"\w+\.(toml|csv|xlsx|json|html|docx)\b|surveys/\S+|sekom run \S+|exempel/\d{4}|SEKOM-enkäten \d{4}\.xlsx|[Kk]odbok \d+\.\d+\.\d+|\d{4}/export/\S+"
)
ENGLISH = re.compile(
    r"\b(the|and|of|with|click|title|slide|page|table|figure|chart|sheet|series|level|master|untitled|placeholder|count|share|base|"
    r"low|high|mean|all|true|false|nan|none|null|municipality|region_|topp2|segment|survey|answered|suppressed|unknown|error|warning)\b", re.I,
)  # fmt: skip
GIVEN_UP = re.compile(
    r"Störst andel har|flest väljer ”|en lottning|sämsta fall|desto svagare|slumpade viktningar|är var och en räknad|är allt som någon valt|"
    r"hur de än tycker|löften hålls, |\(\d+\s%\) svar\b|\b0 av \d+ lämnade|förra enkäten|xxx|redo att klistra in|Bas: kommuner som mest|"
    r"Stanna kvar, och|\bav \d+ av planens|i (?:ganska|mycket) eller i |[?!]:(?!//)|varierar av sig själva|: 1 kommuner\b|gäller säkert |"
    r"\ben klass eller mer, \d+ ned\b", re.I,
)  # fmt: skip
FAULTS = {
    "ett engelskt ord": ENGLISH,
    "punkt i ett tal": re.compile(r"\d\.\d"),
    "vanligt blanksteg före %": re.compile(r"\d %"),
    "vanligt blanksteg i tusental": re.compile(r"(?<!\d)(?<!av )\d{1,3} \d{3}(?!\d)"),
    "bindestreck i ett spann": re.compile(r"(?<![\w-])\d+-\d+(?![\w-])"),
    "bindestreck som minus": re.compile(r"(?<![\w-])-\d"),
    "procentenheter utan fast blanksteg": re.compile(r"\d pe\b"),
    "procent med onödiga nollor": re.compile(r",0\u00a0%|,\d0\u00a0%"),
    "raka citattecken": re.compile(r'"'),
    "ett uttryck som ingen förstår": GIVEN_UP,
}
READERS = {
    "report.docx": word_texts,
    "slides.pptx": slide_texts,
    "report.html": page_texts,
    "goals.html": page_texts,
    "office.html": page_texts,
}
PEOPLES = ("texts_", "quotes_", "conflicts")


def ours(text: str) -> str:
    """A text without names of files and days."""
    return re.sub(r"\d{4}-\d\d-\d\d", " ", NAMES.sub(" ", text))


def faults(text: str) -> list[str]:
    """What is wrong with a text."""
    return [name for name, pattern in FAULTS.items() if pattern.search(ours(text))]


@pytest.mark.parametrize("name", READERS)
def test_every_document_is_in_correct_swedish(build, name):
    """Texts, tables, alternative texts, notes, captions; answers quoted as they were written are left out."""
    if not (build.folder / name).exists():
        pytest.skip("bara den interna rapporten har kansliets sida")
    theirs = {cell for e in build.exhibits.values() if e["id"].startswith(PEOPLES) for row in e["rows"] for cell in row}
    texts = READERS[name](build.folder / name)
    assert len(texts) > 50
    assert {text: faults(text) for text in texts if text not in theirs and faults(text)} == {}


@pytest.mark.parametrize(("text", "fault"), [
    ("Count of members", "ett engelskt ord"), ("62.5", "punkt i ett tal"), ("62 %", "vanligt blanksteg före %"), ("14 000 kr", "vanligt blanksteg i tusental"),
    ("61-78", "bindestreck i ett spann"), ("minskar -2", "bindestreck som minus"), ("+12 pe", "procentenheter utan fast blanksteg"),
    ("62,50\u00a0%", "procent med onödiga nollor"), ('svarar "Ja"', "raka citattecken"),
    ("Förra enkäten", "ett uttryck som ingen förstår"), ("14 av 54 (26\u00a0%) svar", "ett uttryck som ingen förstår"),
])  # fmt: skip
def test_each_fault_is_found(text, fault):
    """The check can fail."""
    assert faults(text) == [fault]


@pytest.mark.parametrize(
    "text",
    [
        "62,5\u00a0%",
        "61–78\u00a0%",
        "−2",
        "14\u00a0000",
        "2026-05-28",
        "+12\u00a0pe",
        "SEKOM-akademin",
        "9 av 80 kommuner",
        "E-post",
    ],
)
def test_what_is_right_is_let_through(text):
    """Nothing is found in correct writing."""
    assert faults(text) == []


def test_a_sign_in_a_table_is_explained_under_it(build):
    """What cannot be worked out, and what is hidden."""
    using = {
        (sign, e["id"]): e["note"]
        for e in build.exhibits.values()
        for sign in ("..", "U")
        if any(sign in row for row in e["rows"])
    }
    assert [place for place, note in using.items() if f"”{place[0]}”" not in note] == []


def test_lists_follow_the_swedish_alphabet(build):
    """Members in the map's list, by answer, county and name: å, ä and ö last."""
    listed = build.exhibits.get("answer_map")
    if listed is None:
        return
    rows = [(answered, county, name) for name, county, answered in listed["rows"]]
    assert {name[0] for *_, name in rows} & set("ÅÄÖ")
    assert rows == sorted(rows, key=lambda row: tuple(map(sort_key, row)))
