"""What the code reads, writes and says, gathered from the code itself, for the tests of the documentation."""

import ast
import re
from functools import cache
from importlib import import_module
from pathlib import Path

import sekom_survey
from sekom_survey.text.toml import Table

PACKAGE = Path(sekom_survey.__file__).parent
CODE = re.compile(r"[a-z]+(_[a-z]+)*")
ASKING = {"text", "integer", "number", "flag", "day", "texts", "pairs", "integers", "table", "tables"}


@cache
def parsed():
    """Every module of the package: dotted name -> syntax tree."""
    return {_name(path): ast.parse(path.read_text(encoding="utf-8")) for path in sorted(PACKAGE.rglob("*.py"))}


def _name(path):
    return ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__")


def calls(tree):
    """Every call of a tree with the bare name of what is called."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield getattr(node.func, "id", getattr(node.func, "attr", "")), node


def problem_codes():
    """Every code a Problem can have, and the calls whose code cannot be read off the source.

    A code is a literal: in the call itself, in the tuple (code, ..., what to do) that the call takes it from, or in a
    table of the module that the call looks it up in.
    """
    codes, computed = set(), []
    for module, tree in parsed().items():
        called = list(calls(tree))
        if any(name == "Problem" for name, _ in called):
            codes |= {node.elts[0].value for node in ast.walk(tree) if _is_fault(node)}
        for name, call in called:
            if name in ("Problem", "fault", "Fault") and call.args:
                found = _code(call.args[0], module)
                codes |= found or set()
                computed += [] if found is not None else [f"{module}:{call.lineno}"]
    return codes, computed


def _code(node, module):
    if isinstance(node, ast.Constant):
        return {node.value}
    if isinstance(node, ast.Subscript):
        return set(_value(node.value, module).values())
    return set() if isinstance(node, ast.Name) and node.id == "code" else None


def _value(node, module):
    """What a name, or a name in an imported module, stands for."""
    if isinstance(node, ast.Attribute):
        return getattr(_value(node.value, module), node.attr)
    return getattr(import_module(module), node.id)


def _is_fault(node):
    """A tuple that begins with a code and ends with what was found, a sentence, and what to do."""
    if not isinstance(node, ast.Tuple) or len(node.elts) not in (3, 4) or not isinstance(node.elts[0], ast.Constant):
        return False
    first = node.elts[0].value
    said = [
        part.value for part in ast.walk(node.elts[-2]) if isinstance(part, ast.Constant) and isinstance(part.value, str)
    ]
    return (
        isinstance(first, str)
        and CODE.fullmatch(first) is not None
        and any(" " in text for text in said)
        and any(text.endswith(".") for text in said)
    )


def named_keys(module):
    """The keys that a module asks a TOML table for by name."""
    return {
        call.args[0].value
        for name, call in calls(parsed()[module])
        if name in ASKING
        and isinstance(call.func, ast.Attribute)
        and call.args
        and isinstance(call.args[0], ast.Constant)
    }


def asked_keys(monkeypatch, read):
    """The keys that `read` asks of TOML tables as it runs, those of tables with free names left out."""
    asked, ask = set(), Table._get

    def noted(table, key, *rest):
        if table.path.rpartition(".")[2] not in FREE:
            asked.add(key)
        return ask(table, key, *rest)

    with monkeypatch.context() as patch:
        patch.setattr(Table, "_get", noted)
        read()
    return asked


FREE = {"scales", "words", "missing", "headings", "region_overrides"}


def toml_readers():
    """Every module that reads TOML tables."""
    return {module for module in parsed() if module != Table.__module__ and named_keys(module)}


def sheet_columns():
    """Module -> the columns it lets a csv have: the third argument of every call of read_sheet."""
    found = {}
    for module, tree in parsed().items():
        for name, call in calls(tree):
            if name == "read_sheet":
                found[module] = _value(call.args[2], module)
    return found
