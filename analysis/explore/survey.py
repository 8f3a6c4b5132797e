"""A round's name -> a `Survey`: estimates, comparisons, tables and models of one round, a line each.

The packs' own functions. A domain is an argument: rows are never dropped. Figures of one district are its
direct ones (statistic `..._direct` in the results); packs show those of the pooled design effect, which
`Survey.packs` gives.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np
import pandas as pd

from analysis.errors import UnknownName, nearest, shown
from analysis.estimates import quality
from analysis.estimates.composites import combine_composites
from analysis.estimates.contrasts import compare_domains
from analysis.estimates.design import Design
from analysis.estimates.domains import Domains
from analysis.estimates.estimators import ratio as estimate_ratio
from analysis.estimates.estimators import shares as estimate_shares
from analysis.estimates.estimators import total as estimate_total
from analysis.estimates.intervals import t_interval, t_p_value
from analysis.estimates.levels import DIRECT, level_cells
from analysis.estimates.linearise import Scores, linearise_means
from analysis.estimates.results import empty_numbers_where_withheld, read_results
from analysis.estimates.sample import Sample
from analysis.pipeline import build_round, prepare_with_respondents
from analysis.places import read_places
from analysis.respondents.answers import without_no_answers
from analysis.rounds import Round

#: Columns of every table of estimates, a part of the results table's in its order.
COLUMNS = [
    "group_kind", "group", "measure", "statistic", "estimate", "se", "ci_low", "ci_high", "df", "deff", "n",
    "n_effective", "n_psu", "quality", "note",
]  # fmt: skip


class Survey:
    """One survey round, open for questions.

    Parameters
    ----------
    sample : Sample
        Indicators and design.
    respondents : DataFrame
        The same rows with their answers as stored.

    Examples
    --------
    >>> from analysis import open_round                                     # doctest: +SKIP
    >>> s = open_round("example-2021")                                      # doctest: +SKIP
    >>> s.mean(["D2", "poverty_list_published"], by="sex")                  # doctest: +SKIP
    >>> s.compare("D2", "district", "899")                                  # doctest: +SKIP
    >>> s.regress("internet_at_home ~ residence + age_group", "binomial")   # doctest: +SKIP
    """

    def __init__(self, sample: Sample, respondents: pd.DataFrame) -> None:
        self.sample = sample
        self._respondents = respondents

    @property
    def survey_round(self) -> Round:
        return self.sample.survey_round

    @property
    def design(self) -> Design:
        return self.sample.main_design

    @cached_property
    def data(self) -> pd.DataFrame:
        """Design, groups, indicators, and answers with every kind of no-answer as missing."""
        extra = [c for c in self._respondents.columns if c not in self.sample.indicators.columns]
        answers = without_no_answers(self._respondents[extra], self.survey_round.missing)
        return pd.concat([self.sample.indicators, answers], axis=1)

    @property
    def measures(self) -> list[str]:
        """Scores, then indicators, then numeric answers."""
        answers = [c for c in self.data.columns if c not in self.sample.indicators.columns]
        numeric = [c for c in answers if pd.api.types.is_numeric_dtype(self.data[c])]
        return [*self.sample.composites.measures, *self.sample.names, *numeric]

    def packs(self, measures: str | Sequence[str]) -> pd.DataFrame:
        """What the packs show of the districts: levels and differences by the pooled design effect."""
        wanted = [measures] if isinstance(measures, str) else list(measures)
        self._known(wanted)
        rows = read_results(build_round(self.survey_round.survey_round).survey_round.survey_round)
        keep = (rows["place_kind"] == "district") & rows["measure"].isin(wanted)
        return rows[keep & ~rows["statistic"].str.endswith(DIRECT)].reset_index(drop=True)

    @property
    def groups(self) -> list[str]:
        """Columns that `by` takes besides any answer."""
        return [*(group.name for group in self.survey_round.groups), "district", "stratum"]

    def __repr__(self) -> str:
        design = self.design
        return (
            f"{self.survey_round.survey_round}: {len(self.data)} respondents, {design.n_psu} PSUs in "
            f"{design.n_strata} strata; {len(self.measures)} measures, groups {', '.join(self.groups)}"
        )

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
            A group of the round, "district", or any coded variable.
        domain : str or array of bool, optional
            An expression over the columns ("district == '899' and sex == 'female'") or a mask.
        withhold : bool
            Blank the numbers that the round's rules withhold; False shows them beside their flag.

        Returns
        -------
        DataFrame with the columns `COLUMNS`.
        """
        wanted = [measures] if isinstance(measures, str) else list(measures)
        self._known(wanted)
        kind, domains = self._domains(by, domain)
        rows = []
        for scores in self._scores(wanted, domains):
            rows.append(self._rows(scores, kind))
        table = pd.concat(rows, ignore_index=True)
        table["measure"] = pd.Categorical(table["measure"], wanted)
        table = table.sort_values(["measure", "_at"], kind="stable").astype({"measure": "str"})
        return self._finish(table, withhold)

    def compare(
        self, measures: str | Sequence[str], by: str, a: str, b: str | None = None, domain: str | None = None
    ) -> pd.DataFrame:
        """Group a less group b, or less everybody, with the covariance between the two.

        Parameters
        ----------
        by : str
            A group column; a and b are its labels.
        b : str, optional
            Everybody in the domain (a included) by default.
        """
        wanted = [measures] if isinstance(measures, str) else list(measures)
        self._known(wanted)
        _, parts = self._domains(by, domain)
        _, everybody = self._domains(None, domain)
        at_a = self._label(parts, by, a)
        rows = []
        for scores, whole in zip(self._scores(wanted, parts), self._scores(wanted, everybody), strict=True):
            other = (whole, 0) if b is None else (scores, self._label(parts, by, b))
            contrast = compare_domains(scores, at_a, *other)
            low, high = t_interval(
                contrast.estimate, contrast.se_used, contrast.df, self.survey_round.quality.level
            )
            rows.append(
                pd.DataFrame(
                    {
                        "measure": contrast.measures, "a": a, "b": b or "all", "estimate": contrast.estimate,
                        "se": contrast.se, "ci_low": low, "ci_high": high, "df": contrast.df,
                        "p_value": t_p_value(contrast.estimate, contrast.se_used, contrast.df),
                        "n": contrast.n, "n_psu": contrast.n_psu,
                    }
                )
            )  # fmt: skip
        return pd.concat(rows).set_index("measure").loc[wanted].reset_index()

    def total(self, measures: str | Sequence[str], domain: str | np.ndarray | None = None) -> pd.DataFrame:
        """Weighted totals of indicators or answers."""
        wanted = [measures] if isinstance(measures, str) else list(measures)
        self._known(wanted, composites=False)
        return estimate_total(self.data[wanted].astype(float), self.design, self._mask(domain)).table()

    def share(self, variable: str, domain: str | np.ndarray | None = None) -> pd.DataFrame:
        """Shares of all values of a group or coded variable."""
        self._column(variable)
        return estimate_shares(self.data[variable], self.design, self._mask(domain)).table()

    def ratio(self, numerator: str, denominator: str, domain: str | np.ndarray | None = None) -> pd.DataFrame:
        """Ratio of two totals."""
        y, x = (self.data[self._column(name)].astype(float) for name in (numerator, denominator))
        return estimate_ratio(y, x, self.design, self._mask(domain)).table()

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
        """Cross table with the Rao-Scott test of independence."""
        from analysis.estimates.association import chisquare

        names = [self._column(name) for name in (rows, columns)]
        return chisquare(self.data[names[0]], self.data[names[1]], self.design, self._mask(domain))

    def regress(self, formula: str, family: str = "gaussian", domain: str | np.ndarray | None = None):
        """Design-based regression: gaussian, binomial (logit) or poisson."""
        from analysis.estimates.regression import regress

        return regress(formula, self.data, self.design, family, self._mask(domain))

    def _scores(self, wanted: list[str], domains: Domains) -> list[Scores]:
        """Scores of plain measures and of composites, those that are asked for."""
        composites = [m for m in wanted if m in self.sample.composites.kinds]
        plain = [m for m in wanted if m not in composites]
        out = []
        if plain:
            out.append(linearise_means(self.data[plain].astype(float), self.design, domains))
        if composites:
            parts = linearise_means(self.sample.indicators[self.sample.names], self.design, domains)
            out.append(combine_composites(parts, self.sample.composites).select(composites))
        return out

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

    def _finish(self, table: pd.DataFrame, withhold: bool) -> pd.DataFrame:
        table = table.reindex(columns=[*COLUMNS, "p_value", "p_adjusted"])
        if withhold:
            table = empty_numbers_where_withheld(table)
        elif (~table["quality"].isin(quality.SHOWN)).any():
            table["note"] = table["note"].where(table["quality"].isin(quality.SHOWN), "not for publication")
        return table[COLUMNS].reset_index(drop=True)

    def _domains(self, by: str | None, domain: str | np.ndarray | None) -> tuple[str, Domains]:
        mask = self._mask(domain)
        if by is None:
            return "all", Domains(("all",), np.where(mask, 0, -1))
        column = self.data[self._column(by)]
        group = next((g for g in self.survey_round.groups if g.name == by), None)
        labels = group.labels if group else sorted(column.dropna().unique())
        if by == "district":
            labels = [c for c in read_places().districts_of(self.survey_round.province) if c in set(column)]
        domains = Domains.of(column, labels)
        return by, Domains(domains.labels, np.where(mask, domains.code, -1))

    def _label(self, domains: Domains, by: str, label: str) -> int:
        labels = [str(each) for each in domains.labels]
        if str(label) in labels:
            return labels.index(str(label))
        raise _unknown(f'"{label}" is not a group of {by}', str(label), labels)

    def _mask(self, domain: str | np.ndarray | None) -> np.ndarray | None:
        if domain is None:
            return np.ones(len(self.data), dtype=bool)
        if not isinstance(domain, str):
            return np.asarray(domain, dtype=bool)
        try:
            mask = self.data.eval(domain)
            if not (isinstance(mask, pd.Series) and pd.api.types.is_bool_dtype(mask)):
                raise TypeError("it is not true or false for each respondent")
            return mask.to_numpy(dtype=bool)
        except pd.errors.UndefinedVariableError as fault:
            name = str(fault).split("'")[1]
            raise _unknown(
                f'the domain names a column "{name}" that is not there', name, self.data
            ) from fault
        except (SyntaxError, ValueError, TypeError) as fault:
            raise _unknown(f"the domain cannot be read ({fault})", domain, []) from fault

    def _known(self, wanted: list[str], composites: bool = True) -> None:
        valid = set(self.measures) - (set() if composites else set(self.sample.composites.kinds))
        for name in wanted:
            if name not in valid:
                raise _unknown(f'there is no measure "{name}"', name, valid)

    def _column(self, name: str) -> str:
        if name in self.data.columns:
            return name
        raise _unknown(f'there is no column "{name}"', name, self.data.columns)


def _unknown(what: str, got: str, valid) -> UnknownName:
    close = nearest(got, list(valid)) if len(list(valid)) else []
    return UnknownName(
        what[0].upper() + what[1:] + ".",
        vi=f'Không có "{got}" trong vòng khảo sát này'
        + (f"; gần giống nhất: {shown(close)}." if close else ". Hãy kiểm tra lại."),
        got=got,
        hint=f"Perhaps {shown(close)}." if close else "See .measures and .groups.",
    )


def open_survey(name: str) -> Survey:
    """Open a round for analysis; see `analysis.open_round`."""
    from analysis.rounds import read_round

    return Survey(*prepare_with_respondents(read_round(name)))
