"""Cases of tests of association, regression and the t-test -> our numbers beside R's."""

from __future__ import annotations

import numpy as np
import pandas as pd
from oracle_case import Case, as_text
from oracle_ledger import BESIDE, Ledger
from r_formula import RModel
from r_parser import parse
from r_values import evaluate, numbers

from analysis.estimates.association import chisquare, ttest
from analysis.estimates.regression import regress
from analysis.estimates.significance import SignificanceTest


def check_chisq(case: Case, ledger: Ledger) -> None:
    levels = [ledger.given("row_levels"), ledger.given("col_levels")]
    columns = [_as_levels(case.data[name], wanted) for name, wanted in zip(case.vars, levels, strict=True)]
    ours = chisquare(*columns, case.design, case.domain)
    counts = ours.table.reindex(index=_texts(levels[0]), columns=_texts(levels[1])).fillna(0.0)
    ledger.add("table", counts.to_numpy(), ours.table.to_numpy().sum())
    # Where a level of R's table is empty its Pearson statistic is 0/0; ours leaves the level out.
    empty = np.nan if (counts.sum() == 0).any() or (counts.sum(axis=1) == 0).any() else 0.0
    for name, statistic, parameter, p in (
        ("F", ours.second_order.statistic + empty, _df(ours.second_order), ours.second_order.p + empty),
        ("Chisq", ours.pearson + empty, [ours.first_order.df1], ours.first_order.p + empty),
        ("Wald", ours.wald.statistic, _df(ours.wald), ours.wald.p),
        ("adjWald", ours.adjusted_wald.statistic, _df(ours.adjusted_wald), ours.adjusted_wald.p),
        # R without CompQuadForm takes the saddlepoint for the integral too.
        ("lincom", ours.pearson + empty, [], ours.saddlepoint.p + empty),
        ("saddlepoint", ours.pearson + empty, [], ours.saddlepoint.p + empty),
    ):
        for key, value in (("statistic", statistic), ("parameter", parameter), ("p", p)):
            ledger.add(("tests", name, key), value)


def _df(test: SignificanceTest) -> list[float]:
    return [test.df1, test.df2]


def _texts(levels: list | str) -> list[str]:
    return [str(level) for level in (levels if isinstance(levels, list) else [levels])]


def _as_levels(column: pd.Series, levels: list | str) -> pd.Series:
    """The column as R's factor: levels in R's order, labelled as R labels them."""
    return pd.Series(pd.Categorical(as_text(column), _texts(levels)), index=column.index, name=column.name)


#: R's models stop a step before they are settled, see `check_glm`.
LOOSER_P = 1e-5


def check_glm(case: Case, ledger: Ledger) -> None:
    text = case.options["formula"]
    model = RModel.of("".join(text) if isinstance(text, list) else text, case.data, case.domain)
    ours = regress(
        model.formula, model.table, case.design, case.options["family"], case.domain,
        offset=model.offset, aliased="drop",
    )  # fmt: skip
    ledger.add("names", model.r_names(ours.names))
    for key, value in (("est", ours.estimate), ("se", ours.se)):
        ledger.add(key, value, ours.estimate)
    # R's fit stops a step before its working weights are settled: a covariance is as exact as the errors are.
    ledger.add("vcov", ours.vcov, np.outer(ours.se, ours.se) / BESIDE)
    ledger.add("t", ours.t)
    ledger.add("p", ours.p, loosest=LOOSER_P)  # which moves by some times as much as t
    ledger.add("df_residual", ours.df_residual)
    ledger.add("n", ours.n)
    ledger.add("df", case.design.df_of(case.domain))
    for term in ledger.get("term_tests") or {}:
        test = ours.term_test(model.term(term))
        for key, value in (("F", test.statistic), ("df", test.df1), ("ddf", test.df2), ("p", test.p)):
            ledger.add(("term_tests", term, key), value)


def check_ttest(case: Case, ledger: Ledger) -> None:
    y, group = case.vars
    values = pd.Series(numbers(evaluate(parse(f"`{y}`"), case.data)))
    ours = ttest(values, case.data[group], case.design, case.domain)
    ledger.add("est", ours.difference)
    for key, value in (("t", ours.t), ("df", ours.df), ("p", ours.p)):
        ledger.add(key, value)
    ledger.add("ci", ours.ci, ours.difference)


#: Statistic -> its check and the options that it knows.
CHECKS = {
    "chisq": (check_chisq, set()),
    "glm": (check_glm, {"formula", "family"}),
    "ttest": (check_ttest, set()),
}
