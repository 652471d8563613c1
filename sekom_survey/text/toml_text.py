"""Tables as TOML text: one key a line, a long list with an option a line."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

WIDTH = 110


def toml_text(data: Mapping[str, Any], path: str = "") -> str:
    """A table as TOML: its plain keys, then its tables, then its lists of tables; empty values are left out."""
    return "\n".join(table_lines(data, path)).lstrip("\n") + "\n"


def table_lines(data: Mapping[str, Any], path: str = "") -> Iterator[str]:
    """The lines of a table, without its header."""
    for key, value in data.items():
        if not _is_table(value) and value not in (None, (), [], ""):
            yield f"{_key(key)} = {toml_value(value, len(key))}"
    for key, value in data.items():
        name = f"{path}.{_key(key)}" if path else _key(key)
        for entry in (
            value if isinstance(value, list) and _is_table(value) else [value] if isinstance(value, dict) else []
        ):
            lines = list(table_lines(entry, name))
            header = f"[[{name}]]" if isinstance(value, list) else f"[{name}]"
            yield from lines if lines and not lines[0] else ("", header, *lines)


def _is_table(value: Any) -> bool:
    return isinstance(value, dict) or (
        isinstance(value, list) and bool(value) and all(isinstance(one, dict) for one in value)
    )


def toml_value(value: Any, indent: int = 0) -> str:
    """A value as TOML writes it; a list that is long has one entry a line."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Sequence):
        entries = [toml_value(one) for one in value]
        line = "[" + ", ".join(entries) + "]"
        return line if len(line) + indent < WIDTH else "[\n" + "".join(f"  {one},\n" for one in entries) + "]"
    return str(value)


def quoted(text: str) -> str:
    """A text as TOML writes it."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _key(key: str) -> str:
    return key if key.replace("_", "").replace("-", "").isalnum() and key.isascii() else quoted(key)
