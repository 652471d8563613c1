"""The kinds of rule that claims.toml may name: how each is read and how it is judged."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sekom_survey.found.claims import engagement, groups, plain, ranks, shares, themes
from sekom_survey.found.claims.finding import Basis, Finding
from sekom_survey.model import Questionnaire
from sekom_survey.text.toml import Table


@dataclass(frozen=True)
class Kind:
    """`read` takes the claim's table to a rule, `judge` a rule and the year's figures to a finding."""

    read: Callable[[Table, Questionnaire], Any]
    judge: Callable[[Any, Basis], Finding]


KINDS = {
    "response": Kind(plain.read_response, plain.judge_response),
    "process": Kind(plain.read_process, plain.judge_process),
    "value_judgement": Kind(plain.read_judgement, plain.judge_judgement),
    "baseline_goals": Kind(plain.read_baselines, plain.judge_baselines),
    "share_at_least": Kind(shares.read_share, shares.judge_share),
    "union_share": Kind(shares.read_union, shares.judge_share),
    "count_at_least": Kind(shares.read_count, shares.judge_count),
    "clear_choice": Kind(shares.read_clear, shares.judge_clear),
    "top_ranked": Kind(ranks.read_top_ranked, ranks.judge_top_ranked),
    "segment_priority": Kind(ranks.read_segment_priority, ranks.judge_segment_priority),
    "segment_difference": Kind(groups.read_segment_difference, groups.judge_segment_difference),
    "equivalence": Kind(groups.read_equivalence, groups.judge_equivalence),
    "theme_everywhere": Kind(themes.read_everywhere, themes.judge_everywhere),
    "theme_counts": Kind(themes.read_mentioned, themes.judge_mentioned),
    "paired_change": Kind(engagement.read_paired_change, engagement.judge_paired_change),
    "both_roles": Kind(engagement.read_both_roles, engagement.judge_both_roles),
}
