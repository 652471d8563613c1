"""What a document may say: its exhibits' own texts and rows, word for word, and a short named list of other sources."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache, cached_property

import pandas as pd

from sekom_survey.found.verdict import missed_phrase
from sekom_survey.text.swedish import count_of, number, percent, percent_range, points, signed
from tests.documents.figures import data_phrases, phrases, total_rows
from tests.documents.made import YEAR, Build
from tests.documents.reading import DRAWING, WHOLE, Unit

LEADS = ("Säkraste", "Högsta", "Största", "Vanligaste")
# Page furniture: numbers that count pages, figures, annexes, slides, rows or questions, and the confidence level.
FURNITURE = (
    r"Sida 1 av 1", r"^(Figur|Tabell) \d+\. ?", r"Siffrorna bakom figur \d+\.", r"\(\d av \d\)$", r"Visa tabellen \(\d+ rader\)",
    r"Visa alla \d+ (frågor|ställen)", r"^\d+\. ", r"\d+ av \d+ rader visas", r"De \d+ vanligaste svaren av \d+ visas\.",
    r"\(95\u00a0%\)", r"Tabell med \d+ rad(er)?", r"\t\d+$", r"\(?(alla|första av) \d+\)?$", r"^\d+ förslag till (på sidan \d\.|beslut)$", r"^Här står (det|de \w+) första\. Alla \d+ står i rapporten", r"Visa alla \d+$",
)  # fmt: skip


def sentences(text: str) -> list[str]:
    """A note's sentences, as slides show the first of them."""
    *others, last = text.split(". ")
    return [*(f"{part}." for part in others), last]


@cache
def known_of(build: Build) -> Known:
    """What a build's documents may say, worked out once."""
    return Known(build)


@cache
def _data_phrases(build: Build, exhibit: str) -> list[str]:
    return data_phrases(build.exhibits[exhibit]["kind"], build.data(exhibit))


