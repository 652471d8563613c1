"""Which notebooks need not run again: those that rest on nothing but what is as it was in the last run."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator, Mapping
from importlib import import_module
from types import ModuleType
from typing import Any

import nbformat

from sekom_survey.running.execute import Executed, Job, exhibit_ids
from sekom_survey.running.quick.inputs import Inputs
from sekom_survey.running.quick.kept import Kept, digest

RESTS_ON = "rests_on.json"


def kept_notebook(job: Job, inputs: Inputs, kept: Kept) -> Executed | None:
    """A notebook as the last run left it, its files put in place; None when it has to run."""
    key = _key(job, inputs)
    entry = kept.find(key)
    if entry is None:
        return None
    rested = json.loads((entry / RESTS_ON).read_text(encoding="utf-8"))
    if rested != inputs.of(rested):
        return None
    kept.take(key, job.run_folder)
    (job.run_folder / RESTS_ON).unlink()
    return Executed(job, nbformat.read(job.run_folder / "notebooks" / f"{job.path.stem}.ipynb", as_version=4))


def keep_notebook(done: Executed, inputs: Inputs, kept: Kept) -> None:
    """Keep what a notebook made for the next run, when all it rests on is known."""
    if done.rests_on is None or not rests_on_the_year_alone(done.notebook):
        return
    folder, name = done.job.run_folder, done.job.path.stem
    note = folder / RESTS_ON
    note.write_text(json.dumps(inputs.of(done.rests_on)), encoding="utf-8")
    figures = (path for one in exhibit_ids(done.notebook) for path in (folder / "figures").glob(f"{one}[.-]*"))
    kept.put(_key(done.job, inputs), folder, [note, *figures, *(folder / "notebooks").glob(f"{name}.*")])
    note.unlink()


def _key(job: Job, inputs: Inputs) -> str:
    return f"{job.build}-{job.path.stem}-" + digest(job.path.read_text(encoding="utf-8"), *inputs.always)


PACKAGE, EXHIBITS = "sekom_survey", ("sekom_survey.shown.exhibits", "sekom_survey.shown.chapters")
OPENING = ("open_year", "open_findings")
SHOWING = ("show", "show_parts", "tell")
ASKING = ("limits", "quotable", "shares")  # methods of a year and its findings, which know what they read
PLAIN = (
    *(ast.Module, ast.Expr, ast.Assign, ast.Import, ast.ImportFrom, ast.alias, ast.Load, ast.Store),
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
    """Each imported name and what it stands for: the package, exhibits or a function of ours; None for anything else."""
    for node in nodes:
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.asname or alias.name, import_module(PACKAGE) if alias.name == PACKAGE else None
        elif isinstance(node, ast.ImportFrom):
            module = node.module if node.level == 0 and (node.module or "").split(".")[0] == PACKAGE else None
            for alias in node.names:
                thing = getattr(import_module(module), alias.name, None) if module else None
                yield alias.asname or alias.name, thing if _is_ours(thing) else None


def _is_ours(thing: Any) -> bool:
    if isinstance(thing, ModuleType):
        return thing.__name__ in EXHIBITS
    home, name = str(getattr(thing, "__module__", "")), str(getattr(thing, "__name__", ""))
    return home.startswith(EXHIBITS) or (home.startswith(PACKAGE) and name in (*OPENING, *SHOWING))


def _is_known_call(call: ast.Call, imported: Mapping[str, Any]) -> bool:
    thing = _meant(call.func, imported)
    if thing is None:
        return isinstance(call.func, ast.Attribute) and call.func.attr in ASKING
    opens = thing.__name__ in OPENING
    return _is_ours(thing) and (
        not opens or [ast.dump(one) for one in call.args] == [ast.dump(ast.Name(WAVE, ast.Load()))]
    )


def _meant(node: ast.expr, imported: Mapping[str, Any]) -> Any:
    """What a name of a module, or something in it, stands for; None where it stands for no such thing."""
    if isinstance(node, ast.Name):
        return imported.get(node.id)
    home = _meant(node.value, imported) if isinstance(node, ast.Attribute) else None
    return getattr(home, node.attr, None) if isinstance(home, ModuleType) and isinstance(node, ast.Attribute) else None
