"""What a run tells the kernel of each notebook: in a file, whose path is all that is said through the environment."""

from __future__ import annotations

import atexit
import json
import os
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sekom_survey.model import INTERNAL
from sekom_survey.running.kept import Kept

TOLD = "SEKOM_RUN"


@dataclass(frozen=True)
class Context:
    """The folder where a notebook's figures land, which build it is run for, and where finished drawings are kept."""

    folder: Path
    build: str = INTERNAL
    kept: Kept | None = None


def tell(context: Context, path: Path) -> Mapping[str, str]:
    """Write it to a file, and give what is to stand in the kernel's environment."""
    kept = [str(context.kept.last), str(context.kept.now)] if context.kept else None
    path.write_text(json.dumps({"folder": str(context.folder), "build": context.build, "kept": kept}), encoding="utf-8")
    return {TOLD: str(path)}


@cache
def told() -> Context:
    """What the run has told this kernel; a notebook run by hand draws in a folder of its own, gone when it ends."""
    if TOLD not in os.environ:
        folder = Path(tempfile.mkdtemp(prefix="sekom-"))
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        return Context(folder)
    stated = json.loads(Path(os.environ[TOLD]).read_text(encoding="utf-8"))
    return Context(
        Path(stated["folder"]), stated["build"], Kept(*map(Path, stated["kept"])) if stated["kept"] else None
    )
