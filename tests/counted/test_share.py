"""A year as a person asks it: the numbers of the estimates, readable, and no answer of a member in a public year."""

import subprocess
import sys

import pandas as pd
import pytest

import sekom_survey as ss
from sekom_survey.counted.estimate import share_row


@pytest.fixture(scope="module")
def year():
    return ss.load("exempel/2026")


@pytest.mark.parametrize("where", [{}, {"size": "Små"}, {"landsdel": "Norrland"}, {"role": "Förtroendevalda"}])
def test_a_share_is_the_row_of_the_estimates(year, where):
    """Count, base, interval and bounds, as members."""
    segmentation, segment = next(iter(where.items()), ("all", "all"))
    row = share_row(year.estimates, "stay", "topp2", segmentation, segment)
    found = year.share("stay", **where)
    assert (found.count, found.base, found.population) == (row["count"], row["base"], row["population"])
    assert (found.low, found.high) == (row["low_members"], row["high_members"])
    assert (found.least, found.most) == (row["count"], row["count"] + row["population"] - row["base"])
    assert found.share == pytest.approx(row["share"])


def test_a_crosstab_counts_members_as_plain_pandas_does(year):
    """Each cell recounted from what every member said; the base stands last."""
    table = year.crosstab("introduced", "peer_questions")
    one, other = (year.answers(item).set_index("member_id")["answer"] for item in ("introduced", "peer_questions"))
    both = pd.concat([one, other], axis=1, keys=["one", "other"]).dropna()
    both = both[both["one"] != "Vet inte"]
    counted = pd.crosstab(both["one"], both["other"]).reindex(
        index=table.index[:-1], columns=table.columns, fill_value=0
    )
    base = counted.sum()
    shown = base >= year.survey.minimum_base
    assert 0 < shown.sum() < len(shown)
    assert table.loc[:, ~shown].isna().all().all()
    assert (table.loc[:, shown].iloc[:-1] == counted.loc[:, shown]).all().all()
    assert table.loc["bas", shown].tolist() == base[shown].tolist()


def test_small_groups_are_empty_and_say_why(year):
    """Fewer than five members: no column of a crosstab, no share."""
    few = year.estimates[(year.estimates["suppressed"]) & (year.estimates["segmentation"] == "skr_group")].iloc[0]
    found = year.share(few["item"], few["option"], skr_group=few["segment"])
    assert found.count is None
    assert "svar" in repr(found)
    table = year.crosstab("value_academy", "stay")
    bases = year.crosstab("stay", "stay").max()
    assert table.loc[:, [name for name, base in bases.items() if pd.isna(base) or base < 5]].isna().all().all()


@pytest.mark.parametrize(
    ("ask", "hint"),
    [
        (lambda year: year.share("stai"), "stay"),
        (lambda year: year.share("stay", size="Smaa"), "Små"),
        (lambda year: year.share("stay", sise="Små"), "size"),
        (lambda year: year.share("stay", "Ganska troligtt"), "Ganska troligt"),
        (lambda year: year.answers("tems"), "teams"),
    ],
)
def test_a_name_that_there_is_not_is_told_with_the_nearest(year, ask, hint):
    """KeyError, in Swedish, with what was probably meant."""
    with pytest.raises(KeyError, match=hint):
        ask(year)


def test_a_public_year_holds_no_answers(year):
    """No member's answer, no crosstab; totals as in the internal year."""
    public = ss.public(year)
    assert public.answers("teams").empty
    with pytest.raises(KeyError, match="publika"):
        public.crosstab("stay", "teams")
    assert public.share("stay").count == year.share("stay").count


def test_importing_the_package_loads_nothing():
    """No library, not even one of its own rooms, before a name is used; every name that is promised is there."""
    code = "import sys, sekom_survey; print(sorted(m for m in sys.modules if m.startswith(('sekom_survey.', 'pandas', 'numpy'))))"
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"
    )
    assert all(getattr(ss, name) is not None for name in ss.__all__)
    with pytest.raises(AttributeError, match="nothing_of_the_kind"):
        _ = ss.nothing_of_the_kind
