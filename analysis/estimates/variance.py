"""Linearised scores + design -> their covariance: the one routine behind every standard error.

Stages, finite populations, strata with one PSU and calibration are handled here and nowhere else.
Scores are turned into standard scores, whose squares add to the variance and whose products add to
covariances; a contrast is their difference. (`Scores.variance` is the same sum for the single-stage
case, laid out for thousands of domains.)
"""

from __future__ import annotations

from functools import partial

import numpy as np

from analysis.estimates.design import Design, Stage


def covariance(design: Design, scores: np.ndarray, inside: np.ndarray | None = None) -> np.ndarray:
    """Covariance of sums of scores.

    Parameters
    ----------
    design : Design of n rows
    scores : ndarray, shape (n, M)
        Weighted linearised values, such as w (y - mean) / sum w for a mean; 0 outside the domain.
    inside : ndarray of bool, shape (n,) or (n, M), optional
        The domain, or who of it answered each measure. It matters for strata with one PSU only: which
        of them are in the domain.

    Returns
    -------
    ndarray, shape (M, M)

    Notes
    -----
    V = sum_h (1 - n_h/N_h) n_h/(n_h - 1) sum_i (z_hi - mean_h)(z_hi - mean_h)' with z the PSU sums;
    a later stage adds the same sum inside each unit, times n_h/N_h of the stages above. Strata with
    one PSU add by policy: certainty and remove nothing; adjust (z - m)(z - m)' with m the mean PSU sum
    of the whole sample (0 for means; Stata's singleunit(centered), R survey >= 4.2); average the mean of
    the other strata's parts, at a later stage of those inside the same unit, and NaN where there are none.
    On a calibrated design a domain is weight 0 elsewhere, so that all its units count as in it, as in R. A
    stratum whose population is its one PSU adds nothing at this stage.

    Source
    ------
    Sarndal, Swensson and Wretman (1992, ch. 4.3, 4.6); R `survey::svyrecvar`.
    """
    return sum(c.T @ c for c in standard_scores(design, scores, inside))


def standard_scores(design: Design, scores: np.ndarray, inside: np.ndarray | None = None) -> list[np.ndarray]:
    """Scores summed by unit, centred and scaled within strata, so that c'c adds to the variance.

    Parameters
    ----------
    design, scores, inside : as in `covariance`

    Returns
    -------
    list of ndarray, shape (units, M)
        One a stage that adds to the variance.
    """
    scores = np.asarray(scores, dtype=float)
    if scores.ndim == 1:
        scores = scores[:, None]
    if design.calibration is not None:
        scores = design.calibration.residuals(scores)
    everybody = np.ones(len(scores), dtype=bool)
    parent, share_above, out = np.zeros(len(scores), dtype=int), np.ones(len(scores)), []
    for stage in design.stages if design.has_later_stages else design.stages[:1]:
        z = _sum_by(stage.unit, scores, len(stage.unit_stratum))
        present = None
        if design.depends_on_domain:
            present = _present(stage, everybody if inside is None or design.calibration else inside)
        above, home = np.zeros(len(stage.n_units)), np.zeros(len(stage.n_units), dtype=int)
        above[stage.stratum], home[stage.stratum] = share_above, parent
        out.append(_standardise(design, stage, z, present, above, home))
        parent = stage.unit
        with np.errstate(invalid="ignore"):
            sampled = np.where(np.isinf(stage.population), 0.0, stage.n_units / stage.population)
        share_above = share_above * sampled[stage.stratum]
    return out


def standard_psu_scores(design: Design, z: np.ndarray, present: np.ndarray) -> np.ndarray:
    """The same from PSU sums, of a plain design.

    Parameters
    ----------
    z : ndarray, shape (P, M)
        Over all PSUs of the sample.
    present : ndarray of bool, shape (P, M)
        Which of them hold an answer of the domain.
    """
    stage = design.stages[0]
    home = np.zeros(len(stage.n_units), dtype=int)
    return _standardise(design, stage, z, present if design.depends_on_domain else None, 1.0, home)


def _standardise(
    design: Design,
    stage: Stage,
    z: np.ndarray,
    present: np.ndarray | None,
    above: np.ndarray | float,
    home: np.ndarray,
) -> np.ndarray:
    """sqrt(factor) (z - stratum mean), with strata of one unit as the policy says.

    `home` is the unit of the stage above that each stratum lies in, shape (strata,).
    """
    sums = partial(_sum_by, stage.unit_stratum, groups=len(stage.n_units))
    mean, factor, scale = sums(values=z) / stage.n_units[:, None], (stage.factor * above)[:, None], 1.0
    if present is not None:
        count = sums(values=present.astype(float))
        lone = stage.lone[:, None] & (count > 0)
        if design.lone_in_domains:
            several = (stage.n_units > 1) & (stage.unsampled_share > 0)
            lone |= (count == 1) & several[:, None]
        if design.lone_psu == "adjust":
            mean = np.where(lone, z.mean(axis=0), mean)
        else:
            scale = _average(count > 0, lone, home)[stage.unit_stratum]
            factor = np.where(lone, 0.0, factor)
    return np.sqrt(factor[stage.unit_stratum] * scale) * (z - mean[stage.unit_stratum])


def _average(counted: np.ndarray, lone: np.ndarray, home: np.ndarray) -> np.ndarray:
    """Strata over strata with a variance among those of one home, shape (strata, M); NaN without any."""
    size = home.max(initial=-1) + 1
    all_of_them, without = (_sum_by(home, mask.astype(float), size) for mask in (counted, lone))
    with np.errstate(invalid="ignore", divide="ignore"):
        known = np.where(all_of_them > without, all_of_them / (all_of_them - without), np.nan)
    return np.where(all_of_them > 0, known, 1.0)[home]


def _present(stage: Stage, inside: np.ndarray) -> np.ndarray:
    """Which units hold a row of the domain, shape (units, 1) or (units, M)."""
    columns = inside[:, None] if inside.ndim == 1 else inside
    return _sum_by(stage.unit, columns.astype(float), len(stage.unit_stratum)) > 0


def _sum_by(group: np.ndarray, values: np.ndarray, groups: int) -> np.ndarray:
    """Column sums within groups, shape (groups, M)."""
    out = np.zeros((groups, values.shape[1]))
    np.add.at(out, group, values)
    return out
