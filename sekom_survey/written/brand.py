"""brand.toml: an association's name, colours, logo and templates, all optional."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from pathlib import Path

from sekom_survey.model import Problem, errors
from sekom_survey.shown.figures.style import BLUE, INK, VERMILLION, contrast
from sekom_survey.text.toml import Table, read_toml
from sekom_survey.text.toml_edit import with_rows

FILE = "brand.toml"
LEAST_CONTRAST = 4.5
LEAST_CONTRAST_LARGE = 3.0
PICTURES = (".png", ".jpg", ".jpeg")
WORD_FILES = (".docx", ".dotx")
SLIDE_FILES = (".pptx", ".potx")
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
_HEART = {".docx": "word/document.xml", ".dotx": "word/document.xml",
          ".pptx": "ppt/presentation.xml", ".potx": "ppt/presentation.xml"}  # fmt: skip


@dataclass(frozen=True)
class Brand:
    """The look of the documents; colours as "#rrggbb".

    `accent` is used for headings, numbers and the bars that matter, `second` for stamps and the second group, `ink`
    for text. `name` stands for the association's where it is not empty.
    """

    name: str = ""
    accent: str = BLUE
    second: str = VERMILLION
    ink: str = INK
    logo: Path | None = None
    word_template: Path | None = None
    slides_template: Path | None = None


def read_brand(folder: Path, shown: str = "") -> tuple[Brand | None, list[Problem]]:
    """brand.toml in a year's folder -> Brand and the problems met; (None, []) when there is none.

    `shown` is the folder's name as the user knows it. Keys: name, logo, word_template, slides_template (files in the
    year's folder or below) and a table colours with accent, second, ink. Colours must be readable on white: 4.5:1 for
    accent and ink, 3:1 for second, which is only used large (WCAG 2.1, 1.4.3).
    """
    path = folder / FILE
    if not path.exists():
        return None, []
    file = f"{shown}/{FILE}" if shown else FILE
    data, problems = read_toml(path, file)
    if problems:
        return None, problems
    table = Table(data, file, "", problems)
    colours = table.table("colours")
    brand = Brand(
        name=table.text("name").strip(),
        accent=_colour(colours, "accent", BLUE, LEAST_CONTRAST),
        second=_colour(colours, "second", VERMILLION, LEAST_CONTRAST_LARGE),
        ink=_colour(colours, "ink", INK, LEAST_CONTRAST),
        logo=_file(table, "logo", folder, PICTURES),
        word_template=_file(table, "word_template", folder, WORD_FILES),
        slides_template=_file(table, "slides_template", folder, SLIDE_FILES),
    )
    colours.close()
    table.close()
    return (None if errors(problems) else brand), with_rows(problems, path, file)


def _colour(table: Table, key: str, default: str, least: float) -> str:
    value = table.text(key, default)
    if not _COLOUR.fullmatch(value):
        table.fault("brand_colour", key, f"Värdet är ”{value[:60]}”.", "Skriv färgen som #0072B2.")
        return default
    if contrast(value) < least:
        found = f"{contrast(value):.1f}".replace(".", ",")
        wanted = f"{least:g}".replace(".", ",")
        table.fault("brand_contrast", key, f"Färgen {value} syns dåligt mot vitt: kontrasten är {found}:1.",
                    f"Välj en mörkare färg, minst {wanted}:1.")  # fmt: skip
        return default
    return value


def _file(table: Table, key: str, folder: Path, endings: tuple[str, ...]) -> Path | None:
    name = table.text(key)
    if not name:
        return None
    path = (folder / name).resolve()
    fault = _fault(path, folder.resolve(), endings)
    if fault:
        table.fault("brand_file", key, f"{name[:80]}: {fault[0]}", fault[1])
        return None
    return path


def _fault(path: Path, folder: Path, endings: tuple[str, ...]) -> tuple[str, str] | None:
    """What is wrong with a file and what to do, or None."""
    if not path.is_relative_to(folder):
        return "filen ligger utanför årets mapp.", "Lägg den i årets mapp och skriv bara dess namn."
    if not path.is_file():
        return "filen finns inte.", "Lägg den i årets mapp eller rätta namnet."
    if path.suffix.lower() not in endings:
        return "filen är av fel slag.", f"Använd någon av {', '.join(endings)}."
    readable = _is_picture(path) if endings == PICTURES else _is_office(path)
    return None if readable else ("filen går inte att läsa.", "Öppna den, spara den på nytt och försök igen.")


def _is_picture(path: Path) -> bool:
    from PIL import Image

    try:
        with Image.open(path) as picture:
            picture.load()
            return picture.format in ("PNG", "JPEG")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return False


def _is_office(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as package:
            return _HEART[path.suffix.lower()] in package.namelist() and package.testzip() is None
    except (OSError, zipfile.BadZipFile, RuntimeError, NotImplementedError):
        return False
