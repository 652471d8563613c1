"""The server: one request to one screen, one at a time, and its answer; on this computer only."""

from __future__ import annotations

import asyncio
import json
import sys
import webbrowser
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

from jinja2.utils import url_quote
from tornado.httpserver import HTTPServer
from tornado.httputil import HTTPInputError
from tornado.netutil import bind_sockets
from tornado.web import Application, HTTPError, RequestHandler, stream_request_body

from sekom_survey.app.ahead import Ahead
from sekom_survey.app.asked import Asked, Moved, Notice, Rendered, Reply, Screen, Sent, Upload
from sekom_survey.app.look import PAGE, render, typeface
from sekom_survey.app.run_process import Runs
from sekom_survey.app.safety import HEADERS, Gate, Guarded, Own, report_policy, settings
from sekom_survey.app.years import Workplace
from sekom_survey.model import Problem, Unusable
from sekom_survey.running.safe_folder import disk_problem

HOST = "127.0.0.1"
MAX_FORM, MAX_UPLOAD, MAX_HEARD = 2_000_000, 45_000_000, 4_000_000_000
MOST_SAID = 50
OPENED = (
    "SEKOM är öppet i webbläsaren. Stäng det här fönstret när du är klar.\nÖppnas ingen sida, klistra in adressen: "
)


@dataclass(frozen=True)
class Room:
    """What all requests share: where things lie, the run, the one thread that touches files, what to say next."""

    place: Workplace
    runs: Runs = field(default_factory=Runs)
    worker: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1))
    said: dict[str, Moved] = field(default_factory=dict)
    numbers: Any = field(default_factory=count)
    ahead: Ahead = field(default_factory=Ahead)

    def remember(self, moved: Moved) -> str:
        """Keep what is to be said on the next page; its number."""
        key = str(next(self.numbers))
        self.said[key] = moved
        for old in list(self.said)[:-MOST_SAID]:
            del self.said[old]
        return key


class Screens(Guarded):
    """Every page."""

    room: Room

    def prepare(self) -> None:
        """The address that the browser was opened on carries the token, and is left at once."""
        self.check_caller()
        if self.request.method == "GET" and self.request.path == "/" and self.let_in():
            self.redirect("/")
            return
        self.check_session()

    async def get(self, path: str) -> None:
        """Show a page."""
        wave, page = self._named(path)
        fields = self._fields()
        if wave and page.startswith("fil/"):
            page, fields["fil"] = "fil", [page.removeprefix("fil/")]
        await self._answer("SHOWS", page, wave, fields, {})

    async def post(self, path: str) -> None:
        """Change something."""
        wave, page = self._named(path)
        await self._answer("CHANGES", page, wave, self._fields(), {})

    def _named(self, path: str) -> tuple[str, str]:
        """The year that an address is about, of those that there are, and the page."""
        rest = path.removeprefix("ar/")
        if rest == path:
            return "", path
        found = [name for name in self.room.place.years() if f"{rest}/".startswith(f"{name}/")]
        wave = max(found, key=len, default="")
        if not wave:
            raise HTTPError(404)
        return wave, rest[len(wave) + 1 :]

    def _fields(self) -> dict[str, list[str]]:
        return {name: self.get_arguments(name) for name in self.request.arguments if name != "_xsrf"}

    async def _answer(
        self, kind: str, page: str, wave: str, fields: Mapping[str, list[str]], files: Mapping[str, Upload]
    ) -> None:
        work, loop = self.room.worker, asyncio.get_running_loop()
        self.room.ahead.wait()
        screen = (await loop.run_in_executor(work, screens_of, f"YEAR_{kind}" if wave else kind)).get(page)
        if screen is None:
            raise HTTPError(404)
        asked = Asked(self.room.place, self.room.runs, wave, fields, files)
        said = self.room.said.get(asked.one("klart"))
        token = self.xsrf_token.decode()
        answer, body = await loop.run_in_executor(work, _worked_out, screen, asked, said, token)
        self._send(answer, body)
        if isinstance(answer, Rendered):
            self.room.ahead.soon(asked)

    def _send(self, answer: Reply, body: bytes) -> None:
        if isinstance(answer, Moved):
            to, mark, place = answer.to.partition("#")
            if answer.said or answer.problems:
                to += f"{'&' if '?' in to else '?'}klart={self.room.remember(answer)}"
            self.redirect(f"{to}{mark}{place}", status=303)
            return
        if isinstance(answer, Rendered):
            self.set_status(answer.status)
        self.set_header(
            "Content-Type", {Rendered: PAGE, Notice: "application/json"}.get(type(answer), getattr(answer, "kind", ""))
        )
        if isinstance(answer, Sent):
            shown = answer.kind == PAGE
            self.set_header("Content-Security-Policy", report_policy())
            self.set_header(
                "Content-Disposition",
                ("inline" if shown else "attachment") + f"; filename*=UTF-8''{url_quote(answer.name)}",
            )
        self.finish(body)

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """A refusal or a fault, in words; nothing of what was asked is in it."""
        self.set_header("Content-Type", PAGE)
        self.finish(render(Rendered("refused.html.j2", {"status": status_code}), ""))


