"""A whole first year, a second and a follow-up of goals by the mouse, in a real browser, on a form and a list made for it.

`python -m scripts.trials.page FOLDER [mål | landsbygd]` serves the page of an empty folder as `sekom open` does, presses what a person would press, and counts: presses of the
mouse, signs typed, files chosen, seconds. It stops where the page makes a person stop. With mål only the follow-up is done; with landsbygd both years of another form (`rural.py`), its plan's goals written on the page and followed up. Needs Chromium.
"""

from __future__ import annotations

import json
import random
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

import xlsxwriter

from scripts.trials import rural
from scripts.trials.forms import FORMS_HEAD, names, text
from tests.documents.browser import Page, page

SERVE = (
    "import sys; from pathlib import Path; from sekom_survey.app.serve import serve; from sekom_survey.app.years import Workplace; "
    "home = Path(sys.argv[1]); serve(Workplace(home / 'surveys', home / 'reports'), show=False)"
)
ROOT = Path(__file__).parent.parent.parent
LONG = 1500
RURAL = "landsbygd"
WAYS = ("Instämmer inte alls", "Instämmer inte", "Varken eller", "Instämmer", "Instämmer helt")
PLACES = ("Bibliotek", "Kulturskola", "Museum", "Fria scener", "Konsthall")
HELP = ("Gemensamma ansökningar", "Utbildning för politiker", "Studiebesök", "Rådgivning per telefon")
Draw = Callable[[random.Random], object]


def picked(*labels: str) -> Draw:
    """One of some answers."""
    return lambda draw: draw.choice(labels)


def some(labels: Sequence[str], own: str = "") -> Draw:
    """Several answers as Forms writes them, now and then with own words."""
    return lambda draw: (
        ";".join([*draw.sample(labels, draw.randint(1, 3)), *([own] if own and draw.random() < 0.1 else [])]) + ";"
    )


def now_and_then(made: Draw, share: float) -> Draw:
    """Left empty by some."""
    return lambda draw: made(draw) if draw.random() < share else None


QUESTIONS: dict[str, Draw] = {
    "Vilken kommun eller region svarar du för?": lambda draw: "",
    "Vilket uppdrag har du?": picked("Kulturchef", "Ordförande i nämnden", "Handläggare"),
    "Hur många årsarbetare arbetar med kultur hos er?": lambda draw: draw.randint(2, 60),
    "När antogs er kulturplan?": now_and_then(lambda draw: datetime(draw.randint(2018, 2025), draw.randint(1, 12), 15), 0.8),
    "Vilka av de här verksamheterna har ni?": some(PLACES, "Ett kulturhus i gamla brandstationen"),
    "Hur nöjd är du med nätverkets arbete under året?": lambda draw: draw.randint(2, 5),
    "Hur sannolikt är det att du skulle rekommendera nätverket till en grannkommun?": lambda draw: draw.randint(3, 10),
    "Har ni tagit del av nätverkets mallar?": picked("Ja", "Nej", "Vet inte"),
    "Nätverket ger oss nya idéer": picked(*WAYS),
    "Nätverket gör oss synliga": picked(*WAYS),
    "Nätverket är värt avgiften": picked(*WAYS),
    "Vad vill ni ha mer av? Rangordna.": lambda draw: ";".join(draw.sample(HELP, 4)) + ";",
    "Hur ofta har ni varit med på en träff?": picked("Aldrig", "En gång", "Två till tre gånger", "Fyra gånger eller fler"),
    "Hur stor del av budgeten går till barn och unga (procent)?": now_and_then(lambda draw: draw.randint(5, 70), 0.85),
    "Vad är svårast för er just nu?": lambda draw: text(0.9)(draw, ""),
    "Vad är ni stolta över?": lambda draw: text(0.7)(draw, ""),
    "Får vi kontakta dig om ditt svar?": picked("Ja", "Nej"),
}  # fmt: skip
NEW_QUESTION = "Hur många träffar vill ni ha om året?"
NEW_WORDING = ("Vad är svårast för er just nu?", "Vad är det svåraste för er just nu?")


