"""The pictures of README and docs, taken from the example's internal report: `sekom run exempel/2026`, then this.

Needs chromium, libreoffice, pdftoppm and pdftotext on the path. Pictures have at most 256 colours, so that each stays small.
"""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from PIL import Image, ImageOps

ROOT = Path(__file__).parent.parent
REPORT = ROOT / "reports" / "exempel" / "2026" / "internal"
IMAGES = ROOT / "docs" / "images"
EDGE = "#d9dee0"
DRAWN = "Strecken visar osäkerheten"
SLIDES = (2, 3, 5, 8)  # goals, messages, what is valued most, needs by size


def main() -> None:
    """Write every picture anew."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        work = Path(place)
        keep("report", page(REPORT / "report.html", work, 1100, 860))
        keep("goals", page(REPORT / "goals.html", work, 1100, 900))
        keep("figure", Image.open(REPORT / "figures" / "need_size.png"), width=900)
        word = as_pdf(REPORT / "report.docx", work)
        keep("word", beside([sheet(word, number, work, 70) for number in (1, first_with(word, DRAWN))], 2))
        slides = as_pdf(REPORT / "slides.pptx", work)
        keep("slides", beside([sheet(slides, number, work, 48) for number in SLIDES], 2))
        run(ROOT / ".venv" / "bin" / "sekom", "review", "exempel/2026", "--reports", work)
        keep(
            "review", corner(sheet(as_pdf(next(work.rglob("review*.xlsx")), work), 1, work, 420), 2100, 620), width=1200
        )


def keep(name: str, picture: Image.Image, width: int | None = None) -> None:
    """Save a picture, made narrower when a width is given, with a thin edge."""
    picture = picture.convert("RGB")
    if width:
        picture = picture.resize((width, round(picture.height * width / picture.width)), Image.Resampling.LANCZOS)
    few = ImageOps.expand(picture, 1, EDGE).quantize(256, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    few.save(IMAGES / f"{name}.png", optimize=True)


def page(path: Path, work: Path, width: int, height: int) -> Image.Image:
    """The top of a page as a browser shows it."""
    shot = work / f"{path.stem}.png"
    run("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", f"--user-data-dir={work / 'browser'}",
        f"--screenshot={shot}", f"--window-size={width},{height}", path.as_uri())  # fmt: skip
    return Image.open(shot)


def as_pdf(path: Path, work: Path) -> Path:
    """An office document as LibreOffice prints it."""
    run(
        "soffice",
        "--headless",
        f"-env:UserInstallation={(work / 'office').as_uri()}",
        "--convert-to",
        "pdf",
        "--outdir",
        work,
        path,
    )
    return work / f"{path.stem}.pdf"


def sheet(path: Path, number: int, work: Path, dpi: int) -> Image.Image:
    """One page of a pdf."""
    stem = work / f"{path.stem}-{number}"
    run("pdftoppm", "-r", dpi, "-png", "-singlefile", "-f", number, "-l", number, path, stem)
    return ImageOps.expand(Image.open(stem.with_suffix(".png")).convert("RGB"), 1, EDGE)


def first_with(path: Path, words: str) -> int:
    """The number of the first page that holds some words."""
    return next(
        number
        for number, text in enumerate(run("pdftotext", path, "-").split("\f"), 1)
        if words in " ".join(text.split())
    )


def beside(pictures: Sequence[Image.Image], columns: int, gap: int = 16) -> Image.Image:
    """Pictures of one size in rows."""
    width, height = pictures[0].size
    rows = -(-len(pictures) // columns)
    whole = Image.new("RGB", (columns * (width + gap) - gap, rows * (height + gap) - gap), "white")
    for nth, picture in enumerate(pictures):
        whole.paste(picture, (nth % columns * (width + gap), nth // columns * (height + gap)))
    return whole


def corner(picture: Image.Image, width: int, height: int) -> Image.Image:
    """The upper left corner of what is on a page, without the page's margins and edge."""
    inside = ImageOps.crop(picture, 2)
    left, top, *_ = ImageOps.invert(inside.convert("L")).getbbox() or (0, 0)
    return inside.crop((left, top, left + width, top + height))


def run(*command: object) -> str:
    """What a program prints; stops when it fails."""
    words: Iterable[str] = map(str, command)
    return subprocess.run(list(words), check=True, capture_output=True, text=True).stdout


if __name__ == "__main__":
    main()
