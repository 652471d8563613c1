"""An attack on a public edition, from its files, the public member list and last year's edition: nothing of the package is used.

What an attacker knows: the register (size class and landsdel of every municipality), every published number, how the rules work,
and perhaps its own answers. Found is whatever follows of fewer than five members: an answer that one of them must have given,
an answer that none of them can have given though the total leaves it open, who answered, or the answers of the few that both a
politician and an official answered for.
"""

import json
import re
import tomllib
from collections import Counter
from csv import DictReader
from itertools import combinations, combinations_with_replacement, product

import numpy as np
from openpyxl import load_workbook
from scipy.optimize import LinearConstraint, milp
from scipy.sparse import block_diag, csc_array, lil_array, vstack

FEW = 5
MOVED = 2
PARTS = {"0–6": range(7), "7–8": range(7, 9), "9–10": range(9, 11)}


def rows_of(path):
    if not path.exists():
        return []
    with path.open(encoding="utf-8") as file:
        return list(DictReader(file))


def quality_of(public):
    """How many were asked each question, from the workbook's sheet; where a test has written no workbook from what would be in it."""
    if not (public / "tables.xlsx").exists():
        return rows_of(public / "quality.csv")
    lines = [
        row
        for row in load_workbook(public / "tables.xlsx", read_only=True)["Kvalitet"].iter_rows(values_only=True)
        if len(row) > 3
    ]
    return [
        {"Fråga": line[0], "Fick frågan": line[1]}
        for line in lines
        if isinstance(line[0], str) and all(isinstance(n, int) for n in line[1:4]) and line[1] == line[2] + line[3]
    ]


def themes_among(rows, item):
    return [{"label": option} for option in dict.fromkeys(row["option"] for row in rows if row["item"] == item)]


class Edition:
    """A public edition's files and the member list, read as anybody can."""

    def __init__(self, public, year, counties):
        self.run = json.loads((public / "run.json").read_text(encoding="utf-8"))
        self.rows = rows_of(public / "estimates.csv") + rows_of(public / "themes.csv")
        self.means = rows_of(public / "means.csv")
        self.response = {
            by: rows_of(path)
            for by in ("size", "landsdel")
            if (path := public / "figures" / f"response_{by}.csv").exists()
        }
        self.missing = rows_of(public / "figures" / "item_nonresponse.csv") + quality_of(public)
        self.paired = [
            row for row in rows_of(public / "findings.csv") if row["kind"] == "change" and " samma " in row["sentence"]
        ]
        self.questions = self.run["definitions"]["questions"] | {
            row["item"]: {"kind": "multi", "options": themes_among(self.rows, row["item"])}
            for row in rows_of(public / "themes.csv")
        }
        survey = tomllib.loads((year / "survey.toml").read_text(encoding="utf-8"))
        self.where = dict(self.register(year, survey, counties))
        self.cells = {cell: list(self.where.values()).count(cell) for cell in sorted(set(self.where.values()))}

    def register(self, year, survey, counties):
        """The size class and landsdel of every municipality, by its id."""
        limits, names = survey["size_classes"]["limits"], survey["size_classes"]["names"]
        for row in rows_of(year / "members.csv"):
            outside = (
                row["kind"] != "municipality"
                or row["status"] != "member"
                or (row["left"] and row["left"] <= str(survey["frame_date"]))
            )
            if outside or (row["joined"] and row["joined"] > str(survey["frame_date"])):
                continue
            size = (
                names[sum(int(row["population"]) >= limit for limit in limits)]
                if row["population"]
                else "Uppgift saknas"
            )
            moved = survey.get("region_overrides", {})
            yield row["member_id"], (size, moved.get(row["county"], counties.get(row["county"], "Uppgift saknas")))

    def members(self, segment, by):
        """The cells that a published group, which may be several classes put together, is made of."""
        merged = {name.strip().lower() for name in re.split(r", | och ", segment)}
        return [i for i, cell in enumerate(self.cells) if cell[("size", "landsdel").index(by)].lower() in merged]

    def shown(self, item, segmentation):
        """The published rows of a question: (option, segment) -> (count, base, population)."""
        return {
            (row["option"], row["segment"]): (float(row["count"]), float(row["base"]), float(row["population"]))
            for row in self.rows
            if row["item"] == item and row["segmentation"] == segmentation and row["count"]
        }


