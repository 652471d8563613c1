"""What Click itself says to a person at the keyboard is Swedish: help, and what was written wrong."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from scripts.compile_messages import SOURCE, compiled, read_po
from sekom_survey.cli import main

ENGLISH = re.compile(r"\b(usage|options?|error|missing|invalid|value|try|show|such|argument|default|required|expected|with|and|the|is|not)\b", re.I)  # fmt: skip
FOR_PROGRAMMERS = {
    "deprecated",
    "DeprecationWarning: The command {name!r} is deprecated.{extra_message}",
    "DeprecationWarning: The {param_type} {name!r} is deprecated.{extra_message}",
    "Value must be an iterable.",
    "env var: {var}",
    "(dynamic)",
    "Name '{name}' defined twice",
    "Choice({choices})",
    "Invalid start character for option ({option})",
}
PARTS_MET = ("exceptions", "types", "parser", "formatting")
"""Click's files of which every text may be met; of the others only those that our commands use."""


def asked_of_gettext(part):
    """The texts that a file of Click asks gettext for."""
    tree = ast.parse((Path(click.__file__).parent / f"{part}.py").read_text(encoding="utf-8"))
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in ("_", "ngettext"):
            texts = [one.value for one in call.args if isinstance(one, ast.Constant)]
            yield "\0".join(map(str, texts))


def test_the_compiled_messages_are_those_of_the_text_that_is_edited():
    """`python scripts/compile_messages.py` was run."""
    assert SOURCE.with_suffix(".mo").read_bytes() == compiled(read_po(SOURCE.read_text(encoding="utf-8")))


def test_every_text_of_click_that_a_person_can_meet_is_translated():
    """Also after Click has been given new ones."""
    known = read_po(SOURCE.read_text(encoding="utf-8")).keys() | FOR_PROGRAMMERS
    kinds_not_used = re.compile(r"UUID|executable|values? (is|are) required|Choose from")
    asked = {text for part in PARTS_MET for text in asked_of_gettext(part) if text and not kinds_not_used.search(text)}
    assert len(asked) > 25
    assert asked - known == set()


@pytest.mark.parametrize("name", ["", *main.commands])
def test_help_is_swedish(name):
    """Headings, the names of what is to be written, and what each option does."""
    done = CliRunner().invoke(main, [*filter(None, [name]), "--help"])
    assert done.exit_code == 0
    own = re.sub(
        r"--?[\w-]+|internal\|public\|both|förval: both|id, question och text|name och description", "", done.output
    )
    assert ENGLISH.findall(own) == []
    assert not re.search(r"\b(PATH|TEXT|INTEGER|RANGE|OPTIONS|ARGS|COMMAND)\b", done.output)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["run"], "Det här saknas: 'WAVE'"),
        (["goals", "2026", "--nope"], "Valet ”--nope” finns inte"),
        (["rn"], "Menar du 'run'?"),
        (["run", "2026", "--build", "x"], "”x” är inget av 'internal', 'public', 'both'"),
        (["goals", "2026", "--as-of", "igår"], "skriv år, månad och dag, som 2026-08-31"),
        (["goals", "a", "b"], "ett ord för mycket: b"),
        (["review", "a", "--blind", "0"], "0 ligger utanför"),
        (["goals", "2026", "--as-of"], "behöver ett värde efter sig"),
        (["new", "2027"], "Ange --export"),
    ],
)
def test_what_was_written_wrong_is_said_in_swedish(words, said):
    """With the code for what a user can mend."""
    done = CliRunner().invoke(main, words)
    assert done.exit_code == 2
    assert said in done.output
    assert ENGLISH.findall(re.sub(r"--?[\w-]+|'\w+'", "", done.output)) == []
