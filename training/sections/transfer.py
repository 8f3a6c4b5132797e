"""What is used at work months later, and what may be claimed of districts -> tables and sentences."""

from __future__ import annotations

from analysis.briefing.blocks import Column, Table
from analysis.briefing.tables import table
from training.sections.figures import statistic_name
from training.sections.legends import legend
from training.sections.opened import TrainingPage
from training.sections.satisfaction import rule_of

KIND = "transfer"
SOURCES = ("learner", "manager")
_P = ("attainable_p", "attainable_p_two_sided", "attainable_p_sign_flip")


def has_follow_up(page: TrainingPage) -> bool:
    return (
        page.figure(page.whole, KIND, "follow_up", "response_rate", ("source", "learner")).about is not None
    )


def follow_up_table(page: TrainingPage) -> Table:
    """Each indicator by learners and by managers, and how managers differ of the same people."""
    rule, rows, figures = rule_of(page, page.whole), [], []
    codes = dict.fromkeys(
        row.measure
        for row, _ in page.figures(
            place_kind="province", measure_kind=KIND, statistic="mean", group_kind="source"
        )
    )
    for code in codes:
        own = [page.figure(page.whole, KIND, code, "mean", ("source", source)) for source in SOURCES]
        apart = page.figure(page.whole, KIND, code, "manager_less_learner")
        figures += [*own, apart]
        rows.append([f"{code}. {page.name('indicator', code, rule)}", *(one.cell for one in own), apart.cell])
    keys = ("indicator", "by_learner", "by_manager", "manager_less")
    head = [Column(page.say(f"training_col_{key}"), key != "indicator") for key in keys]
    months = {
        "least": str(page.thresholds.follow_up_months_least),
        "most": str(page.thresholds.follow_up_months_most),
    }
    notes = [page.say("training_follow_up_note"), *legend(page, figures, explained=True)]
    return table(page.say("training_caption_follow_up", **months), head, rows, notes)


def responders_table(page: TrainingPage) -> Table:
    """How many answered, and whether those who did had other scores than those who did not."""
    rows, figures = [], []
    for source in SOURCES:
        for statistic in ("response_rate", "answered_score", "silent_score", "response_difference"):
            own = page.figure(page.whole, KIND, "follow_up", statistic, ("source", source))
            if own.about is not None:
                figures.append(own)
                rows.append(
                    [f"{page.say(f'training_source_{source}')}: {statistic_name(own)}", own.cell, own.people]
                )
    head = [Column(page.say(f"training_col_{key}"), key != "measure") for key in ("measure", "value", "n")]
    return table(page.say("training_caption_responders"), head, rows, legend(page, figures))


def effect_table(page: TrainingPage) -> Table | None:
    """The smallest p that comparing districts could reach, and the refusal; None beside no survey."""
    rows, notes = [], []
    for statistic in _P:
        own = page.figure(page.whole, KIND, "effect_on_districts", statistic)
        if own.about is not None:
            rows.append([statistic_name(own), own.value, own.people])
            refused = own.has("effect_refused")
            notes = [page.say("training_effect_refused" if refused else "training_effect_possible",
                              treated=own.code_value("treated="), districts=own.people)]  # fmt: skip
    if not rows:
        return None
    head = [
        Column(page.say(f"training_col_{key}"), key != "measure") for key in ("measure", "value", "districts")
    ]
    return table(page.say("training_caption_effect"), head, rows, notes)