class Known:
    """The words and rows that a build's documents may use."""

    def __init__(self, build: Build) -> None:
        self.build = build

    @cached_property
    def survey(self) -> dict:
        return tomllib.loads((YEAR / "survey.toml").read_text(encoding="utf-8"))

    @cached_property
    def texts(self) -> list[str]:
        """Other sources, word for word: the questions, the notebooks' prose, the plan's sentences, remarks and titles; longest first."""
        claims = self.build.tables["claims"]
        statements = [s.split(". ", 1)[-1] for s in self._internal_statements]
        found = [
            *_strings(self.survey),
            *(line for text in self.build.prose for line in plain(text)),
            *statements,
            *self._passage(),
            *(f"{item['low']}–{item['high']}" for item in self.survey["items"] if "low" in item),
            *claims["quote"],
            *self.build.tables["findings"]["sentence"],
            *self.build.tables["findings"]["missed"].dropna().map(missed_phrase),
            *(str(p[key]) for p in self.build.record.get("problems", ()) for key in ("found", "todo", "where", "file")),
        ]
        return sorted({text for text in found if any(c.isdigit() for c in text)}, key=len, reverse=True)

    def _passage(self) -> Iterator[str]:
        """What the passage for the plan says beside the facts' own sentences: runners-up, the lowest row, means."""
        total, means = total_rows(self.build.tables["estimates"]), self.build.tables["means"]
        named = {
            row["id"]: row["label"]
            for item in self.survey["items"]
            for row in item.get("rows", [item])
            if "label" in row
        }
        for row in total[~total["suppressed"]].to_dict("records"):
            yield f"{lower(str(row['option']))} med {row['count']:.0f}"
            yield f"{lower(named.get(row['item'], ''))}, {count_of(int(row['count']), int(row['base']))}."
        for row in means[(means["segmentation"] == "all") & (means["statistic"] == "mean")].to_dict("records"):
            yield f"är {number(row['value'], 1)} på en skala"

    @cached_property
    def _internal_statements(self) -> list[str]:
        """Claims' sentences; in a public build claims.csv has none, and the passage is taken from the internal one."""
        path = self.build.folder.parent / "internal" / "claims.csv"
        return list(pd.read_csv(path).fillna("")["statement"])

    @cached_property
    def facts(self) -> list[str]:
        """The facts of the frame and its accounting, from estimates.csv, run.json and survey.toml."""
        total = total_rows(self.build.tables["estimates"])
        answered, asked = int(total["base"].max()), int(total["population"].max())
        missing, regions = asked - answered, self.regions
        half = self._half(answered, asked)
        skipped = self.build.data("item_nonresponse")
        worst = int(skipped["missing" if "missing" in skipped else "Saknas"].max())
        year, survey = self.survey["year"], self.survey
        found = [
            f"{count_of(answered, asked)} kommuner", f"{percent(answered / asked, 1000)} svarade", percent(answered / asked, 1000),
            f"{missing} svarade inte", f"{percent(missing / asked, 1000)} objektsbortfall",
            f"Objektsbortfallet är {count_of(missing, asked)} ({percent(missing / asked, 1000)})",
            f"Dessutom svarade {count_of(*regions)} regioner", f"{number(asked)} kommuner och {number(regions[1])} regioner",
            f"±{number(half)} procentenheter", f"som mest {number(worst)} på en enskild fråga", f"saknas som mest {number(worst)} svar",
            self._asked(), f"{number(asked)} kommuner", *self._worst(), f"färre än {number(survey['minimum_base'])} svar", *self._dates(survey), f"{survey['title']}", f", {year}",
            f"surveys/{self.build.record['wave']}", f"sekom run {self.build.record['wave']}", f"målen {year}",
            *self._counted(answered + regions[0]), *self._released(),
        ]  # fmt: skip
        return sorted(found, key=len, reverse=True)

    def _asked(self) -> str:
        """How many questions the form has beside who answers, a row of a matrix each, and how many are answered in own words."""
        kinds = [item["kind"] for item in self.survey["items"] for _ in item.get("rows", [item])]
        asked = [kind for kind in kinds if kind not in ("member", "metadata")]
        return f"Enkäten har {number(len(asked))} frågor till medlemmarna, varav {number(asked.count('text'))} besvaras med egna ord"

    def _released(self) -> Iterator[str]:
        """Of how many questions something is told in a public build: of all, and by each segmentation."""
        rows = self.build.tables["estimates"]
        told = rows[~rows["suppressed"]].groupby("segmentation")["item"].nunique()
        yield f"redovisas {count_of(int(told.get('all', 0)), rows['item'].nunique())} frågor"
        for words, by in (("kommunstorlek", "size"), ("landsdel", "landsdel"), ("roll", "role")):
            count = number(int(told.get(by, 0)))
            yield from (f"för {count} efter {words}", f"för {count} redovisas något svar också efter {words}")

    def _counted(self, members: int) -> list[str]:
        """What the record says of rows and cells, which a public one does not."""
        counts = self.build.record.get("counts")
        if counts is None:
            return []
        return [
            f"{number(counts['rows']['counted'] - members)} svar kom från en",
            f"Alla {number(counts['rows_read'])} rader och {number(counts['cells_read'])} ifyllda celler",
        ]

    @property
    def regions(self) -> tuple[int, int]:
        """Regions that answered, of those asked: the frame's own count."""
        means = self.build.folder.parent / "internal" / "figures" / "answer_map.csv"
        rows = pd.read_csv(means)
        mine = rows[rows["region"]]
        return int(mine["answered"].sum()), len(mine)

    def _half(self, answered: int, asked: int) -> float:
        """Half the interval of a share near one half, in points: from the survey's own table of intervals."""
        from sekom_survey.stats.intervals import interval_table

        low, high = interval_table(answered, asked)[round(answered / 2)]
        return float(high - low) / asked * 50

    def _dates(self, survey: dict) -> Iterator[str]:
        from sekom_survey.text.swedish import date_long, date_range

        yield date_range(survey["opened"], survey["closed"])
        yield from (date_long(survey[key]) for key in ("opened", "closed", "frame_date"))

    @cached_property
    def goals(self):
        """The year's goals, measured anew."""
        from sekom_survey.found.goals.outcome import goals_at

        return goals_at(YEAR)

    @cached_property
    def lines(self) -> list:
        """The goals in a line each, and the other measures."""
        from sekom_survey.asked.load import load_wave
        from sekom_survey.shown.goal_lines import goals_page

        page = goals_page(self.goals, load_wave(YEAR)[0].survey, self.build.name)
        return [*page.brief.goals, *page.further]

    @cached_property
    def page_one(self) -> list[str]:
        """What page one says beside the goals: title, motions, the board's judgements, the messages' sources."""
        from sekom_survey.asked.load import load_wave
        from sekom_survey.found.goals.faults import motions
        from sekom_survey.found.goals.text import goal_headline
        from sekom_survey.shown.goal_lines import goals_page

        page = goals_page(self.goals, load_wave(YEAR)[0].survey, self.build.name)
        lines = [one for line in self.lines for one in (
            ", ".join(filter(None, (f"Stapel: {line.outcome}", line.before))),
            f"{line.name}, {line.measure}: {line.outcome}" + (f" ({line.before})" if line.before else ""),
        )]  # fmt: skip
        told = [self._sentence_of_trust(), *motions(self.goals), goal_headline(self.goals), page.brief.response, *lines,
                *(text for pair in page.decisions for text in pair), *self._news(), *(line.before for line in self.lines),
                *(d for line in self.lines for d in (line.decided, line.why, line.measure) if d),
                *(f"{lower(line.measure).partition(' (')[0]}, {line.outcome} mot {line.before.partition(': ')[2]}" for line in self.lines if line.before),
                f"än {self.survey['year'] - 1}", f"Målen {page.brief.goals_day}", page.brief.goals_day, f"Måluppföljning {self.survey['year']}"]  # fmt: skip
        return sorted(filter(None, told), key=len, reverse=True)

    @cached_property
    def followed(self) -> dict:
        """The goals page's table of measures that cannot be judged, told as an exhibit."""
        from sekom_survey.asked.load import load_wave
        from sekom_survey.found.goals.outcome import measured_on
        from sekom_survey.shown.goal_lines import followed_table, followed_title, goals_page

        facts = self.goals.facts
        alone = replace(
            facts, before=replace(facts.before, year=None)
        )  # a public build does not tell of both years' answers
        goals = measured_on(self.goals, alone) if self.build.name == "public" else self.goals
        page = goals_page(goals, load_wave(YEAR)[0].survey, self.build.name)
        columns, rows = followed_table(page)
        title = followed_title(page.followed)
        return {"id": "followed", "kind": "table", "title": title, "subtitle": "", "alt": title, "note": "", "columns": list(columns),
                "rows": [list(row) for row in rows]}  # fmt: skip

    @property
    def page_one_day(self) -> str:
        """The day of the goals."""
        from sekom_survey.text.swedish import date_long

        return date_long(self.goals.as_of)

    def _sentence_of_trust(self) -> str:
        row = total_rows(self.build.tables["estimates"])
        answered, asked = int(row["base"].max()), int(row["population"].max())
        return f"De {answered} som svarat är mer aktiva än de {asked - answered} andra"

    def _news(self) -> Iterator[str]:
        """Sentences, questions, numbers and strips of the facts in findings.csv."""
        table = self.build.tables["findings"]
        for row in table.to_dict("records"):
            yield lower(row["question"])
            yield row["sentence"]
            yield row["sentence"].removesuffix(".")
            for count, base, label in (
                ("first_count", "first_base", "first"),
                ("second_count", "second_base", "second"),
            ):
                if _is_drawn(row) and not (pd.isna(row[count]) or pd.isna(row[base])):
                    yield from self._notes(row)
                    yield f"{percent(row[count] / row[base], 50)} {lower(str(row[label]))}"
                    yield f"{percent(row[count] / row[base], 50)}"
        for year in {*table.loc[table["kind"] == "change", "second"]}:
            yield from (f"än {year}", f"Ingen av de förändringar sedan {year} som redovisas är säker")

    def _notes(self, row: dict) -> list[str]:
        """How sure a message is."""
        if row["kind"] == "share" and not pd.isna(row["low"]):
            return [self._of_everybody(row)]
        if pd.isna(row["difference"]):
            return []
        gap = points(row["difference"])
        if pd.isna(row["low"]):
            return [f"{gap}."]
        return [f"{gap} ({signed(100 * row['low'])} till {signed(100 * row['high'])})."]

    def _of_everybody(self, row: dict) -> str:
        """Whom a share may stand for: members of all, or percent of those whom the question concerns."""
        concerned, asked = (
            int(row["first_population"]),
            int(total_rows(self.build.tables["estimates"])["population"].max()),
        )
        if concerned != asked:
            return f"{percent_range(row['low'], row['high'])} av de omkring {concerned} som frågan gäller"
        low, high = (round(row[name] * concerned) for name in ("low", "high"))
        return f"{low}–{high} av alla {concerned}"

    @cached_property
    def once(self) -> list[str]:
        """What a table or a card of page one may say, each as often as it stands here."""
        table = self.build.tables["findings"]
        told = [
            text for line in self.lines for text in (line.measure, line.outcome, line.before, line.decided, line.why)
        ]
        told += [
            ", ".join(filter(None, (f"Stapel: {line.outcome}", line.before)))
            if line.target or line.full
            else line.before
            for line in self.lines
        ]
        for row in table.to_dict("records"):
            told += [row["sentence"]]
            for count, base, label in (
                ("first_count", "first_base", "first"),
                ("second_count", "second_base", "second"),
            ):
                if not _is_drawn(row) or pd.isna(row[count]) or pd.isna(row[base]):
                    continue
                figure = count_of(int(row[count]), int(row[base]))
                told += [figure, f"{row[label]}: {figure}", f"mot {figure}"]
                told += [
                    f"{percent(row[count] / row[base], 50)} {lower(str(row[label]))}",
                    percent(row[count] / row[base], 50),
                ]
            if row["kind"] == "share" and not pd.isna(row["low"]):
                told += [self._of_everybody(row)]
            elif not pd.isna(row["difference"]):
                gap = points(row["difference"])
                known = not pd.isna(row["low"])
                told += [
                    f"{gap} ({signed(100 * row['low'])} till {signed(100 * row['high'])})." if known else f"{gap}."
                ]
        told += [f"Målen {self.page_one_day}"]
        told += [f"{place}\u2002{lead}" for place in (1, 2, 3) for lead in LEADS]
        told += [f"{place}  {lead}" for place in (1, 2, 3) for lead in LEADS]
        return sorted(filter(None, told), key=len, reverse=True)

    def exhibits_near(self, near: Iterable[str]) -> list[dict]:
        """The exhibits that a heading or an alternative text names."""
        texts = {re.sub(r" \(\d av \d\)$", "", text) for text in near}
        return [e for e in (*self.build.exhibits.values(), self.followed) if {e["title"], e["alt"]} & texts]

    def left_over(self, unit: Unit) -> str:
        """What a unit says with digits that none of its sources has; "" when all is accounted for."""
        exhibits = self.exhibits_near(unit.near)
        if unit.place == WHOLE:
            return self._left_of_whole(unit.text)
        if unit.cells:
            return "" if any(_is_row(unit, e) for e in exhibits) else " | ".join(unit.cells)
        text = unit.text
        if text in [line for e in exhibits for line in _lines(e)]:
            return ""
        if unit.place == DRAWING:
            return ", ".join((Counter(phrases(text)) - self._drawn(exhibits)).elements())
        own = [
            t
            for e in exhibits
            for t in (e["alt"], e["note"], e["title"], e["subtitle"], *sentences(e["note"]), *_sentences_alone(e))
            if t
        ]
        for one in (
            *sorted(own, key=len, reverse=True),
            *self.texts,
            *(() if exhibits else sorted((*self.page_one, *self.facts), key=len, reverse=True)),
        ):
            text = _without(text, one)
        for pattern in FURNITURE:
            text = re.sub(pattern, " ", text)
        return unit.text if any(c.isdigit() for c in text) else ""

    def _left_of_whole(self, text: str) -> str:
        """The text when it says a number that is not among those told, one of them once too often, or a figure without its sentence."""
        goals = {line.outcome for line in self.lines}
        figures = {line.strip() for line in text.splitlines() if re.fullmatch(r"\d+\sav\s\d+", line.strip())} - goals
        if any(text.count(figure) < 2 for figure in figures):
            return text
        rest = text
        for one in self.once:
            rest = rest.replace(one, " ", 1)
        return text if any(char.isdigit() for char in rest) else ""

    def _drawn(self, exhibits: list[dict]) -> Counter[str]:
        """What a drawing may write and how often: its table's or its data's numbers, and those of its axis."""
        axis = ["0", "25", "50", "75", "100\u00a0%", "25\u00a0%", "50\u00a0%", "75\u00a0%", "0\u00a0%"]
        cells = Counter(phrase for e in exhibits for row in e["rows"] for cell in row for phrase in phrases(cell))
        drawn = Counter(text for e in exhibits if e["kind"] != "table" for text in _data_phrases(self.build, e["id"]))
        if any(e["kind"] == "strip" for e in exhibits):
            axis += [signed(points) for points in range(-100, 101, 10)]
        return (cells | drawn) + Counter(axis)

    def _worst(self) -> Iterator[str]:
        """What the commonest answer to the first question may stand for, without any assumption."""
        total = total_rows(self.build.tables["estimates"])
        most = total[total["item"] == "top_value"].nlargest(1, "count").iloc[0]
        last = int(most["count"] + most["population"] - most["base"])
        spoken = f"{count_of(int(most['count']), int(most['base']))} ({percent(most['share'], most['base'])})"
        yield f"{spoken}, kan stå för {int(most['count'])}–{last} av alla {int(most['population'])} kommuner"


