"""The review when the server is killed or the disk is full: what was confirmed is in the file, and nothing by halves."""

import http.client
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
from dataclasses import replace
from urllib.parse import urlencode, urlsplit

import pytest

from sekom_survey.app.coded import coded
from sekom_survey.coding.codebook import text_hash
from sekom_survey.coding.coder_files import coder_file, record
from sekom_survey.coding.decisions import Decision, decided_themes, read_decisions
from sekom_survey.coding.review import theme_names
from sekom_survey.found.texts import CODINGS_FILE
from sekom_survey.text.places import SURVEYS

SERVE = (
    "import sys; from pathlib import Path; from sekom_survey.app.serve import serve; from sekom_survey.app.years import Workplace; "
    "home = Path(sys.argv[1]); serve(Workplace(home, home / 'reports'), show=False)"
)
ENOUGH = 12
ROW = Decision("m1", "q", "h" * 8, "tema", "ja", "AB", "2026-03-14", "1.0.0", "")


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="there is no SIGKILL")
def test_a_server_killed_while_texts_are_decided_loses_none_that_was_confirmed(tmp_path):
    """Two themes a text, killed while one is on its way: each that was answered is there whole, and the others whole or not at all."""
    folder = tmp_path / "exempel" / "2026"
    shutil.copytree(SURVEYS / "exempel" / "2026", folder, ignore=shutil.ignore_patterns("replaced", "codings*"))
    texts = coded(folder)
    with subprocess.Popen([sys.executable, "-c", SERVE, str(tmp_path)], stdout=subprocess.PIPE, text=True) as server:
        address = next(found[0] for line in server.stdout if (found := re.search(r"http://\S+", line)))
        confirmed, wanted = _decide(address, texts, server)
    assert len(confirmed) >= ENOUGH
    rows, problems = read_decisions(folder / CODINGS_FILE, CODINGS_FILE)
    given = decided_themes(rows)
    assert problems == [] and {key: given.get(key) for key in confirmed} == {key: wanted[key] for key in confirmed}
    assert all(themes == wanted[key] for key, themes in given.items())


def _decide(address, texts, server):
    """Answers decided by form after form until the server is gone: the keys of those it confirmed, and what each was to get."""
    where = urlsplit(address)
    cookies, confirmed, wanted = {}, [], {}

    def ask(method, path, fields=None):
        connection = http.client.HTTPConnection(where.netloc, timeout=60)
        head = {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()), "Content-Type": "application/x-www-form-urlencoded"}  # fmt: skip
        connection.request(method, path, urlencode(fields) if fields else None, head)
        answer = connection.getresponse()
        for name, value in answer.getheaders():
            if name == "Set-Cookie":
                cookies.__setitem__(*value.partition(";")[0].split("=", 1))
        return answer.status, answer.read().decode()

    ask("GET", f"/?{where.query}")
    token = re.search(r'name="_xsrf" value="([^"]+)"', ask("GET", "/nytt")[1])[1]
    for n, answer in enumerate(texts.answers):
        themes = list(theme_names(texts.codebook, answer.question))[:2]
        wanted[answer.key] = frozenset(themes)
        fields = [("_xsrf", token), ("vem", "AB"), ("nr", n), ("hash", text_hash(answer.text)), *(("tema", one) for one in themes)]  # fmt: skip
        if len(confirmed) == ENOUGH:
            threading.Timer(0.01, os.kill, (server.pid, signal.SIGKILL)).start()
        try:
            status, _ = ask("POST", "/ar/exempel/2026/texter", fields)
        except (OSError, http.client.HTTPException):
            break
        assert status == 303
        confirmed.append(answer.key)
    return confirmed, wanted


FILL = """
import resource, sys
from pathlib import Path
from sekom_survey.coding.coder_files import record
from sekom_survey.coding.decisions import Decision
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), -1))
try:
    record(Path(sys.argv[1]), [Decision("m1", "q", "h" * 8, theme, "ja", "AB", "2026-03-14", "1.0.0", "") for theme in ("ett", "annat")])
except OSError:
    sys.exit(7)
"""


@pytest.mark.parametrize("room", [3, 55])
@pytest.mark.skipif(sys.platform == "win32", reason="no limit can be set on a file's size")
def test_a_disk_that_fills_in_the_middle_of_a_decision_leaves_nothing_of_it(tmp_path, room):
    """No half row, no half decision, nothing written afterwards; with room again the same press is saved."""
    path = tmp_path / CODINGS_FILE
    record(path, [ROW])
    before = coder_file(path, "AB").read_bytes()
    done = subprocess.run([sys.executable, "-c", FILL, str(path), str(len(before) + room)], check=False)
    assert done.returncode == 7 and coder_file(path, "AB").read_bytes() == before
    record(path, [replace(ROW, theme="ett")])
    assert len(coder_file(path, "AB").read_bytes().splitlines()) == 3
