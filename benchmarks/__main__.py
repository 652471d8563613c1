"""Measures everything and writes the tables of docs/performance.md.

python -m benchmarks [PART ...]      parts: peers, page, steps, matcher, micro; these when none is named
python -m benchmarks all             these, and what takes longer: notebooks, whole, audit, quick, scale
python -m benchmarks audit           what it costs to see that nothing follows of anybody
python -m benchmarks quick           what each piece of sekom_survey/running/quick saves
python -m benchmarks sizes [CELL ..] the matrix of sizes, of which hours may be had (benchmarks/sizes.py)
python -m benchmarks themes [FILE ..]  every table of docs/codebook.md, printed, and without a file its figure: how well themes are found in
                                     statements never taught, written otherwise, after decisions, how sure, and the actions of a review
"""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Callable, Iterator, Sequence
from importlib.metadata import version
from pathlib import Path

from benchmarks import (
    actions,
    audit,
    comparisons,
    matcher,
    mechanisms,
    micro,
    notebooks,
    page,
    r_peers,
    reliability,
    resampling,
    scale,
    sizes,
    steps,
    strangers,
    themes,
    whole,
    workbook,
)
from benchmarks.measure import ROOT, Figure, Row, Skipped
from sekom_survey.coding.shipped import start_codebook

PAGE = ROOT / "docs/performance.md"


def table(headings: Sequence[str], lines: Sequence[Sequence[str]]) -> str:
    """A Markdown table."""
    return "\n".join("| " + " | ".join(cells) + " |" for cells in (headings, ["---"] * len(headings), *lines))


def seconds(value: float) -> str:
    """Seconds with the digits that mean something."""
    return f"{value:.0f} s" if value >= 20 else f"{value:.1f} s" if value >= 1 else f"{1000 * value:.3g} ms"


def peers_table(rows: Sequence[Row | Skipped]) -> str:
    """Each peer beside us."""
    lines = [
        [
            row.what,
            row.peer,
            seconds(row.seconds),
            seconds(row.ours),
            f"{row.ratio:.3g}" + (" (we are slower)" if row.ratio < 1 else ""),
            row.checked,
        ]
        if isinstance(row, Row)
        else [row.what, row.peer, "–", "–", "–", row.why]
        for row in rows
    ]
    return table(("what", "peer", "peer", "ours", "ratio", "checked"), lines)


def figures_table(figures: Sequence[Figure]) -> str:
    """Our own numbers against their targets."""
    met = {True: "met", False: "NOT met", None: ""}
    return table(
        ("what", "measured", "target", ""), [[one.what, one.value, one.target, met[one.met]] for one in figures]
    )


def scale_table() -> str:
    """Every size, with the growth from the one before."""
    lines, before = [], None
    for answers, found in scale.sizes():
        if isinstance(found, str):
            lines.append([f"{answers:,}", *["–"] * len(scale.STEPS), "–", "–", "–", found])
            continue
        growth = f"{scale.exponent(before, found):.2f}" if before else ""
        steps = [f"{found.took[step]:.2f}" for step in scale.STEPS]
        lines.append(
            [f"{answers:,}", *steps, f"{found.total:.2f}", f"{found.peak:.0f}", growth, f"{found.texts_a_second:,.0f}"]
        )
        before = found
    return table(("answers", *scale.STEPS, "all but code, CPU s", "peak MB", "exponent", "texts/s"), lines)


def sizes_table() -> str:
    """The matrix of sizes, as far as it has been measured."""
    growth = [f"growth, {count}" for count in sizes.QUESTIONS]
    return table(("members", *(f"{count} questions" for count in sizes.QUESTIONS), *growth), sizes.lines())


def peers() -> str:
    """All peers that run in this process, and R."""
    return peers_table([row for part in (comparisons, resampling, workbook, themes, r_peers) for row in part.rows()])


def themes_tables(paths: Sequence[str]) -> Iterator[str]:
    """The tables of docs/codebook.md over files of statements, the project's own when none is named; the figure only of these."""
    codebook, files = start_codebook(), [Path(path) for path in paths or strangers.FILES]
    asked = [one for path in files for one in strangers.statements(path)]
    figures, taught = tuple(strangers.FIGURES), ("gain", "sure after", "exactly right")
    yield table(
        ("file", "who", "question", "n", *figures), [line for one in files for line in strangers.lines(one, codebook)]
    )
    agreed = [line for one in files if (line := strangers.agreement(one))]
    if agreed:
        yield table(("file", "coded by two", "F1", "exactly the same"), agreed)
    yield table(
        ("file", "written", *figures), [line for one in files for line in strangers.written_otherwise(one, codebook)]
    )
    yield table(
        ("year", "seed", "decided", "rest", "F1 before", "F1 after", *taught),
        strangers.teaching([files] if paths else strangers.YEARS, codebook),
    )
    spans = reliability.by_kind(files)
    yield table(("answers", "said", "n", "right"), reliability.lines(spans))
    if not paths:
        reliability.draw(spans)
    yield table(
        ("sure", "sample", "draws", "on the page", "in the workbook"),
        actions.lines(asked, tuple(path.stem for path in files)),
    )


def quick_table() -> str:
    """What each piece of what makes runs quick saves."""
    return table(("without", "files", "lines", "full run", "after one decision", "nothing changed"), mechanisms.rows())


PARTS: dict[str, Callable[[], str]] = {
    "peers": peers,
    "page": lambda: figures_table(tuple(page.figures())),
    "steps": lambda: figures_table(steps.figures()),
    "matcher": lambda: figures_table(matcher.figures()),
    "micro": micro.table_of,
}
LONGEST: dict[str, Callable[[], str]] = {
    "notebooks": lambda: peers_table(notebooks.rows()),
    "whole": lambda: figures_table(whole.figures()),
    "audit": lambda: figures_table(audit.figures()),
    "quick": quick_table,
    "scale": scale_table,
}


def machine() -> str:
    """Where it was measured."""
    names = ("numpy", "pandas", "scipy", "matplotlib", "xlsxwriter")
    return (
        f"Python {platform.python_version()}, {os.cpu_count()} cores, "
        + ", ".join(f"{name} {version(name)}" for name in names)
        + "."
    )


def put(path: Path, part: str, text: str) -> None:
    """Replaces what stands between a part's markers."""
    whole_page = path.read_text(encoding="utf-8")
    start, end = f"<!-- {part} -->\n", f"<!-- /{part} -->"
    head, rest = whole_page.split(start)
    path.write_text(head + start + text + "\n" + end + rest.split(end)[1], encoding="utf-8")


def main(wanted: Sequence[str]) -> None:
    """Measures the parts asked for, prints each and writes it."""
    if wanted[:1] == ["themes"]:
        for part in themes_tables(wanted[1:]):
            print(part, end="\n\n", flush=True)
        return
    put(PAGE, "machine", machine())
    if wanted[:1] == ["sizes"]:
        sizes.measure(wanted[1:])
        put(PAGE, "sizes", sizes_table())
        return
    every = {**PARTS, **LONGEST}
    for part in every if wanted == ["all"] else wanted or PARTS:
        text = every[part]()
        print(f"\n{part}\n{text}", flush=True)
        put(PAGE, part, text)


if __name__ == "__main__":
    main(sys.argv[1:])
