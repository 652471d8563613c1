"""The web report in a real browser: a desktop, a phone and paper. Skipped where there is no Chromium."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from sekom_survey.model import Report
from sekom_survey.written.formats.page import write_html

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
PDFTOTEXT = shutil.which("pdftotext")
needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="Chromium saknas: sidan prövas inte i en webbläsare")
# A page of our own asks the frame how it looks: headless windows are never narrower than about 500 px.
PROBE = """<!DOCTYPE html><meta charset="utf-8"><body style="margin:0"><iframe id="f" src="report.html" style="width:{width}px;height:900px;border:0"></iframe>
<pre id="out"></pre><script>
document.getElementById("f").onload = event => {{
  const page = event.target.contentDocument, width = page.documentElement.clientWidth;
  const shown = tag => tag.getClientRects().length > 0 && !tag.closest(".scroll, .hidden, .skip, pre") && !tag.matches(".hidden, .skip");
  const out = [...page.querySelectorAll("body *")].filter(shown).filter(t => t.getBoundingClientRect().right > width + 1);
  page.querySelectorAll("details").forEach(d => d.open = true);
  const wide = [...page.querySelectorAll(".scroll")].filter(box => box.scrollWidth > box.clientWidth + 1);
  const reached = [...page.querySelectorAll("summary, .scroll, a[href]")].filter(t => t.tabIndex < 0);
  document.getElementById("out").textContent = JSON.stringify({{
    scroll: page.documentElement.scrollWidth - width, outside: out.map(t => t.tagName + "." + t.className),
    sideways: wide.map(t => t.getAttribute("aria-label")), unreachable: reached.length,
    wide: [...page.querySelectorAll(".both .wide")].filter(shown).length, narrow: [...page.querySelectorAll(".narrow")].filter(shown).length}});
}};</script>"""


def chromium(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    assert CHROMIUM is not None
    command = [
        CHROMIUM,
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--no-first-run",
        "--disable-component-update",
        "--disable-sync",
        "--allow-file-access-from-files",
        "--enable-logging=stderr",
        f"--user-data-dir={folder / 'profile'}",
        *arguments,
    ]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=True, cwd=folder)


def measured(report: Report, folder: Path, width: int) -> tuple[str, str]:
    """What the probe saw at a width, and what the browser's console said."""
    write_html(report, folder / "report.html")
    (folder / "probe.html").write_text(PROBE.format(width=width), encoding="utf-8")
    done = chromium(
        folder, "--window-size=1200,1000", "--virtual-time-budget=3000", "--dump-dom", (folder / "probe.html").as_uri()
    )
    found = re.search(r'<pre id="out">(.*?)</pre>', done.stdout, re.DOTALL)
    assert found is not None
    return found[1], done.stderr


@needs_chromium
@pytest.mark.parametrize(("width", "drawing"), [(320, '"wide":0,"narrow":2'), (1100, '"wide":2,"narrow":0')])
def test_page_never_scrolls_sideways_and_shows_one_drawing(
    report: Report, tmp_path: Path, width: int, drawing: str
) -> None:
    """Hostile words and all: nothing sticks out, tables stack on a phone, the console is silent, all is reachable by keyboard."""
    seen, console = measured(report, tmp_path, width)
    assert '"scroll":0,"outside":[]' in seen
    assert drawing in seen
    assert '"unreachable":0' in seen
    assert ":CONSOLE" not in console
    if width == 320:
        assert '"sideways":[]' in seen


@needs_chromium
@pytest.mark.skipif(PDFTOTEXT is None, reason="pdftotext saknas: utskriften läses inte")
def test_print_opens_the_tables_and_stamps_every_page(report: Report, tmp_path: Path) -> None:
    """On paper nothing can be unfolded, and every page must say that the answers are made up."""
    longer = replace(report, sections=report.sections[:1] + report.sections[:1])
    write_html(longer, tmp_path / "report.html")
    chromium(tmp_path, "--no-pdf-header-footer", "--print-to-pdf=report.pdf", (tmp_path / "report.html").as_uri())
    assert PDFTOTEXT is not None
    text = subprocess.run(
        [PDFTOTEXT, "-layout", "report.pdf", "-"], capture_output=True, text=True, check=True, cwd=tmp_path
    ).stdout
    pages = text.rstrip("\f").split("\f")
    assert len(pages) > 1
    for page in pages:
        assert "Exempeldata. Medlemmar och svar är påhittade." in page
        assert "Internt arbetsmaterial – sprids inte" in page
    assert "42–80 %" in text
    assert "Visa tabellen" not in text
