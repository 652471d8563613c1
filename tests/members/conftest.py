"""A small invented year with everything that a member's page can show, and its pages."""

from types import SimpleNamespace

import pytest

from sekom_survey.members.make import make_pages
from tests.protected.editions import FORM, TOWNS, USUAL, edition, of_regions, register, rows_for
from tests.protected.trials import FIFTY
from tests.waves import make_wave

MEASURES = '[measures]\nneed = "need"\nsatisfaction = "satisfaction"\npriorities = "top_value"\n\n[scales.need]'
LOG = "date,activity,member_id,role,count,title\n" + "".join(
    f"2026-{month:02}-10,webinar,k{who},official,1,Webbinarium {month}\n"
    for month in range(1, 7)
    for who in range(month, 60, month)
)
COMING = "date;title;topics;how\n2026-05-02;Träff för alla;;\n2026-12-01;Stödgruppen;Stöd;mejla kansliet\n2027-01-09;Sent möte;alla;\n"
EXAMPLES = "\r\n".join(
    [
        "id;title;member_id;theme;done;contact_role;copied_by;award;consent;consent_by;consent_date;consent_until",
        "e1;Stödet som räcker;k0;Nätverk;Vi delar en jurist.;kontakttjänsteperson;k5;2026;contact;Eva;2026-02-01;2027-02-01",
        "e2;Mallar för allt;k1;Kunskap; kurser;Mallar.;;;;named;Eva;2026-02-01;".replace(
            "Kunskap; kurser", '"Kunskap\u003b kurser"'
        ),
        "e3;Tyst framsteg;k2;Nätverk;Hemligt.;;;;anonymous;Eva;2026-02-01;",
        "e4;Utgånget;k3;Nätverk;Gammalt.;kontakttjänsteperson;;;contact;Eva;2024-02-01;2025-02-01",
        "e5;Väntar;k4;Nätverk;Ännu inte.;kontakttjänsteperson;;;ask;Eva;2026-02-01;",
    ]
)
BOTH = FIFTY[1::9]
POLITICIANS = [i for i in FIFTY[::4] if i not in BOTH]


def year(place, **files):
    """The year's folder."""
    rows = rows_for(FIFTY, seed=3, politicians=POLITICIANS, doubles=BOTH) + of_regions([0, 1])
    survey = FORM.replace("[scales.need]", MEASURES, 1)
    return make_wave(place / "2026", rows, survey=survey, members=register(USUAL, regions=4), files=files)


@pytest.fixture(scope="session")
def built(tmp_path_factory):
    """The year's folder, its public edition and its pages, by the name of the file."""
    place = tmp_path_factory.mktemp("medlemmar")
    folder = year(place, **{"activities.csv": LOG, "coming.csv": COMING, "examples.csv": EXAMPLES})
    public = edition(folder, place / "public")
    made = make_pages(folder, place / "reports")
    pages = {path.name: path for path in sorted(made.folder.iterdir())}
    return SimpleNamespace(folder=folder, public=public, made=made, pages=pages, place=place)


def name_of(file):
    """The town that a page is for."""
    number = int(file.partition(".")[0].partition("-")[0][1:])
    return TOWNS[number] if file.startswith("k") else f"Region {TOWNS[-1 - number]}land"
