"""What is shown: each function takes a Year, and what it needs of the findings, and gives one Exhibit."""

from sekom_survey.shown.exhibits.answers import choices, rating, scale_rows
from sekom_survey.shown.exhibits.change import change_slope, change_slopes, change_table
from sekom_survey.shown.exhibits.compare import (
    compared_dots,
    comparison_table,
    limit_strip,
    trend_table,
)
from sekom_survey.shown.exhibits.engagement import duties, engagement_classes, exit_levels, exit_list, member_flow
from sekom_survey.shown.exhibits.goals import (
    claims_table,
    effect_chain,
    goal_faults,
    goal_missing,
    goal_status,
    goal_summary,
    promises,
)
from sekom_survey.shown.exhibits.groups import segment_dots, segment_means
from sekom_survey.shown.exhibits.indicators import indicator_jumps, indicator_multiples, indicator_trends
from sekom_survey.shown.exhibits.needs import need_value_matrix
from sekom_survey.shown.exhibits.news import change_pairs
from sekom_survey.shown.exhibits.nonresponse import (
    nonresponse_sentences,
    weighted_results,
    who_is_missing,
    worst_case_bars,
)
from sekom_survey.shown.exhibits.quality import answer_map, conflicts, flow, item_nonresponse, response, unit_words
from sekom_survey.shown.exhibits.questions import by_group, every_text, own_words, question
from sekom_survey.shown.exhibits.texts import text_counts, texts
from sekom_survey.shown.exhibits.theme_quality import theme_drift, theme_reliability, theme_trend
from sekom_survey.shown.exhibits.themes import quotes, theme_bars, theme_change, theme_segments
from sekom_survey.shown.exhibits.trace import trace

__all__ = [
    "answer_map",
    "by_group",
    "change_pairs",
    "change_slope",
    "change_slopes",
    "change_table",
    "choices",
    "claims_table",
    "compared_dots",
    "comparison_table",
    "conflicts",
    "duties",
    "effect_chain",
    "engagement_classes",
    "every_text",
    "exit_levels",
    "exit_list",
    "flow",
    "goal_faults",
    "goal_missing",
    "goal_status",
    "goal_summary",
    "indicator_jumps",
    "indicator_multiples",
    "indicator_trends",
    "item_nonresponse",
    "limit_strip",
    "member_flow",
    "need_value_matrix",
    "nonresponse_sentences",
    "own_words",
    "promises",
    "question",
    "quotes",
    "rating",
    "response",
    "scale_rows",
    "segment_dots",
    "segment_means",
    "text_counts",
    "texts",
    "theme_bars",
    "theme_change",
    "theme_drift",
    "theme_reliability",
    "theme_segments",
    "theme_trend",
    "trace",
    "trend_table",
    "unit_words",
    "weighted_results",
    "who_is_missing",
    "worst_case_bars",
]
