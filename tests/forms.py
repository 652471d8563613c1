"""A made-up form that is not the example: other questions, other words, every kind, and answers to it."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

from tests.small_year import REGISTER, TOWNS
from tests.waves import HEAD, write_export

FORM = """
year = 2026
title = "Grannsamverkan 2026"
opened = 2026-01-19
closed = 2026-02-13
frame_date = 2026-01-01
synthetic = true
minimum_base = 3

[[items]]
id = "zz_who"
kind = "member"
text = "Kommun"

[[items]]
id = "zz_part"
kind = "role"
text = "I vilken egenskap svarar du?"
options = ["Nämnd", "Kontor"]
politicians = ["Nämnd"]
officials = ["Kontor"]

[[items]]
id = "zz_often"
kind = "scale"
text = "Hur ofta träffas ni?"
options = ["Aldrig", "Varje år", "Varje månad"]
outside = ["Minns inte"]

[[items]]
id = "zz_trust"
kind = "scale"
text = "Hur stort förtroende har ni för …"
options = ["Inget", "Litet", "Stort"]
top = 1

  [[items.rows]]
  id = "zz_trust_one"
  text = "grannkommunen"

  [[items.rows]]
  id = "zz_trust_two"
  text = "regionen, i stort"

[[items]]
id = "zz_stars"
kind = "rating"
text = "Hur många stjärnor får samarbetet?"
low = 1
high = 5

[[items]]
id = "zz_marks"
kind = "rating"
text = "Sätt betyg"
low = 1
high = 6

  [[items.rows]]
  id = "zz_marks_one"
  text = "Maten"

  [[items.rows]]
  id = "zz_marks_two"
  text = "Lokalen"

[[items]]
id = "zz_tip"
kind = "nps"
text = "Skulle ni tipsa andra?"

[[items]]
id = "zz_did"
kind = "single"
text = "Har ni ett avtal?"
options = ["Ja", "Nej"]

[[items]]
id = "zz_kind"
kind = "single"
text = "Om ja: vilket slags avtal?"
options = ["Muntligt, utan datum", "Skriftligt"]
asked_if = { item = "zz_did", options = ["Ja"] }

[[items]]
id = "zz_tools"
kind = "multi"
text = "Vad använder ni?"
options = ["Telefon, även mobil", "Brev", "Möten", "Inget"]
exclusive = ["Inget"]

[[items]]
id = "zz_boxes"
kind = "multi"
text = "När passar det?"
options = ["Vår", "Höst"]

  [[items.rows]]
  id = "zz_boxes_one"
  text = "Studiebesök"

  [[items.rows]]
  id = "zz_boxes_two"
  text = "Kurs"

[[items]]
id = "zz_staff"
kind = "number"
text = "Hur många tjänster har ni?"
unit = "st"

[[items]]
id = "zz_since"
kind = "date"
text = "När började ni?"

[[items]]
id = "zz_order"
kind = "ranking"
text = "Ordna efter nytta"
options = ["Möten, fysiska", "Brev", "Telefon"]

[[items]]
id = "zz_agree"
kind = "consent"
text = "Får svaret sparas?"
options = ["Ja, gärna", "Nej"]

[[items]]
id = "zz_file"
kind = "upload"
text = "Bifoga avtalet"

[[items]]
id = "zz_told"
kind = "text"
text = "Berätta mer"
"""
QUESTIONS = (
    "Kommun", "I vilken egenskap svarar du?", "Hur ofta träffas ni?", "grannkommunen", "regionen, i stort",
    "Hur många stjärnor får samarbetet?", "Maten", "Lokalen", "Skulle ni tipsa andra?", "Har ni ett avtal?",
    "Om ja: vilket slags avtal?", "Vad använder ni?", "Studiebesök", "Kurs", "Hur många tjänster har ni?",
    "När började ni?", "Ordna efter nytta", "Får svaret sparas?", "Bifoga avtalet", "Berätta mer",
)  # fmt: skip


def answers(seed: int = 1) -> Iterator[list[object]]:
    """A row for each member of the small register but the last three."""
    draw = random.Random(seed)
    for town in TOWNS[:-3]:
        agreed = draw.choice(["Ja", "Ja", "Nej"])
        yield [
            town, draw.choice(["Nämnd", "Kontor"]), draw.choice(["Aldrig", "Varje år", "Varje månad", "Minns inte"]),
            draw.choice(["Inget", "Litet", "Stort"]), draw.choice(["Litet", "Stort"]), draw.randint(1, 5), draw.randint(1, 6),
            draw.randint(2, 6), draw.randint(0, 10), agreed, draw.choice(["Muntligt, utan datum", "Skriftligt"]) if agreed == "Ja" else "",
            draw.choice(["Telefon, även mobil;Brev;", "Möten;", "Inget;"]), draw.choice(["Vår;", "Vår;Höst;"]), draw.choice(["Höst;", ""]),
            draw.choice([1, 2, 2, 3, 5, 8, 13, 21, 34, 55]), f"2025-0{draw.randint(1, 9)}-11",
            ";".join(draw.sample(["Möten, fysiska", "Brev", "Telefon"], 3)) + ";", "Ja, gärna", draw.choice(["avtal.pdf", ""]),
            "Vi ses på torget.",
        ]  # fmt: skip


def made_form(folder: Path, form: str = FORM) -> Path:
    """A year's folder with the form, its register and its answers."""
    folder.mkdir(parents=True)
    (folder / "survey.toml").write_text(form, encoding="utf-8")
    (folder / "members.csv").write_text(REGISTER, encoding="utf-8")
    write_export(folder / "export" / "svar.xlsx", list(answers()), HEAD, QUESTIONS)
    return folder
