"""A form and a member list for `python -m scripts.trials.page FOLDER landsbygd`: a csv of Google's kind, a list as csv in Windows' signs."""

from __future__ import annotations

import csv
import random
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from scripts.trials.forms import text

TRUST = ("Mycket dåligt", "Ganska dåligt", "Varken bra eller dåligt", "Ganska bra", "Mycket bra", "Kan inte bedöma")
OFTEN = ("Varje vecka", "Någon gång i månaden", "Någon gång om året", "Aldrig")
SHARED = ("Bredband", "Dagligvaror på landet", "Kollektivtrafik", "Bygdeplaner", "Leader")
Draw = Callable[[random.Random], object]

QUESTIONS: dict[str, Draw] = {
    "Kommun": lambda draw: "",
    "Är du förtroendevald eller anställd?": lambda draw: draw.choice(("Förtroendevald", "Anställd")),
    "Hur fungerar samarbetet med grannkommunerna?": lambda draw: draw.choice(TRUST),
    "Hur fungerar samarbetet med länsstyrelsen?": lambda draw: draw.choice(TRUST),
    "Hur ofta möter ni bygderörelsen?": lambda draw: draw.choice(OFTEN),
    "Vilka områden vill ni arbeta med i nätverket? [Markera alla som passar]": lambda draw: ", ".join(draw.sample(SHARED, draw.randint(1, 4))),
    "Vilket av områdena är viktigast?": lambda draw: draw.choice(SHARED),
    "På en skala 1-6, hur nöjda är ni med nätverkets sekreterare?": lambda draw: draw.randint(2, 6),
    "Har kommunen en antagen landsbygdsstrategi?": lambda draw: draw.choice(("Ja", "Nej", "På gång")),
    "Hur många lokala utvecklingsplaner finns det?": lambda draw: draw.choice(("0", "2", "3", "5", "ca 4", "12")),
    "Berätta om ert största hinder": lambda draw: text(0.85)(draw, ""),
    "Vad har ni lyckats med?": lambda draw: text(0.7)(draw, ""),
    "Något mer du vill säga?": lambda draw: text(0.2)(draw, ""),
}  # fmt: skip
NEW_QUESTION = "Vill ni vara värd för ett möte?"
REWORDED = ("Hur ofta möter ni bygderörelsen?", "Hur ofta träffar ni bygderörelsen?")


def export(path: Path, year: int, members: Sequence[str], share: float, wrong: Sequence[str]) -> Path:
    """Answers as Google Forms gives them; the second year one question in other words and one more."""
    draw, sent = random.Random(year + 1), datetime(year, 3, 1, 8, 12)
    asked = [REWORDED[1] if year > 2026 and one == REWORDED[0] else one for one in QUESTIONS]
    rows: list[list[object]] = [["Tidstämpel", *asked, *([NEW_QUESTION] if year > 2026 else [])]]
    for name in [*(name for name in members if draw.random() < share), *wrong]:
        sent += timedelta(hours=9, minutes=17)
        answers = [make(draw) for make in list(QUESTIONS.values())[1:]]
        more = [draw.choice(("Ja", "Nej", "Kanske"))] if year > 2026 else []
        rows.append([f"{sent:%Y-%m-%d %H:%M:%S}", name, *answers, *more])
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, quoting=csv.QUOTE_ALL).writerows(rows)
    return path


def register(path: Path, members: Sequence[str]) -> Path:
    """A list that somebody has saved from an old program: semicolons, Windows' signs, upper case, an empty row, one that left."""
    draw = random.Random(11)
    rows = [["KOMMUN", "LÄN", "FOLKMÄNGD", "KONTAKT", "MEDLEM SEDAN", "STATUS"], []]
    rows += [[f"{name} kommun", draw.choice(("Västernorrland", "Jämtland", "Gävleborg")), f"{draw.randint(3, 99)} {draw.randint(100, 999)}", "kansli@exempel.se", str(draw.randint(2009, 2024)), "medlem"] for name in members]  # fmt: skip
    rows.append(["Bygdegårdarnas förbund", "", "", "info@exempel.se", "2020", "observatör"])
    with path.open("w", encoding="cp1252", newline="") as stream:
        csv.writer(stream, delimiter=";").writerows(rows)
    return path


def files(folder: Path, members: Sequence[str]) -> dict[str, Path]:
    """The member list, and both years' answers."""
    return {
        "members": register(folder / "medlemsregister.csv", members),
        "first": export(folder / "Landsbygdsenkäten (svar) - Formulärsvar 1.csv", 2026, members, 0.7, [f"{members[2].upper()} KOMMUN", f"{members[3]}e", "Byalaget i Näs"]),
        "second": export(folder / "Landsbygdsenkäten 2027 (svar) - Formulärsvar 1.csv", 2027, members, 0.75, [f"{members[1]}ss", "Byalaget i Näs"]),
    }  # fmt: skip
