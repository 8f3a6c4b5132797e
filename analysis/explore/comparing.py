"""A round's groups, measures and rounds against each other -> differences, contrasts and covariances."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from numbers import Real

import numpy as np
import pandas as pd

from analysis.errors import BadDesign
from analysis.estimates import quality
from analysis.estimates.contrasts import Contrast
from analysis.estimates.estimated import Estimated
from analysis.estimates.expressions import Expression, Item
from analysis.estimates.intervals import t_interval, t_p_value
from analysis.estimates.joint import Part, covariance_table, joint_estimates
from analysis.estimates.level_cells import Asked, refused_option
from analysis.estimates.linearise_sums import linearise_totals
from analysis.estimates.results import SURVEYED_ONLY
from analysis.explore.levels import Domain, Levels, withheld
from analysis.explore.opened import CROSS, By, label_text, names_of, unknown_name
from analysis.rounds import QualityRules

#: Columns of a table of differences.
CONTRAST_COLUMNS = [
    "measure", "a", "b", "estimate", "se", "ci_low", "ci_high", "level", "df", "p_value", "n", "n_psu",
    "quality", "note",
]  # fmt: skip
#: Columns of a table of contrasts written as formulas.
FORMULA_COLUMNS = [
    "contrast", "statistic", "estimate", "se", "ci_low", "ci_high", "level", "null", "df", "p_value", "n",
    "n_psu", "quality", "note",
]  # fmt: skip
STATISTICS = ("mean", "total")


class Comparing(Levels):
    """Differences and other functions of several estimates, with every covariance between them."""

    def compare(
        self,
        measures: str | Sequence[str],
        by: By,
        a: object,
        b: object | None = None,
        domain: Domain | None = None,
        withhold: bool = True,
        *,
        level: float | None = None,
    ) -> pd.DataFrame:
        """Group a less group b, or less everybody, with the covariance between the two.

        Parameters
        ----------
        measures : str or list of str
        by : str or list of str
            A group column, or several crossed; a and b are its labels (tuples where crossed).
        b : optional
            Everybody in the domain (a included) by default.
        domain, withhold, level
            As in `mean`.

        Returns
        -------
        DataFrame with the columns `CONTRAST_COLUMNS`; p_value is not adjusted for the number of tests.
        Intervals and p take at least the standard error of simple random samples of the same people
        (METHODS.md); `contrast` takes the design's alone.

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
        kind, parts = self._domains(by, domain)
        _, everybody = self._domains(None, domain)
        at_a = self._label(parts, kind, a)
        at_b = None if b is None else self._label(parts, kind, b)
        if at_a == at_b:
            raise _same_group(parts.labels[at_a])
        Asked(level)  # refuses a level that is none
        rules, names = self.survey_round.quality, names_of(by)
        two_designs = names == ["district"] and self.district_design is not self.design
        rows = []
        sides = (self._scores(wanted, domains, design) for domains in (parts, everybody))
        for scores, whole in zip(*sides, strict=True):
            other = (whole, 0) if at_b is None else (scores, at_b)
            rows.append(contrast_rows(self._contrast(scores, at_a, *other), rules, level))
        table = pd.concat(rows).set_index("measure").loc[wanted].reset_index()
        table = table.assign(
            a=label_text(parts.labels[at_a]),
            b="all" if at_b is None else label_text(parts.labels[at_b]),
            note=SURVEYED_ONLY if two_designs and b is None else "",
        )
        return withheld(table[CONTRAST_COLUMNS], withhold)

    def contrast(
        self,
        expressions: str | Sequence[str] | Mapping[str, str],
        by: By | None = None,
        domain: Domain | None = None,
        withhold: bool = True,
        *,
        statistic: str = "mean",
        null: float = 0.0,
        level: float | None = None,
        df: str = "nonmissing",
    ) -> pd.DataFrame:
        """Linear and other smooth functions of estimates, across measures, groups and rounds.

        Parameters
        ----------
        expressions : str, list of str, or dict of name -> str
            Measures joined by + - * / ** ( ) and log, exp, sqrt, logit, expit. `D2[female]` is a group of
            `by`, `D2[sex=female, age_group=55+]` names its columns itself, `D2@example-2020` is of an
            earlier round. Blanks around a minus.
        by, domain, withhold, level, df
            As in `mean`; the domain, as an expression, is read in each round.
        statistic : {"mean", "total"}
        null : float
            What p tests the contrast against.

        Returns
        -------
        DataFrame with the columns `FORMULA_COLUMNS`. df is the smallest of the estimates'; p_value is not
        adjusted for the number of tests.

        Notes
        -----
        Delta method: V = g' C g with g the gradient and C the estimates' covariance, which counts shared
        PSUs, people in several groups, and PSUs that two rounds share.

        Source
        ------
        Stata `lincom`, `nlcom`; R `survey::svycontrast` (test_comparing.py).

        Examples
        --------
        >>> s.contrast("D2[female] - D2[male]", by="sex")[["estimate", "se", "p_value"]].round(3)
           estimate     se  p_value
        0     0.096  0.089    0.284
        >>> ratio = s.contrast({"gap": "D2 / D5"})
        >>> change = s.contrast("D2 - D2@example-2020")
        """
        null = as_number("null", null)
        read = {name: Expression.read(text) for name, text in _named(expressions).items()}
        items = list(dict.fromkeys(item for each in read.values() for item in each.items))
        joint, n_psu, notes = self._joint(items, by, domain, statistic, df)
        at = {item: place for place, item in enumerate(items)}
        rows, rules = [], self.survey_round.quality
        for name, expression in read.items():
            own = [at[item] for item in expression.items]
            numbers = joint.estimate[own]
            gradient = np.zeros((1, len(items)))
            gradient[0, own] = expression.gradient(numbers)
            one = joint._mapped(np.array([expression.value(numbers)]), gradient, [name])
            reason = next((notes[item] for item in expression.items if notes.get(item)), "")
            known = bool(np.isfinite(one.estimate[0]) and _known(joint, own)) and not reason
            contrast = _as_contrast(one, [name], known, int(min(n_psu[place] for place in own)))
            table = contrast_rows(contrast, rules, level, null)
            rows.append(table.assign(contrast=expression.text, note=reason, null=null))
            if isinstance(expressions, Mapping):
                rows[-1]["contrast"] = name
        table = pd.concat(rows, ignore_index=True).assign(statistic=f"contrast of {statistic}s")
        return withheld(table[FORMULA_COLUMNS], withhold)

    def covariance(
        self,
        measures: str | Sequence[str],
        by: By | None = None,
        domain: Domain | None = None,
        rounds: Sequence[str] = (),
        *,
        statistic: str = "mean",
    ) -> pd.DataFrame:
        """Covariance of estimates across measures, groups and rounds, as a matrix with its labels.

        Parameters
        ----------
        measures, by, domain, statistic
            As in `contrast`.
        rounds : sequence of str
            Earlier rounds beside this one.

        Returns
        -------
        DataFrame whose rows and columns are "D2[female]", "D2[female]@example-2020" and the like: what
        `contrast` calls them. NaN where there is no estimate. For analysts: it is not withheld.

        Source
        ------
        R `vcov(svyby(covmat = TRUE))`; Stata `e(V)` (test_comparing.py).

        Examples
        --------
        >>> s.covariance(["D2", "D5"], by="sex").shape
        (4, 4)
        """
        wanted, names = self._wanted(measures, composites=statistic == "mean"), names_of(by)
        labels = [""] if not names else [label_text(label) for label in self.labels_of(by)]
        items = [
            Item(measure, label, survey_round)
            for survey_round in ("", *names_of(rounds))
            for label in labels
            for measure in wanted
        ]
        return covariance_table(self._joint(items, by, domain, statistic, "nonmissing")[0])

    def _joint(
        self, items: Sequence[Item], by: By | None, domain: Domain | None, statistic: str, df: str
    ) -> tuple[Estimated, list[int], dict[Item, str]]:
        """The items' estimates with their covariance, their PSUs, and why one is not comparable."""
        if statistic not in STATISTICS:
            raise refused_option("statistic", statistic, STATISTICS)
        Asked(df=df)
        parts, notes, made = [], {}, {}
        for item in items:
            one = self._round_named(item.survey_round)
            columns, cell = _columns_and_cell(item, by)
            key = (item.survey_round, tuple(columns), item.measure)
            if key not in made:
                one._wanted(item.measure, composites=statistic == "mean")
                kind, domains = one._domains(columns, domain)
                scores = one._scores_of(statistic, item.measure, domains, one._design_by(columns))
                made[key] = kind, scores
                if one is not self:
                    notes[item] = self._not_comparable(item.measure, one, columns)
            kind, scores = made[key]
            at = one._label(scores.domains, kind, cell) if columns else 0
            parts.append(Part(scores, at))
        joint = joint_estimates(parts, [str(item) for item in items], df)
        return joint, [int(part.of(part.scores.n_psu)) for part in parts], notes

    def _scores_of(self, statistic: str, measure: str, domains, design):
        if statistic == "total":
            return self._with_error(linearise_totals(self._numbers([measure]), design, domains), design)
        return self._scores([measure], domains, design)[0]

    def _round_named(self, name: str) -> Comparing:
        """This round, or one of those before it."""
        one, known = self, [self.survey_round.survey_round]
        if name in ("", known[0]):
            return self
        while (one := one.previous) is not None:
            known.append(one.survey_round.survey_round)
            if known[-1] == name:
                return one
        raise unknown_name(f'"{name}" is no round that this one is compared with', name, known)

    def _not_comparable(self, measure: str, other: Comparing, columns: list[str]) -> str:
        """Why a measure of another round is not this one's, "" where both ask the same."""
        from analysis.explore.trends import not_comparable

        reason = not_comparable(measure, self, other, columns or None)
        return f"not comparable: {reason}" if reason else ""


