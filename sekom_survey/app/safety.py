"""Who may ask: this computer's own browser, holding the token that the address was opened with, from our own pages.

Every answer, also a refusal, carries the same headers. Source: OWASP, Cross-Site Request Forgery Prevention and
Content Security Policy cheat sheets; DNS rebinding is met by the names that Host may have.
"""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from tornado.web import HTTPError, RequestHandler, StaticFileHandler

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
REPORT_POLICY = "sandbox allow-scripts; default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:"
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
OWN_SITE = ("same-origin", "none")
DRAWN = 32


@cache
def report_policy() -> str:
    """What a page of a report may do: nothing but look as it does, and run the scripts that we have put in such pages."""
    from sekom_survey.members.page import SEARCH, own_file
    from sekom_survey.written.page.template import read_script, script_hash

    ours = (read_script("sort.js"), own_file(SEARCH))
    return f"{REPORT_POLICY}; script-src {' '.join(repr(script_hash(one)) for one in ours)}"


@dataclass(frozen=True)
class Gate:
    """The port we listen on, and what tells our browser from all others: the token it was opened with, then a cookie."""

    port: int
    token: str = field(default_factory=lambda: secrets.token_urlsafe(DRAWN))
    session: str = field(default_factory=lambda: secrets.token_urlsafe(DRAWN))

    @property
    def hosts(self) -> tuple[str, ...]:
        """The names that we may be called by."""
        return f"127.0.0.1:{self.port}", f"localhost:{self.port}"

    @property
    def cookie(self) -> str:
        """The cookie's name: cookies are shared between ports, so each server has its own."""
        return f"sekom_{self.port}"

    @property
    def address(self) -> str:
        """The address to open the browser on."""
        return f"http://127.0.0.1:{self.port}/?token={self.token}"


def same(one: str, other: str) -> bool:
    """Whether two secrets are the same, in a time that does not tell how alike they are."""
    return hmac.compare_digest(one.encode(), other.encode())


class Guarded(RequestHandler):
    """Refuses, before anything is read of it, what does not come from our own page in our own browser."""

    gate: Gate

    def initialize(self, gate: Gate, **others: Any) -> None:
        """Remember the gate; tornado calls this."""
        self.gate = gate
        for name, value in others.items():
            setattr(self, name, value)

    def set_default_headers(self) -> None:
        """The same headers on every answer."""
        self.clear_header("Server")
        for name, value in HEADERS.items():
            self.set_header(name, value)

    def check_xsrf_cookie(self) -> None:
        """Tornado asks this first of all for what changes anything: the name we are called by is looked at before it."""
        self.check_caller()
        super().check_xsrf_cookie()

    def prepare(self) -> None:
        """Let in, or refuse."""
        self.check_caller()
        self.check_session()

    def check_caller(self) -> None:
        """Only by our own name, and not on behalf of another site."""
        if self.request.host not in self.gate.hosts:
            raise HTTPError(403, log_message="another host")
        headers = self.request.headers
        if headers.get("Origin", f"http://{self.request.host}") != f"http://{self.request.host}":
            raise HTTPError(403, log_message="another origin")
        if headers.get("Sec-Fetch-Site", "none") not in OWN_SITE:
            raise HTTPError(403, log_message="another site")

    def check_session(self) -> None:
        """Only with the cookie."""
        if not same(self.get_cookie(self.gate.cookie, "") or "", self.gate.session):
            raise HTTPError(403, log_message="no cookie")

    def let_in(self) -> bool:
        """Whether the address carries the token; then the cookie is set."""
        if not same(self.get_query_argument("token", ""), self.gate.token):
            return False
        self.set_cookie(self.gate.cookie, self.gate.session, httponly=True, samesite="Strict", path="/")
        return True


class Own(Guarded, StaticFileHandler):
    """The page's own style, script and typeface: nothing in them is secret, but the caller is looked at all the same."""

    def initialize(self, gate: Gate, path: str) -> None:  # type: ignore[override]
        """Both parents' settings."""
        Guarded.initialize(self, gate)
        StaticFileHandler.initialize(self, path)

    async def prepare(self) -> None:  # type: ignore[override]
        """As every page."""
        Guarded.prepare(self)


def settings(gate: Gate) -> dict[str, Any]:
    """What the server is told of tokens in forms: a cookie of its own port, unseen by scripts and other sites."""
    return {
        "xsrf_cookies": True,
        "xsrf_cookie_name": f"sekom_form_{gate.port}",
        "xsrf_cookie_kwargs": {"httponly": True, "samesite": "Strict", "path": "/"},
    }
