"""Questions and scales as people word them: known, or asked about; never silently something else."""

from __future__ import annotations

import tomllib
from itertools import cycle, islice

import pytest

from sekom_survey.upkeep.draft import draft_survey
from sekom_survey.upkeep.inspect import inspect_file
from tests.collected.files import FORMS_HEAD, save_xlsx

ROWS = 24
RISING = {  # heading -> levels, lowest first, that the draft orders and calls a scale
    "I vilken utsträckning följs målen?": ["I mycket liten utsträckning", "I ganska liten utsträckning", "I varken liten eller stor utsträckning",
        "I ganska stor utsträckning", "I mycket stor utsträckning"],
    "Hur väl stämmer det?": ["Stämmer inte alls", "Stämmer ganska dåligt", "Stämmer varken bra eller dåligt", "Stämmer ganska bra", "Stämmer helt"],
    "Hur trygga är ni?": ["1 = Inte alls trygga", "2", "3", "4", "5", "6", "7 = Helt trygga"],
    "Hur går det?": ["Mycket dåligt...", "Ganska dåligt...", "Ganska bra…", "Mycket bra..."],
    "Instämmer ni?": ["Instämmer inte alls 1", "2", "3", "4", "Instämmer helt 5"],
    "Hur bedömer ni läget?": ["1 Uselt", "2", "3", "4", "5 Strålande"],
    "Och så här?": ["1 (instämmer inte alls)", "2", "3", "4", "5 (instämmer helt)"],
    "Hur säker är du?": ["Helt osäker", "Ganska osäker", "Ganska säker", "Helt säker"],
    "Hur ser ni på planen?": ["Mycket negativt", "Ganska negativt", "Varken positivt eller negativt", "Ganska positivt", "Mycket positivt"],
    "Vilket förtroende har ni?": ["Mycket litet förtroende", "Ganska litet förtroende", "Varken stort eller litet förtroende", "Ganska stort förtroende", "Mycket stort förtroende"],
    "Hur engagerade är ni?": ["Inte alls engagerade", "Inte så engagerade", "Engagerade", "Väldigt engagerade"],
    "Hur stor är risken?": ["Obefintlig", "Låg", "Medelhög", "Hög", "Mycket hög"],
    "Är ni på väg?": ["Nej, definitivt inte", "Nej, förmodligen inte", "Ja, kanske", "Ja, definitivt"],
    "Hur väl känner ni till det?": ["Känner inte till", "Känner till lite", "Känner till väl", "Känner till mycket väl"],
    "Hur ofta rapporteras det?": ["Inte alls", "En gång per år", "Två gånger per år", "Tre gånger per år", "Fyra gånger per år eller oftare"],
    "I VILKEN GRAD?": ["I mycket låg grad", "i ganska låg grad", "I ganska hög grad", "I MYCKET HÖG GRAD"],
    "Hur många stjärnor?": ["★", "★★", "★★★", "★★★★"],
    "Hur nöjd blev du?": ["Inte nöjd", "Lite nöjd", "Nöjd", "Jättenöjd"],
    "Har ni nått målet?": ["Ej uppnått", "Delvis uppnått", "Uppnått"],
    "Hur långt har ni kommit?": ["Ej påbörjat", "Planerat", "Påbörjat", "Genomfört"],
    "Hur känns det?": ["😡", "😐", "😀"],
    "Hvor fornøyd er du?": ["Svært misfornøyd", "Misfornøyd", "Verken eller", "Fornøyd", "Svært fornøyd"],
    "Hvor enig er du?": ["Helt uenig", "Litt uenig", "Verken eller", "Litt enig", "Helt enig"],
    "I hvilken grad?": ["Ikke i det hele tatt", "I liten grad", "I noen grad", "I stor grad", "I svært stor grad"],
    "Would you stay?": ["Definitely not", "Probably not", "Probably", "Definitely"],
    "Är det sämre eller bättre? (−2 till 2)": ["−2 mycket sämre", "−1", "0", "+1", "+2 mycket bättre"],
    "Hur oroliga är ni?": ["Inte alls oroliga", "Inte särskilt oroliga", "Ganska oroliga", "Mycket oroliga"],
}  # fmt: skip
SORTED = {  # in order, but with no top
    "Hur svårt är det?": ["Mycket svårt", "Svårt", "Varken lätt eller svårt", "Lätt", "Mycket lätt"],
    "Hur har det gått?": ["Blivit mycket sämre", "Blivit något sämre", "Ingen förändring", "Blivit något bättre", "Blivit mycket bättre"],
    "Hur har utsläppen ändrats?": ["Minskat kraftigt", "Minskat något", "Oförändrat", "Ökat något", "Ökat kraftigt"],
    "Vilken månad passar?": ["jan", "feb", "mars", "okt"],
    "När öppnar ni?": ["08:30", "12:15", "16:45"],
    "Hur många invånare?": ["<10 000", "10 000-50 000", ">50 000"],
    "Hur länge?": ["1-2 år", "3-5 år", "6-10 år"],
}  # fmt: skip
OUTSIDE = ["Vet ej/Ej relevant", "Vet inte / inte relevant", "Ej aktuellt för oss", "Vet ej.", "Vet ej / vill ej svara", "VET EJ", "Ej tillämpligt", "Går ej att bedöma", "Ingen aning", "Vet ikke", "Not relevant"]  # fmt: skip
KINDS = {  # heading -> answers, kind, whether a person is asked, keys that the table has
    "Skatta läget 0–100?": ([0, 15, 62, 100], "number", False, {}),
    "Hur mycket håller du med? (skala 1–10)": ([3, 5, 8, 9], "rating", False, {"low": 1, "high": 10}),
    "Hur många stjärnor får mötet?": ([1, 2, 3, 4], "rating", True, {"low": 1}),
    "Skulle du tipsa en kollega? (0–10)": ([2, 5, 7], "nps", False, {}),
    "Skulle ni rekommendera oss, 1 till 5?": ([1, 2, 5, 4], "rating", False, {"low": 1, "high": 5}),
    "Skala −3 till 3?": ([-3, -1, 0, 2, 3], "number", True, {}),
    "Hur många laddstolpar?": (["12 st", "ca 15", "10-20", "8", "30"], "text", True, {}),
    "Hur många cyklar?": (["12 st", "8 st", "30 stycken", "5 st."], "number", False, {"unit": "st"}),
    "Hur många timmar?": (["ca 15", "cirka 30", "~25", "c:a 8"], "number", True, {}),
    "Hur många möten?": (["1-5", "6-10", "11-20", "fler än 20"], "single", False, {}),
    "Hur många barn?": (["1", "2", "3", "4 eller fler"], "single", False, {}),
    "Hur stor andel elbilar?": (["ca 25 %", "50%", "40-50 %", "75 %"], "text", True, {}),
    "Vad kostar det?": (["1,2 mkr", "300 tkr", "8500 kr", "12 000 kr", "25 000"], "text", True, {}),
    "Hur stor är budgeten?": (["0-100 tkr", "100-500 tkr", "500 tkr-1 mkr", "> 1 mkr"], "single", True, {}),
    "Hur många elever?": ([120, 340, 56, "vet ej"], "number", False, {}),
    "Vilket år började ni?": ([1994, 2003, 2011, 2024], "number", False, {"unit": "årtal"}),
    "Ert postnummer?": (["384 30", "572 41", "611 22"], "text", False, {}),
    "Datum för beslut?": (["210301", "211115", "220131"], "date", True, {}),
    "När började det?": (["02/13/2026", "03/04/2026"], "date", False, {}),
    "Vilken dag var det?": (["02/03/2026", "03/04/2026"], "date", True, {}),
    "Vilket datum gäller?": ([45012, 45100], "date", True, {}),
    "När togs beslutet?": (["2024-03-01", "4/3 2025", "1.2.2024", "våren 2025"], "single", True, {}),
    "När antogs den?": (["1 mars 2021", "15 maj 2022", "28 januari 2020"], "date", False, {}),
    "Har ni tagit beslut?": ([True, False, True], "single", False, {"options": ["Ja", "Nej"]}),
    "Beslut finns": ([True, False, False], "single", False, {"options": ["Sant", "Falskt"]}),
    "Beslutat": (["TRUE", "FALSE"], "single", False, {"options": ["Sant", "Falskt"]}),
    "Ruta?": (["X", ""], "single", True, {}),
    "Ett eller två?": ([1, 2], "rating", True, {}),
    "Rangordna fritt?": (["A; B; C;", "B; A; C;", "C; A; B;"], "ranking", False, {"options": ["A", "B", "C"]}),
    "Ordna det?": (["Mat, dryck;Luft;Jord;", "Jord;Luft;Mat, dryck;", "Luft;Mat, dryck;Jord;"], "ranking", False, {}),
    "Vem samordnar?": (["Ingen", "Ledningen", "Ingen", "Ledningen", "Annat: rådet", "annat - delat"], "single", True, {"other": True}),
    "Vilka deltog?": (["A;B;", "A;Annat: Röda korset;", "B;A;", "B;"], "multi", True, {"other": True}),
    "Vilka stöd vill ni ha?": (["A;B;", "Inget av detta;", "B;", "A;B;"], "multi", False, {"exclusive": ["Inget av detta"]}),
    "Vilket betyg ger ni?": (["A", "C", "B", "F"], "single", True, {"options": ["A", "B", "C", "F"]}),
    "Would you recommend us?": ([0, 3, 8, 10], "nps", False, {}),
    "Vil du anbefale oss? (0–10)": ([0, 3, 8], "nps", False, {}),
    "Hur har det ändrats i procent?": (["-5", "−3", "0", "+4", "12"], "number", False, {}),
    "Ändring i grader?": (["-5", "-3", "0", "2"], "number", True, {}),
    "Hur ser det ut framåt?": (["Läget är bättre", "Läget är sämre", "Det är som förut, bra", "osäker"], "single", True, {"outside": ["osäker"]}),
    "Vilket behov finns av tid?": (["Mycket tid", "Lite tid", "En del tid", "Ingen tid"], "single", True, {}),
    "Effekten blev?": (["Som väntat", "Mindre än väntat", "Större än väntat"], "single", True, {}),
    "Har ni en policy?": (["JA", "Ja", "ja", "Nej", "nej"], "single", False, {"options": ["Ja", "Nej"]}),
}  # fmt: skip


