"""Why a number differs between two runs: only what can have touched it is named."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sekom_survey.counted.year_changes import year_changes
from sekom_survey.found.past_run import Key, PastRun, Row

NEW_YEAR = "nytt år"
LATE, REMOVED, EDITED = "sent svar", "svar borttagna ur enkätfilen", "ändrade svar i enkätfilen"
MATCHED, STRUCK = "rättad kommun", "svar strukna eller återtagna för hand"
REGISTER, FRAME = "nytt register", "annat datum för medlemmarna"
QUESTION, LIMIT, CLASSES = "ändrad fråga", "ny minsta grupp", "nya grupper"
CODEBOOK, CODINGS = "ny version av kodboken", "nya kodningar"
GOALS, CLAIMS, LOG, DECISION = "ändrade mål", "ändrade påståenden", "ny aktivitetslogg", "ny bedömning av styrelsen"
TOOL, UNKNOWN = "ny version av verktyget", "orsaken syns inte i körningarna"


@dataclass(frozen=True)
class Causes:
    """Everything that differs between two runs, and which items each difference concerns."""

    same_year: bool
    inputs: frozenset[str]
    rows: int
    matched: bool
    struck: frozenset[str]
    questions: frozenset[str]
    limits: frozenset[str]
    versions: bool

    def of(self, table: str, key: Key, old: Row | None, new: Row | None) -> str:
        """The causes of a change in one number, parted by "eller" when there are several."""
        found = list(dict.fromkeys(self._found(table, key, old, new)))
        return " eller ".join(found) if found else TOOL if self.versions else UNKNOWN

    def _found(self, table: str, key: Key, old: Row | None, new: Row | None) -> Iterator[str]:
        if not self.same_year:
            yield NEW_YEAR
        if table in ("estimates", "means"):
            yield from self._of_survey(key, old or {}, new or {})
        if table in ("goals", "claims"):
            yield from self._of_plan(table, old or {}, new or {})

    def _of_survey(self, key: Key, old: Row, new: Row) -> Iterator[str]:
        if key[0] in self.questions:
            yield QUESTION
        if self.same_year and old.get("population") != new.get("population"):
            yield from self._register()
        if self.same_year and any(old.get(column) != new.get(column) for column in ("count", "value", "base")):
            yield from self._answers(key[0])
        if old.get("suppressed") != new.get("suppressed") and "minimum_base" in self.limits:
            yield LIMIT
        if key[2:3] in (("size",), ("landsdel",)) and self.limits & {"size_limits", "regions"}:
            yield CLASSES

    def _register(self) -> Iterator[str]:
        if "frame_date" in self.limits:
            yield FRAME
        if "members.csv" in self.inputs:
            yield REGISTER

    def _answers(self, item: str) -> Iterator[str]:
        exported = any(name.startswith("export/") for name in self.inputs)
        if exported:
            yield LATE if self.rows > 0 else REMOVED if self.rows < 0 else EDITED
        if self.matched:
            yield MATCHED
        if self.struck & {item, ""}:
            yield STRUCK
        if "members.csv" in self.inputs and not exported and not self.matched:
            yield REGISTER

    def _of_plan(self, table: str, old: Row, new: Row) -> Iterator[str]:
        causes = (
            {"goals.toml": GOALS, "activities.csv": LOG, "decisions.csv": DECISION}
            if table == "goals"
            else {"claims.toml": CLAIMS}
        )
        causes |= {"codebook.toml": CODEBOOK, "codings.csv": CODINGS, "members.csv": REGISTER}
        yield from (cause for name, cause in causes.items() if name in self.inputs)
        if self.same_year:
            yield from self._answers("")


def causes_of(one: PastRun, other: PastRun) -> Causes:
    """Two runs to what differs between them."""
    old, new = one.part("inputs"), other.part("inputs")
    corrections = _changed_corrections(one, other)
    limits = [run.part("definitions") for run in (one, other)]
    rows = [run.part("counts").get("rows_read", 0) for run in (one, other)]
    return Causes(
        same_year=one.wave == other.wave,
        inputs=frozenset(name for name in {*old, *new} if old.get(name) != new.get(name)),
        rows=rows[1] - rows[0],
        matched=any(entry.get("action") == "match" for entry in corrections),
        struck=frozenset(str(entry.get("item", "")) for entry in corrections if entry.get("action") == "strike"),
        questions=frozenset(_changed_questions(one, other)),
        limits=frozenset(
            key for key in {*limits[0], *limits[1]} - {"questions"} if limits[0].get(key) != limits[1].get(key)
        ),
        versions=one.part("versions") != other.part("versions"),
    )


def _changed_corrections(one: PastRun, other: PastRun) -> list[Mapping[str, Any]]:
    old, new = one.manifest.get("corrections", []), other.manifest.get("corrections", [])
    return [entry for entry in (*old, *new) if (entry in old) != (entry in new)]


def _changed_questions(one: PastRun, other: PastRun) -> Iterator[str]:
    """The items that were asked otherwise, the rows of a changed matrix among them."""
    names = {change.item for change in year_changes(one.questionnaire, other.questionnaire)}
    for item in other.questionnaire.items:
        if item.id in names or item.group in names:
            yield item.id
