"""The files to double-click: what they say can be run, and the one for this system is."""

import os
import re
import select
import shutil
import subprocess

import pytest

from sekom_survey.text.places import ROOT

BAT, COMMAND, DESKTOP = (ROOT / f"Starta SEKOM.{kind}" for kind in ("bat", "command", "desktop"))


def ready():
    """Whether the launcher would begin at once."""
    mark, needs = ROOT / ".venv" / ".ready", (ROOT / "pyproject.toml", ROOT / "constraints.txt")
    return os.name == "posix" and mark.exists() and all(one.stat().st_mtime <= mark.stat().st_mtime for one in needs)


def test_the_windows_launcher_follows_the_rules_of_cmd():
    """ASCII and CRLF, every goto has its label, paths quoted, the drive of a network share mapped, every end paused or left."""
    data = BAT.read_bytes()
    text = data.decode("ascii")
    assert data.count(b"\r\n") == data.count(b"\n") > 15
    lines = text.splitlines()
    assert lines[0] == "@echo off" and 'pushd "%~dp0"' in lines
    labels = {line[1:] for line in lines if line.startswith(":")}
    assert set(re.findall(r"goto (\w+)", text)) <= labels == {"open", "missing", "failed"}
    assert all('".venv' in line or "-m venv .venv" in line for line in lines if ".venv" in line)
    assert text.count("popd") == text.count("exit /b") == 3


def test_all_set_up_alike():
    """The same releases, the same way and the same mark as the Makefile's, so that one way of starting never meets another's half."""
    makefile, *launchers = (path.read_text(encoding="utf-8") for path in (ROOT / "Makefile", BAT, COMMAND))
    assert all("-m pip install --quiet --disable-pip-version-check -c constraints.txt -e ." in one for one in launchers)
    ways = re.findall(r"(?:uv|-m) pip install .*", makefile)
    assert len(ways) == 2 and all("-c constraints.txt" in way for way in ways)
    assert "\t$(INSTALL) -e .\n\ttouch $@\n" in makefile.split("\n.venv/.ready: ")[1].split("\n\n")[0] + "\n"
    assert all(re.search(r"\.venv[/\\]\.ready", one) for one in launchers)
    assert "Starta SEKOM.command" in DESKTOP.read_text(encoding="utf-8")


@pytest.mark.skipif(not ready(), reason="bara där verktyget är installerat med make, sedan pyproject.toml ändrades")
@pytest.mark.parametrize(
    "way",
    [
        ["sh", str(COMMAND)],
        ["sh", "-c", 'cd "$(dirname "$0")" && exec sh "./Starta SEKOM.command" --no-browser', str(DESKTOP)],
    ],
)
def test_it_opens_from_another_folder(tmp_path, way):
    """The address is told on a line; stopped, nothing is left."""
    with subprocess.Popen(
        [*way, "--no-browser"] if len(way) == 2 else way, cwd=tmp_path, stdout=subprocess.PIPE, text=True
    ) as started:
        try:
            assert select.select([started.stdout], [], [], 120)[0]
            said = started.stdout.readline() + started.stdout.readline()
            assert re.search(r"http://127\.0\.0\.1:\d+/\?token=[\w-]{40,}", said)
        finally:
            started.terminate()


@pytest.mark.skipif(shutil.which("desktop-file-validate") is None, reason="desktop-file-validate saknas")
def test_the_desktop_entry_is_valid():
    subprocess.run(["desktop-file-validate", str(DESKTOP)], check=True)
