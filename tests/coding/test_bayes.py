"""TextBlob's classifier needs nothing downloaded, and nothing that it works without."""

import os
import subprocess
import sys


def test_it_works_without_any_nltk_data(tmp_path):
    """A fresh process with no data and no home: training and suggestions."""
    code = "from tests.coding.test_suggest import learnt_top\nprint(learnt_top())\n"
    env = {
        **os.environ,
        "NLTK_DATA": str(tmp_path),
        "HOME": str(tmp_path),
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
    }
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=False)
    assert done.stdout.split() == ["kunskap"], done.stderr


def test_textblob_is_imported_only_when_used():
    """The matcher, the review and the files never load it."""
    code = (
        "import sys, sekom_survey.coding.suggest_file, sekom_survey.coding.review, sekom_survey.coding.review_import, "
        "sekom_survey.coding.suggest, sekom_survey.coding.bayes, sekom_survey.coding.exchange\n"
        "print([name for name in ('textblob', 'nltk', 'xlsxwriter', 'pandas') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )
    assert done.stdout.strip() == "[]"


def test_importing_it_brings_in_nothing_that_it_works_without():
    """scipy and what else NLTK would load along is left alone, and can be imported afterwards."""
    code = (
        "import sys\n"
        "from tests.coding.test_suggest import learnt_top\n"
        "print(learnt_top(), sorted({'scipy', 'sklearn', 'pandas', 'matplotlib'} & set(sys.modules)))\n"
        "import scipy.stats\n"
        "print(round(scipy.stats.binom.pmf(0, 1, 0.5), 9))\n"
    )
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=False)
    assert done.stdout.splitlines() == ["kunskap []", "0.5"], done.stderr
