"""The kinds of figures: one file each, named as the kind, with one function `draw`; every file here is one."""

from __future__ import annotations

from pkgutil import iter_modules


def names() -> tuple[str, ...]:
    """The kinds there are; nothing is imported to know."""
    return tuple(sorted(found.name for found in iter_modules(__path__)))
