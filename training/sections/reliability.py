"""How sure a test is -> a table of reliability, and Moodle's figures with Moodle's own reading of them."""

from __future__ import annotations

import pandas as pd

from analysis.briefing.blocks import Column, Table
from analysis.briefing.tables import table
from training.rules import read_training_rows
from training.sections.figures import Figure, statistic_name
from training.sections.items import TEST, TESTS
from training.sections.legends import legend
from training.sections.opened import TrainingPage

OWN = ("alpha", "sem", "rasch_takers")
MOODLE = (
    "test_mean", "test_median", "test_sd", "skewness", "kurtosis", "internal_consistency", "error_ratio",
    "standard_error",
)  # fmt: skip


def reliability_table(page: TrainingPage, course: str) -> Table:
    """Reliability with its interval, standard error of measurement, and takers of the Rasch model."""
    rows, figures = [], []
    for statistic in OWN:
        both = _both(page, course, statistic)
        known = next((one for one in both if one.about is not None), None)
        if known is None:
            continue
        figures += both
        remarks = dict.fromkeys(filter(None, (one.remarks or one.reason for one in both)))
        people = [one.people for one in both if one.about is not None]
        rows.append(
            [statistic_name(known), *(one.cell for one in both), " / ".join(people), "; ".join(remarks)]
        )
    head = [Column(page.say(f"training_col_{key}"), key in ("pre", "post", "n_both")) for key in
            ("measure", "pre", "post", "n_both", "remark")]  # fmt: skip
    notes = [page.say("training_reliability_note"), *legend(page, figures)]
    return table(page.say("training_caption_reliability"), head, rows, notes)


def moodle_table(page: TrainingPage, course: str) -> Table:
    """Moodle's statistics of the tests, each with the guide that Moodle's documentation gives."""
    guides, rows, figures = read_training_rows("moodle_guides"), [], []
    for name in MOODLE:
        both = _both(page, course, f"moodle_{name}")
        known = next((one for one in both if one.about is not None), None)
        if known is None:
            continue
        figures += both
        rows.append([statistic_name(known), *(one.cell for one in both), _guide(page, guides, name, both)])
    keys = ("measure", "pre", "post", "moodle_guide")
    head = [Column(page.say(f"training_col_{key}"), key in ("pre", "post")) for key in keys]
    return table(page.say("training_caption_moodle"), head, rows, legend(page, figures))


def _both(page: TrainingPage, course: str, statistic: str) -> list[Figure]:
    return [page.figure(("course", course), TEST, test, statistic, (TEST, test)) for test in TESTS]


def _guide(page: TrainingPage, guides: pd.DataFrame, name: str, both: list[Figure]) -> str:
    """The one guide there is; of several bands those that the figures fall in."""
    own = guides[guides["statistic"] == name]
    if len(own) > 1:
        values = [one.estimate for one in both if one.is_shown]
        inside = [
            (
                (own["low"].fillna(-float("inf")) <= value)
                & (value < own["high"].where(own["high"] < 100, float("inf")))
            )
            for value in values
        ]
        own = own[pd.concat(inside, axis=1).any(axis=1)] if inside else own.iloc[:0]
    return "; ".join(own[f"reading_{page.language}"])
