"""Answers + design + domains -> means with their linearised scores summed by PSU (`Scores`).

Everything later (standard errors, composites, differences, changes) is arithmetic on these scores, so
every covariance is there: between measures, between domains, between rounds that share PSUs.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from analysis.estimates.design import Design


@dataclass(frozen=True)
class Domains:
    """Disjoint groups of respondents: one label a domain and each row's domain (-1 = in none)."""

    labels: tuple
    code: np.ndarray

    @classmethod
    def of(cls, values: pd.Series, labels: list | None = None) -> Domains:
        """Domains from a column; with `labels`, in that order, absent ones included."""
        known = pd.Index(sorted(values.dropna().unique()) if labels is None else labels, tupleize_cols=False)
        return cls(tuple(known), known.get_indexer(pd.Index(values, tupleize_cols=False)))

    @classmethod
    def everybody(cls, n: int, label="") -> Domains:
        return cls((label,), np.zeros(n, dtype=int))


@dataclass(frozen=True)
class Scores:
    """Estimates of K measures in D domains with the PSU totals of their linearised scores.

    Attributes
    ----------
    estimate : ndarray, shape (D, K)
        NaN where nobody in the domain answered.
    pair_domain, pair_psu : ndarray of int, shape (R,)
        The (domain, PSU) pairs that occur.
    z : ndarray, shape (R, K)
        Sum over the pair's respondents of the linearised score; all other pairs are 0.
    n, n_psu, n_strata : ndarray of int, shape (D, K)
        Respondents with an answer; PSUs and strata that hold one.
    n_least : ndarray of int, shape (D, K)
        The smallest n of the measures combined (equal to n where nothing was combined).
    srs_variance : ndarray, shape (D, K)
        Variance the estimate would have under simple random sampling with replacement of n people.
    """

    design: Design
    domains: Domains
    measures: tuple[str, ...]
    values: np.ndarray
    estimate: np.ndarray
    base: np.ndarray
    pair_domain: np.ndarray
    pair_psu: np.ndarray
    pair_answered: np.ndarray
    z: np.ndarray
    n: np.ndarray
    n_psu: np.ndarray
    n_strata: np.ndarray
    n_least: np.ndarray
    srs_variance: np.ndarray

    @property
    def df(self) -> np.ndarray:
        """PSUs minus strata among those with an answer in the domain, shape (D, K)."""
        return self.n_psu - self.n_strata

    def variance(self) -> np.ndarray:
        """Design variance of each estimate, shape (D, K).

        Notes
        -----
        V = sum_h n_h/(n_h - 1) [ sum_i z_hi^2 - (sum_i z_hi)^2 / n_h ], with n_h all PSUs of the
        stratum, those without the domain counting as 0.

        Source
        ------
        Taylor linearisation with the ultimate-cluster variance (Woodruff 1971; Lumley 2004), as
        R `survey::svymean`; tests/analysis/estimates/test_oracle_example.py.
        """
        design, n_domains = self.design, len(self.domains.labels)
        cell = self.pair_domain * design.n_strata + design.psu_stratum[self.pair_psu]
        n_cells = n_domains * design.n_strata
        square = _sum_by(cell, self.z**2, n_cells).reshape(n_domains, design.n_strata, -1)
        total = _sum_by(cell, self.z, n_cells).reshape(n_domains, design.n_strata, -1)
        centred = square - total**2 / design.n_h[None, :, None]
        variance = np.einsum("h,dhk->dk", design.stratum_factor(), np.maximum(centred, 0.0))
        variance = _add_lone(variance, square, design)
        return np.where(np.isnan(self.estimate), np.nan, variance)

    def psu_scores(self, domain: int) -> np.ndarray:
        """One domain's scores over all PSUs of the sample, shape (P, K)."""
        dense = np.zeros((self.design.n_psu, len(self.measures)))
        rows = self.pair_domain == domain
        dense[self.pair_psu[rows]] = self.z[rows]
        return dense

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
        answered_pair = (self.pair_answered.astype(float) @ used) > 0
        n_psu, n_strata = _count_units(self, answered_pair)
        answered = (~np.isnan(self.values)).astype(float) @ used > 0
        n = _count_rows(self.domains, answered)
        least = np.stack(
            [
                self.n_least[:, used[:, m]].min(axis=1, initial=np.iinfo(int).max)
                for m in range(used.shape[1])
            ],
            axis=1,
        )
        combined = replace(
            self,
            measures=tuple(measures),
            estimate=estimate,
            z=np.nan_to_num(self.z) @ weights,
            pair_answered=answered_pair,
            n=n,
            n_psu=n_psu,
            n_strata=n_strata,
            n_least=least,
            srs_variance=_srs_of_composites(self, weights),
        )
        return combined


