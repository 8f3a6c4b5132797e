"""Two sets of scores on one design -> their difference with a standard error that knows the covariance.

A district is part of its province and two rounds share PSUs, so the two estimates are correlated;
the difference's own PSU scores carry that.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.estimates.linearise import Scores
from analysis.estimates.quality import is_known


@dataclass(frozen=True)
class Contrast:
    """Differences of M measures: a - b.

    Attributes
    ----------
    estimate, se, df : ndarray, shape (M,)
    n, n_psu : ndarray of int, shape (M,)
        The smaller of the two sides: what the comparison rests on.
    """

    measures: tuple[str, ...]
    estimate: np.ndarray
    se: np.ndarray
    df: np.ndarray
    n: np.ndarray
    n_psu: np.ndarray

    def only(self, wanted: set[str]) -> Contrast:
        """The same contrast on some of its measures."""
        keep = [at for at, measure in enumerate(self.measures) if measure in wanted]
        columns = (getattr(self, name)[keep] for name in ("estimate", "se", "df", "n", "n_psu"))
        return Contrast(tuple(self.measures[at] for at in keep), *columns)


def compare_domains(a: Scores, domain_a: int, b: Scores, domain_b: int) -> Contrast:
    """Difference between two domains, measure by measure, on the measures both sides have.

    Parameters
    ----------
    a, b : Scores of the same design
    domain_a, domain_b : int
        Which domain of each.

    Raises
    ------
    ValueError
        The two were estimated on different designs, so their covariance is unknown.

    Notes
    -----
    V = sum_h n_h/(n_h-1) sum_i (u_hi - mean_h u)^2 with u = z_a - z_b. df is the smaller of the two
    sides' df: with the design's own df a district with four PSUs would be tested as if it had forty
    (METHODS.md, "Degrees of freedom"). A side whose own standard error is 0 (one PSU; everybody gave
    the same answer) is not known, only looks so: the difference is NaN.
    """
    if a.design is not b.design:
        raise ValueError("The two sides of a contrast must be estimated on one design.")
    shared = [m for m in a.measures if m in set(b.measures)]
    at_a = [a.measures.index(m) for m in shared]
    at_b = [b.measures.index(m) for m in shared]
    z_a, z_b = a.psu_scores(domain_a)[:, at_a], b.psu_scores(domain_b)[:, at_b]
    value_a, value_b = a.estimate[domain_a, at_a], b.estimate[domain_b, at_b]
    known = is_known(value_a, psu_variance(z_a, a.design), a.srs_variance[domain_a, at_a])
    known &= is_known(value_b, psu_variance(z_b, b.design), b.srs_variance[domain_b, at_b])
    estimate = np.where(known, value_a - value_b, np.nan)
    variance = np.where(np.isnan(estimate), np.nan, psu_variance(z_a - z_b, a.design))
    smaller = np.minimum
    return Contrast(
        measures=tuple(shared),
        estimate=estimate,
        se=np.sqrt(variance),
        df=smaller(a.df[domain_a, at_a], b.df[domain_b, at_b]),
        n=smaller(a.n[domain_a, at_a], b.n[domain_b, at_b]),
        n_psu=smaller(a.n_psu[domain_a, at_a], b.n_psu[domain_b, at_b]),
    )


def psu_variance(u: np.ndarray, design) -> np.ndarray:
    """Variance of sums of PSU scores, shape (M,), from scores over all PSUs, shape (P, M)."""
    total = np.zeros((design.n_strata, u.shape[1]))
    np.add.at(total, design.psu_stratum, u)
    mean = total / design.n_h[:, None]
    centred = u - mean[design.psu_stratum]
    lone = design.lone_strata()
    factor = design.stratum_factor()
    if design.lone_psu == "adjust" and lone.any():
        centred = np.where(lone[design.psu_stratum][:, None], u, centred)
        factor = np.where(lone, 1.0, factor)
    variance = factor[design.psu_stratum] @ centred**2
    if design.lone_psu == "average" and lone.any():
        variance = variance * design.n_strata / max(design.n_strata - lone.sum(), 1)
    return variance
