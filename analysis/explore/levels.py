"""A round's measures by group -> one row each with its uncertainty, and differences between two groups."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.estimates import quality
from analysis.estimates.composites import combine_composites
from analysis.estimates.contrasts import Contrast, compare_domains
from analysis.estimates.design import Design
from analysis.estimates.domains import Domains
from analysis.estimates.estimators import ratio as estimate_ratio
from analysis.estimates.estimators import shares as estimate_shares
from analysis.estimates.estimators import total as estimate_total
from analysis.estimates.intervals import t_interval, t_p_value
from analysis.estimates.levels import level_cells
from analysis.estimates.linearise import Scores, linearise_means
from analysis.estimates.results import SURVEYED_ONLY, empty_numbers_where_withheld
from analysis.explore.opened import OpenedRound
from analysis.rounds import QualityRules

#: Columns of every table of estimates, a part of the results table's in its order.
COLUMNS = [
    "group_kind", "group", "measure", "statistic", "estimate", "se", "ci_low", "ci_high", "df", "deff", "n",
    "n_effective", "n_psu", "quality", "note",
]  # fmt: skip
#: Columns of a table of differences.
CONTRAST_COLUMNS = [
    "measure", "a", "b", "estimate", "se", "ci_low", "ci_high", "df", "p_value", "n", "n_psu", "quality",
    "note",
]  # fmt: skip


class Levels(OpenedRound):
    """Means, shares, scores, totals and ratios of a round, and differences between groups."""

    def mean(
        self,
        measures: str | Sequence[str],
        by: str | None = None,
        domain: str | np.ndarray | None = None,
        withhold: bool = True,
    ) -> pd.DataFrame:
        """Means, shares and scores, by group if asked.

        Parameters
        ----------
        measures : str or list of str
            Scores ("PAPI", "D2", "S2.1"), indicators, or variables of the file.
        by : str, optional
            A group of the round, "district" (on the round's own design of districts), or any coded
            variable.
        domain : str or array of bool, optional
            An expression over the columns ("district == '899' and sex == 'female'") or a mask.
        withhold : bool
            Blank the numbers that the round's rules withhold; False shows them beside their flag.

        Returns
        -------
        DataFrame with the columns `COLUMNS`.

        Source
        ------
        Stata `svy, subpop(): mean, over()`; R `survey::svyby(svymean)` (test_oracle_example.py).

        Examples
        --------
        >>> women = s.mean("D2", domain="district == '899' and sex == 'female'")
        >>> women[["estimate", "se", "n", "quality"]].round(3)
           estimate     se   n  quality
        0     4.209  0.108  80  caution
        """
        wanted = self._wanted(measures)
        kind, domains = self._domains(by, domain)
        rows = [self._rows(scores, kind) for scores in self._scores(wanted, domains, self._design_by(by))]
        table = pd.concat(rows, ignore_index=True)
        table["measure"] = pd.Categorical(table["measure"], wanted)
        table = table.sort_values(["measure", "_at"], kind="stable").astype({"measure": "str"})
        return withheld(table.reindex(columns=COLUMNS), withhold)

    def compare(
        self,
        measures: str | Sequence[str],
        by: str,
        a: str,
        b: str | None = None,
        domain: str | None = None,
        withhold: bool = True,
    ) -> pd.DataFrame:
        """Group a less group b, or less everybody, with the covariance between the two.

        Parameters
        ----------
        measures : str or list of str
        by : str
            A group column; a and b are its labels.
        b : str, optional
            Everybody in the domain (a included) by default.
        domain, withhold
            As in `mean`.

        Returns
        -------
        DataFrame with the columns `CONTRAST_COLUMNS`; p_value is not adjusted for the number of tests.

        Source
        ------
        Stata `lincom` after `svy: mean, over()`; R `survey::svycontrast`.

        Examples
        --------
        >>> gap = s.compare("D7", "age_group", "18-34", "55+")
        >>> gap[["estimate", "ci_low", "ci_high", "p_value"]].round(3)
           estimate  ci_low  ci_high  p_value
        0     0.482   0.141    0.822    0.007
        """
        wanted, design = self._wanted(measures), self._design_by(by)
        _, parts = self._domains(by, domain)
        _, everybody = self._domains(None, domain)
        at_a = self._label(parts, by, a)
        two_designs = by == "district" and self.survey_round.design.has_district_design
        rows = []
        sides = (self._scores(wanted, domains, design) for domains in (parts, everybody))
        for scores, whole in zip(*sides, strict=True):
            other = (whole, 0) if b is None else (scores, self._label(parts, by, b))
            rows.append(contrast_rows(self._contrast(scores, at_a, *other), self.survey_round.quality))
        table = pd.concat(rows).set_index("measure").loc[wanted].reset_index()
        table = table.assign(a=a, b=b or "all", note=SURVEYED_ONLY if two_designs and b is None else "")
        return withheld(table[CONTRAST_COLUMNS], withhold)

    def total(self, measures: str | Sequence[str], domain: str | np.ndarray | None = None) -> pd.DataFrame:
        """Weighted totals of indicators or answers (Stata `svy: total`)."""
        wanted = self._wanted(measures, composites=False)
        return estimate_total(self.data[wanted].astype(float), self.design, self._mask(domain)).table()

    def share(self, variable: str, domain: str | np.ndarray | None = None) -> pd.DataFrame:
        """Shares of all values of a group or coded variable (Stata `svy: proportion`)."""
        self._column(variable)
        return estimate_shares(self.data[variable], self.design, self._mask(domain)).table()

    def ratio(self, numerator: str, denominator: str, domain: str | np.ndarray | None = None) -> pd.DataFrame:
        """Ratio of two totals among those who answered both (Stata `svy: ratio`)."""
        y, x = (self.data[self._column(name)].astype(float) for name in (numerator, denominator))
        return estimate_ratio(y, x, self.design, self._mask(domain)).table()

    def _scores(self, wanted: list[str], domains: Domains, design: Design) -> list[Scores]:
        """Scores of plain measures and of composites, those that are asked for."""
        composites = [m for m in wanted if m in self.sample.composites.kinds]
        plain = [m for m in wanted if m not in composites]
        out = []
        if plain:
            out.append(linearise_means(self.data[plain].astype(float), design, domains))
        if composites:
            parts = linearise_means(self.sample.indicators[self.sample.names], design, domains)
            out.append(combine_composites(parts, self.sample.composites).select(composites))
        return out

    def _contrast(self, a: Scores, at_a: int, b: Scores, at_b: int) -> Contrast:
        return compare_domains(a, at_a, b, at_b)

    def _rows(self, scores: Scores, kind: str) -> pd.DataFrame:
        cells = level_cells(self.sample, scores)
        shape = scores.estimate.shape
        table = pd.DataFrame({name: np.broadcast_to(v, shape).ravel() for name, v in cells.items()})
        labels = np.repeat([str(label) for label in scores.domains.labels], shape[1])
        return table.assign(
            group_kind=kind,
            group=labels if kind != "all" else "",
            measure=np.tile(scores.measures, shape[0]),
            _at=np.repeat(range(shape[0]), shape[1]),
        )


def contrast_rows(contrast: Contrast, rules: QualityRules) -> pd.DataFrame:
    """One row a measure of a difference: numbers, p and quality flag."""
    low, high = t_interval(contrast.estimate, contrast.se_used, contrast.df, rules.level)
    flags = quality.flag_quality(
        estimate=contrast.estimate,
        known=~np.isnan(contrast.estimate),
        df=contrast.df,
        n=contrast.n,
        n_psu=contrast.n_psu,
        rules=rules,
        n_least=contrast.n_least,
    )
    return pd.DataFrame(
        {
            "measure": contrast.measures, "estimate": contrast.estimate, "se": contrast.se, "ci_low": low,
            "ci_high": high, "df": contrast.df,
            "p_value": t_p_value(contrast.estimate, contrast.se_used, contrast.df),
            "n": contrast.n, "n_psu": contrast.n_psu, "quality": flags,
        }
    )  # fmt: skip


def withheld(table: pd.DataFrame, withhold: bool = True) -> pd.DataFrame:
    """The table with withheld numbers blank, or with a note beside each of them."""
    columns = list(table.columns)
    if withhold:
        derived = ["estimate", "se", "ci_low", "ci_high", "p_value", "p_adjusted", "deff", "n_effective"]
        table = table.reindex(columns=[*columns, *(name for name in derived if name not in columns)])
        return empty_numbers_where_withheld(table)[columns].reset_index(drop=True)
    hidden = ~table["quality"].isin(quality.SHOWN)
    return table.assign(note=table["note"].mask(hidden, "not for publication")).reset_index(drop=True)
