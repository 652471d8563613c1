"""What a notebook calls, `open_year` once and `show` for each exhibit; what a run tells the kernel."""

from __future__ import annotations

import atexit
import html
import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sekom_survey.asked.load import find_wave
from sekom_survey.counted.year import PUBLIC, Year, analyse
from sekom_survey.found.findings import Findings
from sekom_survey.model import INTERNAL, Exhibit
from sekom_survey.protected import public_exhibit
from sekom_survey.protected.words import PublicFindings
from sekom_survey.running.quick.ahead import AnyFindings
from sekom_survey.running.quick.kept import Kept, digest
from sekom_survey.shown.exhibits.notes import signs_explained
from sekom_survey.text.places import SURVEYS
from sekom_survey.text.rows import guarded

EXHIBIT_KEY = "sekom_exhibit"
PROSE_KEY = "sekom_prose"


_at_hand: list[AnyFindings] = []
_opened_here: list[AnyFindings] = []


def open_year(wave: str) -> Year:
    """The analysed year behind a notebook. `wave` is a year under surveys/ or a folder; raises Unusable."""
    return _opened(wave).shown


def open_findings(wave: str) -> tuple[Year, AnyFindings]:
    """The analysed year and what more is worked out of it: themes, comparisons, non-response, change, goals, claims."""
    found = _opened(wave)
    return found.shown, found


def have_at_hand(founds: Sequence[AnyFindings]) -> None:
    """Have years that are analysed already at hand in this kernel, which is a copy of the process that analysed them."""
    _at_hand[:] = founds
    _opened_here.clear()
    told.cache_clear()


def _opened(wave: str) -> AnyFindings:
    folder = find_wave(wave, SURVEYS).resolve()
    wanted = (one for one in _at_hand if (one.year.wave.folder.resolve(), one.build) == (folder, told().build))
    found = next(wanted, None) or _analysed(folder)
    found.forget()
    _opened_here.append(found)
    return found


def _analysed(folder: Path) -> AnyFindings:
    whole = Findings(analyse(folder))
    return PublicFindings(whole) if _is_public() else whole


def tell_what_it_rests_on() -> None:
    """Show, to the run alone, which parts of the findings this notebook has asked for; nothing if it opened no year."""
    from IPython.display import display

    if _opened_here:
        parts = sorted(set().union(*(found.rests_on() for found in _opened_here)))
        display({"application/json": parts, "text/plain": ""}, raw=True)


def _is_public() -> bool:
    return told().build == PUBLIC


def _minimum() -> int:
    return max(found.year.survey.minimum_base for found in _opened_here)


def tell(markdown: str) -> None:
    """Show words that a cell has made, as if they stood in a cell of text: "# " begins a section of the report; no words show nothing."""
    if not markdown:
        return
    from IPython.display import display

    display({"text/markdown": markdown, "text/plain": markdown}, raw=True, metadata={PROSE_KEY: True})


def show_parts(parts: Iterable[tuple[str, Iterable[Exhibit]]]) -> None:
    """Headings with their words, in Markdown, and what is shown under each."""
    for words, exhibits in parts:
        tell(words)
        show(*exhibits)


def show(*exhibits: Exhibit | None) -> None:
    """Draw each exhibit, show it, and save figure, data and alternative text to the run's folder; None shows nothing.

    In a public build only what is released is shown, and of that only the columns that are.

    Files: figures/<id>.svg, <id>-narrow.svg, <id>.png (kinds with a drawing), <id>.csv and <id>.json. The shown output
    carries the exhibit's id, from which the report finds it in the executed notebook.
    """
    for given in exhibits:
        exhibit = public_exhibit(given, _minimum()) if given and _is_public() else given
        if exhibit is not None:
            _show(signs_explained(exhibit))


def _show(exhibit: Exhibit) -> None:
    from IPython.display import display

    folder = told().folder / "figures"
    save(exhibit, folder)
    display(
        {"text/html": _page_part(exhibit, folder), "text/plain": f"{exhibit.title}\n{exhibit.alt}"},
        raw=True,
        metadata={EXHIBIT_KEY: exhibit.id},
    )


def save(exhibit: Exhibit, folder: Path) -> None:
    """Write an exhibit's files to a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    _draw(exhibit, folder)
    guarded(exhibit.data).to_csv(folder / f"{exhibit.id}.csv", index=False, lineterminator="\n", encoding="utf-8")
    described = {
        "id": exhibit.id,
        "kind": exhibit.kind,
        "title": exhibit.title,
        "subtitle": exhibit.subtitle,
        "note": exhibit.note,
        "alt": exhibit.alt,
        "internal": exhibit.internal,
        "placement": exhibit.placement,
        "by": exhibit.by,
        "columns": list(exhibit.table.columns),
        "rows": exhibit.table.astype(str).to_numpy().tolist(),
    }
    text = json.dumps(described, ensure_ascii=False, indent=1, sort_keys=True)
    (folder / f"{exhibit.id}.json").write_text(text + "\n", encoding="utf-8", newline="\n")


def _draw(exhibit: Exhibit, folder: Path) -> None:
    """Draw, but take what the last run or the other build has drawn already."""
    from sekom_survey.shown.figures import file_content, made_of

    kept = told().kept
    for name, parts in made_of(exhibit).items():
        key = f"drawing-{name}-{digest(*parts)}"
        if kept is None or not kept.take(key, folder):
            (folder / name).write_bytes(file_content(exhibit, name))
            if kept:
                kept.put(key, folder, [folder / name])


def _page_part(exhibit: Exhibit, folder: Path) -> str:
    drawing = folder / f"{exhibit.id}.svg"
    body = drawing.read_text(encoding="utf-8") if drawing.exists() else exhibit.table.to_html(index=False, border=0)
    return (
        f"<figure><h3>{html.escape(exhibit.title)}</h3><p>{html.escape(exhibit.subtitle)}</p>{body}"
        f"<figcaption>{html.escape(exhibit.note)}</figcaption></figure>"
    )


TOLD = "SEKOM_RUN"


@dataclass(frozen=True)
class RunContext:
    """The folder where a notebook's figures land, which build it is run for, and where finished drawings are kept."""

    folder: Path
    build: str = INTERNAL
    kept: Kept | None = None


def tell_kernel(context: RunContext, path: Path) -> Mapping[str, str]:
    """Write it to a file, and give what is to stand in the kernel's environment."""
    kept = [str(context.kept.last), str(context.kept.now)] if context.kept else None
    path.write_text(json.dumps({"folder": str(context.folder), "build": context.build, "kept": kept}), encoding="utf-8")
    return {TOLD: str(path)}


@cache
def told() -> RunContext:
    """What the run has told this kernel; a notebook run by hand draws in a folder of its own, gone when it ends."""
    if TOLD not in os.environ:
        folder = Path(tempfile.mkdtemp(prefix="sekom-"))
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        return RunContext(folder)
    stated = json.loads(Path(os.environ[TOLD]).read_text(encoding="utf-8"))
    return RunContext(
        Path(stated["folder"]), stated["build"], Kept(*map(Path, stated["kept"])) if stated["kept"] else None
    )
