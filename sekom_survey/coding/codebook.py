"""The codebook of a year: themes with definitions, anchors and terms, read strictly from TOML."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sekom_survey.coding.negation import LACK_CANCELS, LACK_COUNTS
from sekom_survey.coding.terms import BadTerm, Term, parse
from sekom_survey.model import Problem
from sekom_survey.text.files import squeeze
from sekom_survey.text.toml import Table, did_you_mean, read_toml
from sekom_survey.text.toml_edit import with_rows

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


OTHER, NO_ANSWER = "ovrigt", "inget"
RESERVED = (OTHER, NO_ANSWER)
_VERSION = re.compile(r"\d+\.\d+\.\d+")
_ID = re.compile(r"[a-z][a-z0-9_]*")


@dataclass(frozen=True)
class Question:
    """A question whose answers are coded; `negation` says whether lack counts as evidence or cancels it."""

    id: str
    name: str
    negation: str


@dataclass(frozen=True)
class Theme:
    """One theme of a question. `plan` themes are always reported; ids are never used again.

    `helps`: themes of other questions, by id, and options of the survey, that whoever has this theme can help others with; `indicators`: codes of
    those in which the best are strong in this.
    `rules_out`: other themes named in the same clause are not proposed ("webbinarierna ger oss ingenting").
    """

    id: str
    question: str
    name: str
    definition: str
    include: str = ""
    exclude: str = ""
    anchors: tuple[str, ...] = ()
    terms: tuple[Term, ...] = ()
    stop_words: tuple[Term, ...] = ()
    since: int = 0
    merged_into: str = ""
    split_from: str = ""
    plan: bool = False
    rules_out: bool = False
    helps: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()


@dataclass(frozen=True)
class Codebook:
    """A version of the frame: questions and their themes in the order they are shown."""

    version: str
    questions: tuple[Question, ...]
    themes: tuple[Theme, ...]

    def of(self, question: str) -> tuple[Theme, ...]:
        """The themes in use for a question."""
        return tuple(theme for theme in self.themes if theme.question == question and not theme.merged_into)

    def theme(self, theme_id: str) -> Theme | None:
        """The theme with an id, or None."""
        return next((theme for theme in self.themes if theme.id == theme_id), None)


def load_codebook(path: Path, shown: str = "") -> tuple[Codebook, list[Problem]]:
    """A codebook file to a Codebook and every problem in it; `shown` is the file as the user knows it."""
    data, problems = read_toml(path, shown or path.name)
    if problems:
        return Codebook("0.0.0", (), ()), problems
    table = Table(data, shown or path.name, "", problems)
    version = table.text("version", required=True)
    if version and not _VERSION.fullmatch(version):
        table.fault("bad_version", "version", f"Versionen är ”{version}”.", "Skriv tre tal med punkt, som 1.0.0.")
    lists = _lists(table.table("words"))
    questions = tuple(_question(inner) for inner in table.tables("questions", required=True))
    themes = tuple(_theme(inner, lists) for inner in table.tables("themes", required=True))
    table.close()
    codebook = Codebook(version or "0.0.0", questions, themes)
    return codebook, with_rows(problems + _clashes(codebook, table.file), path, table.file)


def _lists(table: Table) -> Mapping[str, tuple[str, ...]]:
    found = {key: table.texts(key) for key in table.data}
    table.close()
    return found


def _question(table: Table) -> Question:
    negation = table.text("negation", LACK_CANCELS)
    if negation not in (LACK_COUNTS, LACK_CANCELS):
        hint = did_you_mean(negation, (LACK_COUNTS, LACK_CANCELS))
        table.fault(
            "unknown_negation", "negation", f"Värdet är ”{negation}”.", f"Skriv lack_counts eller lack_cancels.{hint}"
        )
    question = Question(table.text("id", required=True), table.text("name", required=True), negation)
    table.close()
    return question


def _theme(table: Table, lists: Mapping[str, tuple[str, ...]]) -> Theme:
    theme_id = table.text("id", required=True)
    if theme_id and not _ID.fullmatch(theme_id):
        table.fault("bad_id", "id", f"Id är ”{theme_id}”.", "Använd små bokstäver a–z, siffror och understreck.")
    theme = Theme(
        id=theme_id,
        question=table.text("question", required=True),
        name=table.text("name", required=True),
        definition=table.text("definition", required=True),
        include=table.text("include"),
        exclude=table.text("exclude"),
        anchors=table.texts("anchors"),
        terms=_terms(table, "terms", lists),
        stop_words=_terms(table, "stop_words", lists),
        since=table.integer("since") or 0,
        merged_into=table.text("merged_into"),
        split_from=table.text("split_from"),
        plan=table.flag("plan"),
        rules_out=table.flag("rules_out"),
        helps=table.texts("helps"),
        indicators=table.texts("indicators"),
    )
    table.close()
    return theme


def _terms(table: Table, key: str, lists: Mapping[str, tuple[str, ...]]) -> tuple[Term, ...]:
    found = []
    for text in dict.fromkeys(table.texts(key)):
        try:
            found.append(parse(text, lists))
        except BadTerm as error:
            table.fault(
                "bad_term",
                key,
                f"Termen ”{text}” går inte att läsa: {error}.",
                "Rätta den; reglerna står i docs/codebook.md.",
            )
    return tuple(found)


def _clashes(codebook: Codebook, file: str) -> list[Problem]:
    problems: list[Problem] = []
    questions = [question.id for question in codebook.questions]
    ids = [theme.id for theme in codebook.themes]
    for kind, names in (("questions", questions), ("themes", ids)):
        for name in sorted({name for name in names if names.count(name) > 1}):
            problems.append(
                Problem(
                    "id_clash",
                    file,
                    f"{kind}: {name}",
                    f"Id ”{name}” finns {names.count(name)} gånger.",
                    "Ge varje tema och fråga ett eget id; ett id återanvänds aldrig.",
                )
            )
    for theme in codebook.themes:
        problems += _broken_references(theme, questions, ids, file)
    return problems


def _broken_references(theme: Theme, questions: list[str], ids: list[str], file: str) -> list[Problem]:
    where = f"themes: {theme.id}"
    problems = []
    if theme.id in RESERVED:
        problems.append(Problem("reserved_id", file, where, f"”{theme.id}” är ett fast namn.", "Välj ett annat id."))
    if theme.question not in questions:
        problems.append(
            Problem(
                "unknown_question",
                file,
                where,
                f"Frågan ”{theme.question}” finns inte.",
                "Skriv ett id under [[questions]]." + did_you_mean(theme.question, questions),
            )
        )
    for key, other in (("merged_into", theme.merged_into), ("split_from", theme.split_from)):
        if other and other not in ids:
            problems.append(
                Problem(
                    "unknown_theme",
                    file,
                    f"{where}.{key}",
                    f"Temat ”{other}” finns inte.",
                    "Skriv ett id som finns i kodboken." + did_you_mean(other, ids),
                )
            )
    return problems
