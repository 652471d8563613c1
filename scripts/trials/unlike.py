"""Forms unlike all others: one question, free texts alone, sixty questions, two languages, names written by hand."""

from __future__ import annotations

import random
from pathlib import Path

from scripts.trials.forms import AGREE, Maker, excel_list, forms_export, names, one, rows_of, several, text, whole

MISSPELT = (("ö", "o"), ("ss", "s"), ("fors", "forss"), ("berga", "bärga"), ("stad", "sta"))


def misspelt(draw: random.Random, name: str) -> str:
    """A member's name as somebody writes it in a hurry; one in four is wrong."""
    before, after = draw.choice(MISSPELT)
    return (
        f"{name.replace(before, after)} kn"
        if draw.random() < 0.1
        else name.replace(before, after)
        if draw.random() < 0.2
        else name
    )


MIXED: dict[str, Maker] = {
    "Vilken kommun svarar du för? (skriv namnet)": misspelt,
    "Your role / Din roll": one("Förtroendevald", "Tjänsteperson"),
    "Overall, how satisfied are you with the network? (1 = not at all, 7 = very)": whole(1, 7),
    "Hur lätt är det att få hjälp? 1 betyder mycket svårt och 7 mycket lätt": whole(1, 7),
    "Webinars": one(*AGREE),
    "Nyhetsbrev": one(*AGREE),
    "Årsmötet": one(*AGREE),
    "Which topics should we cover next year?": several(";", 3, "Climate", "Water", "Circular economy, incl. textiles", "Health"),
    "Kommentar": text(0.5),
}  # fmt: skip
ONE: dict[str, Maker] = {"Ska årsmötet hållas i maj?": one("Ja", "Nej", "Spelar ingen roll")}
TEXTS: dict[str, Maker] = {
    "Vad var bäst med dagen?": text(0.9),
    "Vad kan vi göra bättre?": text(0.8),
    "Övrigt": text(0.2),
}
SIXTY: dict[str, Maker] = {
    f"{n}. Hur väl stämmer påstående nummer {n}?": (one(*AGREE), whole(1, 5), one("Ja", "Nej"))[n % 3]
    for n in range(1, 61)
}
FORMS = {"mixed": (MIXED, 44, 30), "one": (ONE, 0, 21), "texts": (TEXTS, 0, 18), "sixty": (SIXTY, 0, 48)}


def make_unlike(folder: Path, seed: int = 11) -> dict[str, tuple[Path, Path | None]]:
    """Write the exports, and a member list for those that members answer; name of the trial -> (export, members)."""
    folder.mkdir(parents=True, exist_ok=True)
    draw, found = random.Random(seed), {}
    for name, (asked, members, answered) in FORMS.items():
        people = names(members)
        who = draw.sample(people, answered) if people else [""] * answered
        export = forms_export(folder / f"{name}(1-{answered}).xlsx", asked, rows_of(asked, draw, who))
        found[name] = (export, excel_list(folder / f"{name} medlemmar.xlsx", people) if people else None)
    return found
