"""What is hidden is told by nothing: two years that differ in it alone have the same public edition, to the last word."""

import random
from collections import defaultdict

import pytest

from sekom_survey.counted.year import analyse
from sekom_survey.protected import publish
from sekom_survey.protected.followed import followed, told_bases
from sekom_survey.protected.ladder import Release
from tests.protected.editions import FORM, TOWNS, USUAL, cells, register, rows_for, wave_folder
from tests.protected.everything import everything
from tests.protected.trials import FIFTY, MOST, THIRTY_SIX
from tests.waves import make_wave

ONE = {"top": "Nätverk;", "voice": "Litet behov", "satisfaction": 8, "introduced": "Ja", "what": "Vi har en plan."}
OTHER = {"top": "Kunskap; kurser;", "voice": "Stort behov", "satisfaction": 4, "introduced": "Nej"}


def mixed(rows, plan):
    """The same answers to each question, given by others of the same size class, landsdel and role."""
    draw, alike = random.Random(4), defaultdict(list)
    for row in rows:
        alike[cells(plan)[TOWNS.index(row[0])], row[1]].append(row)
    for group in alike.values():
        columns = [draw.sample(column, len(column)) for column in list(zip(*group, strict=True))[2:]]
        yield from ([*row[:2], *answers] for row, *answers in zip(group, *columns, strict=True))


def told_apart(place, patch, plan, *waves):
    """Where the editions of two waves differ, and the rows of estimates that the first shows."""
    (one, shown), (other, _) = (
        everything(wave_folder(place / str(n), plan, rows), patch) for n, rows in enumerate(waves)
    )
    assert one.keys() == other.keys()
    return [where for where in one if one[where] != other[where]], shown.estimates.query("not suppressed")


def test_what_all_answered_alike_stands_nowhere(tmp_path, monkeypatch):
    """Not in titles, alternative texts, sentences, tables or the number that were asked the follow-up: all said yes, or all no."""
    waves = [rows_for(MOST, **alike) for alike in (ONE, OTHER)]
    apart, shown = told_apart(tmp_path, monkeypatch, THIRTY_SIX, *waves)
    assert apart == []
    assert set(shown["item"]) == {"need_support"}


def test_a_wave_of_which_nothing_is_shown_is_still_told_of(tmp_path, monkeypatch):
    """Twelve that all say the same: every exhibit and sentence is made, and none tells what they said."""
    rows = rows_for(range(12), **ONE, support="Stort behov")
    said, shown = everything(wave_folder(tmp_path, "sG" * 5 + "sN" * 3 + "lG" * 4, rows), monkeypatch)
    assert shown.estimates["suppressed"].all() and len(shown.estimates) > 20
    assert any("Hur många som lämnat frågor tomma visas inte" in text for text in said.values())
    assert "Det partiella bortfallet redovisas inte." in said["report declaration"]


def test_which_member_of_a_cell_gave_which_answer_stands_nowhere(tmp_path, monkeypatch):
    """Nor which answers a member gave together: all that is published is counted by size class, landsdel and role, by question."""
    rows = rows_for(FIFTY, politicians=FIFTY[::3])
    others = list(mixed(rows, USUAL))
    apart, shown = told_apart(tmp_path, monkeypatch, USUAL, rows, others)
    assert apart == []
    assert set(shown["segmentation"]) == {"all", "size", "landsdel", "role"} and sorted(map(str, rows)) != sorted(
        map(str, others)
    )


def test_what_the_other_role_of_a_member_answered_stands_nowhere(tmp_path, monkeypatch):
    """The official said no: whether the politician said no too, or yes and what, changes no word, nor how many were asked what."""
    rows = [[*row[:6], "Nej" if i == 2 else row[6], *row[7:]] for i, row in enumerate(rows_for(MOST))]
    others = [[rows[2][0], "Politiker", *rows[2][2:6], *said, "Ja"] for said in (("Nej", ""), ("Ja", "En plan."))]
    apart, shown = told_apart(tmp_path, monkeypatch, THIRTY_SIX, *([*rows, other] for other in others))
    assert apart == []
    assert "introduced" in set(shown["item"])


FOLLOWED = FORM.replace(
    'kind = "text"\ntext = "Om ja, vad?"', 'kind = "single"\ntext = "Om ja, vad?"\noptions = ["Plan", "Mål"]'
)


def with_follow_up(rows):
    """Those that said yes say which."""
    draw = random.Random(1)
    return [[*row[:7], draw.choice(["Plan", "Mål"]) if row[6] == "Ja" else "", *row[8:]] for row in rows]


def test_a_follow_up_tells_no_more_than_the_question_before_it(tmp_path):
    """All said yes, which is hidden; that fifty were asked the next question would tell it."""
    for name, fixed, told in (("all", {"introduced": "Ja"}, False), ("some", {}, True)):
        rows = with_follow_up(rows_for(MOST, **fixed))
        year = analyse(make_wave(tmp_path / name, rows, survey=FOLLOWED, members=register(THIRTY_SIX)))
        public, _ = publish(year)
        assert ("introduced_what" in set(public.estimates.query("not suppressed")["item"])) == told
        assert ("introduced_what" in set(public.base.item_nonresponse["item"])) == told


@pytest.mark.parametrize(
    ("before", "total", "groups"),
    [
        (Release(True, {"size": frozenset({"Ja", "Nej"}), "role": frozenset({"Nej"})}), True, {"size"}),
        (Release(True, {}), True, set()),
        (Release(False, {}), False, set()),
    ],
)
def test_a_follow_up_is_shown_by_what_the_answers_before_it_are(tmp_path, before, total, groups):
    """Groups in which the number that said yes is hidden, or the whole question, hide what follows; of the next one too."""
    questionnaire = analyse(
        make_wave(tmp_path / "w", rows_for(range(5)), FOLLOWED, register(THIRTY_SIX))
    ).survey.questionnaire
    both = {"size": frozenset({"Plan", "Mål"}), "role": frozenset({"Plan", "Mål"})}
    found = followed({"introduced": before, "introduced_what": Release(True, both)}, questionnaire)
    assert (found["introduced_what"].total, set(found["introduced_what"].groups)) == (total, groups)
    assert ("introduced_what" in told_bases(found, questionnaire)) == total
    outside = followed({"introduced_what": Release(True, both)}, questionnaire, {"introduced": before})
    assert outside == {"introduced_what": found["introduced_what"]}
