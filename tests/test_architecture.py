"""The house holds: imports go one way, heavy libraries are imported where they are used."""

import ast
import re
import subprocess
import sys
import tomllib
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path
from statistics import median

import pytest

from tests.conftest import WHOLE

PACKAGE = Path(__file__).parent.parent / "sekom_survey"
CODE = ("sekom_survey", "tests", "scripts", "benchmarks")
MOST_ROOMS, MOST_LINES, LONGEST_FUNCTION = 16, 300, 50
LAYERS = [
    {"model", "stats", "text"},
    {"asked", "collected"},
    {"coding", "counted"},
    {"found"},
    {"protected", "shown"},
    {"written"},
    {"running"},
    {"upkeep", "members"},
    {"app"},
    {"cli", "__main__", "__init__"},
]
RANK = {name: i for i, layer in enumerate(LAYERS) for name in layer}


@cache
def parsed(path):
    return ast.parse(path.read_text(encoding="utf-8"))


def modules():
    return sorted(path for path in PACKAGE.rglob("*.py"))


def unit(path):
    parts = path.relative_to(PACKAGE).parts
    return parts[0].removesuffix(".py")


def imported(path):
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "sekom_survey":
            yield from (
                [node.module.split(".")[1]]
                if "." in node.module
                else sorted({alias.name for alias in node.names} & set(RANK))
            )


def test_every_room_has_its_place():
    """A new room is put in a layer, or this fails."""
    assert {unit(path) for path in modules()} <= set(RANK)


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_go_one_way(path):
    """Nothing imports from a room in a layer above its own."""
    upward = {name for name in imported(path) if RANK[name] > RANK[unit(path)]}
    assert not upward, f"{path.name} imports {upward}"


def dotted(path):
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def test_no_two_modules_and_no_two_rooms_need_each_other():
    """An import at the top or in a function counts the same, one for types alone does not; the package's version is everybody's."""
    paths = {dotted(path): path for path in modules()}
    needs = {name: set() for name in paths}
    for name, path in paths.items():
        body = [
            top
            for top in parsed(path).body
            if not (isinstance(top, ast.If) and ast.unparse(top.test) == "TYPE_CHECKING")
        ]
        for node in (node for top in body for node in ast.walk(top)):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("sekom_survey."):
                needs[name] |= {f"{node.module}.{one.name}" for one in node.names} & set(paths) or {node.module}
    assert sorted(TopologicalSorter({name: few - {name} for name, few in needs.items()}).static_order())
    rooms = {}
    for name, few in needs.items():
        room = [*name.split("."), "__init__"][1]
        rooms.setdefault(room, set()).update(one.split(".")[1] for one in few if one.split(".")[1] != room)
    assert sorted(TopologicalSorter(rooms).static_order())


def test_the_rooms_can_be_counted_at_a_glance():
    """At most sixteen rooms; each says in one line what comes in and what goes out."""
    rooms = [
        path
        for path in PACKAGE.iterdir()
        if path.name not in {"__init__.py", "__main__.py", "cli.py", "__pycache__", "py.typed"}
    ]
    assert len(rooms) <= MOST_ROOMS, rooms
    told = {path.name: ast.get_docstring(parsed(path / "__init__.py")) for path in rooms}
    assert {name for name, line in told.items() if not line or "\n" in line.split("\n\n")[0]} == set()


def test_modules_and_functions_stay_small():
    """A module has one idea and so under 300 lines, a function none over 50; half of the functions are under ten."""
    long_modules = {
        path.name: n for path in modules() if (n := len(path.read_text(encoding="utf-8").splitlines())) >= MOST_LINES
    }
    lengths = {f"{path.relative_to(PACKAGE)}:{node.name}": node.end_lineno - node.lineno + 1 for path in modules()
               for node in ast.walk(parsed(path)) if isinstance(node, ast.FunctionDef)}  # fmt: skip
    assert long_modules == {}
    assert {name: n for name, n in lengths.items() if n > LONGEST_FUNCTION} == {}
    assert median(lengths.values()) < 10


def test_no_module_is_a_drawer():
    """A name says what a module is about."""
    assert {path.stem for path in modules()} & {"utils", "util", "helpers", "common", "misc", "tools"} == set()


def test_a_word_means_one_thing():
    """No two classes of the product have the same name."""
    found: dict[str, list[str]] = {}
    for path in modules():
        for node in parsed(path).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                found.setdefault(node.name, []).append(str(path.relative_to(PACKAGE)))
    assert {name: places for name, places in found.items() if len(places) > 1} == {}


