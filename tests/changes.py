"""A small year with every file that a run reads, last year beside it, and twenty-four kinds of change to them.

What a run makes after each is held to what a run that makes everything anew does: five kinds in the tests
(tests/running/quick/test_changes.py), all of them, in processes of their own, by `python -m tests.campaigns changes`.
"""

import os
import shutil
from itertools import cycle

from sekom_survey.coding.codebook import text_hash
from sekom_survey.running.outputs import write_csv
from tests.coding.books import SMALL
from tests.small_year import REGISTER, ROWS, TOWNS, tiny_notebook
from tests.waves import SURVEY, answer, make_wave, write_export

TEXTS = ("Pengarna är slut.", "Politiken vill inte.", "Resurser saknas.")
FORM = (
    SURVEY.replace('id = "introduced_what"', 'id = "introduced_what"\ncodebook = "hinder"').replace(
        'asked_if = {item = "introduced", options = ["Ja"]}', ""
    )
    + '\n[[chapters]]\ntitle = "Nytta"\nitems = ["top_value", "satisfaction"]\n'
)
SAID = [[*row[:6], "Ja", text, *row[8:]] for row, text in zip(ROWS, cycle(TEXTS), strict=False)]
GOALS = """
plan = "Plan"
years = [2026]
[[goals]]
id = "M1"
name = "Nöjda"
measured_as = "Andel"
ambition = "Hälften"
  [[goals.indicators]]
  id = "M1a"
  name = "Infört något"
  unit = "procent"
  source = "survey"
  measure = "share"
  item = "introduced"
  options = ["Ja"]
  plan = "both"
  definition = "Andel."
  baseline = { missing = "nytt" }
  targets = [{ year = 2026, value = 50 }]
  rule = "survey_share"
"""
CLAIMS = '[[claims]]\nid = "P1"\nquote = "De flesta har infört något"\nrule = "share_at_least"\nitem = "introduced"\noption = "Ja"\nat_least = 0.5\n'
CODINGS = "respondent,item,text_hash,theme,decision,coder,date,codebook_version,comment\n"
FILES = {
    "codebook.toml": SMALL,
    "codings.csv": CODINGS,
    "goals.toml": GOALS,
    "claims.toml": CLAIMS,
    "activities.csv": "date,activity,member_id,role,count,title\n2026-01-21,newsletter,k1,,1,Nyhetsbrev\n",
    "brand.toml": 'name = "Föreningen"\n',
}
NOTEBOOKS = {
    "01_mal": ("from sekom_survey.shown.exhibits import goal_status", "show(goal_status(year, found.goals))"),
    "03_fragor": (
        "from sekom_survey.shown.exhibits import choices, flow",
        'show(flow(year), choices(year, "top_value"))',
    ),
    "04_ord": ("from sekom_survey.shown.chapters import text_parts", "show_parts(text_parts(year, found))"),
    "07_pastaenden": ("from sekom_survey.shown.exhibits import claims_table", "show(claims_table(year, found.claims))"),
}
LOAD = "from sekom_survey.running.notebook import open_findings, show, show_parts\nyear, found = open_findings(wave)\n"


def full_year(place):
    """(folder, notebooks, reports) of the year, with 2025 beside it."""
    for name, (imported, cell) in NOTEBOOKS.items():
        tiny_notebook(place / "anteckningar", cell, name=name, load=LOAD + imported)
    folder = make_wave(place / "2026", SAID, FORM, REGISTER, FILES)
    tiny_notebook(
        folder / "notebooks",
        "show(response(year, 'size'))",
        name="90_egen",
        load=LOAD + "from sekom_survey.shown.exhibits import response",
    )
    earlier = FORM.replace("2026", "2025")
    make_wave(place / "2025", SAID[2:], earlier, REGISTER, {"codebook.toml": SMALL, "codings.csv": CODINGS})
    return folder, place / "anteckningar", place / "rapporter"


def tables_alone(build, *rest):
    """Instead of all documents: they are written anew of what the notebooks left and of these."""
    for name, table in build.tables.items():
        write_csv(table, build.folder / f"{name}.csv")


def edited(path, old, new):
    """Put one text instead of another in a file; it must be there."""
    text = path.read_text(encoding="utf-8")
    assert old in text, (path, old)
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def added(path, line):
    """A line at the end of a file."""
    path.write_text((path.read_text(encoding="utf-8") if path.exists() else "") + line, encoding="utf-8")


