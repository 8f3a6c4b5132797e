"""What lessons show and ask about: figures and values of the published scores, the example rounds and the letter.

Thin: every number comes from the functions that make the packs; here it is only arranged for a class.
"""

from training.lessons.teaching.opened import lesson_pack, lesson_page, lesson_survey
from training.lessons.teaching.sampling import draw_sample, sampling_table
from training.lessons.teaching.structure import dimension_table

__all__ = [
    "dimension_table",
    "draw_sample",
    "lesson_pack",
    "lesson_page",
    "lesson_survey",
    "sampling_table",
]
