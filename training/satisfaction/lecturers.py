"""Valid forms about lecturers -> each lecturer's mean, where classes and forms are enough to show it."""

from __future__ import annotations

import pandas as pd

from training.measured import COLUMNS, Measured, mean_of
from training.rules import Thresholds
from training.satisfaction.form_scores import form_scores

OBJECT = "lecturers"
#: State: too few classes or forms to show a lecturer apart; they count in their group.
NOT_APART = "lecturer_not_apart"
LECTURER_COLUMNS = ("lecturer", "classes", *COLUMNS)


def with_groups(valid: pd.DataFrame, lecturers: pd.DataFrame) -> pd.DataFrame:
    """The rows about a lecturer, with the lecturer's group ("" where the class list does not give it)."""
    own = valid[(valid["object"] == OBJECT) & (valid["lecturer"] != "")]
    groups = lecturers.drop_duplicates(["class_id", "lecturer"])[["class_id", "lecturer", "lecturer_group"]]
    merged = own.merge(groups, on=["class_id", "lecturer"], how="left")
    return merged.assign(lecturer_group=merged["lecturer_group"].fillna(""))


def lecturer_scores(
    valid: pd.DataFrame, indicators: pd.DataFrame, thresholds: Thresholds, bounds: tuple[float, float],
    weights: str = "equal",
) -> pd.DataFrame:  # fmt: skip
    """Each lecturer's mean over forms.

    Parameters
    ----------
    valid : DataFrame
        From `valid_rows`, of all classes to look at together.
    indicators : DataFrame
        `Records.form_indicators`.
    thresholds : Thresholds
        `lecturer_classes_least`, `lecturer_forms_least`.
    bounds : (float, float)
        The form's lowest and highest score.
    weights : {"equal", "rows"}

    Returns
    -------
    DataFrame
        Columns `LECTURER_COLUMNS`, statistic "mean", sorted by code and never by mean: means of lecturers of
        different classes do not rank them. Below either threshold the state is "lecturer_not_apart" and n and
        classes stay for the suppression plan.
    """
    own = valid[(valid["object"] == OBJECT) & (valid["lecturer"] != "")]
    values = form_scores(own, indicators, "object", group="lecturer", weights=weights)
    rows = []
    for lecturer, forms in values.groupby("lecturer", sort=True):
        classes = forms["class_id"].nunique()
        few = classes < thresholds.lecturer_classes_least or len(forms) < thresholds.lecturer_forms_least
        measured = (
            Measured("mean", len(forms), state=NOT_APART)
            if few
            else mean_of("mean", forms["value"].to_numpy(dtype=float), bounds=bounds)
        )
        rows.append({"lecturer": lecturer, "classes": classes, **vars(measured)})
    return pd.DataFrame(rows, columns=list(LECTURER_COLUMNS))
