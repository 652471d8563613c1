"""The documentation names everything there is: commands, files, keys, columns and messages, gathered from the code."""

import dataclasses
import json
import re
from pathlib import Path

import click
import pytest

from sekom_survey.asked.load import load_wave
from sekom_survey.cli import main
from sekom_survey.coding import decisions, review, suggest_file
from sekom_survey.coding.codebook import load_codebook
from sekom_survey.coding.lint import lint
from sekom_survey.collected.options import read_options
from sekom_survey.counted.year import analyse
from sekom_survey.found.claims.read import KINDS, read_claims
from sekom_survey.found.goals.load import read_goals
from sekom_survey.members import examples as library
from sekom_survey.members import office
from sekom_survey.model import Correction, Problem, Shown
from sekom_survey.protected.public import Protection
from sekom_survey.running.manifest import write_manifest
from sekom_survey.text.toml import Table
from sekom_survey.upkeep.erase import LOG_COLUMNS
from sekom_survey.written.brand import read_brand
from tests.documented import asked_keys, named_keys, problem_codes, sheet_columns, toml_readers
from tests.waves import answer, make_wave

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
EXAMPLE = ROOT / "surveys" / "exempel" / "2026"
PAGES = {path.name: path.read_text(encoding="utf-8") for path in sorted(DOCS.glob("*.md"))}
TOML = {
    "sekom_survey.asked.questionnaire": ("files.md", "survey.toml"),
    "sekom_survey.asked.chapters": ("files.md", "survey.toml"),
    "sekom_survey.asked.contrasts": ("files.md", "survey.toml"),
    "sekom_survey.asked.indicators": ("files.md", "indicators.toml"),
    "sekom_survey.collected.options": ("readers.md", "[reader_options] in survey.toml"),
    "sekom_survey.coding.codebook": ("codebook.md", None),
    "sekom_survey.found.goals.load": ("goals.md", "goals.toml"),
    "sekom_survey.found.goals.indicator": ("goals.md", "goals.toml"),
    "sekom_survey.written.brand": ("documents.md", "brand.toml"),
    "sekom_survey.found.annual.read": ("files.md", "annual.toml"),
}
CLAIMS = ("files.md", "claims.toml")
SHEETS = {
    "sekom_survey.asked.register": ("files.md", "members.csv"),
    "sekom_survey.asked.load": ("files.md", "corrections.csv"),
    "sekom_survey.upkeep.next_year.survey": ("files.md", "corrections.csv"),
    "sekom_survey.upkeep.mending": ("files.md", "corrections.csv"),
    "sekom_survey.upkeep.put_in": ("goals.md", "Duties, exit signals, fee"),
    "sekom_survey.app.goals": ("goals.md", "decisions.csv"),
    "sekom_survey.app.steps": ("goals.md", "activities.csv"),
    "sekom_survey.found.goals.activities": ("goals.md", "activities.csv"),
    "sekom_survey.found.goals.decisions": ("goals.md", "decisions.csv"),
    "sekom_survey.found.trace": ("files.md", "plan.csv"),
    "sekom_survey.running.manifest": ("goals.md", "decisions.csv"),
    "sekom_survey.found.coming": ("files.md", "coming.csv"),
    "sekom_survey.found.examples": ("files.md", "examples.csv"),
    "sekom_survey.members.propose": ("files.md", "examples.csv"),
    "sekom_survey.found.engagement.hand_log": ("goals.md", "Duties, exit signals, fee"),
}


def section(page, heading):
    """What stands under a heading, which may name several files; the whole page for None."""
    text = PAGES[page]
    if heading is None:
        return text
    parts = re.split(r"^## (.*)$", text, flags=re.MULTILINE)
    found = [body for title, body in zip(parts[1::2], parts[2::2], strict=True) if heading in title]
    assert found, f"{page} has no heading with {heading}"
    return "\n".join(found)


def words(text):
    """Every word in code marks or an example of a text."""
    marked = re.findall(r"`([^`\n]+)`|^( {4}.*)$", text, re.MULTILINE) + re.findall(
        r"^(```)toml\n(.*?)^```$", text, re.MULTILINE | re.DOTALL
    )
    parts = [part for found in marked for part in found]
    return {word for part in parts for word in re.findall(r"[\w-]+", part)} | set(parts)


def undocumented(names, page, heading):
    """Those of some names that a section does not name."""
    return set(names) - words(section(page, heading))


