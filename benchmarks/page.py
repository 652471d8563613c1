"""The page in the browser on the example: how long it takes to open, and what each screen costs the server.

Server time is CPU time of the thread that makes the screen, so that other work on the machine does not count. "First" is after the look ahead
that the server takes while the browser opens, each screen in a server of its own; "then" is the median of five with nothing changed.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from statistics import median

from benchmarks.measure import EXAMPLE, ROOT, Figure
from sekom_survey.model import Mend

YEAR = "/ar/exempel/2026"
TEXTS = f"{YEAR}/texter?vem=AB"
SCREENS = {
    "Åren": "/", "Nytt år": "/nytt", "Året": YEAR, "Texter": TEXTS, "Jämför": f"{YEAR}/texter/jamfor?vem=AB", "Mål": f"{YEAR}/mal",
    "Rapport": f"{YEAR}/rapport", "Gallring": f"{YEAR}/gallring",
}  # fmt: skip
MOST, ROUNDS, DAY = 0.300, 5, date(2026, 3, 14)
OPEN = [sys.executable, "-m", "sekom_survey", "open", "--no-browser"]


def figures() -> Iterator[Figure]:
    """Opening, then every screen: first and then; a press that decides a text with the screen after it."""
    opened = min(_opened() for _ in range(3))
    yield Figure("`sekom open` to the address, CPU", f"{opened:.2f} s", "under 1 s", opened < 1)
    for name in SCREENS:
        first, then = _alone(name)
        yield Figure(f"{name}, server CPU: first, then", f"{1000 * first:.0f} ms, {1000 * then:.0f} ms", "under 300 ms", max(first, then) < MOST)  # fmt: skip
    for what, name in (
        ("the look ahead while the browser opens", "ahead"),
        ("an answer struck and the year shown anew", "settled"),
        ("a text decided and the next one shown", "decided"),
    ):
        took = _alone(name)[1]
        yield Figure(
            f"{what}, server CPU",
            f"{1000 * took:.0f} ms",
            "" if name == "ahead" else "under 300 ms",
            None if name == "ahead" else took < MOST,
        )


def _opened() -> float:
    """CPU seconds of a process of its own, with its children, until it tells its address."""
    with subprocess.Popen(OPEN, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        next(line for line in process.stdout if "http://" in line)
        parts = Path(f"/proc/{process.pid}/stat").read_text(encoding="ascii").rpartition(") ")[2].split()
        process.terminate()
    return sum(map(int, parts[11:15])) / os.sysconf("SC_CLK_TCK")


def _alone(name: str) -> tuple[float, float]:
    """A screen measured in a process of its own: first, and the median of some rounds."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.page", name], cwd=ROOT, capture_output=True, text=True, check=True
    )
    first, then = done.stdout.split()
    return float(first), float(then)


@contextmanager
def _timed() -> Iterator[list[float]]:
    """What each screen takes of the one thread that makes them."""
    from sekom_survey.app import serve

    times, worked_out = [], serve._worked_out

    def timed(*given):  # type: ignore[no-untyped-def]
        begun = time.thread_time()
        try:
            return worked_out(*given)
        finally:
            times.append(time.thread_time() - begun)

    serve._worked_out = timed
    yield times


def _measured(name: str) -> tuple[float, float]:
    from sekom_survey.app.serve import look_ahead
    from tests.app.served import served

    with tempfile.TemporaryDirectory() as place, _timed() as times:
        surveys = Path(place) / "surveys"
        shutil.copytree(
            EXAMPLE.parent, surveys / "exempel", ignore=shutil.ignore_patterns("replaced", ".sekom-id", "codings-*")
        )
        with served(surveys, Path(place) / "reports", DAY) as site:
            begun = time.thread_time()
            look_ahead(site.room.place)
            ahead = time.thread_time() - begun
            site.get(f"/?token={site.gate.token}")
            if name == "ahead":
                return ahead, ahead
            if name == "settled":
                return _settled(site, times)
            if name == "decided":
                return _decided(site, times)
            first = _seen(site, SCREENS[name], times)
            while name == "Texter" and 'id="vantar"' in site.get(TEXTS).text:
                time.sleep(0.5)
            return max(first, _seen(site, SCREENS[name], times)), median(
                _seen(site, SCREENS[name], times) for _ in range(ROUNDS)
            )


def _seen(site, address: str, times: list[float]) -> float:  # type: ignore[no-untyped-def]
    times.clear()
    assert site.get(address).status == 200
    return sum(times)


def _settled(site, times: list[float]) -> tuple[float, float]:  # type: ignore[no-untyped-def]
    """A row of corrections.csv, as a press writes it, and the year's page after it: all that rests on it is read anew."""
    from sekom_survey.upkeep.mending import mend

    took = []
    for n in range(ROUNDS + 1):
        mend(
            site.room.place.surveys / "exempel" / "2026", Mend("strike", row=str(2 + n), item="wishes"), "Provat.", DAY
        )
        took.append(_seen(site, YEAR, times))
    return took[0], median(took[1:])


def _decided(site, times: list[float]) -> tuple[float, float]:  # type: ignore[no-untyped-def]
    """As the keyboard does: the form as it stands, and where it leads."""
    while 'id="vantar"' in site.get(TEXTS).text:
        time.sleep(0.5)
    took = []
    for _ in range(ROUNDS + 1):
        page = site.get(TEXTS).text.partition('id="granska"')[2]
        fields = re.findall(
            r'<input type="hidden" name="(vem|nr|hash)" value="([^"]*)"', page.partition("</fieldset>")[0]
        )
        theme = re.search(r'name="tema" value="([^"]+)"', page)
        assert theme
        token = site.token()
        times.clear()
        site.follow(site.post(f"{YEAR}/texter", [*fields, ("tema", theme[1])], token))
        took.append(sum(times))
    return took[0], median(took[1:])


if __name__ == "__main__":
    print(*_measured(sys.argv[1]))
