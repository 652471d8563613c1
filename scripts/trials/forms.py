"""Four invented forms, unlike each other and unlike the example, as their platforms export them, with member lists as people keep them.

Members' names are invented; the answers are drawn, seeded, and mean nothing.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from itertools import pairwise, product
from pathlib import Path

import xlsxwriter

Maker = Callable[[random.Random, str], object]
FORMS_HEAD = ("ID", "Starttid", "Slutförandetid", "E-post", "Namn")
OUTSIDE = "Vet ej"
FIRST, LAST = ("Gran", "Tall", "Björk", "Hägg", "Ek", "Lind", "Rönn", "Asp", "Hassel", "Sälg"), (
    "fors", "näset", "hult", "bro", "mark", "vallen", "sjön", "berga", "stad", "ås")  # fmt: skip
COUNTIES = ("Kalmar län", "Norrbottens län", "Skåne län", "Västmanlands län", "Dalarnas län", "Hallands län")
TEXTS = ("Tiden räcker inte till för allt vi vill göra.", "Vi saknar pengar till en samordnare.", "Politiken är överens, men det går långsamt.",
         "Bra nätverk, och alltid någon att fråga.", "Upphandlingen är svår att styra.", "Se ovan", "Vi vill ha fler träffar på distans.")  # fmt: skip


def names(n: int) -> list[str]:
    """Invented municipalities, all unlike each other."""
    return [f"{a}{b}" for a, b in product(FIRST, LAST)][:n] + [f"Nya {a}{b}" for a, b in product(FIRST, LAST)][
        : max(0, n - 100)
    ]


def one(*labels: str) -> Maker:
    """One of some answers, those in the middle oftener."""
    return lambda draw, _: labels[min(len(labels) - 1, int(draw.betavariate(2, 2) * len(labels)))]


def several(separator: str, most: int, *labels: str) -> Maker:
    """Up to so many of some answers; Microsoft Forms also ends with its separator."""
    return lambda draw, _: (
        separator.join(draw.sample(labels, draw.randint(1, most))) + (";" if separator == ";" else "")
    )


def whole(low: int, high: int) -> Maker:
    """A whole number."""
    return lambda draw, _: draw.randint(low, high)


def ranked(*labels: str) -> Maker:
    """All the answers in an order, as a Forms ranking."""
    return lambda draw, _: ";".join(draw.sample(labels, len(labels))) + ";"


def text(share: float = 0.7) -> Maker:
    """Own words, or nothing."""
    return lambda draw, _: f"{draw.choice(TEXTS)} {draw.choice(TEXTS)}" if draw.random() < share else ""


def member(draw: random.Random, name: str) -> object:
    """The member's name as people write it."""
    return draw.choice((name, name, f"{name} kommun", name.upper(), f" {name}"))


def day(draw: random.Random, _: str) -> object:
    """A day in the year before."""
    return datetime(2025, 1, 1) + timedelta(days=draw.randint(0, 364))


