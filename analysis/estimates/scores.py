"""Linearised scores summed by PSU (`Scores`): what every standard error, composite and difference is made of.

Every covariance is there: between measures, between domains, between rounds that share PSUs.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from analysis.estimates.design import Design
from analysis.estimates.domains import Domains, Pairs, Runs
from analysis.estimates.variance import standard_psu_scores, standard_scores


@dataclass(frozen=True)
class Scores:
    """Estimates of K measures in D domains with the PSU totals of their linearised scores.

    Attributes
    ----------
    base : tuple of str
        The base measures: those that the measures were made from.
    values : ndarray, shape (n, base measures)
        Their answers.
    weights : ndarray, shape (base measures, K), or None
        For composites: the weight of each base measure; None where the measures are the base.
    estimate : ndarray, shape (D, K)
        NaN where nobody in the domain answered.
    base_mean, base_weight : ndarray, shape (D, base measures)
        Mean and sum of weights of each base measure among those who answered it.
    z : ndarray, shape (pairs, K)
        Sum over the pair's respondents of the linearised score; all other pairs are 0.
    pair_answered : ndarray of bool, shape (pairs, K)
    n : ndarray of int, shape (D, K)
        Respondents with an answer.
    n_least : ndarray of int, shape (D, K)
        The smallest n of the measures combined (equal to n where nothing was combined).
    """

    design: Design
    domains: Domains
    measures: tuple[str, ...]
    base: tuple[str, ...]
    values: np.ndarray
    weights: np.ndarray | None
    estimate: np.ndarray
    base_mean: np.ndarray
    base_weight: np.ndarray
    pairs: Pairs
    pair_answered: np.ndarray
    z: np.ndarray
    n: np.ndarray
    n_least: np.ndarray

    @cached_property
    def n_psu(self) -> np.ndarray:
        """PSUs that hold an answer, shape (D, K)."""
        counts = self.pair_answered.astype(np.int32)
        return self.pairs.to_domains(counts, self.pairs.by_domain, len(self.domains.labels)).astype(int)

    @cached_property
    def n_strata(self) -> np.ndarray:
        """Strata that hold an answer, shape (D, K)."""
        return self._cells_to_domains((self._cell_psus > 0).astype(np.int32)).astype(int)

    @cached_property
    def df(self) -> np.ndarray:
        """PSUs minus strata among those with an answer in the domain, shape (D, K)."""
        return self.n_psu - self.n_strata

    @cached_property
    def df_of_domain(self) -> np.ndarray:
        """PSUs minus strata that hold anybody of the domain, shape (D, K): R's `degf` of the subset."""
        return np.array(
            [[self.design.df_of(self.domains.code == d)] * len(self.measures)
             for d in range(len(self.domains.labels))]
        )  # fmt: skip

    @cached_property
    def population(self) -> np.ndarray:
        """Sum of weights of those who answered, shape (D, K); of a composite, of everybody in the domain."""
        if self.weights is None:
            return self.base_weight
        inside = self.domains.code >= 0
        people = np.bincount(
            self.domains.code[inside], self.design.weight[inside], minlength=len(self.domains.labels)
        )
        return np.repeat(people[:, None], len(self.measures), axis=1)

    @cached_property
    def kish(self) -> np.ndarray:
        """(sum w)^2 / sum w^2 of those who answered, shape (D, K): what unequal weights alone leave of n."""
        out = np.full(self.estimate.shape, np.nan)
        for d in range(len(self.domains.labels)):
            w = np.where(self._answered(d), self.design.weight[:, None], 0.0)
            with np.errstate(invalid="ignore", divide="ignore"):
                out[d] = w.sum(axis=0) ** 2 / (w**2).sum(axis=0)
        return out

    @cached_property
    def _cell_psus(self) -> np.ndarray:
        """PSUs with an answer in each (domain, stratum) cell, shape (cells, K)."""
        return self.pairs.by_cell.sum(self.pair_answered.astype(np.int32))

    def _cells_to_domains(self, cells: np.ndarray) -> np.ndarray:
        of_domain = Runs.of(self.pairs.by_cell.key // max(self.design.n_strata, 1))
        return self.pairs.to_domains(cells, of_domain, len(self.domains.labels))

    def variance(self) -> np.ndarray:
        """Design variance of each estimate, shape (D, K).

        Notes
        -----
        V = sum_h (1 - n_h/N_h) n_h/(n_h - 1) [ sum_i z_hi^2 - (sum_i z_hi)^2 / n_h ], with n_h all PSUs
        of the stratum, those without the domain counting as 0. Designs with later stages in a finite
        population, and calibrated ones, go through `variance.standard_scores` domain by domain.

        Source
        ------
        Taylor linearisation with the ultimate-cluster variance (Woodruff 1971; Lumley 2004), as
        R `survey::svymean`; tests/analysis/estimates/test_oracle_example.py.
        """
        if not self.design.is_plain:
            parts = [self.standard_scores(d) for d in range(len(self.domains.labels))]
            general = np.array([sum((c**2).sum(axis=0) for c in stages) for stages in parts])
            return np.where(np.isnan(self.estimate), np.nan, general)
        design, stratum = self.design, self.pairs.cell_stratum
        square, total = self.pairs.by_cell.sum(self.z**2), self.pairs.by_cell.sum(self.z)
        centred = np.maximum(square - total**2 / design.n_h[stratum, None], 0.0)
        variance = self._cells_to_domains(design.stratum_factor()[stratum, None] * centred)
        lone = design.lone_strata()[stratum, None] & (self._cell_psus > 0)
        if lone.any() and design.lone_psu == "adjust":
            variance += self._cells_to_domains(lone * square)
        if lone.any() and design.lone_psu == "average":
            strata, alone = self.n_strata, self._cells_to_domains(lone)
            with np.errstate(divide="ignore", invalid="ignore"):
                scale = np.where(strata > alone, strata / (strata - alone), np.nan)
            variance = variance * np.where(strata > 0, scale, 1.0)
        return np.where(np.isnan(self.estimate), np.nan, variance)

    def standard_scores(self, domain: int) -> list[np.ndarray]:
        """One domain's scores centred and scaled within strata: c'c adds to the covariance.

        Returns
        -------
        list of ndarray, shape (units, K)
            One a stage that adds to the variance.
        """
        if self.design.is_plain:
            z, answered = self._dense(self.z, domain), self._dense(self.pair_answered, domain)
            return [standard_psu_scores(self.design, z, answered)]
        inside = self._answered(domain) if self.design.depends_on_domain else None
        return standard_scores(self.design, self.person_scores(domain), inside)

    def covariance(self, domain: int) -> np.ndarray:
        """Covariance of all measures in one domain, shape (K, K)."""
        return self.covariances([domain])[0]

    def covariances(self, domains: list[int] | None = None) -> np.ndarray:
        """Covariance of all measures in several domains (all by default), shape (D, K, K).

        Notes
        -----
        Sum_i z z' over a stratum's PSUs less t t'/n_h with t their sum, each scaled by the stratum's
        factor: two small matrix products a domain. Lone PSUs by policy as in `variance`.
        """
        chosen = list(range(len(self.domains.labels))) if domains is None else domains
        if not self.design.is_plain or self.design.depends_on_domain:
            return np.stack([sum(c.T @ c for c in self.standard_scores(d)) for d in chosen])
        factor = self.design.stratum_factor()
        cell_total = self.pairs.by_cell.sum(self.z)
        stratum = self.pairs.cell_stratum
        rows = np.sqrt(factor[self.design.psu_stratum[self.pairs.psu]])[:, None] * self.z
        sums = np.sqrt(factor[stratum] / self.design.n_h[stratum])[:, None] * cell_total
        cell_domain = self.pairs.by_cell.key // max(self.design.n_strata, 1)
        ends = [
            np.searchsorted(keys, [chosen, np.add(chosen, 1)]) for keys in (self.pairs.domain, cell_domain)
        ]
        out = np.empty((len(chosen), len(self.measures), len(self.measures)))
        for at in range(len(chosen)):
            a = rows[ends[0][0, at] : ends[0][1, at]]
            t = sums[ends[1][0, at] : ends[1][1, at]]
            np.matmul(a.T, a, out=out[at])
            out[at] -= t.T @ t
        return out

    def person_scores(self, domain: int) -> np.ndarray:
        """Each respondent's weighted linearised score in one domain, shape (n, K)."""
        inside = (self.domains.code == domain)[:, None] & ~np.isnan(self.values)
        with np.errstate(invalid="ignore", divide="ignore"):
            score = (self.values - self.base_mean[domain]) / self.base_weight[domain]
        score = np.where(inside, self.design.weight[:, None] * score, 0.0)
        return score if self.weights is None else score @ self.weights

    @cached_property
    def srs_variance(self) -> np.ndarray:
        """Variance under simple random sampling with replacement of n people, shape (D, K).

        Notes
        -----
        For a measure: S^2 / n with S^2 = sum w (y - mean)^2 / sum w * n/(n - 1). For a composite, from
        each person's combined score g_i = sum_k a_k (y_ik - mean_k) W / B_k over the parts i answered
        (W the domain's whole weight, B_k that of those who answered part k): sum w g^2 / W / (n - 1),
        n everybody in the domain; for one part answered by all the two agree.
        """
        inside = self.domains.code >= 0
        code, weight = self.domains.code[inside], self.design.weight[inside]
        n_domains = len(self.domains.labels)
        whole = np.bincount(code, weight, minlength=n_domains)[:, None]
        deviation = np.nan_to_num(self.values[inside] - self.base_mean[code])
        if self.weights is None:
            base, people = self.base_weight, self.n
        else:
            with np.errstate(invalid="ignore", divide="ignore"):
                deviation = np.nan_to_num(deviation * (whole / self.base_weight)[code]) @ self.weights
            base, people = whole, self.domains.people[:, None]
        square = np.stack(
            [np.bincount(code, weight * column**2, minlength=n_domains) for column in deviation.T], axis=1
        )
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.where(people > 1, square / base / np.maximum(people - 1, 1), np.nan)

    def psu_scores(self, domain: int) -> np.ndarray:
        """One domain's scores over all PSUs of the sample, shape (P, K)."""
        return self._dense(self.z, domain)

    def _dense(self, pairs: np.ndarray, domain: int) -> np.ndarray:
        """One domain's rows of a table of (domain, PSU) pairs over all PSUs, shape (P, K)."""
        dense = np.zeros((self.design.n_psu, len(self.measures)), dtype=pairs.dtype)
        rows = self.pairs.domain == domain
        dense[self.pairs.psu[rows]] = pairs[rows]
        return dense

    def _answered(self, domain: int) -> np.ndarray:
        """Who of a domain answered each measure (any part of a composite), shape (n, K)."""
        inside = (self.domains.code == domain)[:, None] & ~np.isnan(self.values)
        return inside if self.weights is None else (inside.astype(float) @ (self.weights != 0)) > 0

    def select(self, measures: list[str]) -> Scores:
        """The same scores of some measures, in the order given; combine before selecting."""
        at = [self.measures.index(measure) for measure in measures]
        columns = ("estimate", "pair_answered", "z", "n", "n_least")
        chosen = {name: getattr(self, name)[:, at] for name in columns}
        weights = np.eye(len(self.measures)) if self.weights is None else self.weights
        return replace(self, measures=tuple(measures), weights=weights[:, at], **chosen)

    def combine(self, weights: np.ndarray, constants: np.ndarray, measures: list[str]) -> Scores:
        """Composites: constants + estimates @ weights, with the scores combined the same way.

        Parameters
        ----------
        weights : ndarray, shape (K, M)
            Weight of each of these measures (rows) in each composite (columns).
        constants : ndarray, shape (M,)
        measures : list of str, length M

        Notes
        -----
        A composite is NaN in a domain where any part with a weight is. Its n counts people who
        answered at least one part; `n_least` is the smallest part's n.
        """
        used = weights != 0
        gap = np.isnan(self.estimate)
        estimate = np.where(gap, 0.0, self.estimate) @ weights + constants
        estimate[(gap.astype(float) @ used) > 0] = np.nan
        to_base = weights if self.weights is None else self.weights @ weights
        inside = self.domains.code >= 0
        answered = (~np.isnan(self.values[inside])).astype(np.float32) @ (to_base != 0).astype(np.float32) > 0
        code, n_domains = self.domains.code[inside], len(self.domains.labels)
        n = np.stack([np.bincount(code[column], minlength=n_domains) for column in answered.T], axis=1)
        largest = np.iinfo(int).max
        least = [np.where(used[:, m], self.n_least, largest).min(axis=1) for m in range(used.shape[1])]
        return replace(
            self,
            measures=tuple(measures),
            weights=to_base,
            estimate=estimate,
            z=self.z @ weights,
            pair_answered=(self.pair_answered.astype(np.float32) @ used.astype(np.float32)) > 0,
            n=n,
            n_least=np.stack(least, axis=1),
        )
