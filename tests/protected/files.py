"""Every "9 av 9" that a reader can find in a public edition's files, wherever it stands, and other numbers that are in no table."""

import csv
import html
import io
import json
import re
import zipfile
from itertools import combinations

import numpy as np
import pandas as pd

from sekom_survey.found.goals.outcome import goals_at
from sekom_survey.model import Exhibit
from sekom_survey.shown.figures import file_content

YEARS = {"year": str, "last_year": str}
PAIR = re.compile(r"(?<![\d,–])(\d+) av (?:de |alla )?(\d+)(?!,?\d)")
BLOCK = re.compile(r"</(?:w:p|a:p|si|td|th|p|li|tr|h\d|text|title|desc|figcaption)\s*>")
SAID = re.compile(r'(?:alt|title|aria-label|descr)="([^"]*)"')
UNSEEN = re.compile(r"<(style|script)\b.*?</\1>", re.DOTALL)
PACKAGES = (".xlsx", ".docx", ".pptx")
DRAWN = (".png", ".jpeg", ".ttf", ".woff2")


def texts_of(name, data):
    """What can be read in a file, also in the parts of a package and in the workbooks within them: (file, text)."""
    if name.endswith(PACKAGES):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for inner in archive.namelist():
                yield from texts_of(f"{name}/{inner}", archive.read(inner))
    elif not name.endswith(DRAWN):
        text = data.decode("utf-8", "replace")
        if name.endswith((".xml", ".html", ".svg")):
            marked = BLOCK.sub("\n", UNSEEN.sub("", text))
            text = re.sub(r"<[^>]+>", "", marked) + "\n" + "\n".join(SAID.findall(text))
        yield name, html.unescape(text).replace("\xa0", " ")


def pairs_in(public, files="*"):
    """Every pair "so many of so many" in the files of an edition, with the first place where each stands."""
    found = {}
    for path in sorted(public.rglob(files)):
        if path.is_file() and path.suffix != ".csv":
            for name, text in texts_of(path.relative_to(public).as_posix(), path.read_bytes()):
                for one in PAIR.finditer(text):
                    around = " ".join(text[max(0, one.start() - 60) : one.end() + 30].split())
                    found.setdefault((int(one[1]), int(one[2])), f"{name}: {around}")
    return found


def pairs_of_tables(public):
    """Every pair of whole numbers in one row of a table, those that its sentences tell, and two answers to a question together."""
    known, totals = set(), {}
    for path in public.rglob("*.csv"):
        with path.open(encoding="utf-8") as file:
            for row in csv.DictReader(file):
                whole = [int(float(cell)) for cell in row.values() if re.fullmatch(r"\d+(\.0)?", cell or "")]
                known |= {(first, second) for first in whole for second in whole}
                said = " ".join(filter(None, row.values())).replace("\xa0", " ")
                known |= {(int(first), int(second)) for first, second in PAIR.findall(said)}
                if path.name == "estimates.csv" and row["segmentation"] == "all" and row["count"]:
                    totals.setdefault((row["item"], int(float(row["base"]))), []).append(int(float(row["count"])))
    together = {(sum(two), base) for (_, base), counts in totals.items() for two in combinations(counts, 2)}
    return known | together


OF_NO_ANSWER = ("engagement", "nonresponse_worst")
"""Figures of what no answer says: the log of activities, and how many of the silent a majority would need."""


def of_last_years_log(folder):
    """What the log and the indicators, in which nobody has answered anything, told a year ago of the goals' measures."""
    for result in goals_at(folder).results if (folder / "goals.toml").exists() else ():
        if result.last and result.indicator.source in ("log", "indicators"):
            yield from ((int(one), int(other)) for one, other in PAIR.findall(result.last.detail))


def numbers_elsewhere(public, known=()):
    """Every pair in an edition's other files that is none of the tables'; `known` are further ones."""
    protection = json.loads((public / "run.json").read_text(encoding="utf-8"))["protection"]
    of_questions = {(protection[by], protection["questions"]) for by in ("totals", "by_size", "by_landsdel", "by_role")}
    tables = pairs_of_tables(public) | of_questions | set(known)
    for name in OF_NO_ANSWER:
        tables |= pairs_in(public / "figures", f"{name}*").keys()
    tables |= {(base - count, base) for count, base in tables}  # so many did not
    return {pair: place for pair, place in pairs_in(public).items() if pair not in tables}


def drawings_of_more(public, every=1):
    """The drawings that cannot be made again, to the last byte, of the table and the words that are published beside them."""
    for words in sorted((public / "figures").glob("*.json"))[::every]:
        drawing = words.with_suffix(".svg")
        if drawing.exists():
            exhibit = json.loads(words.read_text(encoding="utf-8"))
            data = pd.read_csv(words.with_suffix(".csv"), keep_default_na=False, na_values=[""], dtype=YEARS)
            text = data.select_dtypes(include=["object", "string"]).fillna("")
            table = pd.DataFrame(exhibit["rows"], columns=exhibit["columns"])
            told = (exhibit[name] for name in ("id", "kind", "title", "subtitle", "note", "alt"))
            made = Exhibit(*told, data.assign(**text), table, released=tuple(table.columns), by=exhibit["by"])
            if file_content(made, drawing.name) != drawing.read_bytes():
                yield drawing.name


def numbers_of_workbooks(public):
    """Every number in a cell of a workbook, also of those within a chart of a document, with where it stands."""
    for path in sorted(public.rglob("*")):
        if path.suffix in PACKAGES:
            yield from _cells(path.name, path.read_bytes())


def _cells(name, data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for inner in archive.namelist():
            if inner.endswith(PACKAGES):
                yield from _cells(f"{name}/{inner}", archive.read(inner))
            elif re.fullmatch(r"xl/worksheets/sheet\d+\.xml", inner):
                sheet = archive.read(inner).decode("utf-8")
                for number in re.findall(
                    r"<c [^>]*?(?<! t=\"s\")(?: t=\"n\")?>(?:<f>[^<]*</f>)?<v>(-?[\d.eE+-]+)</v>", sheet
                ):
                    yield float(number), f"{name}/{inner}"


def unknown_numbers(public):
    """The numbers of workbooks that stand in no table, as they are, in percent or rounded: {number: where}."""
    known = {0.0, 1.0}
    for path in public.rglob("*.csv"):
        for cell in re.findall(
            r"(?<![\w.])-?\d+(?:\.\d+)?(?:e-?\d+)?(?![\w])", path.read_text(encoding="utf-8").replace('"', ",")
        ):
            known.add(float(cell))
    near = np.array(sorted(known | {100 * one for one in known}))
    rounded = {np.round(one + less, digits) for one in near for digits in range(4) for less in (0, -1e-9, 1e-9)}
    found = {}
    for number, where in numbers_of_workbooks(public):
        if np.abs(near - number).min() > 1e-6 and number not in rounded:
            found.setdefault(number, where)
    return found