def plain_options(question):
    """The answers of a question that stand for themselves, and those outside its scale."""
    if question["kind"] in ("rating", "nps"):
        low, high = question.get("low") or 0, question.get("high") or 10
        return [str(step) for step in range(low, high + 1)], set()
    labels = [option["label"] for option in question["options"]]
    outside = {option["label"] for option in question["options"] if option.get("outside")}
    return labels + (["Annat"] if question.get("other") else []), outside


def parts(question, option, inside):
    """The plain answers that a published row counts."""
    if option == "topp2":
        return inside[-question["top"] :]
    return [str(step) for step in PARTS[option]] if option in PARTS and question["kind"] == "nps" else [option]


class Puzzle:
    """Every way in which the members can have answered one question, as unknowns with equations; a single answer or one option."""

    def __init__(self, cells, states, outside, sums=None):
        """`sums`: further states that are each made of some of those that a member is in one of."""
        self.sizes, self.outside, self.draw = list(cells.values()), outside, np.random.default_rng(1)
        self.states = [*states, *(sums or {})]
        self.place = {atom: i for i, atom in enumerate(product(range(len(cells)), self.states))}
        self.lines, self.sums, self.told, self.seen = [], [], None, np.zeros((0, len(self.place)))
        for cell, size in enumerate(self.sizes):
            self.equal([(cell, state) for state in states], size)
            for name, parts in (sums or {}).items():
                self.equal([(cell, part) for part in parts], 0, less=[(cell, name)])

    def equal(self, atoms, total, less=()):
        line = np.zeros(len(self.place))
        line[[self.place[atom] for atom in atoms]] = 1
        line[[self.place[atom] for atom in less]] = -1
        self.lines.append(line)
        self.sums.append(total)

    def solve(self, cost, low, high):
        """The cheapest way within bounds, kept among those seen; None when there is none in whole members."""
        if self.told is None:
            self.told = LinearConstraint(csc_array(np.array(self.lines)), self.sums, self.sums)
        found = milp(cost, bounds=(low, high), constraints=self.told, options={"presolve": False})
        if found.x is not None and np.abs(found.x - np.round(found.x)).max() > 1e-6:
            found = milp(cost, integrality=np.ones(len(cost)), bounds=(low, high), constraints=self.told)
        if found.x is None:
            return None
        self.seen = np.vstack([self.seen, np.round(found.x)])
        return self.seen[-1]

    def can_be(self, cell, option, least, most, also=()):
        """Whether between `least` and `most` of a cell can be an option, when `also` says of some, by cell, what they surely are."""
        place, low, high = self.place[cell, option], np.zeros(len(self.place)), np.full(len(self.place), np.inf)
        for one in also:
            low[self.place[one]] += 1
        low[place], high[place] = max(low[place], least), most
        if ((self.seen >= low) & (self.seen <= high)).all(axis=1).any():
            return True
        return bool(low[place] <= most) and self.solve(self.any_way(), low, high) is not None

    def cannot_be(self, cell, option, least, most, also):
        """Those of `also`, each two atoms that some surely are (-1: nobody), for whom an option in a cell cannot lie between bounds."""
        place, looked, left = self.place[cell, option], 0, np.arange(len(also))
        while len(left):
            for world in np.hstack([self.seen[looked:], np.full((len(self.seen) - looked, 1), np.inf)]):
                one, other = also[left].T
                there = (world[one] >= 1 + (one == other)) & (world[other] >= 1)
                left = left[~(there & (least[left] <= world[place]) & (world[place] <= most[left]))]
            looked = len(self.seen)
            if len(left) and not self.can_be_now(place, least[left[0]], most[left[0]], also[left[0]]):
                yield also[left[0]]
                left = left[1:]

    def can_be_now(self, place, least, most, also):
        low, high = np.zeros(len(self.place)), np.full(len(self.place), np.inf)
        np.add.at(low, also[also >= 0], 1)
        low[place], high[place] = max(low[place], least), most
        return bool(low[place] <= most) and self.solve(self.any_way(), low, high) is not None

    def state(self, mine):
        """In which state a member is that has given some answers, perhaps only such as stand outside the scale."""
        return next((s for s in self.states if s in mine), "[no]" if mine - self.outside else "[other]")

    def total(self, option):
        """How many have given an answer, in whatever way they did."""
        return int(self.seen[0, [self.place[cell, option] for cell in range(len(self.sizes))]].sum())

    def any_way(self):
        """A cost at random: what is cheapest by it answers more than what was asked."""
        return self.draw.normal(size=len(self.place))

    def look_around(self, draws=4):
        """A few ways at random, which answer most questions at once."""
        for _ in range(draws):
            self.solve(self.any_way(), np.zeros(len(self.place)), np.full(len(self.place), np.inf))
        if not len(self.seen):
            raise ValueError("the published numbers contradict each other")


