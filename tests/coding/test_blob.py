"""A Swedish TextBlob that needs nothing downloaded."""

import os
import subprocess
import sys

import pytest

from sekom_survey.coding.blob import ENGLISH_ONLY, EnglishOnlyError, swedish_blob

TEXT = "Vi saknar tid, t.ex. på miljösidan. Hållbarhet får stå tillbaka!  Vi orkar inte."


def test_sentences_stand_where_they_say():
    """Start and end point at the sentence in the text."""
    blob = swedish_blob(TEXT)
    assert [str(sentence) for sentence in blob.sentences] == [
        "Vi saknar tid, t.ex. på miljösidan.",
        "Hållbarhet får stå tillbaka!",
        "Vi orkar inte.",
    ]
    assert all(TEXT[sentence.start : sentence.end] == str(sentence) for sentence in blob.sentences)


def test_words_counts_and_ngrams_are_swedish():
    """TextBlob's own properties, on our words."""
    blob = swedish_blob(TEXT)
    assert list(blob.words)[:3] == ["Vi", "saknar", "tid"]
    assert blob.word_counts["vi"] == 2
    assert list(blob.sentences[2].ngrams(2)[0]) == ["Vi", "orkar"]


@pytest.mark.parametrize("name", ENGLISH_ONLY)
def test_english_parts_are_closed(name):
    """Sentiment, tags and spelling would be English: asking is an error, for blobs and their sentences."""
    blob = swedish_blob(TEXT)
    for piece in (blob, blob.sentences[0]):
        with pytest.raises(EnglishOnlyError):
            getattr(piece, name)


def test_it_works_without_any_nltk_data(tmp_path):
    """A fresh process with no data and no home: blob, training and suggestions."""
    code = (
        "from sekom_survey.coding.blob import swedish_blob\n"
        "from tests.coding.test_suggest import learnt_top\n"
        "print(len(swedish_blob('Ett. Två.').sentences), learnt_top())\n"
    )
    env = {
        **os.environ,
        "NLTK_DATA": str(tmp_path),
        "HOME": str(tmp_path),
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
    }
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=False)
    assert done.stdout.split() == ["2", "kunskap"], done.stderr


def test_textblob_is_imported_only_when_used():
    """The matcher, the review and the files never load it."""
    code = (
        "import sys, sekom_survey.coding.suggest_file, sekom_survey.coding.review, sekom_survey.coding.review_import, "
        "sekom_survey.coding.suggest, sekom_survey.coding.blob, sekom_survey.coding.exchange\n"
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
        "from sekom_survey.coding.blob import swedish_blob\n"
        "words = list(swedish_blob('Ett två.').words)\n"
        "print(words, sorted({'scipy', 'sklearn', 'pandas', 'matplotlib'} & set(sys.modules)))\n"
        "import scipy.stats\n"
        "print(round(scipy.stats.binom.pmf(0, 1, 0.5), 9))\n"
    )
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=False)
    assert done.stdout.splitlines() == ["['Ett', 'två'] []", "0.5"], done.stderr
