"""A member's page as anybody can read it: the needs table, the other counts, whose it is."""

import re
from html import unescape
from html.parser import HTMLParser


class Table(HTMLParser):
    """The cells of the rows of a page's one table, and what stands outside it."""

    def __init__(self):
        super().__init__()
        self.rows, self.cell, self.deep, self.quiet = [], None, 0, False

    def handle_starttag(self, tag, attrs):
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
    plain = [["".join(cell).replace("\u00a0", " ").strip() for cell in row] for row in table.rows]
    return [dict(zip(plain[0], row, strict=True)) for row in plain[1:]] if plain else []


def count(cell):
    """ "45 av 50" as numbers; None where nothing is told."""
    found = re.fullmatch(r"([\d ]+) av ([\d ]+)", cell)
    return tuple(int(part.replace(" ", "")) for part in found.groups()) if found else None