def decided(path, member="k1", coder="EL"):
    """A decision on a member's text."""
    text = SAID[int(member[1:])][7]
    who = "politician" if SAID[int(member[1:])][1] == "Politiker" else "official"
    added(path, f"{member}-{who},introduced_what,{text_hash(text)},politik,yes,{coder},2026-03-02,1.0.0,\n")


def touched(folder):
    """Every file as new, with the same content."""
    for path in folder.rglob("*"):
        if path.is_file():
            os.utime(path)


def one_more(folder, town=13, year=2026):
    """A new export with one more answer."""
    rows = [*(SAID if year == 2026 else SAID[2:]), answer(TOWNS[town], introduced="Nej", what="Nya pengar behövs.")]
    write_export(folder / "export" / "svar.xlsx", rows)


def beside(folder, year):
    """A folder beside, which may be another last year."""
    shutil.copytree(folder.parent / "2025", folder.parent / f"annan {year}")
    edited(folder.parent / f"annan {year}" / "survey.toml", "year = 2025", f"year = {year}")


LIKELIEST = {
    "a decision": lambda folder, notebooks, home: decided(folder / "codings.csv"),
    "a correction": lambda folder, notebooks, home: added(
        folder / "corrections.csv", "action,row,found,member_id,item,reason\nstrike,5,,,satisfaction,Fel ruta.\n"
    ),
    "a goal": lambda folder, notebooks, home: edited(folder / "goals.toml", "value = 50", "value = 90"),
    "a member's population": lambda folder, notebooks, home: edited(folder / "members.csv", ",9000,", ",99000,"),
    "a notebook's text": lambda folder, notebooks, home: edited(
        folder / "notebooks" / "90_egen.ipynb", "# Svar", "# Egna"
    ),
}
CHANGES = LIKELIEST | {
    "another coder's decision": lambda folder, notebooks, home: decided(
        (shutil.copy(folder / "codings.csv", folder / "codings-AB.csv"), folder / "codings-AB.csv")[1], "k3", "AB"
    ),
    "a claim": lambda folder, notebooks, home: edited(folder / "claims.toml", "at_least = 0.5", "at_least = 0.9"),
    "the project's notebook": lambda folder, notebooks, home: edited(notebooks / "03_fragor.ipynb", "flow(year), ", ""),
    "the look": lambda folder, notebooks, home: added(folder / "brand.toml", '[colours]\naccent = "#005A32"\n'),
    "last year's decision": lambda folder, notebooks, home: decided(folder.parent / "2025" / "codings.csv", "k4"),
    "last year's answers": lambda folder, notebooks, home: one_more(folder.parent / "2025", 1, 2025),
    "one more answer": lambda folder, notebooks, home: one_more(folder),
    "a term": lambda folder, notebooks, home: edited(folder / "codebook.toml", '"politik*"', '"politik*", "behövs"'),
    "a chapter": lambda folder, notebooks, home: edited(folder / "survey.toml", 'title = "Nytta"', 'title = "Nyttan"'),
    "a question's words": lambda folder, notebooks, home: edited(
        folder / "survey.toml", "minimum_base = 3", "minimum_base = 4"
    ),
    "the log": lambda folder, notebooks, home: added(folder / "activities.csv", "2026-01-22,newsletter,k2,,1,Brev\n"),
    "the board's decision": lambda folder, notebooks, home: added(
        folder / "decisions.csv", "date,indicator,status,reason,who\n2026-12-18,M1a,Målet är uppnått,Beslut,Styrelsen\n"
    ),
    "a file less": lambda folder, notebooks, home: (folder / "claims.toml").unlink(),
    "a folder beside": lambda folder, notebooks, home: beside(folder, 2024),
    "times alone": lambda folder, notebooks, home: touched(folder),
    "a report opened and saved": lambda folder, notebooks, home: edited(
        home / "internal" / "report.html", "</html>", " </html>"
    ),
    "half of what was kept": lambda folder, notebooks, home: [
        shutil.rmtree(path) for path in sorted((home / ".made").glob("*-*"))[::2]
    ],
    "what was remembered is no JSON": lambda folder, notebooks, home: (home / ".made" / "memory.json").write_text("{"),
    "another hash seed": lambda folder, notebooks, home: None,
}
