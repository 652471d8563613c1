"""What is shown: each function takes a Year and gives one Exhibit."""

from sekom_survey.exhibits.answers import choices, rating, scale_rows
from sekom_survey.exhibits.groups import segment_dots
from sekom_survey.exhibits.quality import answer_map, conflicts, flow, item_nonresponse, response
from sekom_survey.exhibits.texts import text_counts, texts

__all__ = [
    "answer_map",
    "choices",
    "conflicts",
    "flow",
    "item_nonresponse",
    "rating",
    "response",
    "scale_rows",
    "segment_dots",
    "text_counts",
    "texts",
]
