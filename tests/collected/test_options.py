"""[reader_options] is read strictly."""

from __future__ import annotations

from pathlib import Path

import pytest

from sekom_survey.collected.options import read_options

from .files import refused, save_csv


def test_all_options_are_read() -> None:
    """Each key has its place."""
    options, problems = read_options(
        {
            "delimiter": ";",
            "encoding": "latin-1",
            "sheet": "Svar",
            "header_rows": 2,
            "separator": "|",
            "missing": {"-77": "not_shown", "-99": "unanswered"},
            "drop": ["Namn"],
            "matrix": ["Fråga"],
            "headings": {"Q1": "Vilken kommun?"},
        }
    )
    assert problems == []
    assert (options.delimiter, options.encoding, options.header_rows) == (";", "iso8859-1", 2)
    assert options.missing == (("-77", "not_shown"), ("-99", "unanswered"))
    assert options.heading("q1") == "Vilken kommun?"
    assert options.drops("NAMN ")


@pytest.mark.parametrize(
    "data",
    [
        {"delimiter": ";;"},
        {"delimiter": '"'},
        {"delimiter": "\n"},
        {"encoding": "svenska"},
        {"encoding": "base\x0064"},
        {"header_rows": 13},
        {"header_rows": "två"},
        {"missing": {"-77": "borta"}},
        {"missing": "-77"},
        {"drop": "Namn"},
        {"rubriker": 2},
        {"headings": {"Q1": 3}},
    ],
)
def test_a_wrong_option_is_told(data: dict[str, object]) -> None:
    """Type, value and unknown key alike."""
    problems = read_options(data)[1]
    assert problems
    assert all(problem.file == "survey.toml" and problem.where.startswith("reader_options") for problem in problems)


def test_header_rows_only_go_with_the_generic_reader(tmp_path: Path) -> None:
    """An option that would be passed over in silence is an error."""
    assert refused(save_csv(tmp_path / "svar.csv", [["a"], ["b"]]), "msforms", header_rows=2).code == "option_unused"
