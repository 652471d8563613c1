"""The examples of docs/library.md, run as they stand."""

import doctest
from pathlib import Path

PAGE = Path(__file__).parents[1] / "docs" / "library.md"


def test_the_examples_give_what_the_page_says():
    """Every line after >>> in the page."""
    text = PAGE.read_text(encoding="utf-8").replace("```", "\n")
    found = doctest.DocTestParser().get_doctest(text, {}, "library", str(PAGE), 0)
    told = []
    doctest.DocTestRunner().run(found, out=told.append)
    assert len(found.examples) > 10
    assert told == []
