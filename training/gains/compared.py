"""Pairs with a group (course, level, kind of unit) -> how groups' gains differ, allowing for classes."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from training.gains.class_effects import CR2, FEW_CLASSES, MIXED
from training.gains.cluster_robust import fit_cluster_robust
from training.gains.covariance import FEW_PEOPLE, ONE_GROUP, Ancova, fit_ancova
from training.gains.mixed import fit_mixed
from training.measured import LEVEL, NO_SPREAD, Measured, estimated, is_constant
from training.rules import Thresholds

#: Notes: people of one class are counted as independent; the groups' slopes differ.
CLASSES_IGNORED, SLOPES_DIFFER = "classes_ignored", "slopes_differ"


@dataclass(frozen=True)
class Comparison:
    """Groups compared with the first test held equal.

    Attributes
    ----------
    method : str
        "random_intercept", "cr2_few_classes" or "classes_ignored".
    differences : dict of str to Measured
        Group -> its adjusted second score less the reference group's, statistic "adjusted_difference".
    reference : str
    ancova : Ancova
        The plain analysis of covariance, with adjusted means and the test of equal slopes.
    state : str
        "one_group", "few_people", "no_spread", "few_classes" or "".
    """

    method: str
    differences: dict[str, Measured] = field(default_factory=dict)
    reference: str = ""
    ancova: Ancova = field(default_factory=Ancova)
    state: str = ""


def compare_groups(
    pairs: pd.DataFrame, group: str, thresholds: Thresholds, reference: str | None = None,
    level: float = LEVEL,
) -> Comparison:  # fmt: skip
    """Compare the gains of groups of learners.

    Parameters
    ----------
    pairs : DataFrame
        Columns class_id, before, after and `group`.
    group : str
        A column of text, such as course or level.
    reference : str, optional
        The group others are compared with; the largest by default (the first by name of equals).

    Returns
    -------
    Comparison
        Where a group is made of whole classes and there are fewer than `robust_classes_least` of them
        altogether, the state is "few_classes": what lies between the classes cannot be told from what lies
        between the groups. Groups were not drawn by lot: a difference is no effect of what they were taught.

    Notes
    -----
    after = intercept + slope before + group. From `mixed_classes_least` classes with a random intercept a
    class, t with (classes - groups) degrees of freedom where groups are whole classes and (n - coefficients)
    else; with fewer by CR2 standard errors; with one class, or too few where groups mix in classes, by plain
    least squares, noted "classes_ignored".
    """
    rows = pairs.dropna(subset=[group])
    sizes = rows[group].astype(str).value_counts()
    if len(sizes) < 2:
        return Comparison(CLASSES_IGNORED, state=ONE_GROUP)
    largest = sorted(sizes.index, key=lambda name: (-sizes[name], name))[0]
    reference = largest if reference is None else reference
    ancova = fit_ancova(rows, group, reference=reference, level=level)
    if ancova.state:
        return Comparison(CLASSES_IGNORED, reference=reference, state=ancova.state)
    classes = rows["class_id"].to_numpy(dtype=str)
    count = len(np.unique(classes))
    whole = bool((rows.groupby("class_id")[group].nunique() == 1).all())
    if whole and count < thresholds.robust_classes_least:
        return Comparison(CLASSES_IGNORED, reference=reference, ancova=ancova, state=FEW_CLASSES)
    method = MIXED if count >= thresholds.mixed_classes_least else CR2
    if count < thresholds.robust_classes_least:
        method = CLASSES_IGNORED
    note = method
    if ancova.slopes_p <= thresholds.significance:
        note += f";{SLOPES_DIFFER}"
    return Comparison(
        method, _differences(rows, group, reference, method, whole, note, ancova, level), reference, ancova
    )


def _differences(
    rows: pd.DataFrame, group: str, reference: str, method: str, whole: bool, note: str, ancova: Ancova,
    level: float,
) -> dict[str, Measured]:  # fmt: skip
    member = rows[group].astype(str).to_numpy()
    others = sorted(set(member) - {reference})
    y, x = rows["after"].to_numpy(dtype=float), rows["before"].to_numpy(dtype=float)
    design = np.column_stack([np.ones(len(y)), x, *[(member == name).astype(float) for name in others]])
    classes = rows["class_id"].to_numpy(dtype=str)
    if method == MIXED:
        model = fit_mixed(y, design, classes)
        df = len(np.unique(classes)) - len(others) - 1 if whole else len(y) - design.shape[1]
        fitted = model.beta, np.sqrt(np.diag(model.vcov)), np.full(len(model.beta), max(df, 1))
    elif method == CR2:
        robust = fit_cluster_robust(y, design, classes)
        fitted = robust.beta, robust.se, robust.df
    else:
        table = ancova.coefficients.set_index("name").loc[["(Intercept)", "before", *others]]
        fitted = table["estimate"].to_numpy(), table["se"].to_numpy(), np.full(len(table), ancova.df)
    found = {}
    for place, name in enumerate(others, start=2):
        n = int((member == name).sum())
        estimate, se, df = (part[place] for part in fitted)
        if not se > 0 or (is_constant(y[member == name]) and is_constant(y[member == reference])):
            found[name] = Measured("adjusted_difference", n, state=NO_SPREAD)
        elif df < 1:
            found[name] = Measured("adjusted_difference", n, state=FEW_PEOPLE)
        else:
            found[name] = estimated(
                "adjusted_difference", estimate, se, df, n, null=0.0, note=note, level=level
            )
    return found
