"""What `sekom codebook` and `sekom review` do: year in, workbook or decisions out, Swedish lines to tell."""

from __future__ import annotations

import json
import os
import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from math import isnan
from pathlib import Path

from sekom_survey.asked.reference import municipalities
from sekom_survey.coding.codebook import Answer, Codebook, load_codebook
from sekom_survey.coding.decisions import Decision, conflicts, decided_themes, read_decisions
from sekom_survey.coding.exchange import ImportedTheme, read_codes, write_codebook, write_project
from sekom_survey.coding.lint import Gain, against, gains, lint, term_uses
from sekom_survey.coding.proposals import blind_sample, proposals
from sekom_survey.coding.review import write_review
from sekom_survey.coding.review_import import import_review
from sekom_survey.coding.shipped import CODEBOOK_FILE, START, codebook_file, start_codebook
from sekom_survey.coding.sitting import sure_tier
from sekom_survey.coding.suggest import Example
from sekom_survey.counted.year import Year, analyse, read_year
from sekom_survey.found.texts import CODINGS_FILE, Given, Texts, answers_of, coded_items, codings_path, texts_of
from sekom_survey.found.themes import theme_name
from sekom_survey.model import TEXT, WARNING, Problem, Unusable, errors
from sekom_survey.text.files import squeeze, write_new
from sekom_survey.text.places import report_folder, wave_name
from sekom_survey.text.swedish import NOT_AVAILABLE, number, plural

Told = tuple[list[str], list[Problem]]
BLIND_SEED = 2026
DRAFT_HEAD = '# Utkast: välj negation per fråga (lack_counts eller lack_cancels) och skriv termer och ankarsvar.\n\nversion = "0.1.0"\n\n'
SHOWN_WORDS = 6


def codebook_lines(folder: Path, other: Path | None) -> Told:
    """A codebook's faults, what each term hit in the year's answers; or, against another codebook, which answers it codes
    otherwise and how each theme stands against every answer that people have decided, this year and in those beside it.

    Raises Unusable when the codebook cannot be read.
    """
    codebook = _codebook(codebook_file(folder) or folder / CODEBOOK_FILE, f"{folder.name}/{CODEBOOK_FILE}")
    problems = lint(codebook, f"{folder.name}/{CODEBOOK_FILE}")
    year = analyse(folder)
    answers = answers_of(year)
    lines = [f"Kodbok {codebook.version}: {len(codebook.themes)} teman, {number(len(answers))} svar."]
    if other is not None:
        old, (texts, _) = _codebook(other, str(other)), texts_of(year)
        decided = training(folder, year, texts.rows) if texts else {}
        return lines + _gain_lines(gains(old, codebook, decided), codebook) + _against_lines(
            old, codebook, answers
        ), problems
    for use in term_uses(codebook, answers):
        words = ", ".join(f"{word} {n}" for word, n in use.found[:SHOWN_WORDS])
        lines.append(f"  {use.theme} · {use.term}: {words or 'träffar inget i år'}")
    return lines, problems


def _against_lines(old: Codebook, new: Codebook, answers: Sequence[Answer]) -> list[str]:
    changes = against(old, new, answers)
    lines = [f"{len(changes)} svar byter tema från version {old.version} till {new.version}."]
    return lines + [
        f"  {c.answer.respondent}, {c.answer.item}: {c.before or 'okodat'} → {c.after or 'okodat'}\n    {c.answer.text}"
        for c in changes
    ]


def _gain_lines(found: Sequence[Gain], codebook: Codebook) -> list[str]:
    """All themes and those that have changed, the worse first."""
    if not found:
        return ["Ingen har granskat svar ännu, så det går inte att säga om något tema blivit bättre eller sämre."]
    whole, each = found[0], [one for one in found[1:] if one.before != one.after]
    worse = [one for one in each if not one.after.f1 >= one.before.f1]
    told = f"Mot de granskade svaren, termerna för sig: {_from_to(whole)}"
    worse_than = f"{len(worse)} {plural(len(worse), 'tema', 'teman')} blev sämre."
    verdict = worse_than if worse else "Inget tema blev sämre."
    ordered = worse + [one for one in each if one not in worse]
    return [told, verdict, *(f"  {theme_name(codebook, one.theme)}: {_from_to(one)}" for one in ordered)]


