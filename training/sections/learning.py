"""What learners learned -> tables and charts: a class beside its course, and all classes side by side."""

from __future__ import annotations

from collections.abc import Iterable

from analysis.briefing.blocks import Column, Image, Lines, Table
from analysis.briefing.numbers import say_number
from analysis.briefing.tables import table
from training.sections.figures import Figure, statistic_name
from training.sections.interval_chart import OTHER, OWN, POOLED, Row, change_scale, draw_intervals
from training.sections.legends import certificate_notes, legend
from training.sections.opened import ClassPage, TrainingPage

KIND = "learning"
#: Rows of a class's table, in order: measure, statistic.
CLASS_ROWS = (
    ("pre_post", "before"), ("pre_post", "after"), ("pre_post", "change"), ("pre_post", "change_median"),
    ("pre_post", "d_z"), ("pre_post", "d_av"), ("pre_post", "g_av"), ("pre_post", "normalised_change"),
    ("pre_post", "hake_gain"), ("pre_post", "improved"), ("pre_post", "reliably_improved"),
    ("pre_post", "reliably_worsened"), ("pre_test", "at_ceiling"), ("post_test", "at_ceiling"),
    ("post_test", "at_floor"),
)  # fmt: skip
LEFT_ROWS = (
    ("attrition", "left"), ("attrition", "stayed_before"), ("attrition", "left_before"),
    ("attrition", "left_difference"), ("attrition", "change_bound"),
)  # fmt: skip
#: The test behind each change.
TESTS = {"change": "t", "change_median": "wilcoxon"}
#: Columns of the table of all classes.
SIDE_BY_SIDE = (
    ("pre_post", "before"), ("pre_post", "after"), ("pre_post", "change"), ("pre_post", "improved"),
    ("attrition", "left"), ("certificate", "passed"),
)  # fmt: skip
COURSE_ROWS = (
    ("pre_post", "change_classes"), ("pre_post", "icc"), ("pre_post", "change"),
    ("pre_post", "change_median"), ("pre_post", "g_av"), ("pre_post", "normalised_change"),
    ("pre_post", "improved"),
    ("pre_post", "reliably_improved"), ("attrition", "left"), ("attrition", "left_difference"),
    ("attrition", "change_bound"), ("certificate", "passed"),
)  # fmt: skip


def class_table(page: ClassPage) -> Table:
    """Every figure of the class with its interval, the course's beside it, and what to know of each."""
    return _beside_course(page, CLASS_ROWS, "training_caption_class_learning", explained=True)


def left_table(page: ClassPage) -> Table:
    """Who did not take the test after the class, and the change if they had gained nothing."""
    return _beside_course(page, LEFT_ROWS, "training_caption_left")


def _beside_course(
    page: ClassPage, wanted: Iterable[tuple[str, str]], caption: str, explained: bool = False
) -> Table:
    rows, figures = [], []
    for measure, statistic in wanted:
        own = page.figure(page.own, KIND, measure, statistic)
        pooled = _pooled(page, measure, statistic)
        if own.about is None:
            continue
        figures += [own, pooled]
        name = f"{_test_name(page, measure)}{statistic_name(own)}"
        remarks = [own.remarks or own.reason, _say_p(page, statistic, own)]
        rows.append([name, own.cell, own.people, pooled.cell, "; ".join(filter(None, remarks))])
    keys = ("measure", "class", "n", "course", "remark")
    head = [Column(page.say(f"training_col_{key}"), key in ("class", "n", "course")) for key in keys]
    return table(page.say(caption), head, rows, legend(page, figures, explained))


def _pooled(page: ClassPage, measure: str, statistic: str) -> Figure:
    """The course's figure; of the change the one that allows for classes, where the course has one."""
    alike = page.figure(page.pooled, KIND, measure, "change_classes") if statistic == "change" else None
    return alike if alike and alike.is_shown else page.figure(page.pooled, KIND, measure, statistic)


def _test_name(page: TrainingPage, measure: str) -> str:
    return page.say(f"training_{measure}") + ": " if measure in ("pre_test", "post_test") else ""


def _say_p(page: TrainingPage, statistic: str, figure: Figure) -> str:
    """Which test stands behind a change, and its p-value adjusted over all classes."""
    if statistic not in TESTS or figure.p_adjusted != figure.p_adjusted:
        return ""
    return page.say(f"training_p_{TESTS[statistic]}", p=say_p(page, figure.p_adjusted))


def say_p(page: TrainingPage, p: float) -> str:
    """A p-value with three decimals, "< 0,001" below."""
    low, sign = (0.001, "<") if p < 0.001 else (p, "=")
    return f"{sign} {say_number(low, 'ratio', page.language, decimals=3)}"


def draw_class_change(page: ClassPage) -> Image:
    """The change of this class, of the course's other classes and of the course."""
    rows = []
    for name in page.classes_of(page.course):
        figure = page.figure(("class", name), KIND, "pre_post", "change")
        mark = OWN if name == page.class_id else OTHER
        rows.append(Row(page.say("training_class", class_id=name), figure, mark))
    pooled = page.figure(page.pooled, KIND, "pre_post", "change_classes")
    rows.append(Row(page.say("training_whole_course"), pooled, POOLED))
    scale = change_scale(page, [row.figure for row in rows])
    return draw_intervals(
        page, rows, scale, page.say("training_alt_change"), page.say("training_caption_class_change")
    )


def draw_all_changes(page: TrainingPage) -> Image:
    """The change of every class in the order of its code, each course's after its classes, then all."""
    rows = []
    for course in page.courses:
        for name in page.classes_of(course):
            figure = page.figure(("class", name), KIND, "pre_post", "change")
            rows.append(Row(page.say("training_class", class_id=name), figure, OWN))
        pooled = page.figure(("course", course), KIND, "pre_post", "change_classes")
        rows.append(Row(page.course_name(course), pooled, POOLED))
    rows.append(
        Row(
            page.say("training_all_classes"),
            page.figure(page.whole, KIND, "pre_post", "change_classes"),
            POOLED,
        )
    )
    scale = change_scale(page, [row.figure for row in rows])
    return draw_intervals(
        page, rows, scale, page.say("training_alt_change"), page.say("training_caption_changes"), wrap=30
    )


def classes_table(page: TrainingPage) -> Table:
    """A row a class in the order of codes, with intervals: no ranking."""
    rows, figures = [], []
    for name in page.classes.index:
        own = [page.figure(("class", name), KIND, *one) for one in SIDE_BY_SIDE]
        figures += own
        change = own[2]
        sign = "" if not change.is_stated else "▲ " if change.estimate > 0 else "▼ "
        cells = [
            Lines((f"{sign}{one.lines[0]}" if one is change else one.lines[0], *one.lines[1:])) for one in own
        ]
        people = page.figure(("class", name), "attendance", "learners", "listed").people
        rows.append(
            [f"{name} ({page.short_course(page.classes.at[name, 'course'])})", people, change.people, *cells]
        )
    keys = ("class_id", "listed", "both_tests", *(statistic for _, statistic in SIDE_BY_SIDE))
    head = [Column(page.say(f"training_col_{key}"), key != "class_id") for key in keys]
    notes = [
        page.say("training_change_sign"),
        page.say("training_no_rank"),
        *certificate_notes(page, figures),
    ]
    return table(
        page.say("training_caption_classes"),
        head,
        rows,
        [*notes, *legend(page, figures, explained=True)],
        kind="stacked wide",
    )


def courses_table(page: TrainingPage) -> Table:
    """Each course and all classes together: the change that allows for classes, or why there is none."""
    places = [*(("course", course) for course in page.courses), page.whole]
    rows, figures = [], []
    for measure, statistic in COURSE_ROWS:
        own = [page.figure(place, KIND, measure, statistic) for place in places]
        known = next((one for one in own if one.about is not None), None)
        if known is None:
            continue
        figures += own
        remarks = _remarks(
            [*(page.short_course(one) for one in page.courses), page.say("training_all_classes")], own
        )
        rows.append([statistic_name(known), *(Lines(one.lines) for one in own), remarks])
    people = [page.figure(place, KIND, "pre_post", "change").people for place in places]
    rows.insert(0, [page.say("training_both_tests"), *people, ""])
    head = [Column(page.say("training_col_measure"))]
    head += [Column(page.course_name(course), True) for course in page.courses]
    head += [Column(page.say("training_all_classes"), True), Column(page.say("training_col_remark"))]
    notes = [*certificate_notes(page, figures), *legend(page, figures, explained=True)]
    return table(page.say("training_caption_courses"), head, rows, notes, kind="stacked wide")


def _remarks(names: list[str], figures: list[Figure]) -> str:
    """What to know of some figures: once where it is of all, else with the name of each it is of."""
    said = [one.remarks or one.reason for one in figures]
    different = dict.fromkeys(text for text in said if text)
    if len(different) == 1 and all(said):
        return next(iter(different))
    return "; ".join(f"{name}: {text}" for name, text in zip(names, said, strict=True) if text)


def groups_table(page: TrainingPage) -> Table | None:
    """Courses, and levels of office, compared with the first test held equal; None where none can be."""
    rows, figures = [], []
    for row, figure in page.figures(measure_kind=KIND, measure="pre_post", statistic="adjusted_difference"):
        course = row.place_kind == "course"
        group, other = (
            page.course_name(code) if course else page.level_name(code)
            for code in (row.place if course else row.group, row.compared_with)
        )
        figures.append(figure)
        verdict = (
            page.say("training_differs" if figure.is_stated else "training_unclear")
            if figure.is_shown
            else ""
        )
        rows.append(
            [group, other, figure.cell, figure.people, "; ".join(filter(None, (verdict, figure.reason)))]
        )
    if not rows:
        return None
    keys = ("group", "compared", "difference", "n", "verdict")
    head = [Column(page.say(f"training_col_{key}"), key in ("difference", "n")) for key in keys]
    return table(page.say("training_caption_groups"), head, rows, legend(page, figures))
