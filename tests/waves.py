"""Small made-up years for tests: a folder with survey.toml, members.csv and an export as Microsoft Forms writes it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

import xlsxwriter

SURVEY = """
year = 2026
title = "Provenkäten 2026"
opened = 2026-01-19
closed = 2026-02-13
frame_date = 2026-01-01
synthetic = true
minimum_base = 3

[scales.need]
options = ["Inget behov", "Litet behov", "Stort behov"]
outside = ["Vet inte"]
top = 1

[[items]]
id = "member"
kind = "member"
text = "Vilken kommun svarar du för?"

[[items]]
id = "role"
kind = "role"
text = "Vilken roll har du?"
options = ["Politiker", "Tjänsteperson"]
politicians = ["Politiker"]
officials = ["Tjänsteperson"]

[[items]]
id = "top_value"
kind = "multi"
text = "Vad ger mest värde?"
options = ["Nätverk", "Kunskap; kurser", "Inget av detta"]
exclusive = ["Inget av detta"]
max = 2
other = true

[[items]]
id = "need"
kind = "scale"
scale = "need"
text = "Hur stort behov har ni?"

[[items.rows]]
id = "need_support"
text = "Stöd"

[[items.rows]]
id = "need_voice"
text = "Påverkan"

[[items]]
id = "satisfaction"
kind = "rating"
text = "Hur nöjda är ni?"

[[items]]
id = "introduced"
kind = "single"
text = "Har ni infört något?"
options = ["Ja", "Nej"]
outside = ["Vet inte"]

[[items]]
id = "introduced_what"
kind = "text"
text = "Om ja, vad?"
asked_if = {item = "introduced", options = ["Ja"]}

[[items]]
id = "contact_me"
kind = "metadata"
text = "Får vi kontakta dig?"
"""

HEAD = ("ID", "Starttid", "Slutförandetid", "E-post", "Namn", "Ändrades senast klockan")
QUESTIONS = (
    "Vilken kommun svarar du för?",
    "Vilken roll har du?",
    "Vad ger mest värde?",
    "Stöd",
    "Påverkan",
    "Hur nöjda är ni?",
    "Har ni infört något?",
    "Om ja, vad?",
    "Får vi kontakta dig?",
)
MEMBERS = """member_id,name,kind,status,code,county,population,joined,left,latitude,longitude
m1,Almköping,municipality,member,,Kalmar län,9000,2001-01-01,,,
m2,Björkvalla,municipality,member,,Kalmar län,14999,2001-01-01,,,
m3,Cedersö,municipality,member,,Gotlands län,15000,2001-01-01,,,
m4,Duvhult,municipality,member,,Norrbottens län,60000,2001-01-01,,,
m5,Ekbro,municipality,member,,Norrbottens län,49999,2001-01-01,,,
m6,Fjällanda,municipality,member,,Norrbottens län,,2001-01-01,,,
r1,Region Granland,region,member,,Kalmar län,,2001-01-01,,,
o1,Hasselmo,municipality,observer,,Kalmar län,8000,2001-01-01,,,
"""


def answer(
    member: str,
    role: str = "Tjänsteperson",
    top: str = "Nätverk;",
    support: str = "Stort behov",
    voice: str = "Litet behov",
    satisfaction: object = 8,
    introduced: str = "Nej",
    what: str = "",
    contact: str = "Ja",
) -> list[object]:
    """One respondent's answers, in the order of QUESTIONS."""
    return [member, role, top, support, voice, satisfaction, introduced, what, contact]


def write_export(
    path: Path, rows: Sequence[Sequence[object]], head: Sequence[str] = HEAD, questions: Sequence[str] = QUESTIONS
) -> Path:
    """An xlsx as Microsoft Forms writes it: metadata columns first, real dates in the year that survey.toml beside it says."""
    told = path.parent.parent / "survey.toml"
    year = int(re.search(r"opened = (\d{4})", told.read_text(encoding="utf-8"))[1]) if told.exists() else 2026
    path.parent.mkdir(parents=True, exist_ok=True)
    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet("Sheet1")
    clock = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
    for column, text in enumerate((*head, *questions)):
        sheet.write_string(0, column, text)
    for i, row in enumerate(rows, 1):
        sheet.write_number(i, 0, i)
        sheet.write_datetime(i, 1, datetime(year, 2, 2, 8, 0, 0), clock)
        sheet.write_datetime(i, 2, datetime(year, 2, 2, 8, 12, 0), clock)
        sheet.write_string(i, 3, f"person{i}@kommun.example")
        sheet.write_string(i, 4, f"Förnamn{i} Efternamnsson")
        for column, value in enumerate(row, len(head)):
            if value not in ("", None):
                sheet.write(i, column, value)
    book.close()
    return path


def make_wave(
    folder: Path,
    rows: Sequence[Sequence[object]],
    survey: str = SURVEY,
    members: str = MEMBERS,
    files: Mapping[str, str] | None = None,
) -> Path:
    """A year's folder with the given answers."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "survey.toml").write_text(survey, encoding="utf-8")
    (folder / "members.csv").write_text(members, encoding="utf-8")
    for name, text in (files or {}).items():
        (folder / name).write_text(text, encoding="utf-8")
    write_export(folder / "export" / "svar.xlsx", rows)
    return folder