def export(path: Path, year: int, members: Sequence[str], share: float, wrong: Sequence[str]) -> Path:
    """A Microsoft Forms export: most members once, some names as nobody has them, the second year one question in other words and one more."""
    draw, start = random.Random(year), datetime(year, 2, 2, 9, 0)
    who = [name for name in members if draw.random() < share] + list(wrong)
    asked = [NEW_WORDING[1] if year > 2026 and one == NEW_WORDING[0] else one for one in QUESTIONS]
    asked += [NEW_QUESTION] if year > 2026 else []
    rows: list[list[object]] = [[*FORMS_HEAD, *asked]]
    for n, name in enumerate(who, 1):
        sent = start + timedelta(hours=7 * n)
        values = [make(draw) for make in list(QUESTIONS.values())[1:]]
        values += [draw.choice(("En", "Två", "Fler"))] if year > 2026 else []
        rows.append([n, sent, sent + timedelta(minutes=9), "anonymous", "", name, *values])
    _write(path, rows)
    return path


def register(path: Path, members: Sequence[str]) -> Path:
    """A member list as an office keeps it: a title, contacts, a region, an observer, a sum."""
    rows: list[list[object]] = [["Medlemmar i Kulturnätverket, uppdaterad av Lena i januari"], [], ["Nr", "Kommun", "Län", "Invånare", "Kontaktperson", "E-post", "Telefon", "Gick med", "Anmärkning"]]  # fmt: skip
    draw = random.Random(7)
    for n, name in enumerate(members, 1):
        counted = draw.randint(4_000, 140_000)
        rows.append([n, name, "Skåne län" if n % 3 else "Dalarnas län", counted, f"Kim Exempelsson {n}", f"kim{n}@exempel.se", "070-000 00 00", 2010 + n % 15, ""])  # fmt: skip
    rows.append(
        [len(members) + 1, "Region Dalarna", "Dalarnas län", 288_000, "Bo Exempelsson", "bo@exempel.se", "", 2015, ""]
    )
    rows.append([len(members) + 2, "Föreningen Scenkonst", "", "", "", "", "", 2019, "observatör"])
    rows.append(["", "Summa", "", "=SUM(D4:D60)", "", "", "", "", ""])
    _write(path, rows)
    return path


def _write(path: Path, rows: Sequence[Sequence[object]]) -> None:
    with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd hh:mm"}) as book:
        sheet = book.add_worksheet()
        for n, row in enumerate(rows):
            for at, value in enumerate(row):
                sheet.write_datetime(n, at, value) if isinstance(value, datetime) else sheet.write(n, at, value)


class Person:
    """Who presses: everything pressed, typed and chosen is counted."""

    def __init__(self, tab: Page, home: Path) -> None:
        self.tab, self.home, self.begun = tab, home, time.monotonic()
        self.presses = self.signs = self.files = 0

    def press(self, words: str, within: str = "main, nav") -> None:
        """Press the first link or button that says so, and come to the next page."""
        found = (
            f"(w => [...document.querySelectorAll({json.dumps(within)})].flatMap(b => [...b.querySelectorAll('a, button, summary')])"
            f".find(e => e.offsetParent && e.innerText.includes(w)))({json.dumps(words)})"
        )
        if not self.tab.run(f"Boolean({found})"):
            raise SystemExit(f"STOPPED at {self.tab.run('location.pathname')}: nothing says {words!r}.\n" + str(self.tab.run("document.querySelector('main').innerText"))[:3000])  # fmt: skip
        self.tab.run(f"{found}.id ||= 'trial'; document.querySelectorAll('#trial').length")
        place = self.tab.run(f"'#' + {found}.id")
        self.presses += 1
        self.tab.leave(lambda: self.tab.click(str(place)))
        print(f"  {self.said()} {words}", flush=True)

    def unfold(self, words: str) -> None:
        """Open what is folded."""
        self.presses += 1
        self.tab.run(
            f"[...document.querySelectorAll('summary')].find(e => e.innerText.includes({json.dumps(words)})).parentElement.open = true"
        )

    def choose(self, selector: str, path: Path) -> None:
        """Choose a file in the system's window: a press on the field, two in the window."""
        self.files += 1
        self.tab.choose(selector, path)

    def write(self, selector: str, words: str) -> None:
        """Type in a field, after a press in it; a date or a menu is chosen, and counts as its signs."""
        self.presses += 1
        self.signs += len(words)
        self.tab.run(f"(e => {{ e.value = {json.dumps(words)} }})(document.querySelector({json.dumps(selector)}))")

    def sees(self, words: str) -> bool:
        """Whether the page says so."""
        return words in str(self.tab.run("document.querySelector('main').innerText"))

    def said(self) -> str:
        """What has been counted so far."""
        return (
            f"{time.monotonic() - self.begun:5.0f} s, {self.presses} presses, {self.signs} signs, {self.files} files:"
        )


