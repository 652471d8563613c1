"""R, where it is installed: survey's svyciprop for shares of a finite population, quanteda's dictionary look-up."""

from __future__ import annotations

import csv
import shutil
import subprocess
import tempfile
from pathlib import Path

import numpy as np

from benchmarks.measure import EXAMPLE, Row, Skipped, medians
from benchmarks.themes import answers, plain_words
from sekom_survey.coding.codebook import load_codebook
from sekom_survey.coding.match import matchers
from sekom_survey.stats.intervals import exact_limits

POPULATION, BASE, SHARES = 80, 50, 40
SVYCIPROP = """
suppressMessages(library(survey))
y <- lapply(seq_len(40) + 4, function(k) rep(1:0, c(k, 50 - k)))
work <- function() sapply(y, function(v) {
  d <- svydesign(id = ~1, data = data.frame(v = v), fpc = rep(80, 50)); p <- svyciprop(~v, d, method = "logit"); c(p[1], attr(p, "ci")) })
times <- replicate(5, { s <- proc.time(); found <<- work(); sum((proc.time() - s)[1:2]) })
cat(median(times), found, sep = "\\n")
"""
QUANTEDA = """
suppressMessages(library(quanteda)); quanteda_options(threads = 1)
rows <- read.csv("answers.csv", encoding = "UTF-8"); words <- read.csv("words.csv", encoding = "UTF-8")
work <- function() for (q in unique(rows$question)) {
  mine <- words[words$question == q, ]; d <- dictionary(split(paste0(mine$word, "*"), mine$theme))
  dfm(tokens_lookup(tokens(rows$text[rows$question == q]), d)) }
cat(median(replicate(5, { s <- proc.time(); work(); sum((proc.time() - s)[1:2]) })))
"""


def has(package: str) -> bool:
    """Whether R is here with a package."""
    asked = ["Rscript", "-e", f"quit(status = !requireNamespace('{package}', quietly = TRUE))"]
    return bool(shutil.which("Rscript")) and subprocess.run(asked, capture_output=True, check=False).returncode == 0


def r_lines(script: str, folder: Path) -> list[float]:
    """The numbers an R script prints."""
    (folder / "script.R").write_text(script, encoding="utf-8")
    done = subprocess.run(["Rscript", "--vanilla", "script.R"], cwd=folder, capture_output=True, text=True, check=True)
    return [float(number) for number in done.stdout.split()]


def svyciprop(folder: Path) -> Row:
    """Forty shares of fifty answers from eighty members."""
    seconds, *found = r_lines(SVYCIPROP, folder)
    counts = np.arange(SHARES) + 5
    bases, populations = np.full(SHARES, BASE), np.full(SHARES, POPULATION)
    ours = medians({"ours": lambda: exact_limits(counts, bases, populations)})["ours"]
    same = np.allclose(np.array(found).reshape(-1, 3)[:, 0], counts / BASE)
    width = np.diff(np.array(found).reshape(-1, 3)[:, 1:], axis=1).mean()
    own = np.diff(exact_limits(counts, bases, populations), axis=1).mean() / POPULATION
    return Row(f"{SHARES} shares with intervals, 50 answers of 80 members", "R survey svyciprop (logit, fpc)", seconds, ours,
               f"shares {'equal' if same else 'DIFFER'}; mean width {width:.3f}, ours (exact) {own:.3f}")  # fmt: skip


def quanteda(folder: Path) -> Row:
    """The blind answers looked up in a dictionary of the codebook's strong words."""
    codebook, _ = load_codebook(EXAMPLE / "codebook.toml")
    asked = answers("answers_blind.csv") * 5
    tables = {
        "answers.csv": [("question", "text"), *((one.question, one.text) for one in asked)],
        "words.csv": [("question", "theme", "word")]
        + [
            (q.id, theme, word)
            for q in codebook.questions
            for theme, words in plain_words(codebook, q.id).items()
            for word in words
        ],
    }
    for name, lines in tables.items():
        with (folder / name).open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows(lines)
    coders = matchers(codebook)
    ours = medians({"ours": lambda: [coders[one.question].code(one.text) for one in asked]})["ours"]
    return Row(f"{len(asked)} answers to themes", "quanteda tokens_lookup", r_lines(QUANTEDA, folder)[0], ours)


def rows() -> list[Row | Skipped]:
    """What R has of the two."""
    peers = (("survey", "shares with intervals", svyciprop), ("quanteda", "answers to themes", quanteda))
    with tempfile.TemporaryDirectory() as folder:
        return [
            measured(Path(folder)) if has(package) else Skipped(what, f"R {package}", "not installed")
            for package, what, measured in peers
        ]
