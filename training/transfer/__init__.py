"""Follow-up three to six months after a class -> what is said to be used at work; and what may be claimed.

What learners and managers say is self-report. Whether trained districts do better in a survey is a question
that few designs can answer: `judge_design` says whether this one can, and `effect_of_training` refuses
otherwise.
"""

from training.transfer.attainable import (
    Design,
    attainable_p,
    effect_of_training,
    judge_design,
    sign_flip_p,
)
from training.transfer.beside import coverage_beside
from training.transfer.follow_up import compare_sources, follow_up_means, in_window
from training.transfer.non_response import compare_responders

__all__ = [
    "Design",
    "attainable_p",
    "compare_responders",
    "compare_sources",
    "coverage_beside",
    "follow_up_means",
    "in_window",
    "judge_design",
    "sign_flip_p",
    "effect_of_training",
]
