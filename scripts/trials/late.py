"""Two forms more, made when all else had been mended: water in a river basin, and a webinar; every kind, odd words, cells in percent and truth values."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date
from itertools import pairwise, product
from pathlib import Path

import xlsxwriter

from scripts.trials.forms import (
    COUNTIES,
    FORMS_HEAD,
    Maker,
    _when,
    day,
    member,
    names,
    one,
    ranked,
    several,
    text,
    whole,
)

TRUST = ("Mycket litet förtroende", "Ganska litet förtroende", "Varken stort eller litet förtroende", "Ganska stort förtroende",
         "Mycket stort förtroende", "Vet ej/Ej relevant")  # fmt: skip
FELT = (
    "Stämmer inte alls",
    "Stämmer ganska dåligt",
    "Stämmer varken bra eller dåligt",
    "Stämmer ganska bra",
    "Stämmer helt",
    "Kan inte bedöma",
)


def share(draw: random.Random, _: str) -> object:
    """A share in a cell shown in percent."""
    return ("%", draw.choice((0.05, 0.125, 0.2, 0.35, 0.5, 0.625)))


def truth(draw: random.Random, _: str) -> object:
    """A truth value, as a tick that was exported."""
    return draw.random() < 0.6


def written(*shapes: str) -> Maker:
    """A number as people write it."""
    return lambda draw, _: draw.choice(shapes).format(draw.randint(3, 60))


def file(draw: random.Random, _: str) -> object:
    """A link to a file sent in."""
    return f"https://example.sharepoint.com/{draw.randint(100, 999)}.pdf" if draw.random() < 0.4 else ""


WATER: dict[str, Maker] = {
    "1. Vilken medlem svarar du för?": member,
    "2. I vilken egenskap svarar du?": one("Ledamot i vattenråd", "Nämndordförande", "VA-ingenjör", "Vattenstrateg", "Ekolog"),
    "3. Hur nöjda är ni med vattenrådet i sin helhet? (0 = inte alls, 6 = helt)": whole(0, 6),
    "4. Hur många stjärnor får årets vattendag?": whole(1, 4),
    "5. Hur sannolikt är det att ni rekommenderar vattenrådet till en granne uppströms?": whole(0, 10),
    "6. Vilka åtgärder har ni gjort i år? Välj högst fyra.": several(";", 4, "Våtmark, anlagd eller restaurerad", "Fiskväg", "Dagvattendamm, öppen", "Kantzon", "Inget av detta"),
    **{f"{n}. {name}": one(*TRUST) for n, name in ((7, "Länsstyrelsen"), (8, "Vattenmyndigheten"), (9, "Markägarna, i stort"), (10, "Grannkommunerna"))},
    **{f"{n}. {name}": one(*FELT) for n, name in ((11, "Vi har en egen vattenplan"), (12, "Planen styr budgeten"), (13, "Vi mäter det vi gör"))},
    **{f"{n}. {name}": several(";", 2, "Vår", "Sommar", "Höst") for n, name in ((14, "Provtagning i sjöar"), (15, "Provtagning i bäckar"))},
    "16. Rangordna vad ni behöver mest": ranked("Pengar, statliga", "Personal", "Kunskap", "Tid", "Mandat"),
    "17. Hur många anläggningar har ni tillsyn över?": written("{}", "{} st", "ca {}"),
    "18. Hur stor andel av ledningsnätet är förnyad?": share,
    "19. Vilket år bildades er vattengrupp?": whole(1988, 2024),
    "20. När hölls senaste mötet?": day,
    "21. Finns en beredskapsplan för dricksvatten?": truth,
    "22. Har ni sökt bidrag?": one("Ja", "Nej", "Vet ej/Ej relevant"),
    "23. Om ja, vad gällde ansökan?": text(0.6),
    "24. Hur länge har ni varit med?": one("Mindre än 1 år", "1–4 år", "5–9 år", "10 år eller mer"),
    "25. Hur allvarlig är bristen på vatten?": one("Obefintlig", "Låg", "Medelhög", "Hög", "Mycket hög"),
    "26. Bifoga er plan": file,
    "27. Får vi återge svaren med kommunens namn?": one("Ja", "Nej"),
    "28. Vad är er största utmaning?": text(0.9),
    "29. Vad är ni stolta över?": text(0.7),
}  # fmt: skip
WEBINAR: dict[str, Maker] = {
    "Hur hittade du hit?": several(";", 2, "Inbjudan, via e-post", "En kollega", "Kalendern på webben", "Annat"),
    "Var du med från början?": truth,
    "Vad tyckte du om webbinariet?": one("Mycket mindre bra", "Ganska dåligt", "Ok", "Ganska bra", "Mycket bra"),
    "Hur var det jämfört med vad du väntade dig?": one("Mycket sämre än väntat", "Sämre än väntat", "Som väntat", "Bättre än väntat"),
    "Hur trygg känner du dig nu i ämnet?": one("Inte alls trygg", "Lite trygg", "Ganska trygg", "Mycket trygg"),
    "Och före?": one("Inte alls trygg", "Lite trygg", "Ganska trygg", "Mycket trygg"),
    "Ljud [Teknik]": whole(1, 5),
    "Bild [Teknik]": whole(1, 5),
    "Betyg till föreläsaren": one("★★", "★★★", "★★★★", "★★★★★"),
    "Hur troligt är det att du tipsar en kollega? (0–10)": whole(0, 10),
    "Rangordna ämnena till hösten": ranked("Upphandling", "Klimatbudget, grund", "Biologisk mångfald", "Ledning"),
    "Hur många minuter följde du med?": whole(12, 90),
    "Hur stor del av arbetstiden rör ämnet?": share,
    "När vill du ha nästa tillfälle?": day,
    "Samtycker du till att vi sparar svaret?": one("Ja", "Nej"),
    "Vad tar du med dig?": text(0.8),
}  # fmt: skip


def make_late(folder: Path, seed: int = 31) -> dict[str, tuple[Path, Path | None]]:
    """Write the exports and the list; name of the trial -> (export, members)."""
    folder.mkdir(parents=True, exist_ok=True)
    draw, towns = random.Random(seed), names(66)
    return {
        "water": (_export(folder / "Vattenråd 2026(1-47).xlsx", WATER, draw, draw.sample(towns, 47)), _list(folder / "Adresslista vattenrådet.xlsx", towns)),
        "webinar": (_export(folder / "Utvärdering webbinarium(1-38).xlsx", WEBINAR, draw, [""] * 38), None),
    }  # fmt: skip


def _export(path: Path, asked: dict[str, Maker], draw: random.Random, who: Sequence[str]) -> Path:
    rows = [{heading: maker(draw, name) for heading, maker in asked.items()} for name in who]
    for row, (before, after) in product(rows, pairwise(asked)):
        if "Om ja" in after and row[before] != "Ja":
            row[after] = ""
    with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd hh:mm:ss"}) as book:
        sheet, percent = book.add_worksheet("Sheet1"), book.add_format({"num_format": "0.0%"})
        sheet.write_row(0, 0, [*FORMS_HEAD, *asked])
        for i, row in enumerate(rows, 1):
            sheet.write_row(i, 0, [i, _when(i), _when(i), "anonymous", ""])
            for column, cell in enumerate(row.values(), len(FORMS_HEAD)):
                sheet.write(i, column, *((cell[1], percent) if isinstance(cell, tuple) else (cell,)))
    return path


def _list(path: Path, people: Sequence[str]) -> Path:
    """A title, a blank row, persons with telephone and mail, an observer, a region, a sum."""
    head = ["Medlem", "Kontakt", "Mejl", "Tfn", "Län", "Invånare 2024", "Inträde", "Status", "Faktura"]
    rows = [[f"{name} kommun", "Kim Prov", "kim@example.org", "070-000 00 00", COUNTIES[i % 6], 3900 + 1450 * i, date(1997 + i % 27, 1, 1).isoformat(),
             "Observatör" if i == 5 else "Medlem", f"V{i}"] for i, name in enumerate(people)]  # fmt: skip
    rows.append(["Region Åmynne", "Kim Prov", "", "", COUNTIES[0], 210000, "2004-01-01", "Medlem", "V99"])
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Lista")
        for i, row in enumerate(
            [["Vattenrådets medlemmar"], [], head, *rows, ["Summa", "", "", "", "", sum(int(row[5]) for row in rows)]]
        ):
            sheet.write_row(i, 0, row)
    return path
