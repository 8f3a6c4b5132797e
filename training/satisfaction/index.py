"""Values of forms -> the overall index on the rule's scale, with its class and how sure the class is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from training.measured import NO_SPREAD, NOBODY, ONE_PERSON, Measured, estimated
from training.rules import class_of_index, read_training_rows
from training.rules.checks import OBJECTS
from training.satisfaction.form_scores import form_scores
from training.satisfaction.forms import FORM

#: Note: the interval reaches into another class than the index's own.
CLASS_UNSURE = "class_unsure"


@dataclass(frozen=True)
class OverallIndex:
    """The overall index of a class or course.

    Attributes
    ----------
    index : Measured
        statistic "index", n counts forms; the note names the rule, the class ("class=good"), how many of the
        six objects were judged ("objects=4/6"), and "class_unsure".
    class_code, class_vi, class_en : str
        "" where there is no index.
    """

    index: Measured
    class_code: str = ""
    class_vi: str = ""
    class_en: str = ""


def overall_index(
    valid: pd.DataFrame, indicators: pd.DataFrame, rule: pd.Series, classes: pd.DataFrame | None = None
) -> OverallIndex:
    """The overall index of one rule.

    Parameters
    ----------
    valid : DataFrame
        From `valid_rows`, of the classes to look at together; all under `rule`.
    indicators : DataFrame
        `Records.form_indicators`.
    rule : Series
        Row of evaluation_rules.csv.
    classes : DataFrame, optional
        Rows of evaluation_classes.csv.

    Returns
    -------
    OverallIndex
        state "nobody" without forms, "one_person" with one, "no_spread" where all forms agree.

    Notes
    -----
    index = maximum / score_high x mean over objects of the mean over forms. Objects weigh the same, or as the
    sum of their indicators' weights. Objects judged on one form are not independent, so the error comes from
    each form's pull on the index: z_f = sum over objects of w_o (y_fo - mean_o) / n_o, variance
    n / (n - 1) sum z_f^2, t with n - 1 degrees of freedom.
    """
    values = form_scores(valid, indicators, "object", weights=rule["weights"])
    return index_of_values(values, indicators, rule, classes)


def index_of_values(
    values: pd.DataFrame, indicators: pd.DataFrame, rule: pd.Series, classes: pd.DataFrame | None = None
) -> OverallIndex:
    """The overall index from each form's value of each object: `overall_index` says how.

    Parameters
    ----------
    values : DataFrame
        From `form_scores(…, "object")`.
    indicators, rule, classes
        As for `overall_index`.
    """
    if values.empty:
        return OverallIndex(Measured("index", 0, state=NOBODY))
    classes = read_training_rows("evaluation_classes") if classes is None else classes
    weights = _object_weights(values, indicators, rule["weights"])
    stats = values.groupby("object")["value"].agg(["mean", "size"])
    index = float((stats["mean"] * weights).sum())
    weight, middle, size = (values["object"].map(s) for s in (weights, stats["mean"], stats["size"]))
    pull = values.assign(pull=weight * (values["value"] - middle) / size).groupby(FORM)["pull"].sum()
    n = len(pull)
    scale = float(rule["index_maximum"] / rule["score_high"])
    variance = n / (n - 1) * float((pull**2).sum()) if n > 1 else 0.0
    if variance <= 1e-12:
        return OverallIndex(Measured("index", n, state=NO_SPREAD if n > 1 else ONE_PERSON))
    bounds = (float(rule["score_low"]) * scale, float(rule["index_maximum"]))
    measured = estimated("index", index * scale, np.sqrt(variance) * scale, n - 1, n, bounds=bounds)
    own, *ends = (
        class_of_index(round(value, 9), rule["rule"], classes)
        for value in (measured.estimate, measured.ci_low, measured.ci_high)
    )
    note = [f"rule={rule['rule']}", f"class={own['class']}", f"objects={len(stats)}/{len(OBJECTS)}"]
    if any(end["class"] != own["class"] for end in ends):
        note.append(CLASS_UNSURE)
    fields = {**vars(measured), "note": ";".join(note)}
    return OverallIndex(Measured(**fields), own["class"], own["name_vi"], own["name_en"])


def _object_weights(values: pd.DataFrame, indicators: pd.DataFrame, weights: str) -> pd.Series:
    judged = sorted(values["object"].unique())
    if weights == "rows":
        rows = indicators.drop_duplicates(["object", "indicator"])
        sums = pd.to_numeric(rows["weight"]).astype(float).groupby(rows["object"]).sum().reindex(judged)
    else:
        sums = pd.Series(1.0, index=judged)
    return sums / sums.sum()