def puzzles(edition, item):
    """The puzzles of a question with the answers to look at in each."""
    question, total = edition.questions[item], edition.shown(item, "all")
    options, outside = plain_options(question)
    inside = [option for option in options if option not in outside]
    if not all((option, "all") in total for option in inside):
        return
    if question["kind"] != "multi":
        puzzle = Puzzle(edition.cells, [*inside, "[other]", "[nobody]"], outside)
        known = {
            option: parts(question, option, inside) for option in [*inside, "topp2", *PARTS] if (option, "all") in total
        }
        yield fill(edition, item, puzzle, known, inside, total), inside
        return
    for option in inside:
        puzzle = Puzzle(edition.cells, [option, "[no]", "[other]", "[nobody]"], outside)
        yield fill(edition, item, puzzle, {option: [option]}, [option, "[no]"], total), [option]


def fill(edition, item, puzzle, known, inside, total):
    """Write every published number of a question as an equation."""
    everybody = range(len(puzzle.sizes))
    for option, made_of in known.items():
        count, base, _ = total[option, "all"]
        puzzle.equal([(cell, part) for cell in everybody for part in made_of], count)
        puzzle.equal([(cell, part) for cell in everybody for part in inside], base)
        for by in ("size", "landsdel"):
            for (one, segment), (count, base, _) in edition.shown(item, by).items():
                if one == option:
                    cells = edition.members(segment, by)
                    puzzle.equal([(cell, part) for cell in cells for part in made_of], count)
                    puzzle.equal([(cell, part) for cell in cells for part in inside], base)
    for by, rows in edition.response.items():
        for row in rows:
            cells = edition.members(row["label"], by)
            puzzle.equal([(cell, "[nobody]") for cell in cells], float(row["asked"]) - float(row["answered"]))
    puzzle.look_around()
    return puzzle


def told_of_answers(edition, item, made):
    """What follows of single members and of small cells, for an outsider; `made` are the puzzles of the question."""
    names = list(edition.cells)
    for puzzle, options in made:
        for option in [*options, "[nobody]"]:
            if not puzzle.seen[:, [puzzle.place[cell, option] for cell in range(len(names))]].any():
                continue
            for cell, size in enumerate(puzzle.sizes):
                if not puzzle.can_be(cell, option, 1, size):
                    yield f"{item}: nobody in {names[cell]} is {option}"
                if not puzzle.can_be(cell, option, 0, max(0, size - FEW + 1)):
                    yield f"{item}: somebody of four in {names[cell]} is {option}"


