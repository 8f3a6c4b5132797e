"""A case at hand -> pairs (name, ours, theirs), one function a statistic; `CHECKS` maps R's names to them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd
from oracle_case import Case, Pair, domain_of
from r_formula import from_r_formula

from analysis.estimates.association import chisquare, ttest
from analysis.estimates.calibration import calibrate, poststratify, rake
from analysis.estimates.design import Design
from analysis.estimates.estimators import joint_means, mean, ratio, shares, total
from analysis.estimates.intervals import t_p_value
from analysis.estimates.proportions import share_interval
from analysis.estimates.quantiles import quantile
from analysis.estimates.regression import regress
from analysis.estimates.replicates import given_replicates, replicate_mean, replicate_total


def check_mean(case: Case, estimator=mean) -> Iterator[Pair]:
    r = case.result
    for at, name in enumerate(case.vars):
        ours = estimator(case.frame(name), case.design, case.domain)
        yield f"{name} est", ours.estimate[0], r["est"][at]
        yield f"{name} se", ours.se[0], r["se"][at]
        yield f"{name} n", ours.n[0], r["n"][at]
        yield f"{name} df", ours.df, r["df"]
        yield f"{name} df_nonmissing", ours.df_answered[0], r["df_nonmissing"][at]
        yield f"{name} ci95_t", np.ravel(ours.interval(df=ours.df)), r["ci95_t"][at]
        for key, value in (("deff_wr", ours.deff[0]), ("deff_wor", ours.deff_without_replacement[0])):
            if key in r:
                yield f"{name} {key}", value, r[key][at]


def check_total(case: Case) -> Iterator[Pair]:
    yield from check_mean(case, total)


def check_total_adjust(case: Case) -> Iterator[Pair]:
    for at, name in enumerate(case.vars):
        ours = total(case.frame(name), case.design, case.domain)
        yield f"{name} est", ours.estimate[0], case.result["est"][at]
        yield f"{name} se", ours.se[0], case.result["se"][at]


def check_by(case: Case, estimator=mean) -> Iterator[Pair]:
    group = case.data[case.case["by"]].astype(str).agg("|".join, axis=1)
    known = case.data[case.case["by"]].notna().all(axis=1)
    for row in case.result["rows"]:
        inside = case.domain & known.to_numpy() & (group == row["group"]).to_numpy()
        ours = estimator(case.frame(row["var"]), case.design, inside)
        label = f"{row['group']} {row['var']}"
        yield f"{label} n", ours.n[0], row["n"]
        yield f"{label} est", ours.estimate[0], row["est"]
        yield f"{label} se", ours.se[0], row["se"]
        yield f"{label} df", ours.df, row["df"]
        yield f"{label} df_nonmissing", ours.df_answered[0], row["df_nonmissing"]


def check_total_by(case: Case) -> Iterator[Pair]:
    yield from check_by(case, total)


def check_prop(case: Case) -> Iterator[Pair]:
    answers = case.data[case.vars[0]]
    levels = sorted(answers[answers.notna()].unique(), key=lambda v: case.result["names"].index(str(v)))
    ours = shares(answers, case.design, case.domain, levels)
    yield "names", list(ours.names), case.result["names"]
    for key, value in (("est", ours.estimate), ("se", ours.se), ("vcov", ours.vcov), ("df", ours.df)):
        yield key, value, case.result[key]
    yield "deff_wr", ours.deff, case.result["deff_wr"]
    yield "deff_wor", ours.deff_without_replacement, case.result["deff_wor"]


def check_ratio(case: Case) -> Iterator[Pair]:
    o, r = case.options, case.result
    ours = ratio(
        case.data[o["num"]].astype(float), case.data[o["den"]].astype(float), case.design, case.domain
    )
    yield "est", ours.estimate, r["est"]
    yield "se", ours.se, r["se"]
    yield "df", ours.df, r["df"]
    yield "df_nonmissing", ours.df_answered[0], r["df_nonmissing"]
    yield "ci95_t", np.column_stack(ours.interval(df=ours.df)), r["ci95_t"]


def check_joint(case: Case) -> Iterator[Pair]:
    r = case.result
    items = [
        (item["name"], case.data[item["var"]].astype(float), domain_of(item["domain"], case.data))
        for item in case.options["items"]
    ]
    ours = joint_means(items, case.design)
    for key, value in (("est", ours.estimate), ("se", ours.se), ("vcov", ours.vcov), ("df", ours.df)):
        yield key, value, r[key]
    union = np.any([inside & values.notna().to_numpy() for _, values, inside in items], axis=0)
    yield "df_domain", case.design.df_of(union), r["df_domain"]
    if "contrasts" in r:
        theirs = r["contrasts"]
        combined = ours.contrast(np.array(theirs["L"], dtype=float))
        for key, value in (("est", combined.estimate), ("se", combined.se), ("vcov", combined.vcov)):
            yield f"contrasts {key}", value, theirs[key]
        for key, df in (("p", r["df"]), ("p_df_domain", r["df_domain"])):
            yield f"contrasts {key}", t_p_value(combined.estimate, combined.se, np.float64(df)), theirs[key]


def check_ciprop(case: Case) -> Iterator[Pair]:
    o, r = case.options, case.result
    answers = case.data[case.vars[0]]
    flag = (answers.astype(str) == str(o["value"])).astype(float).where(answers.notna())
    if answers.dtype.kind == "f":
        flag = (answers == float(o["value"])).astype(float).where(answers.notna())
    ours = mean(flag.to_frame("y"), case.design, case.domain)
    for key, value in (
        ("est", ours.estimate[0]),
        ("se", ours.se[0]),
        ("df", ours.df_answered[0]),
        ("n", ours.n[0]),
    ):
        yield key, value, r[key]
    for method, theirs in r["ci"].items():
        if method == "likelihood":  # a profile of a fitted model, not an interval of ours
            continue
        low, high = share_interval(method, ours.estimate, ours.se, ours.df_answered, ours.n, o["level"])
        yield method, [low[0], high[0]], theirs


def check_quantile(case: Case) -> Iterator[Pair]:
    o, r = case.options, case.result
    values = case.data[case.vars[0]].astype(float)
    ours = quantile(values, case.design, r["p"], case.domain, o["qrule"], o["interval_type"], o["level"])
    for key, value in (
        ("est", ours.estimate),
        ("ci", np.column_stack([ours.ci_low, ours.ci_high])),
        ("se", ours.se),
    ):
        yield key, value, r[key]
    yield "df", ours.df, r["df"]


def check_chisq(case: Case) -> Iterator[Pair]:
    r = case.result
    columns = [
        _as_levels(case.data[name], r[key])
        for name, key in zip(case.vars, ("row_levels", "col_levels"), strict=True)
    ]
    ours = chisquare(*columns, case.design, case.domain)
    yield "table", ours.table.to_numpy(), r["table"]
    tests = r["tests"]
    yield "Chisq statistic", ours.pearson, tests["Chisq"]["statistic"]
    yield "Chisq p", ours.first_order.p, tests["Chisq"]["p"]
    for name, test in (("F", ours.second_order), ("Wald", ours.wald), ("adjWald", ours.adjusted_wald)):
        yield f"{name} statistic", test.statistic, tests[name]["statistic"]
        yield f"{name} df", [test.df1, test.df2], tests[name]["parameter"]
        yield f"{name} p", test.p, tests[name]["p"]


def _as_levels(column: pd.Series, levels: list[str]) -> pd.Series:
    """The column as R's factor: levels in R's order, labelled as R labels them."""
    named = {str(level): level for level in levels}
    text = column.map(lambda v: str(int(v)) if isinstance(v, float) and v.is_integer() else str(v))
    return pd.Series(pd.Categorical(text.where(column.notna()), list(named)), index=column.index)


def check_glm(case: Case) -> Iterator[Pair]:
    o, r = case.options, case.result
    ours = regress(from_r_formula(o["formula"]), case.data, case.design, o["family"], case.domain)
    for key, value in (
        ("est", ours.estimate), ("se", ours.se), ("vcov", ours.vcov), ("t", ours.t), ("p", ours.p),
        ("df_residual", ours.df_residual), ("n", ours.n),
    ):  # fmt: skip
        yield key, value, r[key]
    for term, theirs in (r.get("term_tests") or {}).items():
        test = ours.term_test(from_r_formula(term))
        for key, value in (("F", test.statistic), ("df", test.df1), ("ddf", test.df2), ("p", test.p)):
            yield f"{term} {key}", value, theirs[key]


def check_ttest(case: Case) -> Iterator[Pair]:
    y, group = case.vars
    ours = ttest(case.data[y].astype(float), case.data[group], case.design, case.domain)
    for key, value in (
        ("est", ours.difference),
        ("t", ours.t),
        ("df", ours.df),
        ("p", ours.p),
        ("ci", ours.ci),
    ):
        yield key, value, case.result[key]


def check_calibrated(case: Case) -> Iterator[Pair]:
    r = case.result
    design = _calibrated(case)
    yield "sum_w", design.weight.sum(), r["sum_w"]
    yield "range_w", [design.weight.min(), design.weight.max()], r["range_w"]
    if "weights" in r:
        yield "weights", design.weight, r["weights"]
    for key, estimator in (("mean", mean), ("total", total)):
        for at, name in enumerate(case.vars):
            ours = estimator(case.frame(name), design, case.domain)
            yield f"{key} {name} est", ours.estimate[0], r[key]["est"][at]
            yield f"{key} {name} se", ours.se[0], r[key]["se"][at]


def _calibrated(case: Case) -> Design:
    how, data = case.options["calibration"], case.data

    def margin(about: dict) -> tuple[pd.Series, dict]:
        return data[about["by"]], dict(zip(about["pop"][about["by"]], about["pop"]["Freq"], strict=True))

    if how["method"] == "poststratify":
        return poststratify(case.design, *margin(how))
    if how["method"] == "rake":
        return rake(case.design, [margin(each) for each in how["margins"]])
    totals = pd.Series(how["totals"], dtype=float)
    columns = {name: _model_column(name, data) for name in totals.index}
    bounds = tuple(how["bounds"]) if how.get("bounds") else None
    return calibrate(case.design, pd.DataFrame(columns), totals, how["method"], bounds)


def _model_column(name: str, data: pd.DataFrame) -> np.ndarray:
    """A column of R's model matrix: the intercept, a variable, or a factor's level."""
    if name == "(Intercept)":
        return np.ones(len(data))
    if name in data:
        return data[name].to_numpy(dtype=float)
    factor = max((c for c in data if name.startswith(c)), key=len)
    return (data[factor].astype(str) == name.removeprefix(factor)).to_numpy(dtype=float)


def check_replicate(case: Case) -> Iterator[Pair]:
    from dataclasses import replace

    o, r = case.options, case.result
    kind = {"subbootstrap": "bootstrap", "mrbbootstrap": "bootstrap"}.get(o["type"], o["type"])
    weights = pd.read_csv(case.folder / "data" / o["rep_weights"]).to_numpy(dtype=float)
    design = given_replicates(
        case.data[case.case["design"]["weights"]].to_numpy(dtype=float), weights, kind,
        scale=o["scale"], rscales=np.array(o["rscales"], dtype=float), fay=o.get("fay_rho") or 0.0,
        combined=o["combined_weights"], mse=o["mse"],
    )  # fmt: skip
    yield "df_full", design.df, r["df_full"]
    yield "df", design.df_of(case.domain), r["df"]
    for key, estimator in (("mean", replicate_mean), ("total", replicate_total)):
        ours = estimator(case.data[case.vars].astype(float), design, case.domain)
        yield f"{key} est", ours.estimate, r[key]["est"]
        yield f"{key} se", ours.se, r[key]["se"]
    around = replicate_mean(case.data[case.vars].astype(float), replace(design, mse=True), case.domain)
    yield "mean se_mse", around.se, r["mean"]["se_mse"]


CHECKS = {
    "mean": check_mean, "total": check_total, "total_adjust": check_total_adjust, "mean_by": check_by,
    "total_by": check_total_by, "prop": check_prop, "ratio": check_ratio, "joint_means": check_joint,
    "ciprop": check_ciprop, "quantile": check_quantile, "chisq": check_chisq, "glm": check_glm,
    "ttest": check_ttest, "calibrated": check_calibrated, "replicate": check_replicate,
}  # fmt: skip
