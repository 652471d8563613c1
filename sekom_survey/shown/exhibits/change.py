"""Change since last year as it is shown: slopes for the same members, and where the change comes from."""

from __future__ import annotations

import pandas as pd

from sekom_survey.asked.contrasts import TOP
from sekom_survey.counted.choices import counted_as_yes
from sekom_survey.counted.year import Year
from sekom_survey.found.change import HEADLINE, MEAN, REWORDED
from sekom_survey.found.change.published import UNPAIRED, is_unpaired
from sekom_survey.found.verdict import CERTAIN, change_question
from sekom_survey.model import SCALE, Exhibit, Item, Survey
from sekom_survey.shown.exhibits.asked import if_worked_out, internal_only
from sekom_survey.shown.exhibits.notes import matrix_name, name_of, source_note, top_words
from sekom_survey.shown.figures.values import PERCENT_FROM
from sekom_survey.shown.headline import headline_names
from sekom_survey.stats.intervals import hypergeometric_interval
from sekom_survey.text.phrases import after, count_phrase, headed, quoted
from sekom_survey.text.swedish import FIXED_SPACE, join_words, lower_first, number, number_word, plural, signed

ENDS = ("before", "after")
AS_IN_CSV = 10  # decimals: as the csv file says, so that a half is rounded as a reader would
ERASED = (
    "Förra årets svar är gallrade. Därför jämförs de publicerade talen för alla som svarat, och det går inte att säga vad som "
    "beror på att andra har svarat."
)


@if_worked_out
@internal_only
def change_slope(year: Year, changes: pd.DataFrame, group: str, title: str) -> Exhibit:
    """The share with a top answer last year and this, the same members both years, one slope a row of a matrix.

    Internal: beside both years' results it would give away those who answered only once. Of an erased year only the
    published numbers are left; then all who answered are compared, and it is said.
    """
    items = year.wave.questionnaire.named(group)
    rows = changes[(changes["option"] == counted_as_yes(items[0])) & changes["item"].isin([item.id for item in items])]
    labels = {item.id: item.short for item in items}
    data = pd.DataFrame([_slope(row, labels) for _, row in rows.iterrows()], columns=list(SLOPE_COLUMNS))
    data = data.assign(last_year=year.survey.year - 1, year=year.survey.year)
    told = [after(str(row.label), row.verdict or "utforskning") for row in data.itertuples()]
    return Exhibit(
        id=f"change_{group}",
        kind="slope",
        title=title,
        subtitle=f"{items[0].group_text or items[0].text} Andel som svarar {top_words(items[0])}, {_who(changes, year.survey.nouns.many)}",
        note=source_note(
            year,
            _pair_base(rows, year.survey),
            ERASED if is_unpaired(changes) else "",
            _reworded_note(items, changes),
            "Strecken visar osäkerheten (95\u00a0%).",
            _question(rows, changes),
        ),
        alt=f"Lutande linjer från {year.survey.year - 1} till {year.survey.year}. {'. '.join(told)}.",
        data=data,
        table=pd.DataFrame([_change_cells(row, labels, year.survey.year) for _, row in rows.iterrows()]),
        internal=True,
    )


SLOPE_COLUMNS = ("label", "before", "after", "before_low", "before_high", "after_low", "after_high", "base", "verdict")


def _slope(row: pd.Series, labels: dict[str, str]) -> dict[str, object]:
    base = row["all_after_base"] if row["test"] == UNPAIRED else row["paired_base"]
    cells = {"label": labels[row["item"]], "base": base, "verdict": row["verdict"]}
    if row["test"] == UNPAIRED and min(_base(row, name) for name in ENDS) < PERCENT_FROM:
        return cells  # the drawing writes counts out of one base only
    cells |= {name: row[name] for name in ENDS}
    if pd.notna(row["difference"]):
        for name in ENDS:
            base, members = _base(row, name), _members(row, name)
            low, high = hypergeometric_interval(round(row[name] * base), base, members)
            cells |= {f"{name}_low": low / members, f"{name}_high": high / members}
    return cells


def _base(row: pd.Series, name: str) -> int:
    """How many answers stand behind the year's number."""
    return int(row[f"all_{name}_base"] if row["test"] == UNPAIRED else row["paired_base"])


def _members(row: pd.Series, name: str) -> int:
    return int(row[f"all_{name}_population"] if row["test"] == UNPAIRED else row["members"])


def _who(changes: pd.DataFrame, who: str) -> str:
    return "alla som svarat vart år" if is_unpaired(changes) else f"samma {who} båda åren"


def _pair_base(rows: pd.DataFrame, survey: Survey) -> str:
    year, who = survey.year, survey.nouns.many
    if is_unpaired(rows):
        return " och ".join(
            f"{_span(rows[f'all_{name}_base'])} {who} år {when}"
            for name, when in zip(ENDS, (year - 1, year), strict=True)
        )
    known = rows["paired_base"].dropna()
    if known.empty:
        return f"inga {who} som svarat båda åren"
    return f"{_span(known)} {who} som svarat båda åren"