@stream_request_body
class Uploads(Screens):
    """Files that are sent: heard piece by piece, kept up to a limit, the rest let go so that the page can say so."""

    def prepare(self) -> None:
        """Let in before a byte is heard."""
        super().prepare()
        self.request.connection.set_max_body_size(MAX_HEARD)  # type: ignore[union-attr]
        self.heard, self.too_large = bytearray(), False

    def data_received(self, chunk: bytes) -> None:
        """A piece of the body."""
        self.too_large = self.too_large or len(self.heard) + len(chunk) > MAX_UPLOAD
        if self.too_large:
            self.heard.clear()
        else:
            self.heard.extend(chunk)

    async def post(self, path: str) -> None:
        """Hand the files to their screen."""
        wave, page = self._named(path)
        files = {} if self.too_large else self._sent()
        fields = self._fields()
        if self.too_large:
            fields["too_large"] = ["ja"]
        self.heard.clear()
        await self._answer("UPLOADS", page, wave, fields, files)

    def _sent(self) -> dict[str, Upload]:
        self.request.body = bytes(self.heard)
        with suppress(HTTPInputError):  # no form that a browser sends: then no file came along
            self.request._parse_body()
        found = {name: files[0] for name, files in self.request.files.items() if files and files[0]["body"]}
        return {
            name: Upload(one["filename"].replace("\\", "/").rpartition("/")[2], one["body"])
            for name, one in found.items()
        }


class Typeface(Guarded):
    """The typeface, from the package that the figures take it from."""

    def get(self, weight: str) -> None:
        """One weight of it."""
        data = typeface(weight)
        if data is None:
            raise HTTPError(404)
        self.set_header("Content-Type", "font/ttf")
        self.set_header("Cache-Control", "private, max-age=86400")
        self.finish(data)


class Nothing(Guarded):
    """Every other address."""

    def prepare(self) -> None:
        """Not there, whoever asks."""
        super().prepare()
        raise HTTPError(404)


def screens_of(kind: str) -> Mapping[str, Screen]:
    """The screens of a kind by address. They bring most of the tool with them, so they are brought when the address has been told."""
    from sekom_survey.app import screens

    found: Mapping[str, Screen] = getattr(screens, kind)
    return found


def look_ahead(place: Workplace) -> None:
    """Read what the first screens show while the browser opens; what is wrong is told there."""
    from sekom_survey.app.first import show

    with suppress(Unusable, OSError):
        show(Asked(place, Runs()))


def _worked_out(screen: Any, asked: Asked, said: Moved | None, token: str) -> tuple[Reply, bytes]:
    """A screen's answer and its bytes; what stops it is told on a page."""
    try:
        answer = screen(asked)
    except Unusable as stop:
        answer = _stopped(asked, stop.problems)
    except OSError as error:
        answer = _stopped(asked, (disk_problem(error),))
    if isinstance(answer, Rendered):
        return answer, render(answer, token, asked, said)
    if isinstance(answer, Sent):
        return answer, answer.data
    return answer, json.dumps(answer.facts, ensure_ascii=False).encode() if isinstance(answer, Notice) else b""


def _stopped(asked: Asked, problems: tuple[Problem, ...]) -> Rendered:
    return Rendered("stopped.html.j2", {"problems": problems, "wave": asked.wave}, status=422)


def application(room: Room, gate: Gate) -> Application:
    """Every address, behind the gate."""
    given = {"gate": gate, "room": room}
    routes: list[tuple[str, type[RequestHandler], dict[str, Any]]] = [
        (r"/egen/([\w.-]+)", Own, {"gate": gate, "path": str(Path(__file__).parent / "page")}),
        (r"/typsnitt/(\d+)", Typeface, {"gate": gate}),
        (r"/((?:ar/.+/|)lagg-in(?:/\w+)?)", Uploads, given),
        (r"/(.*)", Screens, given),
    ]
    return Application(routes, default_handler_class=Nothing, default_handler_args={"gate": gate}, **settings(gate))  # type: ignore[arg-type]


def listen(room: Room) -> tuple[HTTPServer, Gate]:
    """A server at a free port of this computer, and the gate before it."""
    (socket,) = bind_sockets(0, HOST)
    gate = Gate(socket.getsockname()[1])
    server = HTTPServer(application(room, gate), max_body_size=MAX_FORM, max_buffer_size=2 * MAX_FORM)
    server.add_sockets([socket])
    return server, gate


def serve(place: Workplace, show: bool = True) -> None:
    """Serve until stopped, the browser opened on the first page when `show`."""
    room = Room(place)

    async def open_and_wait() -> None:
        _, gate = listen(room)
        print(OPENED + gate.address, flush=True)
        room.worker.submit(screens_of, "SHOWS")
        room.worker.submit(look_ahead, place)
        if show:
            await asyncio.to_thread(webbrowser.open, gate.address)
        await asyncio.Event().wait()

    try:
        asyncio.run(open_and_wait())
    except KeyboardInterrupt:
        print("\nSEKOM är stängt.", file=sys.stderr)
    finally:
        room.runs.stop()
        room.ahead.stop()
        room.worker.shutdown(wait=False, cancel_futures=True)


__all__ = ["HEADERS", "Room", "listen", "serve"]
