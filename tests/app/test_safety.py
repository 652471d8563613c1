"""Each property that keeps others out: it holds, and the check fails when the property is taken away."""

import socket
from types import SimpleNamespace

import pytest

from sekom_survey.app import look, report, safety, serve
from tests.app.conftest import MARKUP
from tests.app.served import served

YEAR = "/ar/2026"
ELSEWHERE = "http://annan.example"


def refuses_another_host(site):
    return (
        site.get("/", Host="annan.example").status == 403
        and site.post(f"{YEAR}/mal", Host=f"annan.example:{site.gate.port}").status == 403
    )


def refuses_another_origin(site):
    return (
        site.post(f"{YEAR}/angra", {"line": "2"}, Origin=ELSEWHERE).status == 403
        and site.post(f"{YEAR}/angra", Origin="null").status == 403
    )


def refuses_another_site(site):
    return (
        site.get(YEAR, Sec_Fetch_Site="cross-site").status == 403
        and site.get("/lever", Sec_Fetch_Site="same-site").status == 403
    )


def refuses_without_the_cookie(site):
    site.cookies.pop(site.gate.cookie)
    return {
        site.get(path).status
        for path in ("/", YEAR, "/lever", "/egen/app.js", "/typsnitt/400", f"{YEAR}/fil/internal/run.json")
    } == {403}


def refuses_another_token(site):
    site.cookies.clear()
    site.get("/?token=" + "x" * 43)
    return site.gate.cookie not in site.cookies


def refuses_a_form_without_its_token(site):
    return (
        site.post(f"{YEAR}/rapport", token="").status == 403
        and site.post(f"{YEAR}/rapport", token="2|a|b|1").status == 403
    )


def refuses_a_file_without_its_token(site):
    return site.send(f"{YEAR}/lagg-in", "svar.xlsx", b"x", token="", plats="export").status == 403


def sets_cookies_that_no_script_reads(site):
    site.cookies.clear()
    replies = [site.get(f"/?token={site.gate.token}"), site.get(f"{YEAR}/mal")]
    set_cookies = [reply.headers.get("set-cookie", "") for reply in replies]
    return all("HttpOnly" in one and "SameSite=Strict" in one for one in set_cookies)


def has_a_strict_policy_on_every_answer(site):
    pages = [site.get(path) for path in ("/", YEAR, f"{YEAR}/nix", "/egen/app.js", "/nix")] + [
        site.get("/", Host="annan.example")
    ]
    policies = [page.headers.get("content-security-policy", "") for page in pages]
    return all(
        "default-src 'none'" in one and "unsafe" not in one and "frame-ancestors 'none'" in one for one in policies
    )


def shows_markup_as_text(site):
    text = site.get(YEAR).text
    return MARKUP not in text and "<script>alert" not in text and "&lt;script&gt;alert(1)" in text


def listens_on_this_computer_only(site):
    return all(one.getsockname()[0] == "127.0.0.1" for one in site.server._sockets.values())


def keeps_a_large_file_out(site):
    before = sorted(site.room.place.surveys.rglob("*"))
    said = site.follow(site.send(f"{YEAR}/lagg-in", "svar.csv", b"x" * 20_000, plats="export")).text
    return "större än" in said and sorted(site.room.place.surveys.rglob("*")) == before


def sends_only_what_lies_in_the_reports(site):
    reports = site.room.place.reports
    (reports / "2026" / "internal").mkdir(parents=True, exist_ok=True)
    (reports / "hemligt.txt").write_text("hemligt")
    tries = (
        "internal/../../hemligt.txt",
        "internal/..%2f..%2fhemligt.txt",
        "../hemligt.txt",
        "internal//../hemligt.txt",
        "..%2f../alla.zip",
    )
    return not any("hemligt" in site.get(f"{YEAR}/fil/{one}").text for one in tries)


def anybody(self):
    return None


TAKEN_AWAY = {
    refuses_another_host: (safety.Guarded, "check_caller", anybody),
    refuses_another_origin: (safety.Guarded, "check_caller", anybody),
    refuses_another_site: (safety, "OWN_SITE", ("same-origin", "same-site", "cross-site", "none")),
    refuses_without_the_cookie: (safety.Guarded, "check_session", anybody),
    refuses_another_token: (safety, "same", lambda one, other: True),
    refuses_a_form_without_its_token: (safety.Guarded, "check_xsrf_cookie", anybody),
    refuses_a_file_without_its_token: (safety.Guarded, "check_xsrf_cookie", anybody),
    sets_cookies_that_no_script_reads: (
        serve,
        "settings",
        lambda gate: {"xsrf_cookies": True, "xsrf_cookie_name": "x"},
    ),
    has_a_strict_policy_on_every_answer: (safety, "HEADERS", {}),
    shows_markup_as_text: (look.environment(), "autoescape", False),
    listens_on_this_computer_only: (serve, "HOST", "0.0.0.0"),
    keeps_a_large_file_out: (serve, "MAX_UPLOAD", 1_000_000),
    sends_only_what_lies_in_the_reports: (report, "_files", lambda home: SimpleNamespace(get=lambda name: home / name)),
}


