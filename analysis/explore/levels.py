"""A round's measures by group -> means, shares, scores, totals and ratios, each with its uncertainty."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.errors import BadRows
from analysis.estimates import quality
from analysis.estimates.composites import combine_composites
from analysis.estimates.contrasts import Contrast, compare_domains
from analysis.estimates.design import Design
from analysis.estimates.domains import Domains
from analysis.estimates.level_cells import Asked, level_cells
from analysis.estimates.linearise import Scores, linearise_means
from analysis.estimates.linearise_sums import linearise_ratios, linearise_totals
from analysis.estimates.results import empty_numbers_where_withheld
from analysis.explore.described import Described
from analysis.explore.estimates import Estimates
from analysis.explore.opened import By, label_text, names_of, no_name

#: Columns of every table of estimates, a part of the results table's in its order.
COLUMNS = [
    "group_kind", "group", "measure", "statistic", "estimate", "se", "ci_low", "ci_high", "level", "df",
    "deff", "n", "n_effective", "n_psu", "quality", "note",
]  # fmt: skip
Domain = str | np.ndarray


class Levels(Described):
    """Many measures, by many groups, in one call.

    Every table has the columns `COLUMNS`, a flag a row, and its withheld numbers blank. Where nothing else is
    asked for, intervals are the packs' own: Korn-Graubard for shares, t with at least the standard error of a
    simple random sample for the rest.
    """

    def mean(
        self,
        measures: str | Sequence[str],
        by: By | None = None,
        domain: Domain | None = None,
        withhold: bool = True,
        *,
        interval: str | None = None,
        level: float | None = None,
        df: str = "nonmissing",
        deff: str = "replacement",
    ) -> pd.DataFrame:
        """Means, shares of yes and scores, by group if asked.

        Parameters
        ----------
        measures : str or list of str
            Scores ("PAPI", "D2", "S2.1"), indicators, or variables of the file.
        by : str or list of str, optional
            A group of the round, "district" (on the round's own design of districts), or any coded
            variable; several are crossed.
        domain : str or array of bool, optional
            An expression over the columns ("district == '899' and sex == 'female'") or a mask.
        withhold : bool
            Blank the numbers that the round's rules withhold; False shows them beside their flag.
        interval : str, optional
            "t" (estimate ± t se, as R and Stata have it); for shares also "logit", "korn_graubard", "beta",
            "wilson", "asin", "likelihood".
        level : float, optional
            Of the intervals; the round's own by default.
        df : {"nonmissing", "r"}
            PSUs less strata of those who answered, or of all in the domain as R counts them.
        deff : {"replacement", "without"}
            Beside simple random samples drawn with or without replacement.

        Returns
        -------
        DataFrame with the columns `COLUMNS`, measures outermost in the order asked.

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
        wanted, asked = self._wanted(measures), Asked(level, interval, df, deff)
        kind, domains = self._domains(by, domain)
        scores = self._scores(wanted, domains, self._design_by(by))
        return self._shown(scores, kind, wanted, asked, withhold)

    def share(
        self,
        variables: str | Sequence[str],
        by: By | None = None,
        domain: Domain | None = None,
        withhold: bool = True,
        *,
        interval: str | None = None,
        level: float | None = None,
        df: str = "nonmissing",
        deff: str = "replacement",
    ) -> pd.DataFrame:
        """Shares of all values of groups or coded variables; `measure` is "variable=value".

        Parameters
        ----------
        variables : str or list of str
        by, domain, withhold, interval, level, df, deff
            As in `mean`; Korn-Graubard intervals unless another is asked for.

        Source
        ------
        Stata `svy: proportion, over()`; R `survey::svyby(svymean)` of a factor.

        Examples
        --------
        >>> s.share("residence", by="sex")[["group", "measure", "estimate", "ci_low", "ci_high"]].round(3)
            group          measure  estimate  ci_low  ci_high
        0    male  residence=urban     0.292   0.167    0.446
        1  female  residence=urban     0.283   0.160    0.436
        2    male  residence=rural     0.708   0.554    0.833
        3  female  residence=rural     0.717   0.564    0.840
        """
        asked, flags = Asked(level, interval, df, deff), {}
        for name in names_of(variables):
            column = self.data[self._column(name)]
            for label in self.labels_of(name):
                flag = (column == label).astype(float).where(column.notna())
                flags[f"{name}={label_text(label)}"] = flag
        if not flags:
            raise no_name("variable")
        kind, domains = self._domains(by, domain)
        scores = self._means(pd.DataFrame(flags), self._design_by(by), domains)
        return self._shown([scores], kind, list(flags), asked, withhold, "share")

    def total(
        self,
        measures: str | Sequence[str],
        by: By | None = None,
        domain: Domain | None = None,
        withhold: bool = True,
        *,
        level: float | None = None,
        df: str = "nonmissing",
        deff: str = "replacement",
    ) -> pd.DataFrame:
        """Weighted totals of indicators or answers, a missing answer adding nothing.

        Parameters
        ----------
        measures : str or list of str
        by, domain, withhold, level, df, deff
            As in `mean`.

        Source
        ------
        Stata `svy: total, over()`; R `survey::svyby(svytotal)` (test_linearise_sums.py).

        Examples
        --------
        >>> s.total("health_insurance", by="sex")[["group", "estimate", "se"]].round(0)
            group  estimate       se
        0    male  554747.0  36984.0
        1  female  558789.0  36150.0
        """
        wanted = self._wanted(measures, composites=False)
        kind, domains = self._domains(by, domain)
        design = self._design_by(by)
        scores = self._with_error(linearise_totals(self._numbers(wanted), design, domains), design)
        return self._shown([scores], kind, wanted, Asked(level, None, df, deff), withhold, "total")

    def ratio(
        self,
        numerators: str | Sequence[str],
        denominators: str | Sequence[str],
        by: By | None = None,
        domain: Domain | None = None,
        withhold: bool = True,
        *,
        level: float | None = None,
        df: str = "nonmissing",
        deff: str = "replacement",
    ) -> pd.DataFrame:
        """Ratios of two totals among those who answered both; `measure` is "numerator/denominator".

        Parameters
        ----------
        numerators : str or list of str
        denominators : str or list of str
            One for all, or one for each numerator.
        by, domain, withhold, level, df, deff
            As in `mean`.

        Source
        ------
        Stata `svy: ratio, over()`; R `survey::svyby(svyratio)` (test_linearise_sums.py).

        Examples
        --------
        >>> s.ratio("internet_news", "internet_home")[["estimate", "se", "n"]].round(3)
           estimate     se     n
        0     0.639  0.031  1477
        """
        over, under = (self._wanted(names, composites=False) for names in (numerators, denominators))
        if len(under) not in (1, len(over)):
            raise BadRows(
                "Ratios need one denominator, or one for each numerator.",
                vi="Tỷ số cần một mẫu số chung, hoặc mỗi tử số một mẫu số.",
                expected=f"1 or {len(over)} denominators",
                got=str(len(under)),
            )
        under = under * len(over) if len(under) == 1 else under
        kind, domains = self._domains(by, domain)
        design = self._design_by(by)
        made = linearise_ratios(self._numbers(over), self._numbers(under), design, domains)
        scores, asked = self._with_error(made, design), Asked(level, None, df, deff)
        return self._shown([scores], kind, list(scores.measures), asked, withhold, "ratio")

    def _numbers(self, names: list[str]) -> pd.DataFrame:
        """Columns of numbers; the same name may stand several times."""
        return pd.concat([self.data[name].astype(float) for name in names], axis=1)

    def _means(self, values: pd.DataFrame, design: Design, domains: Domains) -> Scores:
        return self._with_error(linearise_means(values, design, domains), design)

    def _scores(self, wanted: list[str], domains: Domains, design: Design) -> list[Scores]:
        """Scores of plain measures and of composites, those that are asked for."""
        composites = [m for m in wanted if m in self.sample.composites.kinds]
        plain = [m for m in wanted if m not in composites]
        out = []
        if plain:
            out.append(self._means(self._numbers(plain), design, domains))
        if composites:
            parts = linearise_means(self.sample.indicators[self.sample.names], design, domains)
            scores = combine_composites(parts, self.sample.composites).select(composites)
            out.append(self._with_error(scores, design))
        return out

    def _with_error(self, scores: Scores, design: Design) -> Scores:
        """The scores with the kind of standard error that this survey has."""
        return scores

    def _contrast(self, a: Scores, at_a: int, b: Scores, at_b: int) -> Contrast:
        return compare_domains(a, at_a, b, at_b)

    def _about(self, scores: Scores, statistic: str = "") -> pd.DataFrame:
        """What the measures of some scores are: the framework's, or all of one statistic."""
        if not statistic:
            return self.sample.describe(scores.measures)
        bounds = (0.0, 1.0) if statistic == "share" else (-np.inf, np.inf)
        row = {"statistic": statistic, "minimum": bounds[0], "maximum": bounds[1]}
        return pd.DataFrame([row] * len(scores.measures), index=list(scores.measures))

    def _shown(
        self,
        several: list[Scores],
        kind: str,
        order: list[str],
        asked: Asked,
        withhold: bool,
        statistic: str = "",
    ) -> pd.DataFrame:
        """Rows of all scores, measures outermost in the order given."""
        rules, rows = self.survey_round.quality, []
        for scores in several:
            cells = level_cells(scores, self._about(scores, statistic), rules, asked)
            rows.append(group_rows(scores, kind, cells))
        table = pd.concat(rows, ignore_index=True)
        table["_measure"] = table["measure"].map({name: at for at, name in enumerate(order)})
        table = table.sort_values(["_measure", "_at"], kind="stable")
        return Estimates.of(withheld(table.reindex(columns=COLUMNS), withhold), self.words)


def group_rows(scores: Scores, kind: str, cells: dict[str, np.ndarray]) -> pd.DataFrame:
    """One row a group and measure; `_at` is the group's place."""
    shape = scores.estimate.shape
    table = pd.DataFrame({name: np.broadcast_to(v, shape).ravel() for name, v in cells.items()})
    labels = np.repeat([label_text(label) for label in scores.domains.labels], shape[1])
    return table.assign(
        group_kind=kind,
        group=labels if kind != "all" else "",
        measure=np.tile(scores.measures, shape[0]),
        _at=np.repeat(range(shape[0]), shape[1]),
    )


def withheld(table: pd.DataFrame, withhold: bool = True) -> pd.DataFrame:
    """The table with withheld numbers blank, or with a note beside each of them."""
    columns = list(table.columns)
    if withhold:
        derived = ["estimate", "se", "ci_low", "ci_high", "p_value", "p_adjusted", "deff", "n_effective"]
        table = table.reindex(columns=[*columns, *(name for name in derived if name not in columns)])
        return empty_numbers_where_withheld(table)[columns].reset_index(drop=True)
    hidden = ~table["quality"].isin(quality.SHOWN)
    return table.assign(note=table["note"].mask(hidden, "not for publication")).reset_index(drop=True)
