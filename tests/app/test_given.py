"""What members get back, at the press of a button: pages, the library, the office's lists."""

from tests.members.conftest import EXAMPLES

WAVE = "/ar/2026"


def test_pages_and_library_are_made_listed_and_fetched(site, surveys, tmp_path):
    """Two presses; the files are there to open, and nothing outside their folders is."""
    (surveys / "2026" / "examples.csv").write_text(
        EXAMPLES.replace(";k", ";m").replace(";m0;", ";m6;"), encoding="utf-8"
    )
    assert "7 sidor för 7 medlemmar" in site.follow(site.post(f"{WAVE}/medlemmar")).text
    shown = site.follow(site.post(f"{WAVE}/exempel")).text
    assert "3 exempel visas" in shown and "examples.html" in shown and "samtal.xlsx" in shown and "m1.html" in shown
    page = site.get(f"{WAVE}/fil/members/m1.html")
    assert "Almköping" in page.text and "ert medlemskap" in page.text
    assert site.get(f"{WAVE}/fil/examples/examples.html").status == 200
    assert "finns inte längre" in site.follow(site.get(f"{WAVE}/fil/members/%2e%2e%2fm1.html")).text


def test_a_year_without_strengths_is_told_why_nothing_is_proposed(site):
    """And nothing is written."""
    assert "inget att föreslå" in site.follow(site.post(f"{WAVE}/exempel", {"foresla": "ja"})).text
