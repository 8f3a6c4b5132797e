"""People's answers and weights -> the covariance of the answers among those people."""

from __future__ import annotations

import numpy as np


def answer_covariance(values: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """Weighted covariance of people's answers, each pair of questions among those who answered both.

    Parameters
    ----------
    values : ndarray, shape (n, K)
    weight : ndarray, shape (n,)

    Returns
    -------
    ndarray, shape (K, K)
        Around the means of all who answered a question; NaN where nobody answered both.
    """
    answered = ~np.isnan(values)
    w = answered * weight[:, None]
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = (w * np.nan_to_num(values)).sum(axis=0) / w.sum(axis=0)
        deviation = np.where(answered, values - mean, 0.0)
        return (deviation * weight[:, None]).T @ deviation / (w.T @ answered)
