"""Office files: the text they may hold, templates opened as documents, and bytes that depend on the content alone."""

from __future__ import annotations

import io
import unicodedata
import zipfile
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from sekom_survey.text.swedish import FIXED_SPACE

LANGUAGE = "sv-SE"
MEMBER_DATE = (1980, 1, 1, 0, 0, 0)
CONTENT_TYPES = "[Content_Types].xml"
EMBEDDED = (".xlsx", ".docx", ".pptx")
KEPT_RELATIONS = ("/officeDocument", "/core-properties")
_UNSEEN = ("Cc", "Cs", "Cn", "Co")
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_TEMPLATE_TYPES = (
    (b"wordprocessingml.template.main+xml", b"wordprocessingml.document.main+xml"),
    (b"presentationml.template.main+xml", b"presentationml.presentation.main+xml"),
)


def safe_run(text: object) -> str:
    """Text that XML can hold and that reads in one direction; line breaks and tabs become spaces, fixed spaces stay."""
    text = str(text)
    if text.replace(FIXED_SPACE, " ").isprintable():
        return text
    spaced = "".join(" " if char in "\t\n\r\v\f\u2028\u2029" else char for char in text)
    return "".join(c for c in spaced if unicodedata.category(c) not in _UNSEEN and c not in _TURNING)


def safe_text(text: object) -> str:
    """As `safe_run`, without spaces first and last."""
    return safe_run(text).strip(" ")


def as_document(template: Path) -> io.BytesIO:
    """A document, or a template (.dotx, .potx) turned into one, as a file in memory."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(template) as source, zipfile.ZipFile(buffer, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == CONTENT_TYPES:
                for old, new in _TEMPLATE_TYPES:
                    content = content.replace(old, new)
            target.writestr(name, content)
    buffer.seek(0)
    return buffer


def describe(properties: Any, title: str, year: int) -> None:
    """Set title and language and leave no author, comment or clock time; dated the first day of the year.

    `properties` are the core properties of python-docx or python-pptx.
    """
    for name in ("author", "last_modified_by", "comments", "keywords", "category", "subject", "content_status",
                 "identifier", "version"):  # fmt: skip
        setattr(properties, name, "")
    properties.title = safe_text(title)[:255]
    properties.language = LANGUAGE
    properties.revision = 1
    for name in ("created", "modified", "last_printed"):
        setattr(properties, name, datetime(year, 1, 1))


def dropped_relations(relations: Iterable[tuple[str, str]]) -> list[str]:
    """Ids among (id, type) of a package's relations that say nothing a reader needs: thumbnail, program, company."""
    return [name for name, kind in relations if not kind.endswith(KEPT_RELATIONS)]


def write_package(content: bytes, path: Path) -> None:
    """Write an Office file so that equal parts give equal bytes."""
    path.write_bytes(repacked(content))


def repacked(content: bytes) -> bytes:
    """The same parts, content types first, then the package's relations, then by name, with one date and one way to
    pack; workbooks inside are treated alike.

    The order is that of the Open Packaging Conventions' recommendation (ECMA-376 part 2, physical package).
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(buffer, "w") as target:
        for name in sorted(source.namelist(), key=_place):
            part = source.read(name)
            target.writestr(_member(name), repacked(part) if name.endswith(EMBEDDED) else part)
    return buffer.getvalue()


def _place(name: str) -> tuple[int, str]:
    return (0 if name == CONTENT_TYPES else 1 if name.startswith("_rels/") else 2), name


def _member(name: str) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(name, MEMBER_DATE)
    member.compress_type = zipfile.ZIP_DEFLATED
    member.create_system = 0
    member.external_attr = 0
    return member
