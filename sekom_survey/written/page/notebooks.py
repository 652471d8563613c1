"""An executed notebook, kept as .ipynb and as a plain page without scripts."""

from __future__ import annotations

import html
import re
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

import nbformat

PAGE = """<!doctype html>
<html lang="sv"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<title>{title}</title>
<style>body{{font:17px/1.5 "Source Sans Pro","Source Sans 3",Carlito,sans-serif;max-width:50rem;margin:2rem auto;padding:0 1rem;color:#1d2528}}
pre{{background:#f4f6f7;padding:.6rem;overflow:auto;font-size:.85rem}}svg,img{{max-width:100%;height:auto}}figure{{margin:1.5rem 0}}
figcaption{{color:#4f5859;font-size:.85rem}}table{{border-collapse:collapse}}th,td{{border-bottom:1px solid #d9dee0;padding:.25rem .6rem;text-align:left;vertical-align:top}}
.prompt,.anchor-link{{display:none}}.stamp{{border-left:5px solid #D55E00;background:#fdf3ec;padding:.6rem 1rem}}</style></head>
<body>{stamp}{body}</body></html>
"""
HELD = "shown here: "
STAMP = '<p class="stamp"><strong>Exempeldata.</strong> Medlemmar och svar är påhittade.</p>'


def write_notebook(name: str, notebook: Any, folder: Path, synthetic: bool) -> None:
    """Write <name>.ipynb and <name>.html to `folder`; the same input gives the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    _tidy(notebook)
    (folder / f"{name}.ipynb").write_text(nbformat.writes(notebook) + "\n", encoding="utf-8", newline="\n")
    body = _body(notebook)
    page = PAGE.format(title=html.escape(name), stamp=STAMP if synthetic else "", body=body)
    (folder / f"{name}.html").write_text(page, encoding="utf-8", newline="\n")


def _body(notebook: Any) -> str:
    """The page by nbconvert, drawings and tables put in afterwards: it would read each of their thousand signs again."""
    bare, shown = deepcopy(notebook), []
    for cell in bare.cells:
        for output in cell.get("outputs", ()):
            if "text/html" in output.get("data", {}):
                shown.append(output.data["text/html"])
                output.data["text/html"] = f"<!--{HELD}{len(shown) - 1}-->"
    body, _ = _exporter().from_notebook_node(bare)
    return re.sub(f"<!--{HELD}([0-9]+)-->", lambda place: shown[int(place[1])], body)


@cache
def _exporter() -> Any:
    """One for all notebooks, since it compiles its templates when it is made."""
    from nbconvert import HTMLExporter

    return HTMLExporter(template_name="basic")


def _tidy(notebook: Any) -> None:
    """Drop what differs between two equal runs: kernel version, times, generated ids."""
    notebook.metadata.pop("language_info", None)
    for i, cell in enumerate(notebook.cells, 1):
        cell["id"] = f"cell-{i}"
        cell.metadata.pop("execution", None)
