"""Linearised scores + design -> their covariance: the one routine behind every standard error.

Stages, finite populations, strata with one PSU and calibration are handled here and nowhere else
(`Scores.variance` is the same sum for the single-stage case, laid out for thousands of domains).
"""

from __future__ import annotations

import numpy as np

from analysis.estimates.design import Design, Stage


def covariance(design: Design, scores: np.ndarray, inside: np.ndarray | None = None) -> np.ndarray:
    """Covariance of sums of scores.

    Parameters
    ----------
    design : Design of n rows
    scores : ndarray, shape (n, M)
        Weighted linearised values, such as w (y - mean) / sum w for a mean; 0 outside the domain.
    inside : ndarray of bool, shape (n,), optional
        The domain. It matters for strata with one PSU only: which of them are in the domain.

    Returns
    -------
    ndarray, shape (M, M)

    Notes
    -----
    V = sum_h (1 - n_h/N_h) n_h/(n_h - 1) sum_i (z_hi - mean_h)(z_hi - mean_h)' with z the PSU sums;
    a later stage adds the same sum inside each unit, times n_h/N_h of the stages above. Strata with
    one PSU add by policy: certainty and remove nothing; adjust (z - m)(z - m)' with m the mean PSU sum
    of the whole sample (0 for means; Stata's singleunit(centered), R survey >= 4.2); average the mean of
    the other strata's parts.

    Source
    ------
    Sarndal, Swensson and Wretman (1992, ch. 4.3, 4.6); R `survey::svyrecvar`.
    """
    scores = np.asarray(scores, dtype=float)
    if scores.ndim == 1:
        scores = scores[:, None]
    if design.calibration is not None:
        scores = design.calibration.residuals(scores)
    inside = np.ones(len(scores), dtype=bool) if inside is None else inside
    share_above = np.ones(len(scores))
    total = np.zeros((scores.shape[1], scores.shape[1]))
    for at, stage in enumerate(design.stages):
        if at > 0 and not design.has_later_stages:
            break
        total += _stage_covariance(design, stage, scores, inside, share_above)
        with np.errstate(invalid="ignore"):
            sampled = np.where(np.isinf(stage.population), 0.0, stage.n_units / stage.population)
        share_above = share_above * sampled[stage.stratum]
    return total


def _stage_covariance(
    design: Design, stage: Stage, scores: np.ndarray, inside: np.ndarray, share_above: np.ndarray
) -> np.ndarray:
    """One stage's part: between its units within its strata, scaled by the stages above."""
    n_units, n_strata = stage.unit.max() + 1, len(stage.n_units)
    z = np.zeros((n_units, scores.shape[1]))
    np.add.at(z, stage.unit, scores)
    unit_stratum = np.empty(n_units, dtype=int)
    unit_stratum[stage.unit] = stage.stratum
    above = np.zeros(n_strata)
    above[stage.stratum] = share_above
    present = np.bincount(unit_stratum[np.unique(stage.unit[inside])], minlength=n_strata)

    mean = np.zeros((n_strata, z.shape[1]))
    np.add.at(mean, unit_stratum, z)
    mean /= stage.n_units[:, None]
    factor = np.where(stage.n_units > 1, stage.n_units / np.maximum(stage.n_units - 1, 1), 1.0)
    factor = factor * stage.unsampled_share * above
    lone = (stage.n_units == 1) & (present > 0)
    alone_in_domain = (present == 1) & (stage.n_units > 1) & design.lone_in_domains
    if design.lone_psu == "adjust":
        mean[lone | alone_in_domain] = z.sum(axis=0) / n_units
    counted = (present > 0).sum()
    unknown = np.zeros(n_strata, dtype=bool)
    if design.lone_psu == "average":
        unknown = lone | alone_in_domain
        factor = np.where(unknown, 0.0, factor)
    centred = z - mean[unit_stratum]
    part = (centred * factor[unit_stratum][:, None]).T @ centred
    return part * counted / max(counted - unknown.sum(), 1)
