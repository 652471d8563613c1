"""The docstrings as pages in build/docs, made by pdoc; a warning stops it."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from types import ModuleType
from typing import get_type_hints

import sekom_survey

FOLDER = Path(__file__).parent.parent / "build" / "docs"


def main(folder: Path = FOLDER) -> None:
    """Write the pages of the package and every module of it."""
    import pdoc

    warnings.simplefilter("error")
    for module in modules():
        name_fields(module)
    pdoc.render.configure(
        docformat="markdown", show_source=False, search=False, footer_text=f"sekom_survey {sekom_survey.__version__}"
    )
    pdoc.pdoc("sekom_survey", output_directory=folder)


def modules() -> Iterator[ModuleType]:
    """Every module but the one that runs the command line."""
    for found in walk_packages(sekom_survey.__path__, "sekom_survey."):
        if not found.name.endswith("__main__"):
            yield import_module(found.name)


def name_fields(module: ModuleType) -> None:
    """Types of a named tuple's fields, which pdoc cannot look up by their names."""
    for thing in vars(module).values():
        if isinstance(thing, type) and thing.__module__ == module.__name__ and hasattr(thing, "_fields"):
            thing.__new__.__annotations__ |= get_type_hints(thing)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
