"""The page in the browser on the example: how long it takes to open, and what each screen costs the server.

Server time is CPU time of the thread that makes the screen, so that other work on the machine does not count; beside it stands the whole wait
for the answer, where it does. "First" is each screen in a server of its own, after what the server does ahead when the first page has been
shown; "then" is the median of five with nothing changed.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
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
AFTER_A_PRESS = {
    "an answer struck and the year shown anew": "settled", "a text decided and the next one shown": "decided",
    "an occasion logged and the goals shown anew": "logged", "the goals two seconds after an answer was struck": "goals after",
}  # fmt: skip
BESIDE = {
    "what is read while the browser opens": "ahead", "what is worked out when the first page has been shown": "goals ahead",
    "the goals asked for before that": "goals at once",
}  # fmt: skip
READING = 2.0  # seconds that a person looks at a page before the next press
MOST, ROUNDS, DAY = 0.300, 5, date(2026, 3, 14)
OPEN = [sys.executable, "-m", "sekom_survey", "open", "--no-browser"]


def figures() -> Iterator[Figure]:
    """Opening, then every screen: first and then; then the screens that come after a press."""
    opened = min(_opened() for _ in range(3))
    yield Figure("`sekom open` to the address, CPU", f"{opened:.2f} s", "under 1 s", opened < 1)
    for name in SCREENS:
        first, waited, then, _ = _alone(name)
        yield Figure(f"{name}, server CPU: first, then", f"{_ms(first)}, {_ms(then)} (the first answered after {_ms(waited)})", "under 300 ms", max(first, then) < MOST)  # fmt: skip
    for what, name in AFTER_A_PRESS.items():
        took, waited, *_ = _alone(name)
        yield Figure(f"{what}, server CPU", f"{_ms(took)} (answered after {_ms(waited)})", "under 300 ms", took < MOST)
    for what, name in BESIDE.items():
        took, waited, *_ = _alone(name)
        yield Figure(what, f"{_ms(took)} of CPU, {_ms(waited)} in all")


def _ms(seconds: float) -> str:
    return f"{1000 * seconds:.0f} ms"


def _opened() -> float:
    """CPU seconds of a process of its own, with its children, until it tells its address."""
    with subprocess.Popen(OPEN, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        next(line for line in process.stdout if "http://" in line)
        parts = Path(f"/proc/{process.pid}/stat").read_text(encoding="ascii").rpartition(") ")[2].split()
        process.terminate()
    return sum(map(int, parts[11:15])) / os.sysconf("SC_CLK_TCK")


def _alone(name: str) -> list[float]:
    """What a measurement in a process of its own gives: CPU and wait of the first, median CPU and wait of those after it."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.page", name], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return [float(one) for one in done.stdout.split()]


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


Times = tuple[float, float]  # CPU seconds of the thread, and seconds until the answer had come


def _measured(name: str) -> tuple[float, ...]:
    from sekom_survey.app.serve import look_ahead
    from tests.app.served import served

    with tempfile.TemporaryDirectory() as place, _timed() as times:
        surveys = Path(place) / "surveys"
        shutil.copytree(
            EXAMPLE.parent, surveys / "exempel", ignore=shutil.ignore_patterns("replaced", ".sekom-id", "codings-*")
        )
        with served(surveys, Path(place) / "reports", DAY) as site:
            if name == "ahead":
                return _took(lambda: look_ahead(site.room.place))
            look_ahead(site.room.place)
            site.get(f"/?token={site.gate.token}")
            if name == "goals at once":
                return _seen(site, f"{YEAR}/mal", times)
            if name == "goals ahead":
                from sekom_survey.app.ahead import prepare
                from sekom_survey.app.asked import Asked

                return _took(lambda: prepare(Asked(site.room.place, site.room.runs)))
            site.get("/")
            _wait_for_ahead(site)
            if name in AFTER_A_PRESS.values():
                return DO[name](site, times)
            first = _seen(site, SCREENS[name], times)
            while name == "Texter" and 'id="vantar"' in site.get(TEXTS).text:
                time.sleep(0.5)
            return *max(first, _seen(site, SCREENS[name], times)), *_medians(_seen(site, SCREENS[name], times) for _ in range(ROUNDS))  # fmt: skip


def _took(work: Callable[[], object]) -> Times:
    began, begun = time.perf_counter(), time.thread_time()
    work()
    return time.thread_time() - begun, time.perf_counter() - began


def _wait_for_ahead(site) -> None:  # type: ignore[no-untyped-def]
    """As long as a person reads a page, or longer when the machine has much else to do."""
    time.sleep(READING)
    site.room.ahead.thread.submit(lambda: None).result()


def _medians(rounds: Iterable[Times]) -> Times:
    cpu, wait = zip(*rounds, strict=True)
    return median(cpu), median(wait)


def _seen(site, address: str, times: list[float]) -> Times:  # type: ignore[no-untyped-def]
    times.clear()
    began = time.perf_counter()
    assert site.get(address).status == 200
    return sum(times), time.perf_counter() - began


def _settled(site, times: list[float]) -> Times:  # type: ignore[no-untyped-def]
    """A row of corrections.csv, as a press writes it, and the year's page after it: all that rests on it is read anew."""
    return _medians((_strike(site, n), _seen(site, YEAR, times))[1] for n in range(ROUNDS))


def _goals_after(site, times: list[float]) -> Times:  # type: ignore[no-untyped-def]
    """The same, then the goals' page when the year's page has been looked at."""
    found = []
    for n in range(ROUNDS):
        _strike(site, n)
        site.get(YEAR)
        _wait_for_ahead(site)
        found.append(_seen(site, f"{YEAR}/mal", times))
    return _medians(found)


def _strike(site, n: int) -> None:  # type: ignore[no-untyped-def]
    from sekom_survey.upkeep.mending import mend

    year = site.room.place.surveys / "exempel" / "2026"
    mend(year, Mend("strike", row=str(2 + n), item="wishes"), "Provat.", DAY)


def _logged(site, times: list[float]) -> Times:  # type: ignore[no-untyped-def]
    """An occasion written in the form of the goals' page, and the page it leads to."""
    token, found = site.token(), []
    for n in range(ROUNDS):
        fields = [("date", f"2026-02-0{n + 1}"), ("activity", "board_meeting"), ("title", f"Möte {n}")]
        found.append(_pressed(site, f"{YEAR}/logg", fields, token, times))
    return _medians(found)


def _pressed(site, address: str, fields: list[tuple[str, str]], token: str, times: list[float]) -> Times:  # type: ignore[no-untyped-def]
    times.clear()
    began = time.perf_counter()
    site.follow(site.post(address, fields, token))
    return sum(times), time.perf_counter() - began


def _decided(site, times: list[float]) -> Times:  # type: ignore[no-untyped-def]
    """As the keyboard does: the form as it stands, and where it leads."""
    while 'id="vantar"' in site.get(TEXTS).text:
        time.sleep(0.5)
    token, found = site.token(), []
    for _ in range(ROUNDS):
        page = site.get(TEXTS).text.partition('id="granska"')[2]
        fields = re.findall(
            r'<input type="hidden" name="(vem|nr|hash)" value="([^"]*)"', page.partition("</fieldset>")[0]
        )
        theme = re.search(r'name="tema" value="([^"]+)"', page)
        assert theme
        found.append(_pressed(site, f"{YEAR}/texter", [*fields, ("tema", theme[1])], token, times))
    return _medians(found)


DO = {"settled": _settled, "decided": _decided, "logged": _logged, "goals after": _goals_after}


if __name__ == "__main__":
    print(*_measured(sys.argv[1]))
