"""A small whole year with one tiny notebook of its own, and a way to run it in a process that can be killed."""

import os
import subprocess
import sys
from itertools import cycle
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from tests.waves import MEMBERS, answer, make_wave

LOAD = "from sekom_survey.shown.exhibits import choices, flow\nfrom sekom_survey.running.notebook import open_year, show\nyear = open_year(wave)"
TOWNS = [f"{start}{end}" for start in ("Alm", "Björk", "Ceder", "Duv") for end in ("köping", "valla", "sö", "hyttan")]
REGISTER = (
    MEMBERS.splitlines()[0]
    + "\n"
    + "".join(
        f"k{i},{name},municipality,member,,{('Kalmar län', 'Norrbottens län', 'Örebro län')[i % 3]},{9000 + 5000 * i},2001-01-01,,,\n"
        for i, name in enumerate(TOWNS)
    )
)
ROWS = [
    answer(name, role, satisfaction=n, introduced=did)
    for name, role, n, did in zip(
        TOWNS[:13],
        cycle(["Tjänsteperson", "Politiker"]),
        cycle([8, 7, 9, 4]),
        cycle(["Ja", "Nej", "Nej"]),
        strict=False,
    )
]
ROOT = Path(__file__).parent.parent
CODE = (
    "import sys; from pathlib import Path; from sekom_survey.text import places; places.NOTEBOOKS = Path(sys.argv[3])\n"
    "from sekom_survey.model import Unusable\n"
    "from sekom_survey.running.run import run\n"
    "try:\n"
    "    outcome = run(Path(sys.argv[1]), Path(sys.argv[2]), lambda text: print(ascii(text), flush=True), sys.argv[4].split(','), asked=lambda problem: True)\n"
    "except Unusable as stop:\n"
    "    print(*(p.code for p in stop.problems), file=sys.stderr); sys.exit(2)\n"
    "sys.exit(1 if outcome.failures else 0)"
)


def tiny_notebook(folder, *cells, name="01_svar", load=LOAD):
    """A notebook as the project's are: heading, parameter, one load call, then the given cells."""
    folder.mkdir(parents=True, exist_ok=True)
    parameters = new_code_cell('wave = "annan"', metadata={"tags": ["parameters"]})
    made = [
        new_markdown_cell("# Svar"),
        parameters,
        new_code_cell(load),
        *map(new_code_cell, cells or ("show(flow(year))",)),
    ]
    for i, cell in enumerate(made):
        cell["id"] = f"cell-{i}"
    nbformat.write(new_notebook(cells=made), folder / f"{name}.ipynb")


def small_year(place, rows=ROWS, files=None):
    """A year's folder beside a folder of project notebooks: (folder, notebooks, reports)."""
    tiny_notebook(place / "anteckningar")
    return make_wave(place / "2026", rows, members=REGISTER, files=files), place / "anteckningar", place / "rapporter"


def started(year, notebooks, reports, builds="internal", python=sys.executable, **environment):
    """The year's run in a process of its own, leader of its own group."""
    return subprocess.Popen(
        [python, "-c", CODE, str(year), str(reports), str(notebooks), builds],
        cwd=ROOT,
        start_new_session=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **environment},
    )


def contents(folder):
    """Every file below a folder with its bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }
