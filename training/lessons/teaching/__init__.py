"""What lessons show and ask about: figures and values of the published scores, the rounds and the letter.

Thin: every number comes from the functions that make the packs; here it is only arranged for a class.
"""

from training.lessons.teaching.arriving import (
    column_role,
    lesson_data,
    missing_codes,
    no_answer_table,
    round_roles_table,
    steps_table,
)
from training.lessons.teaching.design import design_table, errors_table, implied_level, intervals_published
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
from training.lessons.teaching.reading import broken_dimensions, count_signs, signed_table, signs_table
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
    "broken_dimensions",
    "column_role",
    "comparison_table",
    "count_signs",
    "design_table",
    "dimension_table",
    "draw_repeated",
    "draw_sample",
    "errors_table",
    "example_action",
    "field_maxima",
    "fields_table",
    "gaps_list",
    "implied_level",
    "interval_table",
    "intervals_published",
    "lesson_data",
    "lesson_pack",
    "lesson_page",
    "lesson_survey",
    "links_table",
    "missing_codes",
    "neighbours",
    "neighbours_table",
    "no_answer_table",
    "points_by_cause",
    "points_chart",
    "quoted_table",
    "ranks_table",
    "regimes_table",
    "round_roles_table",
    "sampling_table",
    "sheet_points",
    "signed_table",
    "signs_table",
    "sizes_of_samples",
    "standing",
    "steps_table",
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
