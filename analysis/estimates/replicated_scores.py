"""Scores + replicate weights -> the same estimates with variances from how they move over the replicates."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cached_property

import numpy as np

from analysis.estimates.alike import alike_variances
from analysis.estimates.contrasts import Contrast, share_inside
from analysis.estimates.linearise import Scores
from analysis.estimates.linearise_sums import RatioScores, TotalScores
from analysis.estimates.quality import is_known
from analysis.estimates.replicates import ReplicateDesign


@dataclass(frozen=True)
class ReplicatedScores(Scores):
    """Scores of means, totals or ratios whose variances come from replicates of the weights.

    Attributes
    ----------
    replicates : ReplicateDesign
    linearised : Scores
        The same with linearised variances.
    rank_df : bool
        Whether df is the rank of the replicate weights less 1, as R has it, instead of PSUs less strata.
    """

    replicates: ReplicateDesign
    linearised: Scores
    rank_df: bool = False

    @classmethod
    def of(cls, scores: Scores, replicates: ReplicateDesign, rank_df: bool = False) -> ReplicatedScores:
        own = {field.name: getattr(scores, field.name) for field in fields(Scores)}
        return cls(**own, replicates=replicates, linearised=scores, rank_df=rank_df)

    def replicated(self, domain: int) -> np.ndarray:
        """The estimates of one domain in each replicate, shape (R, K), made once; NaN where one has none."""
        if domain not in self._moved:
            self._moved[domain] = self._replicated(domain)
        return self._moved[domain]

    @cached_property
    def _moved(self) -> dict[int, np.ndarray]:
        return {}

    def _replicated(self, domain: int) -> np.ndarray:
        """The estimates of one domain in each replicate.

        Means are taken as the full sample's plus the replicate's mean deviation from it, which keeps their
        digits; a composite is linear in them, so its weights apply as they stand.
        """
        inside = self.domains.code == domain
        y, weights = self.values[inside], self.replicates.replicates[inside].T
        answered = ~np.isnan(y)
        if isinstance(self.linearised, TotalScores):
            return weights @ np.where(answered, y, 0.0)
        with np.errstate(invalid="ignore", divide="ignore"):
            if isinstance(self.linearised, RatioScores):
                under = np.where(answered, self.linearised.under[inside], 0.0)
                return (weights @ np.where(answered, y, 0.0)) / (weights @ under)
            deviation = np.where(answered, y - self.base_mean[domain], 0.0)
            moved = (weights @ deviation) / (weights @ answered.astype(float))
        if self.weights is not None:
            unknown = np.isnan(moved).astype(float) @ (self.weights != 0) > 0
            moved = np.where(unknown, np.nan, np.nan_to_num(moved) @ self.weights)
        return self.estimate[domain] + moved

    def covariance(self, domain: int) -> np.ndarray:
        return self.replicates.covariance(self.replicated(domain), self.estimate[domain])

    def covariances(self, domains: list[int] | None = None) -> np.ndarray:
        chosen = range(len(self.domains.labels)) if domains is None else domains
        return np.stack([self.covariance(d) for d in chosen])

    def variance(self) -> np.ndarray:
        return np.array([np.diag(self.covariance(d)) for d in range(len(self.domains.labels))])

    @property
    def replicates_used(self) -> np.ndarray:
        """In how many replicates each estimate exists, shape (D, K)."""
        everybody = range(len(self.domains.labels))
        return np.array([np.isfinite(self.replicated(d)).sum(axis=0) for d in everybody])

    @cached_property
    def df(self) -> np.ndarray:
        if not self.rank_df:
            return self.linearised.df
        by_domain = (self._answered(d) for d in range(len(self.domains.labels)))
        return np.array([[self.replicates.df_of(column) for column in seen.T] for seen in by_domain])

    @cached_property
    def df_of_domain(self) -> np.ndarray:
        if not self.rank_df:
            return self.linearised.df_of_domain
        everybody = (self.replicates.df_of(self.domains.code == d) for d in range(len(self.domains.labels)))
        return np.array([[df] * len(self.measures) for df in everybody])

    @property
    def srs_variance(self) -> np.ndarray:
        return self.linearised.srs_variance

    def person_scores(self, domain: int) -> np.ndarray:
        return self.linearised.person_scores(domain)


def compare_replicated(a: ReplicatedScores, at_a: int, b: ReplicatedScores, at_b: int) -> Contrast:
    """As `compare_domains`, with the variance of the difference over the replicates."""
    value_a, value_b = a.estimate[at_a], b.estimate[at_b]
    estimate = value_a - value_b
    vcov = a.replicates.covariance(a.replicated(at_a) - b.replicated(at_b), estimate)
    srs_a, srs_b = a.srs_variance[at_a], b.srs_variance[at_b]
    known = is_known(value_a, np.diag(a.covariance(at_a)), srs_a)
    known &= is_known(value_b, np.diag(b.covariance(at_b)), srs_b)
    alike = alike_variances(a, at_a, b, at_b, list(a.measures))
    least = np.maximum(alike[1] + (1 - 2 * share_inside(a, at_a, b, at_b)) * alike[0], 0.0)
    se = np.sqrt(np.diag(vcov))
    numbers = (np.where(known, each, np.nan) for each in (estimate, se, np.sqrt(least), *alike))
    counts = (np.minimum(getattr(a, name)[at_a], getattr(b, name)[at_b])
              for name in ("df", "n", "n_least", "n_psu"))  # fmt: skip
    return Contrast(a.measures, *numbers, *counts)