def as_number(option: str, value: object) -> float:
    """An option that has to be a number.

    Raises
    ------
    UnknownName
        It is none.
    """
    if not (isinstance(value, Real) and np.isfinite(value)):
        raise refused_option(option, value, ["a number, such as 0"])
    return float(value)


def contrast_rows(
    contrast: Contrast, rules: QualityRules, level: float | None = None, null: float = 0.0
) -> pd.DataFrame:
    """One row a measure of a difference: numbers, p and quality flag."""
    level = rules.level if level is None else level
    low, high = t_interval(contrast.estimate, contrast.se_used, contrast.df, level)
    flags = quality.flag_quality(
        estimate=contrast.estimate,
        known=~np.isnan(contrast.estimate) & (contrast.se > 0),
        df=contrast.df,
        n=contrast.n,
        n_psu=contrast.n_psu,
        rules=rules,
        n_least=contrast.n_least,
    )
    return pd.DataFrame(
        {
            "measure": contrast.measures, "estimate": contrast.estimate, "se": contrast.se, "ci_low": low,
            "ci_high": high, "level": level, "df": contrast.df,
            "p_value": t_p_value(contrast.estimate - null, contrast.se_used, contrast.df),
            "n": contrast.n, "n_psu": contrast.n_psu, "quality": flags,
        }
    )  # fmt: skip


