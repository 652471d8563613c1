"""Laws are tried without a time limit for each trial, and the tests of whole reports are told apart."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")

# What makes whole years, editions or reports, starts other programs or draws for long: `make whole`, not `make test`.
WHOLE = (
    "app/test_browser.py",
    "app/test_new_goal.py",
    "app/test_new_year.py",
    "app/test_year.py",
    "coding/test_review.py",
    "documents",
    "found/claims/test_exhibits.py",
    "found/test_erased_year.py",
    "found/test_start_codebook.py",
    "found/test_themes.py",
    "members/test_browser.py",
    "members/test_examples.py",
    "members/test_pages.py",
    "members/test_together.py",
    "protected/test_attack.py",
    "running/quick/test_changes.py",
    "running/quick/test_noted.py",
    "running/quick/test_reuse.py",
    "running/quick/test_without.py",
    "running/test_context.py",
    "running/test_faults.py",
    "running/test_owner.py",
    "running/test_run.py",
    "running/test_same_bytes.py",
    "running/test_trust.py",
    "shown/figures/test_save.py",
    "shown/test_any_form.py",
    "test_hostile.py",
    "test_renamed.py",
    "test_whole_reports.py",
    "written/test_browser.py",
    "written/test_powerpoint.py",
    "written/test_word.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is listed as whole."""
    here = Path(__file__).parent
    for item in items:
        name = item.path.relative_to(here).as_posix() if item.path.is_relative_to(here) else ""
        if name.startswith(WHOLE):
            item.add_marker(pytest.mark.whole)


@pytest.fixture(scope="module")
def untaught():
    """Proposals by the codebook alone: what was decided before takes seconds to learn from."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sekom_survey.upkeep.review.training", lambda folder, year, rows: {})
        yield
