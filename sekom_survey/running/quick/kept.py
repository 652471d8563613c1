"""What a run has made and the next may use again: drawings and notebooks, each kept under what it was made of."""

from __future__ import annotations

import hashlib
import json
import os
import platform
import shutil
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sekom_survey.found.memory import Memory

KEPT, MEMORY = ".made", "memory.json"


@dataclass(frozen=True)
class Kept:
    """The entries of the last run and of this one; the next finds those that this one made or took."""

    last: Path
    now: Path

    def find(self, key: str) -> Path | None:
        """An entry's folder; None when there is none."""
        return next((path for path in (self.now / key, self.last / key) if path.is_dir()), None)

    def take(self, key: str, folder: Path) -> bool:
        """Copy an entry's files into `folder`; whether there was one."""
        entry = self.find(key)
        if entry is None:
            return False
        self.put(key, entry, (path for path in entry.rglob("*") if path.is_file()))
        shutil.copytree(entry, folder, dirs_exist_ok=True, copy_function=shutil.copyfile)
        return True

    def put(self, key: str, folder: Path, files: Iterable[Path]) -> None:
        """Keep files that lie in `folder` under a key; the first to come stays."""
        if (self.now / key).exists():
            return
        making = self.now / f"{key}-{os.getpid()}"
        for file in files:
            target = making / file.relative_to(folder)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, target)
        try:
            making.rename(self.now / key)
        except OSError:  # another notebook made the same meanwhile
            shutil.rmtree(making, ignore_errors=True)

    def inherit(self, kind: str) -> None:
        """Keep the last run's entries named `kind`-<name>-<digest> of which this run made no newer with the same name."""
        made = {path.name.rpartition("-")[0] for path in self.now.glob(f"{kind}-*")}
        for entry in self.last.glob(f"{kind}-*"):
            if entry.name.rpartition("-")[0] not in made:
                shutil.copytree(entry, self.now / entry.name, copy_function=shutil.copyfile)


def read_memory(last: Path) -> Memory:
    """What the last run noted that it had worked out; nothing when that was by another tool."""
    try:
        noted = json.loads((last / MEMORY).read_text(encoding="utf-8"))
        return Memory(noted["known"] if noted["by"] == digest() else {})
    except (OSError, ValueError, KeyError, TypeError):
        return Memory()


def write_memory(memory: Memory, now: Path) -> None:
    """Note what has been worked out, for the next run."""
    noted = {"by": digest(), "known": dict(sorted(memory.now.items()))}
    (now / MEMORY).write_text(json.dumps(noted, ensure_ascii=False), encoding="utf-8")


def digest(*parts: str) -> str:
    """A short name for what something was made of; the tool itself and everything installed beside it count."""
    return hashlib.sha256("\0".join((_tool(), *parts)).encode()).hexdigest()[:32]


@cache
def _tool() -> str:
    """Every file of this package, and the version of Python and of every package, which its folder is named by."""
    home = Path(__file__).parents[2]
    found = hashlib.sha256(platform.python_version().encode())
    for path in sorted(home.rglob("*")):
        if path.is_file() and path.suffix != ".pyc":
            found.update(path.relative_to(home).as_posix().encode() + path.read_bytes())
    installed = {  # once each, however often a place stands in the path
        one.name for place in sys.path for kind in ("dist", "egg") for one in Path(place).glob(f"*.{kind}-info")
    }
    found.update("\0".join(sorted(installed)).encode())
    return found.hexdigest()
