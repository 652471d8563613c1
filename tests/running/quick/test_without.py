"""Without copies of the process a run makes the same bytes, only later.

What is kept between runs has the same said of it in test_changes.py, the typeface in tests/shown/figures/test_fonts.py.
"""

from sekom_survey.running import execute
from sekom_survey.running.quick import parallel
from sekom_survey.running.run import run
from sekom_survey.text import places
from tests.small_year import contents, small_year


def test_where_no_process_can_be_copied_the_same_is_made(tmp_path, monkeypatch):
    """Each kernel is started anew and analyses the year itself, and everything is worked out one after the other."""
    folder, notebooks, _ = small_year(tmp_path)
    monkeypatch.setattr(places, "NOTEBOOKS", notebooks)
    made = []
    for can in (True, False):
        for module in (parallel, execute):
            monkeypatch.setattr(module, "CAN_FORK", can)
        folders = run(folder, tmp_path / str(can), lambda text: None).folders
        made.append({f"{one.name}/{name}": data for one in folders for name, data in contents(one).items()})
    assert len(made[0]) > 25
    assert {name for name in {*made[0], *made[1]} if made[0].get(name) != made[1].get(name)} == set()
