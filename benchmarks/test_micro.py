"""Micro-benchmarks of the three engines: interval table, permutations, matcher. Not part of the tests."""

import numpy as np
import pytest

from benchmarks.matcher import answers
from benchmarks.measure import EXAMPLE
from benchmarks.resampling import data
from sekom_survey.coding.codebook import load_codebook
from sekom_survey.coding.match import matchers
from sekom_survey.stats.batch import levels
from sekom_survey.stats.intervals import exact_limits


@pytest.mark.parametrize(("base", "population"), [(50, 80), (190, 290), (25_000, 40_000)])
def test_interval_table(benchmark, base, population):
    """Every count of a base at once; of a large base a hundred counts."""
    counts = np.unique(np.linspace(0, base, min(base + 1, 100)).astype(int))
    limits = benchmark(lambda: exact_limits(counts, np.full_like(counts, base), np.full_like(counts, population)))
    assert (limits[:, 0] <= limits[:, 1]).all()


def test_permutation_engine(benchmark):
    """Thirty items, 9,999 shared permutations of fifty members."""
    assert len(benchmark(lambda: levels(*data()))) == 30


def test_matcher(benchmark):
    """A hundred answers of nineteen words, every rule on."""
    coders = matchers(load_codebook(EXAMPLE / "codebook.toml")[0])
    texts = answers()[:100]
    assert len(benchmark(lambda: [coders[question].code(text) for question, text in texts])) == 100
