"""What may leave the office: classes merged, small cells hidden, the rest of the table made safe, every file scanned."""

from sekom_survey.publish.gate import Withheld, check_exhibit
from sekom_survey.publish.public import Protection, publish

__all__ = ["Protection", "Withheld", "check_exhibit", "publish"]
