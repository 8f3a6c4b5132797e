"""A round's answers -> quantiles, cross tables with their test, and regression models."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.explore.levels import Levels


class Models(Levels):
    """What looks at how answers are spread and hang together."""

    def quantile(
        self,
        measure: str,
        p: Sequence[float] = (0.25, 0.5, 0.75),
        domain: str | np.ndarray | None = None,
        **options: str,
    ) -> pd.DataFrame:
        """Weighted quantiles with Woodruff intervals (options: rule, interval)."""
        from analysis.estimates.quantiles import quantile

        values = self.data[self._column(measure)].astype(float)
        return quantile(values, self.design, p, self._mask(domain), **options).table()

    def table(self, rows: str, columns: str, domain: str | np.ndarray | None = None):
        """Cross table with the Rao-Scott test of independence (Stata `svy: tabulate`)."""
        from analysis.estimates.association import chisquare

        names = [self._column(name) for name in (rows, columns)]
        return chisquare(self.data[names[0]], self.data[names[1]], self.design, self._mask(domain))

    def regress(self, formula: str, family: str = "gaussian", domain: str | np.ndarray | None = None):
        """Design-based regression: gaussian, binomial (logit) or poisson (Stata `svy: regress`, `logit`).

        Examples
        --------
        >>> s.regress("internet_home ~ residence", "binomial").table()[["estimate", "se", "df"]].round(3)
                        estimate     se  df
        coefficient
        (Intercept)        0.344  0.063  42
        residenceurban     0.346  0.103  42
        """
        from analysis.estimates.regression import regress

        return regress(formula, self.data, self.design, family, self._mask(domain))
