"""What a file is by its first bytes, and an archive by what lies in it."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Sequence
from pathlib import Path

from sekom_survey.text.files import is_leftover

LOOKED_AT = 4_096
TABLES = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xls", ".ods", ".sav", ".zsav")
_BINARY = (
    (b"%PDF", "pdf"),
    (b"\x1f\x8b", "packed"),
    (b"7z\xbc\xaf", "packed"),
    (b"Rar!", "packed"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"{\\rtf", "document"),
)
_JSON = re.compile(r"\s*(\[\s*[\[{]|\{\s*[\"}]|\[\s*\])")
_HTML = re.compile(r"\s*(<!doctype html|<html|<head|<meta|<table|<style|<div)", re.IGNORECASE)
_MHTML = re.compile(r"mime-version:.*multipart/related", re.IGNORECASE | re.DOTALL)
_XML = re.compile(r"\s*<\?xml")
_SIGNS = (("urn:schemas-microsoft-com:office:spreadsheet", "spreadsheetml"), ("office:document", "flat_ods"))


def no_table(head: bytes) -> str:
    """What kind of file that is no table the first bytes tell of: html, spreadsheetml, flat_ods, xml, json, pdf ...; else empty."""
    for mark, kind in _BINARY:
        if head.startswith(mark):
            return kind
    encoding = "utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
    text = head.decode(encoding, errors="ignore").lstrip("\ufeff")
    if _XML.match(text):
        return next((kind for sign, kind in _SIGNS if sign in text), "html" if "<html" in text.lower() else "xml")
    if _HTML.match(text):
        return "html"
    if _MHTML.match(text):
        return "html"
    return "json" if _JSON.match(text) else ""


def kind_of_archive(names: Sequence[str], mimetype: bytes) -> str:
    """What a zip is by its parts: xlsx, ods, xlsb, numbers, document, or an archive of files."""
    low = {name.lower() for name in names}
    if mimetype.startswith(b"application/vnd.oasis.opendocument"):
        return "ods" if mimetype.startswith(b"application/vnd.oasis.opendocument.spreadsheet") else "document"
    if "xl/workbook.bin" in low:
        return "xlsb"
    if "xl/workbook.xml" in low:
        return "xlsx"
    if "index.zip" in low or any(name.endswith(".iwa") for name in low):
        return "numbers"
    return "document" if low & {"word/document.xml", "ppt/presentation.xml"} else "archive"


def tables_in(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """The files in an archive that may be an export."""
    return [
        info
        for info in archive.infolist()
        if Path(info.filename).suffix.lower() in TABLES
        and not info.filename.startswith("__MACOSX/")
        and not is_leftover(Path(info.filename).name)
    ]
