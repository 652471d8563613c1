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
STRINGS_PART, STYLES_PART = "xl/sharedstrings.xml", "xl/styles.xml"
LONGEST_NUMBER = 12
MOST_COLUMNS = 16_384
MOST_NAMED = 5
_NEEDED = re.compile(
    r"\[content_types\]\.xml|_rels/\.rels|xl/(workbook|sharedstrings|styles)\.xml|xl/_rels/workbook\.xml\.rels"
    r"|xl/worksheets/[^/]+\.xml",
    re.IGNORECASE,
)
_REFERENCE = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")


class Refused(Exception):
    """The file will not be opened; `code` says why, as in `opening.REASONS`."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


@dataclass(frozen=True)
class Seen:
    """What is told of a workbook: the first cells whose value the file does not hold ("C7"), the rows and columns hidden, counted from 1, the rows with text struck through and those with cells merged.

    `marks_known` is False where the file may hide or strike through what is not found here.
    """

    empty: tuple[str, ...] = ()
    hidden: frozenset[int] = frozenset()
    struck: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    merged: frozenset[int] = frozenset()
    marks_known: bool = True


def cell_place(reference: str) -> tuple[int, int] | None:
    """The row number and the column (from 0) of a reference such as C7."""
    at = _REFERENCE.fullmatch(reference)
    return (int(at[2]), _letters(at[1]) - 1) if at else None


def safe_workbook(data: bytes) -> tuple[bytes, Seen]:
    """An xlsx reduced to its cells: a new archive with only the parts that hold them, each checked; and what was seen.

    Macros, links to other files, pictures and all else stay behind unread. Raises Refused for what is broken,
    locked, no workbook, too large once unpacked or told in XML with entities.
    """
    parts = _parts(data)
    strings, struck = _strings(_part(parts, STRINGS_PART)), _struck_styles(_part(parts, STYLES_PART))
    walks = [_walk(xml, strings, struck) for xml in parts.values()]
    if (
        sum(walk.rows * walk.columns for walk in walks) > MAX_CELLS
        or sum(walk.characters for walk in walks) > MAX_CHARACTERS
    ):
        raise Refused("too_large")
    marks = zip(*((walk.hidden, walk.struck, walk.hidden_columns, walk.merged) for walk in walks), strict=True)
    hidden, struck_rows, columns, merged = (frozenset().union(*places) for places in marks)
    empty = tuple(cell for walk in walks for cell in walk.empty)
    return _packed(parts), Seen(empty, hidden, struck_rows, columns, merged)


def _part(parts: dict[str, bytes], wanted: str) -> bytes:
    return next((xml for name, xml in parts.items() if name.lower() == wanted), b"")


def _parts(data: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            checked_archive(archive.infolist())
            if WORKBOOK_PART not in {info.filename.lower() for info in archive.infolist()}:
                raise Refused("not_workbook")
            return {
                info.filename: archive.read(info) for info in archive.infolist() if _NEEDED.fullmatch(info.filename)
            }
    except Refused:
        raise
    except Exception as error:  # a damaged archive shows itself in a dozen ways
        raise Refused("broken") from error


def checked_archive(infos: list[zipfile.ZipInfo]) -> None:
    """Looks at what an archive says of its parts. Raises Refused for a password, and for more than a survey can be unpacked."""
    if any(info.flag_bits & 1 for info in infos):
        raise Refused("encrypted")
    unpacked, packed = sum(info.file_size for info in infos), sum(info.compress_size for info in infos)
    if len(infos) > MAX_PARTS or unpacked > MAX_UNPACKED or (unpacked > SMALL and unpacked > MAX_RATIO * packed):
        raise Refused("too_large")


def parsed(xml: bytes, handlers: dict[str, object]) -> None:
    """Walk through XML. Raises Refused for what is broken or has a DOCTYPE."""
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


@dataclass(frozen=True)
class _Strings:
    """The lengths of the shared texts, and the places of those with words struck through."""

    lengths: list[int] = field(default_factory=list)
    struck: set[int] = field(default_factory=set)


def _strings(xml: bytes) -> _Strings:
    found = _Strings()
    lengths = found.lengths

    def start(name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(" ")[2]
        if tag == "si":
            lengths.append(0)
        elif tag == "strike" and _is_on(attributes):
            found.struck.add(len(lengths) - 1)

    def text(characters: str) -> None:
        if lengths:
            lengths[-1] += len(characters)

    if xml:
        parsed(xml, {"StartElementHandler": start, "CharacterDataHandler": text})
    return found


def _is_on(attributes: dict[str, str]) -> bool:
    return attributes.get("val", "1") not in ("0", "false")


def _struck_styles(xml: bytes) -> frozenset[str]:
    """The cell styles whose font is struck through, by their number."""
    fonts: list[bool] = []
    styles: list[str] = []
    inside: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(" ")[2]
        if tag == "font" and inside[-1:] == ["fonts"]:
            fonts.append(False)
        elif tag == "strike" and "fonts" in inside:
            fonts[-1] = _is_on(attributes)
        elif tag == "xf" and inside[-1:] == ["cellXfs"]:
            styles.append(attributes.get("fontId", "0"))
        inside.append(tag)

    if xml:
        parsed(xml, {"StartElementHandler": start, "EndElementHandler": lambda _: inside.pop()})
    struck = {str(number) for number, is_struck in enumerate(fonts) if is_struck}
    return frozenset(str(number) for number, font in enumerate(styles) if font in struck)


@dataclass
class _Walk:
    """A sheet's XML walked through: the extent of what it holds, its characters, and what is told of its cells."""

    strings: _Strings
    struck_styles: frozenset[str]
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
    struck_through: bool = False
    row_hidden: bool = False
    hidden: set[int] = field(default_factory=set)
    struck: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merged: set[int] = field(default_factory=set)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        tag, self.value = name.rpartition(" ")[2], ""
        if tag == "row":
            self.row, self.column = _number(attributes.get("r", ""), self.row + 1), 0
            self.row_hidden = attributes.get("hidden") in ("1", "true")
        elif tag == "c":
            at = _REFERENCE.fullmatch(attributes.get("r", ""))
            self.column = _letters(at[1]) if at else self.column + 1
            self.row = int(at[2]) if at else self.row
            self.kind, self.struck_through = attributes.get("t", ""), attributes.get("s", "") in self.struck_styles
            self.computed = self.filled = False
        elif tag == "f":
            self.computed = True
        elif tag == "strike" and _is_on(attributes):
            self.struck_through = True
        elif tag == "mergeCell":  # which come after the cells
            corners = [at[0] for at in map(cell_place, attributes.get("ref", "").split(":")) if at]
            self.merged |= set(range(min(corners), min(max(corners), self.rows) + 1)) if corners else set()
        elif tag == "col" and attributes.get("hidden") in ("1", "true"):
            first = _number(attributes.get("min", ""), 1)
            self.hidden_columns |= set(range(first, min(_number(attributes.get("max", ""), first), MOST_COLUMNS) + 1))
        if self.characters > MAX_CHARACTERS:
            raise Refused("too_large")

    def text(self, found: str) -> None:
        self.value += found[:LONGEST_NUMBER] if len(self.value) < LONGEST_NUMBER else ""
        self.characters += len(found)

    def end(self, name: str) -> None:
        tag = name.rpartition(" ")[2]
        if tag == "v":
            self.filled = bool(self.value.strip())
            if self.kind == "s" and (index := _number(self.value, -1)) in range(len(self.strings.lengths)):
                self.characters += self.strings.lengths[index]
                self.struck_through |= index in self.strings.struck
        elif tag == "is":
            self.filled = True
        elif tag == "c" and (self.filled or self.computed):  # one that only has a colour is no cell of the table
            self._cell()

    def _cell(self) -> None:
        self.rows, self.columns = max(self.rows, self.row), max(self.columns, self.column)
        if self.rows * self.columns > MAX_CELLS:
            raise Refused("too_large")
        if (self.kind == "e" or not self.filled) and len(self.empty) < MOST_NAMED:
            self.empty.append(f"{column_letter(self.column - 1)}{self.row}")
        if self.row_hidden:
            self.hidden.add(self.row)
        if self.struck_through:
            self.struck.add(self.row)


def _walk(xml: bytes, strings: _Strings, struck: frozenset[str]) -> _Walk:
    walk = _Walk(strings, struck)
    parsed(xml, {"StartElementHandler": walk.start, "CharacterDataHandler": walk.text, "EndElementHandler": walk.end})
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