def main(folder: Path, only: str) -> None:
    """The two years and the follow-up, one after the other."""
    folder.mkdir(parents=True, exist_ok=True)
    everybody = names(46)
    files = {
        "members": register(folder / "Medlemslista kulturnätverket.xlsx", everybody),
        "first": export(folder / "Kulturenkäten 2026(1-38).xlsx", 2026, everybody, 0.75, [f"{everybody[0]}s komun", "Granfrs", "Stadsteatern i Ytterby"]),
        "second": export(folder / "Kulturenkäten 2027(1-41).xlsx", 2027, everybody, 0.8, [everybody[0], "Stadsteatern i Ytterby", "Tallnäzet"]),
    } if only != RURAL else rural.files(folder, names(31))  # fmt: skip
    shutil.copytree(ROOT / "surveys" / "exempel" / "2026", folder / "surveys" / "exempel" / "2026")
    begun = time.monotonic()
    with (
        subprocess.Popen(
            [sys.executable, "-c", SERVE, str(folder)], cwd=ROOT, stdout=subprocess.PIPE, text=True
        ) as server,
        page(folder / "browser") as tab,
    ):
        try:
            assert server.stdout
            address = next(found[0] for line in server.stdout if (found := re.search(r"http://\S+", line)))
            print(f"open after {time.monotonic() - begun:.1f} s")
            person = Person(tab, folder)
            tab.go(address)
            if only != "mål":
                first_year(person, files)
                if only == RURAL:
                    first_goals(person)
                second_year(person, files)
            if only != RURAL:
                follow_up(person)
        finally:
            server.terminate()


def first_year(person: Person, files: dict[str, Path]) -> None:
    """Two files to both reports."""
    person.press("Nytt år")
    person.choose("input[name=svar]", files["first"])
    person.choose("input[name=medlemmar]", files["members"])
    person.press("Visa vad som förstods")
    person.press("Skapa")
    print(person.tab.run("document.querySelector('main').innerText"))
    settle(person)
    report(person)
    print("FIRST YEAR", person.said())
    person.press("Texter", "nav")
    if person.sees("Initialer"):
        person.write("input[name=vem]", "KE")
        person.press("Börja granska")
        for _ in range(200):  # the page loads itself anew until the proposals are there
            if person.tab.run("Boolean(document.querySelector('.themes input'))"):
                break
            time.sleep(1)
        for _ in range(5):
            if not person.tab.run("document.querySelectorAll('.themes :checked').length"):
                person.presses += 1
                person.tab.run("document.querySelector('.themes input').click()")
            person.tab.leave(lambda: person.tab.click("#nasta"))
            person.presses += 1
    print("FIVE TEXTS", person.said())


def settle(person: Person) -> None:
    """Everything that the year's page asks about, as it is offered."""
    for _ in range(60):
        if person.sees("Det stämmer"):
            person.press("Det stämmer", "#steg-fragor")
        elif person.tab.run("Boolean(document.querySelector('.mends form'))"):
            offered = str(person.tab.run("document.querySelector('.mends').innerText"))
            words = next(one for one in ("Ja, det är", "Samma fråga, ny lydelse", "En ny fråga: lägg till den", "Inte medlem", "Räkna inte den här kolumnen", "Frågan ställdes inte") if one in offered)  # fmt: skip
            person.press(words, ".mends")
        else:
            return


def report(person: Person) -> None:
    """Make it and wait for it."""
    person.press("Rapport", "nav")
    person.press("Gör rapporten")
    end = time.monotonic() + LONG
    while time.monotonic() < end and not person.tab.run("!document.getElementById('korning')"):
        time.sleep(2)
        person.tab._loaded = False
    time.sleep(2)
    person.tab.go(str(person.tab.run("location.href")))
    if not person.sees("Rapporten är klar"):
        raise SystemExit("STOPPED: " + str(person.tab.run("document.querySelector('main').innerText"))[:3000])


