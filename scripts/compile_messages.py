"""`python scripts/compile_messages.py`: the Swedish of Click's own messages, from the text that is edited to what gettext reads."""

from __future__ import annotations

import ast
import struct
from pathlib import Path

SOURCE = Path(__file__).parents[1] / "sekom_survey/upkeep/sv/LC_MESSAGES/messages.po"
MAGIC, HEADER = 0x950412DE, 28


def read_po(text: str) -> dict[str, str]:
    """Messages by the text they stand for; the forms of a plural are parted by NUL, as in the compiled file."""
    found: dict[str, str] = {}
    for entry in text.split("\n\n"):
        lines = [line.partition(" ") for line in entry.splitlines() if line and not line.startswith("#")]
        asked = [ast.literal_eval(told) for key, _, told in lines if key.startswith("msgid")]
        said = [ast.literal_eval(told) for key, _, told in lines if key.startswith("msgstr")]
        found["\0".join(asked)] = "\0".join(said)
    return found


def compiled(messages: dict[str, str]) -> bytes:
    """The bytes of a .mo file. Source: the format as GNU gettext's manual gives it."""
    keys = sorted(messages, key=lambda key: key.encode())
    start = HEADER + 16 * len(keys)
    tables, texts = [b"", b""], b""
    for side, words in enumerate((keys, [messages[key] for key in keys])):
        for word in words:
            told = word.encode()
            tables[side] += struct.pack("<II", len(told), start + len(texts))
            texts += told + b"\0"
    head = struct.pack("<7I", MAGIC, 0, len(keys), HEADER, HEADER + 8 * len(keys), 0, start)
    return head + b"".join(tables) + texts


if __name__ == "__main__":
    SOURCE.with_suffix(".mo").write_bytes(compiled(read_po(SOURCE.read_text(encoding="utf-8"))))