def _is_drawn(row: dict) -> bool:
    """Whether a fact may be drawn as shares on a strip of page one: no mean, and no yes of several kinds."""
    return row["kind"] != "mean" and row["option"] != "alla ja"


def lower(text: str) -> str:
    """A text inside a sentence."""
    return text[:1].lower() + text[1:]


def _without(text: str, known: str) -> str:
    """The text without a known one, whose first letter may be small inside a sentence; never a part of a number."""
    if known[1:] not in text:
        return text
    first = f"(?i:{re.escape(known[0])})" if known[0].isalpha() else re.escape(known[0])
    return re.sub(rf"(?<!\d)(?<!\d,){first}{re.escape(known[1:])}(?!,?\d)", " ", text)


def _is_row(unit: Unit, exhibit: dict) -> bool:
    """Whether cells are an exhibit's row or heading, with columns left out or in whole; in its place where all rows stand."""
    place, count = unit.row
    rows = [exhibit["columns"], *exhibit["rows"]]
    return any(_within(unit.cells, row) for row in (rows[place : place + 1] if count == len(exhibit["rows"]) else rows))


def _within(cells: tuple[str, ...], row: list[str]) -> bool:
    rest = iter(" ".join(cell.split(" ")).strip() for cell in row)
    return all(any(cell.strip() == one for one in rest) for cell in cells)


def _sentences_alone(exhibit: dict) -> list[str]:
    """The rows of a table of one column, which are told as a list."""
    return [row[0] for row in exhibit["rows"]] if len(exhibit["columns"]) == 1 else []


def _lines(exhibit: dict) -> Iterator[str]:
    """The lines of a speaker's notes and the texts that stand alone."""
    yield from (exhibit[key] for key in ("title", "subtitle", "alt", "note"))
    yield from (
        "; ".join(f"{head}: {cell}" for head, cell in zip(exhibit["columns"], row, strict=True) if cell)
        for row in exhibit["rows"]
    )
    yield from (f"Tabell: {exhibit['title']}", f"Tabell: {exhibit['title']}. {exhibit['subtitle']}".strip())


def plain(markdown: str) -> Iterator[str]:
    """The paragraphs and headings of Markdown as a reader sees them."""
    for line in markdown.split("\n"):
        yield line.lstrip("# ").strip()


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield re.sub(r"\s+", " ", value).strip()
    elif isinstance(value, dict):
        yield from (text for part in value.values() for text in _strings(part))
    elif isinstance(value, list):
        yield from (text for part in value for text in _strings(part))
