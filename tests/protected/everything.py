"""All that a public edition says, without drawing it: what the project's notebooks show, the report's sentences, tables, record."""

from dataclasses import asdict

import nbformat

from sekom_survey.counted.year import analyse
from sekom_survey.found.findings import Findings
from sekom_survey.protected import public_exhibit
from sekom_survey.protected.words import PublicFindings
from sekom_survey.running import notebook
from sekom_survey.running.manifest import write_manifest
from sekom_survey.running.outputs import public_tables
from sekom_survey.shown.exhibits.notes import signs_explained
from sekom_survey.written.report import report_of
from tests.protected.editions import ROOT


def exhibits_of(public, patch):
    """What the project's notebooks show of public findings, in order, with the words between."""
    told = []

    def show(*given):
        shown = (public_exhibit(one, public.shown.survey.minimum_base) for one in given if one)
        told.extend(signs_explained(one) for one in shown if one)

    def show_parts(parts):
        for words, exhibits in parts:
            told.append(words)
            show(*exhibits)

    for name, stands_for in (
        ("open_findings", lambda _: (public.shown, public)),
        ("show", show),
        ("show_parts", show_parts),
        ("tell", told.append),
    ):
        patch.setattr(notebook, name, stands_for)
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        cells = nbformat.read(path, as_version=4).cells
        names = {}
        for cell in cells:
            if cell.cell_type == "code" and "internal" not in cell.metadata.get("tags", []):
                exec(cell.source, names)
    return told


def words_of(exhibit):
    """All text and numbers of an exhibit; of words themselves."""
    if isinstance(exhibit, str):
        return exhibit
    kept = {name: value for name, value in vars(exhibit).items() if name not in ("data", "table")}
    return f"{kept}\n{exhibit.data.to_csv()}\n{exhibit.table.to_csv()}"


def everything(folder, patch):
    """What a folder's public edition says: {where: text}, and the public year itself."""
    public = PublicFindings(Findings(analyse(folder)))
    said = {f"exhibit {place}": words_of(one) for place, one in enumerate(exhibits_of(public, patch))}
    report = report_of(public.shown, [], "public", "2026", public)
    said |= {f"report {name}": str(value) for name, value in vars(report).items()}
    said |= {name: table.to_csv() for name, table in public_tables(public).items()}
    out = folder.parent / "public"
    out.mkdir()
    write_manifest(public.shown, out, (), public.protection)
    said["run.json"] = (out / "run.json").read_text(encoding="utf-8")
    return said | {"certificate": str(asdict(public.protection))}, public.shown
