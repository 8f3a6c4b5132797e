"""A round's answers -> quantiles, cross tables with their test, tests of means, and regression models."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.errors import BadRows
from analysis.estimates import quality
from analysis.estimates.design import Design
from analysis.estimates.joint import Part, joint_estimates
from analysis.estimates.level_cells import Asked
from analysis.explore.comparing import Comparing, as_number
from analysis.explore.levels import COLUMNS, Domain, withheld
from analysis.explore.opened import By, label_text, names_of

if TYPE_CHECKING:
    from analysis.estimates.estimators import AnyDesign
    from analysis.estimates.quantiles import Quantiles
    from analysis.estimates.regression import Regression
    from analysis.estimates.significance import ChiSquare, SignificanceTest, TTest


class Models(Comparing):
    """What looks at how answers are spread and hang together."""

    def quantile(
        self,
        measures: str | Sequence[str],
        p: float | Sequence[float] = (0.25, 0.5, 0.75),
        by: By | None = None,
        domain: Domain | None = None,
        withhold: bool = True,
        *,
        rule: str = "math",
        interval: str = "mean",
        level: float | None = None,
        df: str = "nonmissing",
    ) -> pd.DataFrame:
        """Weighted quantiles with Woodruff intervals, by group if asked.

        Parameters
        ----------
        measures : str or list of str
            Indicators or variables of the file.
        p : float or list of float
            Above 0 and below 1; 0.5 is the median. `statistic` is "quantile_0.5" and the like.
        by, domain, withhold, level, df
            As in `mean`.
        rule, interval : str
            R's `qrule` and `interval.type`: see `quantiles.quantile`.

        Returns
        -------
        DataFrame with the columns `COLUMNS`: no deff, and n_effective is Kish's. A quantile whose
        interval has an end that cannot be known, or no width, is `not_estimated`.

        Source
        ------
        Woodruff (1952); R `survey::svyquantile` (test_quantiles.py).

        Examples
        --------
        >>> s.quantile("a002", 0.5, by="sex")[["group", "statistic", "estimate", "ci_low", "ci_high"]]
            group     statistic  estimate  ci_low  ci_high
        0    male  quantile_0.5      42.0    41.0     45.0
        1  female  quantile_0.5      44.0    42.0     46.0
        """
        from analysis.estimates.quantiles import quantile

        wanted, asked = self._wanted(measures, composites=False), Asked(level, None, df)
        kind, domains = self._domains(by, domain)
        drawn, values = self._design_by(by), self._numbers(wanted)
        design = self._error_design(drawn)
        rules, rows = self.survey_round.quality, []
        for name in wanted:
            for at, label in enumerate(domains.labels):
                inside = domains.code == at
                degrees = design.df_of(inside) if asked.df == "r" else None
                level_of = rules.level if level is None else level
                found = quantile(values[name], design, p, inside, rule, interval, level_of, df=degrees)
                rows.append(self._quantile_rows(found, drawn, values[name], inside, level_of).assign(
                    group_kind=kind, group="" if kind == "all" else label_text(label), measure=name
                ))  # fmt: skip
        return withheld(pd.concat(rows, ignore_index=True).reindex(columns=COLUMNS), withhold)

    def _quantile_rows(
        self, found: Quantiles, design: Design, values: pd.Series, inside: np.ndarray, level: float
    ) -> pd.DataFrame:
        """The quantiles of one measure in one group, with their flags."""
        answered = inside & values.notna().to_numpy()
        w = design.weight[answered]
        n_psu = len(np.unique(design.psu[answered & design.in_use]))
        count = np.full(len(found.p), found.n)
        flags = quality.flag_quality(
            estimate=found.estimate,
            known=(found.se > 0) & np.isfinite(found.ci_low + found.ci_high),
            df=np.full(len(found.p), found.df),
            n=count,
            n_psu=np.full(len(found.p), n_psu),
            rules=self.survey_round.quality,
        )
        return pd.DataFrame(
            {
                "statistic": [f"quantile_{each:g}" for each in found.p], "estimate": found.estimate,
                "se": found.se, "ci_low": found.ci_low, "ci_high": found.ci_high, "level": level,
                "df": found.df, "deff": np.nan, "n": count,
                "n_effective": w.sum() ** 2 / (w**2).sum() if len(w) else np.nan, "n_psu": n_psu,
                "quality": flags, "note": "",
            }
        )  # fmt: skip

    def table(self, rows: str, columns: str, domain: Domain | None = None) -> ChiSquare:
        """Cross table with the Rao-Scott test of independence (Stata `svy: tabulate`).

        Returns
        -------
        ChiSquare
            `.to_frame()` has a row a test, `.cells(least)` a row a cell; `.p` is that of the test to report.

        Examples
        --------
        >>> s.table("sex", "poverty_list_published").to_frame().head(1).round(3)
                   test  statistic  df1   df2  p_value     n
        0  second_order      2.029  1.0  43.0    0.162  1484
        """
        from analysis.estimates.association import chisquare

        names = [self._column(name) for name in (rows, columns)]
        design = self._error_design(self.design)
        return chisquare(self.data[names[0]], self.data[names[1]], design, self._mask(domain))

    def ttest(self, measure: str, by: str, domain: Domain | None = None, level: float | None = None) -> TTest:
        """Design t-test of a measure between the two groups of a column, the second less the first.

        Parameters
        ----------
        measure : str
            An indicator or a variable of the file.
        by : str
            A column with two groups in the domain.
        domain, level
            As in `mean`.

        Source
        ------
        R `survey::svyttest` (test_association.py). `compare` takes at least the standard error of simple
        random samples, this the design's alone.

        Examples
        --------
        >>> s.ttest("a002", "sex").to_frame()[["estimate", "se", "df", "p_value"]].round(3)
           estimate     se  df  p_value
        0    -1.617  0.891  42    0.077
        """
        from analysis.estimates.association import ttest

        (name,) = self._wanted([measure], composites=False)
        level = self.survey_round.quality.level if level is None else level
        Asked(level)
        group = self.data[self._column(by)]
        return ttest(
            self.data[name].astype(float), group, self._error_design(self.design), self._mask(domain), level
        )

    def wald(
        self,
        measures: str | Sequence[str],
        by: By | None = None,
        domain: Domain | None = None,
        null: float = 0.0,
    ) -> SignificanceTest:
        """Joint test: all groups have the same mean of a measure; or, without groups, all means equal `null`.

        Parameters
        ----------
        measures : str or list of str
            One measure with `by`; scores too.
        by, domain
            As in `mean`.
        null : float

        Raises
        ------
        BadRows
            Several measures by group, or fewer than two groups with an estimate.

        Notes
        -----
        F = d' V^-1 d / q on q and df - q (groups) or df (means) degrees of freedom, d the q differences from
        the first group, or the means less `null`.

        Source
        ------
        R `survey::regTermTest` of a model on the group alone (test_models.py); Stata `test`.

        Examples
        --------
        >>> print(s.wald("a002", by="residence"))
        F(1, 42) = 0.8329, p = 0.367
        """
        from analysis.estimates.significance import f_test, wald_statistic

        wanted, null = self._wanted(measures), as_number("null", null)
        if names_of(by) and len(wanted) > 1:
            raise _one_measure(len(wanted))
        _, domains = self._domains(by, domain)
        several = self._scores(wanted, domains, self._design_by(by))
        parts = [
            Part(scores, d, m)
            for scores in several
            for d in range(len(domains.labels))
            for m in range(len(scores.measures))
        ]
        parts = [part for part in parts if np.isfinite(part.of(part.scores.estimate))]
        joint = joint_estimates(parts, [str(at) for at in range(len(parts))]) if parts else None
        if joint is None or (names_of(by) and len(parts) < 2):
            raise _one_measure(0)
        if names_of(by):
            inside = domains.code >= 0
            answered = inside & (self.data[wanted[0]].notna().to_numpy() if wanted[0] in self.data else True)
            size = len(parts)
            gaps = joint.contrast(np.column_stack([-np.ones(size - 1), np.eye(size - 1)]))
            statistic = wald_statistic(gaps.estimate, gaps.vcov) / (size - 1)
            design = self._error_design(self._design_by(by))
            return f_test(statistic, size - 1, design.df_of(answered) - (size - 1))
        statistic = wald_statistic(joint.estimate - null, joint.vcov) / len(parts)
        return f_test(statistic, len(parts), joint.df)

    def regress(
        self,
        formula: str,
        family: str = "gaussian",
        domain: Domain | None = None,
        *,
        offset: str | np.ndarray | None = None,
        aliased: str = "refuse",
    ) -> Regression:
        """Design-based regression: gaussian, binomial (logit) or poisson (Stata `svy: regress`, `logit`).

        Parameters
        ----------
        formula : str
            `y ~ x + C(group) + x:group`; see `formula.build_matrix`.
        family : {"gaussian", "binomial", "poisson"}
        domain
            As in `mean`.
        offset : str or array, optional
            A column, an expression such as "log(people)", or a value a respondent.
        aliased : {"refuse", "drop"}
            What becomes of a column that follows from those before it; R drops it.

        Returns
        -------
        Regression
            `.to_frame()` has a row a coefficient, `.term_test("x")` tests a term. A term of one level in the
            domain is left out, and the result says so.

        Examples
        --------
        >>> s.regress("internet_home ~ residence", "binomial").table()[["estimate", "se", "df"]].round(3)
                        estimate     se  df
        coefficient
        (Intercept)        0.344  0.063  42
        residenceurban     0.346  0.103  42
        """
        from analysis.estimates.regression import regress

        design = self._error_design(self.design)
        return regress(formula, self.data, design, family, self._mask(domain), offset=offset, aliased=aliased)

    def _error_design(self, design: Design) -> AnyDesign:
        """What tests, models and quantiles take their standard errors from."""
        return design


def _one_measure(got: int) -> BadRows:
    return BadRows(
        "A Wald test by group needs one measure and at least two groups with an estimate.",
        vi="Kiểm định Wald theo nhóm cần đúng một chỉ tiêu và ít nhất hai nhóm có số liệu.",
        expected="one measure, two groups or more",
        got=f"{got} measures" if got else "fewer than two groups with an estimate",
    )