@pytest.mark.parametrize("name", sorted(main.commands))
def test_every_command_and_option_is_documented(name):
    """Under a heading of its own, with its arguments."""
    command = main.commands[name]
    heading = next(line for line in PAGES["commands.md"].splitlines() if line.startswith(f"## sekom {name}"))
    arguments = {param.human_readable_name for param in command.params if isinstance(param, click.Argument)}
    assert arguments <= set(heading.split())
    general = set(re.findall(r"--[\w-]+", PAGES["commands.md"].partition("\n## ")[0]))
    options = {opt for param in command.params if isinstance(param, click.Option) for opt in param.opts}
    told = set(re.findall(r"(?<![\w-])--?[a-z][\w-]*", heading + section("commands.md", heading.removeprefix("## "))))
    assert options - general <= told


def test_no_command_is_documented_that_is_not_there():
    """A command that has gone leaves the docs too."""
    assert set(re.findall(r"^## sekom (\w+)", PAGES["commands.md"], re.MULTILINE)) == set(main.commands)


@pytest.mark.parametrize("module", sorted(toml_readers()))
def test_every_key_that_is_asked_for_by_name_is_documented(module):
    """In the section on its file; a new module that reads TOML has to say which that is."""
    place = TOML[module] if module in TOML else CLAIMS if module.startswith("sekom_survey.found.claims.") else None
    assert place, f"{module} reads TOML: add it to TOML in this file, and its keys to docs/"
    assert not undocumented(named_keys(module), *place)


@pytest.mark.parametrize(("read", "places"), [
    (lambda: load_wave(EXAMPLE), [("files.md", "survey.toml")]),
    (lambda: read_options({"missing": {}, "headings": {}}), [TOML["sekom_survey.collected.options"]]),
    (lambda: load_codebook(EXAMPLE / "codebook.toml"), [("codebook.md", None)]),
    (lambda: read_goals(EXAMPLE / "goals.toml", "goals.toml", load_wave(EXAMPLE)[0].questionnaire), [("goals.md", "goals.toml"), ("files.md", "survey.toml")]),
], ids=["survey", "reader_options", "codebook", "goals"])  # fmt: skip
def test_every_key_that_the_example_is_asked_for_is_documented(read, places, monkeypatch):
    """Also those whose names are put together."""
    asked = asked_keys(monkeypatch, read)
    assert asked
    assert not asked - {word for place in places for word in words(section(*place))}


def test_every_key_of_brand_toml_is_documented(tmp_path, monkeypatch):
    """An empty one is enough: every key is asked for."""
    (tmp_path / "brand.toml").write_text("", encoding="utf-8")
    asked = asked_keys(monkeypatch, lambda: read_brand(tmp_path))
    assert "logo" in asked
    assert not undocumented(asked, *TOML["sekom_survey.written.brand"])


@pytest.mark.parametrize("rule", sorted(KINDS))
def test_every_rule_for_a_claim_is_documented_with_its_keys(rule, monkeypatch):
    """On one row of the table: the rule, and every key it asks for."""
    questionnaire = load_wave(EXAMPLE)[0].questionnaire
    table = Table({"backing": "top_value"}, "claims.toml", "", [])
    asked = asked_keys(monkeypatch, lambda: KINDS[rule].read(table, questionnaire))
    (row,) = [line for line in section(*CLAIMS).splitlines() if line.startswith(f"| `{rule}` |")]
    assert not asked - words(row.split("|")[2])


@pytest.mark.parametrize("module", sorted(sheet_columns()))
def test_every_column_of_a_csv_that_is_read_is_documented(module):
    """In the section on its file."""
    assert module in SHEETS, f"{module} reads a csv: add it to SHEETS in this file, and its columns to docs/"
    assert not undocumented(sheet_columns()[module], *SHEETS[module])


def test_every_code_of_a_problem_is_documented():
    """Each has a row that says what it means and what to do, and each row a code that the program has."""
    codes, computed = problem_codes()
    assert not computed, f"a code that cannot be found by searching for it: {computed}"
    rows = re.findall(r"^\| `(\w+)`[^|]*\|([^|]+)\|([^|]+)\|$", PAGES["messages.md"], re.MULTILINE)
    told = {code for code, means, do in rows if means.strip() and do.strip()}
    gaps = set(re.findall(r"`(\w+)`", PAGES["messages.md"].partition("The plan's own gaps")[2].partition("\n\n")[0]))
    assert codes - told - gaps == set()
    assert (told | gaps) - codes - {"remarks"} == set()


