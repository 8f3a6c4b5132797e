"""Scores of a test before and after a class -> what the learners learned, and how sure that is.

Only people with both tests enter a difference; those without stand in the attrition table. Everything is on
the ten-point scale of Vietnamese tests.
"""

from training.gains.attempts import take_attempts
from training.gains.attrition import compare_leavers, gain_bound
from training.gains.class_effects import ClassModel, model_classes
from training.gains.compared import compare_groups
from training.gains.covariance import Ancova, fit_ancova
from training.gains.effect_sizes import effect_sizes
from training.gains.extremes import share_improved, shares_at_extremes
from training.gains.normalised import hake_gain, normalised_change
from training.gains.paired_change import measure_change
from training.gains.pairs import check_scores, pair_scores
from training.gains.passing import judge_learners, pass_rate
from training.gains.reliable_change import reliable_changes
from training.gains.signed_rank import signed_rank

__all__ = [
    "Ancova",
    "ClassModel",
    "check_scores",
    "compare_groups",
    "compare_leavers",
    "effect_sizes",
    "fit_ancova",
    "gain_bound",
    "hake_gain",
    "judge_learners",
    "measure_change",
    "model_classes",
    "normalised_change",
    "pair_scores",
    "pass_rate",
    "reliable_changes",
    "share_improved",
    "shares_at_extremes",
    "signed_rank",
    "take_attempts",
]
