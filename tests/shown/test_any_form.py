"""What is shown of a form that is not the example, and of the example under other names."""

import re
import shutil
from dataclasses import fields, replace
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sekom_survey.counted.cells import read_amount, read_day, reader_of
from sekom_survey.counted.choices import CLASSED, COUNTED_KINDS
from sekom_survey.counted.classes import date_classes, number_classes
from sekom_survey.counted.year import analyse
from sekom_survey.found.facts.words import in_unit
from sekom_survey.found.findings import Findings
from sekom_survey.model import SLIDE, Item, Measures, Section
from sekom_survey.protected.rows import rounded
from sekom_survey.protected.words import PublicFindings
from sekom_survey.shown.chapters import question_parts, text_parts
from sekom_survey.shown.exhibits.quality import answer_map, response
from sekom_survey.text.swedish import number
from sekom_survey.written.messages import messages
from sekom_survey.written.powerpoint.deck import deck
from sekom_survey.written.report import report_of
from sekom_survey.written.word.pages import _leaves
from tests.forms import FORM, made_form
from tests.renamed import ORDINARY, labels, renamed
from tests.whole import as_shown

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "surveys" / "exempel" / "2026"
LOGGED = {"newsletter", "teams"}  # kinds of activity in the log
ENGLISH_WORDS = {"themes", "spread", "effect", "wishes", "everyday", "recommend", "answered", "fees", "forum", "indicators", "left", "media",
                 "members", "new", "observers", "webinars", "meeting_members"}  # fmt: skip


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    return Findings(analyse(made_form(tmp_path_factory.mktemp("annat") / "2026")))


def shown_of(found):
    """Every exhibit of the closed questions, and the words over them."""
    parts = list(question_parts(found.shown, found))
    return [exhibit for _, exhibits in parts for exhibit in exhibits], [words for words, _ in parts]


def report(found):
    exhibits, _ = shown_of(found)
    section = Section(
        "03",
        "Frågorna i enkäten",
        tuple(replace(as_shown(one), png=Path("x.png") if one.kind != "table" else None) for one in exhibits),
    )
    return report_of(found.shown, [section], found.build, "2026", found)


def test_every_closed_question_has_its_figure(found):
    """In the order of the form, each once; the rows of a scale stand in one figure. A public build says what it does not show."""
    items = [item for item in found.year.wave.questionnaire.items if item.kind in (*COUNTED_KINDS, *CLASSED)]
    asked = list(dict.fromkeys(item.group if item.kind == "scale" and item.group else item.id for item in items))
    assert {item.kind for item in items} >= {"number", "date", "ranking", "consent", "rating", "nps", "multi"}
    exhibits, _ = shown_of(found)
    assert [exhibit.id for exhibit in exhibits if exhibit.kind in ("bars", "stacked", "distribution")] == asked
    public = PublicFindings(found)
    told = [exhibit.id for exhibit in shown_of(public)[0]]
    assert [name for name in told if name in asked] == asked


def test_each_kind_is_read_counted_and_told(found):
    """Numbers in classes with median and quartiles, days by month, rankings by first and mean place, files left behind."""
    year = found.year
    answers = year.frame.answers.table
    numbers = answers.loc[(answers["item"] == "zz_staff") & answers["value"].notna(), "value"]
    means = year.means[(year.means["item"] == "zz_staff") & (year.means["segment"] == "all")].set_index("statistic")[
        "value"
    ]
    assert means["median"] == numbers.median()
    assert (means["lower_quartile"], means["upper_quartile"]) == (numbers.quantile(0.25), numbers.quantile(0.75))
    shares = year.shares("zz_staff")
    assert shares["count"].sum() == len(numbers) == shares["base"].iloc[0]
    assert year.shares("zz_since")["option"].str.fullmatch(r"[a-z]+ 2025").all()
    orders = [text.split(" > ") for text in answers.loc[answers["item"] == "zz_order", "text"] if text]
    first = year.shares("zz_order").set_index("option")["count"]
    assert {name: sum(order[0] == name for order in orders) for name in first.index} == first.to_dict()
    place = sum(order.index("Brev") + 1 for order in orders) / len(orders)
    (shown,) = [exhibit for exhibit in shown_of(found)[0] if exhibit.id == "zz_order"]
    rows = shown.table.set_index("Svar")
    assert rows.at["Brev", "Medelplats"] == number(place, 1)
    two = sum(order.index("Brev") < 2 for order in orders)
    assert rows.at["Brev", "Bland de två första"] == f"{two} av {len(orders)}"
    assert "zz_file" not in set(answers["item"])
    assert year.base.accounting.closes and dict(year.base.accounting.cells)["metadata"] > 0


