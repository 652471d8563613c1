"""Three forms with member lists under headings that nobody foresaw: a sports network, an annual meeting, climate work."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import xlsxwriter

from scripts.trials.forms import (
    COUNTIES,
    Maker,
    day,
    forms_export,
    member,
    names,
    one,
    ranked,
    rows_of,
    several,
    text,
    whole,
)

OFTEN = ("Aldrig", "Sällan", "Ibland", "Ofta", "Alltid")
AGREE = ("Instämmer inte alls", "Instämmer delvis", "Instämmer i stort sett", "Instämmer helt", "Kan inte bedöma")
DEGREE = ("Inte alls", "I liten grad", "I ganska hög grad", "I mycket hög grad", "Vet ej")
WEIGHT = ("Inte viktigt", "Lite viktigt", "Viktigt", "Mycket viktigt")
REACHED = ("Nej", "Troligen inte", "Troligen", "Ja", "Har inget mål")
AREAS = (
    "Transporter",
    "Energi",
    "Byggande",
    "Mat",
    "Avfall",
    "Upphandling",
    "Skog och mark",
    "Konsumtion",
    "Fysisk planering",
    "Näringsliv",
)
SPORT: dict[str, Maker] = {
    "1. Vilken kommun svarar du för?": member,
    "2. Vad är din funktion?": one("Fritidschef", "Föreningskonsulent", "Ordförande i nämnden", "Ledamot", "Anläggningschef"),
    "3. Hur många idrottsföreningar får bidrag hos er?": whole(8, 210),
    "4. Ungefär hur stor andel av lokaltiden går till flickor och kvinnor? (procent)": whole(25, 60),
    "5. Hur nöjda är ni med samarbetet med distriktet?": one("Mycket missnöjda", "Ganska missnöjda", "Varken eller", "Ganska nöjda", "Mycket nöjda"),
    "6. Hur skulle ni betygsätta era anläggningar? (1 = mycket dåliga, 6 = mycket bra)": whole(1, 6),
    **{name: one(*OFTEN) for name in ("Simhallar", "Ishallar", "Idrottshallar", "Motionsspår")},
    "11. Vilka bidragsformer använder ni? (flera val möjliga)": several(";", 4, "Aktivitetsbidrag, 7–25 år", "Lokalbidrag", "Ledarbidrag", "Investeringsbidrag; anläggning"),
    "12. Har ni beslutat om avgiftsfri prova på-verksamhet?": one("Ja", "Nej", "Utreds"),
    "13. Om ja, hur har det gått?": text(0.3),
    "14. Rangordna vad som behövs mest": ranked("Fler hallar", "Lägre avgifter", "Fler ledare", "Bättre kollektivtrafik"),
    **{name: one(*AGREE) for name in ("Vi har en aktuell plan för anläggningar", "Vi når barn som inte är med i någon förening", "Vi samarbetar med skolan")},
    "18. När togs planen senast?": day,
    "19. Hur sannolikt är det att ni rekommenderar nätverket till en annan kommun? (0–10)": whole(0, 10),
    "20. Vad är er största utmaning?": text(0.8),
    "21. Vad är ni stolta över?": text(0.7),
    "22. Får vi återge svaret med kommunens namn?": one("Ja", "Nej"),
    "23. Hur ofta träffas ni med föreningarna?": one("Mer sällan", "Någon gång per år", "Varje kvartal", "Varje månad"),
    "24. Något mer?": text(0.2),
}  # fmt: skip
MEETING: dict[str, Maker] = {
    "Hur deltog du i årsmötet?": one("På plats", "På distans", "Båda delarna"),
    "Vad är du?": one("Förtroendevald", "Tjänsteperson", "Gäst"),
    "Hur nöjd är du med årsmötet som helhet?": whole(1, 5),
    "Hur upplevde du mötets längd?": one("För kort", "Lagom", "För lång"),
    "Var handlingarna tydliga?": one("Ja", "Delvis", "Nej"),
    "Kunde du göra din röst hörd?": one("Inte alls", "I liten utsträckning", "I viss utsträckning", "I stor utsträckning", "Vet inte"),
    "Vilka programpunkter var du med på?": several(";", 3, "Förhandlingarna", "Studiebesöket", "Middagen", "Seminariet"),
    "Kommer du nästa år?": one("Ja", "Kanske", "Nej"),
    "Vad var bäst?": text(0.8),
    "Vad ska vi göra annorlunda?": text(0.5),
}  # fmt: skip
CLIMATE: dict[str, Maker] = {
    "Medlem": member,
    "Din roll": one("Kommunalråd", "Regionråd", "Hållbarhetsstrateg", "Klimatsamordnare", "Förvaltningschef"),
    "Hur väl känner du till nätverkets klimatarbete?": one("Inte alls", "Ganska dåligt", "Ganska väl", "Mycket väl"),
    **{area: one(*DEGREE) for area in AREAS},
    "Hur många ton koldioxidekvivalenter släppte organisationen ut 2025?": whole(900, 64000),
    "Har ni en klimatbudget?": one("Ja, beslutad", "Ja, under arbete", "Nej"),
    "Om ja, är den knuten till den ekonomiska budgeten?": one("Ja", "Nej"),
    **{f"Stöd med {area.lower()}": one(*WEIGHT) for area in AREAS},
    "Rangordna vad som hindrar mest": ranked("Pengar", "Tid", "Kunskap", "Politisk enighet", "Regler"),
    **{f"Vi når målet för {area.lower()} till 2030": one(*REACHED) for area in AREAS},
    **{f"Hur nöjd är du med {what}?": whole(1, 5) for what in ("träffarna", "nyhetsbrevet", "rådgivningen", "webbplatsen", "kansliet")},
    "Vilka verktyg använder ni?": several(";", 4, "Klimatkollen", "Panorama", "Eget verktyg", "Excel", "Inget alls"),
    "Vilka grupper är ni med i?": several(";", 3, "Energigruppen", "Matgruppen", "Skogsgruppen", "Ingen"),
    "När beslutades klimatplanen?": day,
    "Hur många heltidstjänster arbetar med klimat?": one("Ingen", "Färre än 1", "1–2", "3–5", "Fler än 5"),
    "Hur troligt är det att du rekommenderar medlemskap till en kollega i en annan kommun?": whole(0, 10),
    "Är medlemsavgiften rimlig?": one("Ja", "Delvis", "Nej", "Vet ej"),
    "Kommer ni att vara medlemmar om två år?": one("Nej", "Troligen inte", "Troligen", "Ja"),
    "Vad är svårast i klimatarbetet?": text(0.9),
    "Vad har ni lyckats bäst med?": text(0.8),
    "Vad vill ni ha hjälp med?": text(0.7),
    "Samtycker du till att vi kontaktar er?": one("Ja", "Nej"),
    "Hur bedömer ni takten i omställningen?": one("Alldeles för långsam", "För långsam", "Lagom", "För snabb"),
    "Har ni räknat på kostnaden för klimatanpassning?": one("Ja", "Nej", "Vet ej"),
    "Hur många gånger har fullmäktige behandlat klimatfrågan i år?": whole(0, 9),
    "Övrigt": text(0.2),
}  # fmt: skip
REGIONS = ("Region Nordskogen", "Region Västlandet", "Region Sjöbygden", "Region Åsarna")


def make_odd(folder: Path, seed: int = 23) -> dict[str, tuple[Path, Path | None]]:
    """Write the exports and the lists; name of the trial -> (export, members)."""
    folder.mkdir(parents=True, exist_ok=True)
    draw, clubs, members = random.Random(seed), names(70), [*names(80), *REGIONS]

    def export(file: str, asked: dict[str, Maker], who: Sequence[str]) -> Path:
        return forms_export(folder / file, asked, rows_of(asked, draw, who))

    return {
        "sport": (export("Idrottsenkät 2026(1-52).xlsx", SPORT, draw.sample(clubs, 52)), _clubs(folder / "Medlemslista idrott.xlsx", clubs)),
        "meeting": (export("Utvärdering årsmötet(1-34).xlsx", MEETING, [""] * 34), None),
        "climate": (export("Klimatarbete.xlsx", CLIMATE, draw.sample(members, 51)), _register(folder / "klimat register.xlsx", members)),
    }  # fmt: skip


def _clubs(path: Path, people: Sequence[str]) -> Path:
    """A title, a date, persons, odd headings, a sum after a blank row."""
    head = [
        "Nr",
        "Kommunens namn",
        "Kontaktperson",
        "Epost",
        "Mobil",
        "Län",
        "Antal inv. 31/12",
        "Anslöt år",
        "Fakturaref",
    ]
    rows = [[i, f"{name} kommun", "Eva Prov", "eva@example.org", "070-000 00 00", COUNTIES[i % 6].removesuffix(" län"), 4000 + 1300 * i, 1995 + i % 30, f"F{i}"]
            for i, name in enumerate(people, 1)]  # fmt: skip
    total = ["", "Summa", "", "", "", "", sum(int(row[6]) for row in rows)]
    return _saved(
        path, [["Medlemsförteckning idrottsnätverket"], ["Uppdaterad", "2026-01-15"], [], head, *rows, [], total]
    )


def _register(path: Path, people: Sequence[str]) -> Path:
    """The kind of member in a column of its own, nothing called name, a sum that is a formula."""
    head = ["Org.", "Typ", "Landskap/län", "Folkmängd", "Inträdesdatum", "Anteckning", "Handläggare"]
    rows = [[name, name.split()[0] if name in REGIONS else "Kommun", COUNTIES[i % 6], 5200 + 1700 * i, date(1996 + i % 28, 1 + i % 12, 3).isoformat(), "", "KL"]
            for i, name in enumerate(people)]  # fmt: skip
    return _saved(path, [["Sveriges klimatkommuner"], head, *rows, ["Totalt", "", "", "=SUM(D3:D86)"]])


def _saved(path: Path, rows: Sequence[Sequence[object]]) -> Path:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Medlemmar")
        for i, row in enumerate(rows):
            sheet.write_row(i, 0, row)
    return path
