"""A member's page as anybody can read it: the needs table, the other counts, whose it is."""

import re
from html import unescape
from html.parser import HTMLParser

from tests.protected.attack import puzzles, told_across, told_to_insiders


class Table(HTMLParser):
    """The cells of the rows of each of a page's tables."""

    def __init__(self):
        super().__init__()
        self.tables, self.rows, self.cell = [], [], None

    def handle_starttag(self, tag, attrs):
        if tag == "table":
            self.rows = []
            self.tables.append(self.rows)
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.cell, span = [], int(dict(attrs).get("colspan", 1))
            self.rows[-1] += [self.cell] + [[""] for _ in range(span - 1)]

    def handle_endtag(self, tag):
        if tag in ("td", "th"):
            self.cell = None

    def handle_data(self, data):
        if self.cell is not None:
            self.cell.append(data)


def body(page):
    """A page's text without its style."""
    return re.sub(r"<style>.*?</style>", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)


def words(page):
    """Everything a reader sees, with ordinary spaces."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", body(page))).replace("\u00a0", " ")).strip()


def title(page):
    """The page's heading."""
    return unescape(re.search(r"<h1>(.*?)</h1>", body(page), re.DOTALL)[1])


def needs(page):
    """The rows of the table of needs: heading -> cell."""
    table = Table()
    table.feed(body(page))
    for rows in table.tables:
        plain = [["".join(cell).replace("\u00a0", " ").strip() for cell in row] for row in rows]
        if plain[0][0] == "Behov":
            return [dict(zip(plain[0], row, strict=True)) for row in plain[1:]]
    return []


def count(cell):
    """ "45 av 50" as numbers; None where nothing is told."""
    found = re.fullmatch(r"([\d ]+) av ([\d ]+)", cell)
    return tuple(int(part.replace(" ", "")) for part in found.groups()) if found else None


def told_by_pages(paths, edition):
    """What pages tell, read as anybody can: own answers by question and cell of the register, and every number beside them."""
    items = {question.get("label", question["text"]): item for item, question in edition.questions.items()}
    own, beside = {}, {}
    for path in paths:
        cell = edition.where.get(path.stem.partition("-")[0])
        for row in needs(path):
            item = items[row["Behov"]]
            for heading, told in row.items():
                if heading.endswith("kommuner"):
                    beside.setdefault((item, heading), set()).add(count(told))
            said = row.get("Ert svar", "inget svar")
            if cell and not path.stem.endswith("politiker") and said != "inget svar":
                own.setdefault(item, {}).setdefault(cell, []).append({said[:1].upper() + said[1:]})
    return own, beside


def recovered_from_pages(paths, edition):
    """What the attack on the public edition finds with all pages, for one page's owner and for any two that compare."""
    own, beside = told_by_pages(paths, edition)
    found = [f"{key} differs between pages: {told}" for key, told in beside.items() if len(told) > 1]
    for item, mine in own.items():
        made = list(puzzles(edition, item))
        found += [*told_to_insiders(edition, item, made, mine), *told_across(edition, item, made, mine)]
    return found
