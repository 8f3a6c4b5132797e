"""Least squares + classes -> standard errors that allow for classes (CR2), with their degrees of freedom."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

#: An eigenvalue of I - H this small is 0: the class decides a coefficient alone.
_SINGULAR = 1e-10


@dataclass(frozen=True, eq=False)
class ClusterRobust:
    """Coefficients with CR2 standard errors and Satterthwaite degrees of freedom, each of shape (K,)."""

    beta: np.ndarray
    se: np.ndarray
    df: np.ndarray
    n_classes: int


def fit_cluster_robust(y: np.ndarray, design: np.ndarray, classes: np.ndarray) -> ClusterRobust:
    """Ordinary least squares with bias-reduced class-robust standard errors.

    Parameters
    ----------
    y : ndarray, shape (n,)
    design : ndarray, shape (n, K), of full rank
    classes : ndarray, shape (n,)

    Returns
    -------
    ClusterRobust
        df is NaN where no class adds to a coefficient's error.

    Notes
    -----
    With M = (X'X)^-1, H_g = X_g M X_g' and A_g = (I - H_g)^(-1/2) (Moore-Penrose on its null space),
    V = M (sum X_g' A_g e_g e_g' A_g X_g) M. For coefficient c, u_g = A_g X_g M c and
    P_gh = u_g' (I - H)_gh u_h; df = tr(P)^2 / tr(P^2). Both under a working model of independent people.

    Source
    ------
    Bell and McCaffrey (2002); Pustejovsky and Tipton (2018), Journal of Business & Economic Statistics 36,
    672-683; R `clubSandwich::coef_test(vcov = "CR2")` on MASS::nlschools,
    tests/training/gains/test_known_answers.py.
    """
    inverse = np.linalg.inv(design.T @ design)
    beta = inverse @ (design.T @ y)
    residual = y - design @ beta
    groups = [np.flatnonzero(classes == name) for name in np.unique(classes)]
    k = design.shape[1]
    meat, pulls = np.zeros((k, k)), []
    for rows in groups:
        x = design[rows]
        adjusted = _inverse_root(np.eye(len(rows)) - x @ inverse @ x.T) @ x
        score = adjusted.T @ residual[rows]
        meat += np.outer(score, score)
        pulls.append(adjusted @ inverse)
    vcov = inverse @ meat @ inverse
    df = np.array([_satterthwaite(design, inverse, groups, pulls, c) for c in range(k)])
    return ClusterRobust(beta, np.sqrt(np.diag(vcov)), df, len(groups))


def _inverse_root(matrix: np.ndarray) -> np.ndarray:
    values, vectors = np.linalg.eigh(matrix)
    roots = np.where(values > _SINGULAR, 1 / np.sqrt(np.maximum(values, _SINGULAR)), 0.0)
    return (vectors * roots) @ vectors.T


def _satterthwaite(
    design: np.ndarray, inverse: np.ndarray, groups: list[np.ndarray], pulls: list[np.ndarray], c: int
) -> float:
    through = np.array([design[rows].T @ pull[:, c] for rows, pull in zip(groups, pulls, strict=True)])
    p = -through @ inverse @ through.T
    p[np.diag_indices(len(groups))] += [float(pull[:, c] @ pull[:, c]) for pull in pulls]
    square = float((p**2).sum())
    return float(np.trace(p) ** 2 / square) if square > 0 else np.nan
