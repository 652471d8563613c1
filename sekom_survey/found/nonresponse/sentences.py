"""Three plain sentences on how far the answers can be trusted, made from the figures."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sekom_survey.asked.contrasts import TOP
from sekom_survey.found.nonresponse.profile import ACTIVE, ACTIVITIES, NOTABLE, TRAIT_TITLES, YES
from sekom_survey.model import Survey
from sekom_survey.text.phrases import after, count_phrase, quoted
from sekom_survey.text.swedish import count_of, join_words, number, percent, plural, sentence_case

MARGIN_NAMES = {
    "size": "kommunstorlek",
    "landsdel": "landsdel",
    "skr_group": "kommungrupp",
    "years": "tid som medlem",
    "annual_meeting": "deltagande i årsmötet",
    "webinar": "deltagande i webbinarier",
    "teams_month": "användning av Teams",
    "indicators": "rapportering av gröna nyckeltal",
}
# A shift of a headline result that changes how it is told.
LARGE_SHIFT = 0.05
LEAST_ANSWERS = 10


def sentences(
    survey: Survey, profiled: pd.DataFrame, likeness: pd.DataFrame, weighted: pd.DataFrame, worst: pd.DataFrame
) -> tuple[str, str, str]:
    """One sentence each on likeness, on weighting and on the worst case."""
    labels = {item.id: item.short for item in survey.questionnaire.items}
    return (
        likeness_sentence(profiled, likeness),
        weighting_sentence(weighted, labels),
        worst_sentence(worst, labels, int(profiled["silent_base"].iloc[0])),
    )


def likeness_sentence(profiled: pd.DataFrame, likeness: pd.DataFrame, partly: bool = False) -> str:
    """In what those who answered differ most from those who did not, and in what no group of them differs, however small.

    `partly` is whether more was compared than may be told: the words then hold whatever that shows, and tell nothing of it.
    """
    answered, silent = int(profiled["answered_base"].iloc[0]), int(profiled["silent_base"].iloc[0])
    if not silent:
        return f"Alla {number(answered)} kommuner svarade, så inget bortfall kan snedvrida resultatet."
    if not answered:
        return f"Ingen av de {number(silent)} kommunerna svarade."
    who = f"De {number(answered)} kommuner som svarat"
    apart = likeness[likeness["largest"].abs() >= NOTABLE].sort_values("largest", key=abs, ascending=False)
    small = set(profiled.loc[profiled["standardised"].abs() >= NOTABLE, "trait"])  # groups too small to be told of
    others = likeness[~likeness["trait"].isin(set(apart["trait"]))]
    if apart.empty:
        alike, what = (
            join_words([_lower(name) for name in others["trait"]]),
            "det som redovisas" if partly else "allt som kan jämföras",
        )
        return f"{who} liknar de {number(silent)} som inte svarat i {what}: {alike}."
    worst = apart.iloc[0]
    row = profiled[(profiled["trait"] == worst["trait"]) & (profiled["group"] == worst["group"])].iloc[0]
    alike = join_words([quoted(_lower(name)) for name in others["trait"] if name not in small])
    rest = f"; ingen tydlig skillnad finns när det gäller {alike}" if alike else ""
    how = "tydligt" if partly else "mest"
    return f"{who} skiljer sig {how} från de {number(silent)} som inte svarat när det gäller {_contrast(row)}{rest}."


def trust_sentence(
    survey: Survey, profiled: pd.DataFrame, likeness: pd.DataFrame, weighted: pd.DataFrame | None, partly: bool = False
) -> str:
    """How far to trust the answers, in one plain sentence for page one: in what those who answered differ, and what that moves.

    Activity goes before all else, since those who are active tend to be pleased; then the trait in which they differ most.
    The order is to be trusted unless calibration puts two results of one question five points apart the other way round; the
    levels where it moves no share by five points. Without `weighted`, where not all of it may be told, nothing is said of that.
    `partly` is whether more was compared than may be told.
    """
    answered, silent = int(profiled["answered_base"].iloc[0]), int(profiled["silent_base"].iloc[0])
    if not silent:
        return "Alla har svarat: siffrorna gäller hela medlemskretsen."
    if answered < LEAST_ANSWERS:
        return f"Bara {number(answered)} har svarat: läs svaren som enskilda röster, inte som andelar."
    those, others = f"De {number(answered)} som svarat", f"de {number(silent)} andra"
    doubt = "läs nivåerna med försiktighet" if weighted is None else _doubt(survey, weighted)
    if what := _difference(likeness):
        return f"{those} {what.format(others)}: {doubt}."
    if likeness.empty:
        return f"Det går inte att visa om {those.lower()} liknar {others}: {doubt}."
    if partly:
        return f"{those} liknar {others} i det som redovisas: {doubt}."
    return f"{those} liknar {others} i allt som går att jämföra: nivåerna kan läsas som de står."


def _difference(likeness: pd.DataFrame) -> str:
    """In what those who answered differ from the others, {}; "" where they do not."""
    apart = likeness[likeness["largest"].abs() >= NOTABLE].sort_values("largest", key=abs, ascending=False)
    active = apart[apart["trait"].isin([*ACTIVITIES, ACTIVE])]
    if len(active):
        return f"är {'mer' if active.iloc[0]['largest'] > 0 else 'mindre'} aktiva än {{}}"
    if len(apart):
        return f"skiljer sig från {{}} i {_lower(apart.iloc[0]['trait'])}"
    return ""


def _doubt(survey: Survey, weighted: pd.DataFrame) -> str:
    """What to make of the figures when those who answered differ from the others."""
    shares = weighted[weighted["count"].notna() & weighted["weighted"].notna()]
    if _is_overturned(survey, shares):
        return "varken ordningen eller nivåerna är säkra"
    if len(shares) and shares["shift"].abs().max() < LARGE_SHIFT:
        return "det ändrar inget resultat nämnvärt när svaren vägs"
    return "lita på ordningen, mindre på nivåerna"


def _is_overturned(survey: Survey, shares: pd.DataFrame) -> bool:
    """Whether calibration turns round two results of one question, from five points apart to five points the other way."""
    question = {item.id: item.group or item.id for item in survey.questionnaire.items}
    for _, rows in shares.groupby(shares["item"].map(question)):
        before, after = (np.subtract.outer(*[rows[name].to_numpy(dtype=float)] * 2) for name in ("share", "weighted"))
        if ((before >= LARGE_SHIFT) & (after <= -LARGE_SHIFT)).any():
            return True
    return False


def _contrast(row: pd.Series) -> str:
    group = "" if row["group"] == YES else f", {row['group']}"
    first = count_phrase(int(row["answered"]), int(row["answered_base"]))
    second = count_phrase(int(row["silent"]), int(row["silent_base"]))
    return f"{quoted(_lower(row['trait']) + group)}: {first} mot {second}"


def _lower(trait: str) -> str:
    title = TRAIT_TITLES[trait]
    return title[0].lower() + title[1:]


def weighting_sentence(weighted: pd.DataFrame, labels: dict[str, str]) -> str:
    """How much the headline results move when the answers are weighted to resemble all members."""
    known = weighted[weighted["shift"].notna() & weighted["count"].notna()]
    if weighted.empty:
        return "Svaren är för få för att vägas så att de liknar alla medlemmar."
    if known.empty:
        return "Svaren vägs inte, för i det som går att väga efter liknar de som svarat de andra."
    top = known.loc[known["shift"].abs().idxmax()]
    margins = join_words([MARGIN_NAMES[name] for name in str(top["margins"]).split(";")])
    before, after = (percent(top[name], 1) for name in ("share", "weighted"))
    moved = f"{quoted(_result(top, labels))}, från {before} till {after}"
    results = f"de {len(known)} huvudresultaten"
    lead = f"Om svaren vägs så att {margins} stämmer med alla {int(top['population'])} kommuner"
    if abs(top["shift"]) < LARGE_SHIFT:
        most = max(1, round(100 * abs(top["shift"])))
        unit = plural(most, "procentenhet", "procentenheter")
        return f"{lead} ändras inget av {results} mer än {most} {unit} (mest {moved})."
    large = int((known["shift"].abs() >= LARGE_SHIFT).sum())
    return f"{lead} ändras {large} av {results} minst 5 procentenheter (mest {moved})."


def _result(row: pd.Series, labels: dict[str, str]) -> str:
    return labels[row["item"]] if row["option"] == TOP else after(labels[row["item"]], row["option"])


def worst_sentence(worst: pd.DataFrame, labels: dict[str, str], unanswered: int) -> str:
    """How many of the silent a majority of all members needs, for the result that hangs on most and on fewest of them."""
    majority = worst[(worst["count"] > worst["base"] / 2) & worst["needed"].notna()]
    majority = majority.sort_values(["needed", "count"], ascending=[True, False], kind="stable")
    if majority.empty:
        return "Inget av huvudresultaten gäller mer än hälften av dem som svarat, så ingen majoritet kan påstås."
    firm, frail = majority.iloc[0], majority.iloc[-1]
    said = f"{len(majority)} av {len(worst)} huvudresultat gäller mer än hälften av dem som svarat"
    if firm["item"] == frail["item"] and firm["option"] == frail["option"]:
        return f"{said}: {_needs(firm, majority, labels, unanswered)}."
    return f"{said}: säkrast är {_needs(firm, majority, labels, unanswered)}, osäkrast är {_needs(frail, majority, labels, unanswered)}."


def _needs(row: pd.Series, among: pd.DataFrame, labels: dict[str, str], unanswered: int) -> str:
    """A result, and those that are as sure, with what a majority of all members takes."""
    alike = among[(among["needed"] == row["needed"]) & (among["count"] == row["count"])]
    names = join_words([quoted(_result(one, labels)) for _, one in alike.iterrows()])
    return f"{names}, där {tipping_phrase(row['needed'], int(row['silent']), unanswered)}"


def tipping_words(needed: float, silent: int, unanswered: int) -> str:
    """The same for a cell of a table: "Minst 9 av de 30 som inte svarat"."""
    if pd.isna(needed):
        return "Kan inte nås"
    if needed == 0:
        return "Redan nådd"
    return sentence_case(tipping_phrase(needed, silent, unanswered).partition(" måste ")[0])


def tipping_phrase(needed: float, silent: int, unanswered: int) -> str:
    """What a majority of all members takes: "minst 9 av de 30 som inte svarat måste tycka likadant för en majoritet".

    When more are silent on the question than the `unanswered` that sent in nothing, some answered outside the scale.
    """
    who = "som inte svarat" if silent == unanswered else "som inte tagit ställning"
    if pd.isna(needed):
        return f"en majoritet inte kan nås ens med alla {silent} {who}"
    if needed == 0:
        return "en majoritet av alla medlemmar redan har svarat så"
    return (
        f"minst {count_of(int(needed), silent).replace(' av ', ' av de ')} {who} måste tycka likadant för en majoritet"
    )
