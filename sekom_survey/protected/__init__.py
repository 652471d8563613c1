"""Findings in; what may leave the office out: classes merged, small cells hidden, every file scanned."""

from sekom_survey.protected.public import Protection, publish
from sekom_survey.protected.scan import Withheld, check_exhibit, public_exhibit

__all__ = ["Protection", "Withheld", "check_exhibit", "public_exhibit", "publish"]
