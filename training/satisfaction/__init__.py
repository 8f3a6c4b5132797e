"""Evaluation forms -> how those concerned judge a course, by the Ministry's own rules of the day.

Circular 10/2017 defines quality as the satisfaction of those concerned: six objects, indicators scored 1 to
10, a form with more than 5 % unanswered is invalid, and an overall index with classes. Later rules are rows
of data/training, chosen by the class's date.
"""

from training.satisfaction.bars import band_shares
from training.satisfaction.form_scores import GROUPINGS, form_scores, mean_scores
from training.satisfaction.forms import check_forms, judge_forms, response_rate, valid_rows
from training.satisfaction.index import OverallIndex, overall_index
from training.satisfaction.lecturers import lecturer_scores

__all__ = [
    "GROUPINGS",
    "OverallIndex",
    "band_shares",
    "check_forms",
    "form_scores",
    "judge_forms",
    "lecturer_scores",
    "mean_scores",
    "overall_index",
    "response_rate",
    "valid_rows",
]
