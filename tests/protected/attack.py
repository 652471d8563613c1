"""An attack on a public edition, from its files, the public member list and last year's edition: nothing of the package is used.

What an attacker knows: the register (size class and landsdel of every municipality), every published number, how the rules work,
and perhaps its own answers. Found is whatever follows of fewer than five members: an answer that one of them must have given,
an answer that none of them can have given though the total leaves it open, who answered, or the answers of the few that both a
politician and an official answered for.
"""

import json
import re
import tomllib
from collections import defaultdict
from csv import DictReader
from itertools import combinations

import numpy as np
from scipy.optimize import LinearConstraint, milp
from scipy.sparse import csc_array

FEW = 5
MOVED = 2
PARTS = {"0–6": range(7), "7–8": range(7, 9), "9–10": range(9, 11)}


def rows_of(path):
    with path.open(encoding="utf-8") as file:
        return list(DictReader(file)) if path.exists() else []


class Edition:
    """A public edition's files and the member list, read as anybody can."""

    def __init__(self, public, year, counties):
        self.run = json.loads((public / "run.json").read_text(encoding="utf-8"))
        self.rows = rows_of(public / "estimates.csv")
        self.means = rows_of(public / "means.csv")
        self.response = {
            by: rows_of(path)
            for by in ("size", "landsdel")
            if (path := public / "figures" / f"response_{by}.csv").exists()
        }
        self.missing = rows_of(path) if (path := public / "figures" / "item_nonresponse.csv").exists() else []
        self.questions = self.run["definitions"]["questions"]
        survey = tomllib.loads((year / "survey.toml").read_text(encoding="utf-8"))
        self.cells = self.register(year, survey, counties)

    def register(self, year, survey, counties):
        """How many municipalities there are in each size class and landsdel."""
        limits, names = survey["size_classes"]["limits"], survey["size_classes"]["names"]
        cells = defaultdict(int)
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
            cells[
                size,
                survey.get("region_overrides", {}).get(row["county"], counties.get(row["county"], "Uppgift saknas")),
            ] += 1
        return dict(sorted(cells.items()))

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

    def __init__(self, cells, states, outside):
        self.sizes, self.states, self.outside, self.draw = (
            list(cells.values()),
            states,
            outside,
            np.random.default_rng(1),
        )
        self.place = {
            (cell, state): i for i, (cell, state) in enumerate((c, s) for c in range(len(cells)) for s in states)
        }
        self.lines, self.sums, self.told, self.seen = [], [], None, np.zeros((0, len(self.place)))
        for cell, size in enumerate(self.sizes):
            self.equal([(cell, state) for state in states], size)

    def equal(self, atoms, total):
        line = np.zeros(len(self.place))
        line[[self.place[atom] for atom in atoms]] = 1
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
    for puzzle, options in made:
        known = [{(c, puzzle.state(mine)) for mine in own.get(name, ())} for c, name in enumerate(edition.cells)]
        pairs = [(a, b) for one, other in combinations(known, 2) for a in sorted(one) for b in sorted(other)]
        for cell in range(len(known)):
            for option in options:
                for pair in pairs:
                    yield from told_to(edition, item, puzzle, option, cell, pair)


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


def leaks(public, year, counties, own=None, every=1):
    """One by one what follows from an edition's files of fewer than five members; `own` is what each cell's members know.

    `every`: with 3 every third question is gone at, and so on.
    """
    edition = Edition(public, year, counties)
    yield from told_of_response(edition)
    for item in list(dict.fromkeys(row["item"] for row in edition.rows))[::every]:
        for attack in (told_of_groups, told_of_roles, told_of_halves):
            yield from attack(edition, item)
        made = list(puzzles(edition, item))
        yield from told_of_answers(edition, item, made)
        yield from told_to_insiders(edition, item, made, (own or {}).get(item, {}))


def across(public, year, counties, own):
    """One by one what two members of different cells learn of others when they compare; given as to `leaks`."""
    edition = Edition(public, year, counties)
    for item in dict.fromkeys(row["item"] for row in edition.rows):
        yield from told_across(edition, item, list(puzzles(edition, item)), own.get(item, {}))


def recovered(*what, **how):
    """Everything that follows from an edition's files of fewer than five members; given as to `leaks`."""
    return list(leaks(*what, **how))


def told_by_change(now, before):
    """The answers of one that joined and one that left, from the totals of two years, if all others kept theirs."""
    for item in dict.fromkeys(row["item"] for row in now.rows):
        totals, last = now.shown(item, "all"), before.shown(item, "all")
        steps = [
            abs(totals[key][0] - last[key][0]) for key in totals.keys() & last.keys() if key[0] not in ("topp2", *PARTS)
        ]
        if 0 < sum(steps) <= MOVED:
            yield f"{item}: {sum(steps):.0f} answers set the years apart"


def recovered_of_two_years(now, before):
    """What follows from two years' files together; each year as given to `leaks`."""
    editions = [Edition(*one[:3]) for one in (now, before)]
    return [*recovered(*now), *recovered(*before), *told_by_change(*editions)]
