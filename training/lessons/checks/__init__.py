"""A learner's answer -> right, nearly right or wrong, with a hint in Vietnamese and English.

The right answer is computed when it is asked for, by the functions that make the packs; nothing is written
down here.
"""

from training.lessons.checks.judging import check

__all__ = ["check"]