def told_to_insiders(edition, item, made, own):
    """What members of a cell learn of the others in it when one or two of them take their own answers away.

    `own` is what the members of each cell have answered to the question, each a set of options: what they know themselves.
    """
    for puzzle, options in made:
        for cell, (name, size) in enumerate(edition.cells.items()):
            answers = sorted((cell, puzzle.state(mine)) for mine in own.get(name, ()))
            pairs = sorted({some for known in (1, 2) for some in combinations(answers, known)})
            for option in options:
                twice = [one for i, one in enumerate(answers) if i < 2 or one != answers[i - 2]]
                most = twice.count((cell, option)) + 1
                puzzle.can_be(cell, option, most, size, twice)  # where it can, no pair learns anything
                for known in pairs:
                    yield from told_to(edition, item, puzzle, option, cell, known)


def told_across(edition, item, made, own):
    """What two members of different cells learn of the others in any cell when they compare."""
    names = list(edition.cells)
    for puzzle, options in made:
        known = [
            sorted({puzzle.place[c, puzzle.state(mine)] for mine in own.get(name, ())}) for c, name in enumerate(names)
        ]
        pairs = np.array([pair for two in combinations(known, 2) for pair in product(*two)], dtype=int).reshape(-1, 2)
        for cell, option in product(range(len(names)), options):
            for some in told_to_pairs(puzzle, cell, {option}, option, pairs):
                yield f"{item}: {some} know of the others in {names[cell]} who is {option}"


def told_to_pairs(puzzle, cell, states, name, pairs):
    """What pairs, each two atoms, learn of the others in a cell: that none is in any of some states, or that one of four is."""
    atoms = [*puzzle.place, (None, None)]
    here = np.array([one[0] == cell for one in atoms])[pairs].sum(axis=1)
    inside = np.array([one[1] in states for one in atoms])[pairs]
    mine = (inside & np.array([one[0] == cell for one in atoms])[pairs]).sum(axis=1)
    others, endless = puzzle.sizes[cell] - here, np.full(len(pairs), np.inf)
    left = (others > 0) & (puzzle.total(name) > inside.sum(axis=1))
    for one in puzzle.cannot_be(cell, name, mine[left] + 1, endless[left], pairs[left]):
        yield [atoms[place] for place in one]
    some = others > 0
    for one in puzzle.cannot_be(
        cell, name, 0 * mine[some], (mine + np.maximum(0, others - FEW + 1))[some], pairs[some]
    ):
        yield [atoms[place] for place in one]


def told_to(edition, item, puzzle, option, cell, known):
    """What follows for the others of a cell when the answers of some members are known, each as its cell and its state."""
    name, size = list(edition.cells)[cell], puzzle.sizes[cell]
    mine, others = known.count((cell, option)), size - sum(where == cell for where, _ in known)
    left = puzzle.total(option) - sum(state == option for _, state in known)
    if others and left > 0 and not puzzle.can_be(cell, option, mine + 1, size, known):
        yield f"{item}: {known} know that no other in {name} is {option}"
    if others and not puzzle.can_be(cell, option, mine, mine + max(0, others - FEW + 1), known):
        yield f"{item}: {known} know that one of four others in {name} is {option}"


def told_of_roles(edition, item):
    """The answers of those that both a politician and an official answered for, or of few that only politicians did."""
    total, roles = edition.shown(item, "all"), edition.shown(item, "role")
    segments = {segment for _, segment in roles}
    if len(segments) == 1:
        yield f"{item}: all answered as {segments}"
    for option in {option for option, _ in roles}:
        if (
            (option, "all") not in total
            or not all((option, segment) in roles for segment in segments)
            or len(segments) < 2
        ):
            continue
        overlap = sum(roles[option, segment][1] for segment in segments) - total[option, "all"][1]
        if 0 < overlap < FEW:
            yield f"{item}: {option} of the {overlap:.0f} with two answers"
        if any(0 < roles[option, segment][1] < FEW for segment in segments):
            yield f"{item}: {option} in a role of few"


