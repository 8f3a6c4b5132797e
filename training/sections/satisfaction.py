"""How a course was judged by the Ministry's form -> tables of objects, criteria, indicators and lecturers."""

from __future__ import annotations

from collections.abc import Iterable

from analysis.briefing.blocks import Column, Lines, Table
from analysis.briefing.tables import table
from training.sections.figures import Figure
from training.sections.legends import legend
from training.sections.opened import TrainingPage

OBJECTS = ("programme", "learners", "lecturers", "facilities", "course", "effectiveness")
KIND = "satisfaction"
GROUPS = ("province", "district", "commune")
LECTURER_GROUPS = ("internal", "concurrent", "invited")


def index_of(page: TrainingPage, place: tuple[str, str]) -> Figure:
    return page.figure(place, KIND, "overall", "index")


def say_index(page: TrainingPage, index: Figure) -> str:
    """The overall index with its class of quality, and whether the class is sure."""
    rule = index.code_value("rule=")
    values = {
        "value": index.value,
        "low": index.low,
        "high": index.high,
        "class_name": quality_class(page, index),
    }
    said = page.say("training_index", rule=page.rule_name("evaluation", rule), **values)
    return f"{said} {page.say('training_index_unsure')}" if index.has("class_unsure") else said


def quality_class(page: TrainingPage, index: Figure) -> str:
    """The name of the class of quality that an index stands in."""
    return (
        page.class_of_index(index.estimate, index.code_value("rule="))
        if index.is_shown
        else index.signed_value
    )


def rule_of(page: TrainingPage, place: tuple[str, str]) -> str:
    """The rule that a place's forms were judged by; that of any class where the index says none."""
    own = index_of(page, place).code_value("rule=")
    rules = [rule for kind, _, rule in page._names if kind == "indicator"]
    return own or (rules[0] if rules else "")


def index_table(page: TrainingPage, places: Iterable[tuple[str, tuple[str, str]]], caption: str) -> Table:
    """A row a place: the index with its class, forms, and how many answered.

    Parameters
    ----------
    places : iterable of (label, (place_kind, place))
    """
    rows, figures = [], []
    for label, place in places:
        index = index_of(page, place)
        rate, valid = (page.figure(place, KIND, "forms", name) for name in ("response_rate", "valid_forms"))
        figures += [index, rate, valid]
        judged = (
            page.say("training_objects_judged", judged=index.code_value("objects=")) if index.is_shown else ""
        )
        unsure = page.say("training_unsure") if index.has("class_unsure") else ""
        remark = "; ".join(filter(None, (judged, unsure, index.reason)))
        rows.append(
            [label, index.cell, quality_class(page, index), index.people, rate.cell, valid.cell, remark]
        )
    keys = ("about", "index", "quality_class", "forms", "response_rate", "valid_forms", "remark")
    numeric = ("index", "forms", "response_rate", "valid_forms")
    head = [Column(page.say(f"training_col_{key}"), key in numeric) for key in keys]
    return table(
        caption, head, rows, [page.say("training_index_note"), *legend(page, figures, explained=True)]
    )


def objects_table(page: TrainingPage, place: tuple[str, str], caption: str) -> Table:
    """The six objects, under each its criteria, with means, intervals and forms."""
    rule, rows, figures = rule_of(page, place), [], []
    for kind in OBJECTS:
        mean = page.figure(place, "satisfaction_object", kind, "mean")
        name = page.say(f"training_object_{kind}")
        if mean.about is None:
            rows.append([name, page.say("training_not_judged"), "–"])
            continue
        figures.append(mean)
        rows.append([name, mean.cell, mean.people])
        for code in (
            one for one in page.named("criterion", rule) if page.parent("criterion", one, rule) == kind
        ):
            own = page.figure(place, "satisfaction_criterion", code, "mean")
            if own.about is not None:
                figures.append(own)
                rows.append([f"— {code}. {page.name('criterion', code, rule)}", own.cell, own.people])
    head = [Column(page.say(f"training_col_{key}"), key != "object") for key in ("object", "mean", "forms")]
    return table(caption, head, rows, legend(page, figures))


def indicators_table(page: TrainingPage, place: tuple[str, str], caption: str) -> Table:
    """Every indicator with its mean and the share of the two highest marks."""
    rule, rows, figures = rule_of(page, place), [], []
    for code in page.named("indicator", rule):
        mean, top = (page.figure(place, "satisfaction_indicator", code, name) for name in ("mean", "top_two"))
        if mean.about is None:
            continue
        figures += [mean, top]
        rows.append([f"{code}. {page.name('indicator', code, rule)}", mean.cell, top.cell, mean.people])
    head = [Column(page.say(f"training_col_{key}"), key != "indicator") for key in
            ("indicator", "mean", "top_two", "forms")]  # fmt: skip
    notes = [page.say("training_form_assumed"), *legend(page, figures)]
    return table(caption, head, rows, notes)


def judges_table(page: TrainingPage) -> Table:
    """Objects by the learners' level of office, and lecturers by their group."""
    rows, figures = [], []
    shown = [kind for kind in OBJECTS if _by_group(page, kind)[0]]
    for level in GROUPS:
        own = [
            page.figure(page.whole, "satisfaction_object", kind, "mean", ("learner_group", level))
            for kind in shown
        ]
        if any(one.about is not None for one in own):
            figures += own
            rows.append([page.say("training_learners_of", level=page.level_name(level).lower()),
                         *(Lines(one.lines) for one in own), own[0].people])  # fmt: skip
    head = [Column(page.say("training_col_judge"))]
    head += [Column(page.say(f"training_object_{kind}"), True) for kind in shown]
    head += [Column(page.say("training_col_forms"), True)]
    return table(page.say("training_caption_judges"), head, rows, legend(page, figures), kind="stacked wide")


def _by_group(page: TrainingPage, kind: str) -> tuple[bool, list[Figure]]:
    own = [
        page.figure(page.whole, "satisfaction_object", kind, "mean", ("learner_group", level))
        for level in GROUPS
    ]
    return any(one.about is not None for one in own), own


def lecturers_table(page: TrainingPage) -> Table | None:
    """Lecturers by group, then each that has classes and forms enough, in the order of codes: no ranking."""
    rows, figures = [], []
    groups = [("lecturer_group", group) for group in LECTURER_GROUPS]
    codes = sorted(set(page.rows.loc[page.rows["group_kind"] == "lecturer", "group"]))
    for kind, code in [*groups, *(("lecturer", code) for code in codes)]:
        own = page.figure(page.whole, "satisfaction_object", "lecturers", "mean", (kind, code))
        if own.about is None:
            continue
        figures.append(own)
        group = kind == "lecturer_group"
        name = (
            page.say("training_lecturers_of", group=page.say(f"training_lecturer_{code}")) if group else code
        )
        rows.append([name, own.cell, own.people])
    if not rows:
        return None
    head = [
        Column(page.say(f"training_col_{key}"), key != "lecturer") for key in ("lecturer", "mean", "forms")
    ]
    least = {
        "classes": str(page.thresholds.lecturer_classes_least),
        "forms": str(page.thresholds.lecturer_forms_least),
    }
    notes = [page.say("training_lecturers_note", **least), *legend(page, figures)]
    return table(page.say("training_caption_lecturers"), head, rows, notes)