@pytest.fixture
def small_uploads(monkeypatch):
    monkeypatch.setattr(serve, "MAX_UPLOAD", 10_000)


@pytest.mark.usefixtures("small_uploads")
@pytest.mark.parametrize("holds", TAKEN_AWAY, ids=lambda one: one.__name__)
def test_it_holds(holds, site):
    assert holds(site)


@pytest.mark.usefixtures("small_uploads")
@pytest.mark.parametrize("holds", TAKEN_AWAY, ids=lambda one: one.__name__)
def test_without_it_the_check_fails(holds, surveys, tmp_path, monkeypatch):
    """A check that cannot fail proves nothing."""
    look.environment().cache.clear()
    monkeypatch.setattr(*TAKEN_AWAY[holds])
    with served(surveys, tmp_path / "reports") as site:
        site.cookies = dict.fromkeys(())
        site.enter()
        assert not holds(site)
    monkeypatch.undo()
    look.environment().cache.clear()


@pytest.mark.parametrize(
    "name", ["127.0.0.1", "localhost", "127.0.0.1.:{}", "localhost.:{}", "[::1]:{}", "0.0.0.0:{}", "127.1:{}", "127.0.0.1:{}@annan.example", "127.0.0.1:0{}", ""]
)  # fmt: skip
def test_every_other_way_to_write_our_host_is_refused(site, name):
    """Only the two names that the browser is opened on; the token in the address does not help."""
    reply = site.get(f"/?token={site.gate.token}", Host=name.format(site.gate.port))
    assert reply.status in (400, 403) and "set-cookie" not in reply.headers


def test_the_token_leaves_the_address_at_once_and_another_servers_form_token_is_worth_nothing(site, surveys, tmp_path):
    """Nothing is shown at the address that carries the token, so no link or Referer can tell it; a form is of one server."""
    reply = site.get(f"/?token={site.gate.token}")
    assert (reply.status, reply.headers["location"], reply.text) == (302, "/", "")
    with served(surveys, tmp_path / "andra") as other:
        assert site.post(f"{YEAR}/angra", {"line": "2"}, token=other.enter().token()).status == 403


def test_a_body_that_is_no_form_is_told(site):
    """No fault of the server: a file did not come along."""
    for name in ("a\x00.xlsx", "a.xlsx"):
        body = f'--x\r\nContent-Disposition: form-data; name="fil"; filename="{name}"\r\n'.encode()
        where = f"{YEAR}/lagg-in?_xsrf={site.token()}&plats=export"
        reply = site.ask("POST", where, body=body, Content_Type="multipart/form-data; boundary=x", Origin=site.base)
        assert "Ingen fil kom med" in site.follow(reply).text


def test_a_year_is_a_name_and_never_a_path(site):
    """Nothing but the years that there are."""
    tries = (
        "/ar/../2026",
        "/ar/%2e%2e/surveys/2026",
        "/ar/2026%00",
        "/ar//etc",
        "/ar/2026/../../etc/passwd",
        "/ar/2027",
        "/ar/" + "å" * 9,
    )
    assert {site.ask("GET", one.encode("ascii", "ignore").decode() or "/ar/x").status for one in tries} == {404}


@pytest.mark.parametrize(
    "name",
    [
        "../../survey.toml.xlsx",
        "..\\..\\x.csv",
        "/etc/x.csv",
        ".htaccess.csv",
        "~$svar.xlsx",
        "a" * 400 + ".csv",
        "c:x.csv",
        "CON.xlsx",
        "nul .csv",
        "<img src=x onerror=alert(1)>.xlsx",
        "a\u202excslx.xlsx",
        "a\x00.xlsx",
    ],
)
def test_a_files_own_name_leads_nowhere(site, surveys, name):
    """It lands in the year's export folder, under a plain name, or nowhere."""
    data = (surveys / "2026" / "export" / "svar.xlsx").read_bytes()
    before = {path for path in surveys.parent.rglob("*") if path.is_file()}
    site.follow(site.send("/ar/2026/lagg-in", name, data, plats="export"))
    new = {path for path in surveys.parent.rglob("*") if path.is_file()} - before
    assert {path.parent.name for path in new} <= {"export", "replaced"}
    assert len(list((surveys / "2026" / "export").iterdir())) == 1
    assert not any(path.name.startswith((".", "~$")) or len(path.name) > 160 for path in new)
    assert not any(set("<>\u202e\0") & set(path.name) or path.stem.strip().lower() in ("con", "nul") for path in new)


def test_the_port_is_free_and_not_always_the_same(surveys, tmp_path):
    """Two can be open at once, each with its own secrets and its own cookies."""
    with served(surveys, tmp_path / "r") as one, served(surveys, tmp_path / "r") as other:
        assert one.gate.port != other.gate.port
        assert len({one.gate.token, other.gate.token, one.gate.session, other.gate.session}) == 4
        assert one.gate.cookie != other.gate.cookie
        with socket.create_connection(("127.0.0.1", one.gate.port)):
            pass
