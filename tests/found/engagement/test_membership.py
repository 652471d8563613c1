"""In, out, net."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from sekom_survey.found.engagement.membership import decided_exits, is_member, members_on, movement, window
from sekom_survey.model import Member

DAYS = st.one_of(st.none(), st.dates(date(2024, 1, 1), date(2027, 12, 31)))
MEMBERS = st.lists(
    st.builds(
        Member,
        member_id=st.text("abc", max_size=2),
        name=st.just("A"),
        kind=st.just("municipality"),
        status=st.sampled_from(["member", "observer"]),
        joined=DAYS,
        left=DAYS,
    ),
    max_size=20,
)


def member(joined=None, left=None, status="member"):
    return Member("m", "A", "municipality", status, joined=joined, left=left)


def test_the_day_of_leaving_is_not_a_day_as_member():
    """As in the survey's frame: left on the day means out on the day."""
    leaver = member(left=date(2026, 6, 30))
    assert is_member(leaver, date(2026, 6, 29))
    assert not is_member(leaver, date(2026, 6, 30))


def test_observers_are_never_members():
    """Nor do they move the number."""
    observer = member(joined=date(2026, 3, 1), status="observer")
    assert not is_member(observer, date(2026, 5, 1))
    assert movement([observer], date(2026, 1, 1), date(2026, 12, 31)).joined == ()


def test_a_leaver_counts_from_the_day_it_is_decided():
    """An exit later in the year, or after it, is in the decided exits but not yet in the movement."""
    leaver = member(left=date(2026, 12, 31))
    assert movement([leaver], date(2026, 1, 1), date(2026, 8, 31)).left == ()
    assert decided_exits([leaver], date(2026, 1, 1)) == (leaver,)


@given(MEMBERS, st.dates(date(2025, 1, 1), date(2026, 12, 31)), st.dates(date(2025, 1, 1), date(2027, 6, 1)))
def test_the_waterfall_closes(members, first, last):
    """Before + in - out is the number of members on the last day, whatever the register says."""
    if first <= last:
        moved = movement(members, first, last)
        real = [m for m in members if not (m.joined and m.left and m.left <= m.joined)]
        assert moved.after == len(members_on(real, last))


def test_the_window_is_the_days_as_member():
    """Joined in March and left in June: March to the day before leaving."""
    span = window(member(date(2026, 3, 1), date(2026, 6, 1)), date(2026, 1, 1), date(2026, 12, 31))
    assert span == (date(2026, 3, 1), date(2026, 5, 31))
    assert window(member(left=date(2025, 12, 31)), date(2026, 1, 1), date(2026, 12, 31)) is None