def told_of_followers(edition, item):
    """Of a question that only some were asked: more that were asked it, or answered it, than those whose answer asks it."""
    asked_if = edition.questions[item].get("asked_if")
    totals = edition.shown(asked_if["item"], "all") if asked_if else {}
    if not asked_if or not all((option, "all") in totals for option in asked_if["options"]):
        return
    yes = sum(totals[option, "all"][0] for option in asked_if["options"])
    several = edition.questions[asked_if["item"]]["kind"] == "multi" and len(asked_if["options"]) > 1
    label = edition.questions[item].get("label", edition.questions[item]["text"])
    asked = [float(row["Fick frågan"]) for row in edition.missing if row["Fråga"] == label]
    for number in [*asked, *(base for _, base, _ in edition.shown(item, "all").values())]:
        if number > yes and not several:
            yield f"{item}: the other one of {number - yes:.0f} members gave an answer that asks it"


def told_of_groups(edition, item):
    """Groups of few, and groups under ten that agree."""
    kind = edition.questions[item]["kind"]
    for by in ("size", "landsdel", "role"):
        for (option, segment), (count, base, _) in edition.shown(item, by).items():
            if 0 < base < FEW:
                yield f"{item}: {segment} has {base:.0f} answers"
            if kind != "multi" and 0 < base < 10 and count == base:
                yield f"{item}: all of {segment} are {option}"
    total = edition.shown(item, "all")
    if kind != "multi" and any(
        count == base > 0 for (option, _), (count, base, _) in total.items() if option not in ("topp2", *PARTS)
    ):
        yield f"{item}: all are alike"


def told_of_halves(edition, item):
    """Half steps of a rating, which only members with two answers have, from a mean beside the counts."""
    question = edition.questions[item]
    if question["kind"] not in ("rating", "nps"):
        return
    counts = edition.shown(item, "all")
    for row in edition.means:
        if (
            row["item"] == item
            and row["statistic"] == "mean"
            and row["segmentation"] == "all"
            and row["value"]
            and counts
        ):
            steps = sum(float(option) * counts[option, "all"][0] for option in plain_options(question)[0])
            if abs(float(row["value"]) * float(row["base"]) - steps) > 1e-6:
                yield f"{item}: the mean and the counts differ by halves"


def told_of_response(edition):
    """Groups in which all or none answered, and regions by taking municipalities away."""
    for rows in edition.response.values():
        for row in rows:
            if row["answered"] in ("0", row["asked"]):
                yield f"who answered in {row['label']}"
    asked = [int(float(row["asked"])) for row in next(iter(edition.response.values()), [])]
    answered = sum(int(float(row["answered"])) for row in next(iter(edition.response.values()), []))
    for row in edition.missing:
        if asked and int(row["Fick frågan"]) > answered:
            yield f"{int(row['Fick frågan']) - answered} regions answered"
    seen = {row["segment"] for row in edition.rows if row["segmentation"] == "kind" and row["count"]}
    if seen:
        yield f"rows of {seen}"


def told_by_change(now, before):
    """The answers of one that joined and one that left, from the totals of two years, if all others kept theirs."""
    for item in dict.fromkeys(row["item"] for row in now.rows):
        totals, last = now.shown(item, "all"), before.shown(item, "all")
        steps = [
            abs(totals[key][0] - last[key][0]) for key in totals.keys() & last.keys() if key[0] not in ("topp2", *PARTS)
        ]
        if 0 < sum(steps) <= MOVED:
            yield f"{item}: {sum(steps):.0f} answers set the years apart"


