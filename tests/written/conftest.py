"""Trial reports and estimates for the writers: ordinary content beside the odd things people write."""

from __future__ import annotations

from datetime import date
from itertools import product
from pathlib import Path

import pandas as pd
import pytest

from sekom_survey.model import (
    ERROR,
    NOTE,
    WARNING,
    Accounting,
    Brief,
    Item,
    Message,
    Option,
    Problem,
    Prose,
    Questionnaire,
    Report,
    Section,
    Shown,
    SizeClasses,
    StripMark,
    Survey,
)

HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</style></title><svg onload=alert(1)>",
    "**fet** [länk](https://exempel.invalid) `kod`",
    "=1+1",
    '=HYPERLINK("https://exempel.invalid")',
    "+46 70 174 06 05",
    "@SUM(A1)",
    "https://exempel.invalid/å?ä=ö",
    "{{ report.title }}{% raw %}",
    "Kommun\u202eulv\u0000\u0007slut",
    "Nordvästersjökustartilleriflygspaningssimulatoranläggningsmaterielunderhållsuppföljningssystemsdiskussionsinlägg",
)
SVG = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
<svg xmlns:xlink="http://www.w3.org/1999/xlink" width="{width}pt" height="150pt" viewBox="0 0 {width} 150"
 xmlns="http://www.w3.org/2000/svg" version="1.1" onload="alert(1)">
 <metadata><rdf xmlns="urn:x">dold</rdf></metadata>
 <defs><style type="text/css">*{{stroke-linejoin: round}}</style><clipPath id="p1"><rect width="{width}" height="150"/></clipPath>
 <path id="m1" d="M 0 0 L 5 5"/></defs>
 <script>alert(1)</script><foreignObject><p>främmande</p></foreignObject>
 <rect clip-path="url(#p1)" x="0" y="20" width="120" height="40" style="fill: #0072b2" onclick="alert(1)"/>
 <rect style="fill: url(https://exempel.invalid/x)" width="1" height="1"/>
 <use xlink:href="#m1" x="3"/><use xlink:href="https://exempel.invalid/y#a"/><image xlink:href="https://exempel.invalid/z.png"/>
 <text x="10" y="45" style="font: 12px 'Source Sans Pro'; fill: #fff">34 av 50 &lt;b&gt; åäö</text>
