"""The page served to a test: the real server in a thread of its own, and a client that can be anybody."""

from __future__ import annotations

import asyncio
import http.client
import re
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlencode

from sekom_survey.app.serve import Room, listen
from sekom_survey.app.years import Workplace

TODAY = date(2026, 3, 14)


@dataclass
class Reply:
    """A status, the headers in small letters, the body as text."""

    status: int
    headers: dict
    text: str


@dataclass
class Site:
    """A server that runs, and a client with its own cookies."""

    room: object
    gate: object
    server: object
    cookies: dict = field(default_factory=dict)
    held: str = ""

    @property
    def base(self):
        return f"http://127.0.0.1:{self.gate.port}"

    def ask(self, method, path, body=None, **headers):
        """One request, exactly as told; headers with _ for -."""
        connection = http.client.HTTPConnection("127.0.0.1", self.gate.port, timeout=120)
        given = {name.replace("_", "-"): value for name, value in headers.items() if value is not None}
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        connection.request(method, path, body=body, headers={**({"Cookie": cookies} if cookies else {}), **given})
        answer = connection.getresponse()
        for name, value in answer.getheaders():
            if name == "Set-Cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.partition(";")[0]
        text = answer.read().decode("utf-8", errors="replace")
        found = {name.lower(): value for name, value in answer.getheaders()}
        connection.close()
        return Reply(answer.status, found, text)

    def get(self, path, **headers):
        return self.ask("GET", path, **headers)

    def enter(self):
        """As the browser that the tool opened."""
        assert self.get(f"/?token={self.gate.token}").status == 302
        assert self.get("/").status in (200, 302)
        return self

    def token(self):
        """What a form of the page carries."""
        if not self.held:
            page = self.get(f"/ar/{next(iter(self.room.place.years()))}").text
            self.held = re.search(r'_xsrf=([^&"]+)&', page)[1]
        return self.held

    def post(self, path, fields=(), token=None, **headers):
        """A form, sent as the page would send it."""
        given = {"Content_Type": "application/x-www-form-urlencoded", "Origin": self.base, **headers}
        pairs = [
            ("_xsrf", self.token() if token is None else token),
            *(fields.items() if isinstance(fields, dict) else fields),
        ]
        return self.ask("POST", path, body=urlencode(pairs), **given)

    def send(self, path, name, data, token=None, **fields):
        """A file, sent as a form would send it."""
        head = f'--x\r\nContent-Disposition: form-data; name="fil"; filename="{name}"\r\nContent-Type: application/octet-stream\r\n\r\n'
        body = head.encode() + data + b"\r\n--x--\r\n"
        where = f"{path}?{urlencode({'_xsrf': self.token() if token is None else token, **fields})}"
        return self.ask("POST", where, body=body, Content_Type="multipart/form-data; boundary=x", Origin=self.base)

    def send_all(self, path, files, **fields):
        """Several files and fields in one form: field -> (name, bytes)."""
        parts = [
            f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{text}\r\n'.encode()
            for name, text in fields.items()
        ]
        for field_name, (name, data) in files.items():
            head = f'--x\r\nContent-Disposition: form-data; name="{field_name}"; filename="{name}"\r\nContent-Type: application/octet-stream\r\n\r\n'
            parts.append(head.encode() + data + b"\r\n")
        where = f"{path}?{urlencode({'_xsrf': self.token()})}"
        return self.ask(
            "POST",
            where,
            body=b"".join(parts) + b"--x--\r\n",
            Content_Type="multipart/form-data; boundary=x",
            Origin=self.base,
        )

    def follow(self, reply):
        """Go where a form leads."""
        assert reply.status == 303, (reply.status, reply.text)
        return self.get(reply.headers["location"].partition("#")[0])


@contextmanager
def served(surveys, reports, today=TODAY):
    """A site over some years."""
    room, ready = Room(Workplace(surveys, reports, lambda: today)), threading.Event()
    held = {}

    def work():
        async def main():
            held["loop"], held["stop"] = asyncio.get_running_loop(), asyncio.Event()
            held["server"], held["gate"] = listen(room)
            ready.set()
            await held["stop"].wait()
            held["server"].stop()

        asyncio.run(main())

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    assert ready.wait(10)
    try:
        yield Site(room, held["gate"], held["server"])
    finally:
        held["loop"].call_soon_threadsafe(held["stop"].set)
        thread.join(10)
        room.runs.stop()
        room.worker.shutdown(wait=False)