def _from_to(one: Gain) -> str:
    parts = [
        f"F1 {_measure(one.before.f1)} → {_measure(one.after.f1)}",
        f"rätt {one.before.right} → {one.after.right}",
        f"fel {one.before.wrong} → {one.after.wrong}",
        f"missade {one.before.missed} → {one.after.missed}",
    ]
    return ", ".join(parts)


def _measure(value: float) -> str:
    return NOT_AVAILABLE if isnan(value) else number(value, 2)


def _codebook(path: Path, shown: str) -> Codebook:
    codebook, problems = load_codebook(path, shown)
    if errors(problems):
        raise Unusable(problems)
    return codebook


def copy_codebook(folder: Path) -> Told:
    """Put the codebook that the package brings in a year's folder. Raises Unusable when the year has one already."""
    path = folder / CODEBOOK_FILE
    write_new(path, START.read_text(encoding="utf-8"))
    names = ", ".join(f"{question.id} ({question.name})" for question in start_codebook().questions)
    todo = "Skriv codebook vid de fritextfrågor i survey.toml som den gäller"
    return [f"{path} är skriven. {todo}: {names}."], []


def draft_codebook(codes: Path, out: Path) -> Told:
    """Codes from another program (.qdc, or csv with name and description) as a draft codebook.toml to fill in.

    Raises Unusable when the file holds no codes or `out` is there already.
    """
    found, problems = read_codes(codes)
    if errors(problems):
        raise Unusable(problems)
    parents = list(dict.fromkeys(code.parent for code in found if code.parent)) or [""]
    themes = [code for code in found if code.name not in parents]
    text = "".join([DRAFT_HEAD, *(_question_table(name) for name in parents), *(_theme_table(code) for code in themes)])
    write_new(out, text)
    return [
        f"{out} är skriven: {len(themes)} teman. Fyll i ankarsvar och termer, och kontrollera med: sekom codebook"
    ], problems


def _question_table(name: str) -> str:
    title = name or "Frågan"
    return f'[[questions]]\nid = "{_slug(title)}"\nname = {_toml(title)}\nnegation = "lack_counts"\n\n'


def _theme_table(code: ImportedTheme) -> str:
    question = _slug(code.parent or "Frågan")
    return (
        f'[[themes]]\nid = "{_slug(code.name)}"\nquestion = "{question}"\nname = {_toml(code.name)}\n'
        f"definition = {_toml(code.definition)}\nanchors = []\nterms = []\n\n"
    )


def _toml(text: str) -> str:
    return json.dumps(squeeze(text), ensure_ascii=False)


def _slug(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "_", plain).strip("_") or "tema"


def export_review(folder: Path, reports: Path, blind: int | None) -> Told:
    """Write the year's texts to a review workbook in the internal report folder; a file that is there is never overwritten."""
    year, texts = _texts(folder)
    chosen = blind_sample(texts.answers, blind, BLIND_SEED) if blind else texts.answers
    known = [one.name for one in municipalities()] + [member.name for member in year.wave.members]
    found = proposals(chosen, texts.codebook, {} if blind else training(folder, year, texts.rows), known)
    path = _free(report_folder(folder, reports) / "internal" / ("review-blind.xlsx" if blind else "review.xlsx"))
    path.parent.mkdir(parents=True, exist_ok=True)
    drawn = () if blind else [one.answer.key for one in sure_tier(found, texts.rows, "").to_try]
    write_review(
        path, found, texts.codebook, {} if blind else decided_themes(texts.rows), blind=bool(blind), drawn=drawn
    )
    done, asked = texts.reviewed()
    return [
        f"{path} är skriven: {len(chosen)} svar, de mest tveksamma först. {done} av {asked} är redan granskade.",
        "Skriv ja under Klar där förslaget stämmer (fyll nedåt), välj annars lägg till, byt, övrigt eller inget svar, "
        "eller ändra teman och skriv ja.",
        "Säkra kan godkännas olästa (filtrera på säker, fyll nedåt med oläst) när de som har stickprov är lästa.",
        f"Spara och läs in med: sekom review {wave_name(folder)} --import {path.name} --coder DINA_INITIALER",
    ], list(texts.problems)


def _free(path: Path) -> Path:
    """The path, or the first numbered one beside it that does not exist."""
    numbered = (path.with_name(f"{path.stem}-{n}{path.suffix}") for n in range(2, 1000))
    return path if not path.exists() else next(other for other in numbered if not other.exists())


