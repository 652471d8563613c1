"""Nothing that holds a real person's answer is under version control."""

import os
import shutil
import subprocess
from pathlib import Path, PurePosixPath

import pytest

ROOT = Path(__file__).parent.parent
EXAMPLE = ("surveys", "exempel")
WITH_DATA = (
    EXAMPLE,
    ("tests",),
    ("scripts", "example"),
    ("sekom_survey", "asked"),
    ("sekom_survey", "coding"),
    ("sekom_survey", "upkeep"),
    ("benchmarks",),
    ("docs",),
)
DATA = {
    ".xlsx",
    ".xls",
    ".xlsm",
    ".csv",
    ".tsv",
    ".sav",
    ".qdpx",
    ".qdc",
    ".docx",
    ".pptx",
    ".bak",
    ".html",
    ".pkl",
    ".parquet",
}
PEOPLES = ("review", "~$", "signals", "codings-")
HIDDEN = (".made", ".work-", ".old-", "replaced")
PRIVATE = (
    "surveys/2027/survey.toml",
    "surveys/2027/export/svar.xlsx",
    "surveys/2027/export/svar.csv",
    "surveys/2027/codings.csv",
    "surveys/2027/published/estimates.csv",
    "surveys/exempel/2027/export/svar.xlsx",
    "surveys/exempel/2026/review.xlsx",
    "surveys/exempel/2026/review-blind-2.xlsx",
    "surveys/exempel/2026/signals.csv",
    "surveys/exempel/2026/codings.csv.bak",
    "surveys/exempel/2026/codings-AB.csv",
    "surveys/exempel/2026/~$members.csv",
    "surveys/exempel/2026/replaced/2026-02-14 svar.xlsx",
    "surveys/exempel/2026/replaced/2026-02-14 members.csv",
    "reports/2027/internal/report.html",
    "reports/2027/members/M001.html",
    "reports/2027/office/matchning.csv",
    "surveys/2027/examples.csv",
    "reports/2027/internal/review.xlsx",
    "reports/2027/public/report.html",
    "reports/exempel/2026/internal/run.json",
    "reports/exempel/2026/.made/drawing-need-1/need.svg",
    "reports/2027/.made/x/01_mal.ipynb",
    "reports/2027/.work-12/internal/report.html",
    "reports/2027/.old-internal/report.html",
    "reports/2027/stopped/report.html",
    "svar.xlsx",
    "nedladdat.csv",
    "codings.qdpx",
)


def git(folder, *words):
    """git's answer in a folder, whatever the machine's own settings and whatever repository a hook may be running in."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return subprocess.run(
        ["git", *words],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={**clean, "GIT_CONFIG_GLOBAL": os.devnull},
    )


def tracked(root):
    """The tracked files; None when there is no repository (a downloaded copy)."""
    done = git(root, "-c", "core.quotepath=off", "ls-files", "-z") if shutil.which("git") else None
    return [name for name in done.stdout.split("\0") if name] if done and done.returncode == 0 else None


def is_private(name, root):
    """Whether a tracked file may hold a person's answer: reports, years that are not invented, data outside the few known places."""
    path = PurePosixPath(name)
    if path.suffix in (".bak", ".qdpx") or (path.name.startswith(PEOPLES) and path.suffix in DATA):
        return True
    if any(part.startswith(HIDDEN) for part in path.parts):
        return True
    if path.parts[0] == "reports":
        return name != "reports/README.md"
    if path.parts[0] == "surveys" and (path.parts[:2] != EXAMPLE or not is_invented(root / Path(*path.parts[:3]))):
        return True
    return path.suffix in DATA and not any(path.parts[: len(home)] == home for home in WITH_DATA)


def is_invented(year):
    """Whether it is one of the example's two years and its survey.toml says that the answers are made up."""
    survey = year / "survey.toml"
    return (
        year.name in ("2025", "2026")
        and survey.is_file()
        and "\nsynthetic = true\n" in survey.read_text(encoding="utf-8")
    )


def test_no_answer_of_a_person_is_tracked():
    """Raw exports, review workbooks, internal reports and the drawings kept for the next run are ignored by git."""
    names = tracked(ROOT)
    if names is None:
        pytest.skip("no repository")
    assert [name for name in names if is_private(name, ROOT)] == []
    assert sum(name.startswith("surveys/exempel/") for name in names) > 10


@pytest.fixture(scope="module")
def repository(tmp_path_factory):
    """The project's ignore rules over a copy of the example and everything that must stay out."""
    root = tmp_path_factory.mktemp("förråd")
    shutil.copyfile(ROOT / ".gitignore", root / ".gitignore")
    shutil.copytree(ROOT / "surveys" / "exempel", root / "surveys" / "exempel", ignore=shutil.ignore_patterns("2027"))
    for name in (*PRIVATE, "reports/README.md", "tests/data/sekomlike.csv"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("x", encoding="utf-8")
    assert git(root, "init", "-q").returncode == 0
    return root


def test_adding_everything_leaves_the_private_files_out(repository):
    """`git add .` of somebody in a hurry: the example comes along, nothing else does."""
    assert git(repository, "add", ".").returncode == 0
    names = tracked(repository)
    assert not set(PRIVATE) & set(names)
    assert [name for name in names if is_private(name, repository)] == []
    assert {"surveys/exempel/2026/export/SEKOM-enkäten 2026.xlsx", "reports/README.md"} <= set(names)


@pytest.mark.parametrize("name", PRIVATE)
def test_a_private_file_that_is_forced_in_is_found(repository, name):
    """The check above fails when any of them is tracked after all."""
    assert git(repository, "add", "-f", name).returncode == 0
    assert [one for one in tracked(repository) if is_private(one, repository)] == [name]
    git(repository, "rm", "-q", "--cached", name)


def test_a_real_year_in_the_examples_place_is_found(repository):
    """The example's folder with a survey.toml that no longer says that the answers are made up."""
    path = repository / "surveys" / "exempel" / "2026" / "survey.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("synthetic = true", "synthetic = false"), encoding="utf-8")
    git(repository, "add", ".")
    assert "surveys/exempel/2026/export/SEKOM-enkäten 2026.xlsx" in [
        one for one in tracked(repository) if is_private(one, repository)
    ]
    path.write_text(text, encoding="utf-8")
