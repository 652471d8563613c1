"""A year's own page: the checklist, each problem beside what it is about, and the buttons that mend."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sekom_survey.app.asked import Asked, Moved, Rendered, address
from sekom_survey.app.confirming import kind_name, places
from sekom_survey.app.confirming import shown as shown_value
from sekom_survey.app.steps import LOG, NOW, QUESTIONS, REPORT, TEXTS, Step, not_counted, place_of, steps
from sekom_survey.app.years import KnownYear, known
from sekom_survey.model import MUNICIPALITY, REGION, Mend, Problem, Unusable
from sekom_survey.shown.summary import answered_of
from sekom_survey.text.swedish import plural
from sekom_survey.upkeep.mending import Mended, corrections, mend, unmend
from sekom_survey.upkeep.put_in import SLOTS, put_in

MOST_SHOWN = 8
NOT_MEMBER, OBSERVER = "Inte medlem", "Observatör; räknas inte som medlem"
LABELS = {"wording": "Samma fråga, ny lydelse", "reworded": "Ny innebörd: jämför inte med förra året",
          "unasked": "Frågan ställdes inte: ta bort den", "metadata": "Räkna inte den här kolumnen", "asked": "En ny fråga: lägg till den",
          "option": "Ett svarsalternativ: lägg till det", "own_words": "Egna ord är tillåtna i frågan"}  # fmt: skip
NEXT = {
    "svar": ("lägg in svarsfilen", "Filen från enkätverktyget, som den laddades ner."),
    "medlemmar": ("lägg in medlemslistan", "En rad för varje medlem."),
    "fragor": ("se över frågorna", "Formuläret i svarsfilen och frågorna i verktyget ska stämma."),
    "namn": ("red ut namnen", "Tar ungefär en minut för varje."),
    "logg": ("se över aktivitetsloggen", "Raderna med fel räknas inte."),
    "texter": (
        "granska texterna",
        "Du kan göra hälften i dag och resten i morgon. En första rapport går att göra redan nu.",
    ),
    "mal": ("se över målen", "Mål utan målvärde kan inte bedömas."),
    "rapport": ("gör rapporten", "Tar någon minut. Den förra rapporten finns kvar tills den nya är klar."),
}


@dataclass(frozen=True)
class ShownYear:
    """Problems that one mend settles: what was found, in which rows, and what can be pressed."""

    problem: Problem
    rows: tuple[str, ...]


def show(asked: Asked) -> Rendered:
    """The checklist."""
    folder = asked.folder
    year, listed = known(folder), steps(folder, asked.place.reports)
    now = next((step for step in listed if step.state == NOW), None)
    survey = year.survey
    return Rendered("year.html.j2", {
        "title": survey.title if survey else folder.name, "synthetic": bool(survey and survey.synthetic), "steps": listed,
        "done": sum(step.state == "klar" for step in listed), "now": now, "next": NEXT[now.id] if now else None,
        "target": _target(asked, now), "shown": {step.id: together(step.problems) for step in listed}, "most": MOST_SHOWN,
        "counts": _counts(year), "aside": not_counted(year.problems), "corrections": _told(corrections(folder), year),
        "members": _members(year), "places": places(folder), "held": shown_value, "kind_name": kind_name, "slots": {slot.id: slot for slot in SLOTS}, "labels": LABELS, "NOT_MEMBER": NOT_MEMBER,
        "OBSERVER": OBSERVER, "names": {member.member_id: member.name for member in (year.wave.members if year.wave else ())},
    })  # fmt: skip


def together(problems: Sequence[Problem]) -> list[ShownYear]:
    """Problems of one kind with the same mends once, with every row they stand in; the order as they come."""
    found: dict[tuple[object, ...], list[Problem]] = {}
    for problem in problems:
        found.setdefault((problem.code, problem.found, problem.mends or problem), []).append(problem)
    return [ShownYear(those[0], tuple(one.where for one in those if one.where)) for those in found.values()]


def _target(asked: Asked, now: Step | None) -> str:
    """Where the one button of the page leads: to what is to be mended, or to the page where the step is done."""
    if now is None:
        return ""
    pages = {TEXTS: "texter", REPORT: "rapport", "mal": "mal"}
    return f"#steg-{now.id}" if now.to_mend or now.id not in pages else address(asked.wave, pages[now.id])


def _counts(year: KnownYear) -> list[tuple[str, str]]:
    if year.wave is None or year.responses is None:
        return []
    counted = [answered_of(year.wave, year.responses, kind) for kind in (MUNICIPALITY, REGION)]
    aside = year.responses.accounting.rows_read - year.responses.accounting.row_count("counted")
    named = zip(("Kommuner", "Regioner"), counted, strict=True)
    return [
        *((name, f"{n} av\u00a0{asked}") for name, (n, asked) in named if asked),
        ("Räknas inte", f"{aside} {plural(aside, 'rad', 'rader')}"),
    ]


def _members(year: KnownYear) -> list[tuple[str, str]]:
    return sorted(((m.member_id, m.name) for m in year.wave.members), key=lambda one: one[1]) if year.wave else []


def _told(rows: Sequence[Mended], year: KnownYear) -> list[tuple[Mended, str]]:
    """Each correction with what it says, the latest first."""
    names = {member.member_id: member.name for member in (year.wave.members if year.wave else ())}
    return [(row, _words(row, names)) for row in reversed(rows)]


def _words(row: Mended, names: dict[str, str]) -> str:
    what = f"”{row.found}”" if row.found else f"rad {row.row}"
    if row.action == "match":
        return f"{what} är {names.get(row.member_id, row.member_id)}."
    return f"{what} räknas inte" + (f" i frågan {row.item}" if row.item else "") + f": {row.reason}"


def settle(asked: Asked) -> Moved:
    """One mend, chosen among those that the problems of the year offer now; none other can be written."""
    wanted = Mend(*(asked.one(name) for name in ("action", "row", "found", "member_id", "item")))
    year, folder = known(asked.folder), asked.folder
    offered = next((problem for problem in year.problems if _offers(problem, wanted, year)), None)
    if offered is None:
        return Moved(
            address(asked.wave),
            "Det är redan ordnat, eller så har filen ändrats sedan sidan visades. Se hur det ser ut nu.",
        )
    reason = asked.one("reason") or ("Bekräftat på årets sida." if wanted.action == "match" else "")
    step = f"{address(asked.wave)}#steg-{place_of(offered)}"
    try:
        written = mend(folder, wanted, reason, asked.today, asked.one("who"))
    except Unusable as stop:
        return Moved(step, "", stop.problems)
    return Moved(step, "Sparat." if written else "Det var redan sparat.")


def _offers(problem: Problem, wanted: Mend, year: KnownYear) -> bool:
    """Whether a problem offers a mend; where the member is to be chosen, any member of the register does."""
    ids = {member.member_id for member in year.wave.members} if year.wave else set()
    open_choice = Mend(wanted.action, wanted.row, wanted.found, "", wanted.item)
    return (wanted in problem.mends and (wanted.action != "match" or wanted.member_id in ids)) or (
        open_choice in problem.mends and wanted.action == "match" and wanted.member_id in ids
    )


def undo(asked: Asked) -> Moved:
    """Take out a correction, if it is still the one that was shown."""
    line = asked.one("line")
    gone = line.isdecimal() and unmend(asked.folder, int(line), asked.one("mark"))
    said = "Ändringen är borttagen." if gone else "Raden har ändrats sedan sidan visades; inget är borttaget."
    return Moved(f"{address(asked.wave)}#andringar", said)


def receive(asked: Asked) -> Moved:
    """A file sent to its place."""
    slots = {slot.id: slot for slot in SLOTS}
    slot = slots.get(asked.one("plats"))
    if slot is None:
        return Moved(
            address(asked.wave), "", (_unread("Platsen för filen är okänd.", "Ladda om sidan och försök igen."),)
        )
    home = f"{address(asked.wave)}#steg-{STEP_OF.get(slot.id, QUESTIONS)}"
    if asked.one("too_large"):
        return Moved(
            home, "", (_unread("Filen är större än 45 MB.", "Kontrollera att det är rätt fil. Inget är ändrat."),)
        )
    sent = asked.files.get("fil")
    if sent is None:
        return Moved(home, "", (_unread("Ingen fil kom med.", "Välj en fil först."),))
    try:
        path = put_in(asked.folder, slot.id, sent.name, sent.data, asked.today)
    except Unusable as stop:
        return Moved(home, "Filen är inte inlagd. Den som låg här ligger kvar.", stop.problems)
    return Moved(
        home, f"{slot.words}: {path.name} är inlagd. Fanns det en fil här förut ligger den i replaced med dagens datum."
    )


STEP_OF = {
    "export": "svar",
    "members": "medlemmar",
    "activities": LOG,
    "signals": LOG,
    "codebook": TEXTS,
    "goals": "mal",
    "plan": "mal",
    "indicators": "mal",
    "values": "mal",
    "annual": "mal",
    "claims": REPORT,
}


def _unread(found: str, todo: str) -> Problem:
    return Problem("upload", "", "", found, todo)
