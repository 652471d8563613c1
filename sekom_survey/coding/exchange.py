"""Codebook and coded answers in the format other programs read (REFI-QDA 1.5: NVivo, MAXQDA, ATLAS.ti, QualCoder).

Ids become GUIDs (uuid5), so that equal input gives equal bytes; positions count Unicode code points from 0; one text
source a question, one case a respondent; empty sets are left out. Source: REFI-QDA Standard 1.5, www.qdasoftware.org.
"""

from __future__ import annotations

import csv
import io
import uuid
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

from sekom_survey.coding.codebook import RESERVED, Answer, Codebook, Theme
from sekom_survey.coding.decisions import Key
from sekom_survey.model import Problem
from sekom_survey.text.files import NotText, read_rows
from sekom_survey.text.toml import did_you_mean

CODEBOOK_SPACE, PROJECT_SPACE = "urn:QDA-XML:codebook:1.0", "urn:QDA-XML:project:1.0"
_ROOT = uuid.uuid5(uuid.NAMESPACE_URL, "urn:sekom-survey")
_STAMP = (1980, 1, 1, 0, 0, 0)
_WRITTEN = "2000-01-01T00:00:00Z"
_ORIGIN = "sekom-survey"
_COLORS = ("#1B5E20", "#0D47A1", "#B71C1C", "#E65100", "#4A148C", "#006064", "#827717", "#3E2723")


@dataclass(frozen=True)
class ImportedTheme:
    """A code read from another program: its name, description and the name of the code above it ("" = none)."""

    name: str
    definition: str
    parent: str


def guid(*parts: str) -> str:
    """A GUID that depends only on the ids."""
    return str(uuid.uuid5(_ROOT, "\x1f".join(parts))).upper()


def write_codebook(path: Path, codebook: Codebook) -> None:
    """Writes the codebook as .qdc: one code a question with its themes below."""
    root = ET.Element("CodeBook", {"xmlns": CODEBOOK_SPACE, "origin": _ORIGIN})
    root.append(_codes(codebook))
    path.write_bytes(_xml(root))


def write_project(
    path: Path,
    codebook: Codebook,
    answers: Sequence[Answer],
    themes: Mapping[Key, Sequence[str]],
    coder: str = "granskare",
) -> None:
    """Writes codebook, answers and their themes as .qdpx (a zip of project.qde and one text file a question)."""
    texts = {question.id: _source(question.id, answers) for question in codebook.questions}
    texts = {question: source for question, source in texts.items() if source.places}
    files = {"project.qde": _xml(_project(codebook, answers, themes, texts, coder))}
    files |= {f"sources/{guid('source', question)}.txt": source.text.encode() for question, source in texts.items()}
    path.write_bytes(_zip(files))


@dataclass(frozen=True)
class _Source:
    """One question's answers as one text, and where each answer lies in it."""

    text: str
    places: Mapping[Key, tuple[int, int]]


def _source(question: str, answers: Sequence[Answer]) -> _Source:
    pieces, places, end = [], {}, 0
    for answer in sorted((a for a in answers if a.question == question), key=lambda a: a.key):
        text = answer.text.replace("\r\n", "\n").replace("\r", "\n")
        places[answer.key] = (end, end + len(text))
        pieces.append(text + "\n\n")
        end += len(text) + 2
    return _Source("".join(pieces), places)


def _codes(codebook: Codebook) -> ET.Element:
    codes = ET.Element("Codes")
    for question in codebook.questions:
        above = ET.SubElement(
            codes, "Code", {"guid": guid("question", question.id), "name": question.name, "isCodable": "false"}
        )
        for number, theme in enumerate(codebook.of(question.id)):
            color = _COLORS[number % len(_COLORS)]
            code = ET.SubElement(
                above,
                "Code",
                {"guid": guid("theme", theme.id), "name": theme.name, "isCodable": "true", "color": color},
            )
            ET.SubElement(code, "Description").text = description(theme)
    return codes


def description(theme: Theme) -> str:
    """A theme's definition and borders as one text."""
    lines = [theme.definition]
    lines += [f"Räkna in: {theme.include}"] if theme.include else []
    lines += [f"Räkna inte in: {theme.exclude}"] if theme.exclude else []
    return "\n".join([*lines, *(f"Exempel: {anchor}" for anchor in theme.anchors)])


def _project(
    codebook: Codebook,
    answers: Sequence[Answer],
    themes: Mapping[Key, Sequence[str]],
    texts: Mapping[str, _Source],
    coder: str,
) -> ET.Element:
    root = ET.Element(
        "Project", {"xmlns": PROJECT_SPACE, "name": "SEKOM-enkäten", "origin": _ORIGIN, "creationDateTime": _WRITTEN}
    )
    users = ET.SubElement(root, "Users")
    ET.SubElement(users, "User", {"guid": guid("user", coder), "name": coder})
    ET.SubElement(root, "CodeBook").append(_codes(codebook))
    root.append(_cases(answers, texts))
    sources = ET.SubElement(root, "Sources")
    names = {question.id: question.name for question in codebook.questions}
    for question, source in texts.items():
        sources.append(_text_source(question, names[question], source, themes, coder))
    return root


