"""Answers to test items + the question bank's keys -> which items work, and which lessons to teach again."""

from training.items.difficulty import item_shares, item_statistics
from training.items.moodle import moodle_items, moodle_test
from training.items.options import option_table, suspected_keys
from training.items.rasch import Rasch, fit_rasch
from training.items.reliability import Reliability, measure_reliability
from training.items.responses import Responses, answer_matrix, check_answers
from training.items.teach_again import objectives, teach_again

__all__ = [
    "Rasch",
    "Reliability",
    "Responses",
    "answer_matrix",
    "check_answers",
    "fit_rasch",
    "item_shares",
    "item_statistics",
    "measure_reliability",
    "moodle_items",
    "moodle_test",
    "objectives",
    "option_table",
    "suspected_keys",
    "teach_again",
]