@pytest.mark.parametrize(
    ("values", "classes"),
    [
        ([1, 2, 2.5], ["1", "2", "2,5"]),
        (
            [0, 3, 9, 12, 25, 31, 47, 60, 79],
            ["0–9", "0–9", "0–9", "10–19", "20–29", "30–39", "40–49", "60–69", "70–79"],
        ),
        ([0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.81], ["0,0 till under 0,2"] * 2 + ["0,2 till under 0,4"] * 2),
    ],
)
def test_numbers_are_put_in_classes_of_one_round_width(values, classes):
    """Few numbers stand for themselves."""
    assert number_classes(values)[: len(classes)] == classes


def test_numbers_are_written_in_their_unit_and_years_as_years(found):
    """Never "2 009": neither in a class nor in a sentence, nor in the rounded public median."""
    item = next(item for item in found.year.wave.questionnaire.items if item.kind == "number")
    share, year = (replace(item, unit=unit) for unit in ("%", "årtal"))
    assert in_unit(number(62.5, 1), share) == "62,5\u00a0%"
    assert in_unit(number(2009), year) == "2009" and in_unit(number(1200), item) == "1\u00a0200\u00a0st"
    assert number_classes([1990.0, 1997.0, 2009.0, *range(2011, 2024)], years=True)[:3] == [
        "1990–1994",
        "1995–1999",
        "2005–2009",
    ]
    assert rounded(year, np.array([1994.0, 2003.0, 2009.0, 2011.0, 2020.0])) == (2004.0, 2010.0, 2012.0)