def training(folder: Path, year: Year, rows: Sequence[Decision]) -> dict[str, list[Example]]:
    """Every text a person has decided, this year and in the years beside it, by codebook question."""
    examples: dict[str, list[Example]] = defaultdict(list)
    years = [(answers_of(year), tuple(rows))]
    for other in sorted(folder.resolve().parent.glob(f"*/{CODINGS_FILE}")):
        if other.parent != folder.resolve() and (other.parent / "survey.toml").exists():
            wave, _, responses, _ = read_year(other.parent)
            years.append((answers_of(Given(wave, responses)), tuple(read_decisions(other)[0])))
    for answers, made in years:
        decided = decided_themes(made)
        for answer in answers:
            if answer.key in decided:
                examples[answer.question].append(Example(answer.text, decided[answer.key]))
    return dict(examples)


def import_file(folder: Path, workbook: Path, coder: str, reports: Path) -> Told:
    """Read a filled-in review workbook into codings.csv, all or nothing. Raises Unusable with every fault.

    `workbook` is a path, or a name in the year's internal report folder or in the year's own.
    """
    year, texts = _texts(folder)
    places = (workbook, report_folder(folder, reports) / "internal" / workbook, folder / workbook)
    path = next((place for place in places if place.exists()), workbook)
    imported, problems = import_review(
        path, codings_path(year), texts.answers, texts.codebook, coder=coder, day=_today()
    )
    if imported is None:
        raise Unusable(problems)
    lines = [
        f"{len(imported.added)} beslut är inlästa. {imported.reviewed} svar är granskade i filen, {imported.left} återstår."
    ]
    rows, _ = read_decisions(codings_path(year))
    for conflict in conflicts(rows):
        views = "; ".join(
            f"{who}: {', '.join(theme_name(texts.codebook, t) for t in what) or 'inget tema'}"
            for who, what in conflict.themes
        )
        problems.append(
            Problem(
                "coders_differ",
                CODINGS_FILE,
                f"{conflict.respondent}, {conflict.item}",
                f"Kodarna ser olika: {views}.",
                "Enas, och läs in svaret med --coder konsensus.",
                WARNING,
            )
        )
    return lines, problems


def _today() -> str:
    fixed = os.environ.get("SOURCE_DATE_EPOCH")
    return date.fromtimestamp(int(fixed)).isoformat() if fixed else date.today().isoformat()


def export_exchange(folder: Path, reports: Path) -> Told:
    """Write codebook.qdc and codings.qdpx (REFI-QDA 1.5) to the internal report folder."""
    _, texts = _texts(folder)
    home = report_folder(folder, reports) / "internal"
    home.mkdir(parents=True, exist_ok=True)
    write_codebook(home / "codebook.qdc", texts.codebook)
    write_project(
        home / "codings.qdpx",
        texts.codebook,
        texts.answers,
        {key: sorted(found) for key, found in decided_themes(texts.rows).items()},
    )
    done, asked = texts.reviewed()
    return [
        f"{home / 'codebook.qdc'} och {home / 'codings.qdpx'} är skrivna, med {done} av {asked} svar granskade.",
        f"De {plural(asked - done, 'svar', 'svar')} som inte är granskade följer med utan koder.",
    ], list(texts.problems)


def _texts(folder: Path) -> tuple[Year, Texts]:
    year = analyse(folder)
    texts, problems = texts_of(year)
    if texts is None:
        todo = (
            f"Kopiera förra årets kodbok, eller gör en ny av den som följer med: sekom codebook {folder.name} --copy."
        )
        missing = Problem("file_missing", f"{folder.name}/{CODEBOOK_FILE}", "", "Kodboken finns inte.", todo)
        raise Unusable(problems or [missing])
    if not coded_items(year):
        raise Unusable([*problems, _nothing_coded(year, texts.codebook)])
    return year, texts


def _nothing_coded(year: Year, codebook: Codebook) -> Problem:
    """That no question is coded by the codebook, with the questions that could be."""
    asked = year.wave.questionnaire.of_kind(TEXT)
    where, known = f"{year.wave.name}/survey.toml", ", ".join(f'"{one.id}" ({one.name})' for one in codebook.questions)
    if not asked:
        return Problem("nothing_to_code", where, "", "Enkäten har ingen fritextfråga.", "Det finns inget att granska.")
    texts = ", ".join(f"”{item.short[:60]}” ({item.id})" for item in asked)
    todo = f"Skriv codebook = ... vid de frågor som ska kodas. Kodboken har {known}. Fritextfrågorna är {texts}."
    return Problem("nothing_to_code", where, "items", "Ingen fritextfråga har någon kodbok.", todo)
