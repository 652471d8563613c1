"""Starta SEKOM.bat run by Wine's cmd, with stand-ins for Python that write down how they were called.

`python -m scripts.trials.windows`. Needs Debian's wine64 and gcc-mingw-w64-x86-64. Wine's fc compares nothing, so a stand-in does.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
BAT, NEEDS = "Starta SEKOM.bat", ("pyproject.toml", "constraints.txt")
WINE = shutil.which("wine64") or "/usr/lib/wine/wine64"
PYTHON = r"""
#include <windows.h>
#include <stdio.h>
static int told(const wchar_t *name) { wchar_t v[64] = L""; GetEnvironmentVariableW(name, v, 64); return _wtoi(v); }
int wmain(int argc, wchar_t **argv) {
  wchar_t self[MAX_PATH], log[MAX_PATH], has[64] = L"", all[4096]; char line[8192]; int at = 1;
  GetModuleFileNameW(0, self, MAX_PATH); GetEnvironmentVariableW(L"SAID", log, MAX_PATH); GetCurrentDirectoryW(2048, all);
  wchar_t *name = wcsrchr(self, L'\\') + 1; wcscat(all, L" : "); wcscat(all, name);
  for (int i = 1; i < argc; i++) { wcscat(all, L" "); wcscat(all, argv[i]); }
  FILE *said = _wfopen(log, L"ab"); WideCharToMultiByte(CP_UTF8, 0, wcscat(all, L"\n"), -1, line, 8192, 0, 0); fputs(line, said); fclose(said);
  if (!_wcsicmp(name, L"py.exe")) {
    GetEnvironmentVariableW(L"PY_HAS", has, 64); at = 2;
    if (argc < 2 || wcscmp(has, argv[1] + 1)) return 103;
  } else if (!wcsstr(self, L".venv") && !wcscmp(argv[1], L"-c")) return told(L"PYTHON_RC");
  if (wcscmp(argv[at], L"-m")) return 0;
  if (!wcscmp(argv[at + 1], L"pip")) return told(L"PIP_RC");
  if (!wcscmp(argv[at + 1], L"sekom_survey")) return told(L"OPEN_RC");
  CreateDirectoryW(L".venv", 0); CreateDirectoryW(L".venv\\Scripts", 0);
  return told(L"VENV_RC") || !CopyFileW(self, L".venv\\Scripts\\python.exe", FALSE);
}
"""
COMPARE = r"""
#include <stdio.h>
#include <wchar.h>
int wmain(int c, wchar_t **v) {
  FILE *a = _wfopen(v[c - 2], L"rb"), *b = _wfopen(v[c - 1], L"rb"); int x, y;
  if (!a || !b) return 2;
  do { x = fgetc(a); y = fgetc(b); if (x != y) return 1; } while (x != EOF);
  return 0;
}
"""
OPENED, SET_UP = ["open"], ["-c", "venv", "pip", "open"]
MISSING, FAILED, STOPPED, PACKED = (
    "Python 3.11 eller senare saknas",
    "Installationen stannade",
    "SEKOM stannade",
    "Packa upp",
)


def main() -> None:
    """Every trial, with what was called and said; leaves with 1 when one is not as it should be."""
    with tempfile.TemporaryDirectory() as place:
        work = Path(place)
        _stand_in(work, "py", PYTHON)
        _stand_in(work, "fc", COMPARE)
        said = [
            _first_and_second(work, name) for name in ("SEKOM", "Årets enkät (kopia)", "a & b", "a!b", "a^b", "a;b,c=d")
        ]
        said += [
            _trial(work, "py with 3.13 alone", SET_UP, {"PY_HAS": "3.13"}),
            _trial(work, "python alone", SET_UP, python=True),
            _trial(work, "no Python", [], says=MISSING),
            _trial(work, "py with 2.7, the store's python", ["-c"], {"PY_HAS": "2.7", "PYTHON_RC": "9009"}, MISSING, python=True),
            _trial(work, "python too old", ["-c"], {"PYTHON_RC": "1"}, MISSING, python=True),
            _trial(work, "venv fails", SET_UP[:2], {"PY_HAS": "3.11", "VENV_RC": "1"}, FAILED),
            _trial(work, "pip fails", SET_UP[:3], {"PY_HAS": "3.11", "PIP_RC": "1"}, FAILED),
            _trial(work, "the tool stops", SET_UP, {"PY_HAS": "3.11", "OPEN_RC": "2"}, STOPPED),
            _trial(work, "started inside a zip", [], {"PY_HAS": "3.11"}, PACKED, before=lambda home: (home / NEEDS[0]).unlink()),
        ]  # fmt: skip
    sys.exit(not all(said))


def _stand_in(work: Path, name: str, source: str) -> None:
    (work / f"{name}.c").write_text(source, encoding="utf-8")
    compiler = ["x86_64-w64-mingw32-gcc", "-municode", "-O1", "-o", str(work / f"{name}.exe"), str(work / f"{name}.c")]
    subprocess.run(compiler, check=True)


def _first_and_second(work: Path, name: str) -> bool:
    """In a folder of a name: set up, then opened at once, then set up anew when a newer version has been laid over it."""
    home = _folder(work, name)
    steps = [_start(work, home, {"PY_HAS": "3.11"})[0] for _ in range(2)]
    (home / NEEDS[1]).write_text("newer\n", encoding="ascii")
    steps.append(_start(work, home, {"PY_HAS": "3.11"})[0])
    return _told(f"a folder called {name}", steps == [SET_UP, OPENED, SET_UP], steps)


def _trial(work: Path, name: str, wanted: list[str], environment: dict[str, str] | None = None, says: str = "",
           python: bool = False, before: Callable[[Path], object] = lambda home: None) -> bool:  # fmt: skip
    home, given = _folder(work, "SEKOM"), environment or {}
    before(home)
    called, said = _start(work, home, given, python)
    kept = list(dict.fromkeys(called))
    return _told(name, kept == wanted and says in said, f"{called} {said.strip()}")


def _told(name: str, good: bool, seen: object) -> bool:
    print("as it should" if good else "NOT AS IT SHOULD", name, seen, sep=": ", flush=True)
    return good


def _folder(work: Path, name: str) -> Path:
    home = work / "t" / name
    shutil.rmtree(work / "t", ignore_errors=True)
    home.mkdir(parents=True)
    for file in (BAT, *NEEDS):
        shutil.copy(ROOT / file, home)
    shutil.copy(work / "fc.exe", home)
    return home


def _start(work: Path, home: Path, environment: dict[str, str], python: bool = False) -> tuple[list[str], str]:
    """What was called, in order, and what was said. py is there when it has a version."""
    programs, log = work / "t" / "programs", work / "t" / "said.txt"
    programs.mkdir(exist_ok=True)
    log.write_text("")
    for name in (*(["py"] if "PY_HAS" in environment else []), *(["python"] if python else [])):
        shutil.copy(work / "py.exe", programs / f"{name}.exe")
    given = {
        "WINEPREFIX": str(work / "wine"),
        "WINEDEBUG": "-all",
        "SAID": f"Z:{log}",
        "WINEPATH": f"Z:{programs}",
        **environment,
    }
    run = subprocess.run([WINE, f"Z:{home / BAT}"], env={**os.environ, **given}, cwd="/", input=b"\r\n", capture_output=True, check=False)  # fmt: skip
    calls = [line.rpartition(" : ")[2].split(" ") for line in log.read_text(encoding="utf-8").splitlines()]
    return [next(word for word in ("venv", "pip", "open", "-c") if word in call) for call in calls], run.stdout.decode(
        "cp850"
    )


if __name__ == "__main__":
    main()