def test_days_of_many_months_are_counted_by_year():
    """Else by month."""
    days = [date(2020 + n // 12, n % 12 + 1, 3).toordinal() for n in range(24)]
    assert set(date_classes(days)) == {"2020", "2021"}
    assert date_classes(days[:2]) == ["januari 2020", "februari 2020"]


@pytest.mark.parametrize(
    ("read", "cell", "value"),
    [
        (read_amount, "1\u00a0200,5", 1200.5),
        (read_amount, "−3", -3.0),
        (read_amount, "många", None),
        (read_amount, "62,5 %", 62.5),
        (read_amount, "ca 15 st", 15.0),
        (read_amount, "10-20", None),
        (read_amount, "1,2 mkr", None),
        (read_day, "210301", date(2021, 3, 1).toordinal()),
        (read_day, "20210301", date(2021, 3, 1).toordinal()),
        (read_day, "211301", None),
        (read_day, "2026-03-01 00:00:00", date(2026, 3, 1).toordinal()),
        (read_day, "1/3/2026", date(2026, 3, 1).toordinal()),
        (read_day, "1/3 2026", date(2026, 3, 1).toordinal()),
        (read_day, "46082", date(2026, 3, 1).toordinal()),
        (read_day, "31/2/2026", None),
    ],
)
def test_a_number_or_a_day_is_read_or_told_of(read, cell, value):
    """What is neither is unreadable, never a guess."""
    found = read(cell)
    assert ([answer.value for answer in found.answers], found.unreadable) == (
        ([value], ()) if value is not None else ([], (cell,))
    )


@pytest.mark.parametrize(("beside", "day"), [("02/13/2026", date(2026, 3, 4)), ("13/02/2026", date(2026, 4, 3)), ("03/04/2026", date(2026, 4, 3))])  # fmt: skip
def test_days_are_read_in_the_order_that_their_column_shows(beside, day):
    """The month first only where some day fits nothing else; a Swede writes the day first."""
    read = reader_of(Item("day", "date", "När?", ()), ";", ["03/04/2026", beside])
    assert [answer.value for answer in read("03/04/2026").answers] == [day.toordinal()]


def test_a_form_of_ten_questions_gives_at_least_eight_slides_and_three_messages(found):
    """Without a line of configuration; never more than twelve."""
    made = report(found)
    assert len(made.brief.messages) == 3
    assert 8 <= len(deck(made)) <= 12


def test_a_chapter_decides_how_far_its_questions_go(tmp_path, found):
    """Before the board, in the annex, or on the page alone; what no chapter names comes last."""
    chapters = """
[[chapters]]
title = "Betyg"
items = ["zz_stars", "zz_marks"]
placement = "web"

[[chapters]]
title = "Möten"
lead = "Så ofta träffas grannar."
items = ["zz_often"]
split = ["size"]
placement = "annex"
"""
    mine = Findings(analyse(made_form(tmp_path / "2026", FORM.replace("[[items]]", chapters + "[[items]]", 1))))
    exhibits, words = shown_of(mine)
    placed = {exhibit.id: exhibit.placement for exhibit in exhibits}
    assert [one.partition("\n")[0] for one in words if one.startswith("# ")] == [
        "# Betyg",
        "# Möten",
        "# Övriga frågor",
    ]
    assert {placed["zz_stars"], placed["zz_marks_two"]} == {"web"}
    assert {placed["zz_often"], placed["zz_often_size"]} == {"annex"}
    assert placed["zz_trust"] == SLIDE
    ids = {leaf.shown.id for leaf in _leaves(report(mine))}
    assert "zz_trust" in ids and not {"zz_often", "zz_stars", "zz_marks_one"} & ids


def test_a_measure_that_is_not_declared_is_not_told(found):
    """No needs, no signs and no matrix; and a wrong one is a problem with its key."""
    assert found.year.wave.questionnaire.measured("stay") == ()
    assert not any(exhibit.id == "need_value" for exhibit in shown_of(found)[0])


def test_the_example_under_other_names_gives_the_same_report_in_the_new_words(tmp_path):
    """Every id and label changed: the same figures with the same numbers, the same messages, in the new words."""
    new = renamed(EXAMPLE, tmp_path / "2026")
    alone = shutil.copytree(EXAMPLE, tmp_path / "as it was" / "2026")  # without last year beside it
    one, other = Findings(analyse(alone)), Findings(analyse(tmp_path / "2026"))
    before, after = shown_of(one)[0], shown_of(other)[0]
    renaming = {
        **new,
        **{old + tail: name + tail for old, name in new.items() for tail in ("_size", "_landsdel", "_role")},
    }
    assert [renaming.get(exhibit.id, exhibit.id) for exhibit in before] == [exhibit.id for exhibit in after]
    assert [exhibit.placement for exhibit in before] == [exhibit.placement for exhibit in after]
    for first, second in zip(before, after, strict=True):
        pd.testing.assert_frame_equal(first.data.select_dtypes("number"), second.data.select_dtypes("number"))
    told = [messages(findings.shown, findings.facts) for findings in (one, other)]
    assert [(said.figure, said.note) for said in told[0]] == [(said.figure, said.note) for said in told[1]]
    new_labels = {label.casefold() for label in labels(tmp_path / "2026")}
    assert any(label in said.sentence.casefold() for said in told[1] for label in new_labels)
    written = [list(text_parts(findings.shown, findings)) for findings in (one, other)]
    assert [len(exhibits) for _, exhibits in written[0]] == [len(exhibits) for _, exhibits in written[1]]


def test_no_id_of_the_example_stands_in_the_code_or_the_projects_notebooks():
    """Of neither year, and of no file; but what [measures] declares, the shipped codebook's, kinds of activity, and ordinary English words."""
    files = [*EXAMPLE.parent.glob("*/*.toml"), ROOT / "sekom_survey" / "coding" / "start.toml"]
    *told_ids, shipped = [
        set(re.findall(r'^\s*(?:id|code) = "(\w{2,})"', path.read_text(encoding="utf-8"), re.MULTILINE))
        for path in files
    ]
    ids = {name for name in set().union(*told_ids) - shipped if not name.isdecimal()}
    words = ORDINARY | {field.name for field in fields(Measures)} | LOGGED | ENGLISH_WORDS
    assert len(ids) > 120
    code = [*(ROOT / "sekom_survey").rglob("*.py"), *(ROOT / "notebooks").glob("*.ipynb")]
    told = {
        path.name: sorted(name for name in ids - words if re.search(rf"\b{name}\b", path.read_text(encoding="utf-8")))
        for path in code
    }
    assert {name: found for name, found in told.items() if found} == {}


def test_what_the_register_does_not_know_leaves_no_empty_figure(found):
    """No positions, no map; no groups of SKR, no figure by them; sizes are known."""
    assert answer_map(found.year) is None
    assert response(found.year, "skr_group") is None
    assert response(found.year, "size").kind == "response"