def told_by_another_edition(edition, other):
    """What sets two editions of one year apart: the answers of few, or of some that all said the same."""
    for item, by in dict.fromkeys((row["item"], row["segmentation"]) for row in edition.rows):
        rows, last = edition.shown(item, by), other.shown(item, by)
        for segment in {segment for _, segment in rows.keys() & last.keys()}:
            both = [key for key in rows.keys() & last.keys() if key[1] == segment]
            came = abs(rows[both[0]][1] - last[both[0]][1])
            steps = [abs(rows[key][0] - last[key][0]) for key in both]
            if (came or any(steps)) and (came < FEW or came in steps):
                yield f"{item}: {segment} has {came:.0f} answers more or less"
    for by in edition.response.keys() & other.response.keys():
        for row, last in zip(edition.response[by], other.response[by], strict=True):
            if 0 < abs(float(row["answered"]) - float(last["answered"])) < FEW:
                yield f"who answered late in {row['label']}"


DID = ("yes", "no", "[other]", "[nobody]")


def paired_puzzle(now, before, row):
    """Every way in which members of two years can have answered a question both years, with the row that tells of both."""
    ids = sorted(now.where.keys() | before.where.keys())
    cells = Counter((before.where.get(one), now.where.get(one)) for one in ids)
    pairs = {(was, does): f"{was}, {does}" for was, does in product(DID, DID)}
    sums = {
        f"{year} {did}": [name for pair, name in pairs.items() if pair[year] == did] for year in (0, 1) for did in DID
    }
    puzzle = Puzzle(dict(sorted(cells.items(), key=str)), list(pairs.values()), set(), sums)
    for year, edition in enumerate((before, now)):
        names = list(edition.cells)
        at = [names.index(one[year]) if one[year] else None for one in sorted(cells, key=str)]
        puzzle.equal([(c, f"{year} {did}") for c, place in enumerate(at) if place is None for did in DID[:3]], 0)

        def told(among, dids, count, year=year, at=at):
            puzzle.equal([(c, f"{year} {did}") for c, place in enumerate(at) if place in among for did in dids], count)

        for by in ("all", "size", "landsdel"):
            for (option, segment), (count, base, _) in edition.shown(row["item"], by).items():
                if option == row["option"]:
                    among = range(len(names)) if by == "all" else edition.members(segment, by)
                    told(among, ["yes"], count)
                    told(among, ["yes", "no"], base)
        for by, groups in edition.response.items():
            for one in groups:
                told(edition.members(one["label"], by), ["[nobody]"], float(one["asked"]) - float(one["answered"]))
    everybody = range(len(cells))
    both = [(c, pairs[was, does]) for c in everybody for was, does in product(DID[:2], DID[:2])]
    puzzle.equal(both, float(row["first_base"]))
    puzzle.equal([(c, pairs[was, "yes"]) for c in everybody for was in DID[:2]], float(row["first_count"]))
    puzzle.equal([(c, pairs["yes", does]) for c in everybody for does in DID[:2]], float(row["second_count"]))
    puzzle.look_around()
    return puzzle, sorted(cells, key=str)


def told_of_pairs(now, before, did):
    """What follows of single members and small cells from what is told of those who answered both years.

    `did`: item -> member -> what it did each year, which it knows itself; tried are nobody, each and any two together.
    """
    for row in now.paired:
        puzzle, cells = paired_puzzle(now, before, row)
        mine = Counter(
            puzzle.place[cells.index((before.where.get(one), now.where.get(one))), ", ".join(pair)]
            for one, pair in did[row["item"]].items()
        )
        some = combinations_with_replacement([-1, *sorted(mine)], 2)
        pairs = np.array([one for one in some if one[0] != one[1] or one[0] < 0 or mine[one[0]] > 1])
        for cell, year, state in product(range(len(cells)), (0, 1), ("yes", "no", "[nobody]")):
            if cells[cell][year]:
                states = {", ".join(pair) for pair in product(DID, DID) if pair[year] == state}
                for some in told_to_pairs(puzzle, cell, states, f"{year} {state}", pairs):
                    yield f"{row['item']}: {some} know of the others in {cells[cell]} who is {state} in year {year}"


