"""Strict reading of TOML."""

import pytest

from sekom_survey.asked.questionnaire import read_survey
from tests.waves import SURVEY


def problems_of(tmp_path, text):
    path = tmp_path / "survey.toml"
    path.write_text(text, encoding="utf-8")
    return {problem.code: problem for problem in read_survey(path, "2026/survey.toml")[1]}


def test_a_good_file_has_no_problems(tmp_path):
    """The questionnaire of the tests is read as it stands."""
    path = tmp_path / "survey.toml"
    path.write_text(SURVEY, encoding="utf-8")
    survey, problems = read_survey(path, "survey.toml")
    assert problems == []
    assert [item.id for item in survey.questionnaire.items] == [
        "member",
        "role",
        "top_value",
        "need_support",
        "need_voice",
        "satisfaction",
        "introduced",
        "introduced_what",
        "contact_me",
    ]
    assert survey.questionnaire.item("need_voice").group == "need"
    assert [option.score for option in survey.questionnaire.item("need_voice").options] == [1, 2, 3, None]


@pytest.mark.parametrize(
    ("old", "new", "code", "hint"),
    [
        ("title =", "titel =", "unknown_key", "title"),
        ("year = 2026", 'year = "2026"', "wrong_type", "heltal"),
        ("synthetic = true", "synthetic = 1", "wrong_type", "true eller false"),
        ("closed = 2026-02-13", "closed = 2025-02-13", "dates_reversed", ""),
        ("closed = 2026-02-13", "closed = 2026-02-13T10:00:00", "wrong_type", "datumet"),
        ('kind = "multi"', 'kind = "role"', "role_item", ""),
        ('kind = "rating"', 'kind = "ratng"', "unknown_kind", "rating"),
        ('scale = "need"', 'scale = "ned"', "unknown_scale", "need"),
        ('exclusive = ["Inget av detta"]', 'exclusive = ["Inget av det"]', "unknown_option", "Inget av detta"),
        ('id = "need_voice"', 'id = "need_support"', "double_id", ""),
        ('text = "Påverkan"', 'text = "stöd "', "double_wording", ""),
        ('item = "introduced", options', 'item = "intro", options', "unknown_item", "introduced"),
        ('options = ["Ja"]}', 'options = ["Jo"]}', "unknown_option", ""),
        ("minimum_base = 3", "minimum_base = 1", "minimum_too_small", "3"),
        ("[scales.need]", "[scales.need", "toml_syntax", "TOML"),
        ('kind = "multi"', 'kind = "multi"\nalternativ = ["a"]', "unknown_key", ""),
    ],
)
def test_each_fault_is_named_with_file_key_and_what_to_do(tmp_path, old, new, code, hint):
    """A fault gives a problem of its own, in Swedish, that says what to do."""
    assert old in SURVEY
    problem = problems_of(tmp_path, SURVEY.replace(old, new, 1))[code]
    assert problem.file == "2026/survey.toml"
    assert problem.found
    assert hint in problem.todo + problem.found


def test_several_faults_are_shown_together(tmp_path):
    """Nobody has to mend one fault to see the next."""
    text = SURVEY.replace("title =", "titel =").replace('scale = "need"', 'scale = "ned"')
    assert {"unknown_key", "key_missing", "unknown_scale"} <= set(problems_of(tmp_path, text))


@pytest.mark.parametrize("data", [b"", b"\xff\xfe\x00\xd8", b"\x00" * 50, b"x" * 3_000_000, b"[" * 5000])
def test_what_is_no_toml_is_refused(tmp_path, data):
    """Empty, binary, huge or deeply nested files give problems."""
    path = tmp_path / "survey.toml"
    path.write_bytes(data)
    survey, problems = read_survey(path, "survey.toml")
    assert survey is None
    assert problems


def test_a_byte_order_mark_and_windows_line_ends_are_accepted(tmp_path):
    """A file saved by Notepad is a good file."""
    path = tmp_path / "survey.toml"
    path.write_bytes(b"\xef\xbb\xbf" + SURVEY.replace("\n", "\r\n").encode())
    assert read_survey(path, "survey.toml")[1] == []