def test_every_key_of_run_json_is_documented(tmp_path):
    """Of both builds, as written for a small year, with the parts of its parts."""
    (tmp_path / "run").mkdir()
    year = analyse(make_wave(tmp_path / "2026", [answer("Almköping")]))
    for protection in (None, Protection(("Små",), ("size",), 1, 1, 1, 1, 1, 1, 1, 3, 3)):
        write_manifest(year, tmp_path / "run", (), protection)
        written = json.loads((tmp_path / "run" / "run.json").read_text(encoding="utf-8"))
        parts = [
            written[key]
            for key in ("definitions", "counts", "chosen_by_rule", "by_hand", "protection")
            if key in written
        ]
        assert not undocumented({*written, *(key for part in parts for key in part)}, "outputs.md", "run.json")
    fields = {field.name for part in (Problem, Correction) for field in dataclasses.fields(part)}
    assert not undocumented(fields, "outputs.md", "run.json")


def test_what_a_notebook_leaves_of_an_exhibit_is_documented():
    """The words of a figure, as the notebooks write them."""
    files = {"svg", "narrow", "png"}
    assert not undocumented(
        {field.name for field in dataclasses.fields(Shown)} - files, "outputs.md", "figures/<id>.json"
    )


@pytest.mark.parametrize(("columns", "page", "heading"), [
    (library.COLUMNS, "outputs.md", "examples/"),
    ((*office.THEMES, *office.CALLS, *office.NEWCOMERS, *office.PAGES), "outputs.md", "office/samtal.xlsx"),
    (review.COLUMNS, "outputs.md", "review.xlsx"),
    ((review.CODEBOOK_SHEET, review.ROWS_SHEET), "outputs.md", "review.xlsx"),
    (suggest_file.OUT_COLUMNS, "outputs.md", "sekom suggest"),
    (suggest_file.COLUMNS, "files.md", "sekom suggest"),
    (decisions.COLUMNS, "files.md", "codings.csv"),
    (LOG_COLUMNS, "files.md", "gallring.csv"),
], ids=["examples", "office", "review.xlsx", "its sheets", "suggested themes", "texts to suggest for", "codings.csv", "gallring.csv"])  # fmt: skip
def test_columns_of_the_other_files_are_documented(columns, page, heading):
    """Those that no run writes."""
    assert not undocumented(columns, page, heading)


def test_links_in_the_documentation_lead_somewhere():
    """Every page, picture and file that is named is there."""
    for name, text in {**PAGES, "README.md": (ROOT / "README.md").read_text(encoding="utf-8")}.items():
        base = ROOT if name == "README.md" else DOCS
        linked = [base / target for target in re.findall(r"\]\(([^)#:]+)\)", text)]
        linked += [
            ROOT / target
            for target in re.findall(r"`?((?:docs|tests|scripts|sekom_survey)/[\w/-]+\.(?:md|py|toml|csv|sh))`?", text)
        ]
        assert [str(path) for path in linked if not path.exists()] == [], name


def examples(page, language):
    """The examples of a page in one language."""
    return re.findall(rf"^```{language}\n(.*?)^```", PAGES[page], re.MULTILINE | re.DOTALL)


def added(tmp_path, name, example):
    """The example's file with one more table, which is added as the page says."""
    path = tmp_path / name
    path.write_text(
        (EXAMPLE / name).read_text(encoding="utf-8") + "\n" + example.replace("2027", "2026"), encoding="utf-8"
    )
    return path


def test_the_worked_examples_of_a_theme_a_goal_and_a_claim_are_one_table_each(tmp_path):
    """Added to the example's files and to nothing else, they are read without a fault and coded as they say."""
    theme, goal, claim = examples("contributing.md", "toml")
    questionnaire = load_wave(EXAMPLE)[0].questionnaire
    codebook, problems = load_codebook(added(tmp_path, "codebook.toml", theme))
    problems += [fault for fault in lint(codebook, "codebook.toml") if fault.where == "themes: digitala_verktyg"]
    goals, found = read_goals(added(tmp_path, "goals.toml", goal), "goals.toml", questionnaire)
    claims, more = read_claims(added(tmp_path, "claims.toml", claim), "claims.toml", questionnaire)
    assert [*problems, *found, *more] == []
    assert codebook.themes[-1].id == "digitala_verktyg"
    assert goals.goals[-1].id == "M9"
    assert claims[-1].id == "P99"
