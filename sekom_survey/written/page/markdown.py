"""Markdown -> markup for the page: HTML in it shown as written, nothing fetched."""

from __future__ import annotations

from markupsafe import Markup, escape
from mistune import HTMLRenderer, Markdown
from mistune.plugins.table import table

TOP_LEVEL = 3


class _PageRenderer(HTMLRenderer):
    """Headings below the section's own, tables with header scope, a picture as its text, code without classes."""

    def heading(self, text: str, level: int, **attrs: object) -> str:
        level = max(level, TOP_LEVEL)
        return f"<h{level}>{text}</h{level}>\n"

    def image(self, text: str, url: str, title: str | None = None) -> str:
        return text

    def block_code(self, code: str, info: str | None = None) -> str:
        return f'<pre tabindex="0"><code>{escape(code)}</code></pre>\n'

    def table(self, text: str) -> str:
        return f'<div class="scroll" role="region" aria-label="Tabell" tabindex="0"><table>\n{text}</table></div>\n'

    def table_cell(self, text: str, align: str | None = None, head: bool = False) -> str:
        tag, scope = ("th", ' scope="col"') if head else ("td", "")
        number = ' class="num"' if align == "right" else ""
        return f"<{tag}{scope}{number}>{text}</{tag}>\n"


_PAGE = Markdown(_PageRenderer(escape=True), plugins=[table])


def to_markup(markdown: str) -> Markup:
    """Markdown as markup; HTML in it is shown as written, dangerous addresses lose their target."""
    return Markup(str(_PAGE(markdown)))


def to_inline(markdown: str) -> Markup:
    """One paragraph of Markdown without the paragraph's own tags."""
    markup = str(to_markup(markdown)).strip()
    single = markup.startswith("<p>") and markup.count("<p>") == 1 and markup.endswith("</p>")
    return Markup(markup[3:-4] if single else markup)
