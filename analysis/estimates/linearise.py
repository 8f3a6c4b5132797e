"""Answers + design + domains -> means with their linearised scores summed by PSU (`Scores`).

Everything later (standard errors, composites, differences, changes) is arithmetic on these scores, so
every covariance is there: between measures, between domains, between rounds that share PSUs. Sums run
over the (domain, PSU) pairs that occur, all measures of a block at a time.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.estimates.design import Design
from analysis.estimates.domains import Domains, Pairs, Runs
from analysis.estimates.inputs import infinite_answers
from analysis.estimates.scores import Scores

#: Elements worked on at a time: small enough to stay in the cache and to cost little memory.
_BLOCK = 120_000


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
    score of PSU i is z_i = (T_i - mean * B_i) / sum B. Speed: tests/benchmarks/estimates_speed.py.
    """
    y = values.to_numpy(dtype=float)
    pair_code = np.where(domains.code >= 0, domains.code * design.n_psu + design.psu, -1)
    order = np.argsort(pair_code, kind="stable")
    order = order[np.searchsorted(pair_code[order], 0) :]
    runs = Runs.of(pair_code[order])
    pairs = Pairs.of(runs.key // max(design.n_psu, 1), runs.key % max(design.n_psu, 1), design)
    total, base, count = _pair_sums(y, design.weight, order, runs)
    if not design.in_use.all():  # rows of weight 0 count nowhere
        counted = np.where(design.in_use[:, None], y, np.nan)
        count = _pair_sums(counted, design.weight, order, runs)[2]
    if not np.isfinite(total).all():
        raise infinite_answers(
            [name for name, bad in zip(values, np.isinf(y).any(axis=0), strict=True) if bad]
        )
    n_domains = len(domains.labels)
    sums = [pairs.to_domains(part, pairs.by_domain, n_domains) for part in (total, base, count)]
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = np.where(sums[1] > 0, sums[0] / sums[1], np.nan)
        z = np.nan_to_num((total - mean[pairs.domain] * base) / sums[1][pairs.domain])
    n = sums[2].astype(int)
    return Scores(
        design=design,
        domains=domains,
        measures=tuple(values.columns),
        base=tuple(values.columns),
        values=y,
        weights=None,
        estimate=mean,
        base_mean=mean,
        base_weight=sums[1],
        pairs=pairs,
        pair_answered=count > 0,
        z=z,
        n=n,
        n_least=n,
    )


def _pair_sums(
    y: np.ndarray, weight: np.ndarray, order: np.ndarray, runs: Runs
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Sums of w*y and of w over answers, and the number of answers, each of shape (pairs, K)."""
    k, n_pairs = y.shape[1], len(runs.start)
    total, base = np.zeros((k, n_pairs)), np.zeros((k, n_pairs))
    count = np.zeros((k, n_pairs), dtype=np.int32)
    in_order = len(order) == len(y) and bool((order[1:] > order[:-1]).all())
    w = weight[order]
    step = max(1, _BLOCK // max(len(order), 1))
    for at in range(0, k if n_pairs else 0, step):
        block = y[:, at : at + step].T
        block = np.ascontiguousarray(block if in_order else block[:, order])
        answered = block == block  # not NaN
        w_answered = answered * w
        base[at : at + step] = np.add.reduceat(w_answered, runs.start, axis=1)
        count[at : at + step] = np.add.reduceat(answered.view(np.int8), runs.start, axis=1, dtype=np.int32)
        np.multiply(w_answered, np.where(answered, block, 0.0), out=w_answered)
        total[at : at + step] = np.add.reduceat(w_answered, runs.start, axis=1)
    return total.T, base.T, count.T
