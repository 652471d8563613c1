"""What is worked out of a year, as it may be published."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

from sekom_survey.counted.year import PUBLIC, Year
from sekom_survey.found.findings import Findings
from sekom_survey.found.themes import Themes, theme_frame
from sekom_survey.protected.merge import merge_classes
from sekom_survey.protected.public import Protection, protected, publish

NOT_SHOWN = ("respondent", "member_id", "text", "themes", "proposed")


def publish_themes(themes: Themes, year: Year) -> Themes:
    """Themes without texts, members or decisions on single answers, and with protected counts. `year` is the internal Year."""
    frame, survey = theme_frame(year, themes.coded, themes.codebook)
    merged, _ = merge_classes(replace(frame, members=year.frame.members), survey)
    rows, _, _ = protected(merged, survey)
    return replace(themes, coded=themes.coded.assign(**dict.fromkeys(NOT_SHOWN, "")), estimates=rows, problems=())


class PublicFindings(Findings):
    """Findings for a public build: worked out of every answer, but themes counted safely and words only with consent.

    What cannot be told without giving single members away is kept in by the exhibits themselves, which give nothing in a
    public build, and by the gate. What `found` has worked out already is not worked out again.
    """

    build = PUBLIC

    def __init__(self, found: Findings) -> None:
        super().__init__(found.year)
        self.take_over(found.worked_out())

    @cached_property
    def published(self) -> tuple[Year, Protection]:
        """The year without any single member's answer, and what was done to protect them."""
        return publish(self.year)

    @property
    def shown(self) -> Year:
        """The year as it may be published."""
        return self.published[0]

    @property
    def protection(self) -> Protection:
        """What was done to make the tables safe."""
        return self.published[1]

    @property
    def themes(self) -> Themes | None:
        """The year's themes, protected."""
        return self._shown

    @property
    def themes_before(self) -> Themes | None:
        """Last year's themes, protected."""
        return self._shown_before

    @cached_property
    def _shown(self) -> Themes | None:
        themes = super().themes
        return publish_themes(themes, self.year) if themes else None

    @cached_property
    def _shown_before(self) -> Themes | None:
        themes = super().themes_before
        return publish_themes(themes, self.before) if themes and self.before else themes  # an erased year's are public
