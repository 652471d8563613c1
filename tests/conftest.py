"""Laws are tried without a time limit for each trial: a busy machine is no failure."""

from __future__ import annotations

import pytest
from hypothesis import settings

settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")


@pytest.fixture(scope="module")
def untaught():
    """Proposals by the codebook alone: what was decided before takes seconds to learn from."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sekom_survey.upkeep.review.training", lambda folder, year, rows: {})
        yield
