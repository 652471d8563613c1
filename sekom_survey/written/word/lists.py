"""Numbered lists in Word, each beginning at one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sekom_survey.written.office.package import safe_text
from sekom_survey.written.word.parts import Paper, empty_paragraph


def numbered(paper: Paper, items: Iterable[str]) -> None:
    """A numbered list; where a template's list style has no numbers they are written."""
    numbering = _restarted(paper)
    for place, text in enumerate(items, 1):
        made = empty_paragraph(paper, "List Number")
        if numbering:
            properties = made._p.get_or_add_pPr().get_or_add_numPr()
            properties.get_or_add_ilvl().val = 0
            properties.get_or_add_numId().val = numbering
        elif not _is_numbered(made.style):
            made.add_run(f"{place}. ")
        made.add_run(safe_text(text))


def _is_numbered(style: Any) -> bool:
    """Whether a list style has a number of its own; a template's may have none."""
    return bool(style.element.xpath("./w:pPr/w:numPr"))


def _restarted(paper: Paper) -> int:
    """A numbering that begins at one again; 0 where the template's list style is not numbered."""
    style = paper.document.styles["List Number"].element.pPr
    linked = None if style is None or style.numPr is None else style.numPr.numId
    if linked is None:
        return 0
    numbering = paper.document.part.numbering_part.element
    made = numbering.add_num(numbering.num_having_numId(linked.val).abstractNumId.val)
    made.add_lvlOverride(ilvl=0).add_startOverride(1)
    return int(made.numId)
