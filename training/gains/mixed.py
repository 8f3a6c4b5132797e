"""Outcome + design + classes -> a linear model with random class effects, fitted by statsmodels."""

from __future__ import annotations

import warnings
from dataclasses import dataclass

import numpy as np

#: A class variance this small beside the residual one is the boundary 0.
_BOUNDARY = 1e-6
#: Steps end where the gradient is this small: to the sixth digit and beyond.
_GRADIENT = 1e-10


@dataclass(frozen=True, eq=False)
class Mixed:
    """A fitted model y = X beta + Z u_class + e.

    Attributes
    ----------
    beta : ndarray, shape (K,)
    vcov : ndarray, shape (K, K)
    class_covariance : ndarray, shape (1, 1) or (2, 2)
        Of the random intercept, and of the random slope where one was asked for.
    residual_variance : float
    log_likelihood : float
        Restricted where `reml`.
    converged : bool
    """

    beta: np.ndarray
    vcov: np.ndarray
    class_covariance: np.ndarray
    residual_variance: float
    log_likelihood: float
    converged: bool

    @property
    def class_sd(self) -> float:
        return float(np.sqrt(self.class_covariance[0, 0]))

    @property
    def icc(self) -> float:
        """Share of the variance that lies between classes."""
        between = self.class_covariance[0, 0]
        return float(between / (between + self.residual_variance))

    @property
    def on_boundary(self) -> bool:
        """Whether classes differ by no more than the people in them do."""
        return bool(self.class_covariance[0, 0] <= _BOUNDARY * self.residual_variance)


def fit_mixed(
    y: np.ndarray, design: np.ndarray, classes: np.ndarray, slope: np.ndarray | None = None,
    reml: bool = True,
) -> Mixed:  # fmt: skip
    """Fit a random-intercept model, with a random slope where one is given.

    Parameters
    ----------
    y : ndarray, shape (n,)
    design : ndarray, shape (n, K)
        Fixed effects with the column of ones.
    classes : ndarray, shape (n,)
    slope : ndarray, shape (n,), optional
        A variable whose effect differs from class to class.
    reml : bool
        Restricted maximum likelihood (as lme4 by default), else maximum likelihood.

    Returns
    -------
    Mixed
        Of several optimizers' ends the one with the highest likelihood.

    Source
    ------
    statsmodels `MixedLM`; equal to lme4 `lmer` on mlmRev::Exam, MASS::nlschools and lme4::sleepstudy,
    tests/training/gains/test_known_answers.py.
    """
    from statsmodels.regression.mixed_linear_model import MixedLM  # here, for it takes long to load

    exog_re = None if slope is None else np.column_stack([np.ones(len(y)), slope])
    ends = []
    for method, options in (("bfgs", {"gtol": _GRADIENT}), ("powell", {})):
        with warnings.catch_warnings():
            # They speak of the optimizer's way; convergence and the boundary are read from the result.
            warnings.simplefilter("ignore")
            try:
                fitted = MixedLM(y, design, classes, exog_re=exog_re).fit(
                    reml=reml, method=[method], **options
                )
            except (np.linalg.LinAlgError, ValueError):
                continue
        if np.isfinite(fitted.llf):
            ends.append(fitted)
        if ends and ends[-1].converged:
            break
    if not ends:
        return _without_classes(y, design)
    best = max(ends, key=lambda end: end.llf)
    between, within = np.atleast_2d(best.cov_re), float(best.scale)
    return Mixed(
        np.asarray(best.fe_params), _vcov(design, classes, exog_re, between, within), between, within,
        float(best.llf), bool(best.converged),
    )  # fmt: skip


def _vcov(
    design: np.ndarray, classes: np.ndarray, z: np.ndarray | None, between: np.ndarray, within: float
) -> np.ndarray:
    """(X' V^-1 X)^-1 at the variances found, as lme4 gives it; MixedLM's own adds their uncertainty."""
    z = np.ones((len(design), 1)) if z is None else z
    information = np.zeros((design.shape[1],) * 2)
    for name in np.unique(classes):
        rows = classes == name
        x, own = design[rows], z[rows]
        information += x.T @ np.linalg.solve(own @ between @ own.T + within * np.eye(len(x)), x)
    return np.linalg.inv(information)


def _without_classes(y: np.ndarray, design: np.ndarray) -> Mixed:
    """The model on its boundary: classes do not differ, so it is least squares."""
    inverse = np.linalg.inv(design.T @ design)
    beta = inverse @ design.T @ y
    variance = float(((y - design @ beta) ** 2).sum() / (len(y) - design.shape[1]))
    return Mixed(beta, inverse * variance, np.zeros((1, 1)), variance, np.nan, False)