def told_to_the_other_role(edition, item, made, doubles):
    """What an official or a politician learns of what the other one answered for the same member.

    `doubles`: cell -> pairs of sets, what the official and the politician of a member answered.
    """
    total, roles = edition.shown(item, "all"), edition.shown(item, "role")
    overlap = {option: sum(n[1] for (one, _), n in roles.items() if one == option) for option, _ in roles}
    for option, base in overlap.items():
        others = base - total[option, "all"][1] - 1 if (option, "all") in total else -1
        if doubles and len({segment for one, segment in roles if one == option}) > 1 and 0 <= others < FEW:
            yield f"{item}: {option} of the other role, and of {others:.0f} more"
    for puzzle, options in made:
        for (name, pairs), option in product(doubles.items(), options):
            cell = list(edition.cells).index(name)
            if not puzzle.total(option) or all(option in mine for both in pairs for mine in both):
                continue
            others = [state for state in puzzle.states if state not in (option, "[nobody]")]
            can_be = puzzle.can_be(cell, option, 1, puzzle.sizes[cell])
            need_not = any(puzzle.can_be(cell, state, 1, puzzle.sizes[cell]) for state in others)
            if not (can_be and need_not):
                yield f"{item}: whether the other one in {name} is {option}"


def told_of_all_at_once(edition, made):
    """What follows when the puzzles of all questions are solved as one; `made`: (item, puzzle, options), as `puzzles` gives them."""
    if not made:
        return
    starts = np.cumsum([0, *(len(puzzle.place) for _, puzzle, _ in made)])
    lines, sums = (
        [block_diag([np.array(puzzle.lines) for _, puzzle, _ in made])],
        [n for _, one, _ in made for n in one.sums],
    )
    links = []
    for number, (item, puzzle, _) in enumerate(made[1:], 1):
        same = next(n for n, (other, _, _) in enumerate(made) if other == item)
        for cell, state in puzzle.place:
            first = 0 if state == "[nobody]" else same if state == "[other]" else number
            if first != number:
                links.append(
                    (starts[first] + made[first][1].place[cell, state], starts[number] + puzzle.place[cell, state])
                )
    tie = lil_array((len(links), starts[-1]))
    for row, (one, other) in enumerate(links):
        tie[row, one], tie[row, other] = 1, -1
    told = LinearConstraint(csc_array(vstack([*lines, tie])), [*sums, *[0] * len(links)], [*sums, *[0] * len(links)])
    draw, targets = np.random.default_rng(1), {}

    def world(low, high):
        cost = draw.normal(size=starts[-1])
        found = milp(cost, bounds=(low, high), constraints=told)
        if found.x is not None and np.abs(found.x - np.round(found.x)).max() > 1e-6:
            found = milp(cost, integrality=np.ones(len(cost)), bounds=(low, high), constraints=told)
        return None if found.x is None else np.round(found.x)

    one = world(np.zeros(starts[-1]), np.full(starts[-1], np.inf))
    for number, (item, puzzle, options) in enumerate(made):
        for option in [*options, "[nobody]"]:
            places = [starts[number] + puzzle.place[cell, option] for cell in range(len(puzzle.sizes))]
            for place, size, name in zip(places, puzzle.sizes, edition.cells, strict=True) if one[places].any() else ():
                targets[place, 1, size] = f"{item}: nobody in {name} is {option}"
                targets[place, 0, max(0, size - FEW + 1)] = f"{item}: one of four in {name} is {option}"
    while targets:
        place, least, most = next(iter(targets))
        low, high = np.zeros(starts[-1]), np.full(starts[-1], np.inf)
        low[place], high[place] = least, most
        found = world(low, high)
        if found is None:
            yield targets.pop((place, least, most))
        else:
            targets = {one: said for one, said in targets.items() if not one[1] <= found[one[0]] <= one[2]}
