"""A model matrix + weights -> coefficients of a generalised linear model, once and in each replicate."""

from __future__ import annotations

import warnings

import numpy as np

from analysis.errors import BadRows
from analysis.estimates.formula import ModelMatrix

#: Family -> link, the canonical one: then the Hessian and Fisher's information are the same.
FAMILIES = {"gaussian": "identity", "binomial": "logit", "poisson": "log"}
_TOLERANCE = 1e-13  # of the deviance from one step to the next; the steps converge quadratically
_MOST_STEPS = 100
_CERTAIN = 1e-10  # a fitted share nearer to 0 or 1 than this has no finite coefficient behind it
_SINGULAR = 1e-11  # a column with less than this of its own, in squares, cannot be told from the others


def fit_model(model: ModelMatrix, weight: np.ndarray, family: str, formula: str) -> np.ndarray:
    """Coefficients of a weighted model, by statsmodels' iterated least squares.

    Parameters
    ----------
    model : ModelMatrix of m rows
    weight : ndarray, shape (m,)
        With a mean of 1.
    family : one of `FAMILIES`
    formula : str
        For the message.

    Raises
    ------
    BadRows
        No finite solution.
    """
    from statsmodels.genmod import families
    from statsmodels.genmod.generalized_linear_model import GLM

    kind = {"gaussian": families.Gaussian, "binomial": families.Binomial, "poisson": families.Poisson}
    length = np.sqrt((model.matrix**2).mean(axis=0))  # columns of one length lose no digits
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        glm = GLM(
            model.response,
            model.matrix / length,
            family=kind[family](),
            var_weights=weight,
            offset=model.offset if model.offset.any() else None,
        )
        fit = glm.fit(maxiter=_MOST_STEPS, tol=_TOLERANCE, rtol=_TOLERANCE)
    mu = fit.mu
    certain = family == "binomial" and bool(((mu < _CERTAIN) | (mu > 1 - _CERTAIN)).any())
    if not fit.converged or certain or not np.isfinite(fit.params).all():
        raise BadRows(
            "The model has no finite solution: some group answered all alike.",
            vi="Mô hình không có nghiệm hữu hạn vì có nhóm trả lời giống hệt nhau; hãy gộp nhóm.",
            where=formula,
            expected="both answers in every group that the terms make",
            got="fitted shares of 0 or 1" if certain else f"no convergence in {_MOST_STEPS} steps",
            hint="Cross the response with each term; join small groups or leave the term out.",
        )
    return np.asarray(fit.params) / length


def fitted_means(eta: np.ndarray, family: str) -> tuple[np.ndarray, np.ndarray]:
    """Means and their slopes dmu/deta."""
    if family == "gaussian":
        return eta, np.ones_like(eta)
    if family == "poisson":
        return np.exp(eta), np.exp(eta)
    mu = 1 / (1 + np.exp(-eta))
    return mu, mu * (1 - mu)


def fit_again(model: ModelMatrix, weights: np.ndarray, family: str, start: np.ndarray) -> np.ndarray:
    """Coefficients with each of several sets of weights, by Newton steps from the ones known.

    Parameters
    ----------
    model : ModelMatrix of m rows
    weights : ndarray, shape (m, R)
    family : one of `FAMILIES`
    start : ndarray, shape (K,)

    Returns
    -------
    ndarray, shape (R, K)
        NaN where a set of weights has no finite solution, such as a level that nobody is left in.
    """
    length = np.sqrt((model.matrix**2).mean(axis=0))
    matrix = model.matrix / length
    out = np.full((weights.shape[1], len(start)), np.nan)
    for at, weight in enumerate(weights.T):
        found = _newton(matrix, model, weight, family, start * length)
        out[at] = found / length
    return out


def _newton(
    matrix: np.ndarray, model: ModelMatrix, weight: np.ndarray, family: str, start: np.ndarray
) -> np.ndarray:
    nothing, b = np.full(len(start), np.nan), start
    if not weight.sum() > 0:
        return nothing
    weight = weight / weight.sum()
    for _ in range(_MOST_STEPS):
        with np.errstate(over="ignore"):
            mu, slope = fitted_means(matrix @ b + model.offset, family)
        hessian = (matrix * (weight * slope)[:, None]).T @ matrix
        gradient = matrix.T @ (weight * (model.response - mu))
        size = np.sqrt(np.diag(hessian))
        if not (np.isfinite(hessian).all() and (size > 0).all()):
            return nothing
        scaled = hessian / np.outer(size, size)
        if np.linalg.eigvalsh(scaled)[0] < _SINGULAR:
            return nothing
        step = np.linalg.solve(scaled, gradient / size) / size
        b = b + step
        if (np.abs(step) <= 1e-12 * np.maximum(np.abs(b), 1e-3)).all():
            return b
    return nothing


def inverse_hessian(matrix: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """(X'WX)^-1 by QR of columns of one length, which keeps twice the digits of the product."""
    rooted = matrix * np.sqrt(weight)[:, None]
    length = np.sqrt((rooted**2).sum(axis=0))
    inverse = np.linalg.inv(np.linalg.qr(rooted / length, mode="r"))
    return (inverse @ inverse.T) / np.outer(length, length)