@pytest.mark.parametrize("module", ["sekom_survey.cli", "sekom_survey"])
def test_the_command_line_starts_light(module):
    """`sekom --help` loads neither pandas nor matplotlib nor the rest."""
    code = f"import sys, {module}; print(sorted({{'pandas','numpy','matplotlib','scipy','textblob','nltk','IPython','nbclient'}} & set(sys.modules)))"
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"
    )


def test_no_pickle_no_eval_no_network():
    """Nothing in the package can run what it reads, or call out."""
    banned = {"pickle", "marshal", "shelve", "socket", "urllib", "requests", "http", "subprocess"}
    for path in modules():
        tree = parsed(path)
        names = {
            alias.name.split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names
        }
        names |= {
            node.module.split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module
        }
        assert not names & banned, path
        calls = {
            node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        }
        assert not calls & {"eval", "exec", "compile", "__import__"}, path


def named(nodes):
    """The packages that some code imports, by their first name."""
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.split(".")[0]


def test_only_one_room_serves_and_only_the_command_opens_it():
    """A server is imported in app/ alone; cli.py alone imports app/, and not before `sekom open` is called."""
    everything = {path: list(ast.walk(parsed(path))) for path in modules()}
    assert "tornado" not in {name for path, nodes in everything.items() if unit(path) != "app" for name in named(nodes)}
    assert {unit(path) for path in modules() if "app" in imported(path)} - {"app"} == {"cli"}
    code = "import sys, sekom_survey.cli; print([name for name in sys.modules if name.startswith(('tornado', 'sekom_survey.app'))])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_pages_own_scripts_stay_small():
    """At most four hundred lines for the app's page, forty for sorting the office's tables, twenty for the library, no others."""
    most = {"app/page": 400, "members": 20, "written/page": 40}
    scripts = {path.parent.relative_to(PACKAGE).as_posix(): path for path in PACKAGE.rglob("*.js")}
    assert set(scripts) == set(most)
    assert all(len(path.read_text(encoding="utf-8").splitlines()) <= most[name] for name, path in scripts.items())


def test_every_import_is_declared():
    """What the package imports is in pyproject.toml, or comes with Python; SPSS files alone ask for more."""
    wanted = tomllib.loads((PACKAGE.parent / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    named = {
        re.split(r"[<>=]", line)[0].lower()
        for line in [*wanted["dependencies"], *wanted["optional-dependencies"]["spss"]]
    }
    called = {"docx": "python-docx", "pptx": "python-pptx", "PIL": "pillow", "IPython": "ipython"}
    imported = set()
    for path in modules():
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.Import):
                imported |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                imported.add(node.module.split(".")[0])
    others = imported - set(sys.stdlib_module_names) - {"sekom_survey"}
    assert {called.get(name, name.replace("_", "-").lower()) for name in others} - named == set()


@pytest.mark.parametrize(
    "words",
    [["ruff", "check", "--no-cache", *CODE], ["ruff", "format", "--check", "--no-cache", *CODE], ["mypy"]],
    ids=["lint", "format", "types"],
)
def test_lint_format_and_types_hold(words):
    """ruff finds nothing to mend and nothing to lay out otherwise, mypy no type that does not fit."""
    done = subprocess.run(
        [sys.executable, "-m", *words], cwd=PACKAGE.parent, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def test_notebooks_hold_no_output_and_no_logic():
    """Prose, a parameter, one load call and exhibits; no def, class, for or if."""
    import nbformat

    paths = sorted((PACKAGE.parent / "notebooks").glob("*.ipynb"))
    assert paths
    for path in paths:
        for cell in nbformat.read(path, as_version=4).cells:
            if cell.cell_type == "code":
                assert not cell.outputs, path
                assert cell.execution_count is None
                logic = (ast.FunctionDef, ast.ClassDef, ast.For, ast.If, ast.While, ast.Lambda, ast.ListComp)
                assert not any(isinstance(node, logic) for node in ast.walk(ast.parse(cell.source))), (
                    f"{path.name}: {cell.source}"
                )


def test_what_is_told_apart_as_whole_is_there_and_run_by_ci():
    """What make test leaves out, make whole runs, and .ci/run runs both."""
    assert all((Path(__file__).parent / name).exists() for name in WHOLE)
    assert "make test whole" in (PACKAGE.parent / ".ci/run").read_text(encoding="utf-8")
    told = (PACKAGE.parent / "Makefile").read_text(encoding="utf-8")
    assert '-m "not whole and not campaign"' in told and '-m "whole and not campaign"' in told
