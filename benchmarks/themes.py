"""(e) Theme coding on the blind answers: ours, TextBlob's classifier, scikit-learn, spaCy, plain expressions.

Supervised peers learn from tests/data/answers_dev.csv and are asked about answers_blind.csv; dictionaries get the words
of the codebook. F1 is micro-averaged over themes and answers.
"""

from __future__ import annotations

import csv
import importlib.util
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from benchmarks.measure import EXAMPLE, ROOT, Row, Skipped, medians
from sekom_survey.coding.codebook import Codebook, load_codebook
from sekom_survey.coding.match import matchers
from sekom_survey.coding.terms import STRONG

Sets = list[frozenset[str]]
REPEATS = 5


@dataclass(frozen=True)
class Answer:
    """One answer with the themes a person gave it."""

    question: str
    text: str
    themes: frozenset[str]


def answers(name: str) -> list[Answer]:
    """The coded answers of a file in tests/data."""
    with (ROOT / "tests/data" / name).open(encoding="utf-8", newline="") as stream:
        return [
            Answer(row["question"], row["text"], frozenset(filter(None, row["themes"].split(";"))))
            for row in csv.DictReader(stream)
        ]


def f1(found: Sets, right: Sequence[Answer]) -> float:
    """Micro F1 over themes and answers; "inget" is not a theme."""
    pairs = [(one - {"inget"}, answer.themes - {"inget"}) for one, answer in zip(found, right, strict=True)]
    hits = sum(len(one & true) for one, true in pairs)
    return 2 * hits / sum(len(one) + len(true) for one, true in pairs)


def plain_words(codebook: Codebook, question: str) -> dict[str, list[str]]:
    """The strong single words of each theme, without endings and conditions: what a plain dictionary can hold."""
    return {
        theme.id: [
            pattern.base
            for term in theme.terms
            if len(term.parts) == 1 and term.strength == STRONG and not term.bars
            for pattern in term.parts[0]
        ]
        for theme in codebook.of(question)
    }


def by_matcher(codebook: Codebook, asked: Sequence[Answer]) -> Callable[[], Sets]:
    """Ours."""
    coders = matchers(codebook)
    return lambda: [frozenset(coders[one.question].code(one.text).themes) for one in asked]


def by_expressions(codebook: Codebook, asked: Sequence[Answer]) -> Callable[[], Sets]:
    """One regular expression a theme."""
    patterns = {
        question.id: {
            theme: re.compile(r"\b(?:" + "|".join(map(re.escape, words)) + r")\w*", re.I)
            for theme, words in plain_words(codebook, question.id).items()
            if words
        }
        for question in codebook.questions
    }
    return lambda: [
        frozenset(theme for theme, pattern in patterns[one.question].items() if pattern.search(one.text))
        for one in asked
    ]


def by_spacy(codebook: Codebook, asked: Sequence[Answer]) -> Callable[[], Sets]:
    """PhraseMatcher on lower-case words of a blank Swedish pipeline."""
    import spacy
    from spacy.matcher import PhraseMatcher

    nlp = spacy.blank("sv")
    found = {}
    for question in codebook.questions:
        found[question.id] = PhraseMatcher(nlp.vocab, attr="LOWER")
        for theme, words in plain_words(codebook, question.id).items():
            found[question.id].add(theme, [nlp.make_doc(word) for word in words])
    return lambda: [
        frozenset(nlp.vocab.strings[hit[0]] for hit in found[one.question](nlp.make_doc(one.text))) for one in asked
    ]


def by_textblob(taught: Sequence[Answer], asked: Sequence[Answer]) -> Callable[[], Sets]:
    """A NaiveBayesClassifier for each question, trained on one theme an answer, its best guess taken."""
    from textblob.classifiers import NaiveBayesClassifier

    def words(text: str) -> list[str]:  # texts as strings would need NLTK's data
        return re.findall(r"\w+", text.lower())

    taught_of = {
        question: [
            (words(one.text), theme) for one in taught if one.question == question for theme in sorted(one.themes)
        ]
        for question in {one.question for one in taught}
    }
    models = {
        question: NaiveBayesClassifier(pairs, feature_extractor=lambda found: dict.fromkeys(found, True))
        for question, pairs in taught_of.items()
    }
    return lambda: [frozenset({models[one.question].classify(words(one.text))}) for one in asked]


def by_sklearn(taught: Sequence[Answer], asked: Sequence[Answer]) -> Callable[[], Sets]:
    """TF-IDF of words and logistic regression for each theme."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.multiclass import OneVsRestClassifier
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import MultiLabelBinarizer

    coders = {}
    for question in dict.fromkeys(one.question for one in taught):
        mine, labels = [one for one in taught if one.question == question], MultiLabelBinarizer()
        marks = labels.fit_transform([one.themes for one in mine])
        learner = make_pipeline(TfidfVectorizer(), OneVsRestClassifier(LogisticRegression(class_weight="balanced")))
        coders[question] = learner.fit([one.text for one in mine], marks), labels

    def code() -> Sets:
        found: dict[int, frozenset[str]] = {}
        for question, (learner, labels) in coders.items():
            places = [place for place, one in enumerate(asked) if one.question == question]
            for place, themes in zip(
                places, labels.inverse_transform(learner.predict([asked[place].text for place in places])), strict=True
            ):
                found[place] = frozenset(themes)
        return [found[place] for place in range(len(asked))]

    return code


def rows() -> list[Row | Skipped]:
    """Every coder that is installed: time for the blind answers, and F1."""
    codebook, _ = load_codebook(EXAMPLE / "codebook.toml")
    taught, asked = answers("answers_dev.csv"), answers("answers_blind.csv") * REPEATS
    peers: dict[str, tuple[str, Callable[[], Callable[[], Sets]]]] = {
        "TextBlob NaiveBayesClassifier alone": ("textblob", lambda: by_textblob(taught, asked)),
        "scikit-learn TF-IDF + logistic regression": ("sklearn", lambda: by_sklearn(taught, asked)),
        'spaCy PhraseMatcher on spacy.blank("sv")': ("spacy", lambda: by_spacy(codebook, asked)),
        "plain regular expressions": ("re", lambda: by_expressions(codebook, asked)),
    }
    what = f"{len(asked)} answers to themes"
    found: list[Row | Skipped] = [
        Skipped(what, name, "not installed")
        for name, (module, _) in peers.items()
        if not importlib.util.find_spec(module)
    ]
    works = {"ours": by_matcher(codebook, asked)} | {
        name: made() for name, (module, made) in peers.items() if importlib.util.find_spec(module)
    }
    quality = {name: f1(work(), asked) for name, work in works.items()}
    times = medians(works)
    found += [
        Row(what, name, times[name], times["ours"], f"F1 {quality[name]:.2f}; ours {quality['ours']:.2f}")
        for name in works
        if name != "ours"
    ]
    return found
