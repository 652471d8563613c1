"""What may be taken from the last run is known, not guessed: only a notebook of plain cells is."""

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from sekom_survey.running.quick.reuse import rests_on_the_year_alone
from sekom_survey.text import places

LOAD = "from sekom_survey.shown.exhibits import choices, flow\nfrom sekom_survey.running.notebook import open_findings, open_year, show\nyear = open_year(wave)\n"


def notebook(*sources):
    wave = new_code_cell('wave = "annan"', metadata={"tags": ["parameters"]})
    return new_notebook(cells=[wave, *map(new_code_cell, sources)])


@pytest.mark.parametrize("path", places.notebooks_of(places.SURVEYS / "exempel" / "2026"), ids=lambda path: path.stem)
def test_the_projects_own_notebooks_are_known(path):
    """Each is taken from the last run when nothing has changed."""
    assert rests_on_the_year_alone(nbformat.read(path, as_version=4))


@pytest.mark.parametrize(
    "source",
    [
        'show(choices(year, "teams"))',
        'same, found = open_findings(wave)\nshow(flow(same))\nshow(found.limits("a"))',
        "show(year.survey.title)",
        "import sekom_survey as ss\nsame, found = ss.open_findings(wave)\nss.show(ss.exhibits.flow(same))",
        "from sekom_survey import exhibits\nshow(exhibits.flow(year))",
    ],
)
def test_a_cell_that_only_shows_exhibits_of_the_year_is_known(source):
    """Names, constants and calls of exhibits."""
    assert rests_on_the_year_alone(notebook(LOAD + source))


@pytest.mark.parametrize(
    "source",
    [
        "%matplotlib inline",
        "!ls",
        "%%bash\nls",
        "?show",
        "ls",
        "print(open('anteckning.txt').read())",
        "year.wave.folder.joinpath('anteckning.txt').read_text()",
        "show(flow(year)) if year.wave.folder.exists() else None",
        "get_ipython().system('ls')",
        "__import__('os').getcwd()",
        "import pandas as pd\npd.read_csv('mina.csv')",
        "from pathlib import Path",
        "from sekom_survey.running.notebook import Path",
        "from sekom_survey.text.files import read_rows",
        "from sekom_survey.finns_inte import show",
        "from . import show",
        "import sekom_survey as ss\nss.load('2025')",
        "import sekom_survey as ss\nss.open_year('2025')",
        "import sekom_survey as ss\nss.exhibits.answers.pd.read_csv('mina.csv')",
        "import sekom_survey as ss\nss.exhibits = year",
        "import sekom_survey as ss\nss = year",
        "import sekom_survey.text.files",
        "import sekom_survey.text.files as files\nfiles.read_rows('mina.csv')",
        "open_year('2025')",
        "open_year(wave='2025')",
        "wave = '2025'\nopen_year(wave)",
        "wave = wave",
        "choices = year.wave.folder.iterdir\nshow(choices())",
        "show.path = 1",
        "for one in year: pass",
        "f'{open(1)}'",
        "show(flow(year)",
        "\0",
    ],
)
def test_a_cell_that_may_rest_on_anything_else_is_not_known(source):
    """A magic, a shell command, a file by any way, another library, another year: run again each time, and no traceback."""
    assert not rests_on_the_year_alone(notebook(LOAD, source))
