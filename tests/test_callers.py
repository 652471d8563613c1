"""Nothing without a caller in the product: every function, class and constant is reached from a command, the page, Python or a notebook."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from pathlib import Path

import sekom_survey

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "sekom_survey"
NAME = PACKAGE.name
EVERY_FILE_IS_ONE = ("collected.platforms", "shown.figures.kinds", "written.formats")
"""Folders whose files are found by looking, and called by the names that their Protocol tells of."""
MAKES_DATA = ROOT / "scripts/make_learnt.py"
"""What makes data that the package brings: it is written in the module that reads it."""
Defined = tuple[str, str]


def module_of(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts).removesuffix(".__init__")


TREES = {module_of(path): ast.parse(path.read_text(encoding="utf-8")) for path in sorted(PACKAGE.rglob("*.py"))}


def names_bound(node: ast.stmt) -> Iterator[str]:
    """What a statement at the top of a module defines."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        yield node.name
    elif isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        yield from (part.id for target in targets for part in ast.walk(target) if isinstance(part, ast.Name))


def in_module(module: str) -> list[Defined]:
    """Everything that a module defines."""
    return [(module, name) for node in TREES[module].body for name in names_bound(node)]


def imported(node: ast.AST) -> Iterator[tuple[str, Defined]]:
    """Names that an import of ours binds, and what each stands for: a definition, or a module with an empty name."""
    if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == NAME:
        for alias in node.names:
            inner = f"{node.module}.{alias.name}"
            yield alias.asname or alias.name, (inner, "") if inner in TREES else (node.module, alias.name)


def used_in(tree: ast.AST, known: dict[str, Defined]) -> Iterator[Defined]:
    """The definitions that some code names, by what its names stand for."""
    attributes = {id(node.value): node for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id in known and not known[node.id][1] and id(node) in attributes:
            yield known[node.id][0], attributes[id(node)].attr
        elif isinstance(node, ast.Name) and node.id in known:
            module, name = known[node.id]
            yield from [(module, name)] if name else in_module(module)  # a module handed on as it is
        elif isinstance(node, ast.Constant) and str(node.value).startswith(
            f"from {NAME}."
        ):  # code that a run sends to a kernel
            yield from (what for part in ast.walk(ast.parse(str(node.value))) for _, what in imported(part))


def edges() -> dict[Defined, set[Defined]]:
    """Each definition with those that its own code names; under the name "" what a module does when it is imported."""
    found: dict[Defined, set[Defined]] = {}
    for module, tree in TREES.items():
        top = {name: (module, name) for node in tree.body for name in names_bound(node)}
        known = top | {name: what for node in ast.walk(tree) for name, what in imported(node)}
        found[module, ""] = set()
        for node in tree.body:
            names, uses = list(names_bound(node)), set(used_in(node, known))
            for name in names or [""]:
                found.setdefault((module, name), set()).update(uses)
            if names and getattr(node, "decorator_list", []):  # a command, a page: what decorates it calls it
                found[module, ""] |= {(module, name) for name in names if not isinstance(node, ast.ClassDef)}
    return found


def of_the_face(cell: ast.AST) -> Iterator[Defined]:
    """What a notebook calls: what it imports, and what it takes from a module of the public face, as in `ss.exhibits.flow`."""
    for node in ast.walk(cell):
        yield from (what for _, what in imported(node))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Attribute):
            home = sekom_survey._HOME.get(node.value.attr)
            yield from [(f"{NAME}.{home}.{node.value.attr}", node.attr)] if home == "shown" else []


def roots() -> set[Defined]:
    """What is called from outside: commands, the face, notebooks, files of folders that are looked through, what makes our data."""
    found = {(f"{NAME}.cli", ""), (f"{NAME}.cli", "main"), (f"{NAME}.__main__", ""), (NAME, ""), (NAME, "__getattr__")}
    found |= {(f"{NAME}.{home}", name) for name, home in sekom_survey._HOME.items()}
    for folder in EVERY_FILE_IS_ONE:
        found |= {one for module in TREES if module.startswith(f"{NAME}.{folder}.") for one in in_module(module)}
    for path in [*ROOT.glob("notebooks/*.ipynb"), *ROOT.glob("surveys/exempel/*/notebooks/*.ipynb")]:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        for cell in (cell for cell in cells if cell["cell_type"] == "code"):
            found |= set(of_the_face(ast.parse("".join(cell["source"]))))
    return found | {
        what for node in ast.walk(ast.parse(MAKES_DATA.read_text(encoding="utf-8"))) for _, what in imported(node)
    }


def reached() -> set[Defined]:
    """Every definition that the roots lead to; a module is imported when anything in it is, and `a as a` is handed on."""
    leads, waiting, seen = edges(), list(roots()), set()
    handed_on = {
        (module, name): what for module, tree in TREES.items() for node in tree.body for name, what in imported(node)
    }
    while waiting:
        one = waiting.pop()
        if one in seen:
            continue
        seen.add(one)
        waiting += [*leads.get(one, ()), (one[0], "")]
        if one in handed_on:
            waiting.append(handed_on[one])
    return seen


AS_A_NAME = {"shown.figures.nothing.draw"}
"""Looked up by a name put together while the program runs."""
BY_HAND = {"shown.figures.draw", "shown.figures.save"}
"""What a person draws with who has an exhibit and no run."""
SAID_OF_A_TABLE = {"COLUMNS", "KINDS", "VERDICTS", "ORIGIN_NAMES"}
"""What a table may hold, which documentation and tests ask of the module that makes it."""


def without_a_caller() -> list[str]:
    there = reached()
    defined = {(module, name) for module in TREES for _, name in in_module(module)}
    names = (f"{module}.{name}".removeprefix(f"{NAME}.") for module, name in defined - there)
    return sorted(name for name in names if "__" not in name and name.split(".")[-1] not in SAID_OF_A_TABLE)


def test_everything_is_reached_from_the_product():
    """What only a test calls goes, or gets the use it was made for."""
    assert [name for name in without_a_caller() if name not in AS_A_NAME | BY_HAND] == []


def test_a_function_that_nothing_calls_is_found(monkeypatch):
    """One more function in a module of the product, and the search names it."""
    module = f"{NAME}.stats.means"
    alone = ast.parse("def alone():\n    return mean_interval()").body
    monkeypatch.setitem(TREES, module, ast.Module([*TREES[module].body, *alone], []))
    assert "stats.means.alone" in without_a_caller()
