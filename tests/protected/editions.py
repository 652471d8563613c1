"""Public editions of small invented waves, written as files, for attacks to read."""

import csv
import random
from dataclasses import dataclass
from pathlib import Path

from sekom_survey.counted.choices import choices_of, countable
from sekom_survey.counted.count import ticks
from sekom_survey.counted.year import analyse
from sekom_survey.found.facts import fact_table
from sekom_survey.found.findings import Findings
from sekom_survey.protected import public_exhibit
from sekom_survey.protected.words import PublicFindings
from sekom_survey.running.manifest import write_manifest
from sekom_survey.running.outputs import RELEASED, write_csv
from sekom_survey.shown.exhibits import item_nonresponse, response
from tests.waves import MEMBERS, SURVEY, answer, make_wave

ROOT = Path(__file__).parent.parent.parent
with (ROOT / "sekom_survey" / "asked" / "counties.csv").open(encoding="utf-8") as file:
    COUNTIES = {row["name"]: row["landsdel"] for row in csv.DictReader(file)}
CLASSES = '[size_classes]\nlimits = [15000, 50000]\nnames = ["Små", "Medelstora", "Stora"]\n\n[scales.need]'
FORM = SURVEY.replace("minimum_base = 3", "minimum_base = 5").replace("[scales.need]", CLASSES)
STARTS = ["Alm", "Björk", "Ceder", "Duv", "Ekor", "Fjäll", "Gran", "Hassel", "Idegran", "Jord", "Knipp", "Lind", "Malm"]
ENDS = ["köpinge", "vallaby", "söhamn", "hyttefors", "marksta", "torpsund", "näsbruk"]
TOWNS = [start + end for end in ENDS for start in STARTS]
WHERE = {"N": "Norrbottens län", "S": "Örebro län", "G": "Kalmar län"}
PEOPLE = {"s": 9_000, "m": 20_000, "l": 90_000}
USUAL = "sG" * 17 + "sN" * 10 + "sS" * 11 + "mG" * 14 + "mN" * 4 + "mS" * 8 + "lG" * 9 + "lN" * 2 + "lS" * 5


def cells(plan):
    """ "sGmN" as pairs of a size and a landsdel, one a member."""
    return [plan[i : i + 2] for i in range(0, len(plan), 2)]


def register(plan, regions=0, joined=None, left=None):
    """members.csv of invented towns, each of the size and in the landsdel that `plan` says; days of joining and leaving by place."""
    came, went = joined or {}, left or {}
    rows = [
        f"k{i},{TOWNS[i]},municipality,member,,{WHERE[where]},{PEOPLE[size]},{came.get(i, '2001-01-01')},{went.get(i, '')},,"
        for i, (size, where) in enumerate(cells(plan))
    ]
    rows += [f"r{i},{region(i)},region,member,,Örebro län,,2001-01-01,,," for i in range(regions)]
    return "\n".join([MEMBERS.splitlines()[0], *rows, ""])


def said(town, draw, role="Tjänsteperson", **fixed):
    """An answer drawn at random, so that no group agrees by design."""
    drawn = {
        "top": ";".join(draw.sample(["Nätverk", "Kunskap; kurser"], draw.choice([1, 1, 2]))) + ";",
        "support": draw.choice(["Inget behov", "Litet behov", "Stort behov", "Stort behov"]),
        "voice": draw.choice(["Inget behov", "Litet behov", "Stort behov"]),
        "satisfaction": draw.randint(4, 10),
        "introduced": draw.choice(["Ja", "Nej", "Nej", "Vet inte"]),
    }
    return answer(town, role, **(drawn | fixed))


def rows_for(answering, seed=1, politicians=(), doubles=(), **fixed):
    """The answers of the members at some places; some by a politician, some by both."""
    draw = random.Random(seed)
    rows = [said(TOWNS[i], draw, "Politiker" if i in politicians else "Tjänsteperson", **fixed) for i in answering]
    return rows + [said(TOWNS[i], draw, "Politiker", **fixed) for i in doubles]


def of_regions(answering, seed=2):
    """The answers of some regions."""
    draw = random.Random(seed)
    return [said(region(i), draw) for i in answering]


def region(number):
    """A region's name in the register."""
    return f"Region {TOWNS[-1 - number]}land"


