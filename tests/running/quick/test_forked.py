"""Work shared between copies of this process gives what it would have given alone."""

import os
from functools import partial

import pytest

from sekom_survey.model import Problem, Unusable
from sekom_survey.running.quick.parallel import CAN_FORK, Forked, side_by_side, waiting_kernels

pytestmark = pytest.mark.skipif(not CAN_FORK, reason="processes are copied on Linux only")
PROBLEM = Problem("code", "fil.csv", "rad 2", "Fel.", "Rätta det.")


def named(name):
    return name, os.getpid()


def stopping():
    raise Unusable([PROBLEM])


def test_pieces_of_work_give_their_results_in_order_from_processes_of_their_own():
    """The last is done here, the others in copies."""
    results = side_by_side([partial(named, "en"), partial(named, "två"), partial(named, "tre")])
    assert [name for name, _ in results] == ["en", "två", "tre"]
    assert results[2][1] == os.getpid()
    assert os.getpid() not in {process for _, process in results[:2]}


def test_a_copy_knows_its_work_as_it_was_when_begun_however_much_this_process_goes_on_to_change_it():
    """Work is inherited and not sent: what is sent is read while it is changed here, and must have a name that can be looked up."""
    parts = {number: number for number in range(200_000)}

    def change():
        for number in range(200_000, 600_000):
            parts[number] = number
        return len(parts)

    assert side_by_side([lambda: len(parts), change]) == [200_000, 600_000]


@pytest.mark.parametrize("place", [0, 1])
def test_what_a_piece_of_work_raised_is_raised_here_whole(place):
    """With every problem in it, wherever the work was done."""
    works = [partial(named, "en"), partial(named, "två")]
    works[place] = stopping
    with pytest.raises(Unusable) as stop:
        side_by_side(works)
    assert stop.value.problems == (PROBLEM,)


def test_copies_that_are_not_needed_end():
    """No process is left behind, used or not."""
    with waiting_kernels(2) as copies:
        assert [copy.poll() for copy in copies] == [None, None]
    assert all(copy.poll() is not None for copy in copies)


def test_a_copy_knows_what_was_worked_out_before_it_was_made(tmp_path):
    """And tells how it ended."""
    known = "utrett"

    def become(order):
        (tmp_path / "svar").write_text(f"{known} {order.decode()}", encoding="utf-8")

    copy = Forked(become)
    copy.tell(b"klart")
    assert copy.wait() == 0
    assert (tmp_path / "svar").read_text(encoding="utf-8") == "utrett klart"
