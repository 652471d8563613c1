"""One free-text answer, and the hash that ties decisions to its wording."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from sekom_survey.text.files import squeeze

HASH_LENGTH = 12


@dataclass(frozen=True)
class Answer:
    """What one respondent wrote for one item; `question` is the codebook's question."""

    respondent: str
    item: str
    question: str
    text: str

    @property
    def key(self) -> tuple[str, str]:
        """Respondent and item: names the answer in every file."""
        return self.respondent, self.item


def text_hash(text: str) -> str:
    """Twelve hex digits of the text's SHA-256; spaces and line breaks that programs change do not count."""
    return hashlib.sha256(squeeze(text).encode()).hexdigest()[:HASH_LENGTH]
