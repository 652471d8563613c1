"""The same year gives the same bytes: in another folder, another locale and with another hash seed."""

import hashlib

from tests.small_year import contents, small_year, started

ENVIRONMENTS = (
    {"LC_ALL": "C", "PYTHONHASHSEED": "1", "TZ": "UTC"},
    {
        "LC_ALL": "sv_SE.UTF-8",
        "LANG": "sv_SE.UTF-8",
        "PYTHONHASHSEED": "4242",
        "TZ": "Pacific/Kiritimati",
        "COLUMNS": "40",
    },
)
BY_PLACE = {".owner", ".made/noted.json"}  # which folder the reports are of, and when each file was made


def hashes(folder):
    return {name: hashlib.sha256(data).hexdigest() for name, data in contents(folder).items() if name not in BY_PLACE}


def test_every_file_of_both_builds_is_the_same_wherever_and_whenever_it_is_made(tmp_path):
    """Folder with å, ä, ö and spaces, locale, hash seed, time zone: the same SHA-256 for every file."""
    years = [small_year(tmp_path / place) for place in ("en", "en annan – åäö/djupare ner")]
    processes = [
        started(*year, builds="internal,public", **environment)
        for year, environment in zip(years, ENVIRONMENTS, strict=True)
    ]
    told = [process.communicate() for process in processes]
    assert [process.returncode for process in processes] == [0, 0], told
    first, second = (hashes(reports / "2026") for _, _, reports in years)
    assert len(first) > 25
    assert {name for name in {*first, *second} if first.get(name) != second.get(name)} == set()
