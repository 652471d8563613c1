"""Both example years counted once more, in plain pandas from the raw files, with nothing of the package but its answer to compare.

What is done again here by other means: names matched, roles told apart, repeats and others than members left out, two roles
made one by the rule of the question's kind, options, tops and bases counted by all, size, landsdel and role.
"""

import re
import tomllib
import unicodedata
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import sekom_survey as ss

EXAMPLE = Path(__file__).parents[1] / "surveys" / "exempel"
NORRLAND = {"Norrbottens län", "Västerbottens län", "Jämtlands län", "Västernorrlands län", "Gävleborgs län"}
SVEALAND = {"Dalarnas län", "Värmlands län", "Örebro län", "Västmanlands län", "Uppsala län", "Stockholms län", "Södermanlands län", "Gotlands län"}  # fmt: skip
ASKED = {"single", "scale", "multi", "rating", "nps"}


def bare(name):
    """A name without case, diacritics, spaces and "kommun"."""
    letters = unicodedata.normalize("NFKD", name.replace("\xa0", " ").lower())
    return re.sub(r" kommun$", "", "".join(c for c in letters if not unicodedata.combining(c)).strip())


def questions(survey):
    """Every question that is counted: id -> heading, kind, options in order, those outside the scale, top, own words, those that stand alone."""
    found = {}
    for item in survey["items"]:
        scale = survey["scales"].get(item.get("scale"), {})
        options = item.get("options") or [*scale.get("options", []), *scale.get("outside", [])]
        outside = item.get("outside") or scale.get("outside", [])
        for row in item.get("rows") or [item]:
            if item["kind"] in ASKED:
                found[row["id"]] = (row["text"], item["kind"], options, set(outside), scale.get("top", 0), item.get("other", False), set(item.get("exclusive", [])))  # fmt: skip
    return found


def register(folder, survey):
    """Member municipalities with size, landsdel and role."""
    members = pd.read_csv(folder / "members.csv", dtype=str, keep_default_na=False)
    joined, day = members["joined"], str(survey["frame_date"])
    asked = members[(members["status"] == "member") & (members["kind"] == "municipality") & (joined <= day)]
    asked = asked[(asked["left"] == "") | (asked["left"] > day)].copy()
    limits = survey["size_classes"]["limits"]
    place = np.searchsorted(limits, asked["population"].astype(int), side="right")
    asked["size"] = np.array(survey["size_classes"]["names"])[place]
    asked["landsdel"] = [
        "Norrland" if c in NORRLAND else "Svealand" if c in SVEALAND else "Götaland" for c in asked["county"]
    ]
    return asked.set_index("member_id")


def rows_of(folder, survey, members):
    """The export's rows that count: member, role and the answers as they stand."""
    (path,) = (folder / "export").glob("*.xlsx")
    sheet = pd.read_excel(path, dtype=str, keep_default_na=False, engine="openpyxl")
    sheet.columns = [heading.replace("\xa0", " ").strip() for heading in sheet]
    fixed = pd.read_csv(folder / "corrections.csv", dtype=str, keep_default_na=False)
    by_hand = dict(fixed.loc[fixed["action"] == "match", ["found", "member_id"]].to_numpy())
    names = {bare(name): member for member, name in members["name"].items()}
    asked = {item["id"]: item for item in survey["items"]}
    said = sheet[asked["member"]["text"]].str.strip()
    sheet["member"] = [
        by_hand.get(name) or names.get(bare(name)) or names.get(bare(name).removesuffix("s")) for name in said
    ]
    politicians = set(asked["role"]["politicians"])
    sheet["role"] = ["politician" if role in politicians else "official" for role in sheet[asked["role"]["text"]]]
    answers = [heading for heading in sheet if heading in {text for text, *_ in questions(survey).values()}]
    return sheet.dropna(subset=["member"]).drop_duplicates(["member", "role", *answers])


def chosen(cell, kind, options, own_words):
    """What a cell says: the options chosen, or the number."""
    cell = cell.replace("\xa0", " ").strip()
    if kind in {"rating", "nps"}:
        return {float(cell)} if cell else set()
    parts = [part.strip() for part in cell.split(";") if part.strip()] if kind == "multi" else [cell] * bool(cell)
    return {part if part in options else "Annat" if own_words else part for part in parts}


def one_a_member(rows, heading, kind, options, own_words, alone):
    """member -> what it said: both roles' choices together, the mean of their ratings, else the official's."""
    said = {}
    for member, mine in rows.sort_values("role").groupby("member"):
        given = [answer for cell in mine[heading] if (answer := chosen(cell, kind, options, own_words))]
        if given and kind == "multi":
            together = set().union(*given)
            said[member] = together - alone or together
        elif given and kind in {"rating", "nps"}:
            said[member] = {np.mean([next(iter(answer)) for answer in given])}
        elif given:
            said[member] = given[0]
    return said


def counted(said, option, kind):
    """Members that chose an option, an answer between two steps counted at the one above."""
    if kind not in {"rating", "nps"}:
        return sum(option in answer for answer in said.values())
    steps = [int(np.floor(next(iter(answer)) + 0.5)) for answer in said.values()]
    low, _, high = option.partition("–")
    return sum(int(low) <= step <= int(high or low) for step in steps)


@pytest.fixture(scope="module", params=["2025", "2026"])
def recounted(request):
    folder = EXAMPLE / request.param
    survey = tomllib.loads((folder / "survey.toml").read_text(encoding="utf-8"))
    members = register(folder, survey)
    return ss.load(folder).estimates, questions(survey), members, rows_of(folder, survey, members)


def test_every_count_and_base_is_found_again(recounted):
    """All options of all closed questions, of all, by size, landsdel and role: some thousand counts, none differs."""
    estimates, asked, members, rows = recounted
    compared, other = 0, []
    for item, (heading, kind, options, outside, top, own_words, alone) in asked.items():
        merged = one_a_member(rows, heading, kind, options, own_words, alone)
        by_role = {name: one_a_member(rows[rows["role"] == role], heading, kind, options, own_words, alone)
                   for role, name in (("politician", "Förtroendevalda"), ("official", "Tjänstepersoner"))}  # fmt: skip
        for row in estimates[(estimates["item"] == item) & ~estimates["suppressed"]].itertuples():
            if row.segmentation not in {"all", "size", "landsdel", "role"}:
                continue
            said = by_role[row.segment] if row.segmentation == "role" else merged
            if row.segmentation in {"size", "landsdel"}:
                said = {m: answer for m, answer in said.items() if members.at[m, row.segmentation] == row.segment}
            inside = {m: answer for m, answer in said.items() if answer - outside}
            high = [option for option in options if option not in outside][-top:] if row.option == "topp2" else []
            count = sum(counted(said, option, kind) for option in high) if high else counted(said, row.option, kind)
            compared += 1
            if (count, len(said if row.option in outside else inside)) != (row.count, row.base):
                other.append((item, row.option, row.segment, count, row.count, len(inside), row.base))
    assert compared > 1_500
    assert other == []


def test_the_register_is_found_again(recounted):
    """Members asked by size and landsdel are the populations of the estimates."""
    estimates, _, members, _ = recounted
    for segmentation in ("size", "landsdel"):
        asked = estimates[estimates["segmentation"] == segmentation].groupby("segment")["population"].first()
        assert asked.to_dict() == members[segmentation].value_counts().to_dict()
