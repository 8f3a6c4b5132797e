"""Pairs of several classes -> the mean change when classes differ, and each class drawn towards it.

People of one class share a lecturer, a hall and a day; a plain paired interval counts them as independent.
How classes are allowed for depends on how many there are: ten and more as random effects, five to nine by
class-robust standard errors (CR2), fewer only each class apart.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from scipy.special import ndtri

from training.gains.cluster_robust import fit_cluster_robust
from training.gains.mixed import fit_mixed
from training.gains.paired_change import differences_of
from training.measured import LEVEL, NO_SPREAD, Measured, estimated, is_constant, mean_of, spread_state
from training.rules import Thresholds

#: How classes were allowed for; also notes of the results table.
MIXED, CR2, SEPARATE = "random_intercept", "cr2_few_classes", "classes_apart"
#: State: too few classes for one figure of them together.
FEW_CLASSES = "few_classes"
CLASS_COLUMNS = (
    "class_id", "n", "mean", "se", "ci_low", "ci_high", "drawn", "drawn_se", "drawn_low", "drawn_high",
    "state",
)  # fmt: skip


@dataclass(frozen=True)
class ClassModel:
    """The mean change of several classes.

    Attributes
    ----------
    method : {"random_intercept", "cr2_few_classes", "classes_apart"}
    change : Measured
        statistic "change_classes": the mean change, allowing for classes.
    class_sd, residual_sd, icc : float
        Spread of true class means, of people within classes, and the share of variance between classes; NaN
        but for random intercepts.
    on_boundary : bool
        Classes differ by no more than their people do: class_sd is 0.
    classes : DataFrame
        Columns `CLASS_COLUMNS`: each class's own mean with its interval; `drawn` its mean drawn towards all
        (best linear unbiased prediction), NaN but for random intercepts; state where it has no mean.
    """

    method: str
    change: Measured
    class_sd: float = np.nan
    residual_sd: float = np.nan
    icc: float = np.nan
    on_boundary: bool = False
    classes: pd.DataFrame = field(default_factory=pd.DataFrame)


def model_classes(pairs: pd.DataFrame, thresholds: Thresholds, level: float = LEVEL) -> ClassModel:
    """The mean change over classes.

    Parameters
    ----------
    pairs : DataFrame
        Columns class_id, before, after; one row a person with both tests.
    thresholds : Thresholds
        `mixed_classes_least` and `robust_classes_least`.

    Returns
    -------
    ClassModel
        state "few_classes" below `robust_classes_least`, "no_spread" where nobody's change differs.

    Notes
    -----
    Random intercepts: change_ij = mu + u_j + e_ij by REML; t with (classes - 1) degrees of freedom, which
    errs on the side of wider intervals. A class's drawn mean is mu + lambda_j (mean_j - mu) with
    lambda_j = n_j s_u^2 / (n_j s_u^2 + s_e^2) and variance s_u^2 (1 - lambda_j) + (1 - lambda_j)^2 var(mu).

    Source
    ------
    Snijders and Bosker (2012), Multilevel Analysis, ch. 4; R `lme4::lmer(change ~ 1 + (1 | class))`,
    `ranef`, tests/training/gains/test_oracle_gains.py.
    """
    changed = differences_of(pairs)
    names = pairs["class_id"].to_numpy(dtype=str)
    classes = _each_class(changed, names)
    count, n = len(classes), len(pairs)
    state = spread_state(changed)
    if count < thresholds.robust_classes_least or state:
        change = Measured("change_classes", n, state=state or FEW_CLASSES)
        return ClassModel(SEPARATE, change, classes=classes)
    ones = np.ones((n, 1))
    if count < thresholds.mixed_classes_least:
        fitted = fit_cluster_robust(changed, ones, names)
        if is_constant(_means(changed, names)) or not fitted.df[0] >= 1:
            why = NO_SPREAD if is_constant(_means(changed, names)) else FEW_CLASSES
            return ClassModel(SEPARATE, Measured("change_classes", n, state=why), classes=classes)
        change = estimated(
            "change_classes", fitted.beta[0], fitted.se[0], fitted.df[0], n, null=0.0, note=CR2, level=level
        )
        return ClassModel(CR2, change, classes=classes)
    model = fit_mixed(changed, ones, names)
    mu, variance = float(model.beta[0]), float(model.vcov[0, 0])
    change = estimated(
        "change_classes", mu, np.sqrt(variance), count - 1, n, null=0.0, note=MIXED, level=level
    )
    between = 0.0 if model.on_boundary else float(model.class_covariance[0, 0])
    return ClassModel(
        MIXED, change, np.sqrt(between), np.sqrt(model.residual_variance),
        between / (between + model.residual_variance), model.on_boundary,
        _drawn(classes, _means(changed, names), mu, variance, between, model.residual_variance, level),
    )  # fmt: skip


def _means(changed: np.ndarray, names: np.ndarray) -> np.ndarray:
    return np.array([changed[names == name].mean() for name in np.unique(names)])


def _each_class(changed: np.ndarray, names: np.ndarray) -> pd.DataFrame:
    rows = []
    for name in np.unique(names):
        own = mean_of("change", changed[names == name])
        rows.append((name, own.n, own.estimate, own.se, own.ci_low, own.ci_high, *[np.nan] * 4, own.state))
    return pd.DataFrame(rows, columns=list(CLASS_COLUMNS))


def _drawn(
    classes: pd.DataFrame, means: np.ndarray, mu: float, variance: float, between: float, within: float,
    level: float,
) -> pd.DataFrame:  # fmt: skip
    n = classes["n"].to_numpy(dtype=float)
    pull = n * between / (n * between + within)
    middle = mu + pull * (means - mu)
    se = np.sqrt(between * (1 - pull) + (1 - pull) ** 2 * variance)
    half = ndtri((1 + level) / 2) * se
    return classes.assign(drawn=middle, drawn_se=se, drawn_low=middle - half, drawn_high=middle + half)
