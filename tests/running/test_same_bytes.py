"""The same year gives the same bytes: in another folder, another locale, with another hash seed and by another Python."""

import hashlib
import json
import shutil
import subprocess
import sys

import pytest

from tests.small_year import ROOT, contents, small_year, started

ENVIRONMENTS = (
    {"LC_ALL": "C", "PYTHONHASHSEED": "1", "TZ": "UTC"},
    {
        "LC_ALL": "sv_SE.UTF-8",
        "LANG": "sv_SE.UTF-8",
        "PYTHONHASHSEED": "4242",
        "TZ": "Pacific/Kiritimati",
        "COLUMNS": "40",
    },
)
BY_PLACE = {".owner", ".made/noted.json"}  # which folder the reports are of, and when each file was made


def hashes(folder):
    return {name: hashlib.sha256(data).hexdigest() for name, data in contents(folder).items() if name not in BY_PLACE}


def test_every_file_of_both_builds_is_the_same_wherever_and_whenever_it_is_made(tmp_path):
    """Folder with å, ä, ö and spaces, locale, hash seed, time zone: the same SHA-256 for every file."""
    years = [small_year(tmp_path / place) for place in ("en", "en annan – åäö/djupare ner")]
    processes = [
        started(*year, builds="internal,public", **environment)
        for year, environment in zip(years, ENVIRONMENTS, strict=True)
    ]
    told = [process.communicate() for process in processes]
    assert [process.returncode for process in processes] == [0, 0], told
    first, second = (hashes(reports / "2026") for _, _, reports in years)
    assert len(first) > 25
    assert {name for name in {*first, *second} if first.get(name) != second.get(name)} == set()


PYTHONS = ("3.11", "3.12", "3.13")
HERE = "{}.{}".format(*sys.version_info)
NEEDED = (
    "import nbclient, numpy, pandas, scipy, matplotlib, textblob, docx, pptx, xlsxwriter, python_calamine, rapidfuzz"
)


def interpreter(name):
    """Another Python with the packages, in .venv-3.12 beside .venv or on the path; skips the test where there is none."""
    if name == HERE:
        pytest.skip("the Python that runs the tests")
    for path in (shutil.which(ROOT / f".venv-{name}" / "bin" / "python"), shutil.which(f"python{name}")):
        if path and subprocess.run([path, "-c", NEEDED], capture_output=True, check=False).returncode == 0:
            return str(path)
    pytest.skip(f"no Python {name} with the packages, neither as .venv-{name} nor on the path")


def made(year, python):
    """Every file of both builds, run.json without the versions."""
    process = started(*year, builds="internal,public", python=python)
    told = process.communicate()
    assert process.returncode == 0, told
    files = {name: data for name, data in contents(year[2] / "2026").items() if not name.startswith(".")}
    for build in ("internal", "public"):
        files[f"{build}/run.json"] = {**json.loads(files[f"{build}/run.json"]), "versions": None}
    return files


@pytest.mark.parametrize("name", PYTHONS)
def test_another_python_makes_the_same_files(tmp_path, name):
    """3.11, 3.12 and 3.13, each with the packages that constraints.txt names for it."""
    python = interpreter(name)
    folder, notebooks, _ = small_year(tmp_path)
    mine, other = (made((folder, notebooks, tmp_path / str(i)), by) for i, by in enumerate((sys.executable, python)))
    assert len(mine) > 25
    assert {file for file in {*mine, *other} if mine.get(file) != other.get(file)} == set()
