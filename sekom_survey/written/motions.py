"""What the board is asked to decide, as it is minuted: "Styrelsen föreslås besluta att ..., och att ..."."""

from __future__ import annotations

from collections.abc import Sequence

from sekom_survey.text.swedish import number_word, sentence_case

ASKED, DECIDE = "Styrelsen föreslås besluta", "Förslag till beslut"


def minuted(motions: Sequence[str]) -> tuple[str, ...]:
    """Every motion with the sign it ends with: comma, ", och" before the last, full stop."""
    told = [motion.rstrip(".,") for motion in motions]
    signs = [*[","] * (len(told) - 2), *([", och"] if len(told) > 1 else []), "."]
    return tuple(f"{motion}{sign}" for motion, sign in zip(told, signs[-len(told) :] if told else [], strict=True))


def counted(shown: int, motions: Sequence[str]) -> str:
    """How many stand here of how many: "alla fyra", "de fem första av femton", "ett förslag"."""
    count = len(motions)
    if shown >= count:
        return "ett förslag" if count == 1 else f"alla {number_word(count)}"
    return f"{'det' if shown == 1 else 'de ' + number_word(shown)} första av {number_word(count)}"


def elsewhere(shown: int, motions: Sequence[str]) -> str:
    """Where the others of a slide stand: "Här står de sex första. Alla 15 står i rapporten ..."; "" when there are none."""
    if shown >= len(motions):
        return ""
    these = "det första" if shown == 1 else f"de {number_word(shown)} första"
    return (
        f"Här står {these}. Alla {number_word(len(motions))} står i rapporten, under ”{DECIDE}”, och i anteckningarna."
    )


def rest(shown: int, motions: Sequence[str], where: str) -> str:
    """Where the others stand: "Tio förslag till på sidan 2."; "" when there are none."""
    left = len(motions) - shown
    return f"{sentence_case(number_word(left, neuter=True))} förslag till {where}." if left > 0 else ""
