"""Which notebooks rest on nothing but the year they open: those of plain cells alone, whatever the others may do."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Any

PACKAGE, EXHIBITS = "sekom_survey", ("sekom_survey.shown.exhibits", "sekom_survey.shown.chapters")
OPENING = ("open_year", "open_findings")
SHOWING = ("show", "show_parts")
ASKING = ("limits", "quotable", "shares")  # methods of a year and its findings, which know what they read
PLAIN = (
    *(ast.Module, ast.Expr, ast.Assign, ast.ImportFrom, ast.alias, ast.Load, ast.Store),
    *(ast.Call, ast.Starred, ast.keyword, ast.Name, ast.Attribute, ast.Constant, ast.Tuple, ast.List, ast.Dict),
)
WAVE = "wave"


def rests_on_the_year_alone(notebook: Any) -> bool:
    """Whether every cell only opens the run's own year and shows exhibits of it, so that what it rests on is known.

    Known is what is written with names, constants and calls of this package's exhibits. A cell with a magic, a shell command,
    a file, another library or another year may rest on anything.
    """
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    sources = [
        cell.source for cell in cells if "parameters" not in cell.metadata.get("tags", [])
    ]  # that one the run writes
    try:
        trees = [ast.parse(source) for source in sources]
        return _is_plain(ast.Module([node for tree in trees for node in tree.body], []))
    except (SyntaxError, ValueError, ImportError):
        return False


def _is_plain(tree: ast.Module) -> bool:
    nodes = list(ast.walk(tree))
    imported = dict(_imported(nodes))
    assigned = {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    known = {*imported, *assigned, WAVE}
    return (
        all(isinstance(node, PLAIN) for node in nodes)
        and None not in imported.values()
        and not assigned & {*imported, WAVE}
        and all(node.id in known for node in nodes if isinstance(node, ast.Name))
        and all(isinstance(node.ctx, ast.Load) for node in nodes if isinstance(node, ast.Attribute))
        and all(_is_known_call(node, imported) for node in nodes if isinstance(node, ast.Call))
    )


def _imported(nodes: list[ast.AST]) -> Iterator[tuple[str, Any]]:
    """Each imported name and the function it stands for; None for what is no function of ours."""
    for node in nodes:
        if isinstance(node, ast.ImportFrom):
            module = node.module if node.level == 0 and (node.module or "").split(".")[0] == PACKAGE else None
            for alias in node.names:
                thing = getattr(import_module(module), alias.name, None) if module else None
                yield alias.asname or alias.name, thing if _is_ours(thing) else None


def _is_ours(thing: Any) -> bool:
    home, name = str(getattr(thing, "__module__", "")), str(getattr(thing, "__name__", ""))
    return home.startswith(EXHIBITS) or (home.startswith(PACKAGE) and name in (*OPENING, *SHOWING))


def _is_known_call(call: ast.Call, imported: Mapping[str, Any]) -> bool:
    if isinstance(call.func, ast.Attribute):
        return call.func.attr in ASKING
    if not isinstance(call.func, ast.Name) or call.func.id not in imported:
        return False
    opens = imported[call.func.id].__name__ in OPENING
    return not opens or [ast.dump(one) for one in call.args] == [ast.dump(ast.Name(WAVE, ast.Load()))]
