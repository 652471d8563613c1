"""Start-up, a check, a full run against its floor, a run after one changed decision, and peak memory."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from benchmarks.measure import EXAMPLE, ROUNDS_OF_RUNS, Figure, Process, median_process, process, python, sekom

CODINGS = "codings.csv"
# As many figure files as a run leaves, drawn by bare matplotlib in two warm processes after the imports they need.
FLOOR = """
import sys
from concurrent.futures import ProcessPoolExecutor
import matplotlib
matplotlib.use("Agg")
import matplotlib.pyplot as plt, nbformat, numpy, pandas, scipy.stats, docx, pptx, xlsxwriter
folder, count = sys.argv[1], int(sys.argv[2])

def draw(number):
    for kind, size in (("", (7.2, 3.6)), ("-narrow", (3.6, 5.0))):
        figure, axes = plt.subplots(figsize=size)
        bars = axes.barh([f"Alternativ {i}" for i in range(8)], range(1, 9), xerr=.5)
        axes.bar_label(bars)
        axes.set_title(f"Figur {number}")
        figure.savefig(f"{folder}/{number}{kind}.svg")
        if not kind:
            figure.savefig(f"{folder}/{number}.png", dpi=200)
        plt.close(figure)

with ProcessPoolExecutor(2) as pool:
    list(pool.map(draw, range(count)))
"""


def copied_year(place: Path) -> Path:
    """The example's two years in a folder of their own."""
    shutil.copytree(EXAMPLE.parent, place / "exempel")
    return place / "exempel" / EXAMPLE.name


def change_a_decision(year: Path) -> None:
    """Turns the last decision of codings.csv the other way."""
    path = year / CODINGS
    text = path.read_text(encoding="utf-8").rstrip("\n")
    head, line = text.rsplit("\n", 1)
    turned = (
        line.replace(",yes,", ",no,")
        if ",yes," in line
        else line.replace(",no,", ",yes,")
        if ",no," in line
        else line.rsplit(",", 1)[0] + ",ändrad"
    )
    path.write_text(f"{head}\n{turned}\n", encoding="utf-8")


def start_up() -> list[Figure]:
    """`sekom --help` beside bare Python, and `sekom check`."""
    found = median_process({"python": python("pass"), "help": sekom("--help"), "check": sekom("check", EXAMPLE)})
    ratio = found["help"].cpu / found["python"].cpu
    return [
        Figure(
            "`sekom --help` against bare Python, CPU",
            f"{ratio:.1f} times ({1000 * found['help'].cpu:.0f} ms)",
            "at most 6",
            ratio <= 6,
        ),
        Figure("`sekom check`, CPU", f"{found['check'].cpu:.2f} s", "under 1 s", found["check"].cpu < 1),
    ]


def runs(rounds: int = ROUNDS_OF_RUNS) -> list[Figure]:
    """Full runs, floors and runs after a changed decision, in turns."""
    full: list[Process] = []
    floor: list[Process] = []
    same: list[Process] = []
    again: list[Process] = []
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        year, reports = copied_year(place), place / "reports"
        (place / "floor").mkdir()
        for _ in range(rounds):
            full.append(process(sekom("run", year, "--reports", reports, "--all")))
            drawn = len(list(reports.glob("*/*/figures/*.png")))
            floor.append(process(python(FLOOR, place / "floor", drawn)))
            same.append(process(sekom("run", year, "--reports", reports)))
            change_a_decision(year)
            again.append(process(sekom("run", year, "--reports", reports)))
    wall, floor_wall, again_wall = (sorted(one.wall for one in done)[rounds // 2] for done in (full, floor, again))
    memory = max(one.megabytes for one in full)
    cpu, floor_cpu, again_cpu = (sorted(one.cpu for one in done)[rounds // 2] for done in (full, floor, again))
    nothing = sorted(one.cpu / whole.cpu for one, whole in zip(same, full, strict=True))[rounds // 2]
    return [
        Figure("full run, both builds, wall", f"{wall:.1f} s ({drawn} drawings, each wide and narrow SVG and PNG)"),
        Figure("the floor: as many drawings by bare matplotlib, two processes", f"{floor_wall:.1f} s"),
        Figure(
            "full run against the floor",
            _both(wall / floor_wall, cpu / floor_cpu),
            "at most 1.4",
            wall / floor_wall <= 1.4,
        ),
        Figure("run with nothing changed against the full run, CPU", f"{nothing:.2f}", "at most 0.08", nothing <= 0.08),
        Figure(
            "run after one changed decision against the full run",
            _both(again_wall / wall, again_cpu / cpu),
            "at most 0.35",
            again_wall / wall <= 0.35,
        ),
        Figure("peak memory of the run, largest process", f"{memory:.0f} MB", "under 600 MB", memory < 600),
    ]


def _both(wall: float, cpu: float) -> str:
    return f"{wall:.2f} of the time that passes, {cpu:.2f} of the CPU time"


def figures() -> list[Figure]:
    """All of it."""
    return [*start_up(), *runs()]