def linearise_means(values: pd.DataFrame, design: Design, domains: Domains) -> Scores:
    """Weighted means of many measures in many domains in one pass.

    Parameters
    ----------
    values : DataFrame, shape (n, K)
        One column a measure, NaN = no answer that counts. Missing values are handled measure by
        measure, as a domain: no row is ever dropped, so PSUs and strata stay in the variance.
    design : Design of the same n rows
    domains : Domains of the same n rows

    Notes
    -----
    With T and B the PSU sums of w*y and w over those who answered, the mean is sum T / sum B and the
    score of PSU i is z_i = (T_i - mean * B_i) / sum B.
    """
    y = values.to_numpy(dtype=float)
    inside = domains.code >= 0
    pair_code = domains.code * design.n_psu + design.psu
    pairs, row_pair = np.unique(pair_code[inside], return_inverse=True)
    pair_domain, pair_psu = pairs // design.n_psu, pairs % design.n_psu
    n_domains, n_pairs = len(domains.labels), len(pairs)

    weight, answers = design.weight[inside], y[inside]
    observed = ~np.isnan(answers)
    filled = np.where(observed, answers, 0.0)
    shift = filled.sum(axis=0) / np.maximum(observed.sum(axis=0), 1)  # so that squares lose no digits
    total, base, count, square = (np.empty((n_pairs, y.shape[1])) for _ in range(4))
    for k in range(y.shape[1]):
        w = weight * observed[:, k]
        total[:, k] = np.bincount(row_pair, w * filled[:, k], minlength=n_pairs)
        base[:, k] = np.bincount(row_pair, w, minlength=n_pairs)
        count[:, k] = np.bincount(row_pair, observed[:, k], minlength=n_pairs)
        square[:, k] = np.bincount(row_pair, w * (filled[:, k] - shift[k]) ** 2, minlength=n_pairs)
    whole_base, whole_n = _sum_by(pair_domain, base, n_domains), _sum_by(pair_domain, count, n_domains)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = np.where(whole_base > 0, _sum_by(pair_domain, total, n_domains) / whole_base, np.nan)
        z = (total - mean[pair_domain] * base) / whole_base[pair_domain]
        spread = _sum_by(pair_domain, square, n_domains) / whole_base - (mean - shift) ** 2
        srs = np.where(whole_n > 1, np.maximum(spread, 0.0) / (whole_n - 1), np.nan)
    scores = Scores(
        design=design,
        domains=domains,
        measures=tuple(values.columns),
        values=y,
        estimate=mean,
        base=whole_base,
        pair_domain=pair_domain,
        pair_psu=pair_psu,
        pair_answered=count > 0,
        z=np.nan_to_num(z),
        n=whole_n.astype(int),
        n_psu=np.zeros(0),
        n_strata=np.zeros(0),
        n_least=whole_n.astype(int),
        srs_variance=srs,
    )
    n_psu, n_strata = _count_units(scores, scores.pair_answered)
    return replace(scores, n_psu=n_psu, n_strata=n_strata)


def _sum_by(group: np.ndarray, values: np.ndarray, n_groups: int) -> np.ndarray:
    """Column sums of `values` within groups, shape (n_groups, K)."""
    out = np.empty((n_groups, values.shape[1]))
    for k in range(values.shape[1]):
        out[:, k] = np.bincount(group, values[:, k], minlength=n_groups)
    return out


def _count_units(scores: Scores, answered_pair: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """PSUs and strata with an answer, per domain and measure."""
    design, n_domains = scores.design, len(scores.domains.labels)
    n_psu = _sum_by(scores.pair_domain, answered_pair.astype(float), n_domains).astype(int)
    cell = scores.pair_domain * design.n_strata + design.psu_stratum[scores.pair_psu]
    in_cell = _sum_by(cell, answered_pair.astype(float), n_domains * design.n_strata) > 0
    n_strata = in_cell.reshape(n_domains, design.n_strata, -1).sum(axis=1)
    return n_psu, n_strata


def _count_rows(domains: Domains, answered: np.ndarray) -> np.ndarray:
    inside = domains.code >= 0
    return _sum_by(domains.code[inside], answered[inside].astype(float), len(domains.labels)).astype(int)


def _srs_of_composites(scores: Scores, weights: np.ndarray) -> np.ndarray:
    """Simple-random-sampling variance of composites, from each person's combined score.

    With g_i = sum_k a_k (y_ik - mean_k) W / B_k over the parts i answered (W the domain's whole
    weight, B_k the weight of those who answered part k), the variance is
    [sum w g^2 / W] / (n - 1), n everybody in the domain; for one part answered by all it is S^2 / n.
    """
    inside = scores.domains.code >= 0
    code, weight = scores.domains.code[inside], scores.design.weight[inside]
    n_domains = len(scores.domains.labels)
    domain_weight = np.bincount(code, weight, minlength=n_domains)
    people = np.bincount(code, minlength=n_domains)
    with np.errstate(invalid="ignore", divide="ignore"):
        share = domain_weight[:, None] / scores.base
    deviation = np.nan_to_num((scores.values[inside] - scores.estimate[code]) * share[code])
    g = deviation @ weights
    square = _sum_by(code, weight[:, None] * g**2, n_domains)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(
            people[:, None] > 1, square / domain_weight[:, None] / np.maximum(people[:, None] - 1, 1), np.nan
        )


def _add_lone(variance: np.ndarray, square: np.ndarray, design: Design) -> np.ndarray:
    """What strata with a single PSU add, by policy (R's `survey.lonely.psu` for means)."""
    lone = design.lone_strata()
    if not lone.any() or design.lone_psu in ("certainty", "remove"):
        return variance
    if design.lone_psu == "adjust":
        return variance + square[:, lone].sum(axis=1)
    return variance * design.n_strata / max(design.n_strata - lone.sum(), 1)
