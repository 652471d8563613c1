"""What must be known of an xlsx before it is opened: sizes, no entities, nothing that runs."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass, field
from xml.parsers import expat

from sekom_survey.collected.grid import column_letter

MAX_UNPACKED = 100_000_000
MAX_RATIO = 200
SMALL = 10_000_000
MAX_PARTS = 2_000
MAX_CELLS = 2_000_000
MAX_CHARACTERS = 50_000_000
WORKBOOK_PART = "xl/workbook.xml"
STRINGS_PART = "xl/sharedstrings.xml"
LONGEST_NUMBER = 12
MOST_NAMED = 5
_NEEDED = re.compile(
    r"\[content_types\]\.xml|_rels/\.rels|xl/(workbook|sharedstrings|styles)\.xml|xl/_rels/workbook\.xml\.rels"
    r"|xl/worksheets/[^/]+\.xml",
    re.IGNORECASE,
)
_REFERENCE = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")


class Refused(Exception):
    """The workbook will not be opened; `code` says why: broken, encrypted, not_workbook, too_large or entities."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


def safe_workbook(data: bytes) -> tuple[bytes, list[str]]:
    """An xlsx reduced to its cells: a new archive with only the parts that hold them, each checked.

    With it the first cells whose value the file does not hold, an error or a formula never computed ("C7").

    Macros, links to other files, pictures and all else stay behind unread. Raises Refused for what is broken,
    locked, no workbook, too large once unpacked or told in XML with entities.
    """
    parts = _parts(data)
    lengths = _string_lengths(next((xml for name, xml in parts.items() if name.lower() == STRINGS_PART), b""))
    walks = [_walk(xml, lengths) for xml in parts.values()]
    if (
        sum(walk.rows * walk.columns for walk in walks) > MAX_CELLS
        or sum(walk.characters for walk in walks) > MAX_CHARACTERS
    ):
        raise Refused("too_large")
    return _packed(parts), [cell for walk in walks for cell in walk.empty]


def _parts(data: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_archive(archive.infolist())
            return {
                info.filename: archive.read(info) for info in archive.infolist() if _NEEDED.fullmatch(info.filename)
            }
    except Refused:
        raise
    except Exception as error:  # a damaged archive shows itself in a dozen ways
        raise Refused("broken") from error


def _check_archive(infos: list[zipfile.ZipInfo]) -> None:
    if any(info.flag_bits & 1 for info in infos):
        raise Refused("encrypted")
    unpacked, packed = sum(info.file_size for info in infos), sum(info.compress_size for info in infos)
    if len(infos) > MAX_PARTS or unpacked > MAX_UNPACKED or (unpacked > SMALL and unpacked > MAX_RATIO * packed):
        raise Refused("too_large")
    if WORKBOOK_PART not in {info.filename.lower() for info in infos}:
        raise Refused("not_workbook")


def _parse(xml: bytes, handlers: dict[str, object]) -> None:
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_doctype
    for name, handler in handlers.items():
        setattr(parser, name, handler)
    try:
        parser.Parse(xml, True)
    except expat.ExpatError as error:
        raise Refused("broken") from error
    except (ValueError, UnicodeError, LookupError) as error:  # an encoding the parser does not know
        raise Refused("broken") from error


def _refuse_doctype(*_: object) -> None:
    raise Refused("entities")


def _string_lengths(xml: bytes) -> list[int]:
    lengths: list[int] = []

    def start(name: str, _: dict[str, str]) -> None:
        if name.rpartition(" ")[2] == "si":
            lengths.append(0)

    def text(characters: str) -> None:
        if lengths:
            lengths[-1] += len(characters)

    if xml:
        _parse(xml, {"StartElementHandler": start, "CharacterDataHandler": text})
    return lengths


@dataclass
class _Walk:
    """A sheet's XML walked through: its extent, its characters, and cells whose value the file does not hold."""

    lengths: list[int]
    row: int = 0
    column: int = 0
    rows: int = 0
    columns: int = 0
    characters: int = 0
    empty: list[str] = field(default_factory=list)
    kind: str = ""
    value: str = ""
    computed: bool = False
    filled: bool = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        tag, self.value = name.rpartition(" ")[2], ""
        if tag == "row":
            self.row, self.column = _number(attributes.get("r", ""), self.row + 1), 0
        elif tag == "c":
            at = _REFERENCE.fullmatch(attributes.get("r", ""))
            self.column = _letters(at[1]) if at else self.column + 1
            self.row = int(at[2]) if at else self.row
            self.kind, self.computed, self.filled = attributes.get("t", ""), False, False
        elif tag == "f":
            self.computed = True
        self.rows, self.columns = max(self.rows, self.row), max(self.columns, self.column)
        if self.rows * max(self.columns, 1) > MAX_CELLS or self.characters > MAX_CHARACTERS:
            raise Refused("too_large")

    def text(self, found: str) -> None:
        self.value += found[:LONGEST_NUMBER] if len(self.value) < LONGEST_NUMBER else ""
        self.characters += len(found)

    def end(self, name: str) -> None:
        tag = name.rpartition(" ")[2]
        if tag == "v":
            self.filled = bool(self.value.strip())
            if self.kind == "s" and (index := _number(self.value, -1)) in range(len(self.lengths)):
                self.characters += self.lengths[index]
        elif tag == "c" and (self.kind == "e" or (self.computed and not self.filled)) and len(self.empty) < MOST_NAMED:
            self.empty.append(f"{column_letter(self.column - 1)}{self.row}")


def _walk(xml: bytes, lengths: list[int]) -> _Walk:
    walk = _Walk(lengths)
    _parse(xml, {"StartElementHandler": walk.start, "CharacterDataHandler": walk.text, "EndElementHandler": walk.end})
    return walk


def _number(text: str, otherwise: int) -> int:
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else otherwise


def _letters(text: str) -> int:
    number = 0
    for letter in text.upper():
        number = number * 26 + ord(letter) - 64
    return number


def _packed(parts: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, xml in sorted(parts.items()):
            archive.writestr(zipfile.ZipInfo(name), xml, compress_type=zipfile.ZIP_DEFLATED)
    return target.getvalue()
