"""The table of methods in the documentation says what is so."""

from __future__ import annotations

import ast
import importlib
import re
import subprocess
import sys
from pathlib import Path

import sekom_survey.stats
from tests.stats.registry import read_cases

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "method.md").read_text(encoding="utf-8")
ROWS = [line.strip("| ").split(" | ") for line in PAGE.splitlines() if line.count("|") == 6 and "`" in line]
MODULES = sorted(Path(sekom_survey.stats.__file__).parent.glob("*.py"))


def test_every_function_named_exists_and_names_its_source():
    """No row of the table points to nothing."""
    assert len(ROWS) > 30
    for _, _, name, *_ in ROWS:
        module, function = name.strip("`").split(".")
        found = getattr(importlib.import_module(f"sekom_survey.stats.{module}"), function)
        assert "ource" in found.__doc__, name


def test_every_value_is_that_of_its_case():
    """Case and value agree with the table of reference values."""
    expected = {case.name: case.expected for case in read_cases()}
    for *_, cases, values in ROWS:
        if cases != "–":
            names = re.findall(r"`([^`]+)`", cases)
            assert [expected[name] for name in names] == [float(value) for value in values.split("<br>")]


def test_every_public_function_has_a_source():
    """One line of what, and where the method comes from."""
    missing = [
        f"{module.stem}.{node.name}"
        for module in MODULES
        for node in ast.parse(module.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
        and not re.search(r"[Ss]ource|computed by SciPy", ast.get_docstring(node) or "")
    ]  # fmt: skip
    assert missing == []


def test_the_package_itself_imports_nothing_heavy_and_no_module_imports_pandas():
    """The package is free to import; computing needs numpy and SciPy alone."""
    light = "import sys, sekom_survey.stats; assert not {'numpy', 'scipy', 'pandas'} & set(sys.modules)"
    names = ", ".join(f"sekom_survey.stats.{module.stem}" for module in MODULES if module.stem != "__init__")
    heavy = f"import sys, {names}; assert not {{'pandas', 'matplotlib'}} & set(sys.modules)"
    for code in (light, heavy):
        subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)
