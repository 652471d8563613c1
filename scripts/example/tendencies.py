"""How the invented members lean: the chances behind the answers, in one place.

A share is the chance of one of the two highest steps; three shares are those of small, medium and large municipalities.
Some differences between sizes are real here and most are none, so that an analysis has both to find.
"""

from __future__ import annotations

Shares = tuple[float, float, float]

EVEN_SHARES: dict[str, float] = {
    "value_peers": 0.86,
    "value_webinars": 0.74,
    "value_academy": 0.70,
    "value_indicators": 0.62,
    "value_outlook": 0.68,
    "value_meetings": 0.60,
    "value_theme_groups": 0.58,
    "value_advocacy": 0.50,
    "need_knowledge": 0.80,
    "need_outlook": 0.66,
    "need_voice": 0.55,
    "effect_knowledge": 0.62,
    "effect_contacts": 0.56,
    "effect_shared_view": 0.38,
    "effect_action": 0.44,
    "effect_voice": 0.36,
    "worth": 0.76,
}
SIZE_SHARES: dict[str, Shares] = {
    "need_support": (0.88, 0.68, 0.40),
    "need_network": (0.92, 0.78, 0.62),
    "need_collaboration": (0.38, 0.56, 0.88),
}
OUTSIDE: dict[str, float] = {
    "value_peers": 0.03,
    "value_webinars": 0.04,
    "value_academy": 0.46,
    "value_indicators": 0.10,
    "value_outlook": 0.03,
    "value_meetings": 0.26,
    "value_theme_groups": 0.34,
    "value_advocacy": 0.14,
    "need_collaboration": 0.04,
    "need_voice": 0.04,
    "need_outlook": 0.02,
    "effect_knowledge": 0.03,
    "effect_contacts": 0.04,
    "effect_shared_view": 0.09,
    "effect_action": 0.07,
    "effect_voice": 0.20,
    "stay": 0.08,
    "worth": 0.06,
}
YEAR_SHIFT: dict[int, dict[str, float]] = {
    2025: {
        "value_peers": -0.45,
        "value_webinars": -0.25,
        "value_theme_groups": -0.30,
        "effect_contacts": -0.35,
        "need_collaboration": -0.15,
        "effect_voice": 0.10,
    },
}
POLITICIAN_SHIFT: dict[str, float] = {
    "need_voice": 0.6,
    "value_advocacy": 0.4,
    "effect_shared_view": 0.4,
    "need_support": -0.3,
    "value_peers": -0.3,
}
SATISFACTION = {2025: 7.2, 2026: 7.5}
RECOMMEND = {2025: 7.4, 2026: 7.8}

TOP_VALUE: dict[str, Shares] = {
    "Erfarenhetsutbyte och kollegial kontakt": (3.6, 3.2, 3.0),
    "Webbinarier och föreläsningar": (2.0, 2.0, 1.8),
    "Tillgång till forskning och experter": (0.7, 0.9, 1.1),
    "Omvärldsbevakning nationellt och lokalt": (1.4, 1.4, 1.3),
    "Gröna nyckeltal och jämförelser": (1.2, 1.3, 1.2),
    "Verktyg och mallar som konkret stöd": (1.6, 1.0, 0.5),
    "Gemensamma projekt": (0.4, 0.7, 1.8),
    "En starkare röst i hållbarhetsfrågor": (0.8, 0.9, 1.0),
    "Årskonferens och fysiska möten": (0.7, 0.7, 0.6),
}
THEMES: dict[str, float] = {
    "Biologisk mångfald": 1.7,
    "Vatten och PFAS": 1.4,
    "Livsmedel och regenerativt jordbruk": 0.9,
    "Cirkulär ekonomi och återbruk": 1.5,
    "Energi": 1.2,
    "Transporter": 1.1,
    "Klimatanpassning": 1.9,
    "Klimatbudget och klimatkontrakt": 0.9,
    "Styrning och miljöledning": 1.3,
    "Kemikalier": 0.5,
    "Social hållbarhet": 0.5,
    "Upphandling": 1.1,
    "Finansiering och projektansökningar": 1.6,
    "Beteende och invånardialog": 1.0,
}
CHANNELS: dict[str, float] = {
    "Teams": 0.56,
    "Nyhetsbrevet": 0.84,
    "Webbinarium (direkt)": 0.62,
    "Inspelning i efterhand": 0.32,
    "E-postlistan": 0.44,
    "Facebookgruppen SEKOM Forum": 0.10,
    "LinkedIn": 0.26,
    "Årskonferensen eller årsmötet": 0.30,
    "Temagrupp": 0.20,
    "Tjänstepersonsforum": 0.22,
    "Gröna nyckeltal": 0.54,
}
INDICATORS: dict[str, float] = {
    "Rapporterar in": 0.90,
    "I mål- och budgetuppföljning": 0.45,
    "Som underlag till politiska beslut": 0.26,
    "I kommunikation": 0.24,
    "För att jämföra oss med andra": 0.55,
}
CONTRIBUTE: dict[str, float] = {
    "Hålla ett webbinarium": 0.20,
    "Delta i en temagrupp": 0.42,
    "Leda en temagrupp": 0.05,
    "Svara på frågor i Teams": 0.44,
    "Vara fadder för en ny kontaktperson": 0.12,
    "Delta i en testbädd": 0.20,
    "Vara värd för ett möte": 0.14,
}
ANCHORING = {"Gemensamt svar från flera i kommunen": 0.42, "Mitt eget svar som kontaktperson": 0.58}
YEARS_IN_ROLE = {"Mindre än 1 år": 0.18, "1–3 år": 0.37, "4–8 år": 0.29, "Mer än 8 år": 0.16}
TEAMS_USED = {"Varje vecka": 0.30, "Varje månad": 0.42, "Några gånger per år": 0.28}
TEAMS_UNUSED = {"Några gånger per år": 0.10, "Har tillgång men använder inte": 0.58, "Har inte tillgång": 0.32}
INTRODUCED = {"Ja, infört": 0.33, "Ja, planerat": 0.22, "Nej": 0.29, "Vet inte": 0.16}
PRINCIPLES = {
    "Ja, i kommunövergripande styrdokument": 0.42,
    "Ja, i någon del av verksamheten": 0.30,
    "Nej": 0.17,
    "Vet inte": 0.11,
}
SPREAD = {"Ja": 0.56, "Ja, efter kontakt": 0.34, "Nej": 0.10}
CONTACT = {"Ja": 0.64, "Nej": 0.36}
POLITICIANS = {"Kontaktpolitiker": 0.70, "Ersättande kontaktpolitiker": 0.18, "Annan förtroendevald": 0.12}
OFFICIALS = {"Kontakttjänsteperson": 0.82, "Annan tjänsteperson": 0.18}

LEFT_BLANK = 0.03
REQUIRED = frozenset(
    (
        "member",
        "role",
        "anchoring",
        "top_value",
        "need_support",
        "need_network",
        "need_knowledge",
        "need_collaboration",
        "need_outlook",
        "need_voice",
        "satisfaction",
        "recommend",
        "stay",
    )
)
OTHER_VALUE = (
    "Möten mellan politiker över partigränserna",
    "Att få vara en del av något större",
    "Annat: draghjälp när vi tar fram nytt miljöprogram",
    "Våra grannkommuner är med",
)
OTHER_THEMES = (
    "Ljusföroreningar",
    "Skog och hyggesfritt",
    "Krisberedskap och hållbarhet ihop",
    "annat - invasiva arter, framför allt lupiner och parkslide",
    "Minskad nedskräpning",
    "Jämlik hälsa",
)
