"""Who belongs to which group, and where the groups meet the sample's PSUs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

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

    @cached_property
    def people(self) -> np.ndarray:
        """Respondents in each domain, whether they answered or not, shape (D,)."""
        return np.bincount(self.code[self.code >= 0], minlength=len(self.labels))


@dataclass(frozen=True)
class Runs:
    """Rows sorted by a key: where each run of one key starts, and its key."""

    start: np.ndarray
    key: np.ndarray

    @classmethod
    def of(cls, sorted_keys: np.ndarray) -> Runs:
        first = np.ones(len(sorted_keys), dtype=bool)
        np.not_equal(sorted_keys[1:], sorted_keys[:-1], out=first[1:])
        start = np.flatnonzero(first)
        return cls(start, sorted_keys[start])

    def sum(self, values: np.ndarray) -> np.ndarray:
        """Column sums within runs, shape (runs, K)."""
        if len(self.start) == 0:
            return np.zeros((0, values.shape[1]))
        return np.add.reduceat(values, self.start, axis=0)


@dataclass(frozen=True)
class Pairs:
    """The (domain, PSU) pairs that occur, sorted; strata are runs of PSUs, so cells are runs of pairs."""

    domain: np.ndarray
    psu: np.ndarray
    by_domain: Runs
    by_cell: Runs
    cell_stratum: np.ndarray

    @classmethod
    def of(cls, domain: np.ndarray, psu: np.ndarray, design: Design) -> Pairs:
        stratum = design.psu_stratum[psu]
        cells = Runs.of(domain * design.n_strata + stratum)
        return cls(domain, psu, Runs.of(domain), cells, cells.key % max(design.n_strata, 1))

    def to_domains(self, cells_or_pairs: np.ndarray, runs: Runs, n_domains: int) -> np.ndarray:
        """Sums by domain of rows that `runs` groups, zeros for domains that do not occur."""
        out = np.zeros((n_domains, cells_or_pairs.shape[1]))
        out[runs.key] = runs.sum(cells_or_pairs)
        return out
