"""A report as a run makes it, with goals, decisions, passage, declaration and questions; figures are really drawn."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree import ElementTree
from zipfile import ZipFile

import pandas as pd

from sekom_survey.model import SLIDE, Brief, Exhibit, GoalLine, Message, Prose, Report, Section, Shown, StripMark
from sekom_survey.running.execute import read_shown
from sekom_survey.running.notebook import save

NOTE = "Källa: SEKOM-enkäten 2026. Bas: 50 av 80 kommuner. Strecken visar osäkerheten (95\u00a0%). Exempeldata, påhittade svar."
OPTIONS = (
    "Erfarenhetsutbyte och kollegial kontakt",
    "Webbinarier och föreläsningar",
    "Gröna nyckeltal och jämförelser",
    "Omvärldsbevakning nationellt och lokalt",
    "En starkare röst i hållbarhetsfrågor",
    "Gemensamma projekt",
)
NEEDS = ("Stöd i vardagen", "Nätverk", "Kunskap", "Samverkan", "Omvärldsbevakning", "Gemensam röst")
SIZES = (("Små", 23, 38), ("Medelstora", 18, 26), ("Stora", 9, 16))
COLUMNS = ("Svar", "Antal", "Andel", "Osäkerhet (kommuner)", "Möjligt spann")
ENGLISH = re.compile(
    r"\b(the|and|click|title|slide|page|table|figure|chart|sheet|series|level|master|edit|untitled|placeholder)\b", re.I
)
DOT_DECIMAL = re.compile(r"\d\.\d")
HOSTILE = (
    "<script>alert(1)</script>",
    "]]>&amp;<w:p/>",
    "\x00\x07\x1b\ufffe\ud800slut",
    "\u202eomvänd",
    "=1+1",
    "{{ mall }} {% raw %}",
    "Nordvästersjökustartilleriflygspaningssimulatoranläggningsmaterielunderhållsuppföljningssystemsdiskussionsinlägg",
)


def bars() -> pd.DataFrame:
    counts = (34, 27, 19, 17, 13, 3)
    return pd.DataFrame(
        {
            "label": OPTIONS,
            "share": [c / 50 for c in counts],
            "low": [c / 50 - 0.05 for c in counts],
            "high": [c / 50 + 0.09 for c in counts],
            "count": counts,
            "base": 50,
            "highlight": [c > 30 for c in counts],
        }
    )


def dots() -> pd.DataFrame:
    rows = [
        {
            "label": need,
            "segment": name,
            "order": place,
            "share": (base - place - 2 * i) / base,
            "low": max(0, (base - place - 2 * i) / base - 0.2),
            "high": min(1.0, (base - place - 2 * i) / base + 0.1),
            "count": base - place - 2 * i,
            "base": base,
            "population": population,
            "suppressed": False,
            "verdict": "säker skillnad" if i == 1 else "",
        }
        for i, need in enumerate(NEEDS[:4])
        for place, (name, base, population) in enumerate(SIZES)
    ]
    rows[-1] |= dict.fromkeys(("share", "low", "high", "count"), float("nan")) | {"suppressed": True}
    return pd.DataFrame(rows)


def stacked() -> pd.DataFrame:
    options = ("Mycket osannolikt", "Ganska osannolikt", "Ganska troligt", "Mycket troligt", "Vet inte")
    counts = (2, 5, 20, 21, 2)
    return pd.DataFrame(
        [
            {
                "label": "Medlem om två år",
                "option": option,
                "order": i,
                "share": count / 48 if i < 4 else float("nan"),
                "count": count,
                "base": 48,
                "outside": i == 4,
                "top_share": 41 / 48,
            }
            for i, (option, count) in enumerate(zip(options, counts, strict=True))
        ]
    )


def exhibits() -> list[Exhibit]:
    response = pd.DataFrame(
        {"label": [s[0] for s in SIZES], "answered": [s[1] for s in SIZES], "asked": [s[2] for s in SIZES]}
    )
    rating = pd.DataFrame(
        {
            "value": range(1, 11),
            "count": [0, 1, 0, 0, 4, 6, 11, 16, 7, 5],
            "base": 50,
            "mean": 7.5,
            "low": 7.2,
            "high": 7.8,
        }
    )
    table = pd.DataFrame(
        [
            ("Erfarenhetsutbyte och kollegial kontakt", "34 av 50", "68\u00a0%", "47–60 av 80", "42–80\u00a0%"),
            ("Gemensamma projekt", "3 av 50", "6\u00a0%", "3–10 av 80", "4–41\u00a0%"),
        ],
        columns=COLUMNS,
    )
    long = pd.DataFrame([(f"Fråga nummer {i}", "52", str(i)) for i in range(60)], columns=["Fråga", "Svarat", "Saknas"])
    kinds = (
        ("response_size", "response", "Så svarade kommunerna, efter kommunstorlek", response),
        ("top_value", "bars", "Kollegerna i andra kommuner är det som ger mest värde", bars()),
        ("need_size", "dots", "Små kommuner behöver stöd i vardagen oftare än stora", dots()),
        ("themes_challenge", "bars", "Resurser är den vanligaste utmaningen", bars()),
        ("themes_strength", "bars", "Natur och biologisk mångfald är den vanligaste styrkan", bars()),
        ("stay", "stacked", "De flesta stannar", stacked()),
        ("satisfaction", "distribution", "Medlemmarna är nöjda: medelvärde 7,5 (7,2–7,8)", rating),
    )
    made = [
        Exhibit(
            name,
            kind,
            title,
            "Hur stort är det för er, på det hela taget?",
            NOTE,
            f"Diagram: {title}.",
            data,
            table,
            placement="" if name in ("response_size", "stay") else SLIDE,
        )
        for name, kind, title, data in kinds
    ]
    made.append(Exhibit("item_nonresponse", "table", "Svar som saknas", "", NOTE, "Tabell.", pd.DataFrame(), long))
    made.append(
        Exhibit(
            "secret",
            "table",
            "Hemlig lista",
            "",
            NOTE,
            "Hemligt.",
            pd.DataFrame(),
            pd.DataFrame({"Medlem": ["Almköping"]}),
            internal=True,
        )
    )
    return made


def goal_line(
    name: str, measure: str, outcome: str, value: float, target: float | None, last: float | None, status: str
) -> GoalLine:
    """A goal in one line."""
    before = "2025: .." if last is None else f"2025: {last:g}"
    return GoalLine(
        name,
        measure,
        outcome,
        value,
        target,
        last,
        100.0,
        before,
        status,
        "",
        "Två återstår till målet",
        "Styrelsen",
    )


GOALS = (
    goal_line("Nätverkstillväxt", "Nya medlemmar", "3 av 5", 3, 5, 0, "▲ Bedöms nås"),
    goal_line("Kollegial kontakt", "Aktiva temagrupper", "3 av 4", 3, 4, 1, "◐ Osäkert"),
    goal_line(
        "Medlemsengagemang",
        "Svarsfrekvens i enkäten",
        "50 av 80",
        62.5,
        None,
        None,
        "– Kan inte bedömas (målvärde saknas i planen)",
    ),
    goal_line("Kompetensutveckling", "Unika deltagare i akademin", "41 av 50", 41, 50, 30, "▲ Bedöms nås"),
    goal_line("Innovation", "Etablerade samarbeten", "1 av 2", 1, 2, 1, "◐ Osäkert"),
    goal_line("Påverkan", "Inlämnade remissvar", "2 av 2", 2, 2, 3, "✔ Uppnått"),
)
SECTIONS = (
    (
        "Vilka svarade?",
        ("response_size", "item_nonresponse", "## Bara för kansliet\n\nListan visar enskilda medlemmar.", "secret"),
    ),
    (
        "Vad skapar medlemsvärde?",
        (
            "Det här **värderas** högst.\n\n- ett\n- två\n\n1. först\n2. sedan\n\n| Del | Antal |\n|---|--:|\n| a | 3 |",
            "top_value",
            "## Behov",
            "need_size",
        ),
    ),
    ("Utmaningar och styrkor", ("themes_challenge", "themes_strength")),
    ("Engagemang och nöjdhet", ("## Stanna kvar", "stay", "satisfaction")),
)


@cache
def drawn() -> TemporaryDirectory[str]:
    """A folder with the figures, drawn once and gone when the tests are over."""
    folder = TemporaryDirectory()
    for exhibit in exhibits():
        save(exhibit, Path(folder.name))
    return folder


def realistic(folder: Path, build: str = "public") -> Report:
    """The report of the figures in `folder`."""
    names = {exhibit.id for exhibit in exhibits()}
    sections = tuple(
        Section(f"0{i}", title, tuple(read_shown(folder, b) if b in names else Prose(b) for b in blocks))
        for i, (title, blocks) in enumerate(SECTIONS, 1)
    )
    uncertain = "47–60 av 80 om de som inte svarat liknar dem som svarat."
    return Report(
        title="SEKOM-enkäten 2026",
        subtitle="Sveriges Ekokommuner · 19 januari–13 februari 2026",
        association="Sveriges Ekokommuner",
        year=2026,
        synthetic=True,
        build=build,
        brief=Brief(
            title="Av sex mål är ett uppnått och fem inte. Fler har stort behov av samverkan än 2025.",
            response="50 av 80 kommuner svarade, 62,5\u00a0%. Dessutom svarade 2 av 4 regioner.",
            goals=GOALS,
            goals_day="31 december 2026",
            messages=(
                Message(
                    "Säkraste förändringen",
                    "22 av 36",
                    "22 av 36 kommuner har stort behov av samverkan.",
                    uncertain,
                    "2025: 13 av 36",
                    (StripMark(0.36, "2025", True), StripMark(0.61, "2026")),
                ),
                Message(
                    "Högsta värdet",
                    "45 av 50",
                    "Störst andel har behov av kunskap.",
                    uncertain,
                    marks=(StripMark(0.9, ""),),
                ),
                Message(
                    "Nöjdheten", "7,5", "Så nöjda är medlemmarna i medeltal, på en skala från ett till tio.", uncertain
                ),
            ),
            trust="De 50 som svarat är mer aktiva än de 30 andra: lita på ordningen, mindre på nivåerna.",
            motions=(
                "att målvärdet för Medlemsengagemang är 75\u00a0% svarsfrekvens år 2027",
                "att ”fem nya medlemmar” avser nya medlemmar",
            ),
            source="Källa: SEKOM-enkäten 2026.",
        ),
        facts=(
            ("50 av 80 kommuner", "62,5\u00a0% svarade; ramen är registret 1 januari 2026"),
            ("30 svarade inte", "37,5\u00a0% objektsbortfall"),
            ("±9 procentenheter", "osäkerhet (95\u00a0%) för en andel nära hälften"),
        ),
        sections=sections,
        problems=(),
        repeat=(),
        passage=(
            "Enkäten besvarades av 50 av 80 kommuner.",
            "**Vad skapar medlemsvärde?** Erfarenhetsutbyte väljs av 34 av 50 kommuner.",
        ),
        declaration=(
            ("Relevans", "Enkäten går till alla medlemmar."),
            ("Tillförlitlighet", "Det är en totalundersökning; 30 av 80 svarade inte."),
        ),
        questions=(
            ("Vad ger er mest värde i medlemskapet? Välj högst tre.", OPTIONS),
            ("Vilken är er största utmaning?", ()),
        ),
    )


def hostile(report: Report) -> Report:
    """The same report with markup, control characters and endless words wherever text goes."""
    rows = tuple((text,) * 5 for text in HOSTILE)
    shown = Shown("odd", "table", HOSTILE[0], HOSTILE[1], HOSTILE[2], HOSTILE[3], COLUMNS, rows)
    missing = replace(shown, id="top_value", kind="bars", title=HOSTILE[-1] * 4, png=Path("finns-inte.png"))
    sections = (
        Section(
            "x",
            HOSTILE[1],
            (
                Prose("\n\n".join(HOSTILE) + "\n\n![b](https://exempel.invalid/b.png)\n\n[l](javascript:alert(1))"),
                shown,
                missing,
            ),
        ),
        Section("tom", "Tom", ()),
    )
    return replace(
        report,
        title=HOSTILE[0],
        association=HOSTILE[2],
        brief=Brief(
            title=HOSTILE[-1],
            response=HOSTILE[0],
            goals=tuple(
                replace(line, name=text, measure=text, why=text, who=text)
                for line, text in zip(GOALS, HOSTILE, strict=False)
            ),
            messages=tuple(Message(text, text, text, text, text) for text in HOSTILE[:3]),
            trust=HOSTILE[1],
            motions=HOSTILE * 5,
            source=HOSTILE[2],
        ),
        facts=tuple((text, text) for text in HOSTILE),
        sections=sections,
        passage=HOSTILE,
        declaration=tuple((text, text) for text in HOSTILE),
        questions=tuple((text, HOSTILE) for text in HOSTILE),
    )


def visible_text(path: Path) -> list[str]:
    """Every text a reader or a screen reader meets in a Word or PowerPoint file, charts and alternative texts too."""
    found: list[str] = []
    with ZipFile(path) as package:
        for name in package.namelist():
            if name.endswith(".xml") and name.startswith(
                ("word/document", "word/header", "word/footer", "ppt/slides/", "ppt/notesSlides/", "ppt/charts/")
            ):
                for element in ElementTree.fromstring(package.read(name)).iter():
                    tag = element.tag.rpartition("}")[2]
                    found += [element.text or ""] if tag == "t" else []
                    found += [element.get("descr", ""), element.get("name", "")] if tag in ("cNvPr", "docPr") else []
    return [text for text in found if text]
