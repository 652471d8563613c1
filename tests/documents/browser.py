"""A headless Chromium spoken to over a pipe (Chrome DevTools Protocol): no server, no driver, no network."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
HEARS, TELLS = 3, 4  # the descriptors on which Chromium hears and tells
ARGUMENTS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking", "--no-first-run",
             "--disable-component-update", "--disable-sync", "--remote-debugging-pipe")  # fmt: skip
QUIET = ("Runtime.enable", "Log.enable", "Network.enable", "Page.enable")


class Page:
    """One tab; `said` is what the console heard and `asked` the addresses that the page fetched."""

    def __init__(self, write: int, read: int) -> None:
        self._write, self._read, self._left, self._number = write, read, b"", 0
        self._session: str | None = None
        self.said: list[str] = []
        self.asked: list[str] = []
        self._loaded = False
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for method in QUIET:
            self.call(method)

    def call(self, method: str, **parameters: object) -> dict:
        """Send a command and wait for its answer."""
        self._number += 1
        message = {"id": self._number, "method": method, "params": parameters} | (
            {"sessionId": self._session} if self._session else {}
        )
        os.write(self._write, json.dumps(message).encode() + b"\0") if len(
            str(parameters)
        ) < 30_000 else self._write_all(message)
        while True:
            answer = self._next()
            if answer.get("id") == self._number:
                assert "error" not in answer, answer
                return answer["result"]
            self._heard(answer)

    def _write_all(self, message: dict) -> None:
        left = memoryview(json.dumps(message).encode() + b"\0")
        while left:
            left = left[os.write(self._write, left) :]

    def _next(self) -> dict:
        while b"\0" not in self._left:
            piece = os.read(self._read, 1 << 16)
            assert piece, "Chromium ended"
            self._left += piece
        message, _, self._left = self._left.partition(b"\0")
        return json.loads(message)

    def _heard(self, event: dict) -> None:
        method, told = event.get("method"), event.get("params", {})
        if method in ("Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Log.entryAdded"):
            self.said.append(json.dumps(told)[:500])
        elif method == "Network.requestWillBeSent" and not told["request"]["url"].startswith("data:"):
            self.asked.append(told["request"]["url"])
        elif method == "Page.loadEventFired":
            self._loaded = True

    def open(self, path: Path, width: int, height: int = 900) -> None:
        """Show a file in a window of a size in CSS pixels."""
        self.go(path.as_uri(), width, height)

    def go(self, url: str, width: int = 1280, height: int = 900) -> None:
        """Show an address in a window of a size in CSS pixels."""
        self.said, self.asked = [], []
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        self.leave(lambda: self.call("Page.navigate", url=url))

    def leave(self, act: Callable[[], object]) -> None:
        """Do what leads to another page, and wait until it is there."""
        self._loaded = False
        act()
        while not self._loaded:
            self._heard(self._next())

    def click(self, selector: str) -> None:
        """Press the first thing that a selector names with the mouse, where it stands."""
        x, y = self.run(
            f"(e => {{ e.scrollIntoView({{block: 'center'}}); const r = e.getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2] }})"
            f"(document.querySelector({json.dumps(selector)}))"
        )
        for kind in ("mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def choose(self, selector: str, *files: Path) -> None:
        """Choose files in a file field."""
        root = self.call("DOM.getDocument")["root"]["nodeId"]
        node = self.call("DOM.querySelector", nodeId=root, selector=selector)["nodeId"]
        self.call("DOM.setFileInputFiles", nodeId=node, files=[str(file) for file in files])

    def run(self, script: str) -> object:
        """The value of an expression, awaited when it is a promise."""
        result = self.call("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        assert "exceptionDetails" not in result, result["exceptionDetails"]
        return result["result"].get("value")

    def press(self, key: str, code: int, text: str = "") -> None:
        """A key down and up."""
        about = {"key": key, "code": key if len(key) > 1 else "Space", "windowsVirtualKeyCode": code}
        self.call("Input.dispatchKeyEvent", type="keyDown", **about, **({"text": text} if text else {}))
        self.call("Input.dispatchKeyEvent", type="keyUp", **about)


@contextmanager
def page(profile: Path) -> Iterator[Page]:
    """A browser with one tab, ended afterwards."""
    ends = [fcntl.fcntl(end, fcntl.F_DUPFD, 10) for end in (*os.pipe(), *os.pipe())]  # clear of 3 and 4
    hears, write, read, tells = ends

    def place() -> None:
        os.dup2(hears, HEARS)
        os.dup2(tells, TELLS)

    command = [CHROMIUM, *ARGUMENTS, f"--user-data-dir={profile}"]
    with subprocess.Popen(
        command,
        pass_fds=(HEARS, TELLS),
        preexec_fn=place,  # noqa: PLW1509 - only dup2
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        os.close(hears)
        os.close(tells)
        try:
            yield Page(write, read)
        finally:
            process.terminate()
            os.close(write)
            os.close(read)