def _cases(answers: Sequence[Answer], texts: Mapping[str, _Source]) -> ET.Element:
    cases = ET.Element("Cases")
    respondents: dict[str, list[Answer]] = {}
    for answer in sorted(answers, key=lambda a: a.key):
        respondents.setdefault(answer.respondent, []).append(answer)
    for respondent, given in respondents.items():
        case = ET.SubElement(cases, "Case", {"guid": guid("case", respondent), "name": respondent})
        for answer in given:
            if answer.question in texts:
                ET.SubElement(case, "SelectionRef", {"targetGUID": guid("selection", *answer.key)})
    return cases


def _text_source(
    question: str, name: str, source: _Source, themes: Mapping[Key, Sequence[str]], coder: str
) -> ET.Element:
    file = f"internal://{guid('source', question)}.txt"
    stamps = {"creatingUser": guid("user", coder), "creationDateTime": _WRITTEN}
    element = ET.Element(
        "TextSource", {"guid": guid("source", question), "name": name, "plainTextPath": file, **stamps}
    )
    for key, (start, end) in source.places.items():
        place = {"startPosition": str(start), "endPosition": str(end)}
        selection = ET.SubElement(
            element, "PlainTextSelection", {"guid": guid("selection", *key), "name": ", ".join(key), **place, **stamps}
        )
        for theme in sorted(set(themes.get(key, ())) - set(RESERVED)):
            coding = ET.SubElement(selection, "Coding", {"guid": guid("coding", *key, theme), **stamps})
            ET.SubElement(coding, "CodeRef", {"targetGUID": guid("theme", theme)})
    return element


def _xml(root: ET.Element) -> bytes:
    ET.indent(root)
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(root, encoding="utf-8") + b"\n"


def _zip(files: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            member = zipfile.ZipInfo(name, _STAMP)
            member.compress_type, member.create_system, member.external_attr = zipfile.ZIP_DEFLATED, 0, 0
            archive.writestr(member, files[name], compresslevel=9)
    return buffer.getvalue()


def read_codes(path: Path) -> tuple[tuple[ImportedTheme, ...], list[Problem]]:
    """The codes in a .qdc, or a csv with the columns name and description, in order."""
    if path.suffix.lower() == ".csv":
        return _csv_codes(path)
    try:
        root = _parsed(path.read_bytes())
    except FileNotFoundError:
        return (), [Problem("file_missing", path.name, "", "Filen finns inte.", "Kontrollera sökvägen.")]
    except (OSError, ET.ParseError, UnsafeXmlError):
        return (), [
            Problem(
                "no_codebook",
                path.name,
                "",
                "Filen är ingen kodbok i REFI-QDA-format.",
                "Exportera kodboken som .qdc på nytt.",
            )
        ]
    codes = root.find(f"{{{CODEBOOK_SPACE}}}Codes")
    if codes is None:
        return (), [
            Problem(
                "no_codebook", path.name, "", "Filen innehåller inga koder.", "Exportera kodboken som .qdc på nytt."
            )
        ]
    return tuple(_walk(codes, "")), []


class UnsafeXmlError(ValueError):
    """XML with a document type: it could name other files or grow without end."""


def _parsed(data: bytes) -> ET.Element:
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise UnsafeXmlError
    return ET.fromstring(data)


def _walk(element: ET.Element, parent: str) -> list[ImportedTheme]:
    found = []
    for code in element.findall(f"{{{CODEBOOK_SPACE}}}Code"):
        name = code.get("name", "")
        text = code.findtext(f"{{{CODEBOOK_SPACE}}}Description") or ""
        found += [ImportedTheme(name, text, parent), *_walk(code, name)]
    return found


def _csv_codes(path: Path) -> tuple[tuple[ImportedTheme, ...], list[Problem]]:
    try:
        rows = read_rows(path)
    except FileNotFoundError:
        return (), [Problem("file_missing", path.name, "", "Filen finns inte.", "Kontrollera sökvägen.")]
    except (OSError, NotText, UnicodeDecodeError, csv.Error):
        return (), [
            Problem("file_unreadable", path.name, "", "Filen går inte att läsa som csv.", "Spara den som csv i UTF-8.")
        ]
    header = [cell.strip().lower() for cell in rows[0]] if rows else []
    missing = [column for column in ("name", "description") if column not in header]
    if missing:
        return (), [
            Problem("column_missing", path.name, "rad 1", f"Kolumnen {column} saknas.",
                    "Första raden ska vara name,description." + did_you_mean(column, header))
            for column in missing
        ]  # fmt: skip
    cells = [dict(zip(header, row, strict=False)) for row in rows[1:]]
    return tuple(
        ImportedTheme(c["name"].strip(), c.get("description", "").strip(), "")
        for c in cells
        if c.get("name", "").strip()
    ), []
