"""Answers + design + domains -> totals and ratios of many measures at once, as the same `Scores` as means.

Whatever works on means' scores (variances, covariances, comparisons, interval, flags) works on these.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
import pandas as pd

from analysis.errors import BadRows
from analysis.estimates.design import Design
from analysis.estimates.domains import Domains
from analysis.estimates.linearise import Scores, linearise_means


@dataclass(frozen=True)
class TotalScores(Scores):
    """Weighted totals, a missing answer adding nothing; the score of a person is w y."""

    def person_scores(self, domain: int) -> np.ndarray:
        inside = (self.domains.code == domain)[:, None] & ~np.isnan(self.values)
        return np.where(inside, self.design.weight[:, None] * self.values, 0.0)

    def variance(self) -> np.ndarray:
        """As of means; a lone PSU's total is centred at the mean PSU total (R survey >= 4.2)."""
        if not (self.design.lone_strata().any() and self.design.lone_psu == "adjust"):
            return super().variance()
        parts = [self.standard_scores(d) for d in range(len(self.domains.labels))]
        general = np.array([sum((c**2).sum(axis=0) for c in stages) for stages in parts])
        return np.where(np.isnan(self.estimate), np.nan, general)

    @property
    def srs_variance(self) -> np.ndarray:
        """Variance of the total of n people drawn with replacement: W^2 S^2 / n."""
        return self.base_weight**2 * Scores.srs_variance.func(self)


@dataclass(frozen=True)
class RatioScores(Scores):
    """Ratios of two totals among those who answered both; the score of a person is w (y - R x) / X.

    Attributes
    ----------
    under : ndarray, shape (n, K)
        The denominators' answers.
    sums_under : ndarray, shape (D, K)
        X, their weighted sums.
    """

    under: np.ndarray
    sums_under: np.ndarray

    def person_scores(self, domain: int) -> np.ndarray:
        inside = (self.domains.code == domain)[:, None] & ~np.isnan(self.values)
        with np.errstate(invalid="ignore", divide="ignore"):
            rest = (self.values - self.estimate[domain] * self.under) / self.sums_under[domain]
        return np.where(inside, self.design.weight[:, None] * np.nan_to_num(rest), 0.0)

    @property
    def srs_variance(self) -> np.ndarray:
        """Variance of the total of the residuals over X, of n people drawn with replacement."""
        out = np.full(self.estimate.shape, np.nan)
        for d in range(len(self.domains.labels)):
            inside = (self.domains.code == d)[:, None] & ~np.isnan(self.values)
            with np.errstate(invalid="ignore", divide="ignore"):
                rest = (self.values - self.estimate[d] * self.under) / self.sums_under[d]
                squares = (self.design.weight[:, None] * np.where(inside, rest, 0.0) ** 2).sum(axis=0)
                out[d] = self.base_weight[d] * squares / (self.n[d] - 1)
        return np.where((self.n > 1) & ~np.isnan(self.estimate), out, np.nan)


def linearise_totals(values: pd.DataFrame, design: Design, domains: Domains) -> TotalScores:
    """Weighted totals of many measures in many domains in one pass.

    Parameters
    ----------
    values, design, domains
        As in `linearise_means`.

    Source
    ------
    R `survey::svyby(svytotal)`; test_linearise_sums.py.
    """
    means = linearise_means(values, design, domains)
    share = _pair_weights(means)
    z = share * means.base_mean[means.pairs.domain] + means.z * means.base_weight[means.pairs.domain]
    estimate = np.where(means.n > 0, means.base_mean * means.base_weight, np.nan)
    return TotalScores(**_fields(means) | {"estimate": estimate, "z": np.nan_to_num(z)})


def linearise_ratios(
    over: pd.DataFrame, under: pd.DataFrame, design: Design, domains: Domains
) -> RatioScores:
    """Ratios of totals, column by column, in many domains in one pass.

    Parameters
    ----------
    over, under : DataFrame, shape (n, K)
        Numerators, and denominators in the same order; missing where either is.
    design, domains
        As in `linearise_means`.

    Raises
    ------
    BadRows
        Another number of denominators.

    Notes
    -----
    NaN where the denominator's sum is 0.

    Source
    ------
    R `survey::svyby(svyratio)`; test_linearise_sums.py.
    """
    if over.shape != under.shape:
        raise BadRows(
            "Ratios need a denominator for each numerator.",
            vi="Mỗi tử số cần một mẫu số; hãy đưa số cột bằng nhau.",
            expected=f"{over.shape[1]} denominators",
            got=f"{under.shape[1]}",
        )
    names = [f"{a}/{b}" for a, b in zip(over, under, strict=True)]
    y, x = (frame.to_numpy(dtype=float, na_value=np.nan) for frame in (over, under))
    both = ~np.isnan(y) & ~np.isnan(x)
    y, x = (np.where(both, each, np.nan) for each in (y, x))
    above, below = (linearise_totals(pd.DataFrame(each, columns=names), design, domains) for each in (y, x))
    with np.errstate(invalid="ignore", divide="ignore"):
        estimate = np.where(below.estimate != 0, above.estimate / below.estimate, np.nan)
        z = (above.z - estimate[above.pairs.domain] * below.z) / below.estimate[above.pairs.domain]
    changed = {"estimate": estimate, "z": np.nan_to_num(z, posinf=0.0, neginf=0.0)}
    return RatioScores(**_fields(above) | changed, under=x, sums_under=below.estimate)


def _pair_weights(means: Scores) -> np.ndarray:
    """Sum of weights of those who answered in each (domain, PSU) pair, shape (pairs, K)."""
    ones = np.where(np.isnan(means.values), np.nan, 1.0)
    key = means.pairs.domain * means.design.n_psu + means.pairs.psu
    code = np.where(means.domains.code >= 0, means.domains.code * means.design.n_psu + means.design.psu, -1)
    at = np.searchsorted(key, code)
    inside = code >= 0
    out = np.zeros((len(key), ones.shape[1]))
    for k in range(ones.shape[1]):
        counted = inside & ~np.isnan(ones[:, k])
        out[:, k] = np.bincount(at[counted], means.design.weight[counted], minlength=len(key))
    return out


def _fields(scores: Scores) -> dict[str, object]:
    return {field.name: getattr(scores, field.name) for field in fields(Scores)}
