"""One round ready to be estimated -> its designs, its scores, and rows in the results' columns."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from analysis.estimates.composites import CompositeMap, combine_composites, composite_map
from analysis.estimates.design import Design
from analysis.estimates.domains import Domains
from analysis.estimates.linearise import Scores, linearise_means
from analysis.estimates.results import Block
from analysis.estimates.round_design import one_district_design, province_design
from analysis.indicators.framework import Framework
from analysis.rounds import Round


@dataclass(frozen=True)
class Sample:
    """One round: its settings, its framework and its indicators table."""

    survey_round: Round
    framework: Framework
    indicators: pd.DataFrame

    @property
    def names(self) -> list[str]:
        return list(self.framework.indicators["indicator"])

    @cached_property
    def composites(self) -> CompositeMap:
        return composite_map(self.framework)

    @cached_property
    def main_design(self) -> Design:
        """The design for figures about the province and its groups."""
        return province_design(self.indicators, self.survey_round)

    @cached_property
    def district_design(self) -> Design:
        """The design for figures about one district; the main one unless the round declares another."""
        if not self.survey_round.design.has_district_design:
            return self.main_design
        return one_district_design(self.indicators, self.survey_round)

    def estimate(self, design: Design, domains: Domains) -> tuple[Scores, ...]:
        """Indicator scores, then those of the composites made of them where the framework has any."""
        indicators = linearise_means(self.indicators[self.names], design, domains)
        if not self.composites.measures:
            return (indicators,)
        return indicators, combine_composites(indicators, self.composites)

    def describe(self, measures: tuple[str, ...]) -> pd.DataFrame:
        """Kind, statistic and theoretical bounds of measures, one row each in their order."""
        answers = {"measure_kind": "answer", "statistic": "mean", "minimum": -np.inf, "maximum": np.inf}
        # A variable of the file is one that the framework does not know.
        return self._described.reindex(list(measures)).fillna(answers)

    @cached_property
    def _described(self) -> pd.DataFrame:
        """Kind, statistic and bounds of every measure of the framework."""
        composites = self.composites
        scores = composites.bounds.assign(measure_kind=pd.Series(composites.kinds), statistic="score")
        rows = self.framework.indicators.set_index("indicator")
        parts = rows[["minimum", "maximum"]].assign(
            measure_kind="indicator", statistic=np.where(rows["unit"] == "share", "share", "mean")
        )
        return pd.concat([scores, parts])

    @cached_property
    def _kind_of(self) -> dict[str, str]:
        return dict(self._described["measure_kind"])

    def rows(
        self,
        places: list[str],
        measures: tuple[str, ...],
        cells: dict[str, np.ndarray],
        **fixed: str | list[str],
    ) -> Block:
        """One row a place and measure, places outermost.

        Parameters
        ----------
        places : list of str, length D
        measures : tuple of str, length K
        cells : dict of column -> array that broadcasts to (D, K)
        fixed : column = one value for all rows, or one a place
        """
        shape = (len(places), len(measures))
        kinds = [self._kind_of.get(measure, "answer") for measure in measures]
        every = {"survey_round": self.survey_round.survey_round, "source": self.survey_round.cited}
        columns: Block = {
            "measure": np.tile(np.array(measures, dtype=object), shape[0]),
            "measure_kind": np.tile(np.array(kinds, dtype=object), shape[0]),
            "level": np.full(shape[0] * shape[1], self.survey_round.quality.level),
        }
        for name, value in {"place": places, **every, **fixed}.items():
            each = value if isinstance(value, list) else [value] * shape[0]
            columns[name] = np.repeat(np.array(each, dtype=object), shape[1])
        return columns | {name: np.broadcast_to(value, shape).ravel() for name, value in cells.items()}
