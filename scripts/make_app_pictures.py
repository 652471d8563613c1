"""The pictures of the page in docs/arets-enkat.md and README, taken of the example in a real browser; needs chromium."""

from __future__ import annotations

import base64
import io
import shutil
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]

from make_pictures import keep  # noqa: E402

from tests.app.served import served  # noqa: E402
from tests.documents.browser import Page, page  # noqa: E402

YEAR = "/ar/exempel/2026"
WIDTH = 1280
SCREENS = {
    "app_years": ("/", 560),
    "app_new": ("/nytt", 640),
    "app_year": (YEAR, 1000),
    "app_texts": (f"{YEAR}/texter?vem=AB", 900),
    "app_goals": (f"{YEAR}/mal", 900),
    "app_new_goal": ("/ar/exempel/2025/mal", 900),
    "app_report": (f"{YEAR}/rapport", 820),
    "app_erasing": (f"{YEAR}/gallring", 640),
}
UNSETTLED = (
    "action,row,found,member_id,item,reason\nstrike,6,,,wishes,Hör till en annan enkät och är inklistrat av misstag.\n"
)


def main() -> None:
    """Write every picture anew; the example's report must have been made."""
    with tempfile.TemporaryDirectory() as place:
        home = Path(place)
        shutil.copytree(
            ROOT / "surveys" / "exempel",
            home / "surveys" / "exempel",
            ignore=shutil.ignore_patterns("replaced", "codings-*"),
        )
        shutil.copytree(ROOT / "reports" / "exempel", home / "reports" / "exempel", ignore=shutil.ignore_patterns(".*"))
        (home / "surveys" / "exempel" / "2025" / "goals.toml").unlink()  # a year whose goals are to be written
        (home / "surveys" / "exempel" / "2026" / "corrections.csv").write_text(UNSETTLED, encoding="utf-8")
        shutil.copytree(home / "reports" / "exempel" / "2026", home / "reports" / "2026", dirs_exist_ok=True)
        with served(home / "surveys", home / "reports", date(2026, 3, 14)) as site, page(home / "browser") as tab:
            site.enter()
            while 'id="vantar"' in site.get(SCREENS["app_texts"][0]).text:
                time.sleep(1)
            tab.go(f"{site.base}/?token={site.gate.token}")
            for name, (address, height) in SCREENS.items():
                keep(name, shot(tab, site.base + address, height), width=1000)


def shot(tab: Page, url: str, height: int) -> Image.Image:
    """The top of a page, its typeface loaded."""
    tab.go(url, WIDTH, height)
    tab.run("document.fonts.ready.then(() => 1)")
    return Image.open(io.BytesIO(base64.b64decode(tab.call("Page.captureScreenshot", format="png")["data"])))


if __name__ == "__main__":
    main()
