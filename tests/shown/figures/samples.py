"""Invented exhibits of every kind: the ordinary, and the ones that strain a layout."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sekom_survey.model import Exhibit

NOTE = ("Källa: SEKOM-enkäten 2026. Bas: 50 av 80 kommuner. ”Vet inte” ingår inte. Strecken visar osäkerheten (95 %) om de som "
        "inte svarat liknar dem som svarat. Exempeldata, påhittade svar.")  # fmt: skip
NAN = float("nan")


def exhibit(kind: str, data: pd.DataFrame, id: str = "", title: str = "Kollegerna i andra kommuner är det som ger mest värde",
            subtitle: str = "Vad ger er mest värde i medlemskapet? Välj högst tre.", table: pd.DataFrame | None = None) -> Exhibit:  # fmt: skip
    """An exhibit around some data."""
    return Exhibit(id=id or kind, kind=kind, title=title, subtitle=subtitle, note=NOTE, alt="Alternativ text.", data=data,
                   table=pd.DataFrame() if table is None else table)  # fmt: skip


def bar_rows(*rows: tuple[str, int, int]) -> pd.DataFrame:
    """(label, count, base) -> the data of bars; the intervals are only plausible."""
    data = pd.DataFrame(rows, columns=["label", "count", "base"])
    data["share"] = data["count"] / data["base"]
    data["low"] = (data["share"] - 0.09).clip(0, 1)
    data["high"] = (data["share"] + 0.09).clip(0, 1)
    data["highlight"] = data["share"] > 0.5
    return data


ORDINARY_BARS = bar_rows(
    ("Erfarenhetsutbyte och kollegial kontakt", 34, 50), ("Webbinarier och föreläsningar", 27, 50),
    ("Gröna nyckeltal och jämförelser", 19, 50), ("Omvärldsbevakning nationellt och lokalt", 17, 50),
    ("En starkare röst i hållbarhetsfrågor", 13, 50), ("Verktyg och mallar som konkret stöd", 11, 50),
    ("Gemensamma projekt", 9, 50), ("Tillgång till forskning och experter", 7, 50), ("Årskonferens och fysiska möten", 0, 50),
)  # fmt: skip

LONG = "Politiker och tjänstepersoner hos oss har fått en gemensam bild av vad klimatomställningen kräver av kommunkoncernens bolag"
COMPOUND = "Kommunkoncernövergripandehållbarhetsstyrningsdokumentsuppföljning"


def strained_bars() -> pd.DataFrame:
    """Nought, all, few, hidden, and labels no one should write."""
    data = bar_rows((LONG, 50, 50), (COMPOUND, 0, 50), ("<script>alert('&')</script> kostar $5_000$ & $x^2$", 25, 50),
                    ("Få svar", 5, 8), ("Ja", 1, 50), ("Undertryckt", 3, 4))  # fmt: skip
    data["share"] = data["share"].mask(data["label"] == "Undertryckt")
    return data


def scale_rows(*rows: tuple[str, tuple[int, ...], int], options: tuple[str, ...] = ("Inget värde", "Litet värde", "Ganska stort värde", "Mycket stort värde"),
               outside: str = "Har inte använt") -> pd.DataFrame:  # fmt: skip
    """(label, count of each option, count outside) -> the data of stacked bars."""
    out = []
    for label, counts, others in rows:
        base = sum(counts)
        share = [count / base if base else NAN for count in counts]
        for order, (option, count) in enumerate(zip(options, counts, strict=True)):
            out.append((label, option, order, share[order], count, base, False, sum(share[-2:])))
        if outside:
            out.append((label, outside, len(options), NAN, others, base, True, sum(share[-2:])))
    return pd.DataFrame(out, columns=["label", "option", "order", "share", "count", "base", "outside", "top_share"])


ORDINARY_SCALES = scale_rows(
    ("Frågor och svar mellan kollegor i andra kommuner", (1, 5, 20, 20), 4), ("Webbinarier och föreläsningar", (2, 9, 21, 15), 3),
    ("Gröna nyckeltal och jämförelser mellan kommuner", (4, 14, 17, 9), 6), ("Nyhetsbrev och omvärldsbevakning", (3, 16, 20, 10), 1),
    ("Årskonferens och andra fysiska möten", (5, 12, 12, 8), 13), ("Kurser och fördjupningar i SEKOM-akademin", (3, 9, 9, 6), 23),
    ("Temagrupper och gemensamma projekt", (6, 11, 9, 5), 19), ("Remissvar, uttalanden och opinionsbildning", (8, 15, 10, 3), 14),
)  # fmt: skip


def strained_scales() -> pd.DataFrame:
    """All in one option, none, hardly any, few answers, hidden, everyone outside."""
    data = scale_rows((LONG, (0, 0, 0, 0, 50), 0), (COMPOUND, (50, 0, 0, 0, 0), 3), ("Nästan alla utanför skalan", (2, 3, 4, 2, 1), 138),
                      ("Få svar", (1, 0, 2, 1, 1), 2), ("Undertryckt", (1, 1, 1, 0, 0), 1),
                      options=("Mycket osannolikt", "Ganska osannolikt", "Varken eller", "Ganska troligt", "Mycket troligt"), outside="Vet inte")  # fmt: skip
    data.loc[data["label"] == "Undertryckt", ["share", "count", "base", "top_share"]] = NAN
    return data


def dot_rows(rows: list[tuple[str, str, int, int, int, str]]) -> pd.DataFrame:
    """(label, segment, count, base, population, verdict) -> the data of dots."""
    data = pd.DataFrame(rows, columns=["label", "segment", "count", "base", "population", "verdict"])
    data["share"] = data["count"] / data["base"]
    half = 0.6 / data["base"] ** 0.5
    data["low"], data["high"] = (data["share"] - half).clip(0, 1), (data["share"] + half).clip(0, 1)
    order = list(dict.fromkeys(data["segment"]))
    data["order"] = data["segment"].map(order.index)
    data["suppressed"] = data["base"] < 5
    data.loc[data["suppressed"], ["share", "low", "high"]] = NAN
    return data


def _sizes(label: str, small: int, middle: int, large: int, verdict: str) -> list[tuple[str, str, int, int, int, str]]:
    return [
        (label, "Små", small, 23, 38, verdict),
        (label, "Medelstora", middle, 18, 26, verdict),
        (label, "Stora", large, 9, 16, verdict),
    ]


ORDINARY_DOTS = dot_rows(
    _sizes("Stöd i vardagen – någon att fråga, mallar och verktyg", 20, 13, 4, "säker skillnad")
    + _sizes("Nätverk – kontakt med kollegor i liknande kommuner", 21, 15, 6, "kan vara slump")
    + _sizes("Kunskap – kompetensutveckling och forskning", 19, 15, 7, "likvärdigt")
    + _sizes("Samverkan – gemensamma projekt, testbäddar och ansökningar", 11, 11, 8, "säker skillnad")
    + _sizes("Omvärldsbevakning – nya beslut, lagar och finansiering", 14, 10, 5, "kan vara slump")
    + _sizes("Påverkan – en gemensam röst mot nationell nivå", 12, 9, 6, "kan vara slump")
)
STRAINED_DOTS = dot_rows(
    [(label, segment, count, base, 90, verdict) for label, verdict in ((LONG, "säker skillnad"), (COMPOUND, "tyder på en skillnad men underlaget är för litet"))
     for segment, count, base in (("Storstäder", 3, 3), ("Pendlingskommun nära storstad", 0, 12), ("Större stad", 12, 12), ("Lågpendlingskommun nära större stad", 7, 9),
                                  ("Mindre stad/tätort", 14, 22), ("Pendlingskommun nära mindre stad/tätort", 33, 150), ("Landsbygdskommun", 5, 11),
                                  ("Landsbygdskommun med besöksnäring", 6, 10), ("Ojämförligtmedelpunktsförskjutnakommuner", 2, 5), ("Övriga", 1, 4))]
)  # fmt: skip

RESPONSE = pd.DataFrame({"label": ["Under 15 000 invånare", "15 000–49 999 invånare", "50 000 invånare eller fler", "Inga tillfrågade", "Ingen har svarat än " + LONG],
                         "answered": [23, 18, 9, 0, 0], "asked": [38, 26, 16, 0, 3]})  # fmt: skip
FLOW = pd.DataFrame(
    [("Rader i enkätfilen", 61, "read"), ("Provsvar", 1, "removed"), ("Svar från observatörer", 1, "removed"), ("Upprepade svar", 2, "removed"),
     ("Giltiga svar", 57, "kept"), ("Andra svar från samma medlem", 4, "removed"), ("Regioner, redovisas för sig", 3, "removed"), ("Kommuner som svarat", 50, "kept")],
    columns=["label", "count", "step"],
)  # fmt: skip


def rating_rows(counts: list[int], first: int, mean: float, half: float) -> pd.DataFrame:
    """Counts from a first value upwards -> the data of a distribution."""
    return pd.DataFrame(
        {
            "value": range(first, first + len(counts)),
            "count": counts,
            "base": sum(counts),
            "mean": mean,
            "low": mean - half,
            "high": mean + half,
        }
    )


def map_rows() -> pd.DataFrame:
    """Eighty places, every third without an answer, two regions, one place unknown; the names are invented."""
    from sekom_survey.asked.reference import municipalities

    places = municipalities()[::4] + municipalities()[2:20:2]
    rows = [(place.latitude, place.longitude, i % 8 not in (1, 4, 6), i in (3, 40, 41), f"Exempelby {i}" if i % 5 else f"Södra Exempelköpings kommun {i}")
            for i, place in enumerate(places)]  # fmt: skip
    return pd.DataFrame(
        [*rows, (NAN, NAN, False, False, "Okända")], columns=["latitude", "longitude", "answered", "region", "label"]
    )


def slope_rows(*rows: tuple[str, float, float, int, str]) -> pd.DataFrame:
    """(label, before, after, base, verdict) -> the data of a slope chart."""
    data = pd.DataFrame(rows, columns=["label", "before", "after", "base", "verdict"])
    for name in ("before", "after"):
        data[f"{name}_low"], data[f"{name}_high"] = (data[name] - 0.07).clip(lower=0), data[name] + 0.07
    return data.assign(last_year=2025, year=2026)


SLOPE = slope_rows(
    ("Frågor och svar mellan kollegor i andra kommuner", 0.71, 0.87, 44, "säker ökning"), ("Webbinarier och föreläsningar", 0.75, 0.77, 44, "kan vara slump"),
    ("Gröna nyckeltal och jämförelser mellan kommuner", 0.74, 0.59, 42, "säker minskning"), ("Nyhetsbrev och omvärldsbevakning", 0.58, 0.61, 44, "kan vara slump"),
    ("Årskonferens och andra fysiska möten", 0.50, 0.54, 40, "kan vara slump"), ("Temagrupper och gemensamma projekt", 0.33, 0.45, 30, "kan vara slump"),
)  # fmt: skip
STRAINED_SLOPE = slope_rows(*[(f"{LONG} {i}" if i % 5 == 0 else f"Rad {i}", 0.5, 0.5 + i / 1000, 40, "kan vara slump") for i in range(12)],
                            (COMPOUND, 1.0, 0.0, 8, "säker minskning"), ("Undertryckt", NAN, 0.4, 3, ""))  # fmt: skip
BULLET = pd.DataFrame(
    [("Nya medlemmar under året", 3.0, 5.0, 0.0, "antal", "✖ Målet har inte uppnåtts", "3 av 5", "2025: 0"),
     ("Svarsfrekvens", 62.5, 75.0, 56.8, "procent", "▼ Målet bedöms inte kunna uppnås", "63\u00a0% mot 75\u00a0%", "2025: 46 av 81"),
     ("Etablerade samarbeten", 4.0, 2.0, NAN, "antal", "✔ Målet är uppnått", "4 av 2", "2025: .."),
     ("Antal medlemmar", 83.0, NAN, 84.0, "antal", "– Kan inte bedömas", "83", "2025: 84")],
    columns=["label", "outcome", "target", "last", "unit", "status", "told", "before"],
)  # fmt: skip
STRIP = pd.DataFrame(
    [("Gräns 10 000 invånare", 0.38, 0.05, 0.66, "säker skillnad"), ("Gräns 15 000 invånare (används)", 0.43, 0.11, 0.69, "säker skillnad"),
     ("Gräns 20 000 invånare", 0.29, -0.02, 0.58, "kan vara slump"), ("Gräns 25 000 invånare", NAN, NAN, NAN, "")],
    columns=["label", "difference", "low", "high", "verdict"],
)  # fmt: skip
MATRIX = pd.DataFrame(
    [("Stöd i vardagen", 0.76, 0.87), ("Nätverk", 0.84, 0.80), ("Kunskap", 0.82, 0.77), ("Samverkan i gemensamma projekt", 0.62, 0.45),
     ("Omvärldsbevakning", 0.58, 0.61), ("Påverkan – en gemensam röst", 0.56, 0.36)],
    columns=["label", "x", "y"],
)  # fmt: skip
STRAINED_MATRIX = pd.DataFrame([(f"{LONG} {i}" if i % 4 == 0 else f"Ett ganska långt namn {i}", 0.5 + (i % 3) / 500, 0.5 + (i % 2) / 300) for i in range(14)]
                               + [("Ytterst", 1.0, 0.0), ("Undertryckt", NAN, 0.2)], columns=["label", "x", "y"])  # fmt: skip


def multiple_rows(*rows: tuple[str, list[float], str, int, int]) -> pd.DataFrame:
    """(label, values, good, decimals, members) -> the data of small multiples."""
    return pd.DataFrame(
        [(label, value, *(float(q) for q in np.percentile(values, (25, 50, 75))), good, decimals, len(values), members, 2025)
         for label, values, good, decimals, members in rows for value in values],
        columns=["label", "value", "lower", "median", "upper", "good", "decimals", "reported", "members", "year"],
    )  # fmt: skip


PAIRS = pd.DataFrame(
    {
        "label": ["Samverkan", "Omvärldsbevakning", "Påverkan"],
        "before": [13 / 36, 20 / 36, 0.5],
        "after": [22 / 36, 19 / 36, 0.5],
        "before_count": [13, 20, 17],
        "before_base": [36, 36, 34],
        "count": [22, 19, 18],
        "base": [36, 36, 36],
        "last_year": "2025",
        "year": "2026",
        "verdict": ["säker ökning", "kan vara slump", "kan vara slump"],
    }
)
MULTIPLES = multiple_rows(
    ("6a Hushållsavfall, kg/person", [300.0 + 7 * (i * i % 31) for i in range(61)], "low", 0, 80),
    ("7 Förnybar energi i egna lokaler, %", [100.0] * 20 + [60.5, 88.0, 92.5], "high", 1, 80),
)
STRAINED_MULTIPLES = multiple_rows((LONG, [0.0] * 70, "low", 2, 80), (COMPOUND, [1_234_567.0], "high", 6, 80),
                                   ("Ytterst", [-1e6, 0.0, 1e6], "high", 0, 80))  # fmt: skip

ALL = {
    sample.id: sample
    for sample in (
        exhibit("bars", ORDINARY_BARS),
        exhibit("bars", strained_bars(), "bars_strained"),
        exhibit("bars", ORDINARY_BARS.head(1), "bars_one"),
        exhibit("stacked", ORDINARY_SCALES),
        exhibit("stacked", strained_scales(), "stacked_strained"),
        exhibit("dots", ORDINARY_DOTS, title="Små kommuner behöver stöd i vardagen, stora vill samverka"),
        exhibit("dots", STRAINED_DOTS, "dots_strained", title=LONG),
        exhibit("dots", ORDINARY_DOTS.head(3).assign(verdict=""), "dots_one"),
        exhibit("dots", ORDINARY_DOTS.assign(suppressed=True, share=NAN, low=NAN, high=NAN), "dots_hidden"),
        exhibit("response", RESPONSE.head(3)),
        exhibit("response", RESPONSE, "response_strained"),
        exhibit("bullet", BULLET),
        exhibit("bullet", BULLET.assign(label=LONG, status=LONG), "bullet_strained"),
        exhibit("flow", FLOW),
        exhibit(
            "flow",
            FLOW.replace({61: 1_000_061, 57: 1_000_057}).assign(label=lambda d: d["label"].replace("Provsvar", LONG)),
            "flow_strained",
        ),
        exhibit("distribution", rating_rows([0, 0, 1, 1, 3, 4, 9, 15, 11, 6], 1, 7.8, 0.4)),
        exhibit(
            "distribution", rating_rows([1400, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], 0, 0.0, 0.0), "distribution_strained"
        ),
        exhibit("map", map_rows()),
        exhibit("map", map_rows().assign(label=""), "map_nameless"),
        exhibit("slope", SLOPE),
        exhibit("slope", STRAINED_SLOPE, "slope_strained"),
        exhibit("pairs", PAIRS),
        exhibit("pairs", PAIRS.assign(label=LONG, before_base=1_234_567), "pairs_strained"),
        exhibit("strip", STRIP),
        exhibit("strip", STRIP.assign(label=LONG, verdict=LONG), "strip_strained"),
        exhibit("multiples", MULTIPLES),
        exhibit("multiples", STRAINED_MULTIPLES, "multiples_strained"),
        exhibit("matrix", MATRIX, table=pd.DataFrame(columns=["Område", "Behov", "Värde"])),
        exhibit("matrix", STRAINED_MATRIX, "matrix_strained"),
    )
}
