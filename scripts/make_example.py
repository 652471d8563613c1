"""Write the example's register, export, corrections, activity log and theme decisions again from their seeds.

    python scripts/make_example.py            writes the files of both years
    python scripts/make_example.py --check    writes nothing; tells whether the files are what the script makes

survey.toml, codebook.toml and the like are written by hand and left alone.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]

from example.build import YEARS, year_files  # noqa: E402
from example.codings import codings_csv  # noqa: E402

SURVEYS = ROOT / "surveys" / "exempel"


def main(arguments: list[str]) -> int:
    """Write or, with --check, compare; 1 when a file is not as made."""
    files = {SURVEYS / str(year) / name: data for year in YEARS for name, data in year_files(SURVEYS, year).items()}
    changed = _different(files, arguments)
    if changed and "--check" in arguments:
        return 1
    files = {SURVEYS / str(year) / "codings.csv": codings_csv(SURVEYS, year) for year in YEARS}
    changed = _different(files, arguments)
    return 1 if changed and "--check" in arguments else 0


def _different(files: dict[Path, bytes], arguments: list[str]) -> list[Path]:
    """The files that are not as made, told; written unless only checked. Decisions are made on files already written."""
    different = [path for path, data in files.items() if not path.exists() or path.read_bytes() != data]
    for path in different:
        print(("Skiljer sig: " if "--check" in arguments else "Skriven: ") + str(path.relative_to(ROOT)))
        if "--check" not in arguments:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(files[path])
    return different


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
