"""Small codebooks and answers for the tests of coding; all invented."""

import tempfile
from pathlib import Path

from sekom_survey.coding.codebook import Answer, load_codebook
from sekom_survey.coding.match import Matcher

EXAMPLE = Path(__file__).parents[2] / "surveys" / "exempel" / "2026" / "codebook.toml"
DATA = Path(__file__).parents[1] / "data"

SMALL = """
version = "1.2.3"

[words]
lack = ["brist", "sakna"]

[[questions]]
id = "hinder"
name = "Hinder"
negation = "lack_counts"

[[questions]]
id = "nytta"
name = "Nytta"
negation = "lack_cancels"

[[themes]]
id = "resurser"
question = "hinder"
name = "Resurser"
plan = true
since = 2025
definition = "Pengar och tid räcker inte."
anchors = ["Pengarna är slut."]
terms = ["resurs", "pengar", "*brist", "budget*", "#tid", "räcker inte", "@lack ... händer"]
stop_words = ["resursstyrning*", "resurser i naturen"]

[[themes]]
id = "politik"
question = "hinder"
name = "Politik"
definition = "Viljan saknas."
terms = ["politisk vilja", "politik*", "@get stå tillbaka", "vilja &! god", "=KS"]

[[themes]]
id = "energi"
question = "hinder"
name = "Energi"
definition = "Energi."
terms = ["*energifråga", "energifråga", "klimatfråga", "~energi", "~elnät", "solcell*"]

[[themes]]
id = "natverk"
question = "nytta"
name = "Nätverk"
definition = "Kollegor."
terms = ["nätverk*", "samverkan", "någon att ringa", "erfarenhetsutbyte", "?hjälp"]

[[themes]]
id = "kunskap"
question = "nytta"
name = "Kunskap"
definition = "Lära nytt."
include = "Kurser."
exclude = "Nätverk."
terms = ["webbinarium", "webbinari*", "kunskap"]

[[themes]]
id = "ingen_nytta"
question = "nytta"
name = "Ingen nytta"
definition = "Ger inget."
rules_out = true
terms = ["ger ... ingenting", "=inget värde"]
""".replace("@get", "får/få/fick")


def book(folder, text=SMALL):
    path = folder / "codebook.toml"
    path.write_text(text, encoding="utf-8")
    codebook, problems = load_codebook(path)
    return codebook, problems


def matcher(folder, question, text=SMALL):
    codebook, problems = book(folder, text)
    assert problems == []
    return Matcher(codebook, question)


ANSWERS = (
    Answer("r01", "q22", "hinder", "Pengar och tid, budgeten ska gå ihop."),
    Answer("r02", "q22", "hinder", "=politik är svårt"),
    Answer("r03", "q22", "hinder", "-"),
    Answer("r01", "q24", "nytta", "Att ha någon att ringa, och webbinarierna."),
    Answer("r02", "q24", "nytta", "+ kunskap @ alla \U0001f600 nivåer"),
    Answer("r03", "q24", "nytta", "Något helt annat."),
)


def small_codebook():
    """SMALL, read."""
    with tempfile.TemporaryDirectory() as folder:
        return book(Path(folder))[0]
