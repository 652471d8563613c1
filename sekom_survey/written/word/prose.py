"""Markdown from a notebook -> real Word paragraphs, lists, headings and tables; nothing fetched, HTML shown as written."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

from docx.shared import Pt
from mistune import create_markdown

from sekom_survey.written.office.package import safe_run, safe_text
from sekom_survey.written.word.parts import Paper, empty_paragraph, heading, paragraph, table
from sekom_survey.written.word.styles import set_font

CODE_FONT = "Consolas"
HEADING_LEVELS = (2, 3)
_INDENT = 18
Token = Mapping[str, Any]


def prose(paper: Paper, markdown: str) -> None:
    """Write a passage; its headings lie below the section's own."""
    for token in _tokens(markdown):
        _BLOCKS.get(token["type"], _nothing)(paper, token)


def inline(into: Any, markdown: str) -> None:
    """Write one line of Markdown into a paragraph."""
    for token in _tokens(markdown):
        _runs(into, token.get("children") or [{"type": "text", "raw": token.get("raw", "")}])


def _tokens(markdown: str) -> list[Token]:
    tokens: list[Token] = _reader()(markdown)
    return tokens


@cache
def _reader() -> Callable[[str], Any]:
    return create_markdown(renderer="ast", plugins=["table"])


def _nothing(paper: Paper, token: Token) -> None:
    """Blank lines and rules leave nothing behind."""


def _heading(paper: Paper, token: Token) -> None:
    level = min(max(token["attrs"]["level"], HEADING_LEVELS[0]), HEADING_LEVELS[-1])
    heading(paper, _plain(token["children"]), level)


def _paragraph(paper: Paper, token: Token) -> None:
    _runs(empty_paragraph(paper), token["children"])


def _raw(paper: Paper, token: Token) -> None:
    paragraph(paper, token["raw"])


def _code(paper: Paper, token: Token) -> None:
    for line in token["raw"].rstrip("\n").split("\n"):
        made = empty_paragraph(paper)
        made.paragraph_format.space_after = Pt(0)
        _run(made, line, ("codespan",))


def _quote(paper: Paper, token: Token) -> None:
    for child in token["children"]:
        if "children" in child:
            made = empty_paragraph(paper)
            made.paragraph_format.left_indent = Pt(_INDENT)
            _runs(made, child["children"])


def _list(paper: Paper, token: Token) -> None:
    attrs = token["attrs"]
    numbering = restarted_numbering(paper) if attrs["ordered"] else None
    for item in token["children"]:
        for child in item["children"]:
            if child["type"] == "list":
                _list(paper, child)
            elif "children" in child:
                made = list_item(paper, numbering, attrs["depth"])
                _runs(made, child["children"])


def list_item(paper: Paper, numbering: int | None, depth: int = 0) -> Any:
    """An empty item of a numbered list, or of a bulleted one where `numbering` is None."""
    made = empty_paragraph(paper, "List Bullet" if numbering is None else "List Number")
    if numbering:
        properties = made._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = 0
        properties.get_or_add_numId().val = numbering
    elif not _is_numbered(made.style):
        made.add_run("– ")
    if depth:
        made.paragraph_format.left_indent = Pt(_INDENT * (depth + 1))
    return made


def _is_numbered(style: Any) -> bool:
    """Whether a list style has a number or bullet of its own; a template's may have none."""
    return bool(style.element.xpath("./w:pPr/w:numPr"))


def restarted_numbering(paper: Paper) -> int:
    """A numbering that begins at one again; 0 where the template's list style is not numbered."""
    style = paper.document.styles["List Number"].element.pPr
    linked = None if style is None or style.numPr is None else style.numPr.numId
    if linked is None:
        return 0
    numbering = paper.document.part.numbering_part.element
    made = numbering.add_num(numbering.num_having_numId(linked.val).abstractNumId.val)
    made.add_lvlOverride(ilvl=0).add_startOverride(1)
    return int(made.numId)


def _table(paper: Paper, token: Token) -> None:
    head, *bodies = token["children"]
    columns = tuple(_plain(cell["children"]) for cell in head["children"])
    rows = tuple(tuple(_plain(c["children"]) for c in row["children"]) for body in bodies for row in body["children"])
    table(paper, columns, rows, "Tabell: " + ", ".join(columns))
    empty_paragraph(paper).paragraph_format.space_after = Pt(0)


_BLOCKS: dict[str, Callable[[Paper, Token], None]] = {
    "heading": _heading, "paragraph": _paragraph, "block_text": _paragraph, "block_html": _raw, "block_code": _code,
    "block_quote": _quote, "list": _list, "table": _table,
}  # fmt: skip


def _runs(into: Any, tokens: Sequence[Token], marks: tuple[str, ...] = ()) -> None:
    for token in tokens:
        kind = token["type"]
        if kind in ("linebreak", "softbreak"):
            into.add_run(" ")
        elif "children" in token:
            _runs(into, token["children"], (*marks, kind))
            _address(into, token)
        else:
            _run(into, token.get("raw", ""), (*marks, kind))


def _address(into: Any, token: Token) -> None:
    """A web address is written after what is linked, so that it can be read on paper."""
    url = token.get("attrs", {}).get("url", "")
    if token["type"] == "link" and url.startswith(("http://", "https://")) and url != _plain(token["children"]):
        into.add_run(f" ({safe_text(url)})")


def _run(into: Any, text: str, marks: tuple[str, ...]) -> None:
    run = into.add_run(safe_run(text))
    run.bold = True if "strong" in marks else None
    run.italic = True if "emphasis" in marks else None
    if "codespan" in marks:
        set_font(run._r.get_or_add_rPr(), CODE_FONT)


def _plain(tokens: Sequence[Token]) -> str:
    return "".join(_plain(t["children"]) if "children" in t else t.get("raw", " ") for t in tokens)
