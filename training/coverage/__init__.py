"""Class lists, attendance and the plan -> who was reached, for how many periods, and who should have been."""

from training.coverage.planned import compare_plan
from training.coverage.quotas import check_quotas, quota_table
from training.coverage.reached import communes_reached, learners_reached, posts_covered, trained

__all__ = [
    "check_quotas",
    "communes_reached",
    "compare_plan",
    "learners_reached",
    "posts_covered",
    "quota_table",
    "trained",
]
