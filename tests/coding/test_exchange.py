"""REFI-QDA out and in."""

import zipfile
from xml.etree import ElementTree as ET

import pytest

from sekom_survey.coding.codebook import Answer
from sekom_survey.coding.exchange import CODEBOOK_SPACE, PROJECT_SPACE, guid, read_codes, write_codebook, write_project
from tests.coding.books import ANSWERS, book

THEMES = {("r01", "q22"): ["resurser"], ("r01", "q24"): ["natverk", "kunskap"], ("r03", "q22"): ["inget"]}


def project(folder):
    codebook, _ = book(folder)
    path = folder / "p.qdpx"
    write_project(path, codebook, ANSWERS, THEMES)
    with zipfile.ZipFile(path) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    return path, ET.fromstring(files["project.qde"]), files


def tag(name, space=PROJECT_SPACE):
    return f"{{{space}}}{name}"


def test_the_same_input_gives_the_same_bytes(tmp_path):
    """Codebook and project."""
    codebook, _ = book(tmp_path)
    one, two = tmp_path / "1.qdc", tmp_path / "2.qdc"
    write_codebook(one, codebook)
    write_codebook(two, codebook)
    assert one.read_bytes() == two.read_bytes()
    first = project(tmp_path)[0].read_bytes()
    assert project(tmp_path)[0].read_bytes() == first


def test_positions_count_code_points_of_the_source(tmp_path):
    """Cut at its positions, each selection is the answer, emoji or not."""
    _, root, files = project(tmp_path)
    texts = {answer.key: answer.text for answer in ANSWERS}
    seen = {}
    for source in root.iter(tag("TextSource")):
        text = files["sources/" + source.get("plainTextPath").removeprefix("internal://")].decode()
        for part in source.iter(tag("PlainTextSelection")):
            seen[tuple(part.get("name").split(", "))] = text[
                int(part.get("startPosition")) : int(part.get("endPosition"))
            ]
    assert seen == texts
    assert len(list(root.iter(tag("TextSource")))) == 2


def test_every_reference_has_its_target(tmp_path):
    """Codes, users and selections that are named exist; GUIDs are unique; no empty Sets."""
    _, root, _ = project(tmp_path)
    guids = [element.get("guid") for element in root.iter() if element.get("guid")]
    assert len(guids) == len(set(guids))
    assert {element.get("targetGUID") for element in root.iter() if element.get("targetGUID")} <= set(guids)
    assert root.find(tag("Sets")) is None
    assert len(list(root.iter(tag("Case")))) == 3


def test_themes_become_codings_and_states_do_not(tmp_path):
    """inget and ovrigt are no codes."""
    _, root, _ = project(tmp_path)
    targets = [ref.get("targetGUID") for ref in root.iter(tag("CodeRef"))]
    assert sorted(targets) == sorted(guid("theme", theme) for theme in ("resurser", "natverk", "kunskap"))


def test_a_codebook_comes_back(tmp_path):
    """Names, descriptions and what stands above."""
    codebook, _ = book(tmp_path)
    path = tmp_path / "b.qdc"
    write_codebook(path, codebook)
    assert ET.parse(path).getroot().tag == tag("CodeBook", CODEBOOK_SPACE)
    codes, problems = read_codes(path)
    assert problems == []
    assert [(code.name, code.parent) for code in codes if code.parent] == [
        (theme.name, question.name) for question in codebook.questions for theme in codebook.of(question.id)
    ]
    assert next(code for code in codes if code.name == "Kunskap").definition.startswith("Lära nytt.\nRäkna in: Kurser.")


def test_a_csv_codebook_comes_in(tmp_path):
    """name and description, in any order, with semicolons."""
    path = tmp_path / "b.csv"
    path.write_text("description;name\nOm tid;Tid\n;\n", encoding="utf-8")
    codes, problems = read_codes(path)
    assert ([(code.name, code.definition) for code in codes], problems) == ([("Tid", "Om tid")], [])


@pytest.mark.parametrize(("name", "content", "code"), [
    ("a.qdc", b"inte xml", "no_codebook"), ("a.qdc", b"<x/>", "no_codebook"),
    ("a.qdc", b'<!DOCTYPE x [<!ENTITY e "e">]><CodeBook>&e;</CodeBook>', "no_codebook"),
    ("a.csv", b"namn,beskrivning\n", "column_missing"), ("a.qdc", None, "file_missing"), ("a.csv", None, "file_missing"),
])  # fmt: skip
def test_other_files_are_refused_in_words(tmp_path, name, content, code):
    """No traceback, no entity expanded."""
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    codes, problems = read_codes(path)
    assert codes == ()
    assert {problem.code for problem in problems} == {code}


def test_line_breaks_do_not_move_positions(tmp_path):
    """Windows line breaks are one character in the source."""
    codebook, _ = book(tmp_path)
    path = tmp_path / "p.qdpx"
    write_project(path, codebook, [Answer("a", "q", "hinder", "x\r\ny"), Answer("b", "q", "hinder", "z")], {})
    with zipfile.ZipFile(path) as archive:
        root = ET.fromstring(archive.read("project.qde"))
        text = archive.read(f"sources/{guid('source', 'hinder')}.txt").decode()
    places = [(int(p.get("startPosition")), int(p.get("endPosition"))) for p in root.iter(tag("PlainTextSelection"))]
    assert [text[start:end] for start, end in places] == ["x\ny", "z"]
