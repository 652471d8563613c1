"""The signs of a table are explained in the note under it."""

import pandas as pd
import pytest

from sekom_survey.model import Exhibit
from sekom_survey.shown.exhibits.notes import EXAMPLE, signs_explained

HIDDEN = "”U”: visas inte, för få svar eller för att skydda enskilda."
UNKNOWN = "”..”: går inte att räkna ut."


def exhibit(table, note):
    return Exhibit(
        id="x", kind="table", title="T", subtitle="", note=note, alt="", data=pd.DataFrame(), table=pd.DataFrame(table)
    )


@pytest.mark.parametrize(("table", "said"), [
    ({"Svar": ["Ja"], "Antal": ["U"]}, f" {HIDDEN}"),
    ({"Svar": ["Ja"], "p": [".."]}, f" {UNKNOWN}"),
    ({"Svar": ["U", ".."]}, f" {HIDDEN} {UNKNOWN}"),
    ({"Tema": ["Energi"], "Norrland (U)": ["2"]}, f" {HIDDEN}"),
    ({"Svar": ["Utbildning ..."], "Antal": ["3"]}, ""),
])  # fmt: skip
def test_only_the_signs_that_are_there_are_explained_and_the_stamp_stays_last(table, said):
    """In its cells or its headings; a word that has the sign in it is no sign."""
    assert signs_explained(exhibit(table, f"Källa: E. {EXAMPLE}")).note == f"Källa: E.{said} {EXAMPLE}"
    assert signs_explained(exhibit(table, "Källa: E.")).note == f"Källa: E.{said}"