def _span(bases: pd.Series) -> str:
    low, high = int(bases.min()), int(bases.max())
    return str(low) if low == high else f"{low}–{high}"


def _question(rows: pd.DataFrame, changes: pd.DataFrame) -> str:
    """The question that the verdicts answer; that there are none where the rows are exploration."""
    asked = int(changes["p_adjusted"].notna().sum())
    if not (rows["status"] == HEADLINE).any():
        return "Utforskning: inget omdöme ges om de här förändringarna."
    return f"Omdömet svarar på: {lower_first(change_question(asked))}"


def _reworded_note(items: tuple[Item, ...], changes: pd.DataFrame) -> str:
    reworded = changes.loc[changes["status"] == REWORDED, "item"]
    names = [quoted(item.short) for item in items if item.id in set(reworded)]
    return f"{join_words(names)} har ny lydelse och jämförs inte." if names else ""


def _change_cells(row: pd.Series, labels: dict[str, str], year: int) -> dict[str, str]:
    known = pd.notna(row["difference"])
    mean, name = row["option"] == MEAN, labels[row["item"]]
    return {
        "Fråga": name if row["option"] in (TOP, "") else after(name, "medelvärde" if mean else row["option"]),
        str(year - 1): _end(row, "before", mean) if known else "–",
        str(year): _end(row, "after", mean) if known else "–",
        "Förändring": _moved(row["difference"], mean) if known else "–",
        "Osäkerhet": f"{_moved(row['low'], mean)} till {_moved(row['high'], mean)}" if known else "–",
        "Omdöme": row["verdict"] or row["status"],
        "Alla som svarat": _moved(row["all_after"] - row["all_before"], mean) if known else "–",
        "varav ändrad uppfattning": _moved(row["opinion_part"], mean) if pd.notna(row["opinion_part"]) else "–",
        "varav andra har svarat": _moved(row["membership_part"], mean) if pd.notna(row["membership_part"]) else "–",
    }


def _end(row: pd.Series, name: str, mean: bool) -> str:
    base = _base(row, name)
    return number(row[name], 1) if mean else count_phrase(round(row[name] * base), base)


def _moved(value: float, mean: bool) -> str:
    told = round(value, AS_IN_CSV)
    return signed(told, 1) if mean else f"{signed(100 * told)}{FIXED_SPACE}pe"


def change_slopes(year: Year, changes: pd.DataFrame | None) -> list[Exhibit]:
    """`change_slope` for each headline question that is a scale and was asked last year too; internal."""
    names = [name for name in headline_names(year.survey) if year.wave.questionnaire.named(name)[0].kind == SCALE]
    if changes is None:
        return []
    compared = set(changes.loc[changes["difference"].notna(), "item"])
    asked = [name for name in names if compared & {item.id for item in year.wave.questionnaire.named(name)}]
    made = (change_slope(year, changes, name, _change_title(year, name)) for name in asked)
    return [one for one in made if one]


def _change_title(year: Year, name: str) -> str:
    item = year.wave.questionnaire.named(name)[0]
    return headed(matrix_name(item) if item.group else name_of(item), f"{year.survey.year - 1} och {year.survey.year}")


@if_worked_out
@internal_only
def change_table(year: Year, changes: pd.DataFrame) -> Exhibit:
    """Every change from last year, split into opinion and membership; internal as `change_slope`."""
    labels = {item.id: item.short for item in year.wave.questionnaire.items}
    sure, judged = int(changes["verdict"].isin(CERTAIN).sum()), int(changes["p_adjusted"].notna().sum())
    reworded = changes.loc[changes["status"] == REWORDED, "item"]
    names = join_words([quoted(labels[name]) for name in reworded])
    return Exhibit(
        id="changes",
        kind="table",
        title=f"Av {number_word(judged)} förändringar sedan {year.survey.year - 1} som prövats är {number_word(sure)} {plural(sure, 'säker', 'säkra')}",
        subtitle="Alla som svarat vart år"
        if is_unpaired(changes)
        else f"Samma {year.survey.nouns.many} båda åren, och hur mycket som beror på att andra har svarat",
        note=source_note(
            year,
            _pair_base(changes, year.survey),
            ERASED if is_unpaired(changes) else "",
            f"Omdömet svarar på: {lower_first(change_question(judged))} Osäkerheten gäller samma fråga.",
            f"Ny lydelse, jämförs inte: {names}." if names else "",
            "Skillnader mellan andelar i procentenheter (pe), mellan medelvärden i steg.",
        ),
        alt=f"Tabell med {len(changes)} rader.",
        data=changes,
        table=pd.DataFrame([_change_cells(row, labels, year.survey.year) for _, row in changes.iterrows()]),
        internal=True,
    )