def edition(folder, out):
    """The public files of a year's folder that carry numbers of answers by the question, as a build writes them."""
    return edition_of(analyse(folder), out)


def edition_of(year, out):
    """The same of a year that is analysed: but for goals and claims, which rest on what is shown here."""
    public = PublicFindings(Findings(year))
    shown = public.shown
    (out / "figures").mkdir(parents=True)
    for name, table in (("estimates", shown.estimates), ("means", shown.means), ("findings", fact_table(public.facts))):
        write_csv(table[[column for column in RELEASED[name] if column in table]], out / f"{name}.csv")
    for exhibit in (response(shown, "size"), response(shown, "landsdel"), item_nonresponse(shown)):
        if released := public_exhibit(exhibit, 5):
            released.data.to_csv(out / "figures" / f"{released.id}.csv", index=False)
    missing = shown.base.item_nonresponse.rename(columns={"item": "Fråga", "asked": "Fick frågan"})
    labels = {item.id: item.short for item in shown.survey.questionnaire.items}
    missing.assign(Fråga=missing["Fråga"].map(labels)).to_csv(out / "quality.csv", index=False)
    write_manifest(shown, out, (), public.protection)
    return out


@dataclass(frozen=True)
class Known:
    """What members know themselves of one year, by question.

    `own`: cell -> a set of options for each that answered; `doubles`: cell -> the sets of a member's official and politician;
    `of_members`: by question and its leading option, what each member did: yes, no, [other] when it left the question empty.
    """

    own: dict
    doubles: dict
    of_members: dict


@dataclass(frozen=True)
class Files:
    """An edition as an attack needs it. `place`: the public files, the year's folder, the counties' landsdelar."""

    place: tuple
    known: Known


def known_of(year):
    """What the members of an analysed year know."""
    frame = year.frame
    municipal = frame.members[frame.members["kind_of_member"] == "municipality"]
    place = {row.member_id: (row.size, row.landsdel) for row in municipal.itertuples()}
    by_role = frame.by_role.table
    both = by_role.groupby("member_id")["role"].nunique()
    doubles = by_role[by_role["member_id"].isin(both[both > 1].index)]
    sides = [_said(doubles[doubles["role"] == role], place) for role in ("official", "politician")]
    pairs = {
        item: {
            cell: list(zip(said, sides[1][item][cell], strict=False))
            for cell, said in cells.items()
            if cell in sides[1].get(item, {})
        }
        for item, cells in sides[0].items()
    }
    did = {
        (item.id, choice.label): _did(frame, item, choice, list(municipal["member_id"]))
        for item in countable(year.survey.questionnaire)
        for choice in choices_of(item)[:1]
    }
    return Known(_said(frame.answers.table, place), pairs, did)


def _said(table, place):
    """The options that each member of a cell gave, by question and cell."""
    found = {}
    answered = table[(table["state"] == "answered") & table["member_id"].isin(place)]
    for (item, member), rows in answered.groupby(["item", "member_id"]):
        values = [
            option or str(int(value + 0.5))
            for option, value in zip(rows["option"], rows["value"].fillna(0), strict=True)
        ]
        found.setdefault(item, {}).setdefault(place[member], []).append(set(values))
    return found


def _did(frame, item, choice, members):
    """What each member that answered the survey did with a question."""
    answered = set(frame.members.loc[frame.members["answered"], "member_id"])
    said = ticks(frame.answers, item, members, [choice])[:, 0]
    words = {1: "yes", 0: "no"}
    return {one: words.get(value, "[other]") for one, value in zip(members, said, strict=True) if one in answered}


def wave_folder(place, plan, rows, regions=0):
    """The folder of a wave."""
    return make_wave(place / "2026", rows, survey=FORM, members=register(plan, regions))


def attacked(folder, out):
    """The edition of a folder, made, with what is needed to go at it."""
    year = analyse(folder)
    return Files((edition_of(year, out), folder, COUNTIES), known_of(year))


def two_years(place, plan, now, before, **moved):
    """Two waves of the same form with one member list, this year's first, as `attacked` gives them."""
    members = register(plan, **moved)
    for year, rows in (("2025", before), ("2026", now)):
        make_wave(place / year, rows, survey=FORM.replace("2026", year), members=members)
    return [attacked(place / year, place / "public" / year) for year in ("2026", "2025")]