AGREE = ("Stämmer inte alls", "Stämmer dåligt", "Stämmer ganska bra", "Stämmer mycket bra", OUTSIDE)
FORMS: dict[str, Maker] = {
    "Vilken kommun representerar du?": member,
    "Vilken befattning har du?": one("Kommunalråd", "Ledamot i nämnd", "Hållbarhetschef", "Miljöstrateg", "Planerare"),
    "Hur väl har samarbetet motsvarat era förväntningar? (1 = inte alls, 7 = helt)": whole(1, 7),
    "Hur sannolikt är det att ni skulle rekommendera samarbetet till en granne?": whole(0, 10),
    "Vilka stöd har ni haft nytta av? Välj högst tre.": several(";", 3, "Rådgivning, enskild", "Mallar, checklistor och avtal", "Utbildningar", "Statistik"),
    "Rangordna det viktigaste för nästa år": ranked("Klimat", "Vatten", "Skog", "Mat"),
    "Möten på plats": one(*AGREE),
    "Möten på distans": one(*AGREE),
    "Nyhetsbrevet": one(*AGREE),
    "Har ni en antagen klimatplan?": one("Ja", "Nej", "Den är på gång"),
    "Om ja, vad har den lett till?": text(0.4),
    "Hur många årsarbetare arbetar med hållbarhet?": whole(1, 45),
    "När antogs planen senast?": day,
    "Hur ofta tar ni del av vårt material?": one("Aldrig", "Någon gång per år", "Varje månad", "Varje vecka"),
    "Vad är svårast just nu?": text(0.9),
}  # fmt: skip
GOOGLE: dict[str, Maker] = {
    "Kommun": member,
    "Min roll är": one("Förtroendevald", "Tjänsteperson", "Annat"),
    "Hur nöjd är du med höstens program?": one("Mycket missnöjd", "Ganska missnöjd", "Varken nöjd eller missnöjd", "Ganska nöjd", "Mycket nöjd"),
    "Vilka träffar var du med på?": several(", ", 3, "Energi", "Avfall", "Resor", "Kemikalier"),
    "Hur bedömer du träffarna? [Innehåll]": one("Dåligt", "Godtagbart", "Bra", "Mycket bra"),
    "Hur bedömer du träffarna? [Längd]": one("Dåligt", "Godtagbart", "Bra", "Mycket bra"),
    "Hur bedömer du träffarna? [Teknik]": one("Dåligt", "Godtagbart", "Bra", "Mycket bra"),
    "Ett helhetsbetyg": whole(1, 5),
    "Skulle du rekommendera oss till en kollega?": whole(0, 10),
    "Kommer ni att vara med även nästa år?": one("Nej, absolut inte", "Nej, troligen inte", "Ja, troligen", "Ja, absolut", OUTSIDE),
    "Hur lång tid lägger du på hållbarhet per vecka?": one("Mindre än 5 timmar", "5–10 timmar", "11–20 timmar", "Mer än 20 timmar"),
    "Vad tar du med dig?": text(0.8),
    "Vad saknade du?": text(0.4),
}  # fmt: skip
LIME: dict[str, Maker] = {
    "Vilken medlem svarar ni för?": member,
    "Vilket uppdrag har den som svarar?": one("Politiker", "Tjänsteperson"),
    "Hur viktiga är områdena för er? [Klimat]": one("Oviktigt", "Mindre viktigt", "Ganska viktigt", "Mycket viktigt"),
    "Hur viktiga är områdena för er? [Natur]": one("Oviktigt", "Mindre viktigt", "Ganska viktigt", "Mycket viktigt"),
    "Hur viktiga är områdena för er? [Hälsa]": one("Oviktigt", "Mindre viktigt", "Ganska viktigt", "Mycket viktigt"),
    "Hur väl fungerar kontakten med kansliet?": one("Mycket dåligt", "Ganska dåligt", "Ganska bra", "Mycket bra", "Ingen uppfattning"),
    "Har ni infört något som en annan medlem gjort?": one("Ja", "Nej", OUTSIDE),
    "Hur mycket har utsläppen förändrats?": one("Minskat mycket", "Minskat något", "Oförändrat", "Ökat något"),
    "I vilken utsträckning påverkar målen budgeten?": one("Inte alls", "I liten utsträckning", "I viss utsträckning", "I stor utsträckning"),
    "Hur nöjda är ni på det hela taget?": whole(1, 10),
    "Är avgiften rimlig?": one("Ja, helt", "Ja, delvis", "Nej, inte alls", OUTSIDE),
    "Vilken fråga ska vi driva nationellt?": text(0.6),
    "Vilken är er styrka?": text(0.6),
}  # fmt: skip
COURSE: dict[str, Maker] = {
    "Vilken kurs gick du?": one("Klimatbudget i praktiken", "Upphandla cirkulärt", "Leda utan chefskap"),
    "Hur nöjd är du med kursen som helhet?": whole(1, 5),
    "Nivån på kursen": one("För lätt", "Lagom", "För svårt"),
    "Tempot": one("För långsamt", "Lagom", "För snabbt"),
    "Jag lärde mig något nytt": one("Instämmer inte alls", "Instämmer delvis", "Instämmer helt"),
    "Jag har nytta av det i mitt arbete": one("Instämmer inte alls", "Instämmer delvis", "Instämmer helt"),
    "Läraren": one("Mycket dålig", "Ganska dålig", "Ganska bra", "Mycket bra"),
    "Lokalen": one("Mycket dålig", "Ganska dålig", "Ganska bra", "Mycket bra"),
    "Hur fick du veta om kursen?": several(";", 2, "Nyhetsbrevet", "En kollega", "Sociala medier, till exempel LinkedIn"),
    "Skulle du rekommendera kursen?": whole(0, 10),
    "Var du med hela tiden?": one("Ja", "Nej"),
    "Vad var bäst?": text(0.7),
    "Vad kan bli bättre?": text(0.6),
}  # fmt: skip


