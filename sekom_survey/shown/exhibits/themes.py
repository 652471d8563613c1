"""The themes of free texts by member, place and year, how reliable they are, and words that may be quoted."""

from __future__ import annotations

import pandas as pd

from sekom_survey.counted.segment import ALL, TITLES, segment_order
from sekom_survey.counted.year import PUBLIC, Year
from sekom_survey.found.facts.themes import theme_facts
from sekom_survey.found.themes import Themes, theme_name
from sekom_survey.model import TEXT, Exhibit, Item
from sekom_survey.shown.exhibits.asked import for_kinds, if_worked_out, line, too_few
from sekom_survey.shown.exhibits.notes import (
    HIDDEN,
    count_cell,
    each,
    interval_cell,
    name_of,
    share_cell,
    source_note,
    spoken,
    those_counted,
    uncertainty,
    under,
)
from sekom_survey.shown.exhibits.released import GROUPS, YEARS, released
from sekom_survey.shown.exhibits.theme_quality import NOT_REVIEWED, quality_note
from sekom_survey.text.phrases import headed
from sekom_survey.text.swedish import lower_first, number

QUOTES, QUOTES_A_THEME = "quotes_", 2


def withheld(year: Year, themes: Themes, item: str) -> bool:
    """Whether an item's themes must stay out of this build: a public one shows only what people have decided."""
    return year.build == PUBLIC and not themes.is_approved(item)


@released("Tema", "Antal", "Andel", "Osäkerhet (kommuner)")
@if_worked_out
@for_kinds(TEXT)
def theme_bars(year: Year, item_id: str, themes: Themes) -> Exhibit | None:
    """Municipalities by theme, most common first, with intervals; the plan's themes marked."""
    if withheld(year, themes, item_id):
        return None
    item = year.wave.questionnaire.item(item_id)
    rows = _rows(themes, item_id, ALL)
    if rows.empty or rows["suppressed"].all():
        return line(f"themes_{item_id}", headed(name_of(item), "för få svar för att visa teman"))
    rows = rows.sort_values("count", ascending=False, kind="stable")
    planned = (year.wave.folder / "goals.toml").exists()
    plan = {theme.id for theme in themes.codebook.themes if theme.plan and planned}
    approved = themes.is_approved(item_id)
    base, population = int(rows["base"].iloc[0]), int(rows["population"].iloc[0])
    return Exhibit(
        id=f"themes_{item_id}",
        kind="bars",
        title=_title(year, item, themes)
        if approved
        else f"{NOT_REVIEWED}. " + headed(name_of(item), "förslag till teman"),
        subtitle=under(name_of(item), item.text),
        note=source_note(
            year,
            those_counted(year, base, population),
            "Ett svar kan ha flera teman." + (" De teman som står i verksamhetsplanen är markerade." if plan else ""),
            quality_note(year, themes, item_id),
            uncertainty(year),
        ),
        alt="Liggande staplar. " + ". ".join(each(rows, lambda row: f"{row['label']}: {spoken(row)}")) + ".",
        data=rows.assign(highlight=rows["option"].isin(plan))[
            ["label", "share", "low", "high", "count", "base", "highlight"]
        ].reset_index(drop=True),
        table=pd.DataFrame(
            {
                "Tema": list(rows["label"]),
                "Antal": each(rows, count_cell),
                "Andel": each(rows, share_cell),
                "Osäkerhet (kommuner)": each(rows, interval_cell),
            }
        ).reset_index(drop=True),
        internal=not approved,
    )


def _title(year: Year, item: Item, themes: Themes) -> str:
    """The theme that most mention, by its fact; that these are the themes where several share the first place."""
    facts = [fact for fact in theme_facts(themes, year.survey) if fact.item == item.id]
    most = [fact for fact in facts if fact.first_count == max(one.first_count for one in facts)]
    return most[0].sentence.removesuffix(".") if len(most) == 1 else headed(name_of(item), "teman i svaren")


def _rows(themes: Themes, item_id: str, segmentation: str) -> pd.DataFrame:
    table = themes.estimates
    rows = table[(table["item"] == item_id) & (table["segmentation"] == segmentation)]
    return rows.assign(label=[theme_name(themes.codebook, option) for option in rows["option"]])


