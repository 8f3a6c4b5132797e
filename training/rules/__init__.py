"""data/training/*.csv -> the training rules in force on a date, and the thresholds of what is shown.

Rules are rows with their sources, so that the department can put in the circular that is in force without
reading Python; a status says what was read in a source and what is assumed.
"""

from training.rules.in_force import certificate_rule_on, class_of_index, evaluation_rule_on
from training.rules.rows import read_training_rows
from training.rules.thresholds import Thresholds, read_thresholds

__all__ = [
    "Thresholds",
    "certificate_rule_on",
    "class_of_index",
    "evaluation_rule_on",
    "read_thresholds",
    "read_training_rows",
]
