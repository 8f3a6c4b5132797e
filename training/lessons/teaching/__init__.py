"""What lessons show and ask about: figures and values of the published scores, the example rounds and the
letter.

Thin: every number comes from the functions that make the packs; here it is only arranged for a class.
"""

from training.lessons.teaching.letter import (
    actions_table,
    example_action,
    gaps_list,
    links_table,
    targets_table,
    task_dimensions,
    tasks_table,
    told,
    uncovered_dimensions,
)
from training.lessons.teaching.levels import (
    answers_table,
    comparison_table,
    interval_table,
    sizes_of_samples,
    true_share,
)
from training.lessons.teaching.opened import lesson_pack, lesson_page, lesson_survey
from training.lessons.teaching.parindex import (
    agencies_table,
    field_maxima,
    fields_table,
    points_by_cause,
    points_chart,
    ranks_table,
    regimes_table,
    sheet_points,
)
from training.lessons.teaching.published import (
    breaks_table,
    broken,
    neighbours,
    neighbours_table,
    quoted_table,
    standing,
    strongest,
    year_table,
)
from training.lessons.teaching.repeated import draw_repeated
from training.lessons.teaching.sampling import draw_sample, sampling_table
from training.lessons.teaching.structure import dimension_table
from training.lessons.teaching.weighting import weights_table

__all__ = [
    "actions_table",
    "agencies_table",
    "answers_table",
    "breaks_table",
    "broken",
    "comparison_table",
    "dimension_table",
    "draw_repeated",
    "draw_sample",
    "example_action",
    "field_maxima",
    "fields_table",
    "gaps_list",
    "interval_table",
    "lesson_pack",
    "lesson_page",
    "lesson_survey",
    "links_table",
    "neighbours",
    "neighbours_table",
    "points_by_cause",
    "points_chart",
    "quoted_table",
    "ranks_table",
    "regimes_table",
    "sampling_table",
    "sheet_points",
    "sizes_of_samples",
    "standing",
    "strongest",
    "targets_table",
    "task_dimensions",
    "tasks_table",
    "told",
    "true_share",
    "uncovered_dimensions",
    "weights_table",
    "year_table",
]
