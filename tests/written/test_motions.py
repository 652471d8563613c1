"""How many motions stand here, and where the others do."""

import pytest

from sekom_survey.written.motions import counted, rest


@pytest.mark.parametrize(
    ("shown", "told", "left"),
    [
        (3, "de tre första av fyra", "Ett förslag till på sidan 2."),
        (1, "det första av fyra", "Tre förslag till på sidan 2."),
        (4, "alla fyra", ""),
    ],
)
def test_what_has_no_room_is_counted_and_has_its_place(shown, told, left):
    """A motion is neuter in Swedish."""
    motions = ["att a", "att b", "att c", "att d"]
    assert (counted(shown, motions), rest(shown, motions, "på sidan 2")) == (told, left)