def second_year(person: Person, files: dict[str, Path]) -> None:
    """After the first: what carries over, a new file, a reworded question, two names."""
    begun = (person.presses, person.signs, person.files, time.monotonic())
    person.press("Åren", "nav")
    person.press("Nytt år")
    person.press("Skapa")
    print(person.tab.run("document.querySelector('main').innerText"))
    settle(person)
    person.choose("#steg-svar input[type=file]", files["second"])
    person.press("Lägg in", "#steg-svar")
    print(person.tab.run("document.querySelector('main').innerText"))
    settle(person)
    report(person)
    told = (person.presses - begun[0], person.signs - begun[1], person.files - begun[2], time.monotonic() - begun[3])
    print(f"SECOND YEAR {told[3]:.0f} s, {told[0]} presses, {told[1]} signs, {told[2]} files")


def first_goals(person: Person) -> None:
    """A plan of two goals, with nothing but the page; then the log, a value counted by hand and the follow-up of a day in September."""
    begun = (person.presses, person.signs, time.monotonic())
    person.press("Mål", "nav")
    person.write("input[name=ny_plan]", "Landsbygdsplan 2026-2027")
    _goal(person, "Fler medlemmar", "Fem nya", "Nya medlemmar under året", "5")
    _goal(person, "Bygden möts", "Hälften varje månad", "Någon gång i månaden", "50")
    person.unfold("Ett mått till")
    within = "form[action$='mal/matt'] "
    person.write(f"{within}select[name=ny_for]", "M1")
    _way(person, within, "Ett antal som någon räknar")
    person.write(f"{within}input[name=ny_matt]", "Samtal med kommuner utanför")
    person.write(f"{within}input[name=ny_varde]", "12")
    person.press("Lägg till måttet")
    counted = "form[action$='mal/raknat'] "
    person.write(f"{counted}select[name=measure]", "M1b")
    person.write(f"{counted}input[name=value]", "7")
    person.write(f"{counted}input[name=date]", "2026-09-12")
    person.write(f"{counted}input[name=source]", "kansliet")
    person.press("Spara värdet")
    person.write("#logg input[name=date]", "2026-09-10")
    person.write("#logg select[name=activity]", "consultation")
    person.write("#logg input[name=title]", "Bredband på landet")
    person.press("Lägg till i loggen")
    person.write("input[name=dag]", "2026-09-15")
    person.press("Visa")
    print(person.tab.run("document.querySelector('main').innerText"))
    person.press("Spara uppföljningen 15 september 2026")
    print(person.tab.run("document.querySelector('.said').innerText"))
    print(
        f"GOALS {time.monotonic() - begun[2]:.0f} s, {person.presses - begun[0]} presses, {person.signs - begun[1]} signs"
    )


def _goal(person: Person, name: str, ambition: str, way: str, target: str) -> None:
    within = "form[action$='mal/nytt'] "
    if not person.tab.run(f'Boolean(document.querySelector("{within}").parentElement.open)'):
        person.unfold("Ett nytt mål")
    person.write(f"{within}input[name=ny_mal]", name)
    person.write(f"{within}input[name=ny_ambition]", ambition)
    _way(person, within, way)
    person.write(f"{within}input[name=ny_varde]", target)
    person.press("Lägg till målet")


def _way(person: Person, within: str, words: str) -> None:
    """Choose what is counted from its menu; typing its first letters finds it."""
    person.presses += 1
    person.tab.run(f"(s => {{ s.value = [...s.options].find(o => o.innerText.includes({json.dumps(words)})).value }})(document.querySelector({json.dumps(within + 'select[name=ny_satt]')}))")  # fmt: skip


def follow_up(person: Person) -> None:
    """In September: the goals that lie in the project's example, since they are the board's and nobody guesses them."""
    begun = (person.presses, person.signs, time.monotonic())
    person.press("Åren", "nav")
    person.press("SEKOM-enkäten 2026")
    person.press("Mål", "nav")
    person.write("select[name=measure]", "M1b")
    person.write("input[name=value]", "90")
    person.press("Spara målvärdet")
    person.write("#logg input[name=date]", "2026-09-10")
    person.write("#logg select[name=activity]", "partnership")
    person.write("#logg input[name=title]", "Höstens webbinarium")
    person.press("Lägg till i loggen")
    person.write("input[name=dag]", "2026-08-31")
    person.press("Visa")
    person.press("Spara uppföljningen 31 augusti 2026")
    print(person.tab.run("document.querySelector('.said').innerText"))
    print(
        f"FOLLOW-UP {time.monotonic() - begun[2]:.0f} s, {person.presses - begun[0]} presses, {person.signs - begun[1]} signs"
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:3] or [""])
