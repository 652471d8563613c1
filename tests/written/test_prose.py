"""Markdown from notebooks."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from sekom_survey.written.page.markdown import to_inline, to_markup


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "text <img src=x onerror=alert(1)> text",
        "<!-- x -->",
        "`<b>`",
        "<svg onload=alert(1)>",
    ],
)
def test_html_in_markdown_is_shown_as_written(text: str) -> None:
    """Tags are text: what is read equals what was written."""
    soup = BeautifulSoup(to_markup(text), "html.parser")
    assert {tag.name for tag in soup.find_all()} <= {"p", "code"}
    assert soup.get_text().strip() == text.replace("`", "")


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd"]
)
def test_dangerous_addresses_lose_their_target(address: str) -> None:
    """The link's words stay."""
    link = BeautifulSoup(to_markup(f"[ord]({address})"), "html.parser").find("a")
    assert link.get_text() == "ord"
    assert link["href"].startswith("#")


def test_pictures_become_their_text_and_nothing_is_fetched() -> None:
    """An outside picture would be a request to somewhere."""
    assert str(to_markup("![en bild](https://exempel.invalid/x.png)")) == "<p>en bild</p>\n"


@pytest.mark.parametrize(("written", "tag"), [("# A", "h3"), ("## A", "h3"), ("### A", "h3"), ("#### A", "h4")])
def test_headings_stand_below_the_section(written: str, tag: str) -> None:
    """A section's heading is h2, so nothing in its text is higher than h3."""
    assert str(to_markup(written)) == f"<{tag}>A</{tag}>\n"


def test_tables_have_header_scope() -> None:
    """Tables in prose are read out like the others."""
    soup = BeautifulSoup(to_markup("| a | b |\n|---|--:|\n| 1 | 2 |"), "html.parser")
    assert [th["scope"] for th in soup.find_all("th")] == ["col", "col"]
    assert soup.find("div", role="region")["tabindex"] == "0"


def test_inline_text_has_no_paragraph_of_its_own() -> None:
    """A step in a list is text and code, not a block."""
    assert str(to_inline("Kör `sekom run 2026`.")) == "Kör <code>sekom run 2026</code>."