def make(folder: Path, seed: int = 7) -> dict[str, tuple[Path, Path | None]]:
    """Write the four exports and three member lists; name of the trial -> (export, members)."""
    folder.mkdir(parents=True, exist_ok=True)
    draw = random.Random(seed)
    people = {"forms": names(60), "google": names(40), "lime": names(190)}
    answered = {"forms": 41, "google": 28, "lime": 120}
    rows = {
        key: rows_of(asked, draw, draw.sample(people[key], answered[key]))
        for key, asked in (("forms", FORMS), ("google", GOOGLE), ("lime", LIME))
    }
    course = rows_of(COURSE, draw, [""] * 33)
    files = {
        "forms": (forms_export(folder / "Samarbetsenkäten(1-41).xlsx", FORMS, rows["forms"]), excel_list(folder / "Medlemslista.xlsx", people["forms"])),
        "google": (_delimited(folder / "Höstens program (svar).csv", ["Tidstämpel", *GOOGLE], rows["google"], "%Y/%m/%d %I:%M:%S em EET"), _windows_list(folder / "medlemmar.csv", people["google"])),
        "lime": (_delimited(folder / "results-survey123456.csv", ["Svars-ID", "Datum inskickat", "Sista sidan", "Startspråk", *LIME],
            [[3, "sv", *row] for row in rows["lime"]],
            "%Y-%m-%d %H:%M:%S",
            True,
        ), excel_list(folder / "Register.xlsx", people["lime"])),
        "course": (forms_export(folder / "Kursutvärdering(1-33).xlsx", COURSE, course), None),
    }  # fmt: skip
    return dict(files)


def rows_of(asked: dict[str, Maker], draw: random.Random, people: Sequence[str]) -> list[list[object]]:
    """The answers of some people to a form, a row each; a question that begins "Om ja" is left where the one before has no yes."""
    made = [dict(zip(asked, (maker(draw, name) for maker in asked.values()), strict=True)) for name in people]
    for row, (before, after) in product(made, pairwise(asked)):
        if after.startswith("Om ja") and row[before] != "Ja":
            row[after] = ""
    return [list(row.values()) for row in made]


def _when(i: int) -> datetime:
    return datetime(2026, 2, 2, 8, 0) + timedelta(hours=7 * i)


def forms_export(path: Path, asked: dict[str, Maker], rows: Sequence[Sequence[object]]) -> Path:
    """As Microsoft Forms: its five columns first, dates as dates."""
    with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd hh:mm:ss"}) as book:
        sheet = book.add_worksheet("Sheet1")
        sheet.write_row(0, 0, [*FORMS_HEAD, *asked])
        for i, row in enumerate(rows, 1):
            sheet.write_row(i, 0, [i, _when(i), _when(i) + timedelta(minutes=9), "anonymous", "", *row])
    return path


def _delimited(
    path: Path, head: Sequence[str], rows: Sequence[Sequence[object]], stamp: str, numbered: bool = False
) -> Path:
    """As Google Forms (a time stamp) or LimeSurvey (a number and a time stamp)."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        target = csv.writer(stream)
        target.writerow(head)
        target.writerows([*([i] if numbered else []), _when(i).strftime(stamp), *row] for i, row in enumerate(rows, 1))
    return path


def excel_list(path: Path, people: Sequence[str]) -> Path:
    """A title, a blank row, personal columns, a region, an observer, a sum."""
    head = ["Nr", "Kommun", "Län", "Kontaktpolitiker", "E-post", "Telefon", "Medlem sedan", "Invånare 2024", "Status"]
    rows = [[i, f"{name} kommun" if i % 3 else name, COUNTIES[i % 6], "Rut Testsson", "rut@example.org", "070-000 00 00",
             1995 + i % 30, 4000 + 1700 * i, "Observatör" if i == 5 else "Medlem"] for i, name in enumerate(people, 1)]  # fmt: skip
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Medlemmar")
        sheet.merge_range(0, 0, 0, 5, "Våra medlemmar 2026")
        sheet.write_row(2, 0, head)
        for i, row in enumerate([*rows, [len(rows) + 1, "Region Dalarna", "", "", "", "", 2011, "", "Medlem"]], 3):
            sheet.write_row(i, 0, row)
        sheet.write_row(len(rows) + 4, 0, ["", "Summa", "", "", "", "", "", sum(int(row[7]) for row in rows)])
    return path


def _windows_list(path: Path, people: Sequence[str]) -> Path:
    """As a Swedish Excel saves a csv: semicolons, Windows-1252."""
    lines = [
        "Medlem;Kontaktperson;Inträde;Folkmängd;Län",
        *(f"{name};Bo Prov;{1995 + i % 30}-01-01;{5000 + 900 * i};{COUNTIES[i % 6]}" for i, name in enumerate(people)),
        "Totalt;;;;",
    ]
    path.write_bytes("\r\n".join(lines).encode("cp1252"))
    return path