@released("Tema", GROUPS)
@if_worked_out
@for_kinds(TEXT)
def theme_segments(year: Year, item_id: str, themes: Themes, segmentation: str) -> Exhibit | None:
    """A table of themes by segment, as counts with the base in the heading."""
    if withheld(year, themes, item_id):
        return None
    item = year.wave.questionnaire.item(item_id)
    rows = _rows(themes, item_id, segmentation)
    title = headed(name_of(item), f"teman efter {lower_first(TITLES[segmentation])}")
    if rows["suppressed"].all():
        return too_few(year, item, f"themes_{item_id}_{segmentation}", title)
    total = _rows(themes, item_id, ALL).set_index("option")["count"].sort_values(ascending=False, kind="stable")
    order = segment_order(segmentation, rows["segment"], year.survey.size_classes)
    bases = rows.groupby("segment")["base"].max()
    cells = {
        (row.option, row.segment): HIDDEN if row.suppressed else number(row.hits)
        for row in rows.rename(columns={"count": "hits"}).itertuples()
    }
    heads = {
        name: f"{name} ({number(bases[name]) if bases[name] >= year.survey.minimum_base else HIDDEN})" for name in order
    }
    approved = themes.is_approved(item_id)
    return Exhibit(
        id=f"themes_{item_id}_{segmentation}",
        kind="table",
        title=("" if approved else f"{NOT_REVIEWED}. ") + title,
        subtitle=f"Antal {year.survey.nouns.many}. Antalet som svarat i varje grupp står inom parentes",
        note=source_note(
            year,
            those_counted(
                year,
                int(total.index.size and rows["base"].groupby(rows["segment"]).max().sum()),
                int(rows.groupby("segment")["population"].max().sum()),
            ),
            quality_note(year, themes, item_id),
        ),
        alt="Tabell med ett tema på varje rad och en grupp i varje kolumn.",
        data=rows[["option", "segment", "count", "base", "suppressed"]].reset_index(drop=True),
        table=pd.DataFrame(
            [
                {
                    "Tema": theme_name(themes.codebook, option),
                    **{heads[name]: cells.get((option, name), "0") for name in order},
                }
                for option in total.index
            ]
        ),
        internal=not approved,
    )


@released("Tema", YEARS, "Skillnad")
@for_kinds(TEXT)
def theme_change(year: Year, item_id: str, themes: Themes | None, before: Themes | None) -> Exhibit | None:
    """Themes that are new, grown or shrunk since last year, as counts of municipalities."""
    if (
        themes is None
        or before is None
        or withheld(year, themes, item_id)
        or (year.build == PUBLIC and not before.is_approved(item_id))
        or _rows(before, item_id, ALL).empty
    ):
        return None
    item = year.wave.questionnaire.item(item_id)
    now, then = (_rows(one, item_id, ALL).set_index("option") for one in (themes, before))
    joined = (
        now[["count", "base"]].join(then[["count", "base"]].add_suffix("_before"), how="outer").fillna(0).astype(int)
    )
    joined["difference"] = joined["count"] - joined["count_before"]
    joined = joined.sort_values("difference", ascending=False, kind="stable")
    approved, last, this = themes.is_approved(item_id), str(year.survey.year - 1), str(year.survey.year)
    return Exhibit(
        id=f"themes_{item_id}_change",
        kind="table",
        title=("" if approved else f"{NOT_REVIEWED}. ") + headed(name_of(item), f"teman {last} och {this}"),
        subtitle=f"Antal {year.survey.nouns.many}. En skillnad på några få {year.survey.nouns.many} kan bero på vilka som svarat",
        note=source_note(
            year,
            those_counted(year, int(joined["base"].max()), int(_rows(themes, item_id, ALL)["population"].iloc[0])),
            f"År {last} svarade {int(joined['base_before'].max())} {year.survey.nouns.many}.",
            quality_note(year, themes, item_id),
        ),
        alt=f"Tabell med antalet {last}, antalet {this} och skillnaden för varje tema.",
        data=joined.reset_index(),
        table=pd.DataFrame(
            {
                "Tema": [theme_name(themes.codebook, option) for option in joined.index],
                last: joined["count_before"].map(number).to_numpy(),
                this: joined["count"].map(number).to_numpy(),
                "Skillnad": [_step(row["count_before"], row["count"]) for _, row in joined.iterrows()],
            }
        ),
        internal=not approved,
    )


def _step(before: int, now: int) -> str:
    if before == 0 and now:
        return "ny"
    return number(now - before) if now <= before else f"+{number(now - before)}"


@released("Tema", "Svar")
@if_worked_out
@for_kinds(TEXT)
def quotes(year: Year, item_id: str, themes: Themes, texts: pd.DataFrame) -> Exhibit | None:
    """At most two quotes a theme; `texts` from `quotable` of the internal year."""
    if withheld(year, themes, item_id) or texts.empty:
        return None
    item = year.wave.questionnaire.item(item_id)
    chosen = texts.drop_duplicates("text").groupby("theme", sort=False).head(QUOTES_A_THEME)
    return Exhibit(
        id=f"{QUOTES}{item_id}",
        kind="table",
        title=headed(name_of(item), "några svar med egna ord"),
        subtitle="Svar som får spridas, med det tema de hör till",
        note=source_note(
            year,
            "svar som får spridas",
            "Svar som kan peka ut en kommun eller person är inte med.",
        ),
        alt=f"Tabell med {len(chosen)} citat.",
        data=chosen[["theme"]].reset_index(drop=True),
        table=pd.DataFrame(
            {
                "Tema": [theme_name(themes.codebook, theme) for theme in chosen["theme"]],
                "Svar": [f"”{text}”" for text in chosen["text"]],
            }
        ),
        internal=not themes.is_approved(item_id),
    )