</svg>
"""


def shown(name: str, folder: Path | None = None, **changes: object) -> Shown:
    """An exhibit as a notebook leaves it; with `folder`, its two drawings are written there."""
    svg = narrow = None
    if folder is not None:
        svg, narrow = folder / f"{name}.svg", folder / f"{name}-narrow.svg"
        svg.write_text(SVG.format(width=720), encoding="utf-8")
        narrow.write_text(SVG.format(width=340), encoding="utf-8")
    ordinary: dict[str, object] = {
        "id": name,
        "kind": "bars",
        "title": "Kollegerna i andra kommuner är det som ger mest värde",
        "subtitle": "Vad ger er mest värde i medlemskapet? Välj högst tre.",
        "note": "Källa: SEKOM-enkäten 2026. Bas: 50 av 80 kommuner. Exempeldata.",
        "alt": f"Staplar för {name}: 68 % överst.",
        "columns": ("Svar", "Antal", "Andel", "Osäkerhet", "Möjligt spann"),
        "rows": (
            ("Erfarenhetsutbyte och kollegial kontakt", "34", "68 %", "59–75 %", "42–80 %"),
            ("Webbinarier och föreläsningar", "27", "54 %", "45–62 %", "34–71 %"),
        ),
        "svg": svg,
        "narrow": narrow,
    }
    return Shown(**{**ordinary, **changes})  # type: ignore[arg-type]


@pytest.fixture
def report(tmp_path: Path) -> Report:
    """A report with ordinary and hostile content, a missing figure and an empty table."""
    odd = tuple((text, "U", text, "–", "..") for text in HOSTILE)
    sections = (
        Section(
            "medlemsvarde",
            "Vad skapar medlemsvärde?",
            (
                Prose(
                    "Kommunerna **värderar** kollegerna.\n\n## En underrubrik\n\n- <script>alert(2)</script>\n- [farlig](javascript:alert(3))\n"
                    "\n![bild](https://exempel.invalid/b.png)\n\n| Svar | Antal |\n|---|--:|\n| <i>a</i> | 3 |\n"
                ),
                shown("varde", tmp_path),
                shown(
                    "varde",
                    tmp_path,
                    title="Samma id en gång till",
                    columns=("Svar", "Antal", "Andel"),
                    rows=(("Ja", "34", "68 %"), ("Nej", "16", "32 %")),
                ),
                shown("hemlig", tmp_path, title="Vilka kan lämna?", internal=True),
            ),
        ),
        Section(
            'Konstig / del "x"',
            "<b>Utmaningar</b> & " + HOSTILE[-1],
            (
                shown("svar", title=HOSTILE[0], subtitle=HOSTILE[1], note=HOSTILE[2], rows=odd, kind="table"),
                shown("tom", rows=(), columns=("Svar",), note=""),
                shown("borta", svg=tmp_path / "finns-inte.svg"),
                shown("ojamn", rows=(("kort rad",), ("lång", "1", "2", "3", "4", "5"))),
            ),
        ),
        Section("tomt", "Styrkor", ()),
    )
    problems = (
        Problem(
            "unmatched",
            "export/svar.xlsx",
            "rad 12",
            "”<b>Ådala</b>” finns inte i registret.",
            "Lägg till namnet i corrections.csv.",
        ),
        *(
            Problem("other", "survey.toml", f"items.{n}", f"Okänt svar {n}.", "Inget behöver göras.", NOTE)
            for n in range(8)
        ),
        Problem(
            "late",
            "export/svar.xlsx",
            "",
            "Ett svar kom efter sista dag.",
            "Stryk det om det inte ska räknas.",
            WARNING,
        ),
    )
    assert problems[0].level == ERROR
    return Report(
        title="Medlemsenkäten 2026",
        subtitle="Sveriges Ekokommuner · 19 januari–13 februari 2026",
        association="Sveriges Ekokommuner",
        year=2026,
        synthetic=True,
        build="internal",
        brief=Brief(
            title="Av sex mål är ett uppnått och fem inte. Fler har stort behov av samverkan än 2025.",
            response="50 av 80 kommuner svarade (62,5 %).",
            messages=(
                Message(
                    "Högsta värdet",
                    "34 av 50",
                    "Kollegerna i andra kommuner är det som ger mest värde.",
                    "47–60 av alla 80, om de som inte svarat liknar de andra.",
                    marks=(StripMark(0.68, ""),),
                ),
                Message(
                    "Största säkra skillnaden",
                    "+43 pe",
                    "Små kommuner behöver stöd i vardagen mer än stora.",
                    "Säker skillnad: 20 av 23 mot 4 av 9 kommuner.",
                ),
                Message(HOSTILE[3], HOSTILE[0], HOSTILE[3]),
            ),
            trust="De 50 som svarat är mer aktiva än de 30 andra: lita på ordningen, mindre på nivåerna.",
            motions=("att fastställa målvärde för Medlemsengagemang", f"att {HOSTILE[0]}"),
        ),
        facts=(
            ("50 av 80 kommuner", "62,5 % svarade"),
            ("30 svarade inte", "oftare de minst aktiva"),
            ("Sämsta fall", "38–75 % i stället för 60 %"),
        ),
        sections=sections,
        problems=problems,
        repeat=("Lägg årets fil i `export/`.", "Kör `sekom run 2026`. <b>"),
    )


VALUE = tuple(
    Option(label, score)
    for label, score in (
        ("Inget värde", 1.0),
        ("Litet värde", 2.0),
        ("Ganska stort värde", 3.0),
        ("Mycket stort värde", 4.0),
    )
)
OUTSIDE = Option("Har inte använt", outside=True)
SEGMENTS = (
    ("all", "all", 80),
    ("size", "Små", 38),
    ("size", "Medelstora", 26),
    ("size", "Stora", 16),
    ("kind", "Regioner", 4),
)
ITEMS = (
    Item("member", "member", "Vilken kommun eller region svarar du för?", ()),
    Item("role", "role", "Vilken roll har du?", (), (Option("Kontaktpolitiker"), Option("Kontakttjänsteperson"))),
    Item(
        "top_value",
        "multi",
        "Vad ger er mest värde i medlemskapet? Välj högst tre.",
        (),
        (Option("Erfarenhetsutbyte och kollegial kontakt"), Option("=1+1"), Option("Webbinarier [1]: å/ä*ö?")),
        label="Störst värde",
        other=True,
    ),
    *(
        Item(
            f"value_{n}",
            "scale",
            text,
            (),
            (*VALUE, OUTSIDE),
            group="value",
            group_text="Hur stort värde har följande haft för er det senaste året?",
            label=label,
            top=2,
        )
        for n, text, label in (
            (1, "Frågor och svar mellan kollegor i andra kommuner", "Kollegor"),
            (2, "Webbinarier och föreläsningar", ""),
        )
    ),
    Item(
        "satisfaction",
        "rating",
        "Hur nöjda är ni som helhet med medlemskapet i SEKOM? (1 = inte alls nöjda, 10 = mycket nöjda)",
        (),
        low=1,
        high=10,
        label="Nöjdhet",
        sensitive=True,
    ),
    Item(
        "recommend",
        "nps",
        "Hur troligt är det att ni skulle rekommendera en annan kommun att bli medlem?",
        (),
        low=0,
        high=10,
    ),
    Item(
        "newsletter",
        "single",
        "Sprider ni SEKOMs nyhetsbrev i den egna organisationen? " * 4,
        (),
        (Option("Ja"), Option("Nej")),
        label="Vad ger er mest värde i medlemskapet: nyhetsbrevet / 'spritt'",
    ),
    Item("unasked", "single", "En fråga som ingen svarade på", (), (Option("Ja"),)),
    Item("challenge", "text", "Vilken är er största utmaning i omställningsarbetet just nu?", ()),
)


def survey(synthetic: bool = True) -> Survey:
    """An invented year with every kind of question."""
    return Survey(
        2026,
        "Medlemsenkäten & 2026",
        "Sveriges Ekokommuner",
        date(2026, 1, 19),
        date(2026, 2, 13),
        date(2026, 1, 1),
        synthetic,
        5,
        SizeClasses((15_000, 50_000), ("Små", "Medelstora", "Stora")),
        (),
        Questionnaire(ITEMS),
    )


def _estimate(item: Item, option: str, place: int, segment: tuple[str, str, int]) -> dict[str, object]:
    population = segment[2]
    base = population * 5 // 8
    hidden = base < 5
    count = (place * 7 + len(item.id)) % (base + 1)
    row: dict[str, object] = {
        "item": item.id,
        "option": option,
        "segmentation": segment[0],
        "segment": segment[1],
        "base": base,
        "population": population,
        "suppressed": hidden,
        "reason": "färre än 5 svar" if hidden else "",
    }
    numbers = {
        "count": count,
        "share": count / base,
        "low": max(0.0, count / base - 0.09),
        "high": min(1.0, count / base + 0.09),
        "low_members": max(count, 3),
        "high_members": min(population, count + 11),
        "possible_low": count / population,
        "possible_high": (count + population - base) / population,
    }
    return row | (dict.fromkeys(numbers, float("nan")) if hidden else numbers)


@pytest.fixture
def estimates() -> pd.DataFrame:
    """estimates.csv of the invented year; the member regions are too few to be shown."""
    rows = []
    for segment, item in product(SEGMENTS, ITEMS):
        if item.kind in ("role", "multi", "scale", "single") and item.id != "unasked":
            options = [
                *(option.label for option in item.options),
                *(["Annat"] if item.other else []),
                *(["topp2"] if item.top else []),
            ]
            rows += [_estimate(item, option, place, segment) for place, option in enumerate(options)]
    return pd.DataFrame(rows)


@pytest.fixture
def means() -> pd.DataFrame:
    """means.csv of the invented year; one negative net value."""
    rows = []
    for (segmentation, segment, population), item in product(SEGMENTS, ITEMS):
        if item.kind in ("rating", "nps", "scale"):
            base, hidden = population * 5 // 8, population < 8
            value = float("nan") if hidden else -12.0 if item.kind == "nps" else 7.25
            rows.append(
                {
                    "item": item.id,
                    "statistic": "nps" if item.kind == "nps" else "mean",
                    "segmentation": segmentation,
                    "segment": segment,
                    "base": base,
                    "population": population,
                    "value": value,
                    "low": value - 1,
                    "high": value + 1,
                    "suppressed": hidden,
                    "reason": "färre än 5 svar" if hidden else "",
                }
            )
    return pd.DataFrame(rows)


@pytest.fixture
def quality() -> dict[str, object]:
    """The remaining arguments of write_tables."""
    accounting = Accounting(
        (("counted", 54), ("test", 1), ("observer", 1), ("repeat", 2), ("unmatched", 0), ("hittepå", 1)),
        (("counted", 1400), ("metadata", 300), ("personal", 118)),
        59,
        1818,
    )
    nonresponse = pd.DataFrame(
        [{"item": item.id, "asked": 54, "answered": 54 - n, "missing": n} for n, item in enumerate(ITEMS)]
    )
    conflicts = pd.DataFrame(
        [
            ("K001", "satisfaction", "8", "7", "7,5", "medelvärdet av båda"),
            ("K002", "satisfaction", "1", "2", "1,5", "medelvärdet av båda"),
            ("K001", "newsletter", "Ja", "Nej", "Nej", "tjänstepersonens svar"),
        ],
        columns=["member_id", "item", "politician", "official", "used", "rule"],
    )
    problems = (Problem("unmatched", "export/svar.xlsx", "rad 12", "=cmd|' /C calc'!A0", "Lägg till namnet.", WARNING),)
    return {
        "response": (50, 80),
        "accounting": accounting,
        "item_nonresponse": nonresponse,
        "conflicts": conflicts,
        "problems": problems,
    }
