"""Small waves to go at: who are members, what they answered, and what they answered the year before."""

from dataclasses import dataclass

from tests.protected.editions import USUAL, attacked, of_regions, rows_for, two_years, wave_folder

SOME = [0, 1, 2, 3, 5, 7, 8, 9, 11, 12, 14, 17, 18, 20, 22, 24, 25, 28, 30, 31, 32, 34, 36, 38, 39, 41, 42, 44, 46, 47, 48]  # fmt: skip
FIFTY = [*SOME, *range(50, 58), 59, 61, 62, 64, 65, 68, 70, 72, 73, 74, 76, 78, 79]
TWELVE = "sG" * 5 + "sN" * 3 + "lG" * 4
THIRTY_SIX = "sG" * 9 + "sN" * 6 + "mG" * 8 + "mN" * 5 + "lG" * 8
MOST = [i for i in range(36) if i % 4 != 1]
ALIKE = {"top": "Nätverk;", "support": "Stort behov", "voice": "Litet behov", "satisfaction": 8, "introduced": "Ja"}
CAME, WENT = FIFTY[20], FIFTY[3]
MOVED = {"joined": {CAME: "2025-06-01"}, "left": {WENT: "2025-06-01"}}


@dataclass(frozen=True)
class Trial:
    """`plan` says which members there are, `rows` what they answered, `before` the year before (None: the same, each another's)."""

    plan: str
    rows: list
    before: list | None = None
    moved: dict | None = None

    def last_year(self):
        """The answers of last year."""
        if self.before is not None:
            return self.before
        answers = [row[2:] for row in self.rows]
        return [[*row[:2], *said] for row, said in zip(self.rows, [*answers[1:], *answers[:1]], strict=True)]


def others_of(seed, *places):
    """Fifty that answer, of whom some places answer only now or only then."""
    return rows_for([i for i in range(80) if i in FIFTY and i not in places], seed)


WAVES = {
    "fourteen of eighty": Trial(USUAL, rows_for(range(0, 70, 5))),
    "twelve members in all": Trial(TWELVE, rows_for([0, 1, 2, 3, 5, 6, 8, 9])),
    "twelve that all answered": Trial(TWELVE, rows_for(range(12))),
    "a landsdel of six that all answered, one where none did": Trial(
        "sG" * 20 + "mG" * 20 + "lG" * 8 + "sN" * 4 + "mN" * 2 + "sS" * 6,
        rows_for([*range(0, 48, 2), *range(48, 54)]),
    ),
    "one double answer": Trial(USUAL, rows_for(FIFTY, politicians=FIFTY[::5], doubles=FIFTY[1:2])),
    "a single politician": Trial(USUAL, rows_for(FIFTY, politicians=FIFTY[:1])),
    "no politician": Trial(USUAL, rows_for(FIFTY)),
    "every answer alike": Trial(USUAL, rows_for(FIFTY, **ALIKE)),
    "fifty with overlaps": Trial(
        USUAL,
        rows_for(FIFTY[:-1], seed=3, politicians=FIFTY[::4], doubles=FIFTY[1::9])
        + rows_for(FIFTY[-1:], voice="")
        + of_regions([0, 1]),
    ),
    "twenty-six of thirty-six with overlaps": Trial(
        THIRTY_SIX,
        rows_for(MOST, 3, politicians=range(0, 36, 6), doubles=[2, 15, 31]),
    ),
    "an official that says no beside a politician that says yes": Trial(
        THIRTY_SIX,
        [
            [*row[:6], "Nej" if i == 2 else row[6], "En plan." if row[6] == "Ja" and i % 2 else "", *row[8:]]
            for i, row in enumerate(rows_for(MOST))
        ]
        + [[*rows_for(MOST[2:3], politicians=MOST[2:3])[0][:6], "Ja", "En plan.", "Ja"]],
    ),
    "the large agree": Trial(
        USUAL,
        rows_for([i for i in FIFTY if i < 64]) + rows_for([i for i in FIFTY if i >= 64], 4, support="Stort behov"),
    ),
    "one that joined and one that left": Trial(
        USUAL, others_of(1, CAME, WENT) + rows_for([CAME], 7), others_of(5, CAME, WENT) + rows_for([WENT], 8), MOVED
    ),
    "many that answered one year only": Trial(USUAL, rows_for(FIFTY), rows_for([i for i in range(80) if i % 3]), MOVED),
    "nobody of one year only but two": Trial(
        THIRTY_SIX, rows_for(MOST), rows_for([*MOST[2:], 1, 5], 9), {"left": {1: "2025-06-01"}}
    ),
}


def one_wave(name, place):
    """The edition of a wave, by itself."""
    trial = WAVES[name]
    return attacked(wave_folder(place, trial.plan, trial.rows, regions=4), place / "public")


def with_last_year(name, place):
    """A wave's edition and last year's beside it."""
    trial = WAVES[name]
    return two_years(place, trial.plan, trial.rows, trial.last_year(), regions=4, **(trial.moved or {}))


def corrected(rows):
    """The same answers with one of them changed."""
    first = list(rows[0])
    first[2], first[6] = ("Kunskap; kurser;", "Ja") if first[6] != "Ja" else ("Nätverk;", "Nej")
    return [first, *rows[1:]]


TWO_EDITIONS = {"a late answer": lambda rows: rows[1:], "a correction": corrected}