def _as_contrast(one: Estimated, names: list[str], known: bool, n_psu: int) -> Contrast:
    """One estimate of a formula as a contrast; without numbers where they are not known."""
    estimate, se = (values if known else np.array([np.nan]) for values in (one.estimate, one.se))
    rounding = quality.ROUNDING * max(abs(float(np.nan_to_num(one.estimate[0]))), 1.0)
    se = np.where(se > rounding, se, 0.0 if known else np.nan)
    none = np.zeros(1)  # no least: the design's error alone
    counts = one.df_answered, one.n, one.n, np.array([n_psu])
    return Contrast(tuple(names), estimate, se, none, none, none, *counts)


def _known(joint: Estimated, own: list[int]) -> bool:
    """Whether each estimate of a formula has a variance that says something."""
    variance = np.diag(joint.vcov)[own]
    return bool(quality.is_known(joint.estimate[own], variance, joint.srs_variance[own]).all())


def _named(expressions: str | Sequence[str] | Mapping[str, str]) -> dict[str, str]:
    if isinstance(expressions, Mapping):
        return {str(name): str(text) for name, text in expressions.items()}
    return {text: text for text in names_of(expressions)} or {"": ""}


def _columns_and_cell(item: Item, by: By | None) -> tuple[list[str], str]:
    """The columns that an item's group is of, and its label among their cells."""
    if not item.group:
        return [], ""
    parts = [part.partition("=") for part in item.group.split(", ")]
    if all(equals for _, equals, _ in parts):
        return [name.strip() for name, _, _ in parts], CROSS.join(label.strip() for *_, label in parts)
    names = names_of(by)
    if not names:
        raise unknown_name(f'"[{item.group}]" does not say of which column', item.group, [])
    return names, item.group if len(names) == 1 else CROSS.join(item.group.split(", "))


def _same_group(label: object) -> BadDesign:
    return BadDesign(
        "A group cannot be compared with itself.",
        vi="Không thể so sánh một nhóm với chính nó; hãy chọn hai nhóm khác nhau.",
        where=label_text(label),
        expected="two groups, or one and everybody",
        got=f"{label_text(label)} twice",
    )
