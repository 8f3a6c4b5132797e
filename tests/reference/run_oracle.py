"""A folder of R reference cases -> one line a failing case, then `N passed, N failed`; exit 1 on any failure.

    python tests/reference/run_oracle.py FOLDER [--tolerance 1e-6]

FOLDER holds cases*.json and data/*.csv: each case names a data file, a design (R's `svydesign`), a
statistic, a domain and the result that R's survey package gives. `CHECKS` maps each statistic to what
we compute; a check returns pairs (name, ours, theirs).
"""

from __future__ import annotations

import argparse
import json
import sys
import traceback
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.estimates.design import Design, declare_design
from analysis.estimates.estimators import joint_means, mean, ratio, shares, total

sys.path.insert(0, str(Path(__file__).parent))  # r_formula.py lies beside this file

Pair = tuple[str, object, object]
LONELY = {"fail": "stop"}
#: Numbers smaller than this are compared absolutely: the standard error 0 of a one-PSU domain is 1e-14 in R.
FLOOR = 1e-6
COMPARE = {
    "==": lambda x, v: x == v, "!=": lambda x, v: x != v, ">": lambda x, v: x > v, ">=": lambda x, v: x >= v,
    "<": lambda x, v: x < v, "<=": lambda x, v: x <= v, "in": lambda x, v: x.isin(v),
}  # fmt: skip


@cache
def read_data(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, na_values=["NA"], keep_default_na=False)


def design_of(case: dict, data: pd.DataFrame) -> Design:
    about = case["design"]
    return declare_design(
        data,
        weight=about["weights"],
        psu=about["ids"] or (),
        stratum=about["strata"] or (),
        population=about["fpc"] or (),
        nest=about["nest"],
        lone_psu=LONELY.get(about["lonely"], about["lonely"]),
        lone_in_domains=about["adjust_domain_lonely"],
    )


def domain_of(conditions: list | None, data: pd.DataFrame) -> np.ndarray:
    inside = np.ones(len(data), dtype=bool)
    for condition in conditions or []:
        column, value = data[condition["var"]], condition["value"]
        if not isinstance(value, list) and column.dtype.kind in "OT":
            value = str(value)
        inside &= COMPARE[condition["op"]](column, value).fillna(False).to_numpy(dtype=bool)
    return inside


class Case:
    """One case with its data, design and domain at hand."""

    def __init__(self, case: dict, folder: Path) -> None:
        self.case, self.folder = case, folder
        self.data = read_data(folder / "data" / case["data"])
        self.design = design_of(case, self.data)
        self.domain = domain_of(case["domain"], self.data)
        self.result, self.options, self.vars = case["result"], case["options"] or {}, case["vars"]

    def frame(self, name: str) -> pd.DataFrame:
        return self.data[[name]].astype(float)


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
            from analysis.estimates.intervals import t_p_value

            yield f"contrasts {key}", t_p_value(combined.estimate, combined.se, np.float64(df)), theirs[key]


def check_ciprop(case: Case) -> Iterator[Pair]:
    from analysis.estimates.proportions import share_interval

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
    from analysis.estimates.quantiles import quantile

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
    from analysis.estimates.association import chisquare

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
    from r_formula import from_r_formula

    from analysis.estimates.regression import regress

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
    from analysis.estimates.association import ttest

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
    from analysis.estimates.calibration import calibrate, poststratify, rake

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

    from analysis.estimates.replicates import given_replicates, replicate_mean, replicate_total

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


def differs(ours: object, theirs: object, tolerance: float) -> bool:
    """Whether two values differ by more than the tolerance, relative to the larger value of a set."""
    if isinstance(theirs, list) and theirs and isinstance(theirs[0], str) and not _is_number(theirs[0]):
        return list(map(str, ours)) != theirs
    a, b = np.asarray(ours, dtype=float), np.asarray(_numbers(theirs), dtype=float)
    if a.size != b.size:
        return True
    a = a.reshape(b.shape)
    with np.errstate(invalid="ignore"):
        close = np.abs(a - b) <= tolerance * np.maximum(np.abs(b), FLOOR)
    return not bool((close | (np.isnan(a) & np.isnan(b)) | ((a == b) & np.isinf(b))).all())


def _is_number(text: str) -> bool:
    return text in ("NA", "NaN", "Inf", "-Inf")


def _numbers(value):
    if isinstance(value, list):
        return [_numbers(each) for each in value]
    return {"NA": np.nan, "NaN": np.nan, "Inf": np.inf, "-Inf": -np.inf}.get(value, value)


def run_case(case: dict, folder: Path, tolerance: float) -> str:
    """Empty where the case passes, else what differs."""
    if case["stat"] not in CHECKS:
        return f"no check for the statistic {case['stat']}"
    try:
        pairs = list(CHECKS[case["stat"]](Case(case, folder)))
    except Exception:  # a case that stops is a failing case, not the end of the run
        return "stopped: " + traceback.format_exc(limit=-3).replace("\n", " | ")
    bad = [(name, ours, theirs) for name, ours, theirs in pairs if differs(ours, theirs, tolerance)]
    if not pairs:
        return "the case holds nothing to compare"
    return "; ".join(f"{name}: {_shown(ours)} is not {_shown(theirs)}" for name, ours, theirs in bad[:3])


def _shown(value: object) -> str:
    text = np.array2string(np.asarray(value), precision=10, threshold=4).replace("\n", " ")
    return text[:120]


def run_folder(folder: Path, tolerance: float = 1e-6) -> tuple[int, list[str]]:
    """How many cases pass, and a line for each that fails.

    Raises
    ------
    SystemExit
        The folder holds no case.
    """
    files = sorted(folder.glob("cases*.json"))
    cases = [case for file in files for case in json.loads(file.read_text(encoding="utf-8"))["cases"]]
    if not cases:
        raise SystemExit(f"{folder}: no cases*.json with cases in it")
    lines = [(case["id"], run_case(case, folder, tolerance)) for case in cases]
    failed = [f"{name}: {why}" for name, why in lines if why]
    return len(lines) - len(failed), failed


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--tolerance", type=float, default=1e-6)
    options = parser.parse_args()
    passed, failed = run_folder(options.folder, options.tolerance)
    for line in failed:
        print(line)
    print(f"{passed} passed, {len(failed)} failed")
    sys.exit(bool(failed))


if __name__ == "__main__":
    main()
