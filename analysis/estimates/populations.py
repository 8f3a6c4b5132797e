"""Columns of population counts, or of shares sampled -> the units in the population of each stratum."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.errors import shown
from analysis.estimates.design_faults import bad_columns


@dataclass(frozen=True)
class Populations:
    """Population columns of a design, one a stage from the first on.

    Attributes
    ----------
    names : tuple of str
    columns : tuple of ndarray, each of shape (n,)
    are_shares : bool
        No value of any of them is above 1 and some are below: they say which share of the units was
        sampled, and a stratum of n units has n / share.
    """

    names: tuple[str, ...]
    columns: tuple[np.ndarray, ...]
    are_shares: bool

    @classmethod
    def of(cls, table: pd.DataFrame, names: Sequence[str]) -> Populations:
        """Read the columns.

        Source
        ------
        R `survey::svydesign`, argument `fpc`.
        """
        columns = tuple(
            pd.to_numeric(table[name], errors="coerce").to_numpy(dtype=float, na_value=np.nan)
            for name in names
        )
        values = np.concatenate(columns) if columns else np.ones(1)
        return cls(tuple(names), columns, bool((values <= 1).all() and (values < 1).any()))

    def read(self, stage: int, stratum: np.ndarray, counts: np.ndarray) -> np.ndarray:
        """Units in the population of each stratum of a stage; inf = drawn with replacement.

        Parameters
        ----------
        stage : int
            0 is the first.
        stratum : ndarray of int, shape (n,)
        counts : ndarray of int, shape (strata,)
            Units sampled in each.

        Raises
        ------
        BadDesign
            A value is missing, differs within a stratum, or says fewer than were sampled.
        """
        if stage >= len(self.columns):
            return np.full(len(counts), np.inf)
        values = self.columns[stage]
        low, high = np.full(len(counts), np.inf), np.full(len(counts), -np.inf)
        with np.errstate(divide="ignore", invalid="ignore"):
            np.minimum.at(low, stratum, values)
            np.maximum.at(high, stratum, values)
            sizes = counts / high if self.are_shares else high
        if not (np.isfinite(values).all() and (low == high).all() and (high >= 0).all()
                and (sizes >= counts).all()):  # fmt: skip
            raise bad_columns(
                "population counts are missing, differ within a stratum, or are below the sample's",
                self.names[stage], "one count a stratum, at least the units sampled, or one share of 0 to 1",
                shown(np.unique(values)),
            )  # fmt: skip
        return sizes