@pytest.fixture(scope="module")
def drafted(tmp_path_factory):
    """One export with every question, and its draft: heading -> the question's table, with the scale's keys."""
    asked = {**RISING, **SORTED, **{heading: case[0] for heading, case in KINDS.items()}}
    asked |= {f"Kan ni svara på fråga {n}?": ["Bra", "Dåligt", word] for n, word in enumerate(OUTSIDE)}
    columns = [list(islice(cycle(reversed(answers)), ROWS)) for answers in asked.values()]
    rows = [[*FORMS_HEAD[:5], *asked]]
    for n, answers in enumerate(zip(*columns, strict=True)):
        rows.append([n, "2026-02-01 10:00:00", "2026-02-01 10:05:00", "anonymous", "", *answers])
    path = save_xlsx(tmp_path_factory.mktemp("ord") / "s.xlsx", {"Sheet1": rows})
    export, _ = inspect_file(path, path.name)
    data = tomllib.loads(draft_survey(export, 2026, "respondent"))
    return {item["text"]: item | data["scales"].get(item.get("scale"), {}) for item in data["items"]}


@pytest.mark.parametrize("heading", RISING)
def test_an_oddly_worded_scale_is_put_in_order(drafted, heading):
    """Lowest first, whatever case, dots, numbers or words at the ends."""
    assert (drafted[heading]["kind"], drafted[heading]["options"]) == ("scale", RISING[heading])


@pytest.mark.parametrize("heading", SORTED)
def test_steps_without_a_best_one_are_put_in_order(drafted, heading):
    """As single answers, which have no top."""
    assert (drafted[heading]["kind"], drafted[heading]["options"]) == ("single", SORTED[heading])


@pytest.mark.parametrize(("n", "word"), list(enumerate(OUTSIDE)))
def test_no_opinion_stands_outside_however_it_is_said(drafted, n, word):
    """Two reasons in one answer too."""
    assert drafted[f"Kan ni svara på fråga {n}?"]["outside"] == [word]


@pytest.mark.parametrize("heading", KINDS)
def test_what_is_answered_is_known_or_asked_about(drafted, heading):
    """The kind, the keys, and whether a person must look; what stands outside is no option."""
    _, kind, asked, keys = KINDS[heading]
    table = drafted[heading]
    assert (table["kind"], bool(table.get("confirm"))) == (kind, asked), table
    assert {key: table.get(key) for key in keys} == keys
    assert not set(table.get("options", [])) & set(table.get("outside", []))
